//! Nothing of the input's text comes back in a fault, and no input makes the reader panic.
#![cfg(feature = "author")]
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod full_basket;

use full_basket::full;
use preclear::engine::Engine;
use preclear::finding::Finding;
use preclear::wire::node::Node;
use preclear::wire::{answer, basket, json};
use proptest::prelude::*;
use serde_json::{Map, Value};

fn faults_of(text: &str) -> Vec<Finding> {
    match json::read(text.as_bytes()) {
        Ok(node) => basket::read(&node).err().unwrap_or_default(),
        Err(fault) => vec![fault.finding()],
    }
}

/// Every place of a basket where a text stands, as pointers, and every object.
fn places(value: &Value, at: &str, texts: &mut Vec<String>, objects: &mut Vec<String>) {
    match value {
        Value::String(_) => texts.push(at.into()),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| places(value, &format!("{at}/{index}"), texts, objects)),
        Value::Object(map) => {
            objects.push(at.into());
            map.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), texts, objects));
        }
        _ => {}
    }
}

/// Whether anything that answers this request holds the text. The item's id is the shop's own name for it and is meant to come back, so it is not
/// asked about here.
fn echoes(request: &Value, canary: &str) -> bool {
    let findings = faults_of(&request.to_string());
    let told = format!("{findings:?} {}", json::line(&answer::refuse(findings.clone())));
    told.to_lowercase().contains(&canary.to_lowercase())
}

#[test]
fn hostile_texts_do_not_come_back() {
    let (mut texts, mut objects) = (Vec::new(), Vec::new());
    places(&full(), "", &mut texts, &mut objects);
    for canary in [
        "11010519491231002X",
        "<script>alert(1)</script>",
        "'; DROP TABLE items; --",
        "\u{202e}evil",
        "%s%s%n",
        "${jndi:ldap://x}",
        "../../etc/passwd",
        "canary\u{0}",
    ] {
        for place in &texts {
            let mut changed = full();
            *changed.pointer_mut(place).unwrap() = canary.into();
            assert!(!echoes(&changed, canary), "{place}");
        }
        for place in &objects {
            let mut changed = full();
            changed.pointer_mut(place).unwrap().as_object_mut().unwrap().insert(canary.into(), canary.into());
            assert!(!echoes(&changed, canary), "{place}");
            // As the name of a field that is known elsewhere.
            changed.pointer_mut(place).unwrap().as_object_mut().unwrap().insert("id".into(), canary.into());
            assert!(!echoes(&changed, canary), "{place}");
        }
    }
}

/// The names that the contract uses, so that arbitrary trees reach its inside.
const NAMES: [&str; 16] = [
    "items",
    "id",
    "quantity",
    "amount",
    "shipTo",
    "countryCode",
    "asOf",
    "currencyCode",
    "rates",
    "attributes",
    "measurements",
    "type",
    "unit",
    "value",
    "discounts",
    "buyer",
];

fn tree() -> impl Strategy<Value = Value> {
    let name = prop_oneof![3 => proptest::sample::select(&NAMES[..]).prop_map(String::from), 1 => any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9.+e-]{0,45}".prop_map(Value::from),
        proptest::sample::select(&["CN", "CNY", "2026-11-23", "1", "g", "netWeight", "0"][..]).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 120, 10, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..10).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..10).prop_map(|fields| fields.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

proptest! {
    #[test]
    fn any_tree_is_answered(tree in tree()) {
        let node = json::read(tree.to_string().as_bytes()).unwrap();
        let response = answer::answer(&Engine::new(), &node);
        prop_assert!(matches!(response.get("status").and_then(Node::as_text), Some("needsInput" | "unsupported")));
    }

    #[test]
    fn a_tree_in_place_of_any_part_is_answered(tree in tree(), choice in any::<proptest::sample::Index>()) {
        let (mut texts, mut objects) = (Vec::new(), Vec::new());
        places(&full(), "", &mut texts, &mut objects);
        texts.append(&mut objects);
        let mut changed = full();
        let place = choice.get(&texts);
        *changed.pointer_mut(place).unwrap() = tree;
        for fault in faults_of(&changed.to_string()) {
            prop_assert!(full().pointer(&fault.target).is_some() || fault.target.starts_with(place.as_str()), "{}", fault.target);
        }
    }

    #[test]
    fn any_bytes_are_json_or_a_place(bytes in any::<Vec<u8>>()) {
        let _ = json::read(&bytes);
    }

    #[test]
    fn no_text_comes_back(canary in "[A-Z]{4}[a-z0-9]{8,24}", choice in any::<proptest::sample::Index>(), as_key in any::<bool>()) {
        let (mut texts, mut objects) = (Vec::new(), Vec::new());
        places(&full(), "", &mut texts, &mut objects);
        let mut changed = full();
        if as_key {
            changed.pointer_mut(choice.get(&objects).as_str()).unwrap().as_object_mut().unwrap().insert(canary.clone(), canary.clone().into());
        } else {
            *changed.pointer_mut(choice.get(&texts).as_str()).unwrap() = canary.clone().into();
        }
        // A second fault, so that a good place for the canary is asked about too.
        changed["asOf"] = canary.clone().into();
        prop_assert!(!echoes(&changed, &canary));
    }
}
