/** The law, as a reader can look it up: number, title, day, place and address. */

import type { Citation, Quote } from "preclear";
import { h, type Child } from "./dom.js";
import type { Words } from "./words.js";

/** The instruments behind something, in a line or two. */
export function lawList(quote: Quote, citations: string[], words: Words): Child {
  const known = citations.map((name) => quote.citations[name]).filter((law) => law !== undefined);
  return known.length > 0 && h("ul", { part: "law", class: "law quiet", role: "list" }, known.map((law) => h("li", {}, instrument(law, words))));
}

/** `more` is what else there is to say of it. */
export function instrument(law: Citation, words: Words, more?: string): Child {
  const chinese = words.format.locale.startsWith("zh");
  const title = chinese ? (law.title ?? law.titleEn) : law.titleEn;
  const name = h("cite", { lang: han(title), dir: "auto" }, title);
  const facts = [
    law.number && h("span", { lang: han(law.number), dir: "auto" }, law.number),
    law.date && h("time", { datetime: law.date }, words.format.date(law.date)),
    law.place && placeName(law.place, words),
    more,
    law.grade === "C" && words.say("grade-c"),
  ].filter(Boolean);
  return [
    law.url === null ? name : link(law.url, name, words),
    facts.length > 0 && h("span", { class: "facts" }, facts.map((fact, index) => [index > 0 && words.say("separator"), fact])),
  ];
}

/** In another tab: a checkout that is left is a sale lost, and typing with it. */
export function link(url: string, name: Element | string, words: Words): Child {
  const address = safe(url);
  return address === null
    ? name
    : h("a", { part: "link", href: address, target: "_blank", rel: "noopener noreferrer" }, name, h("span", { class: "unseen" }, ` ${words.say("new-tab")}`), h("span", { "aria-hidden": "true" }, "\u00a0↗"));
}

/** A quote can come from elsewhere: only addresses of pages become links. */
function safe(url: string): string | null {
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}

/** Han characters are read in Chinese in whatever language the page is; other titles are English. */
function han(text: string): string {
  return /\p{Script=Han}/u.test(text) ? "zh" : "en";
}

/** `art-10` as people write it. */
function placeName(place: string, words: Words): string {
  const [, kind = "", number = ""] = /^([a-z]+)-(\d+)$/.exec(place) ?? [];
  return words.common("places", kind, { number }) ?? place;
}
