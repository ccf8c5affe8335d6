//! The forms as pages for people, in Markdown: one a message, and one of rules, rejections and differences.

use super::read::records;
use crate::author::sources::Sources;
use crate::forms::build::UNSUPPORTED;
use crate::forms::table::{Element, Form, Forms, Kind, Message, Preset};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::string::{String, ToString};
use std::vec::Vec;

/// The page that the others are listed on.
pub const INDEX: &str = "README.md";

/// The pages of a destination's forms, by file name. `folder` is the destination's, `cn/`.
#[must_use]
pub fn pages(sources: &Sources, folder: &str, forms: &Forms) -> Vec<(String, String)> {
    let rows = |name: &str| records(sources, &std::format!("{folder}forms/{name}"));
    let differences = rows("differences.csv");
    let mut pages = std::vec![(INDEX.to_string(), index(forms, &rows("rules.csv"), &rows("receipts.csv"), &differences))];
    let answers = rows("messages.csv");
    for message in &forms.messages {
        let answer = answers.iter().find(|row| cell(row, 0) == &*message.name).map(|row| cell(row, 3)).unwrap_or_default();
        pages.push((file(&message.name), page(forms, message, answer, &differences)));
    }
    pages
}

fn file(message: &str) -> String {
    std::format!("{}.md", short(message))
}

fn short(message: &str) -> &str {
    message.strip_suffix("Message").unwrap_or(message)
}

fn cell(row: &[String], place: usize) -> &str {
    row.get(place).map_or("", String::as_str)
}

/// Text for a cell of a table.
fn plain(text: &str) -> String {
    text.replace('|', "\\|")
}

fn index(forms: &Forms, rules: &[Vec<String>], receipts: &[Vec<String>], differences: &[Vec<String>]) -> String {
    let mut text = String::from(
        "# Declaration forms\n\nMade from `rules/cn/forms/`; a test holds the pages to it. Structure, lengths and digits are customs' own schema; values, dates and \
         what belongs together are the specification's prose, and have a rule each.\n\n| message | in English | in Chinese | for |\n|---|---|---|---|\n",
    );
    for message in &forms.messages {
        let name = short(&message.name);
        let role = crate::forms::table::Role::ALL.iter().find(|(role, _)| *role == message.role).map_or("", |(_, word)| word);
        let _ = writeln!(text, "| [{name}]({name}.md) | {} | {} | {role} |", message.title_en, message.title);
    }
    text.push_str(
        "\n## Rules\n\nGrade A: the specification says so. B: in part, or a published page does. C: seen in receipts or in public code, derived, or general knowledge.\n\n",
    );
    text.push_str("| rule | level | grade | prevents | in English | in Chinese |\n|---|---|---|---|---|---|\n");
    table(&mut text, rules);
    text.push_str("\n## States and rejections\n\nCodes of grade C are not published; they were seen in receipts.\n\n");
    text.push_str("| kind | code | outcome | who | rule | grade | in English | what to do | in Chinese | what to do, in Chinese |\n");
    text.push_str("|---|---|---|---|---|---|---|---|---|---|\n");
    table(&mut text, receipts);
    text.push_str("\n## Where specification and schema disagree\n\nThe schema is followed.\n\n| message | element | specification | schema |\n|---|---|---|---|\n");
    table(&mut text, differences);
    text.push_str(
        "\n## Other declarations\n\nNot made: `declare` answers `form.unsupported`, and its `missing` names what no source that was read says. \
         What each holds is known by name.\n\n| form | of | missing |\n|---|---|---|\n",
    );
    for (form, missing) in UNSUPPORTED {
        let of = match form {
            "CN22" | "CN23" => "the Universal Postal Union: the paper on a postal item",
            "ITMATT" => "the Universal Postal Union: what the paper says, sent ahead as message M33",
            _ => "the European Union: the data set of Annex B for consignments up to 150 euros; each member state has messages of its own",
        };
        let missing: Vec<String> = missing.split(' ').map(|word| std::format!("`{word}`")).collect();
        let _ = writeln!(text, "| {form} | {of} | {} |", missing.join(", "));
    }
    text
}

fn table(text: &mut String, rows: &[Vec<String>]) {
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
}

fn page(forms: &Forms, message: &Message, answer: &str, differences: &[Vec<String>]) -> String {
    let mut text = std::format!("# {}: {}\n\n{}", message.name, message.title_en, message.title);
    if !answer.is_empty() {
        let name = short(answer);
        let _ = write!(text, ". Customs answers with [{name}]({name}.md)");
    }
    text.push_str(".\n\nThe message has the attributes `guid` (36 characters) and `version` (1 to 10). Elements stand in this order.\n");
    let (mut open, mut told) = (std::vec![message.entity], BTreeSet::new());
    while let Some(number) = open.pop() {
        let Some(entity) = forms.entities.get(number).filter(|_| told.insert(number)) else { continue };
        let name = entity.name.rsplit('.').next().unwrap_or(&entity.name);
        let _ = writeln!(
            text,
            "\n## {name}\n\n| # | element | in Chinese | holds | times | values, form | rule |\n|--:|---|---|---|---|---|---|"
        );
        let mut inner = Vec::new();
        for (place, element) in entity.elements.iter().enumerate() {
            let _ = writeln!(
                text,
                "| {} | `{}` | {} | {} | {} | {} | {} |",
                place.saturating_add(1),
                plain(&element.name),
                plain(&element.label),
                holds(element),
                times(element),
                values(element),
                element.rule
            );
            if let Kind::Group(group) = element.kind {
                inner.push(group);
            }
        }
        open.extend(inner.into_iter().rev());
    }
    let own: Vec<Vec<String>> =
        differences.iter().filter(|row| cell(row, 0) == &*message.name).map(|row| row.get(1..).unwrap_or_default().to_vec()).collect();
    if !own.is_empty() {
        text.push_str("\n## Where specification and schema disagree\n\n| element | specification | schema |\n|---|---|---|\n");
        table(&mut text, &own);
    }
    text
}

fn holds(element: &Element) -> String {
    let characters = |text: &str| match (element.shortest, element.longest) {
        (1, Some(1)) => std::format!("{text}, 1 character"),
        (shortest, Some(longest)) if shortest == longest => std::format!("{text}, {longest} characters"),
        (shortest, Some(longest)) => std::format!("{text}, {shortest} to {longest} characters"),
        (shortest, None) => std::format!("{text}, {shortest} characters or more"),
    };
    match element.kind {
        Kind::Group(_) => "elements".to_string(),
        Kind::Text => characters("text"),
        Kind::Token => characters("text, white space collapsed"),
        Kind::Decimal => match (element.digits, element.fraction) {
            (Some(digits), Some(fraction)) => std::format!("decimal, {digits} digits, {fraction} after the point"),
            _ => "decimal".to_string(),
        },
        Kind::Whole => element.digits.map_or_else(|| "whole number".to_string(), |digits| std::format!("whole number, {digits} digits")),
        Kind::Any => "any element".to_string(),
        Kind::Opaque => "not looked into".to_string(),
    }
}

fn times(element: &Element) -> String {
    match (element.least, element.most) {
        (least, Some(most)) if least == most => least.to_string(),
        (least, Some(most)) => std::format!("{least} to {most}"),
        (least, None) => std::format!("{least} or more"),
    }
}

fn values(element: &Element) -> String {
    let preset = match &element.preset {
        Preset::None => None,
        Preset::Fixed(value) => Some(std::format!("fixed `{value}`")),
        Preset::Default(value) => Some(std::format!("empty is `{value}`")),
    };
    let form =
        Form::ALL.iter().find(|(form, _)| *form == element.form && element.form != Form::Free).map(|(_, word)| std::format!("`{word}`"));
    let values: Vec<String> = element.values.iter().map(|value| std::format!("`{value}`")).collect();
    let values = Some(values.join(", ")).filter(|values| !values.is_empty() && !matches!(element.preset, Preset::Fixed(_)));
    [preset, form, values].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
