//! The command line, run as a program.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use serde_json::{Value, json};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run printed, and its exit code.
struct Run {
    exit: i32,
    output: String,
    error: String,
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A new folder for one test.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn run(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_preclear"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that stops before it has read everything closes the pipe, which is no fault of the test.
    let _ = child.stdin.take().unwrap().write_all(input);
    let done = child.wait_with_output().unwrap();
    Run {
        exit: done.status.code().unwrap(),
        output: String::from_utf8(done.stdout).unwrap(),
        error: String::from_utf8(done.stderr).unwrap(),
    }
}

/// The packs of the made-up rules, compiled by the program into a folder of the test's own, which is given back.
fn made_up(test: &str) -> String {
    let folder = folder(test);
    copy(&repository("tests/rules"), &folder.join("rules"));
    let (rules, packs) = (folder.join("rules"), folder.join("packs"));
    let built = run(&["rules", "build", rules.to_str().unwrap(), "--out", packs.to_str().unwrap()], b"");
    assert_eq!((built.exit, built.error.as_str()), (0, ""));
    packs.to_str().unwrap().to_string()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A basket for the made-up rules: three at 10.00 with 1.00 freight, taxed at 15 %.
fn basket() -> Value {
    json!({
        "shipTo": { "countryCode": "NZ" }, "asOf": "2026-11-23", "currencyCode": "NZD",
        "items": [{ "id": "1", "hsCode": "3304.99 0000", "countryOfOrigin": "NZ", "quantity": "3", "amount": "10.00" }],
        "shipping": { "amount": "1.00" }, "buyer": { "identity": "valid", "usedThisYear": "100" }
    })
}

/// The basket with one value changed.
fn with(pointer: &str, value: Value) -> Value {
    let mut basket = basket();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    let parent = basket.pointer_mut(parent).unwrap();
    match parent.as_object_mut() {
        Some(fields) => drop(fields.insert(name.into(), value)),
        None => parent[name.parse::<usize>().unwrap()] = value,
    }
    basket
}

#[test]
fn the_contracts_basket_gets_the_contracts_figures() {
    let document = fs::read_to_string(repository("www/docs/contract.md")).unwrap();
    let block = |number: usize| -> Value {
        let text = document.split("```json\n").nth(number).and_then(|rest| rest.split("```").next()).unwrap();
        serde_json::from_str(text).unwrap()
    };
    let (basket, expected) = (block(1), block(2));
    let run = run(&["quote"], basket.to_string().as_bytes());
    assert_eq!((run.exit, run.error.as_str()), (0, ""), "{}", run.output);
    let quote: Value = serde_json::from_str(&run.output).unwrap();
    for field in ["status", "destination", "channel", "regime", "asOf", "currencyCode", "amounts", "items", "charges", "limits"] {
        assert_eq!(quote[field], expected[field], "{field}");
    }
    let step = |quote: &Value| quote["trace"].as_array().unwrap().iter().find(|step| step["step"] == "1/vat").unwrap().clone();
    for field in ["formula", "values", "result"] {
        assert_eq!(step(&quote)[field], step(&expected)[field], "{field}");
    }
    assert_eq!(quote["findings"].as_array().unwrap().iter().filter(|finding| finding["level"] == "block").count(), 0);
}

#[test]
fn a_quote_is_printed_as_json_or_for_people() {
    let packs = made_up("printed");
    let text = basket().to_string();
    let json = run(&["quote", "--packs", &packs], text.as_bytes());
    assert_eq!((json.exit, json.error.as_str()), (0, ""));
    let quote: Value = serde_json::from_str(&json.output).unwrap();
    assert_eq!(
        (&quote["status"], &quote["amounts"]["taxes"], &quote["amounts"]["total"]),
        (&json!("ready"), &json!("4.65"), &json!("35.65"))
    );
    assert!(json.output.starts_with("{\n  \"status\"") && json.output.ends_with("}\n"));
    // From a file, or from standard input by its other name.
    let file = Path::new(&packs).join("basket.json");
    fs::write(&file, &text).unwrap();
    assert_eq!(run(&["quote", file.to_str().unwrap(), "--packs", &packs], b"").output, json.output);
    assert_eq!(run(&["quote", "-", &format!("--packs={packs}")], text.as_bytes()).output, json.output);

    let english = run(&["quote", "--packs", &packs, "--text"], text.as_bytes());
    assert_eq!((english.exit, english.error.as_str()), (0, ""));
    for line in [
        "Quote: NZ, Post, 2026-11-23: exact, as far as the law is known",
        "Regime: By post",
        "Item 1: dutiable value 31.00 NZD",
        "  Tax (15 %): 4.65 NZD",
        "Total: 35.65 NZD",
        "  Limit for the year, 2026: 100.00 NZD used before and 31.00 NZD with this order, of 6,000.00 NZD; 5,869.00 NZD remaining",
        "      (value + duty) * rate.tax",
        "      value = 31.00; duty = 0.00; rate.tax = 0.15",
        "      Law: Act 1, Section 3",
        "  Act, Act 1, 2018-10-01, Section 3, https://law.example/act [zz.act.s-3, grade A]",
        "An estimate, not legal advice: customs decides.",
    ] {
        assert!(english.output.lines().any(|found| found == line), "{line}\n{}", english.output);
    }
    let chinese = run(&["quote", "--packs", &packs, "--text", "--locale", "zh-CN"], text.as_bytes());
    for line in ["适用制度：邮寄", "商品 1：完税价格 31.00 NZD", "  税款（15%）：4.65 NZD", "总计：35.65 NZD"] {
        assert!(chinese.output.lines().any(|found| found == line), "{line}\n{}", chinese.output);
    }
    // The pack has no labels in French: its own are in English.
    let french = run(&["quote", "--packs", &packs, "--text", "--locale", "fr"], text.as_bytes());
    for line in ["Régime\u{a0}: By post", "  Tax (15\u{a0}%)\u{a0}: 4,65\u{a0}NZD", "Total\u{a0}: 35,65\u{a0}NZD"] {
        assert!(french.output.lines().any(|found| found == line), "{line}\n{}", french.output);
    }
}

#[test]
fn the_exit_says_how_far_the_question_was_answered() {
    let packs = made_up("exits");
    for (basket, exit, status) in [
        (basket(), 0, "ready"),
        (with("/buyer/identity", "absent".into()), 1, "ready"),
        // Over the limit of the first regime: the second knows the duty of the first of these, and not of the other.
        (with("/items/0", json!({ "id": "1", "hsCode": "330400", "quantity": "3", "amount": "5000" })), 0, "ready"),
        (with("/items/0/amount", "5000".into()), 1, "needsInput"),
        (with("/items/0", json!({ "id": "1", "hsCode": "020130", "countryOfOrigin": "JP", "quantity": "2", "amount": "1" })), 1, "blocked"),
        (with("/items/0", json!({ "id": "1", "quantity": "1", "amount": "1" })), 1, "needsInput"),
        (with("/shipTo/countryCode", "AQ".into()), 1, "unsupported"),
        (with("/channel", "raft".into()), 1, "needsInput"),
    ] {
        let run = run(&["quote", "--packs", &packs], basket.to_string().as_bytes());
        let quote: Value = serde_json::from_str(&run.output).unwrap_or_else(|_| panic!("{basket}: {}", run.error));
        assert_eq!((run.exit, quote["status"].as_str().unwrap(), run.error.as_str()), (exit, status, ""), "{basket}");
    }
}

#[test]
fn the_date_is_the_arguments_then_the_baskets_then_todays() {
    let packs = made_up("dates");
    let asked = |basket: &Value, more: &[&str]| -> Value {
        let arguments = [&["quote", "--packs", &packs][..], more].concat();
        serde_json::from_str::<Value>(&run(&arguments, basket.to_string().as_bytes()).output).unwrap()["asOf"].clone()
    };
    let mut undated = basket();
    undated.as_object_mut().unwrap().remove("asOf");
    assert_eq!(asked(&basket(), &[]), "2026-11-23");
    assert_eq!(asked(&basket(), &["--as-of", "2020-02-29"]), "2020-02-29");
    assert_eq!(asked(&undated, &["--as-of=2020-02-29"]), "2020-02-29");
    let today = asked(&undated, &[]);
    assert!(today.as_str().unwrap() > "2024-01-01", "{today}");
}

/// What no message may hold: it stands wherever a person could have put something of theirs.
const CANARY: &str = "33010619900101001X";

#[test]
fn input_that_cannot_be_used_gets_one_line_with_its_place() {
    let mut line = basket()["items"][0].clone();
    let many: Vec<Value> = (0..10_000)
        .map(|number| {
            line["id"] = json!(number.to_string());
            line.clone()
        })
        .collect();
    let decimal = "a plain decimal in a text: at most 12 digits, and at most 10 after the point";
    let positive = "a plain decimal above zero in a text: at most 12 digits, and at most 10 after the point";
    for (input, said) in [
        (
            with(&format!("/{CANARY}"), CANARY.into()).to_string(),
            "basket:: input.malformed: expected no field that the contract does not name".into(),
        ),
        (
            with("/items/0/hscode", CANARY.into()).to_string(),
            "basket:/items/0: input.malformed: expected no field that the contract does not name; is it `hsCode`?".into(),
        ),
        (with("/items/0/amount", "-1".into()).to_string(), format!("basket:/items/0/amount: input.amount-invalid: expected {decimal}")),
        (with("/items/0/amount", "NaN".into()).to_string(), format!("basket:/items/0/amount: input.amount-invalid: expected {decimal}")),
        (with("/items/0/amount", CANARY.into()).to_string(), format!("basket:/items/0/amount: input.amount-invalid: expected {decimal}")),
        (
            with("/items/0/amount", "1".repeat(40).into()).to_string(),
            format!("basket:/items/0/amount: input.amount-invalid: expected {decimal}"),
        ),
        (
            with("/items/0/amount", json!(10)).to_string(),
            format!("basket:/items/0/amount: input.amount-invalid: expected {decimal}, found a number"),
        ),
        (with("/items/0/quantity", "0".into()).to_string(), format!("basket:/items/0/quantity: input.amount-invalid: expected {positive}")),
        (with("/items/0/hsCode", "33049".into()).to_string(), "basket:/items/0/hsCode: input.malformed: expected 6 to 10 digits".into()),
        (
            with("/items/0/hsCode", "33049900390".into()).to_string(),
            "basket:/items/0/hsCode: input.malformed: expected 6 to 10 digits".into(),
        ),
        (with("/items/0/hsCode", CANARY.into()).to_string(), "basket:/items/0/hsCode: input.malformed: expected 6 to 10 digits".into()),
        (
            with("/currencyCode", "XYZ".into()).to_string(),
            "basket:/currencyCode: input.malformed: expected a currency code of ISO 4217".into(),
        ),
        (with("/asOf", "2026-02-30".into()).to_string(), "basket:/asOf: input.malformed: expected a day that exists, YYYY-MM-DD".into()),
        (with("/items", json!([])).to_string(), "basket:/items: input.malformed: expected at least one entry".into()),
        (with("/items", json!(many)).to_string(), "basket:/items: input.too-large: at most 1000".into()),
        ("{}".into(), "basket:/shipTo: input.malformed: expected an object, found nothing (and 2 more)".into()),
        (format!("\"{CANARY}\""), "basket:: input.malformed: expected an object".into()),
        (format!("{{ \"{CANARY}"), "basket:1:21: input.malformed: expected JSON".into()),
        (String::new(), "basket:1:0: input.malformed: expected JSON".into()),
    ] {
        let run = run(&["quote"], input.as_bytes());
        assert_eq!((run.exit, run.output.as_str(), run.error), (2, "", format!("{said}\n")));
    }
    let run = run(&["quote"], b"{\xff}");
    assert_eq!((run.exit, run.output.as_str(), run.error.as_str()), (2, "", "basket:1:2: input.malformed: expected JSON\n"));
}

#[test]
fn packs_that_cannot_be_used_get_one_line_with_their_name() {
    let packs = made_up("packs");
    let file = Path::new(&packs).join("zz.pack");
    let whole = fs::read(&file).unwrap();
    let said = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let run = run(&["quote", "--packs", &packs], basket().to_string().as_bytes());
        assert_eq!((run.exit, run.output.as_str()), (2, ""));
        run.error
    };
    let flipped = |place: usize| {
        let mut bytes = whole.clone();
        bytes[place] ^= 1;
        bytes
    };
    assert_eq!(said(&whole[..whole.len() - 1]), "preclear: packs: zz.pack: pack.truncated\n");
    assert_eq!(said(&flipped(whole.len() / 2)), "preclear: packs: zz.pack: pack.damaged\n");
    assert_eq!(said(&flipped(4)), "preclear: packs: zz.pack: pack.newer\n");
    assert_eq!(said(&flipped(0)), "preclear: packs: zz.pack: pack.not-a-pack\n");
    assert_eq!(said(b""), "preclear: packs: zz.pack: pack.not-a-pack\n");
    fs::remove_file(&file).unwrap();
    let run = run(&["packs", "--packs", &packs], b"");
    assert_eq!((run.exit, run.error.as_str()), (2, "preclear: packs: the folder holds no pack\n"));
}

#[test]
fn arguments_that_cannot_be_used_get_one_line() {
    let (options, missing) = ("preclear: an option is not known here; known: ", "basket: cannot be read: entity not found\n");
    for (arguments, said) in [
        (&[][..], "preclear: expected a command; `preclear --help` lists them\n".to_string()),
        (&[CANARY], "preclear: expected a command; `preclear --help` lists them\n".to_string()),
        (&["convert"], "preclear: expected a command; `preclear --help` lists them\n".to_string()),
        (&["quote", "--33010619900101001X"], format!("{options}--text, --names, --locale, --as-of, --packs\n")),
        (&["quote", CANARY], missing.to_string()),
        (&["quote", "a", "b"], "preclear: expected at most 1 argument, found 2\n".to_string()),
        (&["quote", "--as-of", CANARY], "preclear: --as-of: expected a day that exists, YYYY-MM-DD\n".to_string()),
        (&["quote", "--as-of"], "preclear: --as-of needs a value\n".to_string()),
        (&["quote", "--locale", CANARY], "preclear: --locale: expected one of ar, de, en, es, fr, ja, ko, zh-CN, zh-Hant\n".to_string()),
        (&["quote", "--locale=en", "--locale=en"], "preclear: --locale is there twice\n".to_string()),
        (&["rules"], "preclear: expected rules check, build, document or import\n".to_string()),
        (&["rules", "check", "--out", "x"], format!("{options}none\n")),
        (&["rules", "check", CANARY], "preclear: rules: the folder cannot be read: entity not found\n".to_string()),
    ] {
        let run = run(arguments, b"");
        assert_eq!((run.exit, run.output.as_str(), run.error), (2, "", said), "{arguments:?}");
    }
    let help = run(&["quote", "--help"], b"");
    assert!(help.exit == 0 && help.output.contains("preclear quote [FILE]") && help.error.is_empty());
    assert_eq!(run(&["--version"], b"").output, format!("preclear {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_number_of_a_person_is_judged_and_never_shown() {
    let ask = |arguments: &[&str], number: &str| {
        run(&[&["identity", "--country", "CN", "--as-of", "2026-11-23"], arguments].concat(), number.as_bytes())
    };
    // GB 11643's own example.
    let right = ask(&[], "11010519491231002X\n");
    let verdict: Value = serde_json::from_str(&right.output).unwrap();
    assert_eq!((right.exit, &verdict["type"], &verdict["verdict"]), (0, &json!("resident-id"), &json!("valid")));
    let wrong = ask(&["--type", "resident-id"], CANARY);
    let verdict: Value = serde_json::from_str(&wrong.output).unwrap();
    assert_eq!((wrong.exit, &verdict["findings"][0]["params"]["reason"]), (1, &json!("check-digit")));
    assert!(!wrong.output.contains(CANARY) && !wrong.output.contains("330106"));
    for (run, said) in [
        (
            ask(&["--type", CANARY], "1"),
            "preclear: identity: --type is none of this country's: resident-id, permanent-resident-id, residence-permit, hong-kong-macao-permit, taiwan-permit, social-credit-code, mobile-number, person-name\n",
        ),
        (run(&["identity"], b"1"), "preclear: identity: --country says whose number it is\n"),
        (run(&["identity", "--country", CANARY], b"1"), "preclear: identity: no number of this country is known\n"),
        (run(&["identity", "--country", "CN", CANARY], b"1"), "preclear: expected at most 0 arguments, found 1\n"),
        (run(&["identity", "--country", "CN"], b"\xff"), "preclear: identity: standard input is not UTF-8\n"),
    ] {
        assert_eq!((run.exit, run.output.as_str(), run.error.as_str()), (2, "", said));
    }
}

#[test]
fn rules_are_checked_and_built() {
    let folder = folder("built");
    let (rules, packs) = (folder.join("rules"), folder.join("packs"));
    copy(&repository("tests/rules"), &rules);
    let (rules_at, packs_at) = (rules.to_str().unwrap(), packs.to_str().unwrap());
    let check = || run(&["rules", "check", rules_at], b"");
    let build = || run(&["rules", "build", rules_at, "--out", packs_at], b"");
    let stale = check();
    assert_eq!((stale.exit, stale.error.as_str()), (1, "1 fault\n"));
    assert!(stale.output.starts_with(&format!("{rules_at}/fingerprints.csv:1:1: out of date: zz whole, zz pack,")), "{}", stale.output);
    let built = build();
    assert_eq!(built.exit, 0);
    let checked = check();
    assert_eq!((checked.exit, checked.output.as_str(), checked.error.as_str()), (0, "1 pack, no fault\n", ""));

    // The manifest says what the files are, and the files are the same again.
    let manifest: Value = serde_json::from_slice(&fs::read(packs.join("manifest.json")).unwrap()).unwrap();
    let entry = &manifest["packs"]["zz"];
    let bytes = fs::read(packs.join(entry["file"].as_str().unwrap())).unwrap();
    assert_eq!((entry["destinations"][0].as_str(), entry["bytes"].as_u64()), (Some("NZ"), Some(bytes.len() as u64)));
    assert!(built.output.contains(entry["sha256"].as_str().unwrap()));
    let labels: Value = serde_json::from_slice(&fs::read(packs.join(entry["texts"]["zh-CN"]["file"].as_str().unwrap())).unwrap()).unwrap();
    assert_eq!(labels["step"]["tax"], "税款");
    assert_eq!(build().output, built.output);
    assert_eq!(fs::read(packs.join("zz.pack")).unwrap(), bytes);

    // A change of law shows in the fingerprints, and a fault with its place.
    let parameters = rules.join("zz/parameters.toml");
    let text = fs::read_to_string(&parameters).unwrap();
    fs::write(&parameters, text.replace("\"0.15\"", "\"0.16\"")).unwrap();
    assert_eq!(
        check().output,
        format!("{rules_at}/fingerprints.csv:1:1: out of date: zz whole, zz parameters; `preclear rules build` rewrites it\n")
    );
    fs::write(&parameters, text.replace("unit = \"NZD/ml\"", "unit = \"NZD/floz\"")).unwrap();
    for run in [check(), build()] {
        let said = format!("{rules_at}/zz/parameters.toml:30:9: unknown unit `NZD/floz`\n");
        assert_eq!((run.exit, run.output, run.error.as_str()), (1, said, "1 fault\n"));
    }
}

#[test]
fn packs_are_described() {
    let packs = made_up("described");
    let about = run(&["packs", "nz", "--packs", &packs, "--as-of", "2020-06-01"], b"");
    assert_eq!((about.exit, about.error.as_str()), (0, ""));
    for line in [
        "  destination  NZ",
        "  version      2026.01.01",
        "  instruments  2: 1 of grade A, 1 of grade B, 0 of grade C",
        "  parameters   6",
        "  table        goods: 4 codes",
        "  next changes 2021-01-01: annual-limit; 2027-01-01: single-limit, voucher",
    ] {
        assert!(about.output.lines().any(|found| found == line), "{line}\n{}", about.output);
    }
    let none = run(&["packs", "AQ", "--packs", &packs], b"");
    assert_eq!((none.exit, none.error.as_str()), (2, "preclear: packs: none for this destination\n"));
}
