//! Check digits: what tells a number that was mistyped from one that was not. Pure functions of digits; a number in, a verdict out.
//!
//! A character that is no digit of the scheme makes every check false.

/// The value of an ASCII digit.
fn digit(byte: u8) -> Option<u32> {
    byte.checked_sub(b'0').filter(|value| *value < 10).map(u32::from)
}

/// The value of an ASCII digit or capital: `0` to `9`, then `A` as 10 to `Z` as 35.
fn base36(byte: u8) -> Option<u32> {
    digit(byte).or_else(|| byte.is_ascii_uppercase().then(|| u32::from(byte).wrapping_sub(u32::from(b'A')).wrapping_add(10)))
}

/// The sum of values by their weights, as far as both go.
fn weighted(values: impl Iterator<Item = Option<u32>>, weights: impl Iterator<Item = u32>) -> Option<u32> {
    values.zip(weights).try_fold(0u32, |sum, (value, weight)| sum.checked_add(value?.checked_mul(weight)?))
}

/// Luhn's sum over decimal digits, from the right, each second one doubled.
#[must_use]
pub fn luhn(number: &[u8]) -> bool {
    let doubled = |value: u32| if value > 4 { value.wrapping_mul(2).wrapping_sub(9) } else { value.wrapping_mul(2) };
    let values =
        number.iter().rev().enumerate().map(|(place, byte)| digit(*byte).map(|value| if place % 2 == 1 { doubled(value) } else { value }));
    !number.is_empty() && weighted(values, core::iter::repeat(1)).is_some_and(|sum| sum % 10 == 0)
}

/// ISO 7064 MOD 11-2: decimal digits, and `X` for ten as the last.
#[must_use]
pub fn mod_11_2(number: &[u8]) -> bool {
    let Some((last, rest)) = number.split_last() else { return false };
    let check = if *last == b'X' { Some(10) } else { digit(*last) };
    let sum = rest.iter().try_fold(0u32, |sum, byte| Some(sum.wrapping_add(digit(*byte)?).wrapping_mul(2) % 11));
    sum.zip(check).is_some_and(|(sum, check)| sum.wrapping_add(check) % 11 == 1)
}

/// GB 32100's check: 31 characters, no `I`, `O`, `S`, `V`, `Z`; weights are powers of 3, the last character makes the sum a multiple of 31.
#[must_use]
pub fn mod_31(number: &[u8]) -> bool {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values = number.iter().map(|byte| ALPHABET.iter().position(|other| other == byte).and_then(|place| u32::try_from(place).ok()));
    let Some((_, rest)) = number.split_last() else { return false };
    let powers = core::iter::successors(Some(1u32), |weight| Some(weight.wrapping_mul(3) % 31)).take(rest.len()).chain([1]);
    weighted(values, powers).is_some_and(|sum| sum % 31 == 0)
}

/// Verhoeff's check: the dihedral group of the pentagon, with a permutation by place.
#[must_use]
pub fn verhoeff(number: &[u8]) -> bool {
    // The group: below five the digits turn, from five on they turn and reflect.
    let product = |left: u32, right: u32| match (left < 5, right < 5) {
        (true, true) => left.wrapping_add(right) % 5,
        (true, false) => (left.wrapping_add(right.wrapping_sub(5)) % 5).wrapping_add(5),
        (false, true) => (left.wrapping_sub(5).wrapping_add(5).wrapping_sub(right) % 5).wrapping_add(5),
        (false, false) => left.wrapping_add(5).wrapping_sub(right) % 5,
    };
    const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |value: u32, times: usize| (0..times).try_fold(value, |value, _| PERMUTATION.get(usize::try_from(value).ok()?).copied());
    let sum = number.iter().rev().enumerate().try_fold(0u32, |sum, (place, byte)| Some(product(sum, permuted(digit(*byte)?, place % 8)?)));
    !number.is_empty() && sum == Some(0)
}

/// GS1's sum over decimal digits: weights 1 and 3 from the right, a multiple of ten.
#[must_use]
pub fn gs1(number: &[u8]) -> bool {
    let values = number.iter().rev().map(|byte| digit(*byte));
    !number.is_empty() && weighted(values, [1, 3].into_iter().cycle()).is_some_and(|sum| sum % 10 == 0)
}

/// Brazil's pair of check digits modulo 11: weights count down to 2 from `most` for the first digit, and begin again after 9 when `wraps`.
/// Letters count by their place in ASCII, as the numbers of enterprises have them since July 2026.
#[must_use]
pub fn mod_11_pair(number: &[u8], wraps: bool) -> bool {
    let value = |byte: u8| byte.is_ascii_alphanumeric().then(|| u32::from(byte).wrapping_sub(48));
    let check = |before: &[u8], found: u8| {
        let weights = (0u32..).map(|place| if wraps { place % 8 } else { place }.wrapping_add(2));
        let sum = weighted(before.iter().rev().map(|byte| value(*byte)), weights);
        sum.is_some_and(|sum| Some(11u32.wrapping_sub(sum % 11) % 11 % 10) == digit(found))
    };
    match number {
        [before @ .., first, second] => {
            let with_first = number.get(..number.len().wrapping_sub(1)).unwrap_or_default();
            check(before, *first) && check(with_first, *second)
        }
        _ => false,
    }
}

/// Chile's check modulo 11: weights 2 to 7 from the right, `K` for ten.
#[must_use]
pub fn mod_11_k(number: &[u8]) -> bool {
    let Some((last, rest)) = number.split_last() else { return false };
    let check = if *last == b'K' { Some(10) } else { digit(*last) };
    let sum = weighted(rest.iter().rev().map(|byte| digit(*byte)), [2, 3, 4, 5, 6, 7].into_iter().cycle());
    sum.zip(check).is_some_and(|(sum, check)| sum.wrapping_add(check) % 11 == 0)
}

/// Turkey's two check digits of eleven.
#[must_use]
pub fn turkish(number: &[u8]) -> bool {
    let [nine @ .., first, second] = number else { return false };
    let plain = weighted(nine.iter().map(|byte| digit(*byte)), core::iter::repeat(1));
    let alternating = weighted(nine.iter().map(|byte| digit(*byte)), [3, 1].into_iter().cycle());
    let (Some(plain), Some(alternating)) = (plain, alternating) else { return false };
    let expected = 10u32.wrapping_sub(alternating % 10) % 10;
    nine.len() == 9 && digit(*first) == Some(expected) && digit(*second) == Some(expected.wrapping_add(plain) % 10)
}

/// Taiwan's: a letter that stands for two digits, then digits by falling weights, a multiple of ten.
#[must_use]
pub fn taiwanese(number: &[u8]) -> bool {
    // The letters in the order of the numbers they stand for, from 10 on.
    const LETTERS: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some((letter, rest)) = number.split_first() else { return false };
    let Some(place) = LETTERS.iter().position(|other| other == letter).and_then(|place| u32::try_from(place).ok()) else { return false };
    let tens = place.wrapping_div(10).wrapping_add(1);
    let values = [Some(tens), Some(place % 10)].into_iter().chain(rest.iter().map(|byte| digit(*byte)));
    rest.len() == 9 && weighted(values, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1].into_iter()).is_some_and(|sum| sum % 10 == 0)
}

/// Mexico's check of a person's code: base 37 with the letter Ñ between N and O, given as `~`; weights fall from 18.
#[must_use]
pub fn curp(number: &[u8]) -> bool {
    let value = |byte: u8| match byte {
        b'~' => Some(24),
        b'O'..=b'Z' => base36(byte).map(|value| value.wrapping_add(1)),
        _ => base36(byte),
    };
    let Some((last, rest)) = number.split_last() else { return false };
    let sum = weighted(rest.iter().map(|byte| value(*byte)), (2u32..=18).rev());
    rest.len() == 17 && sum.is_some_and(|sum| digit(*last) == Some(10u32.wrapping_sub(sum % 10) % 10))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]

    use super::*;
    use proptest::prelude::*;

    type Check = fn(&[u8]) -> bool;

    /// Completes a number with the last character that makes it right, if there is one.
    fn completed(mut number: Vec<u8>, check: Check, endings: &[u8]) -> Option<Vec<u8>> {
        number.push(0);
        let last = number.len() - 1;
        endings.iter().find_map(|ending| {
            number[last] = *ending;
            check(&number).then(|| number.clone())
        })
    }

    /// Whether a number with one digit changed is always found out.
    fn finds_every_wrong_digit(number: &[u8], check: Check, digits: &[u8]) -> bool {
        (0..number.len()).all(|place| {
            digits.iter().filter(|other| **other != number[place]).all(|other| {
                let mut wrong = number.to_vec();
                wrong[place] = *other;
                !check(&wrong)
            })
        })
    }

    /// The adjacent digits whose exchange is not found out.
    fn missed_exchanges(number: &[u8], check: Check) -> Vec<(u8, u8)> {
        (1..number.len())
            .filter_map(|place| {
                let mut wrong = number.to_vec();
                wrong.swap(place - 1, place);
                (wrong != number && check(&wrong)).then(|| (number[place - 1], number[place]))
            })
            .collect()
    }

    const DIGITS: &[u8] = b"0123456789";
    const GB_32100: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

    fn digits(length: usize) -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(prop::sample::select(DIGITS), length)
    }

    proptest! {
        // Each promise is the scheme's own, from how it is made: a prime modulus finds every wrong digit and every exchange of neighbours;
        // ten does not find all exchanges.
        #[test]
        fn mod_11_2_finds_wrong_digits_and_exchanges(number in digits(17)) {
            let number = completed(number, mod_11_2, b"0123456789X").unwrap();
            prop_assert!(finds_every_wrong_digit(&number, mod_11_2, DIGITS));
            prop_assert!(missed_exchanges(&number, mod_11_2).is_empty());
        }

        #[test]
        fn mod_31_finds_wrong_characters_and_exchanges(number in prop::collection::vec(prop::sample::select(GB_32100), 17)) {
            let number = completed(number, mod_31, GB_32100).unwrap();
            prop_assert!(finds_every_wrong_digit(&number, mod_31, GB_32100));
            // Not for the last two: weight 28 and weight 1 differ by 27, prime to 31, so they too.
            prop_assert!(missed_exchanges(&number, mod_31).is_empty());
        }

        #[test]
        fn verhoeff_finds_wrong_digits_and_exchanges(number in digits(11)) {
            let number = completed(number, verhoeff, DIGITS).unwrap();
            prop_assert!(finds_every_wrong_digit(&number, verhoeff, DIGITS));
            prop_assert!(missed_exchanges(&number, verhoeff).is_empty());
        }

        #[test]
        fn luhn_finds_wrong_digits_and_exchanges_but_of_nought_and_nine(number in digits(8)) {
            let number = completed(number, luhn, DIGITS).unwrap();
            prop_assert!(finds_every_wrong_digit(&number, luhn, DIGITS));
            prop_assert!(missed_exchanges(&number, luhn).iter().all(|pair| [(b'0', b'9'), (b'9', b'0')].contains(pair)));
        }

        #[test]
        fn gs1_finds_wrong_digits_and_exchanges_but_of_digits_five_apart(number in digits(12)) {
            let number = completed(number, gs1, DIGITS).unwrap();
            prop_assert!(finds_every_wrong_digit(&number, gs1, DIGITS));
            prop_assert!(missed_exchanges(&number, gs1).iter().all(|(one, other)| one.abs_diff(*other) == 5));
        }

        #[test]
        fn mod_11_k_finds_wrong_digits_and_exchanges(number in digits(8)) {
            let number = completed(number, mod_11_k, b"0123456789K").unwrap();
            prop_assert!(finds_every_wrong_digit(&number, mod_11_k, DIGITS));
            // Exchanging with a check letter is an exchange of characters that cannot stand there.
            prop_assert!(missed_exchanges(&number, mod_11_k).is_empty());
        }

        #[test]
        fn the_turkish_pair_finds_wrong_digits(number in digits(9)) {
            let whole = DIGITS.iter().find_map(|first| {
                let mut number = number.clone();
                number.push(*first);
                completed(number, turkish, DIGITS)
            });
            prop_assert!(finds_every_wrong_digit(&whole.unwrap(), turkish, DIGITS));
        }

        #[test]
        fn no_bytes_at_all_panic(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            for check in [luhn, mod_11_2, mod_31, verhoeff, gs1, mod_11_k, turkish, taiwanese, curp] as [Check; 9] {
                let _ = check(&bytes);
            }
            let _ = mod_11_pair(&bytes, true);
            let _ = mod_11_pair(&bytes, false);
        }
    }

    #[test]
    fn published_numbers_are_right() {
        // The numbers of python-stdnum's documentation, and of the standards.
        assert!(mod_11_2(b"360426199101010071") && !mod_11_2(b"360426199101010072"));
        assert!(mod_11_2(b"11010519491231002X"));
        assert!(mod_31(b"91110000600037341L"));
        assert!(verhoeff(b"234123412346") && verhoeff(b"2363") && !verhoeff(b"2364"));
        assert!(gs1(b"73513537") && gs1(b"9780471117094") && !gs1(b"9780471117095"));
        assert!(luhn(b"78949") && luhn(b"039337423") && !luhn(b"78948"));
        assert!(mod_11_pair(b"39053344705", false) && !mod_11_pair(b"23100299900", false));
        assert!(mod_11_pair(b"16727230000197", true) && mod_11_pair(b"12ABC34501DE35", true));
        assert!(mod_11_k(b"760864285") && !mod_11_k(b"760864286"));
        assert!(turkish(b"17291716060") && !turkish(b"17291716050"));
        assert!(taiwanese(b"A123456789") && !taiwanese(b"A123456788"));
        assert!(curp(b"BOXW310820HNERXN09") && !curp(b"BOXW310820HNERXN08"));
    }
}
