//! `octoseal seal --for`: the file of sealed values, for a machine that has the token.

use crate::arguments::Seal;
use crate::journal::Journal;
use crate::output::{Failure, Output};
use crate::value::{self, Input, Source, invalid, looks_like_a_token, place};
use octoseal::{PreparedValue, SecretName, SecretValue};
use octoseal_fleet::inputs::limits::{MAX_ENTRIES, MAX_INPUT_BYTES};
use octoseal_fleet::inputs::sealed::{KeyLine, read_keys, value_line};
use serde_json::Value;
use std::path::Path;

/// Seals each value for each store, and prints the whole file or nothing.
pub(super) async fn run(path: &Path, seal: &Seal, output: Output, journal: &Journal) -> Result<(), Failure> {
    let keys = keys(path, journal).await?;
    let values = values(seal, output, journal).await?;
    let count = keys.len() * values.len();
    if count > MAX_ENTRIES {
        return Err(too_many(format!("{count} sealed values, and the file has at most {MAX_ENTRIES}")));
    }
    let mut file = String::new();
    for (name, value) in &values {
        for KeyLine { store, key } in &keys {
            let sealed = PreparedValue::seal(store.clone(), name.clone(), key.clone(), value)?;
            if !file.is_empty() {
                file.push('\n');
            }
            file += &value_line(&sealed);
            if file.len() >= MAX_INPUT_BYTES {
                return Err(too_many(format!("more than {MAX_INPUT_BYTES} bytes, the limit of the file")));
            }
        }
    }
    Output { json: false, ..output }.must_answer(&Value::Null, &file)
}

async fn keys(path: &Path, journal: &Journal) -> Result<Vec<KeyLine>, Failure> {
    let source = Source::File(path.to_owned());
    let label = source.label();
    let text = source.read(MAX_INPUT_BYTES, journal).await;
    let text = text.map_err(|failure| failure.argument("--for"))?;
    read_keys(text.expose()).map_err(|errors| {
        let hint = "octoseal key STORE --json writes this file";
        invalid(&label, "a file of keys", &errors).hint(hint).argument("--for")
    })
}

/// Reads the one named value, or the values of a text.
async fn values(
    seal: &Seal,
    output: Output,
    journal: &Journal,
) -> Result<Vec<(SecretName, SecretValue)>, Failure> {
    if let Some(name) = &seal.name {
        if looks_like_a_token(name.as_str()) {
            return Err(Failure::usage(
                "the name looks like a token, and names are visible to everyone with access",
            )
            .argument("--name"));
        }
        return Ok(vec![(name.clone(), value::read(&seal.value, output, journal).await?)]);
    }
    let source = match (&seal.source, &seal.value.program[..]) {
        (Some(path), _) => place(path),
        (None, program @ [_, ..]) if !seal.value.raw => Source::Program(program.to_vec()),
        _ => {
            let hint = "octoseal seal .env --for KEYS, or octoseal seal --for KEYS --name NAME";
            return Err(Failure::usage("give a source of many values, or --name for one value")
                .hint(hint)
                .argument("SOURCE"));
        }
    };
    let input = Input { source, options: &seal.input, allow: seal.value.allow, as_variables: Vec::new() };
    let entries = input.read(output, journal).await?;
    Ok(entries.secrets.into_iter().map(|entry| (entry.name, entry.value)).collect())
}

fn too_many(what: String) -> Failure {
    Failure::usage(format!("these are {what}; seal for fewer stores at a time")).argument("--for")
}
