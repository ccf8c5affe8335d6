//! From a payment to the text that is signed, and to the message.

use super::{HEAD, LISTS, WHOLE, check};
use crate::digits::push_number;
use crate::forms::found::Finding;
use crate::forms::table::Forms;
use crate::money;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;
use zeroize::Zeroizing;

/// Goods of an order: name and the address of their page.
pub type Goods<'a> = (&'a str, &'a str);

/// An order of a payment.
pub struct Paid<'a> {
    /// The platform's number for it.
    pub order_no: &'a str,
    /// Its goods.
    pub goods: Vec<Goods<'a>>,
    /// The account that received the money, the receiver's code, and its name.
    pub receiver: (&'a str, &'a str, &'a str),
}

/// What customs pulls.
pub struct Pull<'a> {
    /// The session that customs gave; used once.
    pub session: &'a str,
    /// An identifier.
    pub guid: &'a str,
    /// What was sent to the payment company, and what it answered, as they were.
    pub raw: (&'a str, &'a str),
    /// The platform's code and the payment company's.
    pub parties: (&'a str, &'a str),
    /// The payment company's number for the payment.
    pub transaction: &'a str,
    /// How much was paid.
    pub total: Decimal,
    /// Who verified: `1` UnionPay, `2` NetsUnion, `3` others.
    pub department: &'a str,
    /// How it was paid: `1` to `4`, or empty.
    pub kind: &'a str,
    /// When: `YYYYMMDDhhmmss`.
    pub time: &'a str,
    /// A remark, or empty.
    pub note: &'a str,
    /// The orders that it paid for.
    pub orders: Vec<Paid<'a>>,
    /// When customs asked, in milliseconds.
    pub service_time: &'a str,
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                out.push_str("\\u00");
                for digit in [u32::from(control) >> 4, u32::from(control) & 15] {
                    out.extend(char::from_digit(digit, 16));
                }
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Adds `"name":"text"`, with a comma unless it is the first.
fn field(name: &str, text: &str, out: &mut String) {
    if !out.ends_with('{') {
        out.push(',');
    }
    quoted(name, out);
    out.push(':');
    quoted(text, out);
}

impl Pull<'_> {
    fn head(&self) -> String {
        let mut out = String::from("{");
        field("guid", self.guid, &mut out);
        field("initalRequest", self.raw.0, &mut out);
        field("initalResponse", self.raw.1, &mut out);
        field("ebpCode", self.parties.0, &mut out);
        field("payCode", self.parties.1, &mut out);
        field("payTransactionId", self.transaction, &mut out);
        out.push_str(",\"totalAmount\":");
        out.push_str(&money::text(self.total, 0));
        field("currency", "142", &mut out);
        field("verDept", self.department, &mut out);
        if !self.kind.is_empty() {
            field("payType", self.kind, &mut out);
        }
        field("tradingTime", self.time, &mut out);
        if !self.note.is_empty() {
            field("note", self.note, &mut out);
        }
        out.push('}');
        out
    }

    fn lists(&self) -> String {
        let mut out = String::from("[");
        for (number, order) in self.orders.iter().enumerate() {
            out.push_str(if number > 0 { ",{" } else { "{" });
            field("orderNo", order.order_no, &mut out);
            out.push_str(",\"goodsInfo\":[");
            for (number, (name, link)) in order.goods.iter().enumerate() {
                out.push_str(if number > 0 { ",{" } else { "{" });
                field("gname", name, &mut out);
                field("itemLink", link, &mut out);
                out.push('}');
            }
            out.push(']');
            let (account, code, name) = order.receiver;
            field("recpAccount", account, &mut out);
            field("recpCode", code, &mut out);
            field("recpName", name, &mut out);
            out.push('}');
        }
        out.push(']');
        out
    }

    /// The text that is signed: four fields, each `"name":"value"`, between them `||`.
    #[must_use]
    pub fn sign_string(&self) -> Zeroizing<String> {
        sign_string(self.session, &self.head(), &self.lists(), self.service_time)
    }

    /// What is sent, with the number of the certificate and the signature; they are empty until it is signed.
    #[must_use]
    pub fn message(&self, (certificate, signature): (&str, &str)) -> Zeroizing<String> {
        let mut out = String::from("{");
        field("sessionID", self.session, &mut out);
        for (name, json) in [(HEAD, self.head()), (LISTS, self.lists())] {
            out.push(',');
            quoted(name, &mut out);
            out.push(':');
            out.push_str(&json);
        }
        field("serviceTime", self.service_time, &mut out);
        field("certNo", certificate, &mut out);
        field("signValue", signature, &mut out);
        out.push('}');
        Zeroizing::new(out)
    }
}

/// The text that is signed, from its parts as compact JSON.
#[must_use]
pub fn sign_string(session: &str, head: &str, lists: &str, service_time: &str) -> Zeroizing<String> {
    let mut out = String::new();
    for (name, text) in WHOLE.into_iter().zip([session, head, lists, service_time]) {
        if !out.is_empty() {
            out.push_str("||");
        }
        // The values stand as they are: the quotation marks inside are not escaped.
        for part in ["\"", name, "\":\"", text, "\""] {
            out.push_str(part);
        }
    }
    Zeroizing::new(out)
}

/// Payment data that was made.
#[derive(Debug)]
pub struct Built {
    /// The text that is signed.
    pub sign_string: Zeroizing<String>,
    /// The message; none before it is signed.
    pub message: Option<Zeroizing<String>>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// Makes payment data: the text to sign, and with the number of the certificate and the signature the message.
#[must_use]
pub fn build(forms: &Forms, pull: &Pull<'_>, signed: Option<(&str, &str)>) -> Built {
    let message = pull.message(signed.unwrap_or_default());
    let findings = check(forms, message.as_bytes(), signed.is_some());
    Built { sign_string: pull.sign_string(), message: signed.map(|_| message), findings }
}

/// Fields of the message with the place of the fact in the payment that it is made of.
const TARGETS: [(&str, &str); 20] = [
    ("sessionID", "session"),
    ("serviceTime", "serviceTime"),
    ("guid", "guid"),
    ("initalRequest", "request"),
    ("initalResponse", "response"),
    ("ebpCode", "platformCode"),
    ("payCode", "payment/code"),
    ("payTransactionId", "payment/transactionId"),
    ("totalAmount", "payment/total"),
    ("verDept", "payment/verifier"),
    ("payType", "payment/method"),
    ("tradingTime", "payment/time"),
    ("note", "note"),
    ("orderNo", "orderNo"),
    ("goodsInfo", "items"),
    ("gname", "name"),
    ("itemLink", "url"),
    ("recpAccount", "receiver/account"),
    ("recpCode", "receiver/code"),
    ("recpName", "receiver/name"),
];

/// Where in the payment the fact stands that a finding in its message is about, as a JSON pointer; empty for the whole of it.
#[must_use]
pub fn target(finding: &Finding) -> String {
    let mut target = String::new();
    for part in finding.path.split('/') {
        let (name, number) = match part.strip_suffix(']').and_then(|part| part.split_once('[')) {
            Some((name, number)) => (name, number.parse::<usize>().ok().and_then(|number| number.checked_sub(1))),
            None => (part, None),
        };
        let own = if name == LISTS { Some("orders") } else { TARGETS.iter().find(|(other, _)| *other == name).map(|(_, own)| *own) };
        if let Some(own) = own {
            target.push('/');
            target.push_str(own);
        }
        if let Some(number) = number {
            target.push('/');
            push_number(&mut target, number);
        }
    }
    target
}
