//! Rule sources as texts: from a folder, or from inside the program.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::string::{String, ToString};
use std::vec::Vec;

/// The files that this program was built with, by path from the root of the repository.
static EMBEDDED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text of a file that this program was built with: `pkg/locales/en.json`.
#[must_use]
pub fn embedded(path: &str) -> Option<&'static str> {
    EMBEDDED.iter().find(|(other, _)| *other == path).map(|(_, text)| *text)
}

/// The names of the files that this program was built with between a beginning and an ending: `en` of `pkg/locales/en.json`.
pub fn embedded_names(beginning: &'static str, ending: &'static str) -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().filter_map(move |(path, _)| path.strip_prefix(beginning)?.strip_suffix(ending))
}

/// The texts of a folder of rules, by path below it: `cn/pack.toml`.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, String>,
}

impl Sources {
    /// The rules that this program was built with.
    #[must_use]
    pub fn embedded() -> Self {
        let mut sources = Self::default();
        for (path, text) in EMBEDDED {
            if let Some(path) = path.strip_prefix("rules/") {
                sources.add(path, text);
            }
        }
        sources
    }

    /// Reads every TOML and CSV file below a folder.
    ///
    /// # Errors
    ///
    /// The path below the folder of what cannot be read as text, and why.
    pub fn read(folder: &Path) -> Result<Self, (String, io::Error)> {
        let mut sources = Self::default();
        sources.read_folder(folder, "")?;
        Ok(sources)
    }

    fn read_folder(&mut self, folder: &Path, before: &str) -> Result<(), (String, io::Error)> {
        let at = |name: &str| {
            let name = name.to_string();
            move |error| (name, error)
        };
        for entry in fs::read_dir(folder).map_err(at(before))? {
            let entry = entry.map_err(at(before))?;
            let name = std::format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                self.read_folder(&entry.path(), &std::format!("{name}/"))?;
            } else if name.ends_with(".toml") || name.ends_with(".csv") {
                self.add(&name, &fs::read_to_string(entry.path()).map_err(at(&name))?);
            }
        }
        Ok(())
    }

    /// Adds a file.
    pub fn add(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_string(), text.to_string());
    }

    /// A file's text.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The destinations: the folders that hold a `pack.toml`.
    #[must_use]
    pub fn destinations(&self) -> Vec<String> {
        self.files.keys().filter_map(|path| path.strip_suffix("/pack.toml")).map(str::to_string).collect()
    }

    /// The files below a folder, in the order of their names.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files.iter().filter(move |(path, _)| path.starts_with(folder)).map(|(path, text)| (path.as_str(), text.as_str()))
    }
}
