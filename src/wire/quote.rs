//! The quote, to the tree: every field of the contract, in its order.

use super::digest::digest;
use super::node::{Fields, Node};
use crate::codes::Country;
use crate::date::Date;
use crate::digits::push_number;
use crate::finding::Finding;
use crate::formula::Value;
use crate::money;
use crate::pack::{Citation, Instrument, Pack};
use crate::quote::{Amounts, Charge, Item, Limit, Quote, TraceStep};
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// What a response says besides the quote itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The destination; absent when the basket could not be read.
    pub destination: Option<Country>,
    /// The date asked about; absent when the basket could not be read.
    pub as_of: Option<Date>,
    /// The pack, and the SHA-256 of its bytes in hexadecimal digits.
    pub pack: Option<(&'a Pack, &'a str)>,
    /// The basket in canonical form ([`super::basket::write`]); absent when it could not be read.
    pub basket: Option<&'a Node>,
}

/// A finding that cites nothing, outside a quote.
#[must_use]
pub fn finding_node(finding: &Finding) -> Node {
    Writer { pack: None, decimals: 0, cited: Vec::new() }.finding(finding)
}

/// The response to a basket, with its digest.
#[must_use]
pub fn write(quote: &Quote, context: &Context<'_>) -> Node {
    let mut writer = Writer {
        pack: context.pack.map(|(pack, _)| pack),
        decimals: context.pack.map_or(0, |(pack, _)| pack.currency.decimals()),
        cited: Vec::new(),
    };
    // Citations are listed in the order of their first use, which is the order of these two.
    let findings = writer.list(&quote.findings, Writer::finding);
    let trace = writer.list(&quote.trace, Writer::step);
    let mut fields = Fields::default();
    fields.word("status", quote.status.name());
    fields.text_or_null("destination", context.destination.as_ref().map(Country::code));
    fields.text_or_null("channel", quote.channel.as_deref());
    fields.text_or_null("regime", quote.regime.as_deref());
    fields.text_or_null("asOf", context.as_of.map(Date::text).as_deref());
    fields.text_or_null("currencyCode", writer.pack.map(|pack| pack.currency.code()));
    fields.put("amounts", quote.amounts.as_ref().map_or(Node::Null, |amounts| writer.amounts(amounts)));
    fields.put("items", writer.list(&quote.items, Writer::item));
    fields.put("charges", writer.list(&quote.charges, Writer::charge));
    fields.put("limits", writer.list(&quote.limits, Writer::limit));
    let mut alternatives = Vec::new();
    for alternative in &quote.alternatives {
        let mut fields = Fields::default();
        fields.text("regime", &alternative.regime);
        fields.put("applies", Node::Truth(alternative.applies));
        fields.put("because", texts(&alternative.because));
        alternatives.push(fields.object());
    }
    fields.put("alternatives", Node::List(alternatives));
    fields.put("findings", findings);
    fields.put("trace", trace);
    fields.put("citations", writer.citations());
    let rules = context.pack.map(|(pack, sha256)| {
        let mut fields = Fields::default();
        fields.text("pack", &pack.id);
        fields.text("version", &pack.version);
        fields.text("sha256", sha256);
        fields.object()
    });
    fields.put("rules", rules.unwrap_or(Node::Null));
    fields.word("engine", env!("CARGO_PKG_VERSION"));
    // The digest is over what stands before it.
    let digest = digest(context.basket, context.pack.map(|(_, sha256)| sha256), &fields);
    fields.put("digest", Node::text(digest));
    fields.object()
}

/// What the parts of a response share.
struct Writer<'a> {
    pack: Option<&'a Pack>,
    /// The decimals of the pack's currency.
    decimals: u32,
    /// The citations used so far, each with its name, in the order of first use.
    cited: Vec<(u16, String)>,
}

impl Writer<'_> {
    fn list<T>(&mut self, entries: &[T], write: fn(&mut Self, &T) -> Node) -> Node {
        let mut list = Vec::with_capacity(entries.len());
        for entry in entries {
            list.push(write(self, entry));
        }
        Node::List(list)
    }

    #[inline(never)]
    fn money(&self, fields: &mut Fields, name: &'static str, amount: Option<Decimal>) {
        fields.text_or_null(name, amount.map(|amount| money::text(amount, self.decimals)).as_deref());
    }

    fn amounts(&self, amounts: &Amounts) -> Node {
        let sums = [
            ("items", amounts.items),
            ("shipping", amounts.shipping),
            ("insurance", amounts.insurance),
            ("discounts", amounts.discounts),
            ("dutiableValue", amounts.dutiable_value),
            ("duties", amounts.duties),
            ("taxes", amounts.taxes),
            ("fees", amounts.fees),
            ("dutiesAndTaxes", amounts.duties_and_taxes),
            ("total", amounts.total),
        ];
        let mut fields = Fields::default();
        for (name, amount) in sums {
            self.money(&mut fields, name, Some(amount));
        }
        fields.object()
    }

    fn item(&mut self, item: &Item) -> Node {
        let mut fields = Fields::default();
        fields.text("id", &item.id);
        self.money(&mut fields, "dutiableValue", item.dutiable_value);
        fields.put("charges", self.list(&item.charges, Writer::charge));
        self.money(&mut fields, "dutiesAndTaxes", item.duties_and_taxes);
        fields.object()
    }

    fn charge(&mut self, charge: &Charge) -> Node {
        let mut fields = Fields::default();
        fields.text("id", &charge.id);
        fields.word("kind", charge.kind.name());
        fields.text_or_null("rate", charge.rate.map(|rate| Value::Number(rate).text()).as_deref());
        self.money(&mut fields, "amount", Some(charge.amount));
        fields.put("steps", texts(&charge.steps));
        fields.object()
    }

    fn limit(&mut self, limit: &Limit) -> Node {
        let period = limit.period.map(|year| {
            let mut text = String::new();
            push_number(&mut text, usize::from(year));
            text
        });
        let mut fields = Fields::default();
        fields.text("id", &limit.id);
        self.money(&mut fields, "limit", Some(limit.limit));
        self.money(&mut fields, "used", limit.used);
        self.money(&mut fields, "thisBasket", Some(limit.this_basket));
        self.money(&mut fields, "remaining", limit.remaining);
        fields.text_or_null("period", period.as_deref());
        fields.object()
    }

    fn finding(&mut self, finding: &Finding) -> Node {
        let remedies = finding.remedies.iter().map(|remedy| Node::text(*remedy)).collect();
        let mut fields = Fields::default();
        fields.word("code", finding.code.name());
        fields.word("level", finding.level.name());
        fields.text("target", &finding.target);
        fields.put("params", values(&finding.params));
        fields.put("citations", self.cite(&finding.citations));
        fields.put("remedies", Node::List(remedies));
        fields.object()
    }

    fn step(&mut self, step: &TraceStep) -> Node {
        let mut fields = Fields::default();
        fields.text("step", &step.step);
        fields.text("formula", &step.formula);
        fields.put("values", values(&step.values));
        fields.put("result", Node::text(step.result.text()));
        fields.put("citations", self.cite(&step.citations));
        fields.object()
    }

    /// The names of these citations, which are noted as used.
    fn cite(&mut self, indices: &[u16]) -> Node {
        let mut names = Vec::with_capacity(indices.len());
        for index in indices {
            let known = self.cited.iter().find(|(other, _)| other == index).map(|(_, name)| name.clone());
            let name = known.or_else(|| {
                let (citation, instrument) = self.citation(*index)?;
                let mut name = instrument.id.clone();
                if !citation.place.is_empty() {
                    name.push('.');
                    name.push_str(&citation.place);
                }
                self.cited.push((*index, name.clone()));
                Some(name)
            });
            names.extend(name.map(Node::text));
        }
        Node::List(names)
    }

    fn citations(&self) -> Node {
        let mut all = Fields::default();
        for (index, name) in &self.cited {
            if let Some((citation, instrument)) = self.citation(*index) {
                let mut fields = Fields::default();
                fields.text_or_null("number", instrument.number.as_deref());
                fields.text("issuer", &instrument.issuer);
                fields.text_or_null("date", instrument.date.map(Date::text).as_deref());
                fields.text_or_null("title", instrument.title.as_deref());
                fields.text("titleEn", &instrument.title_en);
                fields.text_or_null("url", instrument.url.as_deref());
                fields.word("grade", instrument.grade.name());
                fields.text_or_null("place", Some(citation.place.as_str()).filter(|place| !place.is_empty()));
                all.put_named(name.clone(), fields.object());
            }
        }
        all.object()
    }

    fn citation(&self, index: u16) -> Option<(&Citation, &Instrument)> {
        let pack = self.pack?;
        let citation = pack.citations.get(usize::from(index))?;
        Some((citation, pack.instruments.get(usize::from(citation.instrument))?))
    }
}

fn texts(texts: &[String]) -> Node {
    Node::List(texts.iter().map(|text| Node::text(text.clone())).collect())
}

fn values(values: &[(String, Value)]) -> Node {
    let mut fields = Fields::default();
    for (name, value) in values {
        fields.put_named(name.clone(), Node::text(value.text()));
    }
    fields.object()
}
