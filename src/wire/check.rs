//! Checking a tree against the tables: every fault with its place, none with its text.

use super::near::nearest;
use super::node::{Node, Refusal};
use super::shape::{Kind, LONGEST_ATTRIBUTE, LONGEST_NAME, MOST_ENTRIES, Shape};
use crate::codes::{Country, DigitCode};
use crate::date::Date;
use crate::digits::push_number;
use crate::finding::{Code, Finding, Level};
use crate::formula::Value;
use crate::money::{Currency, parse_decimal};
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// The most faults that are told of one input.
pub const MOST_FAULTS: usize = 20;

/// Every fault of a node that should have this shape, in the order of the shape's fields, at most [`MOST_FAULTS`].
#[must_use]
pub fn check(node: &Node, shape: &'static Shape) -> Vec<Finding> {
    let mut faults = Faults::default();
    faults.object(node, shape);
    faults.found
}

/// The faults found so far, and where we are.
#[derive(Default)]
pub(super) struct Faults {
    pub(super) found: Vec<Finding>,
    place: String,
}

impl Faults {
    /// Runs `inside` with a field's name, or an entry's number, added to the place.
    pub(super) fn at<R>(&mut self, name: &'static str, inside: impl FnOnce(&mut Self) -> R) -> R {
        let mark = self.place.len();
        self.place.push('/');
        self.place.push_str(name);
        let result = inside(self);
        self.place.truncate(mark);
        result
    }

    pub(super) fn at_entry<R>(&mut self, index: usize, inside: impl FnOnce(&mut Self) -> R) -> R {
        let mark = self.place.len();
        self.place.push('/');
        push_number(&mut self.place, index);
        let result = inside(self);
        self.place.truncate(mark);
        result
    }

    pub(super) fn full(&self) -> bool {
        self.found.len() >= MOST_FAULTS
    }

    fn push(&mut self, code: Code, params: &[(&str, Value)]) {
        if !self.full() {
            let mut finding = Finding::new(code, Level::Block, self.place.clone()).remedy("correct-input");
            for (name, value) in params {
                finding = finding.with(name, value.clone());
            }
            self.found.push(finding);
        }
    }

    /// What is here is not what was expected; there is no more to say of it.
    pub(super) fn malformed(&mut self, expected: &'static str) {
        self.push(Code::InputMalformed, &[("expected", word(expected))]);
    }

    fn too_large(&mut self, most: usize) {
        self.push(Code::InputTooLarge, &[("most", count(most))]);
    }

    /// The node has the wrong kind or form.
    fn wrong(&mut self, node: &Node, kind: &Kind) {
        let given = match node {
            Node::Null => "null",
            Node::Truth(_) => "truth",
            Node::Number => "number",
            Node::Text(_) => "text",
            Node::List(_) => "list",
            Node::Object(_) => "object",
            Node::Refused(Refusal::SameFieldTwice) => return self.malformed("unique-fields"),
            Node::Refused(Refusal::TooLarge) => return self.push(Code::InputTooLarge, &[]),
        };
        let code = match kind {
            Kind::Decimal | Kind::PositiveDecimal | Kind::SignedDecimal => Code::InputAmountInvalid,
            _ => Code::InputMalformed,
        };
        self.push(code, &[("expected", word(kind.expected())), ("given", word(given))]);
    }

    pub(super) fn object(&mut self, node: &Node, shape: &'static Shape) {
        let Node::Object(fields) = node else {
            return self.wrong(node, &Kind::Object(shape));
        };
        for field in shape.fields {
            match node.get(field.name) {
                Some(value) => self.at(field.name, |faults| faults.kind(value, &field.kind)),
                None if field.required => self.at(field.name, |faults| {
                    faults.push(Code::InputMalformed, &[("expected", word(field.kind.expected())), ("given", word("nothing"))]);
                }),
                None => {}
            }
        }
        let known = || shape.fields.iter().map(|field| field.name);
        let mut unknown = fields.iter().filter(|(key, _)| !known().any(|name| name == key)).peekable();
        if let Some((first, _)) = unknown.peek() {
            // What an unknown field is called came with the input; which known one it is like did not.
            let near = nearest(first, known()).map(|name| ("nearest", word(name)));
            let params = [("expected", word("known-field")), ("unknown", count(unknown.count()))];
            let params: Vec<_> = params.into_iter().chain(near).collect();
            self.push(Code::InputMalformed, &params);
        }
    }

    fn kind(&mut self, node: &Node, kind: &'static Kind) {
        let text = node.as_text();
        let right = match kind {
            Kind::Text(shortest, longest) => return self.text(node, kind, *shortest, *longest),
            Kind::Attribute => {
                return if node.as_truth().is_none() {
                    self.text(node, kind, 1, LONGEST_ATTRIBUTE)
                };
            }
            Kind::Decimal => text.and_then(parse_decimal).is_some(),
            Kind::PositiveDecimal => text.and_then(parse_decimal).is_some_and(|decimal| !decimal.is_zero()),
            Kind::SignedDecimal => text.is_some_and(|text| parse_decimal(text.strip_prefix('-').unwrap_or(text)).is_some()),
            Kind::Date => text.and_then(Date::parse).is_some(),
            Kind::Country => text.and_then(Country::parse).is_some(),
            Kind::Currency => text.and_then(Currency::parse).is_some(),
            Kind::Digits(shortest, longest) => text.is_some_and(|text| DigitCode::parse(text, *shortest, *longest).is_some()),
            Kind::Truth => node.as_truth().is_some(),
            Kind::OneOf(choice) => text.is_some_and(|text| choice.names.contains(&text)),
            Kind::AnyText | Kind::FindingCode | Kind::Remedy => text.is_some(),
            Kind::Nullable(kind) => {
                return if *node != Node::Null {
                    self.kind(node, kind)
                };
            }
            Kind::Object(shape) => return self.object(node, shape),
            Kind::List(kind, fewest, most) => return self.list(node, kind, *fewest, *most),
            Kind::Entries(kind) => return self.list(node, kind, 0, usize::MAX),
            Kind::Map(kind, told) => return self.map(node, kind, told),
            Kind::Named(kind) => {
                for (_, value) in node.fields() {
                    self.kind(value, kind);
                }
                matches!(node, Node::Object(_))
            }
        };
        if !right {
            self.wrong(node, kind);
        }
    }

    fn text(&mut self, node: &Node, kind: &'static Kind, shortest: usize, longest: usize) {
        let length = node.as_text().map(|text| text.chars().count());
        match length {
            Some(length) if length > longest => self.too_large(longest),
            Some(length) if length >= shortest => {}
            _ if *node == Node::Refused(Refusal::TooLarge) => self.too_large(longest),
            _ => self.wrong(node, kind),
        }
    }

    fn list(&mut self, node: &Node, kind: &'static Kind, fewest: usize, most: usize) {
        let Node::List(entries) = node else {
            return self.wrong(node, &Kind::Entries(kind));
        };
        if entries.len() > most {
            return self.too_large(most);
        }
        if entries.len() < fewest {
            return self.malformed("at-least-one");
        }
        for (index, entry) in entries.iter().enumerate() {
            if self.full() {
                return;
            }
            self.at_entry(index, |faults| faults.kind(entry, kind));
        }
    }

    fn map(&mut self, node: &Node, kind: &'static Kind, told: &'static [&'static str]) {
        let Node::Object(fields) = node else {
            return if *node == Node::Refused(Refusal::TooLarge) {
                self.too_large(MOST_ENTRIES)
            } else {
                self.wrong(node, &Kind::Named(kind))
            };
        };
        if fields.len() > MOST_ENTRIES {
            return self.too_large(MOST_ENTRIES);
        }
        let named = |key: &str| {
            key.len() <= LONGEST_NAME
                && key.starts_with(|first: char| first.is_ascii_lowercase())
                && key.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if fields.iter().any(|(key, _)| !named(key)) {
            self.malformed("camel-case-name");
        }
        for (key, value) in fields {
            // A name that came with the input is not told: the fault is then the map's.
            match told.iter().find(|name| *name == key) {
                Some(name) => self.at(name, |faults| faults.kind(value, kind)),
                None => self.kind(value, kind),
            }
        }
    }
}

fn word(word: &'static str) -> Value {
    Value::Code(word.into())
}

fn count(count: usize) -> Value {
    Value::Number(Decimal::from(count))
}
