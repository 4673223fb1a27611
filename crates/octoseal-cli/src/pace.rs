//! The pace of the command: told by options, remembered from run to run, and heard when it makes somebody wait.

use crate::arguments::PaceOptions;
use crate::failure::Failure;
use crate::output::Output;
use crate::token::variable;
use octoseal::{ApiUrl, PaceLog, Watch};
use octoseal::{GitHub, Pacer, Pacing, SecretValue};
use rustix::fs::{FlockOperation, OFlags, flock};
use rustix::io::Errno;
use rustix::process::geteuid;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, SystemTime};

/// What the options say.
pub(crate) fn pacing(options: &PaceOptions) -> Pacing {
    let mut pacing = Pacing::from(options.profile.unwrap_or_default());
    if let Some(seconds) = options.patience {
        pacing.patience = Duration::from_secs(seconds);
    }
    pacing
}

/// Says on standard error what the client waits for, whenever that is worth a word.
///
/// At each of these moments the memory is written, too: people end a command that waits, and what made it wait is what the
/// next run must know.
pub(crate) fn tell_waits(github: &GitHub, output: Output, memory: Option<&Arc<Memory>>) {
    tokio::spawn(tell(github.pacer().watch(), output, memory.map(Arc::downgrade)));
}

async fn tell(mut watch: Watch, output: Output, memory: Option<Weak<Memory>>) {
    let mut told = None;
    while let Some(snapshot) = watch.changed().await {
        if let Some(wait) = snapshot.wait.filter(|wait| wait.length >= WORTH_A_WORD && told != Some(*wait)) {
            output.wait(wait.length.as_secs_f64().ceil(), &wait.reason.to_string());
            told = Some(wait);
            if let Some(memory) = memory.as_ref().and_then(Weak::upgrade) {
                memory.keep();
            }
        }
    }
}

/// What earlier runs with the same credential have sent, so that a loop of short runs keeps to the pace of a long one.
/// What this run sends is added when it ends.
pub(crate) struct Memory {
    pacer: Pacer,
    account: Option<String>,
    file: PathBuf,
    output: Output,
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
        output: Output,
    ) -> Result<Option<Arc<Self>>, Failure> {
        let Some(folder) = folder(api)? else {
            return Ok(None);
        };
        let name =
            account.iter().fold(digest, |digest, account| format!("{digest}-{}", account.to_lowercase()));
        let file = folder.join("pace").join(name);
        let memory = Self { pacer: github.pacer().clone(), account, file, output };
        let log = read(&memory.file).unwrap_or_default();
        memory.pacer.restore(memory.account.as_deref(), &log, SystemTime::now());
        Ok(Some(Arc::new(memory)))
    }

    /// Writes down what is new. Whoever has chosen the folder hears if it cannot be done.
    fn keep(&self) {
        let kept = self.add();
        if let (Err(error), Ok(Some(_))) = (kept, variable(STATE_DIR)) {
            self.output.note(&format!(
                "{STATE_DIR} cannot be used, so the next run will not know of this one: {error}"
            ));
        }
    }

    fn add(&self) -> io::Result<()> {
        let folder = self.file.parent().ok_or(io::ErrorKind::NotFound)?;
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        check_folder(folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600);
        let lock = open(&mut options, &folder.join("lock"))?;
        lock_exclusively(&lock)?;
        forget_old_files(folder)?;
        let now = SystemTime::now();
        let mut log = read(&self.file).unwrap_or_default();
        log.merge(&self.pacer.log(self.account.as_deref(), now), now);
        // Whole or not at all, and for its owner only.
        // Named as ours, so that one that a killed run leaves behind is forgotten, too.
        let name = self.file.file_name().ok_or(io::ErrorKind::NotFound)?;
        let mut file = tempfile::Builder::new().prefix(name).tempfile_in(folder)?;
        file.write_all(log.to_string().as_bytes())?;
        file.persist(&self.file)?;
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

fn folder(api: &ApiUrl) -> Result<Option<PathBuf>, Failure> {
    if let Some(folder) = variable(STATE_DIR)? {
        return Ok(Some(folder.into()));
    }
    if api.is_this_machine() {
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
    Sha256::digest(text.expose())[..DIGEST_LENGTH / 2].iter().fold(String::new(), |mut name, byte| {
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
    check_folder(file.parent()?).ok()?;
    let file = open(OpenOptions::new().read(true), file).ok()?;
    let mut text = String::new();
    file.take(MAX_FILE).read_to_string(&mut text).ok()?;
    text.parse().ok()
}

/// A folder of ours in which nobody else can write: what stands in it makes us wait, or not.
fn check_folder(folder: &Path) -> io::Result<()> {
    let metadata = folder.symlink_metadata()?;
    let is_ours = metadata.uid() == geteuid().as_raw() && metadata.mode() & 0o022 == 0;
    if metadata.is_dir() && is_ours { Ok(()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
}

/// Opens a file that is one: no link, and no pipe that would let us wait for its other end.
fn open(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = options.custom_flags(flags.bits() as i32).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// Files of credentials that were not used for a day: tokens come and go. Only what is named as ours is, by a digest.
fn forget_old_files(folder: &Path) -> io::Result<()> {
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

/// Where to keep what was sent.
const STATE_DIR: &str = "OCTOSEAL_STATE_DIR";
/// Hexadecimal digits.
const DIGEST_LENGTH: usize = 32;
/// A second of them.
const LOCK_ATTEMPTS: u32 = 100;
/// Shorter waits are over before they are read.
const WORTH_A_WORD: Duration = Duration::from_secs(1);
const A_DAY: Duration = Duration::from_secs(86_400);
/// Bytes; more than the lines of an hour need.
const MAX_FILE: u64 = 4 * 1024 * 1024;
