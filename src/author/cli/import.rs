//! `preclear rules import`.

use super::arguments::Arguments;
use super::rules::{RULES, count};
use super::{Console, DONE, Outcome, STOPPED, Unusable};
use crate::author::import::{Imported, KINDS, Kind, MOST_BYTES, Refusal, Request, import};
use crate::author::sources::Sources;
use crate::date::Date;
use std::format;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;
use std::string::String;
use std::vec::Vec;

/// Options that take a value.
pub const OPTIONS: [&str; 6] = ["--rules", "--out", "--from", "--to", "--instrument", "--lines"];
/// So many faults are told; a file that is of another kind has one in every row.
const MOST_TOLD: usize = 100;

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let (kind, file) = words(&arguments.words)?;
    let lines =
        arguments.option("--lines").map(|lines| lines.parse().map_err(|_| Unusable::new("--lines: expected a number"))).transpose()?;
    let folder = arguments.option("--rules").or_else(|| Some(RULES).filter(|folder| Path::new(folder).is_dir()));
    let out = Path::new(arguments.option("--out").or(folder).unwrap_or(RULES));
    let in_place = folder.is_some_and(|folder| same_folder(Path::new(folder), out));
    if !in_place && fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Unusable::new("--out: the folder is not empty; to go on from the rules in it, name it with --rules too"));
    }
    let sources = match folder {
        Some(folder) => Sources::read(Path::new(folder))
            .map_err(|(_, error)| Unusable::new(format!("--rules: the folder cannot be read: {}", error.kind())))?,
        None => Sources::embedded(),
    };
    let bytes = read(Path::new(file))?;
    let request = Request {
        kind,
        bytes: &bytes,
        from: arguments.date("--from")?,
        to: arguments.date("--to")?,
        instrument: arguments.option("--instrument"),
        lines,
        partial: arguments.flag("--partial"),
    };
    match import(&sources, &request) {
        Ok(imported) => {
            write(&sources, &imported.sources, out, in_place)?;
            console.print(&told(kind, &imported, out));
            Ok(DONE)
        }
        Err(refusal) => refused(refusal, folder.unwrap_or(RULES), console),
    }
}

/// What is to be imported, and from which file.
fn words(words: &[String]) -> Result<(Kind, &str), Unusable> {
    let known = || KINDS.map(|kind| format!("{} {}", kind.destination, kind.name)).join(" or ");
    let [destination, name, file] = words else {
        return Err(Unusable::new(format!("rules import: expected {}, and a file", known())));
    };
    let kind = KINDS.into_iter().find(|kind| kind.destination.eq_ignore_ascii_case(destination) && kind.name == name);
    kind.map(|kind| (kind, file.as_str())).ok_or_else(|| Unusable::new(format!("rules import: expected {}, and a file", known())))
}

fn same_folder(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().ok().zip(other.canonicalize().ok()).is_some_and(|(one, other)| one == other)
}

fn read(file: &Path) -> Result<Vec<u8>, Unusable> {
    let mut bytes = Vec::new();
    let taken = File::open(file).and_then(|file| file.take(MOST_BYTES.saturating_add(1)).read_to_end(&mut bytes));
    taken.map_err(|error| Unusable::new(format!("rules import: the file cannot be read: {}", error.kind())))?;
    Ok(bytes)
}

/// Writes what changed, or everything where it is a copy.
fn write(before: &Sources, after: &Sources, out: &Path, in_place: bool) -> Result<(), Unusable> {
    for (path, text) in after.below("") {
        if in_place && before.get(path) == Some(text) {
            continue;
        }
        let target = out.join(path);
        let folder = target.parent().map_or(Ok(()), fs::create_dir_all);
        folder.and_then(|()| fs::write(&target, text)).map_err(|_| Unusable::new(format!("rules import: {path} cannot be written")))?;
    }
    Ok(())
}

fn told(kind: Kind, imported: &Imported, out: &Path) -> String {
    let day = |date: Option<Date>| date.map(Date::text).unwrap_or_default();
    let until = imported.interval.to.map(|to| format!(" until {}", to.text())).unwrap_or_default();
    let mut text = format!("{}: {}, in force from {}{until}\n", kind.name, count(imported.rows, "row"), day(imported.interval.from));
    for note in &imported.notes {
        text.push_str(&format!("  {note}\n"));
    }
    let out = out.display();
    text.push_str(&format!("{out}/{} {}; `preclear rules build {out}` makes the pack\n", kind.destination, imported.version));
    text
}

fn refused(refusal: Refusal, folder: &str, console: &mut Console<'_>) -> Outcome {
    let (lines, what): (Vec<String>, &str) = match refusal {
        Refusal::Unusable(message) => return Err(Unusable::new(format!("rules import: {message}"))),
        Refusal::Incomplete(rows, lines) => {
            return Err(Unusable::new(format!(
                "rules import: {}, and the whole has {lines}: if these are all, say --lines {rows}; if they are a part, --partial",
                count(rows, "row")
            )));
        }
        Refusal::Problems(problems) => {
            (problems.iter().map(|problem| format!("{}: {}\n", problem.place, problem.message)).collect(), "; nothing was written")
        }
        Refusal::Faults(faults) => {
            let folder = folder.trim_end_matches('/');
            (faults.iter().map(|fault| format!("{folder}/{fault}\n")).collect(), " of the rules; nothing was written")
        }
    };
    console.print(&lines.iter().take(MOST_TOLD).map(String::as_str).collect::<String>());
    let more = lines.len().saturating_sub(MOST_TOLD);
    let more = if more > 0 { format!(", {more} not shown") } else { String::new() };
    console.complain(&format!("{}{more}{what}\n", count(lines.len(), "fault")));
    Ok(STOPPED)
}
