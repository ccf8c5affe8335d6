//! Rules between documents: those of one message, and those of several about the same orders.

use super::{Context, Document, Message, pulled};
use crate::finding::Code;
use crate::forms::found::Param;
use crate::forms::pull::Pulled;
use crate::forms::tree::{Item, decimal};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// Finds documents by an order's number and its platform, or a waybill's and its carrier.
pub type Index<'i, 't> = BTreeMap<(&'t str, &'t str), &'i Document<'t>>;

pub fn check<'t>(context: &mut Context<'_>, messages: &[Item<'t>], documents: &[Document<'t>], pulls: &[Pulled<'_>]) {
    unique(context, messages, documents);
    let of = |kind| documents.iter().filter(move |document| document.kind == kind);
    let orders = index(of(Message::Order), "orderNo", "ebpCode");
    let payments = index(of(Message::Payment), "orderNo", "ebpCode");
    // A waybill names the order, and not its platform.
    let waybills = index(of(Message::Waybill), "orderNo", "");
    let lists = index(of(Message::List), "orderNo", "ebpCode");
    for order in of(Message::Order) {
        let Some(key) = key(order, "orderNo", "ebpCode") else { continue };
        if let Some(payment) = twin(context, order, &payments, key, "payment") {
            paid(context, order, payment);
        }
        if let Some(waybill) = twin(context, order, &waybills, (key.0, ""), "waybill") {
            sent(context, order, waybill);
        }
        if let Some(list) = twin(context, order, &lists, key, "list") {
            listed(context, order, list);
        }
    }
    for (kind, name) in [(Message::Payment, "payment"), (Message::List, "list")] {
        for document in of(kind).filter(|_| !orders.is_empty()) {
            if key(document, "orderNo", "ebpCode").is_some_and(|key| !orders.contains_key(&key)) {
                context.found.document = document.message;
                let params = [("document", Param::word(name)), ("absent", Param::word("order"))];
                context.field(Code::FormMismatch, "R24", document.head, "orderNo", &params);
            }
        }
    }
    let by_number = index(of(Message::Waybill), "logisticsNo", "logisticsCode");
    for list in of(Message::List).filter(|_| !by_number.is_empty()) {
        if key(list, "logisticsNo", "logisticsCode").is_some_and(|key| !by_number.contains_key(&key)) {
            context.found.document = list.message;
            let params = [("document", Param::word("list")), ("absent", Param::word("waybill"))];
            context.field(Code::FormMismatch, "R24", list.head, "logisticsNo", &params);
        }
    }
    for pull in pulls {
        pulled::check(context.forms, context.found, pull, &orders, &payments);
    }
    for returned in of(Message::Return) {
        if let Some(list) = key(returned, "orderNo", "ebpCode").and_then(|key| lists.get(&key)) {
            taken_back(context, returned, list);
        }
    }
}

fn key<'t>(document: &Document<'t>, number: &'static str, party: &'static str) -> Option<(&'t str, &'t str)> {
    let party = if party.is_empty() { "" } else { document.head.text(party)? };
    Some((document.head.text(number)?, party))
}

fn index<'i, 't: 'i>(documents: impl Iterator<Item = &'i Document<'t>>, number: &'static str, party: &'static str) -> Index<'i, 't> {
    let mut index = Index::new();
    for document in documents {
        if let Some(key) = key(document, number, party) {
            index.entry(key).or_insert(document);
        }
    }
    index
}

/// The document of another kind about the same order. That there is none, although there are others, is told.
fn twin<'i, 't>(
    context: &mut Context<'_>,
    order: &Document<'t>,
    others: &Index<'i, 't>,
    key: (&str, &str),
    name: &'static str,
) -> Option<&'i Document<'t>> {
    let found = others.get(&key).copied();
    if found.is_none() && !others.is_empty() {
        context.found.document = order.message;
        context.field(
            Code::FormMismatch,
            "R24",
            order.head,
            "orderNo",
            &[("document", Param::word("order")), ("absent", Param::word(name))],
        );
    }
    found
}

/// R08 and G02: what must be unique, over all messages.
fn unique<'t>(context: &mut Context<'_>, messages: &[Item<'t>], documents: &[Document<'t>]) {
    let mut seen: BTreeMap<(&str, &str, &str), ()> = BTreeMap::new();
    for document in documents {
        context.found.document = document.message;
        let keys: &[(&'static str, &'static str)] = match document.kind {
            Message::Order => &[("orderNo", "ebpCode")],
            Message::Payment => &[("payTransactionId", "payCode"), ("orderNo", "ebpCode")],
            Message::Waybill => &[("logisticsNo", "logisticsCode")],
            Message::List => &[("orderNo", "ebpCode"), ("copNo", "agentCode"), ("logisticsNo", "logisticsCode")],
            _ => &[],
        };
        for (number, party) in keys {
            let Some(value) = document.head.text(number) else { continue };
            let name = document.head.name().map_or("", |name| name);
            // The names of the fields keep an order's number apart from a waybill's.
            let value = (name, value, document.head.text(party).unwrap_or_default());
            if seen.insert(value, ()).is_some() {
                context.field(Code::FormDuplicate, "R08", document.head, number, &[]);
            }
        }
    }
    let mut guids: BTreeMap<&str, ()> = BTreeMap::new();
    for document in documents.iter().filter(|document| messages.get(document.message).is_some()) {
        let Some(guid) = document.head.text("guid") else { continue };
        if guids.insert(guid, ()).is_some() {
            context.found.document = document.message;
            context.field(Code::FormDuplicate, "G02", document.head, "guid", &[]);
        }
    }
}

/// Tells where a field of one document is not that of another.
fn same(context: &mut Context<'_>, rule: &str, one: (&Document<'_>, Item<'_>, &'static str), other: (Item<'_>, &'static str), with: &str) {
    let (document, item, name) = one;
    let differ = match (item.text(name), other.0.text(other.1)) {
        // A number may be written in more than one way.
        (Some(own), Some(theirs)) => own != theirs && decimal(own).zip(decimal(theirs)).is_none_or(|(own, theirs)| own != theirs),
        (None, None) => false,
        _ => true,
    };
    if differ {
        context.found.document = document.message;
        let params = [("document", Param::word(with)), ("field", Param::word(other.1))];
        context.field(Code::FormMismatch, rule, item, name, &params);
    }
}

/// R15, R16 and R18: an order and its payment.
fn paid(context: &mut Context<'_>, order: &Document<'_>, payment: &Document<'_>) {
    same(context, "R15", (order, order.head, "acturalPaid"), (payment.head, "amountPaid"), "payment");
    for (own, theirs) in [("buyerName", "payerName"), ("buyerIdNumber", "payerIdNumber")] {
        exactly(context, "R16", order, own, payment.head, theirs, "payment");
    }
    for name in ["payCode", "payName", "payTransactionId"] {
        // What the order leaves out it does not contradict.
        if order.head.text(name).is_some() {
            exactly(context, "R18", order, name, payment.head, name, "payment");
        }
    }
}

/// R12: an order and its waybill.
fn sent(context: &mut Context<'_>, order: &Document<'_>, waybill: &Document<'_>) {
    for name in ["consignee", "consigneeTelephone", "consigneeAddress"] {
        exactly(context, "R12", order, name, waybill.head, name, "waybill");
    }
}

/// R17 and R44: a list and its order.
fn listed(context: &mut Context<'_>, order: &Document<'_>, list: &Document<'_>) {
    for name in ["buyerName", "buyerIdNumber", "buyerTelephone", "consigneeAddress"] {
        exactly(context, "R17", list, name, order.head, name, "order");
    }
    let (ordered, listed): (Vec<Item<'_>>, Vec<Item<'_>>) = (order.lines().collect(), list.lines().collect());
    if ordered.len() != listed.len() {
        context.found.document = list.message;
        let params = [("document", Param::word("order")), ("expected", Param::Count(ordered.len())), ("found", Param::Count(listed.len()))];
        context.at(Code::FormMismatch, "R44", list.whole, &params);
        return;
    }
    for (ordered, listed) in ordered.into_iter().zip(listed) {
        for (own, theirs) in [
            ("gnum", "gnum"),
            ("gname", "itemName"),
            ("unit", "unit"),
            ("qty", "qty"),
            ("price", "price"),
            ("totalPrice", "totalPrice"),
            ("country", "country"),
        ] {
            same(context, "R44", (list, listed, own), (ordered, theirs), "order");
        }
    }
}

/// R54: what is returned was on the list.
fn taken_back(context: &mut Context<'_>, returned: &Document<'_>, list: &Document<'_>) {
    let mut listed: BTreeMap<Decimal, Item<'_>> = BTreeMap::new();
    for line in list.lines() {
        if let Some(number) = line.decimal("gnum") {
            listed.entry(number).or_insert(line);
        }
    }
    for line in returned.lines() {
        let found = line.decimal("gnum").and_then(|number| listed.get(&number));
        let Some(listed) = found else {
            context.found.document = returned.message;
            context.field(Code::FormMismatch, "R54", line, "gnum", &[("document", Param::word("list"))]);
            continue;
        };
        for name in ["gcode", "gname"] {
            same(context, "R54", (returned, line, name), (*listed, name), "list");
        }
        if line.decimal("qty").zip(listed.decimal("qty")).is_some_and(|(back, sent)| back > sent) {
            context.found.document = returned.message;
            context.field(Code::FormMismatch, "R54", line, "qty", &[("document", Param::word("list"))]);
        }
    }
}

/// Tells where a text of one document is not, to the character, that of another.
fn exactly(
    context: &mut Context<'_>,
    rule: &str,
    document: &Document<'_>,
    own: &'static str,
    other: Item<'_>,
    theirs: &'static str,
    with: &str,
) {
    if document.head.text(own) != other.text(theirs) {
        context.found.document = document.message;
        let params = [("document", Param::word(with)), ("field", Param::word(theirs))];
        context.field(Code::FormMismatch, rule, document.head, own, &params);
    }
}
