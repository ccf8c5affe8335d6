// <preclear-duties> in Firefox: that its main ways are the same there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { baskets, contract } from "./baskets.mjs";
import { firefox, program } from "./firefox.mjs";
import { rested, root, serve, workerFile } from "./support.mjs";

const FALLBACK = "Duties and taxes are settled at customs.";
const NONCE = "c3RyaWN0";
const POLICY =
  `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; ` +
  "require-trusted-types-for 'script'; trusted-types preclear";
/** Keys, as WebDriver names them. */
const [TAB, ENTER] = ["\uE004", "\uE007"];

/** What the page tells, and the basket as the page itself sets it. */
const PAGE = `
  globalThis.faults = [];
  globalThis.told = [];
  document.addEventListener("securitypolicyviolation", (event) => faults.push(event.effectiveDirective + " " + event.blockedURI));
  addEventListener("error", (event) => faults.push(String(event.message)));
  addEventListener("unhandledrejection", (event) => faults.push(String(event.reason)));
  for (const name of ["error", "warn"]) console[name] = (...said) => faults.push(said.join(" "));
  document.addEventListener("preclear-status", (event) => told.push(event.detail.state));
  globalThis.give = (text) => void Object.assign(document.querySelector("preclear-duties"), JSON.parse(text));
`;
/** A page that may fetch nothing at all. */
const LEAST = `default-src 'none'; script-src 'nonce-${NONCE}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'`;
const html = ({ attributes = "", language = "en", direction = "ltr", script = "widget.js" } = {}) => `<!doctype html>
  <html lang="${language}" dir="${direction}"><meta charset="utf-8"><title>Checkout</title><script nonce="${NONCE}" src="/page.js"></script>
  <script type="module" nonce="${NONCE}" src="/preclear/${script}"></script>
  <preclear-duties ${attributes}><p>${FALLBACK}</p></preclear-duties></html>`;

let browser;
before(async () => (browser = program && (await firefox())));
after(async () => browser?.close());

const inFirefox = (name, check) => test(name, { skip: !program && "there is no Firefox" }, check);

/** Opens a page under a strict policy; afterwards there may be no complaint. */
async function on(options, check, { pages = {}, policy = POLICY } = {}) {
  const icon = { body: "", status: 204 };
  const all = { "/": html(options), "/page.js": PAGE, "/favicon.ico": icon, "/preclear/worker.js": workerFile(), ...pages };
  const server = await serve({ pages: all, headers: { "Content-Security-Policy": policy } });
  try {
    await browser.open(server.url);
    await check(server);
    if (policy === POLICY || policy === LEAST) assert.deepEqual(await faults(), []);
    // The page is watched: one more would have been seen.
    await browser.run(() => document.body.setAttribute("style", "color: red"));
    assert.ok((await faults()).some((fault) => fault.startsWith("style-src")));
  } finally {
    await browser.open("about:blank");
    await server.close();
  }
}

/** Without that of the browser itself, which looks for the page's icon. */
const faults = async () => (await browser.run(() => globalThis.faults)).filter((fault) => !fault.startsWith("img-src"));
const give = (properties) => browser.run((text) => give(text), JSON.stringify(properties));
const reach = (state) => browser.until((state) => document.querySelector("preclear-duties").getAttribute("state") === state, state);
const text = (selector) =>
  browser.run((selector) => document.querySelector("preclear-duties").shadowRoot.querySelector(selector)?.innerText.replace(/\s+/g, " ").trim() ?? null, selector);
const validate = () => browser.run(() => document.querySelector("preclear-duties").validate());
const visible = (words) => browser.run((words) => document.querySelector("p").innerText === words && document.querySelector("p").getClientRects().length > 0, words);

inFirefox("in Firefox: a quote, how it is calculated by keyboard, and nothing asked for but the element's own files", () =>
  on({}, async (server) => {
    const { requests } = server;
    await give({ basket: contract });
    await reach("ready");
    assert.equal(await text("[part~=row]"), "Import duties and taxes ¥35.31");
    assert.equal(await visible(FALLBACK), false);
    await rested(server);
    const loaded = requests.length;
    await browser.press(TAB, ENTER);
    await browser.until(() => document.querySelector("preclear-duties").shadowRoot.querySelector("[part~=disclosure]").getAttribute("aria-expanded") === "true");
    assert.match(await text("[part~=details]"), /× VAT rate 13% = ¥50\.44/);
    assert.deepEqual(await validate(), { behavior: "allow", errors: [] });
    for (const state of Object.keys(baskets)) {
      await give({ basket: baskets[state] });
      await reach(state);
    }
    assert.deepEqual(requests.slice(loaded), []);
    assert.ok(requests.every((path) => path.startsWith("/preclear/") || ["/", "/page.js", "/favicon.ico"].includes(path)), requests.join(" "));
    assert.ok((await browser.run(() => told)).includes("prohibited"));
  }));

inFirefox("in Firefox: validate() stops a prohibited article and a missing identity, by place and in words", () =>
  on({}, async () => {
    await give({ basket: baskets.prohibited });
    await reach("prohibited");
    const { behavior, errors } = await validate();
    assert.equal(behavior, "block");
    assert.deepEqual(errors.map(({ target }) => target), ["/items/0"]);
    assert.match(errors[0].message, /^Cured ham: This item cannot be imported/);
    await give({ basket: baskets["missing-id"] });
    await reach("missing-id");
    assert.deepEqual((await validate()).errors.map(({ target }) => target), ["/buyer/identity"]);
    assert.equal(await text("[part~=amount]"), "¥35.31");
  }));

inFirefox("in Firefox: a changed file, a missing one and no WebAssembly leave the shop's own words and its sale", async () => {
  const flipped = (path) => {
    const bytes = Buffer.from(readFileSync(join(root, "pkg/dist", path)));
    bytes[bytes.length - 1] ^= 1;
    return { [`/preclear/${path}`]: { body: bytes } };
  };
  const broken = [
    { pages: flipped("wasm/preclear_bg.wasm") },
    { pages: flipped("packs/cn.pack") },
    { pages: flipped("locales/en.json") },
    { pages: { "/preclear/packs/cn.pack": { body: "", status: 404 } } },
    { policy: POLICY.replace(" 'wasm-unsafe-eval'", "") },
  ];
  for (const options of broken) {
    for (const attributes of options.policy ? [""] : ["", "isolated"]) {
      await on({ attributes }, async () => {
        await give({ basket: contract });
        await reach("engine-unavailable");
        assert.equal(await visible(FALLBACK), true);
        assert.equal((await validate()).behavior, "allow");
        await give({ policy: { unavailable: "block" } });
        assert.equal((await validate()).behavior, "block");
      }, options);
    }
  }
});

inFirefox("in Firefox: Chinese by the page's language", () =>
  on({ language: "zh-Hans" }, async () => {
    await give({ basket: contract });
    await reach("ready");
    assert.equal(await text("[part~=row]"), "进口税费 ¥35.31");
    await give({ basket: baskets.prohibited });
    await reach("prohibited");
    assert.match((await validate()).errors[0].message, /^Cured ham：/);
  }));

inFirefox("in Firefox: from right to left, in as little room as a phone has", async () => {
  const language = existsSync(join(root, "pkg/dist/locales/ar.json")) ? "ar" : "en";
  await browser.resize(360, 700);
  await on({ language, direction: "rtl" }, async () => {
    for (const state of ["ready", "prohibited", "over-single", "estimated"]) {
      await give({ basket: baskets[state] });
      await reach(state);
      const [direction, needed, there] = await browser.run(() => [
        getComputedStyle(document.querySelector("preclear-duties").shadowRoot.querySelector(".view")).direction,
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.equal(direction, "rtl", state);
      assert.ok(needed <= there, `${state}: ${needed} of ${there}`);
    }
  });
});

inFirefox("in Firefox: the engine isolated, on a page that may not run WebAssembly", () =>
  on(
    { attributes: "isolated" },
    async (server) => {
      const { requests } = server;
      await give({ basket: contract });
      await reach("ready");
      assert.equal(await text("[part~=amount]"), "¥35.31");
      await rested(server);
      const loaded = requests.length;
      await give({ basket: baskets["missing-id"] });
      await reach("missing-id");
      assert.deepEqual(requests.slice(loaded), []);
      assert.deepEqual(await faults(), []);
    },
    { policy: POLICY.replace(" 'wasm-unsafe-eval'", "") },
  ));

inFirefox("in Firefox: where nothing may be fetched, every file is a script", () =>
  on(
    { script: "widget-scripts.js" },
    async ({ requests }) => {
      for (const state of Object.keys(baskets)) {
        await give({ basket: baskets[state] });
        await reach(state);
      }
      assert.deepEqual(requests.filter((path) => path.startsWith("/preclear/") && !path.endsWith(".js")), []);
    },
    { policy: LEAST },
  ));
