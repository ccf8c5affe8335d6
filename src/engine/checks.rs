//! Restrictions, identity and other checks; and how a fault of a formula is told.

use super::Report;
use super::prepare::{area, missing_rate, pointer};
use super::scope::{Results, Scope, View};
use super::steps::Outcome;
use crate::finding::{Code, Finding, Level};
use crate::formula::{Environment, Fact, Fault, Name, Value, evaluate};
use crate::pack::{Check, KeyKind, Notice, Per, Regime};
use alloc::string::String;
use alloc::vec::Vec;

/// Runs checks and reports what they find.
pub fn run(checks: &[Check], scope: &Scope<'_>, regime: Option<(&Regime, &Outcome)>, report: &mut Report) {
    let nothing = Results::default();
    let results = regime.map_or(&nothing, |(_, outcome)| &outcome.results);
    let regime = regime.map(|(regime, _)| regime);
    for check in checks.iter().filter(|check| check.terms.is_none() && in_force(check, scope)) {
        let of_all = check.per == Per::Basket && check.hs.is_empty() && check.origins.is_empty();
        let lines: Vec<usize> = (0..scope.basket.lines.len()).filter(|line| !of_all && concerns(check, scope, *line, report)).collect();
        match check.per {
            Per::Line => lines.into_iter().for_each(|line| ask(check, View::new(scope, regime, results, Some(line)), None, report)),
            Per::Group => {}
            Per::Basket if of_all => ask(check, View::new(scope, regime, results, None), None, report),
            // What the whole basket has of some goods: sums are over their lines.
            Per::Basket if lines.is_empty() => {}
            Per::Basket => ask(check, View { among: Some(&lines), ..View::new(scope, regime, results, None) }, None, report),
        }
    }
}

/// Whether a check is for this channel and day.
pub fn in_force(check: &Check, scope: &Scope<'_>) -> bool {
    let on_channel = check.channels.is_empty() || check.channels.iter().any(|channel| usize::from(*channel) == scope.channel);
    on_channel && check.interval.contains(scope.basket.as_of)
}

/// Asks a check that concerns a line or the basket, and tells what it finds, with the term that led to it.
pub fn ask(check: &Check, mut view: View<'_>, term: Option<&str>, report: &mut Report) {
    match check.when.as_ref().map_or(Ok(Value::Truth(true)), |when| evaluate(when, &mut view)) {
        Ok(Value::Truth(true)) => {
            report.estimated |= check.notice.estimated;
            let mut finding = finding(&check.notice, "check", &check.id, &mut view);
            finding.params.extend(term.map(|term| ("term".into(), Value::Code(term.into()))));
            report.add(finding);
        }
        Ok(_) => {}
        // A check that cannot be answered is told, and does not hold up the sale unless it would have.
        Err(fault) => tell(fault, view.scope, view.line, check.notice.level, report),
    }
}

/// Whether a check is about a line's goods and their origin.
fn concerns(check: &Check, scope: &Scope<'_>, line: usize, report: &mut Report) -> bool {
    let Some(given) = scope.basket.lines.get(line) else { return false };
    let goods = check.hs.is_empty() || given.hs_code.is_some_and(|code| check.hs.iter().any(|prefix| code.starts_with(prefix)));
    goods && of_origin(check, scope, line, report)
}

/// Whether a line's origin is one of a check's. That a line does not state it is told.
pub fn of_origin(check: &Check, scope: &Scope<'_>, line: usize, report: &mut Report) -> bool {
    if check.origins.is_empty() {
        return true;
    }
    match scope.basket.lines.get(line).and_then(|given| given.origin) {
        Some(origin) => check.origins.contains(&origin),
        None => {
            tell(Fault::Missing(Name::Fact(Fact::Origin)), scope, Some(line), Level::Warn, report);
            false
        }
    }
}

/// The finding that a notice makes, with the id of the check or condition it belongs to.
pub fn finding(notice: &Notice, kind: &str, id: &str, view: &mut View<'_>) -> Finding {
    let target = match view.line {
        Some(line) if notice.target.is_empty() => pointer("/items/", line, ""),
        _ => notice.target.clone(),
    };
    let mut finding = Finding::new(notice.code, notice.level, target).with(kind, Value::Code(id.into()));
    for (label, name) in &notice.params {
        if let Ok(value) = view.value(*name) {
            finding.params.push((label.clone(), value));
        }
    }
    finding.citations.clone_from(&notice.citations);
    finding.remedies.clone_from(&notice.remedies);
    finding
}

/// Tells why a formula has no value. What rests on an earlier fault stays silent.
pub fn tell(fault: Fault, scope: &Scope<'_>, line: Option<usize>, level: Level, report: &mut Report) {
    let at = |after: &str| line.map_or_else(String::new, |line| pointer("/items/", line, after));
    let label = |name: Name| Value::Code(scope.label(name, None));
    if let (Fault::Missing(name), None) = (fault, line)
        && asks_code(name, scope)
        && scope.basket.lines.iter().any(|line| line.hs_code.is_none())
    {
        // Asked over all lines, it is those without a code that cannot be answered for.
        for (line, _) in scope.basket.lines.iter().enumerate().filter(|(_, line)| line.hs_code.is_none()) {
            report.add(hs_missing(level, pointer("/items/", line, "/hsCode")));
        }
        return;
    }
    let found = match fault {
        Fault::Upstream => return,
        Fault::Arithmetic | Fault::Type => Finding::new(Code::RulesArithmetic, level, at("")),
        Fault::Missing(name) => match name {
            Name::Fact(Fact::Origin) => Finding::new(Code::InputOriginMissing, level, at("/countryOfOrigin")).remedy("supply-origin"),
            Name::Fact(
                Fact::HsCode | Fact::HsCodeDigits | Fact::HsCodeChapter | Fact::HsCodeHeading | Fact::HsCodeSubheading | Fact::HsCodeEight,
            ) => hs_missing(level, at("/hsCode")),
            Name::Fact(Fact::NetWeightGram | Fact::NetWeightKilogram) => measure_missing(level, at("/measurements"), "netWeight"),
            Name::Fact(Fact::VolumeMillilitre | Fact::VolumeLitre) => measure_missing(level, at("/measurements"), "volume"),
            Name::Fact(Fact::Pieces) => measure_missing(level, at("/measurements"), "pieces"),
            Name::Fact(fact) => {
                let target = if fact == Fact::ShipToArea { String::from("/shipTo/administrativeAreaCode") } else { at("") };
                Finding::new(Code::InputAttributeMissing, level, target).with("fact", label(name))
            }
            Name::Attribute(number) => {
                let of_basket = scope.pack.attributes.get(usize::from(number)).is_some_and(|attribute| attribute.of_basket);
                let target = if of_basket { String::from("/attributes") } else { at("/attributes") };
                Finding::new(Code::InputAttributeMissing, level, target).with("fact", label(name)).remedy("supply-attribute")
            }
            Name::Cell(table, _) => {
                let key = scope.pack.tables.get(usize::from(table)).map(|table| table.key);
                let given = line.and_then(|line| scope.basket.lines.get(line));
                match key {
                    Some(KeyKind::HsCode) if given.is_some_and(|line| line.hs_code.is_none()) => hs_missing(level, at("/hsCode")),
                    Some(KeyKind::ShipToArea) if area(scope.basket).is_none() => {
                        return tell(Fault::Missing(Name::Fact(Fact::ShipToArea)), scope, line, level, report);
                    }
                    Some(KeyKind::ShipTo | KeyKind::ShipToArea) => {
                        Finding::new(Code::RulesUnknown, level, "/shipTo".into()).with("fact", label(name))
                    }
                    _ => Finding::new(Code::RulesUnknown, level, at("")).with("fact", label(name)).remedy("supply-rate"),
                }
            }
            Name::Parameter(number) if scope.parameter(number).is_some() => {
                let currency = scope.pack.currency;
                missing_rate(level, scope.currency(number).unwrap_or(currency), currency)
            }
            Name::Parameter(_) => {
                Finding::new(Code::RulesNotInForce, level, String::new()).with("fact", label(name)).remedy("choose-other-date")
            }
            Name::SuppliedRate(_) | Name::Step(_) => {
                Finding::new(Code::RulesUnknown, level, at("")).with("fact", label(name)).remedy("supply-rate")
            }
        },
    };
    report.add(found);
}

/// Whether a name is the commodity code's, or is looked up by it.
fn asks_code(name: Name, scope: &Scope<'_>) -> bool {
    match name {
        Name::Fact(fact) => matches!(
            fact,
            Fact::HsCode | Fact::HsCodeDigits | Fact::HsCodeChapter | Fact::HsCodeHeading | Fact::HsCodeSubheading | Fact::HsCodeEight
        ),
        Name::Cell(table, _) => scope.pack.tables.get(usize::from(table)).is_some_and(|table| table.key == KeyKind::HsCode),
        _ => false,
    }
}

fn hs_missing(level: Level, target: String) -> Finding {
    Finding::new(Code::InputHsMissing, level, target).remedy("supply-hs-code")
}

fn measure_missing(level: Level, target: String, measure: &str) -> Finding {
    Finding::new(Code::InputMeasureMissing, level, target).with("measure", Value::Code(measure.into())).remedy("supply-measure")
}
