//! Numbers as digits. The standard library's formatting would do it too, at a tenth of the download.

use alloc::string::String;
use rust_decimal::Decimal;

/// Appends a whole number in decimal digits.
pub(crate) fn push_number(text: &mut String, number: usize) {
    let mut digits = [0u8; 20];
    let mut rest = number;
    let mut used = 0usize;
    for digit in &mut digits {
        *digit = ascii(rest % 10);
        rest = rest.wrapping_div(10);
        used = used.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    text.extend(digits.iter().take(used).rev().map(|digit| char::from(*digit)));
}

fn ascii(digit: usize) -> u8 {
    b'0'.saturating_add(u8::try_from(digit).unwrap_or(0))
}

/// A decimal with every digit that it has: `50.4400` is not `50.44`.
pub(crate) fn decimal(value: Decimal) -> String {
    let parts = value.unpack();
    let mut limbs = [parts.hi, parts.mid, parts.lo];
    // From the last digit on: 96 bits are 29 digits at most, and the scale asks for 29 with its leading zero.
    let mut reversed = String::new();
    let mut place = 0u32;
    while place <= parts.scale || limbs != [0; 3] {
        if place == parts.scale && place > 0 {
            reversed.push('.');
        }
        let mut rest = 0u64;
        for limb in &mut limbs {
            let whole = (rest << 32) | u64::from(*limb);
            *limb = u32::try_from(whole.wrapping_div(10)).unwrap_or(0);
            rest = whole % 10;
        }
        reversed.push(char::from(ascii(usize::try_from(rest).unwrap_or(0))));
        place = place.saturating_add(1);
    }
    if parts.negative && !value.is_zero() {
        reversed.push('-');
    }
    reversed.chars().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    #[test]
    fn numbers_are_written_in_digits() {
        for (number, expected) in [(0, "0"), (7, "7"), (10, "10"), (999, "999"), (usize::MAX, "18446744073709551615")] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn decimals_are_written_as_their_crate_writes_them() {
        let mantissas = [0, 1, 9, 10, 12_345, 100_000, 79_228_162_514_264_337_593_543_950_335];
        for (mantissa, scale) in mantissas.into_iter().flat_map(|mantissa: i128| (0..=28).map(move |scale| (mantissa, scale))) {
            for value in [Decimal::from_i128_with_scale(mantissa, scale), Decimal::from_i128_with_scale(mantissa.wrapping_neg(), scale)] {
                assert_eq!(decimal(value), value.to_string());
            }
        }
    }
}
