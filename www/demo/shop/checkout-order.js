// What is ordered and what it comes to.

import { sumsOf } from "./basket.js";
import { h, icon, ICONS } from "./dom.js";
import { currencyOf } from "./destinations.js";
import { minor } from "./money.js";
import { money, picture, t } from "./page.js";
import { state } from "./store.js";

/** A line of the order. One that is stopped, by a finding of the code `stopped`, says so; it goes only when the shopper takes it out. */
export function orderLine({ product, quantity, amount }, { index, stopped = null, remove } = {}) {
  const name = product.name[state.locale];
  return h(
    "li",
    { class: stopped ? "order-line stopped" : "order-line" },
    picture(product, 64),
    h(
      "div",
      {},
      h("p", { class: "order-name" }, name),
      stopped && h("p", { class: "stop" }, icon(...ICONS.alert), t(stopped.startsWith("goods.") ? "checkout.blocked-line" : "checkout.unknown-line")),
      h(
        "div",
        { class: "order-act" },
        h("span", { class: "muted small" }, t("checkout.quantity", { count: quantity })),
        remove &&
          h(
            "button",
            { type: "button", class: "link", id: `item-${index}`, "aria-label": t("cart.remove-named", { name }), on: { click: remove } },
            t("cart.remove"),
          ),
      ),
    ),
    h("p", { class: "price" }, money(amount)),
  );
}

/** Goods, discount and shipping, as words and figures. */
export function goodsRows({ subtotal, discount, shipping }) {
  return [
    [t("sum.subtotal"), money(subtotal)],
    ...(discount > 0n ? [[t("sum.discount"), money(-discount)]] : []),
    [t("sum.shipping"), money(shipping)],
  ];
}

/** What the order comes to, as far as it is known: `total` with duties and taxes, `pay` what the shop would take now. */
export function totalOf(quote, unanswered) {
  const { payable } = sumsOf(state);
  if (quote?.amounts) {
    const total = payable + minor(quote.amounts.dutiesAndTaxes, currencyOf(state));
    return { label: quote.status === "estimated" ? "sum.total-estimated" : "sum.total", total, pay: total, note: null };
  }
  if (unanswered) {
    return { label: "sum.total", total: null, pay: payable, note: "sum.unknown" };
  }
  return { label: "sum.total", total: null, pay: null, note: quote ? "sum.held" : "sum.wait" };
}
