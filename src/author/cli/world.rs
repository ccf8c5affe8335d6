//! The packs that a run answers with: those inside the program, or those of a folder.

use super::Unusable;
use super::arguments::Arguments;
use crate::author::sources::Sources;
use crate::author::texts::{self, Texts};
use crate::author::{compile_all, encode, encode_terms};
use crate::engine::Engine;
use std::collections::BTreeMap;
use std::format;
use std::fs;
use std::path::Path;
use std::string::{String, ToString};
use std::vec::Vec;

/// In the place of a language: the labels for readers of another.
const FOREIGN: &str = "";

/// An engine with its packs, and the labels of each.
pub struct World {
    /// The engine.
    pub engine: Engine,
    /// How many bytes each pack has, by its id.
    pub sizes: BTreeMap<String, usize>,
    /// Labels by pack and locale.
    texts: BTreeMap<(String, String), Texts>,
}

impl World {
    /// The packs that these arguments ask for.
    pub fn load(arguments: &Arguments) -> Result<Self, Unusable> {
        let mut world = Self { engine: Engine::new(), sizes: BTreeMap::new(), texts: BTreeMap::new() };
        match arguments.option("--packs") {
            Some(folder) => world.load_folder(Path::new(folder), arguments.flag("--names"))?,
            None => world.load_embedded(arguments.flag("--names"))?,
        }
        Ok(world)
    }

    /// The labels of a pack, in English where it does not have the language. Those in the language asked for can stand for whole sentences.
    pub fn texts(&self, pack: &str, locale: &str) -> Option<&Texts> {
        let of = |locale: &str| self.texts.get(&(pack.to_string(), locale.to_string()));
        of(locale).or_else(|| of(FOREIGN))
    }

    fn add_texts(&mut self, pack: &str, locale: &str, mut texts: Texts) {
        if locale == texts::FALLBACK {
            self.texts.insert((pack.to_string(), FOREIGN.to_string()), texts.clone());
        }
        if let Some(checks) = texts.get("check").cloned() {
            texts.insert("sentence".to_string(), checks);
        }
        self.texts.insert((pack.to_string(), locale.to_string()), texts);
    }

    /// With their lists of names only where they are asked for, as everywhere: the answers are then the same.
    fn load_embedded(&mut self, names: bool) -> Result<(), Unusable> {
        let packs = compile_all(&Sources::embedded()).map_err(|faults| {
            Unusable::new(format!("the rules inside this program have {} faults; `preclear rules check` lists them", faults.len()))
        })?;
        for compiled in packs {
            for bytes in [Some(encode(&compiled.pack)), compiled.terms.as_ref().filter(|_| names).map(encode_terms)].into_iter().flatten() {
                self.add(&bytes).map_err(|code| Unusable::new(format!("the rules inside this program: {code}")))?;
            }
            for (locale, texts) in compiled.texts {
                self.add_texts(&compiled.pack.id, &locale, texts);
            }
        }
        Ok(())
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        let loaded = self.engine.add_pack(bytes).map_err(|error| error.code())?;
        // Its list of terms, which comes after it, is a file of its own.
        self.sizes.entry(loaded.pack.id.clone()).or_insert(bytes.len());
        Ok(())
    }

    fn load_folder(&mut self, folder: &Path, terms: bool) -> Result<(), Unusable> {
        let unreadable = |what: &str| Unusable::new(format!("packs: {what} cannot be read"));
        let entries = fs::read_dir(folder).map_err(|_| unreadable("the folder"))?;
        let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        // In alphabetical order, in which a pack is before its terms.
        for name in &names {
            if name.ends_with(".pack") || (terms && name.ends_with(".terms")) {
                let bytes = fs::read(folder.join(name)).map_err(|_| unreadable(name))?;
                self.add(&bytes).map_err(|code| Unusable::new(format!("packs: {name}: {code}")))?;
            }
        }
        if self.engine.packs().is_empty() {
            return Err(Unusable::new("packs: the folder holds no pack"));
        }
        let ids: Vec<String> = self.sizes.keys().cloned().collect();
        for name in &names {
            let parts = name.strip_suffix(".json").and_then(|name| name.split_once('.'));
            if let Some((id, locale)) = parts.filter(|(id, _)| ids.iter().any(|known| known == id)) {
                let text = fs::read(folder.join(name)).map_err(|_| unreadable(name))?;
                let texts = serde_json::from_slice(&text).map_err(|_| Unusable::new(format!("packs: {name}: not labels")))?;
                self.add_texts(id, locale, texts);
            }
        }
        Ok(())
    }
}
