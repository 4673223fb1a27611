//! Any text of any format is refused or read, with and without a pointer into it.
//!
//! The first byte of an input chooses the format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_fleet::inputs::{Format, Settings, parse};

fuzz_target!(|input: &[u8]| {
    let Some((choice, text)) = input.split_first() else { return };
    let format = Format::ALL[usize::from(*choice) % Format::ALL.len()];
    let pointer = "/a/0".parse().expect("it is a pointer");
    for settings in [Settings::new().stringify(true), Settings::new().at(pointer)] {
        match parse(format, text, &settings) {
            Ok(entries) => {
                assert!(!entries.secrets.is_empty() && entries.variables.is_empty());
                assert!(entries.secrets.iter().all(|entry| !entry.value.is_empty() && entry.line > 0));
            }
            Err(errors) => assert!(errors.iter().len() > 0 && !errors.to_string().is_empty()),
        }
    }
});
