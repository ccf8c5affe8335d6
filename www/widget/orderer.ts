/**
 * What the element asks the orderer: who they are, where customs wants to know, and what they have used of the year's limit.
 *
 * A name and a number are checked when their field is left, and masked at once. What was typed stays only as long as it is needed: to be
 * corrected, or for the shop's own form. It goes into no attribute, no event and no message.
 */

import type { BasketToday, IdentityAnswer, Order, Preclear, Quote } from "preclear";
import { Declaration } from "./declaration.js";
import { h, morph, type Child } from "./dom.js";
import styles from "./orderer.css";
import type { Fault, Policy } from "./public.js";
import { wantsIdentity } from "./state.js";
import type { Words } from "./words.js";

export { styles };

/** The kinds of document of a country, the usual one first. Those with names of their own have no other in any language. */
const DOCUMENTS: Record<string, string[]> = {
  CN: ["resident-id", "permanent-resident-id", "residence-permit", "hong-kong-macao-permit", "taiwan-permit", "passport"],
  KR: ["pccc", "passport"],
  TW: ["national-id", "passport"],
  BR: ["cpf"],
  TR: ["tckn", "passport"],
  IN: ["aadhaar", "pan", "passport"],
  IL: ["teudat-zehut", "passport"],
  CL: ["rut", "passport"],
  MX: ["curp", "rfc", "passport"],
  ID: ["nik", "passport"],
};
/** Countries whose people's names are checked. */
const NAMED = ["CN"];
const AMOUNT = /^\d{1,12}(\.\d{1,2})?$/;

type Field = "name" | "number";
const FIELDS: Field[] = ["name", "number"];

/** What is known of the order, and in which words to ask. */
export interface Circumstances {
  words: Words;
  quotes: Quote[];
  baskets: BasketToday[];
  /** Whether the rules of the baskets would ask for an identity where there was none. */
  wanted: boolean;
  /** Whether the quote was computed elsewhere. */
  given: boolean;
  order: Order | null;
  policy: Policy;
  preclear: Preclear | undefined;
  /** Whether the shop's form takes what is entered. */
  kept: boolean;
  disabled: boolean;
}

/** What is asked. */
interface Asked extends Circumstances {
  /** The country whose customs wants to know who orders; null when nobody asks here. */
  country: string | null;
  /** The limit of this year that is asked about; null when nobody asks here. */
  used: { year: string; currency: string } | null;
}

/** What a verdict says, and whether the check could be made. */
type Verdict = IdentityAnswer | "unchecked" | null;

export class Orderer {
  readonly element: HTMLElement;
  /** Tells that something became another. */
  readonly #changed: (what: "identity" | "used" | "entries") => void;
  readonly #declaration: Declaration;
  #asked: Asked | null = null;
  /** What was typed and is still needed. */
  #texts: Record<Field, string> = { name: "", number: "" };
  #masks: Record<Field, string> = { name: "", number: "" };
  #verdicts: Record<Field, Verdict> = { name: null, number: null };
  #runs: Record<Field, number> = { name: 0, number: 0 };
  #type: string | null = null;
  #agreed = false;
  #used: string | null = null;
  #usedInvalid = false;

  constructor(element: HTMLElement, changed: (what: "identity" | "used" | "entries") => void) {
    this.element = element;
    this.#changed = changed;
    this.#declaration = new Declaration(element, () => {
      this.#draw();
      changed("used");
    });
    element.addEventListener("focusin", ({ target }) => this.#entered(target));
    element.addEventListener("focusout", ({ target }) => this.#left(target));
    element.addEventListener("beforeinput", ({ target }) => this.#writing(target));
    element.addEventListener("change", ({ target }) => this.#chosen(target));
    element.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("[data-clear]")) {
        this.clear();
        this.#input("name")?.focus();
      }
      const go = target instanceof Element ? target.closest("[data-go]")?.getAttribute("data-go") : null;
      if (go !== null && go !== undefined) {
        this.#declaration.go(go);
      }
    });
    // They would carry what is typed out of the shadow. Keys that write nothing are the page's as well.
    for (const type of ["beforeinput", "input", "change", "paste", "copy", "cut", "compositionstart", "compositionupdate", "compositionend"]) {
      element.addEventListener(type, (event) => event.stopPropagation());
    }
    for (const type of ["keydown", "keyup", "keypress"]) {
      element.addEventListener(type, (event) => (event as KeyboardEvent).key.length === 1 && event.stopPropagation());
    }
  }

  /** The verdict for the basket. */
  get identity(): "absent" | "valid" | "invalid" {
    const verdicts = this.#needed.map((field) => this.#verdicts[field]);
    if (verdicts.some((verdict) => verdict !== null && verdict !== "unchecked" && verdict.verdict === "invalid")) {
      return "invalid";
    }
    const given = verdicts.every((verdict) => verdict === "unchecked" || verdict?.verdict === "valid" || verdict?.verdict === "doubtful");
    return given && this.#agreed ? "valid" : "absent";
  }

  /** The basket with what the shopper said here. */
  filled(basket: BasketToday, policy: Policy): BasketToday {
    const buyer = { ...basket.buyer };
    if (policy.identity === "element") {
      // What could not be checked is what nothing can be calculated for.
      const unchecked = this.#needed.some((field) => this.#verdicts[field] === "unchecked");
      buyer.identity = unchecked && policy.unavailable === "block" ? "absent" : this.identity;
    }
    if (policy.usedThisYear === "element" && this.#used !== null) {
      buyer.usedThisYear = this.#used;
    }
    return Object.keys(buyer).length > 0 ? { ...basket, buyer } : basket;
  }

  /** The kind of document. */
  get type(): string | null {
    return this.#type;
  }

  /** What was used of the year's limit, as the shopper says. */
  get used(): string | null {
    return this.#used;
  }

  /** For the shop's form, under names that begin with this one. */
  data(name: string): FormData | null {
    const entries = this.entries();
    const data = new FormData();
    for (const [field, text] of Object.entries(entries ?? {})) {
      data.append(`${name}-${field}`, text);
    }
    return entries && data;
  }

  /** Why customs would send the order back. */
  faults(): Fault[] {
    return this.#asked ? this.#declaration.faults(this.#asked.words, this.#asked.policy) : [];
  }

  /** The element left the page. */
  stop(): void {
    this.clear();
    this.#declaration.stop();
  }

  /** Only what is well made, and only with consent. */
  entries(): { name: string; type: string; number: string } | null {
    const { name, number } = this.#texts;
    return this.identity === "valid" && number !== "" && this.#type !== null ? { name, type: this.#type, number } : null;
  }

  /** Forgets everything that was entered about a person. */
  clear(): void {
    for (const field of FIELDS) {
      this.#forget(field);
      this.#masks[field] = "";
      const input = this.#input(field);
      if (input) {
        input.value = "";
      }
    }
    this.#agreed = false;
    const consent = this.element.querySelector<HTMLInputElement>("[data-consent]");
    if (consent) {
      consent.checked = false;
    }
    this.#told();
  }

  show(circumstances: Circumstances): void {
    const { quotes, policy, order, preclear } = circumstances;
    const [first] = quotes;
    const period = quotes.flatMap(({ limits }) => limits).find(({ period }) => period !== null)?.period;
    const country = policy.identity === "element" && this.#wanted(circumstances) ? (first?.destination ?? null) : null;
    const used = policy.usedThisYear === "element" && period ? { year: period, currency: first?.currencyCode ?? "" } : null;
    if (country !== null) {
      // Before anything is typed, so that no request tells when.
      preclear?.loadIdentity(country).catch(() => undefined);
    }
    if (country !== this.#asked?.country) {
      this.#type = (country !== null && DOCUMENTS[country]?.[0]) || null;
    }
    this.#asked = { ...circumstances, country, used };
    if (preclear) {
      this.#declaration.check({ order, entries: this.entries(), asks: country !== null, preclear });
    }
    this.#draw();
  }

  /** Whether customs wants the identity. */
  #wanted({ quotes, wanted, given }: Circumstances): boolean {
    return quotes.some(wantsIdentity) || (given ? this.identity !== "absent" : wanted && quotes.length > 0);
  }

  get #needed(): Field[] {
    return NAMED.includes(this.#asked?.country ?? "") ? FIELDS : ["number"];
  }

  #input(field: Field): HTMLInputElement | null {
    return this.element.querySelector(`[data-field="${field}"]`);
  }

  #fieldOf(target: EventTarget | null): [HTMLInputElement, Field] | null {
    const field = target instanceof HTMLInputElement ? target.getAttribute("data-field") : null;
    return field === "name" || field === "number" ? [target as HTMLInputElement, field] : null;
  }

  #forget(field: Field): void {
    this.#runs[field] += 1;
    this.#texts[field] = "";
    this.#verdicts[field] = null;
  }

  /** What is still known is shown while its field has the focus. */
  #entered(target: EventTarget | null): void {
    const [input, field] = this.#fieldOf(target) ?? [];
    if (input && field) {
      input.value = this.#texts[field] || input.value;
      input.select();
    }
  }

  /** Writing into a mask begins anew. */
  #writing(target: EventTarget | null): void {
    const [input, field] = this.#fieldOf(target) ?? [];
    if (input && field && this.#masks[field] !== "" && input.value === this.#masks[field]) {
      input.value = "";
    }
  }

  #left(target: EventTarget | null): void {
    const [input, field] = this.#fieldOf(target) ?? [];
    if (!input || !field) {
      return;
    }
    const text = input.value.trim();
    if (text !== "" && text === this.#masks[field]) {
      return;
    }
    const known = text !== "" && text === this.#texts[field] && this.#verdicts[field] !== null;
    this.#masks[field] = mask(text, field);
    input.value = this.#masks[field];
    if (!known) {
      this.#forget(field);
      this.#texts[field] = text;
      void this.#check(field);
    }
  }

  async #check(field: Field): Promise<void> {
    const number = this.#texts[field];
    const countryCode = this.#asked?.country ?? "";
    const run = (this.#runs[field] += 1);
    let verdict: Verdict = null;
    if (number !== "") {
      const type = field === "name" ? "person-name" : this.#type;
      const asOf = this.#asked?.baskets[0]?.asOf;
      const question = { countryCode, ...(type !== null && { type }), number, ...(asOf !== undefined && { asOf }) };
      verdict = (await this.#asked?.preclear?.checkIdentity(question).catch(() => null)) ?? "unchecked";
    }
    if (run !== this.#runs[field]) {
      return;
    }
    this.#verdicts[field] = verdict;
    // Right, and nobody will ask for it again.
    if (verdict !== "unchecked" && verdict?.verdict !== "invalid" && !this.#asked?.kept) {
      this.#texts[field] = "";
    }
    this.#told();
  }

  #chosen(target: EventTarget | null): void {
    if (target instanceof HTMLSelectElement) {
      this.#type = target.value;
      this.#forget("number");
      this.#masks.number = "";
      const input = this.#input("number");
      if (input) {
        input.value = "";
      }
      this.#told();
    } else if (target instanceof HTMLInputElement && target.hasAttribute("data-consent")) {
      this.#agreed = target.checked;
      this.#told();
    } else if (target instanceof HTMLInputElement && target.hasAttribute("data-used")) {
      const text = target.value.trim();
      this.#usedInvalid = text !== "" && !AMOUNT.test(text);
      this.#used = AMOUNT.test(text) ? text : null;
      this.#draw();
      this.#changed("used");
    }
  }

  #told(): void {
    this.#draw();
    this.#changed("entries");
    this.#changed("identity");
    const detail = { identity: this.identity, type: this.#type };
    (this.element.getRootNode() as Partial<ShadowRoot>).host?.dispatchEvent(new CustomEvent("preclear-identity", { detail, bubbles: true, composed: true }));
  }

  #draw(): void {
    const asked = this.#asked;
    const parts = asked ? [asked.country !== null && this.#identityPart(asked), asked.used !== null && this.#usedPart(asked), this.#declaration.draw(asked.words, asked.policy)] : [];
    morph(this.element, parts.filter((node) => node instanceof Element));
  }

  #identityPart({ words, country, disabled }: Asked): Element {
    const types = DOCUMENTS[country ?? ""] ?? [];
    const typed = this.#declaration.own("/buyer/idType", words);
    const right = this.#needed.every((field) => {
      const verdict = this.#verdicts[field];
      return verdict !== null && verdict !== "unchecked" && verdict.verdict !== "invalid";
    });
    const empty = FIELDS.every((field) => this.#masks[field] === "");
    return h(
      "fieldset",
      { part: "orderer", class: "orderer", "data-key": "orderer", disabled, "aria-describedby": "orderer-purpose" },
      h("legend", { class: "title" }, words.say("orderer")),
      h("p", { id: "orderer-purpose", class: "quiet" }, words.say("orderer-purpose")),
      this.#needed.includes("name") && this.#field("name", words, { autocomplete: "name", autocapitalize: "words" }),
      types.length > 1 &&
        h(
          "div",
          { class: typed === null ? "field" : "field wrong", "data-key": "type" },
          h("label", { for: "orderer-type" }, words.say("orderer-type")),
          h("select", { id: "orderer-type", part: "field", "aria-invalid": String(typed !== null), "aria-describedby": "orderer-type-note" }, types.map((type) => h("option", { value: type, "data-key": type }, nameOfDocument(type, words)))),
          h("p", { id: "orderer-type-note", class: "wrong-note", role: "status" }, typed),
        ),
      this.#field("number", words, { autocomplete: "off", autocapitalize: "characters", inputmode: "text" }),
      h(
        "label",
        { class: "check", "data-key": "consent" },
        h("input", { type: "checkbox", "data-consent": true, "aria-describedby": "orderer-consent-note" }),
        h("span", {}, words.say("orderer-consent")),
      ),
      h(
        "p",
        { id: "orderer-consent-note", class: "quiet", role: "status", "data-key": "state" },
        right ? words.say(this.#agreed ? "orderer-valid" : "orderer-consent-missing") : null,
      ),
      !empty && h("button", { type: "button", part: "clear", class: "remove", "data-clear": true, "data-key": "clear" }, words.say("orderer-clear")),
    );
  }

  #field(field: Field, words: Words, attributes: Record<string, string>): Element {
    const verdict = this.#verdicts[field];
    const declared = this.#declaration.own(field === "name" ? "/buyer/name" : "/buyer/idNumber", words);
    const invalid = (verdict !== null && verdict !== "unchecked" && verdict.verdict === "invalid") || declared !== null;
    const note = declared ?? (verdict === "unchecked" ? words.say("orderer-unchecked") : (verdict?.findings ?? []).map((finding) => words.describe(NO_QUOTE, finding).message).join(" "));
    const id = `orderer-${field}`;
    return h(
      "div",
      { class: invalid ? "field wrong" : "field", "data-key": field },
      h("label", { for: id }, words.say(id)),
      // Without spelling: browsers send what they check elsewhere.
      h("input", { id, part: "field", "data-field": field, spellcheck: "false", autocorrect: "off", ...attributes, "aria-invalid": String(invalid), "aria-describedby": `${id}-note` }),
      h("p", { id: `${id}-note`, class: invalid ? "wrong-note" : "quiet", role: "status" }, note),
    );
  }

  #usedPart({ words, used, disabled }: Asked): Element {
    const wrong = this.#usedInvalid;
    return h(
      "div",
      { part: "used", class: wrong ? "field wrong" : "field", "data-key": "used" },
      h("label", { for: "used" }, words.say("used", { year: used?.year ?? "", currency: used?.currency ?? "" })),
      h("input", { id: "used", part: "field", "data-used": true, inputmode: "decimal", autocomplete: "off", disabled, "aria-invalid": String(wrong), "aria-describedby": "used-note" }),
      h("p", { id: "used-note", class: wrong ? "wrong-note" : "quiet", role: "status" }, words.say(wrong ? "used-invalid" : "used-note")),
    );
  }
}

/** A finding of an identity check is in no quote and needs nothing of one. */
const NO_QUOTE = { currencyCode: null, rules: null } as Quote;

function nameOfDocument(type: string, words: Words): Child {
  const key = `document-${type}`;
  const text = words.say(key);
  return text === key ? type.replaceAll("-", " ").toUpperCase() : text;
}

/** `3301**********1234`, and of a name its first character. */
function mask(text: string, field: Field): string {
  const characters = [...text];
  const kept = field === "name" ? 0 : characters.length >= 15 ? 4 : characters.length >= 8 ? 2 : 0;
  const first = field === "name" ? 1 : kept;
  return characters.map((character, index) => (character === " " || index < first || index >= characters.length - kept ? character : "*")).join("");
}
