//! A worked example: how it is written, and how a quote is held to it.

use preclear::wire::node::Node;
use rust_decimal::{Decimal, RoundingStrategy};
use toml::{Table, Value};

/// One worked example of `tests/cases/<cc>/*.toml`.
#[derive(Debug)]
pub struct Case {
    /// What it is called.
    pub name: String,
    /// Where its figures were published, or the law that they follow from.
    pub source: String,
    /// The basket, as JSON.
    pub basket: String,
    /// What is expected, by key.
    expect: Vec<(String, Value)>,
}

const EXPECTATIONS: [&str; 14] = [
    "status",
    "regime",
    "dutiable-value",
    "duties",
    "taxes",
    "total-tax",
    "rate",
    "charge",
    "certain",
    "limit",
    "remaining",
    "published",
    "findings",
    "no-findings",
];

/// The cases of a file; a key that means nothing is an error, since it would be an expectation that nobody checks.
pub fn read(text: &str) -> Result<Vec<Case>, String> {
    let mut file: Table = text.parse().map_err(|error| format!("{error}"))?;
    let cases = match file.remove("case") {
        Some(Value::Array(cases)) if !cases.is_empty() => cases,
        _ => return Err("no [[case]]".into()),
    };
    nothing_left(&file)?;
    cases.into_iter().enumerate().map(|(number, case)| case_of(case).map_err(|error| format!("case {}: {error}", number + 1))).collect()
}

fn nothing_left(table: &Table) -> Result<(), String> {
    table.keys().next().map_or(Ok(()), |key| Err(format!("unknown key `{key}`")))
}

fn case_of(case: Value) -> Result<Case, String> {
    let Value::Table(mut table) = case else { return Err("not a table".into()) };
    let mut text = |key: &str| match table.remove(key) {
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(text),
        _ => Err(format!("`{key}` must be a text")),
    };
    let (name, source, basket) = (text("name")?, text("source")?, text("basket")?);
    let expect = match table.remove("expect") {
        Some(Value::Table(expect)) if !expect.is_empty() => expect.into_iter().collect::<Vec<_>>(),
        _ => return Err(format!("{name}: nothing is expected")),
    };
    nothing_left(&table).map_err(|error| format!("{name}: {error}"))?;
    if let Some((key, _)) = expect.iter().find(|(key, _)| !EXPECTATIONS.contains(&key.as_str())) {
        return Err(format!("{name}: unknown key `{key}` in expect"));
    }
    Ok(Case { name, source, basket, expect })
}

pub fn text<'n>(node: &'n Node, name: &str) -> Option<&'n str> {
    node.get(name).and_then(Node::as_text)
}

pub fn list<'n>(node: &'n Node, name: &str) -> &'n [Node] {
    node.get(name).map_or(&[], Node::entries)
}

pub fn number(node: &Node, name: &str) -> Option<Decimal> {
    text(node, name)?.parse().ok()
}

/// Every charge of a quote: those of its items and those of the basket.
pub fn charges(quote: &Node) -> Vec<&Node> {
    list(quote, "items").iter().flat_map(|item| list(item, "charges")).chain(list(quote, "charges")).collect()
}

/// The sum of a charge over a quote that has amounts.
fn charged(quote: &Node, id: &str) -> Option<Decimal> {
    amount(quote, "total")?;
    Some(charges(quote).into_iter().filter(|charge| text(charge, "id") == Some(id)).filter_map(|charge| number(charge, "amount")).sum())
}

fn amount(quote: &Node, name: &str) -> Option<Decimal> {
    quote.get("amounts").and_then(|amounts| number(amounts, name))
}

fn half_up(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

impl Case {
    /// Where the quote is not what was expected, in words.
    pub fn differences(&self, quote: &Node) -> Vec<String> {
        let mut differences = Vec::new();
        for (key, expected) in &self.expect {
            if let Err(difference) = meets(quote, key, expected) {
                differences.push(format!("{key}: {difference}"));
            }
        }
        differences
    }
}

fn decimal(value: &Value) -> Result<Decimal, String> {
    value.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| "must be a decimal in a text".to_string())
}

fn same(found: Option<Decimal>, expected: &Value) -> Result<(), String> {
    let expected = decimal(expected)?;
    if found == Some(expected) { Ok(()) } else { Err(format!("expected {expected}, found {}", shown(found))) }
}

fn shown(found: Option<Decimal>) -> String {
    found.map_or_else(|| "none".into(), |found| found.to_string())
}

fn meets(quote: &Node, key: &str, expected: &Value) -> Result<(), String> {
    match key {
        "status" | "regime" => {
            let found = text(quote, key).unwrap_or("none");
            if expected.as_str() == Some(found) { Ok(()) } else { Err(format!("expected {expected}, found {found}")) }
        }
        "dutiable-value" => {
            let sum = || list(quote, "items").iter().map(|item| number(item, "dutiableValue")).sum::<Option<Decimal>>();
            same(amount(quote, "dutiableValue").or_else(sum), expected)
        }
        "duties" | "taxes" => same(amount(quote, key), expected),
        "total-tax" => same(amount(quote, "dutiesAndTaxes"), expected),
        "rate" => {
            let expected = decimal(expected)?;
            let rate = amount(quote, "dutiesAndTaxes").zip(amount(quote, "dutiableValue"));
            let found = rate.and_then(|(tax, value)| tax.checked_div(value)).map(|rate| half_up(rate, expected.scale()));
            if found == Some(expected) { Ok(()) } else { Err(format!("expected {expected}, found {}", shown(found))) }
        }
        "charge" => {
            let table = expected.as_table().ok_or("must be a table of amounts by charge")?;
            table
                .iter()
                .try_for_each(|(id, expected)| same(charged(quote, id), expected).map_err(|difference| format!("{id}: {difference}")))
        }
        // Charges that are figures though something else is not known, so that there are no sums.
        "certain" => {
            if amount(quote, "total").is_some() {
                return Err("there are sums".into());
            }
            let table = expected.as_table().ok_or("must be a table of amounts by charge")?;
            let found = |id: &str| {
                charges(quote).into_iter().filter(|charge| text(charge, "id") == Some(id)).map(|charge| number(charge, "amount")).sum()
            };
            table.iter().try_for_each(|(id, expected)| same(found(id), expected).map_err(|difference| format!("{id}: {difference}")))
        }
        "limit" => limits(quote, "limit", expected, true),
        "remaining" => limits(quote, "remaining", expected, false),
        "published" => match expected {
            Value::Array(figures) => figures.iter().try_for_each(|figure| published(quote, figure)),
            figure => published(quote, figure),
        },
        "findings" => {
            codes(expected)?.into_iter().try_for_each(|code| if has(quote, code) { Ok(()) } else { Err(format!("{code} is not there")) })
        }
        _ => match expected {
            Value::Boolean(true) if list(quote, "findings").is_empty() => Ok(()),
            Value::Boolean(true) => Err("there are findings".into()),
            _ => codes(expected)?.into_iter().try_for_each(|code| if has(quote, code) { Err(format!("{code} is there")) } else { Ok(()) }),
        },
    }
}

/// One figure of the limits shown, by limit; `whole` when no other limit may be shown.
fn limits(quote: &Node, figure: &str, expected: &Value, whole: bool) -> Result<(), String> {
    let table = expected.as_table().ok_or("must be a table of amounts by limit")?;
    let shown = list(quote, "limits");
    let find = |id: &str| shown.iter().find(|limit| text(limit, "id") == Some(id)).and_then(|limit| number(limit, figure));
    table.iter().try_for_each(|(id, expected)| same(find(id), expected).map_err(|difference| format!("{id}: {difference}")))?;
    match shown.iter().filter_map(|limit| text(limit, "id")).find(|id| whole && !table.contains_key(*id)) {
        Some(id) => Err(format!("{id} is shown too")),
        None => Ok(()),
    }
}

fn codes(list: &Value) -> Result<Vec<&str>, String> {
    let codes: Option<Vec<&str>> = list.as_array().map(|codes| codes.iter().map(Value::as_str).collect()).unwrap_or_default();
    let codes = codes.ok_or("must be a list of finding codes")?;
    match codes.iter().find(|code| preclear::finding::Code::parse(code).is_none()) {
        Some(code) => Err(format!("{code} is no finding code")),
        None => Ok(codes),
    }
}

fn has(quote: &Node, code: &str) -> bool {
    list(quote, "findings").iter().any(|finding| text(finding, "code") == Some(code))
}

/// A figure published in whole units of `to`, cut off or rounded: nobody says which.
fn published(quote: &Node, figure: &Value) -> Result<(), String> {
    let table = figure.as_table().ok_or("must be a table")?;
    if let Some(key) = table.keys().find(|key| !["charge", "value", "to"].contains(&key.as_str())) {
        return Err(format!("unknown key `{key}`"));
    }
    let get = |key: &str| table.get(key).ok_or_else(|| format!("`{key}` is missing"));
    let (value, to) = (decimal(get("value")?)?, decimal(get("to")?)?);
    let found = match get("charge")?.as_str().ok_or("`charge` must be a text")? {
        "duties" => amount(quote, "duties"),
        "taxes" => amount(quote, "taxes"),
        "total-tax" => amount(quote, "dutiesAndTaxes"),
        id => charged(quote, id),
    };
    let units = found.and_then(|found| found.checked_div(to)).ok_or("no such figure")?;
    if [units.trunc(), half_up(units, 0)].iter().any(|units| units.checked_mul(to) == Some(value)) {
        Ok(())
    } else {
        Err(format!("expected {value} in units of {to}, found {}", shown(found)))
    }
}
