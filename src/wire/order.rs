//! An order: a basket and what only the order has, in one object.

use super::node::{Fields, Node};
use super::{basket, check, forms as wire, shape};
use crate::finding::Finding;
use crate::forms::build::{Declared, GUIDS, LIST_FIELDS, Order, Texts, WEIGHTS, declare, target};
use crate::forms::found as form;
use crate::forms::table::Forms;
use crate::formula::Value;
use crate::identity::Checker;
use crate::money::parse_decimal;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use zeroize::Zeroize as _;

/// Fields of the order that the basket does not have, and of its buyer.
const OWN: [&str; 10] = ["orderNo", "platform", "merchant", "consignee", "payment", "transfer", "logistics", "agent", "list", "note"];
const OF_BUYER: [&str; 5] = ["registrationNo", "name", "idType", "idNumber", "telephone"];
const CUSTOMS: &str = "customs";

/// The basket in an order, and the rest of it. What neither has stays in the basket, where it is refused.
#[must_use]
pub fn split(order: Node) -> (Node, Node) {
    let Node::Object(fields) = order else { return (order, Node::Object(Vec::new())) };
    let (mut basket, mut rest) = (Vec::new(), Vec::new());
    for (name, value) in fields {
        match (&*name, value) {
            ("buyer", value @ Node::Object(_)) => {
                let (own, theirs) = divide(value, |name| OF_BUYER.contains(&name));
                basket.push((name.clone(), theirs));
                rest.push((name, own));
            }
            ("items", Node::List(items)) => {
                let (own, theirs) = items.into_iter().map(|item| divide(item, |name| name == CUSTOMS)).unzip();
                basket.push((name.clone(), Node::List(theirs)));
                rest.push((name, Node::List(own)));
            }
            (own, value) if OWN.contains(&own) => rest.push((name, value)),
            (_, value) => basket.push((name, value)),
        }
    }
    (Node::Object(basket), Node::Object(rest))
}

fn divide(node: Node, own: impl Fn(&str) -> bool) -> (Node, Node) {
    match node {
        Node::Object(fields) => {
            let (own, theirs) = fields.into_iter().partition(|(name, _)| own(name));
            (Node::Object(own), Node::Object(theirs))
        }
        other => (Node::Object(Vec::new()), other),
    }
}

/// Wipes the texts of a tree that held persons' data.
pub fn wipe(node: &mut Node) {
    match node {
        Node::Text(Cow::Owned(text)) => text.zeroize(),
        Node::List(list) => list.iter_mut().for_each(wipe),
        Node::Object(fields) => fields.iter_mut().for_each(|(_, value)| wipe(value)),
        _ => {}
    }
}

/// What is no order.
#[derive(Debug)]
pub struct Refused {
    /// Its faults, with their places.
    pub faults: Vec<Finding>,
    /// What else is wrong with the message that it would be, when all that it lacks is fields.
    pub besides: Vec<form::Finding>,
}

/// Makes a form of an order. `rest` is what [`split`] took from the basket, `quote` the quote for the basket.
///
/// # Errors
///
/// Every fault of the order, with its place; and what else is wrong, so that all of it can be mended at once.
pub fn message(
    forms: &Forms,
    checker: &Checker,
    form: &str,
    (basket_node, rest): (&Node, &Node),
    quote: &Node,
    (time, guids): (&str, [&str; GUIDS]),
) -> Result<Declared, Refused> {
    let asked = basket::read(basket_node).map_err(|faults| Refused { faults, besides: Vec::new() })?;
    let faults = check::check(rest, &shape::ORDER);
    let absent = |fault: &Finding| fault.params.iter().any(|(name, value)| name == "given" && *value == Value::Code("nothing".into()));
    if !faults.iter().all(absent) {
        return Err(Refused { faults, besides: Vec::new() });
    }
    let amount = |name: &str| quote.get("amounts").and_then(|amounts| amounts.get(name)).and_then(Node::as_text).and_then(parse_decimal);
    let order = Order {
        basket: &asked,
        channel: quote.get("channel").and_then(Node::as_text).unwrap_or_default(),
        tax: amount("dutiesAndTaxes"),
        total: amount("total"),
        texts: texts(rest),
        items: rest.get("items").map_or(&[][..], Node::entries).iter().map(customs).collect(),
        time,
        guids,
    };
    let declared = declare(forms, checker, form, &order);
    if faults.is_empty() {
        return Ok(declared);
    }
    let told = |place: &str| {
        faults.iter().any(|fault| place.strip_prefix(&*fault.target).is_some_and(|rest| matches!(rest.get(..1), None | Some("/"))))
    };
    let besides = declared.findings.into_iter().filter(|finding| !told(&target(finding))).collect();
    Err(Refused { faults, besides })
}

/// The paths that [`Order::texts`] has besides those of the list.
const PATHS: [&str; 25] = [
    "orderNo",
    "note",
    "platform.code",
    "platform.name",
    "merchant.code",
    "merchant.name",
    "buyer.registrationNo",
    "buyer.name",
    "buyer.idType",
    "buyer.idNumber",
    "buyer.telephone",
    "consignee.name",
    "consignee.telephone",
    "consignee.address",
    "consignee.districtCode",
    "payment.code",
    "payment.name",
    "payment.transactionId",
    "transfer.code",
    "transfer.name",
    "transfer.dxpId",
    "logistics.code",
    "logistics.name",
    "logistics.no",
    "agent.code",
];

fn texts(rest: &Node) -> Texts<'_> {
    let mut texts = Vec::new();
    for path in PATHS.into_iter().chain(["agent.name"]) {
        let node = match path.split_once('.') {
            Some((object, field)) => rest.get(object).and_then(|object| object.get(field)),
            None => rest.get(path),
        };
        texts.extend(node.and_then(Node::as_text).map(|text| (path, text)));
    }
    let list = rest.get("list");
    for name in LIST_FIELDS.into_iter().chain(WEIGHTS) {
        texts.extend(list.and_then(|list| list.get(name)).and_then(Node::as_text).map(|text| (name, text)));
    }
    Texts(texts)
}

fn customs(item: &Node) -> Texts<'_> {
    let customs = item.get(CUSTOMS);
    let names = ["unit", "model", "barCode", "unit1", "quantity1", "unit2", "quantity2", "recordNo", "note"];
    let text = |name: &'static str| customs.and_then(|customs| customs.get(name)).and_then(Node::as_text).map(|text| (name, text));
    Texts(names.into_iter().filter_map(text).collect())
}

/// The answer to an order: the message, and what is wrong with it.
#[must_use]
pub fn answer(declared: &Declared) -> Node {
    let mut fields = Fields::default();
    fields.text_or_null("xml", declared.xml.as_ref().map(|xml| xml.as_str()));
    fields.put("findings", Node::List(declared.findings.iter().map(placed).collect()));
    fields.object()
}

/// A finding in a message, with its place in the order.
fn placed(finding: &form::Finding) -> Node {
    wire::placed(finding, target(finding))
}

/// The answer to what is no order.
#[must_use]
pub fn refuse(refused: &Refused) -> Node {
    let mut fields = Fields::default();
    fields.put("xml", Node::Null);
    let faults = refused.faults.iter().map(super::quote::finding_node);
    fields.put("findings", Node::List(faults.chain(refused.besides.iter().map(placed)).collect()));
    fields.object()
}

/// An identifier from random bytes: a UUID of version 4 in capitals.
#[must_use]
pub fn guid(random: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (place, byte) in random.into_iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        let byte = match place {
            6 => (byte & 0x0f) | 0x40,
            8 => (byte & 0x3f) | 0x80,
            _ => byte,
        };
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
        }
    }
    text
}
