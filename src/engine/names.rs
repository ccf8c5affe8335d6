//! Checks by name, for lines whose code does not tell what the article is.

#[cfg(feature = "whole")]
use super::checks::{ask, in_force, of_origin};
use super::prepare::pointer;
use super::scope::Scope;
#[cfg(feature = "whole")]
use super::scope::{Results, View};
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
    for (number, line) in scope.basket.lines.iter().enumerate() {
        let told = line.hs_code.is_some_and(|code| code.as_str().len() > DIGITS_OF_A_SUBHEADING) && !begins(line, &pack.vague_codes);
        let Some(name) = line.name.as_deref().filter(|_| !told) else { continue };
        if !ask_by_name(loaded, name, (number, line), scope, report) {
            let target = pointer("/items/", number, "/name");
            report.add(Finding::new(Code::RulesNamesUnread, Level::Info, target).remedy("supply-hs-code"));
        }
    }
}

/// Asks the checks whose terms are in a line's name; false when the terms are not here.
#[cfg(feature = "whole")]
fn ask_by_name(loaded: &LoadedPack, name: &str, (number, line): (usize, &Line), scope: &Scope<'_>, report: &mut Report) -> bool {
    let Some(terms) = &loaded.terms else { return false };
    let nothing = Results::default();
    for found in terms.find(name).matches {
        // The checks by code speak for a code that is one of theirs.
        let checks = loaded.pack.checks.iter().filter(|check| check.terms == Some(found.group) && !begins(line, &check.hs));
        for check in checks.filter(|check| in_force(check, scope)) {
            if of_origin(check, scope, number, report) {
                ask(check, View::new(scope, None, &nothing, Some(number)), Some(terms.text(found.term)), report);
            }
        }
    }
    true
}

/// A build that reads no names.
#[cfg(not(feature = "whole"))]
const fn ask_by_name(_: &LoadedPack, _: &str, _: (usize, &Line), _: &Scope<'_>, _: &mut Report) -> bool {
    false
}

/// Whether a line has a code that begins with one of these.
fn begins(line: &Line, prefixes: &[String]) -> bool {
    line.hs_code.is_some_and(|code| prefixes.iter().any(|prefix| code.starts_with(prefix)))
}
