//! `cargo xtask demo` builds everything and serves the storefront; `cargo xtask test` runs every test. Both install what is missing.

mod artifacts;
mod run;
mod site;
mod sizes;
mod suite;
mod tools;

use run::Failure;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  demo [--port N]            build everything and serve the storefront
  test [--only NAME] [--list]   run every test, or the steps whose name holds NAME
  build                      compile the packs, the engine and the npm package, and print their sizes
  stage                      build, and lay out the site that `serve` serves, in target/site
  serve [--port N] [--dir DIR]  serve a directory on the loopback address";

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").components().collect::<PathBuf>().canonicalize().unwrap_or_default()
}

/// The value after an option, if it is there.
fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let place = arguments.iter().position(|argument| argument == name)?;
    arguments.get(place + 1).map(String::as_str)
}

fn port(arguments: &[String]) -> Result<Option<u16>, Failure> {
    match option(arguments, "--port") {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| Failure::from("--port takes a number from 0 to 65535")),
    }
}

fn command(arguments: &[String]) -> Result<(), Failure> {
    match arguments.first().map(String::as_str) {
        Some("demo") => {
            artifacts::build()?;
            site::stage()?;
            site::serve(&site::directory(), port(arguments)?.unwrap_or(8787), true)
        }
        Some("build") => artifacts::build(),
        Some("stage") => {
            artifacts::build()?;
            site::stage()
        }
        Some("serve") => {
            let directory = option(arguments, "--dir").map_or_else(site::directory, PathBuf::from);
            site::serve(&directory, port(arguments)?.unwrap_or(8787), false)
        }
        Some("test") => suite::run(option(arguments, "--only"), arguments.iter().any(|argument| argument == "--list")),
        Some("help" | "--help" | "-h") | None => {
            println!("{USAGE}");
            Ok(())
        }
        Some(_) => Err(Failure::from(USAGE)),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
