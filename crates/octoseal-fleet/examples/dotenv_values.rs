//! Prints the values of many dotenv texts, for comparison with other parsers.
//!
//! It reads a JSON list of texts from standard input, each as hexadecimal bytes, and prints a JSON list: for
//! each text its keys and values, or the errors as one string. For tests only: it prints values.

use octoseal_fleet::inputs::{Entries, Format, InputErrors, Settings, parse};
use serde_json::{Map, Value};
use std::error::Error;
use std::io;

fn main() -> Result<(), Box<dyn Error>> {
    let texts: Vec<String> = serde_json::from_reader(io::stdin().lock())?;
    let answers: Vec<Value> =
        texts.iter().map(|text| bytes(text).map(|text| answer(&text))).collect::<Result<_, _>>()?;
    serde_json::to_writer(io::stdout().lock(), &answers)?;
    Ok(())
}

fn bytes(hexadecimal: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let byte = |position| {
        let digits = hexadecimal.get(position..position + 2).ok_or("an odd number of digits")?;
        Ok(u8::from_str_radix(digits, 16)?)
    };
    (0..hexadecimal.len()).step_by(2).map(byte).collect()
}

fn answer(text: &[u8]) -> Value {
    let settings = Settings::new().allow_empty(true).allow_encrypted(true);
    match parse(Format::Dotenv, text, &settings) {
        Ok(entries) => values(entries),
        Err(errors) => Value::String(InputErrors::to_string(&errors)),
    }
}

fn values(entries: Entries) -> Value {
    let value = |bytes: &[u8]| Value::String(String::from_utf8_lossy(bytes).into_owned());
    let pairs = entries.secrets.into_iter().map(|entry| (entry.key, value(entry.value.expose())));
    Value::Object(pairs.collect::<Map<_, _>>())
}
