//! Putting an edition of something into rule sources: rows, a parameter's value, an instrument, a mark in the version. What stands there otherwise
//! stays as it was written.

use super::Rows;
use crate::author::compile_all;
use crate::author::fault::Fault;
use crate::author::sources::Sources;
use crate::date::{Date, Interval};
use std::collections::BTreeSet;
use std::string::{String, ToString};
use std::vec::Vec;
use toml_edit::{Array, ArrayOfTables, Datetime, DocumentMut, InlineTable, Item, Table, Value, value};

/// A destination's sources, open for a change.
pub struct Edition {
    sources: Sources,
    destination: &'static str,
}

type Changed = Result<(), &'static str>;

const PARAMETERS: &str = "parameters.toml";
const INSTRUMENTS: &str = "instruments.toml";
const PACK: &str = "pack.toml";

impl Edition {
    /// Opens sources that have no fault.
    pub fn open(sources: &Sources, destination: &'static str) -> Result<Self, Vec<Fault>> {
        compile_all(sources)?;
        Ok(Self { sources: sources.clone(), destination })
    }

    /// The sources as they are now.
    pub fn close(self) -> Sources {
        self.sources
    }

    fn path(&self, file: &str) -> String {
        std::format!("{}/{file}", self.destination)
    }

    fn document(&self, file: &str) -> Option<DocumentMut> {
        self.sources.get(&self.path(file))?.parse().ok()
    }

    fn keep(&mut self, file: &str, text: &str) {
        let path = self.path(file);
        self.sources.add(&path, text);
    }

    /// Whether there is such an instrument.
    pub fn has_instrument(&self, id: &str) -> bool {
        self.document(INSTRUMENTS).is_some_and(|document| document.get("instrument").and_then(|item| find(item, id)).is_some())
    }

    /// The value of a parameter that is a count, on a day.
    pub fn count(&self, id: &str, day: Option<Date>) -> Option<usize> {
        let document = self.document(PARAMETERS)?;
        let values = find(document.get("parameter")?, id)?.get("values")?.as_array()?;
        let dated = values.iter().filter_map(Value::as_inline_table).find(|dated| day.is_some_and(|day| dates(dated).contains(day)))?;
        dated.get("value")?.as_str()?.parse().ok()
    }

    /// Puts rows into a table. What the table says of the same codes, or of any where these are all, ends where they begin.
    pub fn put_rows(&mut self, new: &Rows, interval: Interval, cite: &str, all: bool) -> Changed {
        const OTHER: &str = "the table of the rules has other columns than this import writes";
        let text = self.sources.get(&self.path(new.file)).ok_or("the rules have no table for this import")?;
        let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|_| OTHER)?.clone();
        let expected = ["code", "from", "to"].iter().chain(new.columns).chain(&["cite", "name"]);
        if !header.iter().eq(expected.copied()) {
            return Err(OTHER);
        }
        let codes: BTreeSet<&str> = new.entries.iter().map(|entry| entry.code.as_str()).collect();
        let same = |code: &str| all || (2..=code.len()).any(|length| code.get(..length).is_some_and(|prefix| codes.contains(prefix)));
        let mut rows: Vec<Vec<String>> = Vec::new();
        for record in reader.records() {
            let record: Vec<String> = record.map_err(|_| OTHER)?.iter().map(str::to_string).collect();
            let [code, from, to, rest @ ..] = record.as_slice() else { return Err(OTHER) };
            if !same(code) {
                rows.push(record);
                continue;
            }
            for left in without(Interval { from: Date::parse(from), to: Date::parse(to) }, interval) {
                rows.push([&[code.clone(), written(left.from), written(left.to)], rest].concat());
            }
        }
        for entry in &new.entries {
            let mut row = std::vec![entry.code.clone(), written(interval.from), written(interval.to)];
            row.extend(entry.cells.iter().cloned());
            row.extend([cite.to_string(), entry.name.clone()]);
            rows.push(row);
        }
        // The first two fields are the code and the first day.
        rows.sort_by(|one, other| one.iter().take(2).cmp(other.iter().take(2)));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&header).map_err(|_| OTHER)?;
        for row in rows {
            writer.write_record(row).map_err(|_| OTHER)?;
        }
        let bytes = writer.into_inner().map_err(|_| OTHER)?;
        let text = String::from_utf8(bytes).map_err(|_| OTHER)?;
        self.keep(new.file, &text);
        Ok(())
    }

    /// Gives a parameter that is a count this value while the edition is in force.
    pub fn put_count(&mut self, id: &str, count: u8, interval: Interval, cite: &[&str]) -> Changed {
        const MISSING: &str = "the rules have no parameter for this import";
        let mut document = self.document(PARAMETERS).ok_or(MISSING)?;
        let parameter = document.get_mut("parameter").and_then(|item| find_mut(item, id)).ok_or(MISSING)?;
        let mut values: Vec<(Interval, InlineTable)> = Vec::new();
        for dated in parameter.get("values").and_then(Item::as_array).ok_or(MISSING)?.iter().filter_map(Value::as_inline_table) {
            values.extend(without(dates(dated), interval).into_iter().map(|left| (left, dated.clone())));
        }
        let mut dated = InlineTable::new();
        dated.insert("value", count.to_string().into());
        dated.insert("cite", Value::Array(cite.iter().copied().collect()));
        values.push((interval, dated));
        values.sort_by_key(|(interval, _)| interval.from);
        let mut array = Array::new();
        for (interval, rest) in values {
            let mut table = InlineTable::new();
            for (key, date) in [("from", interval.from), ("to", interval.to)] {
                if let Some(date) = date.and_then(|date| date.text().parse::<Datetime>().ok()) {
                    table.insert(key, date.into());
                }
            }
            for (key, value) in rest.iter().filter(|(key, _)| !["from", "to"].contains(key)) {
                table.insert(key, value.clone());
            }
            table.fmt();
            array.push_formatted(Value::InlineTable(table).decorated("\n  ", ""));
        }
        array.set_trailing("\n");
        array.set_trailing_comma(true);
        parameter.insert("values", value(array));
        self.keep(PARAMETERS, &document.to_string());
        Ok(())
    }

    /// Puts the instrument that stands for a file there, or says anew what was read.
    pub fn put_instrument(&mut self, id: &str, title: &str, read: &str) -> Changed {
        const MISSING: &str = "the rules have no instruments";
        let mut document = self.document(INSTRUMENTS).ok_or(MISSING)?;
        let instruments = document.get_mut("instrument").ok_or(MISSING)?;
        match find_mut(instruments, id) {
            Some(instrument) => drop(instrument.insert("read", value(read))),
            None => {
                let mut instrument = Table::new();
                for (key, text) in [("id", id), ("issuer", "The shop"), ("title-en", title), ("grade", "B"), ("read", read)] {
                    instrument.insert(key, value(text));
                }
                instruments.as_array_of_tables_mut().ok_or(MISSING)?.push(instrument);
            }
        }
        self.keep(INSTRUMENTS, &document.to_string());
        Ok(())
    }

    /// Marks the version of the rules: after a plus sign stands what was imported, once for each kind. Gives the version.
    pub fn mark_version(&mut self, kind: &str, mark: &str) -> Result<String, &'static str> {
        const MISSING: &str = "the rules have no version";
        let mut document = self.document(PACK).ok_or(MISSING)?;
        let version = document.get("version").and_then(Item::as_str).ok_or(MISSING)?;
        let (own, marks) = version.split_once('+').unwrap_or((version, ""));
        let of_kind = |other: &&str| other.strip_prefix(kind).is_some_and(|rest| rest.starts_with('.'));
        let mut marks: Vec<&str> = marks.split('+').filter(|other| !other.is_empty() && !of_kind(other)).collect();
        marks.push(mark);
        marks.sort_unstable();
        let version = std::format!("{own}+{}", marks.join("+"));
        let item = document.get_mut("version").and_then(Item::as_value_mut).ok_or(MISSING)?;
        let decor = item.decor().clone();
        *item = version.as_str().into();
        *item.decor_mut() = decor;
        self.keep(PACK, &document.to_string());
        Ok(version)
    }
}

/// The table with an id.
fn find<'i>(tables: &'i Item, id: &str) -> Option<&'i Table> {
    tables.as_array_of_tables().map(ArrayOfTables::iter)?.find(|table| table.get("id").and_then(Item::as_str) == Some(id))
}

fn find_mut<'i>(tables: &'i mut Item, id: &str) -> Option<&'i mut Table> {
    tables.as_array_of_tables_mut().map(ArrayOfTables::iter_mut)?.find(|table| table.get("id").and_then(Item::as_str) == Some(id))
}

/// The dates of a dated value.
fn dates(dated: &InlineTable) -> Interval {
    let date = |key: &str| dated.get(key).and_then(Value::as_datetime).and_then(|datetime| Date::parse(&datetime.to_string()));
    Interval { from: date("from"), to: date("to") }
}

fn written(date: Option<Date>) -> String {
    date.map(Date::text).unwrap_or_default()
}

/// What is left of an interval when another is taken out.
fn without(whole: Interval, taken: Interval) -> Vec<Interval> {
    if !whole.overlaps(&taken) {
        return std::vec![whole];
    }
    let before = taken.from.filter(|from| whole.from.is_none_or(|begin| begin < *from));
    let after = taken.to.filter(|to| whole.to.is_none_or(|end| *to < end));
    let before = before.map(|from| Interval { from: whole.from, to: Some(from) });
    let after = after.map(|to| Interval { from: Some(to), to: whole.to });
    before.into_iter().chain(after).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(text: &str) -> Interval {
        let (from, to) = text.split_once("..").unwrap_or_default();
        Interval { from: Date::parse(from), to: Date::parse(to) }
    }

    #[test]
    fn an_edition_takes_its_time_out_of_what_was_before() {
        for (whole, taken, left) in [
            ("..", "2022-03-01..", "..2022-03-01"),
            ("2019-01-01..", "2022-03-01..", "2019-01-01..2022-03-01"),
            ("2022-03-01..", "2022-03-01..", ""),
            ("2023-01-01..2024-01-01", "2022-03-01..", ""),
            ("2019-01-01..2022-03-01", "2022-03-01..", "2019-01-01..2022-03-01"),
            ("2019-01-01..2022-03-02", "2022-03-01..", "2019-01-01..2022-03-01"),
            ("..", "2026-01-01..2027-01-01", "..2026-01-01 2027-01-01.."),
            ("2026-06-01..2028-01-01", "2026-01-01..2027-01-01", "2027-01-01..2028-01-01"),
            ("2027-01-01..", "2026-01-01..2027-01-01", "2027-01-01.."),
        ] {
            let found: Vec<_> = without(interval(whole), interval(taken));
            let expected: Vec<_> = left.split(' ').filter(|left| !left.is_empty()).map(interval).collect();
            assert_eq!(found, expected, "{whole} without {taken}");
        }
    }
}
