//! The rules of an import list, CEB621, and of what refers to one.

use super::order::limit;
use super::{Context, Document, lines, positive};
use crate::finding::Code;
use crate::forms::found::Param;
use crate::forms::tree::Item;
use crate::money;
use rust_decimal::Decimal;

/// Goods from a bonded warehouse, and goods sent from abroad to order.
const BONDED: &str = "1210";
const DIRECT: &str = "9610";
/// China, among the customs codes of countries.
const CHINA: &str = "142";
/// Kilogram, gram and tonne among the customs codes of units, with what each is in kilograms.
const MASSES: [(&str, Decimal); 3] =
    [("035", Decimal::ONE), ("036", Decimal::from_parts(1, 0, 0, false, 3)), ("070", Decimal::ONE_THOUSAND)];
/// A document that changes an earlier one.
const CHANGE: &str = "2";
/// A document that was not there before.
const NEW: &str = "1";

pub fn check(context: &mut Context<'_>, document: &Document<'_>) {
    let head = document.head;
    mode(context, document);
    weights(context, document);
    guarantor(context, head);
    given_numbers(context, head);
    number(context, head);
    lines::code(context, head, "country", "country");
    let value = (|| {
        let goods = lines::sum(document.lines(), "totalPrice")?;
        money::add(money::add(goods, head.decimal("freight")?)?, head.decimal("insuredFee")?)
    })();
    limit(context, document, value, head.text("appTime"), "freight");
    for line in document.lines() {
        lines::check(context, line);
        units(context, line);
        if line.text("gcode").is_some_and(|code| !code.bytes().all(|byte| byte.is_ascii_digit())) {
            context.field(Code::FormCode, "R36", line, "gcode", &[]);
        }
    }
}

/// R32, R33, R34 and W48: what the mode asks for, and what it leaves out.
fn mode(context: &mut Context<'_>, document: &Document<'_>) {
    let head = document.head;
    let mode = head.text("tradeMode").unwrap_or_default();
    let from_china = head.text("country") == Some(CHINA);
    let (account, transport) = (["emsNo", "areaCode", "areaName"], ["trafNo", "voyageNo", "billNo"]);
    let reason = |word| [("reason", Param::word(word))];
    match mode {
        BONDED => {
            for name in account.into_iter().filter(|name| head.text(name).is_none()) {
                context.field(Code::FormPair, "R32", head, name, &reason("absent"));
            }
            for name in transport.into_iter().filter(|name| head.text(name).is_some()) {
                context.field(Code::FormPair, "R32", head, name, &reason("not-wanted"));
            }
            for line in document.lines().filter(|line| line.text("itemRecordNo").is_none()) {
                context.field(Code::FormPair, "R32", line, "itemRecordNo", &reason("absent"));
            }
        }
        DIRECT => {
            for name in transport.into_iter().filter(|name| head.text(name).is_none()) {
                context.field(Code::FormPair, "R33", head, name, &reason("absent"));
            }
            for name in account.into_iter().filter(|name| head.text(name).is_some()) {
                context.field(Code::FormPair, "W48", head, name, &reason("not-wanted"));
            }
        }
        // Another mode has been told already.
        _ => return,
    }
    if head.text("country").is_some() && from_china != (mode == BONDED) {
        context.field(Code::FormPair, "R34", head, "country", &[]);
    }
}

/// R21, R35 and R41.
fn weights(context: &mut Context<'_>, document: &Document<'_>) {
    let head = document.head;
    for name in ["grossWeight", "netWeight"] {
        positive(context, "R21", head, name);
    }
    if let Some((net, gross)) = head.decimal("netWeight").zip(head.decimal("grossWeight"))
        && net > gross
    {
        context.field(Code::FormPair, "R35", head, "netWeight", &[]);
    }
    masses(context, document);
}

/// R41: what the lines weigh by their statutory units is the net weight; where some have another unit, no more than it.
fn masses(context: &mut Context<'_>, document: &Document<'_>) {
    let (mut sum, mut whole) = (Decimal::ZERO, true);
    for line in document.lines() {
        match mass(line) {
            Some(mass) => {
                let Some(next) = money::add(sum, mass) else { return };
                sum = next;
            }
            None => whole = false,
        }
    }
    if document.head.decimal("netWeight").is_some_and(|net| if whole { sum != net } else { sum > net }) {
        context.field(Code::FormSum, "R41", document.head, "netWeight", &[]);
    }
}

/// What a line weighs in kilograms, if one of its statutory units says.
fn mass(line: Item<'_>) -> Option<Decimal> {
    [("unit1", "qty1"), ("unit2", "qty2")].into_iter().find_map(|(unit, quantity)| {
        let (_, kilograms) = MASSES.into_iter().find(|(code, _)| line.text(unit) == Some(code))?;
        money::multiply(line.decimal(quantity)?, kilograms)
    })
}

/// R39 and D02: the guarantor is one of three. The specification names the platform in place of the declarant.
fn guarantor(context: &mut Context<'_>, head: Item<'_>) {
    let Some(guarantor) = head.text("assureCode") else { return };
    let is = |names: &[&'static str]| names.iter().any(|name| head.text(name) == Some(guarantor));
    if !is(&["agentCode", "ebcCode", "logisticsCode"]) {
        context.field(Code::FormPair, if is(&["ebpCode"]) { "D02" } else { "R39" }, head, "assureCode", &[]);
    }
}

/// R49: numbers that customs gives.
fn given_numbers(context: &mut Context<'_>, head: Item<'_>) {
    match head.text("appType") {
        Some(NEW) => {
            for name in ["preNo", "invtNo"].into_iter().filter(|name| head.text(name).is_some()) {
                context.field(Code::FormPair, "R49", head, name, &[("reason", Param::word("not-wanted"))]);
            }
        }
        Some(CHANGE) if head.text("invtNo").is_none() => {
            context.field(Code::FormPair, "R49", head, "invtNo", &[("reason", Param::word("absent"))]);
        }
        _ => {}
    }
}

/// R50: a list's number.
pub fn number(context: &mut Context<'_>, head: Item<'_>) {
    let Some(text) = head.text("invtNo") else { return };
    let digits = |from: usize, to: usize| text.get(from..to).is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let flag = text.get(8..9).is_some_and(|flag| flag == "I" || flag == "E");
    if text.len() != 18 || !digits(0, 8) || !flag || !digits(9, 18) {
        context.field(Code::FormCode, "R50", head, "invtNo", &[]);
    }
}

/// R37 and R40: units with their quantities.
fn units(context: &mut Context<'_>, line: Item<'_>) {
    match (line.text("unit2"), line.text("qty2")) {
        (Some(_), None) => context.field(Code::FormPair, "R37", line, "qty2", &[("reason", Param::word("absent"))]),
        (None, Some(_)) => context.field(Code::FormPair, "R37", line, "unit2", &[("reason", Param::word("absent"))]),
        _ => {}
    }
    for (unit, quantity) in [("unit1", "qty1"), ("unit2", "qty2")] {
        let same = line.text("unit").is_some() && line.text(unit) == line.text("unit");
        if same && line.decimal("qty").zip(line.decimal(quantity)).is_some_and(|(one, other)| one != other) {
            context.field(Code::FormPair, "R40", line, quantity, &[]);
        }
    }
}
