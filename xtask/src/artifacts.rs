//! Building what is shipped: the packs, the engine and the npm package. A step whose inputs have not changed is skipped.

use crate::run::{Failure, command, step};
use crate::{root, sizes, tools};
use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

/// The WebAssembly features that every current browser has. Never `--all-features`: that writes modules which V8 refuses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds everything and prints the sizes.
pub fn build() -> Result<(), Failure> {
    tools::for_build()?;
    packs()?;
    modules()?;
    package()?;
    sizes::report()
}

/// The command line, with the compiler of the rules in it.
pub fn command_line() -> Result<(), Failure> {
    once("command line", &["Cargo.toml", "Cargo.lock", "src", "rules", "pkg/locales"], &["target/release/preclear"], || {
        step("building the command line", command("cargo").args(["build", "--release", "--features", "author", "--bin", "preclear"]))
            .map(drop)
    })
}

fn packs() -> Result<(), Failure> {
    command_line()?;
    once("packs", &["src", "rules"], &["pkg/packs/manifest.json"], || {
        step("compiling the packs", command("target/release/preclear").args(["rules", "build", "--out", "pkg/packs"])).map(drop)
    })
}

/// The modules of `pkg/dist/wasm`: what each is called, its feature and its file's name.
const MODULES: [(&str, &str, &str); 4] = [
    ("engine", "wasm", "preclear"),
    ("whole engine", "wasm,whole", "whole"),
    ("identity", "wasm-identity", "identity"),
    ("declarations", "wasm,forms", "forms"),
];

fn modules() -> Result<(), Failure> {
    MODULES.into_iter().try_for_each(|(what, feature, file)| module(what, feature, file))
}

fn module(what: &str, feature: &str, file: &str) -> Result<(), Failure> {
    let wasm = format!("pkg/dist/wasm/{file}_bg.wasm");
    once(what, &["Cargo.toml", "Cargo.lock", "src", "pkg/traps.mjs", "package-lock.json"], &[&wasm], || {
        let options = ["build", "--release", "--no-pack", "--target", "web", "--out-dir", "pkg/dist/wasm", "--mode", "no-install"];
        // wasm-pack looks for a newer version of itself and for tools to download unless it is told not to.
        let features = ["--", "--no-default-features", "--features", feature];
        let build = ["--out-name", file];
        step(
            &format!("building the {what}"),
            command("wasm-pack").args(options).args(build).args(features).env("RUSTFLAGS", without_paths()),
        )?;
        let _ = fs::remove_file(root().join("pkg/dist/wasm/.gitignore"));
        step(&format!("shortening the {what}"), command("node").args(["pkg/traps.mjs", &wasm]))?;
        step(
            &format!("optimising the {what}"),
            command("node_modules/.bin/wasm-opt")
                .args(["-Oz", "--converge", "--low-memory-unused", "--strip-producers", "--strip-target-features"])
                // Control flow taken apart and put together again packs better: half a per cent.
                .args(["--flatten", "--rereloop", "-Oz", "-Oz"])
                .args(FEATURES)
                .args([&wasm, "-o", &wasm]),
        )?;
        let check = format!("new WebAssembly.Module(require('fs').readFileSync('{wasm}'))");
        step(&format!("checking the {what}"), command("node").args(["-e", &check])).map(drop)
    })
}

/// Flags that keep the folders of this machine out of what is shipped: the places of panics name the sources of the crates.
fn without_paths() -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.map(|home| home.join("registry/src")).and_then(|sources| fs::read_dir(sources).ok());
    let flag = |folder: fs::DirEntry| format!("--remap-path-prefix={}/=", folder.path().display());
    sources.into_iter().flatten().flatten().map(flag).collect::<Vec<_>>().join(" ")
}

fn package() -> Result<(), Failure> {
    let inputs =
        ["pkg/js", "pkg/locales", "pkg/build.mjs", "pkg/package.json", "www/widget", "pkg/packs", "pkg/dist/wasm", "package-lock.json"];
    once("npm package", &inputs, &["pkg/dist/widget.js", "pkg/dist/preclear.js", "pkg/dist/isolated.js", "pkg/dist/worker.js"], || {
        step("bundling the npm package", command("node").arg("pkg/build.mjs")).map(drop)
    })
}

/// Runs a build unless its outputs are there and its inputs are those of the last time.
fn once(name: &str, inputs: &[&str], outputs: &[&str], build: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let stamp = root().join("target/stamps").join(name);
    let now = fingerprint(inputs)?;
    let there = outputs.iter().all(|output| root().join(output).exists());
    if there && fs::read_to_string(&stamp).is_ok_and(|before| before == now) {
        return Ok(());
    }
    build()?;
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder)?;
    }
    // Once more: a build may write among its own inputs, as the fingerprints of the rules.
    fs::write(&stamp, fingerprint(inputs)?)?;
    Ok(())
}

fn fingerprint(inputs: &[&str]) -> Result<String, Failure> {
    let mut hasher = DefaultHasher::new();
    for input in inputs {
        feed(&root().join(input), &mut hasher)?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn feed(path: &Path, hasher: &mut DefaultHasher) -> Result<(), Failure> {
    if path.is_dir() {
        let mut entries = fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
        entries.sort();
        for entry in entries {
            feed(&entry, hasher)?;
        }
    } else if path.exists() {
        path.file_name().hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}
