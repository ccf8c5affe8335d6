//! The formula language as its authors write it: parsed, then checked against the names and units that a place has.

mod check;
mod parse;
mod replay;
mod units;

pub use check::{Kind, Known, Level, Names, check, same};
pub use parse::{Problem, Syntax, SyntaxKind, WORDS, parse};
pub use replay::replay;
pub use units::Units;
