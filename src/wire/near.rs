//! The known name that an unknown one was probably meant to be. Only the known one is ever told.

use alloc::vec::Vec;

/// The name among `known` that `key` differs from only in case, separators or one or two letters.
pub fn nearest<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if key.len() > 40 {
        return None;
    }
    let key = letters(key);
    known
        .filter_map(|name| {
            let folded = letters(name);
            // Two letters of a short name are most of it.
            let most = folded.len().wrapping_div(3).min(2);
            let distance = distance(&key, &folded);
            (distance <= most).then_some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The letters and digits, in lower case.
fn letters(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect()
}

/// How many letters must be added, removed or replaced to make one text the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = index;
        let mut left = index.saturating_add(1);
        let mut cells = row.iter_mut();
        if let Some(first) = cells.next() {
            *first = left;
        }
        for (cell, against) in cells.zip(other) {
            let replaced = diagonal.saturating_add(usize::from(letter != against));
            diagonal = *cell;
            left = replaced.min(diagonal.saturating_add(1)).min(left.saturating_add(1));
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_letters() {
        for (one, other, expected) in [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("flaw", "lawn", 2)] {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), expected);
        }
    }

    #[test]
    fn only_a_slip_is_a_near_name() {
        let known = || ["id", "hsCode", "quantity", "countryOfOrigin"].into_iter();
        assert_eq!(nearest("hs_code", known()), Some("hsCode"));
        assert_eq!(nearest("HSCODE", known()), Some("hsCode"));
        assert_eq!(nearest("quantitiy", known()), Some("quantity"));
        assert_eq!(nearest("country_of_orgin", known()), Some("countryOfOrigin"));
        assert_eq!(nearest("ix", known()), None);
        assert_eq!(nearest("price", known()), None);
        assert_eq!(nearest("__proto__", known()), None);
    }
}
