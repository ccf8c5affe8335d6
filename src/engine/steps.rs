//! Evaluating a regime's steps, line by line, with their trace; and adding up what they charge.

use super::Report;
use super::checks::tell;
use super::prepare::{apportion, pointer};
use super::scope::{Path, Results, Scope, View};
use crate::basket::Basket;
use crate::finding::{Code, Finding, Level};
use crate::formula::{Fault, Value, evaluate};
use crate::money;
use crate::pack::{Per, Regime, Step};
use crate::quote::{Amounts, Charge, ChargeKind, Item, TraceStep};
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// What a regime's steps gave.
#[derive(Debug, Default)]
pub struct Outcome {
    pub results: Results,
    pub trace: Vec<TraceStep>,
}

/// What the place of a group's step in the trace begins with; its number follows.
const GROUP: &str = "group:";
/// The formula of a line's share in a group's step, as the trace shows it.
const SHARE: &str = "group.share";

/// What a step is evaluated for.
#[derive(Clone, Copy, Debug)]
pub enum Place<'a> {
    Line(usize),
    /// A group: its number among those of the step, and its lines.
    Group(usize, &'a [usize]),
    Basket,
}

impl<'a> Place<'a> {
    /// The line that names in the formula are of.
    const fn line(self) -> Option<usize> {
        if let Self::Line(line) = self { Some(line) } else { None }
    }

    /// Has a view look from here.
    const fn look(self, view: &mut View<'a>) {
        if let Self::Group(_, lines) = self {
            view.among = Some(lines);
        }
    }

    /// The place in the trace. Of a line that is alone in its group, the trace is the line's own.
    fn owner(self, scope: &Scope<'_>) -> String {
        match self {
            Self::Line(line) | Self::Group(_, &[line]) => scope.basket.lines.get(line).map(|line| line.id.clone()).unwrap_or_default(),
            Self::Group(number, _) => pointer(GROUP, number, ""),
            Self::Basket => "basket".into(),
        }
    }
}

/// Evaluates one step in one place. The result and its trace, or why there is none, and the line for which there is none.
pub fn evaluate_step(
    regime: &Regime,
    step: &Step,
    scope: &Scope<'_>,
    results: &Results,
    at: Place<'_>,
) -> Result<(Value, TraceStep), (Fault, Option<usize>)> {
    let place = joined(&at.owner(scope), "/", &step.id);
    if let Some(rate) = supplied(step, scope, at.line()) {
        let charge = step.supplied.and_then(|number| scope.pack.supplied_rates.get(usize::from(number)));
        let formula = joined("rates", ".", charge.map(String::as_str).unwrap_or_default());
        let values = alloc::vec![(formula.clone(), Value::Number(rate))];
        let result = Value::Number(rate);
        return Ok((result.clone(), TraceStep { step: place, formula, values, result, citations: Vec::new() }));
    }
    let mut view = View::new(scope, Some(regime), results, at.line());
    at.look(&mut view);
    let result = step_value(step, &mut view).map_err(|fault| (fault, view.line))?;
    let mut citations = step.citations.clone();
    for citation in view.citations {
        if !citations.contains(&citation) {
            citations.push(citation);
        }
    }
    let values = view.values;
    Ok((result.clone(), TraceStep { step: place, formula: step.text.clone(), values, result, citations }))
}

/// The rate that a line supplies in the place of a step.
fn supplied(step: &Step, scope: &Scope<'_>, line: Option<usize>) -> Option<Decimal> {
    let given = line.and_then(|line| scope.basket.lines.get(line));
    given.zip(step.supplied).and_then(|(line, number)| scope.supplied(line, number))
}

/// A step's result alone. The path goes on from where it was; the comparisons come out as they are forced to.
pub fn step_result(
    regime: &Regime,
    step: &Step,
    scope: &Scope<'_>,
    results: &Results,
    at: Place<'_>,
    (path, forced): (&mut Path, Option<Path>),
) -> Result<Value, Fault> {
    let mut view = View::quiet(scope, regime, results, at.line());
    at.look(&mut view);
    (view.path, view.forced) = (*path, forced);
    let value = step_value(step, &mut view);
    *path = view.path;
    value
}

fn step_value(step: &Step, view: &mut View<'_>) -> Result<Value, Fault> {
    let scope = view.scope;
    if let Some(rate) = supplied(step, scope, view.line) {
        return Ok(Value::Number(rate));
    }
    let value = evaluate(&step.formula, view)?;
    let Some(mut number) = value.number() else { return Ok(value) };
    if let Some(rounding) = step.round {
        let unit = rounding.to.unwrap_or_else(|| money::amount(1, scope.decimals));
        number = money::round_to(number, unit, rounding.mode).ok_or(Fault::Arithmetic)?;
    }
    Ok(if step.money {
        Value::Money(number, scope.decimals)
    } else if step.round.is_some() {
        Value::Number(number)
    } else {
        value
    })
}

fn joined(before: &str, between: &str, after: &str) -> String {
    let mut text = String::from(before);
    text.push_str(between);
    text.push_str(after);
    text
}

/// Evaluates every step of a regime. A step that has no value is told once; what rests on it stays silent.
pub fn run(regime: &Regime, scope: &Scope<'_>, report: &mut Report) -> Outcome {
    let mut outcome = Outcome::default();
    for step in &regime.steps {
        let mut line_values = Vec::new();
        let mut basket_value = None;
        let lines = scope.basket.lines.len();
        match step.per {
            Per::Line => {
                for line in 0..lines {
                    line_values.push(outcome.evaluate(regime, step, scope, Place::Line(line), report));
                }
            }
            Per::Basket => basket_value = outcome.evaluate(regime, step, scope, Place::Basket, report),
            Per::Group => {
                let keys = keys(regime, step, scope, &outcome.results, report);
                for _ in 0..lines {
                    line_values.push(None);
                }
                let mut number = 0usize;
                for (first, key) in keys.iter().enumerate() {
                    if key.is_none() || keys.iter().take(first).any(|other| other == key) {
                        continue;
                    }
                    let members = members(&keys, first);
                    number = number.saturating_add(1);
                    if let Some(value) = outcome.evaluate(regime, step, scope, Place::Group(number, &members), report) {
                        outcome.share(step, scope, &members, &value, &mut line_values);
                    }
                }
            }
        }
        outcome.results.push(line_values, basket_value);
    }
    outcome.tell_supplied_rates(regime, scope, report);
    outcome
}

/// What tells each line's group from others.
fn keys(regime: &Regime, step: &Step, scope: &Scope<'_>, results: &Results, report: &mut Report) -> Vec<Option<Value>> {
    let mut keys = Vec::new();
    for line in 0..scope.basket.lines.len() {
        let mut view = View::new(scope, Some(regime), results, Some(line));
        let key = step.group.as_ref().map_or(Err(Fault::Type), |group| evaluate(group, &mut view));
        report.rests_on(&view.citations);
        if let Err(fault) = key {
            tell(fault, scope, Some(line), Level::Block, report);
        }
        keys.push(key.ok());
    }
    keys
}

/// The lines of a line's group.
fn members(keys: &[Option<Value>], line: usize) -> Vec<usize> {
    (0..keys.len()).filter(|other| keys.get(*other) == keys.get(line)).collect()
}

/// The shares of a group's lines in its money, by dutiable value. None where there is nothing to share: then each line has the whole.
fn shares(value: &Value, results: &Results, lines: &[usize], decimals: u32) -> Vec<Decimal> {
    let weight = |line: &usize| results.of_line(0, *line).and_then(Value::number).unwrap_or_default();
    match value {
        Value::Money(total, _) if lines.len() > 1 => {
            apportion(*total, &lines.iter().map(weight).collect::<Vec<_>>(), decimals).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

#[cfg(feature = "whole")]
/// What a step per group gives a line.
pub fn line_of_group(
    regime: &Regime,
    step: &Step,
    scope: &Scope<'_>,
    results: &Results,
    line: usize,
    path: (&mut Path, Option<Path>),
) -> Result<Value, Fault> {
    let keys = keys(regime, step, scope, results, &mut Report::default());
    let lines = if keys.get(line).is_some_and(Option::is_some) { members(&keys, line) } else { return Err(Fault::Upstream) };
    let value = step_result(regime, step, scope, results, Place::Group(0, &lines), path)?;
    let shares = shares(&value, results, &lines, scope.decimals);
    let own = lines.iter().position(|other| *other == line).and_then(|place| shares.get(place).copied());
    Ok(own.map_or(value, |share| Value::Money(share, scope.decimals)))
}

/// The lines of a basket to which no regime applies.
pub fn items_without_charges(basket: &Basket) -> Vec<Item> {
    basket
        .lines
        .iter()
        .map(|line| Item { id: line.id.clone(), dutiable_value: None, charges: Vec::new(), duties_and_taxes: None })
        .collect()
}

/// Whether a text stands in another. The standard search is three kilobytes of a download, for names of a few characters.
fn within(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len().max(1)).any(|window| window == part.as_bytes())
}

impl Outcome {
    /// Tells of rates that lines supply, where a later step has read them: where the law charges nothing, it reads none.
    fn tell_supplied_rates(&self, regime: &Regime, scope: &Scope<'_>, report: &mut Report) {
        for step in &regime.steps {
            let Some(charge) = step.supplied.and_then(|number| scope.pack.supplied_rates.get(usize::from(number))) else { continue };
            for line in 0..scope.basket.lines.len() {
                let owner = Place::Line(line).owner(scope);
                // A step of the line, or of a group or the basket, in which it may stand within a fold.
                let reads = |trace: &TraceStep| {
                    let of_line = trace.step.strip_prefix(owner.as_str()).is_some_and(|rest| rest.starts_with('/'));
                    let concerns = of_line || trace.step.starts_with("basket/") || trace.step.starts_with(GROUP);
                    concerns && trace.values.iter().any(|(name, _)| within(name, &step.id))
                };
                if supplied(step, scope, Some(line)).is_some() && self.trace.iter().any(reads) {
                    let target = pointer("/items/", line, "/rates");
                    report.add(Finding::new(Code::RulesRateSupplied, Level::Info, target).with("charge", Value::Code(charge.clone())));
                }
            }
        }
    }

    /// Evaluates a step in one place, and notes its trace or tells why it has no value.
    fn evaluate(&mut self, regime: &Regime, step: &Step, scope: &Scope<'_>, place: Place<'_>, report: &mut Report) -> Option<Value> {
        match evaluate_step(regime, step, scope, &self.results, place) {
            Ok((value, trace)) => {
                report.rests_on(&trace.citations);
                self.trace.push(trace);
                Some(value)
            }
            Err((fault, line)) => {
                let line = match place {
                    Place::Group(_, &[first, ..]) => line.or(Some(first)),
                    _ => line,
                };
                tell(fault, scope, line, Level::Block, report);
                None
            }
        }
    }

    /// Gives a group's lines their shares in its money, with their trace; anything else each line has whole.
    fn share(&mut self, step: &Step, scope: &Scope<'_>, lines: &[usize], value: &Value, line_values: &mut [Option<Value>]) {
        let shares = shares(value, &self.results, lines, scope.decimals);
        for (place, line) in lines.iter().enumerate() {
            let mut own = value.clone();
            if let Some(share) = shares.get(place) {
                own = Value::Money(*share, scope.decimals);
                self.trace.push(TraceStep {
                    step: joined(&Place::Line(*line).owner(scope), "/", &step.id),
                    formula: SHARE.into(),
                    values: alloc::vec![(SHARE.into(), own.clone()), ("group.total".into(), value.clone())],
                    result: own.clone(),
                    citations: scope.pack.apportion_citations.clone(),
                });
            }
            if let Some(found) = line_values.get_mut(*line) {
                *found = Some(own);
            }
        }
    }

    /// A step's number for a line.
    pub fn line_number(&self, step: usize, line: usize) -> Option<Decimal> {
        self.results.of_line(step, line)?.number()
    }

    /// The steps that a charge shows: its own, and those named after it; before a share, the group's step that it is a share of.
    fn steps_of(&self, owner: &str, charge: &str) -> Vec<String> {
        let belongs = |step: &str| {
            let rest = step.strip_prefix(owner).and_then(|rest| rest.strip_prefix('/'));
            rest.and_then(|rest| rest.strip_prefix(charge)).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut steps = Vec::new();
        let mut whole: Option<&String> = None;
        for trace in &self.trace {
            if belongs(&trace.step) {
                if let Some(whole) = whole.filter(|_| trace.formula == SHARE) {
                    steps.push(whole.clone());
                }
                steps.push(trace.step.clone());
            } else if trace.step.starts_with(GROUP) {
                // Its shares follow it.
                whole = Some(&trace.step);
            }
        }
        steps
    }

    fn charge(&self, step: &Step, amount: Decimal, rate: Option<Decimal>, owner: &str) -> Option<Charge> {
        let kind = step.charge.filter(|_| !amount.is_zero())?;
        Some(Charge { id: step.id.clone(), kind, rate, amount, steps: self.steps_of(owner, &step.id) })
    }

    /// The lines' part of the quote.
    pub fn items(&self, regime: &Regime, scope: &Scope<'_>) -> Vec<Item> {
        let mut items = Vec::new();
        for (line, given) in scope.basket.lines.iter().enumerate() {
            let mut charges = Vec::new();
            let mut sum = Some(Decimal::ZERO);
            for (number, step) in regime.steps.iter().enumerate() {
                if step.charge.is_none() || step.per == Per::Basket {
                    continue;
                }
                let amount = self.line_number(number, line);
                sum = sum.zip(amount).and_then(|(sum, amount)| money::add(sum, amount));
                let rate = step.rate.and_then(|rate| self.line_number(usize::from(rate), line));
                charges.extend(amount.and_then(|amount| self.charge(step, amount, rate, &given.id)));
            }
            items.push(Item { id: given.id.clone(), dutiable_value: self.line_number(0, line), charges, duties_and_taxes: sum });
        }
        items
    }

    /// The charges on the whole basket.
    pub fn basket_charges(&self, regime: &Regime) -> Vec<Charge> {
        let number_of = |step: usize| self.results.of_basket(step)?.number();
        let steps = regime.steps.iter().enumerate().filter(|(_, step)| step.per == Per::Basket);
        steps
            .filter_map(|(number, step)| {
                self.charge(step, number_of(number)?, step.rate.and_then(|rate| number_of(usize::from(rate))), "basket")
            })
            .collect()
    }

    /// The sums; `None` when some charge could not be computed.
    pub fn amounts(&self, regime: &Regime, scope: &Scope<'_>) -> Option<Amounts> {
        let prepared = scope.prepared;
        let lines = scope.basket.lines.len();
        let sum_of = |step: usize| (0..lines).try_fold(Decimal::ZERO, |sum, line| money::add(sum, self.line_number(step, line)?));
        let of_kind = |kind: ChargeKind| {
            let steps = regime.steps.iter().enumerate().filter(|(_, step)| step.charge == Some(kind));
            steps.clone().try_fold(Decimal::ZERO, |sum, (number, step)| {
                let amount = match step.per {
                    Per::Line | Per::Group => sum_of(number)?,
                    Per::Basket => self.results.of_basket(number)?.number()?,
                };
                money::add(sum, amount)
            })
        };
        let (duties, taxes, fees) = (of_kind(ChargeKind::Duty)?, of_kind(ChargeKind::Tax)?, of_kind(ChargeKind::Fee)?);
        let duties_and_taxes = money::add(money::add(duties, taxes)?, fees)?;
        let goods = money::subtract(prepared.items, prepared.discounts)?;
        let delivered = money::add(money::add(goods, prepared.freight)?, prepared.insurance)?;
        Some(Amounts {
            items: prepared.items,
            shipping: prepared.freight,
            insurance: prepared.insurance,
            discounts: money::subtract(Decimal::ZERO, prepared.discounts)?,
            dutiable_value: sum_of(0)?,
            duties,
            taxes,
            fees,
            duties_and_taxes,
            total: money::add(delivered, duties_and_taxes)?,
        })
    }
}
