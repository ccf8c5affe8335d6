//! What a shopper downloads, against the design's budgets.

use crate::root;
use crate::run::Failure;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A kilobyte of the budgets.
const KILOBYTE: usize = 1000;

struct Budget {
    what: &'static str,
    files: &'static [&'static str],
    goal: usize,
    most: usize,
}

const BUDGETS: [Budget; 4] = [
    Budget { what: "engine wasm", files: &["pkg/dist/wasm/preclear_bg.wasm"], goal: 40, most: 60 },
    Budget { what: "JS glue and façade", files: &["pkg/dist/preclear.js"], goal: 5, most: 8 },
    Budget {
        what: "widget with one locale",
        files: &["pkg/dist/widget.js", "pkg/dist/locales/zh-CN.json", "pkg/dist/packs/cn.zh-CN.json"],
        goal: 12,
        most: 18,
    },
    Budget { what: "China pack", files: &["pkg/dist/packs/cn.pack", "pkg/dist/packs/cn.js"], goal: 8, most: 16 },
];
const ALL: (usize, usize) = (64, 96);

/// Prints the sizes, and fails when one is over its budget.
pub fn report() -> Result<(), Failure> {
    println!("\n{:<26} {:>9} {:>9} {:>7} {:>7}", "brotli 11, KB", "raw", "brotli", "goal", "most");
    let mut all = 0;
    let mut over = Vec::new();
    let mut row = |what: &'static str, raw: Option<usize>, packed: usize, goal: usize, most: usize| {
        let mark = if packed > most * KILOBYTE { "  over" } else { "" };
        println!("{what:<26} {:>9} {:>9} {goal:>7} {most:>7}{mark}", raw.map(kilobytes).unwrap_or_default(), kilobytes(packed));
        if packed > most * KILOBYTE {
            over.push(what);
        }
    };
    for budget in &BUDGETS {
        let (mut raw, mut packed) = (0, 0);
        for file in budget.files {
            let bytes = fs::read(root().join(file)).map_err(|error| Failure::from(format!("{file}: {error}")))?;
            raw += bytes.len();
            packed += brotli_size(&bytes)?;
        }
        all += packed;
        row(budget.what, Some(raw), packed, budget.goal, budget.most);
    }
    row("all of a first load", None, all, ALL.0, ALL.1);
    later()?;
    println!();
    if over.is_empty() { Ok(()) } else { Err(Failure::from(format!("over budget: {}", over.join(", ")))) }
}

/// Prints what loads only when it is asked for: no budget, and no part of a first load.
fn later() -> Result<(), Failure> {
    println!("loads later");
    let row = |what: &str, files: &[PathBuf]| -> Result<(), Failure> {
        let (mut raw, mut packed) = (0, 0);
        for file in files {
            let bytes = fs::read(file)?;
            raw += bytes.len();
            packed += brotli_size(&bytes)?;
        }
        println!("{what:<26} {:>9} {:>9}", kilobytes(raw), kilobytes(packed));
        Ok(())
    };
    let dist = root().join("pkg/dist");
    let all = |names: &[&str]| names.iter().map(|name| dist.join(name)).collect::<Vec<_>>();
    row("details", &all(&["widget-details.js", "locales/zh-CN.more.json", "packs/cn.zh-CN.more.json"]))?;
    row("orderer", &all(&["widget-orderer.js", "identity.js", "wasm/identity_bg.wasm", "packs/cn.regions"]))?;
    row("whole engine", &all(&["whole.js", "wasm/whole_bg.wasm", "packs/cn.terms"]))?;
    row("declarations", &all(&["forms.js", "wasm/forms_bg.wasm", "packs/cn.forms"]))?;
    row("isolated", &all(&["widget-isolated.js", "isolated.js", "worker.js"]))?;
    row("scripts in place of files", &all(&["widget-scripts.js", "scripts.js"]))?;
    range("another language", beside(&dist.join("locales"), ".json", &["zh-CN.json"])?)?;
    range("another destination", beside(&dist.join("packs"), ".pack", &["cn.pack"])?)
}

/// Prints from what to what files of a kind go.
fn range(what: &str, files: Vec<PathBuf>) -> Result<(), Failure> {
    let mut sizes = Vec::new();
    for file in files.iter().filter(|file| !file.to_string_lossy().ends_with(".more.json")) {
        sizes.push(brotli_size(&fs::read(file)?)?);
    }
    if let (Some(least), Some(most)) = (sizes.iter().min(), sizes.iter().max()) {
        println!("{what:<26} {:>9} {:>9}", "", format!("{}–{}", kilobytes(*least), kilobytes(*most)));
    }
    Ok(())
}

/// The files of a folder with an ending, but for some.
fn beside(folder: &Path, ending: &str, but: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    let wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(ending) && !but.contains(&name.as_ref())
    };
    let mut found: Vec<_> = paths.into_iter().filter(wanted).collect();
    found.sort();
    Ok(found)
}

fn kilobytes(bytes: usize) -> String {
    format!("{}.{}", bytes / KILOBYTE, bytes % KILOBYTE / 100)
}

fn brotli_size(bytes: &[u8]) -> Result<usize, Failure> {
    let mut packed = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
        writer.write_all(bytes)?;
    }
    Ok(packed.len())
}
