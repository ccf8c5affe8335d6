import { linesOf, offerOf, priceOf, sumsOf } from "./basket.js";
import { h } from "./dom.js";
import { announce, country, money, picture, showCount, start, t } from "./page.js";
import { nothing, sums } from "./parts.js";
import { href, setQuantity, state } from "./store.js";

function line({ product, quantity, amount }, redraw) {
  const name = product.name[state.locale];
  const change = (to, focus) => {
    setQuantity(product.sku, to);
    redraw(focus);
    announce(to > 0 ? t("cart.changed", { name, count: to }) : t("cart.removed", { name }));
  };
  const step = (sign, label, by) =>
    h(
      "button",
      {
        type: "button",
        class: "step",
        id: `${label}-${product.sku}`,
        "aria-label": t(`cart.${label}`, { name }),
        on: { click: () => change(quantity + by, `${label}-${product.sku}`) },
      },
      sign,
    );
  return h(
    "li",
    { class: "cart-line" },
    h("a", { href: href("product.html", { sku: product.sku }), tabIndex: -1, "aria-hidden": "true" }, picture(product, 112)),
    h(
      "div",
      { class: "cart-text" },
      h("h2", {}, h("a", { href: href("product.html", { sku: product.sku }) }, name)),
      h("p", { class: "muted" }, `${country(product.countryOfOrigin)} · ${product.detail[state.locale]}`),
      h("p", { class: "muted" }, t("cart.each", { price: money(priceOf(product, state)) })),
    ),
    h(
      "div",
      { class: "cart-act" },
      h("div", { class: "stepper" }, step("−", "fewer", -1), h("span", {}, String(quantity)), step("+", "more", 1)),
      h("button", { type: "button", class: "link", "aria-label": t("cart.remove-named", { name }), on: { click: () => change(0) } }, t("cart.remove")),
    ),
    h("p", { class: "price cart-amount" }, money(amount)),
  );
}

function render(main) {
  const content = h("div", {});
  const heading = h("h1", { tabIndex: -1 }, t("cart.title"));
  const draw = () => {
    showCount();
    const lines = linesOf(state);
    if (lines.length === 0) {
      content.replaceChildren(nothing());
    } else {
      const { subtotal, discount } = sumsOf(state);
      const { from, off } = offerOf(state);
      const rows = [[t("sum.subtotal"), money(subtotal)]];
      if (discount > 0n) rows.push([t("sum.discount"), money(-discount)]);
      content.replaceChildren(
        h(
          "div",
          { class: "columns" },
          h("ul", { class: "cart-lines", role: "list" }, lines.map((each) => line(each, redraw))),
          h(
            "section",
            { class: "panel", "aria-labelledby": "summary" },
            h("h2", { id: "summary" }, t("cart.summary")),
            sums(rows),
            discount > 0n ? null : h("p", { class: "offer" }, t("cart.offer", { amount: money(from - subtotal), off: money(off) })),
            h("p", { class: "muted small" }, t("cart.then")),
            h("a", { class: "primary block", href: href("checkout.html") }, t("cart.checkout")),
          ),
        ),
      );
    }
  };
  const redraw = (focus) => {
    draw();
    (document.getElementById(focus) ?? heading).focus();
  };
  main.append(heading, content);
  draw();
}

start({ title: "cart.title", render });
