//! JSON text, for the command line. Native only: in a browser the tree comes from JavaScript values.

use super::node::{LONGEST_BYTES, Node};
use crate::finding::{Code, Finding, Level};
use crate::formula::Value;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;
use serde::Serialize as _;

/// Where a text stops being JSON. What stands there is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 0 for the start of the line as a whole.
    pub column: usize,
}

impl Fault {
    /// The fault as a finding on the whole input.
    #[must_use]
    pub fn finding(self) -> Finding {
        let number = |number: usize| Value::Number(Decimal::from(number));
        Finding::new(Code::InputMalformed, Level::Block, String::new())
            .with("expected", Value::Code("json".into()))
            .with("line", number(self.line))
            .with("column", number(self.column))
            .remedy("correct-input")
    }
}

/// Reads one JSON document in UTF-8.
///
/// # Errors
///
/// [`Fault`] at the first place where it is not JSON.
pub fn read(text: &[u8]) -> Result<Node, Fault> {
    read_with(text, LONGEST_BYTES)
}

/// The same with texts of so many bytes at most.
///
/// # Errors
///
/// As [`read`].
pub fn read_with(text: &[u8], longest: usize) -> Result<Node, Fault> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let node = Node::read(&mut reader, longest).and_then(|node| reader.end().map(|()| node));
    node.map_err(|error| Fault { line: error.line(), column: error.column() })
}

/// The node as JSON text on one line.
#[must_use]
pub fn line(node: &Node) -> String {
    serde_json::to_string(node).unwrap_or_default()
}

/// The node as JSON text for people, ending in a line feed.
#[must_use]
pub fn pretty(node: &Node) -> String {
    let mut bytes = Vec::new();
    let mut writer = serde_json::Serializer::pretty(&mut bytes);
    // A node has string keys and goes to memory: nothing can fail.
    let _ = node.serialize(&mut writer);
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}
