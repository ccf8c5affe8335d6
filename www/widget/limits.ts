/** How far the order goes towards a limit; shown only when it matters, since a notice that is always there is read by nobody. */

import type { Limit } from "preclear";
import { h } from "./dom.js";
import { link } from "./law.js";
import type { View } from "./view.js";
import type { Words } from "./words.js";

/** The part of a limit from which on it is shown. */
const MATTERS = 0.8;

const share = (limit: Limit) => (Number(limit.used ?? 0) + Number(limit.thisBasket)) / Number(limit.limit);

export function limits(view: View): Element | null {
  const shown = view.parcels.flatMap(({ quote, words, key }) =>
    quote.limits.filter((limit) => share(limit) >= MATTERS || (limit.period !== null && limit.used !== null && view.usedStatedBy === "shopper")).map((limit) => meter(limit, key, words, view)),
  );
  return shown.length > 0 ? h("ul", { part: "limits", class: "limits", role: "list", "data-key": "limits" }, shown) : null;
}

function meter(limit: Limit, key: string, words: Words, { usedStatedBy, quotaQuery }: View): Element {
  const { format } = words;
  const part = share(limit);
  const name = words.label(limit.id, "limit") ?? limit.id;
  const used = Number(limit.used ?? 0) > 0 && limit.used !== null ? limit.used : null;
  const told = [
    words.say("limit", { amount: format.money(limit.thisBasket), limit: format.money(limit.limit) }),
    used !== null && words.say(usedStatedBy === "shopper" ? "limit-used-self" : "limit-used", { amount: format.money(used) }),
    part > 1 ? words.say("limit-over") : limit.remaining !== null && words.say("limit-left", { amount: format.money(limit.remaining) }),
    limit.period !== null && limit.used === null && words.say("limit-unknown"),
  ].filter(Boolean);
  const before = Math.min(1, Number(limit.used ?? 0) / Number(limit.limit));
  const width = (share: number) => Math.round(share * 1000) / 10;
  return h(
    "li",
    { part: part > 1 ? "limit limit-over" : "limit", class: part > 1 ? "limit over" : "limit", "data-key": key + limit.id },
    h("p", {}, h("strong", {}, limit.period === null ? name : words.say("limit-year", { name, year: limit.period }))),
    h(
      "svg",
      { viewBox: "0 0 100 4", preserveAspectRatio: "none", class: "meter", "aria-hidden": "true" },
      h("rect", { class: "track", width: 100, height: 4 }),
      before > 0 && h("rect", { class: "used", width: width(before), height: 4 }),
      h("rect", { class: "fill", x: width(before), width: width(Math.min(1, part) - before), height: 4 }),
    ),
    h("p", { class: "quiet" }, told.join(words.say("separator"))),
    limit.period !== null && quotaQuery !== null && h("p", { class: "quiet" }, words.say("limit-query"), " ", link(quotaQuery, quotaQuery, words)),
  );
}
