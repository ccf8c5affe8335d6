//! `terms.toml`: names of goods, and the checks that they raise.

use super::Builder;
use super::notices::prefixes;
use crate::author::encode_terms;
use crate::author::formula::Names;
use crate::author::section::{Placed, Section};
use crate::finding::Level;
use crate::names::{MOST_GROUPS, Role, Terms, plain};
use crate::pack::{Check, Per};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::string::String;
use std::vec::Vec;

/// The name of the file.
const FILE: &str = "terms.toml";

/// Words that make a term something else, by where they stand.
const AROUND: [(&str, Role); 3] = [("after", Role::After), ("before", Role::Before), ("other-goods", Role::OtherGoods)];

/// Terms that were read, by text and role.
struct Read {
    variants: Vec<(char, char)>,
    entries: BTreeSet<(String, Role)>,
}

impl Read {
    /// Adds terms of a role.
    fn add(&mut self, section: &Section<'_>, role: Role, texts: &[Placed]) {
        for text in texts {
            let term = plain(&text.text, &self.variants);
            if term.is_empty() {
                section.fault(text.offset, "a term needs a letter or a digit");
            } else if !self.entries.insert((term.clone(), role)) {
                section.fault(text.offset, std::format!("`{term}` is there twice"));
            }
        }
    }

    /// An exception covers a term of its check; otherwise the term that it was for is spelt differently.
    fn exceptions(&self, section: &Section<'_>, group: u8, texts: &[Placed]) {
        for text in texts {
            let exception = plain(&text.text, &self.variants);
            let of_check = |role: Role| role == Role::Term(group) || role == Role::Always(group);
            let mut terms = self.entries.iter().filter(|(_, role)| of_check(*role)).map(|(term, _)| term);
            if terms.clone().any(|term| *term == exception) {
                section.fault(text.offset, std::format!("`{exception}` is a term of this check"));
            } else if !terms.any(|term| exception.contains(term.as_str())) {
                section.fault(text.offset, std::format!("`{exception}` holds no term of this check"));
            }
        }
    }
}

impl Builder<'_> {
    /// The checks by name, each with its group of terms.
    pub(super) fn checks_by_name(&mut self, names: &Names, earlier: &[Check]) -> Vec<Check> {
        let mut checks: Vec<Check> = Vec::new();
        let Some(file) = self.file_if_any(FILE) else { return checks };
        let root = file.section(self.faults);
        self.pack.vague_codes = prefixes(&root, "vague-codes");
        let mut read = Read { variants: variants(&root), entries: BTreeSet::new() };
        for (key, role) in AROUND {
            if let Some(section) = root.section(key) {
                read.add(&section, role, &section.lists());
            }
        }
        for (section, group) in root.sections("check").into_iter().zip(0u8..) {
            if group == MOST_GROUPS {
                section.fault(section.offset, std::format!("more than {MOST_GROUPS} checks by name"));
                break;
            }
            let known: Vec<&Check> = checks.iter().chain(earlier).collect();
            let check = self.check(&section, Per::Line, names, &known);
            let lists = |key| section.section(key).map(|section| section.lists()).unwrap_or_default();
            let (terms, always, exceptions) = (lists("terms"), lists("always"), lists("exceptions"));
            if terms.is_empty() && always.is_empty() {
                section.missing("terms");
            }
            for (role, texts) in [(Role::Term(group), &terms), (Role::Always(group), &always), (Role::Exception(group), &exceptions)] {
                read.add(&section, role, texts);
            }
            read.exceptions(&section, group, &exceptions);
            if check.as_ref().is_some_and(|check| check.notice.level == Level::Block) {
                section.fault(section.place("level"), "a name alone blocks nothing: `level` is `warn` or `info`");
            }
            section.finish();
            checks.extend(check.map(|check| Check { terms: Some(group), ..check }));
        }
        root.finish();
        // A set is in order, first of the texts and then of the roles.
        let texts = read.entries.iter().flat_map(|(text, _)| [text.as_str(), "\n"]).collect();
        let roles = read.entries.iter().map(|(_, role)| role.number()).collect();
        self.terms = Terms::new(read.variants, texts, roles);
        match &self.terms {
            Some(terms) => self.pack.terms = Some(Sha256::digest(encode_terms(terms)).into()),
            None => root.fault(0, "more terms than a list can hold"),
        }
        checks
    }
}

/// Characters that stand for others: of each text, the first stands for the rest.
fn variants(root: &Section<'_>) -> Vec<(char, char)> {
    let mut variants: Vec<(char, char)> = Vec::new();
    for text in root.texts("variants") {
        let mut characters = text.text.chars();
        let Some(to) = characters.next() else {
            root.fault(text.offset, "the text is empty");
            continue;
        };
        let known = |character: char| variants.iter().any(|(from, to)| *from == character || *to == character);
        let twice = text.text.chars().find(|character| known(*character) || text.text.matches(*character).count() > 1);
        if let Some(twice) = twice {
            root.fault(text.offset, std::format!("`{twice}` is there twice"));
            continue;
        }
        variants.extend(characters.map(|from| (from, to)));
    }
    variants.sort_unstable();
    variants
}
