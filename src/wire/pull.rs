//! Payment data: from the tree of a payment to the answer.

use super::check::Faults;
use super::node::{Fields, Node};
use super::{forms as wire, quote, shape};
use crate::finding::Finding;
use crate::forms::found as form;
use crate::forms::pull::{Built, Paid, Pull, build, target};
use crate::forms::table::Forms;
use crate::money::parse_decimal;
use alloc::vec::Vec;

/// Makes payment data of a payment, with the number of the certificate and the signature once there is one. `drawn` is the identifier for a
/// payment that has none.
///
/// # Errors
///
/// Every fault of the payment, with its place. One that is signed has the identifier that was signed.
pub fn message(forms: &Forms, payment: &Node, drawn: &str, signed: Option<(&str, &str)>) -> Result<Built, Vec<Finding>> {
    let mut faults = Faults::default();
    faults.object(payment, &shape::PULL);
    if signed.is_some() && payment.get("guid").is_none() {
        faults.at("guid", |faults| faults.malformed("text"));
    }
    if !faults.found.is_empty() {
        return Err(faults.found);
    }
    let made = payment.get("payment");
    let orders = payment.get("orders").map_or(&[][..], Node::entries).iter().map(|order| {
        let receiver = order.get("receiver");
        let goods = order.get("items").map_or(&[][..], Node::entries);
        Paid {
            order_no: text(Some(order), "orderNo"),
            goods: goods.iter().map(|goods| (text(Some(goods), "name"), text(Some(goods), "url"))).collect(),
            receiver: (text(receiver, "account"), text(receiver, "code"), text(receiver, "name")),
        }
    });
    let pull = Pull {
        session: text(Some(payment), "session"),
        guid: payment.get("guid").and_then(Node::as_text).unwrap_or(drawn),
        raw: (text(Some(payment), "request"), text(Some(payment), "response")),
        parties: (text(Some(payment), "platformCode"), text(made, "code")),
        transaction: text(made, "transactionId"),
        total: parse_decimal(text(made, "total")).unwrap_or_default(),
        department: text(made, "verifier"),
        kind: text(made, "method"),
        time: text(made, "time"),
        note: text(Some(payment), "note"),
        orders: orders.collect(),
        service_time: text(Some(payment), "serviceTime"),
    };
    Ok(build(forms, &pull, signed))
}

/// The number of a certificate and a signature, once one of them is given; what is not given is then missing.
#[must_use]
pub fn signed<'s>(certificate: Option<&'s str>, signature: Option<&'s str>) -> Option<(&'s str, &'s str)> {
    certificate.or(signature).map(|_| (certificate.unwrap_or_default(), signature.unwrap_or_default()))
}

/// The text of a field; empty where there is none.
fn text<'n>(node: Option<&'n Node>, name: &str) -> &'n str {
    node.and_then(|node| node.get(name)).and_then(Node::as_text).unwrap_or_default()
}

/// The answer to a payment: the text to sign, the message once there is a signature, and what is wrong with it.
#[must_use]
pub fn answer(made: &Result<Built, Vec<Finding>>) -> Node {
    let mut fields = Fields::default();
    let built = made.as_ref().ok();
    fields.text_or_null("signString", built.map(|built| built.sign_string.as_str()));
    fields.text_or_null("message", built.and_then(|built| built.message.as_ref()).map(|message| message.as_str()));
    let findings = match made {
        Ok(built) => built.findings.iter().map(placed).collect(),
        Err(faults) => faults.iter().map(quote::finding_node).collect(),
    };
    fields.put("findings", Node::List(findings));
    fields.object()
}

/// A finding in the message, with its place in the payment.
fn placed(finding: &form::Finding) -> Node {
    wire::placed(finding, target(finding))
}
