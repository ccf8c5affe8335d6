//! The basket: from the tree, and in canonical form to the tree.

mod read;
mod write;

pub use read::read;
pub use write::write;

use crate::basket::Measure;
use alloc::string::String;

/// Measures with their names in the contract.
const MEASURES: [(Measure, &str); 4] =
    [(Measure::NetWeight, "netWeight"), (Measure::GrossWeight, "grossWeight"), (Measure::Volume, "volume"), (Measure::Pieces, "pieces")];

fn measure(name: &str) -> Option<Measure> {
    MEASURES.iter().find(|(_, other)| *other == name).map(|(measure, _)| *measure)
}

/// `consumptionTax` as the rules write it: `consumption-tax`.
fn kebab(camel: &str) -> String {
    let mut kebab = String::new();
    for letter in camel.chars() {
        if letter.is_ascii_uppercase() {
            kebab.push('-');
        }
        kebab.push(letter.to_ascii_lowercase());
    }
    kebab
}

/// `consumption-tax` as the contract writes it: `consumptionTax`.
fn camel(kebab: &str) -> String {
    let mut camel = String::new();
    let mut capital = false;
    for letter in kebab.chars() {
        if letter == '-' {
            capital = true;
        } else {
            camel.push(if capital { letter.to_ascii_uppercase() } else { letter });
            capital = false;
        }
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_two_ways() {
        for (contract, rules) in
            [("vat", "vat"), ("consumptionTax", "consumption-tax"), ("alcoholByVolume", "alcohol-by-volume"), ("aBC1d", "a-b-c1d")]
        {
            assert_eq!(kebab(contract), rules);
            assert_eq!(camel(rules), contract);
        }
    }
}
