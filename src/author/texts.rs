//! Labels for people, one file a locale, and their JSON for the packages that show them.

use super::fault::{Faults, hint};
use super::section::{Placed, Section, TomlFile};
use super::sources::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::string::{String, ToString};
use std::vec::Vec;

/// A locale's labels: by kind (`step`, `regime` …), then by id.
pub type Texts = BTreeMap<String, BTreeMap<String, String>>;

/// The language of a pack's labels where it does not have the one asked for.
pub const FALLBACK: &str = "en";

/// Kinds of label whose ids are the pack's.
const KINDS: [&str; 7] = ["step", "regime", "channel", "condition", "limit", "check", "parameter"];
/// The kind whose ids are the authors' own: facts that a shop is asked for.
const FIELD: &str = "field";

/// The path of a locale's file.
#[must_use]
pub fn path(folder: &str, locale: &str) -> String {
    std::format!("{folder}texts.{locale}.toml")
}

/// Reads the labels of every locale for what needs one, by kind. A label that is missing, or for nothing, is a fault.
#[must_use]
pub fn read(
    sources: &Sources,
    folder: &str,
    labelled: &BTreeMap<&'static str, BTreeSet<String>>,
    main: &Section<'_>,
    locales: &[Placed],
    faults: &Faults,
) -> BTreeMap<String, Texts> {
    let mut files = Vec::new();
    for locale in locales {
        let name = path(folder, &locale.text);
        match sources.get(&name) {
            Some(text) => files.extend(TomlFile::parse(&name, text, faults).map(|file| (locale.text.clone(), file))),
            None => main.fault(locale.offset, std::format!("there is no file `texts.{}.toml`", locale.text)),
        }
    }
    let mut fields = BTreeSet::new();
    for (_, file) in &files {
        let root = file.section(faults);
        if let Some(section) = root.section(FIELD) {
            fields.extend(section.entries().into_iter().map(|(key, _)| key.text));
        }
    }
    let mut all = BTreeMap::new();
    for (locale, file) in &files {
        let root = file.section(faults);
        let mut texts = Texts::new();
        for kind in KINDS {
            texts.insert(kind.to_string(), labels(&root, kind, labelled.get(kind).unwrap_or(&BTreeSet::new())));
        }
        texts.insert(FIELD.to_string(), labels(&root, FIELD, &fields));
        root.finish();
        all.insert(locale.clone(), texts);
    }
    all
}

fn labels(root: &Section<'_>, kind: &'static str, ids: &BTreeSet<String>) -> BTreeMap<String, String> {
    let section = root.section(kind);
    let place = section.as_ref().map_or(0, |section| section.offset);
    let mut labels = BTreeMap::new();
    for (key, text) in section.map(|section| section.entries()).unwrap_or_default() {
        if !ids.contains(&key.text) {
            let near = hint(&key.text, ids.iter().map(String::as_str));
            root.fault(key.offset, std::format!("there is no {kind} `{}`{near}", key.text));
        }
        if text.text.trim().is_empty() {
            root.fault(text.offset, std::format!("the label of `{}` is empty", key.text));
        }
        labels.insert(key.text, text.text);
    }
    for id in ids.iter().filter(|id| !labels.contains_key(*id)) {
        root.fault(place, std::format!("no label for the {kind} `{id}`"));
    }
    labels
}

/// The labels as JSON, with sorted keys, ending in a line feed.
#[must_use]
pub fn json(texts: &Texts) -> String {
    let mut json = serde_json::to_string_pretty(texts).unwrap_or_default();
    json.push('\n');
    json
}
