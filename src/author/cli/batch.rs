//! `preclear batch`: one basket a line in, one quote a line out.

use super::arguments::Arguments;
use super::parallel::in_order;
use super::quote::{date, exit};
use super::world::World;
use super::{Console, DONE, Outcome, STOPPED, Unusable};
use crate::date::Date;
use crate::engine::Engine;
use crate::finding::{Code, Finding, Level};
use crate::formula::Value;
use crate::wire::node::Node;
use crate::wire::{answer, json};
use rust_decimal::Decimal;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::string::String;
use std::vec::Vec;

/// How many lines are read before they are answered, and how many bytes: so much memory it takes, however long the input is.
const LINES: usize = 4096;
const BYTES: usize = 8 * 1024 * 1024;
/// The most bytes of a line: a basket of the largest size is far smaller.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A line of the input with its number, from 1.
struct Line {
    number: usize,
    /// None where it has more bytes than are read.
    text: Option<Vec<u8>>,
}

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let as_of = arguments.date("--as-of")?;
    let world = World::load(arguments)?;
    let unreadable = |error: &std::io::Error| Unusable::new(std::format!("baskets: cannot be read: {}", error.kind()));
    let file = arguments.words.first().filter(|name| *name != "-");
    let mut file = file.map(File::open).transpose().map_err(|error| unreadable(&error))?;
    let input: &mut dyn Read = match &mut file {
        Some(file) => file,
        None => console.input,
    };
    let mut input = BufReader::new(input);
    let (mut number, mut outcome) = (0usize, DONE);
    loop {
        let lines = read(&mut input, &mut number).map_err(|error| unreadable(&error))?;
        let Some(lines) = lines else { return Ok(outcome) };
        for (text, exit) in in_order(&lines, |line| answer_to(&world.engine, line, as_of)) {
            outcome = outcome.max(exit);
            // Quotes leave in whole lines, so that what reads them can begin before the last is answered.
            let written = console.output.write_all(text.as_bytes()).and_then(|()| console.output.write_all(b"\n"));
            if written.is_err() {
                return Ok(outcome);
            }
        }
        let _ = console.output.flush();
    }
}

/// The next lines that hold something; none at the end of the input.
fn read(input: &mut impl BufRead, number: &mut usize) -> std::io::Result<Option<Vec<Line>>> {
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    let (mut lines, mut bytes) = (Vec::new(), 0usize);
    while lines.len() < LINES && bytes < BYTES {
        let mut text = Vec::new();
        if input.by_ref().take(most.saturating_add(1)).read_until(b'\n', &mut text)? == 0 {
            return Ok(Some(lines).filter(|lines| !lines.is_empty()));
        }
        *number = number.saturating_add(1);
        let whole = text.len() <= MOST_BYTES;
        if !whole && !text.ends_with(b"\n") {
            skip(input)?;
        }
        bytes = bytes.saturating_add(text.len());
        if !whole || text.iter().any(|byte| !byte.is_ascii_whitespace()) {
            lines.push(Line { number: *number, text: Some(text).filter(|_| whole) });
        }
    }
    Ok(Some(lines))
}

/// Reads past the rest of a line, and keeps nothing.
fn skip(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (length, found) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(place) => (place.saturating_add(1), true),
            None => (buffer.len(), false),
        };
        input.consume(length);
        if found || length == 0 {
            return Ok(());
        }
    }
}

fn answer_to(engine: &Engine, line: &Line, as_of: Option<Date>) -> (String, u8) {
    let quote = match line.text.as_deref().map(json::read) {
        Some(Ok(mut basket)) => {
            date(&mut basket, as_of);
            answer::answer(engine, &basket)
        }
        Some(Err(fault)) => refused(json::Fault { line: line.number, ..fault }.finding()),
        None => {
            let count = |number: usize| Value::Number(Decimal::from(number));
            let finding = Finding::new(Code::InputTooLarge, Level::Block, String::new()).with("most", count(MOST_BYTES));
            refused(finding.with("line", count(line.number)))
        }
    };
    let exit = exit(&quote).min(STOPPED);
    (json::line(&quote), exit)
}

fn refused(finding: Finding) -> Node {
    answer::refuse(std::vec![finding])
}
