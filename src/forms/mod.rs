//! Declaration forms: the messages that customs gets about an order, read, held against their tables, built and explained.
//!
//! The elements of every message are data ([`table`]). A message is read ([`reader`]) into a [`tree`] and held to its table meanwhile
//! ([`structure`], `fields`); rules between its fields and between messages follow ([`rules`]). The payment data that customs pulls is JSON and
//! has a reader of its own ([`pull`]). What is wrong comes back as [`found`]: codes,
//! places and parameters, never a text of the message. Texts that name persons are borrowed, or wiped when they are dropped.

pub mod build;
mod fields;
pub mod found;
mod json;
pub mod pull;
pub mod reader;
pub mod receipt;
pub mod rules;
pub mod structure;
pub mod table;
pub mod tree;
pub mod write;

use crate::finding::Code;
use crate::identity::Checker;
use alloc::vec::Vec;
use found::{Finding, Found, Param, Place};
use structure::Builder;
use table::{Forms, Text};
use tree::{Item, Tree};

/// The most messages that are held against each other at once.
pub const MOST_DOCUMENTS: usize = 20;

/// What was found in some messages.
#[derive(Debug)]
pub struct Report {
    /// Each message.
    pub documents: Vec<Document>,
    /// The findings, in the order of their places.
    pub findings: Vec<Finding>,
    /// How many more there were than are kept.
    pub more: usize,
    /// Whether something blocks.
    pub blocks: bool,
}

/// A message that was looked at.
#[derive(Debug)]
pub struct Document {
    /// Its name, if it is one that is known.
    pub message: Option<Text>,
    /// Whether it follows its schema.
    pub schema_valid: bool,
    /// How many documents it holds.
    pub entries: usize,
}

/// Holds messages against their tables and the rules, each by itself and all together.
#[must_use]
pub fn validate(forms: &Forms, checker: &Checker, messages: &[&[u8]]) -> Report {
    let mut found = Found::default();
    let mut trees: Vec<Tree<'_>> = Vec::new();
    let mut pulls = Vec::new();
    let kept = messages.get(..MOST_DOCUMENTS.min(messages.len())).unwrap_or_default();
    for (number, message) in kept.iter().enumerate() {
        found.document = number;
        let pulled = pull::is(message);
        if pulled {
            pulls.extend(pull::read(forms, &mut found, message, true));
        }
        trees.push(if pulled { Tree { nodes: Vec::new(), message: None } } else { read(forms, message, &mut found) });
    }
    let items: Vec<Item<'_>> = trees.iter().map(|tree| Item { forms, tree, id: 0 }).collect();
    rules::check(forms, checker, &items, &pulls, &mut found);
    for (number, message) in kept.iter().enumerate() {
        found.locate(number, reader::unmarked(message));
    }
    found.sort();
    let documents = items.iter().enumerate().map(|(number, item)| {
        let pulled = pulls.iter().find(|pulled| pulled.document == number);
        let message = item.tree.message.and_then(|message| forms.messages.get(message));
        Document {
            message: message.map(|message| message.name.clone()).or_else(|| pulled.map(|_| Text::from(pull::NAME))),
            schema_valid: !found.broken.contains(&number),
            entries: pulled.map_or_else(|| rules::entries(*item).count(), |pulled| pulled.orders().count()),
        }
    });
    let documents = documents.collect();
    let ignored = messages.len().saturating_sub(kept.len());
    Report { documents, findings: found.list, more: found.more.saturating_add(ignored), blocks: found.blocks || ignored > 0 }
}

/// Reads a message and holds it against its table.
pub(crate) fn read<'a>(forms: &Forms, message: &'a [u8], found: &mut Found) -> Tree<'a> {
    let mut builder = Builder::new(forms, found);
    let outcome = reader::read(reader::unmarked(message), &forms.namespace, &mut builder);
    let (mut tree, overflow) = (builder.tree, builder.overflow);
    let too_many = overflow.map(|offset| reader::Malformed { offset, reason: "size" });
    if let Some(fault) = outcome.err().or(too_many) {
        found.schema(Code::FormMalformed, "S01", "0001", Place::Offset(fault.offset), &[("reason", Param::word(fault.reason))]);
        // What was read of it up to there is no message.
        tree.message = None;
    }
    tree
}
