import { offerOf, priceOf } from "./basket.js";
import { CATEGORIES, PRODUCTS } from "./catalog.js";
import { h } from "./dom.js";
import { country, money, picture, start, t } from "./page.js";
import { add } from "./parts.js";
import { href, state } from "./store.js";

let shown = "all";

function card(product) {
  const name = product.name[state.locale];
  return h(
    "li",
    { class: "card" },
    h("a", { href: href("product.html", { sku: product.sku }), class: "card-link" }, picture(product, 240), h("h3", {}, name)),
    h("p", { class: "muted" }, `${country(product.countryOfOrigin)} · ${product.detail[state.locale]}`),
    h(
      "div",
      { class: "card-foot" },
      h("span", { class: "price" }, money(priceOf(product, state))),
      h("button", { type: "button", class: "quiet", "aria-label": t("product.add-named", { name }), on: { click: () => add(product) } }, t("product.add")),
    ),
  );
}

function render(main) {
  const grid = h("ul", { class: "grid", role: "list" });
  const number = h("p", { class: "muted", role: "status" });
  const buttons = ["all", ...CATEGORIES].map((category) =>
    h("button", { type: "button", class: "chip", on: { click: () => show(category) } }, t(`category.${category}`)),
  );
  const show = (category) => {
    shown = category;
    const products = PRODUCTS.filter((product) => category === "all" || product.category === category);
    grid.replaceChildren(...products.map(card));
    number.textContent = t("list.shown", { count: products.length });
    ["all", ...CATEGORIES].forEach((each, index) => buttons[index].setAttribute("aria-pressed", String(each === category)));
  };
  show(shown);
  const offer = offerOf(state);
  main.append(
    h(
      "section",
      { class: "hero", "aria-labelledby": "hero" },
      h("div", { class: "hero-text" }, h("h1", { id: "hero" }, t("list.title")), h("p", {}, t("list.lead")), h("p", { class: "offer" }, t("page.free", { from: money(offer.from), off: money(offer.off) }))),
      h("img", { src: "pictures/quay.svg", alt: "", width: 560, height: 380 }),
    ),
    h(
      "section",
      { "aria-labelledby": "goods" },
      h("div", { class: "list-head" }, h("h2", { id: "goods" }, t("list.heading")), number),
      h("div", { class: "chips", role: "group", "aria-label": t("list.filter") }, buttons),
      grid,
    ),
  );
}

start({ title: "list.heading", render });
