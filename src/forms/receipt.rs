//! Receipts: which state a document is in, and why it was sent back.
//!
//! A receipt gives a state, and its reasons in a text of no fixed form in which codes stand as `[Code:1332;Desc:…]`, several after another.
//! Codes are taken out of it and nothing else: what customs writes beside them may name persons.

use super::found::{Found, Param, Place};
use super::rules::entries;
use super::table::{Forms, Reason, Role, Text};
use super::tree::{Item, decimal};
use crate::finding::Code;
use alloc::string::String;
use alloc::vec::Vec;

/// How many reasons of a document are told.
const MOST_REASONS: usize = 20;
/// How many characters a code has at most.
const LONGEST_CODE: usize = 10;

/// What a receipt says of one document.
#[derive(Debug)]
pub struct Answer<'f> {
    /// Its path in the receipt.
    pub path: String,
    /// The state, if it is known.
    pub state: Option<&'f Reason>,
    /// Whether the state is below zero: customs could not process the document.
    pub failed: bool,
    /// The reasons that are known, each once.
    pub reasons: Vec<&'f Reason>,
    /// How many codes there were that are not known.
    pub unknown: usize,
}

/// A receipt, explained.
#[derive(Debug)]
pub struct Explained<'f> {
    /// The receipt's name.
    pub message: Option<Text>,
    /// Each document that it is about.
    pub answers: Vec<Answer<'f>>,
    /// What is wrong with the receipt itself.
    pub found: Found,
}

/// Explains a receipt.
#[must_use]
pub fn explain<'f>(forms: &'f Forms, bytes: &[u8]) -> Explained<'f> {
    let mut found = Found::default();
    let tree = super::read(forms, bytes, &mut found);
    let item = Item { forms, tree: &tree, id: 0 };
    let message = tree.message.and_then(|number| forms.messages.get(number));
    let mut answers = Vec::new();
    if message.is_some_and(|message| message.role == Role::Receipt) {
        answers.extend(entries(item).map(|entry| answer(forms, entry)));
    } else if message.is_some() {
        found.schema(Code::FormUnsupported, "R52", "", Place::At(item), &[("expected", Param::word("receipt"))]);
    }
    let name = message.map(|message| message.name.clone());
    found.locate(0, super::reader::unmarked(bytes));
    found.sort();
    Explained { message: name, answers, found }
}

fn answer<'f>(forms: &'f Forms, entry: Item<'_>) -> Answer<'f> {
    let status = entry.text("returnStatus").unwrap_or_default().trim();
    let failed = decimal(status).is_some_and(|status| status.is_sign_negative());
    let mut reasons: Vec<&Reason> = Vec::new();
    let mut unknown = 0usize;
    // A state below zero is a reason itself.
    let own = Some(status).filter(|_| failed);
    for code in own.into_iter().chain(codes(entry.text("returnInfo").unwrap_or_default())) {
        match forms.reason(false, code) {
            Some(reason) if reasons.len() < MOST_REASONS && !reasons.iter().any(|other| other.code == reason.code) => reasons.push(reason),
            Some(_) => {}
            None => unknown = unknown.saturating_add(1),
        }
    }
    Answer { path: entry.path(), state: forms.reason(true, status), failed, reasons, unknown }
}

/// The codes in a text of reasons: after `Code:`, or a code that the text begins with.
fn codes(text: &str) -> impl Iterator<Item = &str> {
    let begins = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    let first = Some(text).filter(|_| begins);
    first.into_iter().chain(text.split("Code:").skip(1)).filter_map(|after| {
        let after = after.trim_start();
        let end = after.find(|character: char| character != '-' && !character.is_ascii_digit()).unwrap_or(after.len());
        after.get(..end).filter(|code| (1..=LONGEST_CODE).contains(&code.len()))
    })
}
