//! From bytes to the events of an XML message, in linear time and bounded memory.
//!
//! What XML allows and a declaration never needs is refused: a document type, an encoding other than UTF-8, deep nesting. The tokens come
//! from `quick-xml`; what it leaves to its callers is checked here.

use super::tree::is_space;
use alloc::string::String;
use alloc::vec::Vec;
use quick_xml::Reader;
use quick_xml::events::Event;
use zeroize::Zeroizing;

/// The most bytes of a message that is read.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;
/// How deep elements may nest.
pub const DEEPEST: usize = 32;
/// How many attributes an element may have, and how many namespaces may be declared around it.
const MOST_ATTRIBUTES: usize = 32;
/// The namespace of signatures.
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
/// The namespace of the attributes that any element may have.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Why a message is not well-formed, or is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Where, in bytes.
    pub offset: usize,
    /// Why: `size`, `encoding`, `characters`, `depth`, `document-type`, `declaration`, `reference`, `attributes`, `namespace`, `outside`,
    /// `unclosed`, `empty`, `syntax`.
    pub reason: &'static str,
}

/// The namespaces that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// That of the messages.
    Message,
    /// That of signatures.
    Signature,
    /// That of the attributes that any element may have.
    Instance,
    /// None.
    None,
    /// Another.
    Other,
}

/// An attribute that declares no namespace.
pub struct Attribute<'a> {
    /// Its namespace.
    pub space: Space,
    /// Its name without prefix.
    pub local: &'a str,
    /// Its value, with references resolved and white space as spaces.
    pub value: Zeroizing<String>,
}

/// What takes the events.
pub trait Sink<'a> {
    /// An element begins.
    fn open(&mut self, space: Space, local: &'a str, attributes: &[Attribute<'a>], offset: usize);
    /// Text, as a piece of the message.
    fn text(&mut self, piece: &'a str, offset: usize);
    /// Text, as a character that a reference stands for.
    fn character(&mut self, character: char, offset: usize);
    /// The innermost open element ends.
    fn close(&mut self);
}

/// Reads a message and hands its events to a sink.
///
/// # Errors
///
/// [`Malformed`] at the first place where it is not well-formed, or is more than is read.
pub fn read<'a>(bytes: &'a [u8], namespace: &str, sink: &mut impl Sink<'a>) -> Result<(), Malformed> {
    let source = characters(bytes)?;
    let mut state = State { namespace, bindings: Vec::new(), depth: 0, begun: false };
    let mut reader = Reader::from_str(source);
    reader.config_mut().check_comments = true;
    let mut start = 0;
    loop {
        let event = reader.read_event();
        let end = position(reader.buffer_position());
        let at = |reason| Malformed { offset: start, reason };
        let piece = source.get(start..end).unwrap_or_default();
        match event {
            Ok(Event::Start(tag)) => state.open(piece, tag.name().as_ref().len(), start, sink)?,
            Ok(Event::Empty(tag)) => {
                state.open(piece, tag.name().as_ref().len(), start, sink)?;
                state.close(sink);
            }
            Ok(Event::End(_)) => state.close(sink),
            Ok(Event::Text(_)) if piece.contains("]]>") => return Err(at("syntax")),
            Ok(Event::Text(_)) if state.depth > 0 => sink.text(piece, start),
            Ok(Event::Text(_)) if !piece.chars().all(is_space) => return Err(at("outside")),
            Ok(Event::Text(_)) => {}
            Ok(Event::CData(_) | Event::GeneralRef(_)) if state.depth == 0 => return Err(at("outside")),
            Ok(Event::CData(_)) => {
                let inner = piece.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
                sink.text(inner.unwrap_or_default(), start);
            }
            Ok(Event::GeneralRef(_)) => {
                let name = piece.strip_prefix('&').and_then(|rest| rest.strip_suffix(';')).unwrap_or_default();
                sink.character(reference(name).ok_or(at("reference"))?, start);
            }
            Ok(Event::Decl(_)) => declaration(piece, start)?,
            Ok(Event::DocType(_)) => return Err(at("document-type")),
            Ok(Event::Comment(_) | Event::PI(_)) => {}
            Ok(Event::Eof) if state.depth > 0 => return Err(Malformed { offset: source.len(), reason: "unclosed" }),
            Ok(Event::Eof) if !state.begun => return Err(Malformed { offset: source.len(), reason: "empty" }),
            Ok(Event::Eof) => return Ok(()),
            // The error itself may hold text of the message.
            Err(_) => return Err(Malformed { offset: position(reader.error_position()).min(source.len()), reason: "syntax" }),
        }
        start = end;
    }
}

fn position(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

/// The bytes of a message after its mark of the byte order, and how many bytes that mark has.
#[must_use]
pub fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// The message as text, if all of it may stand in one.
fn characters(bytes: &[u8]) -> Result<&str, Malformed> {
    let at = |offset, reason| Malformed { offset, reason };
    if bytes.len() > MOST_BYTES {
        return Err(at(0, "size"));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(at(0, "encoding"));
    }
    if let Some(offset) = bytes.iter().position(|byte| *byte < 0x20 && !matches!(*byte, b'\t' | b'\n' | b'\r')) {
        return Err(at(offset, "characters"));
    }
    let text = core::str::from_utf8(bytes).map_err(|error| at(error.valid_up_to(), "encoding"))?;
    // The two that XML refuses beyond the control characters.
    match text.find(['\u{fffe}', '\u{ffff}']) {
        Some(offset) => Err(at(offset, "characters")),
        None => Ok(text),
    }
}

/// The character that a reference stands for.
fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => {}
    }
    let number = name.strip_prefix('#')?;
    let (digits, radix) = match number.strip_prefix('x') {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, radix).ok().filter(|_| plain)?;
    let allowed = |character: &char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    char::from_u32(code).filter(allowed)
}

/// The declaration of XML, which stands first or nowhere.
fn declaration(piece: &str, offset: usize) -> Result<(), Malformed> {
    let at = |reason| Malformed { offset, reason };
    let inner = piece.strip_prefix("<?xml").and_then(|rest| rest.strip_suffix("?>"));
    let attributes = inner.filter(|_| offset == 0).and_then(|inner| attributes(inner, offset).ok()).ok_or(at("declaration"))?;
    let value = |name: &str| attributes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    if value("encoding").is_some_and(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
        return Err(at("encoding"));
    }
    let first = attributes.first().is_some_and(|(name, value)| *name == "version" && *value == "1.0");
    let known = attributes.iter().all(|(name, _)| ["version", "encoding", "standalone"].contains(name));
    if first && known { Ok(()) } else { Err(at("declaration")) }
}

/// A namespace declared at some depth.
struct Binding<'a> {
    depth: usize,
    prefix: &'a str,
    space: Space,
}

struct State<'a, 'n> {
    namespace: &'n str,
    bindings: Vec<Binding<'a>>,
    depth: usize,
    begun: bool,
}

impl<'a> State<'a, '_> {
    fn open(&mut self, piece: &'a str, name: usize, offset: usize, sink: &mut impl Sink<'a>) -> Result<(), Malformed> {
        let at = |reason| Malformed { offset, reason };
        if self.depth == 0 && self.begun {
            return Err(at("outside"));
        }
        if self.depth >= DEEPEST {
            return Err(at("depth"));
        }
        self.begun = true;
        self.depth = self.depth.saturating_add(1);
        let (name, rest) = piece.get(1..).and_then(|rest| rest.split_at_checked(name)).ok_or(at("syntax"))?;
        let inner = rest.strip_suffix("/>").or_else(|| rest.strip_suffix('>')).ok_or(at("syntax"))?;
        let given = attributes(inner, offset)?;
        for (name, value) in &given {
            let prefix = if *name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
            if let Some(prefix) = prefix {
                if self.bindings.len() >= MOST_ATTRIBUTES || (value.is_empty() && !prefix.is_empty()) {
                    return Err(at("namespace"));
                }
                let space = self.space_of(&resolved(value).ok_or(at("reference"))?);
                self.bindings.push(Binding { depth: self.depth, prefix, space });
            }
        }
        let (space, local) = self.resolve(name, true).ok_or(at("namespace"))?;
        let mut others = Vec::new();
        for (name, value) in given {
            if name != "xmlns" && !name.starts_with("xmlns:") {
                let (space, local) = self.resolve(name, false).ok_or(at("namespace"))?;
                others.push(Attribute { space, local, value: resolved(value).ok_or(at("reference"))? });
            }
        }
        sink.open(space, local, &others, offset);
        Ok(())
    }

    fn close<'s>(&mut self, sink: &mut impl Sink<'s>) {
        while self.bindings.last().is_some_and(|binding| binding.depth == self.depth) {
            self.bindings.pop();
        }
        self.depth = self.depth.saturating_sub(1);
        sink.close();
    }

    fn space_of(&self, uri: &str) -> Space {
        match uri {
            "" => Space::None,
            SIGNATURE => Space::Signature,
            INSTANCE => Space::Instance,
            uri if uri == self.namespace => Space::Message,
            _ => Space::Other,
        }
    }

    /// A name's namespace and the rest of it; none when its prefix was not declared.
    fn resolve(&self, name: &'a str, default: bool) -> Option<(Space, &'a str)> {
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) if prefix.is_empty() || local.is_empty() || local.contains(':') => return None,
            Some(parts) => parts,
            None => ("", name),
        };
        if prefix.is_empty() && !default {
            return Some((Space::None, local));
        }
        match self.bindings.iter().rev().find(|binding| binding.prefix == prefix) {
            Some(binding) => Some((binding.space, local)),
            None if prefix.is_empty() => Some((Space::None, local)),
            None => (prefix == "xml").then_some((Space::Other, local)),
        }
    }
}

/// An attribute's value with its references resolved and its white space as spaces.
fn resolved(value: &str) -> Option<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::with_capacity(value.len()));
    let spaced = |piece: &str, text: &mut String| text.extend(piece.chars().map(|each| if is_space(each) { ' ' } else { each }));
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        spaced(before, &mut text);
        let (name, after) = after.split_once(';')?;
        text.push(reference(name)?);
        rest = after;
    }
    spaced(rest, &mut text);
    Some(text)
}

/// The attributes between a tag's name and its end, as they are written.
fn attributes(inner: &str, offset: usize) -> Result<Vec<(&str, &str)>, Malformed> {
    let at = || Malformed { offset, reason: "attributes" };
    let mut list: Vec<(&str, &str)> = Vec::new();
    let mut rest = inner;
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        if trimmed.is_empty() {
            return Ok(list);
        }
        if trimmed.len() == rest.len() || list.len() >= MOST_ATTRIBUTES {
            return Err(at());
        }
        let (name, after) = trimmed.split_once('=').ok_or_else(at)?;
        let name = name.trim_end_matches(is_space);
        let after = after.trim_start_matches(is_space);
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\'')).ok_or_else(at)?;
        let (value, after) = after.strip_prefix(quote).and_then(|after| after.split_once(quote)).ok_or_else(at)?;
        let named = |character: char| character.is_alphanumeric() || matches!(character, ':' | '_' | '-' | '.' | '\u{b7}');
        let begun = name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
        if !begun || !name.chars().all(named) || value.contains('<') || list.iter().any(|(other, _)| *other == name) {
            return Err(at());
        }
        list.push((name, value));
        rest = after;
    }
}
