// The parts of the widget that need no browser: which state a quote is, what stops a payment, and formulas in words.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { root } from "./support.mjs";

const entry = `
  export { stateOf } from "./state.ts";
  export { verdict } from "./verdict.ts";
  export { tell } from "./formula.ts";
`;
const bundled = await build({
  stdin: { contents: entry, resolveDir: join(root, "www/widget"), loader: "ts" },
  bundle: true,
  format: "esm",
  write: false,
});
const { stateOf, verdict, tell } = await import(`data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].contents).toString("base64")}`);

const quote = (status, ...findings) => ({
  status,
  findings: findings.map((text) => {
    const [level, code, target = ""] = text.split(" ");
    return { level, code, target, params: {}, citations: [], remedies: [] };
  }),
});

test("every quote has one state", () => {
  const table = [
    ["ready", quote("ready")],
    ["ready", quote("ready", "info goods.notice", "info limit.unverified", "info goods.unverified /items/0")],
    ["estimated", quote("estimated", "info rules.grade-c")],
    ["missing-id", quote("ready", "block identity.missing /buyer/identity")],
    ["missing-id", quote("estimated", "warn goods.restricted /items/0", "block identity.missing /buyer/identity")],
    ["ready", quote("ready", "info identity.missing /buyer/identity")],
    ["id-invalid", quote("ready", "block identity.invalid /buyer/identity")],
    ["payer-mismatch", quote("ready", "warn identity.payer-mismatch /buyer/payerIsBuyer")],
    ["payer-mismatch", quote("ready", "block identity.payer-mismatch /buyer/payerIsBuyer")],
    ["restricted", quote("ready", "warn goods.restricted /items/0")],
    ["restricted", quote("ready", "warn goods.permit /items/0")],
    ["ready", quote("ready", "warn goods.unverified /items/0")],
    ["needs-input", quote("needsInput", "block input.hs-missing /items/0/hsCode")],
    ["needs-input", quote("needsInput", "block identity.missing /buyer/identity", "block rules.unknown /items/0")],
    ["over-single", quote("blocked", "block limit.single")],
    ["over-single", quote("blocked", "block limit.single-article")],
    ["over-annual", quote("blocked", "block limit.annual")],
    ["over-single", quote("blocked", "block limit.annual", "block limit.single")],
    ["prohibited", quote("blocked", "block limit.single", "block goods.prohibited /items/1")],
    ["prohibited", quote("blocked", "block goods.not-listed /items/1")],
    ["over-annual", quote("blocked", "warn goods.restricted /items/0", "block limit.annual")],
    ["blocked", quote("blocked", "block some.thing-new")],
    ["unsupported", quote("unsupported", "warn destination.unsupported /shipTo/countryCode")],
    ["engine-unavailable", quote("a status of tomorrow")],
  ];
  for (const [state, given] of table) {
    assert.equal(stateOf("done", given), state, JSON.stringify(given));
  }
});

test("without a quote the state is how far the element is", () => {
  assert.equal(stateOf("idle", null), "idle");
  assert.equal(stateOf("loading", null), "loading");
  assert.equal(stateOf("failed", null), "engine-unavailable");
});

test("charges that the shop does not collect are not shown as if it did", () => {
  assert.equal(stateOf("done", quote("ready"), false), "not-included");
  assert.equal(stateOf("done", quote("estimated"), false), "not-included");
  assert.equal(stateOf("done", quote("ready", "block identity.missing"), false), "missing-id");
  assert.equal(stateOf("done", quote("blocked", "block limit.single"), false), "over-single");
});

const words = { finding: ({ code }) => `said: ${code}`, unavailable: "said: unavailable" };
const behavior = (given, failed = false, policy = {}) => verdict(given, failed, policy, words).behavior;

test("what blocks is blocked, with its message and its place", () => {
  const given = quote("blocked", "block goods.prohibited /items/1", "warn goods.restricted /items/0", "info goods.notice");
  assert.deepEqual(verdict(given, false, {}, words), {
    behavior: "block",
    errors: [{ message: "said: goods.prohibited", target: "/items/1" }],
  });
  assert.equal(behavior(quote("ready", "block identity.missing /buyer/identity")), "block");
  assert.equal(behavior(quote("ready", "warn identity.payer-mismatch")), "allow");
  assert.equal(behavior(quote("estimated", "info rules.grade-c")), "allow");
});

test("waiting and failing block nothing unless the shop says so", () => {
  assert.equal(behavior(null), "allow");
  assert.equal(behavior(null, false, { unavailable: "block", unsupported: "block" }), "allow");
  assert.equal(behavior(null, true), "allow");
  assert.deepEqual(verdict(null, true, { unavailable: "block" }, words), {
    behavior: "block",
    errors: [{ message: "said: unavailable", target: "" }],
  });
});

test("the policy decides about missing facts and unknown destinations, and about nothing else", () => {
  const missing = quote("needsInput", "block input.hs-missing /items/0/hsCode");
  assert.equal(behavior(missing), "block");
  assert.equal(behavior(missing, false, { needsInput: "warn" }), "allow");
  const withIdentity = quote("needsInput", "block input.hs-missing /items/0/hsCode", "block identity.missing /buyer/identity");
  assert.deepEqual(
    verdict(withIdentity, false, { needsInput: "warn" }, words).errors.map(({ target }) => target),
    ["/buyer/identity"],
  );
  const stopped = quote("blocked", "block goods.prohibited /items/0", "block input.hs-missing /items/1/hsCode");
  assert.equal(verdict(stopped, false, { needsInput: "warn" }, words).errors.length, 2);
  const unsupported = quote("unsupported", "warn destination.unsupported /shipTo/countryCode");
  assert.equal(behavior(unsupported), "allow");
  assert.equal(behavior(unsupported, false, { unsupported: "block" }), "block");
});

const told = (formula, values, result) => {
  const pieces = tell({ step: "1/x", formula, values, result, citations: [] });
  return pieces && pieces.map((piece) => (typeof piece === "string" ? piece : `${piece.name}:${piece.value}`)).join(" ");
};

test("a formula is told with its values, and with the brackets that it needs", () => {
  assert.equal(
    told("(value + duty) * rate.vat", { value: "388.00", duty: "0.00", "rate.vat": "0.13" }, "50.44"),
    "( value:388.00 + duty:0.00 ) × rate.vat:0.13",
  );
  assert.equal(told("vat.statutory * levy-factor", { "vat.statutory": "50.44", "levy-factor": "0.70" }, "35.31"), "vat.statutory:50.44 × levy-factor:0.70");
  assert.equal(told("a - (b - c)", { a: "9", b: "5", c: "1" }, "5"), "a:9 − ( b:5 − c:1 )");
  assert.equal(told("a - b - c", { a: "9", b: "5", c: "1" }, "3"), "a:9 − b:5 − c:1");
  assert.equal(told("a / (b * c)", { a: "9", b: "3", c: "3" }, "1"), "a:9 ÷ ( b:3 × c:3 )");
  assert.equal(told("min(a, b + 1)", { a: "9", b: "3" }, "4"), "min ( a:9 ; b:3 + 1 )");
});

test("only the branch that was taken is told", () => {
  const rate = 'if goods.vat = "general" then vat.general else if goods.vat = "reduced" then vat.reduced else 0';
  assert.equal(told(rate, { "goods.vat": "general", "vat.general": "0.13" }, "0.13"), "vat.general:0.13");
  assert.equal(told(rate, { "goods.vat": "reduced", "vat.reduced": "0.09" }, "0.09"), "vat.reduced:0.09");
  assert.equal(told(rate, { "goods.vat": "exempt" }, "0"), "0");
  const waived = "if sum(tax) <= waiver then 0 * value else tax";
  assert.equal(told(waived, { "sum(tax)": "50.00", waiver: "50", value: "250.00" }, "0.00"), "0 × value:250.00");
  assert.equal(told(waived, { "sum(tax)": "50.01", waiver: "50", tax: "50.01" }, "50.01"), "tax:50.01");
  const high = "if not has(limit) then true else if has(volume.ml) and not used then value / (quantity * volume.ml) >= limit else false";
  const values = { "has(limit)": "true", "has(volume.ml)": "true", used: "false", value: "1000.00", quantity: "2", "volume.ml": "50", limit: "10" };
  assert.equal(told(high, values, "true"), "value:1000.00 ÷ ( quantity:2 × volume.ml:50 ) ≥ limit:10");
  assert.equal(told(high, { "has(limit)": "false" }, "true"), "true");
});

test("a formula whose words would not give the step's result is not told", () => {
  assert.equal(told("value * rate", { value: "100.00", rate: "0.13" }, "13.02"), null);
  assert.equal(told("value * rate", { value: "100.00" }, "13.00"), null);
  assert.equal(told("value *", { value: "100.00" }, "100.00"), null);
  assert.equal(told("value $ rate", { value: "100.00", rate: "1" }, "100.00"), null);
  assert.equal(told("a >= b", { a: "1", b: "2" }, "true"), null);
});
