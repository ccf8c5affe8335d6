//! The pipeline: basket, value, restrictions, regime, steps, limits, findings, quote. One direction; no step looks back.
//!
//! The engine knows no country, no rate and no threshold: all of them come from a pack.

mod checks;
#[cfg(feature = "whole")]
mod included;
mod names;
mod payments;
mod prepare;
mod regimes;
mod scope;
mod steps;

pub use prepare::apportion;

use crate::basket::Basket;
use crate::codes::Country;
use crate::date::Date;
use crate::finding::{Code, Finding, Level};
use crate::formula::Value;
#[cfg(feature = "whole")]
use crate::names::Terms;
use crate::pack::{self, Grade, Pack, PackError};
use crate::quote::{Quote, Status};
use alloc::string::String;
use alloc::vec::Vec;
use prepare::Converted;
use scope::Scope;
use sha2::{Digest, Sha256};

/// A pack that is ready to use, with the SHA-256 of its bytes.
#[derive(Clone, Debug)]
pub struct LoadedPack {
    /// The rules.
    pub pack: Pack,
    /// The names that its checks by name read, once they were added.
    #[cfg(feature = "whole")]
    pub terms: Option<Terms>,
    /// The hash of the pack's bytes, which hold the hash of its list of terms.
    pub sha256: [u8; 32],
}

/// What a quote was computed with.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// The pack of the basket's destination, if there is one.
    pub pack: Option<&'a LoadedPack>,
    /// The destination asked about.
    pub destination: Country,
    /// The date whose law was applied.
    pub as_of: Date,
}

/// Answers baskets from the packs it was given. Built once, asked many times.
#[derive(Clone, Debug, Default)]
pub struct Engine {
    packs: Vec<LoadedPack>,
}

impl Engine {
    /// An engine without packs: every destination is unsupported.
    #[must_use]
    pub const fn new() -> Self {
        Self { packs: Vec::new() }
    }

    /// Adds a pack, or to a pack its list of terms; a pack for any of the same destinations is replaced.
    ///
    /// # Errors
    ///
    /// [`PackError`] when the bytes are neither, or not such that this engine can use them. The engine is then as it was.
    pub fn add_pack(&mut self, bytes: &[u8]) -> Result<&LoadedPack, PackError> {
        let sha256 = Sha256::digest(bytes).into();
        #[cfg(feature = "whole")]
        if bytes.starts_with(&pack::TERMS_MAGIC) {
            let terms = pack::decode_terms(bytes)?;
            let loaded = self.packs.iter_mut().find(|loaded| loaded.pack.terms == Some(sha256)).ok_or(PackError::Stray)?;
            loaded.terms = Some(terms);
            return Ok(loaded);
        }
        let loaded = LoadedPack {
            pack: pack::decode(bytes)?,
            #[cfg(feature = "whole")]
            terms: None,
            sha256,
        };
        self.packs.retain(|other| !other.pack.destinations.iter().any(|destination| loaded.pack.destinations.contains(destination)));
        self.packs.push(loaded);
        self.packs.last().ok_or(PackError::Malformed)
    }

    /// The packs, in the order they were added.
    #[must_use]
    pub fn packs(&self) -> &[LoadedPack] {
        &self.packs
    }

    /// The answer to a basket, and what it was computed with.
    #[must_use]
    pub fn quote(&self, basket: &Basket) -> (Quote, Answer<'_>) {
        let pack = self.packs.iter().find(|loaded| loaded.pack.destinations.contains(&basket.ship_to));
        let answer = Answer { pack, destination: basket.ship_to, as_of: basket.as_of };
        let quote = match pack {
            Some(loaded) => quote_with(loaded, basket),
            None => unanswered(
                Status::Unsupported,
                alloc::vec![Finding::new(Code::DestinationUnsupported, Level::Warn, "/shipTo/countryCode".into())],
            ),
        };
        (quote, answer)
    }
}

/// A quote that says only why there is no answer.
#[must_use]
pub const fn unanswered(status: Status, findings: Vec<Finding>) -> Quote {
    Quote {
        status,
        channel: None,
        regime: None,
        amounts: None,
        items: Vec::new(),
        charges: Vec::new(),
        limits: Vec::new(),
        alternatives: Vec::new(),
        findings,
        trace: Vec::new(),
    }
}

/// What has been found so far.
#[derive(Debug, Default)]
struct Report {
    findings: Vec<Finding>,
    /// Citations that a figure of the quote rests on.
    used: Vec<u16>,
    estimated: bool,
}

impl Report {
    /// Notes the law that a figure rests on.
    fn rests_on(&mut self, citations: &[u16]) {
        for citation in citations {
            if !self.used.contains(citation) {
                self.used.push(*citation);
            }
        }
    }

    /// Adds a finding, once.
    fn add(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

fn quote_with(loaded: &LoadedPack, basket: &Basket) -> Quote {
    let pack = &loaded.pack;
    let mut report = Report::default();
    let channel = match &basket.channel {
        None => usize::from(pack.default_channel),
        Some(id) => match pack.channels.iter().position(|channel| channel.id == *id) {
            Some(channel) => channel,
            None => {
                let finding = Finding::new(Code::InputMalformed, Level::Block, "/channel".into())
                    .with("expected", Value::Code("channel".into()))
                    .remedy("correct-input");
                return unanswered(Status::NeedsInput, alloc::vec![finding]);
            }
        },
    };
    if basket.tax_included && !cfg!(feature = "whole") {
        let finding = Finding::new(Code::EnginePartial, Level::Block, "/taxIncluded".into()).remedy("state-price-before-tax");
        return unanswered(Status::NeedsInput, alloc::vec![finding]);
    }
    let converted = prepare::convert(pack, basket, &mut report);
    let prepared = converted.and_then(|converted| Some((prepare::prepare(pack, basket, &converted, &mut report)?, converted)));
    let mut quote = unanswered(Status::Ready, Vec::new());
    quote.channel = pack.channels.get(channel).map(|channel| channel.id.clone());
    if let Some((prepared, converted)) = prepared {
        #[cfg(feature = "whole")]
        let mut prepared = prepared;
        #[cfg(feature = "whole")]
        let priced = !basket.tax_included || included::take_apart(pack, basket, &converted, &mut prepared, channel, &mut report);
        #[cfg(not(feature = "whole"))]
        let priced = true;
        let mut scope = Scope::new(pack, basket, &prepared, channel);
        scope.priced = priced;
        answer(loaded, &scope, &converted, &mut report, &mut quote);
    }
    weak_sources(pack, &mut report);
    quote.status = status(&report);
    if matches!(quote.status, Status::Blocked | Status::NeedsInput) {
        quote.amounts = None;
    }
    if quote.status == Status::Blocked {
        // What is prohibited has no price: no figure is left from which a total could be added up.
        quote.charges.clear();
        quote.trace.clear();
        for item in &mut quote.items {
            item.charges.clear();
            item.duties_and_taxes = None;
        }
    }
    // The most severe first, otherwise in the order they were found.
    for level in Level::ALL {
        quote.findings.extend(report.findings.iter().filter(|finding| finding.level == level).cloned());
    }
    quote
}

#[cfg_attr(not(feature = "whole"), expect(unused_variables, reason = "only prices with tax are traced from what was stated"))]
fn answer(loaded: &LoadedPack, scope: &Scope<'_>, converted: &Converted, report: &mut Report, quote: &mut Quote) {
    let basket = scope.basket;
    checks::codes(scope, report);
    checks::run(&scope.pack.checks, scope, None, report);
    names::run(loaded, scope, report);
    if !scope.priced {
        quote.items = steps::items_without_charges(basket);
        return;
    }
    let choice = regimes::choose(scope, report);
    quote.limits = choice.limits;
    quote.alternatives = choice.alternatives;
    let Some(regime) = choice.regime else {
        quote.items = steps::items_without_charges(basket);
        return;
    };
    quote.regime = Some(regime.id.clone());
    let outcome = steps::run(regime, scope, report);
    checks::run(&regime.checks, scope, Some((regime, &outcome)), report);
    quote.amounts = outcome.amounts(regime, scope);
    quote.items = outcome.items(regime, scope);
    if let Some(amounts) = &quote.amounts
        && let Some(finding) = payments::overpaid(amounts, &quote.items, scope.prepared, scope.decimals)
    {
        report.add(finding);
    }
    quote.charges = outcome.basket_charges(regime);
    #[cfg(feature = "whole")]
    if basket.tax_included {
        quote.trace = included::steps(regime, scope, &outcome, converted);
    }
    quote.trace.extend(outcome.trace);
}

/// A figure that rests on a weak source makes the quote an estimate, and says so.
fn weak_sources(pack: &Pack, report: &mut Report) {
    let weak = |citation: &&u16| {
        pack.citations
            .get(usize::from(**citation))
            .and_then(|citation| pack.instruments.get(usize::from(citation.instrument)))
            .is_some_and(|instrument| instrument.grade == Grade::C)
    };
    let citations: Vec<u16> = report.used.iter().filter(weak).copied().collect();
    if !citations.is_empty() {
        report.estimated = true;
        let mut finding = Finding::new(Code::RulesGradeC, Level::Info, String::new()).remedy("check-with-customs");
        finding.citations = citations;
        report.add(finding);
    }
}

fn status(report: &Report) -> Status {
    let blocks = |finding: &&Finding| finding.level == Level::Block && !finding.code.stops_paying_only();
    let mut blocking = report.findings.iter().filter(blocks).peekable();
    if blocking.peek().is_none() {
        return if report.estimated { Status::Estimated } else { Status::Ready };
    }
    if blocking.all(|finding| finding.code.needs_input()) { Status::NeedsInput } else { Status::Blocked }
}
