//! Instruments, citations and parameters.

use super::{Builder, interval};
use crate::author::fault::nearest;
use crate::author::formula::{Kind, Level, Units};
use crate::author::section::{Placed, Section};
use crate::formula::Name;
use crate::money::{Currency, parse_decimal};
use crate::pack::{Citation, DatedValue, Grade, Instrument, Parameter};
use std::string::{String, ToString};
use std::vec::Vec;

impl Builder<'_> {
    pub(super) fn laws(&mut self) {
        let Some(file) = self.file("instruments.toml") else { return };
        let root = file.section(self.faults);
        for section in root.sections("instrument") {
            let id = section.id("id");
            let grade = section.one_of("grade", &Grade::ALL.map(|grade| (grade.name(), grade)));
            let (issuer, title_en, read) = (section.required("issuer"), section.required("title-en"), section.required("read"));
            let text = |key| section.text(key).map(|text| text.text);
            let (number, title, url, date) = (text("number"), text("title"), text("url"), section.date("date"));
            section.finish();
            drop(read);
            let Some(id) = id else { continue };
            if self.pack.instruments.iter().any(|other| other.id == id.text) {
                section.fault(id.offset, std::format!("there is an instrument `{}` already", id.text));
                continue;
            }
            let written = |text: Option<Placed>| text.map(|text| text.text).unwrap_or_default();
            let (issuer, title_en, grade) = (written(issuer), written(title_en), grade.unwrap_or(Grade::C));
            self.pack.instruments.push(Instrument { id: id.text.clone(), number, issuer, date, title, title_en, url, grade });
            self.instrument_places.push(id);
        }
        root.finish();
    }

    /// What a section cites; nothing is a fault where something is required.
    pub(super) fn citations(&mut self, section: &Section<'_>, required: bool) -> Vec<u16> {
        let texts = section.texts("cite");
        if required && texts.is_empty() {
            section.fault(section.place("cite"), "`cite` is missing: say which law this rests on");
        }
        let mut citations = Vec::new();
        for text in texts {
            match self.citation(&text.text) {
                Some(citation) => citations.push(citation),
                None => section.fault(text.offset, self.uncitable(&text.text)),
            }
        }
        citations
    }

    /// Why a citation has no number.
    pub(super) fn uncitable(&self, text: &str) -> String {
        // The beginning of the citation that is as long as the instrument's id is what may be misspelt.
        let meant = self.pack.instruments.iter().find(|instrument| {
            let parts = instrument.id.split('.').count();
            let beginning = text.split('.').take(parts).collect::<Vec<_>>().join(".");
            nearest(&beginning, [instrument.id.as_str()]).is_some()
        });
        let near = meant.map(|instrument| std::format!(", did you mean `{}`?", instrument.id)).unwrap_or_default();
        std::format!("no instrument for the citation `{text}`{near}")
    }

    /// The number of a citation: an instrument's id, and perhaps a dot and a place.
    pub(super) fn citation(&mut self, text: &str) -> Option<u16> {
        let fits = |id: &str| text.strip_prefix(id).filter(|rest| rest.is_empty() || rest.starts_with('.'));
        let (number, instrument) = self
            .pack
            .instruments
            .iter()
            .enumerate()
            .filter(|(_, other)| fits(&other.id).is_some())
            .max_by_key(|(_, other)| other.id.len())?;
        let place = fits(&instrument.id).unwrap_or_default().trim_start_matches('.').to_string();
        let citation = Citation { instrument: u16::try_from(number).ok()?, place };
        let known = self.pack.citations.iter().position(|other| *other == citation);
        let number = known.unwrap_or_else(|| {
            self.pack.citations.push(citation);
            self.pack.citations.len().saturating_sub(1)
        });
        u16::try_from(number).ok()
    }

    /// An instrument that nothing rests on is left over from something, or was meant to be cited.
    pub(super) fn uncited(&mut self) {
        let path = std::format!("{}instruments.toml", self.folder);
        for (number, place) in self.instrument_places.iter().enumerate() {
            if !self.pack.citations.iter().any(|citation| usize::from(citation.instrument) == number) {
                self.faults.at(&path, place.offset, std::format!("nothing cites `{}`", place.text));
            }
        }
    }

    pub(super) fn parameters(&mut self) {
        let Some(file) = self.file("parameters.toml") else { return };
        let root = file.section(self.faults);
        for section in root.sections("parameter") {
            let (id, unit) = (section.id("id"), section.required("unit"));
            let gap = section.truth("gap").unwrap_or(false);
            let mut values: Vec<DatedValue> = Vec::new();
            for dated in section.sections("values") {
                let interval = interval(&dated);
                let citations = self.citations(&dated, true);
                let value = dated.required("value").and_then(|text| {
                    let value = parse_decimal(&text.text);
                    if value.is_none() {
                        dated.fault(text.offset, "not a plain decimal number");
                    }
                    value
                });
                dated.finish();
                if let Some(last) = values.last() {
                    if last.interval.overlaps(&interval) {
                        dated.fault(dated.offset, "overlaps the value before it");
                    } else if last.interval.from >= interval.from {
                        dated.fault(dated.offset, "values are not in the order of their dates");
                    } else if last.interval.to != interval.from && !gap {
                        dated.fault(dated.offset, "leaves a gap after the value before it; say `gap = true` if the law does");
                    }
                }
                // A faulty value still has its dates, which the next is held against.
                values.push(DatedValue { interval, value: value.unwrap_or_default(), citations });
            }
            if values.is_empty() {
                section.missing("values");
            }
            section.finish();
            let (Some(id), Some(unit)) = (id, unit) else { continue };
            let foreign = unit.text.split('/').next().and_then(Currency::parse).filter(|currency| *currency != self.pack.currency);
            let units = Units::parse(&unit.text, foreign.as_ref().map_or(self.currency.as_str(), Currency::code));
            if units.is_none() {
                section.fault(unit.offset, std::format!("unknown unit `{}`", unit.text));
            }
            let Ok(number) = u16::try_from(self.pack.parameters.len()) else { continue };
            self.label("parameter", &id.text);
            self.name(&section, &id, &id.text, Name::Parameter(number), units.map_or(Kind::Unknown, Kind::Number), Level::Basket);
            self.pack.parameters.push(Parameter { id: id.text, money: units == Some(Units::MONEY), currency: foreign, values });
        }
        root.finish();
    }
}
