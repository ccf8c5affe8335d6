//! Messages changed in one place each: our verdict on the schema against `xmllint` with customs' own.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says what it compared"
)]
#![cfg(feature = "author")]

#[path = "forms/mod.rs"]
mod forms;

use forms::xml::{Xml, full};
use forms::{CHINA, schema, xmllint};
use preclear::forms::table::{Element, Kind};
use preclear::forms::validate;

/// What the table says of the element at a path.
fn element<'f>(message: &Xml, path: &[usize]) -> Option<&'f Element> {
    let forms = &CHINA.0;
    let mut entity = &forms.entities[forms.message(&message.name)?.1.entity];
    let mut xml = message;
    for (depth, place) in path.iter().enumerate() {
        xml = &xml.children[*place];
        let element = entity.elements.iter().find(|element| *element.name == *xml.name)?;
        match element.kind {
            _ if depth + 1 == path.len() => return Some(element),
            Kind::Group(inner) => entity = &forms.entities[inner],
            _ => return None,
        }
    }
    None
}

/// A message with a change in one place, and in words what it was.
fn mutations(message: &Xml) -> Vec<(String, String)> {
    let mut all = vec![("none".to_string(), message.write())];
    for path in message.paths() {
        let (place, parent) = path.split_last().unwrap();
        let Some(element) = element(message, &path) else { continue };
        let mut with = |what: String, change: &dyn Fn(&mut Xml)| {
            let mut changed = message.clone();
            change(&mut changed);
            all.push((format!("{}/{}: {what}", message.name, element.name), changed.write()));
        };
        with("dropped".into(), &|xml| drop(xml.at(parent).children.remove(*place)));
        with("twice".into(), &|xml| {
            let copy = xml.at(&path).clone();
            xml.at(parent).children.insert(*place, copy);
        });
        with("after the next".into(), &|xml| {
            let siblings = &mut xml.at(parent).children;
            let next = (*place + 1).min(siblings.len() - 1);
            siblings.swap(*place, next);
        });
        with("again at the end".into(), &|xml| {
            let copy = xml.at(&path).clone();
            xml.at(parent).children.push(copy);
        });
        with("first".into(), &|xml| {
            let moved = xml.at(parent).children.remove(*place);
            xml.at(parent).children.insert(0, moved);
        });
        with("another name".into(), &|xml| xml.at(&path).name.push('x'));
        with("another namespace".into(), &|xml| xml.at(&path).signature ^= true);
        with("with an attribute".into(), &|xml| xml.at(&path).attributes.push_str(" a=\"1\""));
        if let Some(most) = element.most.filter(|most| *most > 1) {
            for count in [most, most + 1] {
                with(format!("{count} times"), &|xml| {
                    let copy = xml.at(&path).clone();
                    let siblings = &mut xml.at(parent).children;
                    for _ in 1..count {
                        siblings.insert(*place, copy.clone());
                    }
                });
            }
        }
        let mut texts: Vec<String> = vec!["".into(), " ".into()];
        let longest = element.longest.map(|longest| usize::try_from(longest).unwrap());
        match element.kind {
            Kind::Text | Kind::Token => {
                for length in longest.iter().flat_map(|longest| [*longest, longest + 1]) {
                    texts.extend(["1".repeat(length), "字".repeat(length), format!("&#x4e00;{}", "<![CDATA[&]]>".repeat(length - 1))]);
                    texts.push(format!(" {}\n", "1".repeat(length.saturating_sub(2))));
                    texts.push("&amp;\r\n".repeat(length / 2));
                }
                if let Some(length) = usize::try_from(element.shortest).unwrap().checked_sub(1) {
                    texts.push("1".repeat(length));
                }
                texts.push(format!("{}<!-- no text -->", forms::xml::value(element)));
            }
            Kind::Decimal => texts.extend(
                [
                    "0",
                    "-1",
                    "+1",
                    ".5",
                    "5.",
                    ".",
                    "-",
                    "1e3",
                    "1,0",
                    "0x1",
                    "NaN",
                    " 1 ",
                    "1 1",
                    "１",
                    "0.00001",
                    "0.000010",
                    "0.000001",
                    "99999999999999.99999",
                    "100000000000000.00001",
                    "1234567890123456789",
                    "12345678901234567890",
                    "0001234567890123456789",
                    "1234567890123456789.0",
                ]
                .map(String::from),
            ),
            Kind::Whole => {
                // libxml2 does not take white space from a whole number, as XML Schema says to; so none is put there.
                let numbers =
                    ["0", "-1", "+1", "1.0", "1.", "x", "2147483647", "2147483648", "-2147483648", "-2147483649", "999999999", "01"];
                texts.extend(numbers.map(String::from));
            }
            _ => {}
        }
        if matches!(element.kind, Kind::Group(_)) {
            texts = vec!["text".into(), "&#32;".into(), "&#65;".into(), "<!-- no text -->".into()];
        }
        if element.kind == Kind::Opaque || *element.name == *"Message" {
            continue;
        }
        for text in texts {
            let shown: String = text.chars().take(24).collect();
            with(format!("`{shown}` ({} bytes)", text.len()), &|xml| xml.at(&path).text.clone_from(&text));
        }
        if !matches!(element.kind, Kind::Group(_)) {
            with("an element inside".into(), &|xml| {
                let inner = Xml { name: "note".into(), ..Xml::default() };
                xml.at(&path).children.push(inner);
            });
        }
    }
    for (what, from, to) in [
        ("no guid", " guid=\"311AF125-6FED-4603-8C5D-49B1FA4B4B9B\"", ""),
        ("a short guid", "4B9B\"", "4B9\""),
        ("a long guid", "4B9B\"", "4B9BC\""),
        ("a guid with a reference", "4B9B\"", "4B9&#66;\""),
        ("no version", " version=\"1.0\"", ""),
        ("an empty version", "version=\"1.0\"", "version=\"\""),
        ("the longest version", "version=\"1.0\"", "version=\"1234567890\""),
        ("a version too long", "version=\"1.0\"", "version=\"12345678901\""),
        ("an attribute more", "version=\"1.0\"", "version=\"1.0\" other=\"1\""),
        (
            "where the schema is",
            "version=\"1.0\"",
            "version=\"1.0\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\"",
        ),
        ("an attribute twice", "version=\"1.0\"", "version=\"1.0\" version=\"1.0\""),
        ("another namespace", "http://www.chinaport.gov.cn/ceb", "http://www.chinaport.gov.cn/ENT"),
    ] {
        let text = message.write();
        assert!(text.contains(from), "{what}");
        all.push((format!("{}: {what}", message.name), text.replacen(from, to, 1)));
    }
    let text = message.write();
    let half = text.len() / 2;
    all.push(("half of it".into(), text.chars().take(half).collect()));
    all.push(("twice".into(), format!("{text}{text}")));
    all.push(("a comment after it".into(), format!("{text}<!-- -->")));
    all.push(("text after it".into(), format!("{text}x")));
    all
}

fn agree(family: &str) {
    let Some(schema) = schema(family) else { return };
    let (forms, checker) = &*CHINA;
    let exports =
        ["CEB2", "CEB303", "CEB304", "CEB4", "CEB505", "CEB506", "CEB507", "CEB508", "CEB509", "CEB510", "CEB60", "CEB70", "CEB79"];
    let export =
        |name: &str| exports.iter().any(|begin| name.starts_with(begin)) && !name.starts_with("CEB411") && !name.starts_with("CEB412");
    let names = forms.messages.iter().map(|message| &*message.name).filter(|name| export(name) == (family == "export"));
    let (mut compared, mut invalid, mut differ, mut messages) = (0, 0, Vec::new(), 0);
    for name in names {
        let mutations = mutations(&full(forms, name));
        let texts: Vec<String> = mutations.iter().map(|(_, text)| text.clone()).collect();
        messages += 1;
        for ((what, text), theirs) in mutations.iter().zip(xmllint(&schema, &texts)) {
            let ours = validate(forms, checker, &[text.as_bytes()]).documents[0].schema_valid;
            compared += 1;
            invalid += usize::from(!theirs);
            if ours != theirs {
                differ.push(format!("{what}: ours {ours}, xmllint {theirs}"));
            }
        }
    }
    println!(
        "report: {family} schema, {messages} messages changed in one place each: {compared} verdicts, {invalid} of them invalid, {} differ",
        differ.len()
    );
    assert!(differ.is_empty(), "{}", differ[..differ.len().min(60)].join("\n"));
    assert!(invalid > 0 && invalid < compared);
}

#[test]
fn import_verdicts_are_those_of_the_schema() {
    agree("import");
}

#[test]
fn export_verdicts_are_those_of_the_schema() {
    agree("export");
}
