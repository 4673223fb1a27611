//! Times of day, in local time if the system knows its zone, else in UTC.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Unit};
use std::time::Duration;

/// Returns the moment `length` from now.
pub(crate) fn after(length: Duration) -> Timestamp {
    let length = SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX);
    Timestamp::now()
        .saturating_add(length)
        .unwrap_or(Timestamp::MAX)
        .round(Unit::Second)
        .unwrap_or(Timestamp::MAX)
}

/// Returns the time of day of `moment`, with the date if that is not today.
pub(crate) fn of_day(moment: Timestamp) -> String {
    let (zone, suffix) = match TimeZone::try_system() {
        Ok(zone) => (zone, ""),
        Err(_) => (TimeZone::UTC, " UTC"),
    };
    text(moment, Timestamp::now(), &zone) + suffix
}

fn text(moment: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
    let (moment, now) = (zone.to_datetime(moment), zone.to_datetime(now));
    let format = if moment.date() == now.date() { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" };
    moment.strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::Offset;

    #[test]
    fn another_day_has_its_date() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let now = at("2026-11-29T12:03:20Z");
        let zone = TimeZone::fixed(Offset::constant(2));
        assert_eq!(text(at("2026-11-29T12:04:00Z"), now, &zone), "14:04:00");
        assert_eq!(text(at("2026-11-29T22:04:00Z"), now, &zone), "2026-11-30 00:04:00");
        assert_eq!(text(at("2026-11-29T22:04:00Z"), now, &TimeZone::UTC), "22:04:00");
    }

    #[test]
    fn an_endless_length_is_a_time_too() {
        assert_eq!(after(Duration::MAX), Timestamp::MAX.round(Unit::Second).unwrap_or(Timestamp::MAX));
    }
}
