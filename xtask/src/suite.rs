//! Every test, in the order in which a fault is cheapest to find, with one count at the end.

use crate::run::{Failure, command, output, step};
use crate::{artifacts, root, site, tools};
use std::fs;
use std::process::Command;
use std::time::Instant;

/// What the tests of one runner gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

type Check = fn() -> Result<Counts, Failure>;

const STEPS: [(&str, Check); 11] = [
    ("format", format),
    ("lint", lint),
    ("rust", rust),
    ("documents", documents),
    ("rules", rules),
    ("build", build),
    ("types", types),
    ("wasm", wasm),
    ("packaging", packaging),
    ("browser", browser),
    ("firefox", firefox),
];

/// Runs the steps whose name holds `only`, or all of them.
pub fn run(only: Option<&str>, list: bool) -> Result<(), Failure> {
    if list {
        STEPS.iter().for_each(|(name, _)| println!("{name}"));
        return Ok(());
    }
    let started = Instant::now();
    tools::for_build()?;
    let mut all = Counts::default();
    let mut failures = Vec::new();
    for (name, check) in STEPS.iter().filter(|(name, _)| only.is_none_or(|only| name.contains(only))) {
        println!("── {name}");
        let began = Instant::now();
        let checked = check();
        println!("── {name} took {} s", began.elapsed().as_secs());
        match checked {
            Ok(counts) => {
                all.passed += counts.passed;
                all.failed += counts.failed;
                all.skipped += counts.skipped;
                if counts.failed > 0 {
                    failures.push(*name);
                }
            }
            Err(failure) => {
                println!("{failure}");
                all.failed += 1;
                failures.push(*name);
            }
        }
    }
    println!("\nall tests took {} s", started.elapsed().as_secs());
    if !failures.is_empty() {
        println!("failed: {}", failures.join(", "));
    }
    if all.skipped > 0 {
        println!("{} passed, {} failed, {} skipped", all.passed, all.failed, all.skipped);
    } else {
        println!("{} passed, {} failed", all.passed, all.failed);
    }
    if all.passed > 0 && failures.is_empty() { Ok(()) } else { Err(Failure::from("not every test passed")) }
}

/// A check that is one test: it holds or it does not.
fn one(label: &str, command: &mut Command) -> Result<Counts, Failure> {
    step(label, command)?;
    Ok(Counts { passed: 1, ..Counts::default() })
}

fn both(first: Counts, second: Counts) -> Counts {
    Counts { passed: first.passed + second.passed, failed: first.failed + second.failed, skipped: first.skipped + second.skipped }
}

/// Runs a test runner and counts; shows its output when something failed.
fn counted(label: &str, command: &mut Command, count: fn(&str) -> Counts) -> Result<Counts, Failure> {
    let started = Instant::now();
    println!("{label} …");
    let (text, success) = output(command)?;
    let mut counts = count(&text);
    if !success && counts.failed == 0 {
        counts.failed = 1;
    }
    if success && counts.passed == 0 {
        println!("{text}");
        return Err(Failure::from(format!("{label}: ran no test")));
    }
    if counts.failed > 0 {
        println!("{text}");
    } else {
        // What the tests want to be read, such as scores and timings, they mark.
        text.lines().filter(|line| line.contains("report: ")).for_each(|line| println!("  {}", line.trim()));
    }
    println!("{label}: {} passed, {} failed, {:.1} s", counts.passed, counts.failed, started.elapsed().as_secs_f64());
    Ok(counts)
}

/// The counts of `cargo test`: a line for each binary.
fn cargo_counts(text: &str) -> Counts {
    let number = |line: &str, word: &str| {
        let before = line.split(word).next().unwrap_or_default().trim_end();
        before.rsplit(' ').next().and_then(|number| number.parse::<usize>().ok()).unwrap_or(0)
    };
    text.lines().filter(|line| line.trim_start().starts_with("test result:")).fold(Counts::default(), |sum, line| {
        both(sum, Counts { passed: number(line, " passed"), failed: number(line, " failed"), skipped: number(line, " ignored") })
    })
}

/// The counts of Node's test runner.
fn node_counts(text: &str) -> Counts {
    let number = |word: &str| {
        let lines = text.lines().filter_map(|line| line.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix(word));
        lines.filter_map(|rest| rest.trim().parse::<usize>().ok()).next_back().unwrap_or(0)
    };
    Counts { passed: number("pass "), failed: number("fail ") + number("cancelled "), skipped: number("skipped ") }
}

fn format() -> Result<Counts, Failure> {
    one("formatting", command("cargo").args(["fmt", "--all", "--check"]))
}

fn lint() -> Result<Counts, Failure> {
    let deny = ["--", "-D", "warnings"];
    let native =
        one("linting", command("cargo").args(["clippy", "--quiet", "--workspace", "--all-targets", "--features", "author"]).args(deny))?;
    // Each module as it is built, and no two in one.
    ["wasm", "wasm,whole", "wasm,forms", "wasm-identity"].into_iter().try_fold(native, |counts, feature| {
        let wasm = ["clippy", "--quiet", "--lib", "--target", "wasm32-unknown-unknown", "--no-default-features", "--features", feature];
        Ok(both(counts, one(&format!("linting for {feature}"), command("cargo").args(wasm).args(deny))?))
    })
}

fn rust() -> Result<Counts, Failure> {
    let options = ["test", "--workspace", "--features", "author", "--no-fail-fast"];
    let mut tests = command("cargo");
    // Shown, so that what the tests report of themselves can be printed.
    tests.args(options).args(["--", "--show-output"]);
    if let Some(numbers) = tools::numbers()? {
        tests.env("PRECLEAR_NUMBERS", numbers);
    }
    counted("Rust tests", &mut tests, cargo_counts)
}

fn documents() -> Result<Counts, Failure> {
    one(
        "rustdoc",
        command("cargo").args(["doc", "--quiet", "--no-deps", "--features", "author", "--lib"]).env("RUSTDOCFLAGS", "-D warnings"),
    )
}

fn rules() -> Result<Counts, Failure> {
    artifacts::command_line()?;
    one("checking the rules", command("target/release/preclear").args(["rules", "check"]))
}

fn build() -> Result<Counts, Failure> {
    // A size over its budget is a fault of this step; the steps that look at the site have one.
    let built = artifacts::build();
    let staged = site::stage();
    built?;
    staged?;
    Ok(Counts { passed: 1, ..Counts::default() })
}

fn types() -> Result<Counts, Failure> {
    one("TypeScript", command("node_modules/.bin/tsc").args(["--noEmit", "--project", "pkg"]))
}

fn wasm() -> Result<Counts, Failure> {
    let browser = tools::browser()?;
    let options = ["test", "--headless", "--chrome", "--mode", "no-install", "--chromedriver"];
    let rest = ["--no-default-features", "--features", "wasm", "--test", "wasm"];
    counted(
        "engine in the browser",
        command("wasm-pack").args(options).arg(&browser.driver).args(rest).env("CHROME", &browser.browser),
        cargo_counts,
    )
}

fn packaging() -> Result<Counts, Failure> {
    node("npm package", &mut test_files("tests/packaging", |_| true)?)
}

const IN_FIREFOX: &str = "firefox.test.mjs";

fn browser() -> Result<Counts, Failure> {
    node("browser", &mut test_files("tests/browser", |name| name != IN_FIREFOX)?)
}

fn firefox() -> Result<Counts, Failure> {
    let Some(firefox) = tools::firefox() else {
        println!("Firefox cannot be installed here: nothing is tested in it");
        return Ok(Counts { skipped: 1, ..Counts::default() });
    };
    node("Firefox", test_files("tests/browser", |name| name == IN_FIREFOX)?.env("FIREFOX_PATH", firefox))
}

/// Node's test runner with the tests of a folder.
fn test_files(folder: &str, wanted: fn(&str) -> bool) -> Result<Command, Failure> {
    let mut files: Vec<_> = fs::read_dir(root().join(folder))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.ends_with(".test.mjs") && wanted(name)))
        .collect();
    files.sort();
    let mut tests = command("node");
    tests.args(["--test", "--test-reporter", "spec", "--test-concurrency", "1"]).args(files);
    Ok(tests)
}

fn node(label: &str, tests: &mut Command) -> Result<Counts, Failure> {
    let browser = tools::browser()?;
    counted(label, tests.env("CHROMIUM_PATH", &browser.browser).env("PRECLEAR_XTASK", std::env::current_exe()?), node_counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runners_are_counted() {
        let cargo = "test result: ok. 6 passed; 0 failed; 1 ignored; 0 measured\n…\ntest result: FAILED. 2 passed; 3 failed; 0 ignored;";
        assert_eq!(cargo_counts(cargo), Counts { passed: 8, failed: 3, skipped: 1 });
        let node = "ℹ tests 9\nℹ pass 7\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\n";
        assert_eq!(node_counts(node), Counts { passed: 7, failed: 1, skipped: 1 });
        assert_eq!(node_counts("# pass 4\n# fail 0\n"), Counts { passed: 4, failed: 0, skipped: 0 });
        assert_eq!(cargo_counts("error: could not compile"), Counts::default());
    }
}
