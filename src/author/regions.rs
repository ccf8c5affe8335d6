//! `regions.csv`: the regions of residents' numbers, and the last year in which each was on the list.

use super::fault::Faults;
use crate::identity::regions::{FIRST_YEAR, MAGIC, STILL, VERSION};
use std::string::String;
use std::vec::Vec;

/// The file's name in a destination's folder.
pub const FILE: &str = "regions.csv";
const HEADER: &str = "code,last";

/// Compiles the file to a table of regions; none when it has faults.
#[must_use]
pub fn compile(path: &str, text: &str, faults: &Faults) -> Option<Vec<u8>> {
    let before = faults.count();
    faults.file(path, text);
    let (mut differences, mut last, mut previous, mut known_to) = (Vec::new(), Vec::new(), 0u32, FIRST_YEAR);
    let mut offset = 0usize;
    for (number, row) in text.lines().enumerate() {
        let fault = |column: usize, what: &str| faults.at(path, offset.saturating_add(column), what);
        let (code, year) = row.split_once(',').unwrap_or((row, "-"));
        let value = code.parse::<u32>().ok().filter(|_| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
        let stored = if year.is_empty() { Some(STILL) } else { stored_year(year) };
        match (number, value, stored) {
            (0, ..) if row != HEADER => fault(0, "the header must be `code,last`"),
            (0, ..) => {}
            (_, None, _) => fault(0, "`code` must be six digits"),
            (_, Some(value), _) if value <= previous => fault(0, "rows must be sorted by code, each once"),
            (.., None) => fault(7, "`last` must be a year from 1900 to 2154, or empty"),
            (_, Some(value), Some(stored)) => {
                push(value.saturating_sub(previous), &mut differences);
                last.push(stored);
                previous = value;
                known_to = known_to.max(year.parse().unwrap_or(FIRST_YEAR));
            }
        }
        offset = offset.saturating_add(row.len()).saturating_add(1);
    }
    let known_to = u8::try_from(known_to.saturating_sub(FIRST_YEAR)).ok()?;
    let count = u32::try_from(last.len()).ok()?.to_be_bytes();
    let mut bytes = MAGIC.to_vec();
    bytes.extend([VERSION, known_to]);
    bytes.extend(count.iter().skip(1));
    bytes.extend(differences);
    bytes.extend(last);
    (faults.count() == before).then_some(bytes)
}

fn stored_year(year: &str) -> Option<u8> {
    u8::try_from(year.parse::<u16>().ok()?.checked_sub(FIRST_YEAR)?).ok().filter(|year| *year != STILL)
}

fn push(mut difference: u32, bytes: &mut Vec<u8>) {
    while difference > 127 {
        bytes.push(u8::try_from(difference & 127).unwrap_or_default() | 128);
        difference >>= 7;
    }
    bytes.push(u8::try_from(difference).unwrap_or_default());
}

/// The name of a destination's compiled table.
#[must_use]
pub fn compiled_name(id: &str) -> String {
    std::format!("{id}.regions")
}
