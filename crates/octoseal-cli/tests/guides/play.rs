//! Runs the commands of a page in one shell, against one emulator.

use crate::keyboard::Keyboard;
use crate::page::{Page, Part, Ran, Step};
use crate::recording;
use octoseal_emulator::{Emulator, World};
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::thread::sleep;
use std::time::Duration;

/// Marks the end of a command's output. The number of the command and its exit code follow.
const MARK: char = '\u{1}';

/// The folder that a page shows instead of its scratch folder.
const HOME: &str = "/home/you";

/// Waits until an emulator that was started in the background listens.
const LISTENING: &str =
    "for _ in {1..200}; do grep -rqs 'the emulator is listening' \"$SCRATCH\" && break; sleep 0.05; done\n";

/// Ends the page's background processes.
const TRAP: &str = "trap 'kill $(jobs -p) 2>/dev/null' EXIT\n";

/// Runs all commands of a page, in order. The page's emulator accepts `OCTOSEAL_TOKEN`.
pub(crate) fn play(page: &Page) -> Result<Vec<Ran>, String> {
    let scratch = tempfile::tempdir().unwrap();
    let folder = |name: &str| scratch.path().join(name);
    for name in ["bin", "home/project"] {
        fs::create_dir_all(folder(name)).unwrap();
    }
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_octoseal"), folder("bin/octoseal")).unwrap();
    let script = prepare(page, scratch.path());
    let path = std::env::var("PATH").unwrap();
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).env_clear().current_dir(folder("home/project"));
    shell.env("PATH", format!("{}:{path}", folder("bin").display()));
    shell.env("HOME", folder("home")).env("SCRATCH", scratch.path());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let emulator = emulator(page, &runtime)?;
    if let Some(emulator) = &emulator {
        shell.env("OCTOSEAL_API_URL", emulator.url()).env("OCTOSEAL_TOKEN", "ghp_example");
    }
    let output = File::create(folder("output")).unwrap();
    let typed = page.commands().flat_map(|command| command.typed.iter().flatten().cloned());
    let mut keyboard = Keyboard::new(typed.collect());
    shell.stdin(keyboard.terminal.try_clone().unwrap()).stdout(output.try_clone().unwrap()).stderr(output);
    let status = within_a_minute(shell, &mut keyboard).unwrap();
    let at_terminal = page.commands().filter(|command| command.typed.is_some()).count();
    keyboard.wait_for(MARK, at_terminal);
    let here = |text: String| text.replace(&folder("home").display().to_string(), HOME);
    let (output, screen) = (here(fs::read_to_string(folder("output")).unwrap()), here(keyboard.screen()));
    results(page, &output, &screen)
        .ok_or_else(|| format!("the shell ended early ({status}):\n{output}{screen}"))
}

/// Starts the page's emulator, unless the page itself starts one.
fn emulator(page: &Page, runtime: &tokio::runtime::Runtime) -> Result<Option<Emulator>, String> {
    let starts_one = |part: &Part| match part {
        Part::Command(command) => command.code.contains("octoseal emulate"),
        Part::Prepare(Step::Setup(code)) => code.contains("octoseal emulate"),
        _ => false,
    };
    if page.parts.iter().any(starts_one) {
        return Ok(None);
    }
    let world = page.parts.iter().find_map(|part| match part {
        Part::Prepare(Step::World(text)) => Some(text),
        _ => None,
    });
    let started = match world {
        None => runtime.block_on(recording::start()),
        Some(text) => {
            let world = World::from_toml(text).map_err(|error| format!("the world: {error}"))?;
            runtime.block_on(recording::builder().world(world).start()).unwrap()
        }
    };
    Ok(Some(started))
}

/// Writes the files that the script copies when the page reaches them, and returns the script.
fn prepare(page: &Page, scratch: &Path) -> String {
    let mut script = TRAP.to_owned();
    let keep = |number: usize, text: &str| fs::write(scratch.join(format!("file{number}")), text).unwrap();
    for (number, part) in page.parts.iter().enumerate() {
        match part {
            Part::Command(command) => {
                let code = command.shell();
                let wait = if code.contains("octoseal emulate") { LISTENING } else { "" };
                // File descriptor 0 is the terminal. What runs there also writes there.
                let (input, output) =
                    if command.typed.is_some() { (">&0 2>&0", ">&0") } else { ("</dev/null", "") };
                script.push_str(&format!(
                    "{{\n{code}\n}} {input}\ncode=$?\n{wait}printf '\\1%d\\n' $code {output}\n"
                ));
            }
            Part::Prepare(Step::File { name, text }) => {
                keep(number, text);
                script.push_str(&format!(
                    "mkdir -p \"$(dirname '{name}')\"\ncp \"$SCRATCH/file{number}\" '{name}'\n"
                ));
            }
            Part::Prepare(Step::Program { name, text }) => {
                let path = scratch.join("bin").join(name);
                fs::write(&path, text).unwrap();
                fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
            }
            Part::Prepare(Step::Setup(code)) => {
                let wait = if code.contains("octoseal emulate") { LISTENING } else { "" };
                script.push_str(&format!("{code}{wait}"));
            }
            Part::Prepare(Step::World(_)) | Part::Text(_) => {}
        }
    }
    script
}

/// Reads the output of each command, or nothing if a command is missing.
fn results<'a>(page: &Page, mut output: &'a str, mut screen: &'a str) -> Option<Vec<Ran>> {
    let ran = page.commands().map(|command| {
        let rest = if command.typed.is_some() { &mut screen } else { &mut output };
        let (output, after) = rest.split_once(MARK)?;
        let (code, after) = after.split_once('\n')?;
        *rest = after;
        let output = output.lines().map(|line| line.trim_end().to_owned()).collect();
        Some(Ran { exit_code: code.parse().ok()?, output })
    });
    ran.collect()
}

fn within_a_minute(mut shell: Command, keyboard: &mut Keyboard) -> io::Result<ExitStatus> {
    let mut child = shell.spawn()?;
    for _ in 0..6000 {
        keyboard.poll();
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        sleep(Duration::from_millis(10));
    }
    child.kill()?;
    child.wait()
}
