//! The two programs of one language: one seals a value, one opens it.

use crate::process;
use crate::workspace::Workspace;
use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

/// The time limit of one program.
const LIMIT: Duration = Duration::from_secs(60);

/// A language that is ready to run.
pub(super) struct Language {
    pub(super) name: String,
    pub(super) versions: String,
    /// The folder of its programs.
    pub(super) folder: PathBuf,
    /// The command that seals. The public key is added as its argument.
    pub(super) seal: Vec<String>,
    /// The command that opens.
    pub(super) open: Vec<String>,
}

/// A key pair in base64, made for one run.
pub(super) struct KeyPair {
    pub(super) secret: String,
    pub(super) public: String,
}

impl Language {
    /// Runs the sealing program with the key as its argument and the value on standard input.
    pub(super) fn seal(&self, public_key: &str, value: &[u8]) -> Result<Output, String> {
        let mut command = command_in(&self.folder, &self.seal);
        process::output(command.arg(public_key), value, LIMIT)
    }

    /// Runs the opening program with the secret key in a variable and the sealed value on standard input.
    pub(super) fn open(&self, secret_key: &str, sealed: &str) -> Result<Output, String> {
        let mut command = command_in(&self.folder, &self.open);
        process::output(command.env("SECRET_KEY", secret_key), sealed.as_bytes(), LIMIT)
    }
}

/// Returns a command that runs in a folder. A relative path of the program starts there too.
pub(super) fn command_in(folder: &Path, words: &[String]) -> Command {
    let mut words = words.iter();
    let program = words.next().map(String::as_str).unwrap_or_default();
    let mut command = match program.contains('/') {
        true => Command::new(folder.join(program)),
        false => Command::new(program),
    };
    command.current_dir(folder).args(words);
    command
}

/// Compiles the programs of this workspace, the examples of octoseal-crypto.
pub(super) fn rust(workspace: &Workspace) -> Result<Language, String> {
    let mut cargo = process::cargo(&workspace.root);
    cargo.args(["build", "--quiet", "--locked", "--package", "octoseal-crypto", "--examples"]);
    process::run(&mut cargo)?;
    let versions = process::read(Command::new("rustc").arg("--version"))?;
    Ok(Language {
        name: "Rust (octoseal-crypto)".to_owned(),
        versions: versions.split(" (").next().unwrap_or_default().to_owned(),
        folder: workspace.root.clone(),
        seal: vec![example(workspace, "seal")],
        open: vec![example(workspace, "open")],
    })
}

/// Makes a key pair with an example that [`rust`] has compiled.
pub(super) fn key_pair(workspace: &Workspace) -> Result<KeyPair, String> {
    let line = process::read(&mut Command::new(example(workspace, "keypair")))?;
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [secret, public] => Ok(KeyPair { secret: (*secret).to_owned(), public: (*public).to_owned() }),
        _ => Err("the example keypair did not print two keys".to_owned()),
    }
}

fn example(workspace: &Workspace, name: &str) -> String {
    let path = workspace.target.join("debug/examples").join(format!("{name}{EXE_SUFFIX}"));
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_program_is_in_its_folder() {
        let program = |word: &str| command_in(Path::new("/x"), &[word.to_owned()]).get_program().to_owned();
        assert_eq!(program("venv/bin/python"), "/x/venv/bin/python");
        assert_eq!(program("ruby"), "ruby");
    }
}
