//! TOML read with places: every key asked for by name, every other one a fault.

use super::fault::{Faults, hint};
use super::formula::WORDS;
use crate::date::Date;
use std::cell::RefCell;
use std::string::{String, ToString};
use std::vec::Vec;
use toml_edit::{Document, Item, TableLike, Value};

/// So many words are few enough to list them all where an unknown one stands.
const FEW: usize = 6;

/// A parsed file with its name.
#[derive(Debug)]
pub struct TomlFile {
    /// The file.
    pub name: String,
    document: Document<String>,
}

impl TomlFile {
    /// Parses a file; what is wrong with its form is a fault.
    #[must_use]
    pub fn parse(name: &str, text: &str, faults: &Faults) -> Option<Self> {
        faults.file(name, text);
        match Document::parse(text.to_string()) {
            Ok(document) => Some(Self { name: name.to_string(), document }),
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                faults.at(name, offset, error.message().lines().next().unwrap_or("not TOML").to_lowercase());
                None
            }
        }
    }

    /// The file's outermost table.
    #[must_use]
    pub fn section<'a>(&'a self, faults: &'a Faults) -> Section<'a> {
        Section {
            file: &self.name,
            table: self.document.as_table(),
            offset: 0,
            raw: self.document.raw(),
            faults,
            asked: RefCell::default(),
        }
    }
}

/// A text with the byte offset at which its first character stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Its place.
    pub offset: usize,
}

/// A table of a file.
pub struct Section<'a> {
    /// The file.
    pub file: &'a str,
    table: &'a dyn TableLike,
    /// Where the table begins.
    pub offset: usize,
    raw: &'a str,
    faults: &'a Faults,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Section<'a> {
    /// Adds a fault at a place in this file.
    pub fn fault(&self, offset: usize, message: impl Into<String>) {
        self.faults.at(self.file, offset, message);
    }

    fn get(&self, key: &'static str) -> Option<&'a Item> {
        self.asked.borrow_mut().push(key);
        self.table.get(key).filter(|item| !item.is_none())
    }

    fn place_of(item: &Item, otherwise: usize) -> usize {
        item.span().map_or(otherwise, |span| span.start)
    }

    fn wrong(&self, item: &Item, key: &str, expected: &str) {
        self.fault(Self::place_of(item, self.offset), std::format!("`{key}` must be {expected}"));
    }

    fn value<T>(&self, key: &'static str, expected: &str, read: impl Fn(&'a Value) -> Option<T>) -> Option<T> {
        let item = self.get(key)?;
        let value = item.as_value().and_then(read);
        if value.is_none() {
            self.wrong(item, key, expected);
        }
        value
    }

    /// The place of a byte of a text, where the text may be written with escapes.
    #[must_use]
    pub fn within(&self, text: &Placed, offset: usize) -> usize {
        let (before, rest) = self.raw.split_at_checked(text.offset).unwrap_or_default();
        if !before.trim_end_matches(['\n', '\r']).ends_with('"') {
            return text.offset.saturating_add(offset);
        }
        let mut place = text.offset;
        let mut read = 0usize;
        let mut characters = rest.chars().peekable();
        while let Some(character) = characters.next().filter(|_| read < offset) {
            let mut written = character.len_utf8();
            let mut meant = written;
            if character == '\\' {
                let escape = characters.next().unwrap_or_default();
                let digits = match escape {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                let code: String = characters.by_ref().take(digits).collect();
                written = escape.len_utf8().saturating_add(1).saturating_add(code.len());
                meant = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).map_or(1, char::len_utf8);
                // A line break after a backslash is not there, nor is the space after it.
                if escape.is_whitespace() {
                    meant = 0;
                    while let Some(space) = characters.next_if(|next| next.is_whitespace()) {
                        written = written.saturating_add(space.len_utf8());
                    }
                }
            }
            place = place.saturating_add(written);
            read = read.saturating_add(meant);
        }
        place
    }

    /// An id that must be there: words of lower-case letters and digits, joined by hyphens and dots.
    #[must_use]
    pub fn id(&self, key: &'static str) -> Option<Placed> {
        let text = self.required(key)?;
        let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let whole = text.text.split(['.', '-']).all(word) && text.text.starts_with(|first: char| first.is_ascii_lowercase());
        if !whole || WORDS.contains(&text.text.as_str()) {
            let message = if whole { "is a word of the formula language" } else { "is not lower-case words joined by hyphens and dots" };
            self.fault(text.offset, std::format!("`{}` {message}", text.text));
        }
        Some(text)
    }

    /// One of a list of words that must be there.
    #[must_use]
    pub fn one_of<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.required(key)?;
        self.known(key, &text, words)
    }

    /// The same for a key that may be left out.
    #[must_use]
    pub fn one_of_if_any<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.known(key, &text, words)
    }

    /// What each text of a list means; one that is not among the words is a fault.
    #[must_use]
    pub fn each_of<T: Copy>(&self, key: &'static str, what: &str, words: &[(&str, T)]) -> Vec<T> {
        self.texts(key).iter().filter_map(|text| self.known(what, text, words)).collect()
    }

    /// Where a key's value begins, or the table when it is not there.
    #[must_use]
    pub fn place(&self, key: &str) -> usize {
        self.table.get(key).map_or(self.offset, |item| Self::place_of(item, self.offset))
    }

    fn known<T: Copy>(&self, key: &str, text: &Placed, words: &[(&str, T)]) -> Option<T> {
        let found = words.iter().find(|(word, _)| *word == text.text).map(|(_, meaning)| *meaning);
        if found.is_none() {
            let mut near = hint(&text.text, words.iter().map(|(word, _)| *word));
            if near.is_empty() && words.len() <= FEW {
                near = std::format!(", expected one of `{}`", words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join("`, `"));
            }
            self.fault(text.offset, std::format!("unknown {key} `{}`{near}", text.text));
        }
        found
    }

    /// Says that a key is missing.
    pub fn missing(&self, key: &str) {
        self.fault(self.offset, std::format!("`{key}` is missing"));
    }

    /// A text, if the key is there.
    #[must_use]
    pub fn text(&self, key: &'static str) -> Option<Placed> {
        self.value(key, "a text", |value| self.placed(value))
    }

    /// A text that must be there.
    #[must_use]
    pub fn required(&self, key: &'static str) -> Option<Placed> {
        if self.table.get(key).is_none() {
            self.missing(key);
        }
        self.text(key)
    }

    fn placed(&self, value: &Value) -> Option<Placed> {
        let text = value.as_str()?.to_string();
        let span = value.span()?;
        // Behind the quotes: one, or three and the line break that does not count.
        let written = self.raw.get(span.clone()).unwrap_or_default();
        let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
        let rest = written.get(quotes..).unwrap_or_default();
        let line_break = match quotes {
            3 if rest.starts_with('\n') => 1,
            3 if rest.starts_with("\r\n") => 2,
            _ => 0,
        };
        Some(Placed { text, offset: span.start.saturating_add(quotes).saturating_add(line_break) })
    }

    /// A truth value, if the key is there.
    #[must_use]
    pub fn truth(&self, key: &'static str) -> Option<bool> {
        self.value(key, "true or false", Value::as_bool)
    }

    /// A whole number, if the key is there.
    #[must_use]
    pub fn whole(&self, key: &'static str) -> Option<i64> {
        self.value(key, "a whole number", Value::as_integer)
    }

    /// A date, if the key is there.
    #[must_use]
    pub fn date(&self, key: &'static str) -> Option<Date> {
        self.value(key, "a date, as 2026-01-31", |value| {
            let date = value.as_datetime().filter(|datetime| datetime.time.is_none())?.date?;
            Date::new(date.year, date.month, date.day)
        })
    }

    /// A list of texts; none when the key is not there.
    #[must_use]
    pub fn texts(&self, key: &'static str) -> Vec<Placed> {
        let list = self
            .value(key, "a list of texts", |value| value.as_array()?.iter().map(|entry| self.placed(entry)).collect::<Option<Vec<_>>>());
        list.unwrap_or_default()
    }

    /// Whether a key holds a table.
    #[must_use]
    pub fn holds_table(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(Item::is_table_like)
    }

    /// A table, if the key is there.
    #[must_use]
    pub fn section(&self, key: &'static str) -> Option<Section<'a>> {
        let item = self.get(key)?;
        let Some(table) = item.as_table_like() else {
            self.wrong(item, key, "a table");
            return None;
        };
        Some(self.inner(table, Self::place_of(item, self.offset)))
    }

    fn inner(&self, table: &'a dyn TableLike, offset: usize) -> Section<'a> {
        Section { file: self.file, table, offset, raw: self.raw, faults: self.faults, asked: RefCell::default() }
    }

    /// A list of tables; none when the key is not there.
    #[must_use]
    pub fn sections(&self, key: &'static str) -> Vec<Section<'a>> {
        let Some(item) = self.get(key) else { return Vec::new() };
        if let Some(tables) = item.as_array_of_tables() {
            return tables.iter().map(|table| self.inner(table, table.span().map_or(self.offset, |span| span.start))).collect();
        }
        let inline = item.as_array().and_then(|array| {
            let entry = |value: &'a Value| {
                let table = value.as_inline_table()?;
                Some(self.inner(table, value.span().map_or(self.offset, |span| span.start)))
            };
            array.iter().map(entry).collect::<Option<Vec<_>>>()
        });
        inline.unwrap_or_else(|| {
            self.wrong(item, key, "a list of tables");
            Vec::new()
        })
    }

    /// Every key with its text, for a table whose keys are ids.
    #[must_use]
    pub fn entries(&self) -> Vec<(Placed, Placed)> {
        let mut entries = Vec::new();
        for (key, item) in self.table.iter() {
            let offset = self.table.key(key).and_then(toml_edit::Key::span).map_or(self.offset, |span| span.start);
            match item.as_value().and_then(|value| self.placed(value)) {
                Some(text) => entries.push((Placed { text: key.to_string(), offset }, text)),
                None => self.wrong(item, key, "a text"),
            }
        }
        entries
    }

    /// Every text of a table of lists, whose keys are only for the reader.
    #[must_use]
    pub fn lists(&self) -> Vec<Placed> {
        let mut all = Vec::new();
        for (key, item) in self.table.iter() {
            let list = item.as_array().and_then(|array| array.iter().map(|entry| self.placed(entry)).collect::<Option<Vec<_>>>());
            match list {
                Some(list) => all.extend(list),
                None => self.wrong(item, key, "a list of texts"),
            }
        }
        all
    }

    /// Reports every key that nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table.iter() {
            if !asked.contains(&key) {
                let offset = self.table.key(key).and_then(toml_edit::Key::span).map_or(self.offset, |span| span.start);
                self.fault(offset, std::format!("unknown key `{key}`{}", hint(key, asked.iter().copied())));
            }
        }
    }
}
