//! Checks of the numbers that name a person or an enterprise. The only place that sees one.
//!
//! A number comes in as a [`Secret`], which is wiped when it is dropped, and never goes out: a [`Verdict`] says what kind of number it was
//! taken for, what was checked, and what is wrong, in codes. That a number is well made does not say that it was issued, or to whom.

mod china;
mod kinds;
mod names;
mod numbers;
pub mod regions;
mod secret;

pub use kinds::{KINDS, Kind};
pub use secret::Secret;

use crate::codes::Country;
use crate::date::Date;
use alloc::vec::Vec;
use regions::RegionTable;

macro_rules! words {
    ($(#[doc = $about:literal])* $name:ident { $($(#[doc = $doc:literal])* $variant:ident = $word:literal,)* }) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $doc])* $variant,)*
        }

        impl $name {
            /// Every one, in this order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its word in the contract.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

words! {
    /// What is wrong with a number or a name.
    Reason {
        /// There is none.
        Absent = "absent",
        /// It has more or fewer characters than its kind.
        Length = "length",
        /// It holds a character that its kind does not.
        Characters = "characters",
        /// Its check digit does not match the rest.
        CheckDigit = "check-digit",
        /// The date in it does not exist, or has not come yet.
        Date = "date",
        /// There is no such region.
        Region = "region",
        /// The table of regions has none by that code for the year of birth.
        RegionOfYear = "region-of-year",
        /// It is the form with 15 digits, which is no longer used.
        OldForm = "old-form",
        /// It is a number of another kind than asked for.
        OtherKind = "other-kind",
        /// It is one that is never issued, such as all digits alike.
        NeverIssued = "never-issued",
        /// It is masked, or a nickname.
        Masked = "masked",
    }
}

words! {
    /// What was looked at.
    Aspect {
        /// Length and characters.
        Form = "form",
        /// The check digit.
        CheckDigit = "check-digit",
        /// The date of birth or of registration.
        Date = "date",
        /// The region that issued it.
        Region = "region",
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What is wrong; none when the number is well made.
    pub reason: Option<Reason>,
    /// Whether that is certain. What a table that ends somewhere does not know is not.
    pub certain: bool,
    /// What was looked at, as far as the check went.
    pub checked: &'static [Aspect],
}

/// What a check may need to know besides the number.
#[derive(Clone, Copy, Debug, Default)]
struct Context<'a> {
    /// The day to measure dates of birth by; without it a date may lie ahead.
    as_of: Option<Date>,
    /// The regions of residents' numbers by year; without them only provinces are known.
    regions: Option<&'a RegionTable>,
}

/// The kind with this country and id, if there is one. Kinds of no country, such as article numbers, are found from any.
#[must_use]
pub fn kind(country: Country, id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id && kind.countries.iter().any(|code| code.is_empty() || *code == country.code()))
}

/// The kinds that a country has, the most usual first.
pub fn kinds_of(country: Country) -> impl Iterator<Item = &'static Kind> {
    KINDS.iter().filter(move |kind| kind.countries.contains(&country.code()))
}

/// Checks numbers, with the tables of regions that it was given.
#[derive(Clone, Debug, Default)]
pub struct Checker {
    regions: Vec<(Country, RegionTable)>,
}

impl Checker {
    /// A checker without tables.
    #[must_use]
    pub const fn new() -> Self {
        Self { regions: Vec::new() }
    }

    /// Adds a country's table of regions and tells whether the bytes are one.
    pub fn add_regions(&mut self, country: Country, bytes: &[u8]) -> bool {
        let Some(table) = RegionTable::decode(bytes) else { return false };
        self.regions.retain(|(other, _)| *other != country);
        self.regions.push((country, table));
        true
    }

    /// Checks a number that a text holds which is borrowed, or wiped by who holds it.
    #[must_use]
    pub fn check_text(&self, country: Country, kind: &Kind, text: &str, as_of: Option<Date>) -> Verdict {
        self.check(country, kind, &Secret::new(text.chars()), as_of)
    }

    /// Checks a number. `as_of` is the day to measure dates of birth by; without it one may lie ahead.
    #[must_use]
    pub fn check(&self, country: Country, kind: &Kind, number: &Secret, as_of: Option<Date>) -> Verdict {
        let regions = self.regions.iter().find(|(other, _)| *other == country).map(|(_, table)| table);
        let compact = number.compact();
        let found = if compact.is_empty() { Err(Reason::Absent) } else { (kind.check)(number, &compact, Context { as_of, regions }) };
        let reason = found.err();
        Verdict { reason, certain: reason != Some(Reason::RegionOfYear), checked: kind.checked }
    }
}
