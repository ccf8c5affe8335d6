//! A catalogue on the command line: what each article lacks, and where.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use preclear::author::cli::{Console, run};
use serde_json::{Value, json};

fn told(words: &[&str], input: &str) -> (u8, String, String) {
    let (mut output, mut error) = (Vec::new(), Vec::new());
    let words = [&["lint", "--as-of", "2026-11-28"], words].concat();
    let mut console = Console { input: &mut input.as_bytes(), output: &mut output, error: &mut error };
    let exit = run(words.into_iter().map(String::from).collect(), &mut console);
    (exit, String::from_utf8(output).unwrap(), String::from_utf8(error).unwrap())
}

/// Row, code, target and destinations of each finding.
fn found(words: &[&str], input: &str) -> Vec<(String, String, String, String)> {
    let (_, output, error) = told(words, input);
    assert_eq!(error, "");
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let rows = output.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    rows.flat_map(|row| {
        let of = |finding: &Value| {
            let to: Vec<String> = finding["destinations"].as_array().unwrap().iter().map(text).collect();
            (text(&row["row"]), text(&finding["code"]), text(&finding["target"]), to.join(" "))
        };
        row["findings"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    })
    .collect()
}

fn one(row: &str, code: &str, target: &str, to: &str) -> (String, String, String, String) {
    (row.into(), code.into(), target.into(), to.into())
}

#[test]
fn each_article_is_told_what_it_lacks_and_where() {
    // China's consumption tax on cosmetics goes by volume or weight; the duty of Hong Kong on spirits by strength; the tariff of the United States
    // by origin, and its excise tax on spirits is what a shop states. A serum of 50 ml from Korea has all of it.
    let csv = "id,Name,HS code,country_of_origin,volume.ml,attributes.alcoholByVolume\n\
               1,Serum,3304990039,KR,50,\n2,Serum,3304990039,KR,,\n3,Whisky,22083000,GB,700,\n4,Whisky,22083000,GB,700,0.46\n5,Serum,330499,,50,\n6,Bag,,FR,,\n";
    let expected = [
        one("3", "input.measure-missing", "/measurements", "CN"),
        one("4", "input.attribute-missing", "/attributes", "HK"),
        one("4", "input.attribute-missing", "/attributes", "US"),
        one("5", "input.attribute-missing", "/attributes", "US"),
        one("6", "input.origin-missing", "/countryOfOrigin", "US"),
        one("7", "input.hs-missing", "/hsCode", "CN HK US"),
    ];
    assert_eq!(found(&["--to", "cn,HK,us"], csv), expected);
    let us = [&expected[2..5], &[one("7", "input.hs-missing", "/hsCode", "US")]].concat();
    assert_eq!(found(&["--to", "US"], csv), us);
    assert_eq!(told(&["--to", "HK"], csv).0, 1);
    // Limits in dollars are asked about without a rate that anybody stated. Brazil taxes all goods alike up to 3,000 dollars.
    let missing = one("2", "input.hs-missing", "/hsCode", "ID KR MX VN");
    assert!(found(&["--to", "BR,ID,KR,MX,VN"], "id,hsCode\n1,\n").contains(&missing));
    // The same with semicolons, and as lines of JSON, whose prices play no part.
    assert_eq!(found(&["--to", "cn,hk,us"], &csv.replace(',', ";")), expected);
    let line = json!({ "name": "Serum", "hsCode": "3304990039", "countryOfOrigin": "KR", "amount": "199.00", "currencyCode": "CNY" });
    assert_eq!(
        found(&["--to", "CN"], &format!("{line}\n\n{line}\n")),
        ["1", "3"].map(|row| one(row, "input.measure-missing", "/measurements", "CN"))
    );
}

#[test]
fn codes_that_cannot_be_right_and_rows_that_are_twice_there_are_told() {
    let csv = "id,sku,hsCode,countryOfOrigin\n1,A,7701000000,CN\n1,B,851712,CN\n3,B,4202,CN\n4,D,9801001000,CN\n5,E,851713,CN\n";
    assert_eq!(
        found(&["--to", "HK"], csv),
        [
            // Chapter 77 is kept free.
            one("2", "input.hs-unknown", "/hsCode", "HK"),
            // Cellular telephones had this subheading until 2022.
            one("3", "input.hs-unknown", "/hsCode", ""),
            one("3", "input.malformed", "/id", ""),
            one("4", "input.malformed", "/hsCode", "HK"),
            one("4", "input.malformed", "/sku", ""),
        ]
    );
    let doubtful = "id,hsCode\n1,851712\n";
    assert_eq!(told(&["--to", "HK"], doubtful).0, 0);
    // A name that speaks of goods which the code says nothing of.
    assert_eq!(
        found(&["--to", "CN", "--names"], "id,name,hsCode\n1,Cured ham,\n"),
        [one("2", "input.hs-missing", "/hsCode", "CN"), one("2", "goods.unverified", "", "CN"),]
    );
}

#[test]
fn it_is_said_for_people_and_nothing_of_the_catalogue_comes_back_but_words_that_a_check_knows() {
    let csv = "id,name,hsCode,CANARY,countryOfOrigin\nCANARY1,CANARY 110105,CANARY,CANARY,CANARY\n";
    for locale in ["en", "zh-CN"] {
        let (exit, output, error) = told(&["--to", "CN,US", "--text", "--locale", locale], csv);
        assert_eq!((exit, error.as_str()), (1, ""));
        assert!(!output.contains("CANARY") && !output.contains("110105"), "{output}");
        assert!(output.starts_with("2: ") && output.ends_with("1 rows, 1 with something to mend; columns not read: 1\n"), "{output}");
    }
    assert!(!told(&["--to", "CN"], csv).1.contains("CANARY"));
    let right = told(&["--to", "GB", "--text"], "sku,hsCode,countryOfOrigin\n1,610910,CN\n");
    assert_eq!(right, (0, "1 rows, 0 with something to mend\n".into(), String::new()));
    for (words, input, says) in [
        (vec!["--to", "CANARY"], "id\n1\n", "preclear: --to: expected countries that there are rules for"),
        (vec!["--to", "AQ"], "id\n1\n", "preclear: --to: expected countries that there are rules for"),
        (vec![], "", "catalogue: the file is empty"),
        (vec![], "CANARY,CANARY\n1,2\n", "catalogue: no row of names"),
        (vec!["CANARY"], "", "catalogue: cannot be read"),
        (vec!["--locale", "CANARY"], "", "preclear: --locale: expected one of"),
    ] {
        let (exit, output, error) = told(&words, input);
        assert!(exit == 2 && output.is_empty() && error.starts_with(says) && !error.contains("CANARY"), "{error}");
    }
}
