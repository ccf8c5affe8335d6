//! What the rule language offers to destinations of every kind: several destinations in one pack, groups of lines, formulas over lines, rounding,
//! parameters of another currency, facts about the order, changes to come.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use preclear::author::formula::replay;
use preclear::author::sources::Sources;
use preclear::author::{Faults, compile, encode};
use preclear::engine::Engine;
use preclear::wire::{answer, json};
use serde_json::{Value, json as value};

const PACK: &str = r#"
id = "zz"
destinations = ["FJ", "TO"]
currency = "FJD"
version = "2026.01.01"
locales = ["en"]
default-channel = "post"
exchange-rate-max-age = 31
exchange-rate-rule = "the day before"
[apportion]
by = "price"
cite = ["act"]
[discounts]
payment = "voucher"
[[channel]]
id = "post"
regimes = ["import"]
[[attribute]]
id = "orders"
type = "number"
of = "basket"
[[attribute]]
id = "product"
type = "code"
[[attribute]]
id = "entry-fee"
type = "FJD"
of = "basket"
[[table]]
id = "country"
file = "country.csv"
key = "ship-to"
[[table.column]]
id = "rate"
type = "rate"
[[table]]
id = "area"
file = "area.csv"
key = "ship-to-area"
[[table.column]]
id = "rate"
type = "rate"
[[table]]
id = "goods"
file = "goods.csv"
key = "hs-code"
[[table.column]]
id = "luxury"
type = "truth"
[[next-change]]
id = "reform"
date = 2027-01-01
cite = ["act.s-9"]
"#;

const ACT: &str = r#"
[[instrument]]
id = "act"
issuer = "Parliament"
title-en = "Act"
grade = "A"
read = "made up for tests"
[[instrument]]
id = "hearsay"
issuer = "A newspaper"
title-en = "What the act is said to hold"
grade = "C"
read = "made up for tests"
"#;

const PARAMETERS: &str = r#"
[[parameter]]
id = "limit"
unit = "USD"
values = [{ value = "100", cite = ["act.s-1"] }]
[[parameter]]
id = "item-duty"
unit = "FJD"
values = [{ value = "3", cite = ["act.s-2"] }]
[[parameter]]
id = "levy"
unit = "USD/kg"
values = [{ value = "2", cite = ["act.s-3"] }]
[[parameter]]
id = "voucher"
unit = "rate"
values = [{ value = "0", cite = ["act"] }]
"#;

/// Rules whose one regime holds these parts.
fn rules(parts: &str) -> Sources {
    let mut sources = Sources::default();
    let (country, area) =
        ("code,from,to,rate,cite,name\nFJ,,,0.10,act,\nTO,,,0.2,act,\n", "code,from,to,rate,cite,name\nFJ-C,,,0.05,act,\n");
    let regime = format!("id = \"import\"\ncite = [\"act\"]\n[value]\nformula = \"price\"\ncite = [\"act\"]\n{parts}");
    let mut labels = [String::new(), String::new(), String::new()];
    for line in parts.lines().filter_map(|line| line.strip_prefix("id = ")) {
        let kind = usize::from(parts.split(&format!("[[condition]]\nid = {line}")).count() > 1)
            + 2 * usize::from(parts.split(&format!("[[check]]\nid = {line}")).count() > 1);
        labels[kind].push_str(&format!("{line} = \"x\"\n"));
    }
    let texts = format!(
        "[regime]\nimport = \"x\"\n[channel]\npost = \"x\"\n[parameter]\nlimit = \"x\"\nitem-duty = \"x\"\nlevy = \"x\"\nvoucher = \"x\"\n[step]\nvalue = \"x\"\n{}\n[condition]\n{}\n[check]\nreform = \"x\"\n{}",
        labels[0], labels[1], labels[2]
    );
    for (path, text) in [
        ("pack.toml", PACK),
        ("instruments.toml", ACT),
        ("parameters.toml", PARAMETERS),
        ("country.csv", country),
        ("area.csv", area),
        ("goods.csv", "code,from,to,luxury,cite,name\n7113,,,true,hearsay,\n"),
        ("regimes/import.toml", &regime),
        ("texts.en.toml", &texts),
    ] {
        sources.add(&format!("zz/{path}"), text);
    }
    sources
}

fn faults(parts: &str) -> Vec<String> {
    let faults = Faults::default();
    drop(compile(&rules(parts), "zz", &faults));
    faults.into_list().iter().map(ToString::to_string).collect()
}

/// The quote for a basket, whose trace replays.
fn quote(parts: &str, basket: &Value) -> Value {
    let faults = Faults::default();
    let compiled = compile(&rules(parts), "zz", &faults).unwrap_or_else(|| panic!("{:?}", faults.into_list()));
    let mut engine = Engine::new();
    engine.add_pack(&encode(&compiled.pack)).unwrap();
    let request = json::read(basket.to_string().as_bytes()).unwrap_or_else(|_| panic!("not JSON"));
    let quote: Value = serde_json::from_str(&json::line(&answer::answer(&engine, &request))).unwrap();
    for step in quote["trace"].as_array().unwrap() {
        let values: Vec<(String, String)> =
            step["values"].as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.as_str().unwrap().to_string())).collect();
        let again = replay(step["formula"].as_str().unwrap(), &values).unwrap();
        let result = step["result"].as_str().unwrap();
        let id = step["step"].as_str().unwrap().rsplit_once('/').unwrap().1;
        let rounded = compiled.pack.regimes[0].steps.iter().any(|step| step.id == id && step.round.is_some());
        let same = again.parse::<rust_decimal::Decimal>().ok() == result.parse().ok();
        assert!(rounded || same, "{step}");
    }
    quote
}

/// A basket of lines, each an HS code and a price, with more fields.
fn basket(lines: &[(&str, &str)], more: Value) -> Value {
    let items: Vec<Value> = lines
        .iter()
        .enumerate()
        .map(|(number, (code, amount))| {
            value!({ "id": format!("{}", number + 1), "hsCode": code, "quantity": "1", "amount": amount,
                     "measurements": [{ "type": "netWeight", "value": "500", "unit": "g" }] })
        })
        .collect();
    let mut basket = value!({ "shipTo": { "countryCode": "FJ" }, "asOf": "2026-06-01", "currencyCode": "FJD", "items": items });
    for (name, field) in more.as_object().unwrap() {
        basket[name] = field.clone();
    }
    basket
}

fn none() -> Value {
    value!({})
}

fn charged(quote: &Value, line: usize) -> Vec<&str> {
    quote["items"][line]["charges"].as_array().unwrap().iter().map(|charge| charge["amount"].as_str().unwrap()).collect()
}

fn codes(quote: &Value) -> Vec<&str> {
    quote["findings"].as_array().unwrap().iter().map(|finding| finding["code"].as_str().unwrap()).collect()
}

const GROUPED: &str = r#"
[[step]]
id = "duty"
charge = "duty"
group = "hs-code.6"
formula = "item-duty"
per = "group"
round = true
[[step]]
id = "vat"
charge = "tax"
formula = "(value + duty) * country.rate"
per = "line"
round = true
"#;

#[test]
fn a_group_is_charged_once_and_its_lines_add_up() {
    // Twice a subheading and once another: two groups. 3.00 is shared by value, 10 to 20: 1.00 and 2.00.
    let quote = quote(GROUPED, &basket(&[("610910", "10"), ("640399", "50"), ("6109100010", "20")], none()));
    assert_eq!(quote["amounts"]["duties"], "6.00");
    assert_eq!(
        (charged(&quote, 0), charged(&quote, 1), charged(&quote, 2)),
        (vec!["1.00", "1.10"], vec!["3.00", "5.30"], vec!["2.00", "2.20"])
    );
    assert_eq!(quote["items"][2]["charges"][0]["steps"], value!(["group:1/duty", "3/duty"]));
    assert_eq!(quote["items"][1]["charges"][0]["steps"], value!(["2/duty"]));
}

#[test]
fn shares_of_a_group_add_up_to_the_cent() {
    let quote = quote(GROUPED, &basket(&[("610910", "7"), ("610910", "7"), ("610910", "9")], none()));
    // 3 × 7 ÷ 23 = 0.913, and the largest takes the rest.
    assert_eq!(quote["amounts"]["duties"], "3.00");
    assert_eq!((charged(&quote, 0)[0], charged(&quote, 1)[0], charged(&quote, 2)[0]), ("0.91", "0.91", "1.18"));
}

#[test]
fn what_a_group_is_can_depend_on_the_line() {
    let parts = GROUPED.replace("\"hs-code.6\"", "'if has(attribute.product) then attribute.product else hs-code.4'");
    let mut goods = basket(&[("610910", "10"), ("610990", "10"), ("610910", "10")], none());
    assert_eq!(quote(&parts, &goods)["amounts"]["duties"], "3.00");
    goods["items"][2]["attributes"] = value!({ "product": "A" });
    assert_eq!(quote(&parts, &goods)["amounts"]["duties"], "6.00");
    let parts = GROUPED.replace("\"hs-code.6\"", "\"line\"");
    assert_eq!(quote(&parts, &goods)["amounts"]["duties"], "9.00");
}

#[test]
fn a_group_sees_its_own_lines() {
    let parts = GROUPED.replace("\"item-duty\"", "\"max(item-duty, sum(value * 0.1))\"\ncite = [\"act\"]");
    let quote = quote(&parts, &basket(&[("610910", "40"), ("640399", "5"), ("610910", "60")], none()));
    assert_eq!((charged(&quote, 0)[0], charged(&quote, 1)[0], charged(&quote, 2)[0]), ("4.00", "3.00", "6.00"));
}

#[test]
fn a_line_without_its_group_has_no_charge_and_says_so() {
    let mut goods = basket(&[("610910", "10"), ("640399", "50")], none());
    goods["items"][0].as_object_mut().unwrap().remove("hsCode");
    let quote = quote(GROUPED, &goods);
    assert_eq!((&quote["status"], &quote["amounts"]), (&value!("needsInput"), &Value::Null));
    assert_eq!(codes(&quote), ["input.hs-missing"]);
    assert_eq!((charged(&quote, 0), charged(&quote, 1)), (vec![], vec!["3.00", "5.30"]));
}

#[test]
fn whether_a_table_has_goods_is_asked_of_their_code() {
    let asking = |formula: &str| {
        format!("[[step]]\nid = \"duty\"\ncharge = \"duty\"\nformula = '{formula}'\nper = \"line\"\nround = true\ncite = [\"act\"]\n")
    };
    let parts = asking("if has(goods.luxury) then value * 0.5 else value * 0.1");
    let answer = |parts: &str, code: Option<&str>| {
        let mut goods = basket(&[("610910", "10")], none());
        match code {
            Some(code) => goods["items"][0]["hsCode"] = value!(code),
            None => drop(goods["items"][0].as_object_mut().unwrap().remove("hsCode")),
        }
        quote(parts, &goods)
    };
    let of = |quote: &Value| (quote["status"].as_str().unwrap().to_string(), quote["amounts"]["duties"].as_str().map(String::from));
    assert_eq!(of(&answer(&parts, Some("610910"))), ("ready".into(), Some("1.00".into())));
    // That it has them rests on what the row rests on.
    assert_eq!(of(&answer(&parts, Some("711311"))), ("estimated".into(), Some("5.00".into())));
    // Goods without a code may be any: they are not those that the table lacks.
    let uncoded = answer(&parts, None);
    assert_eq!((of(&uncoded), codes(&uncoded)), (("needsInput".into(), None), vec!["input.hs-missing"]));
    assert_eq!(uncoded["findings"][0]["target"], "/items/0/hsCode");
    // Asked over all lines, it is those without a code that are named.
    let parts = asking("if all(not has(goods.luxury)) then sum(value) * 0.1 else sum(value) * 0.5").replace("\"line\"", "\"basket\"");
    let mut goods = basket(&[("610910", "10"), ("610910", "10")], none());
    goods["items"][1].as_object_mut().unwrap().remove("hsCode");
    let uncoded = quote(&parts, &goods);
    assert_eq!(codes(&uncoded), vec!["input.hs-missing"]);
    assert_eq!(uncoded["findings"][0]["target"], "/items/1/hsCode");
    // Unless the rules ask first whether there is one.
    let parts = asking("if has(hs-code) and has(goods.luxury) then value * 0.5 else value * 0.1");
    assert_eq!(of(&answer(&parts, None)), ("ready".into(), Some("1.00".into())));
}

#[test]
fn a_code_that_there_is_not_is_asked_for_again() {
    let parts = "[[step]]\nid = \"duty\"\ncharge = \"duty\"\nformula = 'value * 0.1'\nper = \"line\"\nround = true\ncite = [\"act\"]\n";
    let of = |code: &str| {
        let quote = quote(parts, &basket(&[("610910", "10"), (code, "10")], none()));
        (quote["status"].as_str().unwrap().to_string(), quote["findings"][0]["target"].as_str().map(String::from))
    };
    // Chapter 33 has seven headings, 77 none; 98 is each country's own.
    assert_eq!(of("330799"), ("ready".into(), None));
    assert_eq!(of("980100"), ("ready".into(), None));
    for code in ["330800", "330000", "7701.00", "00000000"] {
        assert_eq!(of(code), ("needsInput".into(), Some("/items/1/hsCode".into())), "{code}");
    }
    // Once, also where a table is asked for it.
    let parts = parts.replace("value * 0.1", "if goods.luxury then value * 0.5 else value * 0.1");
    let quote = quote(&parts, &basket(&[("330800", "10")], none()));
    assert_eq!(codes(&quote), ["input.hs-unknown"]);
}

#[test]
fn an_attribute_of_another_kind_is_not_one_that_was_left_out() {
    for formula in ["if has(attribute.orders) then item-duty * attribute.orders else item-duty", "item-duty * attribute.orders"] {
        let parts =
            format!("[[step]]\nid = \"fee\"\ncharge = \"fee\"\nformula = '{formula}'\nper = \"basket\"\nround = true\ncite = [\"act\"]\n");
        let with = |attributes| quote(&parts, &basket(&[("610910", "10")], value!({ "attributes": attributes })));
        assert_eq!(with(value!({ "orders": "2" }))["amounts"]["fees"], "6.00");
        for stated in [value!("two"), value!(true)] {
            let quote = with(value!({ "orders": stated }));
            assert_eq!((&quote["status"], codes(&quote)), (&value!("needsInput"), vec!["input.attribute-unknown"]), "{formula}");
            assert_eq!(quote["findings"][0]["target"], "/attributes");
        }
    }
}

#[test]
fn a_rate_that_is_supplied_is_told_where_it_is_read() {
    let parts = "[[step]]\nid = \"rate.duty\"\nsupplied = \"duty\"\nformula = \"country.rate\"\nper = \"line\"\n\
                 [[step]]\nid = \"duty\"\ncharge = \"duty\"\nformula = \"if value <= item-duty * 3 then 0 * value else value * rate.duty\"\nper = \"line\"\nround = true\ncite = [\"act\"]\n";
    let mut goods = basket(&[("610910", "9"), ("610910", "11"), ("610910", "11")], none());
    for line in [0, 1] {
        goods["items"][line]["rates"] = value!({ "duty": "0" });
    }
    let quote = quote(parts, &goods);
    assert_eq!((charged(&quote, 0), charged(&quote, 1), charged(&quote, 2)), (vec![], vec![], vec!["1.10"]));
    let told = quote["findings"].as_array().unwrap().iter().map(|finding| finding["target"].as_str().unwrap()).collect::<Vec<_>>();
    assert_eq!((codes(&quote), told), (vec!["rules.rate-supplied"], vec!["/items/1/rates"]));
}

#[test]
fn formulas_look_over_lines() {
    for (formula, result) in [
        ("sum(price * quantity)", "60"),
        ("largest(price) - smallest(price)", "40"),
        ("if all(price >= item-duty) then item-duty else 0", "3.00"),
        ("if any(hs-code.2 = \"64\") then item-duty else 0", "3.00"),
        ("if any(hs-code.2 = \"65\") then item-duty else 0", "0.00"),
        ("if all(hs-code.2 = \"61\") then item-duty else 0", "0.00"),
        ("item-duty * sum(if price > item-duty * 5 then 1 else 0)", "3.00"),
    ] {
        let parts = format!("[[step]]\nid = \"fee\"\nformula = '{formula}'\nper = \"basket\"\ncite = [\"act\"]\n");
        let quote = quote(&parts, &basket(&[("610910", "10"), ("640399", "50")], none()));
        let step = &quote["trace"][2];
        assert_eq!(
            (&step["step"], step["result"].as_str().unwrap().parse::<rust_decimal::Decimal>()),
            (&value!("basket/fee"), result.parse()),
            "{formula}"
        );
    }
}

#[test]
fn steps_round_as_the_law_says() {
    for (round, result) in [
        ("true", "2.79"),
        ("{ mode = \"down\" }", "2.78"),
        ("{ mode = \"up\" }", "2.79"),
        ("{ to = \"0.05\" }", "2.80"),
        ("{ to = \"0.05\", mode = \"down\" }", "2.75"),
        ("{ to = \"10\", mode = \"up\" }", "10.00"),
        ("{ to = \"10\" }", "0.00"),
    ] {
        let parts = format!(
            "[[step]]\nid = \"tax\"\ncharge = \"tax\"\nformula = \"value * 0.1\"\nper = \"line\"\nround = {round}\ncite = [\"act\"]\n"
        );
        let quote = quote(&parts, &basket(&[("610910", "27.85")], none()));
        assert_eq!(quote["amounts"]["taxes"], result, "{round}");
    }
}

#[test]
fn a_parameter_of_another_currency_is_converted_when_it_is_used() {
    let parts = "[[condition]]\nid = \"low\"\nformula = \"basket.price <= limit\"\ncode = \"limit.single\"\nlevel = \"block\"\nparams = [\"limit\"]\ncite = [\"act\"]\n\
                 [[step]]\nid = \"levy.due\"\ncharge = \"fee\"\nformula = \"net-weight.kg * quantity * levy\"\nper = \"line\"\nround = true\n";
    let rate = |rate: &str, day: &str| value!({ "exchangeRates": [{ "from": "USD", "to": "FJD", "rate": rate, "asOf": day }] });
    let goods = |more| basket(&[("610910", "220")], more);
    // 100 USD are 220 FJD, or 219.99; 2 USD per kg are 4.40 FJD.
    let answer = quote(parts, &goods(rate("2.2", "2026-05-30")));
    assert_eq!((&answer["status"], &answer["amounts"]["fees"]), (&value!("ready"), &value!("2.20")));
    assert_eq!(answer["trace"][1]["values"], value!({ "net-weight.kg": "0.5", "quantity": "1", "USD": "2.2", "levy": "4.4" }));
    let answer = quote(parts, &goods(rate("2.1999", "2026-05-30")));
    assert_eq!((&answer["status"], codes(&answer)), (&value!("blocked"), vec!["limit.single"]));
    assert_eq!(answer["findings"][0]["params"]["limit"], "219.99");
    // Goods of exactly 100 USD, 220.126 FJD and as a price 220.13, are not over the limit; a cent more is. Money per unit is not rounded: 2 x 2.20126.
    for (amount, status) in [("100", "ready"), ("100.01", "blocked")] {
        let mut basket = basket(&[("610910", amount)], rate("2.20126", "2026-05-30"));
        basket["currencyCode"] = value!("USD");
        assert_eq!(quote(parts, &basket)["status"], status, "{amount}");
    }
    let answer = quote(parts, &goods(rate("2.20126", "2026-05-30")));
    assert_eq!(answer["trace"][1]["values"], value!({ "net-weight.kg": "0.5", "quantity": "1", "USD": "2.20126", "levy": "4.40252" }));
    let answer = quote(parts, &goods(none()));
    assert_eq!((&answer["status"], codes(&answer)), (&value!("needsInput"), vec!["input.exchange-rate-missing"]));
    assert_eq!(answer["findings"][0]["params"], value!({ "from": "USD", "to": "FJD" }));
    // It is there without its rate: asking whether it is must not make the lack of a rate a zero.
    let asking =
        "[[step]]\nid = \"fee\"\ncharge = \"fee\"\nformula = \"if has(limit) then limit else 0\"\nper = \"basket\"\nround = true\n";
    assert_eq!(codes(&quote(asking, &goods(none()))), ["input.exchange-rate-missing"]);
    for (day, status) in [("2026-05-01", "ready"), ("2026-04-30", "estimated"), ("2026-06-02", "estimated")] {
        let answer = quote(parts, &goods(rate("2.2", day)));
        assert_eq!(answer["status"], status, "{day}");
        assert_eq!(codes(&answer).contains(&"input.exchange-rate-old"), status == "estimated", "{day}");
    }
}

#[test]
fn the_order_has_facts_of_its_own() {
    let parts = "[[step]]\nid = \"fee\"\ncharge = \"fee\"\nformula = \"if attribute.orders > 6 then item-duty else 0\"\nper = \"basket\"\nround = true\ncite = [\"act\"]\n";
    let asked = |orders: &str| quote(parts, &basket(&[("610910", "10")], value!({ "attributes": { "orders": orders } })));
    assert_eq!(asked("6")["amounts"]["fees"], "0.00");
    assert_eq!(asked("7")["amounts"]["fees"], "3.00");
    let answer = quote(parts, &basket(&[("610910", "10")], none()));
    assert_eq!(answer["findings"][0]["code"], "input.attribute-missing");
    assert_eq!(answer["findings"][0]["target"], "/attributes");
}

#[test]
fn a_fact_can_be_an_amount() {
    let step =
        |formula: &str| format!("[[step]]\nid = \"fee\"\ncharge = \"fee\"\nformula = \"{formula}\"\nper = \"basket\"\nround = true\n");
    let asked =
        |given: &str| quote(&step("attribute.entry-fee"), &basket(&[("610910", "10")], value!({ "attributes": { "entryFee": given } })));
    assert_eq!(asked("41.5")["amounts"]["fees"], "41.50");
    assert_eq!(asked("0")["amounts"]["fees"], "0.00");
    let absent = quote(&step("attribute.entry-fee"), &basket(&[("610910", "10")], none()));
    for (answer, code) in [(asked("-1"), "input.attribute-unknown"), (absent, "input.attribute-missing")] {
        assert_eq!((codes(&answer), &answer["amounts"]), (vec![code], &Value::Null));
    }
    // It has its unit, as a parameter has, and no other currency than the pack's.
    assert_eq!(faults(&step("attribute.entry-fee * basket.price")).len(), 1);
    let mut sources = rules(&step("attribute.entry-fee"));
    sources.add("zz/pack.toml", &PACK.replace("type = \"FJD\"", "type = \"USD\""));
    let faults = Faults::default();
    drop(compile(&sources, "zz", &faults));
    assert_eq!(
        faults.into_list()[0].to_string(),
        "zz/pack.toml:27:9: unknown type `USD`, expected `truth`, `code`, `rate`, `number` or a unit"
    );
}

#[test]
fn places_have_their_own_rates() {
    let parts = "[[step]]\nid = \"tax\"\ncharge = \"tax\"\nformula = \"value * country.rate + (if has(area.rate) then value * area.rate else 0)\"\nper = \"line\"\nround = true\n";
    let to = |to: Value| quote(parts, &basket(&[("610910", "100")], value!({ "shipTo": to })));
    assert_eq!(to(value!({ "countryCode": "FJ" }))["amounts"]["taxes"], "10.00");
    assert_eq!(to(value!({ "countryCode": "TO" }))["amounts"]["taxes"], "20.00");
    for area in ["C", "FJ-C"] {
        assert_eq!(to(value!({ "countryCode": "FJ", "administrativeAreaCode": area }))["amounts"]["taxes"], "15.00", "{area}");
    }
    for (country, area) in [("TO", "C"), ("FJ", "CC"), ("FJ", "c"), ("FJ", "TO-C")] {
        let tax = if country == "FJ" { "10.00" } else { "20.00" };
        assert_eq!(to(value!({ "countryCode": country, "administrativeAreaCode": area }))["amounts"]["taxes"], tax, "{country} {area}");
    }
    assert_eq!(to(value!({ "countryCode": "WS" }))["status"], "unsupported");
    // Where the area's rate is asked for, a basket without an area lacks a fact; one with an area that has no row, a rule.
    let parts = "[[step]]\nid = \"tax\"\ncharge = \"tax\"\nformula = \"value * area.rate\"\nper = \"line\"\nround = true\n";
    let to = |to: Value| quote(parts, &basket(&[("610910", "100")], value!({ "shipTo": to })));
    let answer = to(value!({ "countryCode": "FJ" }));
    assert_eq!(answer["findings"][0]["target"], "/shipTo/administrativeAreaCode");
    assert_eq!(codes(&to(value!({ "countryCode": "FJ", "administrativeAreaCode": "N" }))), ["rules.unknown"]);
}

#[test]
fn who_pays_and_where_it_goes_are_facts() {
    let parts = "[[step]]\nid = \"fee\"\ncharge = \"fee\"\nformula = 'if ship-to = \"FJ\" and (not has(incoterm) or incoterm = \"DAP\") then item-duty else 0'\nper = \"basket\"\nround = true\n";
    let fee = |more| quote(parts, &basket(&[("610910", "1")], more))["amounts"]["fees"].clone();
    assert_eq!(fee(none()), "3.00");
    assert_eq!(fee(value!({ "incoterm": "DDU" })), "3.00");
    assert_eq!(fee(value!({ "incoterm": "DDP" })), "0.00");
    assert_eq!(fee(value!({ "shipTo": { "countryCode": "TO" } })), "0.00");
}

#[test]
fn a_change_that_the_rules_do_not_hold_makes_them_stale() {
    let on = |day: &str| quote("", &basket(&[("610910", "1")], value!({ "asOf": day })));
    let before = on("2026-12-31");
    assert_eq!((&before["status"], codes(&before)), (&value!("ready"), vec![]));
    let after = on("2027-01-01");
    assert_eq!((&after["status"], codes(&after)), (&value!("estimated"), vec!["rules.stale"]));
    assert_eq!(after["findings"][0]["citations"], value!(["act.s-9"]));
}

#[test]
fn what_is_certain_is_a_figure_and_what_rests_on_the_unknown_is_not() {
    let parts = "[[step]]\nid = \"rate.duty\"\nsupplied = \"duty\"\nformula = \"area.rate\"\nper = \"line\"\n\
                 [[step]]\nid = \"duty\"\ncharge = \"duty\"\nrate = \"rate.duty\"\nformula = \"value * rate.duty\"\nper = \"line\"\nround = true\n\
                 [[step]]\nid = \"excise\"\ncharge = \"tax\"\nformula = \"value * country.rate\"\nper = \"line\"\nround = true\n\
                 [[step]]\nid = \"vat\"\ncharge = \"tax\"\nformula = \"(value + duty) * country.rate\"\nper = \"line\"\nround = true\n";
    let mut goods = basket(&[("610910", "100")], value!({ "shipTo": { "countryCode": "FJ", "administrativeAreaCode": "N" } }));
    let answer = quote(parts, &goods);
    assert_eq!((&answer["status"], &answer["amounts"], codes(&answer)), (&value!("needsInput"), &Value::Null, vec!["rules.unknown"]));
    assert_eq!((charged(&answer, 0), &answer["items"][0]["dutiesAndTaxes"]), (vec!["10.00"], &Value::Null));
    goods["items"][0]["rates"] = value!({ "duty": "0.5" });
    assert_eq!(charged(&quote(parts, &goods), 0), ["50.00", "10.00", "15.00"]);
}

#[test]
fn faults_of_groups_and_rounding_are_told() {
    let step = |keys: &str| faults(&format!("[[step]]\nid = \"duty\"\nformula = \"item-duty\"\n{keys}\n"));
    assert_eq!(
        step("per = \"group\""),
        ["zz/regimes/import.toml:6:1: `per = \"group\"` and `group` go together: which lines belong to one group"]
    );
    assert_eq!(
        step("per = \"group\"\ngroup = \"hs-code.5\""),
        ["zz/regimes/import.toml:10:10: unknown name `hs-code.5`, did you mean `hs-code.2`?"]
    );
    assert_eq!(step("per = \"basket\"\nround = { to = \"0\" }"), ["zz/regimes/import.toml:10:17: not a plain decimal number above zero"]);
    assert_eq!(
        step("per = \"basket\"\nround = { mode = \"even\" }"),
        ["zz/regimes/import.toml:10:19: unknown mode `even`, expected one of `half-up`, `down`, `up`"]
    );
    let named = faults("[[step]]\nid = \"fee\"\nformula = 'if ship-to = \"WS\" then item-duty else 0'\nper = \"basket\"\n");
    assert_eq!(named, ["zz/regimes/import.toml:8:23: `WS` is never one of `FJ`, `TO`"]);
}
