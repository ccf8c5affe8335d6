//! Instruments, channels, dated values and regimes.

use super::markdown::code;
use super::{Page, Table, days};
use crate::author::section::{Section, TomlFile};
use crate::money::RoundingMode;
use crate::pack::{Per, Regime, Rounding, Step};
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// A text of a section, or nothing.
pub fn text(section: &Section<'_>, key: &'static str) -> String {
    section.text(key).map(|text| text.text).unwrap_or_default()
}

impl Page<'_> {
    pub(super) fn instruments(&self) -> String {
        let mut table = Table::new(&["cited as", "grade", "instrument", "issuer", "date", "what was read"]);
        if let Some(file) = self.file("instruments.toml") {
            for section in file.section(&self.faults).sections("instrument") {
                let text = |key| text(&section, key);
                let address = text("url");
                let title = [text("number"), text("title"), text("title-en")];
                let title = title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
                let title = if address.is_empty() { title } else { format!("[{title}]({address})") };
                let date = section.date("date").map(crate::date::Date::text).unwrap_or_default();
                table.row(std::vec![code(&text("id")), text("grade"), title, text("issuer"), date, text("read")]);
            }
        }
        format!("## Instruments\n\n{}", table.text())
    }

    pub(super) fn channels(&self) -> String {
        let pack = &self.compiled.pack;
        let mut table = Table::new(&["channel", "", "customs code", "regimes, in the order they are tried"]);
        for channel in &pack.channels {
            let regimes = channel.regimes.iter().filter_map(|number| pack.regimes.get(usize::from(*number)));
            let regimes = regimes.map(|regime| code(&regime.id)).collect::<Vec<_>>().join(", ");
            table.row(std::vec![code(&channel.id), self.label("channel", &channel.id), channel.code.clone().unwrap_or_default(), regimes]);
        }
        let rule = self.file("pack.toml").map(|file| text(&file.section(&self.faults), "exchange-rate-rule")).unwrap_or_default();
        let rule = if rule.is_empty() { rule } else { format!("\nThe exchange rate that the law asks for: {rule}\n") };
        let part = pack.parameters.get(usize::from(pack.payment_discount)).map_or("", |parameter| parameter.id.as_str());
        format!(
            "## Channels\n\n{}\nFreight, insurance and reductions of the whole basket are shared among its lines by price ({}). \
             What part of a voucher used to pay lowers the dutiable value is the parameter {}.\n{rule}",
            table.text(),
            self.citations(&pack.apportion_citations),
            code(part)
        )
    }

    pub(super) fn parameters(&self) -> String {
        let mut table = Table::new(&["parameter", "", "from", "to", "value", "unit", "law"]);
        if let Some(file) = self.file("parameters.toml") {
            let root = file.section(&self.faults);
            let units = root.sections("parameter");
            for (parameter, section) in self.compiled.pack.parameters.iter().zip(&units) {
                for value in &parameter.values {
                    let [from, to] = days(value.interval);
                    let law = self.citations(&value.citations);
                    let label = self.label("parameter", &parameter.id);
                    table.row(std::vec![code(&parameter.id), label, from, to, value.value.to_string(), text(section, "unit"), law]);
                }
            }
        }
        format!("## Dated values\n\n{}", table.text())
    }

    pub(super) fn regimes(&self) -> String {
        let parts = self.compiled.pack.regimes.iter().map(|regime| self.regime(regime));
        format!("## Regimes\n\nA regime applies when all its conditions hold.\n{}", parts.collect::<String>())
    }

    fn regime(&self, regime: &Regime) -> String {
        let [from, to] = days(regime.interval);
        let force = match (from.as_str(), to.as_str()) {
            ("", "") => "In force throughout".to_string(),
            (from, "") => format!("In force from {from}"),
            ("", to) => format!("In force until {to}"),
            (from, to) => format!("In force from {from} until {to}"),
        };
        let law = self.citations(&regime.citations);
        let mut text = format!("\n### {}\n\n`{}`. {force}. Law: {law}.\n", self.label("regime", &regime.id), regime.id);
        let folder = format!("{}/regimes/", self.compiled.pack.id);
        let files: Vec<_> = self.sources.below(&folder).filter_map(|(path, _)| self.file(path.split_once('/')?.1)).collect();
        let is_this = |file: &&TomlFile| file.section(&self.faults).text("id").is_some_and(|id| id.text == regime.id);
        let Some(file) = files.iter().find(is_this) else { return text };
        let root = file.section(&self.faults);
        let conditions = root.sections("condition");
        if !conditions.is_empty() {
            let mut table = Table::new(&["condition", "formula", "finding when it fails", "law"]);
            for (condition, section) in regime.conditions.iter().zip(&conditions) {
                table.row(std::vec![
                    self.label("condition", &condition.id),
                    code(&self::text(section, "formula")),
                    code(condition.notice.code.name()),
                    self.citations(&condition.notice.citations),
                ]);
            }
            text.push_str(&format!("\n{}", table.text()));
        }
        text.push_str("\nSteps, in the order they are computed:\n");
        regime.steps.iter().for_each(|step| text.push_str(&self.step(step, file)));
        let limits: Vec<String> = root
            .sections("limit")
            .iter()
            .map(|limit| {
                let text = |key| self::text(limit, key);
                let used = text("used");
                let used = if used.is_empty() { used } else { format!("{used} + ") };
                let counted = code(&format!("{used}{}", text("amount")));
                format!("- {}: {counted} against {}, by {}\n", self.label("limit", &text("id")), code(&text("limit")), text("period"))
            })
            .collect();
        if !limits.is_empty() {
            text.push_str(&format!("\nLimits shown with the quote:\n\n{}", limits.concat()));
        }
        let checks = self.notices(&regime.checks, &root.sections("check"));
        if !checks.is_empty() {
            text.push_str(&format!("\nFindings:\n\n{checks}"));
        }
        text
    }

    /// A step with its formula as it is written.
    fn step(&self, step: &Step, regime: &TomlFile) -> String {
        let charge = step.charge.map(|kind| format!(", a {} to pay", kind.name())).unwrap_or_default();
        let rounded = match step.round {
            None => String::new(),
            Some(Rounding { to: None, mode: RoundingMode::HalfUp }) => ", rounded".to_string(),
            Some(rounding) => format!(", rounded {}", crate::author::listing::rounding(rounding)),
        };
        let per = match step.per {
            Per::Line => "line".to_string(),
            Per::Basket => "basket".to_string(),
            Per::Group => format!("group of lines by {}", code(&self.written(step, regime, "group"))),
        };
        let law = self.citations(&step.citations);
        let law = if law.is_empty() { law } else { format!(". Law: {law}") };
        let label = self.label("step", &step.id);
        format!("\n{label} (`{}`), per {per}{charge}{rounded}{law}.\n\n```text\n{}\n```\n", step.id, self.formula(step, regime))
    }

    /// A step's formula with its line breaks.
    fn formula(&self, step: &Step, regime: &TomlFile) -> String {
        let written = self.written(step, regime, "formula");
        if written.is_empty() { step.text.clone() } else { written.trim_end().to_string() }
    }

    /// What a step's source says under a key, in the regime's file or the one that it is included from.
    fn written(&self, step: &Step, regime: &TomlFile, key: &'static str) -> String {
        let folder = format!("{}/steps/", self.compiled.pack.id);
        let shared: Vec<_> = self.sources.below(&folder).filter_map(|(path, _)| self.file(path.split_once('/')?.1)).collect();
        let mut sections = std::iter::once(regime).chain(&shared).flat_map(|file| file.section(&self.faults).sections("step"));
        let same = |section: &Section<'_>| text(section, "formula").split_whitespace().eq(step.text.split_whitespace());
        let found = sections.find(|section| text(section, "id") == step.id && same(section));
        found.map(|section| text(&section, key)).unwrap_or_default()
    }
}
