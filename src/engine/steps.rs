//! Evaluating a regime's steps, line by line, with their trace; and adding up what they charge.

use super::Report;
use super::checks::tell;
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

/// Evaluates one step for a line, or for the basket. The result and its trace, or why there is none.
pub fn evaluate_step(
    regime: &Regime,
    step: &Step,
    scope: &Scope<'_>,
    results: &Results,
    line: Option<usize>,
) -> Result<(Value, TraceStep), Fault> {
    let owner = line.and_then(|line| scope.basket.lines.get(line)).map_or("basket", |line| line.id.as_str());
    let place = joined(owner, "/", &step.id);
    if let Some(rate) = supplied(step, scope, line) {
        let charge = step.supplied.and_then(|number| scope.pack.supplied_rates.get(usize::from(number)));
        let formula = joined("rates", ".", charge.map(String::as_str).unwrap_or_default());
        let values = alloc::vec![(formula.clone(), Value::Number(rate))];
        let result = Value::Number(rate);
        return Ok((result.clone(), TraceStep { step: place, formula, values, result, citations: Vec::new() }));
    }
    let mut view = View::new(scope, Some(regime), results, line);
    let result = step_value(step, &mut view)?;
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
    line: Option<usize>,
    (path, forced): (&mut Path, Option<Path>),
) -> Result<Value, Fault> {
    let mut view = View::quiet(scope, regime, results, line);
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
    Ok(match value.number() {
        Some(number) if step.money => Value::Money(if step.round { money::round(number, scope.decimals) } else { number }, scope.decimals),
        Some(number) if step.round => Value::Number(money::round(number, scope.decimals)),
        _ => value,
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
        let places: Vec<Option<usize>> = match step.per {
            Per::Line => (0..scope.basket.lines.len()).map(Some).collect(),
            Per::Basket => alloc::vec![None],
        };
        for line in places {
            let value = match evaluate_step(regime, step, scope, &outcome.results, line) {
                Ok((value, trace)) => {
                    report.rests_on(&trace.citations);
                    outcome.trace.push(trace);
                    supplied_rate(step, scope, line, report);
                    Some(value)
                }
                Err(fault) => {
                    tell(fault, scope, line, Level::Block, report);
                    None
                }
            };
            match line {
                Some(_) => line_values.push(value),
                None => basket_value = value,
            }
        }
        outcome.results.push(line_values, basket_value);
    }
    outcome
}

fn supplied_rate(step: &Step, scope: &Scope<'_>, line: Option<usize>, report: &mut Report) {
    let given = line.and_then(|line| scope.basket.lines.get(line));
    let charge = step.supplied.and_then(|number| scope.pack.supplied_rates.get(usize::from(number)));
    if let (Some(number), Some(given), Some(charge)) = (line, given, charge)
        && given.rates.iter().any(|(id, _)| id == charge)
    {
        let target = super::prepare::pointer("/items/", number, "/rates");
        report.add(Finding::new(Code::RulesRateSupplied, Level::Info, target).with("charge", Value::Code(charge.clone())));
    }
}

/// The lines of a basket to which no regime applies.
pub fn items_without_charges(basket: &Basket) -> Vec<Item> {
    basket
        .lines
        .iter()
        .map(|line| Item { id: line.id.clone(), dutiable_value: None, charges: Vec::new(), duties_and_taxes: None })
        .collect()
}

impl Outcome {
    /// A step's number for a line.
    pub fn line_number(&self, step: usize, line: usize) -> Option<Decimal> {
        self.results.of_line(step, line)?.number()
    }

    /// The steps that a charge shows: its own, and those named after it.
    fn steps_of(&self, owner: &str, charge: &str) -> Vec<String> {
        let belongs = |step: &str| {
            let rest = step.strip_prefix(owner).and_then(|rest| rest.strip_prefix('/'));
            rest.and_then(|rest| rest.strip_prefix(charge)).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.trace.iter().filter(|trace| belongs(&trace.step)).map(|trace| trace.step.clone()).collect()
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
                if step.charge.is_none() || step.per != Per::Line {
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
                    Per::Line => sum_of(number)?,
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
