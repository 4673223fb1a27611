//! A terminal for tests: a pair of pseudo-terminals, with a program on its other end.

#![expect(clippy::unwrap_used, reason = "helpers of tests may")]

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, OptionalActions, Winsize, tcgetattr, tcsetattr, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

pub(crate) struct Terminal {
    controller: File,
    terminal: File,
    seen: Arc<Mutex<Vec<u8>>>,
    child: Child,
}

impl Terminal {
    /// Starts a program in its own session with this terminal.
    pub(crate) fn start(mut command: Command) -> Self {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&controller).unwrap();
        unlockpt(&controller).unwrap();
        let name = ptsname(&controller, Vec::new()).unwrap();
        let path = std::ffi::OsStr::from_bytes(name.as_bytes());
        let terminal = OpenOptions::new().read(true).write(true).open(path).unwrap();
        tcsetwinsize(&terminal, Winsize { ws_row: 25, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let end = || terminal.try_clone().unwrap();
        command.stdin(end()).stdout(end()).stderr(end()).process_group(0);
        let child = command.spawn().unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (mut reader, screen) = (File::from(controller.try_clone().unwrap()), Arc::clone(&seen));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                screen.lock().unwrap().extend_from_slice(&buffer[..length]);
            }
        });
        Self { controller: File::from(controller), terminal, seen, child }
    }

    /// Waits until the terminal shows nothing that is typed.
    pub(crate) fn wait_until_hidden(&self) {
        for _ in 0..500 {
            if !self.echoes() {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the terminal still shows what is typed");
    }

    /// Returns the text on the screen.
    pub(crate) fn screen(&self) -> String {
        String::from_utf8_lossy(&self.seen.lock().unwrap()).into_owned()
    }

    /// Waits until these words are on the screen.
    pub(crate) fn wait_for(&self, words: &str) {
        for _ in 0..1000 {
            if self.screen().contains(words) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("{words:?} did not appear: {:?}", self.screen());
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.controller.write_all(bytes).unwrap();
    }

    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal).unwrap();
    }

    /// Returns whether typed input is shown.
    pub(crate) fn echoes(&self) -> bool {
        let modes = tcgetattr(&self.terminal).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    /// Shows typed input, line by line.
    pub(crate) fn show(&self) {
        let mut modes = tcgetattr(&self.terminal).unwrap();
        modes.local_modes |= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        tcsetattr(&self.terminal, OptionalActions::Now, &modes).unwrap();
    }

    /// Returns the number of unread bytes, which the next program would read.
    pub(crate) fn left_over(&self) -> u64 {
        rustix::io::ioctl_fionread(&self.terminal).unwrap()
    }

    pub(crate) fn wait(&mut self) -> ExitStatus {
        for _ in 0..2000 {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.read_to_here();
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the program did not end: {:?}", self.screen());
    }
}

impl Terminal {
    /// Waits until all that was written so far is on the screen.
    fn read_to_here(&mut self) {
        const MARK: &[u8] = b"\x07MARK\x07";
        self.terminal.write_all(MARK).unwrap();
        for _ in 0..1000 {
            let mut seen = self.seen.lock().unwrap();
            if seen.ends_with(MARK) {
                let end = seen.len() - MARK.len();
                seen.truncate(end);
                return;
            }
            drop(seen);
            thread::sleep(Duration::from_millis(5));
        }
        panic!("the terminal does not show what is written to it");
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
