//! The output: amounts, limits, findings and trace.

use crate::finding::Finding;
use crate::formula::Value;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// How far the question could be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Exact, as far as the law is known.
    Ready,
    /// A figure rests on a weak source, an old exchange rate or a range.
    Estimated,
    /// A fact is missing.
    NeedsInput,
    /// Something may not be imported, or a limit is exceeded.
    Blocked,
    /// There is no pack for the destination.
    Unsupported,
}

impl Status {
    /// The status's name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Estimated => "estimated",
            Self::NeedsInput => "needsInput",
            Self::Blocked => "blocked",
            Self::Unsupported => "unsupported",
        }
    }
}

/// The answer to a basket. Amounts are in the pack's currency.
#[derive(Clone, Debug)]
pub struct Quote {
    /// How far the question could be answered.
    pub status: Status,
    /// The channel used; absent when the basket could not be read or has no pack.
    pub channel: Option<String>,
    /// The regime that applies.
    pub regime: Option<String>,
    /// The sums; absent when the status is blocked, needs input or unsupported.
    pub amounts: Option<Amounts>,
    /// The lines, in the basket's order.
    pub items: Vec<Item>,
    /// Charges on the whole basket.
    pub charges: Vec<Charge>,
    /// The limits the basket counts against.
    pub limits: Vec<Limit>,
    /// Every regime that was tried and not used.
    pub alternatives: Vec<Alternative>,
    /// What there is to tell.
    pub findings: Vec<Finding>,
    /// Each step that was computed, in order.
    pub trace: Vec<TraceStep>,
}

/// The sums of a quote, rounded to the currency's minor unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Amounts {
    /// Goods, before discounts.
    pub items: Decimal,
    /// Freight.
    pub shipping: Decimal,
    /// Insurance.
    pub insurance: Decimal,
    /// Discounts of both kinds, zero or negative.
    pub discounts: Decimal,
    /// What the charges are computed on.
    pub dutiable_value: Decimal,
    /// Charges of kind duty.
    pub duties: Decimal,
    /// Charges of kind tax.
    pub taxes: Decimal,
    /// Charges of kind fee.
    pub fees: Decimal,
    /// Duties, taxes and fees together.
    pub duties_and_taxes: Decimal,
    /// What the shopper pays in all.
    pub total: Decimal,
}

/// A line's part of the answer.
#[derive(Clone, Debug)]
pub struct Item {
    /// The line's id.
    pub id: String,
    /// Its dutiable value, once it could be computed.
    pub dutiable_value: Option<Decimal>,
    /// Its charges that are not zero.
    pub charges: Vec<Charge>,
    /// Their sum; absent when some could not be computed.
    pub duties_and_taxes: Option<Decimal>,
}

/// The kinds of charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargeKind {
    /// Customs duty.
    Duty,
    /// A tax.
    Tax,
    /// A fee for handling or clearance.
    Fee,
}

impl ChargeKind {
    /// The kind's name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Duty => "duty",
            Self::Tax => "tax",
            Self::Fee => "fee",
        }
    }
}

/// Money to pay.
#[derive(Clone, Debug)]
pub struct Charge {
    /// Which charge: `vat`, `duty` …
    pub id: String,
    /// Its kind.
    pub kind: ChargeKind,
    /// The rate it was computed with, if it has one.
    pub rate: Option<Decimal>,
    /// How much.
    pub amount: Decimal,
    /// The trace steps it rests on.
    pub steps: Vec<String>,
}

/// A limit and how far the basket goes towards it.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Which limit.
    pub id: String,
    /// The limit itself.
    pub limit: Decimal,
    /// What was used before; absent when nobody said.
    pub used: Option<Decimal>,
    /// What this basket uses.
    pub this_basket: Decimal,
    /// What then remains, never below zero; absent when it is not known.
    pub remaining: Option<Decimal>,
    /// The year, for a limit by year.
    pub period: Option<u16>,
}

/// A regime that was tried and not used.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Which regime.
    pub regime: String,
    /// Whether its conditions hold; another of the same channel came first.
    pub applies: bool,
    /// What keeps it from applying: ids of conditions, `channel` or `not-in-force`.
    pub because: Vec<String>,
}

/// One step as it was computed.
#[derive(Clone, Debug)]
pub struct TraceStep {
    /// The line's id, or `basket`, or `group:` and the group's number; a slash and the step's id.
    pub step: String,
    /// The formula.
    pub formula: String,
    /// The values of the names that it used, in the order of use.
    pub values: Vec<(String, Value)>,
    /// The result.
    pub result: Value,
    /// The law it rests on: indices of the pack's citations.
    pub citations: Vec<u16>,
}
