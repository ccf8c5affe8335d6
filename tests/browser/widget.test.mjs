// <preclear-duties> in Chromium, on pages as strict as a page can be.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { baskets, contract } from "./baskets.mjs";
import { launch, mounts, root, serve, STRICT, violations } from "./support.mjs";

const STYLE = "html { color-scheme: light dark; background: Canvas; color: CanvasText } body { margin: 16px; font: 16px/1.5 system-ui, sans-serif } main { max-width: 520px; margin: auto }";
const FALLBACK = "Duties and taxes are settled at customs.";

// Everything a page tells: faults of its policy, and the element's events.
const RECORD = `
  globalThis.faults = [];
  globalThis.told = [];
  document.addEventListener("securitypolicyviolation", (event) => faults.push(event.violatedDirective + " " + event.sourceFile));
  for (const name of ["quote", "status", "finding", "detail"]) {
    document.addEventListener("preclear-" + name, (event) => told.push({ type: name, composed: event.composed, detail: event.detail }));
  }
`;

const html = (body, { module = true, lang = "en" } = {}) => `<!doctype html>
  <html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Checkout</title><link rel="stylesheet" href="/style.css"><script src="/record.js"></script>
  ${module ? '<script type="module" src="/preclear/widget.js"></script>' : ""}
  <main><h1>Checkout</h1>${body}</main></html>`;

const PAGES = {
  "/style.css": STYLE,
  "/record.js": RECORD,
  "/": html(`<preclear-duties><p>${FALLBACK}</p></preclear-duties>`),
  "/bare": html("<preclear-duties></preclear-duties>"),
  "/two": html("<section><preclear-duties></preclear-duties></section><aside><preclear-duties></preclear-duties></aside>"),
  "/late": html("<preclear-duties></preclear-duties>", { module: false }),
  "/chinese": html("<preclear-duties></preclear-duties>", { lang: "zh-Hans" }),
  "/favicon.ico": { body: "", status: 204 },
};

let browser;
before(async () => (browser = await launch()));
after(async () => browser?.close());

/** A page of a server of its own; afterwards, nothing may have gone against the page's policy. */
async function on(path, check, { pages = {}, policy = STRICT, ...options } = {}) {
  const server = await serve({ pages: { ...PAGES, ...pages }, headers: { "Content-Security-Policy": policy } });
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: "en", ...options });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  try {
    await page.goto(server.url + path);
    await check(page, server);
    if (policy === STRICT) {
      assert.deepEqual(await page.evaluate(() => globalThis.faults), []);
    }
    assert.deepEqual(errors, []);
  } finally {
    await context.close();
    await server.close();
  }
}

const element = (page) => page.locator("preclear-duties").first();
const part = (page, name) => element(page).locator(`[part~="${name}"]`);
const set = (page, properties) => element(page).evaluate((element, properties) => Object.assign(element, properties), properties);
const view = (page) => element(page).locator(".view");
/** Waits until the details can be drawn, which load when nothing else has to be done. */
const detailed = (page) => page.waitForFunction(() => performance.getEntriesByType("resource").filter(({ name }) => /widget-details\.js|\.more\.json/.test(name)).length >= 3);
const validate = (page) => element(page).evaluate((element) => element.validate());
const text = async (locator) => (await locator.innerText()).replace(/\s+/g, " ").trim();

async function reach(page, state) {
  await page.waitForFunction((state) => document.querySelector("preclear-duties").getAttribute("state") === state, state);
}

async function show(page, state, properties = {}) {
  await set(page, { basket: baskets[state], ...properties });
  await reach(page, state);
}

/** Every decimal amount that is to be seen. */
const amounts = async (page) => (await text(view(page))).match(/(?<![\d.])\d[\d,]*\.\d\d(?![\d.])/g) ?? [];

test("the contract's basket: one row, and how it is calculated by keyboard", () =>
  on("/", async (page) => {
    await show(page, "ready");
    assert.equal(await text(part(page, "row")), "Import duties and taxes ¥35.31");
    assert.equal(await page.getByText(FALLBACK).isVisible(), false);
    const button = page.getByRole("button", { name: "How is this calculated?" });
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    assert.deepEqual(await amounts(page), ["35.31"]);

    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    const details = await text(part(page, "details"));
    for (const said of ["Goods price ¥368.00 + Freight ¥20.00", "= ¥388.00", "VAT 13%", "× VAT rate 13% = ¥50.44", "¥50.44 × Part of the statutory tax that is levied 70% = ¥35.31"]) {
      assert.ok(details.includes(said), `${said}: ${details}`);
    }
    assert.match(details, /Goods ¥398\.00 Discounts −¥30\.00 Freight ¥20\.00 Duties, taxes and fees ¥35\.31 Total ¥423\.31/);
    assert.match(details, /Cross-border e-commerce retail import \(Bonded warehouse\)/);
    assert.match(details, /General trade: not for this way of delivery/);
    assert.match(details, /not met: “The order holds a single article”/);

    const law = part(page, "charge").locator("li").first();
    assert.match(await law.innerText(), /财关税〔2016〕18号 · March 24, 2016/);
    assert.equal(await law.locator("[lang=zh]").count(), 1);
    assert.match(await law.locator("a").getAttribute("rel"), /noopener/);
    assert.match(await law.locator("a").getAttribute("href"), /^http:\/\/www\.mof\.gov\.cn\//);

    await page.getByRole("button", { name: "Every step as it ran" }).press("Space");
    assert.equal(await text(part(page, "formula").last()), "vat = vat.statutory * levy-factor");
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
  }));

test("a prohibited article is named, has no amount anywhere, and blocks until it is gone", () =>
  on("/", async (page) => {
    await show(page, "prohibited");
    await part(page, "disclosure").first().click();
    const issue = await text(part(page, "issue-block"));
    assert.match(issue, /Cured ham This item cannot be imported by this route: Meat and meat products/);
    assert.match(issue, /公告第470号/);
    assert.deepEqual(await amounts(page), []);
    const { behavior, errors } = await validate(page);
    assert.equal(behavior, "block");
    assert.deepEqual(errors.map(({ target }) => target), ["/items/0"]);
    assert.match(errors[0].message, /^Cured ham: This item cannot be imported/);

    await page.getByRole("button", { name: "Remove Cured ham" }).click();
    const chosen = await page.evaluate(() => told.at(-1));
    assert.deepEqual(chosen, {
      type: "finding",
      composed: true,
      detail: { code: "goods.prohibited", level: "block", target: "/items/0", remedy: "remove-item" },
    });
    assert.equal(await element(page).getAttribute("state"), "prohibited");
    await set(page, { basket: contract });
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    await reach(page, "ready");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "preclear-duties");
  }));

// 2 × 5,600 and freight of 20.
test("two watches are over the limit for one order, with the law and no amount to pay", () =>
  on("/", async (page) => {
    await show(page, "over-single");
    assert.equal(await text(part(page, "amount")), "Not calculated");
    const issue = await text(part(page, "issue-block"));
    assert.match(issue, /11,220\.00.*5,000\.00/);
    assert.match(issue, /财关税〔2018〕49号/);
    assert.match(await text(part(page, "limit-over")), /over the limit/);
    assert.doesNotMatch(await text(view(page)), /split|separate orders|several orders|family/i);
    assert.equal((await validate(page)).behavior, "block");
  }));

test("a missing identity stops paying and not computing", () =>
  on("/", async (page) => {
    await show(page, "missing-id");
    assert.equal(await text(part(page, "amount")), "¥35.31");
    assert.equal(await text(part(page, "issues-title")), "1 thing to fix before paying");
    const { behavior, errors } = await validate(page);
    assert.equal(behavior, "block");
    assert.deepEqual(errors.map(({ target }) => target), ["/buyer/identity"]);
  }));

test("charges that the shop does not collect are not in a total", () =>
  on("/", async (page) => {
    await show(page, "not-included");
    await part(page, "disclosure").first().click();
    assert.equal(await text(part(page, "amount").first()), "about ¥35.31");
    assert.match(await text(part(page, "note")), /^Not included in the total\./);
    assert.doesNotMatch(await text(view(page)), /423\.31/);
    await set(page, { basket: { ...baskets["missing-id"], incoterm: "DDU" } });
    await reach(page, "missing-id");
    assert.match(await text(part(page, "note")), /^Not included in the total\./);
  }));

test("an estimate says so in words, with its reason", () =>
  on("/", async (page) => {
    await show(page, "estimated");
    // (2 × 27.00 × 7.1 + 20) × 9.1 % = 36.7094
    assert.equal(await text(part(page, "row")), "Import duties and taxes Estimated about ¥36.71");
    assert.match(await text(part(page, "note")), /exchange rate from USD to CNY is older/);
    assert.equal((await validate(page)).behavior, "allow");
  }));

test("a missing fact is named with its article, and the policy decides", () =>
  on("/", async (page) => {
    await show(page, "needs-input");
    assert.match(await text(part(page, "issue-block")), /Face serum 50 ml The volume of this item is missing/);
    assert.equal((await validate(page)).behavior, "block");
    await set(page, { policy: { needsInput: "warn" } });
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
  }));

test("a rate that is not known is named, with words that come later than those of a figure", () =>
  on("/", async (page) => {
    await set(page, { basket: { ...contract, discounts: [], items: [{ id: "1", name: "Seeds", hsCode: "1209990000", quantity: "1", amount: "88.00" }] } });
    await reach(page, "unsupported");
    assert.match(await text(view(page)), /Part of the duties and taxes is not known here/);
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    assert.match(await text(part(page, "issue-warn").first()), /Seeds No rule or rate is known here, and it does not count as zero: [A-Z]/);
    await set(page, { basket: { ...contract, items: "none" } });
    await page.waitForFunction(() => document.querySelector("preclear-duties").quote?.findings[0].code === "input.malformed");
    await element(page).getByText("The basket has a fault: expected a list, found a text").first().waitFor();
  }));

test("a destination without rules says so and lets the shop sell", () =>
  on("/", async (page) => {
    await show(page, "unsupported");
    assert.match(await text(view(page)), /cannot calculate duties and taxes for Antarctica/);
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    await set(page, { policy: { unsupported: "block" } });
    assert.equal((await validate(page)).errors[0].target, "/shipTo/countryCode");
  }));

test("the limit is shown from four fifths on", () =>
  on("/", async (page) => {
    // The limit is 26,000 and its four fifths are 20,800; the basket is worth 388.
    await show(page, "ready", { basket: { ...contract, buyer: { ...contract.buyer, usedThisYear: "20411.99" } } });
    assert.equal(await part(page, "limit").count(), 0);
    await set(page, { basket: { ...contract, buyer: { ...contract.buyer, usedThisYear: "20412.00" } } });
    await part(page, "limit").waitFor();
    assert.match(await text(part(page, "limit")), /2026 .*¥388\.00.*¥26,000\.00.*¥20,412\.00, as stated.*¥5,200\.00 left/);
  }));

test("a changed pack, a missing one and no WebAssembly leave the shop's own words and its sale", async () => {
  const pack = Buffer.from(readFileSync(join(root, "pkg/dist/packs/cn.pack")));
  pack[pack.length >> 1] ^= 1;
  const broken = [
    [{ pages: { "/preclear/packs/cn.pack": { body: pack } } }, "a changed pack"],
    [{ pages: { "/preclear/packs/cn.pack": { body: "", status: 404 } } }, "a missing pack"],
    [{ pages: { "/preclear/wasm/preclear_bg.wasm": { body: "<p>not here", type: "text/html" } } }, "something else for the engine"],
    [{ pages: { "/preclear/preclear.js": { body: "", status: 404 } } }, "no engine at all"],
    [{ policy: STRICT.replace(" 'wasm-unsafe-eval'", "") }, "WebAssembly forbidden"],
  ];
  for (const [options, name] of broken) {
    await on(
      "/",
      async (page) => {
        await show(page, "engine-unavailable", { basket: contract });
        assert.ok(await page.getByText(FALLBACK).isVisible(), name);
        assert.deepEqual(await validate(page), { behavior: "allow", errors: [] }, name);
        await set(page, { policy: { unavailable: "block" } });
        assert.equal((await validate(page)).behavior, "block", name);
      },
      options,
    );
  }
});

test("what failed is tried again with the next basket", () =>
  on(
    "/",
    async (page, server) => {
      await show(page, "engine-unavailable", { basket: contract });
      delete server.pages["/preclear/packs/cn.pack"];
      await show(page, "ready");
      assert.equal(await text(part(page, "amount")), "¥35.31");
    },
    { pages: { "/preclear/packs/cn.pack": { body: "", status: 503 } } },
  ));

test("waiting keeps the row's height, says so after a while, and blocks nothing", () =>
  on("/bare", async (page) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/cn.pack", async (route) => (await held, route.continue()));
    await set(page, { basket: baskets["missing-id"], policy: { unavailable: "block" } });
    await reach(page, "loading");
    const height = async () => (await element(page).locator(".row").boundingBox()).height;
    const first = await height();
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    await element(page).getByText("Calculating…").first().waitFor();
    assert.equal(await element(page).locator(".base").getAttribute("aria-busy"), "true");
    assert.equal(await height(), first);
    release();
    await reach(page, "missing-id");
    assert.equal(await height(), first);
    assert.equal(await element(page).locator(".base").getAttribute("aria-busy"), "false");
  }));

test("only the element's own files are asked for, and none once it has loaded", () =>
  on("/two", async (page, server) => {
    await show(page, "ready");
    await detailed(page);
    const before = [...server.requests];
    const own = before.filter((path) => path.startsWith("/preclear/")).sort();
    assert.deepEqual(own, [
      "/preclear/later.js",
      "/preclear/locales/en.json",
      "/preclear/locales/en.more.json",
      "/preclear/packs/cn.en.json",
      "/preclear/packs/cn.en.more.json",
      "/preclear/packs/cn.js",
      "/preclear/packs/cn.pack",
      "/preclear/preclear.js",
      "/preclear/wasm/preclear_bg.wasm",
      "/preclear/widget-details.js",
      "/preclear/widget.js",
    ]);
    for (const state of ["missing-id", "prohibited", "over-single", "unsupported", "ready"]) {
      await show(page, state);
    }
    await part(page, "disclosure").first().click();
    await part(page, "sums").waitFor();
    assert.deepEqual(server.requests, before);
  }));

for (const scheme of ["light", "dark"]) {
  test(`axe finds nothing in any state, ${scheme}`, () =>
    on(
      "/bare",
      async (page) => {
        for (const state of Object.keys(baskets)) {
          await show(page, state);
          for (const [at, toggle] of [[0, null], [1, "details"], [2, "record-0"]]) {
            const button = element(page).locator(`[data-toggle="${toggle}"][aria-expanded="false"]`);
            if (toggle !== null && (await button.count()) > 0) {
              await button.click();
            }
            assert.deepEqual(await violations(page), [], `${state} ${at}`);
          }
        }
        await show(page, "prohibited", { appearance: { theme: scheme === "light" ? "dark" : "light" } });
        assert.deepEqual(await violations(page), [], "a theme against the page");
      },
      { colorScheme: scheme },
    ));
}

test("everything fits in 320 px, and what is pressed is 44 px high", () =>
  on(
    "/bare",
    async (page) => {
      for (const state of Object.keys(baskets)) {
        await show(page, state, { locale: state === "ready" ? "zh-CN" : "en" });
        for (const toggle of ["details", "record-0"]) {
          const button = element(page).locator(`[data-toggle="${toggle}"][aria-expanded="false"]`);
          if ((await button.count()) > 0) {
            await button.click();
          }
        }
        const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.equal(width[0], width[1], state);
        for (const button of await element(page).locator("button").all()) {
          assert.ok((await button.boundingBox()).height >= 44, state);
        }
      }
    },
    { viewport: { width: 320, height: 640 } },
  ));

test("a screen reader is told once, and then what changed", () =>
  on("/", async (page) => {
    await element(page).evaluate((element) => {
      const region = element.shadowRoot.querySelector("[role=status]");
      globalThis.region = region;
      globalThis.said = [];
      new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    });
    const said = async (count) => {
      await page.waitForFunction((count) => globalThis.said.length >= count, count);
      return page.evaluate(() => globalThis.said);
    };
    await show(page, "ready");
    for (let more = 0; more < 3; more += 1) {
      await set(page, { basket: { ...contract } });
    }
    assert.deepEqual(await said(1), ["Import duties and taxes: ¥35.31"]);
    await show(page, "missing-id");
    assert.deepEqual((await said(2)).slice(1), ["1 thing to fix before paying. Customs needs the orderer’s real name and ID"]);
    // On the way to a basket that is set at once after it, nothing is said.
    await set(page, { basket: baskets.prohibited });
    await set(page, { basket: baskets.ready });
    assert.deepEqual((await said(3)).slice(2), ["Import duties and taxes: ¥35.31"]);
    assert.ok(await element(page).evaluate((element) => element.shadowRoot.contains(globalThis.region)));
  }));

test("the language can change while the details are open; they stay open, and focus stays", () =>
  on("/", async (page) => {
    await show(page, "ready");
    const button = part(page, "disclosure").first();
    await button.click();
    await button.evaluate((button) => (globalThis.button = button));
    await set(page, { locale: "zh-CN" });
    await element(page).getByText("进口税费").first().waitFor();
    assert.equal(await text(part(page, "row")), "进口税费 ¥35.31");
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    assert.match(await text(part(page, "details")), /增值税 13%/);
    assert.match(await text(part(page, "details")), /2016年3月24日/);
    assert.ok(await element(page).evaluate((element) => element.shadowRoot.activeElement === globalThis.button));
    await set(page, { basket: { ...contract, items: [{ ...contract.items[0], quantity: "3" }] } });
    // (3 × 199 − 30 + 20) × 9.1 % = 53.417
    await element(page).getByText("¥53.42").first().waitFor();
    assert.ok(await element(page).evaluate((element) => element.shadowRoot.activeElement === globalThis.button));
    await element(page).evaluate((element) => element.setAttribute("locale", "en-GB"));
    await element(page).getByText("24 March 2016").first().waitFor();
  }));

test("without a locale, the page's language is used", () =>
  on("/chinese", async (page) => {
    await show(page, "prohibited");
    assert.match(await text(part(page, "row")), /^进口税费/);
    assert.match((await validate(page)).errors[0].message, /^Cured ham：/);
  }));

const LOCALES = readdirSync(join(root, "www/widget/locales")).map((name) => name.replace(".json", ""));

test("no page of any language has a word that is missing", () =>
  on("/bare", async (page) => {
    assert.ok(LOCALES.length >= 9 && LOCALES.includes("ar"));
    for (const locale of LOCALES) {
      for (const state of Object.keys(baskets)) {
        await show(page, state, { locale });
        const button = element(page).locator('[data-toggle="details"][aria-expanded="false"]');
        if ((await button.count()) > 0) {
          await button.click();
        }
        const seen = await element(page).evaluate((element) => element.shadowRoot.textContent);
        assert.doesNotMatch(seen, /[{}]|undefined|\b[a-z]+-[a-z]+(-[a-z]+)*:|\b(cn|goods|limit|identity|input)\.[a-z]/, `${locale} ${state}`);
      }
    }
  }));

test("a yen sign is not shown to who would take it for yen", () =>
  on("/bare", async (page) => {
    const said = { en: "¥35.31", "zh-CN": "¥35.31", "zh-Hant": "CN¥35.31", ja: "元 35.31", ko: "CN¥35.31", fr: "35,31 CNY", de: "35,31 CN¥", es: "35,31 CNY", ar: "35.31 CN¥" };
    for (const [locale, amount] of Object.entries(said)) {
      await show(page, "ready", { locale });
      const label = JSON.parse(readFileSync(join(root, `www/widget/locales/${locale}.json`), "utf8")).label;
      await element(page).getByText(label).first().waitFor();
      assert.equal((await text(part(page, "amount"))).replace(/[\u2066-\u2069\u200e\u200f]/g, ""), amount, locale);
    }
  }));

test("Arabic runs from right to left, whichever way the page runs, and figures stay whole", () =>
  on(
    "/bare",
    async (page) => {
      await show(page, "over-annual", { locale: "ar" });
      await element(page).getByText("رسوم وضرائب الاستيراد").first().waitFor();
      assert.deepEqual(await view(page).evaluate((view) => [view.lang, getComputedStyle(view).direction, document.dir]), ["ar", "rtl", ""]);
      const [label, amount] = await Promise.all(["label", "amount"].map(async (name) => (await part(page, name).first().boundingBox()).x));
      assert.ok(label > amount, "the words are on the right");
      await part(page, "disclosure").first().click();
      // Where each character of a run stands: digits, signs and letters of another direction keep their order.
      const order = await element(page).evaluate((element) => {
        const left = (node, from) => {
          const range = document.createRange();
          range.setStart(node, from);
          range.setEnd(node, from + 1);
          return range.getBoundingClientRect().left;
        };
        const runs = [];
        const walker = document.createTreeWalker(element.shadowRoot.querySelector(".view"), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const box = node.parentElement.getBoundingClientRect();
          if (box.width < 2) continue;
          for (const { 0: run, index } of node.data.matchAll(/\d[\d,.]*\d( CN¥)?|[A-Za-z]{3,}/g)) {
            const places = [...run].map((_, at) => left(node, index + at));
            runs.push({ run, whole: places.every((place, at) => at === 0 || place > places[at - 1]) });
          }
        }
        return runs;
      });
      assert.ok(order.length > 10, JSON.stringify(order));
      assert.deepEqual(order.filter(({ whole }) => !whole), []);
      assert.deepEqual(await violations(page), []);
      await page.screenshot({ path: join(root, "www/docs/images/widget-arabic.png"), fullPage: true });
    },
    { viewport: { width: 640, height: 900 } },
  ));

test("a pack's labels are in English where it lacks the language", () => {
  const script = readFileSync(join(root, "pkg/dist/preclear.js"), "utf8");
  const changed = script.replace(/(destinations:\["CN"\],locales:)\[[^\]]*\]/, '$1["en","zh-CN"]');
  assert.notEqual(changed, script);
  const pages = { "/preclear/preclear.js": { body: changed, type: "text/javascript; charset=utf-8" } };
  return on(
    "/bare",
    async (page) => {
      await show(page, "ready", { locale: "fr" });
      await element(page).getByText("Droits et taxes").first().waitFor();
      await part(page, "disclosure").first().click();
      assert.match(await text(part(page, "regime")), /^Pourquoi ces règles Cross-border e-commerce retail import \(Bonded warehouse\)/);
    },
    { pages },
  );
});

test("a language without texts is answered in English, and a tag that is none as well", () =>
  on("/bare", async (page) => {
    for (const locale of ["pt-BR", "not a tag", "zh_TW"]) {
      await show(page, "ready", { locale });
      await element(page).getByText(locale === "zh_TW" ? "進口稅費" : "Import duties and taxes").first().waitFor();
    }
  }));

test("events hold codes, places and sums, and no text of the basket", () =>
  on("/", async (page) => {
    const canary = "canary-4471";
    const marked = (basket) => ({ ...basket, discounts: [], items: [{ ...basket.items[0], id: canary, name: canary, sku: canary }] });
    for (const state of ["ready", "missing-id", "prohibited", "needs-input"]) {
      await set(page, { basket: marked(baskets[state]) });
      await reach(page, state);
    }
    await part(page, "disclosure").first().click();
    await part(page, "remove").or(part(page, "disclosure")).first().click();
    const told = await page.evaluate(() => globalThis.told);
    assert.deepEqual([...new Set(told.map(({ type }) => type))].sort(), ["detail", "finding", "quote", "status"]);
    assert.ok(told.every(({ composed }) => composed));
    assert.doesNotMatch(JSON.stringify(told), new RegExp(canary));
    assert.deepEqual(told.find(({ type, detail }) => type === "quote" && detail.status === "ready").detail.currencyCode, "CNY");
    assert.deepEqual(
      told.filter(({ type }) => type === "status").map(({ detail }) => `${detail.state} ${detail.behavior}`).filter((line) => !/^(idle|loading)/.test(line)),
      ["ready allow", "missing-id block", "prohibited block", "needs-input block"],
    );
  }));

test("nothing is told twice for the same answer", () =>
  on("/", async (page) => {
    await show(page, "missing-id");
    const before = await page.evaluate(() => told.length);
    await set(page, { basket: structuredClone(baskets["missing-id"]) });
    await element(page).evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    assert.equal(await page.evaluate(() => told.length), before);
  }));

test("properties that were set before the element was defined count", () =>
  on("/late", async (page) => {
    await set(page, { basket: contract, locale: "zh-CN", policy: { needsInput: "warn" } });
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.type = "module";
      globalThis.trustedTypes?.createPolicy("default", { createScriptURL: (url) => url });
      script.src = "/preclear/widget.js";
      document.head.append(script);
    });
    await reach(page, "ready");
    assert.match(await text(part(page, "row")), /^进口税费/);
  }));

test("it can be moved, and two on a page do not disturb each other", () =>
  on("/two", async (page, server) => {
    const second = page.locator("preclear-duties").nth(1);
    await show(page, "ready");
    await second.evaluate((element, basket) => (element.basket = basket), baskets.prohibited);
    await second.locator("[part~=issue-block]").waitFor();
    assert.equal(await text(part(page, "amount")), "¥35.31");
    await part(page, "disclosure").first().click();
    await element(page).evaluate((element) => document.querySelector("aside").append(element));
    const moved = page.locator("aside preclear-duties").nth(1);
    assert.equal(await moved.locator("[part~=disclosure]").first().getAttribute("aria-expanded"), "true");
    await moved.evaluate((element, basket) => (element.basket = basket), baskets["missing-id"]);
    await moved.locator("[part~=issue-block]").waitFor();
    assert.equal(server.requests.filter((path) => path.endsWith(".wasm")).length, 1);
  }));

test("a quote computed elsewhere is shown, with the names of the basket", () =>
  on("/", async (page) => {
    await show(page, "prohibited");
    const [quote, stopped] = await page.evaluate(async ([contract, stopped]) => {
      const { loadPreclear } = await import("/preclear/preclear.js");
      const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
      return [preclear.quote(contract), preclear.quote(stopped)];
    }, [contract, baskets.prohibited]);
    await set(page, { basket: null, quote });
    await reach(page, "ready");
    assert.equal(await text(part(page, "amount")), "¥35.31");
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    await set(page, { quote: stopped });
    assert.equal((await validate(page)).errors[0].message.slice(0, 7), "Item 1:");
    await set(page, { basket: baskets.prohibited });
    assert.equal((await validate(page)).errors[0].message.slice(0, 10), "Cured ham:");
    await set(page, { quote: { status: "ready" } });
    await reach(page, "engine-unavailable");
    assert.equal((await validate(page)).behavior, "allow");
    await set(page, { quote: null });
    await reach(page, "prohibited");
  }));

test("its look is the page's to change", () =>
  on("/bare", async (page) => {
    await show(page, "ready", { appearance: { variables: { accent: "rgb(1, 100, 1)", fontSize: "20px" } } });
    const style = (name) => part(page, "disclosure").first().evaluate((button, name) => getComputedStyle(button)[name], name);
    assert.equal(await style("color"), "rgb(1, 100, 1)");
    assert.equal(await style("fontSize"), "20px");
    await set(page, { appearance: { theme: "none" } });
    assert.notEqual(await style("color"), "rgb(1, 100, 1)");
    assert.equal(await element(page).evaluate((element) => element.shadowRoot.querySelectorAll("[style]").length + element.hasAttribute("style")), 0);
  }));

test("importing it where there is no page changes nothing", async () => {
  const before = Reflect.ownKeys(globalThis);
  const { PreclearDuties } = await import(pathToFileURL(join(mounts.at(-1)[1], "widget.js")));
  assert.equal(typeof PreclearDuties, "function");
  assert.deepEqual(Reflect.ownKeys(globalThis), before);
});

test("its sources write no markup and no style attributes", () => {
  const built = readFileSync(join(mounts.at(-1)[1], "widget.js"), "utf8");
  assert.doesNotMatch(built, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|cssText|\beval\b|new Function/);
});
