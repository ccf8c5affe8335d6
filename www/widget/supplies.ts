/** What the element needs of the package: what of it is there, what is on its way, what could not be had, and how long it has been waited for. */

import type { BasketToday, Order, Quote } from "preclear";
import { DETAILS } from "./disclosure.js";
import { languageOf } from "./language.js";
import { inPage, inWorker, loadDetails, loadOrderer, there, type Side } from "./package.js";
import type { Question } from "./question.js";
import { Words, itemsOf } from "./words.js";

const DEFAULT_LOCALE = "en";
/** After this long, waiting is said in words; after this long, it is given up, and goes on unseen. */
const SLOW = 400;
const LATE = 10_000;

/** What else is needed once there is an answer. */
export interface Later {
  /** Which disclosures are open, by key. */
  open: ReadonlySet<string>;
  /** Whether the orderer may have to be asked, or an order looked through. */
  asks: boolean;
  order: Order | null;
}

/** Whether what is shown at first needs words that come with the details: names of steps, parameters and facts, and what stops certain goods. */
const needsMore = ({ findings }: Quote) =>
  findings.some(({ code, level }) => (level !== "info" || code.startsWith("rules.")) && /^(rules|goods|input|engine)\./.test(code));

/** Whether the answer asks for what the engine of a first load lacks. */
const needsWhole = ({ findings }: Quote) => findings.some(({ code }) => code === "engine.partial" || code === "rules.names-unread");

export class Supplies {
  /** What could not be had, by its key. It is not asked for again while it stands here. */
  readonly failed = new Set<string>();
  /** Whether waiting has gone on for long enough to say so. */
  slow = false;
  /** Whether it has gone on for too long. */
  late = false;
  readonly #host: HTMLElement;
  readonly #came: () => void;
  readonly #lasted: () => void;
  readonly #running = new Set<string>();
  #timers: number[] = [];
  #locale: string | null = null;

  /** `came` tells that something is there or failed, `lasted` that waiting became slow or late. */
  constructor(host: HTMLElement, came: () => void, lasted: () => void) {
    this.#host = host;
    this.#came = came;
    this.#lasted = lasted;
  }

  /** Where texts and engine are: in the page, or in a worker. */
  get side(): Side {
    return this.#host.hasAttribute("isolated") ? inWorker : inPage;
  }

  get #tag(): string {
    return languageOf(this.#host) ?? DEFAULT_LOCALE;
  }

  /** Another side has texts of its own. */
  forget(): void {
    this.#locale = null;
  }

  /**
   * The words for an answer, or without one; in the last language that was there while another is on its way. Null while something is missing that
   * they need.
   */
  words(quote: Quote | null, basket: BasketToday | undefined): Words | null {
    const { side } = this;
    const { texts } = side;
    if (!texts) {
      return null;
    }
    // What will not come is no reason to show nothing.
    const settled = (key: string) => side.has(key) || this.failed.has(key);
    const tag = this.#tag;
    const wanted = texts.localeFor(tag) ?? DEFAULT_LOCALE;
    const pack = quote?.rules?.pack;
    // A pack's quote without its labels would show their ids.
    const labelled = pack === undefined || settled(`labels ${pack}`) || texts.packFor(quote?.destination ?? "") !== pack;
    if (texts.locales.includes(wanted)) {
      this.#locale = wanted;
    }
    const locale = this.#locale;
    const named = !quote || !needsMore(quote) || settled(`whole ${locale}`) || settled(`whole ${wanted}`);
    return locale === null || !labelled || !named ? null : new Words(texts, locale, tag, quote, itemsOf(basket));
  }

  /** Whether something that the answer rests on could not be had. */
  lacks(question: Question): boolean {
    const { texts, preclear } = this.side;
    const keys = ["texts", "quote", ...(question.given ? [] : ["engine", ...question.missingPacks(preclear)])];
    return keys.some((key) => this.failed.has(key)) || Boolean(!texts && this.failed.size > 0);
  }

  /** Begins to load what is missing; `later` is null before there was an answer. */
  fetch(question: Question, later: Later | null): void {
    const { side } = this;
    const { texts, preclear } = side;
    if (!texts) {
      this.start("texts", () => side.loadTexts());
      return;
    }
    const take = (key: string, load: () => Promise<unknown>) => side.has(key) || this.start(key, () => side.take(key, load));
    const locale = texts.localeFor(this.#tag) ?? DEFAULT_LOCALE;
    const whole = `whole ${locale}`;
    const loadWhole = () => texts.loadLocale(locale);
    if (!texts.locales.includes(locale)) {
      this.start(locale, () => texts.loadLocale(locale, { part: "checkout" }));
    }
    if (question.given) {
      const pack = texts.packFor(question.given.destination ?? "");
      if (pack !== null) {
        take(`labels ${pack}`, () => texts.loadLabels(pack));
      }
    } else if (question.unreadable || question.expected) {
      return;
    } else if (!preclear) {
      this.start("engine", () => side.loadEngine(texts));
    } else {
      for (const pack of question.missingPacks(preclear)) {
        this.start(pack, () => side.take(`labels ${pack}`, () => preclear.loadPack(pack)));
      }
    }
    const quotes = question.quotes ?? [];
    if (preclear && quotes.some(needsWhole)) {
      take("whole engine", () => preclear.loadWhole().then(() => question.renew()));
    }
    if (quotes.some(needsMore)) {
      take(whole, loadWhole);
    }
    if (!later) {
      return;
    }
    if (!there.details || !side.has(whole)) {
      // At once when it is open, else when there is nothing else to do, so that no request tells what was opened.
      const rest = () => Promise.all([loadDetails(), side.take(whole, loadWhole)]);
      if (later.open.has(DETAILS)) {
        this.start("details", rest);
      } else {
        const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200));
        idle(() => rest().then(this.#came, () => undefined));
      }
    }
    if (later.asks && !(there.orderer && (preclear || !later.order) && side.has(whole))) {
      this.start("orderer", () => Promise.all([loadOrderer(), later.order && side.loadEngine(texts), side.take(whole, loadWhole)]));
    }
  }

  /** Loads something that is waited for, unless it is on its way or failed. */
  start(key: string, load: () => Promise<unknown>): void {
    if (this.#running.has(key) || this.failed.has(key)) {
      return;
    }
    if (this.#running.size === 0) {
      this.#wait();
    }
    this.#running.add(key);
    load()
      .catch(() => this.failed.add(key))
      .then(() => {
        this.#running.delete(key);
        if (this.#running.size === 0) {
          this.rest();
        }
        this.#came();
      });
  }

  /** Measures how long the element says that it waits, also for what is not loaded here. */
  measure(waits: boolean): void {
    if (waits && this.#timers.length === 0) {
      this.#wait();
    } else if (!waits && !this.late && this.#running.size === 0) {
      this.rest();
    }
  }

  #wait(): void {
    this.rest();
    this.#timers = [
      window.setTimeout(() => ((this.slow = true), this.#lasted()), SLOW),
      window.setTimeout(() => ((this.late = true), this.#lasted()), LATE),
    ];
  }

  /** Waiting is over, or begins anew. */
  rest(): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers = [];
    this.slow = false;
    this.late = false;
  }
}
