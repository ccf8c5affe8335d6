//! Many baskets on the command line: each gets the answer it gets alone, in its order, and what is no basket stops nothing.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use preclear::author::cli::{Console, run};
use serde_json::{Value, json};
use std::io::{Read, Write};

fn told(words: &[&str], input: &mut dyn Read) -> (u8, String, String) {
    let (mut output, mut error) = (Vec::new(), Vec::new());
    let exit = run(words.iter().copied().map(String::from).collect(), &mut Console { input, output: &mut output, error: &mut error });
    (exit, String::from_utf8(output).unwrap(), String::from_utf8(error).unwrap())
}

fn basket(number: usize) -> Value {
    let mut basket: Value = serde_json::from_str(include_str!("../www/docs/examples/serum.json")).unwrap();
    basket["items"][0]["id"] = number.to_string().into();
    basket["items"][0]["quantity"] = (number % 7 + 1).to_string().into();
    basket["shipTo"]["countryCode"] = ["CN", "GB", "AQ"][number % 3].into();
    basket
}

#[test]
fn each_line_gets_what_it_gets_alone_in_its_order() {
    // More than are read at once.
    let count = 4200;
    let lines: Vec<String> = (0..count).map(|number| basket(number).to_string()).collect();
    let (exit, output, error) = told(&["batch"], &mut lines.join("\n").as_bytes());
    assert_eq!((exit, error.as_str()), (1, ""));
    let answers: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), count);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(answer["destination"], basket(number)["shipTo"]["countryCode"], "{number}");
        if number % 3 != 2 && answer["items"] != json!([]) {
            assert_eq!(answer["items"][0]["id"], number.to_string());
        }
    }
    for number in [0, 1, 2, 4095, 4096, 4199] {
        let (_, alone, _) = told(&["quote"], &mut lines[number].as_bytes());
        assert_eq!(serde_json::from_str::<Value>(&alone).unwrap(), answers[number], "{number}");
    }
}

#[test]
fn a_line_that_is_no_basket_becomes_a_line_with_a_finding() {
    let good = basket(0).to_string();
    let mut unknown = basket(0);
    unknown["canary"] = json!("canary");
    let input = format!("{good}\n{{\"canary\": 110105\n\n  \r\n{unknown}\r\n\u{0}canary\n[]\n{good}");
    let (exit, output, error) = told(&["batch"], &mut input.as_bytes());
    assert_eq!((exit, error.as_str()), (1, ""));
    assert!(!output.contains("canary") && !output.contains("110105"));
    let answers: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |answer: &Value| {
        (answer["status"].as_str().unwrap().to_string(), answer["findings"][0]["params"]["line"].as_str().map(String::from))
    };
    let expected = [
        ("ready", None),
        ("needsInput", Some("2")),
        ("needsInput", None),
        ("needsInput", Some("6")),
        ("needsInput", None),
        ("ready", None),
    ];
    let expected = expected.map(|(status, line)| (status.to_string(), line.map(String::from)));
    assert_eq!(answers.iter().map(of).collect::<Vec<_>>(), expected);
    // Without one of those all is well, and the day can be another's.
    assert_eq!(told(&["batch"], &mut good.as_bytes()).0, 0);
    let (_, dated, _) = told(&["batch", "--as-of", "2019-03-31"], &mut good.as_bytes());
    assert_eq!(serde_json::from_str::<Value>(&dated).unwrap()["asOf"], "2019-03-31");
    assert_eq!(told(&["batch"], &mut "".as_bytes()), (0, String::new(), String::new()));
    assert_eq!(
        told(&["batch", "nowhere/canary"], &mut "".as_bytes()),
        (2, String::new(), "preclear: baskets: cannot be read: entity not found\n".into())
    );
}

#[test]
fn a_line_without_end_takes_no_more_than_is_read_and_the_next_goes_on() {
    let good = format!("\n{}\n", basket(0));
    for byte in [b' ', b'1'] {
        let mut endless = std::io::repeat(byte).take(40_000_000).chain(good.as_bytes());
        let (exit, output, _) = told(&["batch"], &mut endless);
        let answers: Vec<Value> = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!((exit, answers.len(), &answers[0]["findings"][0]["code"]), (1, 2, &json!("input.too-large")));
        assert_eq!((&answers[0]["findings"][0]["params"]["line"], &answers[1]["status"]), (&json!("1"), &json!("ready")));
    }
    // Many blank lines are no end.
    let mut blank = std::io::repeat(b'\n').take(20_000_000).chain(good.as_bytes());
    assert_eq!(told(&["batch"], &mut blank).1.lines().count(), 1);
}

/// Takes so many bytes, and then is closed.
struct Closing(usize);

impl Write for Closing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(std::io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn it_stops_when_nobody_reads_any_more() {
    let line = format!("{}\n", basket(0));
    let mut input = std::io::Cursor::new(line.repeat(20_000));
    let mut console = Console { input: &mut input, output: &mut Closing(100_000), error: &mut std::io::sink() };
    assert_eq!(run(vec!["batch".into()], &mut console), 0);
    assert!(usize::try_from(input.position()).unwrap() < line.len() * 10_000);
}
