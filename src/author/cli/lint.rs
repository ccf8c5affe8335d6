//! `preclear lint`.

use super::arguments::Arguments;
use super::parallel::in_order;
use super::world::World;
use super::{Console, DONE, Outcome, STOPPED, Unusable, clock, read};
use crate::author::explain::{self, Said};
use crate::author::lint::{self, Article, Fault, Faults};
use crate::codes::Country;
use crate::finding::Level;
use crate::wire::json;
use crate::wire::node::{Fields, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let locale = arguments.option("--locale").unwrap_or("en");
    if !explain::speaks(locale) {
        return Err(Unusable::new(format!("--locale: expected one of {}", explain::locales().join(", "))));
    }
    let as_of = arguments.date("--as-of")?.or_else(clock::today);
    let as_of = as_of.ok_or_else(|| Unusable::new("lint: the clock shows no day; use --as-of"))?;
    let catalogue = lint::read(&read(arguments.words.first(), "catalogue", lint::MOST_BYTES, console)?)
        .map_err(|why| Unusable(format!("catalogue: {why}")))?;
    let world = World::load(arguments)?;
    let destinations = destinations(arguments, &world)?;
    let found = in_order(&catalogue.articles, |article| lint::faults(&world.engine, &destinations, as_of, article));
    let doubled = doubled(&catalogue.articles);
    let rows: Vec<(usize, Faults)> = catalogue
        .articles
        .iter()
        .zip(found)
        .map(|(article, mut faults)| {
            for target in ["/id", "/sku"].into_iter().filter(|target| doubled.contains(&(article.row, *target))) {
                let params = std::vec![("expected".to_string(), "unique-id".to_string())];
                let fault = Fault { level: Level::Warn, code: "input.malformed".into(), target: target.into(), params };
                faults.insert(fault, Vec::new());
            }
            (article.row, faults)
        })
        .filter(|(_, faults)| !faults.is_empty())
        .collect();
    let text = arguments.flag("--text");
    let said = Said::new(locale);
    for (row, faults) in &rows {
        if text {
            console.print(&for_people(*row, faults, &said, &world, locale));
        } else {
            console.print(&(json::line(&answer(*row, faults)) + "\n"));
        }
    }
    if text {
        let columns = catalogue.unknown_columns;
        let unread = if columns == 0 { String::new() } else { format!("; columns not read: {columns}") };
        console.print(&format!("{} rows, {} with something to mend{unread}\n", catalogue.articles.len(), rows.len()));
    }
    let blocks = |(_, faults): &(usize, Faults)| faults.keys().any(|fault| fault.level == Level::Block);
    Ok(if rows.iter().any(blocks) { STOPPED } else { DONE })
}

/// The destinations that are asked about: those named, or the first of every pack.
fn destinations(arguments: &Arguments, world: &World) -> Result<Vec<Country>, Unusable> {
    let packs = || world.engine.packs().iter().map(|loaded| &loaded.pack);
    let Some(named) = arguments.option("--to") else {
        return Ok(packs().filter_map(|pack| pack.destinations.first().copied()).collect());
    };
    let known = |code: &str| {
        let country = Country::parse(&code.trim().to_uppercase())?;
        packs().any(|pack| pack.destinations.contains(&country)).then_some(country)
    };
    let found: Option<Vec<Country>> = named.split(',').map(known).collect();
    found
        .ok_or_else(|| Unusable::new("--to: expected countries that there are rules for, with commas between; `preclear packs` lists them"))
}

/// Rows whose number or stock number an earlier row has.
fn doubled(articles: &[Article]) -> BTreeSet<(usize, &'static str)> {
    let mut doubled = BTreeSet::new();
    for (name, target) in [("id", "/id"), ("sku", "/sku")] {
        let mut seen = BTreeSet::new();
        for article in articles {
            let own = article.item.iter().flatten().find(|(other, _)| other == name).and_then(|(_, value)| value.as_text());
            if own.is_some_and(|own| !seen.insert(own)) {
                doubled.insert((article.row, target));
            }
        }
    }
    doubled
}

fn answer(row: usize, faults: &Faults) -> Node {
    let findings = faults.iter().map(|(fault, destinations)| {
        let mut fields = Fields::default();
        fields.text("code", &fault.code);
        fields.word("level", fault.level.name());
        fields.text("target", &fault.target);
        let mut params = Fields::default();
        for (name, value) in &fault.params {
            params.put_named(name.clone(), Node::text(value.clone()));
        }
        fields.put("params", params.object());
        fields.put("destinations", Node::List(destinations.iter().map(|country| Node::text(country.code().to_string())).collect()));
        fields.object()
    });
    let mut fields = Fields::default();
    fields.text("row", &row.to_string());
    fields.put("findings", Node::List(findings.collect()));
    fields.object()
}

fn for_people(row: usize, faults: &Faults, said: &Said, world: &World, locale: &str) -> String {
    let mut text = String::new();
    for (fault, destinations) in faults {
        let params: Vec<(&str, Option<&str>)> = fault.params.iter().map(|(name, value)| (name.as_str(), Some(value.as_str()))).collect();
        let say = |labels| said.finding(labels, (fault.level.name(), &fault.code, &fault.target), &params);
        if destinations.is_empty() {
            text.push_str(&format!("{row}: {}\n", say(None)));
        }
        // A fact may have another name in each destination's words.
        let mut said_by: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for country in destinations {
            let loaded = world.engine.packs().iter().find(|loaded| loaded.pack.destinations.contains(country));
            let labels = loaded.and_then(|loaded| world.texts(&loaded.pack.id, locale));
            said_by.entry(say(labels)).or_default().push(country.code());
        }
        for (message, countries) in said_by {
            text.push_str(&format!("{row}: {message}: {}\n", countries.join(" ")));
        }
    }
    text
}
