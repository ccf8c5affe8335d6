//! Every value of a parameter or of a table by place, and every date of a parameter, regime or check, is one that a case stands on: move it by
//! a hundredth, or by a day, and a case fails. What no case can stand on is listed in `tests/cases/<cc>/untested.toml` with the reason.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

#[allow(dead_code, reason = "the other tests of cases use the rest")]
mod case;

use case::{Case, read, text};
use jiff::civil;
use preclear::author::sources::Sources;
use preclear::author::{compile_all, encode};
use preclear::codes::DigitCode;
use preclear::date::{Date, Interval};
use preclear::engine::Engine;
use preclear::formula::Value;
use preclear::pack::{Pack, Row, Table};
use preclear::wire::node::Node;
use preclear::wire::{answer, json};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A case whose basket has been read.
struct Known {
    case: Case,
    request: Node,
    as_of: Date,
    /// The quote as the rules are, in which the names of what it rests on stand.
    quote: String,
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn engine(pack: &Pack) -> Engine {
    let mut engine = Engine::new();
    engine.add_pack(&encode(pack)).unwrap();
    engine
}

/// The cases of a destination, and its list of what is untested.
fn cases(pack: &Pack) -> (Vec<Known>, BTreeMap<String, String>) {
    let (engine, folder) = (engine(pack), repository("tests/cases").join(&pack.id));
    let (mut known, mut untested) = (Vec::new(), BTreeMap::new());
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.file_name().unwrap().to_str().unwrap() {
            "untested.toml" => untested = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap(),
            name if name.ends_with(".toml") => {
                for case in read(&fs::read_to_string(&path).unwrap()).unwrap() {
                    let request = json::read(case.basket.as_bytes()).unwrap_or_else(|_| panic!("{}: not JSON", case.name));
                    let as_of = Date::parse(text(&request, "asOf").unwrap()).unwrap();
                    let quote = json::line(&answer::answer(&engine, &request));
                    known.push(Known { case, request, as_of, quote });
                }
            }
            _ => {}
        }
    }
    (known, untested)
}

/// A day earlier or later.
fn shifted(date: Date, later: bool) -> Date {
    let date: civil::Date = date.text().parse().unwrap();
    let date = if later { date.tomorrow() } else { date.yesterday() };
    Date::parse(&date.unwrap().to_string()).unwrap()
}

/// Rules that differ from the pack's in one value or one date.
struct Change {
    /// What was moved, and which way.
    what: String,
    /// The parameter, regime or check it belongs to.
    of: String,
    pack: Pack,
    /// The days on which the law is then another: from the first, to before the second.
    days: Interval,
}

impl Change {
    /// Whether a case fails under these rules.
    fn is_noticed(&self, cases: &[Known]) -> bool {
        let engine = engine(&self.pack);
        let concerned = cases.iter().filter(|known| self.days.contains(known.as_of));
        let (named, others): (Vec<&Known>, Vec<&Known>) = concerned.partition(|known| known.quote.contains(&self.of));
        named.into_iter().chain(others).any(|known| !known.case.differences(&answer::answer(&engine, &known.request)).is_empty())
    }
}

/// Every change to a pack that some case should notice.
struct Changes<'p> {
    pack: &'p Pack,
    found: Vec<Change>,
}

impl Changes<'_> {
    fn add(&mut self, of: &str, what: &str, days: Interval, edit: impl Fn(&mut Pack)) {
        let mut pack = self.pack.clone();
        edit(&mut pack);
        self.found.push(Change { what: format!("{of} {what}"), of: of.to_string(), pack, days });
    }

    /// A date, a day earlier and a day later.
    fn date(&mut self, of: &str, edge: &str, date: Option<Date>, edit: impl Fn(&mut Pack, Date)) {
        let Some(date) = date else { return };
        for (way, later) in [("a day earlier", false), ("a day later", true)] {
            let moved = shifted(date, later);
            let days = Interval { from: Some(moved.min(date)), to: Some(moved.max(date)) };
            self.add(of, &format!("{edge} {}, {way}", date.text()), days, |pack| edit(pack, moved));
        }
    }

    /// Both ends of when something is in force.
    fn interval(&mut self, of: &str, interval: Interval, find: impl Fn(&mut Pack) -> &mut Interval) {
        self.date(of, "from", interval.from, |pack, date| find(pack).from = Some(date));
        self.date(of, "to", interval.to, |pack, date| find(pack).to = Some(date));
    }

    fn parameters(&mut self) {
        for (number, parameter) in self.pack.parameters.iter().enumerate() {
            for (place, dated) in parameter.values.iter().enumerate() {
                let since = dated.interval.from.map_or_else(|| "from the beginning".into(), |from| format!("from {}", from.text()));
                let step = if dated.value.is_zero() { Decimal::new(1, 2) } else { dated.value / Decimal::ONE_HUNDRED };
                for (way, value) in [("lower", dated.value - step), ("higher", dated.value + step)] {
                    if !value.is_sign_negative() {
                        self.add(&parameter.id, &format!("{since}, {way}"), dated.interval, |pack| {
                            pack.parameters[number].values[place].value = value;
                        });
                    }
                }
                // Where another value follows. Before the first and after the last there is no law here to move into.
                let before = place.checked_sub(1).map(|before| &parameter.values[before]);
                if before.is_some_and(|before| before.value != dated.value && before.interval.to == dated.interval.from) {
                    self.date(&parameter.id, "from", dated.interval.from, |pack, date| {
                        pack.parameters[number].values[place - 1].interval.to = Some(date);
                        pack.parameters[number].values[place].interval.from = Some(date);
                    });
                }
            }
        }
    }

    /// What tables say of countries and subdivisions: few enough to have a case each, unlike what they say of goods.
    fn places(&mut self) {
        for (number, table) in self.pack.tables.iter().enumerate().filter(|(_, table)| table.key.is_place()) {
            let coded: Vec<(String, Row)> = table.coded_rows().into_iter().map(|(place, row)| (place, row.clone())).collect();
            for (place, (code, row)) in coded.iter().enumerate() {
                for (column, (name, _)) in table.columns.iter().enumerate() {
                    let Some(Some(Value::Number(value))) = row.cells.get(column) else { continue };
                    let step = if value.is_zero() { Decimal::new(1, 2) } else { value / Decimal::ONE_HUNDRED };
                    for (way, value) in [("lower", value - step), ("higher", value + step)] {
                        if value.is_sign_negative() {
                            continue;
                        }
                        let mut rows = coded.clone();
                        rows[place].1.cells[column] = Some(Value::Number(value));
                        for (code, _) in &mut rows {
                            let (country, area) = code.split_once('-').unwrap_or((code, ""));
                            *code = DigitCode::of_place(country, area).unwrap().as_str().to_string();
                        }
                        let other = Table::new(table.id.clone(), table.key, table.columns.clone(), &rows).unwrap();
                        let since = row.interval.from.map_or_else(|| "from the beginning".into(), |from| format!("from {}", from.text()));
                        let what = format!("{code} {since}, {way}");
                        self.add(&format!("{}.{name}", table.id), &what, row.interval, |pack| pack.tables[number] = other.clone());
                    }
                }
            }
        }
    }

    fn regimes_and_checks(&mut self) {
        for (number, regime) in self.pack.regimes.iter().enumerate() {
            self.interval(&regime.id, regime.interval, |pack| &mut pack.regimes[number].interval);
            for (place, check) in regime.checks.iter().enumerate() {
                self.interval(&check.id, check.interval, |pack| &mut pack.regimes[number].checks[place].interval);
            }
        }
        for (number, check) in self.pack.checks.iter().enumerate() {
            self.interval(&check.id, check.interval, |pack| &mut pack.checks[number].interval);
        }
    }
}

#[test]
fn every_value_and_date_is_tested_or_listed() {
    let mut wrong = Vec::new();
    for compiled in compile_all(&Sources::read(&repository("rules")).unwrap()).unwrap() {
        let (cases, mut untested) = cases(&compiled.pack);
        let mut changes = Changes { pack: &compiled.pack, found: Vec::new() };
        changes.parameters();
        changes.places();
        changes.regimes_and_checks();
        for change in changes.found {
            let listed = untested.remove(&change.what);
            match (change.is_noticed(&cases), listed) {
                (true, Some(_)) => wrong.push(format!("a case notices `{}`, which is listed as untested", change.what)),
                (false, None) => wrong.push(format!("no case notices `{}`", change.what)),
                (false, Some(reason)) if reason.trim().is_empty() => wrong.push(format!("`{}` is untested for no reason", change.what)),
                _ => {}
            }
        }
        wrong.extend(untested.into_keys().map(|what| format!("`{what}` is listed as untested, and there is no such value or date")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
