//! Emulators that record their exchanges for the conformance checker.

mod lines;

use octoseal_emulator::{Builder, Emulator};

/// Starts an emulator on a free port.
pub(crate) async fn start() -> Emulator {
    builder().start().await.expect("there is a free port")
}

/// A builder of such an emulator.
pub(crate) fn builder() -> Builder {
    match lines::file() {
        None => Emulator::builder(),
        Some(file) => Emulator::builder().exchanges(move |line| lines::write(&file, line)),
    }
}
