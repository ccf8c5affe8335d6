// Amounts in a currency's minor units, as whole numbers of any size: a price is never a floating-point number.

import { currencyForm, figures } from "./languages.js";

/** How many decimals the currency has. */
const digitsOf = (currency) => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

/** A decimal number as a whole one, with so many decimals; further ones are dropped. */
export function whole(text, digits) {
  const [units, rest = ""] = text.replace("-", "").split(".");
  const amount = BigInt(units) * 10n ** BigInt(digits) + BigInt(rest.padEnd(digits, "0").slice(0, digits) || "0");
  return text.startsWith("-") ? -amount : amount;
}

/** A quotient to the nearest whole number; both are positive. */
export const nearest = (amount, divisor) => (2n * amount + divisor) / (2n * divisor);

/** A whole number with so many decimals as a decimal number. */
export function written(amount, digits) {
  const figures = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, "0");
  const units = figures.slice(0, figures.length - digits);
  return `${amount < 0n ? "-" : ""}${units}${digits > 0 ? `.${figures.slice(-digits)}` : ""}`;
}

export const minor = (text, currency) => whole(text, digitsOf(currency));

export const decimal = (amount, currency) => written(amount, digitsOf(currency));

/** The amount as people write it: ¥1,234.50. */
export function display(amount, currency, locale) {
  const format = new Intl.NumberFormat(locale, { ...currencyForm(locale, currency), currency });
  return figures(format.format(decimal(amount, currency)), locale);
}
