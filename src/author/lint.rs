//! A shop's catalogue held against the rules of its destinations, before anybody has anything in a basket: which articles lack a code or a fact that
//! some destination asks for, and which have one that cannot be right.
//!
//! Nothing here knows a destination. Each article is put in a basket of its own for every destination and way of delivery, at a low price and
//! at a high one, since what is asked for depends on limits; what the engine then says about the article is the finding, and no amount of it is told.

use super::hs6;
use super::import::sheet::{self, Row};
use crate::codes::Country;
use crate::date::Date;
use crate::engine::{Engine, LoadedPack};
use crate::finding::Level;
use crate::wire::node::{Fields, Node};
use crate::wire::{answer, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::string::{String, ToString};
use std::vec::Vec;

/// The most bytes of a catalogue.
pub const MOST_BYTES: u64 = sheet::MOST_BYTES;
/// Fields of an article that a column may be named after, in the contract's own words.
const FIELDS: [&str; 6] = ["id", "sku", "name", "hsCode", "articleCode", "countryOfOrigin"];
/// Columns of measurements: the type and the unit that the contract has for it.
const MEASURES: [(&str, &str, &str); 7] = [
    ("netWeight.g", "netWeight", "g"),
    ("netWeight.kg", "netWeight", "kg"),
    ("grossWeight.g", "grossWeight", "g"),
    ("grossWeight.kg", "grossWeight", "kg"),
    ("volume.ml", "volume", "ml"),
    ("volume.l", "volume", "l"),
    ("pieces", "pieces", "piece"),
];
/// Columns of which each article has one and no rule asks beforehand.
const PRICES: [&str; 3] = ["amount", "currencyCode", "quantity"];
/// A price below the limits under which goods come in easily, and one above most of them, in units of a currency with two decimals. What is asked
/// for at no price but a very high one would be told of every article, and is left to the basket.
const PRICES_ASKED: [&str; 2] = ["5", "1000"];
/// How many digits a subheading of the Harmonized System has.
const SUBHEADING: usize = 6;

/// The fields of an object.
type Object = Vec<(Cow<'static, str>, Node)>;

/// An article of a catalogue.
#[derive(Debug)]
pub struct Article {
    /// Its row, or its line, from 1.
    pub row: usize,
    /// It as the basket of the contract has it, or none where the line holds no article.
    pub item: Option<Object>,
}

/// A catalogue that was read.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Its articles.
    pub articles: Vec<Article>,
    /// How many columns have a name that no field has.
    pub unknown_columns: usize,
}

/// Reads a catalogue: a line of JSON for each article, or CSV or XLSX with a row of names.
///
/// # Errors
///
/// Why it cannot be read. No text of it is in that.
pub fn read(bytes: &[u8]) -> Result<Catalogue, String> {
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
        return Ok(lines(bytes));
    }
    let readings = sheet::read(bytes)?;
    let tables = readings.iter().filter_map(|sheets| sheets.iter().find_map(|sheet| table(&sheet.rows)));
    // Of the ways to read it, the one with the most columns that are known.
    let best = tables.max_by_key(|(known, _)| *known).map(|(_, catalogue)| catalogue);
    best.ok_or_else(|| std::format!("no row of names: expected columns such as {}, {}", FIELDS.join(", "), MEASURES[0].0))
}

fn lines(bytes: &[u8]) -> Catalogue {
    let mut articles = Vec::new();
    for (number, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.iter().any(|byte| !byte.is_ascii_whitespace()) {
            let item = match json::read(line) {
                Ok(Node::Object(mut fields)) => {
                    fields.retain(|(name, _)| !PRICES.contains(&&**name));
                    Some(fields)
                }
                _ => None,
            };
            articles.push(Article { row: number.saturating_add(1), item });
        }
    }
    Catalogue { articles, unknown_columns: 0 }
}

/// What a column is.
#[derive(Clone)]
enum Column {
    Field(&'static str),
    Measure(&'static str, &'static str),
    /// A fact or a rate: the object that it stands in, and its name.
    Named(&'static str, String),
    Price,
    Unknown,
}

impl Column {
    fn of(header: &str) -> Self {
        let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
        let same = |name: &str| plain(name) == plain(header);
        for object in ["attributes", "rates"] {
            if let Some((_, name)) = header.split_once('.').filter(|(before, _)| plain(before) == object) {
                return Self::Named(object, name.trim().to_string());
            }
        }
        let field = FIELDS.into_iter().find(|name| same(name)).map(Self::Field);
        let measure = || MEASURES.into_iter().find(|(name, ..)| same(name)).map(|(_, kind, unit)| Self::Measure(kind, unit));
        let price = || PRICES.into_iter().find(|name| same(name)).map(|_| Self::Price);
        field.or_else(measure).or_else(price).unwrap_or(Self::Unknown)
    }
}

/// The articles below a row of names, and how many of the names are known; none where the first row that holds something is no such row.
fn table(rows: &[Row]) -> Option<(usize, Catalogue)> {
    let (header, rows) = rows.split_first()?;
    let columns: BTreeMap<usize, Column> = header.cells.iter().map(|(place, cell)| (*place, Column::of(cell.text()))).collect();
    let unknown = columns.values().filter(|column| matches!(column, Column::Unknown)).count();
    let known = columns.len().saturating_sub(unknown);
    let articles = rows.iter().map(|row| Article { row: row.number, item: Some(item(row, &columns)) }).collect();
    (known > 0).then_some((known, Catalogue { articles, unknown_columns: unknown }))
}

fn item(row: &Row, columns: &BTreeMap<usize, Column>) -> Object {
    let mut fields = Vec::new();
    let mut measurements = Vec::new();
    let mut named: [(&'static str, Object); 2] = [("attributes", Vec::new()), ("rates", Vec::new())];
    for (place, cell) in &row.cells {
        let text = cell.text().trim();
        match columns.get(place) {
            _ if text.is_empty() => {}
            Some(Column::Field(name)) => fields.push((Cow::Borrowed(*name), Node::text(text.to_string()))),
            Some(Column::Measure(kind, unit)) => {
                let mut measurement = Fields::default();
                measurement.word("type", kind);
                measurement.text("value", text);
                measurement.word("unit", unit);
                measurements.push(measurement.object());
            }
            Some(Column::Named(object, name)) => {
                let value = match text {
                    "true" | "false" => Node::Truth(text == "true"),
                    _ => Node::text(text.to_string()),
                };
                let object = named.iter_mut().find(|(other, _)| other == object);
                object.into_iter().for_each(|(_, fields)| fields.push((Cow::Owned(name.clone()), value.clone())));
            }
            Some(Column::Price | Column::Unknown) | None => {}
        }
    }
    if !measurements.is_empty() {
        fields.push((Cow::Borrowed("measurements"), Node::List(measurements)));
    }
    fields.extend(named.into_iter().filter(|(_, fields)| !fields.is_empty()).map(|(name, fields)| (name.into(), Node::Object(fields))));
    fields
}

/// Something that is wrong with an article, or missing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// How much it matters.
    pub level: Level,
    /// The finding's code.
    pub code: String,
    /// The field, as a pointer into the article; empty for all of it.
    pub target: String,
    /// The finding's parameters.
    pub params: Vec<(String, String)>,
}

/// What is wrong with an article, each with the destinations that say so; none of them for what is wrong everywhere.
pub type Faults = BTreeMap<Fault, Vec<Country>>;

/// Holds an article against the rules of some destinations.
#[must_use]
pub fn faults(engine: &Engine, destinations: &[Country], as_of: Date, article: &Article) -> Faults {
    let mut found = Faults::new();
    let Some(item) = &article.item else {
        let params = std::vec![("expected".to_string(), "object".to_string())];
        found.insert(Fault { level: Level::Block, code: "input.malformed".into(), target: String::new(), params }, Vec::new());
        return found;
    };
    // Each once for a destination, as severe as it is on any way of delivery and at any price.
    let mut worst: BTreeMap<(Fault, Country), Level> = BTreeMap::new();
    for destination in destinations {
        let Some(loaded) = engine.packs().iter().find(|loaded| loaded.pack.destinations.contains(destination)) else { continue };
        for channel in &loaded.pack.channels {
            for price in PRICES_ASKED {
                let quote = answer::answer(engine, &basket(item, (*destination, &channel.id), loaded, (price, as_of)));
                for finding in quote.get("findings").map_or(&[][..], Node::entries) {
                    if let Some(fault) = of_article(finding) {
                        let level = fault.level;
                        let before = worst.entry((Fault { level: Level::Info, ..fault }, *destination)).or_insert(level);
                        *before = level.min(*before);
                    }
                }
            }
        }
    }
    for ((fault, destination), level) in worst {
        found.entry(Fault { level, ..fault }).or_default().push(destination);
    }
    let code = item.iter().find(|(name, _)| name == "hsCode").and_then(|(_, code)| code.as_text()).unwrap_or_default();
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let national = digits.starts_with("98") || digits.starts_with("99");
    let told = found.keys().any(|fault| fault.target == "/hsCode");
    if let Some(subheading) = digits.get(..SUBHEADING).filter(|subheading| !told && !national && !hs6::exists(subheading)) {
        // It may be one of an earlier edition.
        let params = std::vec![("digits".to_string(), subheading.len().to_string())];
        found.insert(Fault { level: Level::Warn, code: "input.hs-unknown".into(), target: "/hsCode".into(), params }, Vec::new());
    }
    found
}

/// A basket of one such article, in which nothing is missing but what the article lacks.
fn basket(item: &[(Cow<'static, str>, Node)], (to, channel): (Country, &str), loaded: &LoadedPack, (price, as_of): (&str, Date)) -> Node {
    let currency = loaded.pack.currency;
    // The same worth, roughly: currencies without decimals are small.
    let scale = if currency.decimals() == 0 { "000" } else { "" };
    let object =
        |fields: &[(&'static str, Node)]| Node::Object(fields.iter().map(|(name, value)| ((*name).into(), value.clone())).collect());
    let mut own: Vec<_> = item.iter().filter(|(name, _)| name != "id").cloned().collect();
    for (name, text) in [("id", "1".to_string()), ("quantity", "1".to_string()), ("amount", price.to_string() + scale)] {
        own.push((name.into(), Node::text(text)));
    }
    // Limits in another currency are as good at any rate, since no amount is told.
    let others: BTreeSet<&str> = loaded.pack.parameters.iter().filter_map(|parameter| Some(parameter.currency.as_ref()?.code())).collect();
    let rates = others.into_iter().filter(|other| *other != currency.code()).map(|other| {
        let [from, to, day] = [other.to_string(), currency.code().to_string(), as_of.text()].map(Node::text);
        object(&[("from", from), ("to", to), ("rate", Node::text("1")), ("asOf", day)])
    });
    object(&[
        ("exchangeRates", Node::List(rates.collect())),
        ("shipTo", object(&[("countryCode", Node::text(to.code().to_string()))])),
        ("channel", Node::text(channel.to_string())),
        ("asOf", Node::text(as_of.text())),
        ("currencyCode", Node::text(currency.code().to_string())),
        ("items", Node::List(std::vec![Node::Object(own)])),
        ("buyer", object(&[("identity", Node::text("valid")), ("payerIsBuyer", Node::Truth(true)), ("usedThisYear", Node::text("0"))])),
    ])
}

/// What a finding says of the article's own data: a code or a fact that is missing, malformed or unknown, or a name that speaks of goods which its
/// code says nothing of.
fn of_article(finding: &Node) -> Option<Fault> {
    let text = |name: &str| finding.get(name).and_then(Node::as_text);
    let (code, target) = (text("code")?, text("target")?.strip_prefix("/items/0")?);
    let level = Level::ALL.into_iter().find(|level| Some(level.name()) == text("level"))?;
    let params: Vec<(String, String)> = finding
        .get("params")
        .map_or(&[][..], Node::fields)
        .iter()
        .filter_map(|(name, value)| Some((name.to_string(), value.as_text()?.to_string())))
        .collect();
    let by_name = params.iter().any(|(name, _)| name == "term");
    (code.starts_with("input.") || by_name).then(|| Fault { level, code: code.to_string(), target: target.to_string(), params })
}
