// What the pages of this folder have in common: a basket, and what a shop does with a verdict.

/** The contract's basket, before or after the shopper has given an identity. */
export const basketWith = (identity) => ({
  shipFrom: { countryCode: "JP" },
  shipTo: { countryCode: "CN", administrativeAreaCode: "33", postalCode: "310000" },
  channel: "bonded",
  asOf: "2026-11-23",
  currencyCode: "CNY",
  items: [
    {
      id: "1",
      name: "Face serum 50 ml",
      hsCode: "3304990039",
      countryOfOrigin: "KR",
      quantity: "2",
      amount: "199.00",
      measurements: [{ type: "volume", value: "50", unit: "ml" }],
    },
  ],
  shipping: { amount: "20.00" },
  discounts: [{ amount: "30.00", kind: "price", itemId: "1" }],
  buyer: { identity, payerIsBuyer: true },
});

/** The text for the shopper who wants to pay. An element that is not there, or not yet, stops nothing. */
export function outcomeOf(duties) {
  const { behavior, errors } = duties?.validate?.() ?? { behavior: "allow", errors: [] };
  return behavior === "block" ? `stopped: ${errors.map(({ target }) => target).join(" ")}` : "paid";
}
