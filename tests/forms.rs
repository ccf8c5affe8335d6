//! Declarations: for every rule a message that breaks it and only it, hostile messages, and that nothing of a message comes back.
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

use forms::xml::{Xml, full, list, order, payment, taken_back, waybill};
use forms::{CHINA, OF_PULL};
use preclear::finding::Level;
use preclear::forms::{Report, validate};
use preclear::wire::{forms as wire, json};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::time::Instant;

fn checked(messages: &[&Xml]) -> Report {
    let texts: Vec<String> = messages.iter().map(|message| message.write()).collect();
    let texts: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
    validate(&CHINA.0, &CHINA.1, &texts)
}

fn rules(report: &Report) -> BTreeSet<String> {
    report.findings.iter().map(|finding| finding.rule.to_string()).collect()
}

#[test]
fn a_sale_that_keeps_every_rule_has_no_finding() {
    let forms = &CHINA.0;
    let report = checked(&[&order(forms), &payment(forms), &waybill(forms), &list(forms), &taken_back(forms)]);
    assert_eq!(report.findings, []);
    assert!(!report.blocks && report.documents.iter().all(|document| document.schema_valid && document.entries == 1));
}

/// Two lines where there was one, with amounts that still add up.
fn two_lines(number: &str) -> Xml {
    let forms = &CHINA.0;
    order(forms).with("goodsValue", "796").with("acturalPaid", "854.04").with_another("OrderList", |line| line.with("gnum", number))
}

/// Each rule of one message, and a message that breaks it and only it.
fn broken_alone() -> Vec<(&'static str, Xml)> {
    let forms = &CHINA.0;
    let (order, list, payment) = (|| order(forms), || list(forms), || payment(forms));
    let cancelled = || {
        let cancelled = full(forms, "CEB623Message").with("invtNo", "29012026I123456789").with("buyerName", "张三");
        cancelled.with("buyerIdType", "1").with("buyerIdNumber", "11010519491231002X")
    };
    assert_eq!(rules(&checked(&[&cancelled()])), BTreeSet::new());
    let bonded = || {
        let list = full(forms, "CEB621Message");
        let whole = self::list(forms);
        let mut bonded = whole.without("trafNo").without("voyageNo").without("billNo").with("tradeMode", "1210");
        let head = list.children[0].children[0].clone();
        for name in ["emsNo", "areaCode", "areaName"] {
            let place = head.children.iter().position(|child| child.name == name).unwrap();
            let before: Vec<&str> = head.children[..place].iter().map(|child| child.name.as_str()).collect();
            let own = &mut bonded.children[0].children[0].children;
            let at = own.iter().rposition(|child| before.contains(&child.name.as_str())).unwrap() + 1;
            own.insert(at, head.children[place].clone());
        }
        let own = &mut bonded.children[0].children[0];
        *own = own.clone().with("country", "142");
        bonded
    };
    assert_eq!(rules(&checked(&[&bonded()])), BTreeSet::new());
    let head_country = |code: &str, mut list: Xml| {
        let head = &mut list.children[0].children[0];
        *head = head.clone().with("country", code);
        list
    };
    vec![
        ("D01", waybill(forms).without("freight")),
        ("D01", waybill(forms).without("insuredFee")),
        ("D01", cancelled().without("copNo")),
        ("D01", taken_back(forms).without("copNo")),
        ("D02", list().with("assureCode", "PLATFORM")),
        ("F01", order().with("dxpMode", "FTP")),
        ("F02", full(forms, "CEB816Message").with("status", "4")),
        ("G01", order().with("guid", "4cde1cfd-EDED-46B1-946C-B8022E42FC01")),
        ("W01", order().with("guid", "ZCDE1CFD-EDED-46B1-946C-B8022E42FC01")),
        ("R01", order().with("acturalPaid", "456.05")),
        ("R02", order().with("price", "199.01")),
        ("R03", order().with("goodsValue", "399").with("acturalPaid", "457.04")),
        ("R05", order().with("buyerIdType", "2")),
        ("R06", order().with("buyerIdNumber", "110105194912310021")),
        ("R06", payment().with("payerIdNumber", "110105194912310021")),
        ("R07", order().with("gnum", "2")),
        ("R07", two_lines("1")),
        ("R07", two_lines("3")),
        ("R09", order().with("orderType", "E")),
        ("R10", order().with("consigneeDistrict", "33010A")),
        ("R11", order().with("freight", "4602.01").with("acturalPaid", "5038.05")),
        ("R13", order().with("appType", "4")),
        ("R13", order().with("appStatus", "3")),
        ("R14", order().with("appTime", "20260229103000")),
        ("R14", list().with("declTime", "20261131")),
        ("R20", list().with("packNo", "2")),
        ("R21", list().with("grossWeight", "0").with("netWeight", "0").with("unit1", "007")),
        ("R22", full(forms, "CEB513Message").with("logisticsStatus", "T")),
        ("R31", list().with("tradeMode", "1239")),
        ("R32", bonded().without("emsNo")),
        ("R32", bonded().without("itemRecordNo")),
        ("R33", list().without("voyageNo")),
        ("R34", head_country("142", list())),
        ("R34", head_country("133", bonded())),
        ("R35", list().with("netWeight", "0.31").with("qty1", "0.31")),
        ("R36", list().with("gcode", "33049900XX")),
        ("R37", list().without("qty2")),
        ("R37", list().without("unit2")),
        ("R39", list().with("assureCode", "OTHER")),
        ("R40", list().with("qty2", "3")),
        ("R41", list().with("netWeight", "0.2")),
        ("R41", list().with("unit1", "036")),
        ("R41", list().with("unit1", "070").with("qty1", "0.001")),
        // The second unit is one of weight, and the first says nothing of it.
        ("R41", list().with("unit1", "007").with("unit2", "035").with("qty2", "0.11")),
        ("R42", order().with("qty", "-2").with("price", "-199").with("totalPrice", "398")),
        ("R43", list().with("tradeCountry", "002")),
        ("R43", order().with("unit", "999")),
        ("R49", list().with("appType", "2")),
        ("R50", taken_back(forms).with("invtNo", "29012026X123456789")),
        ("R52", full(forms, "CEB312Message").with("returnStatus", "101")),
        ("W48", {
            let mut list = list();
            let head = &mut list.children[0].children[0].children;
            let at = head.iter().position(|child| child.name == "ieFlag").unwrap();
            head.insert(at, Xml { name: "emsNo".into(), text: "1".into(), ..Xml::default() });
            list
        }),
        ("W51", order().with("buyerName", "张*")),
    ]
}

#[test]
fn each_rule_of_a_message_is_broken_by_a_message_that_breaks_it_only() {
    for (rule, message) in broken_alone() {
        let report = checked(&[&message]);
        assert_eq!(rules(&report), BTreeSet::from([rule.to_string()]), "{}", message.write());
        assert!(report.documents[0].schema_valid, "{rule}");
        let of_table = CHINA.0.rule(rule).unwrap();
        assert_eq!(report.blocks, of_table.level == Level::Block, "{rule}");
        for finding in &report.findings {
            assert_eq!((finding.level, &*finding.prevents), (of_table.level, &*of_table.prevents), "{rule}");
            assert!(finding.path.starts_with(&format!("/{}/", message.name)) && finding.line > 1 && finding.column > 1, "{finding:?}");
        }
    }
}

#[test]
fn each_rule_between_documents_is_broken_by_some_that_break_it_only() {
    let forms = &CHINA.0;
    let (order, payment, waybill, list) = (|| order(forms), || payment(forms), || waybill(forms), || list(forms));
    let cases: Vec<(&str, Vec<Xml>)> = vec![
        ("G02", vec![order(), payment().with("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC01")]),
        ("R08", vec![order(), order().with("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC0A")]),
        ("R12", vec![order(), waybill().with("consigneeTelephone", "13800138001")]),
        ("R15", vec![order(), payment().with("amountPaid", "456.05")]),
        ("R16", vec![order(), payment().with("payerName", "李四")]),
        ("R17", vec![order(), list().with("buyerTelephone", "13800138001")]),
        ("R18", vec![order(), payment().with("payTransactionId", "PAID-2")]),
        ("R24", vec![list(), waybill().with("logisticsNo", "PARCEL-2")]),
        ("R44", vec![order(), list().with("gname", "面霜")]),
        ("R44", vec![order(), list().with_another("InventoryList", |line| line.with("gnum", "2").with("qty1", "0")).without("qty1")]),
        ("R54", vec![list(), taken_back(forms).with("qty", "3")]),
        ("R54", vec![list(), taken_back(forms).with("gnum", "2")]),
    ];
    for (rule, messages) in cases {
        let report = checked(&messages.iter().collect::<Vec<_>>());
        let found: BTreeSet<String> = rules(&report).into_iter().filter(|rule| !rule.starts_with('S')).collect();
        assert_eq!(found, BTreeSet::from([rule.to_string()]), "{:?}", report.findings);
    }
    // Both sides name what the other lacks.
    let report = checked(&[&order(), &payment().with("orderNo", "ORDER-2")]);
    assert_eq!(rules(&report), BTreeSet::from(["R24".to_string()]));
    assert_eq!(report.findings.iter().map(|finding| finding.document).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn the_currency_is_fixed_by_the_schema_and_told_by_its_rule() {
    let forms = &CHINA.0;
    for message in [order(forms), payment(forms), waybill(forms), list(forms)] {
        let report = checked(&[&message.with("currency", "502")]);
        assert_eq!((rules(&report), report.blocks), (BTreeSet::from(["R04".to_string()]), true));
        assert!(!report.documents[0].schema_valid && report.findings.iter().all(|finding| finding.code.name() == "form.fixed"));
    }
}

#[test]
fn every_rule_has_a_test() {
    let between = ["G02", "R08", "R12", "R15", "R16", "R17", "R18", "R24", "R44", "R54"];
    // The test of the bar code is below; those of the payment data have a file of their own, which asks the same.
    let elsewhere = |rule: &str| rule == "R04" || rule == "R46" || OF_PULL.contains(&rule);
    let alone: BTreeSet<&str> = broken_alone().into_iter().map(|(rule, _)| rule).collect();
    for rule in &CHINA.0.rules {
        assert!(alone.contains(&*rule.id) || between.contains(&&*rule.id) || elsewhere(&rule.id), "{} has no test", rule.id);
    }
}

#[test]
fn limits_are_reached_and_not_passed() {
    let forms = &CHINA.0;
    let worth = |freight: &str, paid: &str| order(forms).with("freight", freight).with("acturalPaid", paid);
    // 398 + 4602 = 5000, the limit itself, and a cent more: Cai Guan Shui 2018 no. 49.
    assert_eq!(checked(&[&worth("4602", "5038.04")]).findings, []);
    assert!(checked(&[&worth("4602.01", "5038.05")]).blocks);
    // Before 2019 the limit was 2000.
    let before = |time: &str| worth("2000", "2436.04").with("appTime", time);
    assert!(checked(&[&before("20181231235959")]).blocks);
    assert!(!checked(&[&before("20190101000000")]).blocks);
    // A single article above the limit comes in at full tax; above the year's it does not.
    let single = |price: &str, goods: &str, paid: &str| {
        order(forms).with("qty", "1").with("price", price).with("totalPrice", price).with("goodsValue", goods).with("acturalPaid", paid)
    };
    let report = checked(&[&single("6000", "6000", "6058.04")]);
    assert_eq!((report.blocks, report.findings[0].level), (false, Level::Info));
    assert!(checked(&[&single("26000", "26000", "26058.04")]).blocks);
}

#[test]
fn bar_codes_of_digits_have_a_check_digit() {
    let coded = |code: &str| {
        let mut order = order(&CHINA.0);
        let line = &mut order.find("OrderList").unwrap().children;
        let at = line.iter().position(|child| child.name == "unit").unwrap();
        line.insert(at, Xml { name: "barCode".into(), text: code.into(), ..Xml::default() });
        rules(&checked(&[&order]))
    };
    assert_eq!(coded("无"), BTreeSet::new());
    assert_eq!(coded("6901234567892"), BTreeSet::new());
    assert_eq!(coded("6901234567893"), BTreeSet::from(["R46".to_string()]));
}

fn malformed(bytes: &[u8]) -> String {
    let report = validate(&CHINA.0, &CHINA.1, &[bytes]);
    assert!(report.blocks && !report.documents[0].schema_valid);
    let finding = report.findings.iter().find(|finding| finding.code.name() == "form.malformed").unwrap();
    wire::finding(finding).get("params").unwrap().get("reason").unwrap().as_text().unwrap().to_string()
}

#[test]
fn hostile_messages_are_refused_in_a_word() {
    let good = order(&CHINA.0).write();
    let with = |from: &str, to: &str| good.replacen(from, to, 1).into_bytes();
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth)).into_bytes();
    for (expected, bytes) in [
        ("empty", Vec::new()),
        ("empty", b"<!-- nothing -->".to_vec()),
        ("outside", b"nothing".to_vec()),
        ("unclosed", good.strip_suffix("</ceb:CEB311Message>\n").unwrap().into()),
        ("encoding", [0xff, 0xfe, b'<', 0].to_vec()),
        ("encoding", with("UTF-8", "GB2312")),
        ("encoding", [good.as_bytes(), &[0xc3, 0x28]].concat()),
        ("characters", with("ORDER-1", "ORDER\0-1")),
        ("characters", with("ORDER-1", "ORDER\u{ffff}-1")),
        ("document-type", with("<ceb:CEB311Message", "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><ceb:CEB311Message")),
        ("reference", with("ORDER-1", "&a;")),
        ("reference", with("ORDER-1", "&#0;")),
        ("attributes", with(" version=\"1.0\">", " version=\"1.0\" version=\"1.0\">")),
        ("depth", nested(33)),
        ("depth", nested(100_000)),
        ("namespace", with("xmlns:ceb", "xmlns:other")),
        ("outside", [good.as_bytes(), b"<a/>"].concat()),
    ] {
        assert_eq!(malformed(&bytes), expected, "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(200)]));
    }
    let attributes: String = (0..100_000).map(|number| format!(" a{number}=\"1\"")).collect();
    assert_eq!(malformed(&with(" version=\"1.0\">", &format!("{attributes}>"))), "attributes");
    assert_eq!(malformed(&vec![b' '; 16 * 1024 * 1024 + 1]), "size");
    // The mark of the byte order is no text.
    let marked = [b"\xef\xbb\xbf", good.as_bytes()].concat();
    assert_eq!(validate(&CHINA.0, &CHINA.1, &[&marked]).findings, []);
}

#[test]
fn more_orders_than_may_be_are_told_and_counted() {
    let mut message = order(&CHINA.0);
    let one = message.children[0].clone();
    for number in 1..200 {
        let guid = format!("4CDE1CFD-EDED-46B1-946C-B8022E43F{number:03}");
        message.children.insert(0, one.clone().with("guid", &guid).with("orderNo", &format!("ORDER-A{number}")));
    }
    let report = checked(&[&message]);
    assert_eq!(report.documents[0].entries, 200);
    let codes: BTreeSet<(&str, &str)> = report.findings.iter().map(|finding| (finding.code.name(), &*finding.prevents)).collect();
    assert_eq!(codes, BTreeSet::from([("form.too-many", "-301015")]));
    assert_eq!(report.findings.len(), 100);
    assert_eq!(report.findings[0].path, "/CEB311Message/Order[101]");
}

#[test]
fn a_return_of_many_lines_is_held_against_a_list_of_many_in_linear_time() {
    let forms = &CHINA.0;
    let many = |mut message: Xml, line: &str, count: usize| {
        let lines = &mut message.children[0].children;
        let one = lines.iter().position(|child| child.name == line).unwrap();
        let copy = lines[one].clone();
        lines.splice(one..=one, (1..=count).map(|number| copy.clone().with("gnum", &number.to_string())));
        message
    };
    let seconds = |count: usize| {
        let (list, returned) = (many(list(forms), "InventoryList", count), many(taken_back(forms), "InvtRefundList", count));
        let (list, returned) = (list.write(), returned.write());
        let begun = Instant::now();
        let report = validate(forms, &CHINA.1, &[list.as_bytes(), returned.as_bytes()]);
        assert!(report.blocks && report.more > 0);
        begun.elapsed().as_secs_f64()
    };
    let (few, many) = (seconds(1000), seconds(4000));
    println!("report: 4 times the lines of a list and its return take {:.1} times as long", many / few);
}

#[test]
fn a_hundred_megabytes_are_not_read() {
    for (byte, reason) in [(b' ', "size"), (b'<', "size"), (0, "size")] {
        let mut input = std::io::Read::take(std::io::repeat(byte), 100_000_000);
        let mut output = Vec::new();
        let mut console = preclear::author::cli::Console { input: &mut input, output: &mut output, error: &mut std::io::sink() };
        assert_eq!(preclear::author::cli::run(vec!["validate".into()], &mut console), 1);
        let answer: serde_json::Value = serde_json::from_slice(&output).unwrap();
        assert_eq!(answer["findings"][0]["params"]["reason"], reason);
        // What is left was never asked for.
        assert!(input.limit() > 80_000_000);
    }
}

#[test]
fn findings_are_bounded() {
    let mut message = order(&CHINA.0);
    let strange = Xml { name: "strange".into(), ..Xml::default() };
    message.children.extend(std::iter::repeat_n(strange, 5000));
    let report = checked(&[&message]);
    assert_eq!((report.findings.len(), report.more), (1000, 4000));
    assert!(report.blocks && !report.documents[0].schema_valid);
}

#[test]
fn a_megabyte_is_reported() {
    let forms = &CHINA.0;
    let mut message = order(forms);
    let one = message.children[0].clone();
    let mut number = 0;
    while message.write().len() < 1_000_000 {
        for _ in 0..50 {
            number += 1;
            let guid = format!("4CDE1CFD-EDED-46B1-946C-B8022E4{number:05}");
            message.children.insert(0, one.clone().with("guid", &guid).with("orderNo", &format!("ORDER-A{number}")));
        }
    }
    let text = message.write();
    let begun = Instant::now();
    let report = validate(forms, &CHINA.1, &[text.as_bytes()]);
    println!("report: {} bytes, {} orders validated in {:?}", text.len(), report.documents[0].entries, begun.elapsed());
    assert!(report.documents[0].entries > 400);
}

/// Everything that the answer to these messages says.
fn answer(messages: &[Xml]) -> String {
    json::pretty(&wire::report(&checked(&messages.iter().collect::<Vec<_>>())))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn nothing_of_a_message_comes_back(canary in "[A-Z]{3}canary[0-9]{4}", place in 0usize..2000, which in 0usize..5) {
        let forms = &CHINA.0;
        let mut messages = vec![order(forms), payment(forms), waybill(forms), list(forms), taken_back(forms)];
        let message = &mut messages[which];
        let paths = message.paths();
        let xml = message.at(&paths[place % paths.len()]);
        match place % 4 {
            0 => xml.text.clone_from(&canary),
            1 => xml.name.clone_from(&canary),
            2 => xml.attributes = format!(" {canary}=\"{canary}\""),
            _ => xml.text = format!("{canary}<{canary}"),
        }
        let answer = answer(&messages);
        prop_assert!(!answer.contains(&canary) && !answer.contains("canary"), "{answer}");
        for own in ["张三", "11010519491231002X", "13800138000", "文一路", "ORDER-1", "PAID-1", "PARCEL-1"] {
            prop_assert!(!answer.contains(own), "{own}: {answer}");
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0usize..4000) {
        let good = order(&CHINA.0).write().into_bytes();
        let cut = cut.min(good.len());
        let mixed = [&good[..cut], &bytes, &good[cut..]].concat();
        for message in [&bytes, &mixed] {
            let report = validate(&CHINA.0, &CHINA.1, &[message]);
            prop_assert_eq!(report.documents.len(), 1);
        }
    }
}

fn receipt(status: &str, info: &str) -> (u8, String) {
    let text = full(&CHINA.0, "CEB622Message").with("returnStatus", status).with("returnInfo", info).write();
    let mut output = Vec::new();
    let mut console = preclear::author::cli::Console { input: &mut text.as_bytes(), output: &mut output, error: &mut std::io::sink() };
    let exit = preclear::author::cli::run(vec!["receipt".into(), "--locale".into(), "zh-CN".into()], &mut console);
    (exit, String::from_utf8(output).unwrap())
}

#[test]
fn receipts_are_explained_by_their_codes_only() {
    let (exit, text) = receipt("100", "[Code:1332;Desc:张三支付456.04][Code:1327;Desc:x][Code:1332;Desc:y][Code:98765;Desc:z]");
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    let document = &answer["documents"][0];
    assert_eq!((exit, document["state"]["text"].as_str()), (1, Some("海关退单")));
    let reasons: Vec<_> = document["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect();
    assert_eq!((reasons, document["unknown"].as_str()), (vec!["1332", "1327"], Some("1")));
    assert!(!text.contains("张三") && !text.contains("456.04"));
    let (exit, text) = receipt("-621005", "清单的购买金额超过单笔限额");
    assert_eq!(exit, 1);
    assert!(text.contains("\"rule\": \"R11\"") && text.contains("\"failed\": true"));
    assert_eq!(receipt("800", "[Code:2600;Desc:放行]").0, 0);
}

#[test]
fn every_rejection_that_a_rule_prevents_is_explained() {
    let forms = &CHINA.0;
    for code in forms.rules.iter().flat_map(|rule| rule.prevents.split_whitespace()).chain(["0001", "0002"]) {
        let reason = forms.reason(false, code).unwrap_or_else(|| panic!("{code} is not explained"));
        assert!(reason.texts.iter().all(|(says, _)| !says.is_empty()));
    }
    // The states that the specification lists for import receipts.
    for state in [1, 2, 3, 4, 100, 120, 300, 399, 500, 501, 502, 503, 599, 700, 800, 899] {
        assert!(forms.reason(true, &state.to_string()).is_some(), "{state}");
    }
}

#[test]
fn pages_are_what_the_tables_say() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = preclear::author::sources::Sources::read(&root.join("rules")).unwrap();
    let folder = root.join("www/docs/forms");
    let pages = preclear::author::forms::document::pages(&sources, "cn/", &CHINA.0);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(&folder).unwrap();
        pages.iter().for_each(|(name, text)| std::fs::write(folder.join(name), text).unwrap());
    }
    for (name, text) in &pages {
        let found = std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        assert!(found == *text, "www/docs/forms/{name} is not what the tables say; run with UPDATE=1 and look at the difference");
    }
    let names: BTreeSet<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, pages.into_iter().map(|(name, _)| name).collect());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn nothing_of_a_receipt_comes_back(canary in "[A-Z]{3}canary[0-9]{4}", place in 0usize..40, code in "(-?[0-9]{0,12})?", wrap in 0usize..4) {
        let mut receipt = full(&CHINA.0, "CEB622Message").with("returnStatus", "100");
        let paths = receipt.paths();
        let xml = receipt.at(&paths[place % paths.len()]);
        xml.text = match wrap {
            0 => canary.clone(),
            1 => format!("[Code:{code};Desc:{canary}]"),
            2 => format!("{code}{canary}"),
            _ => format!("[Code:{canary}{code}]"),
        };
        let text = receipt.write();
        let explained = preclear::forms::receipt::explain(&CHINA.0, text.as_bytes());
        for locale in ["en", "zh-CN", canary.as_str()] {
            let told = json::pretty(&wire::receipt(&explained, locale));
            prop_assert!(!told.contains("canary"), "{told}");
        }
        let told = format!("{explained:?}");
        prop_assert!(!told.contains("canary"));
    }
}

#[test]
fn no_command_writes_back_what_it_was_given() {
    let canary = "CANARY11010519491231002X";
    let order = order(&CHINA.0).with("buyerName", canary).with("buyerIdNumber", canary).with("orderNo", &canary.repeat(4)).write();
    let receipt = full(&CHINA.0, "CEB312Message").with("returnInfo", canary).with("returnStatus", canary).write();
    let pulled = format!("{{\"payExchangeInfoHead\":{{\"currency\":\"{canary}\"}},\"{canary}\":\"{canary}\"}}");
    let json = format!(
        "{{\"{canary}\":\"{canary}\",\"buyer\":{{\"name\":[\"{canary}\"]}},\"items\":[{{\"customs\":{{\"unit\":\"{canary}\"}}}}]}}"
    );
    let broken = format!("{{\"{canary}\": {canary}");
    let none = String::new();
    for (arguments, input) in [
        (vec!["validate"], &order),
        (vec!["validate"], &json),
        (vec!["validate", canary], &none),
        (vec!["validate", "--", canary, canary], &none),
        (vec!["validate", "--name", canary], &none),
        (vec!["receipt"], &receipt),
        (vec!["receipt", "--locale", canary], &receipt),
        (vec!["receipt", canary], &none),
        (vec!["validate"], &pulled),
        (vec!["validate"], &broken),
        (vec!["pull"], &pulled),
        (vec!["pull", "--certificate", canary, "--signature", canary], &json),
        (vec!["pull"], &broken),
        (vec!["pull", canary], &none),
        (vec!["declare", "--form", canary], &none),
        (vec!["declare", "--form", "CEB311", canary], &none),
        (vec!["declare", "--form", "CEB311", "--as-of", canary], &json),
        (vec!["declare", "--form", "CEB311"], &json),
        (vec!["declare", "--form", "CEB621", "--time", canary], &json),
        (vec!["declare", "--form", "CEB311"], &broken),
        (vec![canary], &none),
    ] {
        let (mut output, mut error) = (Vec::new(), Vec::new());
        let mut console = preclear::author::cli::Console { input: &mut input.as_bytes(), output: &mut output, error: &mut error };
        let exit = preclear::author::cli::run(arguments.iter().copied().map(String::from).collect(), &mut console);
        let told = [output, error].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(exit != 0 && !told.is_empty(), "{arguments:?}");
        assert!(!told.contains("CANARY") && !told.contains("110105"), "{arguments:?}: {told}");
    }
}
