//! Forms to bytes: the other side of [`Forms::decode`].

use crate::date::Date;
use crate::finding::Level;
use crate::forms::table::{Element, Form, Forms, Kind, MAGIC, Preset, Role, VERSION};
use crate::money;
use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::vec::Vec;

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    pool: Vec<String>,
    places: BTreeMap<String, u32>,
}

/// The bytes of some forms. The same forms give the same bytes.
#[must_use]
pub fn encode(forms: &Forms) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.text(&forms.namespace);
    writer.list(&forms.entities, |writer, entity| {
        writer.text(&entity.name);
        writer.list(&entity.elements, Writer::element);
    });
    writer.list(&forms.messages, |writer, message| {
        writer.text(&message.name);
        writer.size(message.entity);
        writer.size(place(Role::ALL.iter().map(|(role, _)| *role), message.role));
        writer.text(&message.title);
        writer.text(&message.title_en);
    });
    writer.list(&forms.rules, |writer, rule| {
        writer.text(&rule.id);
        writer.size(place(Level::ALL.into_iter(), rule.level));
        writer.text(&rule.grade);
        writer.text(&rule.prevents);
    });
    writer.list(&forms.reasons, |writer, reason| {
        writer.number(u32::from(reason.state));
        for text in [&reason.code, &reason.outcome, &reason.who, &reason.rule, &reason.grade] {
            writer.text(text);
        }
        for (says, mend) in &reason.texts {
            writer.text(says);
            writer.text(mend);
        }
    });
    writer.list(&forms.codes, |writer, table| {
        writer.text(&table.name);
        writer.list(&table.rows, |writer, row| {
            writer.text(&row.code);
            writer.text(&row.standard);
        });
    });
    writer.list(&forms.limits, |writer, limit| {
        writer.text(&limit.name);
        writer.bound(limit.interval.from.map(Date::packed));
        writer.bound(limit.interval.to.map(Date::packed));
        writer.text(&money::text(limit.amount, 0));
    });
    let mut all = Writer { bytes: MAGIC.to_vec(), ..Writer::default() };
    all.bytes.push(VERSION);
    all.list(&writer.pool, |all, text| {
        all.size(text.len());
        all.bytes.extend(text.as_bytes());
    });
    all.bytes.extend(writer.bytes);
    all.bytes
}

fn place<T: PartialEq>(mut all: impl Iterator<Item = T>, one: T) -> usize {
    all.position(|other| other == one).unwrap_or(usize::MAX)
}

impl Writer {
    fn number(&mut self, mut number: u32) {
        while number > 127 {
            self.bytes.push(u8::try_from(number & 127).unwrap_or_default() | 128);
            number >>= 7;
        }
        self.bytes.push(u8::try_from(number).unwrap_or_default());
    }

    fn size(&mut self, size: usize) {
        self.number(u32::try_from(size).unwrap_or(u32::MAX));
    }

    fn bound(&mut self, bound: Option<u32>) {
        self.number(bound.map_or(0, |bound| bound.saturating_add(1)));
    }

    fn list<T>(&mut self, list: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.size(list.len());
        for entry in list {
            write(self, entry);
        }
    }

    fn text(&mut self, text: &str) {
        let next = u32::try_from(self.pool.len()).unwrap_or(u32::MAX);
        let place = *self.places.entry(text.to_string()).or_insert(next);
        if place == next {
            self.pool.push(text.to_string());
        }
        self.number(place);
    }

    fn element(&mut self, element: &Element) {
        self.text(&element.name);
        match element.kind {
            Kind::Group(entity) => {
                self.number(Kind::GROUP);
                self.size(entity);
            }
            kind => self.size(place(Kind::PLAIN.iter().map(|(kind, _)| *kind), kind)),
        }
        self.number(element.least);
        self.bound(element.most);
        self.number(element.shortest);
        for bound in [element.longest, element.digits, element.fraction] {
            self.bound(bound);
        }
        match &element.preset {
            Preset::None => self.number(0),
            Preset::Fixed(text) => {
                self.number(1);
                self.text(text);
            }
            Preset::Default(text) => {
                self.number(2);
                self.text(text);
            }
        }
        self.size(place(Form::ALL.iter().map(|(form, _)| *form), element.form));
        self.list(&element.values, |writer, value| writer.text(value));
        for text in [&element.rule, &element.prevents, &element.label] {
            self.text(text);
        }
    }
}
