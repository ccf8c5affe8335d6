//! The published contract, the reader and the writer say the same: the schema and the types are generated from the reader's tables, and each
//! field is mutated to see that reader and schema agree.
#![cfg(feature = "author")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may fail loudly"
)]

mod full_basket;

use full_basket::full;
use preclear::author::contract;
use preclear::finding::{Code, Finding, REMEDIES};
use preclear::formula::Value as Parameter;
use preclear::wire::shape::{BASKET, Kind, Shape};
use preclear::wire::{basket, json};
use serde_json::{Map, Value, json as value};
use std::{env, fs, path::Path};

/// What fields must be among each other, which no schema can say.
const AGREEMENTS: [&str; 6] = ["unique-id", "known-item", "unit-of-type", "unique-type", "two-currencies", "unique-pair"];

fn read(value: &Value) -> Result<preclear::basket::Basket, Vec<Finding>> {
    basket::read(&json::read(value.to_string().as_bytes()).unwrap())
}

fn repository(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The file holds this text; `UPDATE=1` writes it.
fn holds(path: &str, expected: &str) {
    let file = repository(path);
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, expected).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == expected, "{path} is not what the tables say; run with UPDATE=1 and look at the difference");
}

/// The JSON blocks of the published contract: the basket, then the quote.
fn published(index: usize) -> Value {
    let document = fs::read_to_string(repository("www/docs/contract.md")).unwrap();
    let block = document.split("```json\n").nth(index + 1).and_then(|rest| rest.split("```").next()).unwrap();
    serde_json::from_str(block).unwrap()
}

/// The schema of one part of the contract.
fn validator(name: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(&contract::schema()).unwrap();
    let schema = schema.as_object_mut().unwrap();
    schema.remove("anyOf");
    schema.insert("$ref".into(), format!("#/$defs/{name}").into());
    jsonschema::draft202012::options().should_validate_formats(true).build(&Value::Object(schema.clone())).unwrap()
}

#[test]
fn schema_is_published() {
    holds("www/docs/contract.schema.json", &contract::schema());
}

#[test]
fn types_are_published() {
    holds("pkg/js/types.d.ts", &contract::types());
}

#[test]
fn schema_is_a_schema() {
    assert!(jsonschema::meta::is_valid(&serde_json::from_str(&contract::schema()).unwrap()));
}

#[test]
fn published_document_names_every_code_and_remedy() {
    let document = fs::read_to_string(repository("www/docs/contract.md")).unwrap();
    for name in Code::ALL.iter().map(|code| code.name()).chain(REMEDIES.iter().copied()).chain(AGREEMENTS) {
        assert!(document.contains(&format!("`{name}`")), "{name} is not in www/docs/contract.md");
    }
}

#[test]
fn published_basket_is_read() {
    let example = published(0);
    assert!(validator("Basket").is_valid(&example));
    assert_eq!(read(&example).map(|_| ()), Ok(()));
}

#[test]
fn published_quote_has_the_form_of_a_quote() {
    let example = published(1);
    let faults: Vec<String> = validator("Quote").iter_errors(&example).map(|error| error.to_string()).collect();
    assert_eq!(faults, [""; 0]);
}

#[test]
fn canonical_form_is_a_fixed_point() {
    let once = basket::write(&read(&full()).unwrap());
    let text = json::line(&once);
    let again = basket::write(&basket::read(&json::read(text.as_bytes()).unwrap()).unwrap());
    assert_eq!(text, json::line(&again));
    // A form that dropped something would be a fixed point too.
    let mut expected = full();
    let item = &mut expected["items"][0];
    item["hsCode"] = "3304990039".into();
    item["amount"] = "199".into();
    item["rates"]["duty"] = "0.01".into();
    expected["incoterm"] = "DAP".into();
    expected["shipping"]["amount"] = "20".into();
    expected["discounts"][0]["amount"] = "30".into();
    expected["buyer"]["usedThisYear"] = "8000".into();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), expected);
}

#[test]
fn baskets_that_ask_the_same_have_the_same_form() {
    let plain = value!({
        "shipTo": { "countryCode": "CN" }, "asOf": "2026-11-23", "currencyCode": "CNY",
        "items": [{ "id": "1", "hsCode": "3304990039", "quantity": "2", "amount": "199", "rates": { "duty": "0.1", "vat": "0.13" } }],
    });
    // Fields in another order, digits written otherwise, and what is the default said in words.
    let other = r#"{
        "items": [{ "rates": { "vat": "0.130", "duty": "0.10" }, "amount": "199.00", "quantity": "2.0", "hsCode": "3304.99 0039", "id": "1",
                    "currencyCode": "CNY", "attributes": {}, "measurements": [] }],
        "taxIncluded": false, "buyer": { "identity": "absent" }, "discounts": [], "currencyCode": "CNY", "asOf": "2026-11-23", "shipTo": { "countryCode": "CN" } }"#;
    let other = basket::read(&json::read(other.as_bytes()).unwrap()).unwrap();
    assert_eq!(basket::write(&read(&plain).unwrap()), basket::write(&other));
}

/// Every field that the tables hold, as a pointer into the full basket, with whether it must be there.
fn fields() -> Vec<(String, &'static str, bool)> {
    fn object(shape: &'static Shape, at: &str, found: &mut Vec<(String, &'static str, bool)>) {
        for field in shape.fields {
            found.push((at.into(), field.name, field.required));
            let below = format!("{at}/{}", field.name);
            match &field.kind {
                Kind::Object(shape) => object(shape, &below, found),
                Kind::List(Kind::Object(shape), ..) => object(shape, &format!("{below}/0"), found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    object(&BASKET, "", &mut found);
    found
}

fn parent<'a>(basket: &'a mut Value, pointer: &str) -> &'a mut Map<String, Value> {
    basket.pointer_mut(pointer).and_then(Value::as_object_mut).unwrap()
}

fn expected(finding: &Finding) -> &str {
    match finding.params.iter().find(|(name, _)| name == "expected") {
        Some((_, Parameter::Code(code))) => code,
        _ => "",
    }
}

/// Reader and schema give the same verdict; a refusal points at or below the field. What fields must be among each other is the reader's alone.
fn agree(schema: &jsonschema::Validator, basket: &Value, field: &str, what: &str) -> bool {
    let right = schema.is_valid(basket);
    let faults = read(basket).err().unwrap_or_default();
    let faults: Vec<Finding> = faults.into_iter().filter(|fault| !AGREEMENTS.contains(&expected(fault))).collect();
    assert_eq!(right, faults.is_empty(), "{field} with {what}: {faults:?}");
    for fault in &faults {
        assert!(fault.target.starts_with(field), "{field} with {what}: {fault:?}");
    }
    right
}

#[test]
fn full_basket_has_every_field_and_is_right() {
    let schema = validator("Basket");
    let full = full();
    assert!(agree(&schema, &full, "", "nothing changed"));
    assert_eq!(read(&full).map(|_| ()), Ok(()));
    for (at, name, _) in fields() {
        assert!(full.pointer(&format!("{at}/{name}")).is_some(), "{at}/{name}");
    }
}

#[test]
fn a_field_left_out_is_a_fault_only_if_it_is_required() {
    let schema = validator("Basket");
    for (at, name, required) in fields() {
        let mut basket = full();
        parent(&mut basket, &at).remove(name);
        let pointer = format!("{at}/{name}");
        assert_eq!(agree(&schema, &basket, &pointer, "nothing there"), !required, "{pointer}");
        if required {
            let faults = read(&basket).unwrap_err();
            assert!(faults.iter().any(|fault| fault.target == pointer && fault.code == Code::InputMalformed), "{pointer}: {faults:?}");
        }
    }
}

#[test]
fn an_unknown_field_is_a_fault_of_its_object() {
    let schema = validator("Basket");
    for (at, ..) in fields() {
        for name in ["extra", "__proto__", "", "id ", "ITEMS"] {
            let mut basket = full();
            parent(&mut basket, &at).insert(name.into(), "x".into());
            assert!(!agree(&schema, &basket, &at, name));
            let faults = read(&basket).unwrap_err();
            let [fault] = &faults[..] else { panic!("{at}: {faults:?}") };
            assert_eq!((fault.code, &fault.target, expected(fault)), (Code::InputMalformed, &at, "known-field"));
        }
    }
}

/// Values of every kind, right for some fields and wrong for others.
fn values() -> Vec<Value> {
    let mut values = vec![
        Value::Null,
        value!(true),
        value!(1),
        value!(-1),
        value!(1.5),
        value!([]),
        value!({}),
        value!([null]),
        value!([{}]),
        value!({ "aB": "0.1" }),
        value!({ "A": "0.1" }),
        value!({ "a-b": "0.1" }),
        value!({ "__proto__": "0.1" }),
        value!({ "": "0.1" }),
        value!({ "a": 1 }),
        value!({ "a": "x" }),
        value!({ "a": true }),
        value!({ "vat": "-1" }),
        value!({ "countryCode": "CN" }),
        value!({ "amount": "1" }),
        value!({ ("a".repeat(40)): "1" }),
        value!({ ("a".repeat(41)): "1" }),
        value!({ "a": "x".repeat(100) }),
        value!({ "a": "x".repeat(101) }),
        Value::Object((0..200).map(|index| (format!("a{index}"), "1".into())).collect()),
        Value::Object((0..201).map(|index| (format!("a{index}"), "1".into())).collect()),
    ];
    let texts = [
        "",
        " ",
        "x",
        "0",
        "00",
        "0.0",
        "1",
        "1.0",
        "01.10",
        "1.",
        ".5",
        "-1",
        "-0",
        "+1",
        "1e3",
        "1,000",
        "1 000",
        " 1",
        "1\n",
        "NaN",
        "Infinity",
        "0x1",
        "１",
        "123456789012",
        "1234567890123",
        "0.1234567890",
        "0.12345678901",
        "1234567890123456789012345678901234567890",
        "2024-02-29",
        "2023-02-29",
        "1900-02-29",
        "2000-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "2026-1-1",
        "2026-11-23T00:00:00Z",
        "20261123",
        "CN",
        "cn",
        "XX",
        "EU",
        "CHN",
        "CNY",
        "cny",
        "XYZ",
        "JPY",
        "ZZZ",
        "33049",
        "330499",
        "3304.99",
        "33 04 99",
        ".330499.",
        "33-04-99",
        "33049900391",
        "3304990039",
        "1.2",
        "DDP",
        "DAP",
        "DDU",
        "ddp",
        "EXW",
        "netWeight",
        "volume",
        "g",
        "ml",
        "stone",
        "price",
        "payment",
        "valid",
        "absent",
        "unknown",
        "true",
        "null",
        "1\u{0}",
        "\u{202e}1",
    ];
    values.extend(texts.map(Value::from));
    values.extend([100, 101, 500, 501, 2001].map(|length| "é".repeat(length).into()));
    values.push(format!("330499{}", " ".repeat(26)).into());
    values.push(format!("330499{}", " ".repeat(27)).into());
    values
}

#[test]
fn reader_and_schema_agree_on_every_field_and_value() {
    let schema = validator("Basket");
    let mut right = 0;
    let mut wrong = 0;
    for (at, name, _) in fields() {
        for value in values() {
            let mut basket = full();
            let what = value.to_string();
            parent(&mut basket, &at).insert(name.into(), value);
            *if agree(&schema, &basket, &format!("{at}/{name}"), &what) { &mut right } else { &mut wrong } += 1;
        }
    }
    assert!(right > 300 && wrong > 3000, "{right} right, {wrong} wrong");
}

#[test]
fn fields_must_agree_among_each_other() {
    let cases = [
        ("/items/1/id", value!("1"), "/items/1/id", "unique-id"),
        ("/discounts/0/itemId", value!("9"), "/discounts/0/itemId", "known-item"),
        ("/items/0/measurements/0/unit", value!("ml"), "/items/0/measurements/0/unit", "unit-of-type"),
        (
            "/items/0/measurements/1",
            value!({ "type": "netWeight", "value": "1", "unit": "kg" }),
            "/items/0/measurements/1/type",
            "unique-type",
        ),
        ("/exchangeRates/0/from", value!("CNY"), "/exchangeRates/0", "two-currencies"),
    ];
    for (pointer, value, target, word) in cases {
        let mut basket = full();
        *basket.pointer_mut(pointer).unwrap() = value;
        let faults = read(&basket).unwrap_err();
        let [fault] = &faults[..] else { panic!("{pointer}: {faults:?}") };
        assert_eq!((fault.code, fault.target.as_str(), expected(fault)), (Code::InputMalformed, target, word));
    }
    let mut basket = full();
    let rate = basket["exchangeRates"][0].clone();
    basket["exchangeRates"].as_array_mut().unwrap().push(rate);
    assert_eq!(expected(&read(&basket).unwrap_err()[0]), "unique-pair");
}
