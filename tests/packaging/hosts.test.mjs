// The package in the pages of others: React, Vue, Svelte and plain HTML, built with Vite, rendered on a server or not.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import vue from "@vitejs/plugin-vue";
import { build } from "vite";
import { launch, SEALED, visit } from "../browser/support.mjs";
import { folder, installed, root } from "./package.mjs";

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'";
const hosts = {
  html: {},
  react: { server: "server.jsx" },
  vue: { server: "server.js", plugins: () => [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("preclear-") } } })] },
  svelte: { server: "server.js", plugins: () => [svelte({ configFile: false })] },
};

let browser, shop;
before(async () => {
  browser = await launch();
  // The package as npm installs it, and the frameworks beside it.
  shop = join(installed(), "hosts");
  cpSync(join(root, "tests/packaging/hosts"), shop, { recursive: true });
  for (const name of ["react", "react-dom", "vue", "svelte"]) {
    symlinkSync(join(root, "node_modules", name), join(installed(), "node_modules", name));
  }
});
after(async () => browser?.close());

/** Builds a page of the shop as for publishing, or as for developing: then the frameworks tell what they think is wrong. */
async function built(host, mode, ssr) {
  const out = ssr ? join(shop, host, `server-${mode}`) : folder();
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = mode;
  try {
    await build({
      root: join(shop, host),
      configFile: false,
      logLevel: "error",
      mode,
      plugins: hosts[host].plugins?.() ?? [],
      build: { outDir: out, emptyOutDir: false, ...(ssr && { ssr: hosts[host].server }) },
    });
  } finally {
    process.env.NODE_ENV = before;
  }
  return out;
}

/** The page as a server renders it, in a process of its own: what is imported there must leave no trace. */
function rendered(host, mode, out) {
  const script = `
    const before = Reflect.ownKeys(globalThis).map(String).join();
    for (const name of ["preclear", "preclear/isolated", "preclear/widget"]) await import(name);
    const traces = Reflect.ownKeys(globalThis).map(String).join() !== before;
    const { render } = await import("./${host}/server-${mode}/server.js");
    console.log(JSON.stringify({ traces, html: await render() }));
  `;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: shop,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: mode },
  });
  assert.equal(status, 0, stderr);
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

/** Goes through the checkout as a shopper does. */
async function checkout(page) {
  const duties = page.locator("preclear-duties");
  const state = (name) => page.waitForFunction((name) => document.querySelector("preclear-duties")?.getAttribute("state") === name, name);
  const output = (name) => page.locator(`output[name=${name}]`).innerText();
  const pay = () => page.getByRole("button", { name: "Pay" }).click();

  await state("missing-id");
  await pay();
  await page.getByText("stopped: /buyer/identity").waitFor();
  await page.getByLabel("Identity given").check();
  await state("ready");
  // (2 × 199 − 30 + 20) × 9.1 %
  assert.equal(await duties.locator("[part~=amount]").first().innerText(), "¥35.31");
  await pay();
  await page.getByText("paid", { exact: true }).waitFor();
  assert.equal(await output("outcome"), "paid");
  await duties.getByRole("button", { name: "How is this calculated?" }).click();
  await duties.getByText("VAT rate").first().waitFor();

  await page.getByLabel("Show duties").uncheck();
  await duties.waitFor({ state: "detached" });
  await page.getByLabel("Identity given").uncheck();
  await pay();
  await page.getByLabel("Show duties").check();
  await state("missing-id");
  await pay();
  await page.getByText("stopped: /buyer/identity").waitFor();
  const told = (await output("told")).split(" ");
  assert.deepEqual(told.filter((state) => state !== "idle" && state !== "loading").slice(0, 3), ["missing-id", "ready", "missing-id"]);
}

/** One visit to a built page, rendered before or not; nothing may be complained of, and nothing asked for but the page's own files, each once. */
async function shopping(out, html, pages = {}) {
  let asked;
  const server = { folders: [["/", out]], pages: { "/favicon.ico": { body: "", status: 204 }, ...pages }, headers: { "Content-Security-Policy": POLICY } };
  if (html !== undefined) {
    server.pages["/"] = readFileSync(join(out, "index.html"), "utf8").replace("<!--app-->", () => html);
  }
  const complaints = await visit(
    browser,
    "/",
    async (page, { requests }) => {
      await checkout(page);
      asked = requests.filter((path) => path !== "/" && path !== "/favicon.ico");
    },
    { server },
  );
  assert.deepEqual(complaints, []);
  // Only the file of a worker is looked at before it is used.
  assert.deepEqual(asked.filter((path, index) => asked.indexOf(path) !== index), Object.keys(pages));
  assert.ok(asked.every((path) => existsSync(join(out, path))), asked.join(" "));
  for (const kind of [/\.wasm$/, /\.pack$/, /\/en-[^/]*\.json$/]) assert.equal(asked.filter((path) => kind.test(path)).length, 1, asked.join(" "));
}

for (const host of Object.keys(hosts)) {
  test(`${host}: a basket as a property, events, validate() before paying, unmounted and back`, async () => {
    for (const mode of ["production", "development"]) await shopping(await built(host, mode));
  });
}

test("html: the engine isolated, where the server sends the worker's policy", async () => {
  const out = await built("html", "production");
  const page = join(out, "index.html");
  writeFileSync(page, readFileSync(page, "utf8").replace("<preclear-duties", "$& isolated"));
  const [worker, ...others] = readdirSync(join(out, "assets")).filter((name) => /^worker-.*\.js$/.test(name));
  assert.deepEqual(others, []);
  const body = readFileSync(join(out, "assets", worker));
  await shopping(out, undefined, { [`/assets/${worker}`]: { body, type: "text/javascript", headers: { "Content-Security-Policy": SEALED } } });
});

for (const host of Object.keys(hosts).filter((host) => hosts[host].server)) {
  test(`${host}: rendered on a server without a trace, and taken over by the page`, async () => {
    for (const mode of ["production", "development"]) {
      const out = await built(host, mode);
      await built(host, mode, true);
      const { traces, html } = rendered(host, mode, out);
      assert.equal(traces, false);
      assert.match(html, /<preclear-duties[^>]*locale="en"[^>]*>.*Settled at customs\./s);
      await shopping(out, html);
    }
  });
}
