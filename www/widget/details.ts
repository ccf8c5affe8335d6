/** How the amount came about: each article's charges with their formulas as they ran, the sums, the regime, the law. */

import type { Charge, Quote, TraceStep } from "preclear";
import { bar } from "./bar.js";
import styles from "./details.css";
import { disclosure } from "./disclosure.js";
import { h, type Child } from "./dom.js";
import { nameOfCode } from "./format.js";
import { tell, type Piece } from "./formula.js";
import { groups, issue } from "./issues.js";
import { instrument, lawList } from "./law.js";
import { percent } from "./percent.js";
import type { Parcel, View } from "./view.js";
import type { Words } from "./words.js";

const SUMS = ["items", "discounts", "shipping", "insurance", "duties", "taxes", "fees", "dutiesAndTaxes", "total"] as const;
const KINDS: readonly string[] = ["duties", "taxes", "fees"];

export { styles };

/** All of it, parcel by parcel. */
export function details(view: View): Child {
  const { parcels, words } = view;
  return parcels
    .filter(({ quote }) => quote.rules !== null)
    .map((parcel, index) =>
      parcels.length === 1
        ? breakdown(parcel, view)
        : h(
            "div",
            { role: "group", class: "of-parcel", "data-key": parcel.key, "aria-labelledby": `title-${parcel.key}` },
            h("p", { id: `title-${parcel.key}`, class: "title" }, words.say("parcel", { number: words.format.number(String(index + 1)), way: wayOf(parcel) })),
            breakdown(parcel, view),
          ),
    );
}

const wayOf = ({ quote: { channel }, words }: Parcel) => (channel && words.label(channel, "channel")) || (channel ?? "");

function breakdown(parcel: Parcel, view: View): Child {
  const { quote, words } = parcel;
  const traced = byOwner(quote);
  // Without an amount there is nothing that a note on the amount could be about.
  const notes = groups(quote, ["info"]).filter(({ finding }) => quote.amounts || !finding.code.startsWith("rules."));
  return [
    quote.amounts && !(view.included && view.delivered) && bar(parcel),
    quote.amounts && quote.items.map((item, index) => article(parcel, index, traced.get(item.id) ?? [], view)),
    quote.amounts && quote.charges.length > 0 && whole(parcel, traced.get("basket") ?? []),
    sums(parcel, view),
    regime(parcel),
    compared(parcel, view),
    notes.length > 0 && part(parcel, "notes", words.say("good-to-know"), h("ul", { role: "list" }, notes.map((group) => issue(group, parcel)))),
    law(parcel),
  ];
}

/** Steps by the line's id, in the order they ran. */
function byOwner(quote: Quote): Map<string, TraceStep[]> {
  const owners = new Map<string, TraceStep[]>();
  for (const step of quote.trace) {
    const owner = step.step.slice(0, step.step.lastIndexOf("/"));
    const own = owners.get(owner);
    if (own) {
      own.push(step);
    } else {
      owners.set(owner, [step]);
    }
  }
  return owners;
}

const ids = new WeakMap<Quote, Set<string>>();

/** Whether a name is that of a step that ran. */
function ran(quote: Quote, name: string): boolean {
  let known = ids.get(quote);
  if (!known) {
    known = new Set(quote.trace.map(idOf));
    ids.set(quote, known);
  }
  return known.has(name);
}

const idOf = (step: TraceStep) => step.step.slice(step.step.lastIndexOf("/") + 1);

function part({ key }: Parcel, name: string, title: Child, ...content: Child[]): Element {
  const id = `title-${key}${name}`;
  return h("div", { role: "group", part: name, class: name, "data-key": key + name, "aria-labelledby": id }, h("p", { id, class: "title" }, title), content);
}

/** The article with how many there are of it, where there are several. */
function articles(index: number, words: Words): string {
  const [item, { quantity }] = [words.article(index), words.item(index)];
  return quantity && quantity !== "1" ? words.say("quantity", { item, quantity }) : item;
}

function article(parcel: Parcel, index: number, steps: TraceStep[], view: View): Child {
  const { quote, words, key, place } = parcel;
  const item = quote.items[index];
  if (!item) {
    return null;
  }
  const value = steps.find((step) => idOf(step) === "value");
  return part(
    parcel,
    `item-${index}`,
    h("bdi", {}, articles(index, words)),
    value && h("dl", { class: "steps" }, stepRow(quote, value, null, words)),
    item.charges.map((charge) => chargeRow(quote, charge, steps, words)),
    item.charges.length === 0 && h("p", { class: "quiet" }, words.say("no-charge")),
    steps.length > 0 && disclosure(view.open, `${key}record-${index}`, words.say("record"), () => record(quote, steps, words), `${place}/items/${index}`),
  );
}

function whole(parcel: Parcel, steps: TraceStep[]): Child {
  const { quote, words } = parcel;
  return part(parcel, "basket", words.say("basket"), quote.charges.map((charge) => chargeRow(quote, charge, steps, words)));
}

/** A charge: its name, rate and amount, then the steps that it is made of, then the law. */
function chargeRow(quote: Quote, charge: Charge, steps: TraceStep[], words: Words): Child {
  const own = charge.steps.map((name) => steps.find((step) => step.step === name)).filter((step) => step !== undefined);
  const cited = [...new Set(own.flatMap((step) => step.citations))];
  const name = words.label(charge.id, "step") ?? charge.id;
  return h(
    "div",
    { part: "charge", class: "charge", "data-key": charge.id },
    h(
      "dl",
      { class: "row" },
      h(
        "div",
        {},
        h("dt", {}, name, charge.rate !== null && h("span", { class: "rate" }, ` ${percent(charge.rate, words.format)}`)),
        h("dd", { class: "amount" }, words.format.money(charge.amount)),
      ),
    ),
    h("dl", { class: "steps" }, own.map((step) => stepRow(quote, step, charge, words))),
    lawList(quote, cited, words),
  );
}

/** A step in words: what it is, how it was made, what came out. */
function stepRow(quote: Quote, step: TraceStep, charge: Charge | null, words: Words): Child {
  const id = idOf(step);
  const told = tell(step);
  const [only] = told?.length === 1 ? told : [];
  const result = h("b", {}, value(quote, id, step.result, words));
  return h(
    "div",
    { "data-key": id },
    // The charge's own line has its name already.
    h("dt", { class: charge?.id === id ? "unseen" : "quiet" }, words.label(id, "step") ?? id),
    h(
      "dd",
      {},
      told ? typeof only !== "string" && pieces(quote, told, words) : h("code", { lang: "en", dir: "ltr" }, step.formula),
      // A single name has the result beside it, and a single figure is the result.
      only === undefined ? [h("span", { class: "sign" }, " = "), result] : typeof only === "string" && result,
    ),
  );
}

function pieces(quote: Quote, told: Piece[], words: Words): Child[] {
  return told.map((piece) =>
    typeof piece === "string"
      ? h("span", { class: "sign" }, "()".includes(piece) ? piece : ` ${piece} `)
      : h("span", { class: "named" }, nameOf(piece.name, words), "\u00a0", h("b", {}, value(quote, piece.name, piece.value, words))),
  );
}

function nameOf(name: string, words: Words): string {
  const [, reads, inner] = /^(sum|has)\((.+)\)$/.exec(name) ?? [];
  if (reads && inner) {
    return words.say(reads, { name: nameOf(inner, words) });
  }
  return words.label(name, "step", "parameter", "field") ?? name;
}

const MONEY = new Set(["price", "freight", "insurance", "value", "basket.price", "basket.freight", "basket.insurance", "basket.value", "buyer.used-this-year"]);

/** A value as people read it. Steps and facts tell their kind by their names; what does not is a plain number. */
function value(quote: Quote, name: string, text: string, words: Words): string {
  const { format } = words;
  if (text === "true" || text === "false") {
    return words.say(text === "true" ? "yes" : "no");
  }
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    return text;
  }
  const bare = name.replace(/^sum\((.+)\)$/, "$1");
  if (/^rates?\.|(^|[.-])(rate|factor)$/.test(bare)) {
    return percent(text, format);
  }
  // The engine writes money with at least the currency's decimals.
  const step = bare === "value" || ran(quote, bare);
  return MONEY.has(bare) || (step && (text.split(".")[1]?.length ?? 0) >= format.digits) ? format.money(text) : format.number(text);
}

/** Every step as it ran, for whoever wants to check it. */
function record(quote: Quote, steps: TraceStep[], words: Words): Child {
  return h(
    "ol",
    { class: "steps-run" },
    steps.map((step) => {
      const id = idOf(step);
      const values = Object.entries(step.values);
      return h(
        "li",
        { "data-key": id },
        h("p", {}, words.label(id, "step") ?? id, h("span", { class: "sign" }, " = "), h("b", {}, value(quote, id, step.result, words))),
        h("code", { part: "formula", lang: "en", dir: "ltr" }, `${id} = ${step.formula}`),
        values.length > 0 &&
          h("ul", { class: "values quiet" }, values.map(([name, text]) => h("li", {}, nameOf(name, words), "\u00a0", h("b", {}, value(quote, name, text, words))))),
        lawList(quote, step.citations, words),
      );
    }),
  );
}

function sums(parcel: Parcel, { delivered, included }: View): Child {
  const { quote, words } = parcel;
  const { amounts } = quote;
  if (!amounts) {
    return null;
  }
  // One kind alone is the sum of them, which follows.
  const kinds = KINDS.filter((name) => Number(amounts[name as keyof typeof amounts]) !== 0);
  const shown = SUMS.filter((name) => {
    // The total holds the charges; where the shop does not collect them, or takes them on itself, it is not what the shopper pays here.
    const needed = name === "items" || name === "dutiesAndTaxes" || (name === "total" && delivered && !included);
    return needed || (KINDS.includes(name) ? kinds.length > 1 && kinds.includes(name) : name !== "total" && Number(amounts[name]) !== 0);
  });
  return part(
    parcel,
    "sums",
    words.say("amounts-in", { currency: nameOfCode("currency", quote.currencyCode ?? "", words.format.locale), code: quote.currencyCode ?? "" }),
    h(
      "dl",
      { class: "row" },
      shown.map((name) => h("div", { class: name, "data-key": name }, h("dt", {}, words.common("sums", name)), h("dd", { class: "amount" }, words.format.money(amounts[name])))),
    ),
  );
}

function regime(parcel: Parcel): Child {
  const { quote, words } = parcel;
  const name = quote.regime && (words.label(quote.regime, "regime") ?? quote.regime);
  const channel = quote.channel && (words.label(quote.channel, "channel") ?? quote.channel);
  return part(
    parcel,
    "regime",
    words.say("why-regime"),
    h("p", {}, name ? words.say("regime", { regime: name, channel: channel ?? "" }) : words.say("no-regime", { channel: channel ?? "" })),
    quote.alternatives.length > 0 && h("p", { class: "quiet" }, words.say(name ? "not-used" : "tried")),
    quote.alternatives.length > 0 &&
      h(
        "ul",
        {},
        quote.alternatives.map((other) =>
          h(
            "li",
            { "data-key": other.regime },
            words.say("because", {
              regime: words.label(other.regime, "regime") ?? other.regime,
              why: other.because.length === 0 ? reason("later", words) : other.because.map((id) => reason(id, words)).join(words.say("semicolon")),
            }),
          ),
        ),
      ),
  );
}

function reason(id: string, words: Words): string {
  return words.common("reasons", id) ?? words.common("reasons", "unmet", { condition: words.label(id, "condition") ?? id }) ?? id;
}

/** The same order by the other ways that the shop offers, so that nobody has to go back and try. */
function compared(parcel: Parcel, { others, parcels }: View): Child {
  const { words } = parcel;
  if (others.length === 0 || parcels.length > 1) {
    return null;
  }
  const cell = ({ quote, words }: Parcel) => (quote.amounts ? words.format.money(quote.amounts.dutiesAndTaxes) : words.say("not-calculated"));
  return part(
    parcel,
    "compared",
    words.say("compare"),
    h(
      "table",
      { class: "parts" },
      h("caption", { class: "quiet" }, words.say("compare-note")),
      h("thead", { class: "unseen" }, h("tr", {}, h("th", { scope: "col" }, words.say("compare-way")), h("th", { scope: "col" }, words.say("label")))),
      h(
        "tbody",
        {},
        [parcel, ...others].map((other) => {
          const rules = other.quote.regime && (words.label(other.quote.regime, "regime") ?? other.quote.regime);
          return h(
            "tr",
            { "data-key": other.quote.channel },
            h("th", { scope: "row" }, other === parcel ? h("b", {}, wayOf(other)) : wayOf(other), rules && h("span", { class: "facts quiet" }, rules)),
            h("td", { class: other.quote.amounts ? "amount" : "pending" }, cell(other)),
          );
        }),
      ),
    ),
  );
}

function law(parcel: Parcel): Child {
  const { quote, words } = parcel;
  const all = Object.entries(quote.citations);
  const version = [quote.asOf && words.say("as-of", { date: words.format.date(quote.asOf) }), quote.rules && words.say("version", { pack: quote.rules.pack, version: quote.rules.version })];
  return part(
    parcel,
    "sources",
    words.say("law"),
    h("ul", { class: "law" }, all.map(([name, cited]) => h("li", { "data-key": name }, instrument(cited, words, words.say("issued-by", { issuer: cited.issuer }))))),
    h("p", { class: "quiet" }, version.filter(Boolean).join(words.say("separator"))),
  );
}
