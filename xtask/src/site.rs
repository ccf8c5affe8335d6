//! The demo site: laying it out and serving it on the loopback address.

use crate::root;
use crate::run::Failure;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use tiny_http::{Header, Response, Server};

/// Where the site is laid out.
pub fn directory() -> PathBuf {
    root().join("target/site")
}

/// Lays out the site: the storefront at `/`, the npm package's files at `/preclear/`.
pub fn stage() -> Result<(), Failure> {
    let site = directory();
    if site.exists() {
        fs::remove_dir_all(&site)?;
    }
    copy(&root().join("www/demo"), &site)?;
    copy(&root().join("pkg/dist"), &site.join("preclear"))?;
    copy(&root().join("pkg/packs"), &site.join("preclear/packs"))
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).map_err(|error| Failure::from(format!("{}: {error}", from.display())))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Serves a directory until the process ends. Prints the address on a line of its own.
pub fn serve(directory: &Path, port: u16, next_free: bool) -> Result<(), Failure> {
    let tries = if next_free && port != 0 { 20 } else { 1 };
    let server = (0..tries)
        .find_map(|more| Server::http(("127.0.0.1", port.saturating_add(more))).ok())
        .ok_or_else(|| Failure::from(format!("port {port} is taken: choose another with --port")))?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    println!("http://127.0.0.1:{port}/");
    std::io::stdout().flush()?;
    for request in server.incoming_requests() {
        let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
        let sent = match find(directory, &path).and_then(|file| fs::read(&file).ok().map(|bytes| (file, bytes))) {
            Some((file, bytes)) => {
                let mut response = Response::from_data(bytes);
                for (name, value) in [
                    ("Content-Type", content_type(&file)),
                    ("X-Content-Type-Options", "nosniff"),
                    ("Cache-Control", "no-cache"),
                    ("Referrer-Policy", "no-referrer"),
                ] {
                    if let Ok(header) = Header::from_bytes(name, value) {
                        response.add_header(header);
                    }
                }
                request.respond(response)
            }
            None => request.respond(Response::from_string("not found\n").with_status_code(404)),
        };
        // A browser that has gone away is no reason to stop serving.
        drop(sent);
    }
    Ok(())
}

/// The file for a path of the address, inside the directory and nowhere else.
fn find(directory: &Path, path: &str) -> Option<PathBuf> {
    let relative = PathBuf::from(path.trim_start_matches('/'));
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) || path.contains(['\\', '%', '\0']) {
        return None;
    }
    let mut file = directory.join(relative);
    if file.is_dir() {
        file.push("index.html");
    } else if !file.exists() && file.extension().is_none() {
        file.set_extension("html");
    }
    file.is_file().then_some(file)
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_outside_the_directory_is_found() {
        let directory = root().join("xtask/src");
        assert!(find(&directory, "/main.rs").is_some());
        for path in ["/../Cargo.toml", "/..", "/%2e%2e/Cargo.toml", "/..\\Cargo.toml", "//etc/passwd", "/./../Cargo.toml", "/missing"] {
            assert!(find(&directory, path).is_none(), "{path}");
        }
    }
}
