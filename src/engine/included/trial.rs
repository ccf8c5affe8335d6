//! A regime at candidate prices: the lines are moved to their prices, then what they share follows, until nothing moves.

use super::line::{self, Edges};
use crate::basket::Basket;
use crate::engine::Report;
use crate::engine::prepare::{Converted, Prepared, Share, apportion};
use crate::engine::scope::{Path, Results, Scope};
use crate::engine::steps::{self, Place, line_of_group, step_result};
use crate::formula::Value;
use crate::money;
use crate::pack::{Pack, Per, Regime};
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// How often the lines are moved.
const ROUNDS: usize = 32;
/// After how many rounds lines that still move swing.
const SWINGS: usize = 3;
/// After how many rounds they should have come to rest.
const SETTLED: usize = 12;
/// How many times lines are nudged, and how many of them may want it: where more have no price, none is near by.
const NUDGES: usize = 4;
const FEW: usize = 2;

/// What solving a regime came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Each line has one price.
    Prices,
    /// Some line has no price, or several.
    Gaps,
    /// Some line's charges cannot be computed.
    Faults,
}

/// What solving a line came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It was not solved yet.
    Open,
    /// One price comes to what was stated.
    Exact,
    /// None does.
    None,
    /// More than one does.
    Several,
    /// The charges cannot be computed.
    Unknown,
}

/// A line as it was solved.
#[derive(Clone, Copy, Debug)]
pub struct Solved {
    pub fit: Fit,
    /// Where it lies when it has no price, once it was searched.
    pub edges: Option<Edges>,
    /// Its part of the charges on the whole basket.
    part: Decimal,
}

/// A price and its charges together in minor units, with the way the comparisons in the formulas came out.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    pub total: i64,
    pub path: Path,
}

/// A regime at candidate prices.
#[derive(Debug)]
pub struct Trial<'a> {
    pack: &'a Pack,
    basket: &'a Basket,
    converted: &'a Converted,
    pub prepared: Prepared<'a>,
    channel: usize,
    regime: &'a Regime,
    results: Results,
    pub decimals: u32,
    pub lines: Vec<Solved>,
}

impl<'a> Trial<'a> {
    /// A regime at the prices of a basket.
    pub fn new(
        pack: &'a Pack,
        basket: &'a Basket,
        converted: &'a Converted,
        prepared: Prepared<'a>,
        channel: usize,
        regime: &'a Regime,
    ) -> Self {
        let lines = alloc::vec![Solved { fit: Fit::Open, edges: None, part: Decimal::ZERO }; basket.lines.len()];
        let decimals = pack.currency.decimals();
        Self { pack, basket, converted, prepared, channel, regime, results: Results::default(), decimals, lines }
    }

    pub fn scope(&self) -> Scope<'_> {
        Scope::new(self.pack, self.basket, &self.prepared, self.channel)
    }

    /// Moves every line to its price.
    pub fn solve(&mut self) -> Found {
        self.evaluate();
        self.settle(false)
    }

    /// Moves every line to its price until nothing moves.
    ///
    /// A dearer line bears more of the freight, and so more tax, and so is less dear: where freight outweighs the goods the lines would swing, and go
    /// half of each way instead. And what lines share is rounded by itself: they can come to rest where that leaves one without a price although
    /// the basket has prices near by. Then such lines are nudged by a minor unit, and all are moved again.
    pub fn settle(&mut self, nudging: bool) -> Found {
        let mut nudges = 0usize;
        for round in 0..ROUNDS {
            let (Some(changed), Some(moved)) = (self.share(), self.move_lines((SWINGS..SETTLED).contains(&round))) else {
                return Found::Gaps;
            };
            let rests = !(changed || moved);
            let without = self.lines.iter().filter(|line| line.fit == Fit::None).count();
            let shares = self.prepared.lines.iter().any(|line| line.share != Share::default());
            let hopeful = nudging && shares && self.lines.len() > 1 && (1..=FEW).contains(&without) && nudges < NUDGES;
            if !hopeful && (rests || round >= SETTLED) {
                break;
            }
            if hopeful && (rests || round >= SETTLED) {
                nudges = nudges.saturating_add(1);
                self.nudge(nudges);
            }
        }
        self.verify().unwrap_or(Found::Gaps)
    }

    /// Moves every line to its price, given what falls to it, or half of the way. Whether any moved.
    fn move_lines(&mut self, halfway: bool) -> Option<bool> {
        let mut moved = false;
        for line in 0..self.lines.len() {
            let (target, price, before) = (self.target(line)?, self.price(line)?, self.lines.get(line)?.fit);
            self.lines.get_mut(line)?.fit = line::solve(self, line, target, before);
            let now = self.price(line)?;
            moved |= now != price;
            if halfway && now.abs_diff(price) > 1 {
                let _ = self.at(line, line::half(now, price)?, None);
            }
        }
        Some(moved)
    }

    /// Moves the lines without a price by a minor unit up, down or not at all: as the digits of `turn` to the base of three say.
    fn nudge(&mut self, turn: usize) {
        let mut digits = turn;
        for line in 0..self.lines.len() {
            let none = self.lines.get(line).is_some_and(|line| line.fit == Fit::None);
            if let Some(price) = self.price(line).filter(|_| none) {
                let way = [0, 1, -1].get(digits % 3).copied().unwrap_or_default();
                digits = digits.wrapping_div(3);
                let _ = self.at(line, price.saturating_add(way).max(0), None);
            }
        }
    }

    /// Whether every line comes to what was stated when all is computed anew.
    fn verify(&mut self) -> Option<Found> {
        let mut moved = self.share()?;
        self.evaluate();
        moved |= self.share()?;
        let mut found = Found::Prices;
        for line in 0..self.lines.len() {
            let (total, target) = (self.total(line), self.target(line));
            let fit = &mut self.lines.get_mut(line)?.fit;
            if total.is_none() {
                *fit = Fit::Unknown;
            } else if *fit == Fit::Exact && (moved || total != target) {
                *fit = Fit::None;
            }
            if *fit == Fit::Unknown {
                found = Found::Faults;
            } else if *fit != Fit::Exact && found == Found::Prices {
                found = Found::Gaps;
            }
        }
        Some(found)
    }

    /// A line's price.
    pub fn price(&self, line: usize) -> Option<i64> {
        money::units(self.prepared.lines.get(line)?.price, self.decimals)
    }

    /// What was stated for a line.
    pub fn stated(&self, line: usize) -> Option<i64> {
        money::units(*self.converted.goods.get(line)?, self.decimals)
    }

    /// What a line's price and charges are to come to: what was stated, less its reductions and its part of the basket's charges.
    pub fn target(&self, line: usize) -> Option<i64> {
        let lowered = money::add(self.prepared.lines.get(line)?.share.reductions, self.lines.get(line)?.part)?;
        money::units(money::subtract(*self.converted.goods.get(line)?, lowered)?, self.decimals)
    }

    /// Lets what the lines share follow the present prices. Whether any of it changed.
    fn share(&mut self) -> Option<bool> {
        let (mut goods, mut prices) = (Vec::with_capacity(self.lines.len()), Vec::with_capacity(self.lines.len()));
        for line in &self.prepared.lines {
            goods.push(money::add(line.price, line.share.reductions)?);
            prices.push(line.price);
        }
        let mut changed = self.prepared.share(self.basket, self.converted, &goods, self.decimals).ok()?;
        // One line's charges and the basket's are the same thing, and are followed price by price.
        let charges = if prices.len() > 1 { self.charges(None)? } else { Decimal::ZERO };
        let parts = apportion(charges, &prices, self.decimals)?;
        for (line, part) in self.lines.iter_mut().zip(parts) {
            changed |= line.part != part;
            line.part = part;
        }
        Some(changed)
    }

    /// The charges of a line, or those on the whole basket, as they were last computed.
    fn charges(&self, line: Option<usize>) -> Option<Decimal> {
        let mut charges = Decimal::ZERO;
        for (number, step) in self.regime.steps.iter().enumerate() {
            let charge = match (line, step.per) {
                _ if step.charge.is_none() => None,
                (Some(line), Per::Line | Per::Group) => Some(self.results.of_line(number, line)?.number()?),
                (None, Per::Basket) => self.results.of_basket(number).and_then(Value::number),
                _ => None,
            };
            charges = money::add(charges, charge.unwrap_or_default())?;
        }
        Some(charges)
    }

    /// Every step at the present prices.
    fn evaluate(&mut self) {
        self.results = steps::run(self.regime, &self.scope(), &mut Report::default()).results;
    }

    /// Tells what the regime lacks at the present prices.
    pub fn tell(&self, report: &mut Report) {
        let _ = steps::run(self.regime, &self.scope(), report);
    }

    /// Moves a line to a price, everything else as it is. What price and charges come to, held to a path when there is one; nothing when the charges
    /// cannot be computed.
    pub fn at(&mut self, line: usize, price: i64, forced: Option<Path>) -> Option<Point> {
        let price = money::amount(price, self.decimals);
        let place = self.prepared.lines.get_mut(line)?;
        let others = money::subtract(self.prepared.price, place.price)?;
        place.price = price;
        self.prepared.price = money::add(others, price)?;
        let mut path = Path::default();
        for (number, step) in self.regime.steps.iter().enumerate() {
            let (scope, results, paths) = (self.scope(), &self.results, (&mut path, forced));
            let value = match step.per {
                Per::Line => step_result(self.regime, step, &scope, results, Place::Line(line), paths),
                Per::Group => line_of_group(self.regime, step, &scope, results, line, paths),
                Per::Basket => step_result(self.regime, step, &scope, results, Place::Basket, paths),
            };
            if step.per == Per::Basket {
                self.results.set_basket(number, value.ok());
            } else {
                self.results.set_line(number, line, value.ok());
            }
        }
        self.total(line).map(|total| Point { total, path })
    }

    /// A line's price and charges as they were last computed.
    fn total(&self, line: usize) -> Option<i64> {
        let mut total = money::add(self.prepared.lines.get(line)?.price, self.charges(Some(line))?)?;
        if self.lines.len() == 1 {
            total = money::add(total, self.charges(None)?)?;
        }
        money::units(total, self.decimals)
    }
}
