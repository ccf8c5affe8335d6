//! Options and the words that are none.

use super::Unusable;
use crate::date::Date;
use std::collections::BTreeMap;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// The arguments after a command.
#[derive(Debug, Default)]
pub struct Arguments {
    flags: Vec<String>,
    options: BTreeMap<String, String>,
    /// The words that are no option.
    pub words: Vec<String>,
}

impl Arguments {
    /// Reads arguments with these flags, these options that take a value, and so many words at most.
    pub fn read(arguments: Vec<String>, flags: &[&str], options: &[&str], most: usize) -> Result<Self, Unusable> {
        let mut read = Self::default();
        let mut arguments = arguments.into_iter();
        let mut only_words = false;
        while let Some(argument) = arguments.next() {
            if only_words || argument == "-" || !argument.starts_with('-') {
                read.words.push(argument);
                continue;
            }
            if argument == "--" {
                only_words = true;
                continue;
            }
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_string())),
                None => (argument.as_str(), None),
            };
            if flags.contains(&name) && inline.is_none() {
                read.flags.push(name.to_string());
            } else if options.contains(&name) {
                let value = inline.or_else(|| arguments.next()).ok_or_else(|| Unusable::new(format!("{name} needs a value")))?;
                if read.options.insert(name.to_string(), value).is_some() {
                    return Err(Unusable::new(format!("{name} is there twice")));
                }
            } else {
                // What was typed may be anything, so it is not written back.
                let known = flags.iter().chain(options).copied().collect::<Vec<_>>();
                let known = if known.is_empty() { "none".to_string() } else { known.join(", ") };
                return Err(Unusable::new(format!("an option is not known here; known: {known}")));
            }
        }
        if read.words.len() > most {
            return Err(Unusable::new(format!(
                "expected at most {most} argument{}, found {}",
                if most == 1 { "" } else { "s" },
                read.words.len()
            )));
        }
        Ok(read)
    }

    /// Whether a flag was given.
    pub fn flag(&self, name: &str) -> bool {
        self.flags.iter().any(|flag| flag == name)
    }

    /// An option's value.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.get(name).map(String::as_str)
    }

    /// The date that an option gives.
    pub fn date(&self, name: &str) -> Result<Option<Date>, Unusable> {
        self.option(name)
            .map(|text| Date::parse(text).ok_or_else(|| Unusable::new(format!("{name}: expected a day that exists, YYYY-MM-DD"))))
            .transpose()
    }
}
