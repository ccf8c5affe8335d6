//! Choosing the regime: each one tried says why it does or does not apply.

use super::Report;
use super::checks::{finding, tell};
use super::scope::{Path, Results, Scope, View};
use super::steps::{Place, step_result};
use crate::finding::{Code, Finding, Level};
use crate::formula::{Environment, Fault, Name, Value, evaluate};
use crate::money;
use crate::pack::{Condition, Pack, Regime};
use crate::quote::{Alternative, Limit};
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// Which regime applies, and what was learnt on the way.
pub struct Choice<'a> {
    pub regime: Option<&'a Regime>,
    pub limits: Vec<Limit>,
    pub alternatives: Vec<Alternative>,
}

/// A regime of the channel, tried.
struct Trial<'a> {
    number: usize,
    regime: &'a Regime,
    /// Step 0 of every line: the dutiable value.
    results: Results,
    /// What keeps the regime from applying.
    failed: Vec<&'a Condition>,
    /// The law of what the failed conditions use, and when none failed of what all use: that the regime applies or not rests on it.
    citations: Vec<u16>,
    /// Why a condition could not be answered.
    faults: Vec<(Option<usize>, Fault)>,
    in_force: bool,
}

impl Trial<'_> {
    /// Whether it applies as far as its conditions could be answered.
    fn may_apply(&self) -> bool {
        self.in_force && self.failed.is_empty()
    }

    fn applies(&self) -> bool {
        self.may_apply() && self.faults.is_empty()
    }

    fn because(&self) -> Vec<String> {
        if self.in_force {
            self.failed.iter().map(|condition| condition.id.clone()).collect()
        } else {
            alloc::vec![String::from("not-in-force")]
        }
    }
}

/// Tries the channel's regimes in order and takes the first that applies. One that may apply, and of which a condition could not be answered, keeps the later
/// ones from being taken: they are for what it leaves.
///
/// When none does, the finding is that of the regime that came closest: the one with the fewest conditions failed, the first of them on a tie.
pub fn choose<'a>(scope: &Scope<'a>, report: &mut Report) -> Choice<'a> {
    let pack = scope.pack;
    let trials: Vec<Trial<'a>> = of_channel(pack, scope.channel).map(|(number, regime)| attempt(number, regime, scope)).collect();
    let chosen = trials.iter().find(|trial| trial.may_apply()).filter(|trial| trial.applies());
    for trial in trials.iter().take_while(|trial| chosen.is_some_and(|chosen| trial.number != chosen.number)).chain(chosen) {
        report.rests_on(&trial.citations);
    }
    let closest = || trials.iter().filter(|trial| trial.in_force).min_by_key(|trial| trial.failed.len());
    if chosen.is_none() {
        match closest() {
            Some(trial) => why_not(trial, scope, report),
            None => report.add(Finding::new(Code::RulesNotInForce, Level::Block, "/asOf".into()).remedy("choose-other-date")),
        }
    }
    let limits = chosen.or_else(closest).map(|trial| limits(trial, scope)).unwrap_or_default();
    let alternatives = pack
        .regimes
        .iter()
        .enumerate()
        .filter(|(number, _)| chosen.is_none_or(|chosen| chosen.number != *number))
        .map(|(number, regime)| match trials.iter().find(|trial| trial.number == number) {
            Some(trial) => Alternative { regime: regime.id.clone(), applies: trial.applies(), because: trial.because() },
            None => Alternative { regime: regime.id.clone(), applies: false, because: alloc::vec!["channel".into()] },
        })
        .collect();
    Choice { regime: chosen.map(|trial| trial.regime), limits, alternatives }
}

/// The regimes of a channel with their numbers, in the order they are tried.
pub fn of_channel(pack: &Pack, channel: usize) -> impl Iterator<Item = (usize, &Regime)> {
    let numbers = pack.channels.get(channel).map(|channel| channel.regimes.as_slice()).unwrap_or_default();
    numbers.iter().map(|number| usize::from(*number)).filter_map(|number| pack.regimes.get(number).map(|regime| (number, regime)))
}

#[cfg(feature = "whole")]
/// The number of the regime that applies.
pub fn applying(scope: &Scope<'_>) -> Option<usize> {
    let (number, trial) = of_channel(scope.pack, scope.channel)
        .map(|(number, regime)| (number, attempt(number, regime, scope)))
        .find(|(_, trial)| trial.may_apply())?;
    trial.applies().then_some(number)
}

fn attempt<'a>(number: usize, regime: &'a Regime, scope: &Scope<'a>) -> Trial<'a> {
    let mut trial = Trial {
        number,
        regime,
        results: Results::default(),
        failed: Vec::new(),
        citations: Vec::new(),
        faults: Vec::new(),
        in_force: regime.interval.contains(scope.basket.as_of),
    };
    if let Some(step) = regime.steps.first() {
        let mut values = Vec::new();
        for line in 0..scope.basket.lines.len() {
            match step_result(regime, step, scope, &trial.results, Place::Line(line), (&mut Path::default(), None)) {
                Ok(value) => values.push(Some(value)),
                Err(fault) => {
                    trial.faults.push((Some(line), fault));
                    values.push(None);
                }
            }
        }
        trial.results.push(values, None);
    }
    if trial.in_force {
        for condition in &regime.conditions {
            let mut view = View::new(scope, Some(regime), &trial.results, None);
            let holds = evaluate(&condition.formula, &mut view);
            let fails = matches!(holds, Ok(ref value) if *value != Value::Truth(true));
            if fails && trial.failed.is_empty() {
                trial.citations.clear();
            }
            if fails || trial.failed.is_empty() {
                trial.citations.append(&mut view.citations);
            }
            match holds {
                // Of a formula over lines, the line that it could not be answered for.
                Err(fault) => trial.faults.push((view.line, fault)),
                Ok(_) if fails => trial.failed.push(condition),
                Ok(_) => {}
            }
        }
    }
    trial
}

fn why_not(trial: &Trial<'_>, scope: &Scope<'_>, report: &mut Report) {
    for (line, fault) in &trial.faults {
        tell(*fault, scope, *line, Level::Block, report);
    }
    for condition in &trial.failed {
        let mut view = View::new(scope, Some(trial.regime), &trial.results, None);
        report.add(finding(&condition.notice, "condition", &condition.id, &mut view));
    }
}

fn limits(trial: &Trial<'_>, scope: &Scope<'_>) -> Vec<Limit> {
    let rule = |rule: &crate::pack::LimitRule| {
        let mut view = View::new(scope, Some(trial.regime), &trial.results, None);
        let limit = view.value(Name::Parameter(rule.limit)).ok()?.number()?;
        let this_basket = view.value(rule.amount).ok()?.number()?;
        // A limit for one order begins at nothing; a limit for the year begins at what the buyer has used, if anybody said.
        let used = match rule.used {
            None => Some(Decimal::ZERO),
            Some(name) => view.value(name).ok().and_then(|value| value.number()),
        };
        let left = used.and_then(|used| money::subtract(money::subtract(limit, used)?, this_basket));
        Some(Limit {
            id: rule.id.clone(),
            limit,
            used,
            this_basket,
            remaining: left.map(|left| left.max(Decimal::ZERO)),
            period: rule.by_year.then(|| scope.basket.as_of.year()),
        })
    };
    trial.regime.limits.iter().filter_map(rule).collect()
}
