// Amounts in fen, as whole numbers of any size: a price is never a floating-point number.

import { currencyForm, figures } from "./languages.js";

export function fen(text) {
  const [yuan, rest = ""] = text.replace("-", "").split(".");
  const amount = BigInt(yuan) * 100n + BigInt(rest.padEnd(2, "0").slice(0, 2));
  return text.startsWith("-") ? -amount : amount;
}

export function decimal(amount) {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The amount as people write it: ¥1,234.50. */
export function display(amount, locale) {
  const format = new Intl.NumberFormat(locale, { ...currencyForm(locale), currency: "CNY" });
  return figures(format.format(decimal(amount)), locale);
}
