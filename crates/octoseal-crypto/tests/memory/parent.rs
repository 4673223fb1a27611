//! The parent process: starts a child, waits until it stops itself, copies its memory, ends it.

use crate::case::Case;
use crate::child;
use crate::secret::{Secret, unhex};
use rustix::process::{Pid, WaitOptions, waitpid};
use std::env;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt as _;
use std::process::{Child, Command, Stdio};

/// A mapped region of the child's memory.
pub(crate) struct Mapping {
    /// `[heap]`, `[stack]`, a file, or empty.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The memory to search, and the bytes to search for.
pub(crate) struct Observed {
    pub(crate) memory: Vec<Mapping>,
    pub(crate) wanted: Vec<u8>,
}

/// Runs a case in a child up to the moment `when`.
///
/// # Errors
///
/// If the child ends by itself, or its memory cannot be read. Both mean that nothing was tested.
pub(crate) fn observe(case: &Case, secret: &Secret, when: &str) -> Result<Observed, String> {
    let [mask, masked] = secret.masked();
    let mut command = Command::new(env::current_exe().map_err(|error| error.to_string())?);
    command.args([child::FLAG, case.name, when, &secret.length().to_string(), &mask, &masked]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("the child cannot be started: {error}"))?;
    let memory = stopped(&mut child, &(case.input)(secret)).and_then(|()| memory(child.id()));
    // The child has stopped or ended, so its output is complete.
    let _ = child.kill();
    let (output, complaint) = (output(child.stdout.take()), output(child.stderr.take()));
    let _ = child.wait();
    let memory = memory.map_err(|error| format!("{error}\n{complaint}"))?;
    Ok(Observed { memory, wanted: (case.wanted)(secret, &unhex(output.trim())) })
}

fn stopped(child: &mut Child, input: &[u8]) -> Result<(), String> {
    let mut pipe = child.stdin.take().ok_or("no pipe to the child")?;
    // A child that ended by itself is reported below.
    let _ = pipe.write_all(input);
    drop(pipe);
    let pid = Pid::from_child(child);
    let status = waitpid(Some(pid), WaitOptions::UNTRACED).map_err(|error| error.to_string())?;
    match status {
        Some((_, status)) if status.stopped() => Ok(()),
        other => Err(format!("the child did not stop itself: {other:?}")),
    }
}

fn output(pipe: Option<impl io::Read>) -> String {
    let mut text = String::new();
    pipe.map(|mut pipe| pipe.read_to_string(&mut text));
    text
}

/// Copies every readable private mapping. Shared memory holds no secret, and the kernel's own pages cannot be
/// read.
fn memory(pid: u32) -> Result<Vec<Mapping>, String> {
    let denied = |error: io::Error| {
        format!(
            "the child's memory cannot be read, so nothing was tested: {error}; \
             a parent may read it if kernel.yama.ptrace_scope is 0 or 1"
        )
    };
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).map_err(denied)?;
    let memory = File::open(format!("/proc/{pid}/mem")).map_err(denied)?;
    let wanted = maps.lines().filter_map(parse).filter(|line| !line.name.starts_with("[v"));
    let read = |line: Line<'_>| {
        let mut bytes = vec![0; (line.end - line.start).try_into().unwrap()];
        memory.read_exact_at(&mut bytes, line.start)?;
        Ok(Mapping { name: line.name.to_owned(), bytes })
    };
    wanted.map(read).collect::<io::Result<_>>().map_err(denied)
}

/// A readable private line of `/proc/PID/maps`.
struct Line<'a> {
    start: u64,
    end: u64,
    name: &'a str,
}

fn parse(line: &str) -> Option<Line<'_>> {
    let mut fields = line.split_whitespace();
    let (start, end) = fields.next()?.split_once('-')?;
    let rights = fields.next()?;
    let name = fields.nth(3).unwrap_or("anonymous");
    let number = |digits| u64::from_str_radix(digits, 16).ok();
    (rights.starts_with('r') && rights.ends_with('p')).then_some(Line {
        start: number(start)?,
        end: number(end)?,
        name,
    })
}
