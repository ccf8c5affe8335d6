// The package as npm installs it, in Node.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { basket, changed, copyOfDist, dist, imported, installed, json, locales, published, root } from "./package.mjs";

/** Runs a module in a process of its own, in the project that has the package installed. */
function run(source) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", source], { cwd: installed(), encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

const { loadPreclear, PreclearError } = await imported();

const refused = (code) => (error) => {
  assert.ok(error instanceof PreclearError && error instanceof Error);
  assert.equal(error.code, code);
  assert.equal(error.message, code);
  assert.equal(error.cause, undefined);
  return true;
};

for (const file of ["node.js", "preclear.js", "isolated.js", "scripts.js", "widget.js", "widget-scripts.js", "widget-isolated.js"]) {
  test(`importing ${file} touches nothing`, () => {
    const url = pathToFileURL(join(dist(), file)).href;
    const watched = ["fetch", "WebAssembly", "TextDecoder", "TextEncoder", "URL", "Date", "Intl", "document", "window", "location", "localStorage"];
    const said = run(`
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      const touched = [];
      // The loader reads the module itself.
      const asset = (path) => String(path).includes("/dist/") && !String(path).endsWith(".js");
      for (const [where, name] of [[fs.promises, "readFile"], [fs.promises, "open"], [fs, "readFile"], [fs, "readFileSync"], [fs, "openSync"]]) {
        const real = where[name];
        where[name] = (...all) => (asset(all[0]) && touched.push(name), real.apply(where, all));
      }
      syncBuiltinESMExports();
      const real = {};
      for (const name of ${JSON.stringify(watched)}) {
        real[name] = Object.getOwnPropertyDescriptor(globalThis, name);
        Object.defineProperty(globalThis, name, { configurable: true, get() { if (new Error().stack.includes("/dist/")) touched.push(name); return real[name]?.get?.call(globalThis) ?? real[name]?.value; } });
      }
      const keys = Reflect.ownKeys(globalThis).length;
      const loaded = await import(${JSON.stringify(url)});
      const added = Reflect.ownKeys(globalThis).length - keys;
      const atImport = [...touched];
      // The watch sees what it is there to see.
      const { loadPreclear } = loaded.loadPreclear ? loaded : await import(${JSON.stringify(pathToFileURL(join(dist(), "preclear.js")).href)});
      await loadPreclear({ packs: ["cn"] }).catch(() => undefined);
      console.log(JSON.stringify({ atImport, added, later: touched.includes("WebAssembly") && touched.includes("URL") }));
    `);
    assert.deepEqual(JSON.parse(said), { atImport: [], added: 0, later: true });
  });
}

test("the contract's basket gets the contract's figures", () => {
  const said = run(`
    import { loadPreclear } from "preclear";
    const preclear = await loadPreclear({ packs: ["cn"] });
    console.log(JSON.stringify(preclear.quote(${JSON.stringify(basket())})));
  `);
  const quote = JSON.parse(said);
  for (const field of ["status", "regime", "amounts", "items", "limits"]) assert.deepEqual(quote[field], published()[field], field);
  assert.equal(quote.amounts.total, "423.31");
});

test("packs and languages load when they are asked for, once", async () => {
  const preclear = await loadPreclear({ locales: ["en"] });
  assert.deepEqual([preclear.packs, preclear.locales, preclear.version], [[], ["en"], "0.1.0"]);
  assert.equal(preclear.packFor("CN"), "cn");
  assert.equal(preclear.packFor("AQ"), null);
  assert.throws(() => preclear.quote(basket()), refused("pack.not-loaded"));
  assert.equal(preclear.quote(changed((made) => (made.shipTo.countryCode = "AQ"))).status, "unsupported");
  const [one, two] = await Promise.all([preclear.loadPack("cn"), preclear.loadPack("cn"), preclear.loadLocale("zh-CN")]);
  assert.equal(one, two);
  const { packs } = json(join(root, "pkg/packs/manifest.json"));
  assert.deepEqual(preclear.packs, [{ id: "cn", destinations: ["CN"], version: packs.cn.version, sha256: packs.cn.sha256 }]);
  // Whichever came first: the labels are there in both languages.
  assert.equal(preclear.labels("cn", "en").regime["cn.trade"], "General trade");
  assert.equal(preclear.labels("cn", "zh-CN").regime["cn.trade"], "一般贸易");
  assert.deepEqual(preclear.labels("xx", "en"), {});
  assert.equal(preclear.quote(basket()).amounts.taxes, "35.31");
});

test("what was never built is refused by code", async () => {
  const preclear = await loadPreclear({ locales: ["en"] });
  for (const id of ["xx", "toString", "../cn"]) await assert.rejects(preclear.loadPack(id), refused("pack.unknown"));
  await assert.rejects(preclear.loadLocale("pt"), refused("locale.unknown"));
  await assert.rejects(loadPreclear({ packs: ["xx"] }), refused("pack.unknown"));
  await assert.rejects(loadPreclear({ locales: ["__proto__"] }), refused("locale.unknown"));
  for (const ask of [() => preclear.messages("zh-CN"), () => preclear.labels("cn", "zh-CN"), () => preclear.explain(published(), { locale: "zh-CN" })]) {
    assert.throws(ask, refused("locale.not-loaded"));
  }
});

test("today is asked about when no day is given", async () => {
  const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
  const undated = changed((made) => delete made.asOf);
  const day = (now) => [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  // Twice, since midnight may pass.
  const days = [day(new Date())];
  const { asOf } = preclear.quote(undated);
  days.push(day(new Date()));
  assert.ok(days.includes(asOf), asOf);
  assert.ok(!("asOf" in undated), "the caller's basket is left as it was");
  assert.equal(preclear.quote({ ...undated, asOf: undefined }).asOf, asOf);
  // A day that is wrong is not replaced.
  assert.equal(preclear.quote({ ...undated, asOf: null }).findings[0].target, "/asOf");
  assert.equal(preclear.quote({ ...undated, asOf: "2026-02-30" }).findings[0].target, "/asOf");
});

test("a quote is verified", async () => {
  const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
  const quote = preclear.quote(basket());
  const verify = (change) => {
    const copy = structuredClone(quote);
    change(copy);
    return preclear.verify(basket(), copy);
  };
  assert.deepEqual(verify(() => {}), { same: true, differences: [] });
  assert.deepEqual(preclear.verify(basket(), JSON.parse(JSON.stringify(quote))), { same: true, differences: [] });
  const differs = (change, ...paths) => assert.deepEqual(verify(change), { same: false, differences: paths.map((path) => ({ path })) });
  differs((copy) => (copy.amounts.taxes = "0.00"), "/amounts/taxes");
  differs((copy) => (copy.amounts = null), "/amounts");
  differs((copy) => delete copy.digest, "/digest");
  differs((copy) => copy.findings.pop(), `/findings/${quote.findings.length - 1}`);
  differs((copy) => (copy.items = {}), "/items");
  differs((copy) => (copy.trace[0].values.price = "1"), "/trace/0/values/price");
  // What came with the quote is not told, and what it inherits is not its own.
  differs((copy) => (copy.amounts["330106199001010010"] = "1"), "/amounts");
  assert.deepEqual(preclear.verify(basket(), Object.create(quote)).same, false);
  for (const nothing of [null, undefined, "quote", 1, []]) {
    assert.deepEqual(preclear.verify(basket(), nothing), { same: false, differences: [{ path: "" }] });
  }
  const other = changed((made) => (made.items[0].amount = "198.00"));
  const { same, differences } = preclear.verify(other, quote);
  assert.ok(!same && differences.some(({ path }) => path === "/amounts/total") && differences.some(({ path }) => path === "/digest"));
});

test("a quote is explained with the law of each line", async () => {
  const preclear = await loadPreclear({ packs: ["cn"] });
  const quote = preclear.quote(changed((made) => (made.items[0].amount = "6150.00")));
  const blocked = {
    en: "Stop: This order is worth 12,290.00 CNY; one order by this route may be worth at most 5,000.00 CNY [limit.single]",
    "zh-CN": "不可：本订单为 12,290.00 CNY，超过此渠道单次交易限值 5,000.00 CNY [limit.single]",
    // Spanish groups from five digits on, French with a narrow space.
    es: "No se puede: Este pedido vale 12.290,00\u00a0CNY; por esta vía, un pedido puede valer como máximo 5000,00\u00a0CNY [limit.single]",
    fr: "Impossible\u00a0: Cette commande vaut 12\u202f290,00\u00a0CNY\u202f; par cette voie, une commande peut valoir au plus 5\u202f000,00\u00a0CNY [limit.single]",
  };
  for (const locale of locales) {
    const lines = preclear.explain(quote, { locale });
    assert.ok(lines.every(({ text, citations }) => typeof text === "string" && citations.every((id) => Object.hasOwn(quote.citations, id))));
    const told = new Set(lines.flatMap(({ citations }) => citations));
    assert.deepEqual([...told].sort(), Object.keys(quote.citations).sort());
    if (blocked[locale]) {
      const line = lines.find(({ text }) => text.trim() === blocked[locale]);
      assert.deepEqual(line?.citations, quote.findings[0].citations, lines.map(({ text }) => text).join("\n"));
    }
    const finding = quote.findings.find(({ code }) => code === "limit.single");
    const { message, remedies } = preclear.describe(quote, finding, { locale });
    assert.ok(lines.some(({ text }) => text.includes(message)) && remedies.length === finding.remedies.length);
    // A code of a later version says itself.
    assert.equal(preclear.describe(quote, { ...finding, code: "limit.later" }, { locale }).message, "limit.later");
    assert.equal(preclear.describe(quote, { ...finding, code: "toString" }, { locale }).message, "toString");
  }
  const figures = preclear.explain(preclear.quote(basket()), { locale: "en" });
  const vat = figures.find(({ text }) => text === "  VAT (13 %): 35.31 CNY");
  assert.ok(vat.citations.includes("cn.mof.2016-18"), JSON.stringify(vat));
});

test("a basket that cannot be read is explained as well", async () => {
  const preclear = await loadPreclear({ packs: ["cn"] });
  const quote = preclear.quote(changed((made) => Object.assign(made, { asOf: "330106199001010010", shipTo: 1, voucher: "x" })));
  assert.equal(quote.findings.length, 3);
  for (const locale of locales) {
    const lines = preclear.explain(quote, { locale }).map(({ text }) => text);
    assert.ok(lines.every((line, index) => line !== "" || (lines[index + 1] ?? "") !== ""), lines.join("\n"));
    assert.ok(lines.every((line) => !line.includes("330106")));
    assert.equal(lines.filter((line) => line.includes("input.malformed")).length, 3);
  }
  assert.equal(preclear.explain(quote, { locale: "en" })[0].text, "Quote: something is missing");
});

test("a file that is missing or not the one that was built is refused", async () => {
  const flip = (path) => {
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(path, bytes);
  };
  const cases = [
    ["packs/cn.pack", flip, "package.changed"],
    ["packs/cn.en.json", flip, "package.changed"],
    ["locales/en.json", (path) => writeFileSync(path, "{}"), "package.changed"],
    ["packs/cn.pack", rmSync, "package.unreachable"],
    ["packs/cn.en.json", rmSync, "package.unreachable"],
    ["locales/en.json", rmSync, "package.unreachable"],
    ["wasm/preclear_bg.wasm", rmSync, "package.unreachable"],
    ["wasm/preclear_bg.wasm", (path) => writeFileSync(path, "<!doctype html>"), "package.changed"],
    ["wasm/preclear_bg.wasm", (path) => writeFileSync(path, readFileSync(path).subarray(0, 1000)), "package.changed"],
    ["wasm/preclear_bg.wasm", flip, "package.changed"],
    // A module of another release: one that would run.
    ["wasm/preclear_bg.wasm", (path) => writeFileSync(path, readFileSync(path, "latin1").replaceAll("0.1.0", "0.1.1"), "latin1"), "package.changed"],
  ];
  for (const [file, spoil, code] of cases) {
    const copy = copyOfDist();
    const options = { packs: ["cn"], locales: ["en"], base: pathToFileURL(copy) };
    assert.equal((await loadPreclear(options)).quote(basket()).status, "ready");
    spoil(join(copy, file));
    await assert.rejects(loadPreclear(options), refused(code), file);
    // A path is a base as well, with or without a slash at its end.
    await assert.rejects(loadPreclear({ ...options, base: `${copy}/` }), refused(code), file);
  }
});

test("a load that failed can be tried again", async () => {
  const copy = copyOfDist();
  const pack = join(copy, "packs/cn.pack");
  const bytes = readFileSync(pack);
  rmSync(pack);
  const preclear = await loadPreclear({ locales: ["en"], base: copy });
  await assert.rejects(preclear.loadPack("cn"), refused("package.unreachable"));
  assert.deepEqual(preclear.packs, []);
  writeFileSync(pack, bytes);
  assert.equal((await preclear.loadPack("cn")).id, "cn");
  assert.equal(preclear.quote(basket()).status, "ready");
});

test("an engine that stopped is replaced, with its packs", async () => {
  const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
  const before = preclear.quote(basket());
  const bomb = changed((made) => {
    Object.defineProperty(made, "items", {
      enumerable: true,
      get() {
        throw new Error("330106199001010010");
      },
    });
  });
  for (let round = 0; round < 3; round += 1) {
    assert.throws(() => preclear.quote(bomb), refused("engine.stopped"));
    assert.deepEqual(preclear.quote(basket()), before);
  }
  assert.equal((await preclear.loadPack("cn")).id, "cn");
});

test("a trap inside the engine is one code, and the next answer is right", async () => {
  // Memory that cannot grow: an allocation fails, and the module stops.
  const said = run(`
    const real = WebAssembly.instantiate;
    let grown;
    WebAssembly.instantiate = async (...all) => (grown = await real(...all));
    const { loadPreclear } = await import("preclear");
    const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
    const basket = ${JSON.stringify(basket())};
    const { digest } = preclear.quote(basket);
    const memory = new Uint8Array(grown.exports.memory.buffer);
    memory.fill(0xff);
    let code = "none";
    try { preclear.quote(basket); } catch (error) { code = error.code; }
    console.log(JSON.stringify([code, preclear.quote(basket).digest === digest]));
  `);
  assert.deepEqual(JSON.parse(said), ["engine.stopped", true]);
});

test("a polluted prototype fills nothing", async () => {
  const preclear = await loadPreclear({ packs: ["cn"], locales: ["en"] });
  const pollution = { hsCode: "2204210000", asOf: "2010-01-01", base: "/nowhere", packs: ["xx"], buyer: { identity: "valid" }, name: "x" };
  const findings = (made) => preclear.quote(made).findings.map(({ code }) => code);
  try {
    for (const [key, value] of Object.entries(pollution)) {
      Object.defineProperty(Object.prototype, key, { value, enumerable: true, configurable: true, writable: true });
    }
    assert.ok(findings(changed((made) => delete made.items[0].hsCode)).includes("input.hs-missing"));
    assert.ok(findings(changed((made) => delete made.buyer)).includes("identity.missing"));
    assert.notEqual(preclear.quote(changed((made) => delete made.asOf)).asOf, "2010-01-01");
    assert.equal((await loadPreclear({ locales: [] })).packs.length, 0);
    assert.deepEqual(Object.keys(preclear.quote(basket())), Object.keys(published()));
  } finally {
    for (const key of Object.keys(pollution)) delete Object.prototype[key];
  }
  assert.equal({}.hsCode, undefined);
});

test("objects of any prototype are baskets", async () => {
  const preclear = await loadPreclear({ packs: ["cn"], locales: [] });
  const { runInNewContext } = await import("node:vm");
  const bare = (tree) =>
    Array.isArray(tree) ? tree.map(bare) : tree && typeof tree === "object" ? Object.assign(Object.create(null), Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, bare(value)]))) : tree;
  const expected = preclear.quote(basket()).digest;
  assert.equal(preclear.quote(bare(basket())).digest, expected);
  assert.equal(preclear.quote(runInNewContext(`(${JSON.stringify(basket())})`)).digest, expected);
  assert.equal(preclear.quote(Object.freeze(basket())).digest, expected);
});

test("every entry of the exports map resolves", () => {
  const { exports, files, dependencies } = json(join(installed(), "node_modules/preclear/package.json"));
  assert.equal(dependencies, undefined);
  const here = join(installed(), "node_modules/preclear");
  const targets = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry).flatMap(targets));
  const missing = Object.values(exports).flatMap(targets).filter((path) => !path.includes("*") && !existsSync(join(here, path)));
  assert.deepEqual(missing, []);
  const names = ["preclear", "preclear/widget", "preclear/isolated", "preclear/worker", "preclear/wasm", "preclear/wasm/identity", "preclear/wasm/whole", "preclear/package.json", "preclear/packs/cn.pack", "preclear/packs/cn.en.json"];
  names.push(...locales.map((locale) => `preclear/locales/${locale}.json`));
  const resolved = JSON.parse(run(`console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => import.meta.resolve(name))))`));
  for (const url of resolved) assert.ok(existsSync(fileURLToPath(url)), url);
  assert.ok(resolved[0].endsWith("/dist/node.js"));
  const refusedPath = run(`try { import.meta.resolve("preclear/dist/preclear.js"); console.log("resolved") } catch (error) { console.log(error.code) }`);
  assert.equal(refusedPath, "ERR_PACKAGE_PATH_NOT_EXPORTED");
  const listed = files.filter((path) => !path.startsWith("!"));
  assert.ok(listed.every((path) => existsSync(join(here, path))));
  // The glue is in the modules already.
  assert.deepEqual(readdirSync(join(here, "dist/wasm")), ["forms_bg.wasm", "identity_bg.wasm", "preclear_bg.wasm", "whole_bg.wasm"]);
});

test("TypeScript consumers compile", () => {
  const shop = installed();
  writeFileSync(
    join(shop, "shop.ts"),
    `import { loadPreclear, PreclearError } from "preclear";
import type { Basket, BasketToday, ExplainedLine, Finding, Labels, LoadOptions, Messages, PackInfo, Preclear, Quote } from "preclear";
import { loadPreclear as loadIsolated } from "preclear/isolated";
import { PreclearDuties } from "preclear/widget";
import type { Verdict } from "preclear/widget";

const options: LoadOptions = { packs: ["cn"], locales: ["en"], base: new URL("https://shop.example/preclear/") };
const preclear: Preclear = await loadPreclear(options);
const basket: BasketToday = { shipTo: { countryCode: "CN" }, currencyCode: "CNY", items: [{ id: "1", quantity: "1", amount: "1.00" }] };
const dated: Basket = { ...basket, asOf: "2026-11-23" };
const quote: Quote = preclear.quote(dated);
const total: string | undefined = quote.amounts?.total;
const lines: ExplainedLine[] = preclear.explain(quote, { locale: "en" });
const same: boolean = preclear.verify(basket, quote).same;
const later: Quote = await (await loadIsolated(options)).quote(dated);
const finding: Finding | undefined = quote.findings[0];
const message: string | undefined = finding && preclear.describe(quote, finding, { locale: "en" }).message;
const messages: Messages = preclear.messages("en");
const labels: Labels = preclear.labels("cn", "en");
const info: PackInfo = await preclear.loadPack("cn");
const verdict = (element: PreclearDuties): Verdict => element.validate();
const code = (error: unknown): string => (error instanceof PreclearError ? error.code : "");
// @ts-expect-error a number is not money
basket.items[0]!.amount = 1;
// @ts-expect-error no such field
basket.voucher = "10";
// @ts-expect-error a locale is needed
preclear.explain(quote, {});
export { code, info, labels, later, lines, message, messages, same, total, verdict };
`,
  );
  const tsc = join(root, "node_modules/.bin/tsc");
  for (const [module, resolution] of [
    ["esnext", "bundler"],
    ["node16", "node16"],
    ["nodenext", "nodenext"],
  ]) {
    const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022", "--types", ""];
    const { status, stdout } = spawnSync(tsc, [...options, "--lib", "es2022,dom", "--module", module, "--moduleResolution", resolution, "shop.ts"], {
      cwd: shop,
      encoding: "utf8",
    });
    assert.equal(status, 0, `${resolution}: ${stdout}`);
  }
});
