//! The walls of the design, held by reading the sources.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below `src/`, with its path from there and its text without comments.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    assert!(files.len() > 20, "the walk must find the crate");
    files
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code: Vec<&str> = text.lines().map(|line| line.split("//").next().unwrap()).collect();
            (path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"), code.join("\n"))
        })
        .collect()
}

/// The places outside `allowed` where one of the words stands, as `file: word`.
fn trespasses(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, code) in sources() {
        if allowed.iter().any(|prefix| path.starts_with(prefix)) {
            continue;
        }
        for word in words {
            if code.contains(word) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    found
}

fn none(found: Vec<String>) {
    assert!(found.is_empty(), "outside its wall:\n{}", found.join("\n"));
}

#[test]
fn wasm_bindgen_stays_at_its_boundary() {
    none(trespasses(&["wasm_bindgen", "js_sys"], &["wasm/", "lib.rs"]));
}

#[test]
fn serde_stays_in_the_wire() {
    none(trespasses(&["serde::", "serde_json"], &["wire/", "author/", "bin/"]));
}

#[test]
fn files_clocks_and_processes_stay_with_the_author() {
    let words = ["std::fs", "std::time", "SystemTime", "Instant", "std::env", "std::io", "std::net", "std::process", "std::thread"];
    none(trespasses(&words, &["author/", "bin/"]));
}

#[test]
fn the_author_is_never_in_a_wasm_build() {
    let (_, library) = sources().into_iter().find(|(path, _)| path == "lib.rs").unwrap();
    let guard = "#[cfg(all(feature = \"author\", not(target_arch = \"wasm32\")))]\npub mod author;";
    assert!(library.contains(guard));
    none(trespasses(&["crate::author"], &["author/", "bin/"]));
    none(trespasses(&["calamine", "encoding_rs", "zip::", "toml_edit", "csv::"], &["author/"]));
}

#[test]
fn the_core_holds_no_destination() {
    // Words of one country's law. The engine must not know them, nor any country's name; `codes/`, `identity/` and `forms/` may.
    let words = [
        "china",
        "chinese",
        "\"CN\"",
        "\"CNY\"",
        "\"cn\"",
        "cbec",
        "bonded",
        "parcel",
        "\"vat\"",
        "cosmetic",
        "consumption-tax",
        "5000",
        "26000",
        "0.70",
        "\"JP\"",
        "\"US\"",
        "\"EU\"",
        "europe",
        "article-tax",
    ];
    let mut found = Vec::new();
    for (path, code) in sources() {
        if ["codes/", "identity/", "forms/", "author/", "bin/", "wire/shape"].iter().any(|prefix| path.starts_with(prefix)) {
            continue;
        }
        let library: String = code.split("#[cfg(test)]").next().unwrap().to_lowercase();
        for word in words {
            if library.contains(&word.to_lowercase()) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    none(found);
}

#[test]
fn numbers_of_persons_stay_in_the_identity_check() {
    // The boundaries fill a `Secret`; nothing else touches one, and it can be neither printed nor copied.
    none(trespasses(&["Secret"], &["identity/", "wire/identity.rs", "wasm/", "author/cli/identity.rs"]));
    let (_, secret) = sources().into_iter().find(|(path, _)| path == "identity/secret.rs").unwrap();
    assert!(
        secret.contains("pub struct Secret")
            && !secret.contains("derive(")
            && !secret.contains("Display for")
            && !secret.contains("Debug for")
    );
}

#[test]
fn no_binary_fraction_in_the_library() {
    let found: Vec<String> = trespasses(&["f64", "f32"], &["author/", "bin/"]);
    // A boundary names the type of what it refuses.
    none(found.into_iter().filter(|place| !place.starts_with("wire/node.rs")).collect());
}

#[test]
fn nothing_prints_what_it_was_given() {
    none(
        trespasses(&["{:?}", "dbg!", "println!", "format!", "panic!", "unreachable!"], &["author/", "bin/", "wire/json.rs"])
            .into_iter()
            .filter(|place| !place.starts_with("wire/"))
            .collect(),
    );
}
