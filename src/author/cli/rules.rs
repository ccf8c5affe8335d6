//! `preclear rules`: check, build and document here, import in [`super::import`].

use super::arguments::Arguments;
use super::{Console, DONE, Outcome, STOPPED, Unusable, import};
use crate::author::sources::Sources;
use crate::author::{Compiled, compile_all, document, encode, encode_terms, fingerprints, forms, regions, texts};
use crate::date::Date;
use std::format;
use std::fs;
use std::path::Path;
use std::string::{String, ToString};
use std::vec::Vec;

/// Where the rules are.
pub const RULES: &str = "rules";
/// Where compiled packs go.
const PACKS: &str = "pkg/packs";

pub fn run(mut words: Vec<String>, console: &mut Console<'_>) -> Outcome {
    let command = if words.is_empty() { String::new() } else { words.remove(0) };
    match command.as_str() {
        "check" => check(&Arguments::read(words, &[], &[], 1)?, console),
        "build" => build(&Arguments::read(words, &[], &["--out"], 1)?, console),
        "document" => document(&Arguments::read(words, &[], &["--as-of"], 2)?, console),
        "import" => import::run(&Arguments::read(words, &["--partial"], &import::OPTIONS, 3)?, console),
        _ => Err(Unusable::new("expected rules check, build, document or import")),
    }
}

/// The rules of a folder, compiled; `None` when they have faults, which have been told.
fn compiled(folder: &str, console: &mut Console<'_>) -> Result<Option<(Sources, Vec<Compiled>)>, Unusable> {
    let sources = Sources::read(Path::new(folder)).map_err(|(file, error)| {
        let what = if file.is_empty() { "the folder".to_string() } else { file };
        Unusable::new(format!("rules: {what} cannot be read: {}", error.kind()))
    })?;
    if sources.destinations().is_empty() {
        return Err(Unusable::new("rules: the folder holds no destination: no folder in it has a pack.toml"));
    }
    match compile_all(&sources) {
        Ok(packs) => Ok(Some((sources, packs))),
        Err(faults) => {
            let folder = folder.trim_end_matches('/');
            let lines: Vec<String> = faults.iter().map(|fault| format!("{folder}/{fault}\n")).collect();
            console.print(&lines.concat());
            console.complain(&format!("{}\n", count(faults.len(), "fault")));
            Ok(None)
        }
    }
}

pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn check(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let folder = arguments.words.first().map_or(RULES, String::as_str);
    let Some((sources, packs)) = compiled(folder, console)? else { return Ok(STOPPED) };
    let now = fingerprints::text(&packs);
    let changed = fingerprints::changed(sources.get(fingerprints::FILE).unwrap_or_default(), &now);
    if sources.get(fingerprints::FILE) != Some(now.as_str()) {
        let folder = folder.trim_end_matches('/');
        let what = if changed.is_empty() { "its form".to_string() } else { changed.join(", ") };
        console.print(&format!("{folder}/{}:1:1: out of date: {what}; `preclear rules build` rewrites it\n", fingerprints::FILE));
        console.complain("1 fault\n");
        return Ok(STOPPED);
    }
    console.print(&format!("{}, no fault\n", count(packs.len(), "pack")));
    Ok(DONE)
}

fn build(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let folder = arguments.words.first().map_or(RULES, String::as_str);
    let Some((sources, packs)) = compiled(folder, console)? else { return Ok(STOPPED) };
    let out = Path::new(arguments.option("--out").unwrap_or(PACKS));
    let unwritable = |what: &str| Unusable::new(format!("rules build: {what} cannot be written"));
    fs::create_dir_all(out).map_err(|_| unwritable("the output folder"))?;
    let write = |name: &str, bytes: &[u8]| fs::write(out.join(name), bytes).map_err(|_| unwritable(name));
    for compiled in &packs {
        let (id, bytes) = (&compiled.pack.id, encode(&compiled.pack));
        write(&format!("{id}.pack"), &bytes)?;
        if let Some(terms) = &compiled.terms {
            write(&format!("{id}.terms"), &encode_terms(terms))?;
        }
        for (locale, labels) in &compiled.texts {
            write(&format!("{id}.{locale}.json"), texts::json(labels).as_bytes())?;
        }
        if let Some(regions) = &compiled.regions {
            write(&regions::compiled_name(id), regions)?;
        }
        if let Some(forms) = &compiled.forms {
            write(&forms::compiled_name(id), forms)?;
        }
        console.print(&format!("{id} {} {} bytes sha256 {}\n", compiled.pack.version, bytes.len(), fingerprints::hash(&bytes)));
    }
    let now = fingerprints::text(&packs);
    // Left alone when it is right, so that what depends on its date is not made again.
    if sources.get(fingerprints::FILE) != Some(now.as_str()) {
        fs::write(Path::new(folder).join(fingerprints::FILE), &now).map_err(|_| unwritable(fingerprints::FILE))?;
    }
    write("manifest.json", manifest(&packs).as_bytes())?;
    Ok(DONE)
}

/// The rules of one destination as a page.
fn document(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let mut words = arguments.words.iter();
    let id = words.next().ok_or_else(|| Unusable::new("rules document: expected a destination"))?;
    let folder = words.next().map_or(RULES, String::as_str);
    let Some((sources, packs)) = compiled(folder, console)? else { return Ok(STOPPED) };
    let found = packs.iter().find(|compiled| compiled.pack.is_for(id));
    let compiled = found.ok_or_else(|| Unusable::new("rules document: no rules for this destination"))?;
    // The page is the same whenever it is made, so its day is the rules' own.
    let version = Date::parse(&compiled.pack.version.replace('.', "-"));
    let date = arguments.date("--as-of")?.or(version);
    let date = date.ok_or_else(|| Unusable::new("rules document: the version of the rules is no day; use --as-of"))?;
    console.print(&document::page(&sources, compiled, date));
    Ok(DONE)
}

/// What there is to load, by id: file, size and hash of the pack and of its labels.
fn manifest(packs: &[Compiled]) -> String {
    let file = |name: String, bytes: &[u8]| serde_json::json!({ "file": name, "bytes": bytes.len(), "sha256": fingerprints::hash(bytes) });
    let mut all = serde_json::Map::new();
    for compiled in packs {
        let pack = &compiled.pack;
        let mut entry = file(format!("{}.pack", pack.id), &encode(pack));
        let labels = compiled
            .texts
            .iter()
            .map(|(locale, labels)| (locale.clone(), file(format!("{}.{locale}.json", pack.id), texts::json(labels).as_bytes())));
        if let Some(entry) = entry.as_object_mut() {
            // Their labels can be loaded with the first finding about goods.
            let checks = pack.checks.iter().chain(pack.regimes.iter().flat_map(|regime| &regime.checks));
            let about_goods = checks.filter(|check| check.notice.code.name().starts_with("goods."));
            entry.insert("checksOfGoods".to_string(), about_goods.map(|check| check.id.clone()).collect());
            let countries: Vec<&str> = pack.destinations.iter().map(crate::codes::Country::code).collect();
            entry.insert("destinations".to_string(), countries.into());
            entry.insert("version".to_string(), pack.version.clone().into());
            if let Some(forms) = &compiled.forms {
                entry.insert("forms".to_string(), file(forms::compiled_name(&pack.id), forms));
            }
            if let Some(terms) = &compiled.terms {
                entry.insert("terms".to_string(), file(format!("{}.terms", pack.id), &encode_terms(terms)));
            }
            if let Some(regions) = &compiled.regions {
                entry.insert("regions".to_string(), file(regions::compiled_name(&pack.id), regions));
            }
            entry.insert("texts".to_string(), serde_json::Value::Object(labels.collect()));
        }
        all.insert(pack.id.clone(), entry);
    }
    let mut text = serde_json::to_string_pretty(&serde_json::json!({ "packs": all })).unwrap_or_default();
    text.push('\n');
    text
}
