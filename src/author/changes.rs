//! What differs between the law of two days.

use super::listing;
use super::texts::Texts;
use crate::date::{Date, Interval};
use crate::pack::{DatedValue, Pack, Row, Table};
use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// The two days whose law is compared.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// The earlier.
    pub before: Date,
    /// The later.
    pub after: Date,
}

/// What differs, as lines of text in groups with a heading each; empty when nothing does.
#[must_use]
pub fn text(pack: &Pack, texts: Option<&Texts>, days: Days) -> String {
    let labels = Labels(texts);
    let mut groups = std::vec![("parameters".to_string(), parameters(pack, &labels, days))];
    groups.extend(pack.tables.iter().map(|table| (format!("table {}", table.id), rows(pack, table, days))));
    let regimes = pack.regimes.iter().filter_map(|regime| {
        let law = listing::citations(pack, &regime.citations);
        Some(format!("{} {} [{law}]", days.turn(regime.interval)?, labels.named("regime", &regime.id)))
    });
    groups.push(("regimes".to_string(), regimes.collect()));
    let checks = pack.checks.iter().chain(pack.regimes.iter().flat_map(|regime| &regime.checks)).filter_map(|check| {
        let (notice, law) = (&check.notice, listing::citations(pack, &check.notice.citations));
        let turn = days.turn(check.interval)?;
        Some(format!("{turn} {}: {} {} [{law}]", labels.named("check", &check.id), notice.code.name(), notice.level.name()))
    });
    groups.push(("checks".to_string(), checks.collect()));
    let mut text = String::new();
    for (heading, lines) in groups.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        text.push_str(&format!("{heading}\n"));
        lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
    }
    text
}

impl Days {
    /// Whether something begins or ends between the days.
    fn turn(self, interval: Interval) -> Option<&'static str> {
        match (interval.contains(self.before), interval.contains(self.after)) {
            (false, true) => Some("begins"),
            (true, false) => Some("ends"),
            _ => None,
        }
    }
}

struct Labels<'a>(Option<&'a Texts>);

impl Labels<'_> {
    /// An id with its label behind it.
    fn named(&self, kind: &str, id: &str) -> String {
        let label = self.0.and_then(|texts| texts.get(kind)?.get(id));
        label.map_or_else(|| id.to_string(), |label| format!("{id} ({label})"))
    }
}

fn parameters(pack: &Pack, labels: &Labels<'_>, days: Days) -> Vec<String> {
    let mut lines = Vec::new();
    for parameter in &pack.parameters {
        let on = |date| parameter.values.iter().find(|value| value.interval.contains(date));
        let (before, after) = (on(days.before), on(days.after));
        if before != after {
            let name = labels.named("parameter", &parameter.id);
            lines.push(format!("{name}: {} → {}", value(pack, before), value(pack, after)));
        }
    }
    lines
}

fn value(pack: &Pack, value: Option<&DatedValue>) -> String {
    value.map_or_else(|| "none".to_string(), |value| format!("{} [{}]", value.value, listing::citations(pack, &value.citations)))
}

/// The rows that differ; codes with the same difference are on one line.
fn rows(pack: &Pack, table: &Table, days: Days) -> Vec<String> {
    let mut codes: BTreeMap<String, (Option<&Row>, Option<&Row>)> = BTreeMap::new();
    for (code, row) in table.coded_rows() {
        let both = codes.entry(code).or_default();
        if row.interval.contains(days.before) {
            both.0 = Some(row);
        }
        if row.interval.contains(days.after) {
            both.1 = Some(row);
        }
    }
    let mut differences: Vec<(String, Vec<String>)> = Vec::new();
    for (code, (before, after)) in codes {
        let said = match (before.map(|row| cells(pack, table, row)), after.map(|row| cells(pack, table, row))) {
            (None, Some(after)) => format!("begins: {after}"),
            (Some(before), None) => format!("ends: {before}"),
            (Some(before), Some(after)) if before != after => format!("changes: {before} → {after}"),
            _ => continue,
        };
        match differences.iter_mut().find(|(other, _)| *other == said) {
            Some((_, codes)) => codes.push(code),
            None => differences.push((said, std::vec![code])),
        }
    }
    differences.into_iter().map(|(said, codes)| format!("{said}: {}", codes.join(" "))).collect()
}

/// A row's cells that are known, and its law.
fn cells(pack: &Pack, table: &Table, row: &Row) -> String {
    let known = table.columns.iter().zip(&row.cells).filter_map(|((id, _), cell)| Some(format!("{id} {}", cell.as_ref()?.text())));
    let known: Vec<String> = known.collect();
    let known = if known.is_empty() { "unknown".to_string() } else { known.join(", ") };
    format!("{known} [{}]", listing::citations(pack, &row.citations))
}

/// The days after a date on which something begins or ends, and what.
#[must_use]
pub fn next(pack: &Pack, date: Date) -> BTreeMap<Date, Vec<String>> {
    let mut changes: BTreeMap<Date, Vec<String>> = BTreeMap::new();
    let mut note = |interval: Interval, what: &str| {
        for day in [interval.from, interval.to].into_iter().flatten().filter(|day| *day > date) {
            let list = changes.entry(day).or_default();
            if !list.iter().any(|other| other == what) {
                list.push(what.to_string());
            }
        }
    };
    for parameter in &pack.parameters {
        parameter.values.iter().for_each(|value| note(value.interval, &parameter.id));
    }
    for table in &pack.tables {
        table.rows().iter().for_each(|row| note(row.interval, &table.id));
    }
    for regime in &pack.regimes {
        note(regime.interval, &regime.id);
        regime.checks.iter().for_each(|check| note(check.interval, &check.id));
    }
    pack.checks.iter().for_each(|check| note(check.interval, &check.id));
    changes
}
