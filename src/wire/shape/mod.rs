//! The contract as tables. Reading, the JSON Schema and the TypeScript types all follow them.

mod basket;
#[cfg(feature = "forms")]
mod order;
#[cfg(feature = "forms")]
mod pull;
#[cfg(not(target_arch = "wasm32"))]
mod quote;

pub use basket::BASKET;
#[cfg(feature = "forms")]
pub use order::ORDER;
#[cfg(feature = "forms")]
pub use pull::{LONGEST_RAW, PULL};
#[cfg(not(target_arch = "wasm32"))]
pub use quote::QUOTE;

/// What people read about the contract: in the schema, the types and the documents, not in what a shopper downloads.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! about {
    ($text:literal) => {
        $text
    };
}
#[cfg(target_arch = "wasm32")]
macro_rules! about {
    ($text:literal) => {
        ""
    };
}
pub(crate) use about;

/// The most entries of a list other than the lines, and of a map.
pub const MOST_ENTRIES: usize = 200;
/// The most characters of an attribute's text.
pub const LONGEST_ATTRIBUTE: usize = 100;
/// The most characters of a name in a map.
pub const LONGEST_NAME: usize = 40;
/// The most characters of a code made of digits, with its dots and spaces.
pub const LONGEST_DIGIT_CODE: usize = 32;

/// An object of the contract.
#[derive(Debug)]
pub struct Shape {
    /// Its name in the schema and the types; empty in Wasm.
    pub name: &'static str,
    /// What it is; empty in Wasm.
    pub doc: &'static str,
    /// Its fields, in the order in which they are written.
    pub fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it means; empty in Wasm.
    pub doc: &'static str,
}

/// A closed list of texts.
#[derive(Debug)]
pub struct Choice {
    /// Its name in the schema and the types; empty in Wasm.
    pub name: &'static str,
    /// What it is; empty in Wasm.
    pub doc: &'static str,
    /// The texts.
    pub names: &'static [&'static str],
}

/// What a field holds.
#[derive(Debug)]
pub enum Kind {
    /// A text of so many characters, at least and at most.
    Text(usize, usize),
    /// A plain decimal as text, not negative.
    Decimal,
    /// A plain decimal as text, more than zero.
    PositiveDecimal,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// An assigned ISO 3166-1 alpha-2 code.
    Country,
    /// An active ISO 4217 code.
    Currency,
    /// A code of so many digits, at least and at most; dots and spaces do not count.
    Digits(usize, usize),
    /// `true` or `false`.
    Truth,
    /// One of a closed list.
    OneOf(&'static Choice),
    /// An object.
    Object(&'static Shape),
    /// A list of so many entries, at least and at most.
    List(&'static Kind, usize, usize),
    /// An object whose fields are named by the sender, in camel case; the names listed are told in pointers, others are not.
    Map(&'static Kind, &'static [&'static str]),
    /// `true`, `false` or a short text.
    Attribute,
    /// In an answer: any text.
    AnyText,
    /// In an answer: a decimal as text that may be negative.
    SignedDecimal,
    /// In an answer: the code of a finding; codes may be added.
    FindingCode,
    /// In an answer: a remedy; remedies may be added.
    Remedy,
    /// In an answer: a list without an end of its own.
    Entries(&'static Kind),
    /// In an answer: an object with any names.
    Named(&'static Kind),
    /// In an answer: `null`, or this.
    Nullable(&'static Kind),
}

impl Kind {
    /// The word for the kind in the parameter `expected` of a finding.
    #[must_use]
    pub const fn expected(&self) -> &'static str {
        match self {
            Self::Text(..) | Self::AnyText | Self::FindingCode | Self::Remedy => "text",
            Self::Decimal | Self::SignedDecimal => "decimal-string",
            Self::PositiveDecimal => "positive-decimal-string",
            Self::Date => "date",
            Self::Country => "country",
            Self::Currency => "currency",
            // An article code has fewer digits than any HS code.
            Self::Digits(shortest, _) if *shortest < 6 => "article-code",
            Self::Digits(..) => "hs-code",
            Self::Truth => "truth",
            Self::OneOf(_) => "one-of",
            Self::Object(_) | Self::Map(..) | Self::Named(_) => "object",
            Self::List(..) | Self::Entries(_) => "list",
            Self::Attribute => "truth-or-text",
            Self::Nullable(kind) => kind.expected(),
        }
    }
}

/// A field that must be there.
const fn required(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, required: true, doc }
}

/// A field that may be left out.
const fn optional(name: &'static str, kind: Kind, doc: &'static str) -> Field {
    Field { name, kind, required: false, doc }
}
