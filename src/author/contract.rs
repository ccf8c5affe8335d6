//! The contract's JSON Schema and TypeScript types, made from the tables that the reader follows ([`crate::wire::shape`]).

use crate::codes::Country;
use crate::finding::{Code, REMEDIES};
use crate::money::Currency;
use crate::wire::shape::{
    BASKET, Choice, Kind, LONGEST_ATTRIBUTE, LONGEST_DIGIT_CODE, LONGEST_NAME, MOST_ENTRIES, ORDER, PULL, QUOTE, Shape,
};
use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec;
use alloc::vec::Vec;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

/// What the contract is made of: the request, the response, and what declarations ask for besides.
const ROOTS: [&Shape; 4] = [&BASKET, &QUOTE, &ORDER, &PULL];

/// A definition that others refer to by name.
#[derive(Clone, Copy)]
enum Definition {
    Shape(&'static Shape),
    Choice(&'static Choice),
}

impl Definition {
    const fn name(self) -> &'static str {
        match self {
            Self::Shape(shape) => shape.name,
            Self::Choice(choice) => choice.name,
        }
    }
}

/// Every definition, each before those that its fields name, once.
fn definitions() -> Vec<Definition> {
    fn visit(kind: &'static Kind, seen: &mut BTreeSet<&'static str>, found: &mut Vec<Definition>) {
        match kind {
            Kind::Object(shape) => add(Definition::Shape(shape), seen, found),
            Kind::OneOf(choice) => add(Definition::Choice(choice), seen, found),
            Kind::List(kind, ..) | Kind::Map(kind, _) | Kind::Entries(kind) | Kind::Named(kind) | Kind::Nullable(kind) => {
                visit(kind, seen, found)
            }
            _ => {}
        }
    }
    fn add(definition: Definition, seen: &mut BTreeSet<&'static str>, found: &mut Vec<Definition>) {
        if seen.insert(definition.name()) {
            found.push(definition);
            if let Definition::Shape(shape) = definition {
                for field in shape.fields {
                    visit(&field.kind, seen, found);
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for root in ROOTS {
        add(Definition::Shape(root), &mut seen, &mut found);
    }
    found
}

/// A JSON value with its fields in the order given.
enum Json {
    Truth(bool),
    Whole(usize),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(&'static str, Json)>),
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Truth(truth) => serializer.serialize_bool(*truth),
            Self::Whole(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(entries) => serializer.collect_seq(entries),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// The JSON Schema (draft 2020-12) of the request and the response, ending in a line feed.
///
/// What a schema cannot say is in the descriptions: that ids are unique, that a discount names a line, that a unit suits its type.
#[must_use]
pub fn schema() -> String {
    let mut defs: Vec<(&'static str, Json)> = definitions()
        .into_iter()
        .map(|definition| match definition {
            Definition::Shape(shape) => (shape.name, object(shape)),
            Definition::Choice(choice) => (
                choice.name,
                Json::Object(vec![
                    ("description", text(choice.doc)),
                    ("enum", Json::List(choice.names.iter().map(|name| text(name)).collect())),
                ]),
            ),
        })
        .collect();
    let countries = letters(2).filter(|code| Country::parse(code).is_some());
    let currencies = letters(3).filter(|code| Currency::parse(code).is_some());
    defs.push(("CountryCode", codes("An assigned ISO 3166-1 alpha-2 code.", countries)));
    defs.push(("CurrencyCode", codes("An active ISO 4217 code.", currencies)));
    defs.push(("Decimal", pattern("A plain decimal: at most 12 digits, and at most 10 after the point.", DECIMAL)));
    defs.push(("PositiveDecimal", pattern("A plain decimal above zero: at most 12 digits, and at most 10 after the point.", &positive())));
    defs.push(("SignedDecimal", pattern("A decimal that may be negative.", r"^-?[0-9]+(\.[0-9]+)?$")));
    defs.push((
        "Date",
        Json::Object(vec![
            ("description", text("A day that exists, YYYY-MM-DD.")),
            ("type", text("string")),
            ("format", text("date")),
            ("pattern", text("^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
        ]),
    ));
    defs.push(("FindingCode", pattern("The code of a finding; codes may be added.", r"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$")));
    let document = Json::Object(vec![
        ("$schema", text("https://json-schema.org/draft/2020-12/schema")),
        ("title", text("The Preclear contract")),
        ("description", text("A request (Basket) or a response (Quote). Money, rates and quantities are decimals as texts.")),
        ("anyOf", Json::List(ROOTS.iter().map(|shape| reference(shape.name)).collect())),
        ("$defs", Json::Object(defs)),
    ]);
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

const DECIMAL: &str = r"^[0-9]{1,12}(\.[0-9]{1,10})?$";

fn positive() -> String {
    DECIMAL.replacen('^', "^(?=.*[1-9])", 1)
}

/// Every text of so many capital letters, in alphabetical order.
fn letters(length: u32) -> impl Iterator<Item = String> {
    let count = 26u32.saturating_pow(length);
    (0..count).map(move |number| {
        (0..length)
            .rev()
            .map(|place| {
                let letter = number.checked_div(26u32.saturating_pow(place)).unwrap_or(0) % 26;
                char::from(b'A'.saturating_add(u8::try_from(letter).unwrap_or(0)))
            })
            .collect()
    })
}

fn text(text: &str) -> Json {
    Json::Text(text.into())
}

fn reference(name: &str) -> Json {
    Json::Object(vec![("$ref", Json::Text(format!("#/$defs/{name}")))])
}

fn codes(description: &str, codes: impl Iterator<Item = String>) -> Json {
    Json::Object(vec![("description", text(description)), ("enum", Json::List(codes.map(Json::Text).collect()))])
}

fn pattern(description: &str, pattern: &str) -> Json {
    Json::Object(vec![("description", text(description)), ("type", text("string")), ("pattern", text(pattern))])
}

fn object(shape: &'static Shape) -> Json {
    let fields = shape.fields.iter().map(|field| {
        let mut schema = vec![("description", text(field.doc))];
        match of(&field.kind) {
            Json::Object(rest) => schema.extend(rest),
            other => schema.push(("allOf", Json::List(vec![other]))),
        }
        (field.name, Json::Object(schema))
    });
    let required = shape.fields.iter().filter(|field| field.required).map(|field| text(field.name));
    Json::Object(vec![
        ("description", text(shape.doc)),
        ("type", text("object")),
        ("properties", Json::Object(fields.collect())),
        ("required", Json::List(required.collect())),
        ("additionalProperties", Json::Truth(false)),
    ])
}

fn of(kind: &'static Kind) -> Json {
    let string =
        |fewest: usize, most: usize| vec![("type", text("string")), ("minLength", Json::Whole(fewest)), ("maxLength", Json::Whole(most))];
    match kind {
        Kind::Text(fewest, most) => Json::Object(string(*fewest, *most)),
        Kind::Decimal => reference("Decimal"),
        Kind::PositiveDecimal => reference("PositiveDecimal"),
        Kind::SignedDecimal => reference("SignedDecimal"),
        Kind::Date => reference("Date"),
        Kind::Country => reference("CountryCode"),
        Kind::Currency => reference("CurrencyCode"),
        Kind::Digits(fewest, most) => {
            let mut schema = string(*fewest, LONGEST_DIGIT_CODE);
            schema.push(("pattern", Json::Text(format!("^([. ]*[0-9]){{{fewest},{most}}}[. ]*$"))));
            Json::Object(schema)
        }
        Kind::Truth => Json::Object(vec![("type", text("boolean"))]),
        Kind::OneOf(choice) => reference(choice.name),
        Kind::Object(shape) => reference(shape.name),
        Kind::List(kind, fewest, most) => Json::Object(vec![
            ("type", text("array")),
            ("items", of(kind)),
            ("minItems", Json::Whole(*fewest)),
            ("maxItems", Json::Whole(*most)),
        ]),
        Kind::Entries(kind) => Json::Object(vec![("type", text("array")), ("items", of(kind))]),
        Kind::Map(kind, _) => Json::Object(vec![
            ("type", text("object")),
            (
                "propertyNames",
                Json::Object(vec![("pattern", Json::Text(format!("^[a-z][A-Za-z0-9]{{0,{}}}$", LONGEST_NAME.saturating_sub(1))))]),
            ),
            ("additionalProperties", of(kind)),
            ("maxProperties", Json::Whole(MOST_ENTRIES)),
        ]),
        Kind::Named(kind) => Json::Object(vec![("type", text("object")), ("additionalProperties", of(kind))]),
        Kind::Attribute => Json::Object(vec![(
            "anyOf",
            Json::List(vec![Json::Object(vec![("type", text("boolean"))]), Json::Object(string(1, LONGEST_ATTRIBUTE))]),
        )]),
        Kind::AnyText | Kind::Remedy => Json::Object(vec![("type", text("string"))]),
        Kind::FindingCode => reference("FindingCode"),
        Kind::Nullable(kind) => Json::Object(vec![("anyOf", Json::List(vec![Json::Object(vec![("type", text("null"))]), of(kind)]))]),
    }
}

/// The TypeScript types of the request and the response.
#[must_use]
pub fn types() -> String {
    let mut out = String::from(
        "// The contract's types, generated from the engine's tables: change src/wire/shape, not this file.\n\n\
         /** A plain decimal as text: never a number, which could not hold it exactly. */\nexport type Decimal = string;\n\n\
         /** A day, YYYY-MM-DD. */\nexport type CivilDate = string;\n",
    );
    for definition in definitions() {
        out.push('\n');
        match definition {
            Definition::Shape(shape) => {
                out.push_str(&format!("/** {} */\nexport interface {} {{\n", shape.doc, shape.name));
                for field in shape.fields {
                    let mark = if field.required { "" } else { "?" };
                    out.push_str(&format!("  /** {} */\n  {}{mark}: {};\n", field.doc, field.name, typed(&field.kind)));
                }
                out.push_str("}\n");
            }
            Definition::Choice(choice) => {
                out.push_str(&format!("/** {} */\nexport type {} = {};\n", choice.doc, choice.name, union(choice.names.iter().copied())));
            }
        }
    }
    // An open list: an editor offers the known ones, and the type admits those that a later engine adds.
    out.push_str(&format!(
        "\n/** The code of a finding; codes may be added. */\nexport type FindingCode =\n  | {}\n  | (`${{string}}.${{string}}` & {{}});\n",
        lines(Code::ALL.iter().map(|code| code.name()))
    ));
    out.push_str(&format!(
        "\n/** What can be done about a finding; remedies may be added. */\nexport type Remedy =\n  | {}\n  | (string & {{}});\n",
        lines(REMEDIES.iter().copied())
    ));
    out
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn union<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(quoted).collect::<Vec<_>>().join(" | ")
}

fn lines<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(quoted).collect::<Vec<_>>().join("\n  | ")
}

fn typed(kind: &'static Kind) -> String {
    match kind {
        Kind::Text(..) | Kind::Country | Kind::Currency | Kind::Digits(..) | Kind::AnyText => "string".into(),
        Kind::Decimal | Kind::PositiveDecimal | Kind::SignedDecimal => "Decimal".into(),
        Kind::Date => "CivilDate".into(),
        Kind::Truth => "boolean".into(),
        Kind::Attribute => "boolean | string".into(),
        Kind::OneOf(choice) => choice.name.to_string(),
        Kind::Object(shape) => shape.name.to_string(),
        Kind::List(kind, ..) | Kind::Entries(kind) => format!("{}[]", typed(kind)),
        Kind::Map(kind, _) | Kind::Named(kind) => format!("Record<string, {}>", typed(kind)),
        Kind::Nullable(kind) => format!("{} | null", typed(kind)),
        Kind::FindingCode => "FindingCode".into(),
        Kind::Remedy => "Remedy".into(),
    }
}
