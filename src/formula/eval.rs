//! Evaluating a checked formula.

use super::{Expression, Fold, Name, Operator, Value};
use crate::money;
use rust_decimal::Decimal;

/// Why a formula has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A name has no value: a fact that was not given, an empty cell, a parameter not in force.
    Missing(Name),
    /// A value rests on a step that had none; that step's fault has been told.
    Upstream,
    /// A result is too large, or a divisor is zero.
    Arithmetic,
    /// An operand has the wrong type. A pack built by the author's compiler cannot cause it.
    Type,
}

/// What names stand for while a formula is evaluated.
pub trait Environment {
    /// The value of a name.
    ///
    /// # Errors
    ///
    /// [`Fault::Missing`] when it has none, [`Fault::Upstream`] when an earlier step failed.
    fn value(&mut self, name: Name) -> Result<Value, Fault>;

    /// Whether a name has a value.
    ///
    /// # Errors
    ///
    /// [`Fault::Missing`] when that cannot be said: the cell of a table that is looked up by a code, for goods whose code was not given.
    fn has(&mut self, name: Name) -> Result<bool, Fault>;

    /// What a formula gives over the lines of the group, or of the basket; `text` is the fold as written.
    ///
    /// # Errors
    ///
    /// As for [`Environment::value`], for the first line that fails; [`Fault::Arithmetic`] when a sum is too large. A line after the one
    /// that decides is not asked.
    fn fold(&mut self, fold: Fold, formula: &Expression, text: &str) -> Result<Value, Fault>;

    /// What a comparison of numbers comes to. An environment may note it, or hold the formula to one of its branches.
    fn decide(&mut self, outcome: bool) -> bool {
        outcome
    }
}

/// The value of a formula.
///
/// Exact: products and sums keep every digit up to 28; a quotient that does not end is rounded in its 28th digit.
///
/// # Errors
///
/// The first [`Fault`] met, in the order of evaluation. A branch that is not taken is not evaluated.
pub fn evaluate(expression: &Expression, environment: &mut impl Environment) -> Result<Value, Fault> {
    match expression {
        Expression::Number(number) => Ok(Value::Number(*number)),
        Expression::Code(code) => Ok(Value::Code(code.clone())),
        Expression::Truth(truth) => Ok(Value::Truth(*truth)),
        Expression::Name(name) => environment.value(*name),
        Expression::Has(name) => Ok(Value::Truth(environment.has(*name)?)),
        Expression::Fold(fold, formula, text) => environment.fold(*fold, formula, text),
        Expression::Not(inner) => Ok(Value::Truth(!truth(inner, environment)?)),
        Expression::Negate(inner) => {
            money::subtract(Decimal::ZERO, number(inner, environment)?).map(Value::Number).ok_or(Fault::Arithmetic)
        }
        Expression::If(condition, then, otherwise) => evaluate(if truth(condition, environment)? { then } else { otherwise }, environment),
        Expression::Binary(operator, left, right) => binary(*operator, left, right, environment),
    }
}

fn truth(expression: &Expression, environment: &mut impl Environment) -> Result<bool, Fault> {
    match evaluate(expression, environment)? {
        Value::Truth(truth) => Ok(truth),
        _ => Err(Fault::Type),
    }
}

fn number(expression: &Expression, environment: &mut impl Environment) -> Result<Decimal, Fault> {
    evaluate(expression, environment)?.number().ok_or(Fault::Type)
}

fn binary(operator: Operator, left: &Expression, right: &Expression, environment: &mut impl Environment) -> Result<Value, Fault> {
    match operator {
        Operator::And => return Ok(Value::Truth(truth(left, environment)? && truth(right, environment)?)),
        Operator::Or => return Ok(Value::Truth(truth(left, environment)? || truth(right, environment)?)),
        Operator::Equal | Operator::NotEqual => {
            let (left, right) = (evaluate(left, environment)?, evaluate(right, environment)?);
            let same = match (left.number(), right.number()) {
                (Some(left), Some(right)) => environment.decide(left == right),
                _ => left == right,
            };
            return Ok(Value::Truth(same == (operator == Operator::Equal)));
        }
        _ => {}
    }
    let (left, right) = (number(left, environment)?, number(right, environment)?);
    let result = match operator {
        Operator::Less => return Ok(Value::Truth(environment.decide(left < right))),
        Operator::LessOrEqual => return Ok(Value::Truth(environment.decide(left <= right))),
        Operator::More => return Ok(Value::Truth(environment.decide(left > right))),
        Operator::MoreOrEqual => return Ok(Value::Truth(environment.decide(left >= right))),
        _ => compute(operator, left, right),
    };
    result.map(Value::Number).ok_or(Fault::Arithmetic)
}

/// Two numbers as one; `None` when the result is too large, a divisor is zero, or the operator does not give a number.
#[must_use]
#[inline(never)]
pub fn compute(operator: Operator, left: Decimal, right: Decimal) -> Option<Decimal> {
    match operator {
        Operator::Add => money::add(left, right),
        Operator::Subtract => money::subtract(left, right),
        Operator::Multiply => money::multiply(left, right),
        Operator::Divide => money::divide(left, right),
        Operator::Min => Some(left.min(right)),
        Operator::Max => Some(left.max(right)),
        _ => None,
    }
}
