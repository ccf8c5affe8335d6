//! The lines of an order or of a list: numbers, prices, quantities, codes.

use super::{Context, Document, positive};
use crate::codes::Country;
use crate::finding::Code;
use crate::forms::found::Param;
use crate::forms::tree::Item;
use crate::identity::kind;
use crate::money;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// What a sum may differ by where the specification says nothing of rounding: half a cent would round to it.
const CENT: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// R07: lines are numbered from 1 without a gap.
pub fn numbered(context: &mut Context<'_>, document: &Document<'_>) {
    let mut expected = Decimal::ZERO;
    for line in document.lines() {
        let Some(next) = money::add(expected, Decimal::ONE) else { return };
        expected = next;
        if line.decimal("gnum").is_some_and(|number| number != expected) {
            context.field(Code::FormSequence, "R07", line, "gnum", &[("expected", Param::Amount(expected))]);
            // Those after it follow on from what it says, so that one slip is told once.
            expected = line.decimal("gnum").unwrap_or(expected);
        }
    }
}

/// R07 where the numbers are those of another document: none twice.
pub fn distinct(context: &mut Context<'_>, document: &Document<'_>) {
    let mut seen: Vec<Decimal> = Vec::new();
    for line in document.lines() {
        let Some(number) = line.decimal("gnum") else { continue };
        match seen.binary_search(&number) {
            Ok(_) => context.field(Code::FormDuplicate, "R07", line, "gnum", &[]),
            Err(place) => seen.insert(place, number),
        }
    }
}

/// R02, R42, R43 and R46 of a line.
pub fn check(context: &mut Context<'_>, line: Item<'_>) {
    if let (Some(price), Some(quantity), Some(total)) = (line.decimal("price"), line.decimal("qty"), line.decimal("totalPrice"))
        && money::multiply(price, quantity).and_then(|product| money::subtract(product, total)).is_none_or(|rest| rest.abs() > CENT)
    {
        context.field(Code::FormSum, "R02", line, "totalPrice", &[]);
    }
    for name in ["qty", "qty1", "qty2"] {
        positive(context, "R42", line, name);
    }
    if line.decimal("price").is_some_and(|price| price < Decimal::ZERO) {
        context.field(Code::FormNumber, "R42", line, "price", &[("reason", Param::word("negative"))]);
    }
    for name in ["unit", "unit1", "unit2"] {
        code(context, line, name, "unit");
    }
    for name in ["country", "tradeCountry"] {
        code(context, line, name, "country");
    }
    bar_code(context, line);
}

/// R43: a code is in its table.
pub fn code(context: &mut Context<'_>, item: Item<'_>, name: &'static str, table: &'static str) {
    let Some(text) = item.text(name) else { return };
    if context.forms.code_table(table).is_some_and(|codes| !codes.has(text)) {
        context.field(Code::FormCode, "R43", item, name, &[("table", Param::word(table))]);
    }
}

/// R46: a bar code of digits has the check digit of an article number.
fn bar_code(context: &mut Context<'_>, line: Item<'_>) {
    let Some(text) = line.text("barCode").filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())) else { return };
    // Article numbers belong to no country.
    let Some((country, kind)) = Country::parse("CN").and_then(|country| kind(country, "gtin").map(|kind| (country, kind))) else { return };
    if let Some(reason) = context.checker.check_text(country, kind, text, None).reason {
        context.field(Code::FormCode, "R46", line, "barCode", &[("reason", Param::word(reason.name()))]);
    }
}

/// The sum of a field over the lines; none when one is missing or it is too large.
pub fn sum<'t>(lines: impl Iterator<Item = Item<'t>>, name: &'static str) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for line in lines {
        sum = money::add(sum, line.decimal(name)?)?;
    }
    Some(sum)
}
