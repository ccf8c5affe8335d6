//! What was found in messages: codes, places and parameters, and never a text of theirs.

use super::table::{Forms, Text};
use super::tree::Item;
use crate::finding::{Code, Level};
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// How many findings are kept.
pub const MOST_FINDINGS: usize = 1000;

/// A parameter of a finding: a number or a word, and never one of the message's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param {
    /// A count or a bound.
    Count(usize),
    /// A limit.
    Amount(Decimal),
    /// A word.
    Word(Text),
}

impl Param {
    /// A word.
    #[must_use]
    pub fn word(word: &str) -> Self {
        Self::Word(Arc::from(word))
    }
}

/// The parameters of a finding.
pub type Params<'p> = &'p [(&'static str, Param)];

/// One thing that is wrong with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub code: Code,
    /// How much it matters.
    pub level: Level,
    /// Which of the messages, from 0.
    pub document: usize,
    /// Where in the message, in bytes.
    pub offset: usize,
    /// The line, from 1; 0 where there is no message yet.
    pub line: usize,
    /// The column in characters, from 1; 0 where there is no message yet.
    pub column: usize,
    /// The path in names of the tables.
    pub path: String,
    /// The element's name, if the tables have it.
    pub element: Option<Text>,
    /// The id of the rule.
    pub rule: Text,
    /// The rejections that this would meet, with spaces between.
    pub prevents: Text,
    /// What a message for people needs.
    pub params: Vec<(&'static str, Param)>,
}

/// Whether findings of this code are those that the schema itself raises.
#[must_use]
pub const fn of_schema(code: Code) -> bool {
    matches!(
        code,
        Code::FormMalformed
            | Code::FormUnknownMessage
            | Code::FormNamespace
            | Code::FormUnknownElement
            | Code::FormMisplaced
            | Code::FormMissing
            | Code::FormTooMany
            | Code::FormLength
            | Code::FormNumber
            | Code::FormAttribute
            | Code::FormFixed
    )
}

/// Where something is wrong.
#[derive(Clone, Copy)]
pub enum Place<'t> {
    /// At a byte, in no element that is known.
    Offset(usize),
    /// At an element.
    At(Item<'t>),
    /// In an element, at one of this name that is not there.
    Missing(Item<'t>, &'t str),
    /// In an element, at a byte.
    Inside(Item<'t>, usize),
}

/// The findings so far.
#[derive(Debug, Default)]
pub struct Found {
    /// What was found, at most [`MOST_FINDINGS`].
    pub list: Vec<Finding>,
    /// How many more there were.
    pub more: usize,
    /// Which messages break their schema.
    pub broken: Vec<usize>,
    /// Whether something blocks, be it kept or not.
    pub blocks: bool,
    /// The message that findings are about now.
    pub document: usize,
}

impl Found {
    /// The message that findings are about now breaks its schema.
    pub fn breaks(&mut self) {
        if !self.broken.contains(&self.document) {
            self.broken.push(self.document);
        }
    }

    /// Adds a finding of the schema.
    pub fn schema(&mut self, code: Code, rule: &str, prevents: &str, place: Place<'_>, params: Params<'_>) {
        self.breaks();
        self.add(code, Level::Block, Arc::from(rule), Arc::from(prevents), place, params);
    }

    /// Adds a finding of a rule, if the rule is in force.
    pub fn rule(&mut self, forms: &Forms, code: Code, rule: &str, place: Place<'_>, params: Params<'_>) {
        if let Some(rule) = forms.rule(rule) {
            self.add(code, rule.level, rule.id.clone(), rule.prevents.clone(), place, params);
        }
    }

    /// The same where what the finding rests on is not certain: it warns at most.
    pub fn doubt(&mut self, forms: &Forms, code: Code, rule: &str, place: Place<'_>, params: Params<'_>) {
        if let Some(rule) = forms.rule(rule) {
            let level = rule.level.max(Level::Warn);
            self.add(code, level, rule.id.clone(), rule.prevents.clone(), place, params);
        }
    }

    /// The same at a level of its own.
    pub fn note(&mut self, forms: &Forms, code: Code, rule: &str, level: Level, place: Place<'_>, params: Params<'_>) {
        if let Some(rule) = forms.rule(rule) {
            self.add(code, level, rule.id.clone(), rule.prevents.clone(), place, params);
        }
    }

    fn add(&mut self, code: Code, level: Level, rule: Text, prevents: Text, place: Place<'_>, params: Params<'_>) {
        self.blocks |= level == Level::Block;
        if self.list.len() >= MOST_FINDINGS {
            self.more = self.more.saturating_add(1);
            return;
        }
        let (offset, path, element) = match place {
            Place::Offset(offset) => (offset, String::new(), None),
            Place::At(item) => (item.offset(), item.path(), item.name().cloned()),
            Place::Missing(item, name) => {
                let mut path = item.path();
                path.push('/');
                path.push_str(name);
                (item.offset(), path, Some(Arc::from(name)))
            }
            Place::Inside(item, offset) => (offset, item.path(), None),
        };
        let (document, params) = (self.document, params.to_vec());
        self.list.push(Finding { code, level, document, offset, line: 0, column: 0, path, element, rule, prevents, params });
    }

    /// Says on which line of its message each finding of that message is.
    pub fn locate(&mut self, document: usize, message: &[u8]) {
        let mut findings: Vec<&mut Finding> = self.list.iter_mut().filter(|finding| finding.document == document).collect();
        findings.sort_by_key(|finding| finding.offset);
        let (mut offset, mut line, mut column) = (0usize, 1usize, 1usize);
        for finding in findings {
            for byte in message.get(offset..finding.offset).unwrap_or_default() {
                match byte {
                    b'\n' => (line, column) = (line.saturating_add(1), 1),
                    // Bytes that go on with a character are none of their own.
                    byte if byte & 0xc0 != 0x80 => column = column.saturating_add(1),
                    _ => {}
                }
            }
            offset = finding.offset.max(offset);
            (finding.line, finding.column) = (line, column);
        }
    }

    /// Puts the findings in the order of their places.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|finding| (finding.document, finding.offset));
    }
}
