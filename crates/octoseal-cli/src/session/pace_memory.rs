//! The memory of the pace: what earlier runs have sent, kept in a file for each API and credential.

use crate::environment::{Environment, STATE_DIR};
use crate::files;
use crate::output::{Failure, Output};
use crate::platform;
use octoseal::{ApiUrl, GitHub, PaceLog, Pacer, SecretValue};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

/// What earlier runs with the same credential have sent, so that a loop of short runs keeps to the pace of a long one.
/// What this run sends is added when it ends.
pub(super) struct Memory {
    pacer: Pacer,
    account: Option<String>,
    file: PathBuf,
    /// Whether the user chose the folder, and so wants to know when it cannot be used.
    is_chosen: bool,
    output: Output,
}

impl Memory {
    /// Reads the file of this API and credential. Without a folder for such files, or if it cannot be read, each run is
    /// on its own: that is no reason to fail.
    ///
    /// An API on this machine has none, unless `OCTOSEAL_STATE_DIR` says where: it is a test, and begins anew each time.
    pub(super) fn open(
        api: &ApiUrl,
        digest: String,
        account: Option<String>,
        github: &GitHub,
        environment: &Environment,
        output: Output,
    ) -> Result<Option<Arc<Self>>, Failure> {
        let Some(folder) = folder(api, environment)? else {
            return Ok(None);
        };
        let name =
            account.iter().fold(digest, |digest, account| format!("{digest}-{}", account.to_lowercase()));
        let file = folder.join("pace").join(name);
        let is_chosen = environment.has(STATE_DIR);
        let memory = Self { pacer: github.pacer().clone(), account, file, is_chosen, output };
        let log = read(&memory.file).unwrap_or_default();
        memory.pacer.restore(memory.account.as_deref(), &log, SystemTime::now());
        Ok(Some(Arc::new(memory)))
    }

    /// Writes what is new. A failure is reported if the user chose the folder.
    pub(super) fn keep(&self) {
        if let (Err(error), true) = (self.add(), self.is_chosen) {
            self.output.warn(&format!(
                "{STATE_DIR} cannot be used, so the next run will not know of this one: {error}"
            ));
        }
    }

    fn add(&self) -> io::Result<()> {
        let folder = self.file.parent().ok_or(io::ErrorKind::NotFound)?;
        platform::create_private_folder(folder)?;
        platform::check_private_folder(folder)?;
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(false);
        let lock_file = platform::open_regular(options, &folder.join("lock"))?;
        lock(&lock_file)?;
        remove_old_files(folder)?;
        let now = SystemTime::now();
        let mut log = read(&self.file).unwrap_or_default();
        log.merge(&self.pacer.log(self.account.as_deref(), now), now);
        files::replace(&self.file, log.to_string().as_bytes())?;
        // From here on it is known, and not new.
        self.pacer.restore(self.account.as_deref(), &PaceLog::default(), now);
        Ok(())
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.keep();
    }
}

/// The folder of the files. It is not kept for an API on this machine, unless `OCTOSEAL_STATE_DIR` is set: that is a test,
/// and begins anew each time.
fn folder(api: &ApiUrl, environment: &Environment) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = environment.text(STATE_DIR)? {
        return Ok(Some(folder.into()));
    }
    if api.is_this_machine() {
        return Ok(None);
    }
    Ok(platform::state_folder(environment)?.map(|state| state.join("octoseal")))
}

/// Names the file of one budget. The credential cannot be found from it, since tokens are long and random.
pub(super) fn digest(api: &ApiUrl, credential: &str) -> String {
    let text = SecretValue::from(format!("{}\n{credential}", api.origin())); // wiped when it is dropped
    Sha256::digest(text.expose())[..DIGEST_LENGTH / 2].iter().fold(String::new(), |mut name, byte| {
        write!(name, "{byte:02x}").expect("a string takes everything");
        name
    })
}

/// Waits for the lock. Other processes hold it for a moment only.
fn lock(file: &File) -> io::Result<()> {
    for _ in 0..LOCK_ATTEMPTS {
        if platform::lock(file)? {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(10));
    }
    Err(io::ErrorKind::WouldBlock.into())
}

fn read(file: &Path) -> Option<PaceLog> {
    platform::check_private_folder(file.parent()?).ok()?;
    let file = platform::open_regular(OpenOptions::new().read(true), file).ok()?;
    let mut text = String::new();
    file.take(MAX_FILE).read_to_string(&mut text).ok()?;
    text.parse().ok()
}

/// Removes the files of credentials that were not used for a day, for tokens come and go. Our files have names that begin
/// with a digest; others stay.
fn remove_old_files(folder: &Path) -> io::Result<()> {
    let is_old = |modified: SystemTime| modified.elapsed().is_ok_and(|age| age > A_DAY);
    for entry in folder.read_dir()?.flatten() {
        let name = entry.file_name();
        let digest = name.as_encoded_bytes().get(..DIGEST_LENGTH);
        let is_ours = digest.is_some_and(|digest| digest.iter().all(u8::is_ascii_hexdigit));
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        if is_ours && modified.is_ok_and(is_old) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Hexadecimal digits.
const DIGEST_LENGTH: usize = 32;
/// A second of them.
const LOCK_ATTEMPTS: u32 = 100;
const A_DAY: Duration = Duration::from_secs(86_400);
/// Bytes; more than the lines of an hour need.
const MAX_FILE: u64 = 4 * 1024 * 1024;
