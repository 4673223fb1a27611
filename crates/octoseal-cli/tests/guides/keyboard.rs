//! A terminal on which a page types its lines.

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

pub(crate) struct Keyboard {
    controller: File,
    /// The end that the shell reads.
    pub(crate) terminal: File,
    seen: Arc<Mutex<Vec<u8>>>,
    /// The remaining lines, in reverse order.
    lines: Vec<String>,
    /// The length of the screen at the last check, and the number of checks with this length.
    steady: (usize, u32),
    /// The length of the screen when the last line was typed.
    typed_at: usize,
}

impl Keyboard {
    pub(crate) fn new(mut lines: Vec<String>) -> Self {
        lines.reverse();
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&controller).unwrap();
        unlockpt(&controller).unwrap();
        let name = ptsname(&controller, Vec::new()).unwrap();
        let terminal = OpenOptions::new().read(true).write(true).open(name.to_str().unwrap()).unwrap();
        tcsetwinsize(&terminal, Winsize { ws_row: 25, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let (controller, seen) = (File::from(controller), Arc::new(Mutex::new(Vec::new())));
        let (mut reader, screen) = (controller.try_clone().unwrap(), Arc::clone(&seen));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                screen.lock().unwrap().extend_from_slice(&buffer[..length]);
            }
        });
        Self { controller, terminal, seen, lines, steady: (0, 0), typed_at: 0 }
    }

    /// Types the next line if a prompt waits for it. It is called every 10 milliseconds.
    pub(crate) fn poll(&mut self) {
        let screen = self.screen();
        self.steady =
            if screen.len() == self.steady.0 { (screen.len(), self.steady.1 + 1) } else { (screen.len(), 0) };
        let is_prompt = screen.ends_with(": ") || screen.ends_with("] ");
        if is_prompt && screen.len() > self.typed_at && self.steady.1 >= 10 {
            if let Some(line) = self.lines.pop() {
                self.typed_at = screen.len();
                self.controller.write_all(format!("{line}\r").as_bytes()).unwrap();
            }
        }
    }

    /// Waits at most a second until this character was written this number of times.
    pub(crate) fn wait_for(&self, character: char, times: usize) {
        for _ in 0..100 {
            if self.screen().matches(character).count() >= times {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Returns the text on the screen, without the codes of bracketed paste mode.
    pub(crate) fn screen(&self) -> String {
        let screen = String::from_utf8_lossy(&self.seen.lock().unwrap()).replace('\r', "");
        ["\u{1b}[?2004h", "\u{1b}[?2004l"].iter().fold(screen, |screen, code| screen.replace(code, ""))
    }
}
