/** A button and what it opens, which is made only when it is open. */

import { h, type Child } from "./dom.js";

/** The key of the disclosure under the row. */
export const DETAILS = "details";

export function disclosure(open: ReadonlySet<string>, key: string, label: string, content: () => Child): Element {
  const expanded = open.has(key);
  const id = `panel-${key}`;
  return h(
    "div",
    { class: "disclosure", "data-key": `disclosure-${key}` },
    h(
      "button",
      { type: "button", part: key === DETAILS ? "disclosure" : "disclosure record", "aria-expanded": String(expanded), "aria-controls": id, "data-toggle": key },
      h("svg", { viewBox: "0 0 16 16", class: "chevron", "aria-hidden": "true" }, h("path", { d: "M6 3.5 10.5 8 6 12.5" })),
      h("span", {}, label),
    ),
    h("div", { id, class: "panel", part: key === DETAILS ? "details" : "record-panel", hidden: !expanded }, expanded && content()),
  );
}
