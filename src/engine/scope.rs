//! What names stand for: the environment of a formula for one line, or for the basket.

use super::prepare::Prepared;
use crate::basket::{Attribute, Basket, Line, Measure};
use crate::formula::{Environment, Expression, Fact, Fault, Name, Unit, Value, evaluate};
use crate::money::{self, parse_decimal};
use crate::pack::{DatedValue, Pack, Regime, Step, ValueKind};
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
}

/// What steps have given so far: for each step a value for each line, or one for the basket.
#[derive(Debug, Default)]
pub struct Results {
    pub lines: Vec<Vec<Option<Value>>>,
    pub basket: Vec<Option<Value>>,
}

impl<'a> Scope<'a> {
    pub fn new(pack: &'a Pack, basket: &'a Basket, prepared: &'a Prepared<'a>, channel: usize) -> Self {
        Self { pack, basket, prepared, channel, decimals: pack.currency.decimals() }
    }

    /// The value of a parameter that is in force.
    pub fn parameter(&self, number: u16) -> Option<&'a DatedValue> {
        let parameter = self.pack.parameters.get(usize::from(number))?;
        parameter.values.iter().find(|value| value.interval.contains(self.basket.as_of))
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

    fn money(&self, amount: Decimal) -> Value {
        Value::Money(amount, self.decimals)
    }
}

/// A formula's environment: the scope, the results so far, and which line it is for.
pub struct View<'a> {
    pub scope: &'a Scope<'a>,
    pub regime: Option<&'a Regime>,
    pub results: &'a Results,
    /// The line; `None` for a formula over the whole basket.
    pub line: Option<usize>,
    /// The lines that sums are over; all when there is none.
    pub among: Option<&'a [usize]>,
    /// Whether the formula is evaluated for a sum.
    pub summing: bool,
    /// Names that were used, as written, with their values.
    pub values: Vec<(String, Value)>,
    /// The law those values rest on.
    pub citations: Vec<u16>,
}

impl<'a> View<'a> {
    pub const fn new(scope: &'a Scope<'a>, regime: Option<&'a Regime>, results: &'a Results, line: Option<usize>) -> Self {
        Self { scope, regime, results, line, among: None, summing: false, values: Vec::new(), citations: Vec::new() }
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

    fn step(&self, number: u16) -> Option<&'a Step> {
        self.regime.and_then(|regime| regime.steps.get(usize::from(number)))
    }

    /// What a name stands for, on the given line.
    fn look_up(&self, name: Name, line: Option<usize>) -> Result<Value, Fault> {
        let missing = Fault::Missing(name);
        match name {
            Name::Fact(fact) => match fact {
                Fact::Value => self.step_value(0, line),
                Fact::BasketValue => self.basket_value(),
                _ => self.fact(fact, line).ok_or(missing),
            },
            Name::Parameter(number) => {
                let value = self.scope.parameter(number).ok_or(missing)?.value;
                let money = self.scope.pack.parameters.get(usize::from(number)).is_some_and(|parameter| parameter.money);
                Ok(if money { self.scope.money(value) } else { Value::Number(value) })
            }
            Name::Cell(table, column) => {
                let row = line.and_then(|line| self.scope.prepared.lines.get(line)).and_then(|line| line.rows.get(usize::from(table)));
                let cell = row.copied().flatten().and_then(|row| row.cells.get(usize::from(column)));
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

    fn step_value(&self, number: u16, line: Option<usize>) -> Result<Value, Fault> {
        let number = usize::from(number);
        let of_basket = || self.results.basket.get(number).cloned().flatten();
        let of_line = line.and_then(|line| self.results.lines.get(number).and_then(|values| values.get(line)).cloned().flatten());
        of_line.or_else(of_basket).ok_or(Fault::Upstream)
    }

    fn fact(&self, fact: Fact, line: Option<usize>) -> Option<Value> {
        let scope = self.scope;
        let (basket, prepared) = (scope.basket, scope.prepared);
        let given = line.and_then(|line| basket.lines.get(line));
        let priced = line.and_then(|line| prepared.lines.get(line));
        let money = |amount: Decimal| Some(scope.money(amount));
        match fact {
            Fact::Price => money(priced?.price),
            Fact::Freight => money(priced?.freight),
            Fact::Insurance => money(priced?.insurance),
            Fact::Quantity => Some(Value::Number(given?.quantity)),
            Fact::NetWeightGram => measured(given?, Measure::NetWeight, Unit::Gram),
            Fact::NetWeightKilogram => measured(given?, Measure::NetWeight, Unit::Kilogram),
            Fact::VolumeMillilitre => measured(given?, Measure::Volume, Unit::Millilitre),
            Fact::VolumeLitre => measured(given?, Measure::Volume, Unit::Litre),
            Fact::Pieces => measured(given?, Measure::Pieces, Unit::Piece),
            Fact::Origin => Some(Value::Code(given?.origin?.code().into())),
            Fact::HsCode => Some(Value::Code(given?.hs_code?.as_str().into())),
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
        let line = self.scope.basket.lines.get(line?)?;
        let (_, given) = line.attributes.iter().find(|(id, _)| *id == attribute.id)?;
        match (attribute.kind, given) {
            (ValueKind::Truth, Attribute::Truth(truth)) => Some(Value::Truth(*truth)),
            (ValueKind::Number, Attribute::Text(text)) => parse_decimal(text).map(Value::Number),
            (ValueKind::Code, Attribute::Text(text)) => Some(Value::Code(text.clone())),
            _ => None,
        }
    }

    /// The dutiable values of all lines, whichever of them a check is about.
    fn basket_value(&self) -> Result<Value, Fault> {
        let mut sum = Decimal::ZERO;
        for line in 0..self.scope.basket.lines.len() {
            let value = self.step_value(0, Some(line))?;
            sum = value.number().and_then(|number| money::add(sum, number)).ok_or(Fault::Arithmetic)?;
        }
        Ok(self.scope.money(sum))
    }
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
        match name {
            Name::Parameter(number) => {
                if let Some(dated) = self.scope.parameter(number) {
                    self.cite(&dated.citations);
                }
            }
            Name::Cell(table, _) => {
                let line = self.line.and_then(|line| self.scope.prepared.lines.get(line));
                if let Some(row) = line.and_then(|line| line.rows.get(usize::from(table))).copied().flatten() {
                    self.cite(&row.citations);
                }
            }
            _ => {}
        }
        self.record(self.scope.label(name, self.regime), &value);
        Ok(value)
    }

    fn has(&mut self, name: Name) -> bool {
        let has = self.look_up(name, self.line).is_ok();
        let mut label = String::from("has(");
        label.push_str(&self.scope.label(name, self.regime));
        label.push(')');
        self.record(label, &Value::Truth(has));
        has
    }

    fn sum(&mut self, name: Name) -> Result<Value, Fault> {
        let value = self.sum_of(&Expression::Name(name))?;
        let mut label = String::from("sum(");
        label.push_str(&self.scope.label(name, self.regime));
        label.push(')');
        if let Name::Step(number) = name {
            let citations = self.step(number).map(|step| step.citations.as_slice()).unwrap_or_default();
            self.cite(citations);
        }
        self.record(label, &value);
        Ok(value)
    }

    fn sum_of(&mut self, formula: &Expression) -> Result<Value, Fault> {
        if self.summing {
            return Err(Fault::Type);
        }
        // What is used on the way is of one line after another, and a trace shows the sum.
        let (line, values) = (self.line, self.values.len());
        self.summing = true;
        let mut sum = Ok(Decimal::ZERO);
        let mut money = false;
        for number in 0..self.scope.basket.lines.len() {
            if self.among.is_none_or(|among| among.contains(&number)) {
                self.line = Some(number);
                sum = sum.and_then(|sum| {
                    let value = evaluate(formula, self)?;
                    money = matches!(value, Value::Money(..));
                    value.number().and_then(|number| money::add(sum, number)).ok_or(Fault::Arithmetic)
                });
            }
        }
        self.line = line;
        self.summing = false;
        self.values.truncate(values);
        sum.map(|sum| if money { self.scope.money(sum) } else { Value::Number(sum) })
    }
}
