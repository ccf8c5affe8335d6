/** A button and what it opens, which is made only when it is open. */

import { h, type Child } from "./dom.js";

/** The key of the disclosure under the row. */
export const DETAILS = "details";

/** `target` is the place of what it opens, where that is not all of the basket. */
export function disclosure(open: ReadonlySet<string>, key: string, label: string, content: () => Child, target?: string): Element {
  const expanded = open.has(key);
  const id = `panel-${key}`;
  return h(
    "div",
    { class: "disclosure", "data-key": `disclosure-${key}` },
    h(
      "button",
      { type: "button", part: target ? "disclosure record" : "disclosure", "aria-expanded": String(expanded), "aria-controls": id, "data-toggle": key, "data-target": target },
      h("svg", { viewBox: "0 0 16 16", class: "chevron", "aria-hidden": "true" }, h("path", { d: "M6 3.5 10.5 8 6 12.5" })),
      h("span", {}, label),
    ),
    h("div", { id, class: "panel", part: target ? "record-panel" : "details", hidden: !expanded }, expanded && content()),
  );
}
