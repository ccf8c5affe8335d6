//! A pack as lines of text, section by section: every number resolved to the name or the law it stands for.
//!
//! Unlike the pack's bytes, a section's lines do not change when something is added elsewhere, so that their hash says what changed.

use crate::date::{Date, Interval};
use crate::formula::{Expression, Name, Operator, Value};
use crate::names::{Role, Terms};
use crate::pack::{Check, Notice, Pack, Per, Regime, Table};
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// A section's name with its entries, one a line.
pub type Section = (String, Vec<String>);

/// The sections of a pack, in the order of the pack, and its terms.
#[must_use]
pub fn sections(pack: &Pack, terms: Option<&Terms>) -> Vec<Section> {
    let listing = Listing { pack };
    let mut sections = std::vec![
        ("pack".to_string(), listing.head()),
        ("instruments".to_string(), listing.instruments()),
        ("parameters".to_string(), listing.parameters()),
    ];
    sections.extend(pack.tables.iter().map(|table| (format!("table.{}", table.id), listing.table(table))));
    sections.extend(pack.regimes.iter().map(|regime| (format!("regime.{}", regime.id), listing.regime(regime))));
    sections.push(("checks".to_string(), pack.checks.iter().map(|check| listing.check(check, None)).collect()));
    if let Some(terms) = terms {
        sections.push(("terms".to_string(), listing.terms(terms)));
    }
    sections
}

/// Citations as the rules write them, separated by spaces.
#[must_use]
pub fn citations(pack: &Pack, citations: &[u16]) -> String {
    let name = |number: &u16| {
        let citation = pack.citations.get(usize::from(*number))?;
        let instrument = pack.instruments.get(usize::from(citation.instrument))?;
        Some(if citation.place.is_empty() { instrument.id.clone() } else { format!("{}.{}", instrument.id, citation.place) })
    };
    citations.iter().filter_map(name).collect::<Vec<_>>().join(" ")
}

struct Listing<'a> {
    pack: &'a Pack,
}

impl Listing<'_> {
    fn citations(&self, citations: &[u16]) -> String {
        self::citations(self.pack, citations)
    }

    fn channel_names(&self, channels: &[u8]) -> String {
        let name = |number: &u8| self.pack.channels.get(usize::from(*number)).map(|channel| channel.id.clone());
        channels.iter().filter_map(name).collect::<Vec<_>>().join(" ")
    }

    fn head(&self) -> Vec<String> {
        let pack = self.pack;
        let payment = pack.parameters.get(usize::from(pack.payment_discount)).map_or("-", |parameter| parameter.id.as_str());
        let mut lines = std::vec![
            format!("{} {} {} {}", pack.id, places(&pack.destinations), pack.currency.code(), pack.version),
            format!("exchange-rate-max-age {:?}", pack.exchange_rate_max_age),
            format!("payment lowers value by {payment}"),
            format!("apportion {}", self.citations(&pack.apportion_citations)),
            format!("default channel {}", self.channel_names(&[pack.default_channel])),
            format!("supplied rates {}", pack.supplied_rates.join(" ")),
        ];
        for channel in &pack.channels {
            let regimes = channel.regimes.iter().filter_map(|number| pack.regimes.get(usize::from(*number)));
            let regimes: Vec<_> = regimes.map(|regime| regime.id.as_str()).collect();
            lines.push(format!("channel {} {} {}", channel.id, channel.code.as_deref().unwrap_or("-"), regimes.join(" ")));
        }
        lines.extend(pack.attributes.iter().map(|attribute| {
            let of = if attribute.of_basket { " of the basket" } else { "" };
            format!("attribute {} {:?}{of}", attribute.id, attribute.kind)
        }));
        lines
    }

    fn instruments(&self) -> Vec<String> {
        let line = |instrument: &crate::pack::Instrument| {
            let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_string());
            format!(
                "{} | {} | {} | {} | {} | {} | {} | {}",
                instrument.id,
                text(&instrument.number),
                instrument.issuer,
                instrument.date.map_or_else(|| "-".to_string(), Date::text),
                text(&instrument.title),
                instrument.title_en,
                text(&instrument.url),
                instrument.grade.name()
            )
        };
        self.pack.instruments.iter().map(line).collect()
    }

    fn parameters(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for parameter in &self.pack.parameters {
            for value in &parameter.values {
                let money = if parameter.money { "money" } else { "number" };
                let currency = parameter.currency.map_or_else(String::new, |currency| format!(" of {}", currency.code()));
                let law = self.citations(&value.citations);
                lines.push(format!("{} {money}{currency} {} {} {law}", parameter.id, dates(value.interval), value.value));
            }
        }
        lines
    }

    fn table(&self, table: &Table) -> Vec<String> {
        let columns = table.columns.iter().map(|(id, kind)| format!("{id}:{kind:?}")).collect::<Vec<_>>();
        let mut lines = std::vec![format!("{:?} {}", table.key, columns.join(" "))];
        for (code, row) in table.coded_rows() {
            let cells: Vec<_> = row.cells.iter().map(|cell| cell.as_ref().map_or_else(|| "-".to_string(), Value::text)).collect();
            lines.push(format!("{code} {} {} {}", dates(row.interval), cells.join(" "), self.citations(&row.citations)));
        }
        lines
    }

    fn regime(&self, regime: &Regime) -> Vec<String> {
        let mut lines = std::vec![format!("{} {} {}", regime.id, dates(regime.interval), self.citations(&regime.citations))];
        for condition in &regime.conditions {
            let formula = self.expression(&condition.formula, Some(regime));
            lines.push(format!("condition {}: {formula} {}", condition.id, self.notice(&condition.notice, Some(regime))));
        }
        for limit in &regime.limits {
            let used = limit.used.map_or_else(|| "-".to_string(), |used| self.name(used, Some(regime)));
            let (most, amount) = (self.name(Name::Parameter(limit.limit), None), self.name(limit.amount, Some(regime)));
            lines.push(format!("limit {}: {most} {used} {amount} {}", limit.id, if limit.by_year { "year" } else { "order" }));
        }
        for step in &regime.steps {
            let rate = step.rate.map_or_else(|| "-".to_string(), |rate| self.name(Name::Step(rate), Some(regime)));
            let supplied = step.supplied.map_or_else(|| "-".to_string(), |rate| self.name(Name::SuppliedRate(rate), None));
            lines.push(format!(
                "step {} per {}{}: {} | {} | charge {} rate {rate} supplied {supplied} round {} money {} | {}",
                step.id,
                per(step.per),
                step.group.as_ref().map_or_else(String::new, |group| format!(" {}", self.expression(group, Some(regime)))),
                step.text,
                self.expression(&step.formula, Some(regime)),
                step.charge.map_or("-", |kind| kind.name()),
                step.round.map_or_else(|| "no".to_string(), rounding),
                step.money,
                self.citations(&step.citations)
            ));
        }
        lines.extend(regime.checks.iter().map(|check| self.check(check, Some(regime))));
        lines
    }

    fn check(&self, check: &Check, regime: Option<&Regime>) -> String {
        let origins: Vec<_> = check.origins.iter().map(crate::codes::Country::code).collect();
        format!(
            "check {} per {} [{}] {}[{}] [{}] {} when {}: {}",
            check.id,
            per(check.per),
            self.channel_names(&check.channels),
            if check.terms.is_some() { "by name " } else { "" },
            check.hs.join(" "),
            origins.join(" "),
            dates(check.interval),
            check.when.as_ref().map_or_else(|| "-".to_string(), |when| self.expression(when, regime)),
            self.notice(&check.notice, regime)
        )
    }

    fn terms(&self, terms: &Terms) -> Vec<String> {
        let pack = self.pack;
        let group = |group: u8| {
            let check = pack.checks.iter().find(|check| check.terms == Some(group));
            check.map(|check| check.id.as_str()).unwrap_or_default()
        };
        let mut lines = std::vec![
            format!("vague codes {}", pack.vague_codes.join(" ")),
            format!("variants {}", terms.variants().map(|(from, to)| format!("{from}{to}")).collect::<Vec<_>>().join(" ")),
        ];
        lines.extend(terms.entries().map(|(text, role)| match role {
            Role::Term(number) => format!("{text}: {}", group(number)),
            Role::Always(number) => format!("{text}: always {}", group(number)),
            Role::Exception(number) => format!("{text}: not {}", group(number)),
            Role::After => format!("{text}: after"),
            Role::Before => format!("{text}: before"),
            Role::OtherGoods => format!("{text}: other goods"),
        }));
        lines
    }

    fn notice(&self, notice: &Notice, regime: Option<&Regime>) -> String {
        let params: Vec<_> = notice.params.iter().map(|(label, name)| format!("{label}={}", self.name(*name, regime))).collect();
        format!(
            "{} {} at [{}] with [{}] do [{}] estimated {} {}",
            notice.code.name(),
            notice.level.name(),
            notice.target,
            params.join(" "),
            notice.remedies.join(" "),
            notice.estimated,
            self.citations(&notice.citations)
        )
    }

    fn name(&self, name: Name, regime: Option<&Regime>) -> String {
        let found = match name {
            Name::Fact(fact) => Some(fact.name().to_string()),
            Name::Parameter(number) => self.pack.parameters.get(usize::from(number)).map(|parameter| parameter.id.clone()),
            Name::Cell(table, column) => self.pack.tables.get(usize::from(table)).and_then(|table| {
                let (column, _) = table.columns.get(usize::from(column))?;
                Some(format!("{}.{column}", table.id))
            }),
            Name::Attribute(number) => self.pack.attributes.get(usize::from(number)).map(|attribute| format!("attribute.{}", attribute.id)),
            Name::SuppliedRate(number) => self.pack.supplied_rates.get(usize::from(number)).map(|rate| format!("rates.{rate}")),
            Name::Step(number) => regime.and_then(|regime| regime.steps.get(usize::from(number))).map(|step| format!("step {}", step.id)),
        };
        found.unwrap_or_default()
    }

    fn expression(&self, expression: &Expression, regime: Option<&Regime>) -> String {
        let inner = |expression: &Expression| self.expression(expression, regime);
        match expression {
            Expression::Number(number) => number.to_string(),
            Expression::Code(code) => format!("\"{code}\""),
            Expression::Truth(truth) => truth.to_string(),
            Expression::Name(name) => self.name(*name, regime),
            Expression::Has(name) => format!("has({})", self.name(*name, regime)),
            Expression::Fold(fold, operand, _) => format!("{}({})", fold.word(), inner(operand)),
            Expression::Not(operand) => format!("(not {})", inner(operand)),
            Expression::Negate(operand) => format!("(-{})", inner(operand)),
            Expression::If(condition, then, otherwise) => {
                format!("(if {} then {} else {})", inner(condition), inner(then), inner(otherwise))
            }
            Expression::Binary(operator, left, right) => format!("({} {} {})", inner(left), sign(*operator), inner(right)),
        }
    }
}

const fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "+",
        Operator::Subtract => "-",
        Operator::Multiply => "*",
        Operator::Divide => "/",
        Operator::Min => "min",
        Operator::Max => "max",
        Operator::Equal => "=",
        Operator::NotEqual => "<>",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::More => ">",
        Operator::MoreOrEqual => ">=",
        Operator::And => "and",
        Operator::Or => "or",
    }
}

/// How a step is rounded, in words.
#[must_use]
pub fn rounding(rounding: crate::pack::Rounding) -> String {
    let mode = crate::money::RoundingMode::ALL.iter().find(|(_, mode)| *mode == rounding.mode).map_or("", |(name, _)| name);
    let to = rounding.to.map_or_else(|| "the minor unit".to_string(), |to| to.to_string());
    format!("{mode} to {to}")
}

/// Countries, separated by spaces.
#[must_use]
pub fn places(countries: &[crate::codes::Country]) -> String {
    countries.iter().map(crate::codes::Country::code).collect::<Vec<_>>().join(" ")
}

const fn per(per: Per) -> &'static str {
    match per {
        Per::Line => "line",
        Per::Basket => "basket",
        Per::Group => "group",
    }
}

fn dates(interval: Interval) -> String {
    let date = |date: Option<Date>| date.map(Date::text).unwrap_or_default();
    format!("[{}..{})", date(interval.from), date(interval.to))
}
