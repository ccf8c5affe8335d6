// The whole engine, which loads when a basket asks for what the first does without.

import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { basket, changed, copyOfDist, imported } from "./package.mjs";

const { loadPreclear, PreclearError } = await imported();

/** The contract's basket as it is paid: (398.00 − 30.00 + 20.00) × 9.1 % is 35.31, and 398.00 + 35.31 is twice 216.655. */
const withTax = changed((made) => {
  made.taxIncluded = true;
  made.items[0].amount = "216.655";
});
/** No code, so that the name has to tell. */
const named = changed((made) => {
  delete made.items[0].hsCode;
  made.channel = "parcel";
  made.items[0].name = "Live hermit crabs, three";
});
const codes = (quote) => quote.findings.map(({ code }) => code);

test("a price with tax asks for the whole engine, and is taken apart by it", async () => {
  const preclear = await loadPreclear({ packs: ["cn"], locales: ["en"] });
  const first = preclear.quote(withTax);
  assert.deepEqual([first.status, first.amounts, codes(first)], ["needsInput", null, ["engine.partial"]]);
  assert.match(preclear.describe(first, first.findings[0], { locale: "en" }).message, /whole engine/);
  await preclear.loadWhole();
  const { status, amounts } = preclear.quote(withTax);
  assert.equal(status, "ready");
  assert.deepEqual([amounts.items, amounts.taxes, amounts.total], ["398.00", "35.31", "423.31"]);
});

test("both engines give the same answer, and packs come to either", async () => {
  const [first, whole] = [await loadPreclear({ packs: ["cn"], locales: [] }), await loadPreclear({ locales: [], whole: true })];
  await whole.loadPack("cn");
  assert.deepEqual(whole.quote(basket()), first.quote(basket()));
  assert.deepEqual(whole.packs, first.packs);
  await first.loadWhole();
  await first.loadPack("gb");
  assert.equal(first.quote(changed((made) => (made.shipTo = { countryCode: "GB" }))).rules.pack, "gb");
});

test("goods are recognised by name once it is there, in our own words", async () => {
  const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
  const found = () => preclear.quote(named).findings.filter(({ code }) => code !== "input.hs-missing" && code.startsWith("goods.") && code !== "goods.notice");
  assert.ok(codes(preclear.quote(named)).includes("rules.names-unread"));
  await preclear.loadWhole();
  const quote = preclear.quote(named);
  assert.ok(!codes(quote).includes("rules.names-unread"));
  assert.ok(found().some(({ level, params }) => level === "warn" && params.term !== undefined), JSON.stringify(found()));
  assert.ok(!JSON.stringify(quote).includes("three"));
});

test("without it the first engine goes on", async () => {
  const copy = copyOfDist();
  rmSync(join(copy, "wasm/whole_bg.wasm"));
  const preclear = await loadPreclear({ packs: ["cn"], locales: [], base: pathToFileURL(copy) });
  await assert.rejects(preclear.loadWhole(), (error) => error instanceof PreclearError && error.code === "package.unreachable");
  assert.equal(preclear.quote(basket()).status, "ready");
});
