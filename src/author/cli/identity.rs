//! `preclear identity`.

use super::arguments::Arguments;
use super::{Console, DONE, Outcome, STOPPED, Unusable, clock};
use crate::author::regions;
use crate::author::sources::Sources;
use crate::codes::Country;
use crate::identity::{Checker, Secret, kinds_of};
use crate::wire::node::Node;
use crate::wire::{identity, json};
use std::io::Read;
use std::vec::Vec;
use zeroize::Zeroizing;

/// The most bytes that are read: the longest name in UTF-8 is shorter.
const MOST_BYTES: u64 = 1024;

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let country = arguments.option("--country").ok_or_else(|| Unusable::new("identity: --country says whose number it is"))?;
    let as_of = arguments.date("--as-of")?.or_else(clock::today);
    let kind = arguments.option("--type");
    let known: Vec<&str> = Country::parse(country).map(|country| kinds_of(country).map(|kind| kind.id).collect()).unwrap_or_default();
    if kind.is_none() && known.is_empty() {
        return Err(Unusable::new("identity: no number of this country is known"));
    }
    let number = read(console)?;
    let verdict = identity::check(&checker(), country, kind, &number, as_of);
    let exit = match verdict.get("verdict").and_then(Node::as_text) {
        Some("valid" | "doubtful") => DONE,
        Some("invalid") => STOPPED,
        _ => return Err(Unusable::new(std::format!("identity: --type is none of this country's: {}", known.join(", ")))),
    };
    console.print(&json::pretty(&verdict));
    Ok(exit)
}

/// One line of standard input.
fn read(console: &mut Console<'_>) -> Result<Secret, Unusable> {
    // Reserved at once: a buffer that grows leaves copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(MOST_BYTES).unwrap_or_default().saturating_add(1)));
    console
        .input
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| Unusable::new(std::format!("identity: standard input cannot be read: {}", error.kind())))?;
    let text = core::str::from_utf8(&bytes).map_err(|_| Unusable::new("identity: standard input is not UTF-8"))?;
    Ok(Secret::new(text.trim().chars()))
}

/// A checker with the tables of regions inside this program.
fn checker() -> Checker {
    let mut checker = Checker::new();
    let sources = Sources::embedded();
    for id in sources.destinations() {
        let path = std::format!("{id}/{}", regions::FILE);
        let bytes = sources.get(&path).and_then(|text| regions::compile(&path, text, &crate::author::Faults::default()));
        if let Some((country, bytes)) = Country::parse(&id.to_ascii_uppercase()).zip(bytes) {
            checker.add_regions(country, &bytes);
        }
    }
    checker
}
