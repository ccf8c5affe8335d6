// The baskets that the widget's tests show, one for each state.

/** The contract's example: VAT of 13 % on 388.00, of which 70 % is levied: 35.31. */
export const contract = {
  shipFrom: { countryCode: "JP" },
  shipTo: { countryCode: "CN", administrativeAreaCode: "33", postalCode: "310000" },
  channel: "bonded",
  asOf: "2026-11-23",
  currencyCode: "CNY",
  incoterm: "DDP",
  items: [
    {
      id: "1",
      sku: "SER-50",
      name: "Face serum 50 ml",
      hsCode: "3304990039",
      articleCode: "09010390",
      countryOfOrigin: "KR",
      quantity: "2",
      amount: "199.00",
      measurements: [
        { type: "netWeight", value: "50", unit: "g" },
        { type: "volume", value: "50", unit: "ml" },
      ],
    },
  ],
  shipping: { amount: "20.00" },
  insurance: { amount: "0" },
  discounts: [{ amount: "30.00", kind: "price", itemId: "1" }],
  buyer: { identity: "valid", payerIsBuyer: true, usedThisYear: "8000.00" },
};

const buyer = (change) => ({ ...contract, buyer: { ...contract.buyer, ...change } });
const item = (change) => ({ ...contract, discounts: [], items: [{ ...contract.items[0], articleCode: undefined, ...change }] });
const bare = (basket) => JSON.parse(JSON.stringify(basket));

export const baskets = {
  idle: null,
  ready: contract,
  estimated: bare({
    ...item({ amount: "27.00", currencyCode: "USD" }),
    exchangeRates: [{ from: "USD", to: "CNY", rate: "7.1", asOf: "2026-01-05" }],
  }),
  "not-included": { ...contract, incoterm: "DAP" },
  "needs-input": bare(item({ measurements: undefined, amount: "799.00" })),
  "missing-id": buyer({ identity: "absent" }),
  "id-invalid": buyer({ identity: "invalid" }),
  "payer-mismatch": buyer({ payerIsBuyer: false }),
  restricted: bare(item({ attributes: { used: true } })),
  "over-single": bare(item({ name: "Swiss watch", hsCode: "9102110000", quantity: "2", amount: "5600.00" })),
  "over-annual": buyer({ usedThisYear: "25900.00" }),
  prohibited: bare({ ...item({ name: "Cured ham", hsCode: "0210111010", quantity: "1", amount: "180.00" }), channel: "parcel" }),
  unsupported: { ...contract, shipTo: { countryCode: "AQ" } },
};
