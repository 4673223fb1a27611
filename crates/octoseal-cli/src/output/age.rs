//! Moments: relative on a terminal, exact elsewhere.

use octoseal::Timestamp;
use std::io::{self, IsTerminal as _};
use std::time::{SystemTime, UNIX_EPOCH};

/// Formats a moment for a column of standard output.
pub(crate) fn shown(moment: Option<Timestamp>) -> String {
    let Some(moment) = moment else { return "-".to_owned() };
    if !io::stdout().is_terminal() {
        return moment.to_string();
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    ago(now.as_secs() as i64 - moment.unix_seconds())
}

/// Formats an age in seconds in its largest unit.
fn ago(seconds: i64) -> String {
    const UNITS: [(i64, &str); 5] =
        [(31_557_600, "year"), (2_629_800, "month"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
    let found = UNITS.into_iter().find(|(length, _)| seconds >= *length);
    match found.map(|(length, unit)| (seconds / length, unit)) {
        None => "just now".to_owned(),
        Some((1, unit)) => format!("1 {unit} ago"),
        Some((count, unit)) => format!("{count} {unit}s ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn an_age_has_its_largest_unit() {
        for (seconds, text) in [
            (-5, "just now"),
            (59, "just now"),
            (60, "1 minute ago"),
            (3_599, "59 minutes ago"),
            (7_200, "2 hours ago"),
            (86_400, "1 day ago"),
            (90 * 86_400, "2 months ago"),
            (800 * 86_400, "2 years ago"),
        ] {
            assert_eq!(ago(seconds), text, "{seconds}");
        }
    }
}
