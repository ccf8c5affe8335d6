// What every page has: the header, the footer, the language and the theme. A page gives its title and draws its main part.

import { h, icon, ICONS } from "./dom.js";
import { DESTINATIONS, currencyOf } from "./destinations.js";
import { display } from "./money.js";
import { LANGUAGES, directionOf, isolate } from "./languages.js";
import { asOf, count, href, save, state } from "./store.js";
import { STRINGS, learn } from "./strings.js";

await learn(state.locale);

const root = document.documentElement;
const darkByDefault = matchMedia("(prefers-color-scheme: dark)");
const cart = h("a", { href: href("cart.html"), class: "cart-link" });
const announcer = h("div", { role: "status" });

/** A text in the shopper's language. */
export function t(key, values = {}) {
  return STRINGS[state.locale][key].replace(/\{(\w+)\}/g, (_, name) => isolate(values[name], state.locale));
}

/** An amount in the currency of where it goes. */
export const money = (amount) => display(amount, currencyOf(state), state.locale);

/** A country's name in the shopper's language. */
export const country = (code) => new Intl.DisplayNames([state.locale], { type: "region" }).of(code);

/** The destinations by name, in the order of the shopper's language. */
export const destinations = () =>
  DESTINATIONS.map(({ code }) => [code, country(code)]).sort(([, one], [, other]) => one.localeCompare(other, state.locale));

/** A date as people write it. */
export function day(date) {
  const [year, month, dayOfMonth] = date.split("-").map(Number);
  return new Intl.DateTimeFormat(state.locale, { dateStyle: "long", timeZone: "UTC", numberingSystem: "latn", calendar: "gregory" }).format(Date.UTC(year, month - 1, dayOfMonth));
}

/** Says something to people who do not see the page change. */
export function announce(text) {
  announcer.replaceChildren(h("p", { class: "visually-hidden" }, text));
}

/** Says something to everybody, for a while; with a way to go on. */
export function say(text, link) {
  const toast = h("p", { class: "toast" }, h("span", {}, text), " ", link);
  const leave = () => {
    // Not from under the pointer or the focus.
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
    else toast.remove();
  };
  announcer.replaceChildren(toast);
  setTimeout(leave, 6000);
}

export function showCount() {
  cart.replaceChildren(
    icon(...ICONS.cart),
    h("span", { class: "cart-word" }, t("page.cart")),
    " ",
    h("span", { class: "badge" }, String(count())),
    h("span", { class: "visually-hidden" }, ` ${t("page.cart-count")}`),
  );
}

export const picture = (product, size) =>
  h("img", { src: `pictures/${product.sku.toLowerCase()}.svg`, alt: "", width: size, height: size, class: `picture tile-${product.category}` });

function isDark() {
  return state.theme === null ? darkByDefault.matches : state.theme === "dark";
}

function themeSwitch() {
  const button = h("button", { type: "button", class: "switch" });
  const show = () => {
    button.replaceChildren(icon(...(isDark() ? ICONS.moon : ICONS.sun)), h("span", { class: "visually-hidden" }, t("page.dark")));
    button.setAttribute("aria-pressed", String(isDark()));
  };
  const apply = (chosen) => {
    state.theme = chosen;
    root.dataset.theme = chosen;
    save();
    show();
  };
  button.addEventListener("click", () => apply(isDark() ? "light" : "dark"));
  darkByDefault.addEventListener("change", show);
  show();
  return button;
}

function languageSwitch(draw) {
  const chosen = h(
    "select",
    {
      class: "language",
      "aria-label": t("page.language"),
      autocomplete: "off",
      on: {
        change: async () => {
          const locale = chosen.value;
          await learn(locale);
          state.locale = locale;
          save();
          draw();
          document.querySelector(".language").focus();
        },
      },
    },
    Object.entries(LANGUAGES).map(([locale, name]) => h("option", { value: locale, lang: locale, selected: locale === state.locale }, name)),
  );
  return chosen;
}

function destinationSwitch(draw) {
  const chosen = h(
    "select",
    {
      class: "destination",
      "aria-label": t("page.destination"),
      autocomplete: "off",
      on: {
        change: () => {
          state.destination = chosen.value;
          save();
          draw();
          document.querySelector(".destination").focus();
        },
      },
    },
    destinations().map(([code, name]) => h("option", { value: code, selected: code === state.destination }, name)),
  );
  return chosen;
}

function header(draw) {
  const here = location.pathname.split("/").pop().replace(/\.html$/, "") || "index";
  const law = asOf === null ? null : h("span", { class: "law" }, t("page.law", { date: day(asOf) }));
  return h(
    "header",
    { class: "site-header" },
    h(
      "div",
      { class: "strip" },
      h("div", { class: "wide" }, h("p", {}, h("span", {}, t("page.demo")), law), h("div", { class: "switches" }, destinationSwitch(draw), languageSwitch(draw), themeSwitch())),
    ),
    h(
      "div",
      { class: "wide masthead" },
      h(
        "a",
        { class: "brand", href: href("index.html") },
        h("img", { src: "pictures/mark.svg", alt: "", width: 40, height: 40 }),
        h("span", {}, h("strong", {}, t("shop.name")), h("span", { class: "tagline" }, t("shop.tagline"))),
      ),
      h(
        "nav",
        { "aria-label": t("page.nav") },
        h("a", { href: href("index.html"), "aria-current": here === "index" ? "page" : null }, t("page.shop")),
        cart,
      ),
    ),
  );
}

const footer = () =>
  h("footer", { class: "site-footer" }, h("div", { class: "wide" }, h("p", {}, t("page.footer")), h("p", {}, t("page.footer-prices")), h("p", {}, t("page.footer-data"))));

/** Draws the page, and draws it again in another language when that is chosen. `render` fills the main part. */
export function start({ title, render }) {
  const main = document.querySelector("main");
  main.tabIndex = -1;
  const draw = () => {
    root.lang = state.locale;
    root.dir = directionOf(state.locale);
    document.title = `${t(title)} – ${t("shop.name")}`;
    showCount();
    if (location.pathname.endsWith("cart.html")) cart.setAttribute("aria-current", "page");
    announcer.replaceChildren();
    for (const part of document.querySelectorAll("body > :is(.skip, header, footer)")) part.remove();
    main.before(h("a", { class: "skip", href: "#main" }, t("page.skip")), header(draw));
    main.after(footer());
    main.replaceChildren();
    render(main);
    document.body.append(announcer);
  };
  if (state.theme !== null) root.dataset.theme = state.theme;
  draw();
}
