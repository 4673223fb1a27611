//! Any file for two machines is refused or read, and what was read is written in the same way again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_fleet::inputs::sealed::{KeyLine, read_keys, read_values, value_line};

fuzz_target!(|input: &[u8]| {
    if let Ok(keys) = read_keys(input) {
        let lines: Vec<String> = keys.iter().map(KeyLine::to_string).collect();
        assert_eq!(read_keys(lines.join("\n").as_bytes()).expect("these are keys"), keys);
    }
    if let Ok(values) = read_values(input) {
        let lines: Vec<String> = values.iter().map(value_line).collect();
        assert_eq!(read_values(lines.join("\n").as_bytes()).expect("these are sealed values"), values);
    }
});
