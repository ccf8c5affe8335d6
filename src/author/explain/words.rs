//! The words around a quote's figures, from the package's catalogue of a language: the filling of places is the façade's, so that both say
//! the same.

use crate::author::sources::embedded;
use crate::author::texts::Texts;
use crate::wire::node::Node;
use serde_json::Value;
use std::borrow::Cow;
use std::format;
use std::string::{String, ToString};
use std::sync::Arc;
use std::vec::Vec;

/// The values of a message's places, in their order.
pub type Values<'v> = [(&'v str, Option<&'v str>)];

/// Parameters that say which rule a finding comes from, and are not counted.
const RULES: [&str; 2] = ["check", "condition"];

/// What keeps a run of text to itself, so that its direction turns nothing around it.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// The words of one language, with one quote's currency.
pub struct Words<'a> {
    catalogue: Arc<Value>,
    labels: Option<&'a Texts>,
    currency: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// The words of a language; without a catalogue, keys.
    pub fn new(locale: &str, labels: Option<&'a Texts>, currency: Option<&'a str>) -> Self {
        let catalogue = embedded(&format!("pkg/locales/{locale}.json")).and_then(|text| serde_json::from_str(text).ok());
        Self { catalogue: Arc::new(catalogue.unwrap_or_default()), labels, currency }
    }

    /// The same words with a pack's labels.
    pub fn labelled<'b>(&self, labels: Option<&'b Texts>) -> Words<'b> {
        Words { catalogue: Arc::clone(&self.catalogue), labels, currency: None }
    }

    /// A message of a group, filled; the key where there is none.
    pub fn say(&self, group: &str, key: &str, values: &Values<'_>) -> String {
        match self.message(group, key) {
            Some(message) => self.fill(message, values),
            None => key.to_string(),
        }
    }

    /// Whether a group has a message.
    pub fn has(&self, group: &str, key: &str) -> bool {
        self.message(group, key).is_some()
    }

    /// The parts with a separator of the language between them.
    pub fn join<S: AsRef<str>>(&self, separator: &str, parts: impl IntoIterator<Item = S>) -> String {
        let parts: Vec<String> = parts.into_iter().map(|part| self.apart(part.as_ref())).collect();
        parts.join(&self.say("forms", separator, &[]))
    }

    /// Among letters that run from right to left, numbers and names in others would fall out of their places.
    fn apart(&self, text: &str) -> String {
        let [begin, end] = ISOLATE;
        if self.form("direction") == "rtl" { format!("{begin}{text}{end}") } else { text.to_string() }
    }

    /// A text that has no places.
    fn form(&self, key: &str) -> &str {
        self.message("forms", key).and_then(Value::as_str).unwrap_or_default()
    }

    fn message(&self, group: &str, key: &str) -> Option<&Value> {
        self.catalogue.get(group)?.get(key)
    }

    /// The first of a message's texts whose places can all be filled, else the last.
    fn fill(&self, message: &Value, values: &Values<'_>) -> String {
        let one = [message];
        let candidates: Vec<&Value> = message.as_array().map_or(one.to_vec(), |list| list.iter().collect());
        let mut filled = String::new();
        for candidate in candidates {
            let (text, whole) = self.fill_text(candidate.as_str().unwrap_or_default(), values);
            filled = text;
            if whole {
                break;
            }
        }
        filled
    }

    fn fill_text(&self, text: &str, values: &Values<'_>) -> (String, bool) {
        let (mut filled, mut whole, mut rest) = (String::new(), true, text);
        while let Some((before, place, after)) =
            rest.split_once('{').and_then(|(before, after)| after.split_once('}').map(|(place, after)| (before, place, after)))
        {
            let (name, form) = place.split_once(':').map_or((place, None), |(name, form)| (name, Some(form)));
            let written = self.place(name, form, values);
            whole &= written.is_some();
            filled.push_str(before);
            match &written {
                Some(written) => filled.push_str(&self.apart(written)),
                None => filled.push('…'),
            }
            rest = after;
        }
        filled.push_str(rest);
        (filled, whole)
    }

    fn place(&self, name: &str, form: Option<&str>, values: &Values<'_>) -> Option<String> {
        let (key, value) = match name.parse::<usize>() {
            Ok(number) => values.iter().filter(|(other, _)| !RULES.contains(other)).nth(number.checked_sub(1)?),
            Err(_) => values.iter().find(|(other, _)| *other == name),
        }?;
        let value = (*value)?;
        Some(match form {
            None => value.to_string(),
            Some("name") => self.named("fact", key),
            Some("number") => self.number(value),
            Some("money") => self.money(value),
            // What a check's label says by itself: only where the pack has it in the reader's language.
            Some("sentence") => return self.labels.and_then(|labels| labels.get("sentence")).and_then(|labels| labels.get(value)).cloned(),
            Some("percent") if is_decimal(value) => self.say("forms", "percent", &[("number", Some(&self.number(&hundredfold(value))))]),
            Some("percent") => value.to_string(),
            Some(form) => self.named(form, value),
        })
    }

    /// What an id of a kind is called: by the pack's labels first, then by a word of the language.
    fn named(&self, form: &str, id: &str) -> String {
        let one = [form];
        let kinds: &[&str] = match form {
            "fact" => &["field", "step", "parameter"],
            "charge" => &["step", "charges"],
            // How a stated price was taken apart is a step that no regime has.
            "step" => &["step", "field"],
            _ => &one,
        };
        let label = |kind: &&str| {
            let of_pack = self.labels.and_then(|labels| labels.get(*kind)).and_then(|labels| labels.get(id)).map(String::as_str);
            of_pack.or_else(|| self.message(kind, id).and_then(Value::as_str))
        };
        kinds.iter().find_map(label).unwrap_or(id).to_string()
    }

    fn money(&self, amount: &str) -> String {
        let amount = self.number(amount);
        match self.currency {
            Some(currency) => self.say("forms", "money", &[("amount", Some(&amount)), ("currency", Some(currency))]),
            None => amount,
        }
    }

    /// A decimal as the language writes it: with its decimal mark, and its digits in groups of three once there are enough of them.
    fn number(&self, decimal: &str) -> String {
        if !is_decimal(decimal) {
            return decimal.to_string();
        }
        let (sign, whole, part) = parts(decimal);
        let from = self.form("group-from").parse::<usize>().unwrap_or_default();
        let group = if whole.len() < from { "" } else { self.form("group") };
        let mut grouped = String::from(sign);
        for (place, digit) in whole.chars().enumerate() {
            let left = whole.len().saturating_sub(place);
            if place > 0 && left.checked_rem(3) == Some(0) {
                grouped.push_str(group);
            }
            grouped.push(digit);
        }
        if decimal.contains('.') { format!("{grouped}{}{part}", self.form("decimal")) } else { grouped }
    }
}

/// The values of a finding's parameters or a step's names.
pub fn values<'f>(fields: &'f [(Cow<'static, str>, Node)]) -> Vec<(&'f str, Option<&'f str>)> {
    fields.iter().map(|(name, value)| (name.as_ref(), value.as_text())).collect()
}

/// Sign, whole digits and digits after the point.
fn parts(decimal: &str) -> (&str, &str, &str) {
    let (sign, digits) = decimal.strip_prefix('-').map_or(("", decimal), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    (sign, whole, part)
}

fn is_decimal(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (_, whole, part) = parts(text);
    digits(whole) && (digits(part) || !text.contains('.'))
}

/// A hundred times a decimal, without zeros that say nothing.
fn hundredfold(decimal: &str) -> String {
    let (sign, whole, part) = parts(decimal);
    let mut after = part.chars();
    let mut left = String::from(whole);
    left.extend([after.next().unwrap_or('0'), after.next().unwrap_or('0')]);
    let left = left.trim_start_matches('0');
    let left = if left.is_empty() { "0" } else { left };
    let right = after.as_str().trim_end_matches('0');
    if right.is_empty() { format!("{sign}{left}") } else { format!("{sign}{left}.{right}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_percentages() {
        for (rate, percentage) in [
            ("0.13", "13"),
            ("0", "0"),
            ("0.00", "0"),
            ("1", "100"),
            ("0.5", "50"),
            ("0.0910", "9.1"),
            ("0.125", "12.5"),
            ("12.3456", "1234.56"),
        ] {
            assert_eq!(hundredfold(rate), percentage);
        }
    }

    #[test]
    fn numbers_are_grouped_and_other_texts_are_not() {
        let words = Words::new("en", None, Some("NZD"));
        for (number, written) in [
            ("0.00", "0.00"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1234567.1234", "-1,234,567.1234"),
            ("spirits", "spirits"),
            ("1.", "1."),
        ] {
            assert_eq!(words.number(number), written);
        }
        assert_eq!(words.money("26000.00"), "26,000.00 NZD");
    }

    #[test]
    fn the_first_text_that_can_be_filled_is_used() {
        let words = Words::new("en", None, Some("NZD"));
        let message = serde_json::json!(["{2:money} over {1:money}", "over {1:number}", "over"]);
        let filled = |values: &Values<'_>| words.fill(&message, values);
        assert_eq!(filled(&[("check", Some("zz.a")), ("most", Some("1000")), ("this", Some("2"))]), "2 NZD over 1,000 NZD");
        assert_eq!(filled(&[("condition", Some("zz.a")), ("most", Some("1000")), ("this", None)]), "over 1,000");
        assert_eq!(filled(&[("check", Some("zz.a"))]), "over");
        // What fills a place is not read for places.
        assert_eq!(filled(&[("a", Some("{2:money}"))]), "over {2:money}");
    }
}
