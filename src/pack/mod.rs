//! A pack: everything about one destination, as the engine reads it.
//!
//! The tables of codes, by far the largest part, are read in place; the rest is decoded and checked once, when the pack is loaded.

mod format;
mod table;

#[cfg(feature = "whole")]
pub use format::decode_terms;
pub use format::{FORMAT_VERSION, MAGIC, PackError, TERMS_MAGIC, decode};
pub use table::{KeyKind, Row, Table};

use crate::codes::Country;
use crate::date::{Date, Interval};
use crate::finding::{Code, Level};
use crate::formula::{Expression, Name, Value};
use crate::money::{Currency, RoundingMode};
use crate::quote::ChargeKind;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// The rules of one destination, or of several that share their law.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    /// The pack's id, as in `rules/<id>/`.
    pub id: String,
    /// The destinations.
    pub destinations: Vec<Country>,
    /// The currency of their law.
    pub currency: Currency,
    /// The version of the rules.
    pub version: String,
    /// Days that a supplied exchange rate may be old.
    pub exchange_rate_max_age: Option<u16>,
    /// What part of a voucher used to pay lowers the dutiable value: index of a parameter.
    pub payment_discount: u16,
    /// The law for sharing freight by price among lines: indices of citations.
    pub apportion_citations: Vec<u16>,
    /// Index of the channel used when the basket names none.
    pub default_channel: u8,
    /// How goods can come in.
    pub channels: Vec<Channel>,
    /// The law.
    pub instruments: Vec<Instrument>,
    /// Places in the law.
    pub citations: Vec<Citation>,
    /// Dated values.
    pub parameters: Vec<Parameter>,
    /// Facts about an article or an order that the pack asks for.
    pub attributes: Vec<AttributeKind>,
    /// Charge ids whose rate a line can supply.
    pub supplied_rates: Vec<String>,
    /// Tables looked up by a line's code, or by where the goods go.
    pub tables: Vec<Table>,
    /// The legal treatments.
    pub regimes: Vec<Regime>,
    /// Checks that run whatever the regime.
    pub checks: Vec<Check>,
    /// Beginnings of codes that do not tell what an article is.
    pub vague_codes: Vec<String>,
    /// The SHA-256 of the list of terms that its checks by name read, which is a file of its own.
    pub terms: Option<[u8; 32]>,
}

#[cfg(feature = "author")]
impl Pack {
    /// Whether this is the pack's id, or one of its destinations, in small letters or capitals.
    #[must_use]
    pub fn is_for(&self, name: &str) -> bool {
        self.id.eq_ignore_ascii_case(name) || self.destinations.iter().any(|country| country.code().eq_ignore_ascii_case(name))
    }
}

/// A way for goods to come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its id in a basket.
    pub id: String,
    /// The destination's own code for it.
    pub code: Option<String>,
    /// Indices of its regimes, in the order they are tried.
    pub regimes: Vec<u8>,
}

/// How well an instrument's text is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Seen in an official text or its reprint.
    A,
    /// Seen in one good source.
    B,
    /// Seen in a weak source, or not at all.
    C,
}

impl Grade {
    /// Every grade, best first, in the order that packs number them.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// The grade's letter.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

/// A law, announcement or notice.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Its id in the rules.
    pub id: String,
    /// Its number, as issued.
    pub number: Option<String>,
    /// Who issued it.
    pub issuer: String,
    /// When.
    pub date: Option<Date>,
    /// Its title in the original.
    pub title: Option<String>,
    /// Its title in English.
    pub title_en: String,
    /// Where the text is.
    pub url: Option<String>,
    /// How well it is known.
    pub grade: Grade,
}

/// An instrument and a place in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Index of the instrument.
    pub instrument: u16,
    /// The place, empty for the whole.
    pub place: String,
}

/// A dated value.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its id, which is its name in formulas.
    pub id: String,
    /// Whether its value is money, and is shown as money.
    pub money: bool,
    /// The currency its value is in, when that is not the pack's; also for money per unit.
    pub currency: Option<Currency>,
    /// Its values, in the order of their dates, without overlap.
    pub values: Vec<DatedValue>,
}

/// A parameter's value while it is in force.
#[derive(Clone, Debug, PartialEq)]
pub struct DatedValue {
    /// When it is in force.
    pub interval: Interval,
    /// The value.
    pub value: Decimal,
    /// The law: indices of citations.
    pub citations: Vec<u16>,
}

/// A fact about an article, or about the order, that a shop can state.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributeKind {
    /// Its id: `alcohol-by-volume` in the rules is `alcoholByVolume` in a basket.
    pub id: String,
    /// What type it has.
    pub kind: ValueKind,
    /// Whether it is of the basket and not of a line.
    pub of_basket: bool,
}

/// The type of a cell or an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// True or false.
    Truth,
    /// A rate, a number or a quantity.
    Number,
    /// A code.
    Code,
}

impl ValueKind {
    /// Every kind, in the order that packs number them.
    pub const ALL: [Self; 3] = [Self::Truth, Self::Number, Self::Code];
}

/// One legal treatment with its conditions, steps and limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Regime {
    /// Its id.
    pub id: String,
    /// When it is in force.
    pub interval: Interval,
    /// The law that makes it: indices of citations.
    pub citations: Vec<u16>,
    /// What must hold for it to apply.
    pub conditions: Vec<Condition>,
    /// Limits that the basket counts against.
    pub limits: Vec<LimitRule>,
    /// What is computed, in order; the first step is the line's dutiable value.
    pub steps: Vec<Step>,
    /// Findings that depend on the steps.
    pub checks: Vec<Check>,
}

/// Something that must hold for a regime to apply.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its id.
    pub id: String,
    /// True when it holds; over the whole basket.
    pub formula: Expression,
    /// The finding when it keeps every regime of a channel from applying.
    pub notice: Notice,
}

/// A limit that a basket counts against.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitRule {
    /// Its id.
    pub id: String,
    /// The limit: index of a parameter.
    pub limit: u16,
    /// What was used before, if that counts.
    pub used: Option<Name>,
    /// What the basket uses.
    pub amount: Name,
    /// Whether it is a limit by calendar year.
    pub by_year: bool,
}

/// Whether something is computed for each line, for each group of them, or once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// For each line.
    Line,
    /// Once for the basket.
    Basket,
    /// Once for each group of lines; of steps only.
    Group,
}

impl Per {
    /// Every one, in the order that packs number them.
    pub const ALL: [Self; 3] = [Self::Line, Self::Basket, Self::Group];
}

/// How a step's result is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// To a multiple of this; of the currency's minor unit when absent.
    pub to: Option<Decimal>,
    /// Which way.
    pub mode: RoundingMode,
}

/// One named formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Its id, which is its name in later formulas.
    pub id: String,
    /// The kind of charge, when its result is money to pay.
    pub charge: Option<ChargeKind>,
    /// Index of the step that is the charge's rate.
    pub rate: Option<u16>,
    /// Index of the supplied rate that replaces its result.
    pub supplied: Option<u8>,
    /// For each line, each group or once.
    pub per: Per,
    /// For a step per group: lines of which this gives the same belong together.
    pub group: Option<Expression>,
    /// How its result is rounded, if it is.
    pub round: Option<Rounding>,
    /// Whether its result is money, and is shown as money.
    pub money: bool,
    /// The formula as written, which is what the trace shows.
    pub text: String,
    /// The formula.
    pub formula: Expression,
    /// The law: indices of citations.
    pub citations: Vec<u16>,
}

/// What a check or a condition tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// The finding's code.
    pub code: Code,
    /// Its level.
    pub level: Level,
    /// Where it points, when not at the line or the basket it is about.
    pub target: String,
    /// Names whose values the message needs, each with the name as written.
    pub params: Vec<(String, Name)>,
    /// Remedies: names from [`crate::finding::REMEDIES`].
    pub remedies: Vec<&'static str>,
    /// The law: indices of citations.
    pub citations: Vec<u16>,
    /// Whether it makes the quote an estimate.
    pub estimated: bool,
}

/// A finding with its conditions: a restriction, an identity check, a check of a regime.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its id.
    pub id: String,
    /// For each line or once.
    pub per: Per,
    /// Indices of the channels it is for; all when empty.
    pub channels: Vec<u8>,
    /// The group of terms that a line's name has to hold one of, for a check by name.
    pub terms: Option<u8>,
    /// Prefixes of the HS codes it is for; all when empty. A check by name is not for these: the checks by code are.
    pub hs: Vec<String>,
    /// Countries of origin it is for; all when empty.
    pub origins: Vec<Country>,
    /// When it is in force.
    pub interval: Interval,
    /// A further condition.
    pub when: Option<Expression>,
    /// What it tells.
    pub notice: Notice,
}

/// The value of a table's cell.
pub type Cell = Option<Value>;
