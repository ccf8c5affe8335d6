//! A field's text against what the schema and the specification's prose say of it.

use super::found::{Found, Param, Place};
use super::structure::REFUSED;
use super::table::{Element, Form, Kind, Preset};
use super::tree::{Item, decimal, is_space};
use crate::date::Date;
use crate::finding::Code;
use alloc::string::String;
use alloc::vec::Vec;

/// Checks a field: first what the schema says, then, if that holds, the prose.
pub fn value(found: &mut Found, item: Item<'_>) {
    let Some(element) = item.element() else { return };
    let text = item.own_text();
    match &element.preset {
        // An empty element stands for its preset.
        Preset::Fixed(_) | Preset::Default(_) if text.is_empty() => return,
        Preset::Fixed(fixed) if **fixed != *text => {
            return found.schema(Code::FormFixed, &element.rule, REFUSED, Place::At(item), &[("expected", Param::Word(fixed.clone()))]);
        }
        _ => {}
    }
    let of_schema = match element.kind {
        Kind::Text => length(text.chars().count(), element),
        Kind::Token => length(collapsed(text), element),
        Kind::Decimal | Kind::Whole => number(text.trim_matches(is_space), element),
        Kind::Group(_) | Kind::Any | Kind::Opaque => return,
    };
    match of_schema {
        Some((code, rule, params)) => found.schema(code, rule, REFUSED, Place::At(item), &params),
        None if !text.is_empty() => prose(found, item, element, text),
        None => {}
    }
}

type Broken = (Code, &'static str, Vec<(&'static str, Param)>);

fn count(number: u32) -> Param {
    Param::Count(usize::try_from(number).unwrap_or(usize::MAX))
}

fn length(length: usize, element: &Element) -> Option<Broken> {
    let below = usize::try_from(element.shortest).is_ok_and(|shortest| length < shortest);
    let above = element.longest.and_then(|longest| usize::try_from(longest).ok()).is_some_and(|longest| length > longest);
    if !below && !above {
        return None;
    }
    let mut params = alloc::vec![("least", count(element.shortest))];
    params.extend(element.longest.map(|longest| ("most", count(longest))));
    params.push(("length", Param::Count(length)));
    // A text that must not be empty and is, is as good as not there.
    Some((Code::FormLength, if length == 0 { "S06" } else { "S07" }, params))
}

/// How many characters a text has once runs of white space are one space, and none at its ends.
fn collapsed(text: &str) -> usize {
    text.split(is_space)
        .filter(|word| !word.is_empty())
        .fold(0usize, |length, word| length.saturating_add(word.chars().count()).saturating_add(usize::from(length > 0)))
}

/// What is wrong with a number as XML Schema writes it.
fn number(text: &str, element: &Element) -> Option<Broken> {
    let whole_number = element.kind == Kind::Whole;
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let above = |length: usize, most: Option<u32>| most.and_then(|most| usize::try_from(most).ok()).is_some_and(|most| length > most);
    let (places, decimals) = (whole.trim_start_matches('0').len(), fraction.trim_end_matches('0').len());
    let empty = whole.is_empty() && fraction.is_empty();
    let reason = if empty || !plain(whole) || !plain(fraction) || (whole_number && digits.contains('.')) {
        "not-a-number"
    } else if whole_number && text.parse::<i32>().is_err() {
        "range"
    } else if above(decimals, element.fraction) {
        "fraction"
    } else if above(places.saturating_add(decimals), element.digits) {
        "digits"
    } else {
        return None;
    };
    let mut params = alloc::vec![("reason", Param::word(reason))];
    params.extend(element.digits.map(|digits| ("digits", count(digits))));
    params.extend(element.fraction.map(|fraction| ("fraction", count(fraction))));
    Some((Code::FormNumber, if text.is_empty() { "S06" } else { "S08" }, params))
}

/// What the prose says: values and forms.
fn prose(found: &mut Found, item: Item<'_>, element: &Element, text: &str) {
    let same = |value: &str| if element.kind == Kind::Whole { decimal(value) == decimal(text) } else { value == text };
    if !element.values.is_empty() && !element.values.iter().any(|value| same(value)) {
        let mut allowed = String::new();
        for value in &element.values {
            if !allowed.is_empty() {
                allowed.push(' ');
            }
            allowed.push_str(value);
        }
        found.rule(item.forms, Code::FormValue, &element.rule, Place::At(item), &[("expected", Param::word(&allowed))]);
    }
    let length = match element.form {
        Form::Free => return,
        Form::Guid => return guid(found, item, &element.rule, text),
        Form::Day => 8,
        Form::Second => 14,
        Form::Millisecond => 17,
    };
    if !moment(text, length) {
        let expected = Form::ALL.iter().find(|(form, _)| *form == element.form).map_or("", |(_, word)| *word);
        found.rule(item.forms, Code::FormDate, &element.rule, Place::At(item), &[("expected", Param::word(expected))]);
    }
}

/// Whether so many digits are a day, or a day and a time, that exist.
pub fn moment(text: &str, length: usize) -> bool {
    let digits = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let below = |from: usize, end: u8| {
        let part = text.get(from..from.saturating_add(2));
        length <= from || part.and_then(|part| part.parse::<u8>().ok()).is_some_and(|value| value < end)
    };
    digits && day(text).is_some() && below(8, 24) && below(10, 60) && below(12, 60)
}

/// The day that a text begins with.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let part = |from: usize, to: usize| text.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let small = |from: usize, to: usize| part(from, to).and_then(|part| part.parse::<u8>().ok());
    Date::new(part(0, 4)?.parse().ok()?, small(4, 6)?, small(6, 8)?)
}

/// The letters of an identifier are capitals. That it is a UUID besides is advice.
pub fn guid(found: &mut Found, item: Item<'_>, rule: &str, text: &str) {
    let capitals = !text.chars().any(char::is_lowercase);
    let uuid = text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        });
    let (rule, reason) = match (capitals, uuid) {
        (false, _) => (rule, "capitals"),
        (true, false) => ("W01", "uuid"),
        (true, true) => return,
    };
    found.rule(item.forms, Code::FormGuid, rule, Place::At(item), &[("reason", Param::word(reason))]);
}
