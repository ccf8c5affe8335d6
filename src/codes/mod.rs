//! Codes as values that are right once they exist: parse, don't validate.

mod country;
mod hs;

pub use country::Country;
pub use hs::DigitCode;
