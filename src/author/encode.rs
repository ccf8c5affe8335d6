//! Writing a pack's bytes: the counterpart of [`crate::pack::decode`], part for part. The same pack gives the same bytes.

use crate::date::{Date, Interval};
use crate::finding::Level;
use crate::formula::{Expression, Fact, Fold, Name, Operator, Value};
use crate::money::RoundingMode;
use crate::names::{Role, Terms};
use crate::pack::{Check, FORMAT_VERSION, Grade, KeyKind, MAGIC, Notice, Pack, Per, Regime, TERMS_MAGIC, Table, ValueKind};
use crate::quote::ChargeKind;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::string::{String, ToString};
use std::vec::Vec;

/// The bytes of a pack.
#[must_use]
pub fn encode(pack: &Pack) -> Vec<u8> {
    let mut writer = Writer::default();
    write_pack(&mut writer, pack);
    let mut pools = Writer::default();
    pools.list(&writer.strings, |pools, text| {
        pools.size(text.len());
        pools.bytes.extend_from_slice(text.as_bytes());
    });
    pools.list(&writer.decimals, |pools, number| {
        pools.bytes.push(u8::try_from(number.scale()).unwrap_or(u8::MAX));
        pools.long(u64::try_from(number.mantissa()).unwrap_or(u64::MAX));
    });
    let mut body = pools.bytes;
    body.append(&mut writer.bytes);
    let mut bytes = Vec::from(MAGIC);
    bytes.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(Sha256::digest(&body).as_slice());
    bytes.append(&mut body);
    bytes
}

/// The bytes of a list of terms.
#[must_use]
pub fn encode_terms(terms: &Terms) -> Vec<u8> {
    let mut writer = Writer { bytes: TERMS_MAGIC.to_vec(), ..Writer::default() };
    let variants: Vec<(char, char)> = terms.variants().collect();
    let (texts, roles): (Vec<&str>, Vec<Role>) = terms.entries().unzip();
    writer.list(&variants, |writer, (from, to)| {
        writer.long(u64::from(u32::from(*from)));
        writer.long(u64::from(u32::from(*to)));
    });
    writer.list(&roles, |writer, role| writer.bytes.push(role.number()));
    for text in texts {
        writer.bytes.extend_from_slice(text.as_bytes());
        writer.bytes.push(b'\n');
    }
    writer.bytes
}

/// The bytes so far, with the two pools in order of first use.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    strings: Vec<String>,
    decimals: Vec<Decimal>,
}

fn position<T: PartialEq>(pool: &mut Vec<T>, same: impl Fn(&T) -> bool, item: impl FnOnce() -> T) -> usize {
    pool.iter().position(same).unwrap_or_else(|| {
        pool.push(item());
        pool.len().saturating_sub(1)
    })
}

impl Writer {
    fn long(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    fn size(&mut self, value: usize) {
        self.long(value as u64);
    }

    fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.size(items.len());
        for one in items {
            item(self, one);
        }
    }

    fn option(&mut self, number: Option<usize>) {
        self.size(number.map_or(0, |number| number.saturating_add(1)));
    }

    fn intern(&mut self, text: &str) -> usize {
        position(&mut self.strings, |other| other == text, || text.to_string())
    }

    fn string(&mut self, text: &str) {
        let number = self.intern(text);
        self.size(number);
    }

    fn optional_string(&mut self, text: Option<&str>) {
        let number = text.map(|text| self.intern(text));
        self.option(number);
    }

    fn intern_decimal(&mut self, number: Decimal) -> usize {
        // `0.70` and `0.7` are equal and not the same: a trace shows the digits that the law is written with.
        position(&mut self.decimals, |other| *other == number && other.scale() == number.scale(), || number)
    }

    fn decimal(&mut self, number: Decimal) {
        let number = self.intern_decimal(number);
        self.size(number);
    }

    fn truth(&mut self, truth: bool) {
        self.bytes.push(u8::from(truth));
    }

    fn date(&mut self, date: Option<Date>) {
        self.long(u64::from(date.map_or(0, Date::packed)));
    }

    fn interval(&mut self, interval: Interval) {
        self.date(interval.from);
        self.date(interval.to);
    }

    fn citations(&mut self, citations: &[u16]) {
        self.list(citations, |writer, citation| writer.size(usize::from(*citation)));
    }

    fn one_of<T: PartialEq>(&mut self, all: &[T], one: &T) {
        self.size(all.iter().position(|other| other == one).unwrap_or(all.len()));
    }
}

fn write_pack(writer: &mut Writer, pack: &Pack) {
    writer.string(&pack.id);
    writer.list(&pack.destinations, |writer, country| writer.string(country.code()));
    writer.string(pack.currency.code());
    writer.string(&pack.version);
    writer.option(pack.exchange_rate_max_age.map(usize::from));
    writer.size(usize::from(pack.payment_discount));
    writer.citations(&pack.apportion_citations);
    writer.bytes.push(pack.default_channel);
    writer.list(&pack.channels, |writer, channel| {
        writer.string(&channel.id);
        writer.optional_string(channel.code.as_deref());
        writer.list(&channel.regimes, |writer, regime| writer.bytes.push(*regime));
    });
    writer.list(&pack.instruments, |writer, instrument| {
        writer.string(&instrument.id);
        writer.optional_string(instrument.number.as_deref());
        writer.string(&instrument.issuer);
        writer.date(instrument.date);
        writer.optional_string(instrument.title.as_deref());
        writer.string(&instrument.title_en);
        writer.optional_string(instrument.url.as_deref());
        writer.one_of(&Grade::ALL, &instrument.grade);
    });
    writer.list(&pack.citations, |writer, citation| {
        writer.size(usize::from(citation.instrument));
        writer.string(&citation.place);
    });
    writer.list(&pack.parameters, |writer, parameter| {
        writer.string(&parameter.id);
        writer.truth(parameter.money);
        writer.optional_string(parameter.currency.as_ref().map(crate::money::Currency::code));
        writer.list(&parameter.values, |writer, value| {
            writer.interval(value.interval);
            writer.decimal(value.value);
            writer.citations(&value.citations);
        });
    });
    writer.list(&pack.attributes, |writer, attribute| {
        writer.string(&attribute.id);
        writer.one_of(&ValueKind::ALL, &attribute.kind);
        writer.truth(attribute.of_basket);
    });
    writer.list(&pack.supplied_rates, |writer, rate| writer.string(rate));
    writer.list(&pack.tables, write_table);
    writer.list(&pack.regimes, write_regime);
    writer.list(&pack.checks, write_check);
    writer.list(&pack.vague_codes, |writer, code| writer.string(code));
    writer.truth(pack.terms.is_some());
    writer.bytes.extend(pack.terms.iter().flatten());
}

fn write_table(writer: &mut Writer, table: &Table) {
    writer.string(&table.id);
    writer.one_of(&KeyKind::ALL, &table.key);
    writer.list(&table.columns, |writer, (id, kind)| {
        writer.string(id);
        writer.one_of(&ValueKind::ALL, kind);
    });
    writer.list(&table.rows, |writer, row| {
        writer.interval(row.interval);
        for cell in &row.cells {
            let number = match cell {
                None => None,
                Some(Value::Number(number) | Value::Money(number, _)) => Some(writer.intern_decimal(*number)),
                Some(Value::Code(code)) => Some(writer.intern(code)),
                Some(Value::Truth(truth)) => Some(usize::from(*truth)),
            };
            writer.option(number);
        }
        writer.citations(&row.citations);
    });
    for column in [&table.headings, &table.entries] {
        writer.size(column.len());
        writer.bytes.extend_from_slice(column);
    }
}

fn write_regime(writer: &mut Writer, regime: &Regime) {
    writer.string(&regime.id);
    writer.interval(regime.interval);
    writer.citations(&regime.citations);
    writer.list(&regime.conditions, |writer, condition| {
        writer.string(&condition.id);
        write_expression(writer, &condition.formula);
        write_notice(writer, &condition.notice);
    });
    writer.list(&regime.limits, |writer, limit| {
        writer.string(&limit.id);
        writer.size(usize::from(limit.limit));
        writer.truth(limit.used.is_some());
        if let Some(used) = &limit.used {
            write_name(writer, used);
        }
        write_name(writer, &limit.amount);
        writer.truth(limit.by_year);
    });
    writer.list(&regime.steps, |writer, step| {
        writer.string(&step.id);
        writer.option(step.charge.map(|kind| match kind {
            ChargeKind::Duty => 0,
            ChargeKind::Tax => 1,
            ChargeKind::Fee => 2,
        }));
        writer.option(step.rate.map(usize::from));
        writer.option(step.supplied.map(usize::from));
        write_per(writer, step.per);
        write_optional(writer, step.group.as_ref());
        let mode = step.round.and_then(|round| RoundingMode::ALL.iter().position(|(_, mode)| *mode == round.mode));
        writer.option(mode);
        if let Some(round) = step.round {
            writer.decimal(round.to.unwrap_or_default());
        }
        writer.truth(step.money);
        writer.string(&step.text);
        write_expression(writer, &step.formula);
        writer.citations(&step.citations);
    });
    writer.list(&regime.checks, write_check);
}

fn write_per(writer: &mut Writer, per: Per) {
    writer.one_of(&Per::ALL, &per);
}

fn write_optional(writer: &mut Writer, expression: Option<&Expression>) {
    writer.truth(expression.is_some());
    if let Some(expression) = expression {
        write_expression(writer, expression);
    }
}

fn write_check(writer: &mut Writer, check: &Check) {
    writer.string(&check.id);
    write_per(writer, check.per);
    writer.list(&check.channels, |writer, channel| writer.bytes.push(*channel));
    writer.option(check.terms.map(usize::from));
    writer.list(&check.hs, |writer, prefix| writer.string(prefix));
    writer.list(&check.origins, |writer, origin| writer.string(origin.code()));
    writer.interval(check.interval);
    write_optional(writer, check.when.as_ref());
    write_notice(writer, &check.notice);
}

fn write_notice(writer: &mut Writer, notice: &Notice) {
    writer.string(notice.code.name());
    writer.one_of(&Level::ALL, &notice.level);
    writer.string(&notice.target);
    writer.list(&notice.params, |writer, (label, name)| {
        writer.string(label);
        write_name(writer, name);
    });
    writer.list(&notice.remedies, |writer, remedy| writer.string(remedy));
    writer.citations(&notice.citations);
    writer.truth(notice.estimated);
}

fn write_name(writer: &mut Writer, name: &Name) {
    let (tag, number) = match *name {
        Name::Fact(fact) => (0, Fact::ALL.iter().position(|other| *other == fact).unwrap_or(usize::MAX)),
        Name::Parameter(number) => (1, usize::from(number)),
        Name::Cell(table, _) => (2, usize::from(table)),
        Name::Attribute(number) => (3, usize::from(number)),
        Name::SuppliedRate(number) => (4, usize::from(number)),
        Name::Step(number) => (5, usize::from(number)),
    };
    writer.bytes.push(tag);
    writer.size(number);
    if let Name::Cell(_, column) = *name {
        writer.bytes.push(column);
    }
}

fn write_expression(writer: &mut Writer, expression: &Expression) {
    match expression {
        Expression::Number(number) => {
            writer.bytes.push(0);
            writer.decimal(*number);
        }
        Expression::Code(code) => {
            writer.bytes.push(1);
            writer.string(code);
        }
        Expression::Truth(truth) => writer.bytes.extend([2, u8::from(*truth)]),
        Expression::Name(name) => {
            writer.bytes.push(3);
            write_name(writer, name);
        }
        Expression::Has(name) => {
            writer.bytes.push(4);
            write_name(writer, name);
        }
        Expression::Fold(fold, inner, text) => {
            writer.bytes.push(5);
            writer.one_of(&Fold::ALL, fold);
            write_expression(writer, inner);
            writer.string(text);
        }
        Expression::Not(inner) => {
            writer.bytes.push(6);
            write_expression(writer, inner);
        }
        Expression::Negate(inner) => {
            writer.bytes.push(7);
            write_expression(writer, inner);
        }
        Expression::If(condition, then, otherwise) => {
            writer.bytes.push(8);
            for part in [condition, then, otherwise] {
                write_expression(writer, part);
            }
        }
        Expression::Binary(operator, left, right) => {
            let number = Operator::ALL.iter().position(|other| other == operator).unwrap_or(Operator::ALL.len());
            writer.bytes.push(u8::try_from(number).unwrap_or(u8::MAX).saturating_add(16));
            write_expression(writer, left);
            write_expression(writer, right);
        }
    }
}
