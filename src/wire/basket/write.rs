//! Writing a basket in canonical form.

use super::{MEASURES, camel};
use crate::basket::{Attribute, Basket, DiscountKind, Identity, Line, Money};
use crate::money::{self, Currency};
use crate::wire::node::{Fields, Node};
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// The basket in canonical form: codes as digits only, decimals without trailing zeros, what is said by default left out, fields in the
/// contract's order. Two baskets that ask the same question have the same form.
#[must_use]
pub fn write(basket: &Basket) -> Node {
    let currency = basket.currency;
    let mut fields = Fields::default();
    if let Some(country) = basket.ship_from {
        let mut ship_from = Fields::default();
        ship_from.text("countryCode", country.code());
        fields.put("shipFrom", ship_from.object());
    }
    let mut ship_to = Fields::default();
    ship_to.text("countryCode", basket.ship_to.code());
    ship_to.text_if_any("administrativeAreaCode", basket.ship_to_area.as_deref());
    ship_to.text_if_any("postalCode", basket.ship_to_postal_code.as_deref());
    fields.put("shipTo", ship_to.object());
    fields.text_if_any("channel", basket.channel.as_deref());
    fields.put("asOf", Node::text(basket.as_of.text()));
    fields.text("currencyCode", currency.code());
    if basket.tax_included {
        fields.put("taxIncluded", Node::Truth(true));
    }
    if let Some(incoterm) = basket.incoterm {
        fields.word("incoterm", incoterm.name());
    }
    fields.list_if_any("items", basket.lines.iter().map(|line| write_line(line, currency)).collect());
    for (name, amount) in [("shipping", basket.shipping), ("insurance", basket.insurance)] {
        if let Some(amount) = amount {
            fields.put(name, money_fields(amount, currency).object());
        }
    }
    let mut discounts = Vec::new();
    for discount in &basket.discounts {
        let mut fields = money_fields(discount.amount, currency);
        fields.word(
            "kind",
            match discount.kind {
                DiscountKind::Price => "price",
                DiscountKind::Payment => "payment",
            },
        );
        fields.text_if_any("itemId", discount.line.and_then(|index| basket.lines.get(index)).map(|line| line.id.as_str()));
        discounts.push(fields.object());
    }
    fields.list_if_any("discounts", discounts);
    let mut rates = Vec::new();
    for rate in &basket.exchange_rates {
        let mut fields = Fields::default();
        fields.text("from", rate.from.code());
        fields.text("to", rate.to.code());
        fields.put("rate", decimal(rate.rate));
        fields.put("asOf", Node::text(rate.as_of.text()));
        rates.push(fields.object());
    }
    fields.list_if_any("exchangeRates", rates);
    let mut buyer = Fields::default();
    if basket.buyer.identity != Identity::Absent {
        buyer.word("identity", basket.buyer.identity.name());
    }
    if let Some(truth) = basket.buyer.payer_is_buyer {
        buyer.put("payerIsBuyer", Node::Truth(truth));
    }
    if let Some(money) = basket.buyer.used_this_year {
        buyer.put("usedThisYear", decimal(money.amount));
    }
    fields.object_if_any("buyer", buyer);
    fields.object_if_any("attributes", attributes(&basket.attributes));
    fields.object()
}

fn write_line(line: &Line, currency: Currency) -> Node {
    let mut fields = Fields::default();
    fields.text("id", &line.id);
    fields.text_if_any("sku", line.sku.as_deref());
    fields.text_if_any("name", line.name.as_deref());
    fields.text_if_any("hsCode", line.hs_code.as_ref().map(|code| code.as_str()));
    fields.text_if_any("articleCode", line.article_code.as_ref().map(|code| code.as_str()));
    fields.text_if_any("countryOfOrigin", line.origin.as_ref().map(|country| country.code()));
    fields.put("quantity", decimal(line.quantity));
    add_money(&mut fields, line.amount, currency);
    let mut measurements = Vec::new();
    for entry in &line.measurements {
        let name = MEASURES.iter().find(|(measure, _)| *measure == entry.measure).map_or("", |(_, name)| name);
        let mut fields = Fields::default();
        fields.word("type", name);
        fields.put("value", decimal(entry.value));
        fields.word("unit", entry.unit.symbol());
        measurements.push(fields.object());
    }
    fields.list_if_any("measurements", measurements);
    fields.object_if_any("attributes", attributes(&line.attributes));
    let mut rates = Fields::default();
    for (name, rate) in &line.rates {
        rates.put_named(camel(name), decimal(*rate));
    }
    fields.object_if_any("rates", rates);
    fields.object()
}

fn attributes(given: &[(String, Attribute)]) -> Fields {
    let mut fields = Fields::default();
    for (name, value) in given {
        let value = match value {
            Attribute::Truth(truth) => Node::Truth(*truth),
            Attribute::Text(text) => Node::text(String::clone(text)),
        };
        fields.put_named(camel(name), value);
    }
    fields
}

fn money_fields(money: Money, currency: Currency) -> Fields {
    let mut fields = Fields::default();
    add_money(&mut fields, money, currency);
    fields
}

fn add_money(fields: &mut Fields, money: Money, currency: Currency) {
    fields.put("amount", decimal(money.amount));
    if money.currency != currency {
        fields.text("currencyCode", money.currency.code());
    }
}

#[inline(never)]
fn decimal(decimal: Decimal) -> Node {
    Node::text(money::text(decimal, 0))
}
