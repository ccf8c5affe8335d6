//! The command line: `preclear`.
//!
//! It writes to streams that it is given, so that nothing here prints, and what a person typed or sent is never written back.

mod arguments;
mod articles;
mod batch;
mod clock;
mod forms;
mod identity;
mod import;
mod lint;
mod packs;
mod parallel;
mod quote;
mod rules;
mod world;

use crate::finding::Code;
use arguments::Arguments;
use std::format;
use std::fs::File;
use std::io::{Read, Write};
use std::string::String;
use std::vec::Vec;

/// Answered: ready or estimated, or nothing wrong.
pub const DONE: u8 = 0;
/// Answered, with something that blocks, that is missing, or that is wrong.
pub const STOPPED: u8 = 1;
/// The input or the arguments cannot be used.
pub const UNUSABLE: u8 = 2;

const HELP: &str = "\
Preclear: what customs will charge for a basket and what customs will stop, before paying.

  preclear quote [FILE]        a basket as JSON from a file or standard input; prints the quote as JSON
      --text                   prints it for people instead
      --locale LOCALE          the language of --text (en): ar, de, es, fr, ja, ko, zh-CN or zh-Hant
      --names                  reads the names of articles whose code does not tell what they are
      --as-of YYYY-MM-DD       the date whose law is asked about, in place of the basket's; without either, today (UTC)
      --packs DIR              uses the packs in DIR, not those inside the program
  preclear batch [FILE]        one basket a line in, one quote a line out, in order, on all cores; a line that is no basket
                               becomes a line with a finding, an empty one nothing
      --as-of, --names, --packs  as above
  preclear identity --country CC   reads a number that names a person or an enterprise from standard input, never from an
                               argument; prints the verdict, never the number
      --type TYPE              what to take it for; without it, the country's usual number
      --as-of YYYY-MM-DD       the day by which a date of birth must have come (today, UTC)
  preclear lint [FILE]         a catalogue, as lines of JSON or as CSV or XLSX whose columns are named after an item's fields
                               (netWeight.g, volume.ml, attributes.alcoholByVolume): codes and facts that some destination
                               lacks or cannot use; a line of JSON for each such row
      --to CC,CC               the destinations (the first of every pack)
      --text, --locale, --as-of, --names, --packs  as above
  preclear declare --form CEB311|CEB621 [FILE]  an order as JSON to a message to China's customs, with findings
      --time YYYYMMDDhhmmss    when it is sent (now, in China)
  preclear validate [FILE...]  messages to China's customs, from files or standard input: findings with line and column;
                               several together are held against each other, and so is the payment data that it pulls
  preclear pull [FILE]         a payment as JSON to that payment data: the text to sign, with findings
      --certificate NUMBER     the number of the certificate that signed it, and with it
      --signature TEXT         the signature in base64: the message that is sent
  preclear receipt [FILE]      what a receipt of China's customs says, what to do, and who can
      --locale en|zh-CN        the language of the answer (en)
  preclear packs [CC]          what is known: version, sources, coverage, the next changes
      --as-of YYYY-MM-DD       on this date, not today
      --coverage               subheadings with an answer, by chapter and table column
      --diff DATE DATE         what differs between the law of two days
      --document               every destination on a page, in Markdown
      --packs DIR              as above
  preclear articles CC HSCODE  personal articles that goods of a commodity code may be: proposals, customs classifies
      --as-of YYYY-MM-DD       on this date, not today
  preclear rules check [DIR]   every fault of the rules in DIR (rules) with file, line and column
  preclear rules build [DIR]   compiles them, and writes DIR/fingerprints.csv
      --out DIR                where the packs go (pkg/packs)
  preclear rules document CC [DIR]  one destination's rules as a page for people, in Markdown
      --as-of YYYY-MM-DD       the day whose tables it sums up; without it, the day in the rules' version
  preclear rules import cn positive-list FILE
  preclear rules import cn tariff FILE
                               the rules with what a CSV or XLSX file of the shop's holds; nothing when a row is wrong
      --rules DIR              the rules to begin from (rules, or those inside the program)
      --out DIR                where the rules go (in place)
      --from, --to YYYY-MM-DD  when the file is in force
      --instrument ID          the instrument that it is a copy of, if not the one in force now
      --lines N                how many lines the whole list has, if not as many as the rules say
      --partial                the file is only a part of the list
  preclear --help, --version

Exit: 0 ready or estimated, or no fault; 1 answered, but something blocks, is missing or is wrong;
2 the input or the arguments cannot be used. An estimate, not legal advice.
";

/// The streams of a run.
pub struct Console<'a> {
    /// Standard input.
    pub input: &'a mut dyn Read,
    /// Standard output.
    pub output: &'a mut dyn Write,
    /// Standard error.
    pub error: &'a mut dyn Write,
}

impl Console<'_> {
    /// Writes to standard output. That nobody reads it any more is no fault of the run.
    fn print(&mut self, text: &str) {
        let _ = self.output.write_all(text.as_bytes());
        let _ = self.output.flush();
    }

    fn complain(&mut self, text: &str) {
        let _ = self.error.write_all(text.as_bytes());
    }
}

/// Why a run cannot go on: one line for standard error.
struct Unusable(String);

impl Unusable {
    fn new(message: impl Into<String>) -> Self {
        Self(format!("preclear: {}", message.into()))
    }
}

type Outcome = Result<u8, Unusable>;

/// The bytes of a file, or of standard input; `what` they are.
fn read(file: Option<&String>, what: &str, most: u64, console: &mut Console<'_>) -> Result<Vec<u8>, Unusable> {
    let mut bytes = Vec::new();
    let mut take = |source: &mut dyn Read| source.take(most.saturating_add(1)).read_to_end(&mut bytes);
    let taken = match file.filter(|file| *file != "-") {
        None => take(console.input),
        Some(file) => File::open(file).and_then(|mut file| take(&mut file)),
    };
    taken.map_err(|error| Unusable(format!("{what}: cannot be read: {}", error.kind())))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > most) {
        return Err(Unusable(format!("{what}: {}: more than {most} bytes", Code::InputTooLarge.name())));
    }
    Ok(bytes)
}

/// Runs the command line with its arguments and gives the exit code.
pub fn run(arguments: Vec<String>, console: &mut Console<'_>) -> u8 {
    let outcome = dispatch(arguments, console);
    outcome.unwrap_or_else(|Unusable(line)| {
        console.complain(&format!("{line}\n"));
        UNUSABLE
    })
}

fn dispatch(arguments: Vec<String>, console: &mut Console<'_>) -> Outcome {
    let mut words = arguments.into_iter();
    let command = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let asks = |word: &String| word == "--help" || word == "-h";
    if ["--help", "-h", "help"].contains(&command.as_str()) || rest.iter().take_while(|word| *word != "--").any(asks) {
        console.print(HELP);
        return Ok(DONE);
    }
    match command.as_str() {
        "--version" | "-V" => {
            console.print(concat!("preclear ", env!("CARGO_PKG_VERSION"), "\n"));
            Ok(DONE)
        }
        "quote" => quote::run(&Arguments::read(rest, &["--text", "--names"], &["--locale", "--as-of", "--packs"], 1)?, console),
        "batch" => batch::run(&Arguments::read(rest, &["--names"], &["--as-of", "--packs"], 1)?, console),
        "identity" => identity::run(&Arguments::read(rest, &[], &["--country", "--type", "--as-of"], 0)?, console),
        "lint" => lint::run(&Arguments::read(rest, &["--text", "--names"], &["--to", "--locale", "--as-of", "--packs"], 1)?, console),
        "declare" => forms::declare(&Arguments::read(rest, &[], &["--form", "--time", "--as-of", "--packs"], 1)?, console),
        "validate" => forms::validate(&Arguments::read(rest, &[], &[], forms::MOST_FILES)?, console),
        "pull" => forms::pull(&Arguments::read(rest, &[], &["--certificate", "--signature"], 1)?, console),
        "receipt" => forms::receipt(&Arguments::read(rest, &[], &["--locale"], 1)?, console),
        "packs" => packs::run(&Arguments::read(rest, &["--coverage", "--diff", "--document"], &["--as-of", "--packs"], 3)?, console),
        "articles" => articles::run(&Arguments::read(rest, &[], &["--as-of"], 2)?, console),
        "rules" => rules::run(rest, console),
        _ => Err(Unusable::new("expected a command; `preclear --help` lists them")),
    }
}
