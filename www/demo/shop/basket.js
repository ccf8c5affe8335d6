// The cart as the basket that the engine is asked about, and the sums that are the shop's own. Amounts are in minor units of the currency charged.

import { productOf } from "./catalog.js";
import { areaOf, channelOf, currencyOf } from "./destinations.js";
import { decimal } from "./money.js";
import { charged, exchangeRates } from "./prices.js";

/** The shop's offer: this much off from this much on. */
export const offerOf = (choices) => ({ from: charged("500.00", currencyOf(choices)), off: charged("30.00", currencyOf(choices)) });

/** What the shop charges for one of a product. */
export const priceOf = (product, choices) => charged(product.price, currencyOf(choices));

export function linesOf(choices) {
  return [...choices.cart].map(([sku, quantity]) => {
    const product = productOf(sku);
    return { product, quantity, amount: priceOf(product, choices) * BigInt(quantity) };
  });
}

/** Goods, discount and shipping. Duties and taxes are not the shop's to say. */
export function sumsOf(choices) {
  const subtotal = linesOf(choices).reduce((sum, { amount }) => sum + amount, 0n);
  const { from, off } = offerOf(choices);
  const discount = subtotal >= from ? off : 0n;
  const shipping = charged(channelOf(choices).shipping, currencyOf(choices));
  return { subtotal, discount, shipping, payable: subtotal - discount + shipping };
}

const today = () => new Date().toISOString().slice(0, 10);

/**
 * The basket of the contract. `buyer` holds verdicts, never a name or a number. Beyond six digits a commodity code is the importing country's own: the
 * catalogue has China's.
 */
export function basketOf(choices, { buyer, asOf } = {}) {
  const channel = channelOf(choices);
  const currency = currencyOf(choices);
  const area = areaOf(choices);
  const toChina = choices.destination === "CN";
  const { discount, shipping } = sumsOf(choices);
  return {
    shipFrom: { countryCode: channel.shipFrom },
    shipTo: { countryCode: choices.destination, ...(area && { administrativeAreaCode: area }) },
    ...(channel.id && { channel: channel.id }),
    ...(asOf && { asOf }),
    currencyCode: currency,
    incoterm: "DDP",
    items: linesOf(choices).map(({ product, quantity }, index) => ({
      id: String(index + 1),
      sku: product.sku,
      name: product.name[choices.locale],
      hsCode: toChina ? product.hsCode : product.hsCode.slice(0, 6),
      countryOfOrigin: product.countryOfOrigin,
      quantity: String(quantity),
      amount: decimal(priceOf(product, choices), currency),
      measurements: product.measurements,
      ...(product.attributes && { attributes: product.attributes }),
    })),
    shipping: { amount: decimal(shipping, currency) },
    ...(discount > 0n && { discounts: [{ amount: decimal(discount, currency), kind: "price" }] }),
    ...(!toChina && { exchangeRates: exchangeRates(currency, asOf ?? today()) }),
    ...(channel.orderer && buyer && { buyer }),
  };
}
