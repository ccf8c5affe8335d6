//! `preclear declare`, `preclear validate`, `preclear pull` and `preclear receipt`.

use super::arguments::Arguments;
use super::world::World;
use super::{Console, DONE, Outcome, STOPPED, Unusable, clock, quote};
use crate::author::sources::Sources;
use crate::author::{Faults, compile};
use crate::codes::Country;
use crate::finding::Level;
use crate::forms::build::{FORMS, UNSUPPORTED};
use crate::forms::pull::Built;
use crate::forms::reader::MOST_BYTES;
use crate::forms::table::{Forms, LOCALES};
use crate::forms::{self, MOST_DOCUMENTS};
use crate::identity::Checker;
use crate::wire::node::LONGEST_RAW_BYTES;
use crate::wire::{answer, forms as wire, json, order, pull};
use std::fs::File;
use std::io::Read;
use std::string::String;
use std::vec::Vec;
use zeroize::Zeroizing;

/// The destination whose messages these are.
const DESTINATION: &str = "cn";

/// The forms inside this program, and a checker of numbers with their regions.
pub fn load() -> Result<(Forms, Checker), Unusable> {
    let faulty = || Unusable::new("the forms inside this program have faults; `preclear rules check` lists them");
    let compiled = compile(&Sources::embedded(), DESTINATION, &Faults::default()).ok_or_else(faulty)?;
    let forms = compiled.forms.as_deref().and_then(Forms::decode).ok_or_else(faulty)?;
    let mut checker = Checker::new();
    if let Some((country, regions)) = Country::parse(&DESTINATION.to_ascii_uppercase()).zip(compiled.regions) {
        checker.add_regions(country, &regions);
    }
    Ok((forms, checker))
}

pub fn validate(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let names: Vec<Option<&String>> = if arguments.words.is_empty() {
        std::vec![None]
    } else {
        arguments.words.iter().map(|name| Some(name).filter(|name| *name != "-")).collect()
    };
    let mut messages = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        messages.push(read(name, number, console)?);
    }
    let (forms, checker) = load()?;
    let texts: Vec<&[u8]> = messages.iter().map(|message| message.as_slice()).collect();
    let report = forms::validate(&forms, &checker, &texts);
    console.print(&json::pretty(&wire::report(&report)));
    Ok(if report.blocks { STOPPED } else { DONE })
}

pub fn declare(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let form = arguments.option("--form").unwrap_or_default();
    if !FORMS.contains(&form) && !UNSUPPORTED.iter().any(|(other, _)| *other == form) {
        return Err(Unusable::new(std::format!("declare: --form must be one of {}", FORMS.join(", "))));
    }
    let bytes = read(arguments.words.first().filter(|name| *name != "-"), 0, console)?;
    let request = json::read(&bytes).map_err(|fault| no_json("order", fault))?;
    let (mut basket, mut rest) = order::split(request);
    quote::date(&mut basket, arguments.date("--as-of")?);
    let (forms, checker) = load()?;
    let world = World::load(arguments)?;
    let quote = answer::answer(&world.engine, &basket);
    let time = match arguments.option("--time") {
        Some(time) => String::from(time),
        None => clock::second_in_china().ok_or_else(|| Unusable::new("declare: the clock shows no time; use --time"))?,
    };
    let guids = [guid()?, guid()?];
    let declared = order::message(&forms, &checker, form, (&basket, &rest), &quote, (&time, [&guids[0], &guids[1]]));
    let blocks = |level: Level| level == Level::Block;
    let (answer, stopped) = match &declared {
        Ok(declared) => (order::answer(declared), declared.findings.iter().any(|finding| blocks(finding.level))),
        Err(refused) => (order::refuse(refused), true),
    };
    order::wipe(&mut rest);
    order::wipe(&mut basket);
    console.print(&Zeroizing::new(json::pretty(&answer)));
    Ok(if stopped { STOPPED } else { DONE })
}

fn guid() -> Result<String, Unusable> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| Unusable::new("declare: this platform gives no random numbers"))?;
    Ok(order::guid(random))
}

pub fn pull(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let bytes = read(arguments.words.first().filter(|name| *name != "-"), 0, console)?;
    let mut payment = json::read_with(&bytes, LONGEST_RAW_BYTES).map_err(|fault| no_json("payment", fault))?;
    let (forms, _) = load()?;
    let signed = pull::signed(arguments.option("--certificate"), arguments.option("--signature"));
    let made = pull::message(&forms, &payment, &guid()?, signed);
    order::wipe(&mut payment);
    console.print(&Zeroizing::new(json::pretty(&pull::answer(&made))));
    let blocks = |built: &Built| built.findings.iter().any(|finding| finding.level == Level::Block);
    Ok(if made.as_ref().is_ok_and(|built| !blocks(built)) { DONE } else { STOPPED })
}

fn no_json(what: &str, fault: json::Fault) -> Unusable {
    Unusable::new(std::format!("{what}:{}:{}: expected JSON", fault.line, fault.column))
}

pub fn receipt(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let locale = arguments.option("--locale").unwrap_or(LOCALES[0]);
    if !LOCALES.contains(&locale) {
        return Err(Unusable::new(std::format!("--locale: expected {}", LOCALES.join(" or "))));
    }
    let message = read(arguments.words.first().filter(|name| *name != "-"), 0, console)?;
    let (forms, _) = load()?;
    let explained = forms::receipt::explain(&forms, &message);
    console.print(&json::pretty(&wire::receipt(&explained, locale)));
    let good = |answer: &forms::receipt::Answer<'_>| {
        let ends = |reason: &forms::table::Reason| ["mend", "lost"].contains(&&*reason.outcome);
        !answer.failed && !answer.state.is_some_and(ends) && !answer.reasons.iter().any(|reason| ends(reason))
    };
    Ok(if explained.found.blocks || !explained.answers.iter().all(good) { STOPPED } else { DONE })
}

/// The bytes of a file or of standard input, one more than is read at most.
pub fn read(name: Option<&String>, number: usize, console: &mut Console<'_>) -> Result<Zeroizing<Vec<u8>>, Unusable> {
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Zeroizing::new(Vec::new());
    let mut take = |source: &mut dyn Read, expected: u64| {
        // Reserved at once where the size is known: a buffer that grows leaves copies behind.
        bytes.reserve(usize::try_from(expected.min(most)).unwrap_or(0));
        source.take(most).read_to_end(&mut bytes)
    };
    let taken = match name {
        None => take(console.input, 0),
        Some(name) => File::open(name).and_then(|mut file| {
            let size = file.metadata().map_or(0, |data| data.len());
            take(&mut file, size.saturating_add(1))
        }),
    };
    // Which of them, by its number: a name may hold an order's.
    let which = number.saturating_add(1);
    taken.map_err(|error| Unusable::new(std::format!("message {which} cannot be read: {}", error.kind())))?;
    Ok(bytes)
}

/// How many messages may be named.
pub const MOST_FILES: usize = MOST_DOCUMENTS;
