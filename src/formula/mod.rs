//! The formula: a small language made for law. Total, typed and exact.
//!
//! This module holds what runs: expressions, values and units. The parser and the type checker are the author's and native only;
//! a pack carries expressions that were checked when it was built.

mod eval;

pub use eval::{Environment, Fault, compute, evaluate};

use crate::{digits, money};
use alloc::boxed::Box;
use alloc::string::String;
use rust_decimal::Decimal;

/// A value of the language.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Money, a rate, a quantity or a count; its unit was checked when the pack was built.
    Number(Decimal),
    /// Money of the pack's currency in a result: shown with at least the currency's decimals.
    Money(Decimal, u32),
    /// True or false.
    Truth(bool),
    /// A code.
    Code(String),
}

impl Value {
    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) | Self::Money(number, _) => Some(*number),
            Self::Truth(_) | Self::Code(_) => None,
        }
    }

    /// The value as text, in the contract's form.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => digits::decimal(*number),
            Self::Money(number, decimals) => money::text(*number, *decimals),
            Self::Truth(true) => "true".into(),
            Self::Truth(false) => "false".into(),
            Self::Code(code) => code.clone(),
        }
    }
}

/// The units that a quantity can have, besides money and plain numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Gram.
    Gram,
    /// Kilogram.
    Kilogram,
    /// Millilitre.
    Millilitre,
    /// Litre.
    Litre,
    /// Piece.
    Piece,
    /// Day.
    Day,
}

impl Unit {
    /// Every unit, in the order that packs number them.
    pub const ALL: [Self; 6] = [Self::Gram, Self::Kilogram, Self::Millilitre, Self::Litre, Self::Piece, Self::Day];

    /// The unit's symbol.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Gram => "g",
            Self::Kilogram => "kg",
            Self::Millilitre => "ml",
            Self::Litre => "l",
            Self::Piece => "piece",
            Self::Day => "day",
        }
    }

    /// The unit with this symbol.
    #[must_use]
    pub fn parse(symbol: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.symbol() == symbol)
    }
}

macro_rules! facts {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// A fact of the basket or of a line, by the name formulas use for it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Fact {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Fact {
            /// Every fact, in the order that packs number them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in a formula.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

facts! {
    /// A line's goods price after price reductions.
    Price = "price",
    /// A line's share of the freight.
    Freight = "freight",
    /// A line's share of the insurance.
    Insurance = "insurance",
    /// A line's dutiable value.
    Value = "value",
    /// How many of the article.
    Quantity = "quantity",
    /// Net weight of one article in grams.
    NetWeightGram = "net-weight.g",
    /// Net weight of one article in kilograms.
    NetWeightKilogram = "net-weight.kg",
    /// Volume of one article in millilitres.
    VolumeMillilitre = "volume.ml",
    /// Volume of one article in litres.
    VolumeLitre = "volume.l",
    /// Pieces that one article holds.
    Pieces = "pieces",
    /// The line's country of origin.
    Origin = "origin",
    /// The line's HS code.
    HsCode = "hs-code",
    /// Goods prices of all lines.
    BasketPrice = "basket.price",
    /// Freight of the basket.
    BasketFreight = "basket.freight",
    /// Insurance of the basket.
    BasketInsurance = "basket.insurance",
    /// Dutiable values of all lines.
    BasketValue = "basket.value",
    /// Quantities of all lines.
    BasketArticles = "basket.articles",
    /// How many lines.
    BasketLines = "basket.lines",
    /// The country the goods are sent from.
    ShipFrom = "ship-from",
    /// The channel.
    Channel = "channel",
    /// The verdict on the buyer's identity.
    BuyerIdentity = "buyer.identity",
    /// Whether the payer is the buyer.
    BuyerPayerIsBuyer = "buyer.payer-is-buyer",
    /// What the buyer has used of the year's limit.
    BuyerUsedThisYear = "buyer.used-this-year",
    /// How many digits the line's HS code is given with.
    HsCodeDigits = "hs-code.digits",
    /// The chapter of the line's HS code.
    HsCodeChapter = "hs-code.2",
    /// The heading of the line's HS code.
    HsCodeHeading = "hs-code.4",
    /// The subheading of the line's HS code.
    HsCodeSubheading = "hs-code.6",
    /// The first eight digits of the line's HS code, when it has as many.
    HsCodeEight = "hs-code.8",
    /// The line's number in the basket, which no other line has.
    Line = "line",
    /// The country the goods are sent to.
    ShipTo = "ship-to",
    /// The subdivision the goods are sent to.
    ShipToArea = "ship-to-area",
    /// Who pays duties and taxes.
    Incoterm = "incoterm",
}

/// What a name in a formula stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    /// A fact of the basket or the line.
    Fact(Fact),
    /// A parameter of the pack, by index.
    Parameter(u16),
    /// A cell of the line's row: index of the table, index of the column.
    Cell(u8, u8),
    /// An attribute of the line or of the basket, by index in the pack.
    Attribute(u8),
    /// A rate supplied with the line, by the index of the charge's id among the pack's supplied rates.
    SuppliedRate(u8),
    /// An earlier step of the regime, by index.
    Step(u16),
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// Sum.
    Add,
    /// Difference.
    Subtract,
    /// Product.
    Multiply,
    /// Quotient.
    Divide,
    /// The smaller.
    Min,
    /// The larger.
    Max,
    /// Equal.
    Equal,
    /// Not equal.
    NotEqual,
    /// Less.
    Less,
    /// Less or equal.
    LessOrEqual,
    /// More.
    More,
    /// More or equal.
    MoreOrEqual,
    /// Both; the second is asked only when the first is true.
    And,
    /// Either; the second is asked only when the first is false.
    Or,
}

impl Operator {
    /// Every operator, in the order that packs number them.
    pub const ALL: [Self; 14] = [
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Min,
        Self::Max,
        Self::Equal,
        Self::NotEqual,
        Self::Less,
        Self::LessOrEqual,
        Self::More,
        Self::MoreOrEqual,
        Self::And,
        Self::Or,
    ];
}

/// What several lines give together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// The sum.
    Sum,
    /// The largest.
    Largest,
    /// The smallest.
    Smallest,
    /// Whether it is true of every line.
    All,
    /// Whether it is true of some line.
    Any,
}

impl Fold {
    /// Every fold, in the order that packs number them.
    pub const ALL: [Self; 5] = [Self::Sum, Self::Largest, Self::Smallest, Self::All, Self::Any];

    /// The word for it in a formula.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Largest => "largest",
            Self::Smallest => "smallest",
            Self::All => "all",
            Self::Any => "any",
        }
    }
}

/// A checked formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A number written in the formula.
    Number(Decimal),
    /// A code written in the formula.
    Code(String),
    /// True or false.
    Truth(bool),
    /// The value of a name.
    Name(Name),
    /// Whether a name has a value.
    Has(Name),
    /// What a formula gives over lines: those of the group, or all. With it as written, which is what the trace shows.
    Fold(Fold, Box<Expression>, String),
    /// Not.
    Not(Box<Expression>),
    /// The number with its sign changed.
    Negate(Box<Expression>),
    /// Two operands and an operator.
    Binary(Operator, Box<Expression>, Box<Expression>),
    /// Condition, then, else; only the branch that is taken is evaluated.
    If(Box<Expression>, Box<Expression>, Box<Expression>),
}
