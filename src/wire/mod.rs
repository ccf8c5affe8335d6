//! The JSON contract: what shops send and what they get back. The only place that knows serde.
//!
//! One generic tree, [`node::Node`], crosses every boundary: JavaScript values and JSON text both become it, and both are made from it. The
//! contract itself is a set of tables ([`shape`]); reading, the JSON Schema and the TypeScript types all follow the same tables, so that they
//! cannot drift apart.
//!
//! A fault says what was expected and where, never what was given: an identity number pasted into the wrong field must not come back.

pub mod answer;
pub mod basket;
pub mod check;
pub mod digest;
pub mod identity;
#[cfg(all(feature = "author", not(target_arch = "wasm32")))]
pub mod json;
mod near;
pub mod node;
pub mod quote;
pub mod shape;

use alloc::string::String;

/// Appends a whole number in decimal digits.
pub(crate) fn push_number(text: &mut String, number: usize) {
    let mut digits = [0u8; 20];
    let mut rest = number;
    let mut used = 0usize;
    for digit in &mut digits {
        *digit = b'0'.saturating_add(u8::try_from(rest % 10).unwrap_or(0));
        rest = rest.wrapping_div(10);
        used = used.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    text.extend(digits.iter().take(used).rev().map(|digit| char::from(*digit)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_digits() {
        for (number, expected) in [(0, "0"), (7, "7"), (10, "10"), (999, "999"), (usize::MAX, "18446744073709551615")] {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, expected);
        }
    }
}
