//! A message as a tree of the elements that its tables know.
//!
//! Most texts are borrowed from the message. One that had to be put together, because it holds a reference or a section of character data, is
//! wiped when the tree is dropped.

use super::table::{Element, Forms, Kind, Text};
use crate::money::parse_decimal;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;
use zeroize::Zeroizing;

/// The number of an element in a tree.
pub type NodeId = u32;
/// What stands for no element.
pub const NOBODY: NodeId = NodeId::MAX;

/// White space as XML has it.
#[must_use]
pub const fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// The text of an element.
#[derive(Default)]
pub enum Content<'a> {
    /// None.
    #[default]
    Nothing,
    /// A piece of the message.
    Plain(&'a str),
    /// Put together.
    Joined(Zeroizing<String>),
}

impl<'a> Content<'a> {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Plain(text) => text,
            Self::Joined(text) => text,
        }
    }

    /// Adds a piece of the message. A line in it ends in a line feed, however that was written.
    pub fn push(&mut self, piece: &'a str) {
        if matches!(self, Self::Nothing) && !piece.contains('\r') {
            *self = Self::Plain(piece);
            return;
        }
        let Some(text) = self.joined(piece.len()) else { return };
        let mut after_return = false;
        for character in piece.chars() {
            match character {
                '\n' if after_return => {}
                '\r' => text.push('\n'),
                other => text.push(other),
            }
            after_return = character == '\r';
        }
    }

    /// Adds a character that a reference stands for, as it is.
    pub fn push_character(&mut self, character: char) {
        if let Some(text) = self.joined(character.len_utf8()) {
            text.push(character);
        }
    }

    /// The text so far with room for so many bytes more. A buffer that grew by itself would leave a copy behind.
    fn joined(&mut self, more: usize) -> Option<&mut String> {
        let needed = self.text().len().saturating_add(more);
        if !matches!(self, Self::Joined(text) if text.capacity() >= needed) {
            let mut text = Zeroizing::new(String::with_capacity(needed.saturating_mul(2)));
            text.push_str(self.text());
            *self = Self::Joined(text);
        }
        if let Self::Joined(text) = self { Some(text) } else { None }
    }
}

/// An element of a message.
pub struct Node<'a> {
    /// The entity that it stands in, and its number there; for the outermost, the message's number.
    pub place: (usize, usize),
    /// The element that it stands in.
    pub parent: NodeId,
    /// The next element in the same one.
    pub next: NodeId,
    /// The first element in it.
    pub first: NodeId,
    /// Where it begins in the message.
    pub offset: u32,
    /// Which of those of its name it is, from 1.
    pub ordinal: u32,
    /// Its text.
    pub content: Content<'a>,
}

/// A message.
pub struct Tree<'a> {
    /// Its elements; the first is the outermost.
    pub nodes: Vec<Node<'a>>,
    /// The number of the message in the tables, if they know its outermost element.
    pub message: Option<usize>,
}

impl Tree<'_> {
    /// An element.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Option<&Node<'_>> {
        self.nodes.get(usize::try_from(id).ok()?)
    }
}

/// An element together with its tree and tables.
#[derive(Clone, Copy)]
pub struct Item<'t> {
    /// The tables.
    pub forms: &'t Forms,
    /// The tree.
    pub tree: &'t Tree<'t>,
    /// The element.
    pub id: NodeId,
}

impl<'t> Item<'t> {
    fn node(self) -> Option<&'t Node<'t>> {
        self.tree.node(self.id)
    }

    /// What the tables say of the element; nothing for the outermost.
    #[must_use]
    pub fn element(self) -> Option<&'t Element> {
        let node = self.node().filter(|node| node.parent != NOBODY)?;
        let (entity, element) = node.place;
        self.forms.entities.get(entity)?.elements.get(element)
    }

    /// Its name in the tables.
    #[must_use]
    pub fn name(self) -> Option<&'t Text> {
        match self.element() {
            Some(element) => Some(&element.name),
            None => self.forms.messages.get(self.tree.message?).map(|message| &message.name),
        }
    }

    /// Where it begins in the message.
    #[must_use]
    pub fn offset(self) -> usize {
        self.node().and_then(|node| usize::try_from(node.offset).ok()).unwrap_or(0)
    }

    /// The elements in it.
    pub fn children(self) -> impl Iterator<Item = Item<'t>> {
        let mut next = self.node().map_or(NOBODY, |node| node.first);
        core::iter::from_fn(move || {
            let child = Item { id: next, ..self };
            next = child.node()?.next;
            Some(child)
        })
    }

    /// The elements in it that have this name.
    pub fn each(self, name: &'static str) -> impl Iterator<Item = Item<'t>> {
        self.children().filter(move |child| child.name().is_some_and(|other| **other == *name))
    }

    /// The first element in it that has this name.
    #[must_use]
    pub fn child(self, name: &'static str) -> Option<Item<'t>> {
        self.each(name).next()
    }

    /// Its own text.
    #[must_use]
    pub fn own_text(self) -> &'t str {
        self.node().map_or("", |node| node.content.text())
    }

    /// The text of the element in it that has this name; none when it is not there or empty.
    #[must_use]
    pub fn text(self, name: &'static str) -> Option<&'t str> {
        self.child(name).map(Item::own_text).filter(|text| !text.is_empty())
    }

    /// The number in the element of this name.
    #[must_use]
    pub fn decimal(self, name: &'static str) -> Option<Decimal> {
        decimal(self.text(name)?)
    }

    /// The path to it in names of the tables.
    #[must_use]
    pub fn path(self) -> String {
        let mut line = Vec::new();
        let mut item = self;
        while let Some(node) = item.node() {
            line.push(item);
            item.id = node.parent;
        }
        let mut path = String::new();
        for item in line.into_iter().rev() {
            path.push('/');
            path.push_str(item.name().map_or("", |name| name));
            let repeats = item.element().is_some_and(|element| element.most != Some(1) && matches!(element.kind, Kind::Group(_)));
            if let Some(node) = item.node().filter(|_| repeats) {
                path.push('[');
                crate::digits::push_number(&mut path, usize::try_from(node.ordinal).unwrap_or(usize::MAX));
                path.push(']');
            }
        }
        path
    }
}

/// Reads a decimal as XML Schema writes one, in the range that is computed with.
///
/// ```
/// use preclear::forms::tree::decimal;
/// assert_eq!(decimal(" +007.50 "), decimal("7.5"));
/// assert!(decimal("-.5").is_some_and(|value| value.is_sign_negative()));
/// assert!(decimal("1e3").is_none() && decimal("").is_none() && decimal(".").is_none());
/// ```
#[must_use]
pub fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim_matches(is_space);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let mut plain = String::from(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    let mut value = parse_decimal(&plain)?;
    value.set_sign_negative(negative && !value.is_zero());
    Some(value)
}
