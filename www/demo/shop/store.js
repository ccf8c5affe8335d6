// What the shop remembers, in this tab only: the cart and what was chosen. Nothing about a person.

import { productOf } from "./catalog.js";
import { DESTINATIONS } from "./destinations.js";
import { LANGUAGES, suiting } from "./languages.js";

const KEY = "lantern-quay";
const THEMES = ["light", "dark"];
const MOST = 99;

function stored() {
  try {
    const value = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    return value !== null && typeof value === "object" ? value : {};
  } catch {
    return {};
  }
}

function read() {
  const value = stored();
  const cart = new Map();
  for (const entry of Array.isArray(value.cart) ? value.cart : []) {
    const [sku, quantity] = Array.isArray(entry) ? entry : [];
    if (productOf(sku) && Number.isInteger(quantity) && quantity > 0) {
      cart.set(sku, Math.min(quantity, MOST));
    }
  }
  const destination = DESTINATIONS.find(({ code }) => code === value.destination) ?? DESTINATIONS[0];
  return {
    cart,
    destination: destination.code,
    area: typeof value.area === "string" ? value.area : null,
    channel: typeof value.channel === "string" ? value.channel : "bonded",
    locale: Object.hasOwn(LANGUAGES, value.locale) ? value.locale : suiting(globalThis.navigator?.language),
    theme: THEMES.includes(value.theme) ? value.theme : null,
  };
}

export const state = read();

export function save() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ ...state, cart: [...state.cart] }));
  } catch {
    // Without storage the page still works; the next one starts afresh.
  }
}

/** Sets how many of an article are in the cart; none takes it out. */
export function setQuantity(sku, quantity) {
  if (quantity > 0) {
    state.cart.set(sku, Math.min(quantity, MOST));
  } else {
    state.cart.delete(sku);
  }
  save();
}

export const quantityOf = (sku) => state.cart.get(sku) ?? 0;

export const count = () => [...state.cart.values()].reduce((sum, quantity) => sum + quantity, 0);

/** The day of law in the address, for tests and for looking at another year; today when there is none. */
export const asOf = (() => {
  const given = new URLSearchParams(globalThis.location?.search ?? "").get("asOf");
  return given !== null && /^\d{4}-\d{2}-\d{2}$/.test(given) ? given : null;
})();

/** A page of the shop, at the same day of law. */
export function href(page, parameters = {}) {
  const query = new URLSearchParams(asOf === null ? parameters : { ...parameters, asOf });
  return query.size > 0 ? `${page}?${query}` : page;
}
