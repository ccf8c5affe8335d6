/** What the amount to pay is made of: a bar to look at, and the same as a table. */

import { h, type Child } from "./dom.js";
import { add } from "./parcels.js";
import { percent } from "./percent.js";
import type { Parcel } from "./view.js";

interface Piece {
  name: string;
  amount: string;
}

const LENGTH = 1000;
/** So that a piece that is there is seen. */
const LEAST = 6;

/** Nothing where there is nothing to compare: no goods to pay for, or a single piece. */
export function bar({ quote, words, key }: Parcel): Child {
  const { amounts } = quote;
  if (!amounts) {
    return null;
  }
  const charges = [...quote.items.flatMap(({ charges }) => charges), ...quote.charges];
  const kinds = [...new Set(charges.map(({ id }) => id))];
  const pieces: Piece[] = [
    { name: Number(amounts.discounts) === 0 ? (words.common("sums", "items") ?? "") : words.say("goods-net"), amount: add([amounts.items, amounts.discounts]) },
    { name: words.common("sums", "shipping") ?? "", amount: amounts.shipping },
    { name: words.common("sums", "insurance") ?? "", amount: amounts.insurance },
    ...kinds.map((id) => ({
      name: words.label(id, "step") ?? words.common("charges", id) ?? id,
      amount: add(charges.filter((charge) => charge.id === id).map(({ amount }) => amount)),
    })),
  ].filter(({ amount }) => Number(amount) !== 0);
  const total = pieces.reduce((sum, { amount }) => sum + Number(amount), 0);
  if (pieces.length < 2 || pieces.some(({ amount }) => Number(amount) < 0)) {
    return null;
  }
  let end = 0;
  const drawn = pieces.map(({ amount }, index) => {
    const from = end;
    end += (Number(amount) / total) * LENGTH;
    return h("rect", { class: `piece piece-${index % 6}`, x: from.toFixed(1), y: 1, width: Math.max(LEAST, end - from - 4).toFixed(1), height: 22 });
  });
  const id = `title-${key}bar`;
  return h(
    "div",
    { role: "group", part: "bar", class: "bar", "data-key": `${key}bar`, "aria-labelledby": id },
    h("p", { id, class: "title" }, words.say("bar")),
    // Drawn only: the table says the same.
    h("svg", { viewBox: `0 0 ${LENGTH} 24`, preserveAspectRatio: "none", class: "pieces", "aria-hidden": "true" }, drawn),
    h(
      "table",
      { class: "parts" },
      h("thead", { class: "unseen" }, h("tr", {}, ["bar-part", "bar-amount", "bar-share"].map((name) => h("th", { scope: "col" }, words.say(name))))),
      h(
        "tbody",
        {},
        pieces.map(({ name, amount }, index) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, h("svg", { viewBox: "0 0 12 12", class: "swatch", "aria-hidden": "true" }, h("rect", { class: `piece piece-${index % 6}`, x: 1, y: 1, width: 10, height: 10 })), name),
            h("td", { class: "amount" }, words.format.money(amount)),
            h("td", { class: "amount quiet" }, percent((Number(amount) / total).toFixed(3), words.format)),
          ),
        ),
      ),
    ),
  );
}
