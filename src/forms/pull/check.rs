//! Payment data against the interface, and its fields against each other.

use super::{DIGITS, FRACTION, HEAD, LISTS, LONGEST_RAW, OF_HEAD, WHOLE, raw};
use crate::digits::push_number;
use crate::finding::Code;
use crate::forms::fields::moment;
use crate::forms::found::{Finding, Found, Param, Params, Place, of_schema};
use crate::forms::json::{self, Json};
use crate::forms::reader::unmarked;
use crate::forms::table::{Forms, Text};
use crate::forms::tree::decimal;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// Payment data that was read.
pub struct Pulled<'a> {
    /// Which of the messages it is.
    pub document: usize,
    json: Json<'a>,
}

/// A field of payment data: its place for people, and itself where it is there.
#[derive(Clone)]
pub struct Field<'j, 'a> {
    path: String,
    json: Option<&'j Json<'a>>,
    /// What it stands in, for the place of one that is not there.
    around: &'j Json<'a>,
}

impl<'a> Pulled<'a> {
    fn whole(&self) -> Field<'_, 'a> {
        Field { path: String::new(), json: Some(&self.json), around: &self.json }
    }

    /// The payment.
    #[must_use]
    pub fn head(&self) -> Field<'_, 'a> {
        self.whole().field(HEAD)
    }

    /// The orders that it paid for.
    pub fn orders(&self) -> impl Iterator<Item = Field<'_, 'a>> {
        self.whole().field(LISTS).entries()
    }
}

impl<'j, 'a> Field<'j, 'a> {
    /// The field of this name in it.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        let mut path = self.path.clone();
        path.push('/');
        path.push_str(name);
        Self { path, json: self.json.and_then(|json| json.get(name)), around: self.json.unwrap_or(self.around) }
    }

    fn entries(self) -> impl Iterator<Item = Self> {
        self.json.map_or(&[][..], Json::entries).iter().enumerate().map(move |(number, entry)| {
            let mut path = self.path.clone();
            path.push('[');
            push_number(&mut path, number.saturating_add(1));
            path.push(']');
            Self { path, json: Some(entry), around: entry }
        })
    }

    /// Its text, unless that is empty.
    #[must_use]
    pub fn text(&self) -> Option<&'j str> {
        self.json.and_then(Json::text).filter(|text| !text.trim().is_empty())
    }

    /// Its number.
    #[must_use]
    pub fn number(&self) -> Option<Decimal> {
        self.json.and_then(Json::number).and_then(decimal)
    }

    /// Tells of a breach of a rule at it.
    pub fn tell(&self, forms: &Forms, found: &mut Found, code: Code, rule: &str, params: Params<'_>) {
        let before = found.list.len();
        found.rule(forms, code, rule, Place::Offset(self.json.unwrap_or(self.around).offset()), params);
        if of_schema(code) {
            found.breaks();
        }
        if let Some(finding) = found.list.get_mut(before) {
            finding.path.clone_from(&self.path);
            let name = self.path.rsplit('/').next().and_then(|name| name.split('[').next());
            finding.element = name.filter(|name| !name.is_empty()).map(Text::from);
        }
    }
}

/// Reads payment data and checks it by itself; none, and a finding, where it is no JSON. Unsigned, it has neither certificate nor signature yet.
pub fn read<'a>(forms: &Forms, found: &mut Found, message: &'a [u8], signed: bool) -> Option<Pulled<'a>> {
    let message = unmarked(message);
    let read = if message.len() > json::MOST_BYTES { Err((0, "size")) } else { json::read(message).map_err(|offset| (offset, "syntax")) };
    match read {
        Ok(json) => {
            let pulled = Pulled { document: found.document, json };
            Checker { forms, found }.whole(&pulled, signed);
            Some(pulled)
        }
        Err((offset, reason)) => {
            found.schema(Code::FormMalformed, "S01", "", Place::Offset(offset), &[("reason", Param::word(reason))]);
            None
        }
    }
}

/// What is wrong with payment data by itself.
#[must_use]
pub fn check(forms: &Forms, message: &[u8], signed: bool) -> Vec<Finding> {
    let mut found = Found::default();
    read(forms, &mut found, message, signed);
    found.locate(0, unmarked(message));
    found.sort();
    found.list
}

struct Checker<'c> {
    forms: &'c Forms,
    found: &'c mut Found,
}

impl Checker<'_> {
    fn tell(&mut self, field: &Field<'_, '_>, code: Code, rule: &str, params: Params<'_>) {
        field.tell(self.forms, self.found, code, rule, params);
    }

    fn expected(&mut self, field: &Field<'_, '_>, code: Code, rule: &str, expected: &str) {
        self.tell(field, code, rule, &[("expected", Param::word(expected))]);
    }

    /// P01: the fields of an object stand in their order, and the required ones are there.
    fn fields(&mut self, object: &Field<'_, '_>, names: impl Iterator<Item = (&'static str, bool)> + Clone) {
        let mut reached = 0usize;
        for (name, value) in object.json.map_or(&[][..], Json::fields) {
            // A name that no table has came with the message, and is not told.
            let place = Field { path: object.path.clone(), json: Some(value), around: value };
            match names.clone().position(|(other, _)| *other == **name) {
                Some(number) if number >= reached => reached = number,
                Some(_) => self.tell(&place, Code::FormMisplaced, "P01", &[]),
                None => self.tell(&place, Code::FormUnknownElement, "P01", &[]),
            }
        }
        for (name, required) in names {
            let field = object.field(name);
            if required && field.json.is_none_or(|value| value.text().is_some_and(str::is_empty)) {
                self.tell(&field, Code::FormMissing, "P01", &[]);
            }
        }
    }

    fn whole(&mut self, pulled: &Pulled<'_>, signed: bool) {
        self.fields(&pulled.whole(), WHOLE.into_iter().map(|name| (name, signed || !WHOLE[4..].contains(&name))));
        let head = pulled.head();
        if head.json.is_some() {
            self.head(&head);
            self.raw(&head);
        }
        if pulled.orders().next().is_none() {
            self.tell(&pulled.whole().field(LISTS), Code::FormMissing, "P10", &[]);
        }
        for order in pulled.orders() {
            self.order(&order);
        }
    }

    /// P10: what an order must have.
    fn order(&mut self, order: &Field<'_, '_>) {
        for name in ["orderNo", "recpAccount", "recpName"] {
            self.filled(&order.field(name));
        }
        let goods = order.field("goodsInfo");
        if goods.clone().entries().next().is_none() {
            self.tell(&goods, Code::FormMissing, "P10", &[]);
        }
        for each in goods.entries() {
            self.filled(&each.field("gname"));
            let link = each.field("itemLink");
            let address = |scheme: &&str| link.text().and_then(|text| text.strip_prefix(*scheme)).is_some_and(|rest| !rest.is_empty());
            if !["http://", "https://"].iter().any(address) {
                self.expected(&link, Code::FormValue, "P10", "http https");
            }
        }
    }

    fn filled(&mut self, field: &Field<'_, '_>) {
        if field.text().is_none() {
            self.tell(field, Code::FormMissing, "P10", &[]);
        }
    }

    /// The fields of the payment, each by itself.
    fn head(&mut self, head: &Field<'_, '_>) {
        self.fields(head, OF_HEAD.into_iter().map(|(name, _, required)| (name, required)));
        for (name, longest, _) in OF_HEAD {
            let field = head.field(name);
            if field.text().is_some_and(|text| text.chars().count() > longest) {
                self.tell(&field, Code::FormLength, "P08", &[("most", Param::Count(longest))]);
            }
        }
        let mut hold = |name: &str, code: Code, rule: &str, expected: &str, right: &dyn Fn(&str) -> bool| {
            let field = head.field(name);
            if field.text().is_some_and(|text| !right(text)) {
                self.expected(&field, code, rule, expected);
            }
        };
        let capitals = |guid: &str| guid.chars().count() == 36 && !guid.chars().any(char::is_lowercase);
        hold("guid", Code::FormGuid, "P02", "capitals", &capitals);
        hold("currency", Code::FormValue, "P04", "142", &|currency| currency == "142");
        hold("verDept", Code::FormValue, "P06", "1 2 3", &|department| ["1", "2", "3"].contains(&department));
        hold("payType", Code::FormValue, "P06", "1 2 3 4", &|kind| ["1", "2", "3", "4"].contains(&kind));
        hold("tradingTime", Code::FormDate, "P07", "YYYYMMDDhhmmss", &|time| moment(time, 14));
        let total = head.field("totalAmount");
        if total.json.is_some_and(|amount| !amount.number().is_some_and(plain)) {
            self.expected(&total, Code::FormNumber, "P05", "plain");
        }
    }

    /// What platform and payment company told each other, against the fields that are taken from it.
    fn raw(&mut self, head: &Field<'_, '_>) {
        let request = head.field("initalRequest");
        let response = head.field("initalResponse");
        if response.text().is_some_and(|text| !raw::has_fields(text)) {
            self.tell(&response, Code::FormValue, "W09", &[]);
        }
        let looked = request.text().filter(|text| text.chars().nth(LONGEST_RAW).is_none());
        let of_request = |names: &[&str]| looked.and_then(|text| raw::field(text, names));
        let total = head.field("totalAmount");
        if let Some((amount, fee)) = total.number().zip(of_request(&["total_fee"])) {
            // Whole numbers are fen. Where it is written in yuan, it has its two decimals.
            let scale = if fee.contains('.') { 0 } else { 2 };
            let asked = decimal(fee).and_then(|fee| crate::money::multiply(fee, Decimal::new(1, scale)));
            if asked.is_some_and(|asked| asked != amount) {
                self.tell(&total, Code::FormSum, "P12", &[]);
            }
        }
        let own = |name: &str, theirs: &[&str]| head.field(name).text().is_some_and(|text| of_request(theirs) == Some(text));
        if own("payTransactionId", &["out_trade_no"]) {
            self.tell(&head.field("payTransactionId"), Code::FormCode, "W13", &[]);
        }
        if own("payCode", &["mch_id", "mchid", "partner", "seller_id"]) {
            self.tell(&head.field("payCode"), Code::FormCode, "W14", &[]);
        }
    }
}

/// Whether a number is written as the interface has it: no sign, no exponent, no zeros before it or at its end.
fn plain(number: &str) -> bool {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let ends_well = !number.ends_with('.') && (fraction.is_empty() || !fraction.ends_with('0'));
    let begins_well = whole == "0" || (!whole.is_empty() && !whole.starts_with('0'));
    let fits = fraction.len() <= FRACTION && whole.len().saturating_add(fraction.len()) <= DIGITS;
    digits(whole) && digits(fraction) && begins_well && ends_well && fits
}
