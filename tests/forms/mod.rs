//! What the tests of the forms share.

#![allow(dead_code, reason = "shared by tests that each use a part")]

pub mod xml;

use preclear::author::sources::Sources;
use preclear::author::{Faults, compile};
use preclear::codes::Country;
use preclear::forms::table::Forms;
use preclear::identity::Checker;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

pub static CHINA: LazyLock<(Forms, Checker)> = LazyLock::new(|| {
    let sources = Sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")).unwrap();
    let compiled = compile(&sources, "cn", &Faults::default()).unwrap();
    let mut checker = Checker::new();
    assert!(checker.add_regions(Country::parse("CN").unwrap(), &compiled.regions.unwrap()));
    (Forms::decode(&compiled.forms.unwrap()).unwrap(), checker)
});

/// Customs' own schema of a family, where the reference is beside the repository and `xmllint` is installed.
pub fn schema(family: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/schemas/ceb-2022-05/{family}.xsd"));
    let missing = if !path.exists() {
        "customs' schema is not here"
    } else if Command::new("xmllint").arg("--version").output().is_err() {
        "xmllint is not installed"
    } else {
        return Some(path);
    };
    println!("skipped: {missing}");
    None
}

/// Which of these messages `xmllint` finds valid.
pub fn xmllint(schema: &Path, messages: &[String]) -> Vec<bool> {
    let folder = tempfolder();
    let mut valid = Vec::new();
    for (number, chunk) in messages.chunks(200).enumerate() {
        let files: Vec<PathBuf> = (0..chunk.len()).map(|place| folder.join(format!("{number}-{place}.xml"))).collect();
        for (file, message) in files.iter().zip(chunk) {
            std::fs::write(file, message).unwrap();
        }
        let output = Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(schema).args(&files).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let told: std::collections::BTreeSet<&str> = told.lines().filter_map(|line| line.strip_suffix(" validates")).collect();
        valid.extend(files.iter().map(|file| told.contains(file.to_str().unwrap())));
        for file in &files {
            std::fs::remove_file(file).unwrap();
        }
    }
    std::fs::remove_dir(folder).unwrap();
    valid
}

fn tempfolder() -> PathBuf {
    static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("forms-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The rules of payment data.
pub const OF_PULL: [&str; 14] = ["P01", "P02", "P04", "P05", "P06", "P07", "P08", "P10", "P11", "P12", "P15", "W09", "W13", "W14"];
