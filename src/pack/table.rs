//! Tables looked up by a code's longest prefix, read in place.
//!
//! A code is a heading (its first four digits, or two for a whole chapter) and a suffix of up to six digits. Headings are a sorted
//! column; each owns a run of entries; an entry is a suffix and the number of a row in a dictionary of the distinct rows.

use super::{Cell, ValueKind};
use crate::codes::DigitCode;
use crate::date::{Date, Interval};
use alloc::string::String;
use alloc::vec::Vec;

/// Which code a table is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// The commodity code.
    HsCode,
    /// The destination's personal-article code.
    ArticleCode,
    /// The country that the goods are sent to, for all lines alike.
    ShipTo,
    /// The subdivision that the goods are sent to, for all lines alike.
    ShipToArea,
}

impl KeyKind {
    /// Every kind, in the order that packs number them.
    pub const ALL: [Self; 4] = [Self::HsCode, Self::ArticleCode, Self::ShipTo, Self::ShipToArea];

    /// Whether it is a place, whose code is kept as [`DigitCode::of_place`] writes it.
    #[must_use]
    pub const fn is_place(self) -> bool {
        matches!(self, Self::ShipTo | Self::ShipToArea)
    }
}

/// A distinct row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// When it is in force.
    pub interval: Interval,
    /// Its cells, one for each column; `None` is unknown.
    pub cells: Vec<Cell>,
    /// The law: indices of citations.
    pub citations: Vec<u16>,
}

/// A heading with its run of entries.
const HEADING_BYTES: usize = 4;
/// A suffix (three bytes) and the number of its row (two).
const ENTRY_BYTES: usize = 5;
/// Added to the number of a chapter, to tell it from a heading.
const CHAPTER: u16 = 10_000;
/// Where the suffix's length stands above its digits.
const SUFFIX_SHIFT: u32 = 20;

/// A table of rows by code.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its id: the first part of its columns' names.
    pub id: String,
    /// Which code it is looked up by.
    pub key: KeyKind,
    /// Its columns: id and type.
    pub columns: Vec<(String, ValueKind)>,
    /// Headings: number and first entry, two bytes each, in the order of the numbers.
    pub(crate) headings: Vec<u8>,
    /// Entries: suffix and row.
    pub(crate) entries: Vec<u8>,
    /// The distinct rows.
    pub(crate) rows: Vec<Row>,
}

/// The number that a code's first digits have in the heading column.
fn heading_of(code: &str) -> Option<u16> {
    match code.get(..4) {
        Some(heading) => heading.parse().ok(),
        None if code.len() == 2 => code.parse::<u16>().ok()?.checked_add(CHAPTER),
        None => None,
    }
}

/// The number that the digits after the heading have in an entry: their value, and how many there are.
fn suffix_of(digits: &str) -> Option<u32> {
    let value = if digits.is_empty() { 0 } else { digits.parse::<u32>().ok()? };
    let length = u32::try_from(digits.len()).ok().filter(|length| *length <= 6)?;
    Some(value | (length << SUFFIX_SHIFT))
}

/// The lowest digits of a number, as many as given.
#[cfg(feature = "author")]
fn padded(mut number: u32, length: u32) -> String {
    let mut digits = Vec::new();
    for _ in 0..length {
        digits.push(char::from_digit(number % 10, 10).unwrap_or_default());
        number = number.wrapping_div(10);
    }
    digits.into_iter().rev().collect()
}

impl Table {
    /// Builds a table of rows by code, or `None` when a code is not of 2 or 4 to 10 digits, or there are more than the format holds.
    #[must_use]
    pub fn new(id: String, key: KeyKind, columns: Vec<(String, ValueKind)>, source: &[(String, Row)]) -> Option<Self> {
        let mut coded = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        for (code, row) in source {
            let suffix = suffix_of(code.get(4..).unwrap_or_default())?;
            let number = match rows.iter().position(|other| other == row) {
                Some(number) => number,
                None => {
                    rows.push(row.clone());
                    rows.len().checked_sub(1)?
                }
            };
            coded.push((heading_of(code)?, suffix, u16::try_from(number).ok()?));
        }
        coded.sort_by_key(|(heading, suffix, _)| (*heading, *suffix));
        let (mut headings, mut entries) = (Vec::new(), Vec::new());
        let mut last = None;
        for (number, (heading, suffix, row)) in coded.iter().enumerate() {
            if last != Some(*heading) {
                headings.extend_from_slice(&heading.to_le_bytes());
                headings.extend_from_slice(&u16::try_from(number).ok()?.to_le_bytes());
                last = Some(*heading);
            }
            entries.extend(suffix.to_le_bytes().iter().take(3));
            entries.extend_from_slice(&row.to_le_bytes());
        }
        Self { id, key, columns, headings, entries, rows }.checked()
    }

    /// The table, if its parts fit together: what a pack's bytes have to prove before they are used.
    pub(crate) fn checked(self) -> Option<Self> {
        let entries = self.entries.len().checked_div(ENTRY_BYTES)?;
        let whole = self.entries.len().is_multiple_of(ENTRY_BYTES) && self.headings.len().is_multiple_of(HEADING_BYTES);
        let mut before = None;
        let ordered = self.heading_iter().all(|(heading, first)| {
            let rising = before.is_none_or(|(other, start)| other < heading && start < first);
            before = Some((heading, first));
            rising && usize::from(first) < entries
        });
        let rows = self.entry_range(0, entries).all(|(_, row)| usize::from(row) < self.rows.len());
        let starts_at_zero = self.heading_iter().next().is_none_or(|(_, first)| first == 0);
        (whole && ordered && rows && starts_at_zero).then_some(self)
    }

    /// How many codes the table holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len().checked_div(ENTRY_BYTES).unwrap_or(0)
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The distinct rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Every code with its row, in the order of the headings.
    #[cfg(feature = "author")]
    #[must_use]
    pub fn coded_rows(&self) -> Vec<(String, &Row)> {
        let mut found = Vec::new();
        for (heading, first) in self.heading_iter() {
            let end = self.run(heading).map_or(0, |(_, end)| end);
            let before = match heading.checked_sub(CHAPTER) {
                Some(chapter) => padded(u32::from(chapter), 2),
                None => padded(u32::from(heading), 4),
            };
            for (suffix, row) in self.entry_range(usize::from(first), end) {
                let mut code = before.clone();
                code.push_str(&padded(suffix & ((1 << SUFFIX_SHIFT) - 1), suffix >> SUFFIX_SHIFT));
                if self.key.is_place() {
                    code = DigitCode::place_text(&code);
                }
                found.extend(self.rows.get(usize::from(row)).map(|row| (code, row)));
            }
        }
        found
    }

    /// The row in force on `date` with the longest prefix of `code`.
    #[must_use]
    pub fn find(&self, code: &DigitCode, date: Date) -> Option<&Row> {
        let digits = code.as_str();
        let heading = digits.get(..4).and_then(heading_of);
        let chapter = digits.get(..2).and_then(heading_of);
        [(heading, digits.get(4..).unwrap_or_default()), (chapter, "")]
            .into_iter()
            .find_map(|(heading, rest)| self.longest(heading?, rest, date))
    }

    fn longest(&self, heading: u16, rest: &str, date: Date) -> Option<&Row> {
        let mut best: Option<(u32, &Row)> = None;
        let (first, end) = self.run(heading)?;
        for (suffix, row) in self.entry_range(first, end) {
            let length = suffix >> SUFFIX_SHIFT;
            let same = rest.get(..usize::try_from(length).unwrap_or(usize::MAX)).and_then(suffix_of).is_some_and(|prefix| prefix == suffix);
            if !same || best.is_some_and(|(longest, _)| longest > length) {
                continue;
            }
            if let Some(row) = self.rows.get(usize::from(row)).filter(|row| row.interval.contains(date)) {
                best = Some((length, row));
            }
        }
        best.map(|(_, row)| row)
    }

    /// The run of entries of a heading, by binary search.
    fn run(&self, heading: u16) -> Option<(usize, usize)> {
        let count = self.headings.len().checked_div(HEADING_BYTES)?;
        let (mut low, mut high) = (0usize, count);
        while low < high {
            let middle = low.checked_add(high)?.checked_div(2)?;
            let (found, first) = self.heading_at(middle)?;
            match found.cmp(&heading) {
                core::cmp::Ordering::Less => low = middle.checked_add(1)?,
                core::cmp::Ordering::Greater => high = middle,
                core::cmp::Ordering::Equal => {
                    let next = self.heading_at(middle.checked_add(1)?);
                    return Some((usize::from(first), next.map_or_else(|| self.len(), |(_, end)| usize::from(end))));
                }
            }
        }
        None
    }

    fn heading_at(&self, number: usize) -> Option<(u16, u16)> {
        let start = number.checked_mul(HEADING_BYTES)?;
        let &[a, b, c, d] = self.headings.get(start..start.checked_add(HEADING_BYTES)?)? else {
            return None;
        };
        Some((u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])))
    }

    fn heading_iter(&self) -> impl Iterator<Item = (u16, u16)> + '_ {
        (0..self.headings.len().checked_div(HEADING_BYTES).unwrap_or(0)).filter_map(|number| self.heading_at(number))
    }

    fn entry_range(&self, first: usize, end: usize) -> impl Iterator<Item = (u32, u16)> + '_ {
        let bytes = first
            .checked_mul(ENTRY_BYTES)
            .zip(end.checked_mul(ENTRY_BYTES))
            .and_then(|(first, end)| self.entries.get(first..end))
            .unwrap_or_default();
        bytes.chunks_exact(ENTRY_BYTES).filter_map(|entry| {
            let &[a, b, c, d, e] = entry else { return None };
            Some((u32::from_le_bytes([a, b, c, 0]), u16::from_le_bytes([d, e])))
        })
    }
}
