//! Civil dates and half-open intervals of them.
//!
//! A law is in force on days, not at instants: no time zone, no clock. The parser takes `YYYY-MM-DD` and nothing else; a general
//! date library's parser would weigh more than the rest of the engine (`jiff` is the oracle in the tests instead).

use alloc::string::String;

/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date with this year (1 to 9999), month and day, if there is one.
    ///
    /// ```
    /// use preclear::date::Date;
    /// assert!(Date::new(2024, 2, 29).is_some());
    /// assert!(Date::new(2023, 2, 29).is_none());
    /// ```
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1..=9999).contains(&year) && (1..=last).contains(&day)).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`: exactly ten characters, and a day that exists.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0u16, |sum, digit| {
                let value = u16::from(digit.checked_sub(b'0').filter(|value| *value < 10)?);
                sum.checked_mul(10)?.checked_add(value)
            })
        };
        let month = u8::try_from(number(&[m1, m2])?).ok()?;
        let day = u8::try_from(number(&[d1, d2])?).ok()?;
        Self::new(number(&[y1, y2, y3, y4])?, month, day)
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The date as one number, `year * 512 + month * 32 + day`: ordered as dates are, and what a pack stores.
    #[must_use]
    pub fn packed(self) -> u32 {
        (u32::from(self.year) << 9) | (u32::from(self.month) << 5) | u32::from(self.day)
    }

    /// The date that [`Date::packed`] made this number from, if it was a date.
    #[must_use]
    pub fn from_packed(packed: u32) -> Option<Self> {
        let year = u16::try_from(packed >> 9).ok()?;
        let month = u8::try_from((packed >> 5) & 15).ok()?;
        let day = u8::try_from(packed & 31).ok()?;
        Self::new(year, month, day)
    }

    /// Days since 0001-01-01, for the distance between two dates.
    #[must_use]
    pub fn ordinal(self) -> i32 {
        // Months are counted from March, so that the leap day is the last of its year.
        let (year, month) = if self.month < 3 {
            (i32::from(self.year).saturating_sub(1), i32::from(self.month).saturating_add(9))
        } else {
            (i32::from(self.year), i32::from(self.month).saturating_sub(3))
        };
        let before_month = month.saturating_mul(153).saturating_add(2).wrapping_div(5);
        year.saturating_mul(365)
            .saturating_add(year.wrapping_div(4))
            .saturating_sub(year.wrapping_div(100))
            .saturating_add(year.wrapping_div(400))
            .saturating_add(before_month)
            .saturating_add(i32::from(self.day))
            .saturating_sub(307)
    }

    /// The date as `YYYY-MM-DD`.
    #[must_use]
    pub fn text(self) -> String {
        let mut text = String::with_capacity(10);
        let mut push = |value: u16, divisors: &[u16]| {
            for divisor in divisors {
                let digit = value.checked_div(*divisor).unwrap_or(0) % 10;
                text.push(char::from(b'0'.saturating_add(u8::try_from(digit).unwrap_or(0))));
            }
        };
        push(self.year, &[1000, 100, 10, 1]);
        let mut rest = String::new();
        for part in [self.month, self.day] {
            rest.push('-');
            rest.push(char::from(b'0'.saturating_add(part.wrapping_div(10))));
            rest.push(char::from(b'0'.saturating_add(part % 10)));
        }
        text.push_str(&rest);
        text
    }
}

/// The days from `from` up to, and not including, `to`. An open end is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Interval {
    /// The first day in force, or `None` when there was none that matters.
    pub from: Option<Date>,
    /// The first day no longer in force, or `None` while none is known.
    pub to: Option<Date>,
}

impl Interval {
    /// Whether `date` lies in the interval.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date < to)
    }

    /// Whether some day lies in both intervals.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let starts_before_end = |start: Option<Date>, end: Option<Date>| match (start, end) {
            (Some(start), Some(end)) => start < end,
            _ => true,
        };
        starts_before_end(self.from, other.to) && starts_before_end(other.from, self.to)
    }
}
