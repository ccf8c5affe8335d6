/** `<preclear-duties>`: what customs will charge for a basket and what it will stop, in a shop's checkout. */

import type { BasketToday, Quote } from "preclear";
import { Announcer } from "./announcer.js";
import { morph } from "./dom.js";
import { loadedEngine, loadEngine, type Engine } from "./engine.js";
import { languageOf } from "./language.js";
import look from "./look.css";
import layout from "./layout.css";
import { stateOf, type Phase } from "./state.js";
import { verdict } from "./verdict.js";
import { announcement, DETAILS, view, waiting } from "./view.js";
import { Words } from "./words.js";

/** What the element shows; its attribute `state`. */
export type State =
  | "idle"
  | "loading"
  | "ready"
  | "estimated"
  | "not-included"
  | "needs-input"
  | "missing-id"
  | "id-invalid"
  | "payer-mismatch"
  | "over-single"
  | "over-annual"
  | "restricted"
  | "prohibited"
  | "blocked"
  | "unsupported"
  | "engine-unavailable";

/** What the shop decides where the law does not. */
export interface Policy {
  /** A fact is missing, so that the amount is not known. `block` when left out. */
  needsInput?: "block" | "warn";
  /** There are no rules for the destination. `allow` when left out. */
  unsupported?: "allow" | "block";
  /** Nothing can be calculated: no WebAssembly, a damaged file, no network. `allow` when left out. */
  unavailable?: "allow" | "block";
}

/** How the element looks. */
export interface Appearance {
  /** `auto` follows the page's colour scheme, `none` leaves colours and borders to the page. `auto` when left out. */
  theme?: "auto" | "light" | "dark" | "none";
  /** The public custom properties by their names without `--preclear-`, in camelCase: `{ accent: "#0a5", radius: "8px" }`. */
  variables?: Record<string, string>;
}

/** One reason not to take the payment. */
export interface Fault {
  /** In the element's language. */
  message: string;
  /** A JSON pointer into the basket; empty for all of it. */
  target: string;
}

/** Whether the shop may take the payment. */
export interface Verdict {
  behavior: "allow" | "block";
  errors: Fault[];
}

/** The details of the element's events. None holds a text of the basket. */
export interface PreclearEvents {
  /** There is another quote. */
  "preclear-quote": { status: Quote["status"]; currencyCode: string | null; dutiesAndTaxes: string | null; total: string | null; digest: string };
  /** The element shows another state. */
  "preclear-status": { state: State; behavior: Verdict["behavior"] };
  /** There is another finding, or the shopper chose a remedy for one: the element changes no basket. */
  "preclear-finding": { code: string; level: string; target: string; remedy: string | null };
  /** The shopper opened or closed how it is calculated, or the record of an item. */
  "preclear-detail": { open: boolean; detail: "details" | "record"; target: string };
}

const DEFAULT_LOCALE = "en";
/** After this long, waiting is said in words; after this long, it is given up, and goes on unseen. */
const SLOW = 400;
const LATE = 10_000;
const SETTLED = 800;
const PROPERTIES = ["basket", "quote", "locale", "policy", "appearance", "isolated"] as const;

let sheets: { layout: CSSStyleSheet; look: CSSStyleSheet } | undefined;

function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

/** Whether what was set as a quote has the form of one, as far as it is read here. */
function isQuote(quote: unknown): quote is Quote {
  const given = quote as Partial<Quote> | null | undefined;
  const lists = [given?.items, given?.charges, given?.limits, given?.alternatives, given?.findings, given?.trace];
  return lists.every(Array.isArray) && typeof given?.citations === "object";
}

/** Where there is no DOM, the class can be made and not used. */
const Base = (typeof HTMLElement === "undefined" ? class {} : HTMLElement) as typeof HTMLElement;

export class PreclearDuties extends Base {
  static readonly observedAttributes = ["locale", "isolated"];

  #basket: BasketToday | null = null;
  #given: Quote | null = null;
  #unreadable = false;
  #computed: Quote | null = null;
  #policy: Policy = {};
  #appearance: Appearance = {};

  #stale = false;
  #asked = 0;
  #scheduled = false;
  #failed = false;
  #loading = new Set<string>();
  #slow = false;
  #late = false;
  #timers: number[] = [];

  #state: State | null = null;
  #locale: string | null = null;
  #shown = false;
  #digest: string | null = null;
  #told = new Set<string>();
  readonly #open = new Set<string>();

  readonly #root: ShadowRoot;
  readonly #base: HTMLElement;
  readonly #view: HTMLElement;
  readonly #slot: HTMLSlotElement;
  readonly #variables: CSSStyleSheet;
  readonly #announcer: Announcer;

  constructor() {
    super();
    sheets ??= { layout: sheet(layout), look: sheet(look) };
    this.#root = this.attachShadow({ mode: "open" });
    this.#variables = sheet(":host{}");
    this.#announcer = new Announcer();
    this.#base = document.createElement("div");
    this.#base.className = "base";
    this.#base.setAttribute("part", "base");
    this.#base.tabIndex = -1;
    this.#view = document.createElement("div");
    this.#view.className = "view";
    this.#slot = document.createElement("slot");
    this.#base.append(this.#view, this.#slot);
    this.#root.append(this.#base, this.#announcer.region);
    this.#slot.addEventListener("slotchange", () => this.#schedule());
    this.#base.addEventListener("click", (event) => this.#clicked(event));
    this.#dress();
  }

  /** What the shop asks about; null when there is nothing to ask yet. The element reads it and changes nothing in it. */
  get basket(): BasketToday | null {
    return this.#basket;
  }

  set basket(basket: BasketToday | null | undefined) {
    this.#basket = basket ?? null;
    this.#stale = true;
    this.#again();
  }

  /** The quote that is shown. Setting one that was computed elsewhere shows it in place of the basket's; null goes back to the basket. */
  get quote(): Quote | null {
    this.#compute();
    return this.#unreadable ? null : (this.#given ?? this.#computed);
  }

  set quote(quote: Quote | null | undefined) {
    this.#given = isQuote(quote) ? quote : null;
    this.#unreadable = Boolean(quote) && !this.#given;
    this.#again();
  }

  /** A language tag; without one, that of the nearest `lang`, then the browser's. */
  get locale(): string {
    return this.getAttribute("locale") ?? "";
  }

  set locale(locale: string | null | undefined) {
    if (locale) {
      this.setAttribute("locale", locale);
    } else {
      this.removeAttribute("locale");
    }
  }

  /** What the shop decides where the law does not. */
  get policy(): Policy {
    return this.#policy;
  }

  set policy(policy: Policy | null | undefined) {
    this.#policy = policy ?? {};
    this.#schedule();
  }

  /** How the element looks. */
  get appearance(): Appearance {
    return this.#appearance;
  }

  set appearance(appearance: Appearance | null | undefined) {
    this.#appearance = appearance ?? {};
    this.#dress();
  }

  /** Whether the engine runs in a worker that can reach nothing. */
  get isolated(): boolean {
    return this.hasAttribute("isolated");
  }

  set isolated(isolated: boolean | null | undefined) {
    this.toggleAttribute("isolated", Boolean(isolated));
  }

  /** Whether the shop may take the payment now. It answers for the basket as it was set last. */
  validate(): Verdict {
    const words = this.#words(this.quote);
    // An answer that cannot be put into words is not shown.
    const untold = !words && (this.#failed || this.#late);
    const quote = untold ? null : this.quote;
    return verdict(quote, untold || this.#phase() === "failed", this.#policy, {
      finding: (finding) => (quote && words ? words.sentence(quote, finding) : finding.code),
      unavailable: words?.say("unavailable") ?? "engine.unavailable",
    });
  }

  connectedCallback(): void {
    for (const name of PROPERTIES) {
      // Set before the element was defined: on the element and not through the class.
      if (Object.hasOwn(this, name)) {
        const value: unknown = this[name];
        Reflect.deleteProperty(this, name);
        Reflect.set(this, name, value);
      }
    }
    window.addEventListener("online", this.#online);
    // Not at once: a framework that is just putting it there is not ready for its events.
    this.#schedule();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.#online);
    this.#announcer.stop();
    this.#rest();
  }

  attributeChangedCallback(name: string): void {
    this.#stale ||= name === "isolated";
    this.#again();
  }

  readonly #online = (): void => {
    if (this.#failed) {
      this.#again();
    }
  };

  /** Something was set: what failed before may be tried again. */
  #again(): void {
    this.#failed = false;
    this.#schedule();
  }

  #schedule(): void {
    if (!this.#scheduled && this.isConnected) {
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        if (this.isConnected) {
          this.#settle();
        }
      });
    }
  }

  /** Loads what is missing, computes what can be computed, and shows it. */
  #settle(): void {
    this.#fetch();
    this.#compute();
    this.#show();
  }

  #country(): string | null {
    const country: unknown = this.#given ? this.#given.destination : this.#basket?.shipTo?.countryCode;
    return typeof country === "string" && country !== "" ? country : null;
  }

  get #loaded(): Engine | undefined {
    return loadedEngine(this.isolated);
  }

  #pack(preclear: Engine): string | null {
    const country = this.#country();
    const pack = country === null ? null : preclear.packFor(country);
    return pack === null || preclear.packs.some(({ id }) => id === pack) ? null : pack;
  }

  #fetch(): void {
    if (this.#failed) {
      return;
    }
    const preclear = this.#loaded;
    if (!preclear) {
      this.#await("engine", () => loadEngine(this.isolated));
      return;
    }
    const locale = preclear.localeFor(this.#tag()) ?? DEFAULT_LOCALE;
    if (!preclear.locales.includes(locale)) {
      this.#await(locale, () => preclear.loadLocale(locale));
    }
    const pack = this.#pack(preclear);
    if (pack !== null) {
      this.#await(pack, () => preclear.loadPack(pack));
    }
  }

  #await(key: string, load: () => Promise<unknown>): void {
    if (this.#loading.has(key)) {
      return;
    }
    if (this.#loading.size === 0) {
      this.#timers = [
        window.setTimeout(() => ((this.#slow = true), this.#show()), SLOW),
        window.setTimeout(() => ((this.#late = true), this.#show()), LATE),
      ];
    }
    this.#loading.add(key);
    const done = (failed: boolean) => {
      this.#loading.delete(key);
      this.#failed ||= failed;
      if (this.#loading.size === 0) {
        this.#rest();
      }
      this.#schedule();
    };
    load().then(
      () => done(false),
      () => done(true),
    );
  }

  #rest(): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers = [];
    this.#slow = false;
    this.#late = false;
  }

  /** The basket's quote, if it has to be computed and can be. */
  #compute(): void {
    if (!this.#stale || this.#given) {
      return;
    }
    this.#computed = null;
    this.#asked += 1;
    const engine = this.#loaded;
    if (!this.#basket || this.#country() === null) {
      this.#stale = false;
    } else if (engine && this.#pack(engine) === null) {
      try {
        const answer = engine.quote(this.#basket);
        if (answer instanceof Promise) {
          this.#expect(answer);
        } else {
          this.#computed = answer;
        }
        this.#stale = false;
      } catch {
        this.#failed = true;
      }
    }
  }

  /** An answer that comes later counts if nothing else has been asked since. */
  #expect(answer: Promise<Quote>): void {
    const asked = this.#asked;
    this.#await(`quote ${asked}`, async () => {
      try {
        const quote = await answer;
        if (asked === this.#asked) {
          this.#computed = quote;
        }
      } catch (error) {
        if (asked === this.#asked) {
          throw error;
        }
      }
    });
  }

  #phase(): Phase {
    if (this.#unreadable) {
      return "failed";
    }
    if (this.#given ?? this.#computed) {
      return "done";
    }
    if (this.#failed || this.#late) {
      return "failed";
    }
    return this.#country() === null ? "idle" : "loading";
  }

  #tag(): string {
    return languageOf(this) ?? DEFAULT_LOCALE;
  }

  /** The texts, in the last language that was there while another is on its way; null before the first. */
  #words(quote: Quote | null): Words | null {
    const loaded = this.#loaded;
    if (!loaded) {
      return null;
    }
    const tag = this.#tag();
    const wanted = loaded.localeFor(tag) ?? DEFAULT_LOCALE;
    if (loaded.locales.includes(wanted)) {
      this.#locale = wanted;
    }
    const items: unknown = this.#basket?.items;
    const text = (value: unknown) => (typeof value === "string" ? value.trim() : undefined);
    const item = (index: number) => {
      const given = Array.isArray(items) ? (items[index] as { name?: unknown; quantity?: unknown } | undefined) : undefined;
      return { name: text(given?.name), quantity: text(given?.quantity) };
    };
    return this.#locale === null ? null : new Words(loaded, this.#locale, tag, quote, item);
  }

  #show(): void {
    const quote = this.#unreadable ? null : (this.#given ?? this.#computed);
    const words = this.#words(quote);
    const phase = this.#phase();
    let state = stateOf(phase, quote, this.#delivered());
    if (!words && phase === "done") {
      state = this.#failed || this.#late ? "engine-unavailable" : "loading";
    }
    const unready = state === "idle" || state === "loading" || state === "engine-unavailable";
    const own = [...this.childNodes].some((node) => node instanceof Element || Boolean(node.nodeValue?.trim()));
    const fallback = unready && own && (!this.#shown || state === "engine-unavailable");
    const seen = { state, quote: unready ? null : quote, words: words as Words, delivered: this.#delivered(), open: this.#open, slow: this.#slow };
    const focused = this.#root.activeElement;
    this.#slot.hidden = !fallback;
    this.#base.setAttribute("aria-busy", String(state === "loading"));
    try {
      morph(this.#view, fallback || (!words && state !== "loading") ? [] : words ? view(seen) : waiting());
    } catch {
      // A quote from elsewhere that is none.
      state = "engine-unavailable";
      this.#slot.hidden = false;
      morph(this.#view, []);
    }
    this.#shown ||= !unready;
    if (focused && !this.#root.activeElement) {
      this.#base.focus({ preventScroll: true });
    }
    this.#view.lang = words?.locale ?? "";
    if (words) {
      this.#announcer.say(fallback ? [] : announcement({ ...seen, state }), state === "loading" ? 1000 : SETTLED, words.say("stop"));
    }
    this.#tell(state, quote);
  }

  /** Whether the shop collects the charges; a quote from elsewhere does not say, and then it does. */
  #delivered(): boolean {
    const incoterm: unknown = this.#basket?.incoterm;
    return incoterm !== "DAP" && incoterm !== "DDU";
  }

  #tell(state: State, quote: Quote | null): void {
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) {
      this.setAttribute("state", state);
    }
    if (quote && quote.digest !== this.#digest) {
      const { status, currencyCode, amounts, digest } = quote;
      this.#emit("preclear-quote", { status, currencyCode, dutiesAndTaxes: amounts?.dutiesAndTaxes ?? null, total: amounts?.total ?? null, digest });
    }
    this.#digest = quote?.digest ?? null;
    const told = this.#told;
    this.#told = new Set();
    for (const { code, level, target } of quote?.findings ?? []) {
      const key = `${code} ${level} ${target}`;
      if (!told.has(key) && !this.#told.has(key)) {
        this.#emit("preclear-finding", { code, level, target, remedy: null });
      }
      this.#told.add(key);
    }
    if (changed) {
      this.#emit("preclear-status", { state, behavior: this.validate().behavior });
    }
  }

  #emit<Name extends keyof PreclearEvents>(name: Name, detail: PreclearEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #clicked(event: Event): void {
    const pressed = event.target instanceof Element ? event.target.closest("button") : null;
    const toggle = pressed?.getAttribute("data-toggle");
    if (toggle) {
      const open = !this.#open.delete(toggle);
      if (open) {
        this.#open.add(toggle);
      }
      this.#show();
      const index = /^record-(\d+)$/.exec(toggle)?.[1];
      this.#emit("preclear-detail", { open, detail: toggle === DETAILS ? "details" : "record", target: index === undefined ? "" : `/items/${index}` });
    }
    const remedy = pressed?.getAttribute("data-remedy");
    if (pressed && remedy) {
      const read = (name: string) => pressed.getAttribute(`data-${name}`) ?? "";
      this.#emit("preclear-finding", { code: read("code"), level: read("level"), target: read("target"), remedy });
    }
  }

  #dress(): void {
    const { theme = "auto", variables = {} } = this.#appearance;
    this.#base.setAttribute("data-theme", theme);
    const host = this.#variables.cssRules[0];
    if (host instanceof CSSStyleRule) {
      for (const name of [...host.style]) {
        host.style.removeProperty(name);
      }
      for (const [name, value] of Object.entries(variables)) {
        host.style.setProperty(`--preclear-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, String(value));
      }
    }
    const known = sheets;
    if (known) {
      this.#root.adoptedStyleSheets = theme === "none" ? [known.layout, this.#variables] : [known.layout, known.look, this.#variables];
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "preclear-duties": PreclearDuties;
  }
  interface HTMLElementEventMap {
    "preclear-quote": CustomEvent<PreclearEvents["preclear-quote"]>;
    "preclear-status": CustomEvent<PreclearEvents["preclear-status"]>;
    "preclear-finding": CustomEvent<PreclearEvents["preclear-finding"]>;
    "preclear-detail": CustomEvent<PreclearEvents["preclear-detail"]>;
  }
}

if (typeof customElements !== "undefined" && !customElements.get("preclear-duties")) {
  customElements.define("preclear-duties", PreclearDuties);
}
