//! Messages to XML, in the order of their tables.

use super::table::{Forms, Kind};
use alloc::string::String;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// An element that holds others, and what is known of them, in any order.
#[derive(Default)]
pub struct Group {
    /// The fields that are known.
    pub fields: Vec<(&'static str, Zeroizing<String>)>,
    /// The elements in it that hold others.
    pub groups: Vec<(&'static str, Group)>,
}

impl Group {
    /// Adds a field, unless there is nothing to say: an optional element is left out rather than empty.
    pub fn put(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.fields.push((name, Zeroizing::new(String::from(text))));
        }
    }
}

/// Writes a message. `None` when the tables have no such message.
#[must_use]
pub fn write(forms: &Forms, message: &'static str, guid: &str, group: &Group) -> Option<Zeroizing<String>> {
    let (_, found) = forms.message(message)?;
    // Counted first, so that the buffer never grows and leaves no copy behind.
    let mut counter = Counter(0);
    let mut text = Zeroizing::new(String::new());
    for counting in [true, false] {
        let out: &mut dyn Out = if counting { &mut counter } else { &mut *text };
        out.push("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ceb:");
        for part in [message, " xmlns:ceb=\"", &forms.namespace, "\" guid=\""] {
            out.push(part);
        }
        escaped(guid, out);
        out.push("\" version=\"1.0\">\n");
        inside(forms, found.entity, group, 1, out);
        for part in ["</ceb:", message, ">\n"] {
            out.push(part);
        }
        if counting {
            text.reserve_exact(counter.0);
        }
    }
    Some(text)
}

/// What a message is written to.
trait Out {
    fn push(&mut self, text: &str);
}

struct Counter(usize);

impl Out for Counter {
    fn push(&mut self, text: &str) {
        self.0 = self.0.saturating_add(text.len());
    }
}

impl Out for String {
    fn push(&mut self, text: &str) {
        self.push_str(text);
    }
}

fn inside(forms: &Forms, entity: usize, group: &Group, depth: usize, out: &mut dyn Out) {
    let Some(entity) = forms.entities.get(entity) else { return };
    let indent = |out: &mut dyn Out| (0..depth).for_each(|_| out.push("  "));
    for element in &entity.elements {
        if let Kind::Group(inner) = element.kind {
            for (_, group) in group.groups.iter().filter(|(name, _)| **name == *element.name) {
                indent(out);
                for part in ["<ceb:", &*element.name, ">\n"] {
                    out.push(part);
                }
                inside(forms, inner, group, depth.saturating_add(1), out);
                indent(out);
                for part in ["</ceb:", &*element.name, ">\n"] {
                    out.push(part);
                }
            }
        } else if let Some((_, text)) = group.fields.iter().find(|(name, _)| **name == *element.name) {
            indent(out);
            for part in ["<ceb:", &*element.name, ">"] {
                out.push(part);
            }
            escaped(text, out);
            for part in ["</ceb:", &*element.name, ">\n"] {
                out.push(part);
            }
        }
    }
}

/// Text as XML has it. What no message may hold is left out; a return would be read as a line feed.
fn escaped(text: &str, out: &mut dyn Out) {
    let mut rest = text;
    while let Some(place) =
        rest.find(|character: char| matches!(character, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}') || character < ' ')
    {
        let (before, after) = rest.split_at_checked(place).unwrap_or((rest, ""));
        out.push(before);
        let mut characters = after.chars();
        out.push(match characters.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\t') => "\t",
            Some('\n') => "\n",
            Some('\r') => "&#13;",
            _ => "",
        });
        rest = characters.as_str();
    }
    out.push(rest);
}
