// The checks of numbers that name a person: what they say, and what is left of a number afterwards.

import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { FORMS, left, memories } from "./memory.mjs";
import { copyOfDist, imported } from "./package.mjs";

const { loadPreclear, PreclearError } = await imported();

/** The number printed in GB 11643-1999 as an example, and a name. */
const NUMBER = "11010519491231002X";
const NAME = "欧阳春晓";

/** A number of the kind, with its check digit, that no other test has left anywhere. */
function resident(seventeen) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...seventeen].reduce((sum, digit, index) => sum + Number(digit) * weights[index], 0);
  return seventeen + "10X98765432"[sum % 11];
}

const preclear = await loadPreclear({ packs: ["cn"], locales: ["en"] });
const check = (question) => preclear.checkIdentity({ countryCode: "CN", asOf: "2026-11-23", ...question });

test("the search finds what is there, in every form", () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  memories.push(memory);
  for (const [form, write] of Object.entries(FORMS)) {
    new Uint8Array(memory.buffer).fill(0).set(write("907182635449382716"), 100);
    assert.deepEqual([...new Set(left("907182635449382716"))], [`${form} in module ${memories.indexOf(memory)}`], form);
  }
  new Uint8Array(memory.buffer).fill(0).set(FORMS["UTF-16"]("82635449"), 100);
  assert.equal(left("907182635449382716").length, 1);
  memories.splice(memories.indexOf(memory), 1);
});

test("the contract's answers", async () => {
  assert.deepEqual(await check({ number: NUMBER }), { type: "resident-id", verdict: "valid", checked: ["form", "region", "date", "check-digit"], findings: [] });
  const wrong = await check({ type: "resident-id", number: "110105194912310021" });
  assert.deepEqual(wrong, {
    type: "resident-id",
    verdict: "invalid",
    checked: ["form", "region", "date", "check-digit"],
    findings: [
      {
        code: "identity.invalid",
        level: "block",
        target: "/number",
        params: { type: "resident-id", reason: "check-digit" },
        citations: [],
        remedies: ["correct-identity"],
      },
    ],
  });
  const reason = async (question) => (await check(question)).findings[0]?.params.reason;
  assert.equal(await reason({ number: "110105491231002" }), "old-form");
  assert.equal(await reason({ number: "" }), "absent");
  assert.equal(await reason({ number: `${NUMBER}${"0".repeat(300)}` }), "characters");
  assert.equal((await check({ type: "person-name", number: NAME })).verdict, "valid");
  assert.equal(await reason({ type: "person-name", number: "欧阳*" }), "masked");
  // A child born on the day asked about, and one born the day after it.
  assert.equal((await check({ number: resident("11010520261123001") })).verdict, "valid");
  assert.equal(await reason({ number: resident("11010520261124001") }), "date");
  assert.match(preclear.describe({ currencyCode: null, rules: null }, wrong.findings[0], { locale: "en" }).message, /check digit/);
});

test("the table of regions is used: one struck off before the year of birth is doubtful", async () => {
  // 110103 was struck off in 2010.
  const { verdict, findings } = await check({ number: resident("11010320120101001") });
  assert.equal(verdict, "doubtful");
  assert.deepEqual([findings[0].level, findings[0].params.reason], ["warn", "region-of-year"]);
});

test("without a day, today is asked about", async () => {
  const { asOf, ...question } = { countryCode: "CN", number: NUMBER };
  assert.equal((await preclear.checkIdentity(question)).verdict, "valid");
  const year = new Date().getFullYear() + 2;
  assert.equal((await preclear.checkIdentity({ countryCode: "CN", number: resident(`110105${year}0101001`) })).findings[0].params.reason, "date");
});

test("other countries, and none", async () => {
  const verdict = async (question) => (await check(question)).verdict;
  assert.equal(await verdict({ countryCode: "KR", number: "P123456789012" }), "valid");
  assert.equal(await verdict({ countryCode: "AQ", number: NUMBER }), "unsupported");
  assert.equal(await verdict({ type: "library-card", number: NUMBER }), "unsupported");
  assert.equal((await check({ countryCode: "AQ", number: NUMBER })).findings[0].code, "identity.unsupported");
});

test("whatever is given, there is an answer, and nothing of it is left in any module", async () => {
  const numbers = [NUMBER, resident("33010219880214321"), "110105194912310021", "81000019910203041X", "H4081597263", "E70418259"];
  const before = memories.length;
  for (const number of [...numbers, NAME, "Żaneta Brzęczyszczykiewicz", "\ud83d\ude00".repeat(40), `${NUMBER}${"4710386259".repeat(6)}`]) {
    for (const type of [undefined, "resident-id", "passport", "person-name", "residence-permit", "social-credit-code", "no-such-kind"]) {
      const answer = await check({ number, ...(type && { type }) });
      assert.ok(["valid", "invalid", "doubtful", "unsupported"].includes(answer.verdict));
      assert.deepEqual(left(number), [], `${type}`);
      assert.ok(!JSON.stringify(answer).includes(number));
    }
  }
  assert.equal(memories.length, before);
});

test("a number in the wrong place does not get in either", async () => {
  const number = resident("44010319951117042");
  for (const question of [{ countryCode: number }, { type: number }, { asOf: number }, { countryCode: number, type: number, asOf: number, number }]) {
    const answer = await check({ number: "1", ...question });
    assert.ok(!JSON.stringify(answer).includes(number));
    assert.deepEqual(left(number), [], Object.keys(question).join());
  }
  for (const number of [undefined, null, 110105194912310021, 110105n, {}, [NUMBER], Symbol("x"), { toString: () => NUMBER }]) {
    assert.equal((await check({ number })).findings[0].params.reason, "absent");
  }
  assert.deepEqual(left(NUMBER), []);
});

test("where the checks stop in the middle, the next question gets a fresh instance, and the number is not carried over", async () => {
  const number = resident("51010419790606018");
  const before = memories.length;
  // A text that is one until it is read.
  const real = String.prototype.charCodeAt;
  String.prototype.charCodeAt = function (index) {
    if (index === 9 && String(this) === number) throw new Error("stop");
    return real.call(this, index);
  };
  try {
    await assert.rejects(check({ number }), (error) => error instanceof PreclearError && error.code === "engine.stopped" && !String(error.stack).includes(number));
  } finally {
    String.prototype.charCodeAt = real;
  }
  assert.equal((await check({ number })).verdict, "valid");
  assert.equal(memories.length, before + 1);
  // What stopped is not asked again, and is gone with its memory.
  memories.splice(memories.indexOf(memories.at(-2)), 1);
  assert.deepEqual(left(number), []);
});

test("files that were changed or are missing are refused, and can be tried again", async () => {
  for (const [file, spoil, code] of [
    ["packs/cn.regions", (path) => writeFileSync(path, "PCRG"), "package.changed"],
    ["packs/cn.regions", rmSync, "package.unreachable"],
    ["wasm/identity_bg.wasm", rmSync, "package.unreachable"],
    ["wasm/identity_bg.wasm", (path) => writeFileSync(path, "<p>not here"), "package.changed"],
  ]) {
    const copy = copyOfDist();
    const there = await loadPreclear({ packs: ["cn"], locales: [], base: pathToFileURL(copy) });
    spoil(join(copy, file));
    await assert.rejects(there.checkIdentity({ countryCode: "CN", number: NUMBER }), (error) => error.code === code, file);
  }
});

test("the engine's own module knows nothing of the checks, and loads without them", async () => {
  const copy = copyOfDist();
  rmSync(join(copy, "wasm/identity_bg.wasm"));
  const there = await loadPreclear({ packs: ["cn"], locales: [], base: pathToFileURL(copy) });
  assert.deepEqual(there.packs.map(({ id }) => id), ["cn"]);
});
