//! What is known about a destination: its goods, how many of them, what differs between two days, which article something may be, and the page
//! that says it all.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use preclear::author::changes::{self, Days};
use preclear::author::cli::{self, Console};
use preclear::author::coverage::{Answered, Coverage};
use preclear::author::proposals::{articles, candidates};
use preclear::author::sources::Sources;
use preclear::author::{Compiled, Faults, compile, document, hs6};
use preclear::codes::DigitCode;
use preclear::date::Date;
use preclear::formula::Value;
use preclear::pack::{Grade, Row, Table};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn sources(folder: &str) -> Sources {
    Sources::read(&repository(folder)).unwrap()
}

fn compiled(sources: &Sources, id: &str) -> Compiled {
    let faults = Faults::default();
    compile(sources, id, &faults).unwrap_or_else(|| panic!("{:?}", faults.into_list()))
}

/// Every fault of some made-up rules.
fn said(sources: &Sources) -> Vec<String> {
    let faults = Faults::default();
    drop(compile(sources, "zz", &faults));
    faults.into_list().iter().map(ToString::to_string).collect()
}

fn china() -> Compiled {
    compiled(&sources("rules"), "cn")
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A run of the command line: exit, output and error.
fn run(arguments: &[&str]) -> (u8, String, String) {
    let (mut output, mut error) = (Vec::new(), Vec::new());
    let arguments = arguments.iter().map(ToString::to_string).collect();
    let exit = cli::run(arguments, &mut Console { input: &mut &b""[..], output: &mut output, error: &mut error });
    (exit, String::from_utf8(output).unwrap(), String::from_utf8(error).unwrap())
}

fn table<'a>(compiled: &'a Compiled, id: &str) -> &'a Table {
    compiled.pack.tables.iter().find(|table| table.id == id).unwrap()
}

fn row<'a>(compiled: &'a Compiled, id: &str, code: &str, date: &str) -> Option<&'a Row> {
    table(compiled, id).find(&DigitCode::parse(code, 6, 10).unwrap(), day(date))
}

/// What a table says of a code on a day; `-` for unknown.
fn cell(compiled: &Compiled, name: &str, code: &str, date: &str) -> String {
    let (id, column) = name.split_once('.').unwrap();
    let place = table(compiled, id).columns.iter().position(|(id, _)| id == column).unwrap();
    row(compiled, id, code, date).and_then(|row| row.cells[place].as_ref()).map_or_else(|| "-".to_string(), Value::text)
}

/// Whether a row of goods rests on an instrument of grade C.
fn estimated(compiled: &Compiled, code: &str) -> bool {
    let citations = row(compiled, "goods", code, TODAY).map(|row| row.citations.as_slice()).unwrap_or_default();
    let instrument = |citation: &u16| usize::from(compiled.pack.citations[usize::from(*citation)].instrument);
    citations.iter().any(|citation| compiled.pack.instruments[instrument(citation)].grade == Grade::C)
}

const TODAY: &str = "2026-11-23";

#[test]
fn goods_that_the_law_names_carry_the_reduced_rate() {
    let china = china();
    // The kinds of VAT Law article 10; which heading is a farm product is general knowledge here, and so an estimate.
    for (code, vat, weak) in [
        ("490199", "reduced", false),     // books
        ("490210", "reduced", false),     // newspapers
        ("150920", "reduced", false),     // olive oil
        ("2501001100", "reduced", false), // edible salt
        ("310210", "reduced", false),     // urea
        ("020130", "reduced", true),      // beef
        ("070200", "reduced", true),      // tomatoes
        ("100630", "reduced", true),      // rice
        ("230910", "reduced", true),      // pet food
        ("271112", "reduced", true),      // propane
        ("843280", "reduced", true),      // machines for the soil
        ("854370", "general", true),      // beauty appliances, and lamps against insects
        ("330499", "general", false),
        ("610910", "general", false),
        ("851713", "general", false),
        ("950300", "general", false),
        ("220421", "general", false),
        ("180631", "general", false),
    ] {
        assert_eq!((cell(&china, "goods.vat", code, TODAY).as_str(), estimated(&china, code)), (vat, weak), "{code}");
    }
}

#[test]
fn goods_of_both_rates_have_no_answer() {
    let china = china();
    for code in [
        "2501009000", // salt that is not for eating
        "300490",     // medicines: 13 or 3 %
        "380891",     // insecticides for farms and for the household
        "820130",     // hoes
        "040410",     // whey, as food or feed
        "852349",     // discs, with a publication or with anything else
        "090230",     // tea, primary or worked
        "190219",     // noodles
        "030617",     // shrimps, raw or cooked
        "871310",     // wheelchairs
        "842441",     // sprayers for land and garden
        "270900",     // no row at all
    ] {
        assert_eq!(cell(&china, "goods.vat", code, TODAY), "-", "{code}");
    }
}

#[test]
fn contraceptives_are_taxed_from_2026_on() {
    let china = china();
    for code in ["300660", "401410"] {
        assert_eq!(cell(&china, "goods.vat", code, "2025-12-31"), "exempt", "{code}");
        assert_eq!(cell(&china, "goods.vat", code, "2026-01-01"), "general", "{code}");
    }
}

#[test]
fn classes_of_articles_are_those_of_the_text_or_of_the_later_list() {
    let china = china();
    for (code, before, since) in [
        ("490199", "first", "first"),
        ("847130", "first", "first"),
        ("950300", "first", "first"),
        ("940360", "first", "first"),
        ("610910", "second", "second"),
        ("950651", "second", "second"),
        ("871200", "second", "second"),
        ("852872", "second", "second"),
        ("220421", "third", "third"),
        ("240220", "third", "third"),
        ("950631", "third", "third"),
        ("330499", "cosmetics", "cosmetics"),
        ("910211", "watch", "watch"),
        // Two papers read the text of 2019 differently on cameras and sound; the list since 2024-12-01 names them.
        ("851830", "-", "first"),
        ("851840", "-", "second"),
        ("852589", "-", "first"),
        ("900653", "-", "second"),
        ("491110", "-", "first"),
        // Gold is of one class, jewels of another, and one heading holds both.
        ("711319", "-", "-"),
    ] {
        for (date, class) in [("2024-11-30", before), ("2024-12-01", since)] {
            assert_eq!(cell(&china, "goods.article-class", code, date), class, "{code} on {date}");
        }
    }
}

#[test]
fn duties_are_those_that_were_seen_and_only_for_their_year() {
    let china = china();
    for (code, duty) in [
        ("33049900", "0.01"),
        ("96190011", "0"),
        ("21069090", "0.12"),
        ("22042100", "0.14"),
        ("22030000", "0"),
        ("22021000", "0.05"),
        ("22089090", "0.1"),
        ("910129", "0.08"),
        ("910211", "0.1"),
        ("910212", "0.15"),
        ("04069000", "0.08"),
        // The provisional rate is the one that is paid.
        ("05051000", "0.02"),
        // Two copies disagree.
        ("19011010", "-"),
        ("61091000", "-"),
    ] {
        assert_eq!(cell(&china, "tariff.duty", code, TODAY), duty, "{code}");
        for date in ["2025-12-31", "2027-01-01"] {
            assert_eq!(cell(&china, "tariff.duty", code, date), "-", "{code} on {date}");
        }
    }
}

#[test]
fn coverage_counts_what_the_rows_say() {
    let (rules, china) = (sources("rules"), china());
    let coverage = Coverage::of(&china.pack, day(TODAY));
    // Counted again from the text of the rows: the answer of the longest code that a subheading begins with.
    let text = rules.get("cn/goods.csv").unwrap();
    let rows: BTreeMap<String, (bool, bool)> = articles(text)
        .iter()
        .filter(|row| row.interval.contains(day(TODAY)))
        .map(|row| (row.code.clone(), (row.cell("vat").is_some(), row.cell("consumption-tax").is_some())))
        .collect();
    let longest = |code: &&str| (2..=6).rev().find_map(|length| rows.get(code.get(..length)?)).copied().unwrap_or_default();
    let found: Vec<(bool, bool)> = hs6::all().map(|code| longest(&code)).collect();
    let whole = |column: &str| {
        let place = coverage.columns.iter().position(|name| name == column).unwrap();
        coverage.total.columns[place].whole
    };
    assert_eq!(whole("goods.vat"), found.iter().filter(|(vat, _)| *vat).count());
    assert_eq!(whole("goods.consumption-tax"), found.iter().filter(|(_, tax)| *tax).count());
    assert!(whole("goods.vat") >= 1_000);
    assert_eq!((coverage.total.subheadings, coverage.chapters.len()), (5_612, 96));
    let sum = |number: usize| coverage.chapters.values().map(|chapter| chapter.columns[number].whole).sum::<usize>();
    (0..coverage.columns.len()).for_each(|number| assert_eq!(sum(number), coverage.total.columns[number].whole));
}

/// The made-up rules with more rows of goods.
fn with_goods(before: &str, rows: &str) -> Sources {
    let mut sources = sources("tests/rules");
    let text = sources.get("zz/goods.csv").unwrap().replacen(before, &format!("{rows}{before}"), 1);
    sources.add("zz/goods.csv", &text);
    sources
}

#[test]
fn coverage_tells_what_is_estimated_and_what_is_known_in_part() {
    let mut rules = with_goods("3304,,2020-01-01", "04021000,,,general,,,zz.act.s-5,milk powder\n");
    let text = rules.get("zz/instruments.toml").unwrap().replace("grade = \"B\"", "grade = \"C\"");
    rules.add("zz/instruments.toml", &text);
    let made_up = compiled(&rules, "zz");
    let counted = |date, chapter: &str| Coverage::of(&made_up.pack, day(date)).chapters[chapter].clone();
    let answered = |whole, estimated, part| Answered { whole, estimated, part };
    // Chapter 02 has 66 subheadings, heading 3304 five; 3304.99 has a row of its own, without a duty, that rests on the act alone.
    assert_eq!(counted(TODAY, "02").columns, [answered(66, 0, 0), answered(66, 0, 0), answered(0, 0, 0)]);
    assert_eq!(counted(TODAY, "33").columns, [answered(5, 4, 0), answered(4, 4, 0), answered(5, 4, 0)]);
    assert_eq!(counted("2019-12-31", "33").columns, [answered(5, 0, 0), answered(4, 0, 0), answered(1, 0, 0)]);
    assert_eq!(counted(TODAY, "04").columns, [answered(0, 0, 1), answered(0, 0, 0), answered(0, 0, 0)]);
    assert_eq!(answered(5, 4, 1).text(), "5 ~4 +1");
}

#[test]
fn coverage_is_printed_by_chapter() {
    let (exit, output, error) = run(&["packs", "cn", "--coverage", "--as-of", TODAY]);
    assert_eq!((exit, error.as_str()), (0, ""));
    let line =
        |name: &str| output.lines().find(|line| line.starts_with(name)).unwrap().split_whitespace().map(str::to_string).collect::<Vec<_>>();
    assert_eq!(line("chapter")[..4], ["chapter", "codes", "goods.vat", "goods.consumption-tax"]);
    // Knitted clothing, whole; railways, not at all.
    assert_eq!(line("61 ")[..4], ["61", "106", "106", "106"]);
    assert_eq!(line("86 ")[..4], ["86", "23", "0", "0"]);
    assert_eq!(line("total")[1], "5612");
}

#[test]
fn what_differs_between_two_days_is_told() {
    let made_up = compiled(&sources("tests/rules"), "zz");
    let texts = made_up.texts.get("en");
    let between = |before, after| changes::text(&made_up.pack, texts, Days { before: day(before), after: day(after) });
    assert_eq!(
        between("2019-12-31", "2020-01-01"),
        "parameters\n  annual-limit (Limit for the year): 5000 [zz.act.s-2] → none\n\
         table goods\n  changes: tax general, duty 0.10 [zz.act.s-5] → tax general, duty 0, floor 10 [zz.act.s-5 zz.practice]: 3304\n\
         checks\n  begins zz.meat (Meat): goods.prohibited block [zz.act.s-9]\n"
    );
    assert_eq!(
        between("2018-12-31", "2019-01-01"),
        "parameters\n  single-limit (Limit for one order): 400 [zz.act.s-1] → 1000 [zz.act.s-1]\n  \
         annual-limit (Limit for the year): none → 5000 [zz.act.s-2]\n"
    );
    assert_eq!(between("2009-12-31", "2010-01-01"), "regimes\n  begins zz.post (By post) [zz.act]\n");
    // Rows that begin and end, with those that do the same on one line.
    let rows = "0402,2021-01-01,2022-01-01,general,,,zz.act.s-5,powder\n0404,2021-01-01,,general,,,zz.act.s-5,whey\n\
                0405,2021-01-01,2022-01-01,,,,zz.act.s-5,butter\n0406,2021-01-01,,general,,,zz.act.s-5,cheese\n";
    let more = compiled(&with_goods("3304,,2020-01-01", rows), "zz");
    let between = |before, after| changes::text(&more.pack, None, Days { before: day(before), after: day(after) });
    let begins = "  annual-limit: none → 6000 [zz.act.s-2]\ntable goods\n  begins: tax general [zz.act.s-5]: 0402 0404 0406\n  \
                  begins: unknown [zz.act.s-5]: 0405\n";
    assert_eq!(between("2020-12-31", "2021-01-01"), format!("parameters\n{begins}"));
    assert_eq!(
        between("2021-12-31", "2022-01-01"),
        "table goods\n  ends: tax general [zz.act.s-5]: 0402\n  ends: unknown [zz.act.s-5]: 0405\n"
    );
    assert_eq!(between("2022-01-01", "2026-12-31"), "");
}

#[test]
fn the_parcel_reform_is_told() {
    let (exit, output, error) = run(&["packs", "cn", "--diff", "2024-11-30", "2024-12-01"]);
    assert_eq!((exit, error.as_str()), (0, ""));
    assert!(output.lines().next().unwrap().ends_with(": 2024-11-30 → 2024-12-01"), "{output}");
    for (begin, end) in [
        ("  parcel.limit (", ": 1000 [cn.gacc.2010-43] → 2000 [cn.gacc.2024-176]"),
        ("  parcel.limit-nearby (", ": 800 [cn.gacc.2010-43] → none"),
        ("  parcel.waiver (", ": 50 [cn.gacc.2010-43] → 50 [cn.unseen.waiver]"),
    ] {
        assert!(output.lines().any(|line| line.starts_with(begin) && line.ends_with(end)), "{begin}{end}\n{output}");
    }
    let (_, limits, _) = run(&["packs", "--diff", "2018-12-31", "2019-01-01", "CN"]);
    for (begin, end) in [("  cbec.single-limit (", " → 5000 [cn.mof.2018-49]"), ("  cbec.annual-limit (", " → 26000 [cn.mof.2018-49]")]
    {
        assert!(limits.lines().any(|line| line.starts_with(begin) && line.ends_with(end)), "{begin}{end}\n{limits}");
    }
    let (exit, same, _) = run(&["packs", "cn", "--diff", "2026-03-01", "2026-03-01"]);
    assert_eq!((exit, same.lines().nth(1)), (0, Some("nothing differs")));
}

#[test]
fn arguments_that_cannot_be_used_get_one_line() {
    let (dates, two) = (
        "packs: --diff takes two days that exist, YYYY-MM-DD, the earlier first",
        "packs: expected at most one destination; only --diff takes dates",
    );
    for (arguments, said) in [
        (&["packs", "cn", "--diff", "2024-12-01", "2024-11-30"][..], dates),
        (&["packs", "cn", "--diff", "2024-12-01"], dates),
        (&["packs", "--diff", "2024-11-31", "2024-12-01"], dates),
        (&["packs", "--diff", "cn", "us", "2024-12-01"], two),
        (&["packs", "cn", "2024-12-01"], two),
        (&["packs", "cn", "--coverage", "--diff", "2024-11-30", "2024-12-01"], "packs: --diff goes with neither --coverage nor --as-of"),
        (&["articles", "cn"], "articles: expected a destination and a commodity code"),
        (&["articles", "cn", "7113"], "articles: expected a code of 6 to 10 digits"),
        (&["articles", "aq", "330499"], "articles: no rules for this destination"),
        (&["rules", "document"], "rules document: expected a destination"),
        (&["rules", "document", "aq"], "rules document: no rules for this destination"),
    ] {
        assert_eq!(run(arguments), (2, String::new(), format!("preclear: {said}\n")), "{arguments:?}");
    }
}

#[test]
fn articles_are_proposed_by_the_longest_code() {
    let (exit, output, error) = run(&["articles", "CN", "9102.11 0000", "--as-of", "2024-12-01"]);
    assert_eq!((exit, error.as_str()), (0, ""));
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(
        (lines[0], lines[1], lines.last()),
        ("9102110000 on 2024-12-01", "article class: watch", Some(&"a proposal: customs classifies"))
    );
    for begin in [
        "  07010100  高档手表（计税价格在人民币10000元及以上）  rate 50 %",
        "  07010210  石英表（电子表）  rate 20 %",
        "  07010220  机械表  rate 20 %",
        "  07010290  其他表  rate 20 %",
    ] {
        assert!(lines.iter().any(|line| line.starts_with(begin)), "{begin}\n{output}");
    }
    // Infant formula, not the rest of its heading.
    let (_, formula, _) = run(&["articles", "cn", "190110", "--as-of", TODAY]);
    assert!(formula.contains("\n  01010100  奶粉  rate 13 %") && !formula.contains("01019900"), "{formula}");
    // The list begins on 2024-12-01; nothing is proposed before, nor for goods that nobody has looked at.
    for (code, date) in [("910211", "2024-11-30"), ("860110", TODAY)] {
        let (exit, none, _) = run(&["articles", "cn", code, "--as-of", date]);
        assert_eq!((exit, none.lines().last()), (1, Some("no proposal")), "{code}");
    }
}

#[test]
fn what_is_not_written_of_an_article_is_left_out() {
    let rows = articles("code,from,to,rate,value,unit,cite,name\n0101,,,0.13,200,千克,zz.act,milk\n0102,,2020-01-01,0.13,,,zz.act,other\n");
    assert_eq!(
        (rows[0].cell("value"), rows[0].cell("unit"), rows[1].cell("value"), rows[1].cell("weight")),
        (Some("200"), Some("千克"), None, None)
    );
    let rules = sources("rules");
    let china = compiled(&rules, "cn");
    let rows = articles(rules.get("cn/articles.csv").unwrap());
    let found = candidates(&china.proposals, &rows, "3304990039", day(TODAY));
    let codes: BTreeSet<&str> = found.iter().map(|(_, article)| article.code.as_str()).collect();
    assert!(["09020210", "09020220", "09019910", "09019920"].iter().all(|code| codes.contains(code)), "{codes:?}");
}

#[test]
fn proposals_agree_with_the_classes_of_goods() {
    let china = china();
    let headings: BTreeSet<&str> = china.proposals.iter().map(|proposal| proposal.hs.get(..4).unwrap()).collect();
    assert!(headings.len() >= 80, "{}", headings.len());
    let rows = table(&china, "articles").coded_rows();
    for proposal in &china.proposals {
        let class = cell(&china, "goods.article-class", &format!("{:0<6}", proposal.hs), TODAY);
        let rates: &[&str] = match class.as_str() {
            "first" => &["0.13"],
            "second" => &["0.2"],
            "third" => &["0.5"],
            "cosmetics" | "watch" => &["0.2", "0.5"],
            _ => continue,
        };
        for (code, row) in rows.iter().filter(|(code, _)| code.starts_with(&proposal.article)) {
            let Some(Value::Number(rate)) = &row.cells[0] else { panic!("{code} has no rate") };
            assert!(rates.contains(&rate.normalize().to_string().as_str()), "{} is of class {class}, {code} has {rate}", proposal.hs);
        }
    }
}

#[test]
fn faults_of_proposals_are_told() {
    let mut rules = sources("tests/rules");
    let pack = rules.get("zz/pack.toml").unwrap().to_string();
    let article_table = "\n[[table]]\nid = \"articles\"\nfile = \"articles.csv\"\nkey = \"article-code\"\n\n[[table.column]]\nid = \"rate\"\ntype = \"rate\"\n";
    rules.add("zz/pack.toml", &format!("{pack}{article_table}"));
    rules.add("zz/articles.csv", "code,from,to,rate,cite,name\n0101,,,0.1,zz.act,food\n");
    assert_eq!(said(&rules), [""; 0]);
    let mut with = |text: &str| {
        rules.add("zz/proposals.csv", text);
        said(&rules)
    };
    assert_eq!(with("hs,article,note\n3304,01,cream\n33049900,0101,cream\n"), [""; 0]);
    assert_eq!(with("hs,article\n3304,01\n"), ["zz/proposals.csv:1:1: the header must be `hs,article,note`"]);
    assert_eq!(
        with("hs,article,note\n3399,01,cream\n3304,02,\n3304,02,cream\n3304,0101\n"),
        [
            "zz/proposals.csv:2:1: the Harmonized System has no `3399`",
            "zz/proposals.csv:3:1: no article begins with `02`",
            "zz/proposals.csv:3:1: out of order, or there already: rows are sorted by `hs`, then `article`",
            "zz/proposals.csv:3:1: the note is empty",
            "zz/proposals.csv:4:1: no article begins with `02`",
            "zz/proposals.csv:4:1: out of order, or there already: rows are sorted by `hs`, then `article`",
            "zz/proposals.csv:5:1: 2 fields where the header has 3",
        ]
    );
}

#[test]
fn the_page_of_the_rules_is_published() {
    let rules = sources("rules");
    let china = compiled(&rules, "cn");
    let page = document::page(&rules, &china, day(&china.pack.version.replace('.', "-")));
    let file = repository("www/docs/china.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == page, "www/docs/china.md is not what the rules say; run with UPDATE=1 and look at the difference");
    // Every instrument, dated value, step and check of the pack is on it.
    for instrument in &china.pack.instruments {
        assert!(page.contains(&format!("| `{}` | {} | ", instrument.id, instrument.grade.name())), "{}", instrument.id);
    }
    for parameter in &china.pack.parameters {
        let rows = page.lines().filter(|line| line.starts_with(&format!("| `{}` | ", parameter.id))).count();
        assert_eq!(rows, parameter.values.len(), "{}", parameter.id);
    }
    let formulas: BTreeSet<String> = page
        .split("```text\n")
        .skip(1)
        .map(|block| block.split("\n```").next().unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    for step in china.pack.regimes.iter().flat_map(|regime| &regime.steps) {
        assert!(formulas.contains(&step.text), "{}", step.id);
    }
    let codes = |check: &preclear::pack::Check| format!("`{}`", check.notice.code.name());
    let checks = china.pack.checks.iter().chain(china.pack.regimes.iter().flat_map(|regime| &regime.checks));
    assert!(checks.clone().count() > 0 && checks.clone().all(|check| page.contains(&codes(check))));
    assert_eq!(page.lines().filter(|line| line.starts_with("### ")).count(), china.pack.regimes.len());
}

#[test]
fn the_page_of_all_destinations_is_published() {
    let rules = repository("rules");
    let packs = env::temp_dir().join(format!("preclear-destinations-{}", std::process::id()));
    let built = run(&["rules", "build", rules.to_str().unwrap(), "--out", packs.to_str().unwrap()]);
    assert_eq!((built.0, built.2.as_str()), (0, ""));
    let (exit, page, error) = run(&["packs", "--document", "--packs", packs.to_str().unwrap()]);
    fs::remove_dir_all(&packs).unwrap();
    assert_eq!((exit, error.as_str()), (0, ""));
    let file = repository("www/docs/destinations.md");
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == page, "www/docs/destinations.md is not what the rules say; run with UPDATE=1 and look at the difference");
    for id in rules_ids() {
        assert!(page.contains(&format!(" | `{id}` | ")), "{id}");
    }
    // A change that the rules do not hold is a date to know of.
    assert!(run(&["packs", "eu", "--as-of", "2026-11-23"]).1.contains("2028-07-01: "));
    for wrong in [
        &["packs", "--document", "cn"][..],
        &["packs", "--document", "--coverage"],
        &["packs", "--document", "--diff", "2026-01-01", "2026-02-01"],
    ] {
        assert_eq!(run(wrong).0, 2);
    }
}

fn rules_ids() -> Vec<String> {
    sources("rules").destinations()
}

#[test]
fn the_page_is_printed() {
    let out = repository("rules");
    let (exit, page, error) = run(&["rules", "document", "cn", out.to_str().unwrap()]);
    assert_eq!((exit, error.as_str()), (0, ""));
    assert!(page == fs::read_to_string(repository("www/docs/china.md")).unwrap());
}
