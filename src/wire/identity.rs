//! The verdict on a person's number, to the tree.

use super::node::{Fields, Node};
use super::quote::finding_node;
use crate::codes::Country;
use crate::date::Date;
use crate::finding::{Code, Finding, Level};
use crate::formula::Value;
use crate::identity::{Checker, Secret, Verdict, kind, kinds_of};
use alloc::string::String;
use alloc::vec::Vec;

/// Checks a number of a country; `id` is the kind of number, the country's usual one when there is none.
///
/// The answer holds the kind, the verdict (`valid`, `invalid`, `doubtful`, `unsupported`), what was checked, and at most one finding. Nothing of
/// the number is in it.
#[must_use]
pub fn check(checker: &Checker, country: &str, id: Option<&str>, number: &Secret, as_of: Option<Date>) -> Node {
    let country = Country::parse(country);
    let found = country.and_then(|country| match id {
        Some(id) => kind(country, id),
        None => kinds_of(country).next(),
    });
    let mut fields = Fields::default();
    let (Some(country), Some(kind)) = (country, found) else {
        fields.text_or_null("type", None);
        fields.word("verdict", "unsupported");
        fields.put("checked", Node::List(Vec::new()));
        let target = if id.is_some() { "/type" } else { "/countryCode" };
        let finding = Finding::new(Code::IdentityUnsupported, Level::Warn, target.into());
        fields.put("findings", Node::List(alloc::vec![finding_node(&finding)]));
        return fields.object();
    };
    let verdict = checker.check(country, kind, number, as_of);
    fields.text_or_null("type", Some(kind.id));
    fields.word(
        "verdict",
        match verdict {
            Verdict { reason: None, .. } => "valid",
            Verdict { certain: false, .. } => "doubtful",
            _ => "invalid",
        },
    );
    fields.put("checked", Node::List(verdict.checked.iter().map(|aspect| Node::text(String::from(aspect.name()))).collect()));
    let finding = verdict.reason.map(|reason| {
        let level = if verdict.certain { Level::Block } else { Level::Warn };
        Finding::new(Code::IdentityInvalid, level, "/number".into())
            .with("type", Value::Code(kind.id.into()))
            .with("reason", Value::Code(reason.name().into()))
            .remedy("correct-identity")
    });
    fields.put("findings", Node::List(finding.iter().map(finding_node).collect()));
    fields.object()
}
