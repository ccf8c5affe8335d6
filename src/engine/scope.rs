//! What names stand for: the environment of a formula for one line, or for the basket.

use super::prepare::{Prepared, area, find_rate, pointer};
use crate::basket::{Attribute, Basket, Line, Measure};
use crate::formula::{Environment, Expression, Fact, Fault, Fold, Name, Operator, Unit, Value, compute, evaluate};
use crate::money::{self, Currency, parse_decimal};
use crate::pack::{DatedValue, KeyKind, Pack, Regime, Row, ValueKind};
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// Everything a formula can see that does not change while a basket is answered.
#[derive(Debug)]
pub struct Scope<'a> {
    pub pack: &'a Pack,
    pub basket: &'a Basket,
    pub prepared: &'a Prepared<'a>,
    /// Index of the channel.
    pub channel: usize,
    pub decimals: u32,
    /// Whether the prices are known. Where they are not, what rests on them stays silent.
    pub priced: bool,
}

/// What steps have given so far: for each step a value for each line, or one for the basket.
#[derive(Clone, Debug, Default)]
pub struct Results {
    lines: Vec<Vec<Option<Value>>>,
    basket: Vec<Option<Value>>,
    /// The sum of each step over the lines, so that a line that asks for it need not ask every line.
    sums: Vec<Option<Decimal>>,
}

impl Results {
    /// Adds a step's values: one for each line, or one for the basket and none for the lines.
    pub fn push(&mut self, lines: Vec<Option<Value>>, basket: Option<Value>) {
        self.sums.push(sum(&lines));
        self.lines.push(lines);
        self.basket.push(basket);
    }

    /// A step's value for a line.
    pub fn of_line(&self, step: usize, line: usize) -> Option<&Value> {
        self.lines.get(step)?.get(line)?.as_ref()
    }

    /// A step's value for the basket.
    pub fn of_basket(&self, step: usize) -> Option<&Value> {
        self.basket.get(step)?.as_ref()
    }

    #[cfg(feature = "whole")]
    /// Takes another value for a line. The sum follows.
    pub fn set_line(&mut self, step: usize, line: usize, value: Option<Value>) {
        let (Some(lines), Some(total)) = (self.lines.get_mut(step), self.sums.get_mut(step)) else { return };
        let Some(place) = lines.get_mut(line) else { return };
        let number = |value: &Option<Value>| value.as_ref().and_then(Value::number);
        let (before, now) = (number(place), number(&value));
        *place = value;
        if before != now {
            let moved = (|| money::add(money::subtract((*total)?, before?)?, now?))();
            *total = moved.or_else(|| sum(lines));
        }
    }

    #[cfg(feature = "whole")]
    /// Takes another value for the basket.
    pub fn set_basket(&mut self, step: usize, value: Option<Value>) {
        if let Some(place) = self.basket.get_mut(step) {
            *place = value;
        }
    }
}

/// The sum of what is there for every line.
fn sum(values: &[Option<Value>]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for value in values {
        sum = money::add(sum, value.as_ref()?.number()?)?;
    }
    Some(sum)
}

impl<'a> Scope<'a> {
    pub fn new(pack: &'a Pack, basket: &'a Basket, prepared: &'a Prepared<'a>, channel: usize) -> Self {
        Self { pack, basket, prepared, channel, decimals: pack.currency.decimals(), priced: true }
    }

    /// The value of a parameter that is in force.
    pub fn parameter(&self, number: u16) -> Option<&'a DatedValue> {
        let parameter = self.pack.parameters.get(usize::from(number))?;
        parameter.values.iter().find(|value| value.interval.contains(self.basket.as_of))
    }

    /// The currency of a parameter, when that is not the pack's.
    pub fn currency(&self, number: u16) -> Option<Currency> {
        self.pack.parameters.get(usize::from(number))?.currency
    }

    /// How much of the pack's currency one unit of another is, if the basket says.
    fn rate(&self, from: Currency) -> Option<Decimal> {
        find_rate(self.basket, from, self.pack.currency).map(|(_, rate)| rate.rate)
    }

    /// A name as formulas write it.
    pub fn label(&self, name: Name, regime: Option<&Regime>) -> String {
        let joined = |before: &str, after: &str| {
            let mut text = String::from(before);
            text.push_str(after);
            text
        };
        match name {
            Name::Fact(fact) => fact.name().into(),
            Name::Parameter(number) => {
                self.pack.parameters.get(usize::from(number)).map(|parameter| parameter.id.clone()).unwrap_or_default()
            }
            Name::Cell(table, column) => {
                let table = self.pack.tables.get(usize::from(table));
                let column = table.and_then(|table| table.columns.get(usize::from(column)));
                let mut text = table.map(|table| table.id.clone()).unwrap_or_default();
                text.push('.');
                text.push_str(column.map(|(id, _)| id.as_str()).unwrap_or_default());
                text
            }
            Name::Attribute(number) => {
                let id = self.pack.attributes.get(usize::from(number)).map(|attribute| attribute.id.as_str());
                joined("attribute.", id.unwrap_or_default())
            }
            Name::SuppliedRate(number) => {
                joined("rates.", self.pack.supplied_rates.get(usize::from(number)).map(String::as_str).unwrap_or_default())
            }
            Name::Step(number) => {
                regime.and_then(|regime| regime.steps.get(usize::from(number))).map(|step| step.id.clone()).unwrap_or_default()
            }
        }
    }

    /// The rate a line supplies for a charge.
    pub fn supplied(&self, line: &Line, number: u8) -> Option<Decimal> {
        let charge = self.pack.supplied_rates.get(usize::from(number))?;
        line.rates.iter().find(|(id, _)| id == charge).map(|(_, rate)| *rate)
    }

    /// What the basket, or a line, says of an attribute.
    pub fn stated(&self, number: u8, line: Option<usize>) -> Option<&'a Attribute> {
        let attribute = self.pack.attributes.get(usize::from(number))?;
        let all = if attribute.of_basket { &self.basket.attributes } else { &self.basket.lines.get(line?)?.attributes };
        all.iter().find(|(id, _)| *id == attribute.id).map(|(_, given)| given)
    }

    fn money(&self, amount: Decimal) -> Value {
        Value::Money(amount, self.decimals)
    }
}

/// A formula's environment: the scope, the results so far, and which line it is for.
pub struct View<'a> {
    pub scope: &'a Scope<'a>,
    pub regime: Option<&'a Regime>,
    pub results: &'a Results,
    /// The line; `None` for a formula over the whole basket, or over a group.
    pub line: Option<usize>,
    /// The lines that `sum` and the like are over: a group's, or those that a check is about; all when there is none.
    pub among: Option<&'a [usize]>,
    /// Whether the formula is evaluated for one of them.
    pub folding: bool,
    /// Names that were used, as written, with their values.
    pub values: Vec<(String, Value)>,
    /// The law those values rest on.
    pub citations: Vec<u16>,
    /// Whether only the result matters: no values and no law are noted, and the comparisons are.
    pub quiet: bool,
    /// How the comparisons of numbers came out.
    pub path: Path,
    /// How they are to come out.
    pub forced: Option<Path>,
}

/// How comparisons came out, in their order. Those beyond the 64th come out as they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Path {
    outcomes: u64,
    length: u32,
}

impl Path {
    /// Adds a comparison, which comes out as it did on another path where there is one.
    fn decide(&mut self, outcome: bool, forced: Option<Self>) -> bool {
        let Some(bit) = 1u64.checked_shl(self.length) else { return outcome };
        let outcome = forced.filter(|forced| self.length < forced.length).map_or(outcome, |forced| forced.outcomes & bit != 0);
        if outcome {
            self.outcomes |= bit;
        }
        self.length = self.length.saturating_add(1);
        outcome
    }
}

impl<'a> View<'a> {
    pub const fn new(scope: &'a Scope<'a>, regime: Option<&'a Regime>, results: &'a Results, line: Option<usize>) -> Self {
        Self {
            scope,
            regime,
            results,
            line,
            among: None,
            folding: false,
            values: Vec::new(),
            citations: Vec::new(),
            quiet: false,
            path: Path { outcomes: 0, length: 0 },
            forced: None,
        }
    }

    /// A view for the result alone.
    pub const fn quiet(scope: &'a Scope<'a>, regime: &'a Regime, results: &'a Results, line: Option<usize>) -> Self {
        let mut view = Self::new(scope, Some(regime), results, line);
        view.quiet = true;
        view
    }

    fn record(&mut self, label: String, value: &Value) {
        if !self.values.iter().any(|(other, _)| *other == label) {
            self.values.push((label, value.clone()));
        }
    }

    fn cite(&mut self, citations: &[u16]) {
        for citation in citations {
            if !self.citations.contains(citation) {
                self.citations.push(*citation);
            }
        }
    }

    /// Notes the law that a cell rests on, if it is one that is there.
    fn cite_cell(&mut self, name: Name, has: bool) {
        if let Name::Cell(table, _) = name
            && let Some(row) = self.row(table, self.line).filter(|_| has)
        {
            self.cite(&row.citations);
        }
    }

    /// Whether a table is looked up by the commodity code and the line has none.
    fn is_uncoded(&self, table: u8) -> bool {
        let by_code = self.scope.pack.tables.get(usize::from(table)).is_some_and(|table| table.key == KeyKind::HsCode);
        let line = self.line.and_then(|line| self.scope.basket.lines.get(line));
        by_code && line.is_some_and(|line| line.hs_code.is_none())
    }

    /// What a name stands for, on the given line.
    fn look_up(&self, name: Name, line: Option<usize>) -> Result<Value, Fault> {
        let missing = Fault::Missing(name);
        match name {
            Name::Fact(fact) => match fact {
                Fact::Value => self.step_value(0, line),
                Fact::BasketValue => self.total(0),
                Fact::Price | Fact::Freight | Fact::Insurance | Fact::BasketPrice if !self.scope.priced => Err(Fault::Upstream),
                _ => self.fact(fact, line).ok_or(missing),
            },
            Name::Parameter(number) => {
                let mut value = self.scope.parameter(number).ok_or(missing)?.value;
                let money = self.scope.pack.parameters.get(usize::from(number)).is_some_and(|parameter| parameter.money);
                if let Some(currency) = self.scope.currency(number) {
                    value = money::multiply(value, self.scope.rate(currency).ok_or(missing)?).ok_or(Fault::Arithmetic)?;
                    // As prices are: goods of exactly a limit must not be over it by what rounding added to them.
                    if money {
                        value = money::round(value, self.scope.decimals);
                    }
                }
                Ok(if money { self.scope.money(value) } else { Value::Number(value) })
            }
            Name::Cell(table, column) => {
                let cell = self.row(table, line).and_then(|row| row.cells.get(usize::from(column)));
                cell.cloned().flatten().ok_or(missing)
            }
            Name::Attribute(number) => self.attribute(number, line).ok_or(missing),
            Name::SuppliedRate(number) => {
                let line = line.and_then(|line| self.scope.basket.lines.get(line));
                line.and_then(|line| self.scope.supplied(line, number)).map(Value::Number).ok_or(missing)
            }
            Name::Step(number) => self.step_value(number, line),
        }
    }

    /// The line's row of a table. Where a formula has no line, the table is of places, and has the same row for every line.
    fn row(&self, table: u8, line: Option<usize>) -> Option<&'a Row> {
        self.scope.prepared.lines.get(line.unwrap_or(0))?.rows.get(usize::from(table)).copied().flatten()
    }

    fn step_value(&self, number: u16, line: Option<usize>) -> Result<Value, Fault> {
        let number = usize::from(number);
        let of_line = line.and_then(|line| self.results.of_line(number, line));
        of_line.or_else(|| self.results.of_basket(number)).cloned().ok_or(Fault::Upstream)
    }

    fn fact(&self, fact: Fact, line: Option<usize>) -> Option<Value> {
        let scope = self.scope;
        let (basket, prepared) = (scope.basket, scope.prepared);
        let given = line.and_then(|line| basket.lines.get(line));
        let priced = line.and_then(|line| prepared.lines.get(line));
        let money = |amount: Decimal| Some(scope.money(amount));
        match fact {
            Fact::Price => money(priced?.price),
            Fact::Freight => money(priced?.share.freight),
            Fact::Insurance => money(priced?.share.insurance),
            Fact::Quantity => Some(Value::Number(given?.quantity)),
            Fact::NetWeightGram => measured(given?, Measure::NetWeight, Unit::Gram),
            Fact::NetWeightKilogram => measured(given?, Measure::NetWeight, Unit::Kilogram),
            Fact::VolumeMillilitre => measured(given?, Measure::Volume, Unit::Millilitre),
            Fact::VolumeLitre => measured(given?, Measure::Volume, Unit::Litre),
            Fact::Pieces => measured(given?, Measure::Pieces, Unit::Piece),
            Fact::Origin => Some(Value::Code(given?.origin?.code().into())),
            Fact::HsCode => Some(Value::Code(given?.hs_code?.as_str().into())),
            Fact::HsCodeChapter | Fact::HsCodeHeading | Fact::HsCodeSubheading | Fact::HsCodeEight => {
                let digits = match fact {
                    Fact::HsCodeChapter => 2,
                    Fact::HsCodeHeading => 4,
                    Fact::HsCodeSubheading => 6,
                    _ => 8,
                };
                Some(Value::Code(given?.hs_code.as_ref()?.as_str().get(..digits)?.into()))
            }
            Fact::Line => Some(Value::Code(pointer("", line?, ""))),
            Fact::ShipTo => Some(Value::Code(basket.ship_to.code().into())),
            Fact::ShipToArea => Some(Value::Code(area(basket)?.into())),
            Fact::Incoterm => Some(Value::Code(basket.incoterm?.name().into())),
            Fact::HsCodeDigits => Some(Value::Number(Decimal::from(u32::try_from(given?.hs_code?.as_str().len()).ok()?))),
            Fact::BasketPrice => money(prepared.price),
            Fact::BasketFreight => money(prepared.freight),
            Fact::BasketInsurance => money(prepared.insurance),
            Fact::BasketArticles => Some(Value::Number(prepared.articles)),
            Fact::BasketLines => Some(Value::Number(Decimal::from(u32::try_from(basket.lines.len()).ok()?))),
            Fact::ShipFrom => Some(Value::Code(basket.ship_from?.code().into())),
            Fact::Channel => scope.pack.channels.get(scope.channel).map(|channel| Value::Code(channel.id.clone())),
            Fact::BuyerIdentity => Some(Value::Code(basket.buyer.identity.name().into())),
            Fact::BuyerPayerIsBuyer => basket.buyer.payer_is_buyer.map(Value::Truth),
            Fact::BuyerUsedThisYear => money(prepared.used_this_year?),
            // Both rest on the regime's first step, and are looked up there.
            Fact::Value | Fact::BasketValue => None,
        }
    }

    fn attribute(&self, number: u8, line: Option<usize>) -> Option<Value> {
        let attribute = self.scope.pack.attributes.get(usize::from(number))?;
        match (attribute.kind, self.scope.stated(number, line)?) {
            (ValueKind::Truth, Attribute::Truth(truth)) => Some(Value::Truth(*truth)),
            (ValueKind::Number, Attribute::Text(text)) => parse_decimal(text).map(Value::Number),
            (ValueKind::Code, Attribute::Text(text)) => Some(Value::Code(text.clone())),
            _ => None,
        }
    }

    /// The sum of a step over all lines.
    fn total(&self, step: u16) -> Result<Value, Fault> {
        let step = usize::from(step);
        let values = self.results.lines.get(step).map_or(&[][..], Vec::as_slice);
        let total = self.results.sums.get(step).copied().flatten();
        let fault = if values.iter().any(Option::is_none) { Fault::Upstream } else { Fault::Arithmetic };
        let money = matches!(values.first(), Some(Some(Value::Money(..))));
        total.map(|total| if money { self.scope.money(total) } else { Value::Number(total) }).ok_or(fault)
    }

    /// What a formula gives over the lines. After a fault, the view stays at the line that has it.
    fn over(&mut self, fold: Fold, formula: &Expression) -> Result<Value, Fault> {
        if core::mem::replace(&mut self.folding, true) {
            return Err(Fault::Type);
        }
        // What the formula uses of each line is not what the fold's own formula uses; the law that it rests on is.
        let (line, values) = (self.line, self.values.len());
        let count = self.among.map_or(self.scope.basket.lines.len(), <[usize]>::len);
        let mut found = None;
        for place in 0..count {
            self.line = Some(self.among.and_then(|lines| lines.get(place)).copied().unwrap_or(place));
            let value = evaluate(formula, self)?;
            // One false decides `all`, one true decides `any`.
            let decided = value == Value::Truth(fold == Fold::Any);
            found = Some(match found {
                Some(before) if value.number().is_some() => join(fold, &before, &value)?,
                _ => value,
            });
            if decided {
                break;
            }
        }
        self.values.truncate(values);
        (self.line, self.folding) = (line, false);
        found.ok_or(Fault::Type)
    }
}

/// Two values of a fold as one; money stays money.
fn join(fold: Fold, one: &Value, other: &Value) -> Result<Value, Fault> {
    let operator = match fold {
        Fold::Largest => Operator::Max,
        Fold::Smallest => Operator::Min,
        _ => Operator::Add,
    };
    let (left, right) = one.number().zip(other.number()).ok_or(Fault::Type)?;
    let number = compute(operator, left, right).ok_or(Fault::Arithmetic)?;
    Ok(if let Value::Money(_, decimals) = other { Value::Money(number, *decimals) } else { Value::Number(number) })
}

/// A measurement of one article in the unit asked for, whichever of the two it was given in.
fn measured(line: &Line, measure: Measure, unit: Unit) -> Option<Value> {
    let found = line.measurements.iter().find(|measurement| measurement.measure == measure)?;
    let thousand = Decimal::ONE_THOUSAND;
    let value = match (found.unit, unit) {
        (given, asked) if given == asked => Some(found.value),
        (Unit::Kilogram, Unit::Gram) | (Unit::Litre, Unit::Millilitre) => money::multiply(found.value, thousand),
        (Unit::Gram, Unit::Kilogram) | (Unit::Millilitre, Unit::Litre) => money::divide(found.value, thousand),
        _ => None,
    };
    value.map(|value| Value::Number(value.normalize()))
}

impl Environment for View<'_> {
    fn value(&mut self, name: Name) -> Result<Value, Fault> {
        let value = self.look_up(name, self.line)?;
        if self.quiet {
            return Ok(value);
        }
        match name {
            Name::Parameter(number) => {
                if let Some(dated) = self.scope.parameter(number) {
                    self.cite(&dated.citations);
                }
                if let Some((currency, rate)) = self.scope.currency(number).and_then(|from| Some((from, self.scope.rate(from)?))) {
                    self.record(currency.code().into(), &Value::Number(rate));
                }
            }
            _ => self.cite_cell(name, true),
        }
        self.record(self.scope.label(name, self.regime), &value);
        Ok(value)
    }

    fn has(&mut self, name: Name) -> Result<bool, Fault> {
        let has = match name {
            // A parameter in force is there, whether or not the basket gives the rate that it is converted with.
            Name::Parameter(number) => self.scope.parameter(number).is_some(),
            // Goods without a code may be any.
            Name::Cell(table, _) if self.is_uncoded(table) => return Err(Fault::Missing(name)),
            // What is stated and cannot be read is not what was left out.
            Name::Attribute(number) => match self.look_up(name, self.line) {
                Err(fault) if self.scope.stated(number, self.line).is_some() => return Err(fault),
                found => found.is_ok(),
            },
            _ => self.look_up(name, self.line).is_ok(),
        };
        if self.quiet {
            return Ok(has);
        }
        self.cite_cell(name, has);
        let mut label = String::from("has(");
        label.push_str(&self.scope.label(name, self.regime));
        label.push(')');
        self.record(label, &Value::Truth(has));
        Ok(has)
    }

    fn fold(&mut self, fold: Fold, formula: &Expression, text: &str) -> Result<Value, Fault> {
        let all = self.among.is_none() && !self.folding && fold == Fold::Sum;
        let value = match formula {
            Expression::Name(Name::Step(number)) if all => self.total(*number),
            Expression::Name(Name::Fact(Fact::Value)) if all => self.total(0),
            _ => self.over(fold, formula),
        }?;
        if !self.quiet {
            if let (Expression::Name(Name::Step(number)), Some(regime)) = (formula, self.regime) {
                self.cite(regime.steps.get(usize::from(*number)).map(|step| step.citations.as_slice()).unwrap_or_default());
            }
            self.record(text.into(), &value);
        }
        Ok(value)
    }

    fn decide(&mut self, outcome: bool) -> bool {
        if self.quiet && !self.folding { self.path.decide(outcome, self.forced) } else { outcome }
    }
}
