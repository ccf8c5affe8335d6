// What the element asks the orderer: checked on the device, masked at once, and told to nobody but the shop's own form.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { contract } from "./baskets.mjs";
import { launch, mounts, serve, STRICT, violations } from "./support.mjs";

/** The number printed in GB 11643-1999 as an example, and a name. */
const NUMBER = "11010519491231002X";
const WRONG = "110105194912310021";
const NAME = "欧阳春晓";
const MASK = "1101**********002X";

const html = (body) => `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Checkout</title><link rel="stylesheet" href="/style.css"><script src="/record.js"></script><script type="module" src="/preclear/widget.js"></script>
  <main><h1>Checkout</h1>${body}</main></html>`;

// All that a page's own script can see without looking into the element.
const RECORD = `
  globalThis.told = [];
  globalThis.seen = [];
  for (const type of ["quote", "status", "finding", "detail", "identity"]) {
    document.addEventListener("preclear-" + type, ({ detail }) => told.push({ type, detail }));
  }
  for (const type of ["input", "beforeinput", "change", "keydown", "keyup", "keypress", "paste", "copy", "compositionend"]) {
    document.addEventListener(type, (event) => seen.push(type + " " + (event.data ?? event.key ?? "")));
  }
`;

const PAGES = {
  "/style.css": "body { font: 16px/1.5 system-ui, sans-serif } main { max-width: 520px }",
  "/record.js": RECORD,
  "/": html("<preclear-duties></preclear-duties>"),
  "/form": html('<form method="post" action="/order"><preclear-duties name="orderer"></preclear-duties><button>Pay</button></form>'),
  "/order": html("<p>Thank you.</p>"),
  "/favicon.ico": { body: "", status: 204 },
};
const POLICY = { identity: "element" };

let browser;
before(async () => (browser = await launch()));
after(async () => browser?.close());

async function on(path, check, { pages = {}, ...options } = {}) {
  const server = await serve({ pages: { ...PAGES, ...pages }, folders: mounts, headers: { "Content-Security-Policy": `${STRICT}; form-action 'self'` } });
  const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, locale: "en", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const logged = [];
  const bodies = [];
  page.on("console", (message) => logged.push(message.text()));
  page.on("pageerror", (error) => logged.push(`error: ${error.message}`));
  page.on("request", (request) => bodies.push(`${request.url()} ${request.postData() ?? ""}`));
  try {
    await page.goto(server.url + path);
    await check({ page, server, logged, bodies });
    assert.deepEqual(logged.filter((line) => /^error:|Content Security Policy/.test(line)), []);
  } finally {
    await context.close();
    await server.close();
  }
}

const element = (page) => page.locator("preclear-duties").first();
const set = (page, properties) => element(page).evaluate((element, properties) => void Object.assign(element, properties), properties);
const reach = (page, state) => page.waitForFunction((state) => document.querySelector("preclear-duties").getAttribute("state") === state, state);
const name = (page) => page.getByLabel("Real name", { exact: true });
const number = (page) => page.getByLabel("Document number", { exact: true });
const consent = (page) => page.getByRole("checkbox", { name: /I agree that the shop gives/ });
const identities = (page) => page.evaluate(() => globalThis.told.filter(({ type }) => type === "identity").map(({ detail }) => detail));
const validate = (page) => element(page).evaluate((element) => element.validate());

/** Asks for the identity, and waits until it can be entered. */
async function ask(page, more = {}) {
  await set(page, { basket: { ...contract, buyer: { payerIsBuyer: true, usedThisYear: "8000.00" } }, policy: POLICY, ...more });
  await reach(page, "missing-id");
  await number(page).waitFor();
}

/** Types as a person does, and leaves the field. */
async function type(page, field, text) {
  await field.click();
  await field.pressSequentially(text);
  await page.keyboard.press("Tab");
}

/** Everything in the document and the element that is written out: markup, attributes, values, texts. */
const written = (page) =>
  page.evaluate(() => {
    const of = (root) =>
      [...root.querySelectorAll("*")].map((node) => [node.textContent, node.value ?? "", ...[...node.attributes].map(({ value }) => value), node.shadowRoot ? of(node.shadowRoot) : ""].join(" ")).join("\n");
    return of(document);
  });

test("a name and a number are checked, masked, and then paying may go on", () =>
  on("/", async ({ page }) => {
    await ask(page);
    assert.equal((await validate(page)).behavior, "block");
    await type(page, name(page), NAME);
    assert.equal(await name(page).inputValue(), "欧***");
    await type(page, number(page), NUMBER);
    assert.equal(await number(page).inputValue(), MASK);
    await element(page).getByText("They are used only with your agreement.").waitFor();
    assert.equal((await validate(page)).behavior, "block");
    await consent(page).check();
    await reach(page, "ready");
    assert.deepEqual((await identities(page)).at(-1), { identity: "valid", type: "resident-id" });
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    assert.ok(await element(page).getByText("The name and the number are well formed.").isVisible());
    // It stays there to be changed, although nothing asks for it any more.
    assert.ok(await number(page).isVisible());
    await consent(page).uncheck();
    await reach(page, "missing-id");
  }));

test("a number that cannot be right says what is wrong, and comes back to be corrected", () =>
  on("/", async ({ page }) => {
    await ask(page);
    await type(page, name(page), NAME);
    await type(page, number(page), WRONG);
    await reach(page, "id-invalid");
    assert.equal(await number(page).getAttribute("aria-invalid"), "true");
    const said = await number(page).evaluate((input) => input.getRootNode().getElementById(input.getAttribute("aria-describedby")).textContent);
    assert.match(said, /check digit does not match/);
    assert.equal(await number(page).inputValue(), "1101**********0021");
    await number(page).focus();
    assert.equal(await number(page).inputValue(), WRONG);
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");
    await page.keyboard.type("X");
    await page.keyboard.press("Tab");
    await reach(page, "missing-id");
    assert.equal(await number(page).getAttribute("aria-invalid"), "false");
    assert.equal(await number(page).inputValue(), MASK);
  }));

test("by keyboard alone, from an empty form to a payment that may go on", () =>
  on("/", async ({ page }) => {
    await ask(page);
    await page.keyboard.press("Tab");
    const active = () => element(page).evaluate((element) => element.shadowRoot.activeElement?.id || element.shadowRoot.activeElement?.tagName);
    for (let presses = 0; presses < 12 && (await active()) !== "orderer-name"; presses += 1) await page.keyboard.press("Tab");
    assert.equal(await active(), "orderer-name");
    await page.keyboard.insertText(NAME);
    await page.keyboard.press("Tab");
    assert.equal(await active(), "orderer-type");
    await page.keyboard.press("Tab");
    await page.keyboard.type(NUMBER);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await reach(page, "ready");
  }));

test("what was right is forgotten; writing into its mask begins anew", () =>
  on("/", async ({ page }) => {
    await ask(page);
    await type(page, number(page), NUMBER);
    await page.waitForFunction(() => globalThis.told.some(({ type }) => type === "identity"));
    await number(page).focus();
    assert.equal(await number(page).inputValue(), MASK);
    await page.keyboard.press("Tab");
    assert.equal(await number(page).inputValue(), MASK);
    await number(page).focus();
    await page.keyboard.press("End");
    await page.keyboard.type("9");
    assert.equal(await number(page).inputValue(), "9");
  }));

test("another kind of document is another number", () =>
  on("/", async ({ page }) => {
    await ask(page);
    await type(page, number(page), NUMBER);
    await page.getByLabel("Kind of document").selectOption("passport");
    assert.equal(await number(page).inputValue(), "");
    await type(page, number(page), "E70418259");
    assert.equal(await number(page).inputValue(), "E7*****59");
    await type(page, name(page), NAME);
    await consent(page).check();
    await reach(page, "ready");
    assert.deepEqual((await identities(page)).at(-1), { identity: "valid", type: "passport" });
  }));

test("it is cleared on command, by the shopper, by the form, and when the page is left", () =>
  on("/form", async ({ page }) => {
    await ask(page);
    const clear = [
      () => element(page).evaluate((element) => element.clearIdentity()),
      () => page.getByRole("button", { name: "Clear name and number" }).click(),
      () => page.evaluate(() => document.querySelector("form").reset()),
      () => page.evaluate(() => dispatchEvent(new Event("pagehide"))),
      () => element(page).evaluate((element) => (element.remove(), new Promise((resolve) => setTimeout(resolve)).then(() => document.querySelector("form").prepend(element)))),
    ];
    for (const way of clear) {
      await type(page, name(page), NAME);
      await type(page, number(page), NUMBER);
      await consent(page).check();
      await reach(page, "ready");
      assert.equal(await page.evaluate(() => [...new FormData(document.querySelector("form"))].length), 3);
      await way();
      await reach(page, "missing-id");
      assert.deepEqual([await name(page).inputValue(), await number(page).inputValue(), await consent(page).isChecked()], ["", "", false]);
      assert.equal(await page.evaluate(() => [...new FormData(document.querySelector("form"))].length), 0);
    }
    // Moving it clears nothing.
    await type(page, number(page), NUMBER);
    await element(page).evaluate((element) => document.querySelector("form").append(element));
    assert.equal(await number(page).inputValue(), MASK);
  }));

test("the shop's form gets them if it asks, only with consent, and waits for them", () =>
  on("/form", async ({ page, bodies }) => {
    await ask(page);
    const entries = () => page.evaluate(() => Object.fromEntries(new FormData(document.querySelector("form"))));
    assert.deepEqual(await entries(), {});
    await page.getByRole("button", { name: "Pay" }).click();
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
    assert.match(page.url(), /\/form$/);
    await type(page, name(page), NAME);
    await type(page, number(page), NUMBER);
    assert.deepEqual(await entries(), {});
    await consent(page).check();
    await reach(page, "ready");
    assert.deepEqual(await entries(), { "orderer-name": NAME, "orderer-type": "resident-id", "orderer-number": NUMBER });
    await element(page).evaluate((element) => element.removeAttribute("name"));
    assert.deepEqual(await entries(), {});
    await element(page).evaluate((element) => element.setAttribute("name", "orderer"));
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    assert.deepEqual(await entries(), { "orderer-name": NAME, "orderer-type": "resident-id", "orderer-number": NUMBER });
    await page.getByRole("button", { name: "Pay" }).click();
    await page.waitForURL(/\/order$/);
    assert.ok(bodies.at(-1).includes("orderer-number") || bodies.some((body) => body.includes(`orderer-number=${NUMBER}`)));
  }));

test("neither the number nor the name is in the document, an event, the console, storage or a request", () =>
  on("/", async ({ page, logged, bodies, server }) => {
    await ask(page);
    await page.waitForLoadState("networkidle");
    const before = server.requests.length;
    for (const [text, mark] of [[WRONG, "id-invalid"], [NUMBER, "missing-id"]]) {
      await type(page, name(page), NAME);
      await type(page, number(page), text);
      await reach(page, mark);
      const everywhere = [
        await written(page),
        JSON.stringify(await page.evaluate(() => [told, seen, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, performance.getEntries().map(({ name }) => name)])),
        JSON.stringify(await validate(page)),
        JSON.stringify(await element(page).evaluate((element) => [element.basket, element.quote, element.policy])),
        logged.join("\n"),
        bodies.join("\n"),
      ].join("\n");
      assert.ok(everywhere.includes("resident-id") && everywhere.length > 5_000);
      for (const part of [text, text.slice(4, 14), text.slice(6, 14), NAME, NAME.slice(1)]) {
        assert.ok(!everywhere.includes(part), `${mark}: ${part.length} characters`);
      }
    }
    // Nor, character by character, in what bubbles out while it is typed.
    const seen = await page.evaluate(() => globalThis.seen);
    assert.deepEqual(seen.filter((line) => !/^key(down|up) (Tab|Shift|Home|End|Backspace)$/.test(line)), []);
    // And no request tells when it was typed.
    assert.equal(server.requests.length, before);
  }));

test("where the checks cannot be had, the shop's policy decides", () =>
  on(
    "/",
    async ({ page }) => {
      await ask(page);
      await type(page, name(page), NAME);
      await type(page, number(page), NUMBER);
      await element(page).getByText("This could not be checked here.").first().waitFor();
      await consent(page).check();
      await reach(page, "ready");
      await set(page, { policy: { ...POLICY, unavailable: "block" } });
      await reach(page, "missing-id");
      assert.equal((await validate(page)).behavior, "block");
    },
    { pages: { "/preclear/wasm/identity_bg.wasm": { body: "", status: 404 } } },
  ));

test("it is not asked for where customs does not want it, or where the page asks", () =>
  on("/", async ({ page, server }) => {
    const parcel = { ...contract, channel: "parcel", buyer: {} };
    await set(page, { basket: parcel, policy: POLICY });
    await page.waitForFunction(() => document.querySelector("preclear-duties").quote?.channel === "parcel");
    await page.waitForLoadState("networkidle");
    assert.equal(await number(page).count(), 0);
    await set(page, { basket: { ...contract, buyer: {} }, policy: {} });
    await reach(page, "missing-id");
    assert.equal(await number(page).count(), 0);
    assert.ok(!server.requests.some((path) => /identity/.test(path)));
  }));

for (const scheme of ["light", "dark"]) {
  test(`axe finds nothing in the form, ${scheme}`, () =>
    on(
      "/",
      async ({ page }) => {
        await ask(page);
        assert.deepEqual(await violations(page), []);
        await type(page, name(page), "小*");
        await type(page, number(page), WRONG);
        await reach(page, "id-invalid");
        assert.deepEqual(await violations(page), []);
      },
      { colorScheme: scheme },
    ));
}
