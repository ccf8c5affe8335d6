//! The law that a quote cites, by number or title where it is used, and in full at the end.

use super::get;
use super::words::Words;
use crate::wire::node::Node;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// A quote's citations.
pub struct Laws<'a> {
    pub quote: &'a Node,
    pub words: &'a Words<'a>,
}

impl<'a> Laws<'a> {
    /// A law by its number, or by its title when it has none or none is known.
    pub fn short(&self, id: &str) -> String {
        let Some(law) = self.quote.get("citations").and_then(|citations| citations.get(id)) else { return id.to_string() };
        let name = get(law, "number").or_else(|| self.title(law)).map(ToString::to_string);
        self.words.join("comma", [name, self.place(law)].into_iter().flatten())
    }

    /// Every law in full.
    pub fn lines(&self) -> Vec<String> {
        let citations = self.quote.get("citations").map_or(&[][..], Node::fields);
        let line = |id: &str, law: &Node| {
            let owned = |text: Option<&str>| text.map(ToString::to_string);
            let parts =
                [owned(self.title(law)), owned(get(law, "number")), owned(get(law, "date")), self.place(law), owned(get(law, "url"))];
            let grade = self.words.say("explain", "grade", &[("grade", get(law, "grade"))]);
            format!("{} [{}]", self.words.join("comma", parts.into_iter().flatten()), self.words.join("comma", [id, &grade]))
        };
        citations.iter().map(|(id, law)| line(id, law)).collect()
    }

    /// The title in the original where that is the reader's language.
    fn title(&self, law: &'a Node) -> Option<&'a str> {
        let original = self.words.say("forms", "title", &[]) == "title";
        let title = if original { get(law, "title") } else { None };
        title.or_else(|| get(law, "titleEn"))
    }

    /// The place in a law: `art-10` is its article 10.
    fn place(&self, law: &Node) -> Option<String> {
        let place = get(law, "place")?;
        Some(match place.split_once('-') {
            Some((kind, number)) if self.words.has("places", kind) => self.words.say("places", kind, &[("number", Some(number))]),
            _ => place.to_string(),
        })
    }
}
