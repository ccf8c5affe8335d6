//! Input that no basket is. Each fault has its code and its place, nothing panics, and nothing of the input's text comes back.
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
use preclear::finding::{Code, Finding};
use preclear::formula::Value as Parameter;
use preclear::wire::check::MOST_FAULTS;
use preclear::wire::{basket, json};
use serde_json::{Map, Value, json as value};

fn faults_of(text: &str) -> Vec<Finding> {
    match json::read(text.as_bytes()) {
        Ok(node) => basket::read(&node).err().unwrap_or_default(),
        Err(fault) => vec![fault.finding()],
    }
}

fn parameter<'a>(finding: &'a Finding, name: &str) -> Option<&'a Parameter> {
    finding.params.iter().find(|(other, _)| other == name).map(|(_, value)| value)
}

fn code(text: &str) -> Option<Parameter> {
    Some(Parameter::Code(text.into()))
}

/// The basket with this value at this place has exactly this fault there.
fn refused(pointer: &str, value: Value, expected: Code) -> Finding {
    let mut changed = full();
    *changed.pointer_mut(pointer).unwrap() = value;
    let mut faults = faults_of(&changed.to_string());
    assert_eq!(faults.len(), 1, "{pointer}: {faults:?}");
    let fault = faults.remove(0);
    assert_eq!((fault.code, fault.target.as_str()), (expected, pointer));
    assert_eq!(fault.remedies, ["correct-input"]);
    fault
}

#[test]
fn the_basket_itself_is_right() {
    assert_eq!(faults_of(&full().to_string()), []);
}

#[test]
fn unknown_fields() {
    for (pointer, names, nearest) in [
        ("", &["price"][..], None),
        ("", &["hsCode", "total"], None),
        ("", &["item"], Some("items")),
        ("/items/0", &["hs_code"], Some("hsCode")),
        ("/items/0", &["HSCode"], Some("hsCode")),
        ("/items/0", &["quantitiy"], Some("quantity")),
        ("/shipTo", &["name", "street", "telephone"], None),
        ("/buyer", &["idNumber"], None),
        ("/items/0/measurements/0", &["density"], None),
    ] {
        let mut changed = full();
        for name in names {
            changed.pointer_mut(pointer).unwrap().as_object_mut().unwrap().insert((*name).into(), "x".into());
        }
        let faults = faults_of(&changed.to_string());
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!((fault.code, fault.target.as_str()), (Code::InputMalformed, pointer));
        assert_eq!(parameter(fault, "expected").cloned(), code("known-field"));
        assert_eq!(parameter(fault, "unknown").unwrap().text(), names.len().to_string());
        assert_eq!(parameter(fault, "nearest").map(Parameter::text).as_deref(), nearest);
    }
}

#[test]
fn amounts_that_are_no_amounts() {
    let places = [
        ("/items/0/amount", "decimal-string"),
        ("/items/0/quantity", "positive-decimal-string"),
        ("/items/0/rates/vat", "decimal-string"),
        ("/items/0/measurements/0/value", "positive-decimal-string"),
        ("/shipping/amount", "decimal-string"),
        ("/insurance/amount", "decimal-string"),
        ("/discounts/0/amount", "decimal-string"),
        ("/exchangeRates/0/rate", "positive-decimal-string"),
        ("/buyer/usedThisYear", "decimal-string"),
    ];
    let wrong = [
        value!("-1"),
        value!("-0.01"),
        value!("NaN"),
        value!("Infinity"),
        value!("-Infinity"),
        value!("1234567890123456789012345678901234567890"),
        value!("0.1234567890123456789012345678901234567890"),
        value!("1e5"),
        value!("0x10"),
        value!(""),
        value!(" 1"),
        value!("1,5"),
        value!("１"),
        value!("1".repeat(100_000)),
        value!(5),
        value!(-5),
        value!(0.1),
        value!(1e300),
        value!(null),
        value!(true),
        value!([]),
        value!({}),
        value!(["1"]),
    ];
    for (place, expected) in places {
        for value in &wrong {
            let large = value.as_str().is_some_and(|text| text.len() > 2000);
            let fault = refused(place, value.clone(), if large { Code::InputTooLarge } else { Code::InputAmountInvalid });
            assert!(large || parameter(&fault, "expected").cloned() == code(expected));
        }
    }
    for place in ["/items/0/quantity", "/items/0/measurements/0/value", "/exchangeRates/0/rate"] {
        for zero in ["0", "0.00", "000"] {
            refused(place, zero.into(), Code::InputAmountInvalid);
        }
    }
}

#[test]
fn codes_and_dates_that_do_not_exist() {
    for (place, expected, wrong) in [
        ("/items/0/hsCode", "hs-code", &["33049", "33.04.9", "33049900391", "330499003900", "ABCDEF", "33-04-99", ""][..]),
        ("/items/0/articleCode", "article-code", &["0", "09010390099", "x"]),
        ("/currencyCode", "currency", &["XYZ", "cny", "CN", "RMB", "DEM", ""]),
        ("/shipping/currencyCode", "currency", &["ZZZ", "¥"]),
        ("/items/0/currencyCode", "currency", &["CNH"]),
        ("/shipTo/countryCode", "country", &["XX", "cn", "CHN", "UK", "EU", ""]),
        ("/items/0/countryOfOrigin", "country", &["ZZ"]),
        (
            "/asOf",
            "date",
            &[
                "2026-02-29",
                "1900-02-29",
                "2026-04-31",
                "2026-13-01",
                "2026-00-01",
                "2026-01-00",
                "0000-01-01",
                "2026-11-23T00:00",
                "today",
                "",
            ],
        ),
        ("/exchangeRates/0/asOf", "date", &["2025-02-29"]),
        ("/incoterm", "one-of", &["EXW", "ddp"]),
        ("/items/0/measurements/0/type", "one-of", &["weight"]),
        ("/buyer/identity", "one-of", &["Valid", "11010519491231002X"]),
        ("/discounts/0/kind", "one-of", &["coupon"]),
        ("/discounts/0/itemId", "known-item", &["9"]),
    ] {
        for text in wrong {
            let fault = refused(place, (*text).into(), Code::InputMalformed);
            assert_eq!(parameter(&fault, "expected").cloned(), code(expected), "{place} {text}");
        }
    }
}

#[test]
fn measurements_in_units_that_do_not_suit() {
    for (kind, unit) in [("netWeight", "ml"), ("grossWeight", "piece"), ("volume", "kg"), ("pieces", "l")] {
        let mut changed = full();
        changed["items"][0]["measurements"] = value!([{ "type": kind, "value": "1", "unit": unit }]);
        let faults = faults_of(&changed.to_string());
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!(fault.target, "/items/0/measurements/0/unit");
        assert_eq!(parameter(fault, "expected").cloned(), code("unit-of-type"));
    }
}

#[test]
fn baskets_of_the_wrong_size() {
    let fault = refused("/items", value!([]), Code::InputMalformed);
    assert_eq!(parameter(&fault, "expected").cloned(), code("at-least-one"));
    let line = |id: usize| value!({ "id": id.to_string(), "quantity": "1", "amount": "1" });
    // The discount names an item by its id, so the ids start at 1.
    for (lines, fits) in [(1, true), (1000, true), (1001, false), (10_000, false), (60_000, false)] {
        let mut changed = full();
        changed["items"] = (1..=lines).map(line).collect();
        let faults = faults_of(&changed.to_string());
        if fits {
            assert_eq!(faults, []);
        } else {
            let [fault] = &faults[..] else { panic!("{lines} lines: {faults:?}") };
            assert_eq!((fault.code, fault.target.as_str()), (Code::InputTooLarge, "/items"));
            assert_eq!(parameter(fault, "most").unwrap().text(), "1000");
        }
    }
    for place in ["/items/0/measurements", "/discounts", "/exchangeRates"] {
        refused(place, vec![Value::Null; 201].into(), Code::InputTooLarge);
    }
    for count in [201, 300, 100_000] {
        let map = || (0..count).map(|index| (format!("a{index}"), Value::from("1"))).collect::<Map<_, _>>();
        refused("/items/0/attributes", map().into(), Code::InputTooLarge);
        refused("/items/0/rates", map().into(), Code::InputTooLarge);
    }
    for length in [501, 3000, 1_000_000] {
        refused("/items/0/name", "x".repeat(length).into(), Code::InputTooLarge);
        refused("/channel", "é".repeat(length).into(), Code::InputTooLarge);
    }
}

#[test]
fn faults_are_told_together_and_are_not_endless() {
    let mut changed = full();
    changed["asOf"] = "2026-02-30".into();
    changed["items"][0]["quantity"] = "0".into();
    changed["items"][0]["hsCode"] = "1".into();
    changed.as_object_mut().unwrap().remove("currencyCode");
    changed["extra"] = 1.into();
    let targets: Vec<String> = faults_of(&changed.to_string()).into_iter().map(|fault| fault.target).collect();
    assert_eq!(targets, ["/asOf", "/currencyCode", "/items/0/hsCode", "/items/0/quantity", ""]);
    changed["items"] = vec![value!({}); 1000].into();
    assert_eq!(faults_of(&changed.to_string()).len(), MOST_FAULTS);
}

#[test]
fn fields_named_twice() {
    let text = full().to_string();
    for (pointer, from, to) in [
        ("", "\"channel\":", "\"channel\":\"parcel\",\"channel\":"),
        ("/shipTo", "\"postalCode\":", "\"countryCode\":\"US\",\"postalCode\":"),
        ("/items/0/rates", "\"vat\":", "\"vat\":\"0\",\"vat\":"),
        ("/items/0/rates", "\"vat\":", "\"vat\":\"0\",\"\\u0076at\":"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let faults = faults_of(&changed);
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!((fault.code, fault.target.as_str()), (Code::InputMalformed, pointer));
        assert_eq!(parameter(fault, "expected").cloned(), code("unique-fields"));
    }
}

#[test]
fn deep_nesting() {
    for depth in [17, 100, 127] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            assert_eq!(faults_of(&deep).len(), if open == "[" { 1 } else { 5 }, "{open}");
            let text = full().to_string().replacen("\"Face serum 50 ml\"", &deep, 1);
            let faults = faults_of(&text);
            assert_eq!(faults[0].target, "/items/0/name");
        }
    }
    // Deeper than the text's reader goes: no JSON, with the place, and no stack overflow.
    for depth in [200, 1_000_000] {
        let faults = faults_of(&"[".repeat(depth));
        assert_eq!(parameter(&faults[0], "expected").cloned(), code("json"));
        assert_eq!(parameter(&faults[0], "line").unwrap().text(), "1");
    }
}

#[test]
fn polluted_keys() {
    let own = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
    for key in own {
        let mut changed = full();
        changed["items"][0].as_object_mut().unwrap().remove("hsCode");
        changed["items"][0][key] = value!({ "hsCode": "3304990039" });
        let faults = faults_of(&changed.to_string());
        assert_eq!(faults[0].target, "/items/0");
        assert_eq!(parameter(&faults[0], "expected").cloned(), code("known-field"));
    }
    for map in ["attributes", "rates"] {
        let mut changed = full();
        changed["items"][0][map] = value!({ "__proto__": "1" });
        let faults = faults_of(&changed.to_string());
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!(fault.target, format!("/items/0/{map}"));
        assert_eq!(parameter(fault, "expected").cloned(), code("camel-case-name"));
    }
}

#[test]
fn what_is_no_json() {
    for (text, line, column) in [
        ("", "1", "0"),
        ("{", "1", "1"),
        ("{\"items\": [}", "1", "12"),
        ("{}\n{}", "2", "1"),
        ("{\n  \"asOf\": NaN\n}", "2", "11"),
        ("\u{feff}{}", "1", "1"),
    ] {
        let faults = faults_of(text);
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert_eq!((fault.code, fault.target.as_str()), (Code::InputMalformed, ""));
        assert_eq!(
            (parameter(fault, "line").unwrap().text().as_str(), parameter(fault, "column").unwrap().text().as_str()),
            (line, column),
            "{text}"
        );
    }
    assert!(json::read(b"{\"sku\": \"\xff\"}").is_err());
    assert!(json::read(b"{\"sku\": \"\\ud800\"}").is_err());
}
