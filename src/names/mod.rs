//! Recognising goods by their name, for lines whose code does not tell what they are.
//!
//! A pack lists terms in groups; which goods, in which languages and what follows from it is the pack's business. A name is made plain and
//! read once from left to right: from each place where a word can begin, the sorted list of terms is narrowed byte by byte. So the work is
//! at most the length of the name times that of the longest term, and no table of Unicode's is needed.

mod plain;

pub use plain::plain;

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// What an entry of the list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Names goods of a group, unless the name also has a word for other goods.
    Term(u8),
    /// Names goods of a group whatever else the name says.
    Always(u8),
    /// Is no such name, although it holds one.
    Exception(u8),
    /// Right after a term, makes it a word for something else: a flavour, a shape.
    After,
    /// Right before a term, makes it a word for something else: a copy.
    Before,
    /// Anywhere in the name, says that the article is something else.
    OtherGoods,
}

/// The most groups that a list can have.
pub const MOST_GROUPS: u8 = 80;

impl Role {
    /// The role as a number, as lists write it.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Term(group) => group.wrapping_mul(3),
            Self::Always(group) => group.wrapping_mul(3).wrapping_add(1),
            Self::Exception(group) => group.wrapping_mul(3).wrapping_add(2),
            Self::After => 253,
            Self::Before => 254,
            Self::OtherGoods => 255,
        }
    }

    /// The role with this number.
    #[must_use]
    pub const fn of(number: u8) -> Self {
        let group = number.wrapping_div(3);
        match (number, number.wrapping_sub(group.wrapping_mul(3))) {
            (253, _) => Self::After,
            (254, _) => Self::Before,
            (255, _) => Self::OtherGoods,
            (_, 0) => Self::Term(group),
            (_, 1) => Self::Always(group),
            _ => Self::Exception(group),
        }
    }
}

/// A list of terms, sorted, in one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// Characters that stand for another, in order, with that other.
    variants: Vec<(char, char)>,
    /// The terms in order, each ended by a line feed.
    texts: String,
    /// The role of each, as a number.
    roles: Vec<u8>,
    /// Where each begins in `texts`, and where the last ends.
    starts: Vec<u32>,
}

/// A group that a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The group.
    pub group: u8,
    /// Number of the term that was found.
    pub term: u16,
    always: bool,
    /// Where the term ends in the plain name.
    end: usize,
}

/// The group of a match that a word after it made a word for something else.
const NO_GROUP: u8 = u8::MAX;

/// What a name was found to be, and how much work it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Each group once.
    pub matches: Vec<Match>,
    /// How many bytes of the name were compared, counted once for each place they were read from.
    pub steps: usize,
}

impl Terms {
    /// A list from its parts: terms in order, each ended by a line feed, and the role of each. `None` when their numbers differ.
    #[must_use]
    pub fn new(variants: Vec<(char, char)>, texts: String, roles: Vec<u8>) -> Option<Self> {
        let mut starts = alloc::vec![0];
        for (place, byte) in (1u32..).zip(texts.bytes()) {
            if byte == b'\n' {
                starts.push(place);
            }
        }
        let whole = starts.len() == roles.len().saturating_add(1) && u16::try_from(roles.len()).is_ok() && texts.ends_with('\n');
        whole.then_some(Self { variants, texts, roles, starts })
    }

    /// Characters that stand for another, with that other.
    pub fn variants(&self) -> impl Iterator<Item = (char, char)> + '_ {
        self.variants.iter().copied()
    }

    /// Every term with its role, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, Role)> {
        self.texts.split('\n').zip(self.roles.iter().map(|role| Role::of(*role)))
    }

    /// A term as the list has it.
    #[must_use]
    pub fn text(&self, number: u16) -> &str {
        let start = |number: usize| self.starts.get(number).and_then(|start| usize::try_from(*start).ok());
        let number = usize::from(number);
        let range = start(number).zip(start(number.saturating_add(1)));
        range.and_then(|(start, next)| self.texts.get(start..next.saturating_sub(1))).unwrap_or_default()
    }

    /// The groups that a name belongs to.
    #[must_use]
    pub fn find(&self, name: &str) -> Found {
        let name = plain(name, &self.variants);
        let mut reading = Reading {
            terms: self,
            name: name.as_bytes(),
            ends: [0; MOST_GROUPS as usize],
            before: None,
            others: false,
            matches: Vec::new(),
            steps: 0,
        };
        for start in 0..name.len() {
            if !reading.within_word(start) {
                reading.read_from(start);
            }
        }
        let mut matches: Vec<Match> = Vec::new();
        for one in reading.matches {
            let counts = one.group != NO_GROUP && (one.always || !reading.others);
            if counts && matches.iter().all(|other| other.group != one.group) {
                matches.push(one);
            }
        }
        Found { matches, steps: reading.steps }
    }

    /// The byte of an entry at a place; the line feed that ends it is before every other.
    fn byte(&self, number: usize, place: usize) -> Option<u8> {
        let start = usize::try_from(*self.starts.get(number)?).ok()?;
        self.texts.as_bytes().get(start.checked_add(place)?).copied()
    }

    /// The first entry from `low` to `high` whose byte at a place is not before the given one, or not up to it.
    fn first(&self, mut low: usize, mut high: usize, place: usize, byte: u8, past: bool) -> usize {
        while low < high {
            let middle = low.midpoint(high);
            let before = match self.byte(middle, place).cmp(&Some(byte)) {
                Ordering::Less => true,
                Ordering::Equal => past,
                Ordering::Greater => false,
            };
            if before {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        low
    }
}

/// A name while it is read.
struct Reading<'a> {
    terms: &'a Terms,
    name: &'a [u8],
    /// How far the exceptions of each group reach.
    ends: [usize; MOST_GROUPS as usize],
    /// Where the last word ended that makes a term after it something else.
    before: Option<usize>,
    others: bool,
    /// What was found, by place.
    matches: Vec<Match>,
    steps: usize,
}

impl Reading<'_> {
    /// Whether a place is within a character, between two letters of an alphabet or between two digits. Other scripts have no gaps between words.
    fn within_word(&self, place: usize) -> bool {
        let at = |place: Option<usize>| place.and_then(|place| self.name.get(place)).copied().unwrap_or(b' ');
        let (before, after) = (at(place.checked_sub(1)), at(Some(place)));
        let letters = before.is_ascii_alphabetic() && after.is_ascii_alphabetic();
        letters || (before.is_ascii_digit() && after.is_ascii_digit()) || after & 0xc0 == 0x80
    }

    /// Where a term that ends at a place ends as a word: there, or behind the ending of a plural.
    fn end_of(&self, place: usize) -> Option<usize> {
        [0usize, 1, 2].into_iter().find_map(|more| {
            let end = place.checked_add(more)?;
            let plural = matches!(self.name.get(place..end), Some(b"" | b"s" | b"es"));
            (plural && (more == 0 || self.within_word(place)) && !self.within_word(end)).then_some(end)
        })
    }

    /// Reads every term that begins at a place.
    fn read_from(&mut self, start: usize) {
        let terms = self.terms;
        let (mut low, mut high, mut place) = (0, terms.roles.len(), 0usize);
        let mut here = Vec::new();
        let copy = self.before.is_some_and(|end| adjoins(self.name, end, start));
        loop {
            let at = start.saturating_add(place);
            while low < high && terms.byte(low, place) == Some(b'\n') {
                if let (Some(end), Some(role)) = (self.end_of(at), terms.roles.get(low)) {
                    self.note(Role::of(*role), low, start, end, &mut here);
                }
                low = low.saturating_add(1);
            }
            let Some(byte) = self.name.get(at).copied().filter(|_| low < high) else { break };
            low = terms.first(low, high, place, byte, false);
            high = terms.first(low, high, place, byte, true);
            place = place.saturating_add(1);
            self.steps = self.steps.saturating_add(1);
        }
        // The longest first: what counts is the longest term that no exception covers.
        for one in here.into_iter().rev() {
            let covered = self.ends.get(usize::from(one.group)).is_none_or(|end| *end >= one.end);
            let known = self.matches.iter().any(|other| other.group == one.group && other.always == one.always);
            if !covered && !copy && !known {
                self.matches.push(one);
            }
        }
    }

    fn note(&mut self, role: Role, entry: usize, start: usize, end: usize, here: &mut Vec<Match>) {
        let term = u16::try_from(entry).unwrap_or(u16::MAX);
        match role {
            Role::Term(group) => here.push(Match { group, term, always: false, end }),
            Role::Always(group) => here.push(Match { group, term, always: true, end }),
            Role::Exception(group) => {
                if let Some(furthest) = self.ends.get_mut(usize::from(group)) {
                    *furthest = end.max(*furthest);
                }
            }
            Role::After => {
                let name = self.name;
                self.matches.iter_mut().filter(|one| adjoins(name, one.end, start)).for_each(|one| one.group = NO_GROUP);
            }
            Role::Before => self.before = Some(end),
            Role::OtherGoods => self.others = true,
        }
    }
}

/// Whether one place is the other, or only a space is between them.
fn adjoins(name: &[u8], end: usize, start: usize) -> bool {
    end == start || (end.checked_add(1) == Some(start) && name.get(end) == Some(&b' '))
}
