/** What is seen, as one tree made from what is known. The element puts it in place of the tree before. */

import type { Quote } from "preclear";
import { breakdown, hasBreakdown } from "./breakdown.js";
import { h, type Child } from "./dom.js";
import type { State } from "./element.js";
import { estimates, groups, issues, saidBeside } from "./issues.js";
import { limits } from "./limits.js";
import type { Words } from "./words.js";

export interface View {
  state: State;
  quote: Quote | null;
  words: Words;
  /** Whether the shop collects the charges. */
  delivered: boolean;
  /** Which disclosures are open, by key. */
  open: ReadonlySet<string>;
  /** Whether waiting has gone on for long enough to say so. */
  slow: boolean;
}

/** The key of the disclosure under the row. */
export const DETAILS = "details";

export function view(view: View): Node[] {
  const { state, quote, words } = view;
  return [
    row(view),
    note(view),
    quote && issues(quote, words),
    quote && limits(quote, words),
    quote && hasBreakdown(quote) && disclosure(view, DETAILS, words.say(quote.amounts ? "how" : "details"), () => breakdown(quote, view)),
    state === "loading" || state === "idle" ? null : h("p", { part: "disclaimer", class: "quiet", "data-key": "disclaimer" }, words.common("explain", "disclaimer")),
  ].filter((node): node is Element => Boolean(node));
}

/** A row of the same height while there are no words yet. */
export function waiting(): Node[] {
  return [h("div", { class: "row", "data-key": "row" }, h("div", {}, h("span", { class: "skeleton" })))];
}

/** A button and what it opens, which is made only when it is open. */
export function disclosure({ open }: View, key: string, label: string, content: () => Child): Element {
  const expanded = open.has(key);
  const id = `panel-${key}`;
  return h(
    "div",
    { class: "disclosure", "data-key": `disclosure-${key}` },
    h(
      "button",
      { type: "button", part: key === DETAILS ? "disclosure" : "disclosure record", "aria-expanded": String(expanded), "aria-controls": id, "data-toggle": key },
      h("svg", { viewBox: "0 0 16 16", class: "chevron", "aria-hidden": "true" }, h("path", { d: "M6 3.5 10.5 8 6 12.5" })),
      h("span", {}, label),
    ),
    h("div", { id, part: key === DETAILS ? "details" : "record-panel", hidden: !expanded }, expanded && content()),
  );
}

function row({ state, quote, words, delivered, slow }: View): Element {
  const amount = quote?.amounts?.dutiesAndTaxes;
  const shown = amount === undefined ? undefined : words.format.money(amount);
  const estimated = quote?.status === "estimated";
  const value =
    shown !== undefined
      ? estimated || !delivered
        ? words.say("about", { amount: shown })
        : shown
      : state === "loading"
        ? slow && words.say("calculating")
        : words.say(state === "idle" ? "choose-country" : state === "unsupported" ? "not-included" : "not-calculated");
  return h(
    "dl",
    { part: "row", class: "row", "data-key": "row" },
    h(
      "div",
      {},
      h("dt", { part: "label" }, words.say("label"), estimated && [" ", h("span", { part: "badge", class: "badge" }, words.say("estimated"))]),
      h("dd", { part: shown === undefined ? "amount pending" : "amount", class: shown === undefined ? "pending" : "amount" }, value || h("span", { class: "skeleton" })),
    ),
  );
}

/** Why the row is not a plain amount, where no issue says it. */
function note({ state, quote, words, delivered }: View): Element | null {
  const texts: string[] = [];
  if (state === "unsupported") {
    texts.push(words.say("unsupported", { country: words.format.country(quote?.destination ?? "") }));
  } else if (state === "engine-unavailable") {
    texts.push(words.say("unavailable"));
  } else if (quote?.amounts && !delivered) {
    texts.push(words.say("not-included-note"));
  }
  if (quote?.status === "estimated") {
    const said = quote.findings.filter(estimates).map((finding) => words.describe(quote, finding).message);
    texts.push(...(said.length > 0 ? new Set(said) : [words.say("estimated-note")]));
  }
  return texts.length > 0 ? h("p", { part: "note", class: "quiet", "data-key": "note" }, texts.join(" ")) : null;
}

/** What a screen reader is told when it changes, in parts that can change on their own. */
export function announcement(view: View): string[] {
  const { state, quote, words } = view;
  if (state === "idle") {
    return [];
  }
  if (state === "loading") {
    return [words.say("calculating")];
  }
  if (!quote || state === "unsupported") {
    return [note(view)?.textContent ?? ""];
  }
  const amount = quote.amounts ? words.format.money(quote.amounts.dutiesAndTaxes) : words.say("not-calculated");
  const [stops, looks] = (["block", "warn"] as const).map((level) => groups(quote, [level]).filter(({ finding }) => !saidBeside(quote, finding)));
  const graver = stops?.length ? stops : (looks ?? []);
  return [
    words.say("announce", { label: words.say("label"), amount }),
    ...(quote.status === "estimated" ? [words.say("estimated")] : []),
    ...(quote.amounts && !view.delivered ? [words.say("not-included")] : []),
    ...(graver.length > 0 ? [words.count(graver === stops ? "fix" : "check", graver.length)] : []),
    ...graver.slice(0, 1).map(({ finding }) => words.sentence(quote, finding)),
  ];
}
