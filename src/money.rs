//! Exact decimals: amounts, rates, currencies and rounding.
//!
//! Everything is a decimal fraction with at most 28 digits; no binary floating point appears anywhere. Each operation is checked: what
//! does not fit is `None`, which the engine turns into a finding.

use crate::digits;
use alloc::string::String;
use rust_decimal::{Decimal, RoundingStrategy};

/// The most digits an input may have before the decimal point.
const WHOLE_DIGITS: usize = 12;
/// The most digits an input may have after the decimal point.
const FRACTION_DIGITS: usize = 10;

/// Reads a plain decimal number: digits, at most one point with digits on both sides, no sign, no exponent, no grouping.
///
/// At most 12 digits before the point and 10 after it: enough for any shopping basket, and few enough that no product of a quantity,
/// an amount and a rate can overflow.
///
/// ```
/// use preclear::money::parse_decimal;
/// assert!(parse_decimal("199.00").is_some());
/// for bad in ["", "-1", "+1", "1e3", ".5", "5.", "1,000", "NaN", "1234567890123"] {
///     assert!(parse_decimal(bad).is_none());
/// }
/// ```
#[must_use]
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) if !fraction.is_empty() => (whole, fraction),
        Some(_) => return None,
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > WHOLE_DIGITS || fraction.len() > FRACTION_DIGITS || !digits(whole) || !digits(fraction) {
        return None;
    }
    let mut mantissa = 0i128;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = i128::from(byte.checked_sub(b'0')?);
        mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
    }
    Decimal::try_from_i128_with_scale(mantissa, u32::try_from(fraction.len()).ok()?).ok()
}

/// An ISO 4217 currency code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

/// Currencies whose minor unit is not a hundredth, with its number of decimals (ISO 4217, list one).
const MINOR_UNITS: &[(&[u8; 3], u32)] = &[
    (b"BHD", 3),
    (b"BIF", 0),
    (b"CLF", 4),
    (b"CLP", 0),
    (b"DJF", 0),
    (b"GNF", 0),
    (b"IQD", 3),
    (b"ISK", 0),
    (b"JOD", 3),
    (b"JPY", 0),
    (b"KMF", 0),
    (b"KRW", 0),
    (b"KWD", 3),
    (b"LYD", 3),
    (b"OMR", 3),
    (b"PYG", 0),
    (b"RWF", 0),
    (b"TND", 3),
    (b"UGX", 0),
    (b"UYI", 0),
    (b"UYW", 4),
    (b"VND", 0),
    (b"VUV", 0),
    (b"XAF", 0),
    (b"XOF", 0),
    (b"XPF", 0),
];

/// The active ISO 4217 codes whose minor unit is a hundredth, in alphabetical order.
const HUNDREDTHS: &str = "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCNYCOPCOUCRCCUPCVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOKNPRNZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTOPTRYTTDTWDTZSUAHUSDUSNUYUUZSVEDVESWSTXADXCDXCGYERZARZMWZWG";

impl Currency {
    /// Reads an active ISO 4217 code in capitals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code: [u8; 3] = text.as_bytes().try_into().ok()?;
        let known =
            MINOR_UNITS.iter().any(|(other, _)| **other == code) || HUNDREDTHS.as_bytes().chunks_exact(3).any(|other| *other == code);
        known.then_some(Self(code))
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals the currency's minor unit has: 2 for CNY, 0 for JPY.
    #[must_use]
    pub fn decimals(&self) -> u32 {
        MINOR_UNITS.iter().find(|(code, _)| **code == self.0).map_or(2, |(_, decimals)| *decimals)
    }
}

// The four operations stand out of line: the decimal crate inlines them wherever they are used, which costs a shopper kilobytes.

/// The sum, if it fits.
#[must_use]
#[inline(never)]
pub fn add(left: Decimal, right: Decimal) -> Option<Decimal> {
    left.checked_add(right)
}

/// The difference, if it fits.
#[must_use]
pub fn subtract(left: Decimal, mut right: Decimal) -> Option<Decimal> {
    right.set_sign_positive(right.is_sign_negative());
    add(left, right)
}

/// The product, if it fits.
#[must_use]
#[inline(never)]
pub fn multiply(left: Decimal, right: Decimal) -> Option<Decimal> {
    left.checked_mul(right)
}

/// The quotient, rounded in its 28th digit if it does not end; none when the divisor is zero.
#[must_use]
#[inline(never)]
pub fn divide(left: Decimal, right: Decimal) -> Option<Decimal> {
    left.checked_div(right)
}

/// Rounds to so many decimals, half away from zero.
#[must_use]
#[inline(never)]
pub fn round(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// Which way a figure is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundingMode {
    /// To the nearest; half away from zero.
    HalfUp,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl RoundingMode {
    /// Every mode with its name, in the order that packs number them.
    pub const ALL: [(&'static str, Self); 3] = [("half-up", Self::HalfUp), ("down", Self::Down), ("up", Self::Up)];
}

/// Rounds to a multiple of `unit`, or `None` when it is zero or the figure is too large.
///
/// ```
/// use preclear::money::{RoundingMode, parse_decimal, round_to};
/// let decimal = |text| parse_decimal(text).unwrap();
/// assert_eq!(round_to(decimal("5.022"), decimal("0.05"), RoundingMode::HalfUp), Some(decimal("5.00")));
/// assert_eq!(round_to(decimal("2.789"), decimal("0.01"), RoundingMode::Down), Some(decimal("2.78")));
/// assert_eq!(round_to(decimal("1234"), decimal("100"), RoundingMode::Up), Some(decimal("1300")));
/// ```
#[must_use]
#[inline(never)]
pub fn round_to(value: Decimal, unit: Decimal, mode: RoundingMode) -> Option<Decimal> {
    let units = divide(value, unit)?;
    let down = round_down(units, 0);
    let whole = match mode {
        RoundingMode::HalfUp => round(units, 0),
        RoundingMode::Up if down < units => add(down, Decimal::ONE)?,
        RoundingMode::Up if down > units => subtract(down, Decimal::ONE)?,
        RoundingMode::Up | RoundingMode::Down => down,
    };
    multiply(whole, unit)
}

/// Cuts to so many decimals.
#[must_use]
#[inline(never)]
pub fn round_down(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::ToZero)
}

/// So many units of so many decimals: 12345 with 2 is 123.45.
#[must_use]
#[inline(never)]
pub fn amount(units: i64, decimals: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(i128::from(units), decimals).unwrap_or_default()
}

/// An amount in units of so many decimals, to which it is rounded, if they fit: 123.45 with 2 is 12345.
#[must_use]
#[inline(never)]
pub fn units(value: Decimal, decimals: u32) -> Option<i64> {
    let mut value = value;
    value.rescale(decimals);
    if value.scale() == decimals { i64::try_from(value.mantissa()).ok() } else { None }
}

/// The decimal as text, without trailing zeros but with at least so many decimals: `50.4400` with 2 is `50.44`, `50` is `50.00`.
#[must_use]
pub fn text(value: Decimal, decimals: u32) -> String {
    let mut value = value.normalize();
    if value.scale() < decimals {
        value.rescale(decimals);
    }
    digits::decimal(value)
}
