//! Installing what is missing, and nothing else.

use crate::root;
use crate::run::{Failure, command, first_line, step};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// A cargo command that builds a tool quickly rather than well: it is used a few times.
fn cargo_install() -> Command {
    let mut cargo = command("cargo");
    cargo
        .arg("install")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo
}

/// The version of a package in `Cargo.lock`.
pub fn locked_version(package: &str) -> Result<String, Failure> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let after = lock.split(&format!("name = \"{package}\"\nversion = \"")).nth(1);
    let version = after.and_then(|text| text.split('"').next());
    version.map(str::to_owned).ok_or_else(|| Failure::from(format!("Cargo.lock names no version of {package}")))
}

/// What a build needs: the target, wasm-bindgen at the crate's version, wasm-pack, the npm packages.
pub fn for_build() -> Result<(), Failure> {
    let installed = first_lines("rustup", &["target", "list", "--installed"]).unwrap_or_default();
    if !installed.lines().any(|line| line == TARGET) {
        step("installing the wasm32 target", command("rustup").args(["target", "add", TARGET]))?;
    }
    if !root().join("Cargo.lock").exists() {
        step("locking the crates", command("cargo").arg("generate-lockfile"))?;
    }
    npm_packages()?;
    let wanted = locked_version("wasm-bindgen")?;
    if first_line("wasm-bindgen", &["--version"]).is_none_or(|line| !line.ends_with(&format!(" {wanted}"))) {
        // Without --locked: the lock file it was published with names crates that a mirror may not have yet.
        step(
            &format!("installing wasm-bindgen-cli {wanted} (some minutes)"),
            cargo_install().args(["wasm-bindgen-cli", "--version", &wanted, "--force"]),
        )?;
    }
    if first_line("wasm-pack", &["--version"]).is_none() {
        step("installing wasm-pack (some minutes)", cargo_install().arg("wasm-pack"))?;
    }
    Ok(())
}

fn first_lines(program: &str, arguments: &[&str]) -> Option<String> {
    crate::run::output(command(program).args(arguments)).ok().filter(|(_, success)| *success).map(|(text, _)| text)
}

fn npm_packages() -> Result<(), Failure> {
    let time = |path: &str| fs::metadata(root().join(path)).and_then(|file| file.modified()).ok();
    // npm writes this file last, so that it is newer than the lock file it installed from.
    let installed = time("node_modules/.package-lock.json");
    if installed.is_none() || installed < time("package-lock.json") {
        if first_line("node", &["--version"]).is_none() {
            return Err(Failure::from("Node 20 or newer is needed: install it from your system's packages"));
        }
        step("installing the npm packages", command("npm").args(["ci", "--no-fund", "--no-audit"]))?;
    }
    Ok(())
}

/// The oracle of identity numbers, at one version.
const STDNUM: &str = "python-stdnum==2.2";

/// Numbers with what python-stdnum says of them, for the tests to compare with; none where Python cannot be had.
pub fn numbers() -> Result<Option<PathBuf>, Failure> {
    let (folder, file) = (root().join("target/oracle"), root().join("target/oracle/numbers.csv"));
    let python = folder.join("bin/python");
    let script = root().join("tests/oracles/numbers.py");
    let made = |program: &mut Command| crate::run::output(program).is_ok_and(|(_, success)| success);
    let stdnum = || first_line(&python.to_string_lossy(), &["-c", "import stdnum"]).is_some();
    if !stdnum() {
        let there = made(command("python3").args(["-m", "venv"]).arg(&folder))
            && made(command(&python).args(["-m", "pip", "install", "--quiet", STDNUM]))
            && stdnum();
        if !there {
            println!("python-stdnum cannot be installed: numbers are not compared with it");
            return Ok(None);
        }
    }
    let (text, success) = crate::run::output(command(&python).arg(&script))?;
    if !success {
        return Err(Failure::from(text));
    }
    fs::write(&file, text)?;
    Ok(Some(file))
}

/// The browser and its driver.
#[derive(Debug)]
pub struct Browser {
    /// Chromium or Chrome.
    pub browser: PathBuf,
    /// Its driver.
    pub driver: PathBuf,
}

/// A browser to test in: the one there is, or, on Debian as root, one that is installed now.
pub fn browser() -> Result<Browser, Failure> {
    if let Some(found) = find_browser() {
        return Ok(found);
    }
    // With fonts for the pictures: Chinese, Japanese and Korean; Arabic.
    debian_packages("chromium", &["chromium", "chromium-driver", "fonts-noto-cjk", "fonts-dejavu-core"])?;
    find_browser().ok_or_else(|| {
        Failure::from("a browser is needed: install Chromium or Chrome with its chromedriver, or set CHROMIUM_PATH and CHROMEDRIVER")
    })
}

/// Firefox, which is installed like Chromium; none where that cannot be done.
pub fn firefox() -> Option<PathBuf> {
    let find = || from_environment("FIREFOX_PATH").or_else(|| on_path(&["firefox-esr", "firefox"]));
    if find().is_none()
        && let Err(failure) = debian_packages("firefox", &["firefox-esr"])
    {
        println!("{failure}");
    }
    find()
}

/// Installs packages on Debian as root, and does nothing elsewhere.
fn debian_packages(what: &str, packages: &[&str]) -> Result<(), Failure> {
    let debian = Path::new("/etc/debian_version").exists();
    let is_root = first_line("id", &["-u"]).is_some_and(|line| line == "0");
    if debian && is_root {
        step("updating the list of packages", command("apt-get").arg("update"))?;
        let install = ["install", "--yes", "--no-install-recommends"];
        step(&format!("installing {what}"), command("apt-get").args(install).args(packages).env("DEBIAN_FRONTEND", "noninteractive"))?;
    }
    Ok(())
}

fn from_environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).map(PathBuf::from).filter(|path| path.exists())
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).flat_map(|folder| names.iter().map(move |name| folder.join(name))).find(|path| path.exists())
}

fn find_browser() -> Option<Browser> {
    let mac = || Some(PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")).filter(|path| path.exists());
    let browser = from_environment("CHROMIUM_PATH")
        .or_else(|| on_path(&["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]))
        .or_else(mac)?;
    let driver = from_environment("CHROMEDRIVER").or_else(|| on_path(&["chromedriver"]))?;
    Some(Browser { browser, driver })
}
