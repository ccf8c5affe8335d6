// What the shop charges: yuan, and in other countries their own money by rates that the shop has set itself.

import { minor, nearest, whole, written } from "./money.js";

/** What one yuan is in the shop's price lists. Made up, as the prices are. */
const PER_YUAN = {
  AUD: "0.215",
  BRL: "0.76",
  CAD: "0.195",
  CHF: "0.112",
  CLP: "131",
  CNY: "1",
  EUR: "0.12",
  GBP: "0.105",
  HKD: "1.1",
  IDR: "2300",
  ILS: "0.46",
  INR: "12.4",
  JPY: "21.5",
  KRW: "202",
  MOP: "1.13",
  MXN: "2.6",
  MYR: "0.58",
  NOK: "1.4",
  NZD: "0.245",
  PHP: "8.2",
  RON: "0.61",
  SGD: "0.182",
  THB: "4.55",
  TWD: "4.4",
  USD: "0.141",
  VND: "3680",
};

const DIGITS = 6;
const SCALE = 10n ** BigInt(DIGITS);
const perYuan = (currency) => whole(PER_YUAN[currency], DIGITS);

/** A price in yuan, in minor units of the currency. */
export const charged = (yuan, currency) => nearest(minor(yuan, "CNY") * perYuan(currency) * minor("1", currency), minor("1", "CNY") * SCALE);

/** The shop's rates to a currency, for the limits that a law states in another one. */
export const exchangeRates = (to, asOf) =>
  Object.keys(PER_YUAN)
    .filter((from) => from !== to)
    .map((from) => ({ from, to, rate: written(nearest(perYuan(to) * SCALE, perYuan(from)), DIGITS), asOf }));
