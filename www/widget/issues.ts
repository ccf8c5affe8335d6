/** What there is to mend or to look at, each once, with the articles it is about, the law, and what can be done. */

import type { Finding, Level, Quote } from "preclear";
import { h } from "./dom.js";
import { lawList } from "./law.js";
import { unknowable } from "./state.js";
import type { Parcel } from "./view.js";

/** Findings that say the same, about one article or several. */
interface Group {
  finding: Finding;
  places: { target: string; index: number }[];
}

const ICONS: Record<Level, string> = {
  block: "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM8 4.5v4.2M8 11.2v.3",
  warn: "M8 2 14.5 13.5h-13zM8 6.2v3.6M8 11.6v.3",
  info: "M8 1.5a6.5 6.5 0 1 0 .01 0zM8 7.2v4.3M8 4.6v.3",
};

/** What is not known is nothing to mend. */
const levelOf = (quote: Quote, finding: Finding) => (finding.code.startsWith("rules.") && unknowable(quote) ? "warn" : finding.level);

/** The findings of these levels, the gravest first. */
export function groups(quote: Quote, levels: Level[]): Group[] {
  const found = new Map<string, Group>();
  for (const level of levels) {
    for (const finding of quote.findings.filter((finding) => levelOf(quote, finding) === level)) {
      const index = /^\/items\/(\d+)(\/.*)?$/.exec(finding.target);
      const key = JSON.stringify([finding.code, level, finding.params, finding.remedies, index ? (index[2] ?? "") : finding.target]);
      const group = found.get(key) ?? { finding, places: [] };
      if (index) {
        group.places.push({ target: `/items/${index[1]}`, index: Number(index[1]) });
      }
      found.set(key, group);
    }
  }
  return [...found.values()];
}

/** Why an amount is an estimate; it is said beside the row. */
export const estimates = ({ code }: Finding) => code === "input.exchange-rate-old" || code === "rules.grade-c";

export const saidBeside = (quote: Quote, finding: Finding) =>
  finding.code === "destination.unsupported" || (quote.status === "estimated" && estimates(finding));

const LEVELS: Record<Level, string> = { block: "level-block", warn: "level-warn", info: "level-info" };

/** What stops the payment or should be looked at, except what is said beside the row. */
export function issues({ parcels, words }: { parcels: Parcel[]; words: Parcel["words"] }): Element | null {
  const found = parcels.flatMap((parcel) =>
    groups(parcel.quote, ["block", "warn"])
      .filter(({ finding }) => !saidBeside(parcel.quote, finding))
      .map((group) => ({ parcel, group })),
  );
  if (found.length === 0) {
    return null;
  }
  const stopping = found.filter(({ parcel, group }) => levelOf(parcel.quote, group.finding) === "block");
  const sorted = [...stopping, ...found.filter((one) => !stopping.includes(one))];
  return h(
    "div",
    { role: "group", part: "issues", class: "issues", "data-key": "issues", "aria-labelledby": "issues-title" },
    h("p", { id: "issues-title", part: "issues-title", class: "title" }, stopping.length > 0 ? words.count("fix", stopping.length) : words.count("check", found.length)),
    h("ul", { role: "list" }, sorted.map(({ parcel, group }) => issue(group, parcel))),
  );
}

export function issue({ finding, places }: Group, { quote, words, place }: Parcel): Element {
  const { message, remedies } = words.describe(quote, finding);
  const shown = levelOf(quote, finding);
  const level = shown in ICONS ? shown : "info";
  // Taking an article out has a button.
  const removable = finding.remedies.includes("remove-item") ? places : [];
  // A rate is the shop's to state.
  const rest = remedies.filter((_, index) => finding.remedies[index] !== "supply-rate" && (finding.remedies[index] !== "remove-item" || removable.length === 0));
  const names = places.map(({ index }) => words.article(index));
  return h(
    "li",
    { part: `issue issue-${level}`, class: `issue ${level}`, "data-key": `${finding.code} ${place}${finding.target}`, "data-code": finding.code },
    h("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, h("path", { d: ICONS[level] })),
    h(
      "div",
      {},
      h(
        "p",
        { class: "message" },
        h("span", { class: "unseen" }, `${words.say(LEVELS[level])} `),
        names.length > 0 && h("strong", {}, h("bdi", {}, words.format.list(names))),
        names.length > 0 && h("br"),
        message,
      ),
      rest.map((remedy) => h("p", { class: "remedy" }, remedy)),
      lawList(quote, finding.citations, words),
      removable.map(({ target, index }) =>
        h(
          "button",
          {
            type: "button",
            part: "remove",
            class: "remove",
            "data-remedy": "remove-item",
            "data-code": finding.code,
            "data-level": finding.level,
            "data-target": place + target,
            "data-key": place + target,
          },
          words.say("remove", { item: words.article(index) }),
        ),
      ),
    ),
  );
}
