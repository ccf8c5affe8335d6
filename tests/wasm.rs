//! The shapes that JavaScript sees. Run by `wasm-pack test --headless --chrome`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, missing_docs, reason = "a test may fail loudly")]

use js_sys::{Array, JSON, Object, Reflect, eval};
use preclear::wasm::Engine;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The pack that `cargo xtask build` compiled from `rules/cn`.
const PACK: &[u8] = include_bytes!("../pkg/packs/cn.pack");

const BASKET: &str = r#"{
  "shipFrom": { "countryCode": "JP" },
  "shipTo": { "countryCode": "CN", "administrativeAreaCode": "33", "postalCode": "310000" },
  "channel": "bonded", "asOf": "2026-11-23", "currencyCode": "CNY", "incoterm": "DDP",
  "items": [{ "id": "1", "sku": "SER-50", "name": "Face serum 50 ml", "hsCode": "3304990039", "articleCode": "09010390", "countryOfOrigin": "KR",
    "quantity": "2", "amount": "199.00",
    "measurements": [{ "type": "netWeight", "value": "50", "unit": "g" }, { "type": "volume", "value": "50", "unit": "ml" }] }],
  "shipping": { "amount": "20.00" }, "insurance": { "amount": "0" },
  "discounts": [{ "amount": "30.00", "kind": "price", "itemId": "1" }],
  "buyer": { "identity": "valid", "payerIsBuyer": true, "usedThisYear": "8000.00" }
}"#;

fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.add_pack(PACK).unwrap();
    engine
}

fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('/').fold(value.clone(), |value, key| Reflect::get(&value, &JsValue::from_str(key)).unwrap())
}

fn text(value: &JsValue, path: &str) -> String {
    at(value, path).as_string().unwrap_or_else(|| panic!("no text at {path}"))
}

#[wasm_bindgen_test]
fn a_quote_is_plain_objects_with_text_for_numbers() {
    let quote = engine().quote(JSON::parse(BASKET).unwrap());
    assert_eq!(text(&quote, "status"), "ready");
    // The contract's figures.
    assert_eq!(text(&quote, "amounts/dutiableValue"), "388.00");
    assert_eq!(text(&quote, "amounts/dutiesAndTaxes"), "35.31");
    assert_eq!(text(&quote, "amounts/total"), "423.31");
    assert_eq!(text(&quote, "items/0/charges/0/amount"), "35.31");
    // Objects are objects and not maps, lists are arrays.
    assert!(at(&quote, "citations").is_object());
    assert!(!at(&quote, "citations").has_type::<js_sys::Map>());
    assert!(Array::is_array(&at(&quote, "findings")));
    assert_eq!(JSON::stringify(&quote).unwrap().as_string().unwrap().matches("35.31").count() > 2, true);
}

#[wasm_bindgen_test]
fn what_is_not_known_is_null_and_never_undefined() {
    let basket = JSON::parse(&BASKET.replace("\"countryCode\": \"CN\"", "\"countryCode\": \"AQ\"")).unwrap();
    let quote = engine().quote(basket);
    assert_eq!(text(&quote, "status"), "unsupported");
    for path in ["amounts", "regime", "rules"] {
        assert!(at(&quote, path).is_null(), "{path}");
    }
}

#[wasm_bindgen_test]
fn anything_at_all_gets_a_quote() {
    let engine = engine();
    for source in [
        "undefined",
        "null",
        "1",
        "NaN",
        "'text'",
        "[]",
        "(() => {})",
        "Symbol('x')",
        "10n",
        "new Date(0)",
        "new Map([['a', 1]])",
        "({ items: NaN })",
        "({ items: [{ amount: 1.5 }] })",
        "Object.create(null)",
        "(() => { const a = {}; a.a = a; return a; })()",
    ] {
        let quote = engine.quote(eval(source).unwrap());
        assert_eq!(text(&quote, "status"), "needsInput", "{source}");
        assert!(at(&quote, "amounts").is_null(), "{source}");
        let findings: Array = at(&quote, "findings").unchecked_into();
        assert!(findings.length() > 0, "{source}");
    }
}

#[wasm_bindgen_test]
fn inherited_properties_fill_nothing() {
    let without = JSON::parse(&BASKET.replace("\"hsCode\": \"3304990039\",", "")).unwrap();
    let prototype = at(&Object::new().into(), "__proto__");
    Reflect::set(&prototype, &"hsCode".into(), &"2204210000".into()).unwrap();
    let quote = engine().quote(without);
    Reflect::delete_property(prototype.unchecked_ref::<Object>(), &"hsCode".into()).unwrap();
    assert_eq!(text(&quote, "status"), "needsInput");
    assert_eq!(text(&quote, "findings/0/code"), "input.hs-missing");
}

#[wasm_bindgen_test]
fn an_object_needs_no_prototype() {
    let bare = eval("(basket => Object.assign(Object.create(null), basket))").unwrap().unchecked_into::<js_sys::Function>();
    let basket = bare.call1(&JsValue::NULL, &JSON::parse(BASKET).unwrap()).unwrap();
    assert_eq!(text(&engine().quote(basket), "status"), "ready");
}

#[wasm_bindgen_test]
fn a_hash_is_text() {
    // The SHA-256 of "abc", from FIPS 180-4's examples.
    assert_eq!(preclear::wasm::sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[wasm_bindgen_test]
fn a_damaged_pack_is_an_object_with_a_code() {
    let mut bytes = PACK.to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    assert_eq!(text(&Engine::new().add_pack(&bytes).unwrap_err(), "code"), "pack.damaged");
    bytes.truncate(100);
    assert_eq!(text(&Engine::new().add_pack(&bytes).unwrap_err(), "code"), "pack.truncated");
    assert_eq!(text(&Engine::new().add_pack(b"<!doctype html>").unwrap_err(), "code"), "pack.not-a-pack");
}
