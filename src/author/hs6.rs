//! The subheadings of the Harmonized System, edition 2022: which six digits there are.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// One heading a line: its four digits, then the two more of each of its subheadings.
static LINES: &str = include_str!("hs6.txt");

static SUBHEADINGS: LazyLock<BTreeSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    let of_heading = |line: &'static str| {
        let (heading, rest) = line.split_once(' ').unwrap_or_default();
        rest.split(' ').map(move |rest| (heading, rest))
    };
    LINES.lines().flat_map(of_heading).collect()
});

/// Whether a code of six or more digits begins with a subheading that exists.
#[must_use]
pub fn exists(code: &str) -> bool {
    code.get(..4).zip(code.get(4..6)).is_some_and(|subheading| SUBHEADINGS.contains(&subheading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_of_2022_is_whole() {
        assert_eq!(SUBHEADINGS.len(), 5613);
        // E-cigarettes came with the edition of 2022; 0410.00 was split in it.
        for (code, there) in [("240412", true), ("3304990039", true), ("041010", true), ("041000", false), ("77", false), ("770100", false)]
        {
            assert_eq!(exists(code), there, "{code}");
        }
    }
}
