//! The subheadings of the Harmonized System of 2022: which codes of six digits there are.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Every code, in order, one a line.
static CODES: &str = include_str!("hs6.txt");
static SET: LazyLock<BTreeSet<&str>> = LazyLock::new(|| CODES.lines().collect());

/// Every subheading, in order.
pub fn all() -> impl Iterator<Item = &'static str> {
    CODES.lines()
}

/// Whether there is such a subheading.
#[must_use]
pub fn exists(code: &str) -> bool {
    SET.contains(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_in_order() {
        // The Harmonized System of 2022 has 97 chapters, one of them (77) kept free, and 5,612 subheadings.
        assert_eq!(all().count(), 5_612);
        assert!(all().zip(all().skip(1)).all(|(code, next)| code < next));
        assert!(all().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())));
        assert_eq!(all().map(|code| code.get(..2)).collect::<BTreeSet<_>>().len(), 96);
    }

    #[test]
    fn a_code_exists_or_not() {
        // Smartphones and drones have codes of their own since 2022; the code of all cellular telephones went then.
        for (code, found) in [
            ("851713", true),
            ("880622", true),
            ("330499", true),
            ("851712", false),
            ("330490", false),
            ("8517", false),
            ("85171300", false),
            ("", false),
        ] {
            assert_eq!(exists(code), found, "{code}");
        }
    }
}
