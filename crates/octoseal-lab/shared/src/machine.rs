//! A description of the machine, in one line.

use std::fs;
use std::process::Command;
use std::thread;

/// Describes the processor, the compiler, and the load of the minute before.
pub fn describe() -> String {
    let cpus = thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().filter(|load| !load.is_empty()).unwrap_or("unknown");
    format!("{} with {cpus} cores, {}; load before the run: {load}.", processor(), compiler())
}

fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    model.map_or(std::env::consts::ARCH, |(_, name)| name).to_owned()
}

fn compiler() -> String {
    let output = Command::new("rustc").arg("--version").output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.split(" (").next().filter(|text| !text.is_empty()).unwrap_or("an unknown rustc").to_owned()
}
