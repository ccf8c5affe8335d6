/** Several answers as one: a basket that comes in as several parcels, each under rules of its own. */

import type { BasketToday, Quote } from "preclear";

/** What the row shows of one answer or of several. */
export interface Sum {
  status: Quote["status"];
  currencyCode: string | null;
  /** Null when an answer has none, or when they are in several currencies. */
  dutiesAndTaxes: string | null;
  total: string | null;
  digest: string;
}

/** The gravest first. */
const STATUSES: Quote["status"][] = ["blocked", "needsInput", "unsupported", "estimated", "ready"];

export function sum(quotes: Quote[]): Sum {
  const currencies = new Set(quotes.map(({ currencyCode }) => currencyCode));
  const [currencyCode = null] = currencies.size === 1 ? [...currencies] : [];
  const amounts = quotes.map(({ amounts }) => amounts);
  const added = (name: "dutiesAndTaxes" | "total") => {
    const all = amounts.map((amounts) => amounts?.[name]).filter((amount) => amount !== undefined);
    return currencyCode !== null && all.length === quotes.length ? add(all) : null;
  };
  return {
    status: STATUSES.find((status) => quotes.some((quote) => quote.status === status)) ?? quotes[0]?.status ?? "unsupported",
    currencyCode,
    dutiesAndTaxes: added("dutiesAndTaxes"),
    total: added("total"),
    digest: quotes.map(({ digest }) => digest).join(" "),
  };
}

/** The sum of decimals, without a binary fraction on the way. */
export function add(decimals: string[]): string {
  const most = Math.max(0, ...decimals.map((text) => text.split(".")[1]?.length ?? 0));
  const whole = decimals.reduce((sum, text) => {
    const [units = "0", part = ""] = text.split(".");
    return sum + BigInt(units + part.padEnd(most, "0"));
  }, 0n);
  const digits = String(whole < 0n ? -whole : whole).padStart(most + 1, "0");
  const sign = whole < 0n ? "-" : "";
  return most === 0 ? sign + digits : `${sign}${digits.slice(0, -most)}.${digits.slice(-most)}`;
}

/**
 * The basket with what earlier parcels of the same order use of a limit by year, which one person has once. In another currency it is not known,
 * and then the quote says so.
 */
export function after(basket: BasketToday, earlier: Quote[]): BasketToday {
  const counted = earlier
    .filter(({ destination }) => destination === basket.shipTo?.countryCode)
    .map((quote) => ({ currency: quote.currencyCode, used: quote.limits.find(({ period }) => period !== null)?.thisBasket }))
    .filter(({ used }) => used !== undefined);
  const before = basket.buyer?.usedThisYear;
  if (counted.length === 0 || typeof before !== "string" || !/^\d{1,12}(\.\d{1,10})?$/.test(before)) {
    return basket;
  }
  const { usedThisYear: _, ...buyer } = basket.buyer ?? {};
  const same = counted.every(({ currency }) => currency === basket.currencyCode);
  return { ...basket, buyer: same ? { ...buyer, usedThisYear: add([before, ...counted.map(({ used }) => used ?? "0")]) } : buyer };
}
