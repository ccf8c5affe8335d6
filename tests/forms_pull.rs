//! The payment data that customs pulls: built and signed in the form of its interface, every rule broken alone, and nothing of it told.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says what it compared"
)]
#![cfg(feature = "author")]

#[path = "forms/mod.rs"]
mod forms;

use forms::xml::{Xml, order, payment};
use forms::{CHINA, OF_PULL};
use preclear::author::cli::{Console, run};
use preclear::forms::pull::{NAME, check, sign_string};
use preclear::forms::validate;
use preclear::wire::node::LONGEST_RAW_BYTES;
use preclear::wire::{forms as wire, json, pull};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The payment of the order in the tests of the messages.
fn paid() -> Value {
    let mut paid: Value = serde_json::from_str(include_str!("../www/docs/examples/payment.json")).unwrap();
    paid["platformCode"] = "PLATFORM".into();
    paid["payment"]["code"] = "PAYMENT".into();
    paid["payment"]["transactionId"] = "PAID-1".into();
    paid["orders"][0]["orderNo"] = "ORDER-1".into();
    paid
}

/// Changed at a place.
fn with(mut paid: Value, place: &str, value: impl Into<Value>) -> Value {
    *paid.pointer_mut(place).unwrap() = value.into();
    paid
}

fn made(paid: &Value, signed: Option<(&str, &str)>) -> Value {
    let node = json::read_with(paid.to_string().as_bytes(), LONGEST_RAW_BYTES).unwrap();
    let drawn = "4CDE1CFD-EDED-46B1-946C-B8022E42FCFF";
    serde_json::from_str(&json::pretty(&pull::answer(&pull::message(&CHINA.0, &node, drawn, signed)))).unwrap()
}

/// The message of a payment, signed.
fn message(paid: &Value) -> String {
    made(paid, Some(("cert", "AAAA")))["message"].as_str().unwrap().into()
}

/// Rules and places in the payment of what is found in its message.
fn found(paid: &Value) -> BTreeSet<(String, String)> {
    let answer = made(paid, Some(("cert", "AAAA")));
    let texts = |finding: &Value, names: [&str; 2]| names.map(|name| finding[name].as_str().unwrap().to_string()).into();
    answer["findings"].as_array().unwrap().iter().map(|finding| texts(finding, ["rule", "target"])).collect()
}

#[test]
fn what_customs_pulls_is_built_in_order_and_signed_as_it_stands() {
    let mut paid = paid();
    for (place, text) in [("/session", "SESSION"), ("/serviceTime", "1544519952469"), ("/request", "a=\"1\""), ("/response", "a=b")] {
        paid = with(paid, place, text);
    }
    // The form of the announcement's interface: values as compact JSON, not escaped again, `||` between; 100.10 is 100.1.
    let paid = with(paid, "/payment/total", "100.10");
    let head = r#"{"guid":"4CDE1CFD-EDED-46B1-946C-B8022E42FC06","initalRequest":"a=\"1\"","initalResponse":"a=b","ebpCode":"PLATFORM","payCode":"PAYMENT","payTransactionId":"PAID-1","totalAmount":100.1,"currency":"142","verDept":"3","payType":"2","tradingTime":"20261123103000"}"#;
    let lists = r#"[{"orderNo":"ORDER-1","goodsInfo":[{"gname":"Face serum 50 ml","itemLink":"https://shop.example/serum"}],"recpAccount":"EXAMPLE-ACCOUNT","recpCode":"","recpName":"示例商家"}]"#;
    let expected = format!(
        "\"sessionID\":\"SESSION\"||\"payExchangeInfoHead\":\"{head}\"||\"payExchangeInfoLists\":\"{lists}\"||\"serviceTime\":\"1544519952469\""
    );
    assert_eq!(made(&paid, None), json!({ "signString": expected, "message": null, "findings": [] }));
    assert_eq!(**sign_string("SESSION", head, lists, "1544519952469"), *expected);
    let signed = made(&paid, Some(("cert", "AAAA")));
    assert_eq!((&signed["signString"], &signed["findings"]), (&json!(expected), &json!([])));
    let whole = format!(
        "{{\"sessionID\":\"SESSION\",\"payExchangeInfoHead\":{head},\"payExchangeInfoLists\":{lists},\"serviceTime\":\"1544519952469\",\"certNo\":\"cert\",\"signValue\":\"AAAA\"}}"
    );
    assert_eq!(signed["message"], whole);
    assert_eq!(check(&CHINA.0, whole.as_bytes(), true), []);
}

#[test]
fn a_payment_without_an_identifier_is_given_one_to_sign_and_none_afterwards() {
    let mut paid = paid();
    paid.as_object_mut().unwrap().remove("guid");
    assert!(made(&paid, None)["signString"].as_str().unwrap().contains("{\"guid\":\"4CDE1CFD-EDED-46B1-946C-B8022E42FCFF\","));
    let signed = made(&paid, Some(("cert", "AAAA")));
    assert_eq!((&signed["message"], &signed["findings"][0]["target"]), (&Value::Null, &json!("/guid")));
}

#[test]
fn what_is_wrong_is_told_at_its_place_in_the_payment() {
    let paid = paid();
    for (rule, target, value) in [
        ("P02", "/guid", json!("4cde1cfd-EDED-46B1-946C-B8022E42FC06")),
        ("P02", "/guid", json!("4CDE1CFD")),
        ("P05", "/payment/total", json!("456.040001")),
        ("P06", "/payment/verifier", json!("4")),
        ("P06", "/payment/method", json!("5")),
        ("P07", "/payment/time", json!("20261123106000")),
        ("P10", "/orders/0/orderNo", json!(" ")),
        ("P10", "/orders/0/items/0/name", json!(" ")),
        ("P10", "/orders/0/items/0/url", json!("shop.example/serum")),
        ("P10", "/orders/0/items/0/url", json!("https://")),
        ("P10", "/orders/0/receiver/account", json!(" ")),
        ("P10", "/orders/0/receiver/name", json!(" ")),
        // 45604 fen were asked for.
        ("P12", "/payment/total", json!("456.05")),
        ("W09", "/response", json!("ok")),
        ("W13", "/payment/transactionId", json!("EXAMPLE-0001")),
        ("W14", "/payment/code", json!("EXAMPLE")),
    ] {
        let mut expected = BTreeSet::from([(rule.to_string(), target.to_string())]);
        if value == "456.040001" {
            expected.insert(("P12".into(), target.into()));
        }
        assert_eq!(found(&with(paid.clone(), target, value)), expected, "{target}");
    }
    // Another company's interface counts in yuan, with decimals.
    assert_eq!(found(&with(paid.clone(), "/request", "a=b&total_fee=456.04&out_trade_no=1")), BTreeSet::new());
    assert_eq!(found(&with(paid.clone(), "/request", "{\"total_fee\":45604}")), BTreeSet::new());
    // What a payment may not have at all is a fault of the input.
    for (place, value) in [
        ("/request", json!("a".repeat(8001))),
        ("/request", json!("字".repeat(8001))),
        ("/session", json!("")),
        ("/payment/total", json!(456.04)),
        ("/payment/total", json!("0")),
        ("/orders", json!([])),
        ("/orders/0/receiver", json!(null)),
    ] {
        let answer = made(&with(paid.clone(), place, value), None);
        assert_eq!((&answer["signString"], &answer["message"]), (&Value::Null, &Value::Null));
        let findings = answer["findings"].as_array().unwrap();
        assert_eq!((findings.len(), &findings[0]["target"]), (1, &json!(place)));
    }
    let long = with(paid, "/request", "字".repeat(8000));
    assert_eq!(made(&long, None)["findings"], json!([]));
}

#[test]
fn each_rule_of_a_message_is_broken_alone() {
    let text = message(&paid());
    let response = paid()["response"].as_str().unwrap().to_string();
    for (rule, path, from, to) in [
        (
            "P01",
            "/payExchangeInfoHead",
            "\"ebpCode\":\"PLATFORM\",\"payCode\":\"PAYMENT\"",
            "\"payCode\":\"PAYMENT\",\"ebpCode\":\"PLATFORM\"",
        ),
        ("P01", "/certNo", "\"certNo\":\"cert\",", ""),
        ("P01", "/signValue", "\"AAAA\"", "\"\""),
        ("P01", "/payExchangeInfoHead/payTransactionId", "\"PAID-1\"", "\"\""),
        ("P01", "/payExchangeInfoHead", "\"currency\"", "\"strange\":1,\"currency\""),
        ("P02", "/payExchangeInfoHead/guid", "4CDE1CFD", "4cde1cfd"),
        ("P04", "/payExchangeInfoHead/currency", "\"142\"", "\"CNY\""),
        ("P05", "/payExchangeInfoHead/totalAmount", "456.04,", "\"456.04\","),
        ("P05", "/payExchangeInfoHead/totalAmount", "456.04,", "456.040,"),
        ("P05", "/payExchangeInfoHead/totalAmount", "456.04,", "45604e-2,"),
        ("P05", "/payExchangeInfoHead/totalAmount", "456.04,", "0456.04,"),
        ("P05", "/payExchangeInfoHead/totalAmount", "456.04,", "-,"),
        ("P06", "/payExchangeInfoHead/verDept", "\"verDept\":\"3\"", "\"verDept\":\"4\""),
        ("P07", "/payExchangeInfoHead/tradingTime", "20261123103000", "20261123106000"),
        ("P08", "/payExchangeInfoHead/initalResponse", &response, &format!("a={}", "o".repeat(7999))),
        ("P10", "/payExchangeInfoLists[1]/orderNo", "\"orderNo\":\"ORDER-1\"", "\"orderNo\":\" \""),
        (
            "P10",
            "/payExchangeInfoLists[1]/goodsInfo",
            "[{\"gname\":\"Face serum 50 ml\",\"itemLink\":\"https://shop.example/serum\"}]",
            "[]",
        ),
        ("P10", "/payExchangeInfoLists[1]/goodsInfo[1]/itemLink", "https://shop.example", "shop.example"),
    ] {
        assert!(text.contains(from), "{from}");
        let findings = check(&CHINA.0, text.replacen(from, to, 1).as_bytes(), true);
        let told: Vec<(&str, &str)> = findings.iter().map(|finding| (&*finding.rule, &*finding.path)).collect();
        assert_eq!(told, [(rule, path)], "{from}");
        assert!(findings.iter().all(|finding| finding.line == 1 && finding.column >= 1));
        assert_eq!(findings[0].level, CHINA.0.rule(rule).unwrap().level);
    }
    for bad in ["", "{", "[1,]", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "nul", "1 2", &"[".repeat(100_000), &" ".repeat(1024 * 1024 + 1)] {
        assert_eq!(check(&CHINA.0, bad.as_bytes(), true)[0].code.name(), "form.malformed", "{} bytes", bad.len());
    }
}

/// The rules that messages and payment data break together, and where.
fn together(messages: &[Xml], paid: &Value) -> BTreeSet<(String, String)> {
    let texts: Vec<String> = messages.iter().map(Xml::write).chain([message(paid)]).collect();
    let texts: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
    let report = validate(&CHINA.0, &CHINA.1, &texts);
    let last = report.documents.last().unwrap();
    assert_eq!((last.message.as_deref(), last.schema_valid), (Some(NAME), true));
    report.findings.iter().map(|finding| (finding.rule.to_string(), finding.path.clone())).collect()
}

#[test]
fn a_mark_of_the_byte_order_is_no_text_and_what_is_far_too_long_is_not_looked_into() {
    let text = message(&paid());
    let marked = ["\u{feff}", &text].concat();
    assert_eq!(validate(&CHINA.0, &CHINA.1, &[marked.as_bytes()]).findings, []);
    // As many beginnings of a field as there is room for, none of which ends: told by its length, in no time that grows with their square.
    let request = paid()["request"].as_str().unwrap().to_string();
    let endless = text.replacen(&request, &"<total_fee>".repeat(90_000), 1);
    let rules: Vec<String> = check(&CHINA.0, endless.as_bytes(), true).iter().map(|finding| finding.rule.to_string()).collect();
    assert_eq!(rules, ["P08"]);
}

#[test]
fn payment_data_is_held_against_order_and_payment() {
    let forms = &CHINA.0;
    let (order, payment) = (|| order(forms), || payment(forms));
    let one = |rule: &str, path: &str| BTreeSet::from([(rule.to_string(), path.to_string())]);
    assert_eq!(together(&[order(), payment()], &paid()), BTreeSet::new());
    let head = "/payExchangeInfoHead";
    for name in ["payCode", "payTransactionId"] {
        let place = if name == "payCode" { "/payment/code" } else { "/payment/transactionId" };
        assert_eq!(together(&[order()], &with(paid(), place, "OTHER")), one("P15", &format!("{head}/{name}")));
        assert_eq!(together(&[payment()], &with(paid(), place, "OTHER")), one("P15", &format!("{head}/{name}")));
        // An order that does not name its payment contradicts none.
        assert_eq!(together(&[order().without(name)], &with(paid(), place, "OTHER")), BTreeSet::new());
    }
    let total = format!("{head}/totalAmount");
    let other = with(with(paid(), "/payment/total", "456.05"), "/request", "<total_fee>45605</total_fee>");
    assert_eq!(together(&[payment()], &other), one("P15", &total));
    assert_eq!(together(&[order()], &other), one("P11", &total));
    let elsewhere = with(paid(), "/orders/0/orderNo", "ORDER-2");
    assert_eq!(together(&[order()], &elsewhere), one("R24", "/payExchangeInfoLists[1]/orderNo"));
    assert_eq!(together(&[], &elsewhere), BTreeSet::new());
}

#[test]
fn the_orders_of_one_payment_add_up_to_it() {
    let forms = &CHINA.0;
    let second = || order(forms).with("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC0A").with("orderNo", "ORDER-2");
    let merged = |total: &str| {
        let mut paid = with(with(paid(), "/payment/total", total), "/request", "a=b");
        let mut other = paid["orders"][0].clone();
        other["orderNo"] = "ORDER-2".into();
        paid["orders"].as_array_mut().unwrap().push(other);
        paid
    };
    let total = |rule: &str| BTreeSet::from([(rule.to_string(), "/payExchangeInfoHead/totalAmount".to_string())]);
    // 456.04 twice is 912.08.
    assert_eq!(together(&[order(forms), second()], &merged("912.08")), BTreeSet::new());
    assert_eq!(together(&[order(forms), second()], &merged("912.07")), total("P11"));
    assert_eq!(together(&[order(forms), second()], &merged("912.09")), total("P11"));
    // Where one of them is not there, there is no sum.
    let absent = together(&[order(forms)], &merged("1"));
    assert_eq!(absent, BTreeSet::from([("R24".to_string(), "/payExchangeInfoLists[2]/orderNo".to_string())]));
    // Each order's own payment is a part of it.
    let parts = [order(forms), second(), payment(forms).with("payTransactionId", "PART").with("amountPaid", "456.04")];
    assert!(together(&parts, &merged("912.08")).iter().all(|(rule, _)| !rule.starts_with('P')));
}

#[test]
fn every_rule_of_payment_data_is_in_the_table() {
    let table: BTreeSet<&str> = CHINA.0.rules.iter().map(|rule| &*rule.id).collect();
    for rule in OF_PULL {
        assert!(table.contains(rule), "{rule}");
    }
}

#[test]
fn the_command_line_makes_what_it_then_finds_right() {
    let run = |words: &[&str], input: &str| {
        let (mut output, mut error) = (Vec::new(), Vec::new());
        let mut console = Console { input: &mut input.as_bytes(), output: &mut output, error: &mut error };
        let exit = run(words.iter().copied().map(String::from).collect(), &mut console);
        (exit, serde_json::from_slice::<Value>(&output).unwrap_or_default(), String::from_utf8(error).unwrap())
    };
    let input = paid().to_string();
    let (exit, unsigned, _) = run(&["pull"], &input);
    assert_eq!((exit, &unsigned["message"]), (0, &Value::Null));
    let (exit, signed, _) = run(&["pull", "--certificate", "cert", "--signature", "AAAA"], &input);
    assert_eq!((exit, &signed["signString"]), (0, &unsigned["signString"]));
    let (exit, report, _) = run(&["validate"], signed["message"].as_str().unwrap());
    let documents = json!([{ "message": NAME, "schemaValid": true, "entries": "1" }]);
    assert_eq!((exit, report), (0, json!({ "verdict": "valid", "documents": documents, "findings": [], "more": "0" })));
    assert_eq!(run(&["pull"], &with(paid(), "/payment/verifier", "4").to_string()).0, 1);
    assert_eq!(run(&["pull"], "{").2, "preclear: payment:1:1: expected JSON\n");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    /// What is built and what is signed hold a text where it belongs, and what was found holds none.
    #[test]
    fn nothing_of_payment_data_comes_back(canary in "[A-Z]{3}canary[0-9]{4}[\"\\\\\u{1}字]{0,2}", place in 0usize..14, spoil in 0usize..7, cut in 0usize..900) {
        let places = [
            "/session", "/serviceTime", "/guid", "/platformCode", "/payment/code", "/payment/transactionId", "/payment/verifier", "/request", "/response",
            "/orders/0/orderNo", "/orders/0/items/0/name", "/orders/0/items/0/url", "/orders/0/receiver/account", "/orders/0/receiver/name",
        ];
        let answer = made(&with(paid(), places[place], canary.clone()), Some(("cert", "AAAA")));
        prop_assert!(!answer["findings"].to_string().contains("canary"));
        let Some(text) = answer["message"].as_str() else { return Ok(()) };
        // The text is JSON that holds what it was given, whatever characters are in that.
        let read: Value = serde_json::from_str(text).unwrap();
        prop_assert!(read.to_string().contains(&Value::from(canary).to_string()));
        let signed = answer["signString"].as_str().unwrap();
        prop_assert!(signed.starts_with("\"sessionID\":\"") && signed.contains("canary"));
        let spoilt = match spoil {
            0 => text.to_string(),
            1 => text.replacen("\"certNo\"", "\"XXXcanary0000\"", 1),
            2 => text.replacen("456.04", "\"XXXcanary0000\"", 1),
            3 => text.replacen("\"142\"", "\"XXXcanary0000\"", 1),
            4 => text.replacen("[{", "[\"XXXcanary0000\",{", 1),
            5 => text.replacen(":{", ":{\"XXXcanary0000\":{", 1),
            _ => text.chars().take(cut).collect(),
        };
        let report = validate(&CHINA.0, &CHINA.1, &[spoilt.as_bytes(), order(&CHINA.0).write().as_bytes()]);
        let told = format!("{report:?} {}", json::pretty(&wire::report(&report)));
        prop_assert!(!told.contains("canary"), "{told}");
    }
}
