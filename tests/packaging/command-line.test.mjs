// The package and the command line answer and speak alike.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { baskets, commandLine, imported, locales } from "./package.mjs";

function run(basket, ...options) {
  const { status, stdout, stderr } = spawnSync(commandLine(), ["quote", ...options], { input: JSON.stringify(basket), encoding: "utf8" });
  assert.ok(status === 0 || status === 1, stderr);
  return stdout;
}

const { loadPreclear } = await imported();
const preclear = await loadPreclear({ packs: ["cn"] });

test("the packs are the same", () => {
  const { rules } = JSON.parse(run(baskets["as published"]));
  assert.deepEqual(
    preclear.packs.map(({ id, version, sha256 }) => ({ pack: id, version, sha256 })),
    [rules],
    "build the command line and the package from the same rules",
  );
});

for (const [name, basket] of Object.entries(baskets)) {
  test(`one answer: ${name}`, () => {
    const theirs = JSON.parse(run(basket));
    const ours = preclear.quote(basket);
    assert.deepEqual(ours, theirs);
    assert.match(ours.digest, /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(preclear.verify(basket, theirs), { same: true, differences: [] });
  });

  for (const locale of locales) {
    test(`one text: ${name}, ${locale}`, () => {
      const lines = preclear.explain(preclear.quote(basket), { locale }).map(({ text }) => text);
      assert.deepEqual(lines, run(basket, "--text", "--locale", locale).split("\n").slice(0, -1));
      assert.ok(lines.every((line) => !/[{}]|…|undefined|null/.test(line)), lines.join("\n"));
    });
  }
}
