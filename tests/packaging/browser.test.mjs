// The folder that a shop copies, in a real browser, from a plain page under a strict policy.

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { basket, changed, dist, folder, imported, installed, json, published, root } from "./package.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".pack": "application/octet-stream" };

const ASK = (from) => `
import { loadPreclear } from "${from}";
export async function ask(basket, options) {
  try {
    const preclear = await loadPreclear({ packs: ["cn"], ...options });
    const quote = preclear.quote(basket);
    return { quote, text: preclear.explain(quote, { locale: "zh-CN" })[0].text };
  } catch (error) {
    return { code: error.code ?? String(error) };
  }
}
`;

/** Files that are not the package's: the shop's own. */
const PAGES = {
  "/shop/index.html": "<!doctype html><title>Shop</title><script type=module src=shop.js></script>",
  "/shop/shop.js": `${ASK("/static/preclear/preclear.js")} globalThis.ask = ask;`,
  "/shop/worker.js": `${ASK("/static/preclear/preclear.js")} onmessage = async ({ data }) => postMessage(await ask(data));`,
  "/shop/bundle.html": "<!doctype html><title>Shop</title><script type=module src=bundle.js></script>",
};

let browser, server, origin;
/** How the server behaves: its policy, types by ending, and files that are not those of the package. */
let conduct = {};
const requests = [];

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: json(join(root, "webdriver.json"))["goog:chromeOptions"].args,
  });
  server = createServer(({ url }, response) => {
    const path = normalize(new URL(url, "http://localhost").pathname);
    requests.push(path);
    const file = join(dist(), path.replace(/^\/static\/preclear\//, ""));
    const found = conduct.files?.[path] ?? PAGES[path] ?? (path.startsWith("/static/preclear/") && existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined);
    const type = conduct.types?.[extname(path)] ?? TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(found === undefined ? 404 : 200, { "content-type": type, "content-security-policy": conduct.policy ?? POLICY });
    response.end(found);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  await browser?.close();
  server?.close();
});

/** Opens a page, does something in it, and tells what it did, what it asked for, and what the browser complained of. */
async function visit(page, act, argument) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const complaints = [];
  const asked = [];
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  tab.on("pageerror", (error) => complaints.push(String(error)));
  context.on("request", (request) => asked.push(request.url()));
  requests.length = 0;
  try {
    await tab.goto(`${origin}${page}`);
    await tab.waitForFunction(() => typeof globalThis.ask === "function");
    return { result: await tab.evaluate(act, argument), asked, complaints };
  } finally {
    await context.close();
    conduct = {};
  }
}

const OWN = ["preclear.js", "wasm/preclear_bg.wasm", "packs/cn.js", "packs/cn.pack", "later.js", "packs/cn.zh-CN.json", "packs/cn.zh-CN.more.json", "locales/zh-CN.json", "locales/zh-CN.more.json"].map((path) => `/static/preclear/${path}`);
const askOnce = ([basket, options]) => globalThis.ask(basket, options);
const paths = (asked) => asked.map((url) => url.replace(origin, "")).filter((path) => path !== "/favicon.ico");

test("a plain page under a strict policy gets the contract's quote, from its own files only", async () => {
  const { result, asked, complaints } = await visit("/shop/index.html", askOnce, [basket(), { locales: ["zh-CN"] }]);
  assert.deepEqual(complaints, []);
  assert.deepEqual(result.quote?.amounts, published().amounts, result.code);
  assert.equal(result.text, "报价：CN，保税仓发货，2026-11-23：按已知法规计算的准确结果");
  assert.deepEqual(paths(asked).sort(), [...OWN, "/shop/index.html", "/shop/shop.js"].sort());
  // The same answer as in Node.
  const { loadPreclear } = await imported();
  const there = (await loadPreclear({ packs: ["cn"], locales: [] })).quote(basket());
  assert.deepEqual(result.quote, there);
});

test("nothing is asked for after loading", async () => {
  const act = async ([basket]) => {
    const { loadPreclear } = await import("/static/preclear/preclear.js");
    const preclear = await loadPreclear({ packs: ["cn"], locales: ["en"] });
    const loaded = performance.getEntriesByType("resource").length;
    const quote = preclear.quote(basket);
    preclear.verify(basket, quote);
    preclear.explain(quote, { locale: "en" });
    await preclear.loadPack("cn");
    await preclear.loadLocale("en");
    await new Promise((done) => setTimeout(done, 50));
    return [loaded > 0, performance.getEntriesByType("resource").length - loaded];
  };
  const { result } = await visit("/shop/index.html", act, [basket()]);
  assert.deepEqual(result, [true, 0]);
});

test("a server that does not know the type of a module is no obstacle", async () => {
  for (const type of ["application/octet-stream", "text/plain"]) {
    conduct = { types: { ".wasm": type } };
    const { result, complaints } = await visit("/shop/index.html", askOnce, [basket(), { locales: ["zh-CN"] }]);
    assert.equal(result.quote?.amounts.total, "423.31", result.code);
    assert.deepEqual(complaints, []);
  }
});

test("an engine that is not the one that was built is not run", async () => {
  const wasm = readFileSync(join(dist(), "wasm/preclear_bg.wasm"));
  // One that would run, and answer with its release, as the one that was built.
  const other = Buffer.concat([wasm, Buffer.from([0, 2, 1, 0x78])]);
  assert.ok(WebAssembly.validate(other));
  for (const file of [other, "<!doctype html>"]) {
    conduct = { files: { "/static/preclear/wasm/preclear_bg.wasm": file } };
    assert.deepEqual((await visit("/shop/index.html", askOnce, [basket(), {}])).result, { code: "package.changed" });
  }
});

test("a policy that forbids WebAssembly is one code", async () => {
  conduct = { policy: "default-src 'none'; script-src 'self'; connect-src 'self'" };
  const { result } = await visit("/shop/index.html", askOnce, [basket(), { locales: ["zh-CN"] }]);
  assert.deepEqual(result, { code: "engine.unavailable" });
});

test("a policy that forbids fetching, and a folder that is not there, are one code", async () => {
  conduct = { policy: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" };
  assert.deepEqual((await visit("/shop/index.html", askOnce, [basket(), {}])).result, { code: "package.unreachable" });
  assert.deepEqual((await visit("/shop/index.html", askOnce, [basket(), { base: "elsewhere/" }])).result, { code: "package.unreachable" });
});

test("a relative base is relative to the page", async () => {
  const { result } = await visit("/shop/index.html", askOnce, [basket(), { locales: ["zh-CN"], base: "../static/preclear" }]);
  assert.equal(result.quote?.amounts.total, "423.31", result.code);
});

test("a module worker gets the quote", async () => {
  const act = ([basket]) =>
    new Promise((done, failed) => {
      const worker = new Worker("/shop/worker.js", { type: "module" });
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = ({ message }) => failed(new Error(message));
      worker.postMessage(basket);
    });
  const { result, complaints } = await visit("/shop/index.html", act, [basket()]);
  assert.equal(result.quote?.amounts.total, "423.31", result.code);
  assert.deepEqual(complaints, []);
});

test("a bundle works with a base, and takes the browser's module", async () => {
  const entry = { contents: `${ASK("preclear")} globalThis.ask = ask;`, resolveDir: installed() };
  const out = folder();
  await build({ stdin: entry, bundle: true, format: "esm", platform: "browser", outfile: join(out, "bundle.js"), logLevel: "silent" });
  PAGES["/shop/bundle.js"] = readFileSync(join(out, "bundle.js"), "utf8");
  assert.ok(!PAGES["/shop/bundle.js"].includes("node:fs"));
  const { result, asked, complaints } = await visit("/shop/bundle.html", askOnce, [basket(), { locales: ["zh-CN"], base: "/static/preclear/" }]);
  assert.equal(result.quote?.amounts.total, "423.31", result.code);
  assert.deepEqual(complaints, []);
  // The modules are in the bundle.
  assert.deepEqual(paths(asked).sort(), [...OWN.filter((path) => !path.endsWith(".js")), "/shop/bundle.html", "/shop/bundle.js"].sort());
});

test("an engine that stopped is replaced", async () => {
  const act = async ([basket]) => {
    const { loadPreclear } = await import("/static/preclear/preclear.js");
    const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
    const bomb = { ...basket };
    Object.defineProperty(bomb, "items", {
      enumerable: true,
      get() {
        throw new Error("stop");
      },
    });
    let code;
    try {
      preclear.quote(bomb);
    } catch (error) {
      code = error.code;
    }
    return [code, preclear.quote(basket).amounts.total];
  };
  const { result } = await visit("/shop/index.html", act, [basket()]);
  assert.deepEqual(result, ["engine.stopped", "423.31"]);
});

test("a basket without a code is answered as in Node", async () => {
  const { result } = await visit("/shop/index.html", askOnce, [changed((made) => delete made.items[0].hsCode), { locales: ["zh-CN"] }]);
  assert.equal(result.quote.status, "needsInput");
  assert.ok(result.quote.findings.some(({ code }) => code === "input.hs-missing"));
});
