//! Reading a basket.

use super::{kebab, measure};
use crate::basket::{
    Attribute, Basket, Buyer, Discount, DiscountKind, ExchangeRate, Identity, Incoterm, Line, Measure, Measurement, Money,
};
use crate::codes::{Country, DigitCode};
use crate::date::Date;
use crate::finding::{Code, Finding};
use crate::formula::Unit;
use crate::money::{Currency, parse_decimal};
use crate::wire::check::Faults;
use crate::wire::node::Node;
use crate::wire::shape::BASKET;
use alloc::string::String;
use alloc::vec::Vec;

/// Reads a basket.
///
/// # Errors
///
/// Every fault with its place, at most [`crate::wire::check::MOST_FAULTS`]: `input.malformed`, `input.amount-invalid` and `input.too-large`. None of
/// them holds any text of the input.
pub fn read(node: &Node) -> Result<Basket, Vec<Finding>> {
    let mut faults = Faults::default();
    faults.object(node, &BASKET);
    if faults.found.iter().all(|fault| fault.code != Code::InputTooLarge) {
        agree(node, &mut faults);
    }
    if faults.found.is_empty() {
        if let Some(basket) = basket(node) {
            return Ok(basket);
        }
        // The tables promise every field that `basket` reads.
        faults.malformed("object");
    }
    Err(faults.found)
}

/// What the tables cannot say: that fields agree with each other. What is missing or malformed has been told already.
fn agree(node: &Node, faults: &mut Faults) {
    // Sorted, so that a long basket is no slow one.
    let mut ids: Vec<&str> = Vec::new();
    let items = entries(node, "items");
    faults.at("items", |faults| {
        for (index, item) in items.iter().enumerate() {
            faults.at_entry(index, |faults| {
                if let Some(id) = text(item, "id") {
                    match ids.binary_search(&id) {
                        Ok(_) => faults.at("id", |faults| faults.malformed("unique-id")),
                        Err(place) => ids.insert(place, id),
                    }
                }
                faults.at("measurements", |faults| measurements_agree(item, faults));
            });
        }
    });
    // Where an item has no id, the one that a discount names may be just that.
    let complete = !items.is_empty() && items.iter().all(|item| text(item, "id").is_some());
    faults.at("discounts", |faults| {
        for (index, discount) in entries(node, "discounts").iter().enumerate() {
            if complete && text(discount, "itemId").is_some_and(|id| ids.binary_search(&id).is_err()) {
                faults.at_entry(index, |faults| faults.at("itemId", |faults| faults.malformed("known-item")));
            }
        }
    });
    let mut pairs = Vec::new();
    faults.at("exchangeRates", |faults| {
        for (index, rate) in entries(node, "exchangeRates").iter().enumerate() {
            let (Some(from), Some(to)) = (text(rate, "from"), text(rate, "to")) else {
                continue;
            };
            faults.at_entry(index, |faults| {
                if from == to {
                    faults.malformed("two-currencies");
                } else if pairs.contains(&(from, to)) {
                    faults.malformed("unique-pair");
                }
            });
            pairs.push((from, to));
        }
    });
}

fn measurements_agree(item: &Node, faults: &mut Faults) {
    let mut seen = Vec::new();
    for (index, entry) in entries(item, "measurements").iter().enumerate() {
        let (Some(measure), Some(unit)) = (field(entry, "type", measure), field(entry, "unit", Unit::parse)) else {
            continue;
        };
        faults.at_entry(index, |faults| {
            if !suits(measure, unit) {
                faults.at("unit", |faults| faults.malformed("unit-of-type"));
            }
            if seen.contains(&measure) {
                faults.at("type", |faults| faults.malformed("unique-type"));
            }
        });
        seen.push(measure);
    }
}

const fn suits(measure: Measure, unit: Unit) -> bool {
    matches!(
        (measure, unit),
        (Measure::NetWeight | Measure::GrossWeight, Unit::Gram | Unit::Kilogram)
            | (Measure::Volume, Unit::Millilitre | Unit::Litre)
            | (Measure::Pieces, Unit::Piece)
    )
}

/// What can be missing is read before anything is held: leaving early then drops nothing, which is most of what it would cost.
fn basket(node: &Node) -> Option<Basket> {
    let currency = field(node, "currencyCode", Currency::parse)?;
    let place = node.get("shipTo")?;
    let (ship_to, as_of) = (field(place, "countryCode", Country::parse)?, field(node, "asOf", Date::parse)?);
    let mut lines = Vec::new();
    for item in entries(node, "items") {
        lines.push(line(item, currency)?);
    }
    let mut discounts = Vec::new();
    for entry in entries(node, "discounts") {
        discounts.push(Discount {
            amount: money(entry, currency)?,
            kind: if text(entry, "kind")? == "price" { DiscountKind::Price } else { DiscountKind::Payment },
            line: match text(entry, "itemId") {
                Some(id) => Some(lines.iter().position(|line: &Line| line.id == id)?),
                None => None,
            },
        });
    }
    let mut exchange_rates = Vec::new();
    for entry in entries(node, "exchangeRates") {
        exchange_rates.push(ExchangeRate {
            from: field(entry, "from", Currency::parse)?,
            to: field(entry, "to", Currency::parse)?,
            rate: field(entry, "rate", parse_decimal)?,
            as_of: field(entry, "asOf", Date::parse)?,
        });
    }
    Some(Basket {
        ship_from: node.get("shipFrom").and_then(|from| field(from, "countryCode", Country::parse)),
        ship_to,
        ship_to_area: owned(place, "administrativeAreaCode"),
        ship_to_postal_code: owned(place, "postalCode"),
        channel: owned(node, "channel"),
        as_of,
        currency,
        tax_included: node.get("taxIncluded").and_then(Node::as_truth).unwrap_or_default(),
        incoterm: text(node, "incoterm").map(|incoterm| if incoterm == "DDP" { Incoterm::Ddp } else { Incoterm::Dap }),
        shipping: node.get("shipping").and_then(|shipping| money(shipping, currency)),
        insurance: node.get("insurance").and_then(|insurance| money(insurance, currency)),
        discounts,
        exchange_rates,
        buyer: node.get("buyer").map_or_else(Buyer::default, |entry| buyer(entry, currency)),
        attributes: attributes(node)?,
        lines,
    })
}

fn line(item: &Node, currency: Currency) -> Option<Line> {
    let (quantity, amount, id) = (field(item, "quantity", parse_decimal)?, money(item, currency)?, text(item, "id")?);
    let mut measurements = Vec::new();
    for entry in entries(item, "measurements") {
        measurements.push(Measurement {
            measure: field(entry, "type", measure)?,
            value: field(entry, "value", parse_decimal)?,
            unit: field(entry, "unit", Unit::parse)?,
        });
    }
    let mut rates = Vec::new();
    for (key, value) in item.get("rates").map_or(&[][..], Node::fields) {
        insert(&mut rates, kebab(key), parse_decimal(value.as_text()?)?);
    }
    Some(Line {
        id: id.into(),
        sku: owned(item, "sku"),
        name: owned(item, "name"),
        hs_code: field(item, "hsCode", hs_code),
        article_code: field(item, "articleCode", article_code),
        origin: field(item, "countryOfOrigin", Country::parse),
        quantity,
        amount,
        measurements,
        attributes: attributes(item)?,
        rates,
    })
}

fn attributes(node: &Node) -> Option<Vec<(String, Attribute)>> {
    let mut attributes = Vec::new();
    for (key, value) in node.get("attributes").map_or(&[][..], Node::fields) {
        let value = match value {
            Node::Truth(truth) => Attribute::Truth(*truth),
            other => Attribute::Text(other.as_text()?.into()),
        };
        insert(&mut attributes, kebab(key), value);
    }
    Some(attributes)
}

/// Inserts by name: the order of fields means nothing in JSON, so it must mean nothing here.
fn insert<T>(list: &mut Vec<(String, T)>, name: String, value: T) {
    let place = list.partition_point(|(other, _)| *other < name);
    list.insert(place, (name, value));
}

fn buyer(node: &Node, currency: Currency) -> Buyer {
    Buyer {
        identity: match text(node, "identity") {
            Some("valid") => Identity::Valid,
            Some("invalid") => Identity::Invalid,
            _ => Identity::Absent,
        },
        payer_is_buyer: node.get("payerIsBuyer").and_then(Node::as_truth),
        used_this_year: field(node, "usedThisYear", parse_decimal).map(|amount| Money { amount, currency }),
    }
}

#[inline(never)]
fn entries<'a>(node: &'a Node, name: &str) -> &'a [Node] {
    node.get(name).map_or(&[], Node::entries)
}

#[inline(never)]
fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    node.get(name).and_then(Node::as_text)
}

#[inline(never)]
fn owned(node: &Node, name: &str) -> Option<String> {
    text(node, name).map(String::from)
}

fn field<T>(node: &Node, name: &str, parse: fn(&str) -> Option<T>) -> Option<T> {
    text(node, name).and_then(parse)
}

#[inline(never)]
fn money(node: &Node, currency: Currency) -> Option<Money> {
    let currency = field(node, "currencyCode", Currency::parse).unwrap_or(currency);
    field(node, "amount", parse_decimal).map(|amount| Money { amount, currency })
}

fn hs_code(text: &str) -> Option<DigitCode> {
    DigitCode::parse(text, 6, 10)
}

fn article_code(text: &str) -> Option<DigitCode> {
    DigitCode::parse(text, 2, 10)
}
