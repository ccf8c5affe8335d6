// The same filling of places as the command line's, so that both say the same.

import type { Labels, Message, Messages } from "./api.js";

export type Values = Record<string, string | null | undefined>;

/** An own text of a group: a key may be any text, and `toString` is nobody's label. */
const at = <T>(group: Record<string, T> | undefined, key: string): T | undefined => (group && Object.hasOwn(group, key) ? group[key] : undefined);

/** What a form's values are called: labels of the pack first, then words of the language. */
const KINDS: Record<string, string[]> = { fact: ["field", "step", "parameter"], charge: ["step", "charges"], step: ["step", "field"] };
/** Parameters that say which rule a finding comes from, and are not counted. */
const RULES = ["check", "condition"];
/** What keeps a run of text to itself, so that its direction turns nothing around it. */
const [ISOLATE, END] = ["\u2068", "\u2069"];
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** The words of one language, with one quote's currency. */
export class Words {
  readonly #messages: Messages;
  readonly #labels: Labels;
  readonly #currency: string | null;
  readonly #isolates: boolean;

  constructor(messages: Messages, labels: Labels, currency: string | null) {
    this.#messages = messages;
    this.#labels = labels;
    this.#currency = currency;
    // Among letters that run from right to left, numbers and names in others would fall out of their places.
    this.#isolates = this.say("forms", "direction") === "rtl";
  }

  /** A message of a group, filled; the key where there is none. */
  say(group: string, key: string, values: Values = {}): string {
    const message = at(at(this.#messages, group), key);
    return message === undefined ? key : this.#fill(message, values);
  }

  has(group: string, key: string): boolean {
    return at(at(this.#messages, group), key) !== undefined;
  }

  join(separator: "comma" | "semicolon", parts: string[]): string {
    return parts.map((part) => this.#apart(part)).join(this.say("forms", separator));
  }

  #apart(text: string): string {
    return this.#isolates ? `${ISOLATE}${text}${END}` : text;
  }

  #fill(message: Message, values: Values): string {
    let text = "";
    for (const candidate of [message].flat()) {
      let whole = true;
      text = candidate.replace(/\{([^{}:]+)(?::([^{}]+))?\}/g, (_, name: string, form?: string) => {
        const written = this.#place(name, form, values);
        if (written === undefined) whole = false;
        return written === undefined ? "…" : this.#apart(written);
      });
      if (whole) break;
    }
    return text;
  }

  #place(name: string, form: string | undefined, values: Values): string | undefined {
    const key = /^\d+$/.test(name) ? Object.keys(values).filter((other) => !RULES.includes(other))[Number(name) - 1] : name;
    const value = key === undefined ? undefined : at(values, key);
    if (key === undefined || value === undefined || value === null) return undefined;
    switch (form) {
      case undefined:
        return value;
      case "name":
        return this.#named("fact", key);
      case "money":
        return this.#currency === null ? this.#number(value) : this.say("forms", "money", { amount: this.#number(value), currency: this.#currency });
      case "number":
        return this.#number(value);
      // What a check's label says by itself: only where the pack has it in the reader's language.
      case "sentence":
        return at(at(this.#labels, form), value);
      case "percent":
        return DECIMAL.test(value) ? this.say("forms", "percent", { number: this.#number(hundredfold(value)) }) : value;
      default:
        return this.#named(form, value);
    }
  }

  #named(form: string, id: string): string {
    for (const kind of at(KINDS, form) ?? [form]) {
      const label = at(at(this.#labels, kind), id) ?? at(at(this.#messages, kind), id);
      if (typeof label === "string") return label;
    }
    return id;
  }

  /** As the language writes it: with its decimal mark, and its digits in groups of three once there are enough of them. */
  #number(decimal: string): string {
    const [, sign, whole = "", part] = DECIMAL.exec(decimal) ?? [];
    if (sign === undefined) return decimal;
    const form = (key: string) => this.say("forms", key);
    const grouped = whole.length < Number(form("group-from")) ? whole : whole.replace(/\B(?=(\d{3})+$)/g, form("group"));
    return `${sign}${grouped}${part === undefined ? "" : `${form("decimal")}${part}`}`;
  }
}

/** A hundred times a decimal, without zeros that say nothing: never through a binary number, which could not hold it exactly. */
function hundredfold(decimal: string): string {
  const [, sign = "", whole = "", part = ""] = DECIMAL.exec(decimal) ?? [];
  const digits = part.padEnd(2, "0");
  const left = (whole + digits.slice(0, 2)).replace(/^0+(?=\d)/, "");
  const right = digits.slice(2).replace(/0+$/, "");
  return `${sign}${left}${right && `.${right}`}`;
}
