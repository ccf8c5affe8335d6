//! Findings: what there is to tell somebody about a basket. The codes, levels and remedies are here, in one table.

use crate::formula::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Paying should wait until this is mended.
    Block,
    /// Somebody should look, the sale may go on.
    Warn,
    /// Worth knowing.
    Info,
}

impl Level {
    /// Every level, most severe first.
    pub const ALL: [Self; 3] = [Self::Block, Self::Warn, Self::Info];

    /// The level's name in the contract.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
            Self::Info => "info",
        }
    }
}

macro_rules! codes {
    (
        $($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*
        ;
        $($(#[doc = $form_doc:literal])* $form:ident = $form_name:literal,)*
    ) => {
        /// What a finding is about. A code never changes its meaning. Those of declarations are only where declarations are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])* $variant,)*
            $($(#[doc = $form_doc])* #[cfg(feature = "forms")] $form,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)* $(#[cfg(feature = "forms")] Self::$form,)*];

            /// The code's name in the contract.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                    $(#[cfg(feature = "forms")] Self::$form => $form_name,)*
                }
            }
        }
    };
}

codes! {
    /// The basket, or this part of it, does not have the contract's form.
    InputMalformed = "input.malformed",
    /// A line has no HS code.
    InputHsMissing = "input.hs-missing",
    /// The HS code is well-formed, and there is no such heading.
    InputHsUnknown = "input.hs-unknown",
    /// A rule asks where the article comes from, and the line does not say.
    InputOriginMissing = "input.origin-missing",
    /// A rule asks for a measurement that the line does not give.
    InputMeasureMissing = "input.measure-missing",
    /// A rule asks for an attribute that the line does not give.
    InputAttributeMissing = "input.attribute-missing",
    /// A rule asks for an attribute that is stated, and not with a value of its kind.
    InputAttributeUnknown = "input.attribute-unknown",
    /// An amount is in a currency for which the basket gives no exchange rate.
    InputExchangeRateMissing = "input.exchange-rate-missing",
    /// The exchange rate is older than the pack allows.
    InputExchangeRateOld = "input.exchange-rate-old",
    /// An amount, quantity or rate is not a plain decimal in range.
    InputAmountInvalid = "input.amount-invalid",
    /// No price before tax, or more than one, comes to the price with tax that is stated.
    InputNoTaxExclusivePrice = "input.no-tax-exclusive-price",
    /// The basket has more lines, or a longer text, than can be answered for.
    InputTooLarge = "input.too-large",
    /// The order is worth more than one order may be.
    LimitSingle = "limit.single",
    /// The order would take the buyer over the year's limit.
    LimitAnnual = "limit.annual",
    /// Only a single article may exceed the limit.
    LimitSingleArticle = "limit.single-article",
    /// What the buyer has used of the year's limit is not known.
    LimitUnverified = "limit.unverified",
    /// The article may not be imported this way.
    GoodsProhibited = "goods.prohibited",
    /// The article may be imported only under conditions.
    GoodsRestricted = "goods.restricted",
    /// The article needs a permit.
    GoodsPermit = "goods.permit",
    /// More of the article than one person may import.
    GoodsQuantity = "goods.quantity",
    /// Something that a buyer of the article has to be told.
    GoodsNotice = "goods.notice",
    /// The article has no price, or none after reductions, and customs sets its value.
    GoodsNoPrice = "goods.no-price",
    /// The article is not on the list of what may come in this way.
    GoodsNotListed = "goods.not-listed",
    /// Whether the article may come in this way could not be established.
    GoodsUnverified = "goods.unverified",
    /// The buyer's identity is needed and was not given.
    IdentityMissing = "identity.missing",
    /// The buyer's identity was given and is not right.
    IdentityInvalid = "identity.invalid",
    /// Buyer and payer are not the same person.
    IdentityPayerMismatch = "identity.payer-mismatch",
    /// There is no check for such a number.
    IdentityUnsupported = "identity.unsupported",
    /// No rule or rate is known for this.
    RulesUnknown = "rules.unknown",
    /// A figure rests on a weak source.
    RulesGradeC = "rules.grade-c",
    /// No rule was in force on the date asked about.
    RulesNotInForce = "rules.not-in-force",
    /// The rules are known to have changed since the pack was made.
    RulesStale = "rules.stale",
    /// A rate was supplied with the basket and used instead of the pack's.
    RulesRateSupplied = "rules.rate-supplied",
    /// What the basket states of an article was used instead of what the pack says.
    RulesAttributeSupplied = "rules.attribute-supplied",
    /// A tax was assessed and is waived.
    RulesWaived = "rules.waived",
    /// A code does not tell what the article is, and its name was not read: the list of names was not added.
    RulesNamesUnread = "rules.names-unread",
    /// The rate depends on the origin, and only the ordinary one is known.
    RulesOriginRate = "rules.origin-rate",
    /// A reduced rate may apply, and only the standard one is known.
    RulesReducedRate = "rules.reduced-rate",
    /// A figure went out of range while it was computed.
    RulesArithmetic = "rules.arithmetic",
    /// This build of the engine lacks the part that the basket asks for; the whole one has it.
    EnginePartial = "engine.partial",
    /// There is no pack for the destination.
    DestinationUnsupported = "destination.unsupported",
    ;
    /// The message is not well-formed XML in UTF-8, or larger or deeper than is read.
    FormMalformed = "form.malformed",
    /// There is no such message.
    FormUnknownMessage = "form.unknown-message",
    /// An element is not in the namespace of its message.
    FormNamespace = "form.namespace",
    /// An element, or a text, stands where none of its name may.
    FormUnknownElement = "form.unknown-element",
    /// An element stands after one that it must come before.
    FormMisplaced = "form.misplaced",
    /// An element or an attribute that must be there is not.
    FormMissing = "form.missing",
    /// An element is there more often than it may be.
    FormTooMany = "form.too-many",
    /// A text is longer or shorter than it may be.
    FormLength = "form.length",
    /// A text is not a number, or has too many digits.
    FormNumber = "form.number",
    /// An element has an attribute that it may not have.
    FormAttribute = "form.attribute",
    /// The schema fixes an element's value, and it is another.
    FormFixed = "form.fixed",
    /// The specification allows certain values, and it is none of them.
    FormValue = "form.value",
    /// A text is not a date or time that exists.
    FormDate = "form.date",
    /// A message's or document's identifier does not have its form.
    FormGuid = "form.guid",
    /// A number or a name of a person is not right.
    FormIdentity = "form.identity",
    /// Amounts do not add up.
    FormSum = "form.sum",
    /// Of fields that belong together, one is there without the other, or they contradict each other.
    FormPair = "form.pair",
    /// Lines are not numbered 1, 2, 3 and so on.
    FormSequence = "form.sequence",
    /// Something that must be unique is there twice.
    FormDuplicate = "form.duplicate",
    /// Documents about the same order disagree.
    FormMismatch = "form.mismatch",
    /// A code is in no table that is known, or does not have its form.
    FormCode = "form.code",
    /// An order is worth more than one may be.
    FormLimit = "form.limit",
    /// There is no such form, or not enough is known of it.
    FormUnsupported = "form.unsupported",
}

impl Code {
    /// The code with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Whether a `block` finding with this code stops paying only, and leaves the amounts: the shopper is still typing.
    #[must_use]
    pub const fn stops_paying_only(self) -> bool {
        matches!(self, Self::IdentityMissing | Self::IdentityInvalid | Self::IdentityPayerMismatch)
    }

    /// Whether the code says that a fact is missing, so that there is no answer until it is given.
    #[must_use]
    pub const fn needs_input(self) -> bool {
        matches!(
            self,
            Self::InputMalformed
                | Self::InputHsMissing
                | Self::InputHsUnknown
                | Self::InputOriginMissing
                | Self::InputMeasureMissing
                | Self::InputAttributeMissing
                | Self::InputAttributeUnknown
                | Self::InputExchangeRateMissing
                | Self::InputAmountInvalid
                | Self::InputNoTaxExclusivePrice
                | Self::InputTooLarge
                | Self::RulesUnknown
                | Self::RulesNotInForce
                | Self::RulesArithmetic
        )
    }
}

/// What somebody can do about a finding. None of them is a way around the law.
pub const REMEDIES: &[&str] = &[
    "give-identity",
    "correct-identity",
    "pay-yourself",
    "remove-item",
    "choose-other-channel",
    "choose-other-date",
    "check-with-customs",
    "supply-rate",
    "supply-hs-code",
    "supply-origin",
    "supply-measure",
    "supply-attribute",
    "supply-exchange-rate",
    "correct-input",
    "state-price-before-tax",
    "get-permit",
    "consult-list",
];

/// One thing to tell somebody.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub code: Code,
    /// How much it matters.
    pub level: Level,
    /// Where in the basket, as a JSON pointer; empty for the whole basket.
    pub target: String,
    /// Names and values for the message. Never a text that came with the basket.
    pub params: Vec<(String, Value)>,
    /// The law it rests on: indices of the pack's citations.
    pub citations: Vec<u16>,
    /// What can be done: names from [`REMEDIES`].
    pub remedies: Vec<&'static str>,
}

impl Finding {
    /// A finding without parameters, citations or remedies.
    #[must_use]
    pub const fn new(code: Code, level: Level, target: String) -> Self {
        Self { code, level, target, params: Vec::new(), citations: Vec::new(), remedies: Vec::new() }
    }

    /// The same with a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.params.push((name.into(), value));
        self
    }

    /// The same with a remedy.
    #[must_use]
    pub fn remedy(mut self, remedy: &'static str) -> Self {
        self.remedies.push(remedy);
        self
    }
}
