//! The digest of a quote: the same for the same basket, rules and result, wherever it was computed.
//!
//! It is taken over the trees themselves, each value tagged and each text and list preceded by its length, so that two different trees never
//! feed the same bytes, and no JSON text with its choices of spaces and escapes is in between.

use super::node::{Fields, Node};
use alloc::borrow::Cow;
use alloc::string::String;
use sha2::{Digest as _, Sha256};

/// The digest over the canonical basket (`None` when it could not be read), the pack's hash in hexadecimal digits (`None` when there is no
/// pack) and the result.
#[must_use]
pub fn digest(basket: Option<&Node>, pack_sha256: Option<&str>, result: &Fields) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, basket.unwrap_or(&Node::Null));
    match pack_sha256 {
        Some(digits) => feed_text(&mut hash, digits),
        None => feed(&mut hash, &Node::Null),
    }
    feed_fields(&mut hash, result.so_far());
    let mut text = String::from("sha256:");
    push_hex(&mut text, hash.finalize().as_slice());
    text
}

/// The bytes as lower-case hexadecimal digits.
///
/// ```
/// assert_eq!(preclear::wire::digest::hex(&[0x00, 0xaf]), "00af");
/// ```
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2));
    push_hex(&mut text, bytes);
    text
}

fn push_hex(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            let first = if half < 10 { b'0' } else { b'a'.wrapping_sub(10) };
            text.push(char::from(first.wrapping_add(half)));
        }
    }
}

fn feed(hash: &mut Sha256, node: &Node) {
    match node {
        Node::Null | Node::Number | Node::Refused(_) => hash.update(b"n"),
        Node::Truth(false) => hash.update(b"f"),
        Node::Truth(true) => hash.update(b"t"),
        Node::Text(text) => feed_text(hash, text),
        Node::List(list) => {
            hash.update(b"l");
            feed_length(hash, list.len());
            for entry in list {
                feed(hash, entry);
            }
        }
        Node::Object(fields) => feed_fields(hash, fields),
    }
}

fn feed_fields(hash: &mut Sha256, fields: &[(Cow<'static, str>, Node)]) {
    hash.update(b"o");
    feed_length(hash, fields.len());
    for (key, value) in fields {
        feed_text(hash, key);
        feed(hash, value);
    }
}

fn feed_text(hash: &mut Sha256, text: &str) {
    hash.update(b"s");
    feed_length(hash, text.len());
    hash.update(text.as_bytes());
}

fn feed_length(hash: &mut Sha256, length: usize) {
    // The same width on every machine.
    hash.update(u64::try_from(length).unwrap_or(u64::MAX).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn trees_that_hold_the_same_letters_differ() {
        let text = |text: &'static str| Node::text(text);
        let trees = [
            Node::Null,
            Node::Truth(false),
            Node::Truth(true),
            text(""),
            text("ab"),
            Node::List(vec![]),
            Node::List(vec![text("ab")]),
            Node::List(vec![text("a"), text("b")]),
            Node::List(vec![Node::List(vec![text("a")]), text("b")]),
            Node::Object(vec![]),
            Node::Object(vec![("a".into(), text("b"))]),
        ];
        for (index, one) in trees.iter().enumerate() {
            for other in trees.iter().skip(index.saturating_add(1)) {
                assert_ne!(digest(Some(one), None, &Fields::default()), digest(Some(other), None, &Fields::default()));
            }
        }
    }

    /// The form is public: anybody can recompute it with
    /// `printf 's\x01\0\0\0\0\0\0\0ano\x01\0\0\0\0\0\0\0s\x01\0\0\0\0\0\0\0bt' | sha256sum`.
    #[test]
    fn the_form_is_fixed() {
        let mut result = Fields::default();
        result.put("b", Node::Truth(true));
        assert_eq!(
            digest(Some(&Node::text("a")), None, &result),
            "sha256:4e2873f842e3bcaf63c617f9e8455c5e6a2d4b5e29641b895c67d81458a55705"
        );
    }
}
