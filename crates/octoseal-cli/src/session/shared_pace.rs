//! The pace that all runs with one credential share, stored in a file for each API, credential and account.

use crate::environment::{Environment, STATE_DIR};
use crate::files;
use crate::output::{Failure, Output};
use crate::platform;
use octoseal::{ApiUrl, BoxFuture, PaceState, SecretValue, SharedPace};
use sha2::{Digest as _, Sha256};
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

type BoxError = Box<dyn Error + Send + Sync>;

/// The files of one API and credential. They have times and limits. Their names are digests.
pub(super) struct PaceFiles {
    folder: PathBuf,
    digest: String,
    output: Output,
    /// Whether old files were removed. Once in a run is sufficient.
    is_clean: AtomicBool,
    /// Whether the warning about an unusable folder was printed.
    is_reported: AtomicBool,
}

impl PaceFiles {
    /// Finds the folder. An API on this machine has none, unless `OCTOSEAL_STATE_DIR` is set: it is a test,
    /// and starts without state each time.
    pub(super) fn find(
        api: &ApiUrl,
        credential: &str,
        environment: &Environment,
        output: Output,
    ) -> Result<Option<Self>, Failure> {
        let state = match environment.text(STATE_DIR)? {
            Some(folder) => Some(folder.into()),
            None if api.is_this_machine() => None,
            None => platform::state_folder(environment)?.map(|state| state.join("octoseal")),
        };
        let (is_clean, is_reported) = (AtomicBool::default(), AtomicBool::default());
        let files = |state: PathBuf| {
            let (folder, digest) = (state.join("pace"), digest(api, credential));
            Self { folder, digest, output, is_clean, is_reported }
        };
        Ok(state.map(files))
    }

    fn name(&self, account: Option<&str>) -> String {
        account.iter().fold(self.digest.clone(), |name, account| format!("{name}-{account}"))
    }

    /// Opens the lock, and creates the folder if it is missing.
    fn lock_file(&self) -> io::Result<File> {
        platform::create_private_folder(&self.folder)?;
        platform::check_private_folder(&self.folder)?;
        let mut options = OpenOptions::new();
        platform::open_regular(options.write(true).create(true).truncate(false), &self.folder.join("lock"))
    }

    /// Reads, changes and replaces a file while the lock is held.
    fn change(
        &self,
        account: Option<&str>,
        change: &mut (dyn FnMut(&mut PaceState, SystemTime) + Send),
    ) -> Result<(), BoxError> {
        if !self.is_clean.swap(true, Ordering::Relaxed) {
            // A file that cannot be removed does no harm.
            remove_old_files(&self.folder).ok();
        }
        let file = self.folder.join(self.name(account));
        let mut state = read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        change(&mut state, SystemTime::now());
        Ok(files::replace(&file, state.to_string().as_bytes())?)
    }

    async fn locked(
        &self,
        account: Option<&str>,
        change: &mut (dyn FnMut(&mut PaceState, SystemTime) + Send),
    ) -> Result<(), BoxError> {
        let lock = self.lock_file()?;
        // Dropped with this future, at the latest when the thread has the lock.
        let waiting = tokio::task::spawn_blocking(|| platform::lock(lock));
        let lock = tokio::time::timeout(LONGEST_LOCK, waiting).await;
        let lock = lock.map_err(|_| "another process has held the lock for too long")???;
        let changed = self.change(account, change);
        drop(lock);
        changed
    }
}

impl SharedPace for PaceFiles {
    fn update<'a>(
        &'a self,
        account: Option<&'a str>,
        change: &'a mut (dyn FnMut(&mut PaceState, SystemTime) + Send),
    ) -> BoxFuture<'a, Result<(), BoxError>> {
        Box::pin(async move {
            let result = self.locked(account, change).await;
            if let Err(error) = &result {
                if !self.is_reported.swap(true, Ordering::Relaxed) {
                    self.output.warn(&format!(
                        "{} cannot be used, so this run is slow and other runs do not know of it: {error}",
                        self.folder.display()
                    ));
                }
            }
            result
        })
    }
}

/// Names the files of one budget. The credential cannot be derived from it, since tokens are long and random.
fn digest(api: &ApiUrl, credential: &str) -> String {
    let text = SecretValue::from(format!("{}\n{credential}", api.origin())); // wiped when it is dropped
    Sha256::digest(text.expose())[..DIGEST_LENGTH / 2].iter().fold(String::new(), |mut name, byte| {
        write!(name, "{byte:02x}").expect("writing to a string never fails");
        name
    })
}

/// Reads a state. A missing file is an empty state.
fn read(path: &Path) -> Result<PaceState, BoxError> {
    let mut file = match platform::open_regular(OpenOptions::new().read(true), path) {
        Ok(file) => file.take(MAX_FILE),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(PaceState::default()),
        Err(error) => return Err(error.into()),
    };
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    Ok(String::from_utf8_lossy(&text).parse()?)
}

/// Removes the files of credentials that were not used for a day. Octoseal's file names begin with a digest,
/// and other files stay.
fn remove_old_files(folder: &Path) -> io::Result<()> {
    let is_old = |modified: SystemTime| modified.elapsed().is_ok_and(|age| age > A_DAY);
    for entry in folder.read_dir()?.flatten() {
        let name = entry.file_name();
        let digest = name.as_encoded_bytes().get(..DIGEST_LENGTH);
        let is_ours = digest.is_some_and(|digest| digest.iter().all(u8::is_ascii_hexdigit));
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        if is_ours && modified.is_ok_and(is_old) {
            fs::remove_file(entry.path()).ok();
        }
    }
    Ok(())
}

/// The length in hexadecimal digits.
const DIGEST_LENGTH: usize = 32;
/// 150 processes on a busy machine take turns.
const LONGEST_LOCK: Duration = Duration::from_secs(20);
const A_DAY: Duration = Duration::from_secs(86_400);
/// Maximum number of bytes, more than a state ever has.
const MAX_FILE: u64 = 4 * 1024 * 1024;
