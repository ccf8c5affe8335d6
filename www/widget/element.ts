/** `<preclear-duties>`: what customs will charge for a basket and what it will stop, in a shop's checkout. */

import type { BasketToday, OpenTexts, Order, Preclear, Quote } from "preclear";
import { answers, changed, type Change } from "./agreed.js";
import { Announcer } from "./announcer.js";
import { DETAILS } from "./disclosure.js";
import { morph } from "./dom.js";
import { directionOf, languageOf } from "./language.js";
import layout from "./layout.css";
import look from "./look.css";
import type { Orderer } from "./orderer.js";
import { inPage, inWorker, loadDetails, loadOrderer, sheet, sheets, there, type Side } from "./package.js";
import { after, sum } from "./parcels.js";
import type { Appearance, Fault, Policy, PreclearEvents, State, Verdict } from "./public.js";
import { stateOf, type Phase } from "./state.js";
import { verdict } from "./verdict.js";
import { alarm, announcement, lower, upper, waiting, type Parcel, type View } from "./view.js";
import { Words } from "./words.js";

export type * from "./public.js";

const DEFAULT_LOCALE = "en";
/** After this long, waiting is said in words; after this long, it is given up, and goes on unseen. */
const SLOW = 400;
const LATE = 10_000;
const SETTLED = 800;
const PROPERTIES = ["basket", "baskets", "order", "quote", "agreed", "locale", "policy", "appearance", "isolated"] as const;

let own: { layout: CSSStyleSheet; look: CSSStyleSheet } | undefined;

function box(name: string): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  return made;
}

/** Whether what was set as a quote has the form of one, as far as it is read here. */
function isQuote(quote: unknown): quote is Quote {
  const given = quote as Partial<Quote> | null | undefined;
  const lists = [given?.items, given?.charges, given?.limits, given?.alternatives, given?.findings, given?.trace];
  return lists.every(Array.isArray) && typeof given?.citations === "object";
}

/** Whether what is shown at first needs words that come with the details: names of steps, parameters and facts, and what stops certain goods. */
const needsMore = ({ findings }: Quote) =>
  findings.some(({ code, level }) => (level !== "info" || code.startsWith("rules.")) && /^(rules|goods|input|engine)\./.test(code));

/** Whether the answer asks for what the engine of a first load lacks. */
const needsWhole = ({ findings }: Quote) => findings.some(({ code }) => code === "engine.partial" || code === "rules.names-unread");

const wantsIdentity = ({ findings }: Quote) => findings.some(({ code }) => code === "identity.missing" || code === "identity.invalid");

const isPromise = (value: unknown): value is Promise<unknown> => typeof (value as { then?: unknown } | null)?.then === "function";

/** What was asked, to tell whether something else is asked now. */
function written(baskets: BasketToday[]): string {
  try {
    return JSON.stringify(baskets);
  } catch {
    return "";
  }
}

const deliveredBy = (basket: BasketToday | undefined) => !["DAP", "DDU"].includes(basket?.incoterm ?? "");

function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** Where there is no DOM, the class can be made and not used. */
const Base = (typeof HTMLElement === "undefined" ? class {} : HTMLElement) as typeof HTMLElement;

export class PreclearDuties extends Base {
  static readonly formAssociated = true;
  static readonly observedAttributes = ["locale", "lang", "name", "isolated"];

  #baskets: BasketToday[] = [];
  /** Whether the baskets are parcels of one order. */
  #several = false;
  #given: Quote | null = null;
  /** The baskets that the given quote answers; null before it is known. */
  #givenFor: string | null = null;
  #expected: Promise<unknown> | null = null;
  #unreadable = false;
  #computed: Quote[] | null = null;
  #others: Quote[] = [];
  #agreed: Quote | null = null;
  #policy: Policy = {};
  #appearance: Appearance = {};

  #stale = false;
  /** Whether customs wants the identity of whoever orders these baskets. */
  #wanted = false;
  #scheduled = false;
  readonly #broken = new Set<string>();
  readonly #loading = new Set<string>();
  #slow = false;
  #late = false;
  #timers: number[] = [];
  #offline = false;

  #state: State | null = null;
  #behavior: Verdict["behavior"] | null = null;
  #locale: string | null = null;
  #shown = false;
  #digest: string | null = null;
  #told = new Set<string>();
  readonly #open = new Set<string>();
  #acknowledged: string | null = null;
  #orderer: Orderer | null = null;
  #order: Order | null = null;
  #disabled = false;

  readonly #root: ShadowRoot;
  readonly #internals: ElementInternals;
  readonly #base = box("base");
  readonly #view = box("view");
  readonly #upper = box("upper");
  readonly #asking = box("asking");
  readonly #lower = box("lower");
  readonly #slot: HTMLSlotElement;
  readonly #variables: CSSStyleSheet;
  readonly #announcer = new Announcer("status");
  readonly #alarm = new Announcer("alert");

  constructor() {
    super();
    own ??= { layout: sheet(layout), look: sheet(look) };
    this.#root = this.attachShadow({ mode: "open" });
    this.#internals = this.attachInternals();
    this.#variables = sheet(":host{}");
    this.#base.setAttribute("part", "base");
    this.#base.tabIndex = -1;
    this.#slot = document.createElement("slot");
    this.#view.append(this.#upper, this.#asking, this.#lower);
    this.#base.append(this.#view, this.#slot);
    this.#root.append(this.#base, this.#announcer.region, this.#alarm.region);
    this.#slot.addEventListener("slotchange", () => this.#schedule());
    this.#base.addEventListener("click", (event) => this.#clicked(event));
    this.#base.addEventListener("change", (event) => this.#confirmed(event));
    this.#dress();
  }

  /** What the shop asks about; null when there is nothing to ask yet. The element reads it and changes nothing in it. */
  get basket(): BasketToday | null {
    return this.#several ? null : (this.#baskets[0] ?? null);
  }

  set basket(basket: BasketToday | null | undefined) {
    this.#ask(basket ? [basket] : [], false);
  }

  /** The parcels of one order, where it comes in by several ways; null when it does not. */
  get baskets(): BasketToday[] | null {
    return this.#several ? this.#baskets : null;
  }

  set baskets(baskets: BasketToday[] | null | undefined) {
    this.#ask(baskets ?? [], Boolean(baskets));
  }

  #ask(baskets: BasketToday[], several: boolean): void {
    this.#baskets = [...baskets];
    this.#several = several;
    this.#stale = true;
    this.#again();
  }

  /**
   * The quote that is shown. Setting one that was computed elsewhere, or a promise of one, shows it in place of the basket's until the basket is
   * another; null goes back to the basket.
   */
  get quote(): Quote | null {
    this.#compute();
    return this.#unreadable ? null : (this.#given ?? (this.#several ? null : (this.#computed?.[0] ?? null)));
  }

  set quote(quote: Quote | Promise<Quote> | null | undefined) {
    this.#expected = isPromise(quote) ? quote : null;
    if (isPromise(quote)) {
      const take = (answer: unknown) => {
        if (this.#expected === quote) {
          this.#give(answer ?? {});
        }
      };
      quote.then(take, () => take({}));
    }
    this.#give(isPromise(quote) ? null : quote);
  }

  #give(quote: unknown): void {
    if (quote) {
      this.#expected = null;
    }
    this.#given = isQuote(quote) ? quote : null;
    this.#givenFor = null;
    this.#unreadable = Boolean(quote) && !this.#given;
    this.#stale ||= !this.#given;
    this.#again();
  }

  /** The quotes of the parcels, in their order; null while there are none. */
  get quotes(): Quote[] | null {
    this.#compute();
    return this.#unreadable ? null : this.#given ? [this.#given] : this.#computed;
  }

  /** The quote that the shopper agreed to before, such as in the cart. Another amount for the same goods has to be confirmed. */
  get agreed(): Quote | null {
    return this.#agreed;
  }

  set agreed(quote: Quote | null | undefined) {
    this.#agreed = isQuote(quote) ? quote : null;
    this.#schedule();
  }

  /** The order as it will be declared. With one, what customs would send it back for is found before the payment. It is kept nowhere else. */
  get order(): Order | null {
    return this.#order;
  }

  set order(order: Order | null | undefined) {
    this.#order = order ?? null;
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
    this.#stale = true;
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

  get #side(): Side {
    return this.isolated ? inWorker : inPage;
  }

  /** Whether the shop may take the payment now. It answers for the basket as it was set last. */
  validate(): Verdict {
    const parcels = this.#parcels(this.quotes ?? []);
    const words = parcels[0]?.words ?? this.#words(null);
    const say = (key: string, code: string) => words?.say(key) ?? code;
    const more: Fault[] = [];
    const quotes = parcels.map(({ quote }) => quote);
    const whole = quotes.every(({ amounts }) => amounts !== null);
    if (this.#change(quotes) !== null) {
      more.push({ message: this.#changeText(parcels) ?? "rules.changed", target: "" });
    }
    if (quotes.length > 0 && whole && this.#asksAcknowledgement && this.#acknowledged !== sum(quotes).digest) {
      more.push({ message: say("acknowledge-missing", "incoterm.acknowledge"), target: `${parcels[0]?.place ?? ""}/incoterm` });
    }
    const answers = parcels.map(({ quote, words, place }) => ({ quote, place, say: (finding: Quote["findings"][number]) => words.sentence(quote, finding) }));
    const failed = this.#phase() === "failed" || this.#untold(parcels) ? say("unavailable", "engine.unavailable") : null;
    more.push(...(this.#orderer?.faults() ?? []));
    const unspoken = answers.length === 0 ? (this.quotes ?? []).map((quote) => ({ quote, place: "", say: ({ code }: { code: string }) => code })) : answers;
    return verdict(unspoken, failed, this.#policy, more);
  }

  /** Forgets the orderer's name and number, wherever the element holds them. */
  clearIdentity(): void {
    this.#orderer?.clear();
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
    this.#offline = navigator.onLine === false;
    window.addEventListener("online", this.#network);
    window.addEventListener("offline", this.#network);
    window.addEventListener("pagehide", this.#leaving);
    document.addEventListener("visibilitychange", this.#seen);
    // Not at once: a framework that is just putting it there is not ready for its events.
    this.#schedule();
  }

  disconnectedCallback(): void {
    window.removeEventListener("online", this.#network);
    window.removeEventListener("offline", this.#network);
    window.removeEventListener("pagehide", this.#leaving);
    document.removeEventListener("visibilitychange", this.#seen);
    this.#announcer.stop();
    this.#alarm.stop();
    this.#rest();
    // Not when it is only moved.
    queueMicrotask(() => this.isConnected || this.#orderer?.stop());
  }

  attributeChangedCallback(name: string): void {
    if (name === "name") {
      this.#submit();
    }
    if (name === "isolated") {
      this.#stale = true;
      this.#locale = null;
    }
    this.#again();
  }

  /** The form was reset. */
  formResetCallback(): void {
    this.clearIdentity();
  }

  /** The form, or a part of it, takes no input. */
  formDisabledCallback(disabled: boolean): void {
    this.#disabled = disabled;
    this.#schedule();
  }

  readonly #network = ({ type }: Event): void => {
    this.#offline = type === "offline";
    if (!this.#offline && this.#broken.size > 0) {
      this.#again();
    }
    this.#schedule();
  };

  /** The browser may keep the page, for whoever comes back to it. */
  readonly #leaving = (): void => this.clearIdentity();

  /** A page that was left open may be of another day. */
  readonly #seen = (): void => this.#schedule();

  /** Something was set: what failed before may be tried again. */
  #again(): void {
    this.#broken.clear();
    this.#rest();
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
    this.#compute();
    this.#fetch();
    this.#show();
  }

  #countries(): string[] {
    const countries: unknown[] = this.#baskets.map((basket) => basket?.shipTo?.countryCode);
    const known = countries.filter((country): country is string => typeof country === "string" && country !== "");
    return known.length === countries.length ? known : [];
  }

  #missingPacks(preclear: Preclear): string[] {
    const packs = this.#countries().map((country) => preclear.packFor(country));
    return [...new Set(packs)].filter((pack): pack is string => pack !== null && !preclear.packs.some(({ id }) => id === pack));
  }

  #fetch(): void {
    const side = this.#side;
    const { texts, preclear } = side;
    if (!texts) {
      this.#await("texts", () => side.loadTexts());
      return;
    }
    const locale = texts.localeFor(this.#tag()) ?? DEFAULT_LOCALE;
    if (!texts.locales.includes(locale)) {
      this.#await(locale, () => texts.loadLocale(locale, { part: "checkout" }));
    }
    if (this.#given) {
      const pack = this.#given.destination === null ? null : texts.packFor(this.#given.destination);
      if (pack !== null && !side.has(`labels ${pack}`)) {
        this.#await(`labels ${pack}`, () => side.take(`labels ${pack}`, () => texts.loadLabels(pack)));
      }
    } else if (this.#unreadable || this.#expected) {
      return;
    } else if (!preclear) {
      this.#await("engine", () => side.loadEngine(texts));
    } else {
      for (const pack of this.#missingPacks(preclear)) {
        this.#await(pack, () => side.take(`labels ${pack}`, () => preclear.loadPack(pack)));
      }
    }
    if (preclear && !side.has("whole engine") && this.#quotes.some(needsWhole)) {
      this.#await("whole engine", () =>
        side.take("whole engine", () => preclear.loadWhole()).then(() => {
          this.#stale = !this.#given;
        }),
      );
    }
    if (!side.has(`whole ${locale}`) && this.#quotes.some(needsMore)) {
      this.#await(`whole ${locale}`, () => side.take(`whole ${locale}`, () => texts.loadLocale(locale)));
    }
    if (this.#state !== null && this.#shown) {
      this.#fetchLater(side, texts, locale);
    }
  }

  /** What is needed once there is an answer: at once when it is open, else when there is nothing else to do, so that no request tells what was opened. */
  #fetchLater(side: Side, texts: OpenTexts, locale: string): void {
    const rest = () => Promise.all([loadDetails(), side.take(`whole ${locale}`, () => texts.loadLocale(locale))]);
    if (!there.details || !side.has(`whole ${locale}`)) {
      if (this.#open.has(DETAILS)) {
        this.#await("details", rest);
      } else {
        const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
        idle(() => rest().then(() => this.#schedule(), () => undefined));
      }
    }
    if (this.#asks && !(there.orderer && (side.preclear || !this.#order) && side.has(`whole ${locale}`))) {
      this.#await("orderer", () => Promise.all([loadOrderer(), this.#order && side.loadEngine(texts), side.take(`whole ${locale}`, () => texts.loadLocale(locale))]));
    }
  }

  #await(key: string, load: () => Promise<unknown>): void {
    if (this.#loading.has(key) || this.#broken.has(key)) {
      return;
    }
    if (this.#loading.size === 0) {
      this.#wait();
    }
    this.#loading.add(key);
    const done = (failed: boolean) => {
      this.#loading.delete(key);
      if (failed) {
        this.#broken.add(key);
      }
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

  #wait(): void {
    this.#rest();
    this.#timers = [
      window.setTimeout(() => ((this.#slow = true), this.#show()), SLOW),
      window.setTimeout(() => ((this.#late = true), this.#show()), LATE),
    ];
  }

  #rest(): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers = [];
    this.#slow = false;
    this.#late = false;
  }

  /** A given quote is dropped when the basket that it answers is another one. */
  #reconcile(): void {
    if (!this.#given || this.#baskets.length === 0) {
      return;
    }
    const [basket] = this.#baskets;
    const now = written(this.#baskets);
    const fits = this.#givenFor === null ? basket !== undefined && !this.#several && answers(this.#given, basket) : this.#givenFor === now;
    if (fits) {
      this.#givenFor = now;
    } else {
      this.#given = null;
      this.#stale = true;
    }
  }

  /** The baskets' quotes, if they have to be computed and can be. */
  #compute(): void {
    this.#reconcile();
    const [only] = this.#computed ?? [];
    if (only && !this.#stale && !this.#several && this.#baskets[0]?.asOf === undefined && only.asOf !== null && only.asOf !== today()) {
      // The day is another: what was shown until now is what the shopper knows of.
      this.#agreed ??= only;
      this.#stale = true;
    }
    if (!this.#stale || this.#given || this.#expected) {
      return;
    }
    this.#computed = null;
    this.#others = [];
    const { preclear } = this.#side;
    if (this.#baskets.length === 0 || this.#countries().length === 0) {
      this.#stale = false;
    } else if (preclear && this.#missingPacks(preclear).length === 0) {
      try {
        const earlier: Quote[] = [];
        for (const basket of this.#baskets) {
          earlier.push(preclear.quote(this.#filled(this.#several ? after(basket, earlier) : basket)));
        }
        const others = this.#otherWays(preclear, earlier);
        // As if there were none, since one that is right is no finding.
        const absent = (basket: BasketToday): BasketToday => ({ ...basket, buyer: { ...basket.buyer, identity: "absent" } });
        this.#wanted = this.#policy.identity === "element" && this.#baskets.some((basket) => wantsIdentity(preclear.quote(absent(basket))));
        this.#computed = earlier;
        this.#others = others;
        this.#stale = false;
      } catch (reason) {
        if (isPromise(reason)) {
          // From a worker: it is there when it is asked for again.
          this.#await("quote", () => reason);
        } else {
          this.#stale = false;
          this.#broken.add("quote");
        }
      }
    }
  }

  /** The same order by the other channels that the shop offers. */
  #otherWays(preclear: Preclear, [quote]: Quote[]): Quote[] {
    const [basket] = this.#baskets;
    const channels = this.#several || !Array.isArray(this.#policy.channels) ? [] : this.#policy.channels;
    return channels.filter((channel) => basket && channel !== quote?.channel).map((channel) => preclear.quote(this.#filled({ ...basket, channel } as BasketToday)));
  }

  /** The basket with what the shopper said here. */
  #filled(basket: BasketToday): BasketToday {
    const orderer = this.#orderer;
    if (!orderer) {
      return this.#policy.identity === "element" ? { ...basket, buyer: { ...basket.buyer, identity: "absent" } } : basket;
    }
    const buyer = { ...basket.buyer };
    if (this.#policy.identity === "element") {
      // What could not be checked is what nothing can be calculated for.
      buyer.identity = orderer.unchecked && this.#policy.unavailable === "block" ? "absent" : orderer.identity;
    }
    if (this.#policy.usedThisYear === "element" && orderer.used !== null) {
      buyer.usedThisYear = orderer.used;
    }
    return Object.keys(buyer).length > 0 ? { ...basket, buyer } : basket;
  }

  /** Whether something that the answer rests on could not be had. */
  get #failed(): boolean {
    const { texts, preclear } = this.#side;
    const packs = preclear ? this.#missingPacks(preclear) : [];
    return ["texts", "quote", ...(this.#given ? [] : ["engine", ...packs])].some((key) => this.#broken.has(key)) || Boolean(!texts && this.#broken.size > 0);
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
    return this.#expected || this.#countries().length > 0 ? "loading" : "idle";
  }

  #tag(): string {
    return languageOf(this) ?? DEFAULT_LOCALE;
  }

  /** The texts, in the last language that was there while another is on its way; null before the first. */
  #words(quote: Quote | null, index = 0): Words | null {
    const { texts } = this.#side;
    if (!texts) {
      return null;
    }
    const tag = this.#tag();
    const wanted = texts.localeFor(tag) ?? DEFAULT_LOCALE;
    const pack = quote?.rules?.pack;
    // A pack's quote without its labels would show their ids; one that will not come is no reason to show nothing.
    const labelled = pack === undefined || this.#side.has(`labels ${pack}`) || this.#broken.has(`labels ${pack}`) || texts.packFor(quote?.destination ?? "") !== pack;
    if (texts.locales.includes(wanted)) {
      this.#locale = wanted;
    }
    const later = [`whole ${this.#locale}`, `whole ${wanted}`];
    const named = !quote || !needsMore(quote) || later.some((key) => this.#side.has(key) || this.#broken.has(key));
    const items: unknown = this.#baskets[index]?.items;
    const text = (value: unknown) => (typeof value === "string" ? value.trim() : undefined);
    const item = (index: number) => {
      const given = Array.isArray(items) ? (items[index] as { name?: unknown; quantity?: unknown } | undefined) : undefined;
      return { name: text(given?.name), quantity: text(given?.quantity) };
    };
    return this.#locale === null || !labelled || !named ? null : new Words(texts, this.#locale, tag, quote, item);
  }

  /** Whether there are no words for the answers, and none to be waited for. */
  #untold(parcels: Parcel[]): boolean {
    return parcels.length === 0 && this.#quotes.length > 0 && (this.#broken.size > 0 || this.#late);
  }

  get #quotes(): Quote[] {
    return this.#unreadable ? [] : this.#given ? [this.#given] : (this.#computed ?? []);
  }

  #parcels(quotes: Quote[]): Parcel[] {
    const parcels: Parcel[] = [];
    quotes.forEach((quote, index) => {
      const words = this.#words(quote, index);
      if (words) {
        parcels.push({ quote, words, place: this.#several ? `/${index}` : "", key: this.#several ? `${index}-` : "" });
      }
    });
    return parcels.length === quotes.length ? parcels : [];
  }

  /** Whether the shop collects the charges; a quote from elsewhere does not say, and then it does. */
  get #delivered(): boolean {
    return this.#baskets.every(deliveredBy);
  }

  get #included(): boolean {
    return this.#policy.dutiesAndTaxes === "included";
  }

  get #asksAcknowledgement(): boolean {
    return this.#policy.notIncluded === "acknowledge" && !this.#delivered;
  }

  #change(quotes: Quote[]): Change | null {
    const [quote] = quotes;
    return quote && quotes.length === 1 && this.#delivered && !this.#included ? changed(this.#agreed, quote) : null;
  }

  #changeText(parcels: Parcel[]): string | null {
    return alarm(this.#seeing("ready", parcels, parcels[0]?.words as Words))[0] ?? null;
  }

  #seeing(state: State, parcels: Parcel[], words: Words): View {
    const quotes = parcels.map(({ quote }) => quote);
    const whole = parcels.length > 0 ? sum(quotes) : null;
    const asks = this.#asksAcknowledgement && whole?.dutiesAndTaxes != null;
    const locale = words?.locale;
    return {
      state,
      parcels,
      sum: whole,
      words,
      delivered: this.#delivered,
      included: this.#included,
      open: this.#open,
      slow: this.#slow,
      offline: this.#offline,
      change: this.#change(quotes),
      acknowledged: asks ? this.#acknowledged === whole?.digest : null,
      usedStatedBy: this.#policy.usedThisYear === "element" && this.#orderer?.used != null ? "shopper" : "shop",
      quotaQuery: typeof this.#policy.quotaQuery === "string" ? this.#policy.quotaQuery : null,
      details: there.details && this.#side.has(`whole ${locale}`) ? there.details.details : this.#broken.has("details") ? "failed" : "loading",
      others: this.#others.flatMap((quote) => {
        const own = this.#words(quote);
        return own ? [{ quote, words: own, place: "", key: "" }] : [];
      }),
    };
  }

  #show(): void {
    const quotes = this.#quotes;
    const parcels = this.#parcels(quotes);
    const words = parcels[0]?.words ?? (quotes.length === 0 ? this.#words(null) : null);
    const phase = this.#phase();
    let state = stateOf(phase, quotes, {
      delivered: this.#delivered,
      included: this.#included,
      changed: this.#change(quotes) !== null,
      offline: this.#offline,
    });
    if (!words && phase === "done") {
      state = this.#untold(parcels) ? "engine-unavailable" : "loading";
    }
    if (state === "loading" && this.#timers.length === 0) {
      this.#wait();
    } else if (state !== "loading" && !this.#late && this.#loading.size === 0) {
      this.#rest();
    }
    const unready = state === "idle" || state === "loading" || state === "engine-unavailable";
    const own = [...this.childNodes].some((node) => node instanceof Element || Boolean(node.nodeValue?.trim()));
    const fallback = unready && own && (!this.#shown || state === "engine-unavailable");
    const seen = this.#seeing(state, unready ? [] : parcels, words as Words);
    const focused = this.#root.activeElement;
    this.#slot.hidden = !fallback;
    this.#view.hidden = fallback;
    this.#base.setAttribute("aria-busy", String(state === "loading"));
    const plain = !words && state === "loading" ? waiting() : [];
    try {
      morph(this.#upper, fallback ? [] : words ? upper(seen) : plain);
      morph(this.#lower, fallback || !words ? [] : lower(seen));
    } catch {
      // A quote from elsewhere that is none.
      state = "engine-unavailable";
      this.#slot.hidden = false;
      morph(this.#upper, []);
      morph(this.#lower, []);
    }
    this.#askOrderer(quotes, unready ? null : words);
    if (!sheets.every((part) => this.#root.adoptedStyleSheets.includes(part))) {
      this.#adopt();
    }
    if (!this.#shown && !unready) {
      this.#shown = true;
      this.#schedule();
    }
    if (focused && !this.#root.activeElement) {
      this.#base.focus({ preventScroll: true });
    }
    if (words) {
      this.#view.lang = words.locale;
      this.#view.dir = directionOf(words.locale);
      const stop = words.say("stop");
      this.#announcer.say(fallback ? [] : announcement({ ...seen, state }), state === "loading" ? 1000 : SETTLED, stop);
      this.#alarm.say(fallback ? [] : alarm(seen), SETTLED, stop);
    }
    this.#tell(state, quotes);
  }

  get #asks(): boolean {
    return this.#policy.identity === "element" || this.#policy.usedThisYear === "element" || this.#order !== null;
  }

  /** The part that asks the orderer, where the shop wants it here and the rules ask, and that looks through the order. */
  #askOrderer(quotes: Quote[], words: Words | null): void {
    const { orderer: part } = there;
    const { preclear } = this.#side;
    const here = this.#asks || this.#orderer !== null;
    this.#asking.hidden = !here || !words;
    if (part && words && here && this.#side.has(`whole ${words.locale}`)) {
      this.#orderer ??= new part.Orderer(this.#asking, (what) => {
        this.#submit();
        if (what !== "entries") {
          this.#stale ||= !this.#given;
          this.#schedule();
        }
      });
      this.#orderer.show({
        words,
        quotes,
        baskets: this.#baskets,
        wanted: quotes.some(wantsIdentity) || (this.#given === null && quotes.length > 0 && this.#wanted),
        given: this.#given !== null,
        order: this.#order,
        policy: this.#policy,
        preclear,
        kept: this.hasAttribute("name"),
        disabled: this.#disabled,
      });
    }
  }

  /** What the shop's form gets. The browser is given nothing to restore. */
  #submit(): void {
    const name = this.getAttribute("name");
    this.#internals.setFormValue((name && this.#orderer?.data(name)) || null, "");
  }

  #tell(state: State, quotes: Quote[]): void {
    const verdict = this.validate();
    const changed = state !== this.#state || verdict.behavior !== this.#behavior;
    if (state !== this.#state) {
      this.setAttribute("state", state);
    }
    this.#state = state;
    this.#behavior = verdict.behavior;
    const [fault] = verdict.errors;
    // A form without a script waits like a page that asks.
    if (this.hasAttribute("name") && fault) {
      this.#internals.setValidity({ customError: true }, fault.message, this.#base);
    } else {
      this.#internals.setValidity({});
    }
    const whole = quotes.length > 0 ? sum(quotes) : null;
    if (whole && whole.digest !== this.#digest) {
      const { status, currencyCode, dutiesAndTaxes, total, digest } = whole;
      this.#emit("preclear-quote", { status, currencyCode, dutiesAndTaxes, total, digest });
    }
    this.#digest = whole?.digest ?? null;
    const told = this.#told;
    this.#told = new Set();
    quotes.forEach((quote, index) => {
      for (const { code, level, target: inBasket } of quote.findings) {
        const target = this.#several ? `/${index}${inBasket}` : inBasket;
        const key = `${code} ${level} ${target}`;
        if (!told.has(key) && !this.#told.has(key)) {
          this.#emit("preclear-finding", { code, level, target, remedy: null });
        }
        this.#told.add(key);
      }
    });
    if (changed) {
      this.#emit("preclear-status", { state, behavior: verdict.behavior });
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
        this.#broken.delete("details");
        this.#fetch();
      }
      this.#show();
      const [, parcel, index] = /^(?:(\d+)-)?record-(\d+)$/.exec(toggle) ?? [];
      const target = index === undefined ? "" : `${parcel === undefined ? "" : `/${parcel}`}/items/${index}`;
      this.#emit("preclear-detail", { open, detail: toggle === DETAILS ? "details" : "record", target });
    }
    const remedy = pressed?.getAttribute("data-remedy");
    if (pressed && remedy) {
      const read = (name: string) => pressed.getAttribute(`data-${name}`) ?? "";
      this.#emit("preclear-finding", { code: read("code"), level: read("level"), target: read("target"), remedy });
    }
    if (pressed?.hasAttribute("data-confirm")) {
      this.#agreed = this.quote;
      this.#show();
    }
  }

  #confirmed({ target }: Event): void {
    if (target instanceof HTMLInputElement && target.hasAttribute("data-acknowledge")) {
      this.#acknowledged = target.checked ? this.#digest : null;
      this.#show();
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
    this.#adopt();
  }

  /** Takes the style sheets of the parts that have come since. */
  #adopt(): void {
    if (own) {
      const look = this.#appearance.theme === "none" ? [] : [own.look];
      this.#root.adoptedStyleSheets = [own.layout, ...look, ...sheets, this.#variables];
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "preclear-duties": PreclearDuties;
  }
}

if (typeof customElements !== "undefined" && !customElements.get("preclear-duties")) {
  customElements.define("preclear-duties", PreclearDuties);
}
