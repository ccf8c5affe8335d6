//! What a pack's tables answer, by chapter of the Harmonized System.

use super::hs6;
use crate::codes::DigitCode;
use crate::date::Date;
use crate::pack::{Grade, KeyKind, Pack, Row, Table};
use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// How many subheadings of a chapter a column answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// With an answer for the whole subheading.
    pub whole: usize,
    /// Of these, with an answer that rests on an instrument of grade C.
    pub estimated: usize,
    /// With an answer for some of the destination's own longer codes only.
    pub part: usize,
}

/// A chapter, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    /// How many subheadings it has.
    pub subheadings: usize,
    /// What each column answers.
    pub columns: Vec<Answered>,
}

/// What the columns of a pack's commodity tables answer on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The columns, as formulas name them.
    pub columns: Vec<String>,
    /// The chapters, by their two digits.
    pub chapters: BTreeMap<&'static str, Chapter>,
    /// All chapters together.
    pub total: Chapter,
}

impl Coverage {
    /// Counts a pack's answers on a date.
    #[must_use]
    pub fn of(pack: &Pack, date: Date) -> Self {
        let tables: Vec<&Table> = pack.tables.iter().filter(|table| table.key == KeyKind::HsCode).collect();
        let named = |table: &&Table| table.columns.iter().map(|(id, _)| format!("{}.{id}", table.id)).collect::<Vec<_>>();
        let columns: Vec<String> = tables.iter().flat_map(named).collect();
        let empty = || Chapter { subheadings: 0, columns: std::vec![Answered::default(); columns.len()] };
        let (mut chapters, mut total) = (BTreeMap::new(), empty());
        let longer: Vec<_> = tables.iter().map(|table| longer(table, date)).collect();
        for code in hs6::all() {
            let (Some(chapter), Some(digits)) = (code.get(..2), DigitCode::parse(code, 6, 6)) else { continue };
            let answers = tables.iter().zip(&longer).flat_map(|(table, longer)| {
                let row = table.find(&digits, date);
                let parts = longer.get(code).map_or(&[][..], Vec::as_slice);
                (0..table.columns.len()).map(move |column| answered(pack, row, parts, column))
            });
            let answers: Vec<Answered> = answers.collect();
            for place in [chapters.entry(chapter).or_insert_with(empty), &mut total] {
                place.subheadings = place.subheadings.saturating_add(1);
                for (sum, answer) in place.columns.iter_mut().zip(&answers) {
                    sum.whole = sum.whole.saturating_add(answer.whole);
                    sum.estimated = sum.estimated.saturating_add(answer.estimated);
                    sum.part = sum.part.saturating_add(answer.part);
                }
            }
        }
        Self { columns, chapters, total }
    }

    /// A row of text for each chapter, and one for all.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = std::vec![std::vec!["chapter".to_string(), "codes".to_string()]];
        rows.iter_mut().for_each(|row| row.extend(self.columns.iter().cloned()));
        let row = |name: &str, chapter: &Chapter| {
            let mut row = std::vec![name.to_string(), chapter.subheadings.to_string()];
            row.extend(chapter.columns.iter().map(|answered| answered.text()));
            row
        };
        rows.extend(self.chapters.iter().map(|(digits, chapter)| row(digits, chapter)));
        rows.push(row("total", &self.total));
        rows
    }
}

impl Answered {
    /// `12 ~3 +4`: twelve answered, three of them estimated, and four in part.
    #[must_use]
    pub fn text(&self) -> String {
        let more = |sign: &str, number: usize| if number == 0 { String::new() } else { format!(" {sign}{number}") };
        format!("{}{}{}", self.whole, more("~", self.estimated), more("+", self.part))
    }
}

/// The rows in force for codes longer than a subheading, by their subheading.
fn longer(table: &Table, date: Date) -> BTreeMap<String, Vec<&Row>> {
    let mut found: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
    for (code, row) in table.coded_rows() {
        if let Some(subheading) = code.get(..6).filter(|_| code.len() > 6 && row.interval.contains(date)) {
            found.entry(subheading.to_string()).or_default().push(row);
        }
    }
    found
}

fn answered(pack: &Pack, row: Option<&Row>, longer: &[&Row], column: usize) -> Answered {
    let holds = |row: &&Row| row.cells.get(column).is_some_and(Option::is_some);
    let row = row.filter(holds);
    let weak = row.is_some_and(|row| row.citations.iter().any(|number| grade(pack, *number) == Some(Grade::C)));
    Answered {
        whole: usize::from(row.is_some()),
        estimated: usize::from(weak),
        part: usize::from(row.is_none() && longer.iter().any(holds)),
    }
}

/// How well the instrument behind a citation is known.
fn grade(pack: &Pack, citation: u16) -> Option<Grade> {
    let citation = pack.citations.get(usize::from(citation))?;
    pack.instruments.get(usize::from(citation.instrument)).map(|instrument| instrument.grade)
}
