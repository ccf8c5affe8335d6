//! Which regions there were, by year: what a resident's number is measured by.

use alloc::vec::Vec;

/// The first bytes of a table of regions.
pub const MAGIC: &[u8; 4] = b"PCRG";
/// The layout that this engine reads.
pub const VERSION: u8 = 1;
/// The year that a stored year counts from.
pub const FIRST_YEAR: u16 = 1900;
/// What stands for a region that was still there when the table ends.
pub const STILL: u8 = 255;

/// The regions that a table names, with the last year in which each was on the list.
///
/// The bytes are a magic word, the version, the last year that the table knows, the number of regions in three bytes, then the codes as
/// differences of seven bits a byte, then a byte for the last year of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionTable {
    codes: Vec<u32>,
    last: Vec<u8>,
    known_to: u16,
}

impl RegionTable {
    /// Reads a table; none when the bytes are not one.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let [version, known_to, a, b, c, rest @ ..] = rest else { return None };
        let count = usize::try_from(u32::from_be_bytes([0, *a, *b, *c])).ok()?;
        if *version != VERSION || count > rest.len() {
            return None;
        }
        let (differences, last) = rest.split_at_checked(rest.len().checked_sub(count)?)?;
        let mut codes = Vec::with_capacity(count);
        let (mut code, mut difference, mut shift) = (0u32, 0u32, 0u32);
        for byte in differences {
            difference |= u32::from(byte & 127).checked_shl(shift)?;
            shift = shift.checked_add(7).filter(|shift| *shift <= 21)?;
            if byte & 128 == 0 {
                code = code.checked_add(difference).filter(|next| *next < 1_000_000 && difference > 0)?;
                codes.push(code);
                (difference, shift) = (0, 0);
            }
        }
        let known_to = FIRST_YEAR.checked_add(u16::from(*known_to))?;
        (shift == 0 && codes.len() == count).then(|| Self { codes, last: last.to_vec(), known_to })
    }

    /// Whether the region with this code of six digits existed in that year; `None` when the table does not reach that far.
    #[must_use]
    pub fn existed(&self, code: u32, year: u16) -> Option<bool> {
        match self.codes.binary_search(&code).ok().and_then(|place| self.last.get(place)) {
            Some(&STILL) => Some(true),
            // A region is struck off within a year; those born before that day still had it. One that came later may have registered them.
            Some(last) => Some(year <= FIRST_YEAR.saturating_add(u16::from(*last)).saturating_add(1)),
            None if year > self.known_to => None,
            None => Some(false),
        }
    }
}
