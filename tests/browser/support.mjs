// What the browser tests share: a server on the loopback address, and Chromium.

import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The laid-out site, and the npm package's files as the site has them. */
export const site = join(root, "target/site");
export const mounts = [["/preclear/", join(root, "pkg/dist")]];

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};

/** A policy as strict as a page can have and still run WebAssembly. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

/**
 * Serves pages held in memory, and folders under a path, on a free port of the loopback address.
 *
 * `pages` maps a path to text, to `{ body, type, status, headers, delay }`, or to a function that gives one of them or nothing;
 * they come before the folders, and can be changed while the server runs. `requests` is every path asked for, in order.
 */
export async function serve({ pages = {}, folders = mounts, headers = {} } = {}) {
  const requests = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    requests.push(path);
    const found = page(pages[path], path) ?? file(folders, path);
    if (found?.delay) {
      await new Promise((resolve) => setTimeout(resolve, found.delay));
    }
    const type = found ? (found.type ?? TYPES[extname(path)] ?? TYPES[".html"]) : "text/plain";
    response.writeHead(found ? (found.status ?? 200) : 404, { "Content-Type": type, "Cache-Control": "no-store", ...headers, ...found?.headers });
    response.end(found ? found.body : "not found\n");
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    pages,
    requests,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
}

function page(entry, path) {
  const given = typeof entry === "function" ? entry(path) : entry;
  return typeof given === "string" || Buffer.isBuffer(given) ? { body: given } : given;
}

function file(folders, path) {
  for (const [mount, folder] of folders) {
    if (!path.startsWith(mount)) {
      continue;
    }
    let name = normalize(join(folder, path.slice(mount.length)));
    if (name !== folder && !name.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      continue;
    }
    if (existsSync(name) && statSync(name).isDirectory()) {
      name = join(name, "index.html");
    }
    if (existsSync(name)) {
      return { body: readFileSync(name), type: TYPES[extname(name)] };
    }
  }
  return undefined;
}

/** Serves a folder with the project's own server, `cargo xtask serve`, where the suite says which program that is. */
export async function serveSite(folder = site) {
  const program = process.env.PRECLEAR_XTASK;
  if (!program) {
    return serve({ folders: [["/", folder]] });
  }
  const child = spawn(program, ["serve", "--port", "0", "--dir", folder], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    let text = "";
    child.once("error", reject);
    child.once("exit", () => reject(new Error("the server ended before it said its address")));
    child.stdout.on("data", (data) => {
      text += data;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (address) {
        resolve(address[0]);
      }
    });
  });
  return { url, close: async () => void child.kill() };
}

/** How Chromium is started: as the suite found it, with the options that the engine's own browser tests use. */
function chromiumOptions(more = []) {
  const options = JSON.parse(readFileSync(join(root, "webdriver.json"), "utf8"))["goog:chromeOptions"].args;
  return {
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [...options.filter((option) => option !== "--headless"), ...more],
  };
}

export const launch = () => chromium.launch(chromiumOptions());

/** With a profile of its own, for what else is to be asked of it. */
export const launchWith = (profile, more) => chromium.launchPersistentContext(profile, chromiumOptions(more));

/** Waits for what the element loads when it has answered and there is nothing else to do. */
export async function rested({ requests }) {
  const last = ["/preclear/widget-details.js", "/preclear/locales/en.more.json", "/preclear/packs/cn.en.more.json"];
  for (const end = Date.now() + 20_000; !last.every((path) => requests.includes(path)); await new Promise((done) => setTimeout(done, 20))) {
    if (Date.now() > end) throw new Error(`in vain: ${last.join(" ")}`);
  }
}

/** The policy with which the file of the isolated engine's worker is served. */
export const SEALED = "default-src 'none'; script-src 'wasm-unsafe-eval'";
export const workerFile = () => ({ body: readFileSync(join(root, "pkg/dist/worker.js")), type: TYPES[".js"], headers: { "Content-Security-Policy": SEALED } });

/**
 * Opens a page of a server of its own and does something there. Gives what there is to complain of: what the page had for the console, errors that
 * nobody caught, violations of its policy, requests to anybody else.
 */
export async function visit(browser, path, act, { server: options = {}, ...context } = {}) {
  const server = await serve(options);
  const opened = await browser.newContext({ locale: "en", ...context });
  const page = await opened.newPage();
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  opened.on("request", (request) => new URL(request.url()).origin !== server.url && complaints.push(`asked ${request.url()}`));
  await page.exposeBinding("violated", (_, text) => void complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
      globalThis.violated(`${effectiveDirective} ${blockedURI} ${sourceFile}`),
    );
  });
  try {
    await page.goto(server.url + path);
    await act(page, server);
  } finally {
    await opened.close();
    await server.close();
  }
  return complaints;
}

const audits = [];
after(() => {
  if (audits.length === 0) return;
  const rules = (kind) => new Set(audits.flatMap((found) => found[kind].map(({ id }) => id))).size;
  const sum = (kind) => audits.reduce((count, found) => count + found[kind].flatMap(({ nodes }) => nodes).length, 0);
  console.log(`report: axe-core: ${audits.length} audits, ${sum("passes")} checks of ${rules("passes")} rules hold, ${sum("violations")} violations`);
});

/** What axe-core has against a page, as one line for each rule and element; nothing is best. */
export async function violations(page, options = {}) {
  const source = readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8");
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    await page.evaluate(source);
  }
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), options);
  audits.push(found);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`));
}
