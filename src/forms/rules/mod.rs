//! Rules between the fields of a message, and between messages. Each has the id that `forms/rules.csv` gives it; the table says how much a
//! breach matters and which rejection it would meet.

mod lines;
mod list;
mod order;
mod person;
mod pulled;
mod together;

use super::found::{Found, Params, Place};
use super::pull::Pulled;
use super::table::Forms;
use super::tree::Item;
use crate::finding::Code;
use crate::identity::Checker;
use rust_decimal::Decimal;

/// What a rule may look at, and where it tells of a breach.
struct Context<'c> {
    forms: &'c Forms,
    checker: &'c Checker,
    found: &'c mut Found,
}

impl Context<'_> {
    fn at(&mut self, code: Code, rule: &str, item: Item<'_>, params: Params<'_>) {
        self.found.rule(self.forms, code, rule, Place::At(item), params);
    }

    /// Tells of a breach at an element of this one, or at this one when that is not there.
    fn field(&mut self, code: Code, rule: &str, item: Item<'_>, name: &'static str, params: Params<'_>) {
        let place = item.child(name).map_or(Place::Missing(item, name), Place::At);
        self.found.rule(self.forms, code, rule, place, params);
    }
}

/// Which message a tree is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Message {
    Order,
    Payment,
    Waybill,
    List,
    Cancellation,
    Return,
    Arrival,
    TaxBill,
    Other,
}

fn kind(message: Item<'_>) -> Message {
    match message.name().map_or("", |name| name) {
        "CEB311Message" => Message::Order,
        "CEB411Message" => Message::Payment,
        "CEB511Message" => Message::Waybill,
        "CEB621Message" => Message::List,
        "CEB623Message" => Message::Cancellation,
        "CEB625Message" => Message::Return,
        "CEB711Message" => Message::Arrival,
        "CEB816Message" => Message::TaxBill,
        _ => Message::Other,
    }
}

/// Elements of a message that are no document of its own.
const TAIL: [&str; 4] = ["BaseTransfer", "BaseSubscribe", "ExtendMessage", "Signature"];

/// The documents in a message: orders, payments, waybills, lists, receipts.
pub fn entries(message: Item<'_>) -> impl Iterator<Item = Item<'_>> {
    message.children().filter(|entry| entry.name().is_some_and(|name| !TAIL.contains(&&**name)))
}

/// A document's fields and its lines: the elements of its head and those of its lists, or the document itself where it has no head.
struct Document<'t> {
    message: usize,
    kind: Message,
    head: Item<'t>,
    whole: Item<'t>,
}

impl<'t> Document<'t> {
    fn lines(&self) -> impl Iterator<Item = Item<'t>> + use<'t> {
        self.whole.children().filter(|line| line.name().is_some_and(|name| name.ends_with("List") || name.ends_with("ListRd")))
    }
}

fn documents<'t>(number: usize, message: Item<'t>) -> impl Iterator<Item = Document<'t>> {
    let kind = kind(message);
    entries(message).map(move |whole| {
        let head = whole.children().find(|child| child.name().is_some_and(|name| name.contains("Head")));
        Document { message: number, kind, head: head.unwrap_or(whole), whole }
    })
}

/// Checks the rules of some messages, and of payment data that came with them.
pub fn check(forms: &Forms, checker: &Checker, messages: &[Item<'_>], pulls: &[Pulled<'_>], found: &mut Found) {
    let mut context = Context { forms, checker, found };
    let mut all = alloc::vec::Vec::new();
    for (number, message) in messages.iter().enumerate().filter(|(_, message)| message.tree.message.is_some()) {
        context.found.document = number;
        for document in documents(number, *message) {
            alone(&mut context, &document);
            all.push(document);
        }
    }
    together::check(&mut context, messages, &all, pulls);
}

/// The rules of a document by itself.
fn alone(context: &mut Context<'_>, document: &Document<'_>) {
    person::check(context, document.head);
    match document.kind {
        Message::Order => order::check(context, document),
        Message::List => list::check(context, document),
        Message::Waybill => positive(context, "R21", document.head, "weight"),
        Message::Cancellation | Message::Return => list::number(context, document.head),
        Message::Payment | Message::Arrival | Message::TaxBill | Message::Other => {}
    }
    match document.kind {
        Message::Order | Message::List | Message::Arrival | Message::TaxBill => lines::numbered(context, document),
        Message::Return => lines::distinct(context, document),
        _ => {}
    }
    specified(context, document);
    if let Some(status) = document.head.child("returnStatus") {
        receipt(context, status);
    }
}

/// D01: fields that the specification requires and the schema does not.
fn specified(context: &mut Context<'_>, document: &Document<'_>) {
    let names: &[&'static str] = match document.kind {
        Message::Waybill => &["freight", "insuredFee"],
        Message::Cancellation | Message::Return => &["copNo"],
        _ => &[],
    };
    for name in names.iter().filter(|name| document.head.text(name).is_none()) {
        context.field(Code::FormMissing, "D01", document.head, name, &[]);
    }
}

/// A number that must be more than zero.
fn positive(context: &mut Context<'_>, rule: &str, item: Item<'_>, name: &'static str) {
    if item.decimal(name).is_some_and(|value| value <= Decimal::ZERO) {
        context.field(Code::FormNumber, rule, item, name, &[("reason", super::found::Param::word("positive"))]);
    }
}

/// R52: the state in a receipt is known, or less than zero.
fn receipt(context: &mut Context<'_>, status: Item<'_>) {
    let text = status.own_text();
    let negative = text.strip_prefix('-').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    if !text.is_empty() && !negative && context.forms.reason(true, text).is_none() {
        context.at(Code::FormCode, "R52", status, &[]);
    }
}
