//! Currency, discounts and apportionment: from what the basket says to what formulas can use.

use super::Report;
use crate::basket::{Basket, DiscountKind, ExchangeRate, Line, Money};
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
#[derive(Clone, Debug)]
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
    /// Those that are used to pay.
    pub payments: Vec<Payment>,
    /// How many articles.
    pub articles: Decimal,
    /// What the buyer has used of the year's limit.
    pub used_this_year: Option<Decimal>,
}

/// A voucher used to pay.
#[derive(Clone, Copy, Debug)]
pub struct Payment {
    /// Its place among the basket's discounts.
    pub discount: usize,
    /// The line it belongs to, if it does.
    pub line: Option<usize>,
    pub amount: Decimal,
}

/// A line in the pack's currency.
#[derive(Clone, Debug)]
pub struct PreparedLine<'a> {
    /// Goods after price reductions.
    pub price: Decimal,
    pub share: Share,
    /// The line's row in each table of the pack.
    pub rows: Vec<Option<&'a Row>>,
}

/// Shares a total by weight, in the minor unit, by largest remainders: each gets its part rounded down, and what is left goes unit by unit to
/// those whose parts lost most. The shares add up to the total, and each is less than a unit from its exact part.
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
    let whole = sum(weights)?;
    let unit = money::amount(1, decimals);
    let mut shares = Vec::with_capacity(weights.len());
    // What the parts lost, most first; among equals the dearer, then the first: the same basket always has the same shares.
    let mut lost: Vec<(Decimal, Decimal, usize)> = Vec::with_capacity(weights.len());
    let mut rest = total;
    for (number, weight) in weights.iter().enumerate() {
        let exact = if whole.is_zero() { Decimal::ZERO } else { money::divide(money::multiply(total, *weight)?, whole)? };
        let share = money::round_down(exact, decimals);
        let part = money::subtract(exact, share)?;
        rest = money::subtract(rest, share)?;
        shares.push(share);
        lost.insert(lost.partition_point(|(other, dearer, _)| (*other, *dearer) >= (part, *weight)), (part, *weight, number));
    }
    for (_, _, number) in lost {
        let more = if whole.is_zero() { rest } else { unit.min(rest) };
        if more.is_zero() {
            break;
        }
        rest = money::subtract(rest, more)?;
        if let Some(share) = shares.get_mut(number) {
            *share = money::add(*share, more)?;
        }
    }
    Some(shares)
}

/// The sum of amounts, if it fits.
fn sum(amounts: &[Decimal]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for amount in amounts {
        sum = money::add(sum, *amount)?;
    }
    Some(sum)
}

/// Converts amounts, and tells once of each rate that is missing or old.
struct Exchange<'a> {
    pack: &'a Pack,
    basket: &'a Basket,
    report: &'a mut Report,
    /// What has been converted of what the value is made of, exactly and rounded.
    exact: Decimal,
    rounded: Decimal,
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

    /// The amount so many times, in the minor unit. After each of these the sum of what was converted is the rounded sum of what it is exactly: goods, or goods
    /// with freight, come to the same in however many amounts they are stated. Rounded one by one, an order of exactly a limit could be over it.
    #[inline(never)]
    fn part(&mut self, money: Money, times: Decimal) -> Option<Decimal> {
        let decimals = self.pack.currency.decimals();
        let amount = money::multiply(self.convert(money)?, times)?;
        if money.currency == self.pack.currency {
            return Some(money::round(amount, decimals));
        }
        self.exact = money::add(self.exact, amount)?;
        let part = money::subtract(money::round(self.exact, decimals), self.rounded)?;
        // An amount of next to nothing becomes nothing, and never its opposite.
        if part.is_zero() || part.is_sign_negative() != amount.is_sign_negative() {
            return Some(Decimal::ZERO);
        }
        self.rounded = money::add(self.rounded, part)?;
        Some(part)
    }

    fn whole(&mut self, money: Money) -> Option<Decimal> {
        self.convert(money).map(|amount| money::round(amount, self.pack.currency.decimals()))
    }
}

/// The rate between two currencies that the basket gives, and its place.
pub fn find_rate(basket: &Basket, from: Currency, to: Currency) -> Option<(usize, &ExchangeRate)> {
    basket.exchange_rates.iter().enumerate().find(|(_, rate)| rate.from == from && rate.to == to)
}

/// The finding that there is none.
pub fn missing_rate(level: Level, from: Currency, to: Currency) -> Finding {
    of_rate(Code::InputExchangeRateMissing, level, "/exchangeRates".into(), from, to).remedy("supply-exchange-rate")
}

fn of_rate(what: Code, level: Level, target: String, from: Currency, to: Currency) -> Finding {
    Finding::new(what, level, target).with("from", code(from)).with("to", code(to))
}

/// Tells that a rate which was used is older than the pack allows, or of a later day than the one asked about.
fn tell_if_old(pack: &Pack, basket: &Basket, number: usize, report: &mut Report) {
    let Some(rate) = basket.exchange_rates.get(number) else { return };
    let days = basket.as_of.ordinal().saturating_sub(rate.as_of.ordinal());
    if days < 0 || pack.exchange_rate_max_age.is_some_and(|most| days > i32::from(most)) {
        report.estimated = true;
        let target = pointer("/exchangeRates/", number, "");
        report.add(of_rate(Code::InputExchangeRateOld, Level::Warn, target, rate.from, rate.to));
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

/// A basket's amounts in the pack's currency and its minor unit, as they were stated.
#[derive(Debug)]
pub struct Converted {
    /// What each line's goods cost, before discounts.
    pub goods: Vec<Decimal>,
    freight: Decimal,
    insurance: Decimal,
    discounts: Vec<Decimal>,
    used_this_year: Option<Decimal>,
    /// The part of a voucher that lowers the price, when there is a voucher.
    voucher_part: Decimal,
}

/// What of the basket falls to a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// Price reductions.
    pub reductions: Decimal,
    pub freight: Decimal,
    pub insurance: Decimal,
}

/// Why a basket cannot be shared among its lines.
#[derive(Clone, Copy, Debug)]
pub enum Unshared {
    /// The discount with this number takes off more than this, which is what there is.
    Discount(usize, Decimal),
    /// A figure is too large.
    TooLarge,
}

impl Unshared {
    /// What to tell.
    pub fn finding(self, decimals: u32) -> Finding {
        match self {
            Self::TooLarge => too_large(),
            Self::Discount(number, most) => Finding::new(Code::InputAmountInvalid, Level::Block, pointer("/discounts/", number, "/amount"))
                .with("most", Value::Money(most, decimals))
                .remedy("correct-input"),
        }
    }
}

/// The basket's amounts; `None` when something needed for every figure is missing, which has then been told.
pub fn convert(pack: &Pack, basket: &Basket, report: &mut Report) -> Option<Converted> {
    let mut exchange = Exchange { pack, basket, report, exact: Decimal::ZERO, rounded: Decimal::ZERO };
    let goods: Vec<Option<Decimal>> = basket.lines.iter().map(|line| exchange.part(line.amount, line.quantity)).collect();
    // Reductions before freight: what limits are held against is the goods without them.
    let discounts: Vec<Option<Decimal>> = basket
        .discounts
        .iter()
        .map(|discount| match discount.kind {
            DiscountKind::Price => exchange.part(discount.amount, Decimal::NEGATIVE_ONE).map(|part| part.abs()),
            DiscountKind::Payment => exchange.whole(discount.amount),
        })
        .collect();
    let mut part = |money: Option<Money>| money.map_or(Some(Decimal::ZERO), |money| exchange.part(money, Decimal::ONE));
    let freight = part(basket.shipping);
    let insurance = part(basket.insurance);
    let used_this_year = basket.buyer.used_this_year.map(|money| exchange.whole(money));
    let used_this_year = match used_this_year {
        Some(amount) => Some(amount?),
        None => None,
    };
    // Parameters of other currencies are converted with the basket's rates, and a rate that is not there is told where it is needed.
    for parameter in &pack.parameters {
        let rate = parameter.currency.and_then(|currency| find_rate(basket, currency, pack.currency));
        if let Some((number, _)) = rate.filter(|_| parameter.values.iter().any(|value| value.interval.contains(basket.as_of))) {
            tell_if_old(pack, basket, number, report);
        }
    }
    let voucher_part = voucher_part(pack, basket, report);
    // Everything has been asked for by now, so that a basket learns of all its missing rates at once.
    Some(Converted {
        goods: goods.into_iter().collect::<Option<_>>()?,
        freight: freight?,
        insurance: insurance?,
        discounts: discounts.into_iter().collect::<Option<_>>()?,
        used_this_year,
        voucher_part: voucher_part?,
    })
}

/// What part of a voucher lowers the price. It is asked for only where there is a voucher, and the quote then rests on its law.
fn voucher_part(pack: &Pack, basket: &Basket, report: &mut Report) -> Option<Decimal> {
    if basket.discounts.iter().all(|discount| discount.kind == DiscountKind::Price) {
        return Some(Decimal::ZERO);
    }
    let parameter = pack.parameters.get(usize::from(pack.payment_discount))?;
    let dated = parameter.values.iter().find(|value| value.interval.contains(basket.as_of));
    match dated {
        Some(dated) => report.rests_on(&dated.citations),
        None => report.add(
            Finding::new(Code::RulesNotInForce, Level::Block, String::new())
                .with("fact", Value::Code(parameter.id.clone()))
                .remedy("choose-other-date"),
        ),
    }
    dated.map(|dated| dated.value)
}

impl Prepared<'_> {
    /// Lets fall to each line what does when the lines' goods cost this much before discounts. Whether any of it changed.
    pub fn share(&mut self, basket: &Basket, converted: &Converted, goods: &[Decimal], decimals: u32) -> Result<bool, Unshared> {
        let mut prices = goods.to_vec();
        for (number, (discount, amount)) in basket.discounts.iter().zip(&converted.discounts).enumerate() {
            let part = if discount.kind == DiscountKind::Price { Decimal::ONE } else { converted.voucher_part };
            let lowered = match discount.line {
                Some(line) => prices.get_mut(line..=line),
                None => prices.get_mut(..),
            };
            let most = lower(lowered.unwrap_or_default(), *amount, part, decimals).ok_or(Unshared::TooLarge)?;
            if let Some(most) = most {
                return Err(Unshared::Discount(number, most));
            }
        }
        self.divide(goods, &prices, decimals).ok_or(Unshared::TooLarge)
    }

    fn divide(&mut self, goods: &[Decimal], prices: &[Decimal], decimals: u32) -> Option<bool> {
        let freights = apportion(self.freight, prices, decimals)?;
        let insurances = apportion(self.insurance, prices, decimals)?;
        self.items = sum(goods)?;
        let mut changed = false;
        for (number, line) in self.lines.iter_mut().enumerate() {
            let reductions = money::subtract(*goods.get(number)?, *prices.get(number)?)?;
            let share = Share { reductions, freight: *freights.get(number)?, insurance: *insurances.get(number)? };
            changed |= line.share != share;
            line.share = share;
        }
        Some(changed)
    }
}

/// Takes a part of a discount off prices; when that is more than they are, what they are instead.
fn lower(prices: &mut [Decimal], discount: Decimal, part: Decimal, decimals: u32) -> Option<Option<Decimal>> {
    let amount = money::round(money::multiply(discount, part)?, decimals);
    let most = sum(prices)?;
    if amount > most {
        return Some(Some(most));
    }
    let shares = apportion(amount, prices, decimals)?;
    for (price, share) in prices.iter_mut().zip(shares) {
        *price = money::subtract(*price, share)?;
    }
    Some(None)
}

/// The basket as formulas see it; `None` when it cannot be, which has then been told.
pub fn prepare<'a>(pack: &'a Pack, basket: &Basket, converted: &Converted, report: &mut Report) -> Option<Prepared<'a>> {
    let decimals = pack.currency.decimals();
    let mut prepared = Prepared {
        lines: Vec::with_capacity(basket.lines.len()),
        items: Decimal::ZERO,
        price: Decimal::ZERO,
        freight: converted.freight,
        insurance: converted.insurance,
        discounts: Decimal::ZERO,
        payments: Vec::new(),
        articles: Decimal::ZERO,
        used_this_year: converted.used_this_year,
    };
    for line in &basket.lines {
        prepared.lines.push(PreparedLine { price: Decimal::ZERO, share: Share::default(), rows: rows(pack, basket, line) });
    }
    let mut shared = !prepared.freight.is_zero() || !prepared.insurance.is_zero();
    for (number, (discount, amount)) in basket.discounts.iter().zip(&converted.discounts).enumerate() {
        let lowers = discount.kind == DiscountKind::Price || !converted.voucher_part.is_zero();
        shared |= lowers && discount.line.is_none();
        if discount.kind == DiscountKind::Payment {
            // One that lowers the price is held against it when it does.
            prepared.payments.push(Payment { discount: number, line: discount.line.filter(|_| !lowers), amount: *amount });
        }
    }
    let done = prepared.share(basket, converted, &converted.goods, decimals);
    if let Err(unshared) = done.and_then(|_| add_up(&mut prepared, basket, converted).ok_or(Unshared::TooLarge)) {
        report.add(unshared.finding(decimals));
        return None;
    }
    if shared && basket.lines.len() > 1 {
        report.rests_on(&pack.apportion_citations);
    }
    Some(prepared)
}

fn add_up(prepared: &mut Prepared<'_>, basket: &Basket, converted: &Converted) -> Option<()> {
    for (number, line) in prepared.lines.iter_mut().enumerate() {
        line.price = money::subtract(*converted.goods.get(number)?, line.share.reductions)?;
        prepared.price = money::add(prepared.price, line.price)?;
        prepared.articles = money::add(prepared.articles, basket.lines.get(number)?.quantity)?;
    }
    prepared.discounts = sum(&converted.discounts)?;
    Some(())
}

/// The subdivision that the goods go to, without the country before it, if it has the form of one.
pub fn area(basket: &Basket) -> Option<&str> {
    let area = basket.ship_to_area.as_deref()?;
    let own = area.strip_prefix(basket.ship_to.code()).and_then(|rest| rest.strip_prefix('-')).unwrap_or(area);
    DigitCode::of_place(basket.ship_to.code(), own).filter(|_| !own.is_empty()).map(|_| own)
}

/// A line's row in each table.
fn rows<'a>(pack: &'a Pack, basket: &Basket, line: &Line) -> Vec<Option<&'a Row>> {
    let mut rows = Vec::with_capacity(pack.tables.len());
    for table in &pack.tables {
        let key = match table.key {
            KeyKind::HsCode => line.hs_code,
            KeyKind::ArticleCode => line.article_code,
            KeyKind::ShipTo => DigitCode::of_place(basket.ship_to.code(), ""),
            KeyKind::ShipToArea => area(basket).and_then(|area| DigitCode::of_place(basket.ship_to.code(), area)),
        };
        rows.push(key.and_then(|key| table.find(&key, basket.as_of)));
    }
    rows
}
