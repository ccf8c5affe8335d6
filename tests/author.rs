//! The author's compiler: what it makes of good rules, and what it says of bad ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may fail loudly"
)]
#![cfg(feature = "author")]

mod author_faults;

use author_faults::Fault;
use preclear::author::formula::{Kind, Level, Names, Units, check, parse, replay};
use preclear::author::sources::Sources;
use preclear::author::{Faults, compile, compile_all, encode, encode_terms, fingerprints};
use preclear::formula::{Fact, Name};
use preclear::pack::{decode, decode_terms};
use proptest::prelude::*;
use sha2::Digest;
use std::path::Path;

/// The rules of a made-up destination, which use every part of the sources.
fn sources() -> Sources {
    Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")).unwrap()
}

/// The sources with the first of a text in a file replaced.
fn changed(mut sources: Sources, file: &str, from: &str, to: &str) -> Sources {
    let path = format!("zz/{file}");
    let text = sources.get(&path).unwrap().to_string();
    assert!(text.contains(from), "{file} holds no {from}");
    sources.add(&path, &text.replacen(from, to, 1));
    sources
}

/// Every fault of some sources, as they are printed.
fn said(sources: &Sources) -> Vec<String> {
    let faults = Faults::default();
    let compiled = compile(sources, "zz", &faults);
    let said: Vec<String> = faults.into_list().iter().map(ToString::to_string).collect();
    assert_eq!(compiled.is_none(), !said.is_empty(), "a pack exactly when there is no fault");
    said
}

/// The same with names of goods.
fn with_terms() -> Sources {
    let mut named = sources();
    named.add("zz/terms.toml", author_faults::terms::TERMS);
    for (file, identity) in [("texts.en.toml", "Identity"), ("texts.zh-CN.toml", "身份")] {
        let label = format!("\"zz.identity\" = \"{identity}\"\n");
        named = changed(named, file, &label, &format!("{label}\"zz.wine.name\" = \"Wine\"\n"));
    }
    named
}

fn each(faults: &[Fault]) {
    each_of(&sources(), faults);
}

fn each_of(base: &Sources, faults: &[Fault]) {
    let mut wrong = String::new();
    for fault in faults {
        let found = said(&changed(base.clone(), fault.file, fault.from, fault.to));
        if found != fault.said {
            wrong.push_str(&format!("{}: {}\n  said     {found:#?}\n  expected {:#?}\n", fault.file, fault.to, fault.said));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn good_rules_have_no_fault() {
    assert_eq!(said(&sources()), [""; 0]);
}

#[test]
fn faults_of_the_pack_are_told() {
    each(author_faults::pack::FAULTS);
}

#[test]
fn faults_of_the_law_are_told() {
    each(author_faults::law::FAULTS);
}

#[test]
fn faults_of_regimes_are_told() {
    each(author_faults::regimes::FAULTS);
}

#[test]
fn faults_of_checks_and_labels_are_told() {
    each(author_faults::checks::FAULTS);
}

#[test]
fn faults_of_names_are_told() {
    assert_eq!(said(&with_terms()), [""; 0]);
    each_of(&with_terms(), author_faults::terms::FAULTS);
}

#[test]
fn names_are_compiled_to_a_list_that_the_pack_knows() {
    let compiled = &compile_all(&with_terms()).unwrap()[0];
    let terms = compiled.terms.as_ref().unwrap();
    assert_eq!(decode_terms(&encode_terms(terms)).as_ref(), Ok(terms));
    assert_eq!(decode(&encode(&compiled.pack)).as_ref(), Ok(&compiled.pack));
    let hash: [u8; 32] = sha2::Sha256::digest(encode_terms(terms)).into();
    assert_eq!(compiled.pack.terms, Some(hash));
    let found = |name: &str| terms.find(name).matches.iter().map(|found| terms.text(found.term).to_string()).collect::<Vec<_>>();
    assert_eq!(found("Red wine 75 cl"), ["wine"]);
    assert_eq!(found("Two CRÉMANTS"), ["cremant"], "a plural, in capitals, with its mark");
    assert_eq!(found("Winery tour"), [""; 0], "a longer word");
    assert_eq!(found("Wine glass, wine-glasses, wine gums, mock wine"), [""; 0]);
    assert_eq!(found("Wine gums and wine"), ["wine"], "the exception is for its own place");
    assert_eq!(found("Toy wine bottle"), [""; 0]);
    assert_eq!(found("Toy cup of rice wine"), ["rice wine"], "whatever else the name says");
    // A word more is another list, and so another pack.
    let more = compile_all(&changed(with_terms(), "terms.toml", "\"toy\"", "\"toy\", \"mug\"")).unwrap();
    assert_ne!(more[0].pack.terms, compiled.pack.terms);
    let [before, after] = [compile_all(&with_terms()).unwrap(), more].map(|packs| fingerprints::text(&packs));
    assert_eq!(fingerprints::changed(&before, &after), ["zz whole", "zz terms"]);
}

#[test]
fn a_check_of_the_basket_sums_over_its_goods() {
    let rule = |when: &str| {
        said(&changed(
            sources(),
            "restrictions.toml",
            "[[check]]\nid = \"zz.luxury\"\nwhen = \"has(volume.ml) and price / quantity / volume.ml >= luxury.floor\"",
            &format!("[[check]]\nid = \"zz.luxury\"\nper = \"basket\"\nhs = [\"3303\"]\norigins = [\"FR\"]\nwhen = '{when}'"),
        ))
    };
    assert_eq!(rule("sum(quantity) > 2"), [""; 0]);
    assert_eq!(rule("sum(if has(volume.ml) then price / volume.ml else 0) > luxury.floor"), [""; 0]);
    assert_eq!(rule("sum(quantity + sum(price)) > 2"), ["zz/restrictions.toml:18:24: `sum` within `sum`: name it as a step"]);
    assert_eq!(rule("sum(origin = \"FR\") > 2"), ["zz/restrictions.toml:18:20: `sum` cannot be of a truth value"]);
    // A step is traced, and a trace shows a sum as it is written.
    assert_eq!(said(&changed(sources(), "regimes/full.toml", "value * rate.duty", "sum(value * rate.duty)")), [""; 0]);
}

#[test]
fn faults_are_told_all_at_once_in_the_order_of_their_places() {
    let mut faulty = sources();
    for (file, from, to) in [
        ("texts.en.toml", "tax = \"Tax\"\n", ""),
        ("regimes/post.toml", "basket.value <= single-limit", "basket.value <= single-limt"),
        ("goods.csv", "02,,,reduced", "02,,,redused"),
        ("parameters.toml", "unit = \"NZD/ml\"", "unit = \"NZD/floz\""),
        ("parameters.toml", "value = \"400\"", "value = \"4OO\""),
    ] {
        faulty = changed(faulty, file, from, to);
    }
    assert_eq!(
        said(&faulty),
        [
            "zz/goods.csv:2:6: `redused` is no value of `tax`, did you mean `reduced`?",
            "zz/parameters.toml:5:31: not a plain decimal number",
            "zz/parameters.toml:30:9: unknown unit `NZD/floz`",
            "zz/regimes/post.toml:11:28: unknown name `single-limt`, did you mean `single-limit`?",
            "zz/texts.en.toml:21:1: no label for the step `tax`",
        ]
    );
}

#[test]
fn a_file_that_is_missing_or_unread_is_told() {
    let without = |name: &str| {
        let mut rest = Sources::default();
        for (path, text) in sources().below("zz/").filter(|(path, _)| *path != name) {
            rest.add(path, text);
        }
        said(&rest)
    };
    assert_eq!(without("zz/texts.zh-CN.toml"), ["zz/pack.toml:5:19: there is no file `texts.zh-CN.toml`"]);
    assert_eq!(without("zz/goods.csv"), ["zz/pack.toml:36:9: there is no file `goods.csv`"]);
    assert_eq!(without("zz/parameters.toml")[0], "zz/parameters.toml:1:1: the file is missing");
    let mut more = sources();
    more.add("zz/steps/duty.toml", "");
    more.add("zz/restriction.toml", "");
    assert_eq!(said(&more), ["zz/restriction.toml:1:1: nothing reads this file", "zz/steps/duty.toml:1:1: no regime includes these steps"]);
}

#[test]
fn dates_meet_without_gap_or_overlap() {
    let dated = |first: &str, second: &str| {
        said(&changed(
            sources(),
            "parameters.toml",
            "  { to = 2019-01-01, value = \"400\", cite = [\"zz.act.s-1\"] },\n  { from = 2019-01-01, to = 2027-01-01,",
            &format!("  {{ {first} value = \"400\", cite = [\"zz.act.s-1\"] }},\n  {{ {second}"),
        ))
    };
    let overlap = ["zz/parameters.toml:6:3: overlaps the value before it"];
    let gap = ["zz/parameters.toml:6:3: leaves a gap after the value before it; say `gap = true` if the law does"];
    assert_eq!(dated("to = 2019-01-01,", "from = 2019-01-01,"), [""; 0]);
    assert_eq!(dated("from = 2018-01-01, to = 2019-01-01,", "from = 2019-01-01, to = 2020-01-01,"), [""; 0]);
    assert_eq!(dated("to = 2019-01-02,", "from = 2019-01-01,"), overlap);
    assert_eq!(dated("", "from = 2019-01-01,"), overlap);
    assert_eq!(dated("to = 2019-01-01,", ""), overlap);
    assert_eq!(dated("to = 2018-12-31,", "from = 2019-01-01,"), gap);
    let wrong_way = dated("from = 2019-01-01,", "to = 2019-01-01,");
    assert_eq!(wrong_way, ["zz/parameters.toml:6:3: values are not in the order of their dates"]);
}

#[test]
fn rows_may_leave_gaps_but_not_overlap() {
    let dated = |to: &str| said(&changed(sources(), "goods.csv", "3304,,2020-01-01,", &format!("3304,,{to},")));
    assert_eq!(dated("2020-01-01"), [""; 0]);
    assert_eq!(dated("2019-12-31"), [""; 0]);
    assert_eq!(dated("2020-01-02"), ["zz/goods.csv:4:1: `3304` has a row for these dates already"]);
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let base = sources();
    let mut backwards = Sources::default();
    let files: Vec<_> = base.below("").collect();
    for (path, text) in files.into_iter().rev() {
        backwards.add(path, text);
    }
    let [one, other] = [&base, &backwards].map(|sources| compile_all(sources).unwrap());
    assert_eq!(encode(&one[0].pack), encode(&other[0].pack));
    assert_eq!(fingerprints::text(&one), fingerprints::text(&other));
    assert_eq!(decode(&encode(&one[0].pack)).as_ref(), Ok(&one[0].pack));
}

#[test]
fn fingerprints_show_which_part_changed() {
    let of = |sources: &Sources| fingerprints::text(&compile_all(sources).unwrap());
    let before = of(&sources());
    let after = |file, from, to| of(&changed(sources(), file, from, to));
    let rate = after("parameters.toml", "value = \"0.15\"", "value = \"0.16\"");
    assert_eq!(fingerprints::changed(&before, &rate), ["zz whole", "zz parameters"]);
    let row = after("goods.csv", "02,,,reduced,0.05", "02,,,general,0.05");
    assert_eq!(fingerprints::changed(&before, &row), ["zz whole", "zz table.goods"]);
    let law = after("regimes/full.toml", "zz.act.s-7", "zz.act.s-11");
    assert_eq!(fingerprints::changed(&before, &law), ["zz whole", "zz regime.zz.full"]);
    let label = after("texts.en.toml", "\"Duty\"", "\"Customs duty\"");
    assert_eq!(fingerprints::changed(&before, &label), ["zz texts.en"]);
    // What people read in the sources and nobody else does changes nothing.
    assert_eq!(after("goods.csv", ",meat", ",meat and offal"), before);
    assert_eq!(after("steps/tax.toml", "(value + duty) * rate.tax", "(value  +  duty)  *  rate.tax"), before);
}

/// Names of each kind, for formulas on a line.
fn names() -> Names {
    let mut names = Names::default();
    let money = Kind::Number(Units::MONEY);
    let per_ml = Units::parse("NZD/ml", "NZD").unwrap();
    let ml = Units::parse("ml", "NZD").unwrap();
    assert!(names.add("price", Name::Fact(Fact::Price), money.clone(), Level::Line));
    assert!(names.add("limit", Name::Parameter(0), money, Level::Basket));
    assert!(names.add("rate", Name::Parameter(1), Kind::Number(Units::PLAIN), Level::Basket));
    assert!(names.add("floor", Name::Parameter(2), Kind::Number(per_ml), Level::Basket));
    assert!(names.add("volume.ml", Name::Fact(Fact::VolumeMillilitre), Kind::Number(ml), Level::Line));
    assert!(names.add("kind", Name::Cell(0, 0), Kind::Code(Some(vec!["a".into(), "b".into()])), Level::Line));
    assert!(names.add("used", Name::Attribute(0), Kind::Truth, Level::Line));
    assert!(names.add_only_has("rates.tax", Name::SuppliedRate(0)));
    assert!(!names.add("used", Name::Attribute(1), Kind::Truth, Level::Line));
    names
}

/// What a formula on a line is, or what is wrong with it and from which character on.
fn judged(formula: &str) -> Result<Kind, Vec<String>> {
    let told = |problem: preclear::author::formula::Problem| format!("{}: {}", problem.offset, problem.message);
    let syntax = parse(formula).map_err(|problem| vec![told(problem)])?;
    check(&syntax, &names(), Level::Line).map(|(_, kind)| kind).map_err(|problems| problems.into_iter().map(told).collect())
}

#[test]
fn formulas_are_typed_with_units() {
    let unit = |text: &str| Ok(Kind::Number(Units::parse(text, "NZD").unwrap()));
    for (formula, kind) in [
        ("price * rate + limit", unit("NZD")),
        ("price / volume.ml", unit("NZD/ml")),
        ("price / limit", unit("rate")),
        ("max(price, 0) - 0", unit("NZD")),
        ("floor * volume.ml", unit("NZD")),
        ("-price", unit("NZD")),
        ("1 - rate", unit("rate")),
        ("if used then price else 0", unit("NZD")),
        ("0", Ok(Kind::Zero)),
        ("price / volume.ml >= floor and not used", Ok(Kind::Truth)),
        ("kind = \"a\" or kind <> \"b\" and has(rates.tax)", Ok(Kind::Truth)),
        ("sum(price) > limit", Ok(Kind::Truth)),
        ("sum(if used then price * rate else 0)", unit("NZD")),
        ("largest(volume.ml) - smallest(volume.ml)", unit("ml")),
        ("all(price <= limit) and any(kind = \"a\")", Ok(Kind::Truth)),
        ("used = true", Ok(Kind::Truth)),
        ("not price = limit", Ok(Kind::Truth)),
    ] {
        assert_eq!(judged(formula), kind, "{formula}");
    }
}

#[test]
fn faults_in_formulas_have_their_places() {
    for (formula, said) in [
        ("price + rate", &["6: cannot add money to a plain number"][..]),
        ("price - volume.ml", &["6: cannot subtract money and ml"]),
        ("price < 5", &["6: cannot compare money with a plain number"]),
        ("price + floor", &["6: cannot add money to money per ml"]),
        ("min(price, rate)", &["0: cannot compare money with a plain number"]),
        ("price * used", &["6: cannot multiply money by a truth value"]),
        ("price / 0", &["6: divides by zero"]),
        ("-kind", &["1: cannot negate a code"]),
        (
            "if price then rate else limit",
            &["3: expected a truth value, found money", "0: one branch is a plain number and the other money"],
        ),
        ("kind = \"c\"", &["5: `c` is never one of `a`, `b`"]),
        ("kind = 1", &["5: cannot compare a code with a plain number"]),
        ("kind < \"a\"", &["5: cannot compare a code with a code"]),
        ("prise + limt", &["0: unknown name `prise`, did you mean `price`?", "8: unknown name `limt`, did you mean `limit`?"]),
        ("rates.tax * price", &["0: `rates.tax` can only be asked for as `has(rates.tax)`"]),
        ("sum(limit)", &["0: `limit` is of the basket already"]),
        ("sum(kind)", &["4: `sum` cannot be of a code"]),
        ("any(price)", &["4: `any` cannot be of money"]),
        ("all(limit > rate)", &["10: cannot compare money with a plain number"]),
        ("price * ", &["8: expected a value"]),
        ("price price", &["6: expected an operator or the end of the formula"]),
        ("(price", &["6: expected `)`"]),
        ("1 < rate < 2", &["9: comparisons do not chain; join them with `and`"]),
        ("rate * 5%", &["7: a number has no unit or percent sign; name a parameter instead"]),
        ("rate * 5ml", &["7: a number has no unit or percent sign; name a parameter instead"]),
        ("1.2.3", &["0: not a plain decimal number"]),
        ("\"a", &["0: a code has no closing quote"]),
        ("price & rate", &["6: a character that no formula has"]),
        ("if used then price", &["18: expected `else`"]),
        ("has(1)", &["4: expected a name"]),
        ("", &["0: expected a value"]),
    ] {
        assert_eq!(judged(formula).map_err(|found| found.join("\n")), Err(said.join("\n")), "{formula}");
    }
}

#[test]
fn formulas_nest_as_deep_as_packs_do_and_no_deeper() {
    let chain = |terms: usize| vec!["rate"; terms].join(" + ");
    let nested = |depth: usize| format!("{}rate{}", "(".repeat(depth), ")".repeat(depth));
    assert!(judged(&chain(64)).is_ok());
    assert!(judged(&chain(65)).is_err());
    assert!(judged(&nested(63)).is_ok());
    assert!(judged(&nested(64)).is_err());
    assert!(judged(&nested(100_000)).is_err());
    assert!(judged(&chain(100_000)).is_err());
    // A pack can carry the deepest.
    let deepest = changed(sources(), "regimes/full.toml", "price + freight + insurance", &vec!["price"; 64].join(" + "));
    let pack = &compile_all(&deepest).unwrap()[0].pack;
    assert_eq!(decode(&encode(pack)).as_ref(), Ok(pack));
}

#[test]
fn a_trace_is_replayed_from_its_text_and_values() {
    let value = |name: &str, value: &str| (name.to_string(), value.to_string());
    let values = [value("a", "50.4400"), value("b", "0.70"), value("hs", "0203"), value("has(c)", "false"), value("sum(a)", "100.88")];
    for (formula, result) in [
        ("a * b", Ok("35.308")),
        ("if has(c) then c else a", Ok("50.44")),
        ("max(sum(a), a) / 4", Ok("25.22")),
        ("hs = \"0203\"", Ok("true")),
        ("hs = \"203\"", Ok("false")),
        ("not a = 50.44 or b <> 0.7", Ok("false")),
        ("-a", Ok("-50.44")),
        ("c", Err("the trace has no value for `c`")),
        ("a and b", Err("not a truth value")),
        ("a / 0", Err("too large, or divided by zero")),
    ] {
        assert_eq!(replay(formula, &values), result.map(str::to_string).map_err(str::to_string), "{formula}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_formula_or_a_fault(text in "[a-z0-9 .()+*/<>=\"-]{0,60}|.{0,60}") {
        if let Err(problems) = judged(&text) {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn any_file_compiles_or_has_a_fault(file in 0usize..13, at in 0usize..2000, text in "[a-z0-9 .,\\[\\]{}=\"#\n-]{0,8}|.{0,4}", removed in 0usize..20) {
        let mut sources = sources();
        let files: Vec<(String, String)> = sources.below("").map(|(path, text)| (path.into(), text.into())).collect();
        let (path, whole) = &files[file.min(files.len() - 1)];
        let characters: Vec<char> = whole.chars().collect();
        let at = at.min(characters.len());
        let changed: String = characters[..at].iter().copied().chain(text.chars()).chain(characters[(at + removed).min(characters.len())..].iter().copied()).collect();
        sources.add(path, &changed);
        if let Ok(packs) = compile_all(&sources) {
            for compiled in packs {
                let decoded = decode(&encode(&compiled.pack));
                prop_assert_eq!(decoded.as_ref(), Ok(&compiled.pack));
            }
        }
    }
}
