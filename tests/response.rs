//! What answers a request: its form, its citations and its digest.
#![cfg(feature = "author")]
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]

mod made_up;

use preclear::author::contract;
use preclear::author::encode::encode;
use preclear::engine::Engine;
use preclear::wire::check::check;
use preclear::wire::node::Node;
use preclear::wire::shape::QUOTE;
use preclear::wire::{answer, json};
use serde_json::{Value, json as value};

/// An engine with the made-up pack, which is changed first.
fn engine(change: impl FnOnce(&mut preclear::pack::Pack)) -> Engine {
    let mut pack = made_up::pack();
    change(&mut pack);
    let mut engine = Engine::new();
    engine.add_pack(&encode(&pack)).unwrap();
    engine
}

fn ask(engine: &Engine, basket: &Value) -> Node {
    answer::answer(engine, &json::read(basket.to_string().as_bytes()).unwrap())
}

fn field<'a>(response: &'a Node, name: &str) -> &'a str {
    response.get(name).and_then(Node::as_text).unwrap()
}

#[test]
fn every_response_has_the_form_of_a_quote() {
    let mut schema: Value = serde_json::from_str(&contract::schema()).unwrap();
    schema["$ref"] = "#/$defs/Quote".into();
    let schema = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();
    let right = || serde_json::from_str::<Value>(made_up::BASKET).unwrap();
    let with = |pointer: &str, value: Value| {
        let mut basket = right();
        *basket.pointer_mut(pointer).unwrap() = value;
        basket
    };
    let engine = engine(|_| {});
    for (basket, status) in [
        (right(), "ready"),
        (with("/items/0/amount", "5000".into()), "blocked"),
        (with("/items/0/hsCode", "999999".into()), "needsInput"),
        (with("/shipTo/countryCode", "CN".into()), "unsupported"),
        (with("/asOf", "2026-02-30".into()), "needsInput"),
        (Value::Null, "needsInput"),
    ] {
        let response = ask(&engine, &basket);
        assert_eq!(field(&response, "status"), status, "{basket}");
        assert_eq!(check(&response, &QUOTE), [], "{basket}");
        let value: Value = serde_json::from_str(&json::pretty(&response)).unwrap();
        let faults: Vec<String> = schema.iter_errors(&value).map(|error| error.to_string()).collect();
        assert_eq!(faults, [""; 0], "{basket}");
        let names: Vec<&str> = response.fields().iter().map(|(name, _)| name.as_ref()).collect();
        let fields: Vec<&str> = QUOTE.fields.iter().map(|field| field.name).collect();
        assert_eq!(names, fields, "every field, in the contract's order");
    }
}

#[test]
fn citations_are_those_that_are_used_and_are_named_with_their_place() {
    let basket = serde_json::from_str(made_up::BASKET).unwrap();
    let response = ask(&engine(|_| {}), &basket);
    let response: Value = serde_json::from_str(&json::line(&response)).unwrap();
    let mut used = std::collections::BTreeSet::new();
    for part in ["findings", "trace"] {
        for entry in response[part].as_array().unwrap() {
            used.extend(entry["citations"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()));
        }
    }
    let listed: Vec<&String> = response["citations"].as_object().unwrap().keys().collect();
    assert_eq!(listed, used.iter().collect::<Vec<_>>());
    assert_eq!(listed, ["act", "act.s-1"]);
    assert_eq!(
        response["citations"]["act.s-1"],
        value!({ "number": null, "issuer": "Parliament", "date": "2018-10-01", "title": "Act", "titleEn": "Act", "url": null, "grade": "A", "place": "s-1" })
    );
    assert_eq!(response["citations"]["act"]["place"], Value::Null);
    // The currency's decimals in amounts, its own digits in a rate.
    assert_eq!(response["amounts"]["taxes"], "4.89");
    assert_eq!(response["amounts"]["items"], "27.00");
    assert_eq!(response["items"][0]["charges"][0]["rate"], "0.15");
}

#[test]
fn the_digest_is_of_the_question_the_rules_and_the_answer() {
    let basket: Value = serde_json::from_str(made_up::BASKET).unwrap();
    let plain = engine(|_| {});
    let digest = |engine: &Engine, basket: &Value| field(&ask(engine, basket), "digest").to_owned();
    let expected = digest(&plain, &basket);
    assert_eq!(expected.len(), "sha256:".len() + 64);

    let mut same = basket.clone();
    same["items"][0]["hsCode"] = "33.04 99".into();
    same["items"][0]["amount"] = "10.000".into();
    same["buyer"]["identity"] = "absent".into();
    assert_eq!(digest(&plain, &same), expected);

    let mut other = basket.clone();
    other["items"][0]["sku"] = "A".into();
    assert_ne!(digest(&plain, &other), expected);
    assert_ne!(digest(&engine(|pack| pack.version = "2".into()), &basket), expected);
    assert_ne!(digest(&engine(|pack| pack.attributes[0].id = "worn".into()), &basket), expected);
}
