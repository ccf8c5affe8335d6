import { priceOf } from "./basket.js";
import { productOf } from "./catalog.js";
import { h } from "./dom.js";
import { country, money, picture, start, t } from "./page.js";
import { figures, isolate } from "./languages.js";
import { add } from "./parts.js";
import { href, state } from "./store.js";

function facts(product) {
  const number = (value) => new Intl.NumberFormat(state.locale, { numberingSystem: "latn" }).format(value);
  const rows = [
    [t("product.code"), product.hsCode],
    [t("product.origin"), country(product.countryOfOrigin)],
    ...product.measurements.map(({ type, value, unit }) => [t(`product.${type}`), isolate(`${number(value)} ${unit === "piece" ? t("unit.piece") : unit}`, state.locale)]),
  ];
  const { alcoholByVolume, used } = product.attributes ?? {};
  if (alcoholByVolume) {
    const percent = new Intl.NumberFormat(state.locale, { style: "percent", maximumFractionDigits: 2, numberingSystem: "latn" });
    rows.push([t("product.alcoholByVolume"), figures(percent.format(alcoholByVolume), state.locale)]);
  }
  if (used) rows.push([t("product.used"), t("product.used-value")]);
  return h("dl", { class: "facts" }, rows.map(([term, value]) => h("div", {}, h("dt", {}, term), h("dd", {}, value))));
}

function render(main) {
  const back = h("p", { class: "back" }, h("a", { href: href("index.html") }, t("product.back")));
  const product = productOf(new URLSearchParams(location.search).get("sku"));
  if (!product) {
    main.append(h("h1", {}, t("product.missing")), back);
    return;
  }
  const name = product.name[state.locale];
  document.title = `${name} – ${t("shop.name")}`;
  main.append(
    back,
    h(
      "div",
      { class: "product" },
      picture(product, 480),
      h(
        "div",
        {},
        h("p", { class: "muted" }, t("product.made", { country: country(product.countryOfOrigin) })),
        h("h1", {}, name),
        h("p", { class: "muted" }, product.detail[state.locale]),
        h("p", { class: "about" }, product.about[state.locale]),
        h("p", { class: "price large" }, money(priceOf(product, state))),
        h("p", { class: "muted small" }, t("product.tax")),
        h("button", { type: "button", class: "primary", on: { click: () => add(product) } }, t("product.add")),
        h("h2", { class: "small-heading" }, t("product.facts")),
        facts(product),
      ),
    ),
  );
}

start({ title: "product.facts", render });
