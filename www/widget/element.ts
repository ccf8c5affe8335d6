/**
 * `<preclear-duties>`: what customs will charge for a basket and what it will stop, in a shop's checkout.
 *
 * The element puts together what does not know one another: the question and its answers, the supplies that they need, the frame that they are drawn
 * in, the news that the page gets of them.
 */

import type { BasketToday, Order, Quote } from "preclear";
import { changed, type Change } from "./agreed.js";
import { Frame } from "./frame.js";
import { News, emit } from "./news.js";
import type { Orderer } from "./orderer.js";
import { there } from "./package.js";
import { sum } from "./parcels.js";
import type { Appearance, Fault, Policy, State, Verdict } from "./public.js";
import { Question, isPromise, isQuote } from "./question.js";
import { stateOf, type Phase } from "./state.js";
import { Supplies } from "./supplies.js";
import { verdict } from "./verdict.js";
import { changeText, type Parcel, type View } from "./view.js";
import type { Words } from "./words.js";

export type * from "./public.js";

const PROPERTIES = ["basket", "baskets", "order", "quote", "agreed", "locale", "policy", "appearance", "isolated"] as const;

/** Where there is no DOM, the class can be made and not used. */
const Base = (typeof HTMLElement === "undefined" ? class {} : HTMLElement) as typeof HTMLElement;

export class PreclearDuties extends Base {
  static readonly formAssociated = true;
  static readonly observedAttributes = ["locale", "lang", "name", "isolated"];

  #policy: Policy = {};
  #appearance: Appearance = {};
  #order: Order | null = null;
  #disabled = false;
  #offline = false;
  #scheduled = false;
  /** Whether there has been an answer. */
  #shown = false;
  /** Which disclosures are open, by key. */
  readonly #open = new Set<string>();
  /** The answer whose charges the shopper confirmed to pay on delivery. */
  #acknowledged: string | null = null;
  #orderer: Orderer | null = null;

  readonly #question = new Question();
  readonly #supplies = new Supplies(
    this,
    () => this.#schedule(),
    () => this.#show(),
  );
  readonly #frame = new Frame(this);
  readonly #news = new News(this);
  readonly #internals = this.attachInternals();

  constructor() {
    super();
    const { base } = this.#frame;
    base.addEventListener("slotchange", () => this.#schedule());
    base.addEventListener("click", (event) => this.#clicked(event));
    base.addEventListener("change", (event) => this.#confirmed(event));
  }

  /** What the shop asks about; null when there is nothing to ask yet. The element reads it and changes nothing in it. */
  get basket(): BasketToday | null {
    return this.#question.several ? null : (this.#question.baskets[0] ?? null);
  }

  set basket(basket: BasketToday | null | undefined) {
    this.#ask(basket ? [basket] : [], false);
  }

  /** The parcels of one order, where it comes in by several ways; null when it does not. */
  get baskets(): BasketToday[] | null {
    return this.#question.several ? this.#question.baskets : null;
  }

  set baskets(baskets: BasketToday[] | null | undefined) {
    this.#ask(baskets ?? [], Boolean(baskets));
  }

  #ask(baskets: BasketToday[], several: boolean): void {
    this.#question.ask(baskets, several);
    this.#again();
  }

  /**
   * The quote that is shown. Setting one that was computed elsewhere, or a promise of one, shows it in place of the basket's until the basket is
   * another; null goes back to the basket.
   */
  get quote(): Quote | null {
    this.#compute();
    const { given, several, quotes } = this.#question;
    return given || !several ? (quotes?.[0] ?? null) : null;
  }

  set quote(quote: Quote | Promise<Quote> | null | undefined) {
    const again = () => this.#again();
    this.#question.give(quote, again);
    again();
  }

  /** The quotes of the parcels, in their order; null while there are none. */
  get quotes(): Quote[] | null {
    this.#compute();
    return this.#question.quotes;
  }

  /** The quote that the shopper agreed to before, such as in the cart. Another amount for the same goods has to be confirmed. */
  get agreed(): Quote | null {
    return this.#question.agreed;
  }

  set agreed(quote: Quote | null | undefined) {
    this.#question.agreed = isQuote(quote) ? quote : null;
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
    this.#question.renew();
    this.#schedule();
  }

  /** How the element looks. */
  get appearance(): Appearance {
    return this.#appearance;
  }

  set appearance(appearance: Appearance | null | undefined) {
    this.#appearance = appearance ?? {};
    this.#frame.dress(this.#appearance);
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
    const answers = this.quotes ?? [];
    const parcels = this.#parcels(answers);
    const [first] = parcels;
    const words = first?.words ?? this.#words(null);
    const say = (key: string, code: string) => words?.say(key) ?? code;
    const more: Fault[] = [];
    const quotes = parcels.map(({ quote }) => quote);
    const change = this.#change(quotes);
    if (first && change) {
      more.push({ message: changeText(change, first), target: "" });
    }
    if (first && quotes.every(({ amounts }) => amounts !== null) && this.#asksAcknowledgement && this.#acknowledged !== sum(quotes).digest) {
      more.push({ message: say("acknowledge-missing", "incoterm.acknowledge"), target: `${first.place}/incoterm` });
    }
    more.push(...(this.#orderer?.faults() ?? []));
    const failed = this.#phase(Boolean(first)) === "failed" ? say("unavailable", "engine.unavailable") : null;
    return verdict(
      answers.map((quote, index) => {
        const { place = "", words } = parcels[index] ?? {};
        return { quote, place, say: (finding) => words?.sentence(quote, finding) ?? finding.code };
      }),
      failed,
      this.#policy,
      more,
    );
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
    this.#supplies.rest();
    // Not when it is only moved.
    queueMicrotask(() => this.isConnected || this.#orderer?.stop());
  }

  attributeChangedCallback(name: string): void {
    if (name === "name") {
      this.#submit();
    }
    if (name === "isolated") {
      this.#question.renew();
      this.#supplies.forget();
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
    if (!this.#offline && this.#supplies.failed.size > 0) {
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
    this.#supplies.failed.clear();
    this.#supplies.rest();
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

  /** The answers, if they have to be computed and can be. */
  #compute(): void {
    try {
      this.#question.compute(this.#supplies.side.preclear, this.#policy, this.#orderer);
    } catch (reason) {
      if (isPromise(reason)) {
        // From a worker: it is there when it is asked for again.
        this.#supplies.start("quote", () => reason);
      } else {
        this.#supplies.failed.add("quote");
      }
    }
  }

  #fetch(): void {
    this.#supplies.fetch(this.#question, this.#shown ? { open: this.#open, asks: this.#asks, order: this.#order } : null);
  }

  /** `told` says whether there are words for the answers. */
  #phase(told: boolean): Phase {
    const { late, failed } = this.#supplies;
    const { quotes, unreadable, expected, countries } = this.#question;
    if (quotes && told) {
      return "done";
    }
    if (unreadable || late || (quotes ? failed.size > 0 : this.#supplies.lacks(this.#question))) {
      return "failed";
    }
    return quotes || expected || countries.length > 0 ? "loading" : "idle";
  }

  /** The words for an answer, or for none; null while they are not there. */
  #words(quote: Quote | null, index = 0): Words | null {
    return this.#supplies.words(quote, this.#question.baskets[index]);
  }

  get #quotes(): Quote[] {
    return this.#question.quotes ?? [];
  }

  /** An answer with its words; none while they are not there. */
  #parcel(quote: Quote, index: number): Parcel[] {
    const { several } = this.#question;
    const words = this.#words(quote, index);
    return words ? [{ quote, words, place: several ? `/${index}` : "", key: several ? `${index}-` : "" }] : [];
  }

  /** All answers with their words, or none. */
  #parcels(quotes: Quote[]): Parcel[] {
    const parcels = quotes.flatMap((quote, index) => this.#parcel(quote, index));
    return parcels.length === quotes.length ? parcels : [];
  }

  get #included(): boolean {
    return this.#policy.dutiesAndTaxes === "included";
  }

  get #asksAcknowledgement(): boolean {
    return this.#policy.notIncluded === "acknowledge" && !this.#question.delivered;
  }

  #change(quotes: Quote[]): Change | null {
    const [quote] = quotes;
    return quote && quotes.length === 1 && this.#question.delivered && !this.#included ? changed(this.#question.agreed, quote) : null;
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
      delivered: this.#question.delivered,
      included: this.#included,
      open: this.#open,
      slow: this.#supplies.slow,
      offline: this.#offline,
      change: this.#change(quotes),
      acknowledged: asks ? this.#acknowledged === whole?.digest : null,
      usedStatedBy: this.#policy.usedThisYear === "element" && this.#orderer?.used != null ? "shopper" : "shop",
      quotaQuery: typeof this.#policy.quotaQuery === "string" ? this.#policy.quotaQuery : null,
      details: there.details && this.#supplies.side.has(`whole ${locale}`) ? there.details.details : this.#supplies.failed.has("details") ? "failed" : "loading",
      others: this.#question.others.flatMap((quote) => this.#parcel(quote, 0)),
    };
  }

  #show(): void {
    const quotes = this.#quotes;
    const parcels = this.#parcels(quotes);
    const words = parcels[0]?.words ?? (quotes.length === 0 ? this.#words(null) : null);
    const state = stateOf(this.#phase(Boolean(words)), quotes, {
      delivered: this.#question.delivered,
      included: this.#included,
      changed: this.#change(quotes) !== null,
      offline: this.#offline,
    });
    this.#supplies.measure(state === "loading");
    const unready = state === "idle" || state === "loading" || state === "engine-unavailable";
    const yields = unready && (!this.#shown || state === "engine-unavailable");
    const seen = this.#seeing(state, unready ? [] : parcels, words as Words);
    const drawn = this.#frame.draw(seen, words, yields, (asking) => this.#askOrderer(asking, quotes, unready ? null : words));
    if (!this.#shown && !unready) {
      this.#shown = true;
      this.#schedule();
    }
    const { behavior, errors } = this.validate();
    const [fault] = errors;
    // A form without a script waits like a page that asks.
    this.#internals.setValidity({ customError: this.hasAttribute("name") && fault !== undefined }, fault?.message, this.#frame.base);
    this.#news.tell(drawn, behavior, quotes, this.#question.several);
  }

  get #asks(): boolean {
    return this.#policy.identity === "element" || this.#policy.usedThisYear === "element" || this.#order !== null;
  }

  /** The part that asks the orderer, where the shop wants it here and the rules ask, and that looks through the order. */
  #askOrderer(asking: HTMLElement, quotes: Quote[], words: Words | null): void {
    const { orderer: part } = there;
    const { baskets, given, wanted } = this.#question;
    const here = this.#asks || this.#orderer !== null;
    asking.hidden = !here || !words;
    if (part && words && here && this.#supplies.side.has(`whole ${words.locale}`)) {
      this.#orderer ??= new part.Orderer(asking, (what) => {
        this.#submit();
        if (what !== "entries") {
          this.#question.renew();
          this.#schedule();
        }
      });
      this.#orderer.show({
        words,
        quotes,
        baskets,
        wanted,
        given: given !== null,
        order: this.#order,
        policy: this.#policy,
        preclear: this.#supplies.side.preclear,
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

  #clicked(event: Event): void {
    const pressed = event.target instanceof Element ? event.target.closest("button") : null;
    const { toggle, remedy, code = "", level = "", target = "", confirm } = pressed?.dataset ?? {};
    if (toggle) {
      const open = !this.#open.delete(toggle);
      if (open) {
        this.#open.add(toggle);
        this.#supplies.failed.delete("details");
        this.#fetch();
      }
      this.#show();
      emit(this, "preclear-detail", { open, detail: target ? "record" : "details", target });
    }
    if (remedy) {
      emit(this, "preclear-finding", { code, level, target, remedy });
    }
    if (confirm !== undefined) {
      this.#question.agreed = this.quote;
      this.#show();
    }
  }

  #confirmed({ target }: Event): void {
    if (target instanceof HTMLInputElement && target.hasAttribute("data-acknowledge")) {
      this.#acknowledged = target.checked ? this.#news.digest : null;
      this.#show();
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
