//! Checks by name, for lines whose code does not tell what the article is.

use super::checks::{ask, in_force, of_origin};
use super::prepare::pointer;
use super::scope::{Results, Scope, View};
use super::{LoadedPack, Report};
use crate::basket::Line;
use crate::finding::{Code, Finding, Level};
use alloc::string::String;

/// An international subheading has six digits; only those after them tell one kind of goods from another.
const DIGITS_OF_A_SUBHEADING: usize = 6;

/// Reads the names of lines that have no code, a vague one, or none beyond the subheading. A code that says more is believed.
pub fn run(loaded: &LoadedPack, scope: &Scope<'_>, report: &mut Report) {
    let pack = &loaded.pack;
    if pack.terms.is_none() {
        return;
    }
    let nothing = Results::default();
    for (number, line) in scope.basket.lines.iter().enumerate() {
        let told = line.hs_code.is_some_and(|code| code.as_str().len() > DIGITS_OF_A_SUBHEADING) && !begins(line, &pack.vague_codes);
        let Some(name) = line.name.as_deref().filter(|_| !told) else { continue };
        let Some(terms) = &loaded.terms else {
            let target = pointer("/items/", number, "/name");
            report.add(Finding::new(Code::RulesNamesUnread, Level::Info, target).remedy("supply-hs-code"));
            continue;
        };
        for found in terms.find(name).matches {
            // The checks by code speak for a code that is one of theirs.
            let checks = pack.checks.iter().filter(|check| check.terms == Some(found.group) && !begins(line, &check.hs));
            for check in checks.filter(|check| in_force(check, scope)) {
                if of_origin(check, scope, number, report) {
                    ask(check, View::new(scope, None, &nothing, Some(number)), Some(terms.text(found.term)), report);
                }
            }
        }
    }
}

/// Whether a line has a code that begins with one of these.
fn begins(line: &Line, prefixes: &[String]) -> bool {
    line.hs_code.is_some_and(|code| prefixes.iter().any(|prefix| code.starts_with(prefix)))
}
