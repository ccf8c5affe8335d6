//! From text to a syntax tree with places.

use crate::formula::{Fold, Operator};
use rust_decimal::Decimal;
use std::boxed::Box;
use std::string::{String, ToString};
use std::vec::Vec;

/// How deep a formula may be nested: as deep as a pack's reader allows.
const DEEPEST: usize = 64;

const TOO_DEEP: &str = "nested too deep; name a part of it as a step";

/// The words of the language, which no id can be.
pub const WORDS: [&str; 16] =
    ["if", "then", "else", "and", "or", "not", "min", "max", "sum", "largest", "smallest", "all", "any", "has", "true", "false"];

/// Something wrong at a byte offset of the formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte offset in the formula's text.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
}

impl Problem {
    /// A problem at a place.
    pub fn new(offset: usize, message: impl Into<String>) -> Self {
        Self { offset, message: message.into() }
    }
}

/// A part of a formula and where it begins.
#[derive(Clone, Debug)]
pub struct Syntax {
    /// Byte offset in the formula's text.
    pub offset: usize,
    /// What it is.
    pub kind: SyntaxKind,
}

/// The parts a formula is made of.
#[derive(Clone, Debug)]
pub enum SyntaxKind {
    /// A number.
    Number(Decimal),
    /// A code in double quotes.
    Code(String),
    /// `true` or `false`.
    Truth(bool),
    /// A name.
    Name(String),
    /// `has(name)`.
    Has(String),
    /// `sum(x)` and the like over lines, with the whole as written.
    Fold(Fold, Box<Syntax>, String),
    /// `not x`.
    Not(Box<Syntax>),
    /// `-x`.
    Negate(Box<Syntax>),
    /// Two operands.
    Binary(Operator, Box<Syntax>, Box<Syntax>),
    /// `if x then y else z`.
    If(Box<Syntax>, Box<Syntax>, Box<Syntax>),
}

impl Syntax {
    /// Whether a number other than 0 and 1 is written in it.
    #[must_use]
    pub fn holds_number(&self) -> bool {
        match &self.kind {
            SyntaxKind::Number(number) => !number.is_zero() && *number != Decimal::ONE,
            SyntaxKind::Not(inner) | SyntaxKind::Negate(inner) | SyntaxKind::Fold(_, inner, _) => inner.holds_number(),
            SyntaxKind::Binary(_, left, right) => left.holds_number() || right.holds_number(),
            SyntaxKind::If(condition, then, otherwise) => [condition, then, otherwise].into_iter().any(|part| part.holds_number()),
            _ => false,
        }
    }

    /// The first part of a kind, if there is one.
    #[must_use]
    pub fn find(&self, is: fn(&SyntaxKind) -> bool) -> Option<&Self> {
        if is(&self.kind) {
            return Some(self);
        }
        match &self.kind {
            SyntaxKind::Not(inner) | SyntaxKind::Negate(inner) | SyntaxKind::Fold(_, inner, _) => inner.find(is),
            SyntaxKind::Binary(_, left, right) => left.find(is).or_else(|| right.find(is)),
            SyntaxKind::If(condition, then, otherwise) => [condition, then, otherwise].into_iter().find_map(|part| part.find(is)),
            _ => None,
        }
    }

    /// How many parts lie one within another.
    fn height(&self) -> usize {
        let inner = match &self.kind {
            SyntaxKind::Not(inner) | SyntaxKind::Negate(inner) | SyntaxKind::Fold(_, inner, _) => inner.height(),
            SyntaxKind::Binary(_, left, right) => left.height().max(right.height()),
            SyntaxKind::If(condition, then, otherwise) => condition.height().max(then.height()).max(otherwise.height()),
            _ => 0,
        };
        inner.saturating_add(1)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Decimal),
    Code(String),
    /// A name or a word of the language.
    Word(String),
    Sign(&'static str),
    End,
}

/// Parses a formula.
///
/// # Errors
///
/// The first [`Problem`] of the text's form.
pub fn parse(text: &str) -> Result<Syntax, Problem> {
    let mut parser = Parser { text, tokens: tokens(text)?, place: 0, depth: 0 };
    let syntax = parser.expression(0)?;
    match parser.peek() {
        (_, Token::End) => Ok(syntax),
        (offset, _) => Err(Problem::new(offset, "expected an operator or the end of the formula")),
    }
}

fn tokens(text: &str) -> Result<Vec<(usize, Token)>, Problem> {
    const SIGNS: [&str; 13] = ["<=", ">=", "<>", "<", ">", "=", "+", "-", "*", "/", "(", ")", ","];
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let offset = text.len().saturating_sub(rest.len());
        let Some(first) = rest.chars().next() else {
            tokens.push((offset, Token::End));
            return Ok(tokens);
        };
        let taken = if first.is_ascii_digit() {
            let length = rest.find(|character: char| !character.is_ascii_digit() && character != '.').unwrap_or(rest.len());
            let (number, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            let value = crate::money::parse_decimal(number).ok_or_else(|| Problem::new(offset, "not a plain decimal number"))?;
            if after.starts_with(|character: char| character.is_ascii_alphabetic() || character == '%') {
                return Err(Problem::new(offset, "a number has no unit or percent sign; name a parameter instead"));
            }
            tokens.push((offset, Token::Number(value)));
            length
        } else if first == '"' {
            let inside = rest.get(1..).unwrap_or_default();
            let length = inside.find('"').ok_or_else(|| Problem::new(offset, "a code has no closing quote"))?;
            tokens.push((offset, Token::Code(inside.get(..length).unwrap_or_default().to_string())));
            length.saturating_add(2)
        } else if first.is_ascii_lowercase() {
            // A hyphen or a dot belongs to the name when a letter or digit follows it.
            let bytes = rest.as_bytes();
            let mut length = 0;
            while let Some(byte) = bytes.get(length) {
                let next = bytes.get(length.saturating_add(1));
                let joins = matches!(byte, b'-' | b'.') && next.is_some_and(|next| next.is_ascii_lowercase() || next.is_ascii_digit());
                if !(byte.is_ascii_lowercase() || byte.is_ascii_digit() || joins) {
                    break;
                }
                length = length.saturating_add(1);
            }
            tokens.push((offset, Token::Word(rest.get(..length).unwrap_or_default().to_string())));
            length
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            tokens.push((offset, Token::Sign(sign)));
            sign.len()
        } else {
            return Err(Problem::new(offset, "a character that no formula has"));
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<(usize, Token)>,
    place: usize,
    depth: usize,
}

/// An infix operator and how strongly it binds.
fn infix(token: &Token) -> Option<(Operator, u8)> {
    Some(match token {
        Token::Word(word) if word == "or" => (Operator::Or, 1),
        Token::Word(word) if word == "and" => (Operator::And, 2),
        Token::Sign("=") => (Operator::Equal, 4),
        Token::Sign("<>") => (Operator::NotEqual, 4),
        Token::Sign("<") => (Operator::Less, 4),
        Token::Sign("<=") => (Operator::LessOrEqual, 4),
        Token::Sign(">") => (Operator::More, 4),
        Token::Sign(">=") => (Operator::MoreOrEqual, 4),
        Token::Sign("+") => (Operator::Add, 5),
        Token::Sign("-") => (Operator::Subtract, 5),
        Token::Sign("*") => (Operator::Multiply, 6),
        Token::Sign("/") => (Operator::Divide, 6),
        _ => return None,
    })
}

/// How strongly `not` binds its operand: less than a comparison.
const NOT: u8 = 3;
/// How strongly a sign binds its operand.
const SIGN: u8 = 7;
/// The strength of comparisons, of which there is one at a time.
const COMPARISON: u8 = 4;

impl Parser<'_> {
    fn peek(&self) -> (usize, Token) {
        self.tokens.get(self.place).or(self.tokens.last()).cloned().unwrap_or((0, Token::End))
    }

    fn next(&mut self) -> (usize, Token) {
        let token = self.peek();
        self.place = self.place.saturating_add(1);
        token
    }

    fn word(&mut self, word: &str) -> Result<(), Problem> {
        match self.next() {
            (_, Token::Word(found)) if found == word => Ok(()),
            (offset, _) => Err(Problem::new(offset, std::format!("expected `{word}`"))),
        }
    }

    fn sign(&mut self, sign: &'static str) -> Result<(), Problem> {
        match self.next() {
            (_, Token::Sign(found)) if found == sign => Ok(()),
            (offset, _) => Err(Problem::new(offset, std::format!("expected `{sign}`"))),
        }
    }

    fn expression(&mut self, weakest: u8) -> Result<Syntax, Problem> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST {
            return Err(Problem::new(self.peek().0, TOO_DEEP));
        }
        let mut left = self.operand()?;
        loop {
            let (_, token) = self.peek();
            let Some((operator, strength)) = infix(&token).filter(|(_, strength)| *strength >= weakest) else { break };
            let (offset, _) = self.next();
            let right = self.expression(strength.saturating_add(1))?;
            left = Syntax { offset, kind: SyntaxKind::Binary(operator, Box::new(left), Box::new(right)) };
            // A long chain nests to the left without nesting in the text.
            if left.height() > DEEPEST {
                return Err(Problem::new(offset, TOO_DEEP));
            }
            let (offset, token) = self.peek();
            if strength == COMPARISON && infix(&token).is_some_and(|(_, next)| next == COMPARISON) {
                return Err(Problem::new(offset, "comparisons do not chain; join them with `and`"));
            }
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(left)
    }

    fn operand(&mut self) -> Result<Syntax, Problem> {
        let (offset, token) = self.next();
        let kind = match token {
            Token::Number(number) => SyntaxKind::Number(number),
            Token::Code(code) => SyntaxKind::Code(code),
            Token::Sign("-") => SyntaxKind::Negate(Box::new(self.expression(SIGN)?)),
            Token::Sign("(") => {
                let inner = self.expression(0)?;
                self.sign(")")?;
                return Ok(inner);
            }
            Token::Word(word) => match word.as_str() {
                "true" => SyntaxKind::Truth(true),
                "false" => SyntaxKind::Truth(false),
                "not" => SyntaxKind::Not(Box::new(self.expression(NOT)?)),
                "if" => {
                    let condition = self.expression(0)?;
                    self.word("then")?;
                    let then = self.expression(0)?;
                    self.word("else")?;
                    SyntaxKind::If(Box::new(condition), Box::new(then), Box::new(self.expression(0)?))
                }
                "min" | "max" => {
                    self.sign("(")?;
                    let left = self.expression(0)?;
                    self.sign(",")?;
                    let right = self.expression(0)?;
                    self.sign(")")?;
                    SyntaxKind::Binary(if word == "min" { Operator::Min } else { Operator::Max }, Box::new(left), Box::new(right))
                }
                "has" => {
                    self.sign("(")?;
                    let (place, token) = self.next();
                    let Token::Word(name) = token else { return Err(Problem::new(place, "expected a name")) };
                    self.sign(")")?;
                    SyntaxKind::Has(name)
                }
                "then" | "else" | "and" | "or" => return Err(Problem::new(offset, "expected a value")),
                _ => match Fold::ALL.into_iter().find(|fold| fold.word() == word) {
                    Some(fold) => {
                        self.sign("(")?;
                        let inner = self.expression(0)?;
                        let (end, _) = self.peek();
                        self.sign(")")?;
                        let written = self.text.get(offset..end.saturating_add(1)).unwrap_or_default();
                        SyntaxKind::Fold(fold, Box::new(inner), written.split_whitespace().collect::<Vec<_>>().join(" "))
                    }
                    None => SyntaxKind::Name(word),
                },
            },
            Token::Sign(_) | Token::End => return Err(Problem::new(offset, "expected a value")),
        };
        Ok(Syntax { offset, kind })
    }
}
