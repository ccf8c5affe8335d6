//! The forms of a destination as tables: messages, entities, elements, rules, receipts and codes.
//!
//! Compiled from `rules/<cc>/forms/` to one file, `<cc>.forms`. What the elements are is data; only the rules between elements are code, and
//! whether a rule is in force, how much it matters and which rejection it prevents is data again.

use crate::date::{Date, Interval};
use crate::finding::Level;
use crate::money::parse_decimal;
use alloc::sync::Arc;
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// The first bytes of a file of forms.
pub const MAGIC: &[u8; 4] = b"PCFM";
/// The layout that this engine reads.
pub const VERSION: u8 = 1;

/// A text of a table.
pub type Text = Arc<str>;

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Other elements: those of the entity with this number.
    Group(usize),
    /// Text as it is written.
    Text,
    /// Text whose runs of white space are one space, and none at its ends.
    Token,
    /// A decimal number.
    Decimal,
    /// A whole number of 32 bits.
    Whole,
    /// One element of any kind, which is not looked into.
    Any,
    /// Anything, which is not looked into.
    Opaque,
}

impl Kind {
    /// The kinds other than groups with their words in the tables, by their numbers in the file.
    pub const PLAIN: [(Self, &'static str); 6] = [
        (Self::Text, "text"),
        (Self::Token, "token"),
        (Self::Decimal, "decimal"),
        (Self::Whole, "whole"),
        (Self::Any, "any"),
        (Self::Opaque, "opaque"),
    ];
    /// The number of a group in the file.
    pub const GROUP: u32 = 6;
}

/// What form the specification's prose asks of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// None.
    Free,
    /// 36 characters whose letters are capitals.
    Guid,
    /// A day: `YYYYMMDD`.
    Day,
    /// A second: `YYYYMMDDhhmmss`.
    Second,
    /// A thousandth of a second: `YYYYMMDDhhmmssSSS`.
    Millisecond,
}

impl Form {
    /// Every form with its word in the tables, by its number in the file.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Free, ""),
        (Self::Guid, "guid"),
        (Self::Day, "YYYYMMDD"),
        (Self::Second, "YYYYMMDDhhmmss"),
        (Self::Millisecond, "YYYYMMDDhhmmssSSS"),
    ];
}

/// What the schema takes an empty element for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preset {
    /// Nothing.
    None,
    /// This, and no other value is taken.
    Fixed(Text),
    /// This.
    Default(Text),
}

/// An element of an entity.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name.
    pub name: Text,
    /// What it holds.
    pub kind: Kind,
    /// How often it must be there.
    pub least: u32,
    /// How often it may be there; `None` for any number.
    pub most: Option<u32>,
    /// How many characters it must have.
    pub shortest: u32,
    /// How many it may have; `None` for any number.
    pub longest: Option<u32>,
    /// How many digits it may have, if that is limited.
    pub digits: Option<u32>,
    /// How many of them after the point.
    pub fraction: Option<u32>,
    /// What it stands for when it is empty.
    pub preset: Preset,
    /// What form the prose asks of it.
    pub form: Form,
    /// The values that the prose allows; none for any.
    pub values: Vec<Text>,
    /// The id of the rule that `form` or `values` come from.
    pub rule: Text,
    /// The rejection that too many of it would meet.
    pub prevents: Text,
    /// Its name in the language of the specification.
    pub label: Text,
}

/// An element that holds others, in a fixed order.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name; where two messages have different elements of one name, that of the message stands before it.
    pub name: Text,
    /// Its elements, in their order.
    pub elements: Vec<Element>,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An enterprise sends it.
    Data,
    /// Customs answers with it.
    Receipt,
    /// Customs sends it unasked.
    Notice,
}

impl Role {
    /// Every role with its word, by its number in the file.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Data, "data"), (Self::Receipt, "receipt"), (Self::Notice, "notice")];
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// The name of its outermost element.
    pub name: Text,
    /// The number of that element's entity.
    pub entity: usize,
    /// What it is for.
    pub role: Role,
    /// What it is called, in the language of the specification.
    pub title: Text,
    /// What it is called in English.
    pub title_en: Text,
}

/// A rule beyond the schema.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id.
    pub id: Text,
    /// How much a breach matters.
    pub level: Level,
    /// How well the rule is known.
    pub grade: Text,
    /// The rejections that a breach would meet, with spaces between.
    pub prevents: Text,
}

/// A state or a reason that a receipt gives.
#[derive(Clone, Debug)]
pub struct Reason {
    /// Whether it is a state of the document rather than a reason.
    pub state: bool,
    /// The code in the receipt.
    pub code: Text,
    /// What it means for the order: `good`, `wait`, `mend` or `lost`.
    pub outcome: Text,
    /// Who can do something about it.
    pub who: Text,
    /// The rule that finds it beforehand.
    pub rule: Text,
    /// How well the code is known.
    pub grade: Text,
    /// What it says and what to do, in the locales of [`LOCALES`].
    pub texts: [(Text, Text); 2],
}

/// The languages of a [`Reason`]'s texts.
pub const LOCALES: [&str; 2] = ["en", "zh-CN"];

/// A row of a table of codes.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// The code.
    pub code: Text,
    /// The code of the international standard, where there is one.
    pub standard: Text,
}

/// A table of codes.
#[derive(Clone, Debug)]
pub struct CodeTable {
    /// Its name: `unit`, `country`.
    pub name: Text,
    /// Its rows, sorted by code.
    pub rows: Vec<CodeRow>,
}

impl CodeTable {
    /// Whether the table has this code.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.rows.binary_search_by(|row| (*row.code).cmp(code)).is_ok()
    }

    /// The code for one of the international standard.
    #[must_use]
    pub fn from_standard(&self, standard: &str) -> Option<&Text> {
        self.rows.iter().find(|row| !standard.is_empty() && *row.standard == *standard).map(|row| &row.code)
    }
}

/// A dated amount that a rule measures by.
#[derive(Clone, Debug)]
pub struct Limit {
    /// Its name: `single`, `annual`.
    pub name: Text,
    /// When it is in force.
    pub interval: Interval,
    /// The amount.
    pub amount: Decimal,
}

/// The forms of a destination.
#[derive(Clone, Debug)]
pub struct Forms {
    /// The namespace of the messages.
    pub namespace: Text,
    /// Entities.
    pub entities: Vec<Entity>,
    /// Messages.
    pub messages: Vec<Message>,
    /// Rules, sorted by id.
    pub rules: Vec<Rule>,
    /// Reasons and states of receipts, sorted by whether they are states, then by code.
    pub reasons: Vec<Reason>,
    /// Tables of codes.
    pub codes: Vec<CodeTable>,
    /// Amounts.
    pub limits: Vec<Limit>,
}

impl Forms {
    /// Reads a file of forms; none when the bytes are not one that this engine can use.
    #[must_use]
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (version, rest) = rest.split_first()?;
        if *version != VERSION {
            return None;
        }
        let mut reader = Reader { rest, pool: Vec::new() };
        reader.pool = reader.list(|reader| {
            let length = reader.index()?;
            let (text, rest) = reader.rest.split_at_checked(length)?;
            reader.rest = rest;
            core::str::from_utf8(text).ok().map(Arc::from)
        })?;
        let forms = Self {
            namespace: reader.text()?,
            entities: reader.list(Reader::entity)?,
            messages: reader.list(Reader::message)?,
            rules: reader.list(Reader::rule)?,
            reasons: reader.list(Reader::reason)?,
            codes: reader.list(Reader::code_table)?,
            limits: reader.list(Reader::limit)?,
        };
        let known = |entity: usize| entity < forms.entities.len();
        let elements = forms.entities.iter().flat_map(|entity| &entity.elements);
        let groups_known =
            elements.map(|element| element.kind).all(|kind| if let Kind::Group(entity) = kind { known(entity) } else { true });
        let messages_known = forms.messages.iter().all(|message| known(message.entity));
        (reader.rest.is_empty() && groups_known && messages_known).then_some(forms)
    }

    /// The message whose outermost element has this name, and its number.
    #[must_use]
    pub fn message(&self, name: &str) -> Option<(usize, &Message)> {
        self.messages.iter().enumerate().find(|(_, message)| *message.name == *name)
    }

    /// The rule with this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.binary_search_by(|rule| (*rule.id).cmp(id)).ok().and_then(|place| self.rules.get(place))
    }

    /// The table of codes with this name.
    #[must_use]
    pub fn code_table(&self, name: &str) -> Option<&CodeTable> {
        self.codes.iter().find(|table| *table.name == *name)
    }

    /// The amount with this name on a day.
    #[must_use]
    pub fn limit(&self, name: &str, date: Date) -> Option<Decimal> {
        self.limits.iter().find(|limit| *limit.name == *name && limit.interval.contains(date)).map(|limit| limit.amount)
    }

    /// The state or the reason with this code.
    #[must_use]
    pub fn reason(&self, state: bool, code: &str) -> Option<&Reason> {
        let place = self.reasons.binary_search_by(|reason| (reason.state, &*reason.code).cmp(&(state, code))).ok();
        place.and_then(|place| self.reasons.get(place))
    }
}

/// Reads numbers of seven bits a byte, and what is made of them.
struct Reader<'a> {
    rest: &'a [u8],
    pool: Vec<Text>,
}

impl Reader<'_> {
    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0u32, 0u32);
        loop {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 127).checked_shl(shift)?;
            if byte & 128 == 0 {
                return Some(number);
            }
            shift = shift.checked_add(7).filter(|shift| *shift <= 28)?;
        }
    }

    /// A number that may be absent.
    fn bound(&mut self) -> Option<Option<u32>> {
        Some(self.number()?.checked_sub(1))
    }

    fn index(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.index()?;
        // An entry takes a byte at least: a count that lies reserves little.
        let mut list = Vec::with_capacity(count.min(self.rest.len()));
        for _ in 0..count {
            list.push(read(self)?);
        }
        Some(list)
    }

    fn text(&mut self) -> Option<Text> {
        let place = self.index()?;
        self.pool.get(place).cloned()
    }

    fn entity(&mut self) -> Option<Entity> {
        Some(Entity { name: self.text()?, elements: self.list(Self::element)? })
    }

    fn element(&mut self) -> Option<Element> {
        let name = self.text()?;
        let kind = match self.number()? {
            Kind::GROUP => Kind::Group(self.index()?),
            other => Kind::PLAIN.get(usize::try_from(other).ok()?)?.0,
        };
        Some(Element {
            name,
            kind,
            least: self.number()?,
            most: self.bound()?,
            shortest: self.number()?,
            longest: self.bound()?,
            digits: self.bound()?,
            fraction: self.bound()?,
            preset: match self.number()? {
                0 => Preset::None,
                1 => Preset::Fixed(self.text()?),
                2 => Preset::Default(self.text()?),
                _ => return None,
            },
            form: Form::ALL.get(self.index()?)?.0,
            values: self.list(Self::text)?,
            rule: self.text()?,
            prevents: self.text()?,
            label: self.text()?,
        })
    }

    fn message(&mut self) -> Option<Message> {
        Some(Message {
            name: self.text()?,
            entity: self.index()?,
            role: Role::ALL.get(self.index()?)?.0,
            title: self.text()?,
            title_en: self.text()?,
        })
    }

    fn rule(&mut self) -> Option<Rule> {
        Some(Rule { id: self.text()?, level: *Level::ALL.get(self.index()?)?, grade: self.text()?, prevents: self.text()? })
    }

    fn reason(&mut self) -> Option<Reason> {
        Some(Reason {
            state: self.number()? == 1,
            code: self.text()?,
            outcome: self.text()?,
            who: self.text()?,
            rule: self.text()?,
            grade: self.text()?,
            texts: [(self.text()?, self.text()?), (self.text()?, self.text()?)],
        })
    }

    fn code_table(&mut self) -> Option<CodeTable> {
        let name = self.text()?;
        let rows = self.list(|reader| Some(CodeRow { code: reader.text()?, standard: reader.text()? }))?;
        Some(CodeTable { name, rows })
    }

    fn date(&mut self) -> Option<Option<Date>> {
        match self.bound()? {
            None => Some(None),
            Some(packed) => Date::from_packed(packed).map(Some),
        }
    }

    fn limit(&mut self) -> Option<Limit> {
        let name = self.text()?;
        let interval = Interval { from: self.date()?, to: self.date()? };
        Some(Limit { name, interval, amount: parse_decimal(&self.text()?)? })
    }
}
