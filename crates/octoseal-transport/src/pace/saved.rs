//! What a pacer knows, as text: so that many short runs keep to the budget as one long run does.

use super::Pacer;
use super::clock::Moment;
use super::lane::{Cap, Lane};
use super::profile::{HOUR, MINUTE};
use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

/// When requests were sent and what a limit has taught, as a text without any secret.
///
/// A line is a time in milliseconds since 1970 and a word: `read` and `write` (a request was sent), `content` (GitHub
/// said that its caps for content apply), `stop` (nothing may be sent before that time). The logs of several processes
/// can be [merged](Self::merge).
///
/// # Examples
///
/// ```
/// use octoseal_transport::{PaceLog, Pacer, Pacing};
/// use std::time::{Duration, SystemTime};
///
/// let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
/// let mut log: PaceLog = "1699999999000 write\n1600000000000 write\n".parse()?;
/// let pacer = Pacer::new(Pacing::default());
/// pacer.restore(None, &log, now);
/// // … requests are sent …
/// log.merge(&pacer.log(None, now), now);
/// assert_eq!(log.to_string(), "1699999999000 write\n"); // the other one is too old to matter
/// # Ok::<(), octoseal_transport::InvalidPaceLog>(())
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PaceLog(Vec<(u64, Word)>);

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Word {
    Read,
    Write,
    Content,
    Stop,
}

impl PaceLog {
    /// Adds the lines of another log, and forgets all that no longer matters: reads after a minute, writes after an
    /// hour, the caps for content after a day, a stop when it is over. Times to come, which a clock that was set back
    /// leaves behind, are forgotten too.
    pub fn merge(&mut self, other: &Self, now: SystemTime) {
        let now = millis(now);
        self.0.extend(&other.0);
        self.0.retain(|(time, word)| {
            let age = now.checked_sub(*time);
            match word.kept() {
                Some(kept) => age.is_some_and(|age| age < kept.as_millis() as u64),
                None => age.is_none() && time - now <= LONGEST_STOP.as_millis() as u64,
            }
        });
        self.0.sort_by_key(|(time, _)| *time);
        // Of what a limit has taught, the latest counts.
        for word in [Word::Content, Word::Stop] {
            let latest = self.0.iter().rposition(|(_, other)| *other == word);
            let mut places = 0..;
            self.0.retain(|(_, other)| places.next() == latest || *other != word);
        }
        let surplus = self.0.len().saturating_sub(MOST_LINES);
        self.0.drain(..surplus);
    }
}

impl Word {
    const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Content, Self::Stop];

    fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Content => "content",
            Self::Stop => "stop",
        }
    }

    /// How long it matters; a stop has an end of its own.
    fn kept(self) -> Option<Duration> {
        match self {
            Self::Read => Some(MINUTE),
            Self::Write => Some(HOUR),
            Self::Content => Some(Duration::from_secs(86_400)),
            Self::Stop => None,
        }
    }
}

impl Pacer {
    /// What this pacer has sent and learned since it was made or restored, for [`restore`](Self::restore) in a later
    /// run; `now` is the wall clock's time.
    pub fn log(&self, account: Option<&str>, now: SystemTime) -> PaceLog {
        self.track(account).here(|lane, _, moment| {
            let clock = Clock { moment, millis: millis(now) };
            let reads = lane.own_reads().map(|at| (at, Word::Read));
            let writes = lane.own_writes().map(|at| (at, Word::Write));
            let content = lane.caps.into_iter().find_map(Cap::since).map(|at| (at, Word::Content));
            let stop = lane.gate.opens_at(moment).map(|at| (at, Word::Stop));
            let lines = reads.chain(writes).chain(content).chain(stop);
            let mut log = PaceLog::default();
            log.merge(&PaceLog(lines.map(|(at, word)| (clock.millis_of(at), word)).collect()), now);
            log
        })
    }

    /// Takes over what other runs have sent and learned; `now` is the wall clock's time.
    pub fn restore(&self, account: Option<&str>, log: &PaceLog, now: SystemTime) {
        let mut kept = PaceLog::default();
        kept.merge(log, now);
        self.track(account).here(|lane, _, moment| {
            lane.born = moment;
            for (time, word) in kept.0 {
                take_over(lane, Clock { moment, millis: millis(now) }, time, word);
            }
        });
    }
}

fn take_over(lane: &mut Lane, clock: Clock, time: u64, word: Word) {
    // At least a nanosecond ago, so that it is not its own.
    let age = || Duration::from_millis(clock.millis - time).max(Duration::from_nanos(1));
    let past = || clock.moment.saturating_sub(age());
    match word {
        Word::Read => lane.remember(past(), false),
        Word::Write => lane.remember(past(), true),
        Word::Content => lane.caps = lane.caps.map(|_| Cap::Holds(past())),
        Word::Stop => {
            let until = clock.moment + Duration::from_millis(time - clock.millis);
            lane.gate.shut_until(until, clock.moment);
        }
    }
}

/// One moment by both clocks.
#[derive(Clone, Copy)]
struct Clock {
    moment: Moment,
    millis: u64,
}

impl Clock {
    fn millis_of(self, at: Moment) -> u64 {
        let past = self.moment.saturating_sub(at).as_millis() as u64;
        let to_come = at.saturating_sub(self.moment).as_millis() as u64;
        (self.millis + to_come).saturating_sub(past)
    }
}

fn millis(time: SystemTime) -> u64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

impl fmt::Display for PaceLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(time, word)| writeln!(f, "{time} {}", word.name()))
    }
}

/// # Errors
///
/// [`InvalidPaceLog`] if a line is none, or there are more than 50,000.
impl FromStr for PaceLog {
    type Err = InvalidPaceLog;

    fn from_str(text: &str) -> Result<Self, InvalidPaceLog> {
        if text.lines().take(MOST_LINES + 1).count() > MOST_LINES {
            return Err(InvalidPaceLog);
        }
        text.lines().map(|line| read(line).ok_or(InvalidPaceLog)).collect::<Result<_, _>>().map(Self)
    }
}

fn read(line: &str) -> Option<(u64, Word)> {
    let (time, name) = line.split_once(' ')?;
    let word = Word::ALL.into_iter().find(|word| word.name() == name)?;
    Some((time.parse().ok()?, word))
}

/// A text is no [`PaceLog`]: it can be thrown away.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidPaceLog;

impl fmt::Display for InvalidPaceLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the log of earlier requests cannot be read: remove it")
    }
}

impl std::error::Error for InvalidPaceLog {}

/// More than a pacer keeps; the oldest go first.
const MOST_LINES: usize = 50_000;

/// As long as the longest wait that is believed.
const LONGEST_STOP: Duration = Duration::from_secs(86_401);
