//! Columns found by their headers, and the lines below them.

use super::sheet::{Cell, Readings, Row, Sheet, column_name};
use std::collections::BTreeMap;
use std::string::String;
use std::vec::Vec;

/// A header stands within so many rows from the top; before it are titles.
const DEEPEST: usize = 40;

/// A column that an import knows.
#[derive(Debug)]
pub struct Column {
    /// What it is called here.
    pub id: &'static str,
    /// How its header can be written: small letters, without spaces and signs.
    pub headers: &'static [&'static str],
}

/// A header row's columns.
#[derive(Clone, Debug)]
struct Header {
    /// By the id of the column: which it is, and whether its header says that its figures are per cent.
    columns: BTreeMap<&'static str, (usize, bool)>,
}

/// A row below a header.
#[derive(Clone, Debug)]
pub struct Line {
    sheet: Option<usize>,
    row: usize,
    header: Header,
    cells: BTreeMap<usize, Cell>,
}

impl Line {
    /// The cell of a column.
    pub fn cell(&self, id: &str) -> Option<&Cell> {
        self.header.columns.get(id).and_then(|(column, _)| self.cells.get(column))
    }

    /// Whether the header of a column says that its figures are per cent.
    pub fn in_per_cent(&self, id: &str) -> bool {
        self.header.columns.get(id).is_some_and(|(_, percent)| *percent)
    }

    /// Its place in words: `sheet 1, row 5`.
    pub fn place(&self) -> String {
        let sheet = self.sheet.map(|sheet| std::format!("sheet {sheet}, ")).unwrap_or_default();
        std::format!("{sheet}row {}", self.row)
    }

    /// The place of a column in it: `sheet 1, row 5, column B`.
    pub fn place_of(&self, id: &str) -> String {
        let column = self.header.columns.get(id).map(|(column, _)| std::format!(", column {}", column_name(*column)));
        std::format!("{}{}", self.place(), column.unwrap_or_default())
    }
}

/// The lines of a file.
#[derive(Debug, Default)]
pub struct Lines {
    /// In the order of the file.
    pub lines: Vec<Line>,
    /// How many rows below a header were passed over: titles and notes, which are one cell wide, and repeated headers.
    pub passed: usize,
}

/// The lines below the headers of every sheet that has one. A header has the column `first`, and one of `others` unless there are none.
///
/// # Errors
///
/// When no sheet has a header, or a header has a column twice.
pub fn lines(readings: &Readings, known: &'static [Column], first: &'static str, others: &[&str]) -> Result<Lines, String> {
    for sheets in readings {
        let mut found = Lines::default();
        let mut any = false;
        for sheet in sheets {
            any |= lines_of(sheet, known, first, others, &mut found)?;
        }
        if any {
            return Ok(found);
        }
    }
    let names =
        |id: &str| known.iter().find(|column| column.id == id).map(|column| column.headers.iter().take(2).copied().collect::<Vec<_>>());
    let written = |id: &str| names(id).unwrap_or_default().join(" or ");
    let others: Vec<String> = others.iter().map(|id| written(id)).collect();
    let more = if others.is_empty() { String::new() } else { std::format!(", and one of: {}", others.join(", ")) };
    Err(std::format!("no row of headers in the first {DEEPEST}: expected a column such as {}{more}", written(first)))
}

fn lines_of(sheet: &Sheet, known: &'static [Column], first: &str, others: &[&str], found: &mut Lines) -> Result<bool, String> {
    let mut header: Option<Header> = None;
    for (number, row) in sheet.rows.iter().enumerate() {
        match header_of(row, known, first, others)? {
            Some(again) => {
                found.passed = found.passed.saturating_add(usize::from(header.is_some()));
                header = Some(again);
            }
            None => match &header {
                None if number >= DEEPEST => return Ok(false),
                None => {}
                Some(header) => {
                    let line = Line { sheet: sheet.number, row: row.number, header: header.clone(), cells: row.cells.clone() };
                    if line.cell(first).is_none() && row.cells.len() <= 1 {
                        found.passed = found.passed.saturating_add(1);
                    } else {
                        found.lines.push(line);
                    }
                }
            },
        }
    }
    Ok(header.is_some())
}

/// The columns of a row, if it is a header.
fn header_of(row: &Row, known: &'static [Column], first: &str, others: &[&str]) -> Result<Option<Header>, String> {
    let mut columns = BTreeMap::new();
    let mut twice = None;
    for (place, cell) in &row.cells {
        let Cell::Text(text) = cell else { continue };
        if let Some((column, percent)) = recognised(text, known)
            && let Some((other, _)) = columns.insert(column.id, (*place, percent))
        {
            twice = Some((other, *place, column));
        }
    }
    if !columns.contains_key(first) || !(others.is_empty() || others.iter().any(|id| columns.contains_key(id))) {
        return Ok(None);
    }
    match twice {
        Some((one, other, column)) => Err(std::format!(
            "row {}: columns {} and {} are both headed as {}; leave one",
            row.number,
            column_name(one),
            column_name(other),
            column.headers.first().copied().unwrap_or_default()
        )),
        None => Ok(Some(Header { columns })),
    }
}

/// The column that a header names, and whether it says per cent.
fn recognised(text: &str, known: &'static [Column]) -> Option<(&'static Column, bool)> {
    let lower = text.to_lowercase();
    let percent = ["%", "percent", "per cent", "pct", "百分"].iter().any(|word| lower.contains(word));
    let plain = |text: &str| -> String { text.chars().filter(|letter| letter.is_alphanumeric()).collect() };
    // The whole header, what stands before a bracket, and either without the word for per cent or a year in front.
    let candidates = [plain(&lower), plain(lower.split('(').next().unwrap_or_default())].map(|text| {
        let text = ["percent", "pct"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(&text);
        let year = text.split_once('年').filter(|(year, _)| !year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit()));
        year.map_or(text, |(_, rest)| rest).to_lowercase()
    });
    let column = known.iter().find(|column| candidates.iter().any(|text| column.headers.contains(&text.as_str())))?;
    Some((column, percent))
}
