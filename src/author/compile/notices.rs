//! Formulas where they stand in a file, what conditions and checks tell, and the checks themselves.

use super::regimes::{PER, level};
use super::{Builder, OF_REGIMES, interval};
use crate::author::fault::hint;
use crate::author::formula::{self, Kind, Known, Level, Names, Units};
use crate::author::section::{Placed, Section};
use crate::codes::{Country, DigitCode};
use crate::finding::{Code, Level as FindingLevel, REMEDIES};
use crate::formula::{Expression, Name};
use crate::pack::{Check, Notice, Per};
use std::string::String;
use std::vec::Vec;

/// A formula that was parsed and checked.
pub(super) struct Checked {
    pub expression: Expression,
    pub kind: Kind,
    /// Whether a number is written in it, other than 0 and 1.
    pub holds_number: bool,
}

/// Parses and checks a formula; what is wrong in it is told at its place in the file.
pub(super) fn formula(section: &Section<'_>, text: &Placed, names: &Names, level: Level, expected: Option<&Kind>) -> Option<Checked> {
    let told = |problem: formula::Problem| section.fault(section.within(text, problem.offset), problem.message);
    let syntax = formula::parse(&text.text).map_err(told).ok()?;
    let (expression, kind) = match formula::check(&syntax, names, level) {
        Ok(checked) => checked,
        Err(problems) => {
            problems.into_iter().for_each(told);
            return None;
        }
    };
    if let Some(expected) = expected.filter(|expected| formula::same(expected, &kind).is_none()) {
        section.fault(text.offset, std::format!("expected {}, found {}", expected.describe(), kind.describe()));
        return None;
    }
    Some(Checked { expression, kind, holds_number: syntax.holds_number() })
}

/// A name of the basket, or of a line where there is one; the reason when it cannot be used here.
fn usable<'n>(section: &Section<'_>, text: &Placed, names: &'n Names, here: Level) -> Option<&'n Known> {
    let known = names.find(0, &text.text).map_err(|problem| section.fault(text.offset, problem.message)).ok()?;
    if known.only_has || (known.level == Level::Line && here == Level::Basket) {
        let message = if known.only_has { "can only be asked for with `has` in a formula" } else { "belongs to a line" };
        section.fault(text.offset, std::format!("`{}` {message}", text.text));
        return None;
    }
    Some(known)
}

impl Builder<'_> {
    /// A name of money over the basket.
    pub(super) fn money_name(&self, section: &Section<'_>, text: &Placed) -> Option<Name> {
        let known = usable(section, text, &self.names, Level::Basket)?;
        if !matches!(known.kind, Kind::Number(Units::MONEY) | Kind::Unknown) {
            section.fault(text.offset, std::format!("expected money, found {}", known.kind.describe()));
        }
        Some(known.name)
    }

    /// What a condition or a check tells.
    pub(super) fn notice(&mut self, section: &Section<'_>, names: &Names, here: Level) -> Option<Notice> {
        let code = section.required("code").and_then(|text| {
            let code = Code::parse(&text.text);
            if code.is_none() {
                let near = hint(&text.text, Code::ALL.iter().map(|code| code.name()));
                section.fault(text.offset, std::format!("unknown finding code `{}`{near}", text.text));
            }
            code
        });
        let level = section.one_of("level", &FindingLevel::ALL.map(|level| (level.name(), level)));
        let target = section.text("target");
        if let Some(target) = target.as_ref().filter(|target| !target.text.starts_with('/')) {
            section.fault(target.offset, "`target` is a JSON pointer, as `/buyer/identity`");
        }
        let mut params = Vec::new();
        for text in section.texts("params") {
            params.extend(usable(section, &text, names, here).map(|known| (text.text.clone(), known.name)));
        }
        let remedies: Vec<_> = REMEDIES.iter().map(|remedy| (*remedy, *remedy)).collect();
        let remedies = section.each_of("remedies", "remedy", &remedies);
        let citations = self.citations(section, true);
        let estimated = section.truth("estimated").unwrap_or(false);
        let target = target.map(|target| target.text).unwrap_or_default();
        Some(Notice { code: code?, level: level?, target, params, remedies, citations, estimated })
    }

    /// The checks that run whatever the regime.
    pub(super) fn checks(&mut self) {
        let names = self.names.without(&OF_REGIMES);
        let mut all: Vec<Check> = Vec::new();
        for (name, per) in [("restrictions.toml", Some(Per::Line)), ("identity.toml", None)] {
            if let Some(file) = self.file_if_any(name) {
                let root = file.section(self.faults);
                let found = self.checks_of(&root, per, &names, &all);
                all.extend(found);
                root.finish();
            }
        }
        let by_name = self.checks_by_name(&names, &all);
        all.extend(by_name);
        self.pack.checks = all;
    }

    /// The checks of a file, after `earlier` ones. Where `otherwise` is none, each says whether it is per line or per basket.
    pub(super) fn checks_of(&mut self, root: &Section<'_>, otherwise: Option<Per>, names: &Names, earlier: &[Check]) -> Vec<Check> {
        let mut checks: Vec<Check> = Vec::new();
        for section in root.sections("check") {
            let per = match otherwise {
                Some(otherwise) => Some(section.one_of_if_any("per", &PER).unwrap_or(otherwise)),
                None => section.one_of("per", &PER),
            };
            let known: Vec<&Check> = checks.iter().chain(earlier).collect();
            let check = self.check(&section, per.unwrap_or(Per::Line), names, &known);
            section.finish();
            checks.extend(check);
        }
        checks
    }

    /// A check, apart from what says how often it is asked. Nothing when a fault leaves nothing to go on with.
    pub(super) fn check(&mut self, section: &Section<'_>, per: Per, names: &Names, known: &[&Check]) -> Option<Check> {
        let id = section.id("id");
        let channels = self.channel_words();
        let channels: Vec<_> = channels.iter().map(|(id, number)| (id.as_str(), *number)).collect();
        let channels = section.each_of("channels", "channel", &channels);
        let (hs, origins) = (prefixes(section, "hs"), origins(section));
        let interval = interval(section);
        let when = section.text("when");
        let notice = self.notice(section, names, level(per));
        let given = when.is_some();
        let when = when.and_then(|when| formula(section, &when, names, level(per), Some(&Kind::Truth)));
        let id = id?;
        self.label("check", &id.text);
        if known.iter().any(|other| other.id == id.text) {
            section.fault(id.offset, std::format!("there is a check `{}` already", id.text));
        }
        let notice = notice.filter(|_| when.is_some() || !given)?;
        let when = when.map(|when| when.expression);
        Some(Check { id: id.text, per, channels, terms: None, hs, origins, interval, when, notice })
    }
}

/// Prefixes of HS codes, none of which begins with another.
pub(super) fn prefixes(section: &Section<'_>, key: &'static str) -> Vec<String> {
    let mut prefixes: Vec<String> = Vec::new();
    for text in section.texts(key) {
        let whole = DigitCode::parse(&text.text, 2, 10).is_some_and(|code| code.as_str() == text.text);
        if !whole {
            section.fault(text.offset, std::format!("`{}` is not 2 to 10 digits of an HS code", text.text));
        } else if let Some(other) = prefixes.iter().find(|other| text.text.starts_with(other.as_str()) || other.starts_with(&text.text)) {
            section.fault(text.offset, std::format!("`{}` and `{other}` are about the same goods", text.text));
        }
        prefixes.push(text.text);
    }
    prefixes
}

/// The countries of origin that a check is for.
fn origins(section: &Section<'_>) -> Vec<Country> {
    let mut origins = Vec::new();
    for text in section.texts("origins") {
        match Country::parse(&text.text) {
            Some(country) if origins.contains(&country) => section.fault(text.offset, std::format!("`{}` is there twice", text.text)),
            Some(country) => origins.push(country),
            None => section.fault(text.offset, std::format!("`{}` is not a country of ISO 3166", text.text)),
        }
    }
    origins
}
