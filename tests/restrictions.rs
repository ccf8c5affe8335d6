//! China's restrictions: that every row of the collection they follow is there, and what each kind does.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use preclear::author::sources::Sources;
use preclear::author::{compile_all, encode};
use preclear::engine::Engine;
use preclear::finding::{Code, Level};
use preclear::pack::{Grade, Pack};
use preclear::wire::{answer, json};
use serde_json::{Value, json as value};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

/// The rows of the collection.
const ROWS: &str = "ARMS FAKE_MONEY MEDIA POISON NARCOTIC EPIDEMIC PEST LIVE_ANIMAL MEAT AQUATIC DAIRY_FRESH EGG BIRDNEST FAT_HIDE \
    ANIMAL_FEED_MED FRUIT_VEG TOB_LEAF SEED SOIL BIO GMO_BIO CITES JP10 JP_AQUATIC INFANT_FORMULA FSMP HEALTH_FOOD OTC RX MED_DEVICE COSMETIC \
    ECIG TOBACCO ALCOHOL SUGAR RICE KNIVES USED GOLD_CASH RADIO OFF_LIST FOOD_PLANT_REG LABEL";

/// Rows without a check, and why.
const WITHOUT: [(&str, &str); 2] = [
    ("EPIDEMIC", "the areas and their goods are announced as they come, and no announcement is held"),
    ("PEST", "what an article carries is its state, which neither code nor name tells"),
];

fn china() -> &'static Pack {
    static CHINA: OnceLock<Pack> = OnceLock::new();
    CHINA.get_or_init(|| {
        let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).unwrap();
        compile_all(&sources).unwrap().into_iter().find(|compiled| compiled.pack.id == "cn").unwrap().pack
    })
}

/// The id that a row's checks begin with.
fn id_of(row: &str) -> String {
    format!("cn.{}", row.to_lowercase().replace('_', "-"))
}

#[test]
fn every_row_is_there_or_has_a_reason() {
    let rows: Vec<&str> = ROWS.split_whitespace().collect();
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), 43);
    let of_row = |row: &str| {
        let id = id_of(row);
        let part = format!("{id}.");
        china().checks.iter().filter(move |check| check.id == id || check.id.starts_with(&part)).count()
    };
    for row in &rows {
        let reason = WITHOUT.iter().find(|(other, _)| other == row);
        assert_eq!(of_row(row) == 0, reason.is_some(), "{row}");
    }
    // And nothing else is: a check of no row would have to say where it is from.
    let all: usize = rows.iter().map(|row| of_row(row)).sum();
    let others: Vec<&str> = china().checks.iter().map(|check| check.id.as_str()).filter(|id| id.starts_with("cn.identity.")).collect();
    assert_eq!(all + others.len(), china().checks.len());
}

#[test]
fn a_weak_source_blocks_nothing_and_prohibits_nothing() {
    for check in china().checks.iter().filter(|check| !check.id.starts_with("cn.identity.")) {
        let weak = check.notice.citations.iter().all(|citation| {
            let citation = &china().citations[usize::from(*citation)];
            china().instruments[usize::from(citation.instrument)].grade == Grade::C
        });
        if weak {
            assert_ne!(check.notice.level, Level::Block, "{}", check.id);
            assert_eq!(check.notice.code, Code::GoodsUnverified, "{}", check.id);
        }
    }
}

/// The checks that found something in one article, with their levels.
fn found(channel: &str, date: &str, item: Value) -> BTreeSet<(String, String)> {
    let mut item = item;
    for (key, default) in [("id", "1"), ("quantity", "1"), ("amount", "10.00")] {
        item.as_object_mut().unwrap().entry(key).or_insert(default.into());
    }
    let mut engine = Engine::new();
    engine.add_pack(&encode(china())).unwrap();
    let basket = value!({ "shipTo": { "countryCode": "CN" }, "channel": channel, "asOf": date, "currencyCode": "CNY", "items": [item] });
    let quote = json::line(&answer::answer(&engine, &json::read(basket.to_string().as_bytes()).unwrap()));
    let quote: Value = serde_json::from_str(&quote).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let findings = quote["findings"].as_array().unwrap().iter();
    findings.map(|finding| (text(&finding["params"]["check"]), text(&finding["level"]))).collect()
}

fn holds(channel: &str, item: Value, check: &str, level: &str) {
    let all = found(channel, "2026-11-23", item.clone());
    assert!(all.contains(&(check.into(), level.into())), "{item} by {channel}: no {check} {level} in {all:?}");
}

fn lacks(channel: &str, item: Value, check: &str) {
    let all = found(channel, "2026-11-23", item.clone());
    assert!(!all.iter().any(|(id, _)| id == check), "{item} by {channel}: {check} in {all:?}");
}

#[test]
fn a_restriction_is_for_its_codes_and_its_channels() {
    // The check, its level, a channel and a code it is for, a channel it is not for (if any), and the nearest code it is not for.
    for (check, level, channel, code, not_by, not_for) in [
        ("cn.arms", "block", "parcel", "93040000", None, "95030089"),
        ("cn.arms.explosives", "block", "bonded", "360100", None, "360500"),
        ("cn.fake-money", "warn", "parcel", "490700", None, "490900"),
        ("cn.media", "info", "parcel", "490199", None, "482010"),
        ("cn.poison", "block", "parcel", "283711", None, "283720"),
        ("cn.poison.unclear", "warn", "parcel", "283720", None, "283711"),
        ("cn.narcotic", "block", "direct", "121140", None, "121150"),
        ("cn.narcotic.unclear", "warn", "direct", "121150", None, "121120"),
        ("cn.live-animal", "block", "parcel", "010619", Some("trade"), "020110"),
        ("cn.meat", "block", "parcel", "160250", Some("bonded"), "160300"),
        ("cn.meat.listed", "warn", "bonded", "160250", Some("parcel"), "160300"),
        ("cn.aquatic", "block", "parcel", "030633", Some("bonded"), "030693"),
        ("cn.aquatic.unless-cooked", "warn", "parcel", "030693", Some("bonded"), "030633"),
        ("cn.aquatic.only-bonded", "warn", "direct", "030633", Some("bonded"), "040120"),
        ("cn.dairy-fresh", "block", "parcel", "040690", Some("bonded"), "040221"),
        ("cn.dairy-fresh.powder", "info", "parcel", "040221", Some("bonded"), "040291"),
        ("cn.egg", "block", "parcel", "040721", Some("direct"), "041010"),
        ("cn.birdnest", "warn", "parcel", "041090", Some("direct"), "041010"),
        ("cn.fat-hide", "block", "parcel", "150110", Some("direct"), "150420"),
        ("cn.animal-feed-med", "warn", "parcel", "230910", Some("direct"), "230800"),
        ("cn.fruit-veg", "block", "parcel", "080810", Some("direct"), "081310"),
        ("cn.fruit-veg.unless-dried", "warn", "parcel", "080450", Some("direct"), "080810"),
        ("cn.tob-leaf", "block", "parcel", "240110", Some("trade"), "240310"),
        ("cn.seed", "block", "parcel", "120991", Some("bonded"), "120799"),
        ("cn.seed.other-ways", "warn", "trade", "120991", Some("parcel"), "120799"),
        ("cn.soil", "block", "parcel", "270300", Some("bonded"), "270400"),
        ("cn.bio", "block", "parcel", "300241", Some("bonded"), "300490"),
        ("cn.cites", "warn", "bonded", "160431", None, "160432"),
        ("cn.infant-formula", "warn", "bonded", "19011010", Some("parcel"), "19019000"),
        ("cn.health-food", "info", "bonded", "210690", Some("parcel"), "210610"),
        ("cn.otc", "warn", "bonded", "300490", Some("parcel"), "300510"),
        ("cn.rx", "warn", "parcel", "300490", Some("bonded"), "300510"),
        ("cn.med-device", "warn", "bonded", "900130", Some("parcel"), "900140"),
        ("cn.cosmetic", "info", "bonded", "330499", Some("parcel"), "340111"),
        ("cn.ecig.not-listed", "warn", "bonded", "854340", Some("parcel"), "854330"),
        ("cn.tobacco", "warn", "bonded", "240220", Some("parcel"), "240412"),
        ("cn.tobacco.parcel", "warn", "parcel", "240220", Some("bonded"), "240412"),
        ("cn.alcohol", "info", "parcel", "220830", Some("trade"), "220900"),
        ("cn.knives", "warn", "parcel", "821193", None, "821192"),
        ("cn.gold-cash", "warn", "parcel", "710812", None, "711319"),
        ("cn.radio", "warn", "parcel", "852560", None, "852713"),
        ("cn.used.clothing", "warn", "parcel", "630900", None, "610910"),
        ("cn.food-plant-reg", "info", "bonded", "180632", Some("parcel"), "240220"),
    ] {
        let item = |code: &str| value!({ "hsCode": code, "countryOfOrigin": "FR" });
        holds(channel, item(code), check, level);
        lacks(channel, item(not_for), check);
        if let Some(not_by) = not_by {
            lacks(not_by, item(code), check);
        }
    }
}

#[test]
fn the_ten_prefectures_of_japan() {
    let food = |origin: &str, area: Option<&str>| {
        let mut item = value!({ "hsCode": "190590", "countryOfOrigin": origin });
        if let Some(area) = area {
            item["attributes"] = value!({ "originArea": area });
        }
        item
    };
    // Fukushima, Gunma, Tochigi, Ibaraki, Miyagi, Niigata, Nagano, Saitama, Tokyo, Chiba: ISO 3166-2.
    for area in ["JP-07", "JP-10", "JP-09", "JP-08", "JP-04", "JP-15", "JP-20", "JP-11", "JP-13", "JP-12"] {
        holds("parcel", food("JP", Some(area)), "cn.jp10.food", "warn");
        lacks("parcel", food("JP", Some(area)), "cn.jp10.unstated");
        let fish = value!({ "hsCode": "160414", "countryOfOrigin": "JP", "attributes": { "originArea": area } });
        holds("parcel", fish, "cn.jp10.aquatic", "block");
    }
    // Aomori, Yamagata, Kanagawa and Yamanashi are next to them.
    for area in ["JP-02", "JP-06", "JP-14", "JP-19"] {
        lacks("parcel", food("JP", Some(area)), "cn.jp10.food");
        lacks("parcel", food("JP", Some(area)), "cn.jp10.unstated");
    }
    holds("bonded", food("JP", None), "cn.jp10.unstated", "warn");
    lacks("bonded", food("KR", None), "cn.jp10.unstated");
    lacks("bonded", value!({ "hsCode": "330499", "countryOfOrigin": "JP" }), "cn.jp10.unstated");
}

#[test]
fn a_quota_is_asked_about_and_summed() {
    let sugar = |weight: Option<&str>| {
        let mut item = value!({ "hsCode": "170199", "quantity": "3" });
        if let Some(weight) = weight {
            item["measurements"] = value!([{ "type": "netWeight", "value": weight, "unit": "kg" }]);
        }
        item
    };
    holds("bonded", sugar(None), "cn.sugar.unweighed", "warn");
    lacks("bonded", sugar(None), "cn.sugar");
    holds("bonded", sugar(Some("0.667")), "cn.sugar", "block");
    lacks("bonded", sugar(Some("0.666")), "cn.sugar");
    lacks("bonded", sugar(Some("0.666")), "cn.sugar.unweighed");
    lacks("parcel", sugar(Some("0.667")), "cn.sugar");
    lacks("bonded", value!({ "hsCode": "170490", "measurements": [{ "type": "netWeight", "value": "9", "unit": "kg" }] }), "cn.sugar");
}
