//! Running other programs: a line of progress, their output only when they fail.

use std::ffi::OsStr;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

/// What went wrong, in the words to show.
#[derive(Debug)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// A command in the repository's root, without a standard input to wait for.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(crate::root()).stdin(Stdio::null());
    // What cargo sets for this program is not for the programs it starts.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO_PKG_VERSION", "RUSTFLAGS", "RUSTDOCFLAGS"] {
        command.env_remove(name);
    }
    command
}

/// Says what is happening, runs it, and says how long it took. Gives everything it printed.
///
/// # Errors
///
/// [`Failure`] with the output when the command could not be started or did not succeed.
pub fn step(label: &str, command: &mut Command) -> Result<String, Failure> {
    let started = Instant::now();
    print!("{label} …");
    std::io::stdout().flush()?;
    let result = output(command);
    println!(" {:.1} s", started.elapsed().as_secs_f64());
    let (output, success) = result.map_err(|error| Failure(format!("{label}: could not start: {error}")))?;
    if success { Ok(output) } else { Err(Failure(format!("{output}\n{label}: failed"))) }
}

/// Everything a command printed, both streams in the order of their lines, and whether it succeeded.
pub fn output(command: &mut Command) -> std::io::Result<(String, bool)> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (sender, receiver) = mpsc::channel::<String>();
    let streams: [Option<Box<dyn std::io::Read + Send>>; 2] =
        [child.stdout.take().map(|stream| Box::new(stream) as _), child.stderr.take().map(|stream| Box::new(stream) as _)];
    let readers: Vec<_> = streams
        .into_iter()
        .flatten()
        .map(|stream| {
            let sender = sender.clone();
            thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                let mut line = Vec::new();
                while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
                    let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
                    line.clear();
                }
            })
        })
        .collect();
    drop(sender);
    let text = receiver.into_iter().collect();
    for reader in readers {
        let _ = reader.join();
    }
    let status = child.wait()?;
    Ok((text, status.success()))
}

/// The first line a command prints, if it runs at all.
pub fn first_line(program: &str, arguments: &[&str]) -> Option<String> {
    let (text, success) = output(command(program).args(arguments)).ok()?;
    success.then(|| text.lines().next().unwrap_or_default().to_owned())
}
