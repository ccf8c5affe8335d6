//! A destination's rules as a page that a broker can check: the law, what was read of it, every dated value, every formula, and what is not known.

pub mod destinations;
mod goods;
mod law;
mod markdown;
mod notices;

use super::compile::Compiled;
use super::fault::Faults;
use super::section::TomlFile;
use super::sources::Sources;
use crate::date::{Date, Interval};
use markdown::Table;
use std::format;
use std::string::{String, ToString};

/// The page's locale.
const LOCALE: &str = "en";

/// The page as Markdown, with tables as they answer on a date.
#[must_use]
pub fn page(sources: &Sources, compiled: &Compiled, date: Date) -> String {
    let page = Page { sources, compiled, faults: Faults::default(), date };
    let pack = &compiled.pack;
    let mut text = format!(
        "# {}: the law that quotes rest on\n\n\
         Rules `{}`, version {}. This page is made from the rule sources by `preclear rules document {}`; change those, not this page. \
         It says what was read and how far it can be relied on; it is no legal advice.\n\n\
         Grades: A is an official text or its reprint, B one good source, C a weak source or general knowledge. A quote that rests on grade C is \
         an estimate and says so. Dates are half-open: the second is the first day no longer in force. What has no answer is unknown, never zero.\n",
        super::listing::places(&pack.destinations),
        pack.id,
        pack.version,
        pack.id
    );
    for part in [page.instruments(), page.channels(), page.parameters(), page.regimes(), page.goods(), page.restrictions(), page.unknown()]
    {
        text.push('\n');
        text.push_str(&part);
    }
    text
}

struct Page<'a> {
    sources: &'a Sources,
    compiled: &'a Compiled,
    /// The sources compiled, so that what they say is right; nothing is told here.
    faults: Faults,
    date: Date,
}

impl Page<'_> {
    /// A file of the destination's folder.
    fn file(&self, name: &str) -> Option<TomlFile> {
        let path = format!("{}/{name}", self.compiled.pack.id);
        TomlFile::parse(&path, self.sources.get(&path)?, &self.faults)
    }

    /// What people read for an id, or the id.
    fn label(&self, kind: &str, id: &str) -> String {
        let label = self.compiled.texts.get(LOCALE).and_then(|texts| texts.get(kind)?.get(id));
        label.map_or_else(|| id.to_string(), String::clone)
    }

    fn citations(&self, citations: &[u16]) -> String {
        super::listing::citations(&self.compiled.pack, citations)
    }
}

/// The first day in force, and the first no longer.
fn days(interval: Interval) -> [String; 2] {
    [interval.from, interval.to].map(|date| date.map(Date::text).unwrap_or_default())
}
