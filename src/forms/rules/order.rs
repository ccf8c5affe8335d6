//! The rules of an order, CEB311.

use super::{Context, Document, lines};
use crate::finding::{Code, Level};
use crate::forms::fields::day;
use crate::forms::found::{Param, Place};
use crate::forms::tree::Item;
use crate::money;
use rust_decimal::Decimal;

pub fn check(context: &mut Context<'_>, document: &Document<'_>) {
    let head = document.head;
    paid(context, head);
    goods(context, document);
    if head.text("consigneeDistrict").is_some_and(|text| !text.bytes().all(|byte| byte.is_ascii_digit())) {
        context.field(Code::FormCode, "R10", head, "consigneeDistrict", &[]);
    }
    let value = head.decimal("goodsValue").zip(head.decimal("freight")).and_then(|(goods, freight)| money::add(goods, freight));
    limit(context, document, value, head.text("appTime"), "goodsValue");
    for line in document.lines() {
        lines::check(context, line);
    }
}

/// R01: goods + freight + tax − discount = paid.
fn paid(context: &mut Context<'_>, head: Item<'_>) {
    let amount = |name| head.decimal(name);
    let sum = (|| {
        let goods = money::add(amount("goodsValue")?, amount("freight")?)?;
        money::subtract(money::add(goods, amount("taxTotal")?)?, amount("discount")?)
    })();
    if let Some((sum, paid)) = sum.zip(amount("acturalPaid"))
        && sum != paid
    {
        context.field(Code::FormSum, "R01", head, "acturalPaid", &[]);
    }
}

/// R03: the lines add up to the value of the goods.
fn goods(context: &mut Context<'_>, document: &Document<'_>) {
    let sum = lines::sum(document.lines(), "totalPrice");
    if let Some((sum, goods)) = sum.zip(document.head.decimal("goodsValue"))
        && sum != goods
    {
        context.field(Code::FormSum, "R03", document.head, "goodsValue", &[]);
    }
}

/// R11: no order is worth more than the limit, but for a single article, which comes in at full tax.
pub fn limit(context: &mut Context<'_>, document: &Document<'_>, value: Option<Decimal>, time: Option<&str>, field: &'static str) {
    let Some((value, date)) = value.zip(time.and_then(day)) else { return };
    let over = |name: &str| context.forms.limit(name, date).filter(|limit| value > *limit);
    let single = {
        let mut lines = document.lines();
        lines.next().is_some_and(|line| line.decimal("qty") == Some(Decimal::ONE)) && lines.next().is_none()
    };
    if let Some(limit) = over("annual") {
        context.field(Code::FormLimit, "R11", document.head, field, &[("limit", Param::Amount(limit)), ("period", Param::word("year"))]);
    } else if let Some(limit) = over("single") {
        let params = [("limit", Param::Amount(limit)), ("period", Param::word("order"))];
        if single {
            let place = document.head.child(field).map_or(Place::Missing(document.head, field), Place::At);
            context.found.note(context.forms, Code::FormLimit, "R11", Level::Info, place, &params);
        } else {
            context.field(Code::FormLimit, "R11", document.head, field, &params);
        }
    }
}
