//! What a shopper downloads, against the design's budgets.

use crate::root;
use crate::run::Failure;
use std::fs;
use std::io::Write;

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
    Budget { what: "China pack", files: &["pkg/dist/packs/cn.pack"], goal: 8, most: 16 },
];
const ALL: (usize, usize) = (64, 96);

/// The one pack with a whole tariff: no part of a first load for China.
const LARGEST_PACK: Budget = Budget { what: "United States pack", files: &["pkg/dist/packs/us.pack"], goal: 40, most: 60 };

/// Prints the sizes, and fails when one is over its budget.
pub fn report() -> Result<(), Failure> {
    println!("\n{:<24} {:>9} {:>9} {:>7} {:>7}", "brotli 11, KB", "raw", "brotli", "goal", "most");
    let mut all = 0;
    let mut over = Vec::new();
    let mut row = |what: &'static str, raw: Option<usize>, packed: usize, goal: usize, most: usize| {
        let kilobytes = |bytes: usize| format!("{}.{}", bytes / KILOBYTE, bytes % KILOBYTE / 100);
        let mark = if packed > most * KILOBYTE { "  over" } else { "" };
        println!("{what:<24} {:>9} {:>9} {goal:>7} {most:>7}{mark}", raw.map(kilobytes).unwrap_or_default(), kilobytes(packed));
        if packed > most * KILOBYTE {
            over.push(what);
        }
    };
    for (budget, first_load) in BUDGETS.iter().map(|budget| (budget, true)).chain([(&LARGEST_PACK, false)]) {
        let (mut raw, mut packed) = (0, 0);
        for file in budget.files {
            let bytes = fs::read(root().join(file)).map_err(|error| Failure::from(format!("{file}: {error}")))?;
            raw += bytes.len();
            packed += brotli_size(&bytes)?;
        }
        if first_load {
            all += packed;
        }
        row(budget.what, Some(raw), packed, budget.goal, budget.most);
    }
    row("all of a first load", None, all, ALL.0, ALL.1);
    println!();
    if over.is_empty() { Ok(()) } else { Err(Failure::from(format!("over budget: {}", over.join(", ")))) }
}

fn brotli_size(bytes: &[u8]) -> Result<usize, Failure> {
    let mut packed = Vec::new();
    {
        let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
        writer.write_all(bytes)?;
    }
    Ok(packed.len())
}
