//! Recognising goods by their name: how well it does on labelled names, and what holds for every name.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may fail loudly, and reports its score"
)]
#![cfg(feature = "author")]

use preclear::author::sources::Sources;
use preclear::author::{Compiled, compile_all, encode, encode_terms};
use preclear::engine::Engine;
use preclear::names::Terms;
use preclear::pack::{PackError, TERMS_MAGIC, decode_terms};
use preclear::wire::{answer, json};
use proptest::prelude::*;
use serde_json::{Value, json as value};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::OnceLock;

fn china() -> &'static Compiled {
    static CHINA: OnceLock<Compiled> = OnceLock::new();
    CHINA.get_or_init(|| {
        let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).unwrap();
        compile_all(&sources).unwrap().into_iter().find(|compiled| compiled.pack.id == "cn").unwrap()
    })
}

fn terms() -> &'static Terms {
    china().terms.as_ref().unwrap()
}

/// The groups of a name: the ids of their checks without what all of them have.
fn groups(name: &str) -> BTreeSet<&'static str> {
    let check = |group: u8| china().pack.checks.iter().find(|check| check.terms == Some(group)).unwrap();
    let short = |id: &'static str| id.strip_prefix("cn.").unwrap().strip_suffix(".name").unwrap();
    terms().find(name).matches.iter().map(|found| short(&check(found.group).id)).collect()
}

/// The labelled names: each with the groups it belongs to.
fn labelled() -> Vec<(String, BTreeSet<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names/cn.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        let groups = row[1].split(' ').filter(|group| *group != "none").map(str::to_string).collect();
        (row[0].to_string(), groups)
    });
    rows.collect()
}

/// Whether a name is of the half that the terms were not chosen by: by its hash, so that nobody chooses.
fn held_out(name: &str) -> bool {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 32) & 1 == 1
}

/// Right, too many and too few groups.
#[derive(Default)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Score {
    fn of(names: &[(String, BTreeSet<String>)]) -> Self {
        let mut score = Self::default();
        for (name, labels) in names {
            let found: BTreeSet<String> = groups(name).into_iter().map(str::to_string).collect();
            let count = |number: usize| u32::try_from(number).unwrap();
            score.right += count(found.intersection(labels).count());
            score.wrong += count(found.difference(labels).count());
            score.missed += count(labels.difference(&found).count());
        }
        score
    }

    /// In thousandths.
    fn precision(&self) -> u32 {
        1000 * self.right / (self.right + self.wrong)
    }

    fn recall(&self) -> u32 {
        1000 * self.right / (self.right + self.missed)
    }
}

#[test]
fn names_are_recognised_and_near_misses_are_not() {
    let all = labelled();
    let none = all.iter().filter(|(_, labels)| labels.is_empty()).count();
    assert!(all.len() >= 600 && 2 * none >= all.len(), "{} names, {none} of them of no group", all.len());
    assert_eq!(all.iter().map(|(name, _)| name).collect::<BTreeSet<_>>().len(), all.len(), "a name is there twice");
    let known: BTreeSet<&str> = china().pack.checks.iter().filter(|check| check.terms.is_some()).map(|check| check.id.as_str()).collect();
    let used: BTreeSet<String> = all.iter().flat_map(|(_, labels)| labels.iter().map(|label| format!("cn.{label}.name"))).collect();
    assert_eq!(used.iter().map(String::as_str).collect::<BTreeSet<_>>(), known, "every group has names, and every label is a group");

    let (rest, held): (Vec<_>, Vec<_>) = all.iter().cloned().partition(|(name, _)| !held_out(name));
    for (part, names) in [("developed on", &rest), ("held out", &held), ("whole", &all)] {
        let score = Score::of(names);
        let (precision, recall) = (score.precision(), score.recall());
        // Past the runner, which shows what a test prints only when it fails.
        let report = format!(
            "report: names, {part}: precision 0.{precision:03}, recall 0.{recall:03}; {} names, {} right, {} wrong, {} missed\n",
            names.len(),
            score.right,
            score.wrong,
            score.missed
        );
        std::io::stdout().write_all(report.as_bytes()).unwrap();
        assert!(precision >= 950 && recall >= 850, "{part}: precision 0.{precision:03}, recall 0.{recall:03}");
    }
    // What fails is shown for the half that the terms may be chosen by, and for no other.
    for (name, labels) in &rest {
        let found = groups(name);
        if found.iter().map(ToString::to_string).collect::<BTreeSet<_>>() != *labels {
            println!("{name}: found {found:?}, labelled {labels:?}");
        }
    }
}

#[test]
fn near_misses_in_plain_words_are_none() {
    for name in ["Seed phrase steel plate", "Rum cake mould, silicone", "Bullet journal A5", "Egg chair", "Meatless jerky"] {
        assert_eq!(groups(name), BTreeSet::new(), "{name}");
    }
    // A radio, and no ham.
    assert_eq!(groups("Ham radio transceiver 5 W"), BTreeSet::from(["radio"]));
    assert_eq!(groups("Ham, cured"), BTreeSet::from(["meat"]));
}

#[test]
fn every_term_is_found_by_its_own_text() {
    // A term that its own exception or a word around it swallows could never be found.
    use preclear::names::Role;
    let mut dead = Vec::new();
    for (text, role) in terms().entries() {
        if let Role::Term(group) | Role::Always(group) = role
            && terms().find(text).matches.iter().all(|found| found.group != group)
        {
            dead.push(text);
        }
    }
    assert_eq!(dead, [""; 0]);
}

/// The longest term, in bytes.
fn longest() -> usize {
    terms().entries().map(|(text, _)| text.len()).max().unwrap()
}

#[test]
fn the_work_grows_with_the_name_and_no_faster() {
    // Names made of what a reader gets furthest into: whole terms, their beginnings, and every one of them after another.
    let all: Vec<&str> = terms().entries().map(|(text, _)| text).collect();
    let beginnings: Vec<String> = all.iter().map(|text| text.chars().take(text.chars().count() - 1).collect()).collect();
    let unit =
        [all.concat(), all.join(" "), beginnings.concat(), beginnings.join(" "), "枪".repeat(500), "a ".repeat(500), "ham ".repeat(500)];
    for unit in unit {
        let once = terms().find(&unit).steps;
        assert!(once <= unit.len() * longest(), "{once} steps for {} bytes", unit.len());
        for times in [2, 8] {
            let steps = terms().find(&unit.repeat(times)).steps;
            // Where one copy meets the next, a term can begin in one and end in the other.
            assert!(steps <= times * (once + longest() * longest()), "{steps} steps for {times} times {once}");
        }
    }
}

fn full_width(text: &str) -> String {
    let wide = |character: char| match character {
        ' ' => '\u{3000}',
        '!'..='~' => char::from_u32(u32::from(character) + 0xfee0).unwrap(),
        _ => character,
    };
    text.chars().map(wide).collect()
}

/// Texts that hold terms among anything else.
fn name() -> impl Strategy<Value = String> {
    let term = any::<proptest::sample::Index>().prop_map(|index| index.get(&terms().entries().collect::<Vec<_>>()).0.to_string());
    let part = prop_oneof![3 => term, 1 => ".{0,12}", 1 => "[ -~]{0,12}", 1 => "[ァ-ヶｦ-ﾟ가-힣一-鿿]{0,6}"];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.join(" "))
}

proptest! {
    #[test]
    fn any_name_is_read(name in name()) {
        let found = terms().find(&name);
        prop_assert!(found.steps <= name.len() * longest());
        let groups: BTreeSet<u8> = found.matches.iter().map(|found| found.group).collect();
        prop_assert_eq!(groups.len(), found.matches.len(), "a group twice");
        for found in found.matches {
            prop_assert!(!terms().text(found.term).is_empty());
        }
    }

    #[test]
    fn width_and_case_change_nothing(name in name()) {
        let found = terms().find(&name);
        prop_assert_eq!(&terms().find(&full_width(&name)), &found);
        prop_assert_eq!(&terms().find(&name.to_ascii_uppercase()), &found);
        prop_assert_eq!(&terms().find(&name.to_ascii_lowercase()), &found);
        prop_assert_eq!(&terms().find(&format!(" {} ", name.replace(' ', " - "))).matches.len(), &found.matches.len());
    }
}

fn engine(names: bool) -> Engine {
    let mut engine = Engine::new();
    engine.add_pack(&encode(&china().pack)).unwrap();
    if names {
        engine.add_pack(&encode_terms(terms())).unwrap();
    }
    engine
}

/// The findings about a line's name, and the text of the whole quote.
fn asked(engine: &Engine, channel: &str, item: Value) -> (Vec<Value>, String) {
    let mut item = item;
    for (key, default) in [("id", "1"), ("quantity", "1"), ("amount", "10.00")] {
        item.as_object_mut().unwrap().entry(key).or_insert(default.into());
    }
    let basket =
        value!({ "shipTo": { "countryCode": "CN" }, "channel": channel, "asOf": "2026-11-23", "currencyCode": "CNY", "items": [item] });
    let text = json::line(&answer::answer(engine, &json::read(basket.to_string().as_bytes()).unwrap()));
    let quote: Value = serde_json::from_str(&text).unwrap();
    let by_name = |finding: &Value| {
        finding["params"]["check"].as_str().is_some_and(|id| id.ends_with(".name")) || finding["code"] == "rules.names-unread"
    };
    (quote["findings"].as_array().unwrap().iter().filter(|finding| by_name(finding)).cloned().collect(), text)
}

fn checks(channel: &str, item: Value) -> Vec<String> {
    let (found, _) = asked(&engine(true), channel, item);
    found.iter().map(|finding| finding["params"]["check"].as_str().unwrap().to_string()).collect()
}

#[test]
fn a_name_is_read_where_the_code_does_not_tell() {
    let meat = ["cn.meat.name"];
    let named = |hs_code: Option<&str>| {
        let mut item = value!({ "name": "Beef jerky 50 g" });
        if let Some(code) = hs_code {
            item["hsCode"] = code.into();
        }
        checks("parcel", item)
    };
    assert_eq!(named(None), meat);
    assert_eq!(named(Some("330499")), meat, "a subheading tells too little");
    assert_eq!(named(Some("9999000000")), meat, "this code tells nothing, however long");
    assert_eq!(named(Some("3304990")), [""; 0], "a longer code is believed");
    assert_eq!(named(Some("3304990039")), [""; 0]);
    // The checks by code speak for these.
    assert_eq!(named(Some("160250")), [""; 0]);
    assert_eq!(named(Some("0210200000")), [""; 0]);
    assert_eq!(checks("trade", value!({ "name": "Beef jerky 50 g" })), [""; 0], "this restriction is not of trade");
}

#[test]
fn a_name_warns_with_a_term_of_the_list_and_never_blocks() {
    let (found, _) = asked(&engine(true), "bonded", value!({ "name": "ＳＡＬＡＭＩ Milano 500 g" }));
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["code"], &found[0]["level"]), (&"goods.unverified".into(), &"warn".into()));
    assert_eq!(found[0]["params"], value!({ "check": "cn.meat.name", "term": "salami" }));
    assert_eq!(found[0]["target"], "/items/0");
    for check in china().pack.checks.iter().filter(|check| check.terms.is_some()) {
        assert_ne!(check.notice.level, preclear::finding::Level::Block, "{}", check.id);
        assert!(!check.notice.citations.is_empty());
    }
}

#[test]
fn what_the_shop_states_goes_before_the_name() {
    let peach = |attributes: Value| {
        checks("parcel", value!({ "name": "Fukushima peach jelly", "countryOfOrigin": "JP", "attributes": attributes }))
    };
    assert_eq!(peach(value!({})), ["cn.jp10.name"]);
    assert_eq!(peach(value!({ "originArea": "JP-33" })), [""; 0]);
    let bag = |attributes: Value| checks("bonded", value!({ "name": "Second hand handbag", "attributes": attributes }));
    assert_eq!(bag(value!({})), ["cn.used.name"]);
    assert_eq!(bag(value!({ "used": false })), [""; 0]);
    // Elsewhere the name of a prefecture says nothing of the kind.
    assert_eq!(checks("parcel", value!({ "name": "Fukushima peach jelly", "countryOfOrigin": "FR" })), [""; 0]);
}

#[test]
fn names_that_nobody_read_are_told() {
    let unread = |item| asked(&engine(false), "bonded", item).0;
    let found = unread(value!({ "name": "Beef jerky", "hsCode": "330499" }));
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0]["code"], &found[0]["level"], &found[0]["target"]),
        (&"rules.names-unread".into(), &"info".into(), &"/items/0/name".into())
    );
    assert_eq!(unread(value!({ "hsCode": "330499" })).len(), 0, "there is no name");
    assert_eq!(unread(value!({ "name": "Beef jerky", "hsCode": "3304990039" })).len(), 0, "the code tells");
}

#[test]
fn a_list_belongs_to_its_pack() {
    let (pack, terms) = (encode(&china().pack), encode_terms(terms()));
    assert_eq!(Engine::new().add_pack(&terms).map(|_| ()), Err(PackError::Stray));
    let mut engine = Engine::new();
    engine.add_pack(&pack).unwrap();
    for place in [0, 5, 8, 20, terms.len() / 2, terms.len() - 1] {
        let mut damaged = terms.clone();
        damaged[place] ^= 1;
        assert!(engine.add_pack(&damaged).is_err(), "{place}");
    }
    assert!(engine.add_pack(&terms[..terms.len() - 1]).is_err());
    assert!(engine.packs()[0].terms.is_none());
    assert_eq!(engine.add_pack(&terms).unwrap().terms.as_ref(), china().terms.as_ref());
}

proptest! {
    #[test]
    fn any_bytes_are_a_list_or_none(body in proptest::collection::vec(prop_oneof![0u8..12, any::<u8>()], 0..80), name in name()) {
        // A pack names its list by hash, so nobody else's is read; one that is out of order still does no harm.
        let bytes = [&TERMS_MAGIC[..], &body].concat();
        if let Ok(terms) = decode_terms(&bytes) {
            let found = terms.find(&name);
            prop_assert!(found.matches.iter().all(|found| usize::from(found.term) < terms.entries().count()));
        }
    }
}

proptest! {
    #[test]
    fn nothing_of_a_name_comes_back(canary in "[A-Z]{4}[a-z]{8,24}", before in any::<bool>()) {
        let engine = engine(true);
        let name = if before { format!("{canary} beef jerky 11010519491231002X") } else { format!("11010519491231002X Beef jerky {canary}") };
        let (found, text) = asked(&engine, "parcel", value!({ "name": name }));
        prop_assert_eq!(found.len(), 1);
        let text = text.to_lowercase();
        prop_assert!(!text.contains(&canary.to_lowercase()) && !text.contains("110105"), "{}", text);
    }
}
