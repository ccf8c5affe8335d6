//! Every destination on one page: what is known of it, how well, and until when.

use super::markdown::{Table, code};
use crate::author::changes;
use crate::author::listing::places;
use crate::author::texts::Texts;
use crate::date::Date;
use crate::finding::{Code, Level};
use crate::pack::{Grade, Pack};
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

/// The page as Markdown, as things stand on a date. Each pack with its labels.
#[must_use]
pub fn page(packs: &[(&Pack, Option<&Texts>)], date: Date) -> String {
    let mut table =
        Table::new(&["destinations", "rules", "version", "currency", "sources of grade A, B, C", "restrictions", "next known change"]);
    for (pack, texts) in packs {
        let next = changes::next(pack, date).into_iter().next();
        let next = next.map(|(day, what)| format!("{}: {}", day.text(), named(pack, *texts, &what)));
        let grades = Grade::ALL.map(|grade| of_grade(pack, grade).len().to_string());
        let restrictions = pack.checks.iter().filter(|check| check.notice.code.name().starts_with("goods.")).count();
        table.row(std::vec![
            places(&pack.destinations),
            code(&pack.id),
            pack.version.clone(),
            pack.currency.code().to_string(),
            grades.join(", "),
            restrictions.to_string(),
            next.unwrap_or_default(),
        ]);
    }
    let mut text = format!(
        "# Destinations\n\n\
         What is known of each destination on {}. This page is made from the rules by `preclear packs --document`; change those, not this page. \
         `preclear rules document` followed by a pack's id shows its law whole: every dated value, formula and source.\n\n\
         Grades: A is an official text or its reprint, B one good source, C a weak source or general knowledge. A quote that rests on grade C is \
         an estimate and says so. What has no answer is unknown, never zero.\n\n{}",
        date.text(),
        table.text()
    );
    packs.iter().for_each(|(pack, texts)| text.push_str(&section(pack, *texts, date)));
    text
}

fn of_grade(pack: &Pack, grade: Grade) -> Vec<&str> {
    pack.instruments.iter().filter(|instrument| instrument.grade == grade).map(|instrument| instrument.title_en.as_str()).collect()
}

fn label<'a>(texts: Option<&'a Texts>, kind: &str, id: &'a str) -> &'a str {
    texts.and_then(|texts| texts.get(kind)?.get(id)).map_or(id, String::as_str)
}

/// What begins or ends, by its labels.
fn named(pack: &Pack, texts: Option<&Texts>, ids: &[String]) -> String {
    let known = |id: &String| {
        let kinds = ["check", "regime", "parameter"];
        let found = kinds.iter().find_map(|kind| texts.and_then(|texts| texts.get(*kind)?.get(id)));
        let table = pack.tables.iter().any(|table| table.id == *id).then(|| format!("rows of {}", code(id)));
        found.cloned().or(table).unwrap_or_else(|| id.clone())
    };
    ids.iter().map(known).collect::<Vec<_>>().join("; ")
}

fn section(pack: &Pack, texts: Option<&Texts>, date: Date) -> String {
    let mut text = format!("\n## {}\n\n", places(&pack.destinations));
    let mut table = Table::new(&["channel", "", "regimes in force, in the order they are tried"]);
    for (number, channel) in pack.channels.iter().enumerate() {
        let regimes = channel.regimes.iter().filter_map(|number| pack.regimes.get(usize::from(*number)));
        let in_force = regimes.filter(|regime| regime.interval.contains(date)).map(|regime| label(texts, "regime", &regime.id));
        let default = if usize::from(pack.default_channel) == number { ", the default" } else { "" };
        let name = format!("{}{default}", label(texts, "channel", &channel.id));
        table.row(std::vec![code(&channel.id), name, in_force.collect::<Vec<_>>().join("; ")]);
    }
    text.push_str(&table.text());
    let mut list = |heading: &str, entries: Vec<String>| {
        if !entries.is_empty() {
            text.push_str(&format!("\n{heading}:\n\n"));
            entries.iter().for_each(|entry| text.push_str(&format!("- {entry}\n")));
        }
    };
    list(
        "Facts that a shop can state, in a basket in camel case",
        pack.attributes
            .iter()
            .map(|attribute| {
                let of = if attribute.of_basket { "the order" } else { "an article" };
                let field = format!("attribute.{}", attribute.id);
                let said = label(texts, "field", &field);
                format!("{} of {of}{}", code(&attribute.id), if said == field { String::new() } else { format!(": {said}") })
            })
            .collect(),
    );
    let asks = pack.checks.iter().any(|check| check.notice.code == Code::IdentityMissing);
    list("Identity", std::vec![if asks { "the buyer's identity is asked for" } else { "none is asked of the buyer" }.to_string()]);
    let stops = pack.checks.iter().filter(|check| check.notice.level == Level::Block && check.notice.code.name().starts_with("goods."));
    let told = pack.checks.iter().filter(|check| check.notice.level != Level::Block && check.notice.code.name().starts_with("goods."));
    list("Restrictions", std::vec![format!("{} stop a sale, {} are told", stops.count(), told.count())]);
    list(
        "Changes known to come",
        changes::next(pack, date).into_iter().map(|(day, what)| format!("{}: {}", day.text(), named(pack, texts, &what))).collect(),
    );
    list("Of grade C", of_grade(pack, Grade::C).into_iter().map(str::to_string).collect());
    text
}
