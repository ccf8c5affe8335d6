//! Currency, discounts and apportionment: from what the basket says to what formulas can use.

use super::Report;
use crate::basket::{Basket, DiscountKind, ExchangeRate, Money};
use crate::codes::DigitCode;
use crate::digits::push_number;
use crate::finding::{Code, Finding, Level};
use crate::formula::Value;
use crate::money::{self, Currency};
use crate::pack::{KeyKind, Pack, Row};
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// A basket in the pack's currency, with the rows of its lines.
#[derive(Debug)]
pub struct Prepared<'a> {
    pub lines: Vec<PreparedLine<'a>>,
    /// Goods before discounts.
    pub items: Decimal,
    /// Goods after price reductions.
    pub price: Decimal,
    pub freight: Decimal,
    pub insurance: Decimal,
    /// Discounts of both kinds, not negative.
    pub discounts: Decimal,
    /// How many articles.
    pub articles: Decimal,
    /// What the buyer has used of the year's limit.
    pub used_this_year: Option<Decimal>,
}

/// A line in the pack's currency.
#[derive(Debug)]
pub struct PreparedLine<'a> {
    pub price: Decimal,
    pub freight: Decimal,
    pub insurance: Decimal,
    /// The line's row in each table of the pack.
    pub rows: Vec<Option<&'a Row>>,
}

/// Shares a total by weight, in the minor unit. The shares add up to the total: each is rounded, and the largest takes the rest.
///
/// `None` when a figure is too large. Weights that are all zero put everything on the first.
///
/// ```
/// # use preclear::{engine::apportion, money::parse_decimal};
/// let decimal = |text| parse_decimal(text).unwrap();
/// let shares = apportion(decimal("10.00"), &[decimal("1"), decimal("1"), decimal("1")], 2).unwrap();
/// assert_eq!(shares, [decimal("3.34"), decimal("3.33"), decimal("3.33")]);
/// ```
#[must_use]
pub fn apportion(total: Decimal, weights: &[Decimal], decimals: u32) -> Option<Vec<Decimal>> {
    let mut whole = Decimal::ZERO;
    for weight in weights {
        whole = money::add(whole, *weight)?;
    }
    let mut shares = Vec::with_capacity(weights.len());
    let mut rest = total;
    for weight in weights {
        let share = if whole.is_zero() { Decimal::ZERO } else { money::divide(money::multiply(total, *weight)?, whole)? };
        let share = money::round(share, decimals);
        rest = money::subtract(rest, share)?;
        shares.push(share);
    }
    // The first of the largest, so that the same basket always gives the same shares.
    let mut largest = 0;
    for (number, weight) in weights.iter().enumerate() {
        if weights.get(largest).is_some_and(|other| other < weight) {
            largest = number;
        }
    }
    if let Some(share) = shares.get_mut(largest) {
        *share = money::add(*share, rest)?;
    }
    Some(shares)
}

/// Converts amounts, and tells once of each rate that is missing or old.
struct Exchange<'a> {
    pack: &'a Pack,
    basket: &'a Basket,
    report: &'a mut Report,
}

impl Exchange<'_> {
    fn convert(&mut self, money: Money) -> Option<Decimal> {
        let to = self.pack.currency;
        if money.currency == to {
            return Some(money.amount);
        }
        let Some((number, rate)) = find_rate(self.basket, money.currency, to) else {
            self.report.add(missing_rate(Level::Block, money.currency, to));
            return None;
        };
        tell_if_old(self.pack, self.basket, number, self.report);
        let converted = money::multiply(money.amount, rate.rate);
        if converted.is_none() {
            self.report.add(too_large());
        }
        converted
    }
}

/// The rate between two currencies that the basket gives, and its place.
pub fn find_rate(basket: &Basket, from: Currency, to: Currency) -> Option<(usize, &ExchangeRate)> {
    basket.exchange_rates.iter().enumerate().find(|(_, rate)| rate.from == from && rate.to == to)
}

/// The finding that there is none.
pub fn missing_rate(level: Level, from: Currency, to: Currency) -> Finding {
    Finding::new(Code::InputExchangeRateMissing, level, "/exchangeRates".into())
        .with("from", code(from))
        .with("to", code(to))
        .remedy("supply-exchange-rate")
}

/// Tells that a rate which was used is older than the pack allows, or of a later day than the one asked about.
pub fn tell_if_old(pack: &Pack, basket: &Basket, number: usize, report: &mut Report) {
    let Some(rate) = basket.exchange_rates.get(number) else { return };
    let days = basket.as_of.ordinal().saturating_sub(rate.as_of.ordinal());
    if days < 0 || pack.exchange_rate_max_age.is_some_and(|most| days > i32::from(most)) {
        report.estimated = true;
        let target = pointer("/exchangeRates/", number, "");
        report.add(Finding::new(Code::InputExchangeRateOld, Level::Warn, target).with("from", code(rate.from)).with("to", code(rate.to)));
    }
}

fn code(currency: Currency) -> Value {
    Value::Code(currency.code().into())
}

fn too_large() -> Finding {
    Finding::new(Code::RulesArithmetic, Level::Block, String::new()).remedy("correct-input")
}

/// A JSON pointer with a number in it.
pub fn pointer(before: &str, number: usize, after: &str) -> String {
    let mut text = String::from(before);
    push_number(&mut text, number);
    text.push_str(after);
    text
}

/// The subdivision that the goods go to, without the country before it, if it has the form of one.
pub fn area(basket: &Basket) -> Option<&str> {
    let area = basket.ship_to_area.as_deref()?;
    let own = area.strip_prefix(basket.ship_to.code()).and_then(|rest| rest.strip_prefix('-')).unwrap_or(area);
    let whole = (1..=3).contains(&own.len()) && own.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    whole.then_some(own)
}

/// The basket in the pack's currency; `None` when something needed for every figure is missing, which has then been told.
pub fn prepare<'a>(pack: &'a Pack, basket: &Basket, report: &mut Report) -> Option<Prepared<'a>> {
    let decimals = pack.currency.decimals();
    let mut exchange = Exchange { pack, basket, report };
    let mut gross = Vec::with_capacity(basket.lines.len());
    for line in &basket.lines {
        let one = exchange.convert(line.amount);
        gross.push(one.and_then(|one| money::multiply(one, line.quantity)).map(|amount| money::round(amount, decimals)));
    }
    let mut whole = |money: Option<Money>| match money {
        None => Some(Decimal::ZERO),
        Some(money) => exchange.convert(money).map(|amount| money::round(amount, decimals)),
    };
    let freight = whole(basket.shipping);
    let insurance = whole(basket.insurance);
    let discounts: Vec<Option<Decimal>> = basket.discounts.iter().map(|discount| whole(Some(discount.amount))).collect();
    let used_this_year = basket.buyer.used_this_year.map(|money| whole(Some(money)));
    // Parameters of other currencies are converted with the basket's rates, and a rate that is not there is told where it is needed.
    for parameter in &pack.parameters {
        let rate = parameter.currency.and_then(|currency| find_rate(basket, currency, pack.currency));
        if let Some((number, _)) = rate.filter(|_| parameter.values.iter().any(|value| value.interval.contains(basket.as_of))) {
            tell_if_old(pack, basket, number, report);
        }
    }
    let used_this_year = match used_this_year {
        Some(amount) => Some(amount?),
        None => None,
    };
    // Everything has been asked for by now, so that a basket learns of all its missing rates at once.
    let gross: Vec<Decimal> = gross.into_iter().collect::<Option<_>>()?;
    let discounts: Vec<Decimal> = discounts.into_iter().collect::<Option<_>>()?;
    let (freight, insurance) = (freight?, insurance?);
    let sums = reduce(pack, basket, &gross, &discounts, report)?;
    let lines = basket.lines.len();
    let sum = |amounts: &[Decimal]| amounts.iter().try_fold(Decimal::ZERO, |sum, amount| money::add(sum, *amount));
    let shared = (|| Some((apportion(freight, &sums.prices, decimals)?, apportion(insurance, &sums.prices, decimals)?)))();
    let totals = (|| {
        let quantities: Vec<Decimal> = basket.lines.iter().map(|line| line.quantity).collect();
        Some((sum(&gross)?, sum(&sums.prices)?, sum(&discounts)?, sum(&quantities)?))
    })();
    let (Some((freights, insurances)), Some((items, price, discounts, articles))) = (shared, totals) else {
        report.add(too_large());
        return None;
    };
    if lines > 1 && (sums.shared || !freight.is_zero() || !insurance.is_zero()) {
        report.rests_on(&pack.apportion_citations);
    }
    let lines = basket
        .lines
        .iter()
        .zip(sums.prices.into_iter().zip(freights.into_iter().zip(insurances)))
        .map(|(line, (price, (freight, insurance)))| PreparedLine {
            price,
            freight,
            insurance,
            rows: pack
                .tables
                .iter()
                .map(|table| {
                    let country = basket.ship_to.code();
                    let key = match table.key {
                        KeyKind::HsCode => line.hs_code,
                        KeyKind::ArticleCode => line.article_code,
                        KeyKind::ShipTo => DigitCode::of_place(country, ""),
                        KeyKind::ShipToArea => area(basket).and_then(|area| DigitCode::of_place(country, area)),
                    };
                    key.and_then(|key| table.find(&key, basket.as_of))
                })
                .collect(),
        })
        .collect();
    Some(Prepared { lines, items, price, freight, insurance, discounts, articles, used_this_year })
}

/// Prices after reductions.
struct Reduced {
    prices: Vec<Decimal>,
    /// Whether a reduction of the whole basket was shared among the lines.
    shared: bool,
}

fn reduce(pack: &Pack, basket: &Basket, gross: &[Decimal], discounts: &[Decimal], report: &mut Report) -> Option<Reduced> {
    let decimals = pack.currency.decimals();
    let mut prices = gross.to_vec();
    let mut shared = false;
    for (number, (discount, amount)) in basket.discounts.iter().zip(discounts).enumerate() {
        if discount.kind == DiscountKind::Payment {
            report.rests_on(&pack.discount_citations);
            if !pack.payment_lowers_value {
                continue;
            }
        }
        let lowered = match discount.line {
            Some(line) => prices.get_mut(line).and_then(|price| {
                *price = money::subtract(*price, *amount)?;
                Some(())
            }),
            None => apportion(*amount, &prices, decimals).and_then(|shares| {
                shared = true;
                for (price, share) in prices.iter_mut().zip(shares) {
                    *price = money::subtract(*price, share)?;
                }
                Some(())
            }),
        };
        if lowered.is_none() || prices.iter().any(Decimal::is_sign_negative) {
            let target = pointer("/discounts/", number, "/amount");
            report.add(Finding::new(Code::InputAmountInvalid, Level::Block, target).remedy("correct-input"));
            return None;
        }
    }
    Some(Reduced { prices, shared })
}
