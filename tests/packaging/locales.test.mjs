// Every language says everything, and none says what must not be said.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { imported, json, locales, root } from "./package.mjs";

const texts = Object.fromEntries(locales.map((locale) => [locale, json(join(root, `pkg/locales/${locale}.json`))]));
const source = readFileSync(join(root, "src/finding.rs"), "utf8");
const codes = [...source.matchAll(/^    \w+ = "([a-z.-]+)",$/gm)].map(([, code]) => code);
const remedies = [...source.split("pub const REMEDIES")[1].split("];")[0].matchAll(/"([a-z-]+)"/g)].map(([, remedy]) => remedy);
const schema = json(join(root, "www/docs/contract.schema.json"));
const words = (name) => schema.$defs[name].enum ?? schema.$defs[name].anyOf.flatMap((part) => part.enum ?? []);

/** Every text with its place. */
function* leaves(tree, path = "") {
  if (typeof tree === "string") yield [path, tree];
  else for (const [key, value] of Object.entries(tree)) yield* leaves(value, `${path}/${key}`);
}

const candidates = (message) => [message].flat();
const places = (text) => [...text.matchAll(/\{([^{}]+)\}/g)].map(([, place]) => place);

test("the tables are found", () => {
  assert.ok(codes.length >= 34 && codes.includes("limit.single") && remedies.length >= 16 && locales.length >= 2);
});

for (const locale of locales) {
  test(`${locale} has a message for every code, remedy, status, level and sum, and for no other`, () => {
    const said = (group) => Object.keys(texts[locale][group]).sort();
    assert.deepEqual(said("findings"), [...codes].sort());
    assert.deepEqual(said("remedies"), [...remedies].sort());
    assert.deepEqual(said("statuses"), ["blocked", "estimated", "needsInput", "ready", "unsupported"]);
    assert.deepEqual(said("levels"), ["block", "info", "warn"]);
    assert.deepEqual(said("sums"), Object.keys(schema.$defs.Amounts.properties).sort());
  });

  test(`${locale} has a word for everything that a fault of the input can name`, () => {
    const document = readFileSync(join(root, "www/docs/contract.md"), "utf8").split("### Faults of the input")[1].split("\n### ")[0];
    const [head, ...rows] = document.split("\n| ");
    const expected = rows.flatMap((row) => [...row.split(" | ")[0].matchAll(/`([a-z-]+)`/g)].map(([, word]) => word));
    const given = [...head.split("what kind was given")[1].matchAll(/`([a-z]+)`/g)].map(([, word]) => word).filter((word) => word !== "params");
    assert.ok(expected.length > 20 && given.length === 7, `${expected} ${given}`);
    assert.deepEqual(Object.keys(texts[locale].expected).sort(), [...new Set(expected.filter((word) => word !== "expected"))].sort());
    assert.deepEqual(Object.keys(texts[locale].given).sort(), given.sort());
    const reasons = readFileSync(join(root, "www/docs/contract.md"), "utf8").split("| `reason` |")[1].split("\n\n")[0];
    const wrong = reasons.split("\n| ").flatMap((row) => [...row.split(" | ")[0].matchAll(/`([a-z-]+)`/g)].map(([, word]) => word));
    assert.ok(wrong.length > 10);
    assert.deepEqual(Object.keys(texts[locale].identity).sort(), wrong.sort());
    assert.deepEqual(Object.keys(texts[locale].measures).sort(), [...words("MeasurementType")].sort());
  });

  test(`${locale} has the keys, the choices and the places of the others`, () => {
    const shape = (tree) => [...leaves(tree)].map(([path, text]) => `${path} ${places(text).sort().join(" ")}`).sort();
    assert.deepEqual(shape(texts[locale]), shape(texts.en));
  });

  test(`${locale} can always say something of a finding`, () => {
    for (const [code, message] of Object.entries(texts[locale].findings)) {
      const last = candidates(message).at(-1);
      // What the engine always gives with this code.
      const sure = { "input.exchange-rate-missing": ["from", "to"], "input.exchange-rate-old": ["from", "to"] }[code] ?? [];
      assert.deepEqual(places(last).filter((place) => !sure.includes(place)), [], code);
      assert.ok(candidates(message).every((text) => text.trim() === text && text.length > 0), code);
    }
  });
}

test("no two codes have one message", () => {
  for (const locale of locales) {
    const last = Object.values(texts[locale].findings).map((message) => candidates(message).at(-1));
    const twice = last.filter((text, index) => last.indexOf(text) !== index);
    assert.deepEqual(twice, [], locale);
  }
});

// Splitting orders, other people's identities and quotas, lower values.
const FORBIDDEN = [
  /\b(split|divid\w+|separate|several|smaller|multiple|two|more) (\w+ ){0,4}(orders|parcels|shipments|packages)\b/i,
  /\bsplit(ting)?\b/i,
  /\b(family|relative|friend|another person|somebody else|someone else|other people|different person)\b/i,
  /\bborrow\w*/i,
  /\b(declare|state|enter|give|use) (\w+ ){0,3}(lower|less|smaller|reduced)\b/i,
  /\b(lower|reduce|under)[- ]?(the )?(declared|stated|value\b|declar)/i,
  /\b(as a gift|mark\w* as)\b/i,
  /拆\s*(单|分|包)|分\s*(单|批|开下单|开购买|次下单|次购买|多次)|多次(下单|购买)|化整为零|蚂蚁搬家/,
  /(他人|别人|亲友|家人|朋友|亲属|其他人)(的)?(身份|实名|额度|名义|信息|证件|账号)|借用|借(身份|额度|名)|冒用|代(为)?实名|换人/,
  /低报|瞒报|少报|压低|降低(申报|价格|价值)|虚报|改(低)?价/,
];

/** Everything that is shown to people: the package's texts, the packs', the widget's, the demo's and the documents'. */
function* shown() {
  for (const locale of locales) yield [`pkg/locales/${locale}.json`, [...leaves(texts[locale])]];
  for (const folder of ["www/widget/locales", "pkg/packs"]) {
    for (const name of readdirSync(join(root, folder)).filter((name) => name.endsWith(".json") && name !== "manifest.json")) {
      yield [`${folder}/${name}`, [...leaves(json(join(root, folder, name)))]];
    }
  }
}

test("the patterns know forbidden advice when they see it", () => {
  const advice = [
    "Split the order",
    "Place two smaller orders",
    "Order in several parcels",
    "Use somebody else’s ID",
    "Borrow a friend’s quota",
    "Declare a lower value",
    "Lower the declared value",
    "建议拆单",
    "请分单购买",
    "分批下单",
    "使用他人身份信息",
    "借用亲友额度",
    "低报价格",
    "降低申报价格",
  ];
  for (const text of advice) assert.ok(FORBIDDEN.some((pattern) => pattern.test(text)), text);
});

test("no text advises to split orders, to use another’s identity or to lower values", () => {
  let count = 0;
  for (const [file, all] of shown()) {
    for (const [path, text] of all) {
      count += 1;
      for (const pattern of FORBIDDEN) assert.doesNotMatch(text, pattern, `${file}${path}`);
    }
  }
  assert.ok(count > 500, `${count} texts`);
});

test("a language is chosen by tag", async () => {
  const { loadPreclear } = await imported();
  const preclear = await loadPreclear({ locales: [] });
  const chosen = ["en", "EN-gb", "zh-cn", "zh", "zh-Hans-SG", "fr", "not a tag", ""].map((tag) => preclear.localeFor(tag));
  assert.deepEqual(chosen, ["en", "en", "zh-CN", "zh-CN", "zh-CN", null, null, null]);
});
