//! `preclear packs`.

use super::arguments::Arguments;
use super::world::World;
use super::{Console, DONE, Outcome, Unusable, clock};
use crate::author::changes::{self, Days};
use crate::author::coverage::Coverage;
use crate::author::document::destinations;
use crate::author::listing::places;
use crate::date::Date;
use crate::engine::LoadedPack;
use crate::pack::{Grade, Pack};
use crate::wire::digest::hex;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

pub fn run(arguments: &Arguments, console: &mut Console<'_>) -> Outcome {
    let question = Question::read(arguments)?;
    let world = World::load(arguments)?;
    let asked = |loaded: &&LoadedPack| {
        let destination = question.destination.as_ref();
        destination.is_none_or(|asked| loaded.pack.is_for(asked))
    };
    if let About::Page = question.about {
        let packs: Vec<_> = world.engine.packs().iter().map(|loaded| (&loaded.pack, world.texts(&loaded.pack.id, "en"))).collect();
        let version = packs.iter().filter_map(|(pack, _)| Date::parse(pack.version.get(..10)?.replace('.', "-").as_str())).max();
        // The page is the same whenever it is made, so its day is that of the latest rules.
        let date = arguments.date("--as-of")?.or(version);
        let date = date.ok_or_else(|| Unusable::new("packs: the version of no pack is a day; use --as-of"))?;
        console.print(&destinations::page(&packs, date));
        return Ok(DONE);
    }
    let text: String = world.engine.packs().iter().filter(asked).map(|loaded| answer(loaded, &world, &question)).collect();
    if text.is_empty() {
        return Err(Unusable::new("packs: none for this destination"));
    }
    console.print(&text);
    Ok(DONE)
}

/// What is asked about which packs.
struct Question {
    destination: Option<String>,
    about: About,
}

enum About {
    Pack(Date),
    Coverage(Date),
    Difference(Days),
    /// All of them on a page.
    Page,
}

impl Question {
    fn read(arguments: &Arguments) -> Result<Self, Unusable> {
        let (dates, words): (Vec<_>, Vec<_>) = arguments.words.iter().partition(|word| Date::parse(word).is_some());
        let dates: Vec<Date> = dates.into_iter().filter_map(|date| Date::parse(date)).collect();
        let differs = arguments.flag("--diff");
        if words.len() > 1 || (!differs && !dates.is_empty()) {
            return Err(Unusable::new("packs: expected at most one destination; only --diff takes dates"));
        }
        if arguments.flag("--document") && (differs || arguments.flag("--coverage") || !words.is_empty()) {
            return Err(Unusable::new("packs: --document is about all destinations, and goes alone"));
        }
        if differs && (arguments.flag("--coverage") || arguments.option("--as-of").is_some()) {
            return Err(Unusable::new("packs: --diff goes with neither --coverage nor --as-of"));
        }
        let today =
            || arguments.date("--as-of")?.or_else(clock::today).ok_or_else(|| Unusable::new("the clock shows no date; use --as-of"));
        let about = match *dates.as_slice() {
            [before, after] if differs && before <= after => About::Difference(Days { before, after }),
            _ if differs => return Err(Unusable::new("packs: --diff takes two days that exist, YYYY-MM-DD, the earlier first")),
            _ if arguments.flag("--document") => About::Page,
            _ if arguments.flag("--coverage") => About::Coverage(today()?),
            _ => About::Pack(today()?),
        };
        Ok(Self { destination: words.first().map(|word| word.to_ascii_uppercase()), about })
    }
}

fn answer(loaded: &LoadedPack, world: &World, question: &Question) -> String {
    let pack = &loaded.pack;
    match question.about {
        About::Pack(date) => describe(loaded, world.sizes.get(&pack.id).copied().unwrap_or(0), date),
        About::Page => String::new(),
        About::Coverage(date) => covered(pack, date),
        About::Difference(days) => {
            let found = changes::text(pack, world.texts(&pack.id, "en"), days);
            let found = if found.is_empty() { "nothing differs\n".to_string() } else { found };
            format!("{} {}: {} → {}\n{found}", pack.id, pack.version, days.before.text(), days.after.text())
        }
    }
}

/// The answers by chapter, in columns.
fn covered(pack: &Pack, date: Date) -> String {
    let rows = Coverage::of(pack, date).rows();
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(String::len).max().unwrap_or(0);
    let mut text = format!(
        "{} {}: subheadings of the Harmonized System of 2022 with an answer on {}\n\
         ~ of these estimated, by a source of grade C; + besides these, for some longer codes only\n",
        pack.id,
        pack.version,
        date.text()
    );
    for row in &rows {
        let cells = row.iter().enumerate().map(|(column, cell)| format!("{cell:<width$}", width = widest(column)));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn describe(loaded: &LoadedPack, size: usize, date: Date) -> String {
    let pack = &loaded.pack;
    let mut text = format!("{}\n", pack.id);
    let mut row = |name: &str, value: String| text.push_str(&format!("  {name:<12} {value}\n"));
    row("destination", places(&pack.destinations));
    row("currency", pack.currency.code().to_string());
    row("version", pack.version.clone());
    row("sha256", hex(&loaded.sha256));
    row("bytes", size.to_string());
    let grades = Grade::ALL.map(|grade| {
        let count = pack.instruments.iter().filter(|instrument| instrument.grade == grade).count();
        format!("{count} of grade {}", grade.name())
    });
    row("instruments", format!("{}: {}", pack.instruments.len(), grades.join(", ")));
    row("parameters", pack.parameters.len().to_string());
    for table in &pack.tables {
        row("table", format!("{}: {} codes", table.id, table.len()));
    }
    let names = |ids: Vec<&str>| ids.join(", ");
    row("channels", names(pack.channels.iter().map(|channel| channel.id.as_str()).collect()));
    row("regimes", names(pack.regimes.iter().map(|regime| regime.id.as_str()).collect()));
    row("checks", pack.checks.len().to_string());
    let changes = changes::next(pack, date);
    let told = changes.iter().map(|(date, what)| format!("{}: {}", date.text(), what.join(", ")));
    let told: Vec<String> = told.collect();
    row("next changes", if told.is_empty() { format!("none known after {}", date.text()) } else { told.join("; ") });
    text
}
