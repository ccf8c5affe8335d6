//! The numbers that other destinations ask for.

use super::china::number;
use super::secret::{Compact, Secret};
use super::{Context, Reason};
use crate::codes::Country;
use crate::codes::check_digit::{self, gs1, luhn, mod_11_k, mod_11_pair, taiwanese, turkish, verhoeff};
use crate::date::Date;

type Outcome = Result<(), Reason>;

/// Requires digits, and so many of them.
fn digits(bytes: &[u8], lengths: &[usize]) -> Outcome {
    if !bytes.iter().all(u8::is_ascii_digit) {
        return Err(Reason::Characters);
    }
    if lengths.contains(&bytes.len()) { Ok(()) } else { Err(Reason::Length) }
}

/// Requires a form: `9` a digit, `A` a letter, `*` either, anything else itself.
fn form(bytes: &[u8], form: &str) -> Outcome {
    let fits = |(byte, wanted): (&u8, u8)| match wanted {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_uppercase() || *byte == b'~',
        b'*' => byte.is_ascii_alphanumeric(),
        other => *byte == other,
    };
    if !bytes.iter().zip(form.bytes()).all(fits) {
        return Err(Reason::Characters);
    }
    if bytes.len() == form.len() { Ok(()) } else { Err(Reason::Length) }
}

fn right(holds: bool) -> Outcome {
    if holds { Ok(()) } else { Err(Reason::CheckDigit) }
}

fn alike(bytes: &[u8]) -> bool {
    bytes.windows(2).all(|pair| matches!(pair, [one, other] if one == other))
}

/// Whether six digits are a date, in the order year, month, day, in either century.
fn is_date(year: &[u8], month: &[u8], day: &[u8]) -> bool {
    let part = |digits: &[u8]| number(digits).and_then(|number| u8::try_from(number).ok());
    let (Some(year), Some(month), Some(day)) = (part(year), part(month), part(day)) else { return false };
    [1900u16, 2000].iter().any(|century| Date::new(century.saturating_add(u16::from(year)), month, day).is_some())
}

/// Korea's personal customs clearance code: its check is not published.
pub fn pccc(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    form(compact.bytes(), "P999999999999")
}

/// Taiwan's number of nationals (1, 2) and, since 2021, of residents (8, 9).
pub fn national_id(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    form(bytes, "A999999999")?;
    if !matches!(bytes.get(1), Some(b'1' | b'2' | b'8' | b'9')) {
        return Err(Reason::Characters);
    }
    right(taiwanese(bytes))
}

/// Brazil's number of a person. Eleven digits alike pass the check and are never issued.
pub fn cpf(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    digits(bytes, &[11])?;
    if alike(bytes) {
        return Err(Reason::NeverIssued);
    }
    right(mod_11_pair(bytes, false))
}

/// Brazil's number of an enterprise: letters too since July 2026, but not in the check digits.
pub fn cnpj(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    form(bytes, "************99")?;
    if bytes.starts_with(b"000000000000") {
        return Err(Reason::NeverIssued);
    }
    right(mod_11_pair(bytes, true))
}

/// Turkey's number of a person.
pub fn tckn(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    digits(bytes, &[11])?;
    if bytes.first() == Some(&b'0') {
        return Err(Reason::NeverIssued);
    }
    right(turkish(bytes))
}

/// India's number of a resident. None begins with 0 or 1, and none reads the same backwards.
pub fn aadhaar(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    digits(bytes, &[12])?;
    if matches!(bytes.first(), Some(b'0' | b'1')) || bytes.iter().eq(bytes.iter().rev()) {
        return Err(Reason::NeverIssued);
    }
    right(verhoeff(bytes))
}

/// India's tax number; the fourth letter says what the holder is.
pub fn pan(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    form(bytes, "AAAAA9999A")?;
    if bytes.contains(&b'~') || !bytes.get(3).is_some_and(|holder| b"ABCFGHJKLPT".contains(holder)) {
        return Err(Reason::Characters);
    }
    if bytes.get(5..9) == Some(b"0000") { Err(Reason::NeverIssued) } else { Ok(()) }
}

/// Israel's number: nine digits, of which leading zeros may be left out.
pub fn teudat_zehut(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    digits(bytes, &[1, 2, 3, 4, 5, 6, 7, 8, 9])?;
    if bytes.iter().all(|byte| *byte == b'0') {
        return Err(Reason::NeverIssued);
    }
    right(luhn(bytes))
}

/// Chile's number of a person or an enterprise.
pub fn rut(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes().strip_prefix(b"CL").unwrap_or(compact.bytes());
    let (last, rest) = bytes.split_last().ok_or(Reason::Length)?;
    digits(rest, &[7, 8])?;
    if !(last.is_ascii_digit() || *last == b'K') {
        return Err(Reason::Characters);
    }
    right(mod_11_k(bytes))
}

/// Mexico's tax number. Its check digit is often not what the rule gives, so it is not held against it.
pub fn rfc(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    let letters = if bytes.len() == 12 { 3 } else { 4 };
    let (name, rest) = bytes.split_at_checked(letters).ok_or(Reason::Length)?;
    if !name.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'~' | b'&')) {
        return Err(Reason::Characters);
    }
    form(rest, "999999***")?;
    dated(rest)
}

/// Requires that six digits at the beginning are a date.
fn dated(rest: &[u8]) -> Outcome {
    match rest {
        [y1, y2, m1, m2, d1, d2, ..] if is_date(&[*y1, *y2], &[*m1, *m2], &[*d1, *d2]) => Ok(()),
        _ => Err(Reason::Date),
    }
}

/// Mexico's number of a person.
pub fn curp(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    form(bytes, "AAAA999999AAAAAA*9")?;
    dated(bytes.get(4..).unwrap_or_default())?;
    if !matches!(bytes.get(10), Some(b'H' | b'M' | b'X')) {
        return Err(Reason::Characters);
    }
    right(check_digit::curp(bytes))
}

/// Indonesia's number of a resident; women have forty added to the day.
pub fn nik(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    digits(bytes, &[16])?;
    let day = number(bytes.get(6..8).unwrap_or_default()).map(|day| if day > 40 { day.wrapping_sub(40) } else { day });
    let day = day.and_then(|day| u8::try_from(day).ok()).unwrap_or(0);
    let day = [day.wrapping_div(10).saturating_add(b'0'), (day % 10).saturating_add(b'0')];
    if is_date(bytes.get(10..12).unwrap_or_default(), bytes.get(8..10).unwrap_or_default(), &day) { Ok(()) } else { Err(Reason::Date) }
}

/// The member states by their ISO 3166-1 numeric codes, and 900 for Northern Ireland.
const MEMBER_STATES: [u32; 28] = [
    40, 56, 100, 191, 196, 203, 208, 233, 246, 250, 276, 300, 348, 372, 380, 428, 440, 442, 470, 528, 616, 620, 642, 703, 705, 724, 752,
    900,
];

/// The number of the European Union's import scheme; its check digit is not published.
pub fn ioss(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    form(bytes, "IM9999999999")?;
    let state = number(bytes.get(2..5).unwrap_or_default());
    if state.is_some_and(|state| MEMBER_STATES.contains(&state)) { Ok(()) } else { Err(Reason::Region) }
}

/// An economic operator's number: a country's letters, then up to fifteen characters of its own.
pub fn eori(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let (country, rest) = compact.bytes().split_at_checked(2).ok_or(Reason::Length)?;
    if core::str::from_utf8(country).ok().and_then(Country::parse).is_none() {
        return Err(Reason::Region);
    }
    if !rest.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Reason::Characters);
    }
    if (1..=15).contains(&rest.len()) { Ok(()) } else { Err(Reason::Length) }
}

/// The United Kingdom's: GB or XI, then twelve digits, or fifteen.
pub fn eori_gb(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let (country, rest) = compact.bytes().split_at_checked(2).ok_or(Reason::Length)?;
    if ![b"GB", b"XI"].iter().any(|code| country == code.as_slice()) {
        return Err(Reason::Region);
    }
    digits(rest, &[12, 15])
}

/// A passport's number as its machine-readable zone has room for it.
pub fn passport(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    let bytes = compact.bytes();
    if bytes.contains(&b'*') {
        return Err(Reason::Masked);
    }
    if !bytes.iter().all(u8::is_ascii_alphanumeric) {
        return Err(Reason::Characters);
    }
    if (5..=9).contains(&bytes.len()) { Ok(()) } else { Err(Reason::Length) }
}

/// An article's number under its bar code.
pub fn gtin(_: &Secret, compact: &Compact, _: Context<'_>) -> Outcome {
    digits(compact.bytes(), &[8, 12, 13, 14])?;
    right(gs1(compact.bytes()))
}
