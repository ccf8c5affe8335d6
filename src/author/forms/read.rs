//! The tables of `forms/`, read and checked.

use super::{FILE, Read};
use crate::author::fault::{Faults, hint};
use crate::author::section::TomlFile;
use crate::author::sources::Sources;
use crate::finding::Level;
use crate::forms::table::{CodeRow, CodeTable, Element, Entity, Form, Forms, Kind, Limit, Message, Preset, Reason, Role, Rule, Text};
use crate::pack::Pack;
use std::collections::BTreeMap;
use std::string::{String, ToString};
use std::sync::Arc;
use std::vec::Vec;

const ELEMENTS: &str = "entity,element,kind,least,most,shortest,longest,digits,fraction,preset,form,values,rule,prevents,name";
const MESSAGES: &str = "message,family,role,answer,title,title_en";
const RULES: &str = "id,level,grade,prevents,en,zh-CN";
const RECEIPTS: &str = "kind,code,outcome,who,rule,grade,en,en-mend,zh-CN,zh-CN-mend";
const CODES: &str = "code,standard,name";
const LIMITS: &str = "name,parameter";
const DIFFERENCES: &str = "message,element,specification,schema";
const OUTCOMES: [&str; 4] = ["good", "wait", "mend", "lost"];
const WHO: [&str; 7] = ["shop", "buyer", "payment", "carrier", "agent", "customs", "nobody"];
const GRADES: [&str; 3] = ["A", "B", "C"];

/// A row of a table: its place and its cells by column.
struct Row<'a> {
    table: &'a Table<'a>,
    offset: usize,
    cells: Vec<String>,
}

/// A table that is being read.
struct Table<'a> {
    path: String,
    columns: Vec<&'static str>,
    faults: &'a Faults,
}

impl Row<'_> {
    fn get(&self, column: &str) -> &str {
        let place = self.table.columns.iter().position(|other| *other == column);
        place.and_then(|place| self.cells.get(place)).map_or("", String::as_str)
    }

    fn fault(&self, message: impl Into<String>) {
        self.table.faults.at(&self.table.path, self.offset, message);
    }

    fn text(&self, column: &str) -> Text {
        Arc::from(self.get(column))
    }

    fn required(&self, column: &str) -> Text {
        if self.get(column).is_empty() {
            self.fault(std::format!("`{column}` is empty"));
        }
        self.text(column)
    }

    fn number(&self, column: &str) -> Option<u32> {
        let text = self.get(column);
        let number = text.parse().ok();
        if number.is_none() && !text.is_empty() {
            self.fault(std::format!("`{column}` must be a whole number"));
        }
        number
    }

    fn one_of<T: Copy>(&self, column: &str, words: &[(T, &'static str)]) -> Option<T> {
        let text = self.get(column);
        let found = words.iter().find(|(_, word)| *word == text).map(|(one, _)| *one);
        if found.is_none() {
            let all: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
            self.fault(std::format!("`{column}` must be one of {}", all.join(", ")));
        }
        found
    }
}

struct Reader<'a> {
    sources: &'a Sources,
    folder: &'a str,
    faults: &'a Faults,
    files: Vec<String>,
}

impl<'a> Reader<'a> {
    fn table(&mut self, name: &str, columns: &'static str) -> Table<'a> {
        let path = std::format!("{}forms/{name}", self.folder);
        self.files.push(path.clone());
        Table { path, columns: columns.split(',').collect(), faults: self.faults }
    }

    fn rows<'t>(&self, table: &'t Table<'t>) -> Vec<Row<'t>> {
        let Some(text) = self.sources.get(&table.path) else {
            self.faults.at(&table.path, 0, "the file is missing");
            return Vec::new();
        };
        self.faults.file(&table.path, text);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = Vec::new();
        for (number, record) in reader.records().enumerate() {
            let Ok(record) = record else {
                self.faults.at(&table.path, 0, "not CSV in UTF-8");
                break;
            };
            let offset = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
            let cells: Vec<String> = record.iter().map(ToString::to_string).collect();
            if number == 0 {
                if cells != table.columns {
                    self.faults.at(&table.path, 0, std::format!("the header must be `{}`", table.columns.join(",")));
                    break;
                }
            } else if cells.len() == table.columns.len() {
                rows.push(Row { table, offset, cells });
            } else {
                self.faults.at(&table.path, offset, std::format!("{} fields where the header has {}", cells.len(), table.columns.len()));
            }
        }
        rows
    }
}

pub fn read(sources: &Sources, folder: &str, pack: &Pack, faults: &Faults) -> Option<Read> {
    let path = std::format!("{folder}{FILE}");
    let main = TomlFile::parse(&path, sources.get(&path)?, faults)?;
    let main = main.section(faults);
    let namespace = main.required("namespace");
    let _ = main.required("edition");
    let (families, codes) = (main.texts("families"), main.texts("codes"));
    main.finish();
    let mut reader = Reader { sources, folder, faults, files: std::vec![path] };

    let table = reader.table("rules.csv", RULES);
    let rules: Vec<Rule> = reader.rows(&table).iter().filter_map(rule).collect();
    sorted(&rules, |rule| rule.id.to_string(), &table);
    let mut entities: Vec<Entity> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut messages = Vec::new();
    let message_table = reader.table("messages.csv", MESSAGES);
    let message_rows = reader.rows(&message_table);
    for family in &families {
        let table = reader.table(&std::format!("{}.csv", family.text), ELEMENTS);
        let rows = reader.rows(&table);
        // Groups may name an entity that comes later, so that all are numbered first.
        let mut own: BTreeMap<String, usize> = BTreeMap::new();
        for row in &rows {
            let next = entities.len();
            own.entry(row.get("entity").to_string()).or_insert_with(|| {
                entities.push(Entity { name: row.text("entity"), elements: Vec::new() });
                next
            });
        }
        for row in &rows {
            let element = element(row, &own, &rules);
            if let (Some(element), Some(entity)) = (element, own.get(row.get("entity")).and_then(|number| entities.get_mut(*number))) {
                if entity.elements.iter().any(|other| other.name == element.name) {
                    row.fault(std::format!("there is an element `{}` already", element.name));
                }
                entity.elements.push(element);
            }
        }
        for row in message_rows.iter().filter(|row| row.get("family") == family.text) {
            match own.get(row.get("message")) {
                Some(entity) => numbers.insert(row.get("message").to_string(), *entity),
                None => {
                    row.fault("no table has the elements of this message");
                    None
                }
            };
        }
        for entity in own.keys().filter(|name| name.starts_with("CEB") && !name.contains('.')) {
            if !numbers.contains_key(entity) {
                faults.at(&message_table.path, 0, std::format!("the message `{entity}` is missing"));
            }
        }
    }
    for row in &message_rows {
        let answer = row.get("answer");
        if !answer.is_empty() && !numbers.contains_key(answer) {
            row.fault(std::format!("there is no message `{answer}`{}", hint(answer, numbers.keys().map(String::as_str))));
        }
        let role = row.one_of("role", &Role::ALL);
        if let (Some(entity), Some(role)) = (numbers.get(row.get("message")), role) {
            let (name, title, title_en) = (row.required("message"), row.required("title"), row.required("title_en"));
            messages.push(Message { name, entity: *entity, role, title, title_en });
        }
    }
    let table = reader.table("receipts.csv", RECEIPTS);
    let mut reasons: Vec<Reason> = reader.rows(&table).iter().filter_map(|row| reason(row, &rules)).collect();
    reasons.sort_by(|one, other| (one.state, &one.code).cmp(&(other.state, &other.code)));
    for pair in reasons.windows(2) {
        if let [one, other] = pair
            && (one.state, &one.code) == (other.state, &other.code)
        {
            faults.at(&table.path, 0, std::format!("the code `{}` is there twice", one.code));
        }
    }
    let tables = codes.iter().map(|name| {
        let table = reader.table(&std::format!("codes/{}.csv", name.text), CODES);
        let row = |row: &Row<'_>| CodeRow { code: row.required("code"), standard: row.text("standard") };
        let rows: Vec<CodeRow> = reader.rows(&table).iter().map(row).collect();
        sorted(&rows, |row| row.code.to_string(), &table);
        CodeTable { name: Arc::from(name.text.as_str()), rows }
    });
    let codes = tables.collect();
    let table = reader.table("limits.csv", LIMITS);
    let mut limits = Vec::new();
    for row in &reader.rows(&table) {
        let parameter = pack.parameters.iter().find(|parameter| parameter.id == row.get("parameter"));
        if parameter.is_none() {
            row.fault("there is no such parameter");
        }
        for value in parameter.iter().flat_map(|parameter| &parameter.values) {
            limits.push(Limit { name: row.required("name"), interval: value.interval, amount: value.value });
        }
    }
    let table = reader.table("differences.csv", DIFFERENCES);
    for row in &reader.rows(&table) {
        if !numbers.contains_key(row.get("message")) {
            row.fault("there is no such message");
        }
    }
    let namespace = Arc::from(namespace?.text.as_str());
    let forms = Forms { namespace, entities, messages, rules, reasons, codes, limits };
    Some(Read { forms, files: reader.files })
}

fn sorted<T>(rows: &[T], key: impl Fn(&T) -> String, table: &Table<'_>) {
    for pair in rows.windows(2) {
        if let [one, other] = pair
            && key(one) >= key(other)
        {
            table.faults.at(&table.path, 0, std::format!("`{}` must come after `{}`, once", key(one), key(other)));
        }
    }
}

fn rule(row: &Row<'_>) -> Option<Rule> {
    let levels = Level::ALL.map(|level| (level, level.name()));
    grade(row);
    let _ = (row.required("en"), row.required("zh-CN"));
    Some(Rule { id: row.required("id"), level: row.one_of("level", &levels)?, grade: row.text("grade"), prevents: row.text("prevents") })
}

fn grade(row: &Row<'_>) {
    row.one_of("grade", &GRADES.map(|grade| ((), grade)));
}

fn known_rule(row: &Row<'_>, rules: &[Rule]) -> Text {
    let id = row.get("rule");
    if !id.is_empty() && !rules.iter().any(|rule| *rule.id == *id) {
        row.fault(std::format!("there is no rule `{id}`"));
    }
    Arc::from(id)
}

fn reason(row: &Row<'_>, rules: &[Rule]) -> Option<Reason> {
    grade(row);
    let state = row.one_of("kind", &[(true, "state"), (false, "reason")])?;
    row.one_of("outcome", &OUTCOMES.map(|outcome| ((), outcome)))?;
    row.one_of("who", &WHO.map(|who| ((), who)))?;
    let texts = [(row.required("en"), row.text("en-mend")), (row.required("zh-CN"), row.text("zh-CN-mend"))];
    if texts.iter().any(|(_, mend)| mend.is_empty()) && row.get("outcome") == "mend" {
        row.fault("what can be mended needs a text that says how");
    }
    let rule = if row.get("rule").starts_with('S') { row.text("rule") } else { known_rule(row, rules) };
    Some(Reason {
        state,
        code: row.required("code"),
        outcome: row.text("outcome"),
        who: row.text("who"),
        rule,
        grade: row.text("grade"),
        texts,
    })
}

fn element(row: &Row<'_>, entities: &BTreeMap<String, usize>, rules: &[Rule]) -> Option<Element> {
    let kind = match row.get("kind").strip_prefix("group:") {
        Some(entity) => match entities.get(entity) {
            Some(number) => Kind::Group(*number),
            None => {
                row.fault(std::format!("there is no entity `{entity}`{}", hint(entity, entities.keys().map(String::as_str))));
                return None;
            }
        },
        None => row.one_of("kind", &Kind::PLAIN)?,
    };
    let text = matches!(kind, Kind::Text | Kind::Token);
    let (shortest, longest) = (row.number("shortest"), row.number("longest"));
    if !text && (shortest.is_some() || longest.is_some()) {
        row.fault("only a text has a length");
    }
    if longest.is_some_and(|longest| shortest.is_some_and(|shortest| shortest > longest)) {
        row.fault("`shortest` is more than `longest`");
    }
    let (least, most) = (row.number("least"), row.number("most"));
    if least.is_none() || most.is_some_and(|most| Some(most) < least || most == 0) {
        row.fault("`least` must be a number, and `most` at least as much");
    }
    let preset = match row.get("preset").split_once(':') {
        None if row.get("preset").is_empty() => Preset::None,
        Some(("fixed", value)) => Preset::Fixed(Arc::from(value)),
        Some(("default", value)) => Preset::Default(Arc::from(value)),
        _ => {
            row.fault("`preset` must be `fixed:` or `default:` with a value");
            Preset::None
        }
    };
    let form = row.one_of("form", &Form::ALL)?;
    let values: Vec<Text> = row.get("values").split('|').filter(|value| !value.is_empty()).map(Arc::from).collect();
    let rule = known_rule(row, rules);
    if rule.is_empty() != (form == Form::Free && values.is_empty()) {
        row.fault("a form or values come from a rule, and a rule gives a form or values");
    }
    Some(Element {
        name: row.required("element"),
        kind,
        least: least.unwrap_or(0),
        most,
        shortest: shortest.unwrap_or(0),
        longest,
        digits: row.number("digits"),
        fraction: row.number("fraction"),
        preset,
        form,
        values,
        rule,
        prevents: row.text("prevents"),
        label: row.text("name"),
    })
}

/// The rows of a table after its header, as they are written. They have been checked before.
pub fn records(sources: &Sources, path: &str) -> Vec<Vec<String>> {
    let text = sources.get(path).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    reader.records().map_while(Result::ok).map(|record| record.iter().map(ToString::to_string).collect()).collect()
}
