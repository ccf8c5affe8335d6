//! Units as exponents: money, and each unit of measurement.

use crate::formula::Unit;
use std::string::{String, ToString};
use std::vec::Vec;

/// What a number is of: an exponent for money, and one for each of [`Unit::ALL`]. All zero is a plain number: a rate or a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Units {
    exponents: [i8; 7],
}

impl Units {
    /// Money of the pack's currency.
    pub const MONEY: Self = Self { exponents: [1, 0, 0, 0, 0, 0, 0] };
    /// A plain number.
    pub const PLAIN: Self = Self { exponents: [0; 7] };

    /// One unit of measurement.
    #[must_use]
    pub fn of(unit: Unit) -> Self {
        let mut units = Self::PLAIN;
        let place = Unit::ALL.iter().position(|other| *other == unit).map(|place| place.saturating_add(1));
        if let Some(exponent) = place.and_then(|place| units.exponents.get_mut(place)) {
            *exponent = 1;
        }
        units
    }

    /// Reads a unit as parameters write it: the currency, `rate`, `count`, a symbol, or currency per symbol.
    #[must_use]
    pub fn parse(text: &str, currency: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((money, unit)) if money == currency => Some(Self::MONEY.divided_by(Self::of(Unit::parse(unit)?))),
            Some(_) => None,
            None if text == currency => Some(Self::MONEY),
            None if text == "rate" || text == "count" => Some(Self::PLAIN),
            None => Unit::parse(text).map(Self::of),
        }
    }

    /// The units of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        self.with(other, i8::saturating_add)
    }

    /// The units of a quotient.
    #[must_use]
    pub fn divided_by(self, other: Self) -> Self {
        self.with(other, i8::saturating_sub)
    }

    fn with(mut self, other: Self, join: fn(i8, i8) -> i8) -> Self {
        for (one, other) in self.exponents.iter_mut().zip(other.exponents) {
            *one = join(*one, other);
        }
        self
    }

    /// The units in words: `money per ml`, `a plain number`.
    #[must_use]
    pub fn describe(self) -> String {
        let name = |place: usize| match place.checked_sub(1) {
            None => "money",
            Some(place) => Unit::ALL.get(place).map_or("", |unit| unit.symbol()),
        };
        let powers = |sign: i8| -> Vec<&str> {
            let places = self.exponents.iter().enumerate().filter(|(_, exponent)| exponent.signum() == sign);
            places.flat_map(|(place, exponent)| std::iter::repeat_n(name(place), usize::from(exponent.unsigned_abs()))).collect()
        };
        let (above, below) = (powers(1).join(" times "), powers(-1).join(" per "));
        match (above.is_empty(), below.is_empty()) {
            (true, true) => "a plain number".to_string(),
            (false, true) => above,
            (true, false) => std::format!("a plain number per {below}"),
            (false, false) => std::format!("{above} per {below}"),
        }
    }
}
