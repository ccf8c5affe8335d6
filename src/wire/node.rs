//! The tree that crosses every boundary.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::fmt;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// How deep a tree may nest.
pub const DEEPEST: u8 = 16;
/// How many values and keys a tree that is read may hold; what comes after is not kept.
pub const MOST_NODES: usize = 200_000;
/// How many entries of a list that is read are kept: more than any list of the contract may have is told by what takes the place of the rest.
pub const MOST_ENTRIES: usize = crate::basket::MOST_LINES;
/// How many fields an object that is read may have.
pub const MOST_FIELDS: usize = 256;
/// How many bytes a text that is read may have: the longest text of a basket, in the longest characters.
pub const LONGEST_BYTES: usize = crate::basket::LONGEST_TEXT.saturating_mul(4);
/// The same of payment data, which holds what others wrote.
#[cfg(feature = "forms")]
pub const LONGEST_RAW_BYTES: usize = super::shape::LONGEST_RAW.saturating_mul(4);
/// So many bytes of a text count as a node, so that a tree of long texts is bounded as one of many is.
pub const BYTES_OF_NODE: usize = 100;

/// A value of the contract, whatever it was read from or will be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number, or anything else that no field of the contract takes. Decimals are texts: a binary number is never money.
    Number,
    /// A text.
    Text(Cow<'static, str>),
    /// A list.
    List(Vec<Node>),
    /// An object, in its fields' order.
    Object(Vec<(Cow<'static, str>, Node)>),
    /// Something that was read past and not kept.
    Refused(Refusal),
}

/// Why a part of the input was not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An object names a field twice, so that two readers could see two baskets.
    SameFieldTwice,
    /// It is too deep, too long or too much.
    TooLarge,
}

impl Node {
    /// A text that was made here.
    #[must_use]
    pub fn text(text: impl Into<Cow<'static, str>>) -> Self {
        Self::Text(text.into())
    }

    /// The field of this name, if this is an object that has it.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(fields) => fields.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value, if this is one.
    #[must_use]
    pub const fn as_truth(&self) -> Option<bool> {
        match self {
            Self::Truth(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The entries of a list; none when this is not a list.
    #[must_use]
    pub fn entries(&self) -> &[Self] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }

    /// The fields of an object; none when this is not an object.
    #[must_use]
    pub fn fields(&self) -> &[(Cow<'static, str>, Self)] {
        match self {
            Self::Object(fields) => fields,
            _ => &[],
        }
    }
}

/// The fields of an object that is being written. Its methods are calls, not copies of their code: there are many fields.
#[derive(Debug, Default)]
pub struct Fields(Vec<(Cow<'static, str>, Node)>);

impl Fields {
    /// Adds a field.
    #[inline(never)]
    pub fn put(&mut self, name: &'static str, value: Node) {
        self.0.push((Cow::Borrowed(name), value));
    }

    /// Adds a field whose name was not known when this was compiled.
    #[inline(never)]
    pub fn put_named(&mut self, name: String, value: Node) {
        self.0.push((Cow::Owned(name), value));
    }

    /// Adds a field that holds a copy of this text.
    #[inline(never)]
    pub fn text(&mut self, name: &'static str, text: &str) {
        self.put(name, Node::Text(Cow::Owned(text.into())));
    }

    /// Adds a field that holds a word of the contract.
    #[inline(never)]
    pub fn word(&mut self, name: &'static str, word: &'static str) {
        self.put(name, Node::Text(Cow::Borrowed(word)));
    }

    /// Adds a field that holds a copy of this text, or `null`.
    #[inline(never)]
    pub fn text_or_null(&mut self, name: &'static str, text: Option<&str>) {
        match text {
            Some(text) => self.text(name, text),
            None => self.put(name, Node::Null),
        }
    }

    /// Adds a field that holds a copy of this text, if there is one.
    #[inline(never)]
    pub fn text_if_any(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// Adds a list, unless it is empty.
    #[inline(never)]
    pub fn list_if_any(&mut self, name: &'static str, list: Vec<Node>) {
        if !list.is_empty() {
            self.put(name, Node::List(list));
        }
    }

    /// Adds an object, unless it has no field.
    #[inline(never)]
    pub fn object_if_any(&mut self, name: &'static str, fields: Self) {
        if !fields.0.is_empty() {
            self.put(name, fields.object());
        }
    }

    /// The fields so far.
    #[must_use]
    pub fn so_far(&self) -> &[(Cow<'static, str>, Node)] {
        &self.0
    }

    /// The object.
    #[must_use]
    pub fn object(self) -> Node {
        Node::Object(self.0)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null | Self::Number | Self::Refused(_) => serializer.serialize_unit(),
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => {
                let mut sequence = serializer.serialize_seq(Some(list.len()))?;
                for entry in list {
                    sequence.serialize_element(entry)?;
                }
                sequence.end()
            }
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (key, value) in fields {
                    map.serialize_entry(key.as_ref(), value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(deserializer, LONGEST_BYTES)
    }
}

impl Node {
    /// Reads a tree in which no text has more than so many bytes.
    ///
    /// # Errors
    ///
    /// The deserializer's, for what is no JSON.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D, longest: usize) -> Result<Self, D::Error> {
        Reader { depth: DEEPEST, left: &Cell::new(MOST_NODES), longest }.deserialize(deserializer)
    }
}

/// Builds a node out of whatever a deserializer offers. It refuses by putting [`Node::Refused`] in the place, since an error would lose the
/// place; an error is left for what is not JSON at all.
#[derive(Clone, Copy)]
struct Reader<'a> {
    /// How many levels may still open.
    depth: u8,
    /// How many nodes may still be kept.
    left: &'a Cell<usize>,
    /// How many bytes a text may have.
    longest: usize,
}

impl Reader<'_> {
    fn deeper(self) -> Option<Self> {
        self.depth.checked_sub(1).map(|depth| Self { depth, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.left.set(self.left.get().saturating_sub(1));
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Truth(truth))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Node, E> {
        Ok(Node::Number)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        let left = self.left.get().checked_sub(text.len() / BYTES_OF_NODE).filter(|_| text.len() <= self.longest);
        let Some(left) = left else { return Ok(Node::Refused(Refusal::TooLarge)) };
        self.left.set(left);
        Ok(Node::Text(Cow::Owned(String::from(text))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        if let Some(inner) = self.deeper() {
            while self.left.get() > 0 && list.len() < MOST_ENTRIES {
                match entries.next_element_seed(inner)? {
                    Some(entry) => list.push(entry),
                    None => return Ok(Node::List(list)),
                }
            }
        }
        // Read to the end, so that a fault of the text itself is still found; keep nothing.
        let mut more = false;
        while entries.next_element::<IgnoredAny>()?.is_some() {
            more = true;
        }
        if more {
            list.push(Node::Refused(Refusal::TooLarge));
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut fields: Vec<(Cow<'static, str>, Node)> = Vec::new();
        let mut refusal = self.deeper().is_none().then_some(Refusal::TooLarge);
        if let Some(inner) = self.deeper() {
            while refusal.is_none() {
                // A key that is no text, or far too long, is a field that no shape knows: an empty name stands for it.
                let key = match entries.next_key_seed(inner)? {
                    Some(Node::Text(key)) => key,
                    Some(_) => Cow::Borrowed(""),
                    None => return Ok(Node::Object(fields)),
                };
                if fields.len() >= MOST_FIELDS || self.left.get() == 0 {
                    refusal = Some(Refusal::TooLarge);
                } else if !key.is_empty() && fields.iter().any(|(other, _)| *other == key) {
                    refusal = Some(Refusal::SameFieldTwice);
                }
                if refusal.is_some() {
                    entries.next_value::<IgnoredAny>()?;
                } else {
                    fields.push((key, entries.next_value_seed(inner)?));
                }
            }
        }
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Node::Refused(refusal.unwrap_or(Refusal::TooLarge)))
    }
}
