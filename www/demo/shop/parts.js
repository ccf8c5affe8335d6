// What more than one page draws.

import { h } from "./dom.js";
import { say, showCount, t } from "./page.js";
import { href, quantityOf, setQuantity, state } from "./store.js";

/** Puts one more of an article in the cart and says so. */
export function add(product) {
  setQuantity(product.sku, quantityOf(product.sku) + 1);
  showCount();
  const name = product.name[state.locale];
  say(t("product.added", { name, count: quantityOf(product.sku) }), h("a", { href: href("cart.html") }, t("product.to-cart")));
}

/** Amounts: the words on the left, the figures on the right. */
export const sums = (rows) => h("dl", { class: "sums" }, rows.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));

/** What an order without goods says. */
export const nothing = () =>
  h("div", { class: "empty" }, h("p", {}, t("cart.empty")), h("p", {}, h("a", { class: "primary", href: href("index.html") }, t("cart.browse"))));
