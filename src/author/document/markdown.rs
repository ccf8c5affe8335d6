//! Tables and code in Markdown.

use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// A table under way.
pub struct Table(String);

impl Table {
    /// A table with these headings.
    pub fn new(headings: &[&str]) -> Self {
        let mut table = Self(String::new());
        table.row(headings.iter().map(ToString::to_string).collect());
        table.row(headings.iter().map(|_| "---".to_string()).collect());
        table
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<String>) {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        self.0.push_str(&format!("| {} |\n", cells.join(" | ")));
    }

    /// The table's text.
    pub fn text(self) -> String {
        self.0
    }
}

/// A formula or an id as code, on one line; nothing for nothing.
pub fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { text } else { format!("`{text}`") }
}
