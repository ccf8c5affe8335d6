//! The demo site: laying it out and serving it on the loopback address.

use crate::root;
use crate::run::Failure;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use tiny_http::{Request, Server};

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
    copy(&root().join("pkg/dist"), &site.join("preclear"))
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
            Some((file, bytes)) => answer(request, "200 OK", content_type(&file), policy(&file), &bytes),
            None => answer(request, "404 Not Found", "text/plain; charset=utf-8", None, b"not found\n"),
        };
        // A browser that has gone away is no reason to stop serving.
        drop(sent);
    }
    Ok(())
}

/// Writes a response and asks for the connection to be closed: the server's pool can leave a connection waiting for a thread while
/// others are kept open, and a page that loads many files then hangs.
fn answer(request: Request, status: &str, content_type: &str, policy: Option<&str>, body: &[u8]) -> std::io::Result<()> {
    let policy = policy.map(|policy| format!("Content-Security-Policy: {policy}\r\n")).unwrap_or_default();
    let mut writer = request.into_writer();
    write!(
        writer,
        "HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\nX-Content-Type-Options: nosniff\r\n\
         Cache-Control: no-cache\r\nReferrer-Policy: no-referrer\r\n{policy}Connection: close\r\n\r\n",
        body.len()
    )?;
    writer.write_all(body)?;
    writer.flush()
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

/// The policy of a file that has one of its own: a worker is held to that of its file, and not to the page's.
fn policy(file: &Path) -> Option<&'static str> {
    file.ends_with("preclear/worker.js").then_some("default-src 'none'; script-src 'wasm-unsafe-eval'")
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
