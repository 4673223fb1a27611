//! The differences between operating systems, behind one interface: terminal, files, locks, state folder,
//! signals.

#[cfg(unix)]
mod unix;
#[cfg(unix)]
use unix as system;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
use windows as system;

pub(crate) use system::files::{check_private_folder, create_private_folder, lock, open_regular};
pub(crate) use system::process::{ProcessGroup, bytes, forbid_core_dumps, stdin, stdout_is_closed};
pub(crate) use system::signals::Signals;
pub(crate) use system::state_folder;
pub(crate) use system::terminal::{
    HiddenTerminal, exists as has_terminal, hide as hide_terminal, is_in_background,
    restore as restore_terminal,
};

/// The reason why the operating system ends the command.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Signal {
    Interrupt,
    Terminate,
    HangUp,
    /// Another signal that would end the process: its name and number.
    #[cfg(unix)]
    Other(&'static str, u8),
}

impl Signal {
    /// Returns the name of the signal.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::HangUp => "SIGHUP",
            Self::Interrupt => "SIGINT",
            Self::Terminate => "SIGTERM",
            #[cfg(unix)]
            Self::Other(name, _) => name,
        }
    }

    /// Returns the exit code that shells report for a command that this signal ended: 128 plus the number of
    /// the signal.
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::HangUp => 129,
            Self::Interrupt => 130,
            Self::Terminate => 143,
            #[cfg(unix)]
            Self::Other(_, number) => 128 + number,
        }
    }
}
