// What customs would send an order back for: found before paying, at the field, and told to nobody.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, mounts, root, serve, STRICT, violations } from "./support.mjs";

const order = (change = () => {}) => {
  const given = JSON.parse(readFileSync(join(root, "tests/forms/order.json"), "utf8"));
  change(given);
  return given;
};
/** The basket in the order. */
const basket = () => {
  const { items, buyer, ...rest } = order();
  for (const name of ["orderNo", "platform", "merchant", "consignee", "payment", "logistics", "agent", "list"]) delete rest[name];
  const { identity, payerIsBuyer, usedThisYear } = buyer;
  return { ...rest, items: items.map(({ customs, ...item }) => item), buyer: { identity, payerIsBuyer, usedThisYear } };
};

const html = (attributes = "", lang = "en") => `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Checkout</title><script src="/record.js"></script><script type="module" src="/preclear/widget.js"></script>
  <main><h1>Checkout</h1><form><p><label>Phone <input name="phone" data-preclear-target="/consignee/telephone"></label></p>
  <p><label>ID <input name="id" data-preclear-target="/buyer/idNumber"></label></p>
  <preclear-duties ${attributes}></preclear-duties><button>Pay</button></form></main></html>`;

const PAGES = {
  "/record.js": `globalThis.told = []; for (const type of ["status", "finding", "identity"]) document.addEventListener("preclear-" + type, ({ detail }) => told.push({ type, detail }));`,
  "/": html(),
  "/named": html('name="orderer"'),
  "/chinese": html("", "zh-CN"),
  "/favicon.ico": { body: "", status: 204 },
};

let browser;
before(async () => (browser = await launch()));
after(async () => browser?.close());

async function on(path, check, pages = {}) {
  const server = await serve({ pages: { ...PAGES, ...pages }, folders: mounts, headers: { "Content-Security-Policy": STRICT } });
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, locale: "en" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const logged = [];
  page.on("console", (message) => logged.push(message.text()));
  page.on("pageerror", (error) => logged.push(`error: ${error.message}`));
  try {
    await page.goto(server.url + path);
    await check(page, server, logged);
    assert.deepEqual(logged.filter((line) => /^error:|Content Security Policy/.test(line)), []);
  } finally {
    await context.close();
    await server.close();
  }
}

const element = (page) => page.locator("preclear-duties");
const set = (page, properties) => element(page).evaluate((element, properties) => void Object.assign(element, properties), properties);
const validate = (page) => element(page).evaluate((element) => element.validate());
const targets = async (page) => (await validate(page)).errors.map(({ target }) => target);
const behaves = (page, behavior) => page.waitForFunction((behavior) => document.querySelector("preclear-duties").validate().behavior === behavior, behavior);
const listed = (page) => element(page).locator('[part~="declaration"] li');
const phone = (page) => page.getByLabel("Phone", { exact: true });

/** The telephone is not there, the number has a wrong check digit, an article has no unit. */
const WRONG = (given) => {
  delete given.consignee.telephone;
  given.buyer.idNumber = "110105194912310021";
  delete given.items[0].customs.unit;
};

test("nothing of it loads before there is an order, and an order that is right has no findings", () =>
  on("/", async (page, server) => {
    await set(page, { basket: basket() });
    await page.waitForFunction(() => !["idle", "loading"].includes(document.querySelector("preclear-duties").getAttribute("state") ?? "idle"));
    await page.waitForLoadState("networkidle");
    assert.equal((await validate(page)).behavior, "allow");
    const loaded = () => server.requests.filter((path) => /forms|orderer/.test(path)).sort();
    assert.deepEqual(loaded(), []);
    const last = page.waitForResponse(/cn\.forms$/);
    await set(page, { order: order() });
    await last;
    // One that is wrong shows that the check was made.
    await set(page, { order: order(WRONG) });
    await behaves(page, "block");
    await set(page, { order: order() });
    await behaves(page, "allow");
    assert.deepEqual(loaded(), ["/preclear/forms.js", "/preclear/packs/cn.forms", "/preclear/wasm/forms_bg.wasm", "/preclear/widget-orderer.js"]);
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    assert.equal(await listed(page).count(), 0);
  }));

test("what is wrong is in validate(), at the field and in words; mended, it is gone", () =>
  on("/", async (page, server, logged) => {
    await set(page, { basket: basket(), order: order(WRONG) });
    await behaves(page, "block");
    const { errors } = await validate(page);
    assert.deepEqual(errors, [
      { message: "The recipient’s telephone: A field that customs needs is missing", target: "/consignee/telephone" },
      { message: "保湿精华液: A field that customs needs is missing", target: "/items/0/customs/unit" },
      { message: errors.at(-1).message, target: "/buyer/idNumber" },
    ]);
    assert.match(errors.at(-1).message, /^Document number: .*check digit/);
    assert.equal(await listed(page).count(), 3);
    assert.match(await listed(page).nth(1).innerText(), /The shop has to put this right:\s+\/items\/0\/customs\/unit/);
    // At the page's own field, as the browser says it.
    assert.equal(await phone(page).evaluate((control) => control.validationMessage), errors[0].message);
    assert.equal(await phone(page).getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
    await listed(page).first().getByRole("button", { name: "Go to the field" }).click();
    assert.equal(await page.evaluate(() => document.activeElement.name), "phone");
    assert.deepEqual(await violations(page), []);
    const findings = await page.evaluate(() => told.filter(({ type }) => type === "finding").map(({ detail }) => detail));
    const ofOrder = findings.filter(({ code }) => /^(input|form)\./.test(code));
    assert.deepEqual(ofOrder.map(({ code, target }) => [code, target]), [
      ["input.malformed", "/consignee/telephone"],
      ["input.malformed", "/items/0/customs/unit"],
      ["form.identity", "/buyer/idNumber"],
    ]);
    // Nothing of the order is in the page but what the page put there.
    const everywhere = [await page.content(), await element(page).evaluate((element) => element.shadowRoot.innerHTML), JSON.stringify([await page.evaluate(() => told), errors]), logged.join()].join();
    for (const text of ["张三", "110105194912310021", "13800138000", "文一路", "ORDER-1"]) assert.ok(!everywhere.includes(text), text);

    await set(page, { order: order() });
    await behaves(page, "allow");
    assert.deepEqual(await phone(page).evaluate((control) => [control.validationMessage, control.getAttribute("aria-invalid")]), ["", null]);
    assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), true);
    assert.equal(await listed(page).count(), 0);
  }));

test("the marks go with the order and with the element", () =>
  on("/", async (page) => {
    for (const go of [(element) => void (element.order = null), (element) => element.remove()]) {
      await set(page, { basket: basket(), order: order(WRONG) });
      await behaves(page, "block");
      await element(page).evaluate(go);
      await page.waitForFunction(() => document.querySelector("[name=phone]").validationMessage === "");
    }
  }));

test("the shop may only have it said", () =>
  on("/chinese", async (page) => {
    await set(page, { basket: basket(), order: order(WRONG), policy: { declaration: "warn" } });
    await listed(page).first().waitFor();
    assert.deepEqual(await validate(page), { behavior: "allow", errors: [] });
    assert.match(await listed(page).first().innerText(), /收货人电话/);
  }));

test("what the element asks for itself it does not miss in the order, and marks at its own fields", () =>
  on("/named", async (page) => {
    const own = (given) => {
      for (const name of ["name", "idType", "idNumber", "identity"]) delete given.buyer[name];
      delete given.consignee.telephone;
    };
    await set(page, { basket: { ...basket(), buyer: { payerIsBuyer: true, usedThisYear: "8000.00" } }, policy: { identity: "element" }, order: order(own) });
    await listed(page).first().waitFor();
    const ofOrder = async () => (await targets(page)).filter((target) => target !== "/buyer");
    assert.deepEqual((await ofOrder()).filter((target) => !/identity/.test(target)), ["/consignee/telephone"]);
    // A passport is well made, and not what this message takes.
    await page.getByLabel("Kind of document").selectOption("passport");
    for (const [label, text] of [["Real name", "欧阳春晓"], ["Document number", "E70418259"]]) {
      await page.getByLabel(label, { exact: true }).fill(text);
      await page.getByLabel(label, { exact: true }).press("Tab");
    }
    await page.getByRole("checkbox", { name: /I agree that the shop gives/ }).check();
    await page.waitForFunction(() => document.querySelector("preclear-duties").validate().errors.some(({ target }) => target === "/buyer/idType"));
    assert.equal(await page.getByLabel("Kind of document").getAttribute("aria-invalid"), "true");
    await listed(page).filter({ hasText: "Kind of document" }).getByRole("button", { name: "Go to the field" }).click();
    assert.equal(await element(page).evaluate((element) => element.shadowRoot.activeElement.id), "orderer-type");
    assert.deepEqual(await violations(page), []);
  }));

test("where it cannot be checked, the shop decides", () =>
  on(
    "/",
    async (page) => {
      await set(page, { basket: basket(), order: order(WRONG), policy: { unavailable: "block" } });
      await behaves(page, "block");
      assert.deepEqual((await validate(page)).errors, [{ message: "This could not be checked here.", target: "" }]);
      await set(page, { policy: {} });
      await behaves(page, "allow");
    },
    { "/preclear/wasm/forms_bg.wasm": { body: "", status: 404 } },
  ));
