// The gallery: every state of the element, from fixed baskets, with switches for language, theme and width.

import { h } from "./dom.js";
import { LANGUAGES } from "./languages.js";
import { STATES } from "./states-data.js";

/** Before an answer that never comes is given up. */
const PATIENCE = 8_000;
const switches = document.getElementById("switches");
const all = document.getElementById("states");
let engine;

/** The engine with a pack, for quotes that come from elsewhere. */
async function preclear(id) {
  engine ??= import("../preclear/preclear.js").then(({ loadPreclear }) => loadPreclear({ locales: [] }));
  const loaded = await engine;
  await loaded.loadPack(id);
  return loaded;
}

/** An element is told of the network by the browser, when it is put in the page and when that changes. */
function connect(frame, element, offline) {
  if (offline) Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
  frame.append(element);
  if (offline) delete navigator.onLine;
}

async function give(element, { state, given = {} }) {
  Object.assign(element, typeof given === "function" ? await given(preclear) : given);
  if (state === "loading") setTimeout(() => give(element, { state, given }), PATIENCE);
}

const elements = STATES.map((shown) => {
  const { state, name = state } = shown;
  const element = h("preclear-duties", { id: name });
  const frame = h("div", { class: "frame" });
  const title = `title-${name}`;
  all.append(
    h("section", { "aria-labelledby": title }, h("h2", { id: title }, h("code", {}, name)), h("p", { class: "about" }, shown.about), frame),
  );
  connect(frame, element, shown.offline);
  give(element, shown);
  return element;
});

function changed() {
  const { locale, theme, width, details } = Object.fromEntries(new FormData(switches));
  document.documentElement.dataset.theme = theme === "none" ? "auto" : theme;
  all.dataset.width = width;
  for (const element of elements) {
    element.locale = locale;
    element.appearance = { theme };
    const button = element.shadowRoot?.querySelector("[data-toggle=details]");
    if (button && (button.getAttribute("aria-expanded") === "true") !== (details === "open")) button.click();
  }
}

switches.elements.locale.append(...Object.entries(LANGUAGES).map(([locale, name]) => h("option", { value: locale, lang: locale }, name)));
switches.addEventListener("change", changed);
changed();
