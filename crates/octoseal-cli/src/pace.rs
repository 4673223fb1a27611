//! The pace of the command: told by options, remembered from run to run, and heard when it makes somebody wait.

use crate::arguments::PaceOptions;
use crate::failure::Failure;
use crate::output::Output;
use crate::token::variable;
use octoseal::crates::transport::{ApiUrl, PaceLog, Watch};
use octoseal::{GitHub, Pacer, Pacing, SecretValue};
use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};
use tempfile::NamedTempFile;

/// What the options say.
pub(crate) fn pacing(options: &PaceOptions) -> Pacing {
    let mut pacing = Pacing::from(options.profile.unwrap_or_default());
    if let Some(seconds) = options.patience {
        pacing.patience = Duration::from_secs(seconds);
    }
    pacing
}

/// Says on standard error what the client waits for, whenever that is worth a word.
pub(crate) fn tell_waits(github: &GitHub, output: Output) {
    tokio::spawn(tell(github.pacer().watch(), output));
}

async fn tell(mut watch: Watch, output: Output) {
    let mut told = None;
    while let Some(snapshot) = watch.changed().await {
        if let Some(wait) = snapshot.wait.filter(|wait| wait.length >= WORTH_A_WORD && told != Some(*wait)) {
            output.wait(wait.length.as_secs_f64().ceil(), &wait.reason.to_string());
            told = Some(wait);
        }
    }
}

/// What earlier runs with the same credential have sent, so that a loop of short runs keeps to the pace of a long one.
/// What this run sends is added when it ends.
pub(crate) struct Memory {
    pacer: Pacer,
    account: Option<String>,
    file: PathBuf,
}

impl Memory {
    /// Reads the file of this API and credential. Without a folder for such files, or if it cannot be read, each run is
    /// on its own: that is no reason to fail.
    ///
    /// An API on this machine has none, unless `OCTOSEAL_STATE_DIR` says where: it is a test, and begins anew each time.
    pub(crate) fn open(
        api: &ApiUrl,
        digest: String,
        account: Option<String>,
        github: &GitHub,
    ) -> Result<Option<Self>, Failure> {
        let Some(folder) = folder(api)? else {
            return Ok(None);
        };
        let name =
            account.iter().fold(digest, |digest, account| format!("{digest}-{}", account.to_lowercase()));
        let file = folder.join("pace").join(name);
        let memory = Self { pacer: github.pacer().clone(), account, file };
        let log = read(&memory.file).unwrap_or_default();
        memory.pacer.restore(memory.account.as_deref(), &log, SystemTime::now());
        Ok(Some(memory))
    }

    fn add(&self) -> io::Result<()> {
        let folder = self.file.parent().ok_or(io::ErrorKind::NotFound)?;
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut options = OpenOptions::new();
        let lock = options.write(true).create(true).truncate(false).mode(0o600).open(folder.join("lock"))?;
        lock_exclusively(&lock)?;
        let now = SystemTime::now();
        let mut log = read(&self.file).unwrap_or_default();
        log.merge(&self.pacer.log(self.account.as_deref(), now), now);
        // Whole or not at all, and for its owner only.
        let mut file = NamedTempFile::new_in(folder)?;
        file.write_all(log.to_string().as_bytes())?;
        file.persist(&self.file)?;
        Ok(())
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.add().ok();
    }
}

fn folder(api: &ApiUrl) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = variable("OCTOSEAL_STATE_DIR")? {
        return Ok(Some(folder.into()));
    }
    if api.origin().starts_with("http:") {
        return Ok(None);
    }
    let state = variable("XDG_STATE_HOME")?.map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || Ok::<_, Failure>(variable("HOME")?.map(|home| Path::new(&home).join(".local/state")));
    Ok(match state {
        Some(state) => Some(state),
        None => home()?,
    }
    .map(|state| state.join("octoseal")))
}

/// Tells one budget from another in the name of a file. Nobody gets the credential back from it: tokens are long and
/// random.
pub(crate) fn digest(api: &ApiUrl, credential: &str) -> String {
    let text = SecretValue::from(format!("{}\n{credential}", api.origin())); // wiped, whatever becomes of it
    Sha256::digest(text.expose())[..16].iter().fold(String::new(), |mut name, byte| {
        write!(name, "{byte:02x}").expect("a string takes everything");
        name
    })
}

/// Others hold it for a moment only.
fn lock_exclusively(file: &File) -> io::Result<()> {
    for _ in 0..LOCK_ATTEMPTS {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => thread::sleep(Duration::from_millis(10)),
            result => return Ok(result?),
        }
    }
    Err(io::ErrorKind::WouldBlock.into())
}

fn read(file: &Path) -> Option<PaceLog> {
    let mut text = String::new();
    File::open(file).ok()?.take(MAX_FILE).read_to_string(&mut text).ok()?;
    text.parse().ok()
}

/// A second of them.
const LOCK_ATTEMPTS: u32 = 100;
/// Shorter waits are over before they are read.
const WORTH_A_WORD: Duration = Duration::from_secs(1);
/// Bytes; more than the lines of an hour need.
const MAX_FILE: u64 = 4 * 1024 * 1024;
