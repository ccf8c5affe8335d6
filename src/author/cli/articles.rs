//! `preclear articles`: which personal articles goods of a commodity code may be.

use super::arguments::Arguments;
use super::{Console, DONE, Outcome, STOPPED, Unusable, clock};
use crate::author::proposals::{self, Article};
use crate::author::sources::Sources;
use crate::author::{Compiled, compile_all};
use crate::codes::DigitCode;
use crate::date::Date;
use crate::formula::Value;
use crate::money::parse_decimal;
use crate::pack::KeyKind;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// Fewest and most digits of a commodity code.
const DIGITS: (usize, usize) = (6, 10);

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let [destination, code] = arguments.words.as_slice() else {
        return Err(Unusable::new("articles: expected a destination and a commodity code"));
    };
    let code = DigitCode::parse(code, DIGITS.0, DIGITS.1).ok_or_else(|| Unusable::new("articles: expected a code of 6 to 10 digits"))?;
    let date = arguments.date("--as-of")?.or_else(clock::today).ok_or_else(|| Unusable::new("the clock shows no date; use --as-of"))?;
    let sources = Sources::embedded();
    let packs = compile_all(&sources).map_err(|_| Unusable::new("the rules inside this program have faults"))?;
    let asked = |compiled: &&Compiled| compiled.pack.is_for(destination);
    let compiled = packs.iter().find(asked).ok_or_else(|| Unusable::new("articles: no rules for this destination"))?;
    let tables = compiled.pack.tables.iter().zip(&compiled.table_files).filter(|(table, _)| table.key == KeyKind::ArticleCode);
    let articles: Vec<Article> = tables.filter_map(|(_, file)| sources.get(file)).flat_map(proposals::articles).collect();
    let found = proposals::candidates(&compiled.proposals, &articles, code.as_str(), date);
    let mut text = format!("{} on {}\n", code.as_str(), date.text());
    text.push_str(&classes(compiled, &code, date));
    let mut said = "";
    for (note, article) in &found {
        if *note != said {
            text.push_str(&format!("{note}\n"));
            said = note;
        }
        text.push_str(&format!("  {}\n", line(article)));
    }
    text.push_str(if found.is_empty() { "no proposal\n" } else { "a proposal: customs classifies\n" });
    console.print(&text);
    Ok(if found.is_empty() { STOPPED } else { DONE })
}

/// What the tables of commodities say of the class of article.
fn classes(compiled: &Compiled, code: &DigitCode, date: Date) -> String {
    let mut text = String::new();
    for table in compiled.pack.tables.iter().filter(|table| table.key == KeyKind::HsCode) {
        let Some(column) = table.columns.iter().position(|(id, _)| id == "article-class") else { continue };
        let cell = table.find(code, date).and_then(|row| row.cells.get(column)?.as_ref());
        text.push_str(&format!("article class: {}\n", cell.map_or_else(|| "unknown".to_string(), Value::text)));
    }
    text
}

/// An article with what its row says.
fn line(article: &Article) -> String {
    let mut parts = std::vec![article.code.clone()];
    parts.extend(article.cell("name").map(str::to_string));
    parts.extend(article.cell("rate").map(|rate| format!("rate {}", percent(rate))));
    if let Some(value) = article.cell("value") {
        let unit = article.cell("unit").map(|unit| format!(" per {unit}")).unwrap_or_default();
        parts.push(format!("value {value}{unit}"));
    }
    parts.push(format!("[{}]", article.cell("cite").unwrap_or_default()));
    parts.join("  ")
}

/// `0.13` as `13 %`.
fn percent(rate: &str) -> String {
    let hundred = crate::money::multiply(parse_decimal(rate).unwrap_or_default(), rust_decimal::Decimal::ONE_HUNDRED);
    hundred.map_or_else(|| rate.to_string(), |rate| format!("{} %", rate.normalize()))
}
