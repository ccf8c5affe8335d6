//! China's numbers: GB 11643 (persons), GB 32100 (enterprises), permits and telephones.

use super::secret::{Compact, Secret};
use super::{Context, Reason};
use crate::codes::check_digit::{mod_11_2, mod_31};
use crate::date::Date;

/// The first two digits of a resident's number: provinces, regions and municipalities. 81 to 83 are residence permits for people of Hong Kong,
/// Macao and Taiwan.
const PROVINCES: [&str; 7] =
    ["11 12 13 14 15", "21 22 23", "31 32 33 34 35 36 37", "41 42 43 44 45 46", "50 51 52 53 54", "61 62 63 64 65", "71"];

/// Reads digits as a number.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0u32, |sum, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        sum.checked_mul(10)?.checked_add(u32::from(digit))
    })
}

/// The date that eight digits are, if it exists and has come.
fn birth(digits: &[u8], context: Context<'_>) -> Result<Date, Reason> {
    let date = number(digits).and_then(|digits| {
        let (year, month, day) = (digits.wrapping_div(10_000), digits.wrapping_div(100) % 100, digits % 100);
        Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    });
    // Nobody alive was born before; a year that early is a slip of the finger.
    let date = date.filter(|date| date.year() >= 1850).ok_or(Reason::Date)?;
    if context.as_of.is_some_and(|today| date > today) { Err(Reason::Date) } else { Ok(date) }
}

/// Eighteen characters, digits but for an `X` at the end.
fn eighteen(compact: &Compact) -> Result<&[u8], Reason> {
    let bytes = compact.bytes();
    let (last, rest) = bytes.split_last().ok_or(Reason::Absent)?;
    if bytes.contains(&b'*') {
        return Err(Reason::Masked);
    }
    if !rest.iter().all(u8::is_ascii_digit) || !(last.is_ascii_digit() || *last == b'X') {
        return Err(Reason::Characters);
    }
    match bytes.len() {
        18 => Ok(bytes),
        15 => Err(Reason::OldForm),
        _ => Err(Reason::Length),
    }
}

fn part(bytes: &[u8], from: usize, to: usize) -> &[u8] {
    bytes.get(from..to).unwrap_or_default()
}

fn dated(bytes: &[u8], context: Context<'_>) -> Result<Date, Reason> {
    let date = birth(part(bytes, 6, 14), context)?;
    if mod_11_2(bytes) { Ok(date) } else { Err(Reason::CheckDigit) }
}

/// A resident's number: region, date of birth, sequence, check digit by ISO 7064 MOD 11-2.
pub fn resident_id(_: &Secret, compact: &Compact, context: Context<'_>) -> Result<(), Reason> {
    let bytes = eighteen(compact)?;
    let province = part(bytes, 0, 2);
    if province.first() == Some(&b'8') || province.first() == Some(&b'9') {
        return Err(Reason::OtherKind);
    }
    if !PROVINCES.iter().any(|row| row.as_bytes().chunks(3).any(|code| code.starts_with(province))) {
        return Err(Reason::Region);
    }
    let date = dated(bytes, context)?;
    let existed = context.regions.zip(number(part(bytes, 0, 6))).and_then(|(regions, code)| regions.existed(code, date.year()));
    if existed == Some(false) { Err(Reason::RegionOfYear) } else { Ok(()) }
}

/// A residence permit for people of Hong Kong (81), Macao (82) or Taiwan (83).
pub fn residence_permit(_: &Secret, compact: &Compact, context: Context<'_>) -> Result<(), Reason> {
    let bytes = eighteen(compact)?;
    if ![b"810000", b"820000", b"830000"].iter().any(|region| part(bytes, 0, 6) == region.as_slice()) {
        return Err(Reason::OtherKind);
    }
    dated(bytes, context).map(drop)
}

/// A foreigner's permanent residence number: since 2023 eighteen digits that begin with 9, before three letters and twelve digits.
pub fn permanent_resident_id(_: &Secret, compact: &Compact, context: Context<'_>) -> Result<(), Reason> {
    let bytes = compact.bytes();
    if let [a, b, c, digits @ ..] = bytes
        && [a, b, c].iter().all(|letter| letter.is_ascii_uppercase())
    {
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(Reason::Characters);
        }
        if digits.len() != 12 {
            return Err(Reason::Length);
        }
        // Two digits of the year: either century will do.
        let month_and_day = number(part(digits, 6, 10)).unwrap_or(0);
        let day = |year| Date::new(year, u8::try_from(month_and_day.wrapping_div(100)).ok()?, u8::try_from(month_and_day % 100).ok()?);
        let year = number(part(digits, 4, 6)).and_then(|year| u16::try_from(year).ok()).unwrap_or(0);
        let exists = day(year.saturating_add(1900)).or(day(year.saturating_add(2000)));
        return if exists.is_some() { Ok(()) } else { Err(Reason::Date) };
    }
    let bytes = eighteen(compact)?;
    if bytes.first() != Some(&b'9') {
        return Err(Reason::OtherKind);
    }
    dated(bytes, context).map(drop)
}

fn lettered(bytes: &[u8], letters: &[u8], lengths: &[usize]) -> Result<(), Reason> {
    let digits = match bytes.split_first() {
        Some((first, rest)) if letters.contains(first) => rest,
        _ if letters.is_empty() => bytes,
        _ => return Err(Reason::Characters),
    };
    if !digits.iter().all(u8::is_ascii_digit) {
        return Err(Reason::Characters);
    }
    if lengths.contains(&digits.len()) { Ok(()) } else { Err(Reason::Length) }
}

/// The permit with which residents of Hong Kong (`H`) and Macao (`M`) travel to the mainland: eight digits, with two of the issue on older ones.
pub fn hong_kong_macao_permit(_: &Secret, compact: &Compact, _: Context<'_>) -> Result<(), Reason> {
    lettered(compact.bytes(), b"HM", &[8, 10])
}

/// The permit with which residents of Taiwan travel to the mainland: eight digits, ten on older ones.
pub fn taiwan_permit(_: &Secret, compact: &Compact, _: Context<'_>) -> Result<(), Reason> {
    lettered(compact.bytes(), b"", &[8, 10])
}

/// An enterprise's unified social credit code: GB 32100.
pub fn social_credit_code(_: &Secret, compact: &Compact, _: Context<'_>) -> Result<(), Reason> {
    let bytes = compact.bytes();
    let allowed = |byte: &u8| byte.is_ascii_digit() || (byte.is_ascii_uppercase() && !b"IOSVZ".contains(byte));
    if !bytes.iter().all(allowed) || !part(bytes, 2, 8).iter().all(u8::is_ascii_digit) {
        return Err(Reason::Characters);
    }
    if bytes.len() != 18 {
        return Err(Reason::Length);
    }
    if mod_31(bytes) { Ok(()) } else { Err(Reason::CheckDigit) }
}

/// A mobile telephone number of the mainland, with or without its country code.
pub fn mobile_number(_: &Secret, compact: &Compact, _: Context<'_>) -> Result<(), Reason> {
    let bytes = compact.bytes();
    let national = [b"+86".as_slice(), b"0086"].iter().find_map(|code| bytes.strip_prefix(*code)).unwrap_or(bytes);
    if national.contains(&b'*') {
        return Err(Reason::Masked);
    }
    if !national.iter().all(u8::is_ascii_digit) {
        return Err(Reason::Characters);
    }
    match national {
        [b'1', b'3'..=b'9', ..] if national.len() == 11 => Ok(()),
        [b'1', b'3'..=b'9', ..] => Err(Reason::Length),
        _ => Err(Reason::Characters),
    }
}
