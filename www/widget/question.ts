/** What the shop asks, and the answers: computed here, computed elsewhere, or promised. */

import type { BasketToday, Preclear, Quote } from "preclear";
import { answers } from "./agreed.js";
import type { Orderer } from "./orderer.js";
import { after } from "./parcels.js";
import type { Policy } from "./public.js";
import { wantsIdentity } from "./state.js";

/** Whether what was set as a quote has the form of one, as far as it is read here. */
export function isQuote(quote: unknown): quote is Quote {
  const given = quote as Partial<Quote> | null | undefined;
  const lists = [given?.items, given?.charges, given?.limits, given?.alternatives, given?.findings, given?.trace];
  return lists.every(Array.isArray) && typeof given?.citations === "object";
}

export const isPromise = (value: unknown): value is Promise<unknown> => typeof (value as { then?: unknown } | null)?.then === "function";

const withoutIdentity = (basket: BasketToday): BasketToday => ({ ...basket, buyer: { ...basket.buyer, identity: "absent" } });

/** What was asked, to tell whether something else is asked now. */
function written(baskets: BasketToday[]): string {
  try {
    return JSON.stringify(baskets);
  } catch {
    return "";
  }
}

function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

export class Question {
  /** None while there is nothing to ask. */
  baskets: BasketToday[] = [];
  /** Whether the baskets are parcels of one order. */
  several = false;
  /** The answer that was computed elsewhere. */
  given: Quote | null = null;
  /** Whether what was computed elsewhere is no quote. */
  unreadable = false;
  /** The answer that is promised from elsewhere. */
  expected: Promise<unknown> | null = null;
  /** The answers to the same order by the other channels that the shop offers. */
  others: Quote[] = [];
  /** Whether customs would want an identity for these baskets where there was none. */
  wanted = false;
  /** What the shopper agreed to before. */
  agreed: Quote | null = null;
  /** The baskets that the given quote answers; null before it is known. */
  #givenFor: string | null = null;
  #computed: Quote[] | null = null;
  #stale = false;

  /** Takes other baskets. */
  ask(baskets: BasketToday[], several: boolean): void {
    this.baskets = [...baskets];
    this.several = several;
    this.renew();
  }

  /** What the answers rest on became another. */
  renew(): void {
    this.#stale = true;
  }

  /** Takes an answer from elsewhere, or a promise of one; `came` tells that it was kept or broken. */
  give(quote: unknown, came: () => void): void {
    const promised = isPromise(quote) ? quote : null;
    this.expected = promised;
    this.#take(promised ? null : quote);
    const take = (answer?: unknown) => {
      if (this.expected === promised) {
        this.#take(answer ?? {});
        came();
      }
    };
    promised?.then(take, () => take());
  }

  #take(quote: unknown): void {
    if (quote) {
      this.expected = null;
    }
    this.given = isQuote(quote) ? quote : null;
    this.#givenFor = null;
    this.unreadable = Boolean(quote) && !this.given;
    this.#stale ||= !this.given;
  }

  /** The answers, one a basket; null while there are none. */
  get quotes(): Quote[] | null {
    return this.unreadable ? null : this.given ? [this.given] : this.#computed;
  }

  /** The destinations; none before all are known. */
  get countries(): string[] {
    const countries: unknown[] = this.baskets.map((basket) => basket?.shipTo?.countryCode);
    const known = countries.filter((country): country is string => typeof country === "string" && country !== "");
    return known.length === countries.length ? known : [];
  }

  /** The packs of the destinations that the engine has not loaded. */
  missingPacks(preclear: Preclear | undefined): string[] {
    const packs = this.countries.map((country) => preclear?.packFor(country) ?? null);
    return [...new Set(packs)].filter((pack): pack is string => pack !== null && !preclear?.packs.some(({ id }) => id === pack));
  }

  /** Whether the shop collects the charges; a quote from elsewhere does not say, and then it does. */
  get delivered(): boolean {
    return this.baskets.every((basket) => !["DAP", "DDU"].includes(basket?.incoterm ?? ""));
  }

  /**
   * Computes the answers, if they have to be computed and can be. Throws what the engine throws: of one in a worker, a promise while the answer is
   * on the way.
   */
  compute(preclear: Preclear | undefined, policy: Policy, orderer: Orderer | null): void {
    this.#reconcile();
    const [only] = this.#computed ?? [];
    if (only && !this.#stale && !this.several && this.baskets[0]?.asOf === undefined && only.asOf !== null && only.asOf !== today()) {
      // The day is another: what was shown until now is what the shopper knows of.
      this.agreed ??= only;
      this.renew();
    }
    if (!this.#stale || this.given || this.expected) {
      return;
    }
    this.#computed = null;
    this.others = [];
    if (this.countries.length === 0) {
      this.#stale = false;
    } else if (preclear && this.missingPacks(preclear).length === 0) {
      try {
        const filled = (basket: BasketToday) => orderer?.filled(basket, policy) ?? (policy.identity === "element" ? withoutIdentity(basket) : basket);
        const earlier: Quote[] = [];
        for (const basket of this.baskets) {
          earlier.push(preclear.quote(filled(this.several ? after(basket, earlier) : basket)));
        }
        const others = this.#otherWays(earlier[0]?.channel, policy).map((basket) => preclear.quote(filled(basket)));
        // As if there were none, since one that is right is no finding.
        this.wanted = policy.identity === "element" && this.baskets.some((basket) => wantsIdentity(preclear.quote(withoutIdentity(basket))));
        this.#computed = earlier;
        this.others = others;
        this.#stale = false;
      } catch (reason) {
        this.#stale = isPromise(reason);
        throw reason;
      }
    }
  }

  /** A given quote is dropped when the basket that it answers is another one. */
  #reconcile(): void {
    if (!this.given || this.baskets.length === 0) {
      return;
    }
    const [basket] = this.baskets;
    const now = written(this.baskets);
    const fits = this.#givenFor === null ? basket !== undefined && !this.several && answers(this.given, basket) : this.#givenFor === now;
    if (fits) {
      this.#givenFor = now;
    } else {
      this.given = null;
      this.renew();
    }
  }

  /** The same order by the other channels that the shop offers. */
  #otherWays(taken: string | null | undefined, { channels }: Policy): BasketToday[] {
    const [basket] = this.baskets;
    const offered = this.several || !basket || !Array.isArray(channels) ? [] : channels;
    return offered.filter((channel) => channel !== taken).map((channel) => ({ ...basket, channel }) as BasketToday);
  }
}
