//! `rules/fingerprints.csv`: what each part of each pack is, so that a review shows what a change of the law did.
//!
//! A pack's own row is of its bytes, with the hash that quotes name; the other rows are of a section's lines, as [`super::listing`] writes them.

use super::compile::Compiled;
use super::{encode, listing, texts};
use crate::wire::digest::hex;
use sha2::{Digest, Sha256};
use std::string::{String, ToString};
use std::vec::Vec;

/// The file's name, in the folder of all rules.
pub const FILE: &str = "fingerprints.csv";

/// The file's text for these packs.
#[must_use]
pub fn text(packs: &[Compiled]) -> String {
    let mut text = String::from("pack,section,entries,bytes,sha256\n");
    for compiled in packs {
        let pack = &compiled.pack;
        let bytes = encode(pack);
        let whole = std::iter::once(("whole".to_string(), pack.regimes.len(), bytes));
        let sections = listing::sections(pack, compiled.terms.as_ref())
            .into_iter()
            .map(|(name, lines)| (name, lines.len(), lines.join("\n").into_bytes()));
        let labels = compiled.texts.iter().map(|(locale, labels)| {
            (
                std::format!("texts.{locale}"),
                labels.values().map(|labels| labels.len()).fold(0, usize::saturating_add),
                texts::json(labels).into_bytes(),
            )
        });
        let regions = compiled.regions.iter().map(|regions| ("regions".to_string(), 1, regions.clone()));
        let forms = compiled.forms.iter().map(|forms| ("forms".to_string(), 1, forms.clone()));
        for (section, entries, bytes) in whole.chain(sections).chain(labels).chain(regions).chain(forms) {
            text.push_str(&std::format!("{},{section},{entries},{},{}\n", pack.id, bytes.len(), hash(&bytes)));
        }
    }
    text
}

/// The sections whose rows differ between two texts of the file, as `cn regime.cn.cbec`.
#[must_use]
pub fn changed(before: &str, after: &str) -> Vec<String> {
    let rows = |text: &str| -> Vec<String> { text.lines().skip(1).map(str::to_string).collect() };
    let (before, after) = (rows(before), rows(after));
    let mut changed = Vec::new();
    for row in before.iter().filter(|row| !after.contains(row)).chain(after.iter().filter(|row| !before.contains(row))) {
        let name = row.split(',').take(2).collect::<Vec<_>>().join(" ");
        if !changed.contains(&name) {
            changed.push(name);
        }
    }
    changed
}

/// The SHA-256 of some bytes in hexadecimal digits.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
