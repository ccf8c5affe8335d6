//! The input: what a shop asks about, parsed and checked. It holds no personal data.

use crate::codes::{Country, DigitCode};
use crate::date::Date;
use crate::formula::Unit;
use crate::money::Currency;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// The most lines a basket may have.
pub const MOST_LINES: usize = 1000;
/// The most characters a text of a basket may have.
pub const LONGEST_TEXT: usize = 500;

/// An order as a shop knows it before payment.
#[derive(Clone, Debug)]
pub struct Basket {
    /// Where the goods are sent from.
    pub ship_from: Option<Country>,
    /// Where they are sent to: chooses the pack.
    pub ship_to: Country,
    /// The subdivision they are sent to, in the destination's own codes.
    pub ship_to_area: Option<String>,
    /// The postal code they are sent to.
    pub ship_to_postal_code: Option<String>,
    /// How the goods come in; the pack's default when absent.
    pub channel: Option<String>,
    /// The date whose law is asked about.
    pub as_of: Date,
    /// The currency of every amount that names no other.
    pub currency: Currency,
    /// Whether the lines' amounts include the charges.
    pub tax_included: bool,
    /// Who pays duties and taxes.
    pub incoterm: Option<Incoterm>,
    /// The articles; at least one, at most [`MOST_LINES`].
    pub lines: Vec<Line>,
    /// Freight for the whole basket.
    pub shipping: Option<Money>,
    /// Insurance for the whole basket.
    pub insurance: Option<Money>,
    /// What was taken off.
    pub discounts: Vec<Discount>,
    /// Exchange rates that the shop uses.
    pub exchange_rates: Vec<ExchangeRate>,
    /// What is known of the buyer: verdicts, never data.
    pub buyer: Buyer,
    /// Facts about the order that a pack can ask for, by name.
    pub attributes: Vec<(String, Attribute)>,
}

/// An amount in a currency.
#[derive(Clone, Copy, Debug)]
pub struct Money {
    /// How much; not negative.
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

/// Who pays duties and taxes: the seller before delivery, or the buyer at it. `DDU` is read as [`Incoterm::Dap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incoterm {
    /// Delivered, duties paid.
    Ddp,
    /// Delivered at place, duties unpaid.
    Dap,
}

impl Incoterm {
    /// The term's name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ddp => "DDP",
            Self::Dap => "DAP",
        }
    }
}

/// One article in a basket.
#[derive(Clone, Debug)]
pub struct Line {
    /// The shop's name for the line; unique in the basket.
    pub id: String,
    /// The shop's stock number.
    pub sku: Option<String>,
    /// The article's name.
    pub name: Option<String>,
    /// The commodity code, 6 to 10 digits.
    pub hs_code: Option<DigitCode>,
    /// The destination's personal-article code, 2 to 10 digits.
    pub article_code: Option<DigitCode>,
    /// Where the article was made.
    pub origin: Option<Country>,
    /// How many of it; more than zero.
    pub quantity: Decimal,
    /// The price of one: before tax, or with the charges where the basket says so.
    pub amount: Money,
    /// Measurements of one article.
    pub measurements: Vec<Measurement>,
    /// Facts about the article that a pack can ask for, by name.
    pub attributes: Vec<(String, Attribute)>,
    /// Rates from a ruling or a broker, by charge id (`vat`, `consumption-tax`), used instead of the pack's.
    pub rates: Vec<(String, Decimal)>,
}

/// What a measurement measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The article without packing, by mass.
    NetWeight,
    /// The article with packing, by mass.
    GrossWeight,
    /// The article's volume.
    Volume,
    /// How many pieces one article holds: masks in a box, cigarettes in a carton.
    Pieces,
}

/// One measurement of one article, as it was given.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// What was measured.
    pub measure: Measure,
    /// How much; more than zero.
    pub value: Decimal,
    /// In which unit: `g` or `kg`, `ml` or `l`, `piece`.
    pub unit: Unit,
}

/// The value of an attribute as the basket states it; the pack says which type it must have.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    /// `true` or `false`.
    Truth(bool),
    /// A text: a decimal number or a code.
    Text(String),
}

/// A reduction or a voucher.
#[derive(Clone, Debug)]
pub struct Discount {
    /// How much; not negative.
    pub amount: Money,
    /// What kind it is.
    pub kind: DiscountKind,
    /// Index of the line it belongs to; the whole basket when absent.
    pub line: Option<usize>,
}

/// What a discount does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscountKind {
    /// Lowers the price for anyone.
    Price,
    /// A voucher or points used to pay.
    Payment,
}

/// How much of one currency another buys.
#[derive(Clone, Copy, Debug)]
pub struct ExchangeRate {
    /// One unit of this …
    pub from: Currency,
    /// … is `rate` units of this.
    pub to: Currency,
    /// More than zero.
    pub rate: Decimal,
    /// The day the rate is of.
    pub as_of: Date,
}

/// What is known of the buyer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Buyer {
    /// The verdict on the buyer's identity.
    pub identity: Identity,
    /// Whether the payer is the buyer.
    pub payer_is_buyer: Option<bool>,
    /// What the buyer has used of this year's limit.
    pub used_this_year: Option<Money>,
}

/// A verdict on the buyer's identity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// Given and right.
    Valid,
    /// Given and wrong.
    Invalid,
    /// Not given.
    #[default]
    Absent,
}

impl Identity {
    /// The verdict's name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid => "invalid",
            Self::Absent => "absent",
        }
    }
}
