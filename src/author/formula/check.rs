//! Names and units: from a syntax tree to an expression that a pack can carry.

use super::parse::{Problem, Syntax, SyntaxKind};
use super::units::Units;
use crate::author::fault::hint;
use crate::formula::{Expression, Fold, Name, Operator};
use std::boxed::Box;
use std::string::{String, ToString};
use std::vec::Vec;

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    Truth,
    /// A code; the codes it can be, when they are listed.
    Code(Option<Vec<String>>),
    /// A number with its units.
    Number(Units),
    /// The number 0 as written, which fits every unit.
    Zero,
    /// Not known, because it rests on something faulty; fits everything, so that a fault is told once.
    Unknown,
}

impl Kind {
    /// The kind in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Self::Truth => "a truth value".to_string(),
            Self::Code(_) => "a code".to_string(),
            Self::Number(units) => units.describe(),
            Self::Zero => "zero".to_string(),
            Self::Unknown => "unknown".to_string(),
        }
    }
}

/// Whether something is known for each line or once for the basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Known for each line.
    Line,
    /// Known once.
    Basket,
}

/// A name that a formula can use.
#[derive(Clone, Debug)]
pub struct Known {
    /// What it stands for.
    pub name: Name,
    /// What its value is.
    pub kind: Kind,
    /// For each line or once.
    pub level: Level,
    /// Whether it can only be asked for with `has`.
    pub only_has: bool,
}

/// The names that a formula at some place can use.
#[derive(Clone, Debug, Default)]
pub struct Names {
    known: Vec<(String, Known)>,
    /// Names that are known elsewhere.
    elsewhere: Vec<String>,
}

impl Names {
    /// Adds a name; false when there is one already.
    pub fn add(&mut self, text: &str, name: Name, kind: Kind, level: Level) -> bool {
        self.add_known(text, Known { name, kind, level, only_has: false })
    }

    /// Adds a name that can only be asked for with `has`.
    pub fn add_only_has(&mut self, text: &str, name: Name) -> bool {
        self.add_known(text, Known { name, kind: Kind::Number(Units::PLAIN), level: Level::Line, only_has: true })
    }

    fn add_known(&mut self, text: &str, known: Known) -> bool {
        if self.get(text).is_some() {
            return false;
        }
        self.known.push((text.to_string(), known));
        true
    }

    /// What a name stands for.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<&Known> {
        self.known.iter().find(|(other, _)| other == text).map(|(_, known)| known)
    }

    /// The names without some of them.
    #[must_use]
    pub fn without(&self, names: &[&str]) -> Self {
        Self {
            known: self.known.iter().filter(|(text, _)| !names.contains(&text.as_str())).cloned().collect(),
            elsewhere: names.iter().map(|name| (*name).to_string()).collect(),
        }
    }

    /// What a name stands for, or a problem that names the nearest.
    ///
    /// # Errors
    ///
    /// When there is no such name here.
    pub fn find(&self, offset: usize, text: &str) -> Result<&Known, Problem> {
        self.get(text).ok_or_else(|| {
            if self.elsewhere.iter().any(|other| other == text) {
                return Problem::new(offset, std::format!("`{text}` is not known here: it is a result of the regime"));
            }
            let near = hint(text, self.known.iter().map(|(other, _)| other.as_str()));
            Problem::new(offset, std::format!("unknown name `{text}`{near}"))
        })
    }
}

/// Checks a formula for a line or for the basket. Gives the expression and what its value is.
///
/// # Errors
///
/// Every [`Problem`] that does not follow from another.
pub fn check(syntax: &Syntax, names: &Names, level: Level) -> Result<(Expression, Kind), Vec<Problem>> {
    let mut checker = Checker { names, level, problems: Vec::new() };
    let checked = checker.check(syntax);
    match checked {
        Some(result) if checker.problems.is_empty() => Ok(result),
        _ => Err(checker.problems),
    }
}

struct Checker<'a> {
    names: &'a Names,
    level: Level,
    problems: Vec<Problem>,
}

type Checked = Option<(Expression, Kind)>;

impl<'a> Checker<'a> {
    fn problem<T>(&mut self, offset: usize, message: impl Into<String>) -> Option<T> {
        self.problems.push(Problem::new(offset, message));
        None
    }

    fn find(&mut self, offset: usize, text: &str) -> Option<&'a Known> {
        let names = self.names;
        match names.find(offset, text) {
            Ok(known) => Some(known),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }

    fn check(&mut self, syntax: &Syntax) -> Checked {
        let offset = syntax.offset;
        match &syntax.kind {
            SyntaxKind::Number(number) => {
                Some((Expression::Number(*number), if number.is_zero() { Kind::Zero } else { Kind::Number(Units::PLAIN) }))
            }
            SyntaxKind::Code(code) => Some((Expression::Code(code.clone()), Kind::Code(Some(std::vec![code.clone()])))),
            SyntaxKind::Truth(truth) => Some((Expression::Truth(*truth), Kind::Truth)),
            SyntaxKind::Name(text) => {
                let known = self.find(offset, text)?;
                if known.only_has {
                    return self.problem(offset, std::format!("`{text}` can only be asked for as `has({text})`"));
                }
                if known.level == Level::Line && self.level == Level::Basket {
                    return self.problem(offset, std::format!("`{text}` belongs to a line; over the basket use `sum({text})`"));
                }
                Some((Expression::Name(known.name), known.kind.clone()))
            }
            SyntaxKind::Has(text) => {
                let known = self.find(offset, text)?;
                if known.level == Level::Line && self.level == Level::Basket {
                    return self.problem(offset, std::format!("`{text}` belongs to a line"));
                }
                Some((Expression::Has(known.name), Kind::Truth))
            }
            SyntaxKind::Fold(fold, inner, text) => {
                if let SyntaxKind::Name(name) = &inner.kind
                    && self.names.get(name).is_some_and(|known| known.level == Level::Basket)
                {
                    return self.problem(offset, std::format!("`{name}` is of the basket already"));
                }
                if let Some(within) = inner.find(|kind| matches!(kind, SyntaxKind::Fold(..))) {
                    let SyntaxKind::Fold(other, ..) = within.kind else { return None };
                    return self.problem(within.offset, std::format!("`{}` within `{}`: name it as a step", other.word(), fold.word()));
                }
                let place = inner.offset;
                let level = std::mem::replace(&mut self.level, Level::Line);
                let checked = self.check(inner);
                self.level = level;
                let (inner, kind) = checked?;
                let fits = match fold {
                    Fold::All | Fold::Any => matches!(kind, Kind::Truth | Kind::Unknown),
                    Fold::Sum | Fold::Largest | Fold::Smallest => matches!(kind, Kind::Number(_) | Kind::Zero | Kind::Unknown),
                };
                if !fits {
                    return self.problem(place, std::format!("`{}` cannot be of {}", fold.word(), kind.describe()));
                }
                Some((Expression::Fold(*fold, Box::new(inner), text.clone()), kind))
            }
            SyntaxKind::Not(inner) => {
                let (inner, _) = self.expect(inner, &Kind::Truth)?;
                Some((Expression::Not(Box::new(inner)), Kind::Truth))
            }
            SyntaxKind::Negate(inner) => {
                let place = inner.offset;
                let (inner, kind) = self.check(inner)?;
                match kind {
                    Kind::Number(_) | Kind::Zero | Kind::Unknown => Some((Expression::Negate(Box::new(inner)), kind)),
                    _ => self.problem(place, std::format!("cannot negate {}", kind.describe())),
                }
            }
            SyntaxKind::If(condition, then, otherwise) => {
                let condition = self.expect(condition, &Kind::Truth);
                let then = self.check(then);
                let otherwise = self.check(otherwise);
                let ((then, one), (otherwise, other)) = (then?, otherwise?);
                let Some(kind) = same(&one, &other) else {
                    let message = std::format!("one branch is {} and the other {}", one.describe(), other.describe());
                    return self.problem(offset, message);
                };
                let (condition, _) = condition?;
                Some((Expression::If(Box::new(condition), Box::new(then), Box::new(otherwise)), kind))
            }
            SyntaxKind::Binary(operator, left, right) => self.binary(offset, *operator, left, right),
        }
    }

    fn expect(&mut self, syntax: &Syntax, kind: &Kind) -> Checked {
        let (expression, found) = self.check(syntax)?;
        if same(&found, kind).is_none() {
            return self.problem(syntax.offset, std::format!("expected {}, found {}", kind.describe(), found.describe()));
        }
        Some((expression, found))
    }

    fn binary(&mut self, offset: usize, operator: Operator, left: &Syntax, right: &Syntax) -> Checked {
        if matches!(operator, Operator::And | Operator::Or) {
            let (left, right) = (self.expect(left, &Kind::Truth), self.expect(right, &Kind::Truth));
            let ((left, _), (right, _)) = (left?, right?);
            return Some((Expression::Binary(operator, Box::new(left), Box::new(right)), Kind::Truth));
        }
        let (left, right) = (self.check(left), self.check(right));
        let ((left, one), (right, other)) = (left?, right?);
        let kind = match self.result(operator, &one, &other) {
            Ok(kind) => kind,
            Err(message) => return self.problem(offset, message),
        };
        Some((Expression::Binary(operator, Box::new(left), Box::new(right)), kind))
    }

    fn result(&self, operator: Operator, one: &Kind, other: &Kind) -> Result<Kind, String> {
        let words = |verb: &str, join: &str| std::format!("cannot {verb} {} {join} {}", one.describe(), other.describe());
        match operator {
            Operator::Equal | Operator::NotEqual => match (one, other) {
                (Kind::Code(Some(ones)), Kind::Code(Some(others))) if !ones.iter().any(|code| others.contains(code)) => {
                    let (few, many) = if ones.len() < others.len() { (ones, others) } else { (others, ones) };
                    Err(std::format!("`{}` is never one of `{}`", few.join("`, `"), many.join("`, `")))
                }
                _ if same(one, other).is_some() => Ok(Kind::Truth),
                _ => Err(words("compare", "with")),
            },
            Operator::Multiply | Operator::Divide => {
                let units = |kind: &Kind| match kind {
                    Kind::Number(units) => Some(*units),
                    Kind::Zero | Kind::Unknown => Some(Units::PLAIN),
                    Kind::Truth | Kind::Code(_) => None,
                };
                let (Some(first), Some(second)) = (units(one), units(other)) else {
                    return Err(words(if operator == Operator::Multiply { "multiply" } else { "divide" }, "by"));
                };
                if operator == Operator::Divide && *other == Kind::Zero {
                    return Err("divides by zero".to_string());
                }
                if [one, other].contains(&&Kind::Unknown) {
                    return Ok(Kind::Unknown);
                }
                Ok(Kind::Number(if operator == Operator::Multiply { first.times(second) } else { first.divided_by(second) }))
            }
            _ => {
                let (verb, join) = match operator {
                    Operator::Add => ("add", "to"),
                    Operator::Subtract => ("subtract", "and"),
                    _ => ("compare", "with"),
                };
                let number = |kind: &Kind| matches!(kind, Kind::Number(_) | Kind::Zero | Kind::Unknown);
                match same(one, other).filter(number) {
                    Some(kind) if matches!(operator, Operator::Add | Operator::Subtract | Operator::Min | Operator::Max) => Ok(kind),
                    Some(_) => Ok(Kind::Truth),
                    None => Err(words(verb, join)),
                }
            }
        }
    }
}

/// What two values have in common, if they can stand for one another.
#[must_use]
pub fn same(one: &Kind, other: &Kind) -> Option<Kind> {
    match (one, other) {
        (Kind::Unknown, other) | (other, Kind::Unknown) => Some(other.clone()),
        (Kind::Truth, Kind::Truth) => Some(Kind::Truth),
        (Kind::Code(Some(ones)), Kind::Code(Some(others))) => {
            let mut all = ones.clone();
            all.extend(others.iter().filter(|code| !ones.contains(code)).cloned());
            Some(Kind::Code(Some(all)))
        }
        (Kind::Code(_), Kind::Code(_)) => Some(Kind::Code(None)),
        (Kind::Zero, Kind::Zero) => Some(Kind::Zero),
        (Kind::Zero, Kind::Number(units)) | (Kind::Number(units), Kind::Zero) => Some(Kind::Number(*units)),
        (Kind::Number(ones), Kind::Number(others)) => (ones == others).then_some(Kind::Number(*ones)),
        _ => None,
    }
}
