//! The payment data that customs pulls from a platform (announcement 165 of 2018, interface of announcement 179): built, put into the text
//! that is signed, and checked. Signing is the enterprise's: its key is not here.

use super::fields::moment;
use super::found::{Finding, Found, Param, Place};
use super::json::{Json, read};
use super::table::Forms;
use crate::finding::Code;
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

/// The fields of the whole, and of its head, in their order.
const WHOLE: [&str; 6] = ["sessionID", "payExchangeInfoHead", "payExchangeInfoLists", "serviceTime", "certNo", "signValue"];
/// Name, longest, whether it must be there.
const HEAD: [(&str, usize, bool); 12] = [
    ("guid", 36, true),
    ("initalRequest", 8000, true),
    ("initalResponse", 8000, true),
    ("ebpCode", 18, true),
    ("payCode", 18, true),
    ("payTransactionId", 60, true),
    ("totalAmount", 25, true),
    ("currency", 4, true),
    ("verDept", 1, true),
    ("payType", 1, false),
    ("tradingTime", 14, true),
    ("note", 1000, false),
];

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

    /// What is sent, with the number of the certificate and the signature.
    #[must_use]
    pub fn text(&self, certificate: &str, signature: &str) -> Zeroizing<String> {
        let mut out = String::from("{");
        field("sessionID", self.session, &mut out);
        for (name, json) in [(WHOLE[1], self.head()), (WHOLE[2], self.lists())] {
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
    for (name, text) in [(WHOLE[0], session), (WHOLE[1], head), (WHOLE[2], lists), (WHOLE[3], service_time)] {
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

/// The place of a finding in the text, by names of the interface.
struct Checker<'c> {
    forms: &'c Forms,
    found: Found,
}

impl Checker<'_> {
    fn tell(&mut self, code: Code, rule: &str, path: &str, json: Option<&Json<'_>>, params: &[(&'static str, Param)]) {
        let before = self.found.list.len();
        self.found.rule(self.forms, code, rule, Place::Offset(json.map_or(0, Json::offset)), params);
        if let Some(finding) = self.found.list.get_mut(before) {
            finding.path.push_str(path);
            finding.element = path.rsplit('/').next().map(super::table::Text::from);
        }
    }

    /// The fields of an object stand in their order, and the required ones are there.
    fn fields(&mut self, json: &Json<'_>, path: &str, names: &[(&'static str, bool)]) {
        let mut reached = 0usize;
        for (name, value) in json.fields() {
            match names.iter().position(|(other, _)| *other == name.as_str()) {
                Some(place) if place >= reached => reached = place,
                Some(_) => self.tell(Code::FormMisplaced, "P01", path, Some(value), &[]),
                None => self.tell(Code::FormUnknownElement, "P01", path, Some(value), &[]),
            }
        }
        for (name, required) in names {
            if *required && json.get(name).is_none_or(|value| value.text().is_some_and(str::is_empty)) {
                self.tell(Code::FormMissing, "P01", &joined(path, name), Some(json), &[]);
            }
        }
    }
}

fn joined(path: &str, name: &str) -> String {
    let mut joined = String::from(path);
    joined.push('/');
    joined.push_str(name);
    joined
}

/// Checks what would be sent.
#[must_use]
pub fn check(forms: &Forms, bytes: &[u8]) -> Vec<Finding> {
    let mut checker = Checker { forms, found: Found::default() };
    match read(bytes) {
        Ok(json) => whole(&mut checker, &json),
        Err(offset) => {
            checker.found.schema(Code::FormMalformed, "S01", "", Place::Offset(offset), &[("reason", Param::word("syntax"))]);
        }
    }
    checker.found.locate(0, bytes);
    checker.found.sort();
    checker.found.list
}

fn whole(checker: &mut Checker<'_>, json: &Json<'_>) {
    checker.fields(json, "", &WHOLE.map(|name| (name, true)));
    if let Some(head) = json.get(WHOLE[1]) {
        head_fields(checker, head);
    }
    let path = "/payExchangeInfoLists";
    let orders = json.get(WHOLE[2]).map_or(&[][..], Json::entries);
    if orders.is_empty() {
        checker.tell(Code::FormMissing, "P10", path, json.get(WHOLE[2]), &[]);
    }
    for order in orders {
        let filled = |name: &str| order.get(name).and_then(Json::text).is_some_and(|text| !text.trim().is_empty());
        for name in ["orderNo", "recpAccount", "recpName"].into_iter().filter(|name| !filled(name)) {
            checker.tell(Code::FormMissing, "P10", &joined(path, name), Some(order), &[]);
        }
        let goods = order.get("goodsInfo").map_or(&[][..], Json::entries);
        if goods.is_empty() {
            checker.tell(Code::FormMissing, "P10", &joined(path, "goodsInfo"), Some(order), &[]);
        }
        for each in goods {
            let text = |name: &str| each.get(name).and_then(Json::text).unwrap_or_default();
            if text("gname").trim().is_empty() {
                checker.tell(Code::FormMissing, "P10", &joined(path, "goodsInfo/gname"), Some(each), &[]);
            }
            if !["http://", "https://"].iter().any(|scheme| text("itemLink").strip_prefix(scheme).is_some_and(|rest| !rest.is_empty())) {
                checker.tell(
                    Code::FormValue,
                    "P10",
                    &joined(path, "goodsInfo/itemLink"),
                    Some(each),
                    &[("expected", Param::word("http https"))],
                );
            }
        }
    }
}

fn head_fields(checker: &mut Checker<'_>, head: &Json<'_>) {
    let path = "/payExchangeInfoHead";
    checker.fields(head, path, &HEAD.map(|(name, _, required)| (name, required)));
    for (name, longest, _) in HEAD {
        if let Some(value) = head.get(name)
            && value.text().is_some_and(|text| text.chars().count() > longest)
        {
            checker.tell(Code::FormLength, "P08", &joined(path, name), Some(value), &[("most", Param::Count(longest))]);
        }
    }
    let text = |name: &str| head.get(name).and_then(Json::text).filter(|text| !text.is_empty());
    let mut wrong = Vec::new();
    if text("guid").is_some_and(|guid| guid.chars().count() != 36 || guid.chars().any(char::is_lowercase)) {
        wrong.push((Code::FormGuid, "P02", "guid", "capitals"));
    }
    if text("currency").is_some_and(|currency| currency != "142") {
        wrong.push((Code::FormValue, "P04", "currency", "142"));
    }
    if text("verDept").is_some_and(|department| !["1", "2", "3"].contains(&department)) {
        wrong.push((Code::FormValue, "P06", "verDept", "1 2 3"));
    }
    if text("payType").is_some_and(|kind| !["1", "2", "3", "4"].contains(&kind)) {
        wrong.push((Code::FormValue, "P06", "payType", "1 2 3 4"));
    }
    if text("tradingTime").is_some_and(|time| !moment(time, 14)) {
        wrong.push((Code::FormDate, "P07", "tradingTime", "YYYYMMDDhhmmss"));
    }
    let plain = |number: &str| {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole)
            && digits(fraction)
            && fraction.len() <= 5
            && !number.ends_with('.')
            && (fraction.is_empty() || !fraction.ends_with('0'))
    };
    if head.get("totalAmount").is_some_and(|amount| !amount.number().is_some_and(plain)) {
        wrong.push((Code::FormNumber, "P05", "totalAmount", "plain"));
    }
    for (code, rule, name, expected) in wrong {
        checker.tell(code, rule, &joined(path, name), head.get(name), &[("expected", Param::word(expected))]);
    }
}
