//! What the README shows is what happens.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]
#![cfg(feature = "author")]

use preclear::author::cli::{Console, run};
use std::fs;
use std::path::Path;

fn repository(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).to_str().unwrap().to_string()
}

#[test]
fn the_quote_it_shows_is_the_one_that_is_printed() {
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let command = readme.lines().find(|line| line.starts_with("cargo preclear quote")).unwrap();
    let arguments =
        command.split_whitespace().skip(2).map(|word| if word.ends_with(".json") { repository(word) } else { word.to_string() });
    let (mut output, mut error) = (Vec::new(), Vec::new());
    let exit = run(arguments.collect(), &mut Console { input: &mut &b""[..], output: &mut output, error: &mut error });
    let printed = String::from_utf8(output).unwrap();
    assert_eq!((exit, error), (0, Vec::new()));
    assert!(shown.lines().count() > 20 && printed.starts_with(shown), "README.md shows another quote than is printed:\n{printed}");
}

#[test]
fn the_order_it_names_can_be_declared() {
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    let command = readme.lines().find(|line| line.starts_with("cargo preclear declare")).unwrap();
    let arguments =
        command.split_whitespace().skip(2).map(|word| if word.ends_with(".json") { repository(word) } else { word.to_string() });
    let (mut output, mut error) = (Vec::new(), Vec::new());
    let exit = run(arguments.collect(), &mut Console { input: &mut &b""[..], output: &mut output, error: &mut error });
    let printed: serde_json::Value = serde_json::from_slice(&output).unwrap();
    assert_eq!((exit, error), (0, Vec::new()));
    assert!(printed["xml"].as_str().unwrap().contains("<ceb:acturalPaid>456.04<"), "418.00 and 9.1 % of it");
    assert_eq!(printed["findings"], serde_json::json!([]));
}

#[test]
fn the_files_it_names_are_there() {
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    let links: Vec<&str> =
        readme.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()).filter(|link| !link.contains(':')).collect();
    assert!(links.len() > 5);
    for link in links.into_iter().filter(|link| !link.is_empty()) {
        assert!(Path::new(&repository(link)).exists(), "{link}");
    }
}
