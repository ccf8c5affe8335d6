//! Faults of rule sources, each with its place; all of them at once.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

/// One thing that is wrong in the rule sources.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, from the folder that `rules check` was given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// The faults found so far, and the texts that their places are in.
#[derive(Debug, Default)]
pub struct Faults {
    found: RefCell<Vec<Fault>>,
    texts: RefCell<BTreeMap<String, String>>,
}

impl Faults {
    /// Remembers a file's text, so that a place in it can be told as line and column.
    pub fn file(&self, file: &str, text: &str) {
        self.texts.borrow_mut().insert(file.to_string(), text.to_string());
    }

    /// Adds a fault at a byte offset of a file.
    pub fn at(&self, file: &str, offset: usize, message: impl Into<String>) {
        let texts = self.texts.borrow();
        let before = texts.get(file).and_then(|text| text.get(..offset)).unwrap_or_default();
        let line = before.matches('\n').count().saturating_add(1);
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
        self.found.borrow_mut().push(Fault { file: file.to_string(), line, column, message: message.into() });
    }

    /// Every fault, in the order of their places, each once.
    #[must_use]
    pub fn into_list(self) -> Vec<Fault> {
        let mut found = self.found.into_inner();
        found.sort();
        found.dedup();
        found
    }

    /// How many have been found.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found.borrow().len()
    }
}

/// The known name nearest to an unknown one, if one is near enough to be what was meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|other| (distance(name, other), other))
        .filter(|(distance, other)| *distance <= 2 && *distance < other.len())
        .min()
        .map(|(_, other)| other)
}

/// How many characters have to be changed, added or removed to make one name of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (number, character) in one.chars().enumerate() {
        let mut next = std::vec![number.saturating_add(1)];
        for (place, letter) in other.iter().enumerate() {
            let get = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX);
            let replaced = get(&row, place).saturating_add(usize::from(*letter != character));
            let removed = get(&row, place.saturating_add(1)).saturating_add(1);
            let added = get(&next, place).saturating_add(1);
            next.push(replaced.min(removed).min(added));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// ``, did you mean `x`?`` when a known name is near, or nothing.
#[must_use]
pub fn hint<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map(|other| std::format!(", did you mean `{other}`?")).unwrap_or_default()
}
