//! The state of a pacer as text, so that processes can share it.

use super::clock::Moment;
use super::lane::{Cap, Hour, Lane, UnderWay, cost};
use super::narrowing::Narrowing;
use super::slowdown::Slowdown;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// The requests of one budget and the limits learned: data for a [`SharedPace`](crate::SharedPace), without
/// secrets.
///
/// As text it has a first line `octoseal-pace 1` and then one fact a line: a word, and numbers. Times are
/// milliseconds since 1970. An empty text is an empty state.
///
/// | line | meaning |
/// |---|---|
/// | `read T`, `write T` | a request was sent |
/// | `under-way T read`, `under-way T write` | it has no answer yet |
/// | `stop T LENGTH STRIKES WRITE READS` | GitHub required a wait; consecutive stops; 1 if a write was refused; 1 if reads pass |
/// | `cap minute T`, `cap hour T` | GitHub's cap for content applies; T is 0 if it does not |
/// | `slow T RATE` | writes were refused at this rate, in thousandths a second |
/// | `narrow T N` | requests were refused with this number in flight |
/// | `passed N COUNT` | of the requests sent with N in flight, COUNT passed since the last refusal |
/// | `limits 1` | answers report GitHub's hourly window; 0 if they do not |
/// | `hour END LIMIT REMAINING RESET` | GitHub's hourly window |
///
/// # Examples
///
/// ```
/// use octoseal_transport::PaceState;
///
/// let state: PaceState = "octoseal-pace 1\nwrite 1699999999000\n".parse()?;
/// assert_eq!(state.to_string(), "octoseal-pace 1\nwrite 1699999999000\n");
/// # Ok::<(), octoseal_transport::InvalidPaceState>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PaceState(pub(super) Lane);

impl fmt::Display for PaceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lane = &self.0;
        writeln!(f, "{VERSION}")?;
        for at in lane.points.entries(cost(false)) {
            writeln!(f, "read {}", millis(at))?;
        }
        for at in lane.writes.entries(1) {
            writeln!(f, "write {}", millis(at))?;
        }
        for UnderWay { at, is_write } in &lane.under_way {
            writeln!(f, "under-way {} {}", millis(*at), if *is_write { "write" } else { "read" })?;
        }
        if let (Some(since), Some(until)) = (lane.gate.shut_at, lane.gate.until) {
            let length = millis(until.saturating_sub(since));
            let (write, reads) = (u8::from(lane.gate.struck_a_write), u8::from(lane.gate.reads_pass));
            writeln!(f, "stop {} {length} {} {write} {reads}", millis(since), lane.gate.strikes)?;
        }
        for (name, cap) in CAPS.iter().zip(lane.caps) {
            match cap {
                Cap::Unknown => {}
                Cap::Passes => writeln!(f, "cap {name} 0")?,
                Cap::Holds(since) => writeln!(f, "cap {name} {}", millis(since))?,
            }
        }
        if let Some(Narrowing { since, struck }) = lane.narrowing {
            writeln!(f, "narrow {} {struck}", millis(since))?;
        }
        for (among, count) in &lane.concurrency.0 {
            writeln!(f, "passed {among} {count}")?;
        }
        if let Some(Slowdown { since, struck }) = lane.slowdown {
            writeln!(f, "slow {} {}", millis(since), (struck * 1_000.0) as u64)?;
        }
        if let Some(tells) = lane.tells_limits {
            writeln!(f, "limits {}", u8::from(tells))?;
        }
        if let Some(Hour { limit, remaining, reset, ends }) = lane.hour {
            writeln!(f, "hour {} {limit} {remaining} {reset}", millis(ends))?;
        }
        Ok(())
    }
}

/// # Errors
///
/// [`InvalidPaceState`] if a line does not have the form above, or there are more than 10,000 lines.
impl FromStr for PaceState {
    type Err = InvalidPaceState;

    fn from_str(text: &str) -> Result<Self, InvalidPaceState> {
        let mut lines = text.lines();
        let mut lane = Lane::default();
        match lines.next() {
            None => return Ok(Self(lane)),
            Some(VERSION) if text.lines().take(MOST_LINES + 1).count() <= MOST_LINES => {}
            _ => return Err(InvalidPaceState),
        }
        lines.try_for_each(|line| read(&mut lane, line)).ok_or(InvalidPaceState)?;
        Ok(Self(lane))
    }
}

fn read(lane: &mut Lane, line: &str) -> Option<()> {
    let words: Vec<&str> = line.split(' ').collect();
    let number =
        |at: usize| -> Option<u64> { words.get(at)?.parse().ok().filter(|number| *number <= GREATEST) };
    let moment = |at: usize| Some(Duration::from_millis(number(at)?));
    let flag = |at: usize| number(at).filter(|flag| *flag < 2).map(|flag| flag == 1);
    match (words[0], words.len()) {
        ("read", 2) => lane.remember(moment(1)?, false),
        ("write", 2) => lane.remember(moment(1)?, true),
        ("under-way", 3) if lane.under_way.len() < MOST_UNDER_WAY => {
            let is_write = match words[2] {
                "write" => true,
                "read" => false,
                _ => return None,
            };
            lane.under_way.push(UnderWay { at: moment(1)?, is_write });
        }
        ("stop", 6) => {
            let length = moment(2)?.min(LONGEST_STOP);
            lane.gate.shut_at = Some(moment(1)?);
            lane.gate.until = Some(moment(1)? + length);
            lane.gate.strikes = u32::try_from(number(3)?).ok()?;
            (lane.gate.struck_a_write, lane.gate.reads_pass) = (flag(4)?, flag(5)?);
        }
        ("cap", 3) => {
            let place = CAPS.iter().position(|name| name == &words[1])?;
            let since = moment(2)?;
            lane.caps[place] = if since.is_zero() { Cap::Passes } else { Cap::Holds(since) };
        }
        ("narrow", 3) => {
            let struck = usize::try_from(number(2)?).ok()?.min(MOST_UNDER_WAY);
            lane.narrowing = Some(Narrowing { since: moment(1)?, struck });
        }
        ("passed", 3) => {
            let among = usize::try_from(number(1)?).ok().filter(|among| *among <= MOST_UNDER_WAY)?;
            lane.concurrency.0.insert(among, u32::try_from(number(2)?).unwrap_or(u32::MAX));
        }
        ("slow", 3) => lane.slowdown = Some(Slowdown::known(moment(1)?, number(2)? as f64 / 1_000.0)),
        ("limits", 2) => lane.tells_limits = Some(flag(1)?),
        ("hour", 5) => {
            let (limit, remaining, reset) = (number(2)?, number(3)?, number(4)?);
            lane.hour = Some(Hour { limit, remaining, reset, ends: moment(1)? });
        }
        _ => return None,
    }
    Some(())
}

fn millis(at: Moment) -> u64 {
    u64::try_from(at.as_millis()).unwrap_or(u64::MAX)
}

/// The text is not a [`PaceState`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct InvalidPaceState;

impl fmt::Display for InvalidPaceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the record of earlier requests cannot be read: remove it")
    }
}

impl std::error::Error for InvalidPaceState {}

/// The names of the caps for content, in the order of their spans.
const CAPS: [&str; 2] = ["minute", "hour"];
const VERSION: &str = "octoseal-pace 1";
/// A lane keeps 1,000 reads, 1,000 writes and fewer other facts.
const MOST_LINES: usize = 10_000;
const MOST_UNDER_WAY: usize = 1_000;
/// As long as the longest accepted wait.
const LONGEST_STOP: Duration = Duration::from_secs(86_401);
/// The maximum in milliseconds, about the year 10,000.
const GREATEST: u64 = 1 << 48;
