//! Declaration forms, to the tree: what was found in messages.

use super::node::{Fields, Node};
use crate::digits::push_number;
use crate::forms::Report;
use crate::forms::found::{Finding, Param};
use crate::forms::receipt::Explained;
use crate::forms::table::{LOCALES, Reason};
use crate::money;
use alloc::string::String;
use alloc::vec::Vec;

fn number(number: usize) -> Node {
    let mut text = String::new();
    push_number(&mut text, number);
    Node::text(text)
}

/// A finding in a message.
#[must_use]
pub fn finding(finding: &Finding) -> Node {
    let mut fields = Fields::default();
    fields.word("code", finding.code.name());
    fields.word("level", finding.level.name());
    fields.put("document", number(finding.document));
    fields.put("line", number(finding.line));
    fields.put("column", number(finding.column));
    fields.text("path", &finding.path);
    fields.text_or_null("element", finding.element.as_deref());
    fields.text("rule", &finding.rule);
    fields.put("prevents", Node::List(finding.prevents.split_whitespace().map(|code| Node::text(String::from(code))).collect()));
    let mut params = Fields::default();
    for (name, param) in &finding.params {
        match param {
            Param::Count(count) => params.put(name, number(*count)),
            Param::Amount(amount) => params.put(name, Node::text(money::text(*amount, 2))),
            Param::Word(word) => params.text(name, word),
        }
    }
    fields.put("params", params.object());
    fields.object()
}

/// A finding in a message that was made, with the place of its fact in what the message was made of.
#[must_use]
pub fn placed(finding: &Finding, target: String) -> Node {
    let mut node = self::finding(finding);
    if let Node::Object(fields) = &mut node {
        fields.push(("target".into(), Node::text(target)));
    }
    node
}

/// A receipt, explained in a language of [`crate::forms::table::LOCALES`]; the first of them where there is no such one.
#[must_use]
pub fn receipt(explained: &Explained<'_>, locale: &str) -> Node {
    let language = LOCALES.iter().position(|other| *other == locale).unwrap_or(0);
    let reason = |reason: &&Reason| {
        let mut fields = Fields::default();
        let (says, mend) = reason.texts.get(language).map_or(("", ""), |(says, mend)| (&**says, &**mend));
        for (name, text) in [("code", &*reason.code), ("outcome", &*reason.outcome), ("who", &*reason.who)] {
            fields.text(name, text);
        }
        fields.text("text", says);
        fields.text_or_null("mend", Some(mend).filter(|mend| !mend.is_empty()));
        fields.text_or_null("rule", Some(&*reason.rule).filter(|rule| !rule.is_empty()));
        fields.text("grade", &reason.grade);
        fields.object()
    };
    let answers = explained.answers.iter().map(|answer| {
        let mut fields = Fields::default();
        fields.text("path", &answer.path);
        fields.put("failed", Node::Truth(answer.failed));
        fields.put("state", answer.state.as_ref().map_or(Node::Null, reason));
        fields.put("reasons", Node::List(answer.reasons.iter().map(reason).collect()));
        fields.put("unknown", number(answer.unknown));
        fields.object()
    });
    let mut fields = Fields::default();
    fields.text_or_null("message", explained.message.as_deref());
    fields.put("documents", Node::List(answers.collect()));
    fields.put("findings", findings(&explained.found.list));
    fields.object()
}

/// The findings of some messages.
#[must_use]
pub fn findings(list: &[Finding]) -> Node {
    Node::List(list.iter().map(finding).collect())
}

/// What was found in some messages.
#[must_use]
pub fn report(report: &Report) -> Node {
    let documents: Vec<Node> = report
        .documents
        .iter()
        .map(|document| {
            let mut fields = Fields::default();
            fields.text_or_null("message", document.message.as_deref());
            fields.put("schemaValid", Node::Truth(document.schema_valid));
            fields.put("entries", number(document.entries));
            fields.object()
        })
        .collect();
    let mut fields = Fields::default();
    fields.word("verdict", if report.blocks { "invalid" } else { "valid" });
    fields.put("documents", Node::List(documents));
    fields.put("findings", findings(&report.findings));
    fields.put("more", number(report.more));
    fields.object()
}
