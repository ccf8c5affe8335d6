//! Computing a traced step again from nothing but its text and its values.

use super::parse::{Syntax, SyntaxKind, parse};
use crate::formula::Operator;
use crate::money;
use rust_decimal::Decimal;
use std::string::{String, ToString};

/// A value as it was computed here, or as a trace shows it.
#[derive(Clone, Debug)]
enum Shown {
    Number(Decimal),
    Truth(bool),
    Code(String),
    /// From the trace: a code may look like a number, so its use decides.
    Text(String),
}

/// Computes a formula's text with the values that its trace shows, and gives the result as text, without trailing zeros.
///
/// It shares the parser with the compiler and nothing with the engine's evaluator, so that it is a second reading of every step.
///
/// # Errors
///
/// What cannot be computed, in words.
pub fn replay(formula: &str, values: &[(String, String)]) -> Result<String, String> {
    let syntax = parse(formula).map_err(|problem| problem.message)?;
    Ok(match compute(&syntax, values)? {
        Shown::Number(number) => number.normalize().to_string(),
        Shown::Truth(truth) => truth.to_string(),
        Shown::Code(code) => code,
        Shown::Text(text) => text.parse::<Decimal>().map_or(text, |number| number.normalize().to_string()),
    })
}

fn value(name: &str, values: &[(String, String)]) -> Result<Shown, String> {
    values
        .iter()
        .find(|(other, _)| other == name)
        .map(|(_, text)| Shown::Text(text.clone()))
        .ok_or_else(|| std::format!("the trace has no value for `{name}`"))
}

fn truth(shown: Shown) -> Result<bool, String> {
    match shown {
        Shown::Truth(truth) => Ok(truth),
        Shown::Text(text) if text == "true" || text == "false" => Ok(text == "true"),
        _ => Err("not a truth value".to_string()),
    }
}

fn number(shown: Shown) -> Result<Decimal, String> {
    match shown {
        Shown::Number(number) => Ok(number),
        Shown::Text(text) => text.parse().map_err(|_| "not a number".to_string()),
        _ => Err("not a number".to_string()),
    }
}

fn equal(left: Shown, right: Shown) -> Result<bool, String> {
    Ok(match (left, right) {
        (Shown::Code(left), Shown::Code(right) | Shown::Text(right)) | (Shown::Text(left), Shown::Code(right)) => left == right,
        (Shown::Text(left), Shown::Text(right)) => {
            left == right || left.parse::<Decimal>().is_ok_and(|left| right.parse::<Decimal>() == Ok(left))
        }
        (left @ Shown::Truth(_), right) | (left, right @ Shown::Truth(_)) => truth(left)? == truth(right)?,
        (left, right) => number(left)? == number(right)?,
    })
}

fn compute(syntax: &Syntax, values: &[(String, String)]) -> Result<Shown, String> {
    Ok(match &syntax.kind {
        SyntaxKind::Number(number) => Shown::Number(*number),
        SyntaxKind::Code(code) => Shown::Code(code.clone()),
        SyntaxKind::Truth(truth) => Shown::Truth(*truth),
        SyntaxKind::Name(name) => value(name, values)?,
        SyntaxKind::Has(name) => value(&std::format!("has({name})"), values)?,
        SyntaxKind::Fold(_, _, text) => value(text, values)?,
        SyntaxKind::Not(inner) => Shown::Truth(!truth(compute(inner, values)?)?),
        SyntaxKind::Negate(inner) => {
            let number = money::subtract(Decimal::ZERO, number(compute(inner, values)?)?);
            Shown::Number(number.ok_or("too large")?)
        }
        SyntaxKind::If(condition, then, otherwise) => compute(if truth(compute(condition, values)?)? { then } else { otherwise }, values)?,
        SyntaxKind::Binary(Operator::And, left, right) => Shown::Truth(truth(compute(left, values)?)? && truth(compute(right, values)?)?),
        SyntaxKind::Binary(Operator::Or, left, right) => Shown::Truth(truth(compute(left, values)?)? || truth(compute(right, values)?)?),
        SyntaxKind::Binary(operator, left, right) => {
            let (left, right) = (compute(left, values)?, compute(right, values)?);
            match operator {
                Operator::Equal => return equal(left, right).map(Shown::Truth),
                Operator::NotEqual => return equal(left, right).map(|same| Shown::Truth(!same)),
                _ => {}
            }
            let (left, right) = (number(left)?, number(right)?);
            let result = match operator {
                Operator::Less => return Ok(Shown::Truth(left < right)),
                Operator::LessOrEqual => return Ok(Shown::Truth(left <= right)),
                Operator::More => return Ok(Shown::Truth(left > right)),
                Operator::MoreOrEqual => return Ok(Shown::Truth(left >= right)),
                Operator::Add => money::add(left, right),
                Operator::Subtract => money::subtract(left, right),
                Operator::Multiply => money::multiply(left, right),
                Operator::Divide => money::divide(left, right),
                Operator::Min => Some(left.min(right)),
                _ => Some(left.max(right)),
            };
            Shown::Number(result.ok_or("too large, or divided by zero")?)
        }
    })
}
