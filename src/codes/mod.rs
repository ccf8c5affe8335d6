//! Codes as values that are right once they exist: parse, don't validate.

pub mod check_digit;
mod country;
mod hs;

pub use country::Country;
pub use hs::DigitCode;
