//! R06 and W51: the numbers and names of persons.

use super::Context;
use crate::codes::Country;
use crate::finding::Code;
use crate::forms::fields::day;
use crate::forms::found::{Param, Place};
use crate::forms::tree::Item;
use crate::identity::{Reason, kind};

/// The kind of identity document that the number of one is checked for.
const RESIDENT: &str = "1";

pub fn check(context: &mut Context<'_>, head: Item<'_>) {
    for (document, number, name) in [("buyerIdType", "buyerIdNumber", "buyerName"), ("payerIdType", "payerIdNumber", "payerName")] {
        if head.text(document) == Some(RESIDENT)
            && let Some(number) = head.child(number)
        {
            verdict(context, head, number, "resident-id", "R06");
        }
        if let Some(name) = head.child(name) {
            verdict(context, head, name, "person-name", "W51");
        }
    }
}

fn verdict(context: &mut Context<'_>, head: Item<'_>, item: Item<'_>, id: &str, rule: &str) {
    let Some((country, kind)) = Country::parse("CN").and_then(|country| kind(country, id).map(|kind| (country, kind))) else { return };
    let text = item.own_text();
    if text.is_empty() {
        return;
    }
    let verdict = context.checker.check_text(country, kind, text, head.text("appTime").and_then(day));
    let Some(reason) = verdict.reason else { return };
    let params = [("type", Param::word(id)), ("reason", Param::word(reason.name()))];
    // A residence permit is numbered like an identity card, and whether a port takes one is not known.
    if verdict.certain && reason != Reason::OtherKind {
        context.at(Code::FormIdentity, rule, item, &params);
    } else {
        context.found.doubt(context.forms, Code::FormIdentity, rule, Place::At(item), &params);
    }
}
