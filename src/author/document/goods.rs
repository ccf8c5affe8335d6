//! The tables of codes by chapter, and what is not known.

use super::markdown::code;
use super::{Page, Table};
use crate::author::coverage::Coverage;
use crate::author::hs6;
use crate::author::proposals::{self, Article};
use crate::codes::DigitCode;
use crate::formula::Value;
use crate::pack::{Grade, KeyKind, ValueKind};
use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

impl Page<'_> {
    pub(super) fn goods(&self) -> String {
        let coverage = Coverage::of(&self.compiled.pack, self.date);
        let rows = coverage.rows();
        let answers = self.answers();
        let mut text = format!(
            "## Goods\n\nSubheadings of the Harmonized System of 2022 with an answer on {}, by chapter. `~` counts those that rest on grade C, `+` \
             those where only some of the longer codes have an answer. In brackets, what the answer is.\n\n",
            self.date.text()
        );
        let mut rows = rows.into_iter();
        let headings = rows.next().unwrap_or_default();
        let mut table = Table::new(&headings.iter().map(String::as_str).collect::<Vec<_>>());
        for mut row in rows {
            let chapter = row.first().cloned().unwrap_or_default();
            // Behind the chapter and the number of its subheadings come the columns.
            for (column, cell) in row.iter_mut().skip(2).enumerate() {
                if let Some(said) = answers.get(&(chapter.clone(), column)) {
                    let said: Vec<String> = said.iter().map(|(value, count)| format!("{value} {count}")).collect();
                    cell.push_str(&format!(" ({})", said.join(", ")));
                }
            }
            table.row(row);
        }
        text.push_str(&table.text());
        text
    }

    /// How many subheadings of a chapter have which code in which column.
    fn answers(&self) -> BTreeMap<(String, usize), BTreeMap<String, usize>> {
        let mut answers: BTreeMap<(String, usize), BTreeMap<String, usize>> = BTreeMap::new();
        let tables = self.compiled.pack.tables.iter().filter(|table| table.key == KeyKind::HsCode);
        let columns: Vec<_> = tables.flat_map(|table| (0..table.columns.len()).map(move |column| (table, column))).collect();
        for subheading in hs6::all() {
            let (Some(chapter), Some(digits)) = (subheading.get(..2), DigitCode::parse(subheading, 6, 6)) else { continue };
            for (number, (table, column)) in columns.iter().enumerate() {
                let cell = table.find(&digits, self.date).and_then(|row| row.cells.get(*column)?.as_ref());
                let Some(Value::Code(value)) = cell else { continue };
                for name in [chapter, "total"] {
                    let count = answers.entry((name.to_string(), number)).or_default().entry(value.clone()).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
        answers
    }

    pub(super) fn unknown(&self) -> String {
        let pack = &self.compiled.pack;
        let mut text = String::from("## What is not known\n\nInstruments of grade C; what rests on them is an estimate:\n\n");
        if let Some(file) = self.file("instruments.toml") {
            for section in file.section(&self.faults).sections("instrument") {
                let [id, grade, title, read] = ["id", "grade", "title-en", "read"].map(|key| super::law::text(&section, key));
                if grade == Grade::C.name() {
                    text.push_str(&format!("- {}: {title} ({read})\n", code(&id)));
                }
            }
        }
        let tables = pack.tables.iter().zip(&self.compiled.table_files).filter(|(table, _)| table.key == KeyKind::HsCode);
        for (table, file) in tables {
            let rows = proposals::articles(self.sources.get(file).unwrap_or_default());
            for (column, kind) in &table.columns {
                let in_force = |row: &&Article| row.interval.contains(self.date);
                let empty: Vec<&Article> = rows.iter().filter(in_force).filter(|row| row.cell(column).is_none()).collect();
                // A number that most rows have no need of, such as the rate of a tax on few goods, is not unknown.
                if empty.is_empty() || (*kind == ValueKind::Number && empty.len().saturating_mul(2) > rows.len()) {
                    continue;
                }
                text.push_str(&format!("\nNo answer in `{}.{column}`:\n\n", table.id));
                for row in empty {
                    text.push_str(&format!("- {}: {}\n", row.code, row.cell("name").unwrap_or_default()));
                }
            }
        }
        text.push_str("\nA code that no table has is unknown too.\n");
        text
    }
}
