/** Rates, which only the details show. */

import { DIGITS, type Format } from "./format.js";

/** By the language; making one is slow. */
const formats = new Map<string, Intl.NumberFormat>();

export function percent(rate: string, format: Format): string {
  const { locale } = format;
  const made = formats.get(locale) ?? new Intl.NumberFormat(locale, { ...DIGITS, style: "percent", maximumFractionDigits: 6 });
  formats.set(locale, made);
  return format.write(made, rate);
}
