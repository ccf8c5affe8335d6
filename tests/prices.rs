//! Prices that include tax are taken apart exactly or not at all, and discounts are shared without losing or making a minor unit.
#![cfg(feature = "author")]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may fail loudly"
)]

use preclear::author::sources::Sources;
use preclear::author::{compile_all, encode};
use preclear::engine::{Engine, apportion};
use preclear::wire::{answer, json};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json as value};
use std::path::Path;
use std::sync::LazyLock;

fn sources(rules: &str) -> Sources {
    Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(rules)).unwrap()
}

/// The packs of rules.
fn engine(sources: &Sources) -> Engine {
    let mut engine = Engine::new();
    for compiled in &compile_all(sources).unwrap_or_else(|faults| panic!("{}", faults[0])) {
        engine.add_pack(&encode(&compiled.pack)).unwrap();
    }
    engine
}

static CHINA: LazyLock<Engine> = LazyLock::new(|| engine(&sources("rules")));
static MADE_UP: LazyLock<Engine> = LazyLock::new(|| engine(&sources("tests/rules")));

/// The made-up rules with a text in a file replaced.
fn changed(file: &str, from: &str, to: &str) -> Engine {
    let mut sources = sources("tests/rules");
    let text = sources.get(file).unwrap().to_string();
    assert!(text.contains(from), "{file} holds no {from}");
    sources.add(file, &text.replacen(from, to, 1));
    engine(&sources)
}

fn ask(engine: &Engine, basket: &Value) -> Value {
    serde_json::from_str(&json::line(&answer::answer(engine, &json::read(basket.to_string().as_bytes()).unwrap()))).unwrap()
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap_or_else(|| panic!("{value} is no decimal")).parse().unwrap()
}

fn cents(amount: u32) -> Decimal {
    Decimal::new(amount.into(), 2)
}

fn minor(value: Decimal) -> Decimal {
    value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().unwrap()
}

/// The findings with this code.
fn findings<'q>(quote: &'q Value, code: &str) -> Vec<&'q Value> {
    list(quote, "findings").iter().filter(|finding| finding["code"] == code).collect()
}

/// What an item costs.
fn goods(item: &Value) -> Decimal {
    minor(decimal(&item["quantity"]) * decimal(&item["amount"]))
}

/// What one of an item costs, when all of it cost so much.
fn each(item: &Value, goods: Decimal) -> Value {
    (goods / decimal(&item["quantity"])).round_dp(10).normalize().to_string().into()
}

/// What price reductions leave of each item, by the contract: in their order, those of the whole basket by largest remainders.
fn prices(basket: &Value) -> Vec<Decimal> {
    let items = list(basket, "items");
    let mut prices: Vec<Decimal> = items.iter().map(goods).collect();
    for discount in list(basket, "discounts").iter().filter(|discount| discount["kind"] == "price") {
        match items.iter().position(|item| item["id"] == discount["itemId"]) {
            Some(line) => prices[line] -= decimal(&discount["amount"]),
            None => {
                let shares = apportion(decimal(&discount["amount"]), &prices, 2).unwrap();
                prices.iter_mut().zip(shares).for_each(|(price, share)| *price -= share);
            }
        }
    }
    prices
}

/// The basket with prices that include what its quote charges.
fn with_tax(basket: &Value, quote: &Value) -> Value {
    let mut stated = basket.clone();
    stated["taxIncluded"] = true.into();
    let on_basket: Decimal = list(quote, "charges").iter().map(|charge| decimal(&charge["amount"])).sum();
    let parts = apportion(on_basket, &prices(basket), 2).unwrap();
    for ((item, charged), part) in stated["items"].as_array_mut().unwrap().iter_mut().zip(list(quote, "items")).zip(parts) {
        item["amount"] = each(item, goods(item) + decimal(&charged["dutiesAndTaxes"]) + part);
    }
    stated
}

/// The basket with the prices before tax that its quote found.
fn before_tax(stated: &Value, quote: &Value) -> Value {
    let mut basket = stated.clone();
    basket.as_object_mut().unwrap().remove("taxIncluded");
    for item in basket["items"].as_array_mut().unwrap() {
        let name = format!("{}/price", item["id"].as_str().unwrap());
        let step = list(quote, "trace").iter().find(|step| step["step"] == name.as_str()).unwrap();
        let reductions = step["values"].get("reductions").map(decimal).unwrap_or_default();
        item["amount"] = each(item, decimal(&step["result"]) + reductions);
    }
    basket
}

/// The quote without what tells how it was asked for.
fn figures(quote: &Value) -> Value {
    let mut figures = quote.clone();
    figures.as_object_mut().unwrap().remove("digest");
    figures["trace"].as_array_mut().unwrap().retain(|step| !step["step"].as_str().unwrap().ends_with("/price"));
    figures
}

/// What holds of every answer to prices that include tax: nothing is off, or there is no answer. Whether there is one.
fn holds(engine: &Engine, stated: &Value) -> bool {
    let quote = ask(engine, stated);
    let refused = !findings(&quote, "input.no-tax-exclusive-price").is_empty();
    if quote["amounts"].is_null() {
        assert!(refused || quote["status"] == "blocked", "{stated}\n{quote}");
        assert!(list(&quote, "trace").is_empty());
        return false;
    }
    assert!(!refused);
    let amounts = &quote["amounts"];
    let paid: Decimal = list(stated, "items").iter().map(goods).sum();
    let rest: Decimal = ["shipping", "insurance", "discounts"].iter().map(|name| decimal(&amounts[name])).sum();
    assert_eq!(decimal(&amounts["total"]), paid + rest, "{stated}");
    let basket = before_tax(stated, &quote);
    let before = ask(engine, &basket);
    assert_eq!(figures(&before), figures(&quote), "{stated}");
    let again = with_tax(&basket, &before);
    for (item, again) in list(stated, "items").iter().zip(list(&again, "items")) {
        assert_eq!(goods(item), goods(again), "{stated}");
    }
    true
}

/// An item by its kind of goods, quantity, price in cents and millilitres.
type Item = (usize, u8, u32, u32);

const CODES: [&str; 7] = ["3304990039", "6110200000", "2204210000", "2208200090", "2203000000", "4901990000", "9102110000"];

fn china(items: Vec<Item>, channel: &str) -> Value {
    let item = |(number, (code, quantity, amount, volume)): (usize, Item)| {
        value!({
            "id": number.to_string(), "hsCode": CODES[code], "countryOfOrigin": "FR", "quantity": quantity.to_string(),
            "amount": cents(amount).to_string(), "measurements": [{ "type": "volume", "value": volume.to_string(), "unit": "ml" }],
            "rates": { "duty": "0.1" },
        })
    };
    value!({
        "shipTo": { "countryCode": "CN" }, "asOf": "2026-11-23", "currencyCode": "CNY", "channel": channel,
        "items": items.into_iter().enumerate().map(item).collect::<Vec<_>>(),
        "discounts": [], "buyer": { "identity": "valid", "usedThisYear": "0" },
    })
}

fn made_up(amount: &str) -> Value {
    value!({
        "shipTo": { "countryCode": "NZ" }, "asOf": "2026-11-23", "currencyCode": "NZD",
        "items": [{ "id": "1", "hsCode": "33049900", "quantity": "1", "amount": amount }],
        "discounts": [], "buyer": { "identity": "valid" },
    })
}

/// Items of every kind of tax, on both sides of its thresholds.
fn items(most: usize, dearest: u32) -> impl Strategy<Value = Vec<Item>> {
    proptest::collection::vec((0..CODES.len(), 1u8..=3, 0..dearest, 1u32..80), 1..=most)
}

fn channels() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("bonded"), Just("trade"), Just("parcel")]
}

/// The same cases in every run: whether a search ends is no matter of luck.
fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(0x7072_6963_6573), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(fixed(300))]

    /// Where items share nothing, each price before tax comes back from the price with tax.
    #[test]
    fn prices_come_back(items in items(4, 60_000), channel in channels(), reduced in 0u32..2000) {
        let mut basket = china(items, channel);
        let reduced = cents(reduced).min(goods(&basket["items"][0]));
        basket["discounts"] = value!([{ "kind": "price", "amount": reduced.to_string(), "itemId": "0" }]);
        let before = ask(&CHINA, &basket);
        if !before["amounts"].is_null() {
            let stated = with_tax(&basket, &before);
            prop_assert_eq!(figures(&ask(&CHINA, &stated)), figures(&before), "{}", stated);
        }
    }

    /// Where they share freight and reductions, the answer is exact, though it may be another by a minor unit.
    #[test]
    fn prices_with_shared_freight_come_back(
        items in items(8, 60_000), channel in channels(), freight in 0u32..6000, insurance in 0u32..500, reduced in 0u32..2000,
    ) {
        let mut basket = china(items, channel);
        let goods: Decimal = prices(&basket).iter().sum();
        basket["shipping"] = value!({ "amount": cents(freight).min(minor(goods / Decimal::TEN)).to_string() });
        basket["insurance"] = value!({ "amount": cents(insurance).to_string() });
        basket["discounts"] = value!([{ "kind": "price", "amount": cents(reduced).min(goods).to_string() }]);
        let before = ask(&CHINA, &basket);
        if !before["amounts"].is_null() {
            let stated = with_tax(&basket, &before);
            prop_assert!(holds(&CHINA, &stated), "{}", stated);
            prop_assert_eq!(&ask(&CHINA, &stated)["amounts"]["total"], &before["amounts"]["total"]);
        }
    }

    /// Charges on the whole basket are in the prices as well.
    #[test]
    fn prices_with_charges_on_the_basket_come_back(amounts in proptest::collection::vec(1u32..30_000, 1..5), freight in 0u32..500) {
        let mut basket = made_up("0");
        let item = |(number, amount): (usize, &u32)| {
            let code = ["33049900", "02032900"][number % 2];
            value!({ "id": number.to_string(), "hsCode": code, "quantity": "1", "amount": cents(*amount).to_string(), "countryOfOrigin": "FR" })
        };
        basket["items"] = amounts.iter().enumerate().map(item).collect();
        basket["shipping"] = value!({ "amount": cents(freight).to_string() });
        let before = ask(&MADE_UP, &basket);
        prop_assert!(!before["amounts"].is_null(), "{}", before);
        let stated = with_tax(&basket, &before);
        prop_assert!(holds(&MADE_UP, &stated), "{}", stated);
        prop_assert_eq!(&ask(&MADE_UP, &stated)["amounts"]["total"], &before["amounts"]["total"]);
    }

    /// Whatever is stated, the answer is exact or there is none.
    #[test]
    fn any_stated_prices_are_met_or_refused(items in items(3, 300_000), channel in channels(), freight in 0u32..20_000) {
        let mut stated = china(items, channel);
        stated["taxIncluded"] = true.into();
        stated["shipping"] = value!({ "amount": cents(freight).to_string() });
        holds(&CHINA, &stated);
    }

    /// A price that cannot be lies between two that can, and before tax those are a minor unit apart.
    #[test]
    fn a_refused_price_lies_between_its_neighbours(items in items(1, 900_000), channel in channels(), freight in 0u32..5000) {
        let mut stated = china(items, channel);
        stated["items"][0]["quantity"] = "1".into();
        stated["taxIncluded"] = true.into();
        stated["shipping"] = value!({ "amount": cents(freight).to_string() });
        let quote = ask(&CHINA, &stated);
        if let [finding] = findings(&quote, "input.no-tax-exclusive-price")[..] {
            prop_assert_eq!(&finding["target"], "/items/0/amount");
            let price = |amount: &Value| {
                let mut stated = stated.clone();
                stated["items"][0]["amount"] = amount.clone();
                let quote = ask(&CHINA, &stated);
                decimal(&list(&quote, "trace").first().unwrap_or_else(|| panic!("{stated}\n{quote}"))["result"])
            };
            let (below, above, amount) = (&finding["params"]["below"], &finding["params"]["above"], decimal(&stated["items"][0]["amount"]));
            // The tax on the freight alone may be more than is stated.
            let low = if below.is_null() { Decimal::new(-1, 2) } else { price(below) };
            prop_assert!(below.is_null() || decimal(below) < amount);
            prop_assert!(decimal(above) > amount);
            prop_assert_eq!(price(above), low + Decimal::new(1, 2));
        }
    }

    /// In however many lines they are stated, goods of another currency come to their sum as it is converted, and so do goods with freight.
    #[test]
    fn lines_of_another_currency_add_up(items in items(6, 20_000), freight in 1u32..5000, rate in 100u32..99_999) {
        let rate = Decimal::new(rate.into(), 4);
        let mut basket = china(items, "trade");
        basket["currencyCode"] = "USD".into();
        basket["exchangeRates"] = value!([{ "from": "USD", "to": "CNY", "rate": rate.to_string(), "asOf": "2026-11-20" }]);
        basket["shipping"] = value!({ "amount": cents(freight).to_string() });
        let quote = ask(&CHINA, &basket);
        prop_assert!(!quote["amounts"].is_null(), "{}", quote);
        let goods: Decimal = list(&basket, "items").iter().map(|item| goods(item) * rate).sum();
        prop_assert_eq!(decimal(&quote["amounts"]["items"]), minor(goods));
        prop_assert_eq!(decimal(&quote["amounts"]["items"]) + decimal(&quote["amounts"]["shipping"]), minor(goods + cents(freight) * rate));
    }

    /// However discounts and currencies are mixed, nothing is lost, made or below zero; what is too much is refused.
    #[test]
    fn discounts_add_up(
        items in items(6, 20_000), freight in 0u32..5000,
        discounts in proptest::collection::vec((any::<bool>(), proptest::option::of(0usize..6), 0u32..8000, any::<bool>()), 0..5),
    ) {
        let mut basket = china(items, "trade");
        let lines = list(&basket, "items").len();
        basket["shipping"] = value!({ "amount": cents(freight).to_string() });
        basket["exchangeRates"] = value!([{ "from": "USD", "to": "CNY", "rate": "7.1234", "asOf": "2026-11-20" }]);
        let written = discounts.iter().map(|(price, line, amount, dollars)| {
            let mut discount = value!({ "kind": if *price { "price" } else { "payment" }, "amount": cents(*amount).to_string() });
            if *dollars {
                discount["currencyCode"] = "USD".into();
            }
            if let Some(line) = line {
                discount["itemId"] = (line % lines).to_string().into();
            }
            discount
        });
        basket["discounts"] = written.collect();
        let quote = ask(&CHINA, &basket);
        // Reductions in dollars come to what their sum does, after each; a voucher in dollars to what it does alone.
        let mut dollars_before = Decimal::ZERO;
        let yuan: Vec<Decimal> = discounts
            .iter()
            .map(|(price, _, amount, dollars)| {
                let exact = cents(*amount) * if *dollars { Decimal::new(71234, 4) } else { Decimal::ONE };
                if !(*price && *dollars) {
                    return minor(exact);
                }
                let before = dollars_before;
                dollars_before += exact;
                minor(dollars_before) - minor(before)
            })
            .collect();
        if quote["amounts"].is_null() {
            let [finding] = findings(&quote, "input.amount-invalid")[..] else { panic!("{basket}\n{quote}") };
            let target = finding["target"].as_str().unwrap();
            let number: usize = target.strip_prefix("/discounts/").and_then(|rest| rest.strip_suffix("/amount")).unwrap().parse().unwrap();
            let most = decimal(&finding["params"]["most"]);
            prop_assert!(most >= Decimal::ZERO && most < yuan[number]);
        } else {
            let goods: Decimal = list(&basket, "items").iter().map(goods).sum();
            let reduced: Decimal = discounts.iter().zip(&yuan).filter(|((price, ..), _)| *price).map(|(_, amount)| *amount).sum();
            let paid: Decimal = discounts.iter().zip(&yuan).filter(|((price, ..), _)| !*price).map(|(_, amount)| *amount).sum();
            let amounts = &quote["amounts"];
            prop_assert_eq!(decimal(&amounts["dutiableValue"]), goods - reduced + cents(freight));
            prop_assert_eq!(decimal(&amounts["discounts"]), -reduced - paid);
            prop_assert_eq!(decimal(&amounts["total"]), goods - reduced - paid + cents(freight) + decimal(&amounts["dutiesAndTaxes"]));
            prop_assert!(decimal(&amounts["total"]) >= Decimal::ZERO);
            for item in list(&quote, "items") {
                prop_assert!(decimal(&item["dutiableValue"]) >= Decimal::ZERO);
            }
            let vouchers = discounts.iter().any(|(price, ..)| !*price);
            prop_assert!(!vouchers || quote["status"] == "estimated");
        }
    }
}

#[test]
fn where_a_tax_falls_two_prices_fit_and_none_is_taken() {
    // 15 % to 100.00 and 5 % above: 110.00 is 95.65 + 14.35 and 104.76 + 5.24. 100.00 is 86.96 + 13.04 alone, and 120.00 is 114.29 + 5.71 alone.
    let engine = changed(
        "zz/steps/tax.toml",
        "'if goods.tax = \"general\" then tax.general else tax.reduced'\nper = \"line\"\ncite = []",
        "'if value <= single-limit / 10 then tax.general else tax.reduced'\nper = \"line\"\ncite = [\"zz.act.s-3\"]",
    );
    let stated = |amount: &str| {
        let mut basket = made_up(amount);
        basket["taxIncluded"] = true.into();
        ask(&engine, &basket)
    };
    for (amount, price) in [("100.00", "86.96"), ("120.00", "114.29")] {
        assert_eq!(stated(amount)["amounts"]["items"], price);
    }
    let quote = stated("110.00");
    let [finding] = findings(&quote, "input.no-tax-exclusive-price")[..] else { panic!("{quote}") };
    assert_eq!(
        (&quote["status"], &quote["amounts"], &finding["target"]),
        (&value!("needsInput"), &Value::Null, &value!("/items/0/amount"))
    );
    assert_eq!(finding["params"], value!({}));
}

#[test]
fn a_fee_of_the_basket_is_in_the_price_of_its_only_item() {
    // Over 500 the fee is the tax, or 50.00 if that is more: 600 at 15 % is 90.00, and 90.00 again.
    let mut basket = made_up("780.00");
    basket["taxIncluded"] = true.into();
    let quote = ask(&MADE_UP, &basket);
    assert_eq!(
        (&quote["amounts"]["items"], &quote["amounts"]["fees"], &quote["amounts"]["total"]),
        (&value!("600.00"), &value!("90.00"), &value!("780.00"))
    );
    let step = &list(&quote, "trace")[0];
    assert_eq!((&step["step"], &step["formula"]), (&value!("1/price"), &value!("price.tax-included - tax - basket.charges")));
    assert_eq!(step["values"], value!({ "price.tax-included": "780.00", "tax": "90.00", "basket.charges": "90.00" }));
    // 500.00 costs 575.00; 500.01 bears the fee of 75.00 as well, and costs 650.01.
    basket["items"][0]["amount"] = "600.00".into();
    let quote = ask(&MADE_UP, &basket);
    assert_eq!(findings(&quote, "input.no-tax-exclusive-price")[0]["params"], value!({ "below": "575.00", "above": "650.01" }));
}

#[test]
fn what_is_known_without_prices_is_told() {
    // Nothing costs 600.00; arms are prohibited whatever they cost.
    let mut basket = china(vec![(0, 1, 60_000, 50)], "bonded");
    basket["taxIncluded"] = true.into();
    assert_eq!(ask(&CHINA, &basket)["status"], "needsInput");
    basket["items"].as_array_mut().unwrap().push(value!({ "id": "arms", "hsCode": "930200", "quantity": "1", "amount": "1.00" }));
    let quote = ask(&CHINA, &basket);
    assert_eq!((quote["status"].as_str(), findings(&quote, "goods.prohibited").len()), (Some("blocked"), 1));
    // A fact that is missing is asked for, and no price is blamed for it.
    let mut basket = china(vec![(0, 1, 60_000, 50)], "bonded");
    basket["taxIncluded"] = true.into();
    basket["items"][0].as_object_mut().unwrap().remove("measurements");
    let quote = ask(&CHINA, &basket);
    assert_eq!(findings(&quote, "input.measure-missing").len(), 1);
    assert!(findings(&quote, "input.no-tax-exclusive-price").is_empty());
    assert_eq!((&quote["amounts"], &quote["trace"]), (&Value::Null, &value!([])));
}

#[test]
fn a_voucher_lowers_the_value_by_the_part_that_the_parameter_says() {
    let mut basket = made_up("200.00");
    basket["discounts"] = value!([{ "kind": "payment", "amount": "40.00", "itemId": "1" }]);
    // 15 % of 200.00, of 180.00 and of 160.00; the voucher is off the total each time.
    for (part, tax, total) in [("0", "30.00", "190.00"), ("0.5", "27.00", "187.00"), ("1", "24.00", "184.00")] {
        let engine = changed("zz/parameters.toml", "2027-01-01, value = \"0\"", &format!("2027-01-01, value = \"{part}\""));
        let amounts = ask(&engine, &basket)["amounts"].clone();
        assert_eq!((&amounts["taxes"], &amounts["total"], &amounts["discounts"]), (&value!(tax), &value!(total), &value!("-40.00")));
    }
    // Where nothing is in force there is no answer, and only for a basket with a voucher.
    let engine = changed("zz/parameters.toml", "to = 2027-01-01, value = \"0\"", "to = 2026-11-23, value = \"0\"");
    let quote = ask(&engine, &basket);
    assert_eq!((quote["status"].as_str(), findings(&quote, "rules.not-in-force").len()), (Some("needsInput"), 1));
    basket["discounts"] = value!([]);
    assert_eq!(ask(&engine, &basket)["status"], "ready");
}

#[test]
fn a_voucher_pays_what_there_is_to_pay_and_no_more() {
    let basket = |vouchers: &[(&str, Option<&str>)]| {
        let mut basket = china(vec![(1, 1, 20_000, 1), (1, 1, 10_000, 1)], "bonded");
        let voucher = |(amount, item): &(&str, Option<&str>)| match item {
            Some(item) => value!({ "kind": "payment", "amount": amount, "itemId": item }),
            None => value!({ "kind": "payment", "amount": amount }),
        };
        basket["discounts"] = vouchers.iter().map(voucher).collect();
        basket
    };
    // 200.00 with 18.20, and 100.00 with 9.10: 327.30 in all.
    for (vouchers, total) in [
        (&[("327.30", None)][..], "0.00"),
        (&[("218.20", Some("0")), ("109.10", Some("1"))], "0.00"),
        (&[("218.20", Some("0")), ("100.00", None)], "9.10"),
    ] {
        assert_eq!(ask(&CHINA, &basket(vouchers))["amounts"]["total"], total);
    }
    for (vouchers, number, most) in [
        (&[("327.31", None)][..], 0, "327.30"),
        (&[("218.21", Some("0"))], 0, "218.20"),
        (&[("200.00", Some("0")), ("20.00", Some("0"))], 1, "18.20"),
        (&[("218.20", Some("0")), ("109.11", None)], 1, "109.10"),
    ] {
        let quote = ask(&CHINA, &basket(vouchers));
        let finding = findings(&quote, "input.amount-invalid")[0];
        assert_eq!((&quote["amounts"], &finding["target"]), (&Value::Null, &value!(format!("/discounts/{number}/amount"))));
        assert_eq!(finding["params"]["most"], most);
    }
}
