//! Any dotenv text is refused with lines, or its values round-trip through double quotes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use octoseal_fleet::inputs::{Format, Settings, parse};

fuzz_target!(|text: &[u8]| {
    let settings = Settings::new().allow_empty(true).allow_encrypted(true);
    let entries = match parse(Format::Dotenv, text, &settings) {
        Ok(entries) => entries.secrets,
        Err(errors) => {
            assert!(errors.iter().len() > 0);
            let lines = text.split(|byte| *byte == b'\n').count();
            assert!(errors.iter().all(|error| error.line().is_none_or(|line| (1..=lines).contains(&line))));
            return;
        }
    };
    // A key at the beginning of a file may look like that of an encrypted file.
    let mut written = b"# written\n".to_vec();
    for entry in &entries {
        written.extend_from_slice(format!("{}=\"", entry.key).as_bytes());
        for byte in entry.value.expose() {
            match byte {
                b'"' | b'\\' | b'$' => written.extend([b'\\', *byte]),
                b'\r' => written.extend_from_slice(b"\\r"),
                byte => written.push(*byte),
            }
        }
        written.extend_from_slice(b"\"\n");
    }
    let again = parse(Format::Dotenv, &written, &settings).expect("quoted values are accepted").secrets;
    assert_eq!(again.len(), entries.len());
    for (again, entry) in again.iter().zip(&entries) {
        assert_eq!((&again.name, again.value.expose()), (&entry.name, entry.value.expose()));
    }
});
