//! `forms/`: the messages of a destination's declarations, from tables to one file.

pub mod document;
pub mod encode;
mod read;

use super::fault::Faults;
use super::sources::Sources;
use crate::forms::table::Forms;
use crate::pack::Pack;
use std::string::String;
use std::vec::Vec;

/// The file that says that a destination has forms, below its folder.
pub const FILE: &str = "forms/forms.toml";

/// The forms of a destination, and the files that they were read from.
#[derive(Debug)]
pub struct Read {
    /// The tables.
    pub forms: Forms,
    /// The files, by path below the folder of all rules.
    pub files: Vec<String>,
}

/// Reads a destination's forms; none when it has none, or they have faults.
#[must_use]
pub fn read(sources: &Sources, folder: &str, pack: &Pack, faults: &Faults) -> Option<Read> {
    let before = faults.count();
    let read = read::read(sources, folder, pack, faults)?;
    (faults.count() == before).then_some(read)
}

/// The name of a destination's compiled forms.
#[must_use]
pub fn compiled_name(id: &str) -> String {
    std::format!("{id}.forms")
}
