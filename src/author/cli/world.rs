//! The packs that a run answers with: those inside the program, or those of a folder.

use super::Unusable;
use super::arguments::Arguments;
use crate::author::sources::Sources;
use crate::author::texts::Texts;
use crate::author::{compile_all, encode};
use crate::engine::Engine;
use std::collections::BTreeMap;
use std::format;
use std::fs;
use std::path::Path;
use std::string::{String, ToString};
use std::vec::Vec;

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
            Some(folder) => world.load_folder(Path::new(folder))?,
            None => world.load_embedded()?,
        }
        Ok(world)
    }

    /// The labels of a pack.
    pub fn texts(&self, pack: &str, locale: &str) -> Option<&Texts> {
        self.texts.get(&(pack.to_string(), locale.to_string()))
    }

    fn load_embedded(&mut self) -> Result<(), Unusable> {
        let packs = compile_all(&Sources::embedded()).map_err(|faults| {
            Unusable::new(format!("the rules inside this program have {} faults; `preclear rules check` lists them", faults.len()))
        })?;
        for compiled in packs {
            self.add(&encode(&compiled.pack)).map_err(|code| Unusable::new(format!("the rules inside this program: {code}")))?;
            for (locale, texts) in compiled.texts {
                self.texts.insert((compiled.pack.id.clone(), locale), texts);
            }
        }
        Ok(())
    }

    fn add(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        let loaded = self.engine.add_pack(bytes).map_err(|error| error.code())?;
        self.sizes.insert(loaded.pack.id.clone(), bytes.len());
        Ok(())
    }

    fn load_folder(&mut self, folder: &Path) -> Result<(), Unusable> {
        let unreadable = |what: &str| Unusable::new(format!("packs: {what} cannot be read"));
        let entries = fs::read_dir(folder).map_err(|_| unreadable("the folder"))?;
        let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        for name in &names {
            if name.ends_with(".pack") {
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
                self.texts.insert((id.to_string(), locale.to_string()), texts);
            }
        }
        Ok(())
    }
}
