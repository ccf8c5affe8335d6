//! The pack's bytes.
//!
//! A header (magic, format version, length and SHA-256 of the body), then the body: the strings, the decimals, and the parts of
//! [`Pack`] in order. Numbers are little-endian base-128; texts and decimals are numbers in the two pools; an optional index is one more
//! than the index, and 0 for none. Reading checks everything that a later use relies on, so that a pack that exists is right.

use super::{
    AttributeKind, Channel, Check, Citation, Condition, DatedValue, Grade, Instrument, KeyKind, LimitRule, Notice, Pack, Parameter, Per,
    Regime, Rounding, Row, Step, Table, ValueKind,
};
use crate::codes::Country;
use crate::date::{Date, Interval};
use crate::finding::{Code, Level, REMEDIES};
use crate::formula::{Expression, Fact, Fold, Name, Operator, Value};
use crate::money::{Currency, RoundingMode};
#[cfg(feature = "whole")]
use crate::names::Terms;
use crate::quote::ChargeKind;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

/// The first bytes of every pack.
pub const MAGIC: [u8; 4] = *b"PCLR";
/// The first bytes of every list of terms.
pub const TERMS_MAGIC: [u8; 4] = *b"PCLT";
/// The version of the format that this reader knows.
pub const FORMAT_VERSION: u16 = 3;
/// Magic, version, length of the body, SHA-256 of the body.
const HEADER_BYTES: usize = 42;
/// How deep an expression may be nested.
const DEEPEST: u8 = 64;

/// Why some bytes are not a pack that this reader can use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// The bytes do not begin as a pack does.
    NotAPack,
    /// The pack was made for a newer reader.
    Newer,
    /// Bytes are missing, or there are too many.
    Truncated,
    /// The bytes are not those that were written.
    Damaged,
    /// The bytes are intact and do not make sense.
    Malformed,
    /// The bytes begin as a list of terms, and no pack that was added names their hash.
    Stray,
}

impl PackError {
    /// The error's code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAPack => "pack.not-a-pack",
            Self::Newer => "pack.newer",
            Self::Truncated => "pack.truncated",
            Self::Damaged => "pack.damaged",
            Self::Malformed => "pack.malformed",
            Self::Stray => "pack.stray",
        }
    }
}

/// Reads a pack.
///
/// # Errors
///
/// [`PackError`] when the bytes are not a whole, undamaged pack of a format this reader knows. A newer format is refused, never half-read.
pub fn decode(bytes: &[u8]) -> Result<Pack, PackError> {
    let Some((header, body)) = bytes.split_at_checked(HEADER_BYTES) else {
        return Err(if bytes.starts_with(&MAGIC) { PackError::Truncated } else { PackError::NotAPack });
    };
    let (magic, rest) = header.split_at_checked(4).ok_or(PackError::NotAPack)?;
    if magic != MAGIC {
        return Err(PackError::NotAPack);
    }
    let &[v0, v1, l0, l1, l2, l3, ref hash @ ..] = rest else {
        return Err(PackError::NotAPack);
    };
    if u16::from_le_bytes([v0, v1]) != FORMAT_VERSION {
        return Err(PackError::Newer);
    }
    if usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])) != Ok(body.len()) {
        return Err(PackError::Truncated);
    }
    if Sha256::digest(body).as_slice() != hash {
        return Err(PackError::Damaged);
    }
    read_pack(body).ok_or(PackError::Malformed)
}

/// Reads a list of terms, whose bytes have the hash that its pack names: they need no other check of being those that were written.
///
/// # Errors
///
/// [`PackError`] when the bytes make no list.
#[cfg(feature = "whole")]
pub fn decode_terms(bytes: &[u8]) -> Result<Terms, PackError> {
    let rest = bytes.strip_prefix(&TERMS_MAGIC).ok_or(PackError::NotAPack)?;
    read_terms(&mut Reader::new(rest)).ok_or(PackError::Malformed)
}

/// A place in the body, with the two pools and what an index may point at.
///
/// A fault is noted and reading goes on with zeros, to be told at the end: returning early from each of a hundred places, and dropping there
/// what was read so far, is most of a decoder's code.
struct Reader<'a> {
    rest: &'a [u8],
    strings: Vec<&'a str>,
    decimals: Vec<Decimal>,
    /// Whether something did not make sense.
    failed: bool,
    known: Known,
}

/// How many there are of what an index can point at, as far as the body was read.
#[derive(Default)]
struct Known {
    channels: usize,
    citations: usize,
    parameters: usize,
    attributes: usize,
    supplied_rates: usize,
    /// Columns by table.
    columns: Vec<usize>,
    /// Steps that a formula may name.
    steps: usize,
}

impl<'a> Reader<'a> {
    fn new(rest: &'a [u8]) -> Self {
        Self { rest, strings: Vec::new(), decimals: Vec::new(), failed: false, known: Known::default() }
    }

    /// A value that must be there.
    fn sure<T>(&mut self, value: Option<T>, otherwise: T) -> T {
        self.failed |= value.is_none();
        value.unwrap_or(otherwise)
    }

    fn require(&mut self, holds: bool) {
        self.failed |= !holds;
    }

    fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (bytes, rest) = self.sure(self.rest.split_at_checked(count), (&[], &[]));
        self.rest = rest;
        bytes
    }

    fn byte(&mut self) -> u8 {
        self.bytes(1).first().copied().unwrap_or(0)
    }

    #[inline(never)]
    fn long(&mut self) -> u64 {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte();
            value |= u64::from(byte & 0x7f).wrapping_shl(shift);
            if byte < 0x80 {
                return value;
            }
        }
        self.failed = true;
        0
    }

    fn size(&mut self) -> usize {
        let long = self.long();
        self.sure(usize::try_from(long).ok(), 0)
    }

    fn short(&mut self) -> u16 {
        let long = self.long();
        self.sure(u16::try_from(long).ok(), 0)
    }

    fn truth(&mut self) -> bool {
        let byte = self.byte();
        self.require(byte < 2);
        byte == 1
    }

    /// How many entries follow. Every entry takes at least a byte, so a count beyond the bytes left is nonsense and must not reserve memory.
    #[inline(never)]
    fn count(&mut self) -> usize {
        let count = self.size();
        self.require(count <= self.rest.len());
        if self.failed { 0 } else { count }
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.count();
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push(item(self));
        }
        items
    }

    /// An index one too large, or zero for none.
    fn index(&mut self) -> Option<usize> {
        self.size().checked_sub(1)
    }

    #[inline(never)]
    fn text_at(&mut self, number: usize) -> String {
        let text = self.strings.get(number).copied();
        self.sure(text, "").into()
    }

    #[inline(never)]
    fn string(&mut self) -> String {
        let number = self.size();
        self.text_at(number)
    }

    #[inline(never)]
    fn optional_string(&mut self) -> Option<String> {
        self.index().map(|number| self.text_at(number))
    }

    fn decimal_at(&mut self, number: usize) -> Decimal {
        let decimal = self.decimals.get(number).copied();
        self.sure(decimal, Decimal::ZERO)
    }

    fn decimal(&mut self) -> Decimal {
        let number = self.size();
        self.decimal_at(number)
    }

    #[inline(never)]
    fn date(&mut self) -> Option<Date> {
        let packed = self.long();
        let date = u32::try_from(packed).ok().and_then(Date::from_packed);
        self.require(date.is_some() || packed == 0);
        date
    }

    #[inline(never)]
    fn interval(&mut self) -> Interval {
        Interval { from: self.date(), to: self.date() }
    }

    fn one_of<T: Copy>(&mut self, all: &[T], otherwise: T) -> T {
        let number = self.size();
        self.sure(all.get(number).copied(), otherwise)
    }

    #[inline(never)]
    fn small_numbers(&mut self) -> Vec<u8> {
        self.list(Self::byte)
    }

    #[inline(never)]
    fn numbers(&mut self) -> Vec<u16> {
        self.list(Self::short)
    }

    #[inline(never)]
    fn strings(&mut self) -> Vec<String> {
        self.list(Self::string)
    }

    /// Citations, which come after their instruments in the body.
    #[inline(never)]
    fn citations(&mut self) -> Vec<u16> {
        let list = self.numbers();
        self.require(all_below(&list, self.known.citations));
        list
    }

    #[inline(never)]
    fn countries(&mut self) -> Vec<Country> {
        let found = self.strings();
        let countries: Vec<Country> = found.iter().filter_map(|code| Country::parse(code)).collect();
        self.require(countries.len() == found.len());
        countries
    }
}

fn all_below(numbers: &[u16], count: usize) -> bool {
    numbers.iter().all(|number| usize::from(*number) < count)
}

fn read_pack(body: &[u8]) -> Option<Pack> {
    let mut reader = Reader::new(body);
    reader.strings = reader.list(|reader| {
        let length = reader.size();
        let bytes = reader.bytes(length);
        reader.sure(core::str::from_utf8(bytes).ok(), "")
    });
    reader.decimals = reader.list(|reader| {
        let scale = u32::from(reader.byte());
        let long = reader.long();
        reader.sure(Decimal::try_from_i128_with_scale(i128::from(long), scale).ok(), Decimal::ZERO)
    });
    let reader = &mut reader;
    let pack = Pack {
        id: reader.string(),
        destinations: reader.countries(),
        currency: Currency::parse(&reader.string())?,
        version: reader.string(),
        exchange_rate_max_age: reader.index().and_then(|days| u16::try_from(days).ok()),
        payment_discount: reader.short(),
        apportion_citations: reader.numbers(),
        default_channel: reader.byte(),
        channels: counted(reader, read_channel, |known| &mut known.channels),
        instruments: reader.list(read_instrument),
        citations: counted(reader, |reader| Citation { instrument: reader.short(), place: reader.string() }, |known| &mut known.citations),
        parameters: counted(reader, read_parameter, |known| &mut known.parameters),
        attributes: counted(reader, read_attribute, |known| &mut known.attributes),
        supplied_rates: counted(reader, |reader| reader.string(), |known| &mut known.supplied_rates),
        tables: read_tables(reader)?,
        regimes: reader.list(read_regime),
        checks: reader.list(read_check),
        vague_codes: reader.strings(),
        terms: if reader.truth() { reader.bytes(32).try_into().ok() } else { None },
    };
    (reader.rest.is_empty() && !reader.failed && consistent(&pack)).then_some(pack)
}

/// A list whose entries others point at.
fn counted<T>(reader: &mut Reader, item: fn(&mut Reader) -> T, count: fn(&mut Known) -> &mut usize) -> Vec<T> {
    let list = reader.list(item);
    *count(&mut reader.known) = list.len();
    list
}

fn read_channel(reader: &mut Reader) -> Channel {
    Channel { id: reader.string(), code: reader.optional_string(), regimes: reader.small_numbers() }
}

fn read_instrument(reader: &mut Reader) -> Instrument {
    Instrument {
        id: reader.string(),
        number: reader.optional_string(),
        issuer: reader.string(),
        date: reader.date(),
        title: reader.optional_string(),
        title_en: reader.string(),
        url: reader.optional_string(),
        grade: reader.one_of(&Grade::ALL, Grade::C),
    }
}

fn read_parameter(reader: &mut Reader) -> Parameter {
    Parameter {
        id: reader.string(),
        money: reader.truth(),
        currency: reader.optional_string().and_then(|code| {
            let currency = Currency::parse(&code);
            reader.require(currency.is_some());
            currency
        }),
        values: reader.list(|reader| DatedValue { interval: reader.interval(), value: reader.decimal(), citations: reader.citations() }),
    }
}

fn read_attribute(reader: &mut Reader) -> AttributeKind {
    AttributeKind { id: reader.string(), kind: read_kind(reader), of_basket: reader.truth() }
}

fn read_kind(reader: &mut Reader) -> ValueKind {
    reader.one_of(&ValueKind::ALL, ValueKind::Truth)
}

fn read_tables(reader: &mut Reader) -> Option<Vec<Table>> {
    let tables = reader.list(|reader| {
        let table = read_table(reader);
        reader.known.columns.push(table.as_ref().map_or(0, |table| table.columns.len()));
        table
    });
    tables.into_iter().collect()
}

fn read_table(reader: &mut Reader) -> Option<Table> {
    let id = reader.string();
    let key = reader.one_of(&KeyKind::ALL, KeyKind::HsCode);
    let columns = reader.list(|reader| (reader.string(), read_kind(reader)));
    let rows = reader.list(|reader| Row {
        interval: reader.interval(),
        cells: columns.iter().map(|(_, kind)| read_cell(reader, *kind)).collect(),
        citations: reader.citations(),
    });
    let headings = reader.size();
    let headings = reader.bytes(headings).to_vec();
    let entries = reader.size();
    let entries = reader.bytes(entries).to_vec();
    Table { id, key, columns, headings, entries, rows }.checked()
}

fn read_cell(reader: &mut Reader, kind: ValueKind) -> Option<Value> {
    let number = reader.index()?;
    Some(match kind {
        ValueKind::Number => Value::Number(reader.decimal_at(number)),
        ValueKind::Code => Value::Code(reader.text_at(number)),
        ValueKind::Truth => {
            reader.require(number < 2);
            Value::Truth(number == 1)
        }
    })
}

fn read_regime(reader: &mut Reader) -> Regime {
    reader.known.steps = 0;
    let (id, interval, citations) = (reader.string(), reader.interval(), reader.citations());
    let conditions = reader.list(|reader| Condition { id: reader.string(), formula: read_formula(reader), notice: read_notice(reader) });
    let limits = reader.list(|reader| LimitRule {
        id: reader.string(),
        limit: read_index(reader, |known| known.parameters),
        used: if reader.truth() { Some(read_name(reader)) } else { None },
        amount: read_name(reader),
        by_year: reader.truth(),
    });
    let steps = reader.list(|reader| {
        let step = read_step(reader);
        reader.known.steps = reader.known.steps.saturating_add(1);
        step
    });
    reader.require(steps.first().is_some_and(|first| first.per == Per::Line));
    Regime { id, interval, citations, conditions, limits, steps, checks: reader.list(read_check) }
}

/// An index that must point at one of so many.
fn read_index(reader: &mut Reader, count: fn(&Known) -> usize) -> u16 {
    let index = reader.short();
    reader.require(usize::from(index) < count(&reader.known));
    index
}

fn read_step(reader: &mut Reader) -> Step {
    let step = Step {
        id: reader.string(),
        charge: reader.index().map(|kind| {
            let kind = [ChargeKind::Duty, ChargeKind::Tax, ChargeKind::Fee].get(kind).copied();
            reader.sure(kind, ChargeKind::Fee)
        }),
        rate: reader.index().map(|step| {
            reader.require(step < reader.known.steps);
            u16::try_from(step).unwrap_or(0)
        }),
        supplied: reader.index().map(|rate| {
            reader.require(rate < reader.known.supplied_rates);
            u8::try_from(rate).unwrap_or(0)
        }),
        per: read_per(reader),
        group: read_formula_if_any(reader),
        round: reader.index().map(|mode| {
            let mode = RoundingMode::ALL.get(mode).map(|(_, mode)| *mode);
            // Zero stands for the currency's minor unit.
            Rounding { mode: reader.sure(mode, RoundingMode::HalfUp), to: Some(reader.decimal()).filter(|to| !to.is_zero()) }
        }),
        money: reader.truth(),
        text: reader.string(),
        formula: read_formula(reader),
        citations: reader.citations(),
    };
    reader.require((step.per == Per::Group) == step.group.is_some());
    step
}

#[cfg(feature = "whole")]
fn read_terms(reader: &mut Reader) -> Option<Terms> {
    let variants = reader.list(|reader| (read_character(reader), read_character(reader)));
    let roles = reader.small_numbers();
    let texts = core::str::from_utf8(reader.rest).ok()?;
    if reader.failed { None } else { Terms::new(variants, texts.into(), roles) }
}

#[cfg(feature = "whole")]
fn read_character(reader: &mut Reader) -> char {
    let number = reader.long();
    reader.sure(u32::try_from(number).ok().and_then(char::from_u32), ' ')
}

fn read_per(reader: &mut Reader) -> Per {
    reader.one_of(&Per::ALL, Per::Line)
}

fn read_check(reader: &mut Reader) -> Check {
    let check = Check {
        id: reader.string(),
        per: read_per(reader),
        channels: reader.small_numbers(),
        terms: reader.index().map(|group| {
            let group = u8::try_from(group).ok();
            reader.sure(group, 0)
        }),
        hs: reader.strings(),
        origins: reader.countries(),
        interval: reader.interval(),
        when: read_formula_if_any(reader),
        notice: read_notice(reader),
    };
    reader.require(check.channels.iter().all(|channel| usize::from(*channel) < reader.known.channels));
    reader.require(check.per != Per::Group && (check.terms.is_none() || check.per == Per::Line));
    check
}

fn read_notice(reader: &mut Reader) -> Notice {
    // By name and not by number, so that the table of codes can grow in any order.
    let code = Code::parse(&reader.string());
    Notice {
        code: reader.sure(code, Code::RulesUnknown),
        level: reader.one_of(&Level::ALL, Level::Block),
        target: reader.string(),
        params: reader.list(|reader| (reader.string(), read_name(reader))),
        remedies: reader.list(|reader| {
            let name = reader.string();
            reader.sure(REMEDIES.iter().copied().find(|remedy| **remedy == name), "")
        }),
        citations: reader.citations(),
        estimated: reader.truth(),
    }
}

fn read_name(reader: &mut Reader) -> Name {
    let (tag, number) = (reader.byte(), reader.short());
    let small = u8::try_from(number).unwrap_or(u8::MAX);
    let at = usize::from(number);
    let known = &reader.known;
    let (name, there) = match tag {
        0 => (Name::Fact(Fact::ALL.get(at).copied().unwrap_or(Fact::Price)), at < Fact::ALL.len()),
        1 => (Name::Parameter(number), at < known.parameters),
        2 => {
            let columns = known.columns.get(at).copied().unwrap_or(0);
            let column = reader.byte();
            (Name::Cell(small, column), usize::from(column) < columns && at < usize::from(u8::MAX))
        }
        3 => (Name::Attribute(small), at < known.attributes),
        4 => (Name::SuppliedRate(small), at < known.supplied_rates),
        5 => (Name::Step(number), at < known.steps),
        _ => (Name::Fact(Fact::Price), false),
    };
    reader.require(there);
    name
}

fn read_formula(reader: &mut Reader) -> Expression {
    read_expression(reader, 0)
}

fn read_formula_if_any(reader: &mut Reader) -> Option<Expression> {
    if reader.truth() { Some(read_formula(reader)) } else { None }
}

fn read_expression(reader: &mut Reader, depth: u8) -> Expression {
    let depth = depth.saturating_add(1);
    reader.require(depth <= DEEPEST);
    if reader.failed {
        return Expression::Truth(false);
    }
    let boxed = |reader: &mut Reader| Box::new(read_expression(reader, depth));
    match reader.byte() {
        0 => Expression::Number(reader.decimal()),
        1 => Expression::Code(reader.string()),
        2 => Expression::Truth(reader.truth()),
        3 => Expression::Name(read_name(reader)),
        4 => Expression::Has(read_name(reader)),
        5 => Expression::Fold(reader.one_of(&Fold::ALL, Fold::Sum), boxed(reader), reader.string()),
        6 => Expression::Not(boxed(reader)),
        7 => Expression::Negate(boxed(reader)),
        8 => Expression::If(boxed(reader), boxed(reader), boxed(reader)),
        tag => {
            let operator = tag.checked_sub(16).and_then(|number| Operator::ALL.get(usize::from(number)).copied());
            let operator = reader.sure(operator, Operator::Add);
            Expression::Binary(operator, boxed(reader), boxed(reader))
        }
    }
}

/// Whether the indices that point forward in the body point at something; the others were held to it as they were read.
fn consistent(pack: &Pack) -> bool {
    let by_name = |checks: &[Check]| checks.iter().any(|check| check.terms.is_some());
    !pack.destinations.is_empty()
        && usize::from(pack.payment_discount) < pack.parameters.len()
        && all_below(&pack.apportion_citations, pack.citations.len())
        && usize::from(pack.default_channel) < pack.channels.len()
        && pack
            .channels
            .iter()
            .all(|way| !way.regimes.is_empty() && way.regimes.iter().all(|regime| usize::from(*regime) < pack.regimes.len()))
        && pack.citations.iter().all(|citation| usize::from(citation.instrument) < pack.instruments.len())
        && (pack.terms.is_some() || !(by_name(&pack.checks) || pack.regimes.iter().any(|regime| by_name(&regime.checks))))
}
