//! Importing: from a file that a shop holds to rule sources.
//!
//! What is imported replaces what the sources say of the same codes in the same time, cites the law and the file, and marks the version. Nothing
//! is written when anything in the file is wrong: half a list answers wrongly.

mod china;
mod edit;
mod header;
pub(super) mod sheet;

pub use sheet::MOST_BYTES;

use super::fault::Fault;
use super::sources::Sources;
use super::{compile_all, encode, fingerprints};
use crate::date::{Date, Interval};
use crate::pack::decode;
use edit::Edition;
use sheet::Readings;
use std::string::{String, ToString};
use std::vec::Vec;

/// What can be imported for a destination.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The destination.
    pub destination: &'static str,
    /// What it is called on the command line, and in the version of the rules.
    pub name: &'static str,
    /// What the file holds, in English: the title of the instrument that stands for it.
    title: &'static str,
    /// The law, where the caller names no other, and when that is in force.
    law: &'static str,
    from: (u16, u8, u8),
    /// Whether the law is made for a calendar year.
    yearly: bool,
    /// The parameter that is 1 while the whole is held, and the one that says how many lines the whole has.
    whole: Option<(&'static str, &'static str)>,
    read: fn(&Readings) -> Result<Taken, String>,
}

/// Everything that can be imported.
pub const KINDS: [Kind; 2] = [
    Kind {
        destination: "cn",
        name: "positive-list",
        title: "List of goods for cross-border e-commerce retail import, from a file that the shop holds",
        law: "cn.mof.2022-7",
        from: (2022, 3, 1),
        yearly: false,
        whole: Some(("positive-list.complete", "positive-list.lines")),
        read: china::positive_list,
    },
    Kind {
        destination: "cn",
        name: "tariff",
        title: "Import tariff, from a file that the shop holds",
        law: "cn.tariff.2026",
        from: (2026, 1, 1),
        yearly: true,
        whole: None,
        read: china::tariff,
    },
];

/// What is to be imported, and as what.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// What the file holds.
    pub kind: Kind,
    /// The file.
    pub bytes: &'a [u8],
    /// The first day it is in force; the law's own when none is given.
    pub from: Option<Date>,
    /// The first day it is no longer in force.
    pub to: Option<Date>,
    /// The id of the instrument that it is a copy of.
    pub instrument: Option<&'a str>,
    /// How many lines the whole has, where the caller knows better than the rules.
    pub lines: Option<usize>,
    /// Whether the file is only a part.
    pub partial: bool,
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum Refusal {
    /// The file or the request cannot be used at all; one line. No text of the file is in it.
    Unusable(String),
    /// What is wrong in the file, each with its place. No more of the file is in it than codes.
    Problems(Vec<Problem>),
    /// The file is not as long as the whole: its rows, and the lines of the whole.
    Incomplete(usize, usize),
    /// The rules have faults, with what was imported or before.
    Faults(Vec<Fault>),
}

/// Something wrong at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where: `sheet 1, row 5, column B`.
    pub place: String,
    /// What: lower case, no full stop.
    pub message: String,
}

/// What was imported.
#[derive(Debug)]
pub struct Imported {
    /// The rules with it.
    pub sources: Sources,
    /// The version of the pack.
    pub version: String,
    /// How many rows of the file were taken.
    pub rows: usize,
    /// When they are in force.
    pub interval: Interval,
    /// What else there is to say of the file.
    pub notes: Vec<String>,
}

/// What a file holds.
struct Taken {
    /// How many rows of the file were taken.
    read: usize,
    tables: Vec<Rows>,
    problems: Vec<Problem>,
    notes: Vec<String>,
}

/// Rows for a table of the rules.
struct Rows {
    /// The table's file.
    file: &'static str,
    /// Its columns, between the dates and the citations.
    columns: &'static [&'static str],
    entries: Vec<Entry>,
}

/// A row for a table of the rules.
struct Entry {
    code: String,
    /// One for each column of the table.
    cells: Vec<String>,
    name: String,
}

/// Reads a file and puts what it holds into rule sources.
///
/// # Errors
///
/// Why nothing was imported; the sources given are then to be used as they were.
pub fn import(sources: &Sources, request: &Request<'_>) -> Result<Imported, Refusal> {
    let unusable = |message: &str| Refusal::Unusable(message.to_string());
    let kind = &request.kind;
    let interval = interval(request).map_err(unusable)?;
    let readings = sheet::read(request.bytes).map_err(Refusal::Unusable)?;
    let taken = (kind.read)(&readings).map_err(Refusal::Unusable)?;
    if !taken.problems.is_empty() {
        return Err(Refusal::Problems(taken.problems));
    }
    if taken.read == 0 {
        return Err(unusable("there is no row below the headers"));
    }
    let mut edition = Edition::open(sources, kind.destination).map_err(Refusal::Faults)?;
    let law = request.instrument.unwrap_or(kind.law);
    if !edition.has_instrument(law) {
        return Err(unusable("--instrument: there is no such instrument in the rules"));
    }
    let whole = kind.whole.filter(|_| !request.partial);
    if let Some((_, lines)) = whole {
        let known = request.lines.or_else(|| edition.count(lines, interval.from));
        match known {
            Some(known) if known != taken.read => return Err(Refusal::Incomplete(taken.read, known)),
            Some(_) => {}
            None => return Err(unusable("how many lines the whole list had on that day is not known: say it with --lines, or --partial")),
        }
    }
    let copy = std::format!("{}.supplied.{}", kind.destination, kind.name);
    let cite = std::format!("{law} {copy}");
    for rows in taken.tables {
        if !rows.entries.is_empty() {
            edition.put_rows(&rows, interval, &cite, whole.is_some()).map_err(unusable)?;
        }
    }
    if let Some((complete, _)) = whole {
        edition.put_count(complete, 1, interval, &[law, &copy]).map_err(unusable)?;
    }
    let hash = fingerprints::hash(request.bytes);
    let read = std::format!("supplied by the shop: {} rows, SHA-256 of the file {hash}", taken.read);
    edition.put_instrument(&copy, kind.title, &read).map_err(unusable)?;
    let mark = std::format!("{}.{}", kind.name, interval.from.map(Date::text).unwrap_or_default());
    let version = edition.mark_version(kind.name, &mark).map_err(unusable)?;

    let mut sources = edition.close();
    let packs = compile_all(&sources).map_err(Refusal::Faults)?;
    for compiled in &packs {
        if decode(&encode(&compiled.pack)).is_err() {
            return Err(unusable("the pack that comes of it cannot be loaded"));
        }
    }
    sources.add(fingerprints::FILE, &fingerprints::text(&packs));
    Ok(Imported { sources, version, rows: taken.read, interval, notes: taken.notes })
}

/// When what is imported is in force.
fn interval(request: &Request<'_>) -> Result<Interval, &'static str> {
    let kind = &request.kind;
    if request.from.is_none() && request.instrument.is_some_and(|instrument| instrument != kind.law) {
        return Err("--from is missing: the first day that the instrument is in force");
    }
    let (year, month, day) = kind.from;
    let from = request.from.or_else(|| Date::new(year, month, day)).ok_or("--from: not a day")?;
    let year_end = || from.year().checked_add(1).and_then(|year| Date::new(year, 1, 1)).filter(|_| kind.yearly);
    let to = request.to.or_else(year_end);
    if to.is_some_and(|to| to <= from) {
        return Err("--to is the first day no longer in force, and must be after --from");
    }
    Ok(Interval { from: Some(from), to })
}
