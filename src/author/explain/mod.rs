//! A quote for people: what is charged and why, what is limited, what there is to know, and the law.
//!
//! It reads the response as shops get it, so that nothing can be said here that a shop could not say, and the façade of the npm package says the
//! same lines.

mod law;
mod words;

use super::sources::{embedded, embedded_names};
use super::texts::Texts;
use crate::wire::node::Node;
use law::Laws;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;
use words::{Values, Words, values};

/// Whether there are words for a language.
#[must_use]
pub fn speaks(locale: &str) -> bool {
    embedded(&format!("pkg/locales/{locale}.json")).is_some()
}

/// The languages that there are words for.
#[must_use]
pub fn locales() -> Vec<&'static str> {
    embedded_names("pkg/locales/", ".json").collect()
}

/// The quote in words; labels that are not given are ids.
#[must_use]
pub fn text(quote: &Node, texts: Option<&Texts>, locale: &str) -> String {
    let words = Words::new(locale, texts, get(quote, "currencyCode"));
    let mut explained = Explained { quote, laws: Laws { quote, words: &words }, words: &words, out: String::new() };
    explained.head();
    explained.items();
    explained.sums();
    explained.limits();
    explained.findings();
    explained.calculation();
    explained.cited();
    explained.line(0, "");
    explained.say(0, "disclaimer", &[]);
    explained.out
}

/// Single findings for people, in one language.
pub struct Said(Words<'static>);

impl Said {
    /// The words of a language.
    #[must_use]
    pub fn new(locale: &str) -> Self {
        Self(Words::new(locale, None, None))
    }

    /// What a finding at a place says and how much it matters, with a pack's labels.
    #[must_use]
    pub fn finding(&self, labels: Option<&Texts>, (level, code, target): (&str, &str, &str), params: &[(&str, Option<&str>)]) -> String {
        let words = self.0.labelled(labels);
        let message = words.say("findings", code, params);
        let code = if target.is_empty() { code.to_string() } else { format!("{code} {target}") };
        words.say("explain", "finding", &[("level", Some(level)), ("item", None), ("message", Some(&message)), ("code", Some(&code))])
    }
}

struct Explained<'a> {
    quote: &'a Node,
    words: &'a Words<'a>,
    laws: Laws<'a>,
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

impl Explained<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn say(&mut self, depth: usize, key: &str, values: &Values<'_>) {
        self.line(depth, &self.words.say("explain", key, values));
    }

    /// An empty line and a heading.
    fn heading(&mut self, key: &str) {
        self.line(0, "");
        self.say(0, key, &[]);
    }

    fn law(&mut self, depth: usize, ids: &[&str]) {
        if !ids.is_empty() {
            // Two pages on one law have its name.
            let mut names: Vec<String> = Vec::new();
            for name in ids.iter().map(|id| self.laws.short(id)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let names = self.words.join("semicolon", names);
            self.say(depth, "law", &[("laws", Some(&names))]);
        }
    }

    fn head(&mut self) {
        let (quote, words) = (self.quote, self.words);
        let channel = get(quote, "channel").map(|channel| words.say("explain", "channel", &[("channel", Some(channel))]));
        let place = words.join("comma", [get(quote, "destination"), channel.as_deref(), get(quote, "asOf")].into_iter().flatten());
        let place = Some(place.as_str()).filter(|place| !place.is_empty());
        self.say(0, "quote", &[("place", place), ("status", get(quote, "status"))]);
        if let Some(regime) = get(quote, "regime") {
            self.say(0, "regime", &[("regime", Some(regime))]);
        }
        for alternative in list(quote, "alternatives") {
            let mut because = strings(alternative, "because");
            if because.is_empty() {
                let applies = alternative.get("applies").and_then(Node::as_truth) == Some(true);
                because.push(if applies { "later" } else { "unknown" });
            }
            let reason = |id: &str| {
                if words.has("reasons", id) {
                    words.say("reasons", id, &[])
                } else {
                    words.say("reasons", "unmet", &[("condition", Some(id))])
                }
            };
            let reasons = words.join("semicolon", because.into_iter().map(reason));
            self.say(1, "alternative", &[("regime", get(alternative, "regime")), ("reasons", Some(&reasons))]);
        }
    }

    fn items(&mut self) {
        let quote = self.quote;
        if !list(quote, "items").is_empty() || !list(quote, "charges").is_empty() {
            self.line(0, "");
        }
        for item in list(quote, "items") {
            self.say(0, "item", &[("id", get(item, "id")), ("value", get(item, "dutiableValue"))]);
            self.charges(list(item, "charges"));
            if get(item, "dutiesAndTaxes").is_some() && list(item, "charges").is_empty() {
                self.say(1, "nothing", &[]);
            }
        }
        if !list(quote, "charges").is_empty() {
            self.say(0, "basket", &[]);
            self.charges(list(quote, "charges"));
        }
    }

    fn charges(&mut self, charges: &[Node]) {
        for charge in charges {
            self.say(1, "charge", &[("charge", get(charge, "id")), ("rate", get(charge, "rate")), ("amount", get(charge, "amount"))]);
        }
    }

    fn sums(&mut self) {
        let amounts = self.quote.get("amounts").map_or(&[][..], Node::fields);
        if !amounts.is_empty() {
            self.line(0, "");
        }
        for (sum, amount) in values(amounts) {
            self.say(0, "sum", &[("sum", Some(sum)), ("amount", amount)]);
        }
    }

    fn limits(&mut self) {
        let quote = self.quote;
        if list(quote, "limits").is_empty() {
            return;
        }
        self.heading("limits");
        for limit in list(quote, "limits") {
            let named = |name| (name, get(limit, name));
            let values = [("limit", get(limit, "id")), ("most", get(limit, "limit")), named("used"), named("thisBasket")];
            self.say(1, "limit", &[&values[..], &[named("remaining"), named("period")]].concat());
        }
    }

    fn findings(&mut self) {
        let (quote, words) = (self.quote, self.words);
        if list(quote, "findings").is_empty() {
            return;
        }
        self.heading("findings");
        for finding in list(quote, "findings") {
            let code = get(finding, "code").unwrap_or_default();
            let message = words.say("findings", code, &values(finding.get("params").map_or(&[], Node::fields)));
            let target = get(finding, "target").unwrap_or_default();
            let index =
                target.strip_prefix("/items/").and_then(|rest| rest.split('/').next()).and_then(|index| index.parse::<usize>().ok());
            let item = index.and_then(|index| list(quote, "items").get(index)).and_then(|item| get(item, "id"));
            let code = if target.is_empty() { code.to_string() } else { format!("{code} {target}") };
            let values =
                [("level", get(finding, "level")), ("item", item), ("message", Some(message.as_str())), ("code", Some(code.as_str()))];
            self.say(1, "finding", &values);
            for remedy in strings(finding, "remedies") {
                self.say(2, "remedy", &[("remedy", Some(remedy))]);
            }
            self.law(2, &strings(finding, "citations"));
        }
    }

    /// The steps line by line: the engine computes each step for all lines before the next.
    fn calculation(&mut self) {
        let quote = self.quote;
        if list(quote, "trace").is_empty() {
            return;
        }
        self.heading("calculation");
        let parts = |step| {
            let place = get(step, "step").unwrap_or_default();
            place.rsplit_once('/').unwrap_or(("", place))
        };
        let mut owners: Vec<&str> = Vec::new();
        for step in list(quote, "trace") {
            let (owner, _) = parts(step);
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        for owner in owners {
            let known = list(quote, "items").iter().any(|item| get(item, "id") == Some(owner));
            if known {
                self.say(1, "item", &[("id", Some(owner))])
            } else {
                self.say(1, "basket", &[])
            }
            for step in list(quote, "trace") {
                let (of, id) = parts(step);
                if of == owner {
                    self.step(id, step);
                }
            }
        }
    }

    fn step(&mut self, id: &str, step: &Node) {
        self.say(2, "step", &[("step", Some(id)), ("result", get(step, "result"))]);
        self.line(3, get(step, "formula").unwrap_or_default());
        let values = values(step.get("values").map_or(&[], Node::fields));
        if !values.is_empty() {
            let written = values.iter().map(|(name, value)| self.words.say("explain", "value", &[("name", Some(name)), ("value", *value)]));
            self.line(3, &self.words.join("semicolon", written));
        }
        self.law(3, &strings(step, "citations"));
    }

    fn cited(&mut self) {
        let lines = self.laws.lines();
        if !lines.is_empty() {
            self.heading("laws");
            lines.iter().for_each(|line| self.line(1, line));
        }
    }
}
