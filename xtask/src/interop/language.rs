//! One language's two programs, run as a person would: the key and a value go in, a box or an error comes out.

use crate::command;
use crate::workspace::Workspace;
use std::env::consts::EXE_SUFFIX;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

/// A language that is ready to run.
pub(super) struct Language {
    pub(super) name: String,
    pub(super) versions: String,
    /// Where its programs run.
    pub(super) folder: PathBuf,
    /// The command that seals; the public key is added.
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
    /// Runs the guide's program: the key as its argument, the value on standard input.
    ///
    /// # Errors
    ///
    /// If the program cannot be run at all; how it ended is in the output.
    pub(super) fn seal(&self, public_key: &str, value: &[u8]) -> Result<Output, String> {
        let mut command = self.command(&self.seal);
        feed(command.arg(public_key), value)
    }

    /// Runs the opening program: the secret key in a variable, the box on standard input.
    ///
    /// # Errors
    ///
    /// As [`seal`](Self::seal).
    pub(super) fn open(&self, secret_key: &str, sealed: &str) -> Result<Output, String> {
        let mut command = self.command(&self.open);
        feed(command.env("SECRET_KEY", secret_key), sealed.as_bytes())
    }

    fn command(&self, words: &[String]) -> Command {
        command_in(&self.folder, words)
    }
}

/// A command in a folder; a program named by a relative path is looked for there too.
pub(super) fn command_in<Word: AsRef<str>>(folder: &Path, words: &[Word]) -> Command {
    let mut words = words.iter().map(AsRef::as_ref);
    let program = words.next().unwrap_or_default();
    let mut command = match program.contains('/') {
        true => Command::new(folder.join(program)),
        false => Command::new(program),
    };
    command.current_dir(folder).args(words);
    command
}

/// Our own programs, the examples of octoseal-crypto, compiled now.
///
/// # Errors
///
/// If they do not compile.
pub(super) fn rust(workspace: &Workspace) -> Result<Language, String> {
    let mut cargo = command::cargo(&workspace.root);
    cargo.args(["build", "--quiet", "--locked", "--package", "octoseal-crypto", "--examples"]);
    command::run(&mut cargo)?;
    let versions = command::read(Command::new("rustc").arg("--version"))?;
    Ok(Language {
        name: "Rust (octoseal-crypto)".to_owned(),
        versions: versions.split(" (").next().unwrap_or_default().to_owned(),
        folder: workspace.root.clone(),
        seal: vec![example(workspace, "seal")],
        open: vec![example(workspace, "open")],
    })
}

/// Makes a key pair with the example of [`rust`], which must be compiled.
///
/// # Errors
///
/// If the example fails or prints something else than two words.
pub(super) fn key_pair(workspace: &Workspace) -> Result<KeyPair, String> {
    let line = command::read(&mut Command::new(example(workspace, "keypair")))?;
    match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [secret, public] => Ok(KeyPair { secret: (*secret).to_owned(), public: (*public).to_owned() }),
        _ => Err("the example keypair printed something else than two keys".to_owned()),
    }
}

fn example(workspace: &Workspace, name: &str) -> String {
    let path = workspace.target.join("debug").join("examples").join(format!("{name}{EXE_SUFFIX}"));
    path.to_string_lossy().into_owned()
}

/// Runs a command with these bytes as its whole standard input.
fn feed(command: &mut Command, input: &[u8]) -> Result<Output, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let tell = |error| format!("{name} cannot be run: {error}");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(tell)?;
    let stdin = child.stdin.take();
    // Beside the reading, so that neither side can wait for the other with a full pipe.
    let (written, output) = thread::scope(|scope| {
        let writing = scope.spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(input)));
        let output = child.wait_with_output();
        (writing.join(), output)
    });
    match written {
        // A program that refuses its key need not read the value.
        Ok(Err(error)) if error.kind() != ErrorKind::BrokenPipe => Err(tell(error)),
        _ => output.map_err(tell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_reads_nothing_is_no_error_of_ours() {
        let output = feed(Command::new("cargo").arg("--version"), &vec![0; 1 << 20]).unwrap();
        assert!(output.status.success());
    }

    #[test]
    fn a_relative_program_is_looked_for_in_its_folder() {
        let program = |word| command_in(Path::new("/x"), &[word]).get_program().to_owned();
        assert_eq!(program("venv/bin/python"), "/x/venv/bin/python");
        assert_eq!(program("ruby"), "ruby");
    }
}
