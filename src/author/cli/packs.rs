//! `preclear packs`.

use super::arguments::Arguments;
use super::world::World;
use super::{Console, DONE, Outcome, Unusable, clock};
use crate::date::{Date, Interval};
use crate::engine::LoadedPack;
use crate::pack::{Grade, Pack};
use crate::wire::digest::hex;
use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let date = arguments.date("--as-of")?.or_else(clock::today).ok_or_else(|| Unusable::new("the clock shows no date; use --as-of"))?;
    let world = World::load(arguments)?;
    let asked = arguments.words.first().map(|word| word.to_ascii_uppercase());
    let mut found = world.engine.packs().iter().filter(|loaded| {
        asked.as_ref().is_none_or(|asked| loaded.pack.destination.code() == asked || loaded.pack.id.to_ascii_uppercase() == *asked)
    });
    let mut text = String::new();
    for loaded in found.by_ref() {
        let size = world.sizes.get(&loaded.pack.id).copied().unwrap_or(0);
        text.push_str(&describe(loaded, size, date));
    }
    if text.is_empty() {
        return Err(Unusable::new("packs: none for this destination"));
    }
    console.print(&text);
    Ok(DONE)
}

fn describe(loaded: &LoadedPack, size: usize, date: Date) -> String {
    let pack = &loaded.pack;
    let mut text = format!("{}\n", pack.id);
    let mut row = |name: &str, value: String| text.push_str(&format!("  {name:<12} {value}\n"));
    row("destination", pack.destination.code().to_string());
    row("currency", pack.currency.code().to_string());
    row("version", pack.version.clone());
    row("sha256", hex(&loaded.sha256));
    row("bytes", size.to_string());
    let grades = Grade::ALL.map(|grade| {
        let count = pack.instruments.iter().filter(|instrument| instrument.grade == grade).count();
        format!("{count} of grade {}", grade.name())
    });
    row("instruments", format!("{}: {}", pack.instruments.len(), grades.join(", ")));
    row("parameters", pack.parameters.len().to_string());
    for table in &pack.tables {
        row("table", format!("{}: {} codes", table.id, table.len()));
    }
    let names = |ids: Vec<&str>| ids.join(", ");
    row("channels", names(pack.channels.iter().map(|channel| channel.id.as_str()).collect()));
    row("regimes", names(pack.regimes.iter().map(|regime| regime.id.as_str()).collect()));
    row("checks", pack.checks.len().to_string());
    let changes = changes(pack, date);
    let next = changes.iter().map(|(date, what)| format!("{}: {}", date.text(), what.join(", ")));
    let next: Vec<String> = next.collect();
    row("next changes", if next.is_empty() { format!("none known after {}", date.text()) } else { next.join("; ") });
    text
}

/// The days after a date on which something begins or ends, and what.
fn changes(pack: &Pack, date: Date) -> BTreeMap<Date, Vec<String>> {
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
