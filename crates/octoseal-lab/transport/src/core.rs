//! CPU cores: client and server have one each, so that neither waits for the other's.

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Returns the cores of the client and of the server: the first and the last that this process may use.
///
/// # Errors
///
/// If there is only one core.
pub fn pair() -> Result<(usize, usize), String> {
    let allowed =
        sched_getaffinity(None).map_err(|error| format!("cannot read the CPU affinity: {error}"))?;
    let mut cores = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core));
    let too_few = || "two cores are needed, one for the clients and one for the server".to_owned();
    let first = cores.next().ok_or_else(too_few)?;
    let last = cores.next_back().ok_or_else(too_few)?;
    Ok((first, last))
}

/// Pins this thread, and the threads it starts, to one core.
///
/// # Errors
///
/// If this process may not use the core.
pub fn stay_on(core: usize) -> Result<(), String> {
    if core >= CpuSet::MAX_CPU {
        return Err(format!("core {core} does not exist"));
    }
    let mut one = CpuSet::new();
    one.set(core);
    sched_setaffinity(None, &one).map_err(|error| format!("cannot pin to core {core}: {error}"))
}
