/** Numbers, dates and names in the element's language. Decimals go to `Intl` as the text they are. */

import { directionOf } from "./language.js";

/** The digits of the law that is cited and of the engine's own sentences, in every language. */
export const DIGITS = { numberingSystem: "latn" };

/** How a currency is written. */
export type CurrencyDisplay = "symbol" | "narrowSymbol";

/** Keeps a text to itself where the language runs from right to left, so that it is not torn apart by what is around it. */
export function isolate(text: string, locale: string): string {
  return directionOf(locale) === "rtl" ? `\u2068${text}\u2069` : text;
}

export class Format {
  readonly digits: number;
  /** By how many decimals are written; making one is slow. */
  readonly #money = new Map<number, Intl.NumberFormat>();
  readonly #number: Intl.NumberFormat;
  readonly #date: Intl.DateTimeFormat;
  readonly #currency: string | null;
  readonly #display: CurrencyDisplay;

  constructor(readonly locale: string, currency: string | null, display: CurrencyDisplay = "narrowSymbol") {
    this.#currency = currency;
    this.#display = display;
    this.#number = new Intl.NumberFormat(locale, { ...DIGITS, maximumFractionDigits: 10 });
    this.#date = new Intl.DateTimeFormat(locale, { ...DIGITS, calendar: "gregory", dateStyle: "long", timeZone: "UTC" });
    this.digits = currency ? (new Intl.NumberFormat(locale, { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2) : 2;
  }

  /** Money, written as far as it goes: a step before rounding can have more digits than the currency. */
  money(amount: string): string {
    const currency = this.#currency;
    if (!currency) {
      return this.number(amount);
    }
    const digits = Math.min(Math.max(this.digits, amount.split(".")[1]?.length ?? 0), 10);
    let format = this.#money.get(digits);
    if (!format) {
      // Many currencies have the dollar's short sign; the language's own display is for the yuan, whose full one few write.
      const written = { style: "currency", currency, currencyDisplay: currency === "CNY" ? this.#display : "symbol" } as const;
      format = new Intl.NumberFormat(this.locale, { ...DIGITS, ...written, minimumFractionDigits: this.digits, maximumFractionDigits: digits });
      this.#money.set(digits, format);
    }
    return this.write(format, amount);
  }

  number(value: string): string {
    return this.write(this.#number, value);
  }

  date(day: string): string {
    const date = new Date(`${day}T00:00:00Z`);
    return Number.isNaN(date.valueOf()) ? day : this.#date.format(date);
  }

  country(code: string): string {
    return nameOfCode("region", code, this.locale);
  }

  list(names: string[]): string {
    return new Intl.ListFormat(this.locale, { type: "conjunction" }).format(names);
  }

  plural(count: number): Intl.LDMLPluralRule {
    return new Intl.PluralRules(this.locale).select(count);
  }

  /** A decimal in a format of this language. */
  write(format: Intl.NumberFormat, decimal: string): string {
    const written = text(format, decimal);
    // A figure and a currency's letters run from left to right among any letters; the marks that Intl adds would turn the sign of one like CN¥.
    return directionOf(this.locale) === "rtl" ? `\u2066${written.replace(/[\u200e\u200f]/g, "")}\u2069` : written;
  }
}

/** What a code stands for; the code itself where that has no name. */
export function nameOfCode(type: "region" | "currency", code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** A minus sign that typography knows, and never a break between sign, symbol and digits. */
function text(format: Intl.NumberFormat, decimal: string): string {
  const parts = format.formatToParts(decimal as Intl.StringNumericLiteral);
  return parts.map(({ type, value }) => (type === "minusSign" ? "−" : type === "literal" ? value.replace(/\s/g, "\u00a0") : value)).join("");
}
