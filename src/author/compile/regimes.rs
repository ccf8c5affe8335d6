//! Regimes with their conditions, limits and steps.

use super::notices::formula;
use super::{Builder, OF_REGIMES, interval};
use crate::author::fault::hint;
use crate::author::formula::{Kind, Level, Names, Units};
use crate::author::section::{Section, TomlFile};
use crate::finding::Level as FindingLevel;
use crate::formula::{Expression, Name};
use crate::money::{RoundingMode, parse_decimal};
use crate::pack::{Condition, LimitRule, Per, Regime, Rounding, Step};
use crate::quote::ChargeKind;
use std::collections::BTreeSet;
use std::string::{String, ToString};
use std::vec::Vec;

/// `per`, as the sources write it for checks.
pub(super) const PER: [(&str, Per); 2] = [("line", Per::Line), ("basket", Per::Basket)];
/// The same for steps.
const PER_OF_STEP: [(&str, Per); 3] = [("line", Per::Line), ("basket", Per::Basket), ("group", Per::Group)];

/// The formula level of what is computed per line or per basket. A group's formula sees its lines as a basket's does: through `sum` and the like.
pub(super) const fn level(per: Per) -> Level {
    match per {
        Per::Line => Level::Line,
        Per::Basket | Per::Group => Level::Basket,
    }
}

/// A regime under way.
struct Draft<'f> {
    /// The names that its next step can use.
    names: Names,
    steps: Vec<Step>,
    /// The files that steps can be included from.
    shared: &'f [TomlFile],
    /// The files being included, outermost first.
    open: Vec<String>,
}

impl Builder<'_> {
    pub(super) fn regimes(&mut self) {
        let (regimes, shared) = (self.files_below("regimes/"), self.files_below("steps/"));
        self.supplied(regimes.iter().chain(&shared));
        let mut included = BTreeSet::new();
        for file in &regimes {
            self.regime(file, &shared, &mut included);
        }
        for file in shared.iter().filter(|file| !included.contains(&file.name)) {
            self.faults.at(&file.name, 0, "no regime includes these steps");
        }
    }

    fn files_below(&mut self, name: &str) -> Vec<TomlFile> {
        let folder = std::format!("{}{name}", self.folder);
        let sources = self.sources;
        let found: Vec<_> = sources.below(&folder).filter(|(path, _)| path.ends_with(".toml")).collect();
        self.used.extend(found.iter().map(|(path, _)| (*path).to_string()));
        found.into_iter().filter_map(|(path, text)| TomlFile::parse(path, text, self.faults)).collect()
    }

    /// The charges whose rate a line can supply: known before any formula, since any formula can ask whether one was.
    fn supplied<'f>(&mut self, files: impl Iterator<Item = &'f TomlFile>) {
        let mut charges = BTreeSet::new();
        let mut supplied = Vec::new();
        for file in files {
            let root = file.section(self.faults);
            for step in root.sections("step") {
                if step.text("charge").is_some() {
                    charges.extend(step.text("id").map(|id| id.text));
                }
                supplied.extend(step.text("supplied").map(|id| (file, id)));
            }
        }
        for (file, id) in supplied {
            if !charges.contains(&id.text) {
                let near = hint(&id.text, charges.iter().map(String::as_str));
                self.faults.at(&file.name, id.offset, std::format!("no step is a charge `{}`{near}", id.text));
            }
            if self.pack.supplied_rates.contains(&id.text) {
                continue;
            }
            if let Ok(number) = u8::try_from(self.pack.supplied_rates.len()) {
                self.names.add_only_has(&std::format!("rates.{}", id.text), Name::SuppliedRate(number));
                self.pack.supplied_rates.push(id.text);
            }
        }
    }

    fn regime(&mut self, file: &TomlFile, shared: &[TomlFile], included: &mut BTreeSet<String>) {
        let root = file.section(self.faults);
        let id = root.id("id");
        if let Some(id) = id.as_ref().filter(|id| self.pack.regimes.iter().any(|other| other.id == id.text)) {
            root.fault(id.offset, std::format!("there is a regime `{}` already", id.text));
        }
        let interval = interval(&root);
        let citations = self.citations(&root, true);
        let mut draft = Draft { names: self.names.clone(), steps: Vec::new(), shared, open: Vec::new() };
        self.value(&root, &mut draft);
        let conditions = self.conditions(&root);
        let limits = self.limits(&root);
        self.steps(&root, &mut draft, included);
        let checks = self.checks_of(&root, None, &draft.names, &[]);
        root.finish();
        let id = id.map(|id| id.text).unwrap_or_default();
        self.label("regime", &id);
        self.pack.regimes.push(Regime { id, interval, citations, conditions, limits, steps: draft.steps, checks });
    }

    /// The dutiable value: the first step of every regime, by the name that formulas know it by.
    fn value(&mut self, root: &Section<'_>, draft: &mut Draft<'_>) {
        let Some(section) = root.section("value") else { return root.missing("value") };
        let text = section.required("formula");
        let round = rounding(&section);
        let citations = self.citations(&section, true);
        section.finish();
        self.label("step", "value");
        let Some(text) = text else { return };
        let names = self.names.without(&OF_REGIMES);
        let checked = formula(&section, &text, &names, Level::Line, Some(&Kind::Number(Units::MONEY)));
        draft.steps.push(Step {
            id: "value".to_string(),
            charge: None,
            rate: None,
            supplied: None,
            per: Per::Line,
            group: None,
            round: round.or(Some(Rounding { to: None, mode: RoundingMode::HalfUp })),
            money: true,
            text: folded(&text.text),
            formula: checked.map_or(Expression::Truth(false), |checked| checked.expression),
            citations,
        });
    }

    fn conditions(&mut self, root: &Section<'_>) -> Vec<Condition> {
        let mut conditions: Vec<Condition> = Vec::new();
        for section in root.sections("condition") {
            let (id, text) = (section.id("id"), section.required("formula"));
            let names = self.names.clone();
            let notice = self.notice(&section, &names, Level::Basket);
            section.finish();
            let checked = text.as_ref().and_then(|text| formula(&section, text, &names, Level::Basket, Some(&Kind::Truth)));
            if let Some(notice) = notice.as_ref().filter(|notice| notice.level != FindingLevel::Block) {
                let message = std::format!("a condition that fails leaves no regime: its level is `block`, not `{}`", notice.level.name());
                section.fault(section.place("level"), message);
            }
            let Some(id) = id else { continue };
            self.label("condition", &id.text);
            if conditions.iter().any(|other| other.id == id.text) {
                section.fault(id.offset, std::format!("there is a condition `{}` already", id.text));
            }
            if let Some((checked, notice)) = checked.zip(notice) {
                conditions.push(Condition { id: id.text, formula: checked.expression, notice });
            }
        }
        conditions
    }

    fn limits(&mut self, root: &Section<'_>) -> Vec<LimitRule> {
        let mut limits: Vec<LimitRule> = Vec::new();
        for section in root.sections("limit") {
            let id = section.id("id");
            let limit = section.required("limit").and_then(|text| self.money_name(&section, &text));
            let amount = section.required("amount").and_then(|text| self.money_name(&section, &text));
            let used = section.text("used").and_then(|text| self.money_name(&section, &text));
            let by_year = section.one_of("period", &[("year", true), ("order", false)]);
            section.finish();
            let limit = limit.and_then(|name| match name {
                Name::Parameter(number) => Some(number),
                _ => {
                    section.fault(section.place("limit"), "`limit` must be a parameter");
                    None
                }
            });
            let Some(id) = id else { continue };
            self.label("limit", &id.text);
            if limits.iter().any(|other| other.id == id.text) {
                section.fault(id.offset, std::format!("there is a limit `{}` already", id.text));
            }
            if let (Some(limit), Some(amount), Some(by_year)) = (limit, amount, by_year) {
                limits.push(LimitRule { id: id.text, limit, used, amount, by_year });
            }
        }
        limits
    }

    fn steps(&mut self, root: &Section<'_>, draft: &mut Draft<'_>, included: &mut BTreeSet<String>) {
        for section in root.sections("step") {
            let Some(include) = section.text("include") else {
                self.step(&section, draft);
                continue;
            };
            section.finish();
            let name = std::format!("{}steps/{}.toml", self.folder, include.text);
            let shared = draft.shared;
            if draft.open.contains(&name) {
                section.fault(include.offset, std::format!("`{}` includes itself", include.text));
            } else if let Some(file) = shared.iter().find(|file| file.name == name) {
                included.insert(name.clone());
                draft.open.push(name);
                let inner = file.section(self.faults);
                self.steps(&inner, draft, included);
                inner.finish();
                draft.open.pop();
            } else if self.sources.get(&name).is_none() {
                section.fault(include.offset, std::format!("there is no file `steps/{}.toml`", include.text));
            }
        }
    }

    fn step(&mut self, section: &Section<'_>, draft: &mut Draft<'_>) {
        let (id, text, per) = (section.id("id"), section.required("formula"), section.one_of("per", &PER_OF_STEP));
        let kinds = [ChargeKind::Duty, ChargeKind::Tax, ChargeKind::Fee].map(|kind| (kind.name(), kind));
        let charge = section.one_of_if_any("charge", &kinds);
        let (rate, supplied) = (section.text("rate"), section.text("supplied"));
        let (round, group) = (rounding(section), section.text("group"));
        let citations = self.citations(section, false);
        section.finish();
        let (Some(id), Some(text)) = (id, text) else { return };
        self.label("step", &id.text);
        let per = per.unwrap_or(Per::Line);
        let rate = rate.and_then(|rate| {
            let number = draft.steps.iter().position(|step| step.id == rate.text);
            match number.and_then(|number| draft.steps.get(number)) {
                Some(step) if step.per == per => {}
                Some(_) => section.fault(rate.offset, std::format!("`{}` is not computed per {}", rate.text, per_name(per))),
                None => section.fault(rate.offset, std::format!("no earlier step `{}`", rate.text)),
            }
            number.and_then(|number| u16::try_from(number).ok())
        });
        if (per == Per::Group) != group.is_some() {
            section.fault(section.place("group"), "`per = \"group\"` and `group` go together: which lines belong to one group");
        }
        let group = group.and_then(|group| formula(section, &group, &draft.names, Level::Line, None));
        let checked = formula(section, &text, &draft.names, level(per), None);
        let kind = checked.as_ref().map_or(Kind::Unknown, |checked| checked.kind.clone());
        if checked.as_ref().is_some_and(|checked| checked.holds_number) && section.texts("cite").is_empty() {
            section.fault(section.place("cite"), "the formula holds a number: `cite` must say which law it is from");
        }
        let money = kind == Kind::Number(Units::MONEY) || (kind == Kind::Zero && charge.is_some());
        let wants_money = |what: &str| std::format!("{what} must be money, and this is {}", kind.describe());
        if kind != Kind::Unknown {
            if charge.is_some() && !money {
                section.fault(text.offset, wants_money("a charge"));
            } else if round.is_some_and(|round| round.to.is_none()) && !money {
                section.fault(section.place("round"), wants_money("what is rounded to the minor unit"));
            }
            if supplied.is_some() && !matches!(kind, Kind::Number(Units::PLAIN) | Kind::Zero) {
                section.fault(
                    section.place("supplied"),
                    std::format!("a supplied rate replaces a plain number, and this is {}", kind.describe()),
                );
            }
        }
        if charge.is_some() && round.is_none() {
            section.fault(section.offset, "`round = true` is missing: a charge is paid in whole minor units");
        }
        if supplied.is_some() && per != Per::Line {
            section.fault(section.place("supplied"), "a rate is supplied with a line");
        }
        if rate.is_some() && charge.is_none() {
            section.fault(section.place("rate"), "only a charge shows a rate");
        }
        let supplied = supplied
            .and_then(|id| self.pack.supplied_rates.iter().position(|other| *other == id.text))
            .and_then(|number| u8::try_from(number).ok());
        let Ok(number) = u16::try_from(draft.steps.len()) else { return };
        if !draft.names.add(&id.text, Name::Step(number), kind, if per == Per::Basket { Level::Basket } else { Level::Line }) {
            section.fault(id.offset, std::format!("the name `{}` is taken", id.text));
        }
        draft.steps.push(Step {
            id: id.text,
            charge,
            rate,
            supplied,
            per,
            group: group.map(|group| group.expression),
            round,
            money,
            text: folded(&text.text),
            formula: checked.map_or(Expression::Truth(false), |checked| checked.expression),
            citations,
        });
    }
}

const fn per_name(per: Per) -> &'static str {
    match per {
        Per::Line => "line",
        Per::Basket => "basket",
        Per::Group => "group",
    }
}

/// How a result is rounded: `round = true`, or `round = { to = "0.05", mode = "down" }`.
fn rounding(section: &Section<'_>) -> Option<Rounding> {
    let mut rounding = Rounding { to: None, mode: RoundingMode::HalfUp };
    if !section.holds_table("round") {
        return section.truth("round")?.then_some(rounding);
    }
    let inner = section.section("round")?;
    if let Some(to) = inner.text("to") {
        rounding.to = parse_decimal(&to.text).filter(|to| !to.is_zero());
        if rounding.to.is_none() {
            inner.fault(to.offset, "not a plain decimal number above zero");
        }
    }
    rounding.mode = inner.one_of_if_any("mode", &RoundingMode::ALL).unwrap_or(rounding.mode);
    inner.finish();
    Some(rounding)
}

/// A formula on one line, as the trace shows it.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
