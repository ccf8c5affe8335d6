//! A message against its table: which elements there are, in which order and how often.

use super::fields::{guid, value};
use super::found::{Found, Param, Params, Place};
use super::reader::{Attribute, Sink, Space};
use super::table::{Element, Entity, Forms, Kind};
use super::tree::{Content, Item, NOBODY, Node, NodeId, Tree, is_space};
use crate::finding::Code;
use alloc::vec::Vec;

/// How many elements of a message are kept.
pub const MOST_ELEMENTS: usize = 1_000_000;
/// The attributes that every message has, how many characters each has at least and at most, and their rules.
const ATTRIBUTES: [(&str, usize, usize, &str); 2] = [("guid", 36, 36, "S03"), ("version", 1, 10, "S04")];
/// What customs answers to a message that does not follow its schema.
pub const REFUSED: &str = "0002";

/// Builds the tree of a message and holds it to its table meanwhile.
pub struct Builder<'f, 'a, 'o> {
    forms: &'f Forms,
    /// The tree so far.
    pub tree: Tree<'a>,
    found: &'o mut Found,
    open: Vec<Frame>,
    /// How often each element of an open group was there, one list a depth, so that none is made anew for each element.
    counts: Vec<Vec<u32>>,
    /// How many elements are open that are not looked into.
    skipping: usize,
    /// Where the message has more elements than are kept.
    pub overflow: Option<usize>,
}

/// An open element.
struct Frame {
    node: NodeId,
    last_child: NodeId,
    /// The entity, if it is a group.
    group: Option<usize>,
    /// The place in the entity that has been reached.
    reached: usize,
    /// Whether it was told that something does not belong in it.
    told: bool,
}

/// A place, before the tree can be borrowed for it.
#[derive(Clone, Copy)]
enum Where<'t> {
    Offset(usize),
    At(NodeId),
    Inside(NodeId, usize),
    Missing(NodeId, &'t str),
}

impl<'f, 'a, 'o> Builder<'f, 'a, 'o> {
    /// Begins a message.
    pub fn new(forms: &'f Forms, found: &'o mut Found) -> Self {
        let tree = Tree { nodes: Vec::new(), message: None };
        Self { forms, tree, found, open: Vec::new(), counts: Vec::new(), skipping: 0, overflow: None }
    }

    fn entity(&self, number: usize) -> Option<&'f Entity> {
        self.forms.entities.get(number)
    }

    /// Tells of something that the schema raises.
    fn tell(&mut self, code: Code, rule: &str, prevents: &str, place: Where<'_>, params: Params<'_>) {
        let item = |id| Item { forms: self.forms, tree: &self.tree, id };
        let place = match place {
            Where::Offset(offset) => Place::Offset(offset),
            Where::At(id) => Place::At(item(id)),
            Where::Inside(id, offset) => Place::Inside(item(id), offset),
            Where::Missing(id, name) => Place::Missing(item(id), name),
        };
        self.found.schema(code, rule, prevents, place, params);
    }

    /// Adds an element to the tree; none when it has as many as are kept.
    fn add(&mut self, place: (usize, usize), ordinal: u32, offset: usize) -> Option<NodeId> {
        if self.tree.nodes.len() >= MOST_ELEMENTS {
            self.overflow = self.overflow.or(Some(offset));
            return None;
        }
        let id = NodeId::try_from(self.tree.nodes.len()).ok()?;
        let parent = self.open.last().map_or(NOBODY, |frame| frame.node);
        let offset = u32::try_from(offset).unwrap_or(u32::MAX);
        self.tree.nodes.push(Node { place, parent, next: NOBODY, first: NOBODY, offset, ordinal, content: Content::Nothing });
        if let Some(frame) = self.open.last_mut() {
            let before = core::mem::replace(&mut frame.last_child, id);
            let number = |id: NodeId| usize::try_from(id).unwrap_or(usize::MAX);
            if let Some(node) = self.tree.nodes.get_mut(number(before)) {
                node.next = id;
            } else if let Some(node) = self.tree.nodes.get_mut(number(parent)) {
                node.first = id;
            }
        }
        Some(id)
    }

    fn push(&mut self, node: NodeId, group: Option<usize>) {
        let elements = group.and_then(|entity| self.entity(entity)).map_or(0, |entity| entity.elements.len());
        let depth = self.open.len();
        if self.counts.len() <= depth {
            self.counts.push(Vec::new());
        }
        if let Some(counts) = self.counts.get_mut(depth) {
            counts.clear();
            counts.resize(elements, 0);
        }
        self.open.push(Frame { node, last_child: NOBODY, group, reached: 0, told: false });
    }

    fn begin(&mut self, space: Space, local: &str, attributes: &[Attribute<'a>], offset: usize) {
        let Some((number, message)) = self.forms.message(local) else {
            self.tell(Code::FormUnknownMessage, "S02", REFUSED, Where::Offset(offset), &[]);
            self.skipping = 1;
            return;
        };
        let group = message.entity;
        self.tree.message = Some(number);
        let Some(id) = self.add((usize::MAX, number), 1, offset) else { return };
        if space != Space::Message {
            self.tell(Code::FormNamespace, "S02", REFUSED, Where::At(id), &[]);
        }
        for (name, least, most, rule) in ATTRIBUTES {
            let attribute = attributes.iter().find(|attribute| attribute.space == Space::None && attribute.local == name);
            let param = ("attribute", Param::word(name));
            match attribute.map(|attribute| attribute.value.chars().count()) {
                None => self.tell(Code::FormMissing, rule, REFUSED, Where::At(id), &[param]),
                Some(length) if length < least || length > most => {
                    let bounds = [param, ("least", Param::Count(least)), ("most", Param::Count(most)), ("length", Param::Count(length))];
                    self.tell(Code::FormLength, rule, REFUSED, Where::At(id), &bounds);
                }
                Some(_) if name == "guid" => {
                    let item = Item { forms: self.forms, tree: &self.tree, id };
                    guid(self.found, item, "G01", attribute.map_or("", |attribute| &attribute.value));
                }
                Some(_) => {}
            }
        }
        let known =
            |attribute: &&Attribute<'a>| attribute.space == Space::None && ATTRIBUTES.iter().any(|(name, ..)| *name == attribute.local);
        self.attributes(id, attributes.iter().filter(|attribute| !known(attribute)));
        self.push(id, Some(group));
    }

    /// Attributes that no table names. Those that say where a schema is may stand anywhere.
    fn attributes<'x>(&mut self, id: NodeId, mut attributes: impl Iterator<Item = &'x Attribute<'a>>)
    where
        'a: 'x,
    {
        let of_schema = |attribute: &Attribute<'a>| {
            attribute.space == Space::Instance && ["schemaLocation", "noNamespaceSchemaLocation"].contains(&attribute.local)
        };
        if attributes.any(|attribute| !of_schema(attribute)) {
            self.tell(Code::FormAttribute, "S05", REFUSED, Where::At(id), &[]);
        }
    }

    /// What does not belong in an element; text is told once for each.
    fn foreign(&mut self, offset: usize, what: &'static str) {
        let Some(frame) = self.open.last_mut() else { return };
        let node = frame.node;
        let told = core::mem::replace(&mut frame.told, true);
        if !told || what == "element" {
            self.tell(Code::FormUnknownElement, "S05", REFUSED, Where::Inside(node, offset), &[("found", Param::word(what))]);
        }
    }

    fn child(&mut self, entity: usize, space: Space, local: &str, attributes: &[Attribute<'a>], offset: usize) {
        let depth = self.open.len().saturating_sub(1);
        let (Some(table), Some(frame)) = (self.entity(entity), self.open.last_mut()) else { return };
        let parent = frame.node;
        let named = |(_, element): &(usize, &Element)| *element.name == *local || element.kind == Kind::Any;
        // Usually it is the next one, or soon after.
        let elements = table.elements.iter().enumerate();
        let ahead = elements.clone().skip(frame.reached).find(named);
        let Some((number, element)) = ahead.or_else(|| elements.take(frame.reached).find(named)) else {
            self.foreign(offset, "element");
            self.skipping = 1;
            return;
        };
        let misplaced = number < frame.reached;
        frame.reached = frame.reached.max(number);
        let ordinal = self.counts.get_mut(depth).and_then(|counts| counts.get_mut(number)).map_or(1, |count| {
            *count = count.saturating_add(1);
            *count
        });
        let too_many = element.most.filter(|most| ordinal > *most).map(|most| [("most", param(most)), ("found", param(ordinal))]);
        if element.kind == Kind::Any {
            if let Some(params) = too_many {
                self.tell(Code::FormTooMany, "S09", REFUSED, Where::Inside(parent, offset), &params);
            }
            self.skipping = 1;
            return;
        }
        let Some(id) = self.add((entity, number), ordinal, offset) else {
            self.skipping = 1;
            return;
        };
        let signed = *element.name == *SIGNATURE || *table.name == *SIGNATURE;
        if space != (if signed { Space::Signature } else { Space::Message }) {
            self.tell(Code::FormNamespace, "S02", REFUSED, Where::At(id), &[]);
        }
        if misplaced {
            self.tell(Code::FormMisplaced, "S05", REFUSED, Where::At(id), &[]);
        }
        if let Some(params) = too_many {
            let prevents = if element.prevents.is_empty() { REFUSED } else { &element.prevents };
            self.tell(Code::FormTooMany, "S09", prevents, Where::At(id), &params);
        }
        let may = |attribute: &&Attribute<'a>| signed && attribute.space == Space::None && attribute.local == "Id";
        self.attributes(id, attributes.iter().filter(|attribute| !may(attribute)));
        match element.kind {
            Kind::Group(group) => self.push(id, Some(group)),
            Kind::Opaque => self.skipping = 1,
            _ => self.push(id, None),
        }
    }

    /// The elements of a group that are not there.
    fn missing(&mut self, node: NodeId, group: usize) {
        let Some(entity) = self.entity(group) else { return };
        let depth = self.open.len();
        for (number, element) in entity.elements.iter().enumerate() {
            let count = self.counts.get(depth).and_then(|counts| counts.get(number)).copied().unwrap_or(0);
            if count < element.least {
                let rule = if *element.name == *SIGNATURE { "S10" } else { "S06" };
                self.tell(Code::FormMissing, rule, REFUSED, Where::Missing(node, &element.name), &[]);
            }
        }
    }
}

/// The element that holds a signature, and the entity of what is in it.
const SIGNATURE: &str = "Signature";

fn param(number: u32) -> Param {
    Param::Count(usize::try_from(number).unwrap_or(usize::MAX))
}

impl<'a> Builder<'_, 'a, '_> {
    /// The content of the innermost open element, unless it is one that holds elements.
    fn content(&mut self) -> Option<&mut Content<'a>> {
        let frame = self.open.last().filter(|frame| frame.group.is_none())?;
        let node = self.tree.nodes.get_mut(usize::try_from(frame.node).ok()?)?;
        Some(&mut node.content)
    }
}

impl<'a> Sink<'a> for Builder<'_, 'a, '_> {
    fn open(&mut self, space: Space, local: &'a str, attributes: &[Attribute<'a>], offset: usize) {
        if self.skipping > 0 {
            self.skipping = self.skipping.saturating_add(1);
            return;
        }
        match self.open.last().map(|frame| frame.group) {
            None => self.begin(space, local, attributes, offset),
            Some(Some(entity)) => self.child(entity, space, local, attributes, offset),
            Some(None) => {
                self.foreign(offset, "element");
                self.skipping = 1;
            }
        }
    }

    fn text(&mut self, piece: &'a str, offset: usize) {
        if self.skipping > 0 {
            return;
        }
        match self.content() {
            Some(content) => content.push(piece),
            None if piece.chars().all(is_space) => {}
            None => self.foreign(offset, "text"),
        }
    }

    fn character(&mut self, character: char, offset: usize) {
        if self.skipping > 0 {
            return;
        }
        match self.content() {
            Some(content) => content.push_character(character),
            None if is_space(character) => {}
            None => self.foreign(offset, "text"),
        }
    }

    fn close(&mut self) {
        if self.skipping > 0 {
            self.skipping = self.skipping.saturating_sub(1);
            return;
        }
        let Some(frame) = self.open.pop() else { return };
        match frame.group {
            Some(group) => self.missing(frame.node, group),
            // One with an element in it has been told, and its text is not what it would be.
            None if frame.told => {}
            None => value(self.found, Item { forms: self.forms, tree: &self.tree, id: frame.node }),
        }
    }
}
