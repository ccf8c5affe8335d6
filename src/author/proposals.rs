//! Which personal articles a commodity may be: `proposals.csv`, for people who have a commodity code and need the other.
//!
//! A proposal never enters a pack or a quote: which article something is, customs decides.

use super::fault::Faults;
use super::hs6;
use super::sources::Sources;
use crate::date::{Date, Interval};
use crate::pack::{KeyKind, Table};
use std::string::{String, ToString};
use std::vec::Vec;

/// The file of proposals in a destination's folder.
pub const FILE: &str = "proposals.csv";
/// Its header.
const HEADER: [&str; 3] = ["hs", "article", "note"];

/// What goods of some commodity codes may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposal {
    /// The first digits of the commodity code.
    pub hs: String,
    /// The first digits of the article codes.
    pub article: String,
    /// Which goods are meant.
    pub note: String,
}

/// A row of the table of articles as it is written: by the names of its columns.
#[derive(Clone, Debug)]
pub struct Article {
    /// The article code.
    pub code: String,
    /// When it is in force.
    pub interval: Interval,
    cells: Vec<(String, String)>,
}

impl Article {
    /// What a column says; nothing when there is no such column, or it says nothing.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(name, cell)| name == column && !cell.is_empty()).map(|(_, cell)| cell.as_str())
    }
}

/// The proposals of a folder, if it has any; each is held against the nomenclature and the tables of article codes.
#[must_use]
pub fn read(sources: &Sources, path: &str, tables: &[Table], faults: &Faults) -> Vec<Proposal> {
    let Some(text) = sources.get(path) else { return Vec::new() };
    faults.file(path, text);
    let articles = tables.iter().filter(|table| table.key == KeyKind::ArticleCode).flat_map(Table::coded_rows);
    let articles: Vec<String> = articles.map(|(code, _)| code).collect();
    let mut proposals: Vec<Proposal> = Vec::new();
    for (number, (offset, record)) in records(text).into_iter().enumerate() {
        let fault = |message: String| faults.at(path, offset, message);
        let cells: Vec<&str> = record.iter().map(String::as_str).collect();
        if number == 0 {
            if cells != HEADER {
                fault(std::format!("the header must be `{}`", HEADER.join(",")));
                break;
            }
            continue;
        }
        let &[hs, article, note] = cells.as_slice() else {
            fault(std::format!("{} fields where the header has {}", cells.len(), HEADER.len()));
            continue;
        };
        if !hs6::all().any(|code| if hs.len() < code.len() { !hs.is_empty() && code.starts_with(hs) } else { hs.starts_with(code) }) {
            fault(std::format!("the Harmonized System has no `{hs}`"));
        }
        if article.is_empty() || !articles.iter().any(|code| code.starts_with(article)) {
            fault(std::format!("no article begins with `{article}`"));
        }
        if note.trim().is_empty() {
            fault("the note is empty".to_string());
        }
        let proposal = Proposal { hs: hs.to_string(), article: article.to_string(), note: note.to_string() };
        if proposals.last().is_some_and(|last| (&last.hs, &last.article) >= (&proposal.hs, &proposal.article)) {
            fault("out of order, or there already: rows are sorted by `hs`, then `article`".to_string());
        }
        proposals.push(proposal);
    }
    proposals
}

/// The articles proposed for a commodity code, by the longest prefix, with the note of the proposal.
#[must_use]
pub fn candidates<'a>(proposals: &'a [Proposal], articles: &'a [Article], hs: &str, date: Date) -> Vec<(&'a str, &'a Article)> {
    let fits = |proposal: &&Proposal| hs.starts_with(&proposal.hs);
    let longest = proposals.iter().filter(fits).map(|proposal| proposal.hs.len()).max();
    let proposals = proposals.iter().filter(fits).filter(|proposal| Some(proposal.hs.len()) == longest);
    let meant = |proposal: &'a Proposal| {
        let fits = |article: &&Article| article.code.starts_with(&proposal.article) && article.interval.contains(date);
        articles.iter().filter(fits).map(|article| (proposal.note.as_str(), article))
    };
    proposals.flat_map(meant).collect()
}

/// A table of articles as it is written. The compiler has held it against its columns before.
#[must_use]
pub fn articles(text: &str) -> Vec<Article> {
    let mut records = records(text).into_iter().map(|(_, record)| record);
    let header = records.next().unwrap_or_default();
    let article = |record: Vec<String>| {
        let cells: Vec<(String, String)> = header.iter().cloned().zip(record).collect();
        let cell = |column: &str| cells.iter().find(|(name, _)| name == column).map(|(_, cell)| cell.clone()).unwrap_or_default();
        let interval = Interval { from: Date::parse(&cell("from")), to: Date::parse(&cell("to")) };
        Article { code: cell("code"), interval, cells }
    };
    records.map(article).collect()
}

/// The records of a CSV text, each with its place.
fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let record = |record: csv::StringRecord| {
        let place = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        (place, record.iter().map(ToString::to_string).collect())
    };
    reader.records().map_while(Result::ok).map(record).collect()
}
