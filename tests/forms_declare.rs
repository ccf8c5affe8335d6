//! What `declare` makes of an order: it follows customs' own schema and our own rules, and its sums are the quote's.
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

use forms::{CHINA, schema, xmllint};
use preclear::author::cli::{Console, run};
use preclear::forms::validate;
use serde_json::{Value, json};

const ORDER: &str = include_str!("forms/order.json");

fn declare(form: &str, order: &Value) -> (u8, Value) {
    let text = order.to_string();
    let mut output = Vec::new();
    let mut error = Vec::new();
    let arguments = ["declare", "--form", form, "--time", "20261123103000"].map(String::from).to_vec();
    let exit = run(arguments, &mut Console { input: &mut text.as_bytes(), output: &mut output, error: &mut error });
    assert_eq!(String::from_utf8(error).unwrap(), "");
    (exit, serde_json::from_slice(&output).unwrap())
}

fn order() -> Value {
    serde_json::from_str(ORDER).unwrap()
}

fn field(xml: &str, name: &str) -> Option<String> {
    let (_, after) = xml.split_once(&format!("<ceb:{name}>"))?;
    Some(after.split_once("</")?.0.to_string())
}

#[test]
fn an_order_becomes_a_message_that_customs_schema_takes() {
    let (exit, answer) = declare("CEB311", &order());
    let xml = answer["xml"].as_str().unwrap();
    assert_eq!((exit, answer["findings"].as_array().unwrap().len()), (0, 0), "{answer:#}");
    // 2 × 199 − 30 = 368 for goods, 20 for freight, 10 by voucher. Tax by Cai Guan Shui 2016 no. 18: (368 + 20) × 13 % × 70 % = 35.308,
    // to the cent 35.31; 368 + 20 + 35.31 − 10 = 413.31 paid.
    for (name, expected) in [
        ("goodsValue", "368"),
        ("freight", "20"),
        ("discount", "10"),
        ("taxTotal", "35.31"),
        ("acturalPaid", "413.31"),
        ("price", "184"),
        ("totalPrice", "368"),
        ("country", "133"),
        ("gmodel", "精华液|某牌|50 毫升 &amp; 透明质酸 &lt;2%"),
        ("appTime", "20261123103000"),
    ] {
        assert_eq!(field(xml, name).as_deref(), Some(expected), "{name}");
    }
    // What is not known is left out, not empty.
    assert!(!xml.contains("barCode") && !xml.contains("></ceb:note"));
    if let Some(schema) = schema("import") {
        assert_eq!(xmllint(&schema, &[xml.to_string()]), [true]);
    }
    // Two messages of one order have identifiers of their own.
    let (_, again) = declare("CEB311", &order());
    assert_ne!(field(xml, "guid"), field(again["xml"].as_str().unwrap(), "guid"));
}

/// A signature as the schema has it, where the declarant will put one.
const SIGNATURE: &str = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm=\"a\"/><ds:SignatureMethod Algorithm=\"a\"/><ds:Reference URI=\"\"><ds:DigestMethod Algorithm=\"a\"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>";

#[test]
fn the_list_of_an_order_is_foreseen_and_wants_a_signature_only() {
    let (exit, answer) = declare("CEB621", &order());
    let findings = answer["findings"].as_array().unwrap();
    let xml = answer["xml"].as_str().unwrap();
    assert_eq!((exit, findings.len()), (0, 1), "{answer:#}");
    assert_eq!(
        (findings[0]["code"].as_str(), findings[0]["level"].as_str(), findings[0]["path"].as_str(), findings[0]["rule"].as_str()),
        (Some("form.missing"), Some("warn"), Some("/CEB621Message/Signature"), Some("S10"))
    );
    for (name, expected) in [
        ("appStatus", "1"),
        ("tradeMode", "9610"),
        ("country", "116"),
        ("freight", "20"),
        ("insuredFee", "0"),
        ("grossWeight", "0.24"),
        ("netWeight", "0.1"),
        ("declTime", "20261123"),
        ("gcode", "3304990039"),
    ] {
        assert_eq!(field(xml, name).as_deref(), Some(expected), "{name}");
    }
    let signed = xml.replace("</ceb:CEB621Message>", &format!("{SIGNATURE}</ceb:CEB621Message>"));
    if let Some(schema) = schema("import") {
        assert_eq!(xmllint(&schema, &[xml.to_string(), signed.clone()]), [false, true]);
    }
    // The list, the order and nothing else: every rule between them holds.
    let (_, order) = declare("CEB311", &order());
    let report = validate(&CHINA.0, &CHINA.1, &[order["xml"].as_str().unwrap().as_bytes(), signed.as_bytes()]);
    assert_eq!(report.findings, []);
}

#[test]
fn what_the_order_does_not_say_is_told_and_not_invented() {
    let mut bare = order();
    for name in ["logistics", "agent", "list"] {
        bare.as_object_mut().unwrap().remove(name);
    }
    let (exit, answer) = declare("CEB621", &bare);
    let missing: Vec<&str> = answer["findings"].as_array().unwrap().iter().filter_map(|finding| finding["element"].as_str()).collect();
    assert_eq!(exit, 1);
    for name in
        ["logisticsNo", "logisticsCode", "logisticsName", "assureCode", "customsCode", "portCode", "agentCode", "agentName", "trafMode"]
    {
        assert!(missing.contains(&name), "{name}: {missing:?}");
    }
    // No payment yet: the order may leave it out.
    let mut unpaid = order();
    unpaid.as_object_mut().unwrap().remove("payment");
    assert_eq!(declare("CEB311", &unpaid).0, 0);
    // No origin that customs has a code for: nothing stands in for it.
    let mut strange = order();
    strange["items"][0]["countryOfOrigin"] = json!("AQ");
    let (exit, answer) = declare("CEB311", &strange);
    assert_eq!((exit, answer["findings"][0]["element"].as_str()), (1, Some("country")));
    // Goods that may not come in have no amounts, and no tax is made up for them.
    let mut unknown = order();
    unknown["items"][0].as_object_mut().unwrap().remove("hsCode");
    let (exit, answer) = declare("CEB311", &unknown);
    let missing: Vec<&str> = answer["findings"].as_array().unwrap().iter().filter_map(|finding| finding["element"].as_str()).collect();
    assert_eq!((exit, missing), (1, vec!["taxTotal", "acturalPaid"]));
    // Prices that include tax are not taken apart here.
    let mut included = order();
    included["taxIncluded"] = json!(true);
    let (_, answer) = declare("CEB311", &included);
    assert_eq!((&answer["xml"], answer["findings"][0]["code"].as_str()), (&Value::Null, Some("form.unsupported")));
    // Another currency than customs takes.
    let mut foreign = order();
    foreign["currencyCode"] = json!("JPY");
    assert_eq!(declare("CEB311", &foreign).1["xml"], Value::Null);
}

#[test]
fn a_form_without_a_source_is_not_made() {
    for form in ["CN22", "CN23", "H7", "ITMATT"] {
        let (exit, answer) = declare(form, &order());
        assert_eq!((exit, &answer["xml"], answer["findings"][0]["code"].as_str()), (1, &Value::Null, Some("form.unsupported")));
        let missing = answer["findings"][0]["params"]["missing"].as_str().unwrap();
        assert!(missing.split(' ').any(|word| word == "message-structure"), "{form}: {missing}");
    }
}

#[test]
fn a_finding_says_where_in_the_order_its_fact_stands() {
    for (form, place, value, element, target) in [
        ("CEB311", "/buyer/idNumber", json!("110105194912310021"), "buyerIdNumber", "/buyer/idNumber"),
        ("CEB311", "/buyer/idType", json!("2"), "buyerIdType", "/buyer/idType"),
        ("CEB311", "/items/0/customs/unit", Value::Null, "unit", "/items/0/customs/unit"),
        ("CEB311", "/items/0/customs/unit", json!("999"), "unit", "/items/0/customs/unit"),
        ("CEB311", "/items/0/countryOfOrigin", json!("AQ"), "country", "/items/0/countryOfOrigin"),
        ("CEB311", "/items/0/name", Value::Null, "itemName", "/items/0/name"),
        ("CEB311", "/shipping/amount", json!("4700.00"), "goodsValue", "/items"),
        ("CEB621", "/list/trafMode", Value::Null, "trafMode", "/list/trafMode"),
        ("CEB621", "/list/netWeight", json!("9"), "netWeight", "/list/netWeight"),
        ("CEB621", "/items/0/customs/quantity2", Value::Null, "qty2", "/items/0/customs/quantity2"),
        ("CEB621", "/logistics/no", Value::Null, "logisticsNo", "/logistics/no"),
    ] {
        let mut order = order();
        let (parent, name) = place.rsplit_once('/').unwrap();
        let object = order.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        if value.is_null() {
            object.remove(name);
        } else {
            object.insert(name.into(), value);
        }
        let (_, answer) = declare(form, &order);
        let findings = answer["findings"].as_array().unwrap();
        let Some(finding) = findings.iter().find(|finding| finding["element"] == json!(element)) else {
            // A fault of the order itself has its place already.
            assert!(findings.iter().any(|finding| finding["target"] == json!(place) && finding.get("line").is_none()), "{place}: {answer}");
            continue;
        };
        assert_eq!(finding["target"], json!(target), "{place}: {finding}");
    }
}

#[test]
fn what_an_order_lacks_hides_nothing_else() {
    let mut order = order();
    order["items"][0]["customs"].as_object_mut().unwrap().remove("unit");
    order.as_object_mut().unwrap().remove("consignee");
    order["buyer"]["idNumber"] = json!("110105194912310021");
    let (exit, answer) = declare("CEB311", &order);
    let findings: Vec<(&str, &str)> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| (finding["code"].as_str().unwrap(), finding["target"].as_str().unwrap()))
        .collect();
    assert_eq!((exit, &answer["xml"]), (1, &Value::Null));
    // Each once, and none in the consignee that is not there.
    assert_eq!(
        findings,
        [("input.malformed", "/consignee"), ("input.malformed", "/items/0/customs/unit"), ("form.identity", "/buyer/idNumber")]
    );
}

#[test]
fn nothing_of_a_faulty_order_comes_back() {
    let canary = "CANARYCANARY";
    for (path, value) in [
        ("/buyer/idNumber", json!(canary)),
        ("/buyer/name", json!(canary.repeat(20))),
        ("/consignee/telephone", json!([canary])),
        ("/orderNo", json!(canary.repeat(20))),
        ("/platform", json!(canary)),
        ("/items/0/customs/unit", json!(canary)),
        ("/items/0/customs", json!({ canary: canary })),
        ("/buyer", json!({ canary: canary })),
        ("/list", json!({ canary: canary })),
        ("/channel", json!(canary)),
    ] {
        let mut order = order();
        *order.pointer_mut(path).unwrap() = value;
        for form in ["CEB311", "CEB621"] {
            let (exit, answer) = declare(form, &order);
            assert!(exit == 1 || path == "/channel", "{path}");
            assert!(!answer["findings"].to_string().contains("CANARY"), "{path}: {answer}");
        }
    }
}
