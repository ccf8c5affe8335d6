// The cart as the basket that the engine is asked about, and the sums that are the shop's own.

import { productOf } from "./catalog.js";
import { channelOf } from "./destinations.js";
import { decimal, fen } from "./money.js";

/** The shop's offer: this much off from this much on. */
export const OFFER = { from: fen("500.00"), off: fen("30.00") };

export function linesOf(cart) {
  return [...cart].map(([sku, quantity]) => {
    const product = productOf(sku);
    return { product, quantity, amount: fen(product.price) * BigInt(quantity) };
  });
}

/** Goods, discount and shipping. Duties and taxes are not the shop's to say. */
export function sumsOf(choices) {
  const subtotal = linesOf(choices.cart).reduce((sum, { amount }) => sum + amount, 0n);
  const discount = subtotal >= OFFER.from ? OFFER.off : 0n;
  const shipping = fen(channelOf(choices).shipping);
  return { subtotal, discount, shipping, payable: subtotal - discount + shipping };
}

/** The basket of the contract. `buyer` holds verdicts, never a name or a number. */
export function basketOf(choices, { buyer, asOf } = {}) {
  const channel = channelOf(choices);
  const { discount, shipping } = sumsOf(choices);
  return {
    shipFrom: { countryCode: channel.shipFrom },
    shipTo: { countryCode: choices.destination },
    ...(channel.id && { channel: channel.id }),
    ...(asOf && { asOf }),
    currencyCode: "CNY",
    incoterm: "DDP",
    items: linesOf(choices.cart).map(({ product, quantity }, index) => ({
      id: String(index + 1),
      sku: product.sku,
      name: product.name[choices.locale],
      hsCode: product.hsCode,
      countryOfOrigin: product.countryOfOrigin,
      quantity: String(quantity),
      amount: product.price,
      measurements: product.measurements,
      ...(product.attributes && { attributes: product.attributes }),
    })),
    shipping: { amount: decimal(shipping) },
    ...(discount > 0n && { discounts: [{ amount: decimal(discount), kind: "price" }] }),
    ...(channel.identity && buyer && { buyer }),
  };
}
