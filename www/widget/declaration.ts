/**
 * What customs would send an order back for, at the field, before anybody pays.
 *
 * The order is made into the message on the device and held against customs' rules; the message itself is dropped at once. A control of the page
 * that says which fact it is for is marked as the browser marks its own; nothing else of the page is touched.
 */

import type { Declared, Finding, Order, Preclear } from "preclear";
import { h, type Child } from "./dom.js";
import type { Fault, Policy } from "./public.js";
import type { Words } from "./words.js";

/** The message that a shop sends itself. */
const FORM = "CEB311";
/** What the element asks for itself. */
const OWN = ["/buyer/name", "/buyer/idType", "/buyer/idNumber"];
/** Stands in for what the element asks for and does not hand out, so that the rest can be looked at: the printed example of GB 11643. */
const STAND_IN = { name: "\u963f\u5e03", idType: "1", idNumber: "11010519491231002X" };
/** The places that a shopper fills in, with the words for them. */
const FIELDS: Record<string, string> = {
  "/buyer/name": "orderer-name",
  "/buyer/idType": "orderer-type",
  "/buyer/idNumber": "orderer-number",
  "/buyer/telephone": "field-buyer-telephone",
  "/consignee/name": "field-consignee-name",
  "/consignee/telephone": "field-consignee-telephone",
  "/consignee/address": "field-consignee-address",
  "/consignee/districtCode": "field-consignee-district",
};

type Found = Declared["findings"][number];
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Entries = { name: string; type: string; number: string } | null;

/** What is checked. */
export interface Declaring {
  order: Order | null;
  /** What the element was told of the orderer, if it hands that out. */
  entries: Entries;
  /** Whether the element asks for the orderer itself. */
  asks: boolean;
  preclear: Preclear;
}

const customValidity = (control: Element): control is Control => "setCustomValidity" in control;

export class Declaration {
  readonly #element: HTMLElement;
  readonly #changed: () => void;
  #order: Order | null = null;
  #entries = "";
  #run = 0;
  #found: Found[] = [];
  #failed = false;
  /** The page's controls that were marked here. */
  readonly #marked = new Set<Control>();

  constructor(element: HTMLElement, changed: () => void) {
    this.#element = element;
    this.#changed = changed;
  }

  /** Checks an order unless it is the one that was checked last. */
  check({ order, entries, asks, preclear }: Declaring): void {
    const own = JSON.stringify([asks, entries !== null, entries?.type, entries?.name.length, entries?.number.length]);
    if (order === this.#order && own === this.#entries) {
      return;
    }
    this.#order = order;
    this.#entries = own;
    const run = (this.#run += 1);
    if (!order) {
      this.#take([], false);
      return;
    }
    const told = entries && { name: entries.name, idType: entries.type === "resident-id" ? "1" : "2", idNumber: entries.number };
    const asked = asks ? ({ ...order, buyer: { ...order.buyer, ...(told ?? STAND_IN) } } as Order) : order;
    preclear.declare(asked, { form: FORM }).then(
      ({ findings }) => {
        if (run === this.#run) {
          const placed = findings.filter(({ level }) => level !== "info");
          this.#take(placed.filter(({ target }) => !asks || told !== null || !OWN.includes(target)), false);
        }
      },
      // A destination without declarations has nothing to find.
      (error: unknown) => run === this.#run && this.#take([], (error as { code?: unknown } | null)?.code !== "forms.unknown"),
    );
  }

  #take(found: Found[], failed: boolean): void {
    const key = ({ code, level, target }: Found) => `${code} ${level} ${target}`;
    const before = new Set(this.#found.map(key));
    if (found.length === 0 && before.size === 0 && failed === this.#failed) {
      return;
    }
    // Each once: several rules may say the same of one field.
    this.#found = [...new Map(found.map((finding) => [key(finding), finding])).values()];
    this.#failed = failed;
    const host = (this.#element.getRootNode() as Partial<ShadowRoot>).host;
    for (const finding of this.#found.filter((finding) => !before.has(key(finding)))) {
      const { code, level, target } = finding;
      host?.dispatchEvent(new CustomEvent("preclear-finding", { detail: { code, level, target, remedy: null }, bubbles: true, composed: true }));
    }
    this.#changed();
  }

  /** Reasons not to take the payment. */
  faults(words: Words, { declaration = "block", unavailable = "allow" }: Policy): Fault[] {
    if (this.#failed) {
      return unavailable === "block" ? [{ message: words.say("orderer-unchecked"), target: "" }] : [];
    }
    const stopping = this.#found.filter(({ level }) => level === "block" && declaration === "block");
    return stopping.map((finding) => ({ message: this.#sentence(finding, words), target: finding.target }));
  }

  /** What is wrong with what the element asks for itself, by its place. */
  own(target: string, words: Words): string | null {
    const found = this.#found.find((finding) => finding.target === target);
    return found ? said(found, words) : null;
  }

  /** The list of what is wrong; and the page's controls are marked. */
  draw(words: Words, { declaration = "block" }: Policy): Child {
    this.#mark(words);
    if (this.#failed) {
      return h("p", { class: "quiet", "data-key": "declaration", role: "status" }, words.say("orderer-unchecked"));
    }
    if (this.#found.length === 0) {
      return null;
    }
    return h(
      "div",
      { role: "group", part: "declaration", class: "issues", "data-key": "declaration", "aria-labelledby": "declaration-title" },
      h("p", { id: "declaration-title", class: "title", role: "status" }, words.say("declaration")),
      h(
        "ul",
        { role: "list" },
        this.#found.map((finding) => {
          const level = finding.level === "block" && declaration === "block" ? "block" : "warn";
          const { code, target } = finding;
          return h(
            "li",
            { part: `issue issue-${level}`, class: `issue ${level}`, "data-key": `${code} ${target}`, "data-code": code },
            h(
              "div",
              {},
              h("p", { class: "message" }, h("span", { class: "unseen" }, `${words.say(`level-${level}`)} `), h("strong", {}, h("bdi", {}, this.#label(target, words))), h("br"), said(finding, words)),
              !(target in FIELDS) && h("p", { class: "remedy" }, words.say("declaration-shop"), " ", h("code", { lang: "en", dir: "ltr" }, target || (("element" in finding && finding.element) || code))),
              this.#controls(target).length > 0 && h("button", { type: "button", class: "remove", "data-go": target }, words.say("declaration-go")),
            ),
          );
        }),
      ),
    );
  }

  /** Goes to the field of a place, and has the browser say there what is wrong. */
  go(target: string): void {
    const [control] = this.#controls(target);
    control?.focus();
    if (control && this.#marked.has(control)) {
      control.reportValidity();
    }
  }

  /** Takes its marks off the page. */
  stop(): void {
    for (const control of this.#marked) {
      unmark(control);
    }
    this.#marked.clear();
  }

  /** The controls for a place: those of the page that say so, then the element's own. */
  #controls(target: string): Control[] {
    const root = this.#element.getRootNode() as Partial<ShadowRoot>;
    const page = root.host?.getRootNode() as ParentNode | undefined;
    const stated = [...(page?.querySelectorAll("[data-preclear-target]") ?? [])].filter((control) => control.getAttribute("data-preclear-target") === target);
    const own = OWN.includes(target) ? [...this.#element.querySelectorAll(`#${FIELDS[target]}`)] : [];
    return [...stated, ...own].filter(customValidity);
  }

  #mark(words: Words): void {
    this.stop();
    for (const finding of this.#found.filter(({ level }) => level === "block")) {
      for (const control of this.#controls(finding.target).filter((control) => !this.#element.contains(control))) {
        control.setCustomValidity(this.#sentence(finding, words));
        control.setAttribute("aria-invalid", "true");
        this.#marked.add(control);
      }
    }
  }

  #label(target: string, words: Words): string {
    const field = FIELDS[target];
    const item = words.about(target);
    return field ? words.say(field) : item === null ? words.say("basket") : words.article(item);
  }

  #sentence(finding: Found, words: Words): string {
    return words.say("named", { item: this.#label(finding.target, words), message: said(finding, words) });
  }
}

function unmark(control: Control): void {
  control.setCustomValidity("");
  control.removeAttribute("aria-invalid");
}

/** A finding is in no quote and needs nothing of one. */
const NO_QUOTE = { currencyCode: null, rules: null } as Parameters<Words["describe"]>[0];

/** What a finding says: of numbers of persons what exactly is wrong with them, and of what is not there that it is not. */
function said(finding: Found, words: Words): string {
  const params = finding.params as Record<string, string>;
  const absent = params["given"] === "nothing" || params["given"] === "null";
  const code = finding.code === "form.identity" ? "identity.invalid" : absent ? "form.missing" : finding.code;
  return words.describe(NO_QUOTE, { code, level: finding.level, target: finding.target, params, citations: [], remedies: [] } as Finding).message;
}
