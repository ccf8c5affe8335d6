//! Today. The engine reads no clock; the command line may.

use crate::date::Date;
use std::string::String;
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds of a day.
const DAY: u64 = 86_400;

/// Today in UTC, if the clock shows a day of our calendar.
pub fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    after_1970(i32::try_from(seconds.checked_div(DAY)?).ok()?)
}

/// The second it is in China, `YYYYMMDDhhmmss`.
pub fn second_in_china() -> Option<String> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs().checked_add(8 * 3600)?;
    let day = after_1970(i32::try_from(seconds.checked_div(DAY)?).ok()?)?;
    let rest = seconds.checked_rem(DAY)?;
    Some(std::format!("{}{:02}{:02}{:02}", day.text().replace('-', ""), rest / 3600, rest / 60 % 60, rest % 60))
}

/// The day so many days after 1970-01-01.
fn after_1970(days: i32) -> Option<Date> {
    let day = Date::new(1970, 1, 1)?.ordinal().checked_add(days)?;
    let begun = |date: &Date| date.ordinal() <= day;
    let year = (1970..=9999).rev().filter_map(|year| Date::new(year, 1, 1)).find(begun)?.year();
    let last = |month| (1..=31).rev().filter_map(move |number| Date::new(year, month, number));
    (1..=12).rev().flat_map(last).find(begun)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        for (days, date) in [(0, "1970-01-01"), (58, "1970-02-28"), (59, "1970-03-01"), (789, "1972-02-29"), (20_780, "2026-11-23")] {
            assert_eq!(after_1970(days), Date::parse(date));
        }
    }
}
