// Every state of <preclear-duties>, as the gallery shows them, and what a shopper does in them.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before as first, test } from "node:test";
import { baskets, before, contract, parcels, QUOTA_QUERY, since, STATES } from "./baskets.mjs";
import { launch, mounts, root, serve, STRICT, violations } from "./support.mjs";

const html = (body, head = "") => `<!doctype html><html lang="en"><meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1"><title>Checkout</title>
  <link rel="stylesheet" href="/style.css"><script src="/record.js"></script>${head}<script type="module" src="/preclear/widget.js"></script>
  <main><h1>Checkout</h1>${body}</main></html>`;

// What a page is told, and what moves in it.
const RECORD = `
  globalThis.told = [];
  globalThis.shifts = [];
  for (const type of ["preclear-quote", "preclear-status", "preclear-finding", "preclear-detail", "preclear-identity"]) {
    document.addEventListener(type, ({ detail }) => told.push({ type, detail }));
  }
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => shifts.push({ value: entry.value, at: entry.sources.map(({ currentRect }) => JSON.stringify(currentRect)) })))
    .observe({ type: "layout-shift", buffered: true });
`;

const PAGES = {
  "/style.css": "body { margin: 16px; font: 16px/1.5 system-ui, sans-serif } main { max-width: 520px }",
  "/record.js": RECORD,
  "/": html("<preclear-duties></preclear-duties><p id=after>After it.</p>"),
  "/own-words": html("<preclear-duties><p>Settled at customs.</p></preclear-duties><p id=after>After it.</p>"),
  "/chinese": html('<preclear-duties locale="zh-CN"></preclear-duties>'),
  "/favicon.ico": { body: "", status: 204 },
};

let browser;
first(async () => (browser = await launch()));
after(async () => browser?.close());

async function on(path, check, { pages = {}, ...options } = {}) {
  const server = await serve({
    pages: { ...PAGES, ...pages },
    folders: [...mounts, ["/demo/preclear/", join(root, "pkg/dist")], ["/demo/", join(root, "www/demo")]],
    headers: path.startsWith("/demo") ? {} : { "Content-Security-Policy": STRICT },
  });
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: "en", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const logged = [];
  page.on("console", (message) => logged.push(message.text()));
  page.on("pageerror", (error) => logged.push(`error: ${error.message}`));
  try {
    await page.goto(server.url + path);
    await check(page, server, logged, context);
    assert.deepEqual(logged.filter((line) => /^error:|Content Security Policy|TrustedType/.test(line)), []);
  } finally {
    await context.close();
    await server.close();
  }
}

const element = (page) => page.locator("preclear-duties").first();
const part = (page, name) => element(page).locator(`[part~="${name}"]`);
const set = (page, properties) => element(page).evaluate((element, properties) => void Object.assign(element, properties), properties);
const validate = (page) => element(page).evaluate((element) => element.validate());
const text = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();
const reach = (page, state) => page.waitForFunction((state) => document.querySelector("preclear-duties").getAttribute("state") === state, state);
const told = (page, type) => page.evaluate((type) => globalThis.told.filter((one) => one.type === type).map(({ detail }) => detail), `preclear-${type}`);

/** The quote of a basket, from an engine that is not the element's. */
const quoteOf = (page, basket) =>
  page.evaluate(async (basket) => {
    const { loadPreclear } = await import("/preclear/preclear.js");
    return (await loadPreclear({ packs: ["cn"], locales: [] })).quote(basket);
  }, basket);

test("the gallery shows every state there is, and no state is another's", async () => {
  await on("/demo/states.html", async (page) => {
    for (const { state, name = state } of STATES) {
      await page.waitForFunction(({ name, state }) => document.getElementById(name)?.getAttribute("state") === state, { name, state });
    }
    assert.equal(await page.locator("preclear-duties").count(), STATES.length);
  });
  // Those of the type but one: what stops an order for a reason that no rule has yet.
  const { readFileSync } = await import("node:fs");
  const source = readFileSync(join(root, "www/widget/public.ts"), "utf8");
  const all = [...source.split("export type State =")[1].split(";")[0].matchAll(/"([a-z-]+)"/g)].map(([, state]) => state);
  assert.deepEqual([...new Set(STATES.map(({ state }) => state))].sort(), all.filter((state) => state !== "blocked").sort());
});

for (const [scheme, themes] of [["light", ["auto", "dark", "none"]], ["dark", ["auto", "light"]]]) {
  test(`axe finds nothing in the gallery, ${scheme}, closed and open, in every theme`, () =>
    on(
      "/demo/states.html",
      async (page) => {
        await page.waitForFunction(() => document.getElementById("rules-changed").getAttribute("state") === "rules-changed");
        for (const theme of themes) {
          await page.selectOption("[name=theme]", theme);
          for (const details of ["closed", "open"]) {
            await page.selectOption("[name=details]", details);
            if (details === "open") await page.locator("#ready [part~=bar]").waitFor();
            assert.deepEqual(await violations(page), [], `${theme} ${details}`);
          }
        }
      },
      { colorScheme: scheme, viewport: { width: 1280, height: 900 } },
    ));
}

test("the gallery fits in 320 px with everything open, in long and in right-to-left languages too", () =>
  on(
    "/demo/states.html",
    async (page) => {
      for (const locale of ["en", "zh-CN", "de", "ar"]) {
        await page.selectOption("[name=locale]", locale);
        await page.waitForFunction((locale) => document.getElementById("ready").shadowRoot.querySelector(".view").lang === locale, locale);
        await page.selectOption("[name=details]", "open");
        await page.locator("#ready [part~=bar]").waitFor();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, locale);
        const low = await page.$$eval("preclear-duties", (all) =>
          all.flatMap(({ id, shadowRoot }) =>
            [...shadowRoot.querySelectorAll("button, select, label.check, .field input")]
              .filter((pressed) => pressed.offsetParent && pressed.getBoundingClientRect().height < 44)
              .map((pressed) => `${id}: ${pressed.textContent}`),
          ),
        );
        assert.deepEqual(low, []);
      }
    },
    { viewport: { width: 320, height: 640 } },
  ));

for (const width of [320, 1000]) {
  for (const path of ["/", "/own-words"]) {
    test(`nothing below it moves when the answer comes, at ${width} px, ${path}`, () =>
      on(
        path,
        async (page) => {
          await reach(page, "idle");
          await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
          // What came before is the page's: an element that is not defined yet has no height of its own.
          await page.evaluate(() => (globalThis.shifts.length = 0));
          const below = () => page.locator("#after").evaluate((after) => after.getBoundingClientRect().top);
          const at = await below();
          await set(page, { basket: contract });
          await reach(page, "ready");
          await part(page, "disclosure").first().waitFor();
          await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
          assert.equal(await below(), at);
          assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
          // The watch sees what it is there to see.
          await page.evaluate(() => document.querySelector("h1").append(document.createElement("br"), "and more"));
          await page.waitForFunction(() => globalThis.shifts.length > 0);
        },
        { viewport: { width, height: 800 } },
      ));
  }
}

test("what the shop bears is not added to what the shopper pays", () =>
  on("/", async (page) => {
    await set(page, { basket: contract, policy: { dutiesAndTaxes: "included" } });
    await reach(page, "included");
    assert.equal(await text(part(page, "row")), "Import duties and taxes Included");
    assert.match(await text(part(page, "note")), /The shop pays/);
    await part(page, "disclosure").first().click();
    await part(page, "sums").waitFor();
    assert.doesNotMatch(await text(element(page).locator(".view")), /423\.31/);
    assert.equal(await part(page, "bar").count(), 0);
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    await set(page, { basket: { ...contract, incoterm: "DAP" } });
    await reach(page, "not-included");
    await set(page, { basket: baskets["over-annual"] });
    await reach(page, "over-annual");
    assert.equal((await validate(page)).behavior, "block");
  }));

test("charges on delivery wait for the shopper's word where the shop wants it, and for each amount anew", () =>
  on("/", async (page) => {
    await set(page, { basket: baskets["not-included"], policy: { notIncluded: "acknowledge" } });
    await reach(page, "not-included");
    const { behavior, errors } = await validate(page);
    assert.deepEqual([behavior, errors.map(({ target }) => target)], ["block", ["/incoterm"]]);
    const box = page.getByRole("checkbox", { name: /charged about ¥35\.31 on delivery/ });
    await box.focus();
    await page.keyboard.press("Space");
    assert.equal((await validate(page)).behavior, "allow");
    assert.deepEqual((await told(page, "status")).at(-1), { state: "not-included", behavior: "allow" });
    await set(page, { basket: { ...baskets["not-included"], items: [{ ...contract.items[0], quantity: "3" }] } });
    // (3 × 199.00 − 30.00 + 20.00) × 9.1 % = 53.417
    const other = page.getByRole("checkbox", { name: /¥53\.42/ });
    await other.waitFor();
    assert.equal(await other.isChecked(), false);
    assert.equal((await validate(page)).behavior, "block");
  }));

test("two parcels: the sum, each with its amount, and a place for each fault", () =>
  on("/", async (page) => {
    await set(page, { baskets: parcels });
    await reach(page, "mixed-channel");
    // 388.00 × 9.1 % = 35.308, and (199.00 + 20.00) × 9.1 % = 19.929
    assert.equal(await text(part(page, "row").first()), "Import duties and taxes ¥55.24");
    assert.match(await text(part(page, "parcels")), /Sent as 2 parcels under different rules.*Bonded warehouse ¥35\.31.*Direct purchase ¥19\.93/);
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    const [quote] = (await told(page, "quote")).slice(-1);
    assert.deepEqual([quote.status, quote.dutiesAndTaxes, quote.digest.split(" ").length], ["ready", "55.24", 2]);
    assert.equal(await element(page).evaluate((element) => element.quote), null);
    assert.equal(await element(page).evaluate((element) => element.quotes.length), 2);

    await set(page, { baskets: [contract, { ...baskets.prohibited, items: [{ ...baskets.prohibited.items[0], id: "2" }] }] });
    await reach(page, "prohibited");
    assert.equal(await text(part(page, "row").first()), "Import duties and taxes Not calculated");
    assert.deepEqual((await validate(page)).errors.map(({ target }) => target), ["/1/items/0"]);
    await page.getByRole("button", { name: "Remove Cured ham" }).click();
    assert.deepEqual((await told(page, "finding")).at(-1), { code: "goods.prohibited", level: "block", target: "/1/items/0", remedy: "remove-item" });
    await set(page, { baskets: null, basket: contract });
    await reach(page, "ready");
  }));

test("parcels of one order count together towards the year's limit", () =>
  on("/", async (page) => {
    // 388.00 and 219.00: 26,000.00 − 607.00 leaves room for both, and a fen more does not.
    const with_ = (usedThisYear) => parcels.map((basket) => ({ ...basket, buyer: { ...basket.buyer, usedThisYear } }));
    await set(page, { baskets: with_("25393.00") });
    await reach(page, "mixed-channel");
    await set(page, { baskets: with_("25393.01") });
    await reach(page, "over-annual");
    assert.deepEqual((await validate(page)).errors.map(({ target }) => target.slice(0, 2)), ["/1"]);
  }));

test("an amount that is another than was agreed to is confirmed before paying, and said at once", () =>
  on("/", async (page) => {
    const agreed = await quoteOf(page, before);
    await set(page, { basket: since, agreed });
    await reach(page, "rules-changed");
    // VAT was lowered from 16 % to 13 % on 2019-04-01: 388.00 × 16 % × 70 % = 43.456, and × 13 % × 70 % = 35.308.
    const said = "Duties and taxes changed from ¥43.46 to ¥35.31 under the rules of April 1, 2019.";
    assert.match(await text(part(page, "change")), new RegExp(said.replaceAll(".", "\\.")));
    await page.waitForFunction((said) => document.querySelector("preclear-duties").shadowRoot.querySelector("[role=alert]").textContent === said, said);
    assert.deepEqual(await validate(page), { behavior: "block", errors: [{ message: said, target: "" }] });
    await page.getByRole("button", { name: "Continue with ¥35.31" }).press("Enter");
    await reach(page, "ready");
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    assert.deepEqual((await told(page, "status")).at(-1), { state: "ready", behavior: "allow" });
    // Other goods have another amount anyway.
    await set(page, { agreed, basket: { ...since, items: [{ ...contract.items[0], quantity: "3" }] } });
    await reach(page, "ready");
    // The same day again: no change.
    await set(page, { agreed, basket: before });
    await reach(page, "ready");
  }));

test("a page that is open when the day changes asks anew", () =>
  on("/", async (page) => {
    const { asOf, ...undated } = contract;
    await set(page, { basket: undated });
    await page.waitForFunction(() => document.querySelector("preclear-duties").quote);
    const day = () => element(page).evaluate((element) => element.quote.asOf);
    const today = await day();
    await page.evaluate(() => {
      const Real = Date;
      globalThis.Date = class extends Real {
        constructor(...given) {
          super(...(given.length ? given : [Real.now() + 24 * 60 * 60 * 1000]));
        }
      };
    });
    assert.ok((await validate(page)).behavior);
    assert.ok((await day()) > today, `${today} ${await day()}`);
  }));

test("without a network it calculates as before, and says so", () =>
  on("/", async (page, server, logged, context) => {
    await set(page, { basket: contract });
    await reach(page, "ready");
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("widget-details.js")));
    await page.waitForLoadState("networkidle");
    const before = server.requests.length;
    await context.setOffline(true);
    await reach(page, "offline");
    assert.equal(await text(part(page, "row")), "Import duties and taxes ¥35.31");
    assert.match(await text(part(page, "note")), /You are offline.*November 23, 2026/);
    await set(page, { basket: { ...contract, items: [{ ...contract.items[0], quantity: "3" }] } });
    await element(page).getByText("¥53.42").first().waitFor();
    await part(page, "disclosure").first().click();
    await part(page, "bar").waitFor();
    await set(page, { basket: baskets["missing-id"] });
    await reach(page, "missing-id");
    assert.match(await text(part(page, "note")), /You are offline/);
    await context.setOffline(false);
    await set(page, { basket: contract });
    await reach(page, "ready");
    assert.equal(server.requests.length, before);
  }));

test("a quote from elsewhere needs no engine, is dropped with its basket, and a late one is waited for", async () => {
  let quote;
  await on("/", async (page) => (quote = await quoteOf(page, contract)));
  await on(
    "/chinese",
    async (page, server) => {
      await set(page, { quote });
      await reach(page, "ready");
      assert.equal(await text(part(page, "row")), "进口税费 ¥35.31");
      await part(page, "disclosure").first().click();
      await part(page, "bar").waitFor();
      assert.match(await text(part(page, "bar")), /优惠后商品金额 ¥368\.00.*运费 ¥20\.00.*增值税 ¥35\.31/);
      await set(page, { basket: contract });
      await reach(page, "ready");
      assert.match(await text(part(page, "item-0")), /Face serum 50 ml × 2/);
      // Another basket: the quote is not its answer, and without an engine there is none.
      await set(page, { basket: { ...contract, items: [{ ...contract.items[0], quantity: "3" }] } });
      await reach(page, "engine-unavailable");
      assert.match(await text(element(page).locator(".view")), /此处暂无法计算税费/);
      assert.equal(await element(page).evaluate((element) => element.quote), null);
      // Both at once, in either order.
      for (const order of [["basket", "quote"], ["quote", "basket"]]) {
        await element(page).evaluate((element, [order, values]) => order.forEach((name) => (element[name] = values[name])), [order, { quote, basket: contract }]);
        await reach(page, "ready");
        await set(page, { basket: baskets.unsupported });
        await reach(page, "engine-unavailable");
      }
      await element(page).evaluate((element, quote) => {
        element.basket = null;
        element.quote = new Promise((resolve) => (globalThis.answer = () => resolve(quote)));
      }, quote);
      await reach(page, "loading");
      await element(page).getByText("正在计算税费…").first().waitFor();
      await page.evaluate(() => globalThis.answer());
      await reach(page, "ready");
      await element(page).evaluate((element) => void (element.quote = Promise.reject(new Error("no server"))));
      await reach(page, "engine-unavailable");
      assert.ok(server.requests.includes("/preclear/wasm/preclear_bg.wasm"));
    },
    { pages: { "/preclear/wasm/preclear_bg.wasm": { body: "", status: 404 } } },
  );
});

test("waiting has an end", () =>
  on("/", async (page) => {
    await reach(page, "idle");
    // Twenty times as fast.
    await page.evaluate(() => {
      const real = globalThis.setTimeout;
      globalThis.setTimeout = (run, delay = 0) => real(run, delay / 20);
    });
    const after = (delay) => page.evaluate((delay) => new Promise((resolve) => globalThis.setTimeout(resolve, delay)), delay);
    await element(page).evaluate((element) => void (element.quote = new Promise(() => undefined)));
    await after(5_000);
    assert.equal(await element(page).getAttribute("state"), "loading");
    assert.match(await text(part(page, "row")), /Calculating…/);
    assert.equal((await validate(page)).behavior, "allow");
    await after(6_000);
    assert.equal(await element(page).getAttribute("state"), "engine-unavailable");
    // And does not begin again by itself.
    await after(30_000);
    assert.equal(await element(page).getAttribute("state"), "engine-unavailable");
    await set(page, { quote: null, basket: contract });
    await reach(page, "ready");
  }));

for (const file of ["locales/en.more.json", "widget-details.js"]) {
  test(`details that cannot be loaded say so, and are tried again, ${file}`, () =>
    on(
      "/",
      async (page, server) => {
        await set(page, { basket: contract });
        await reach(page, "ready");
        const button = part(page, "disclosure").first();
        await button.click();
        await element(page).getByText("The details could not be loaded.").waitFor();
        delete server.pages[`/preclear/${file}`];
        await button.click();
        await button.click();
        await part(page, "bar").waitFor();
      },
      { pages: { [`/preclear/${file}`]: { body: "", status: 503 } } },
    ));
}

test("the bar and its table hold the same figures, which add up to what is paid", () =>
  on("/", async (page) => {
    // Wine, 12 %: duty 0, consumption tax 10 % of the taxed price, VAT 13 %, each levied at 70 %.
    const wine = {
      ...contract,
      discounts: [],
      items: [{ id: "1", name: "Wine", hsCode: "2204210000", quantity: "1", amount: "300.00", countryOfOrigin: "FR", measurements: [{ type: "volume", value: "750", unit: "ml" }] }],
    };
    await set(page, { basket: wine });
    await reach(page, "ready");
    await part(page, "disclosure").first().click();
    await part(page, "bar").waitFor();
    const rows = await part(page, "bar").locator("tbody tr").evaluateAll((rows) => rows.map((row) => [row.cells[0].textContent, row.cells[1].textContent]));
    // 320.00 ÷ (1 − 10 %) × 10 % × 70 % = 24.8889; (320.00 + 35.5556) × 13 % × 70 % = 32.3556
    assert.deepEqual(rows, [["Goods", "¥300.00"], ["Freight", "¥20.00"], ["Consumption tax", "¥24.89"], ["VAT", "¥32.36"]]);
    const widths = await part(page, "bar").locator(".pieces rect").evaluateAll((all) => all.map((rect) => Number(rect.getAttribute("x"))));
    // 300 of 377.25, 320 of it, 344.89 of it.
    assert.deepEqual(widths.map(Math.round), [0, 795, 848, 914]);
  }));

test("the ways that the shop offers are compared", () =>
  on("/", async (page) => {
    await set(page, { basket: { ...contract, discounts: [] }, policy: { channels: ["bonded", "parcel"] } });
    await reach(page, "ready");
    await part(page, "disclosure").first().click();
    await part(page, "compared").waitFor();
    // 418.00 × 9.1 % = 38.038; by parcel the article's value alone at 20 %: 398.00 × 20 % = 79.60.
    assert.match(await text(part(page, "compared")), /Bonded warehouse.*¥38\.04.*Personal parcel.*¥79\.60/);
    await set(page, { policy: {} });
    await page.waitForFunction(() => !document.querySelector("preclear-duties").shadowRoot.querySelector("[part~=compared]"));
  }));

test("the year's limit: who says what was used, and where to look it up", () =>
  on("/", async (page) => {
    const { buyer, ...unknown } = { ...contract, buyer: undefined };
    await set(page, { basket: { ...unknown, buyer: { identity: "valid" } }, policy: { usedThisYear: "element", quotaQuery: QUOTA_QUERY } });
    await reach(page, "ready");
    const field = page.getByLabel("Used of the 2026 limit so far, in CNY");
    await field.fill("20000");
    await field.press("Tab");
    await part(page, "limit").first().waitFor();
    const meter = element(page).locator('[data-key="cn.cbec.annual"]');
    assert.match(await text(meter), /2026 .*¥388\.00, limit ¥26,000\.00.*used before ¥20,000\.00, as you stated.*¥5,612\.00 left.*look it up at https:\/\/ceb2pub\.chinaport\.gov\.cn/);
    await field.fill("25612.01");
    await field.press("Tab");
    await reach(page, "over-annual");
    // Whether the limit itself is within it, nothing settles: an estimate.
    await field.fill("25612.00");
    await field.press("Tab");
    await reach(page, "estimated");
    await field.fill("a lot");
    await field.press("Tab");
    await element(page).getByText("Write an amount").waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    await set(page, { basket: { ...contract, buyer: { ...contract.buyer, usedThisYear: "21000.00" } }, policy: { quotaQuery: "javascript:alert(1)" } });
    await element(page).getByText("as stated by the shop").waitFor();
    assert.equal(await element(page).locator("[href^=javascript]").count(), 0);
  }));
