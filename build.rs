//! Lists the rule sources and the message texts, so that the command line carries them. Nothing for a build without the author's tools.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Folders whose files the command line carries.
const FOLDERS: [&str; 2] = ["rules", "pkg/locales"];

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_AUTHOR").is_none() || env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32") {
        return Ok(());
    }
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut list = String::from("[\n");
    for folder in FOLDERS {
        // A new file changes its folder, so that the list is made again.
        println!("cargo:rerun-if-changed={folder}");
        let mut files = Vec::new();
        walk(&root, folder, &mut files)?;
        files.sort();
        for file in files {
            let _ = writeln!(list, "    ({file:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/\", {file:?}))),");
        }
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs"), list)
}

/// The TOML, CSV and JSON files below a folder, by path from the root.
fn walk(root: &Path, folder: &str, files: &mut Vec<String>) -> io::Result<()> {
    let path = root.join(folder);
    if !path.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(root, &name, files)?;
        } else if [".toml", ".csv", ".json"].iter().any(|ending| name.ends_with(ending)) {
            files.push(name);
        }
    }
    Ok(())
}
