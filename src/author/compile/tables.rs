//! Tables of codes, from CSV.

use super::Builder;
use crate::author::fault::hint;
use crate::author::formula::{Kind, Level, Units};
use crate::author::section::{Placed, Section};
use crate::codes::{Country, DigitCode};
use crate::date::{Date, Interval};
use crate::formula::{Name, Value};
use crate::money::parse_decimal;
use crate::pack::{KeyKind, Row, Table, ValueKind};
use std::string::{String, ToString};
use std::vec::Vec;

/// A column as `pack.toml` declares it.
struct Column {
    id: String,
    kind: ValueKind,
    /// For codes: every value allowed.
    values: Vec<String>,
}

/// What a table can be looked up by.
const KEYS: [(&str, KeyKind); 4] = [
    ("hs-code", KeyKind::HsCode),
    ("article-code", KeyKind::ArticleCode),
    ("ship-to", KeyKind::ShipTo),
    ("ship-to-area", KeyKind::ShipToArea),
];

impl Builder<'_> {
    pub(super) fn tables(&mut self, main: &Section<'_>) {
        for section in main.sections("table") {
            let (id, file) = (section.id("id"), section.required("file"));
            let key = section.one_of("key", &KEYS);
            let key = key.unwrap_or(KeyKind::HsCode);
            let columns = self.columns(&section, id.as_ref(), if key.is_place() { Level::Basket } else { Level::Line });
            section.finish();
            let (Some(id), Some(file)) = (id, file) else { continue };
            if self.pack.tables.iter().any(|other| other.id == id.text) {
                section.fault(id.offset, std::format!("there is a table `{}` already", id.text));
            }
            let path = std::format!("{}{}", self.folder, file.text);
            if self.sources.get(&path).is_none() {
                section.fault(file.offset, std::format!("there is no file `{}`", file.text));
            }
            let rows = self.rows(&path, key, &columns);
            self.used.insert(path.clone());
            let kinds = columns.into_iter().map(|column| (column.id, column.kind)).collect();
            match Table::new(id.text, key, kinds, &rows) {
                Some(table) => {
                    self.pack.tables.push(table);
                    self.table_files.push(path);
                }
                None => self.faults.at(&path, 0, "more rows than a pack's table holds"),
            }
        }
    }

    /// A place as tables hold it.
    fn place_code(&self, key: KeyKind, text: &str) -> Option<DigitCode> {
        let (country, area) = match (key, text.split_once('-')) {
            (KeyKind::ShipToArea, Some((country, area))) if (1..=3).contains(&area.len()) => (country, area),
            (KeyKind::ShipTo, None) => (text, ""),
            _ => return None,
        };
        let country = Country::parse(country).filter(|country| self.pack.destinations.contains(country))?;
        DigitCode::of_place(country.code(), area)
    }

    /// The columns of a table, whose names formulas can use.
    fn columns(&mut self, section: &Section<'_>, table: Option<&Placed>, level: Level) -> Vec<Column> {
        let mut columns = Vec::new();
        for column in section.sections("column") {
            let (id, kind, values) = (column.id("id"), column.required("type"), column.texts("values"));
            column.finish();
            let (Some(id), Some(kind)) = (id, kind) else { continue };
            let values: Vec<String> = values.into_iter().map(|value| value.text).collect();
            let (value, name) = match kind.text.as_str() {
                "code" => (ValueKind::Code, Kind::Code(Some(values.clone()).filter(|values| !values.is_empty()))),
                "truth" => (ValueKind::Truth, Kind::Truth),
                "rate" | "number" => (ValueKind::Number, Kind::Number(Units::PLAIN)),
                unit => {
                    let units = Units::parse(unit, &self.currency);
                    if units.is_none() {
                        column.fault(kind.offset, std::format!("unknown type `{unit}`"));
                    }
                    (ValueKind::Number, units.map_or(Kind::Unknown, Kind::Number))
                }
            };
            if value == ValueKind::Code && values.is_empty() {
                column.fault(column.place("values"), "`values` is missing: list every code");
            }
            let numbers = u8::try_from(self.pack.tables.len()).ok().zip(u8::try_from(columns.len()).ok());
            match (table, numbers) {
                (Some(table), Some((number, place))) => {
                    let text = std::format!("{}.{}", table.text, id.text);
                    self.name(&column, &id, &text, Name::Cell(number, place), name, level);
                }
                (_, None) => column.fault(column.offset, "too many columns"),
                _ => {}
            }
            columns.push(Column { id: id.text, kind: value, values });
        }
        if columns.is_empty() {
            section.missing("column");
        }
        columns
    }

    fn rows(&mut self, path: &str, key: KeyKind, columns: &[Column]) -> Vec<(String, Row)> {
        let sources = self.sources;
        let Some(text) = sources.get(path) else { return Vec::new() };
        self.faults.file(path, text);
        let mut header = std::vec!["code", "from", "to"];
        header.extend(columns.iter().map(|column| column.id.as_str()));
        header.extend(["cite", "name"]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows: Vec<(String, Row)> = Vec::new();
        for (number, record) in reader.records().enumerate() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let offset = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
                    self.faults.at(path, offset, "not CSV");
                    return rows;
                }
            };
            let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            if number == 0 {
                if record.iter().ne(header.iter().copied()) {
                    self.faults.at(path, start, std::format!("the header must be `{}`", header.join(",")));
                    return rows;
                }
                continue;
            }
            if record.len() != header.len() {
                self.faults.at(path, start, std::format!("{} fields where the header has {}", record.len(), header.len()));
                continue;
            }
            if let Some(row) = self.row(path, start, &record, key, columns) {
                let mut same = rows.iter().rev().take_while(|(code, _)| *code == row.0);
                if same.any(|(_, other)| other.interval.overlaps(&row.1.interval)) {
                    self.faults.at(path, start, std::format!("`{}` has a row for these dates already", row.0));
                } else if rows.last().is_some_and(|(code, last)| (code, last.interval.from) > (&row.0, row.1.interval.from)) {
                    self.faults.at(path, start, std::format!("`{}` is out of order: rows are sorted by code, then date", row.0));
                }
                rows.push(row);
            }
        }
        rows
    }

    fn row(&mut self, path: &str, start: usize, record: &csv::StringRecord, key: KeyKind, columns: &[Column]) -> Option<(String, Row)> {
        let faults = self.faults;
        // The field's own place, counted through the fields before it.
        let place = |field: usize| {
            record.iter().take(field).fold(start, |offset, text| {
                let quotes = if text.contains([',', '"']) { 2 } else { 0 };
                offset.saturating_add(text.len()).saturating_add(quotes).saturating_add(1)
            })
        };
        let fault = |field: usize, message: String| faults.at(path, place(field), message);
        let code = record.get(0).unwrap_or_default();
        let place_code = key.is_place().then(|| self.place_code(key, code));
        if let Some(digits) = &place_code {
            if digits.is_none() {
                fault(0, "not the code of a destination of this pack, as `CA`, or of a subdivision of it, as `CA-ON`".to_string());
            }
        } else if !(code.len() == 2 || (4..=10).contains(&code.len())) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            fault(0, "a code has 2 or 4 to 10 digits".to_string());
            return None;
        }
        let code = match place_code {
            Some(digits) => digits?.as_str().to_string(),
            None => code.to_string(),
        };
        let date = |field: usize| match record.get(field).unwrap_or_default() {
            "" => None,
            text => {
                let date = Date::parse(text);
                if date.is_none() {
                    fault(field, "not a date, as 2026-01-31".to_string());
                }
                date
            }
        };
        let interval = Interval { from: date(1), to: date(2) };
        if interval.from.zip(interval.to).is_some_and(|(from, to)| to <= from) {
            fault(2, "`to` is the first day no longer in force, and must be after `from`".to_string());
        }
        let mut cells = Vec::new();
        for (number, column) in columns.iter().enumerate() {
            let field = number.saturating_add(3);
            let text = record.get(field).unwrap_or_default();
            let cell = match (column.kind, text) {
                (_, "") => None,
                (ValueKind::Truth, "true") => Some(Value::Truth(true)),
                (ValueKind::Truth, "false") => Some(Value::Truth(false)),
                (ValueKind::Number, _) if parse_decimal(text).is_some() => parse_decimal(text).map(Value::Number),
                (ValueKind::Code, _) if column.values.is_empty() || column.values.iter().any(|value| value == text) => {
                    Some(Value::Code(text.to_string()))
                }
                _ => {
                    let near = hint(text, column.values.iter().map(String::as_str));
                    fault(field, std::format!("`{text}` is no value of `{}`{near}", column.id));
                    None
                }
            };
            cells.push(cell);
        }
        let cited = columns.len().saturating_add(3);
        let mut citations = Vec::new();
        for text in record.get(cited).unwrap_or_default().split_whitespace() {
            match self.citation(text) {
                Some(citation) => citations.push(citation),
                None => faults.at(path, place(cited), self.uncitable(text)),
            }
        }
        if record.get(cited).unwrap_or_default().trim().is_empty() {
            faults.at(path, place(cited), "`cite` is missing: say which law this rests on");
        }
        Some((code, Row { interval, cells, citations }))
    }
}
