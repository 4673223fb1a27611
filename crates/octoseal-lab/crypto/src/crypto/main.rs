//! A benchmark of sealing for GitHub: contestants take turns. Prints the table and the goals in Markdown.
//!
//! Usage: `crypto FOLDER`. `cargo xtask bench crypto` prepares the folder.

mod contestants;
mod goals;
mod rounds;
mod table;

use contestants::CONTESTANTS;
use octoseal_crypto::SecretKey;
use octoseal_lab_shared::machine;
use rounds::Entrant;
use std::env;
use std::path::Path;
use std::process::ExitCode;

/// The lengths of the values in bytes, with the name of each. The last is GitHub's maximum.
const SIZES: [(usize, &str); 3] = [(32, "32 B"), (1024, "1 KiB"), (48 * 1024, "48 KiB")];

fn main() -> ExitCode {
    let words: Vec<_> = env::args_os().skip(1).collect();
    let ended = match words.as_slice() {
        [folder] => run(Path::new(folder)),
        _ => Err("usage: crypto FOLDER".to_owned()),
    };
    match ended {
        Ok(report) => {
            print!("{report}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("crypto: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(folder: &Path) -> Result<String, String> {
    let secret = SecretKey::generate().map_err(|error| error.to_string())?;
    let mut entrants = Vec::new();
    let mut absent = Vec::new();
    for contestant in CONTESTANTS {
        match contestant.start(folder, &secret) {
            Ok(child) => entrants.push(Entrant::new(contestant, child)),
            Err(reason) => absent.push(format!("{} did not run: {reason}", contestant.name)),
        }
    }
    let before = machine::describe();
    rounds::measure(&mut entrants)?;
    let measured: Vec<_> = entrants.into_iter().map(Entrant::ended).collect();
    let goals = goals::list(&measured);
    let absent: String = absent.iter().map(|line| format!("\n{line}\n")).collect();
    Ok(format!("{before}\n\n{}\n{goals}{absent}", table::markdown(&measured)))
}
