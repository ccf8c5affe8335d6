/** What is seen, as one tree made from what is known. The element puts it in place of the tree before. */

import type { Quote } from "preclear";
import type { Change } from "./agreed.js";
import { DETAILS, disclosure } from "./disclosure.js";
import { h, type Child } from "./dom.js";
import { estimates, issues, saidBeside, groups } from "./issues.js";
import { limits } from "./limits.js";
import type { Sum } from "./parcels.js";
import type { State } from "./public.js";
import { unknowable } from "./state.js";
import type { Words } from "./words.js";

/** One answer, with the words for it. */
export interface Parcel {
  quote: Quote;
  words: Words;
  /** Where its basket is in what was asked: empty for a single one, `/0` for the first of several. */
  place: string;
  /** The same as a beginning of keys. */
  key: string;
}

export interface View {
  state: State;
  /** None while there is no answer. */
  parcels: Parcel[];
  sum: Sum | null;
  words: Words;
  /** Whether the shop collects the charges. */
  delivered: boolean;
  /** Whether the shop takes them on itself. */
  included: boolean;
  /** Which disclosures are open, by key. */
  open: ReadonlySet<string>;
  /** Whether waiting has gone on for long enough to say so. */
  slow: boolean;
  offline: boolean;
  /** The amount is another than the shopper agreed to. */
  change: Change | null;
  /** Whether the shopper has confirmed that charges come on delivery; null when that is not asked. */
  acknowledged: boolean | null;
  /** Who said what was used of the year's limit. */
  usedStatedBy: "shop" | "shopper";
  /** Where the orderer can look that up. */
  quotaQuery: string | null;
  /** What draws the details, or how far it is from that. */
  details: ((view: View) => Child) | "loading" | "failed";
  /** The answers to the same order by the other ways that the shop offers. */
  others: Parcel[];
}

/** Above what the shopper may have to fill in. */
export function upper(view: View): Element[] {
  return elements([row(view), parcels(view), note(view), change(view), acknowledgement(view), issues(view)]);
}

/** Below it. */
export function lower(view: View): Element[] {
  const { state, parcels, words, open, sum } = view;
  const known = parcels.some(({ quote }) => quote.rules !== null);
  return elements([
    limits(view),
    known && disclosure(open, DETAILS, words.say(sum?.dutiesAndTaxes ? "how" : "details"), () => details(view)),
    state === "idle" || state === "loading" ? null : h("p", { part: "disclaimer", class: "quiet", "data-key": "disclaimer" }, words.common("explain", "disclaimer")),
  ]);
}

const elements = (nodes: Child[]) => nodes.filter((node): node is Element => node instanceof Element);

function details(view: View): Child {
  if (typeof view.details === "function") {
    return view.details(view);
  }
  return h("p", { class: "quiet", role: "status" }, view.words.say(view.details === "failed" ? "details-unavailable" : "loading-details"));
}

/** A row of the same height while there are no words yet. */
export function waiting(): Element[] {
  return [h("div", { class: "row", "data-key": "row" }, h("div", {}, h("span", { class: "skeleton" })))];
}

const shownAmount = ({ sum, words }: View) => (sum?.dutiesAndTaxes ? words.format.money(sum.dutiesAndTaxes) : undefined);

function row(view: View): Element {
  const { state, words, delivered, included, slow, sum } = view;
  const shown = shownAmount(view);
  const estimated = sum?.status === "estimated" && !(included && delivered);
  const value =
    shown !== undefined
      ? included && delivered
        ? words.say("included")
        : estimated || !delivered
          ? words.say("about", { amount: shown })
          : shown
      : state === "loading"
        ? slow && words.say("calculating")
        : words.say(state === "idle" ? "choose-country" : state === "unsupported" ? "not-included" : "not-calculated");
  return h(
    "dl",
    { part: "row", class: "row", "data-key": "row" },
    line(
      [words.say("label"), estimated && [" ", h("span", { part: "badge", class: "badge" }, words.say("estimated"))]],
      shown === undefined ? "pending" : "amount",
      value || h("span", { class: "skeleton" }),
    ),
  );
}

function line(label: Child, kind: "amount" | "pending", value: Child): Element {
  // Each value in an element of its own: the same one, drawn from another place, counts as something that moved.
  const key = typeof value === "string" ? value : "waiting";
  return h("div", {}, h("dt", { part: "label" }, label), h("dd", { part: kind === "amount" ? "amount" : "amount pending", class: kind, "data-key": key }, value));
}

/** Each parcel with its own amount, where there are several. */
function parcels({ parcels, words, included, delivered }: View): Child {
  if (parcels.length < 2) {
    return null;
  }
  return h(
    "div",
    { role: "group", part: "parcels", class: "parcels", "data-key": "parcels", "aria-labelledby": "parcels-title" },
    h("p", { id: "parcels-title", class: "quiet" }, words.count("parcels", parcels.length)),
    h(
      "dl",
      { class: "row quiet" },
      parcels.map(({ quote, words }, index) => {
        const amount = quote.amounts && (included && delivered ? words.say("included") : words.format.money(quote.amounts.dutiesAndTaxes));
        const value = amount ?? words.say(quote.status === "unsupported" || unknowable(quote) ? "not-included" : "not-calculated");
        const way = quote.channel && (words.label(quote.channel, "channel") ?? quote.channel);
        const number = words.format.number(String(index + 1));
        return h("div", {}, h("dt", {}, words.say("parcel", { number, way: way ?? words.format.country(quote.destination ?? "") })), h("dd", { class: amount ? "amount" : "pending" }, value));
      }),
    ),
  );
}

/** Why the row is not a plain amount, where no issue says it. */
function note(view: View): Element | null {
  const { state, parcels, words, delivered, included, offline, sum } = view;
  const texts = new Set<string>();
  for (const { quote, words } of parcels) {
    if (unknowable(quote)) {
      texts.add(words.say("not-known"));
    } else if (quote.status === "unsupported") {
      texts.add(words.say("unsupported", { country: words.format.country(quote.destination ?? "") }));
    }
  }
  if (state === "engine-unavailable") {
    texts.add(words.say("unavailable"));
  } else if (sum?.dutiesAndTaxes && !delivered) {
    texts.add(words.say("not-included-note"));
  } else if (sum?.dutiesAndTaxes && included) {
    texts.add(words.say("included-note"));
  }
  for (const { quote, words } of parcels) {
    if (quote.status === "estimated" && !(included && delivered)) {
      const said = quote.findings.filter(estimates).map((finding) => words.describe(quote, finding).message);
      (said.length > 0 ? said : [words.say("estimated-note")]).forEach((text) => texts.add(text));
    }
  }
  const [day] = parcels.map(({ quote }) => quote.asOf);
  if (offline && day && sum?.dutiesAndTaxes) {
    texts.add(words.say("offline-note", { date: words.format.date(day) }));
  }
  return texts.size > 0 ? h("p", { part: "note", class: "quiet", "data-key": "note" }, [...texts].join(" ")) : null;
}

/** That the amount is not the one that was agreed to. */
export function changeText({ before, now }: Change, { quote, words }: Parcel): string {
  const { format } = words;
  return words.say("changed", { before: format.money(before), now: format.money(now), date: format.date(quote.asOf ?? "") });
}

function change({ change, parcels: [parcel], words }: View): Child {
  return (
    change &&
    parcel &&
    h(
      "div",
      { part: "change", class: "issue warn", "data-key": "change" },
      h(
        "div",
        {},
        h("p", {}, changeText(change, parcel)),
        h("button", { type: "button", part: "confirm", class: "remove", "data-confirm": true }, words.say("changed-confirm", { amount: words.format.money(change.now) })),
      ),
    )
  );
}

function acknowledgement(view: View): Child {
  const { acknowledged, words, sum } = view;
  return (
    acknowledged !== null &&
    h(
      "label",
      { part: "acknowledgement", class: "check", "data-key": `acknowledge ${sum?.digest}` },
      h("input", { type: "checkbox", "data-acknowledge": true }),
      h("span", {}, words.say("acknowledge", { amount: shownAmount(view) ?? "" })),
    )
  );
}

/** What a screen reader is told when it changes, in parts that can change on their own. */
export function announcement(view: View): string[] {
  const { state, parcels, words, sum, included, delivered } = view;
  if (state === "idle") {
    return [];
  }
  if (state === "loading") {
    return [words.say("calculating")];
  }
  if (!sum || state === "unsupported") {
    return [note(view)?.textContent ?? ""];
  }
  const shown = shownAmount(view);
  const amount = shown === undefined ? words.say("not-calculated") : included && delivered ? words.say("included") : shown;
  const found = (level: "block" | "warn") =>
    parcels.flatMap(({ quote, words }) => groups(quote, [level]).filter(({ finding }) => !saidBeside(quote, finding)).map(({ finding }) => words.sentence(quote, finding)));
  const [stops, looks] = [found("block"), found("warn")];
  const graver = stops.length > 0 ? stops : looks;
  return [
    words.say("announce", { label: words.say("label"), amount }),
    ...(sum.status === "estimated" && !included ? [words.say("estimated")] : []),
    ...(shown !== undefined && !delivered ? [words.say("not-included")] : []),
    ...(parcels.length > 1 ? [words.count("parcels", parcels.length)] : []),
    ...(graver.length > 0 ? [words.count(graver === stops ? "fix" : "check", graver.length), ...graver.slice(0, 1)] : []),
  ];
}

/** What a screen reader is told at once: the amount is not the one that was agreed to. */
export const alarm = ({ change, parcels: [parcel] }: View) => (change && parcel ? [changeText(change, parcel)] : []);
