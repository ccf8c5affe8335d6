//! From rule sources to a pack.

mod laws;
mod notices;
mod regimes;
mod tables;
mod terms;

use super::fault::{Faults, hint};
use super::formula::{Kind, Level, Names, Units};
use super::proposals::{self, Proposal};
use super::section::{Placed, Section, TomlFile};
use super::sources::Sources;
use super::texts::{self, Texts};
use crate::codes::Country;
use crate::date::Interval;
use crate::finding::{Code, Level as FindingLevel};
use crate::formula::{Fact, Name};
use crate::money::Currency;
use crate::names::Terms;
use crate::pack::{AttributeKind, Channel, Check, Notice, Pack, Per, ValueKind};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::string::{String, ToString};
use std::vec::Vec;

/// A compiled destination.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The rules.
    pub pack: Pack,
    /// The names of goods that its checks by name read.
    pub terms: Option<Terms>,
    /// The labels for people, by locale.
    pub texts: BTreeMap<String, Texts>,
    /// The file of each of the pack's tables, by path below the folder of all rules.
    pub table_files: Vec<String>,
    /// Which personal articles goods may be.
    pub proposals: Vec<Proposal>,
    /// The table of regions that residents' numbers are measured by, if the destination has one.
    pub regions: Option<Vec<u8>>,
    /// The declaration forms, if the destination has any.
    pub forms: Option<Vec<u8>>,
}

/// Compiles one destination's folder.
///
/// Every fault that does not follow from another goes to `faults`; there is a result only when there was none.
#[must_use]
pub fn compile(sources: &Sources, id: &str, faults: &Faults) -> Option<Compiled> {
    let before = faults.count();
    let folder = std::format!("{id}/");
    let name = std::format!("{folder}pack.toml");
    // What a file that is not TOML would have said is not known, and every file that rests on it would be told off for it.
    for (path, text) in sources.below(&folder).filter(|(path, _)| path.ends_with(".toml")) {
        drop(TomlFile::parse(path, text, faults));
    }
    if faults.count() > before {
        return None;
    }
    let main = TomlFile::parse(&name, sources.get(&name)?, faults)?;
    let main = main.section(faults);
    let mut builder = Builder::new(sources, &folder, faults, &main)?;
    builder.laws();
    builder.facts();
    builder.parameters();
    builder.tables(&main);
    builder.attributes(&main);
    builder.regimes();
    builder.channels(&main);
    builder.checks();
    builder.policies(&main);
    builder.changes(&main);
    let locales = main.texts("locales");
    match locales.first() {
        None => main.missing("locales"),
        Some(first) if locales.iter().all(|locale| locale.text != texts::FALLBACK) => {
            main.fault(first.offset, "the labels in `en` are missing: they stand in for those in every other language");
        }
        Some(_) => {}
    }
    main.finish();
    builder.uncited();
    builder.used.extend(locales.iter().map(|locale| texts::path(&folder, &locale.text)));
    let texts = texts::read(sources, &folder, &builder.labelled, &main, &locales, faults);
    let path = std::format!("{folder}{}", proposals::FILE);
    let proposals = proposals::read(sources, &path, &builder.pack.tables, faults);
    builder.used.insert(path);
    let regions = builder.regions();
    let forms = builder.forms();
    builder.unread();
    (faults.count() == before).then_some(Compiled {
        pack: builder.pack,
        terms: builder.terms,
        texts,
        table_files: builder.table_files,
        proposals,
        regions,
        forms,
    })
}

/// A compilation under way.
struct Builder<'a> {
    sources: &'a Sources,
    faults: &'a Faults,
    /// The destination's folder, `cn/`.
    folder: String,
    pack: Pack,
    terms: Option<Terms>,
    /// Names that every formula of the pack can use.
    names: Names,
    /// Instruments by place of definition, to tell of those that nobody cites.
    instrument_places: Vec<Placed>,
    /// Channel ids, known before the channels' regimes are.
    channel_ids: Vec<String>,
    /// Files that were read.
    used: BTreeSet<String>,
    /// The currency as it is written, which units are written with.
    currency: String,
    /// The file of each table.
    table_files: Vec<String>,
    /// What needs a label, by kind: also what is otherwise faulty.
    labelled: BTreeMap<&'static str, BTreeSet<String>>,
}

/// Names that exist only once a regime has given a line its dutiable value.
const OF_REGIMES: [&str; 2] = ["value", "basket.value"];

impl<'a> Builder<'a> {
    fn new(sources: &'a Sources, folder: &str, faults: &'a Faults, main: &Section<'_>) -> Option<Self> {
        let parsed = |text: Option<&Placed>, known: bool, what: &str| {
            if let Some(text) = text.filter(|_| !known) {
                main.fault(text.offset, std::format!("not a {what}"));
            }
        };
        let currency_text = main.required("currency");
        let currency = currency_text.as_ref().and_then(|text| Currency::parse(&text.text));
        parsed(currency_text.as_ref(), currency.is_some(), "currency of ISO 4217");
        let mut destinations = Vec::new();
        // One, or the several that share this law.
        let several = main.texts("destinations");
        let one = if several.is_empty() { main.required("destination") } else { None };
        for text in one.iter().chain(&several) {
            let country = Country::parse(&text.text);
            parsed(Some(text), country.is_some(), "country of ISO 3166");
            if destinations.iter().any(|other| Some(*other) == country) {
                main.fault(text.offset, std::format!("`{}` is there twice", text.text));
            }
            destinations.extend(country);
        }
        let version = main.required("version").map(|version| version.text).unwrap_or_default();
        let id = folder.trim_end_matches('/');
        if let Some(other) = main.id("id").filter(|other| other.text != id) {
            main.fault(other.offset, std::format!("`id` must be the folder's name, `{id}`"));
        }
        // Which day's rate the law asks for; for people, since the rate is the shop's to give.
        drop(main.text("exchange-rate-rule"));
        let exchange_rate_max_age = main.whole("exchange-rate-max-age").map(|days| u16::try_from(days).unwrap_or(u16::MAX));
        let channel_ids = main.sections("channel").iter().filter_map(|channel| channel.text("id")).map(|id| id.text).collect();
        let pack = Pack {
            id: id.to_string(),
            destinations,
            // Where it is faulty, a stand-in, so that the faults of the other files are found too.
            currency: currency.or_else(|| Currency::parse("EUR"))?,
            version,
            exchange_rate_max_age,
            payment_discount: 0,
            apportion_citations: Vec::new(),
            default_channel: 0,
            channels: Vec::new(),
            instruments: Vec::new(),
            citations: Vec::new(),
            parameters: Vec::new(),
            attributes: Vec::new(),
            supplied_rates: Vec::new(),
            tables: Vec::new(),
            regimes: Vec::new(),
            checks: Vec::new(),
            vague_codes: Vec::new(),
            terms: None,
        };
        Some(Self {
            sources,
            faults,
            folder: folder.to_string(),
            pack,
            terms: None,
            names: Names::default(),
            instrument_places: Vec::new(),
            channel_ids,
            used: BTreeSet::from([std::format!("{folder}pack.toml")]),
            currency: currency_text.map(|text| text.text).unwrap_or_default(),
            table_files: Vec::new(),
            labelled: BTreeMap::new(),
        })
    }

    /// Adds a name that formulas use; that it is taken is a fault.
    fn name(&mut self, section: &Section<'_>, id: &Placed, text: &str, name: Name, kind: Kind, level: Level) {
        if !self.names.add(text, name, kind, level) {
            section.fault(id.offset, std::format!("the name `{text}` is taken"));
        }
    }

    /// Notes that something needs a label.
    fn label(&mut self, kind: &'static str, id: &str) {
        self.labelled.entry(kind).or_default().insert(id.to_string());
    }

    /// The destination's table of regions, if it has one.
    fn regions(&mut self) -> Option<Vec<u8>> {
        let path = std::format!("{}{}", self.folder, super::regions::FILE);
        let text = self.sources.get(&path)?;
        self.used.insert(path.clone());
        super::regions::compile(&path, text, self.faults)
    }

    /// The destination's declaration forms, if it has any.
    fn forms(&mut self) -> Option<Vec<u8>> {
        let path = std::format!("{}forms/", self.folder);
        let Some(read) = super::forms::read(self.sources, &self.folder, &self.pack, self.faults) else {
            // What is faulty there has been told, if there is anything.
            self.used.extend(self.sources.below(&path).map(|(path, _)| path.to_string()));
            return None;
        };
        self.used.extend(read.files);
        Some(super::forms::encode::encode(&read.forms))
    }

    /// A file that nothing reads was meant to be read: its name is wrong.
    fn unread(&self) {
        for (path, _) in self.sources.below(&self.folder) {
            if !self.used.contains(path) {
                self.faults.at(path, 0, "nothing reads this file");
            }
        }
    }

    /// Parses a file of the folder; that it is missing is a fault.
    fn file(&mut self, name: &str) -> Option<TomlFile> {
        let file = self.file_if_any(name);
        let path = std::format!("{}{name}", self.folder);
        if self.sources.get(&path).is_none() {
            self.faults.at(&path, 0, "the file is missing");
        }
        file
    }

    /// Parses a file of the folder, if it is there.
    fn file_if_any(&mut self, name: &str) -> Option<TomlFile> {
        let path = std::format!("{}{name}", self.folder);
        let text = self.sources.get(&path)?;
        let file = TomlFile::parse(&path, text, self.faults);
        self.used.insert(path);
        file
    }

    fn facts(&mut self) {
        let money = Kind::Number(Units::MONEY);
        let plain = Kind::Number(Units::PLAIN);
        let unit = |unit| Kind::Number(Units::of(unit));
        use crate::formula::Unit;
        let codes = |codes: &[&str]| Kind::Code(Some(codes.iter().map(|code| (*code).to_string()).collect()));
        for fact in Fact::ALL {
            let (kind, level) = match fact {
                Fact::Price | Fact::Freight | Fact::Insurance | Fact::Value => (money.clone(), Level::Line),
                Fact::Quantity | Fact::HsCodeDigits => (plain.clone(), Level::Line),
                Fact::NetWeightGram => (unit(Unit::Gram), Level::Line),
                Fact::NetWeightKilogram => (unit(Unit::Kilogram), Level::Line),
                Fact::VolumeMillilitre => (unit(Unit::Millilitre), Level::Line),
                Fact::VolumeLitre => (unit(Unit::Litre), Level::Line),
                Fact::Pieces => (unit(Unit::Piece), Level::Line),
                Fact::Origin
                | Fact::HsCode
                | Fact::HsCodeChapter
                | Fact::HsCodeHeading
                | Fact::HsCodeSubheading
                | Fact::HsCodeEight
                | Fact::Line => (Kind::Code(None), Level::Line),
                Fact::BasketPrice | Fact::BasketFreight | Fact::BasketInsurance | Fact::BasketValue | Fact::BuyerUsedThisYear => {
                    (money.clone(), Level::Basket)
                }
                Fact::BasketArticles | Fact::BasketLines => (plain.clone(), Level::Basket),
                Fact::ShipFrom | Fact::ShipToArea => (Kind::Code(None), Level::Basket),
                Fact::ShipTo => {
                    let codes = self.pack.destinations.iter().map(|country| country.code().to_string()).collect();
                    (Kind::Code(Some(codes)), Level::Basket)
                }
                Fact::Incoterm => (codes(&["DDP", "DAP"]), Level::Basket),
                Fact::Channel => (Kind::Code(Some(self.channel_ids.clone())), Level::Basket),
                Fact::BuyerIdentity => (codes(&["valid", "invalid", "absent"]), Level::Basket),
                Fact::BuyerPayerIsBuyer => (Kind::Truth, Level::Basket),
            };
            self.names.add(fact.name(), Name::Fact(*fact), kind, level);
        }
    }

    fn attributes(&mut self, main: &Section<'_>) {
        for section in main.sections("attribute") {
            let (id, kind) = (section.id("id"), section.required("type"));
            let of_basket = section.one_of_if_any("of", &[("item", false), ("basket", true)]).unwrap_or(false);
            section.finish();
            let (Some(id), Some(kind)) = (id, kind) else { continue };
            let (value, kind) = match kind.text.as_str() {
                "truth" => (ValueKind::Truth, Kind::Truth),
                "code" => (ValueKind::Code, Kind::Code(None)),
                "rate" | "number" => (ValueKind::Number, Kind::Number(Units::PLAIN)),
                unit => {
                    let units = Units::parse(unit, &self.currency);
                    if units.is_none() {
                        section.fault(
                            kind.offset,
                            std::format!("unknown type `{unit}`, expected `truth`, `code`, `rate`, `number` or a unit"),
                        );
                    }
                    (ValueKind::Number, units.map_or(Kind::Unknown, Kind::Number))
                }
            };
            let Ok(number) = u8::try_from(self.pack.attributes.len()) else {
                section.fault(section.offset, "too many attributes");
                return;
            };
            let level = if of_basket { Level::Basket } else { Level::Line };
            self.name(&section, &id, &std::format!("attribute.{}", id.text), Name::Attribute(number), kind, level);
            self.pack.attributes.push(AttributeKind { id: id.text, kind: value, of_basket });
        }
    }

    fn channels(&mut self, main: &Section<'_>) {
        let known: Vec<(String, u8)> = self.pack.regimes.iter().map(|regime| regime.id.clone()).zip(0..).collect();
        let mut known: Vec<(&str, u8)> = known.iter().map(|(id, number)| (id.as_str(), *number)).collect();
        known.dedup_by_key(|(id, _)| *id);
        for section in main.sections("channel") {
            let (id, code) = (section.id("id"), section.text("code"));
            let regimes = section.each_of("regimes", "regime", &known);
            if section.texts("regimes").is_empty() {
                section.missing("regimes");
            }
            section.finish();
            let Some(id) = id else { continue };
            self.label("channel", &id.text);
            if self.pack.channels.iter().any(|other| other.id == id.text) {
                section.fault(id.offset, std::format!("there is a channel `{}` already", id.text));
            }
            self.pack.channels.push(Channel { id: id.text, code: code.map(|code| code.text), regimes });
        }
        if self.pack.channels.is_empty() {
            main.missing("channel");
        }
        let channels = self.channel_words();
        let channels: Vec<_> = channels.iter().map(|(id, number)| (id.as_str(), *number)).collect();
        self.pack.default_channel = main.one_of("default-channel", &channels).unwrap_or(0);
    }

    /// The channels' ids with their numbers.
    fn channel_words(&self) -> Vec<(String, u8)> {
        self.channel_ids.iter().cloned().zip(0..).collect()
    }

    /// Changes of the law that are known to come and are not in these rules: from then on, a check says so.
    fn changes(&mut self, main: &Section<'_>) {
        for section in main.sections("next-change") {
            let (id, date) = (section.id("id"), section.date("date"));
            let citations = self.citations(&section, true);
            section.finish();
            if date.is_none() {
                section.missing("date");
            }
            let Some(id) = id else { continue };
            self.label("check", &id.text);
            if self.pack.checks.iter().any(|other| other.id == id.text) {
                section.fault(id.offset, std::format!("there is a check `{}` already", id.text));
            }
            self.pack.checks.push(Check {
                id: id.text,
                per: Per::Basket,
                channels: Vec::new(),
                terms: None,
                hs: Vec::new(),
                origins: Vec::new(),
                interval: Interval { from: date, to: None },
                when: None,
                notice: Notice {
                    code: Code::RulesStale,
                    level: FindingLevel::Warn,
                    target: String::new(),
                    params: Vec::new(),
                    remedies: std::vec!["check-with-customs"],
                    citations,
                    estimated: true,
                },
            });
        }
    }

    /// The pack's own choices where the law leaves one.
    fn policies(&mut self, main: &Section<'_>) {
        match main.section("apportion") {
            Some(section) => {
                let _ = section.one_of("by", &[("price", ())]);
                self.pack.apportion_citations = self.citations(&section, true);
                section.finish();
            }
            None => main.missing("apportion"),
        }
        match main.section("discounts") {
            Some(section) => {
                if let Some(payment) = section.required("payment") {
                    self.pack.payment_discount = self.part(&section, &payment).unwrap_or_default();
                }
                section.finish();
            }
            None => main.missing("discounts"),
        }
    }
}

impl Builder<'_> {
    /// A parameter that says which part of something counts: a rate from nothing to the whole.
    fn part(&self, section: &Section<'_>, text: &Placed) -> Option<u16> {
        let number = self.pack.parameters.iter().position(|parameter| parameter.id == text.text);
        let Some((number, parameter)) = number.and_then(|number| Some((number, self.pack.parameters.get(number)?))) else {
            if self.pack.parameters.is_empty() {
                // Their file is missing or empty, which has been told.
                return None;
            }
            let near = hint(&text.text, self.pack.parameters.iter().map(|parameter| parameter.id.as_str()));
            section.fault(text.offset, std::format!("no parameter `{}`{near}", text.text));
            return None;
        };
        let plain = self.names.find(0, &text.text).is_ok_and(|known| known.kind == Kind::Number(Units::PLAIN));
        if !plain || parameter.values.iter().any(|value| value.value > Decimal::ONE) {
            section.fault(text.offset, std::format!("`{}` must be a rate from 0 to 1", text.text));
        }
        u16::try_from(number).ok()
    }
}

/// The dates of a section.
fn interval(section: &Section<'_>) -> Interval {
    let interval = Interval { from: section.date("from"), to: section.date("to") };
    if let (Some(from), Some(to)) = (interval.from, interval.to)
        && to <= from
    {
        section.fault(section.place("to"), "`to` is the first day no longer in force, and must be after `from`");
    }
    interval
}
