//! Every worked example of `tests/cases/<cc>/*.toml`, against the rules of `rules/<cc>`; and what holds for every quote.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may fail loudly, and counts what it ran"
)]
#![cfg(feature = "author")]

mod case;

use case::{Case, charges, list, number, read, text};
use preclear::author::formula::replay;
use preclear::author::sources::Sources;
use preclear::author::{compile_all, contract, encode, encode_terms};
use preclear::engine::Engine;
use preclear::money::{RoundingMode, parse_decimal};
use preclear::wire::node::Node;
use preclear::wire::{answer, json};
use rust_decimal::{Decimal, RoundingStrategy};
use std::fs;
use std::path::{Path, PathBuf};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// An engine with the packs of a folder of rules.
fn engine(rules: &str) -> Engine {
    let packs = compile_all(&Sources::read(&repository(rules)).unwrap()).unwrap_or_else(|faults| {
        panic!("{rules} has {} faults, the first {}", faults.len(), faults[0]);
    });
    let mut engine = Engine::new();
    for compiled in &packs {
        engine.add_pack(&encode(&compiled.pack)).unwrap();
        if let Some(terms) = &compiled.terms {
            engine.add_pack(&encode_terms(terms)).unwrap();
        }
    }
    engine
}

/// The schema of a quote.
fn schema() -> jsonschema::Validator {
    let mut schema: serde_json::Value = serde_json::from_str(&contract::schema()).unwrap();
    let fields = schema.as_object_mut().unwrap();
    fields.remove("anyOf");
    fields.insert("$ref".into(), "#/$defs/Quote".into());
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

/// The response to a basket.
fn ask(engine: &Engine, basket: &str) -> Result<Node, String> {
    let request = json::read(basket.as_bytes()).map_err(|fault| format!("the basket is not JSON at {}:{}", fault.line, fault.column))?;
    Ok(answer::answer(engine, &request))
}

/// What does not hold of a quote, though it holds of every one.
fn broken(engine: &Engine, schema: &jsonschema::Validator, quote: &Node) -> Vec<String> {
    let mut broken = Vec::new();
    let value: serde_json::Value = serde_json::from_str(&json::line(quote)).unwrap();
    broken.extend(schema.iter_errors(&value).map(|error| format!("schema: {error} at {}", error.instance_path())));
    for step in list(quote, "trace") {
        if let Err(difference) = replayed(engine, quote, step) {
            broken.push(format!("trace {}: {difference}", text(step, "step").unwrap_or_default()));
        }
    }
    broken.extend(sums(quote));
    broken
}

/// Computes a traced step again from its text and its values.
fn replayed(engine: &Engine, quote: &Node, step: &Node) -> Result<(), String> {
    let values: Vec<(String, String)> = step
        .get("values")
        .map_or(&[][..], Node::fields)
        .iter()
        .map(|(name, value)| (name.to_string(), value.as_text().unwrap_or_default().to_string()))
        .collect();
    let again = replay(text(step, "formula").ok_or("no formula")?, &values)?;
    let pack = engine.packs().iter().find(|loaded| loaded.pack.is_for(text(quote, "destination").unwrap_or_default())).ok_or("no pack")?;
    let regime = pack.pack.regimes.iter().find(|regime| Some(regime.id.as_str()) == text(quote, "regime")).ok_or("no regime")?;
    let (_, id) = text(step, "step").and_then(|step| step.rsplit_once('/')).ok_or("no step")?;
    // How a stated price was taken apart is the engine's own step, and exact; so is a line's share of what its group has rounded.
    let rounds = match regime.steps.iter().find(|rule| rule.id == id) {
        Some(_) if text(step, "formula") == Some("group.share") => None,
        Some(rule) => rule.round,
        None if id == "price" => None,
        None => return Err("the regime has no such step".into()),
    };
    let result = text(step, "result").ok_or("no result")?;
    let same = match (again.parse::<Decimal>(), result.parse::<Decimal>()) {
        (Ok(again), Ok(result)) => match rounds {
            None => again == result,
            Some(rounding) => {
                let unit = rounding.to.unwrap_or_else(|| Decimal::new(1, pack.pack.currency.decimals()));
                let units = again.checked_div(unit).ok_or("no unit")?;
                // Not the engine's own rounding, but the decimal library's.
                let strategy = match rounding.mode {
                    RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
                    RoundingMode::Down => RoundingStrategy::ToZero,
                    RoundingMode::Up => RoundingStrategy::AwayFromZero,
                };
                units.round_dp_with_strategy(0, strategy) * unit == result
            }
        },
        _ => again == result,
    };
    if same { Ok(()) } else { Err(format!("replays to {again}, and says {result}")) }
}

/// Whether the parts of a quote add up to its sums.
fn sums(quote: &Node) -> Vec<String> {
    let mut wrong = Vec::new();
    for item in list(quote, "items") {
        let charged: Decimal = list(item, "charges").iter().filter_map(|charge| number(charge, "amount")).sum();
        if number(item, "dutiesAndTaxes").is_some_and(|sum| sum != charged) {
            wrong.push(format!("item {} does not add up", text(item, "id").unwrap_or_default()));
        }
    }
    let Some(amounts) = quote.get("amounts").filter(|amounts| **amounts != Node::Null) else { return wrong };
    let amount = |name: &str| number(amounts, name).unwrap();
    let of_kind = |kind: &str| -> Decimal {
        charges(quote).into_iter().filter(|charge| text(charge, "kind") == Some(kind)).map(|charge| number(charge, "amount").unwrap()).sum()
    };
    let values: Decimal = list(quote, "items").iter().map(|item| number(item, "dutiableValue").unwrap()).sum();
    for (name, sum) in [
        ("dutiableValue", values),
        ("duties", of_kind("duty")),
        ("taxes", of_kind("tax")),
        ("fees", of_kind("fee")),
        ("dutiesAndTaxes", amount("duties") + amount("taxes") + amount("fees")),
        ("total", amount("items") + amount("shipping") + amount("insurance") + amount("discounts") + amount("dutiesAndTaxes")),
    ] {
        if amount(name) != sum {
            wrong.push(format!("{name} is {}, and its parts are {sum}", amount(name)));
        }
    }
    wrong
}

/// What is wrong with a case, in words.
fn failures(engine: &Engine, schema: &jsonschema::Validator, case: &Case) -> Vec<String> {
    match ask(engine, &case.basket) {
        Ok(quote) => {
            let mut failures = case.differences(&quote);
            if list(&quote, "findings").iter().any(|finding| text(finding, "code") == Some("input.malformed")) {
                failures.push(format!("the basket is malformed: {}", json::line(quote.get("findings").unwrap())));
            }
            failures.extend(broken(engine, schema, &quote));
            failures
        }
        Err(failure) => vec![failure],
    }
}

/// The files that hold cases.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|extension| extension == "toml") && !path.ends_with("untested.toml") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn every_case_holds() {
    let (engine, schema) = (engine("rules"), schema());
    let (mut count, mut failed, mut names) = (0, Vec::new(), Vec::new());
    for file in files(&repository("tests/cases")) {
        let place = file.strip_prefix(repository("")).unwrap().display().to_string();
        let cases = read(&fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{place}: {error}"));
        for case in cases {
            count += 1;
            if names.contains(&case.name) {
                failed.push(format!("{place}: {}: another case has this name", case.name));
            }
            for failure in failures(&engine, &schema, &case) {
                failed.push(format!("{place}: {}: {failure} ({})", case.name, case.source));
            }
            names.push(case.name);
        }
    }
    println!("{count} cases, {} failures", failed.len());
    assert!(count > 0, "there are no cases");
    assert!(failed.is_empty(), "of {count} cases:\n{}", failed.join("\n"));
}

/// A basket for the made-up rules in `tests/rules`.
fn made_up(hs_code: &str, amount: &str) -> String {
    format!(
        r#"{{ "shipTo": {{ "countryCode": "NZ" }}, "asOf": "2026-11-23", "currencyCode": "NZD", "buyer": {{ "identity": "valid" }},
        "items": [{{ "id": "a/b", "hsCode": "{hs_code}", "quantity": "3", "amount": "{amount}" }}], "shipping": {{ "amount": "1.00" }} }}"#
    )
}

/// One case on the made-up rules, with its basket and expectations.
fn one(basket: &str, expect: &str) -> Result<Vec<String>, String> {
    let text = format!("[[case]]\nname = \"one\"\nsource = \"made up\"\nbasket = '''{basket}'''\n[case.expect]\n{expect}\n");
    read(&text).map(|cases| failures(&engine("tests/rules"), &schema(), &cases[0]))
}

#[test]
fn a_case_is_held_to_everything_it_expects() {
    // Three at 10.00 and 1.00 freight are 31.00; tax 15 % is 4.65.
    let basket = made_up("33049900", "10.00");
    for expect in [
        "status = \"ready\"\nregime = \"zz.post\"",
        "dutiable-value = \"31.00\"\nduties = \"0\"\ntaxes = \"4.65\"\ntotal-tax = \"4.65\"\nrate = \"0.15\"",
        "charge = { tax = \"4.65\", handling = \"0\" }",
        "limit = { \"zz.annual\" = \"6000\" }",
        "published = { charge = \"tax\", value = \"4.6\", to = \"0.1\" }",
        "published = [{ charge = \"tax\", value = \"4.7\", to = \"0.1\" }, { charge = \"total-tax\", value = \"5\", to = \"1\" }]",
        "findings = [\"rules.waived\"]\nno-findings = [\"goods.prohibited\"]",
    ] {
        assert_eq!(one(&basket, expect), Ok(vec![]), "{expect}");
    }
    for (expect, failure) in [
        ("status = \"blocked\"", "status: expected \"blocked\", found ready"),
        ("total-tax = \"4.66\"", "total-tax: expected 4.66, found 4.65"),
        ("rate = \"0.151\"", "rate: expected 0.151, found 0.15"),
        ("charge = { vat = \"4.65\" }", "charge: vat: expected 4.65, found 0"),
        ("limit = { \"zz.annual\" = \"6001\" }", "limit: zz.annual: expected 6001, found 6000.00"),
        ("limit = {}", "limit: zz.annual is shown too"),
        ("remaining = { \"zz.annual\" = \"0\" }", "remaining: zz.annual: expected 0, found none"),
        ("published = { charge = \"tax\", value = \"4.5\", to = \"0.1\" }", "published: expected 4.5 in units of 0.1, found 4.65"),
        ("findings = [\"goods.prohibited\"]", "findings: goods.prohibited is not there"),
        ("findings = [\"goods.forbidden\"]", "findings: goods.forbidden is no finding code"),
        ("no-findings = true", "no-findings: there are findings"),
        ("total-tax = 4.65", "total-tax: must be a decimal in a text"),
    ] {
        assert_eq!(one(&basket, expect), Ok(vec![failure.to_string()]));
    }
    assert_eq!(one(&basket, "total = \"1\"").unwrap_err(), "case 1: one: unknown key `total` in expect");
    assert_eq!(one(&basket, "").unwrap_err(), "case 1: one: nothing is expected");
    assert_eq!(one("{", "status = \"ready\"").unwrap()[0], "the basket is not JSON at 1:1");
}

#[test]
fn quotes_of_the_made_up_rules_replay_and_add_up() {
    let (engine, schema) = (engine("tests/rules"), schema());
    let codes = ["02", "0203", "020329", "33040000", "330499", "3304990039", "999999"];
    let amounts = ["0", "0.01", "0.05", "1.11", "33.33", "166.33", "333.33", "333.34", "4999.99"];
    let mut traced = 0;
    for (code, amount) in codes.iter().flat_map(|code| amounts.iter().map(move |amount| (code, amount))) {
        let mut code = (*code).to_string();
        while code.len() < 6 {
            code.push('0');
        }
        assert!(parse_decimal(amount).is_some());
        for basket in [made_up(&code, amount), made_up(&code, amount).replace("\"asOf\"", "\"channel\": \"freight\", \"asOf\"")] {
            let quote = ask(&engine, &basket).unwrap();
            assert_eq!(broken(&engine, &schema, &quote), [""; 0], "{basket}");
            traced += list(&quote, "trace").len();
        }
    }
    assert!(traced > 200, "{traced}");
}
