// <preclear-duties> where a page forbids what can be forbidden, and where something is missing.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { baskets, contract } from "./baskets.mjs";
import { launch, root, visit, workerFile } from "./support.mjs";

const FALLBACK = "Duties and taxes are settled at customs.";
const policy = (nonce, wasm = " 'wasm-unsafe-eval'") =>
  `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'${wasm}; style-src 'self'; connect-src 'self'; ` +
  "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types preclear";

/** The least with which anything can be shown: a page that may fetch nothing at all. */
const least = (nonce) =>
  `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'`;

/** A page with a policy and a nonce of its own, each time. */
const page = (attributes = "", wasm = undefined, { script = "widget.js", rules = policy } = {}) => () => {
  const nonce = randomBytes(16).toString("base64");
  return {
    headers: { "Content-Security-Policy": rules(nonce, wasm) },
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>Checkout</title><link rel="stylesheet" href="/style.css">
      <script type="module" nonce="${nonce}" src="/preclear/${script}"></script>
      <main><h1>Checkout</h1><preclear-duties ${attributes}><p>${FALLBACK}</p></preclear-duties></main></html>`,
  };
};
const PAGES = {
  "/": page(),
  "/isolated": page("isolated"),
  "/scripts": page("", undefined, { script: "widget-scripts.js", rules: least }),
  "/forbidden": page("", ""),
  "/isolated-forbidden": page("isolated", ""),
  "/style.css": "main { max-width: 520px; margin: auto }",
  "/favicon.ico": { body: "", status: 204 },
  "/preclear/worker.js": workerFile(),
};

let browser;
before(async () => (browser = await launch()));
after(async () => browser?.close());

const on = (path, act, { pages = {}, ...options } = {}) => visit(browser, path, act, { server: { pages: { ...PAGES, ...pages } }, ...options });
const element = (page) => page.locator("preclear-duties");
const set = (page, properties) => element(page).evaluate((element, properties) => Object.assign(element, properties), properties);
const reach = (page, state) => page.waitForFunction((state) => document.querySelector("preclear-duties").getAttribute("state") === state, state);
const behavior = (page) => element(page).evaluate((element) => element.validate().behavior);
const amount = (page) => element(page).locator("[part~=amount]").first().innerText();

/** Nothing can be calculated: the shop's own words are shown, and the sale goes on unless the shop says otherwise. */
async function unavailable(page, name) {
  await reach(page, "engine-unavailable");
  assert.ok(await page.getByText(FALLBACK).isVisible(), name);
  assert.equal(await behavior(page), "allow", name);
  await set(page, { policy: { unavailable: "block" } });
  assert.equal(await behavior(page), "block", name);
  await set(page, { policy: {} });
}

for (const path of ["/", "/isolated", "/isolated-forbidden", "/scripts"]) {
  test(`every state without a violation, ${path}`, async () => {
    const complaints = await on(path, async (page) => {
      for (const [state, basket] of Object.entries(baskets)) {
        await set(page, { basket, locale: state === "ready" ? "zh-CN" : "en", appearance: { theme: "dark", variables: { accent: "#0a5c36" } } });
        await reach(page, state);
        for (const button of await element(page).locator('button[aria-expanded="false"]').all()) await button.click();
      }
      assert.equal(await element(page).evaluate((element) => getComputedStyle(element).getPropertyValue("--preclear-accent")), "#0a5c36");
      // What watches sees: a violation would have been told.
      await page.evaluate(() => document.body.setAttribute("style", "color: red"));
    });
    assert.ok(complaints.some((text) => text.startsWith("style-src")), "the watch");
    assert.deepEqual(complaints.filter((text) => !/style-src|inline style/.test(text)), []);
    assert.equal(complaints.length, 2);
  });
}

test("where nothing may be fetched: every file is a script, in other languages, with the details, the orderer and the whole engine", async () => {
  const complaints = await on("/scripts", async (page, { requests }) => {
    await set(page, { basket: contract, locale: "zh-CN", policy: { identity: "element" } });
    await reach(page, "missing-id");
    assert.equal(await amount(page), "¥35.31");
    await element(page).locator("[part~=orderer] [part~=field]").first().waitFor();
    await element(page).getByLabel("真实姓名", { exact: true }).fill("欧阳春晓");
    await element(page).getByLabel("证件号码", { exact: true }).fill("11010519491231002X");
    await element(page).locator("[part~=orderer] input[type=checkbox]").check();
    await reach(page, "ready");
    await element(page).locator("[part~=disclosure]").first().click();
    await element(page).locator("[part~=bar]").waitFor();
    // (398.00 − 30.00 + 20.00) × 9.1 % is 35.31, and 398.00 + 35.31 is twice 216.655.
    const items = [{ ...contract.items[0], amount: "216.655" }];
    await set(page, { basket: { ...contract, taxIncluded: true, items }, policy: {} });
    await page.waitForFunction(() => document.querySelector("preclear-duties").quote?.amounts?.taxes === "35.31");
    assert.ok(requests.some((path) => path.endsWith("scripts/wasm/whole_bg.wasm.js")));
    assert.deepEqual(requests.filter((path) => path.startsWith("/preclear/") && !path.endsWith(".js")), []);
  });
  assert.deepEqual(complaints, []);
});

test("a script that is missing or changed, until it is there", async () => {
  const path = "/preclear/scripts/packs/cn.pack.js";
  for (const spoilt of [{ body: "", status: 404 }, { body: 'export default "AAAA";', type: "text/javascript" }]) {
    await on("/scripts", async (page, server) => {
      await set(page, { basket: contract });
      await unavailable(page, "scripts");
      if (spoilt.status !== 404) return;
      delete server.pages[path];
      await set(page, { basket: { ...contract } });
      await reach(page, "ready");
    }, { pages: { [path]: spoilt } });
  }
});

test("where WebAssembly is forbidden or missing", async () => {
  // The browser tells of the policy, as it should; the element adds nothing.
  const complaints = await on("/forbidden", async (page) => {
    await set(page, { basket: contract });
    await unavailable(page, "forbidden");
  });
  assert.ok(complaints.every((text) => /wasm-eval|WebAssembly/.test(text)), complaints.join("\n"));
  const missing = await visit(
    browser,
    "/blank",
    async (page, server) => {
      await page.addInitScript(() => delete globalThis.WebAssembly);
      for (const path of ["/", "/isolated"]) {
        await page.goto(server.url + path);
        await set(page, { basket: contract });
        await unavailable(page, path);
        // Nothing is loaded that could not be used.
        assert.ok(!server.requests.some((asked) => /\.(wasm|pack)$/.test(asked)));
      }
    },
    { server: { pages: { ...PAGES, "/blank": "<!doctype html><title>Blank</title>" } } },
  );
  assert.deepEqual(missing, []);
});

test("where a file is not the one that was built", async () => {
  const changed = (path) => {
    const bytes = Buffer.from(readFileSync(join(root, "pkg/dist", path)));
    // The last byte, so that what reads it is none the wiser.
    bytes[bytes.length - 1] ^= 1;
    return { [`/preclear/${path}`]: { body: bytes, ...(path.endsWith(".wasm") && { type: "application/wasm" }) } };
  };
  for (const path of ["/", "/isolated"]) {
    for (const file of ["wasm/preclear_bg.wasm", "packs/cn.pack", "packs/cn.en.json", "locales/en.json"]) {
      await on(path, async (page) => {
        await set(page, { basket: contract });
        await unavailable(page, `${path} ${file}`);
      }, { pages: changed(file) });
    }
  }
});

test("without a network, until it is back", async () => {
  for (const path of ["/", "/isolated"]) {
    await on(path, async (page) => {
      await page.context().setOffline(true);
      await set(page, { basket: contract });
      await unavailable(page, path);
      await page.context().setOffline(false);
      await reach(page, "ready");
      assert.equal(await amount(page), "¥35.31");
      // What has been loaded needs no network.
      await page.context().setOffline(true);
      await set(page, { basket: baskets["missing-id"] });
      await reach(page, "missing-id");
      await set(page, { basket: baskets.prohibited });
      await reach(page, "prohibited");
      assert.equal(await behavior(page), "block");
    });
  }
});

test("on a slow network it waits in words and blocks nothing", async () => {
  for (const path of ["/", "/isolated"]) {
    const complaints = await on(path, async (page) => {
      // As Lighthouse has it for a slow line: half a second there and back, 50 KB a second.
      const session = await page.context().newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", { offline: false, latency: 500, downloadThroughput: 50_000, uploadThroughput: 50_000 });
      await set(page, { basket: contract, policy: { unavailable: "block" } });
      await reach(page, "loading");
      assert.equal(await behavior(page), "allow");
      // Before there is an answer, what stands between the tags is shown.
      assert.ok(await page.getByText(FALLBACK).isVisible());
      await reach(page, "ready");
      assert.equal(await amount(page), "¥35.31");
      assert.equal(await page.getByText(FALLBACK).isVisible(), false);
    });
    assert.deepEqual(complaints, []);
  }
});

test("a network that never answers is given up after ten seconds, and taken up again when it does", async () => {
  let release, hold;
  const held = new Promise((resolve) => (release = resolve));
  const asked = new Promise((resolve) => (hold = resolve));
  await on("/", async (page) => {
    await page.clock.install();
    await page.route("**/cn.pack", async (route) => (hold(), await held, route.continue()));
    await set(page, { basket: contract });
    await asked;
    await reach(page, "loading");
    await page.clock.runFor(9_000);
    assert.equal(await behavior(page), "allow");
    await reach(page, "loading");
    await page.clock.runFor(1_500);
    await unavailable(page, "late");
    release();
    await reach(page, "ready");
    assert.equal(await amount(page), "¥35.31");
  });
});
