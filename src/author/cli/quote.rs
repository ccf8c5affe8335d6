//! `preclear quote`.

use super::arguments::Arguments;
use super::world::World;
use super::{Console, DONE, Outcome, STOPPED, Unusable, clock, read};
use crate::author::explain;
use crate::date::Date;
use crate::finding::{Code, Finding};
use crate::wire::node::Node;
use crate::wire::{answer, basket, json};
use std::borrow::Cow;
use std::format;
use std::string::String;

/// The most bytes that are read: a basket of the largest size is far smaller.
pub const MOST_BYTES: u64 = 16 * 1024 * 1024;

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let locale = arguments.option("--locale").unwrap_or("en");
    if !explain::speaks(locale) {
        return Err(Unusable::new(format!("--locale: expected one of {}", explain::locales().join(", "))));
    }
    let as_of = arguments.date("--as-of")?;
    let bytes = read(arguments.words.first(), "basket", MOST_BYTES, console)?;
    let mut request = json::read(&bytes)
        .map_err(|fault| Unusable(format!("basket:{}:{}: {}: expected JSON", fault.line, fault.column, Code::InputMalformed.name())))?;
    date(&mut request, as_of);
    if let Err(faults) = basket::read(&request) {
        return Err(unreadable(&faults));
    }
    let world = World::load(arguments)?;
    let quote = answer::answer(&world.engine, &request);
    if arguments.flag("--text") {
        let pack = quote.get("rules").and_then(|rules| rules.get("pack")).and_then(Node::as_text);
        let texts = pack.and_then(|pack| world.texts(pack, locale));
        console.print(&explain::text(&quote, texts, locale));
    } else {
        console.print(&json::pretty(&quote));
    }
    Ok(exit(&quote))
}

/// Puts a day in a basket: this one, or today where the basket has none.
pub fn date(basket: &mut Node, as_of: Option<Date>) {
    if let Node::Object(fields) = basket {
        let given = fields.iter().any(|(name, _)| name == "asOf");
        let date = if given { as_of } else { as_of.or_else(clock::today) };
        if let Some(date) = date {
            fields.retain(|(name, _)| name != "asOf");
            fields.push((Cow::Borrowed("asOf"), Node::text(date.text())));
        }
    }
}

/// 1 when something blocks, is missing or is not supported; 0 otherwise.
pub fn exit(quote: &Node) -> u8 {
    let text = |node: &Node, name: &str| node.get(name).and_then(Node::as_text).map(String::from);
    let answered = text(quote, "status").is_some_and(|status| status == "ready" || status == "estimated");
    let findings = quote.get("findings").map_or(&[][..], Node::entries);
    let blocked = findings.iter().any(|finding| text(finding, "level").is_some_and(|level| level == "block"));
    if answered && !blocked { DONE } else { STOPPED }
}

/// One line on a basket that cannot be read: the first fault, and how many more there are.
fn unreadable(faults: &[Finding]) -> Unusable {
    let Some(first) = faults.first() else { return Unusable(String::from("basket: cannot be read")) };
    let more = match faults.len() {
        0 | 1 => String::new(),
        count => format!(" (and {} more)", count.saturating_sub(1)),
    };
    Unusable(format!("basket:{}: {}{}{more}", first.target, first.code.name(), expected(first)))
}

/// What was expected, in words. Every part of it is the contract's or a count.
fn expected(fault: &Finding) -> String {
    let param = |name: &str| fault.params.iter().find(|(other, _)| other == name).map(|(_, value)| value.text());
    if let Some(most) = param("most") {
        return format!(": at most {most}");
    }
    let Some(expected) = param("expected") else { return String::new() };
    let words = match expected.as_str() {
        "decimal-string" => "a plain decimal in a text: at most 12 digits, and at most 10 after the point",
        "positive-decimal-string" => "a plain decimal above zero in a text: at most 12 digits, and at most 10 after the point",
        "date" => "a day that exists, YYYY-MM-DD",
        "country" => "a country code of ISO 3166-1 alpha-2",
        "currency" => "a currency code of ISO 4217",
        "hs-code" => "6 to 10 digits",
        "article-code" => "2 to 10 digits",
        "known-field" => "no field that the contract does not name",
        "unique-fields" => "each field once",
        "unique-id" => "an id that no other item has",
        "known-item" => "the id of an item",
        "at-least-one" => "at least one entry",
        "unit-of-type" => "a unit that suits the type",
        "unique-type" => "each type once",
        "two-currencies" => "two different currencies",
        "unique-pair" => "each pair of currencies once",
        "camel-case-name" => "names in camelCase",
        "truth" => "true or false",
        "one-of" => "one of the contract's words",
        "object" => "an object",
        "list" => "a list",
        "text" => "a text",
        "truth-or-text" => "true, false or a text",
        other => other,
    };
    let given = match param("given") {
        Some(given) if given == "nothing" => String::from(", found nothing"),
        Some(given) if given == "number" => String::from(", found a number"),
        _ => String::new(),
    };
    let near = param("nearest").map(|near| format!("; is it `{near}`?")).unwrap_or_default();
    format!(": expected {words}{given}{near}")
}
