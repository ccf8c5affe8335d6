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
  export { add, after, sum } from "./parcels.ts";
  export { answers, changed } from "./agreed.ts";
  export { directionOf } from "./language.ts";
`;
const bundled = await build({
  stdin: { contents: entry, resolveDir: join(root, "www/widget"), loader: "ts" },
  bundle: true,
  format: "esm",
  write: false,
});
const { stateOf, verdict, tell, add, after, sum, answers, changed, directionOf } = await import(`data:text/javascript;base64,${Buffer.from(bundled.outputFiles[0].contents).toString("base64")}`);

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
    ["needs-input", quote("needsInput", "block input.hs-missing /items/0/hsCode", "block rules.unknown /items/1")],
    ["unsupported", quote("needsInput", "block rules.unknown /items/0")],
    ["unsupported", quote("needsInput", "block identity.missing /buyer/identity", "block rules.unknown /items/0")],
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
    assert.equal(stateOf("done", [given]), state, JSON.stringify(given));
  }
});

test("without a quote the state is how far the element is", () => {
  assert.equal(stateOf("idle", []), "idle");
  assert.equal(stateOf("loading", []), "loading");
  assert.equal(stateOf("failed", []), "engine-unavailable");
});

test("charges that the shop does not collect, or takes on itself, are not shown as if it added them", () => {
  const state = (given, circumstances) => stateOf("done", [given], circumstances);
  assert.equal(state(quote("ready"), { delivered: false }), "not-included");
  assert.equal(state(quote("estimated"), { delivered: false }), "not-included");
  assert.equal(state(quote("ready", "block identity.missing"), { delivered: false }), "missing-id");
  assert.equal(state(quote("blocked", "block limit.single"), { delivered: false }), "over-single");
  assert.equal(state(quote("ready"), { included: true }), "included");
  assert.equal(state(quote("estimated"), { included: true }), "included");
  assert.equal(state(quote("blocked", "block limit.annual"), { included: true }), "over-annual");
  // Who does not collect cannot have taken on.
  assert.equal(state(quote("ready"), { included: true, delivered: false }), "not-included");
});

test("an amount that changed comes before what stands beside it, and never before what stops the order", () => {
  const state = (given) => stateOf("done", [given], { changed: true });
  assert.equal(state(quote("ready")), "rules-changed");
  assert.equal(state(quote("ready", "block identity.missing")), "rules-changed");
  assert.equal(state(quote("blocked", "block limit.single")), "over-single");
});

test("without a network an exact amount says so; anything else says more", () => {
  const state = (given) => stateOf("done", [given], { offline: true });
  assert.equal(state(quote("ready")), "offline");
  assert.equal(state(quote("estimated")), "estimated");
  assert.equal(state(quote("ready", "block identity.missing")), "missing-id");
});

test("of several parcels the gravest is the state, and when none is grave, that they are several", () => {
  const state = (...given) => stateOf("done", given);
  assert.equal(state(quote("ready"), quote("ready")), "mixed-channel");
  assert.equal(state(quote("ready"), quote("estimated")), "mixed-channel");
  assert.equal(state(quote("ready"), quote("ready", "block identity.missing")), "missing-id");
  assert.equal(state(quote("needsInput", "block rules.unknown"), quote("blocked", "block goods.prohibited /items/0")), "prohibited");
  assert.equal(state(quote("unsupported"), quote("ready")), "unsupported");
});

test("sums of decimals are exact", () => {
  assert.equal(add(["0.10", "0.20"]), "0.30");
  assert.equal(add(["35.31", "0.005"]), "35.315");
  assert.equal(add(["398.00", "-30.00"]), "368.00");
  assert.equal(add(["1", "-1.5"]), "-0.5");
  assert.equal(add(["999999999999.99", "0.01"]), "1000000000000.00");
  assert.equal(add([]), "0");
});

const answered = (amount, change = {}) => ({ ...quote("ready"), destination: "CN", currencyCode: "CNY", amounts: { dutiesAndTaxes: amount, total: amount }, limits: [], digest: amount, ...change });

test("a sum is there when every parcel has an amount, in one currency", () => {
  assert.deepEqual(sum([answered("1.20"), answered("3.05")]), { status: "ready", currencyCode: "CNY", dutiesAndTaxes: "4.25", total: "4.25", digest: "1.20 3.05" });
  assert.equal(sum([answered("1.20"), answered("3.05", { amounts: null, status: "blocked" })]).dutiesAndTaxes, null);
  assert.equal(sum([answered("1.20"), answered("3.05", { amounts: null, status: "blocked" })]).status, "blocked");
  assert.equal(sum([answered("1.20"), answered("3.05", { currencyCode: "EUR" })]).dutiesAndTaxes, null);
});

test("what one parcel uses of a year's limit is used for the next", () => {
  const earlier = answered("1.00", { limits: [{ id: "single", period: null, thisBasket: "388.00" }, { id: "annual", period: "2026", thisBasket: "388.00" }] });
  const basket = { shipTo: { countryCode: "CN" }, currencyCode: "CNY", buyer: { identity: "valid", usedThisYear: "8000.00" } };
  assert.deepEqual(after(basket, [earlier]).buyer, { identity: "valid", usedThisYear: "8388.00" });
  assert.deepEqual(after(basket, []).buyer, basket.buyer);
  // Not known stays not known, and in another currency it becomes so.
  assert.deepEqual(after({ ...basket, buyer: {} }, [earlier]).buyer, {});
  assert.deepEqual(after({ ...basket, currencyCode: "USD" }, [earlier]).buyer, { identity: "valid" });
  assert.deepEqual(after({ ...basket, shipTo: { countryCode: "DE" } }, [earlier]).buyer, basket.buyer);
});

const goods = { items: "398.00", shipping: "20.00", insurance: "0.00", discounts: "0.00" };
const dated = (asOf, amount, change = {}) => ({
  ...answered(amount),
  asOf,
  channel: "bonded",
  items: [{ id: "1" }],
  amounts: { ...goods, dutiesAndTaxes: amount, total: amount },
  rules: { sha256: "a" },
  engine: "1",
  ...change,
});

test("another amount for the same goods is a change when the day or the rules are others", () => {
  const before = dated("2019-03-31", "46.82");
  assert.deepEqual(changed(before, dated("2019-04-01", "38.04")), { before: "46.82", now: "38.04" });
  assert.deepEqual(changed(before, dated("2019-03-31", "38.04", { rules: { sha256: "b" } })), { before: "46.82", now: "38.04" });
  assert.equal(changed(before, dated("2019-04-01", "46.82")), null);
  // The same rules and day: then something else is another, which the shopper did.
  assert.equal(changed(before, dated("2019-03-31", "38.04")), null);
  assert.equal(changed(before, dated("2019-04-01", "38.04", { items: [{ id: "1" }, { id: "2" }] })), null);
  assert.equal(changed(before, dated("2019-04-01", "38.04", { amounts: { ...goods, items: "199.00", dutiesAndTaxes: "38.04" } })), null);
  assert.equal(changed(before, dated("2019-04-01", "38.04", { amounts: null })), null);
  assert.equal(changed(null, before), null);
});

test("a quote is a basket's when its articles, destination, channel and day are", () => {
  const given = dated("2026-11-23", "1.00");
  const basket = { shipTo: { countryCode: "CN" }, channel: "bonded", asOf: "2026-11-23", items: [{ id: "1" }] };
  assert.equal(answers(given, basket), true);
  assert.equal(answers(given, { shipTo: { countryCode: "CN" }, items: [{ id: "1" }] }), true);
  for (const change of [{ shipTo: { countryCode: "DE" } }, { channel: "direct" }, { asOf: "2026-11-24" }, { items: [{ id: "2" }] }, { items: [{ id: "1" }, { id: "2" }] }]) {
    assert.equal(answers(given, { ...basket, ...change }), false, JSON.stringify(change));
  }
});

test("languages are written in their direction", () => {
  assert.deepEqual(["en", "zh-CN", "ar", "he", "fa-IR", "ar-Latn"].map(directionOf), ["ltr", "ltr", "rtl", "rtl", "rtl", "ltr"]);
});

const said = ({ code }) => `said: ${code}`;
const judge = (given, failed = false, policy = {}, more = []) =>
  verdict(given ? [{ quote: given, place: "", say: said }] : [], failed ? "said: unavailable" : null, policy, more);
const behavior = (...given) => judge(...given).behavior;

test("what blocks is blocked, with its message and its place", () => {
  const given = quote("blocked", "block goods.prohibited /items/1", "warn goods.restricted /items/0", "info goods.notice");
  assert.deepEqual(judge(given), {
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
  assert.deepEqual(judge(null, true, { unavailable: "block" }), {
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
    judge(withIdentity, false, { needsInput: "warn" }).errors.map(({ target }) => target),
    ["/buyer/identity"],
  );
  const stopped = quote("blocked", "block goods.prohibited /items/0", "block input.hs-missing /items/1/hsCode");
  assert.equal(judge(stopped, false, { needsInput: "warn" }).errors.length, 2);
  const unsupported = quote("unsupported", "warn destination.unsupported /shipTo/countryCode");
  assert.equal(behavior(unsupported), "allow");
  assert.equal(behavior(unsupported, false, { unsupported: "block" }), "block");
  const unknown = quote("needsInput", "block rules.unknown /items/0");
  assert.equal(behavior(unknown), "allow");
  assert.equal(behavior(unknown, false, { unsupported: "block" }), "block");
  assert.equal(behavior(quote("needsInput", "block rules.unknown /items/0", "block input.hs-missing /items/1/hsCode")), "block");
  assert.equal(behavior(quote("needsInput", "block rules.unknown /items/0", "block identity.missing /buyer/identity")), "block");
});

test("what the shopper has yet to confirm blocks, and places of parcels are places in their list", () => {
  const fault = { message: "confirm", target: "/incoterm" };
  assert.deepEqual(judge(quote("ready"), false, {}, [fault]), { behavior: "block", errors: [fault] });
  const stopped = quote("blocked", "block goods.prohibited /items/1");
  const parcels = [quote("ready"), stopped].map((quote, index) => ({ quote, place: `/${index}`, say: said }));
  assert.deepEqual(verdict(parcels, null, {}).errors, [{ message: "said: goods.prohibited", target: "/1/items/1" }]);
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
