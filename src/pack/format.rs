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
pub fn decode_terms(bytes: &[u8]) -> Result<Terms, PackError> {
    let rest = bytes.strip_prefix(&TERMS_MAGIC).ok_or(PackError::NotAPack)?;
    read_terms(&mut Reader { rest, strings: Vec::new(), decimals: Vec::new() }).ok_or(PackError::Malformed)
}

/// A place in the body, with the two pools.
struct Reader<'a> {
    rest: &'a [u8],
    strings: Vec<&'a str>,
    decimals: Vec<Decimal>,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    fn long(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..63).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.long()?).ok()
    }

    fn short(&mut self) -> Option<u16> {
        u16::try_from(self.long()?).ok()
    }

    fn truth(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.size()?;
        // Every item takes at least a byte, so a count beyond the bytes left is nonsense and must not reserve memory.
        if count > self.rest.len() {
            return None;
        }
        let mut items = Vec::with_capacity(count);
        for _ in 0..count {
            items.push(item(self)?);
        }
        Some(items)
    }

    /// An index one too large, or zero for none.
    fn option<T>(&mut self, item: impl FnOnce(&mut Self, usize) -> Option<T>) -> Option<Option<T>> {
        match self.size()? {
            0 => Some(None),
            more => item(self, more.checked_sub(1)?).map(Some),
        }
    }

    fn string(&mut self) -> Option<String> {
        let number = self.size()?;
        self.strings.get(number).map(|text| String::from(*text))
    }

    fn optional_string(&mut self) -> Option<Option<String>> {
        self.option(|reader, number| reader.strings.get(number).map(|text| String::from(*text)))
    }

    fn decimal(&mut self) -> Option<Decimal> {
        let number = self.size()?;
        self.decimals.get(number).copied()
    }

    fn date(&mut self) -> Option<Option<Date>> {
        match u32::try_from(self.long()?).ok()? {
            0 => Some(None),
            packed => Date::from_packed(packed).map(Some),
        }
    }

    fn interval(&mut self) -> Option<Interval> {
        Some(Interval { from: self.date()?, to: self.date()? })
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        let number = self.size()?;
        all.get(number).copied()
    }
}

fn read_pack(body: &[u8]) -> Option<Pack> {
    let mut reader = Reader { rest: body, strings: Vec::new(), decimals: Vec::new() };
    reader.strings = reader.list(|reader| {
        let length = reader.size()?;
        core::str::from_utf8(reader.bytes(length)?).ok()
    })?;
    reader.decimals = reader.list(|reader| {
        let scale = u32::from(reader.byte()?);
        Decimal::try_from_i128_with_scale(i128::from(reader.long()?), scale).ok()
    })?;
    let reader = &mut reader;
    let pack = Pack {
        id: reader.string()?,
        destinations: reader.list(read_country)?,
        currency: Currency::parse(&reader.string()?)?,
        version: reader.string()?,
        exchange_rate_max_age: reader.option(|_, days| u16::try_from(days).ok())?,
        payment_lowers_value: reader.truth()?,
        discount_citations: reader.list(Reader::short)?,
        apportion_citations: reader.list(Reader::short)?,
        default_channel: reader.byte()?,
        channels: reader
            .list(|reader| Some(Channel { id: reader.string()?, code: reader.optional_string()?, regimes: reader.list(Reader::byte)? }))?,
        instruments: reader.list(read_instrument)?,
        citations: reader.list(|reader| Some(Citation { instrument: reader.short()?, place: reader.string()? }))?,
        parameters: reader.list(|reader| {
            Some(Parameter {
                id: reader.string()?,
                money: reader.truth()?,
                currency: reader.option(|reader, number| reader.strings.get(number).and_then(|code| Currency::parse(code)))?,
                values: reader.list(|reader| {
                    Some(DatedValue { interval: reader.interval()?, value: reader.decimal()?, citations: reader.list(Reader::short)? })
                })?,
            })
        })?,
        attributes: reader.list(|reader| {
            Some(AttributeKind { id: reader.string()?, kind: reader.one_of(&ValueKind::ALL)?, of_basket: reader.truth()? })
        })?,
        supplied_rates: reader.list(Reader::string)?,
        tables: reader.list(read_table)?,
        regimes: reader.list(read_regime)?,
        checks: reader.list(read_check)?,
        vague_codes: reader.list(Reader::string)?,
        terms: if reader.truth()? { Some(reader.bytes(32)?.try_into().ok()?) } else { None },
    };
    (reader.rest.is_empty() && consistent(&pack)).then_some(pack)
}

fn read_instrument(reader: &mut Reader) -> Option<Instrument> {
    Some(Instrument {
        id: reader.string()?,
        number: reader.optional_string()?,
        issuer: reader.string()?,
        date: reader.date()?,
        title: reader.optional_string()?,
        title_en: reader.string()?,
        url: reader.optional_string()?,
        grade: reader.one_of(&Grade::ALL)?,
    })
}

fn read_table(reader: &mut Reader) -> Option<Table> {
    let id = reader.string()?;
    let key = reader.one_of(&KeyKind::ALL)?;
    let columns = reader.list(|reader| Some((reader.string()?, reader.one_of(&ValueKind::ALL)?)))?;
    let rows = reader.list(|reader| {
        let interval = reader.interval()?;
        let mut cells = Vec::with_capacity(columns.len());
        for (_, kind) in &columns {
            cells.push(match kind {
                ValueKind::Number => reader.option(|reader, number| reader.decimals.get(number).map(|number| Value::Number(*number)))?,
                ValueKind::Code => reader.optional_string()?.map(Value::Code),
                ValueKind::Truth => reader.option(|_, truth| (truth < 2).then_some(Value::Truth(truth == 1)))?,
            });
        }
        Some(Row { interval, cells, citations: reader.list(Reader::short)? })
    })?;
    let headings = reader.size()?;
    let headings = reader.bytes(headings)?.to_vec();
    let entries = reader.size()?;
    let entries = reader.bytes(entries)?.to_vec();
    Table { id, key, columns, headings, entries, rows }.checked()
}

fn read_regime(reader: &mut Reader) -> Option<Regime> {
    Some(Regime {
        id: reader.string()?,
        interval: reader.interval()?,
        citations: reader.list(Reader::short)?,
        conditions: reader
            .list(|reader| Some(Condition { id: reader.string()?, formula: read_expression(reader, 0)?, notice: read_notice(reader)? }))?,
        limits: reader.list(|reader| {
            Some(LimitRule {
                id: reader.string()?,
                limit: reader.short()?,
                used: if reader.truth()? { Some(read_name(reader)?) } else { None },
                amount: read_name(reader)?,
                by_year: reader.truth()?,
            })
        })?,
        steps: reader.list(|reader| {
            Some(Step {
                id: reader.string()?,
                charge: reader.option(|_, kind| [ChargeKind::Duty, ChargeKind::Tax, ChargeKind::Fee].get(kind).copied())?,
                rate: reader.option(|_, step| u16::try_from(step).ok())?,
                supplied: reader.option(|_, rate| u8::try_from(rate).ok())?,
                per: read_per(reader)?,
                group: read_optional(reader)?,
                round: read_rounding(reader)?,
                money: reader.truth()?,
                text: reader.string()?,
                formula: read_expression(reader, 0)?,
                citations: reader.list(Reader::short)?,
            })
        })?,
        checks: reader.list(read_check)?,
    })
}

fn read_country(reader: &mut Reader) -> Option<Country> {
    Country::parse(&reader.string()?)
}

fn read_terms(reader: &mut Reader) -> Option<Terms> {
    let variants = reader.list(|reader| {
        let mut character = || char::from_u32(u32::try_from(reader.long()?).ok()?);
        Some((character()?, character()?))
    })?;
    let roles = reader.list(Reader::byte)?;
    let texts = core::str::from_utf8(reader.rest).ok()?;
    Terms::new(variants, texts.into(), roles)
}

fn read_per(reader: &mut Reader) -> Option<Per> {
    reader.one_of(&Per::ALL)
}

fn read_rounding(reader: &mut Reader) -> Option<Option<Rounding>> {
    let Some(mode) = reader.byte()?.checked_sub(1) else { return Some(None) };
    let (_, mode) = *RoundingMode::ALL.get(usize::from(mode))?;
    // Zero stands for the currency's minor unit.
    Some(Some(Rounding { mode, to: Some(reader.decimal()?).filter(|to| !to.is_zero()) }))
}

fn read_optional(reader: &mut Reader) -> Option<Option<Expression>> {
    Some(if reader.truth()? { Some(read_expression(reader, 0)?) } else { None })
}

fn read_check(reader: &mut Reader) -> Option<Check> {
    Some(Check {
        id: reader.string()?,
        per: read_per(reader)?,
        channels: reader.list(Reader::byte)?,
        terms: reader.option(|_, group| u8::try_from(group).ok())?,
        hs: reader.list(Reader::string)?,
        origins: reader.list(read_country)?,
        interval: reader.interval()?,
        when: read_optional(reader)?,
        notice: read_notice(reader)?,
    })
}

fn read_notice(reader: &mut Reader) -> Option<Notice> {
    Some(Notice {
        // By name and not by number, so that the table of codes can grow in any order.
        code: Code::parse(&reader.string()?)?,
        level: reader.one_of(&Level::ALL)?,
        target: reader.string()?,
        params: reader.list(|reader| Some((reader.string()?, read_name(reader)?)))?,
        remedies: reader.list(|reader| {
            let name = reader.string()?;
            REMEDIES.iter().copied().find(|remedy| **remedy == name)
        })?,
        citations: reader.list(Reader::short)?,
        estimated: reader.truth()?,
    })
}

fn read_name(reader: &mut Reader) -> Option<Name> {
    Some(match reader.byte()? {
        0 => Name::Fact(reader.one_of(Fact::ALL)?),
        1 => Name::Parameter(reader.short()?),
        2 => Name::Cell(reader.byte()?, reader.byte()?),
        3 => Name::Attribute(reader.byte()?),
        4 => Name::SuppliedRate(reader.byte()?),
        5 => Name::Step(reader.short()?),
        _ => return None,
    })
}

fn read_expression(reader: &mut Reader, depth: u8) -> Option<Expression> {
    let depth = depth.checked_add(1).filter(|depth| *depth <= DEEPEST)?;
    let boxed = |reader: &mut Reader| read_expression(reader, depth).map(Box::new);
    Some(match reader.byte()? {
        0 => Expression::Number(reader.decimal()?),
        1 => Expression::Code(reader.string()?),
        2 => Expression::Truth(reader.truth()?),
        3 => Expression::Name(read_name(reader)?),
        4 => Expression::Has(read_name(reader)?),
        5 => Expression::Fold(reader.one_of(&Fold::ALL)?, boxed(reader)?, reader.string()?),
        6 => Expression::Not(boxed(reader)?),
        7 => Expression::Negate(boxed(reader)?),
        8 => Expression::If(boxed(reader)?, boxed(reader)?, boxed(reader)?),
        tag => {
            let operator = *Operator::ALL.get(usize::from(tag.checked_sub(16)?))?;
            Expression::Binary(operator, boxed(reader)?, boxed(reader)?)
        }
    })
}

/// Whether every index of the pack points at something, so that no later look-up can miss.
fn consistent(pack: &Pack) -> bool {
    let cited = |list: &[u16]| list.iter().all(|citation| usize::from(*citation) < pack.citations.len());
    let channel = |number: &u8| usize::from(*number) < pack.channels.len();
    let name = |name: &Name, steps: usize| match *name {
        Name::Fact(_) => true,
        Name::Parameter(number) => usize::from(number) < pack.parameters.len(),
        Name::Cell(table, column) => pack.tables.get(usize::from(table)).is_some_and(|table| usize::from(column) < table.columns.len()),
        Name::Attribute(number) => usize::from(number) < pack.attributes.len(),
        Name::SuppliedRate(number) => usize::from(number) < pack.supplied_rates.len(),
        Name::Step(number) => usize::from(number) < steps,
    };
    let notice = |notice: &Notice, steps: usize| cited(&notice.citations) && notice.params.iter().all(|(_, used)| name(used, steps));
    let check = |check: &Check, steps: usize| {
        check.channels.iter().all(channel)
            && check.per != Per::Group
            && (check.terms.is_none() || (pack.terms.is_some() && check.per == Per::Line))
            && check.when.as_ref().is_none_or(|when| names(when).iter().all(|used| name(used, steps)))
            && notice(&check.notice, steps)
    };
    let regime = |regime: &Regime| {
        let steps = regime.steps.len();
        cited(&regime.citations)
            && regime.steps.first().is_some_and(|first| first.per == Per::Line)
            && regime
                .conditions
                .iter()
                .all(|condition| names(&condition.formula).iter().all(|used| name(used, 0)) && notice(&condition.notice, 0))
            && regime.limits.iter().all(|limit| {
                usize::from(limit.limit) < pack.parameters.len()
                    && name(&limit.amount, 0)
                    && limit.used.as_ref().is_none_or(|used| name(used, 0))
            })
            && regime.steps.iter().enumerate().all(|(number, step)| {
                cited(&step.citations)
                    && names(&step.formula).iter().all(|used| name(used, number))
                    && (step.per == Per::Group) == step.group.is_some()
                    && step.group.as_ref().is_none_or(|group| names(group).iter().all(|used| name(used, number)))
                    && step.rate.is_none_or(|rate| usize::from(rate) < number)
                    && step.supplied.is_none_or(|rate| usize::from(rate) < pack.supplied_rates.len())
            })
            && regime.checks.iter().all(|found| check(found, steps))
    };
    !pack.destinations.is_empty()
        && cited(&pack.discount_citations)
        && cited(&pack.apportion_citations)
        && channel(&pack.default_channel)
        && pack
            .channels
            .iter()
            .all(|way| !way.regimes.is_empty() && way.regimes.iter().all(|regime| usize::from(*regime) < pack.regimes.len()))
        && pack.citations.iter().all(|citation| usize::from(citation.instrument) < pack.instruments.len())
        && pack.parameters.iter().all(|parameter| parameter.values.iter().all(|value| cited(&value.citations)))
        && pack.tables.iter().all(|table| table.rows.iter().all(|row| cited(&row.citations)))
        && pack.regimes.iter().all(regime)
        && pack.checks.iter().all(|found| check(found, 0))
}

/// Every name in an expression.
fn names(expression: &Expression) -> Vec<Name> {
    let mut found = Vec::new();
    let mut open = alloc::vec![expression];
    while let Some(expression) = open.pop() {
        match expression {
            Expression::Number(_) | Expression::Code(_) | Expression::Truth(_) => {}
            Expression::Name(name) | Expression::Has(name) => found.push(*name),
            Expression::Not(inner) | Expression::Negate(inner) | Expression::Fold(_, inner, _) => open.push(inner),
            Expression::Binary(_, left, right) => open.extend([&**left, &**right]),
            Expression::If(condition, then, otherwise) => open.extend([&**condition, &**then, &**otherwise]),
        }
    }
    found
}
