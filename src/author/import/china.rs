//! China's files: the list of goods for e-commerce import, and the tariff.

use super::header::{Column, Line, Lines, lines};
use super::sheet::{Cell, Readings};
use super::{Entry, Problem, Rows, Taken};
use crate::author::hs6;
use crate::money::parse_decimal;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

const CODE: Column = Column {
    id: "code",
    headers: &[
        "税则号列",
        "hscode",
        "商品编码",
        "商品编号",
        "商品代码",
        "hs编码",
        "hs编号",
        "海关编码",
        "海关商品编码",
        "税号",
        "税则号",
        "税则税号",
        "hs",
        "hs8",
        "hs10",
        "code",
        "commoditycode",
        "tariffcode",
        "tariffline",
        "tariffnumber",
    ],
};
const NAME: Column = Column {
    id: "name",
    headers: &["货品名称", "name", "商品名称", "名称", "品名", "goods", "description", "goodsname", "productname", "namezh"],
};
const REMARK: Column = Column { id: "remark", headers: &["备注", "remark", "备注说明", "remarks", "note", "notes", "remarkzh"] };

static POSITIVE_LIST: &[Column] = &[CODE, NAME, REMARK];

static TARIFF: &[Column] = &[
    CODE,
    NAME,
    Column {
        id: "mfn",
        headers: &[
            "最惠国税率",
            "mfn",
            "最惠国",
            "进口最惠国税率",
            "最惠国进口税率",
            "最惠国关税税率",
            "mfnrate",
            "mfnduty",
            "mfndutyrate",
            "mfntariff",
            "mfntariffrate",
            "mostfavourednationrate",
        ],
    },
    Column {
        id: "provisional",
        headers: &[
            "暂定税率",
            "provisional",
            "进口暂定税率",
            "暂定",
            "最惠国暂定税率",
            "暂定最惠国税率",
            "provisionalrate",
            "provisionalduty",
            "provisionaldutyrate",
            "interimrate",
        ],
    },
    Column {
        id: "vat", headers: &["增值税率", "vat", "增值税税率", "增值税", "进口增值税率", "进口增值税税率", "vatrate", "importvat"]
    },
];

/// The rows of a list of goods for e-commerce import.
///
/// # Errors
///
/// When the file holds no such list.
pub fn positive_list(readings: &Readings) -> Result<Taken, String> {
    let Lines { lines, passed } = lines(readings, POSITIVE_LIST, "code", &[])?;
    let mut taking = Taking { lengths: &[8], ..Taking::default() };
    let mut entries = Vec::new();
    for line in &lines {
        let Some(code) = taking.code(line) else { continue };
        let remark = line.cell("remark").map(Cell::text).unwrap_or_default();
        if line.cell("remark").is_some_and(|cell| !matches!(cell, Cell::Text(_) | Cell::Number(_))) {
            taking.fault(line, "remark", "not a text: a remark changes what may come in");
        }
        let control = control(remark).unwrap_or_default().to_string();
        entries.push(Entry { code, cells: std::vec!["true".to_string(), control], name: described(line) });
    }
    let mut notes = taking.notes(passed);
    let remarked = entries.iter().filter(|entry| entry.cells.last().is_some_and(|control| !control.is_empty())).count();
    notes.push(std::format!("rows with a remark: {remarked}"));
    Ok(Taken {
        read: entries.len(),
        tables: std::vec![Rows { file: "positive-list.csv", columns: &["listed", "control"], entries }],
        problems: taking.problems,
        notes,
    })
}

/// What a remark of the list is about. Where it is about more than one thing, the one that stops most.
fn control(remark: &str) -> Option<&'static str> {
    let says = |words: &[&str]| words.iter().any(|word| remark.contains(word));
    let empty = remark.trim_matches(|letter: char| !letter.is_alphanumeric()).is_empty();
    if empty || remark == "无" {
        None
    } else if says(&["网购保税"]) && says(&["仅限", "只限", "限网购"]) {
        Some("bonded-only")
    } else if says(&["千克", "公斤", "kg", "KG"]) {
        Some("weight")
    } else if says(&["仅限", "只限", "限于"]) {
        Some("name")
    } else if says(&["除外", "不包括"]) {
        Some("exclusion")
    } else {
        Some("other")
    }
}

/// The name of the goods with the remark, for those who read the sources.
fn described(line: &Line) -> String {
    let text = |id: &str| line.cell(id).map(Cell::text).filter(|text| !text.is_empty());
    let parts: Vec<&str> = [text("name"), text("remark")].into_iter().flatten().collect();
    parts.join(" | ").chars().take(200).collect()
}

/// The rows of a tariff: the duty that applies to most origins, and VAT where there is a column for it.
///
/// # Errors
///
/// When the file holds no tariff, or does not say that its rates are per cent.
pub fn tariff(readings: &Readings) -> Result<Taken, String> {
    let Lines { lines, passed } = lines(readings, TARIFF, "code", &["mfn", "provisional", "vat"])?;
    let rates = ["mfn", "provisional", "vat"];
    for id in rates {
        let bare: Vec<(&Line, Decimal)> = lines.iter().filter_map(|line| Some((line, bare(line.cell(id)?)?))).collect();
        if let Some((line, _)) = bare.iter().find(|(line, _)| !line.in_per_cent(id)) {
            return Err(std::format!("{}: the column does not say that its rates are per cent; write % in its header", line.place_of(id)));
        }
        if let Some((line, _)) = bare.first().filter(|_| bare.iter().all(|(_, figure)| *figure < Decimal::ONE)) {
            return Err(std::format!("{}: every rate of the column is below 1 per cent; write 13 for 13 %, not 0.13", line.place_of(id)));
        }
    }
    let mut taking = Taking { lengths: &[8, 10], ..Taking::default() };
    let (mut duties, mut taxes) = (Vec::new(), Vec::new());
    let (mut specific, mut parts) = (0usize, 0usize);
    for line in &lines {
        if line.cell("code").is_some_and(|cell| cell.text().to_lowercase().starts_with("ex")) {
            parts = parts.saturating_add(1);
            continue;
        }
        let code = taking.code(line);
        let [mfn, provisional, vat] = rates.map(|id| taking.rate(line, id));
        let Some(code) = code else { continue };
        // A provisional rate takes the place of the other, also where it is not a percentage.
        let (duty, kind) = if provisional == Rate::None { (mfn, "most favoured nation") } else { (provisional, "provisional") };
        specific = specific.saturating_add(usize::from(duty == Rate::Specific));
        let entry = |rate: Rate, name: &str| {
            let cell = if let Rate::Of(rate) = rate { rate.normalize().to_string() } else { String::new() };
            Entry { code: code.clone(), cells: std::vec![cell], name: name.to_string() }
        };
        if duty != Rate::None {
            duties.push(entry(duty, if duty == Rate::Specific { "not a percentage" } else { kind }));
        }
        if vat != Rate::None {
            taxes.push(entry(vat, "by tariff line"));
        }
    }
    let mut notes = taking.notes(passed);
    notes.push(std::format!("rows with a duty: {}; with VAT: {}", duties.len().saturating_sub(specific), taxes.len()));
    if specific > 0 {
        notes.push(std::format!("rows with a duty that is not a percentage, and stays unknown: {specific}"));
    }
    if parts > 0 {
        notes.push(std::format!("rows for a part of a line (ex), left out: {parts}"));
    }
    let read = taking.seen.len();
    let tables = std::vec![
        Rows { file: "tariff.csv", columns: &["duty"], entries: duties },
        Rows { file: "tariff-vat.csv", columns: &["rate"], entries: taxes },
    ];
    Ok(Taken { read, tables, problems: taking.problems, notes })
}

/// A figure other than zero that has no sign for per cent with it.
fn bare(cell: &Cell) -> Option<Decimal> {
    let figure = match cell {
        Cell::Number(text) | Cell::Text(text) => parse_decimal(text),
        Cell::Fraction(_) | Cell::Formula | Cell::Other => None,
    };
    figure.filter(|figure| !figure.is_zero())
}

/// A rate of a tariff line.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rate {
    /// Nothing is said.
    None,
    /// A percentage, as a fraction.
    Of(Decimal),
    /// So much for a quantity, or more than that.
    Specific,
}

/// What has been read of a file so far.
#[derive(Default)]
struct Taking {
    /// How many digits a code can have.
    lengths: &'static [usize],
    /// The places of the codes.
    seen: BTreeMap<String, String>,
    problems: Vec<Problem>,
    /// Codes that a spreadsheet program took for numbers.
    padded: usize,
}

impl Taking {
    fn fault(&mut self, line: &Line, column: &str, message: impl Into<String>) {
        self.problems.push(Problem { place: line.place_of(column), message: message.into() });
    }

    fn notes(&self, passed: usize) -> Vec<String> {
        let mut notes = Vec::new();
        for (count, what) in [
            (passed, "rows passed over, as titles, notes or repeated headers"),
            (self.padded, "codes given back the zero that a spreadsheet program took off"),
        ] {
            if count > 0 {
                notes.push(std::format!("{what}: {count}"));
            }
        }
        notes
    }

    /// The code of a line, if it is right and new.
    fn code(&mut self, line: &Line) -> Option<String> {
        let text = match line.cell("code") {
            None => {
                self.fault(line, "code", "no code");
                return None;
            }
            Some(Cell::Formula) => {
                self.fault(line, "code", FORMULA);
                return None;
            }
            Some(cell) => cell.text(),
        };
        let mut code: String = text.chars().filter(|letter| ![' ', '.'].contains(letter)).collect();
        let digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
        // Every code has an even number of digits, and those of the first nine chapters begin with a zero.
        if digits && self.lengths.contains(&code.len().saturating_add(1)) {
            code.insert(0, '0');
            self.padded = self.padded.saturating_add(1);
        }
        if !digits || !self.lengths.contains(&code.len()) {
            let lengths = self.lengths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
            let rounded = parse_scientific(&code);
            let more = if rounded { ": a spreadsheet program has rounded it" } else { "" };
            self.fault(line, "code", std::format!("not a code of {lengths} digits{more}"));
            return None;
        }
        if !code.get(..6).is_some_and(hs6::exists) {
            let message = std::format!("`{code}` begins with no subheading of the Harmonized System of 2022");
            self.fault(line, "code", message);
            return None;
        }
        if let Some(first) = self.seen.get(&code) {
            let message = std::format!("`{code}` is in {first} already");
            self.fault(line, "code", message);
            return None;
        }
        self.seen.insert(code.clone(), line.place());
        Some(code)
    }

    /// A rate of a line, as a fraction.
    fn rate(&mut self, line: &Line, column: &'static str) -> Rate {
        let hundred = Decimal::ONE_HUNDRED;
        let (figure, divisor) = match line.cell(column) {
            None => return Rate::None,
            Some(Cell::Formula) => {
                self.fault(line, column, FORMULA);
                return Rate::None;
            }
            Some(Cell::Fraction(text)) => (parse_decimal(text), Decimal::ONE),
            Some(Cell::Number(text)) => (parse_decimal(text), hundred),
            Some(Cell::Text(text)) if ["-", "--", "/", "—", "无"].contains(&text.as_str()) => return Rate::None,
            Some(Cell::Text(text)) => {
                let lower = text.to_lowercase();
                if ["元", "/", "usd", "cny", "rmb", "yuan", "从量", "复合", "滑准"].iter().any(|word| lower.contains(word)) {
                    return Rate::Specific;
                }
                (parse_decimal(text.strip_suffix('%').unwrap_or(text).trim_end()), hundred)
            }
            Some(Cell::Other) => (None, hundred),
        };
        let fraction = figure.and_then(|figure| figure.checked_div(divisor));
        match fraction.filter(|fraction| *fraction <= Decimal::ONE) {
            Some(fraction) => Rate::Of(fraction),
            None => {
                self.fault(line, column, "not a percentage between 0 and 100");
                Rate::None
            }
        }
    }
}

const FORMULA: &str = "a formula; paste its value in its place";

/// Whether a text is a number in powers of ten.
fn parse_scientific(text: &str) -> bool {
    text.split_once(['E', 'e']).is_some_and(|(figure, power)| {
        !figure.is_empty()
            && figure.bytes().all(|byte| byte.is_ascii_digit())
            && power.trim_start_matches('+').bytes().all(|byte| byte.is_ascii_digit())
    })
}
