//! Prices that include the charges: what they are without them.
//!
//! No formula is turned round. The steps of a regime are evaluated at candidate prices, and prices are taken only when each line's price and
//! charges come to what was stated, to the minor unit, and the regime is the one that applies at those prices. Otherwise there is a finding.

mod line;
mod trial;

use super::Report;
use super::prepare::{Converted, Prepared, apportion, pointer};
use super::regimes::{applying, of_channel};
use super::scope::Scope;
use super::steps::Outcome;
use crate::basket::Basket;
use crate::finding::{Code, Finding, Level};
use crate::formula::Value;
use crate::money;
use crate::pack::{Pack, Per, Regime};
use crate::quote::TraceStep;
use alloc::string::String;
use alloc::vec::Vec;
use line::Edges;
use rust_decimal::Decimal;
use trial::{Fit, Found, Trial};

/// A regime with what its own charges leave of the stated prices, and the regime that applies at those.
struct Tried<'a> {
    number: usize,
    trial: Trial<'a>,
    found: Found,
    applies: Option<usize>,
}

impl Tried<'_> {
    /// Takes what was found, and looks which regime applies at the prices, where there are some.
    fn take(&mut self, found: Found) {
        self.found = found;
        self.applies = if found == Found::Prices { applying(&self.trial.scope()) } else { None };
    }

    fn fits(&self) -> bool {
        self.found == Found::Prices && self.applies == Some(self.number)
    }
}

/// Replaces the stated prices, which include the charges, by those before tax. `false` when there are none, which has then been told.
pub fn take_apart<'a>(
    pack: &'a Pack,
    basket: &'a Basket,
    converted: &'a Converted,
    prepared: &mut Prepared<'a>,
    channel: usize,
    report: &mut Report,
) -> bool {
    let mut all: Vec<Tried<'a>> = Vec::new();
    for (number, regime) in of_channel(pack, channel) {
        if regime.interval.contains(basket.as_of) {
            let mut trial = Trial::new(pack, basket, converted, prepared.clone(), channel, regime);
            let found = trial.solve();
            let mut tried = Tried { number, trial, found, applies: None };
            tried.take(found);
            all.push(tried);
        }
    }
    if !all.iter().any(Tried::fits) {
        settle(&mut all);
    }
    if !all.iter().any(Tried::fits) && search(&mut all) {
        settle(&mut all);
    }
    let mut chosen = None;
    for tried in &all {
        if tried.fits() && chosen.replace(tried).is_some() {
            report.add(no_price("/items".into()));
            return false;
        }
    }
    // Where no regime applies at the prices that a regime's charges leave, the law refuses the basket, and says so at those prices.
    let nowhere = |tried: &&Tried<'_>| tried.found == Found::Prices && tried.applies.is_none();
    if let Some(tried) = chosen.or_else(|| all.iter().find(nowhere)) {
        prepared.clone_from(&tried.trial.prepared);
        return true;
    }
    tell(&all, report);
    false
}

fn no_price(target: String) -> Finding {
    Finding::new(Code::InputNoTaxExclusivePrice, Level::Block, target).remedy("state-price-before-tax")
}

/// Tells why there are no prices: a fact that is lacking, or stated prices that cannot be.
fn tell(all: &[Tried<'_>], report: &mut Report) {
    // A regime that the prices lead to may lack a fact. One that they lead away from has nothing to say.
    let lacks = |tried: &&Tried<'_>| tried.found == Found::Faults && all.iter().any(|other| other.applies == Some(tried.number));
    let told = all.iter().find(lacks).or_else(|| all.iter().find(|tried| tried.found != Found::Prices)).or(all.first());
    let Some(Tried { trial, .. }) = told else {
        return report.add(Finding::new(Code::RulesNotInForce, Level::Block, "/asOf".into()).remedy("choose-other-date"));
    };
    let before = report.findings.len();
    if trial.lines.iter().any(|line| line.fit == Fit::Unknown) {
        trial.tell(report);
    } else {
        for (number, line) in trial.lines.iter().enumerate() {
            if line.fit != Fit::Exact || line.edges.is_some() {
                gap(trial, number, line.edges.unwrap_or_default(), report);
            }
        }
    }
    if report.findings.len() == before {
        // No one line is to blame: every regime has prices, and they belong to another.
        report.add(no_price("/items".into()));
    }
}

/// Tells that a line has no price before tax, and between which stated prices it lies.
fn gap(trial: &Trial<'_>, line: usize, edges: Edges, report: &mut Report) {
    let mut finding = no_price(pointer("/items/", line, "/amount"));
    let lowered = trial.stated(line).zip(trial.target(line)).and_then(|(stated, target)| stated.checked_sub(target));
    for (name, edge) in [("below", edges.below), ("above", edges.above)] {
        if let Some(stated) = edge.zip(lowered).and_then(|(edge, lowered)| edge.checked_add(lowered)) {
            finding = finding.with(name, Value::Money(money::amount(stated, trial.decimals), trial.decimals));
        }
    }
    report.add(finding);
}

/// Moves the lines of the regimes that have gaps once more, with nudges.
fn settle(all: &mut [Tried<'_>]) {
    for tried in all.iter_mut().filter(|tried| tried.found == Found::Gaps) {
        let found = tried.trial.settle(true);
        tried.take(found);
    }
}

/// Searches the lines that have no price for where they lie, and for a price in a piece that was not met. Whether there is one.
fn search(all: &mut [Tried<'_>]) -> bool {
    let one = all.first().is_some_and(|tried| tried.trial.lines.len() == 1);
    if one && all.iter().any(|tried| tried.trial.lines.iter().any(|line| line.fit == Fit::Several)) {
        return false;
    }
    let mut found = false;
    for number in 0..all.len() {
        let lines = all.get(number).map_or(0, |tried| tried.trial.lines.len());
        for line in 0..lines {
            found |= search_line(all, number, line, one).unwrap_or_default();
        }
        if one {
            break;
        }
    }
    found
}

/// Searches a line that has no price under a regime; where it is the only line, under whichever regime applies at each price. Whether it has one.
fn search_line(all: &mut [Tried<'_>], number: usize, line: usize, one: bool) -> Option<bool> {
    let trial = &all.get(number)?.trial;
    if !one && trial.lines.get(line)?.fit != Fit::None {
        return None;
    }
    let target = trial.target(line)?;
    let before: Vec<Option<i64>> = all.iter().map(|tried| tried.trial.price(line)).collect();
    let under = |all: &mut [Tried<'_>], price: i64| {
        if !one {
            return Some(number);
        }
        let first = all.first_mut()?;
        let _ = first.trial.at(line, price, None);
        let applies = applying(&first.trial.scope());
        all.iter().position(|tried| Some(tried.number) == applies)
    };
    let edges = line::between(target, &mut |price| match under(all, price) {
        Some(regime) => all.get_mut(regime)?.trial.at(line, price, None).map(|point| Some(point.total)),
        None => Some(None),
    });
    let exact = edges.filter(|edges| edges.below == Some(target)).map(|edges| edges.price);
    let taken = exact.and_then(|price| under(all, price));
    for (other, (tried, before)) in all.iter_mut().zip(before).enumerate() {
        let price = exact.filter(|_| taken == Some(other));
        let _ = tried.trial.at(line, price.or(before)?, None);
        let place = tried.trial.lines.get_mut(line)?;
        place.edges = edges;
        if price.is_some() {
            (place.fit, tried.found) = (Fit::Exact, Found::Gaps);
        }
    }
    Some(taken.is_some())
}

/// How each line's stated price was taken apart, as steps of the trace.
pub fn steps(regime: &Regime, scope: &Scope<'_>, outcome: &Outcome, converted: &Converted) -> Vec<TraceStep> {
    let mut on_basket = Decimal::ZERO;
    for (number, step) in regime.steps.iter().enumerate() {
        if step.charge.is_some() && step.per == Per::Basket {
            let charge = outcome.results.of_basket(number).and_then(Value::number);
            on_basket = money::add(on_basket, charge.unwrap_or_default()).unwrap_or_default();
        }
    }
    let prices: Vec<Decimal> = scope.prepared.lines.iter().map(|line| line.price).collect();
    let parts = apportion(on_basket, &prices, scope.decimals).unwrap_or_default();
    let mut steps = Vec::with_capacity(prices.len());
    for (number, (given, line)) in scope.basket.lines.iter().zip(&scope.prepared.lines).enumerate() {
        let mut put =
            alloc::vec![("price.tax-included", converted.goods.get(number).copied()), ("reductions", Some(line.share.reductions))];
        for (step, rule) in regime.steps.iter().enumerate() {
            if rule.charge.is_some() && rule.per != Per::Basket {
                put.push((&rule.id, outcome.line_number(step, number)));
            }
        }
        put.push(("basket.charges", parts.get(number).copied()));
        let (mut formula, mut values) = (String::new(), Vec::new());
        for (name, amount) in put {
            let Some(amount) = amount else { continue };
            // Charges are shown also when there is nothing to pay; what else there is not is left out.
            if amount.is_zero() && (name == "reductions" || name == "basket.charges") {
                continue;
            }
            if !formula.is_empty() {
                formula.push_str(" - ");
            }
            formula.push_str(name);
            values.push((String::from(name), Value::Money(amount, scope.decimals)));
        }
        let mut step = given.id.clone();
        step.push_str("/price");
        steps.push(TraceStep { step, formula, values, result: Value::Money(line.price, scope.decimals), citations: Vec::new() });
    }
    steps
}
