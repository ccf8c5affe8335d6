//! The command line. Everything is in [`preclear::author::cli`]; here are only the process's streams and arguments.

use preclear::author::cli::{Console, UNUSABLE, run};
use std::io::{Write as _, stderr, stdin, stdout};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = std::env::args_os().skip(1).map(|argument| argument.into_string().ok()).collect::<Option<Vec<_>>>();
    let (mut input, mut output, mut error) = (stdin().lock(), stdout().lock(), stderr().lock());
    let Some(arguments) = arguments else {
        let _ = error.write_all(b"preclear: the arguments are not UTF-8\n");
        return ExitCode::from(UNUSABLE);
    };
    ExitCode::from(run(arguments, &mut Console { input: &mut input, output: &mut output, error: &mut error }))
}
