/** How far the order goes towards a limit; shown only when it matters, since a notice that is always there is read by nobody. */

import type { Limit, Quote } from "preclear";
import { h } from "./dom.js";
import type { Words } from "./words.js";

/** The part of a limit from which on it is shown. */
const MATTERS = 0.8;

const share = (limit: Limit) => (Number(limit.used ?? 0) + Number(limit.thisBasket)) / Number(limit.limit);

export function limits(quote: Quote, words: Words): Element | null {
  const shown = quote.limits.filter((limit) => share(limit) >= MATTERS);
  return shown.length > 0 ? h("ul", { part: "limits", class: "limits", role: "list", "data-key": "limits" }, shown.map((limit) => meter(limit, words))) : null;
}

function meter(limit: Limit, words: Words): Element {
  const { format } = words;
  const part = share(limit);
  const name = words.label(limit.id, "limit") ?? limit.id;
  const used = Number(limit.used ?? 0) > 0 && limit.used !== null ? limit.used : null;
  const told = [
    words.say("limit", { amount: format.money(limit.thisBasket), limit: format.money(limit.limit) }),
    used !== null && words.say("limit-used", { amount: format.money(used) }),
    part > 1 ? words.say("limit-over") : limit.remaining !== null && words.say("limit-left", { amount: format.money(limit.remaining) }),
    limit.period !== null && limit.used === null && words.say("limit-unknown"),
  ].filter(Boolean);
  return h(
    "li",
    { part: part > 1 ? "limit limit-over" : "limit", class: part > 1 ? "limit over" : "limit", "data-key": limit.id },
    h("p", {}, h("strong", {}, limit.period === null ? name : words.say("limit-year", { name, year: limit.period }))),
    h(
      "svg",
      { viewBox: "0 0 100 4", preserveAspectRatio: "none", class: "meter", "aria-hidden": "true" },
      h("rect", { class: "track", width: 100, height: 4 }),
      h("rect", { class: "fill", width: Math.min(100, Math.round(part * 1000) / 10), height: 4 }),
    ),
    h("p", { class: "quiet" }, told.join(words.say("separator"))),
  );
}
