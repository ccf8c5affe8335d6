//! A quote for people: what is charged and why, what is limited, what there is to know, and the law.
//!
//! It reads the response as shops get it, so that nothing can be said here that a shop could not say.

mod words;

use super::sources::embedded;
use super::texts::Texts;
use crate::wire::node::Node;
use rust_decimal::Decimal;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;
use words::{CHINESE, ENGLISH, Words, word};

/// The quote in words; labels that are not given are ids.
#[must_use]
pub fn text(quote: &Node, texts: Option<&Texts>, locale: &str) -> String {
    let words = if locale == "zh-CN" { &CHINESE } else { &ENGLISH };
    let messages = embedded(&format!("pkg/locales/{locale}.json")).and_then(|text| serde_json::from_str(text).ok());
    let mut explained = Explained { quote, texts, words, messages, out: String::new() };
    explained.head();
    explained.items();
    explained.sums();
    explained.limits();
    explained.findings();
    explained.calculation();
    explained.law();
    explained.line(words.disclaimer);
    explained.out
}

struct Explained<'a> {
    quote: &'a Node,
    texts: Option<&'a Texts>,
    words: &'static Words,
    /// The messages by finding code, as the widget shows them.
    messages: Option<serde_json::Value>,
    out: String,
}

fn get<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.get(name).and_then(Node::as_text)
}

fn list<'n>(node: &'n Node, name: &str) -> &'n [Node] {
    node.get(name).map_or(&[], Node::entries)
}

fn strings<'n>(node: &'n Node, name: &str) -> Vec<&'n str> {
    list(node, name).iter().filter_map(Node::as_text).collect()
}

/// A rate as a percentage: `0.13` is `13 %`.
fn percent(rate: &str) -> String {
    let hundredfold = rate.parse::<Decimal>().ok().and_then(|rate| rate.checked_mul(Decimal::ONE_HUNDRED));
    hundredfold.map_or_else(|| rate.to_string(), |rate| format!("{} %", rate.normalize()))
}

impl<'a> Explained<'a> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn label(&self, kind: &str, id: &'a str) -> &'a str {
        self.texts.and_then(|texts| texts.get(kind)).and_then(|labels| labels.get(id)).map_or(id, String::as_str)
    }

    fn money(&self, amount: Option<&str>) -> String {
        match amount {
            Some(amount) => format!("{amount} {}", get(self.quote, "currencyCode").unwrap_or_default()).trim_end().to_string(),
            None => self.words.unknown.to_string(),
        }
    }

    fn head(&mut self) {
        let (quote, words) = (self.quote, self.words);
        let status = word(&words.statuses, get(quote, "status").unwrap_or_default());
        let channel = get(quote, "channel").map(|channel| self.label("channel", channel));
        let parts: Vec<&str> = [get(quote, "destination"), channel, get(quote, "asOf")].into_iter().flatten().collect();
        self.line(&format!("{}: {}: {status}", words.quote, parts.join(", ")));
        if let Some(regime) = get(quote, "regime") {
            self.line(&format!("{}: {}", words.regime, self.label("regime", regime)));
        }
        for alternative in list(quote, "alternatives") {
            let regime = self.label("regime", get(alternative, "regime").unwrap_or_default());
            let reasons: Vec<&str> =
                strings(alternative, "because")
                    .into_iter()
                    .map(|id| {
                        if words.because.iter().any(|(key, _)| *key == id) { word(&words.because, id) } else { self.label("condition", id) }
                    })
                    .collect();
            let why = if reasons.is_empty() { words.applies.to_string() } else { reasons.join("; ") };
            self.line(&format!("  {}: {regime}: {why}", words.not_used));
        }
        self.line("");
    }

    fn items(&mut self) {
        let (quote, words) = (self.quote, self.words);
        for item in list(quote, "items") {
            let value = get(item, "dutiableValue").map(|value| format!(": {} {}", words.dutiable_value, self.money(Some(value))));
            self.line(&format!("{} {}{}", words.line, get(item, "id").unwrap_or_default(), value.unwrap_or_default()));
            self.charges(list(item, "charges"));
            if get(item, "dutiesAndTaxes").is_some() && list(item, "charges").is_empty() {
                self.line(&format!("  {}", words.no_charge));
            }
        }
        if !list(quote, "charges").is_empty() {
            self.line(words.basket);
            self.charges(list(quote, "charges"));
        }
    }

    fn charges(&mut self, charges: &'a [Node]) {
        for charge in charges {
            let rate = get(charge, "rate").map(|rate| format!(" ({})", percent(rate))).unwrap_or_default();
            let label = self.label("step", get(charge, "id").unwrap_or_default());
            self.line(&format!("  {label}{rate}: {}", self.money(get(charge, "amount"))));
        }
    }

    fn sums(&mut self) {
        let words = self.words;
        let Some(amounts) = self.quote.get("amounts").filter(|amounts| **amounts != Node::Null) else { return };
        self.line("");
        for (name, label) in &words.sums {
            self.line(&format!("{label}: {}", self.money(get(amounts, name))));
        }
    }

    fn limits(&mut self) {
        let (quote, words) = (self.quote, self.words);
        if list(quote, "limits").is_empty() {
            return;
        }
        self.line(&format!("\n{}", words.limits));
        for limit in list(quote, "limits") {
            let label = self.label("limit", get(limit, "id").unwrap_or_default());
            let period = get(limit, "period").map(|period| format!(" ({period})")).unwrap_or_default();
            let (this, most) = (self.money(get(limit, "thisBasket")), self.money(get(limit, "limit")));
            let rest = self.money(get(limit, "remaining"));
            self.line(&format!("  {label}{period}: {this} {} {most}; {} {rest}", words.of, words.remaining));
        }
    }

    fn findings(&mut self) {
        let (quote, words) = (self.quote, self.words);
        if list(quote, "findings").is_empty() {
            return;
        }
        self.line(&format!("\n{}", words.findings));
        for finding in list(quote, "findings") {
            let code = get(finding, "code").unwrap_or_default();
            let params = finding.get("params").map_or(&[][..], Node::fields);
            let param = |name: &str| params.iter().find(|(other, _)| other == name).and_then(|(_, value)| value.as_text());
            let subject = ["check", "condition"].into_iter().find_map(|kind| param(kind).map(|id| self.label(kind, id)));
            let message = self.message(code, params);
            let said: Vec<&str> = [subject, message.as_deref()].into_iter().flatten().collect();
            let said = if said.is_empty() { code.to_string() } else { format!("{} ({code})", said.join(": ")) };
            let target = get(finding, "target").filter(|target| !target.is_empty()).map(|target| format!(" {target}"));
            let level = word(&words.levels, get(finding, "level").unwrap_or_default());
            self.line(&format!("  {level}: {said}{}", target.unwrap_or_default()));
            let law = strings(finding, "citations");
            if !law.is_empty() {
                self.line(&format!("    {}: {}", words.law, law.join(", ")));
            }
        }
    }

    /// The message of a finding's code, with the finding's values in its places: `{name}`.
    fn message(&self, code: &str, params: &[(std::borrow::Cow<'static, str>, Node)]) -> Option<String> {
        let messages = self.messages.as_ref()?;
        let found = messages.get("findings").and_then(|findings| findings.get(code)).or_else(|| messages.get(code))?;
        let mut text = found.as_str().or_else(|| found.get("message").and_then(serde_json::Value::as_str))?.to_string();
        for (name, value) in params {
            text = text.replace(&format!("{{{name}}}"), value.as_text().unwrap_or_default());
        }
        Some(text)
    }

    fn calculation(&mut self) {
        let (quote, words) = (self.quote, self.words);
        if list(quote, "trace").is_empty() {
            return;
        }
        self.line(&format!("\n{}", words.calculation));
        for step in list(quote, "trace") {
            let place = get(step, "step").unwrap_or_default();
            let (owner, id) = place.rsplit_once('/').unwrap_or(("", place));
            let values = step.get("values").map_or(&[][..], Node::fields);
            let values: Vec<String> =
                values.iter().map(|(name, value)| format!("{name} {}", value.as_text().unwrap_or_default())).collect();
            self.line(&format!("  {owner}: {} = {}", self.label("step", id), get(step, "result").unwrap_or_default()));
            self.line(&format!("    {}", get(step, "formula").unwrap_or_default()));
            if !values.is_empty() {
                self.line(&format!("    {}", values.join("; ")));
            }
            let law = strings(step, "citations");
            if !law.is_empty() {
                self.line(&format!("    {}: {}", words.law, law.join(", ")));
            }
        }
    }

    fn law(&mut self) {
        let (words, citations) = (self.words, self.quote.get("citations").map_or(&[][..], Node::fields));
        if !citations.is_empty() {
            self.line(&format!("\n{}", words.law));
            let original = words.law == CHINESE.law;
            for (name, law) in citations {
                let title = if original { get(law, "title").or(get(law, "titleEn")) } else { get(law, "titleEn") };
                let parts = [title, get(law, "number"), get(law, "date"), get(law, "place"), get(law, "url")];
                let grade = get(law, "grade").unwrap_or_default();
                self.line(&format!("  {name}: {} [{grade}]", parts.into_iter().flatten().collect::<Vec<_>>().join(", ")));
            }
        }
        self.line("");
    }
}
