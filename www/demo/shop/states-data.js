// A basket for each state of the element, with the day and the rates fixed, so that each shows the same whenever it is looked at.

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
  restricted: bare({ ...item({ name: "Mayonnaise 400 g", hsCode: "2103909000", quantity: "2", amount: "36.00" }), channel: "parcel" }),
  "over-single": bare(item({ name: "Swiss watch", hsCode: "9102110000", quantity: "2", amount: "5600.00" })),
  "over-annual": buyer({ usedThisYear: "25900.00" }),
  prohibited: bare({ ...item({ name: "Cured ham", hsCode: "0210111010", quantity: "1", amount: "180.00" }), channel: "parcel" }),
  unsupported: { ...contract, shipTo: { countryCode: "AQ" } },
};

/** Two ways in one cart: from the warehouse, and by direct mail. */
export const parcels = [contract, { ...bare(item({ id: "2", name: "Sun cream 50 ml", quantity: "1" })), channel: "direct" }];

/** On the last day of VAT at 16 %, and on the first at 13 %. */
export const before = { ...contract, asOf: "2019-03-31" };
export const since = { ...contract, asOf: "2019-04-01" };

/** Where customs answers what a person has used of the year's limit. */
export const QUOTA_QUERY = "https://ceb2pub.chinaport.gov.cn";

/** The order of the contract's basket, with made-up persons: a telephone is missing, and the number has a wrong check digit. */
const order = {
  ...contract,
  orderNo: "EXAMPLE-0001",
  platform: { code: "3301000001", name: "示例平台" },
  merchant: { code: "3301000002", name: "示例商家" },
  buyer: { ...contract.buyer, registrationNo: "EXAMPLE", name: "示例", idType: "1", idNumber: "110105194912310021", telephone: "13800000000" },
  consignee: { name: "示例", address: "浙江省杭州市示例路1号" },
  items: contract.items.map((item) => ({ ...item, customs: { unit: "011", model: "50ml" } })),
};

/**
 * Every state with what brings it about, and by its name what stands beside a state. `given` is a function where it takes more than properties: of the engine, for a quote from elsewhere.
 */
export const STATES = [
  { state: "idle", about: "No destination yet." },
  { state: "loading", about: "An answer is on its way. Given up after ten seconds.", given: () => ({ quote: new Promise(() => {}) }) },
  { state: "ready", about: "Exact, as far as the law is known. The details compare the ways that the shop offers.", given: { basket: contract, policy: { channels: ["bonded", "parcel"] } } },
  { state: "included", about: "The shop takes duties and taxes on itself.", given: { basket: contract, policy: { dutiesAndTaxes: "included" } } },
  { state: "estimated", about: "A figure rests on an old exchange rate; the reason is beside it.", given: { basket: baskets.estimated } },
  {
    state: "not-included",
    about: "Not collected now; the shop has the shopper confirm it.",
    given: { basket: baskets["not-included"], policy: { notIncluded: "acknowledge" } },
  },
  { state: "needs-input", about: "A fact is missing; the article and the fact are named.", given: { basket: baskets["needs-input"] } },
  {
    state: "missing-id",
    about: "Customs needs the orderer’s identity, and the element asks for it.",
    given: { basket: contract, policy: { identity: "element", usedThisYear: "element", quotaQuery: QUOTA_QUERY } },
  },
  { state: "id-invalid", about: "The identity that the shop was given is not right.", given: { basket: baskets["id-invalid"] } },
  { state: "payer-mismatch", about: "Buyer and payer are not the same person.", given: { basket: baskets["payer-mismatch"] } },
  {
    state: "ready",
    name: "declaration",
    about: "The amount is known, and customs would send the order back: what to mend, each at its field.",
    given: { basket: contract, order },
  },
  { state: "over-single", about: "Over the limit for one order.", given: { basket: baskets["over-single"] } },
  { state: "over-annual", about: "Over the year’s limit.", given: { basket: baskets["over-annual"], policy: { quotaQuery: QUOTA_QUERY } } },
  { state: "restricted", about: "May come in only under conditions.", given: { basket: baskets.restricted } },
  { state: "prohibited", about: "May not come in this way. It stays in the basket until the shop takes it out.", given: { basket: baskets.prohibited } },
  { state: "mixed-channel", about: "Two parcels of one order, each under rules of its own.", given: { baskets: parcels } },
  { state: "unsupported", about: "No rules for the destination.", given: { basket: baskets.unsupported } },
  {
    state: "rules-changed",
    about: "The amount is another than the shopper agreed to, since the rules of the day are others.",
    given: async (preclear) => ({ basket: since, agreed: (await preclear("cn")).quote(before) }),
  },
  { state: "engine-unavailable", about: "Nothing can be calculated.", given: { quote: {} } },
  { state: "offline", about: "Calculated on the device, without a network.", offline: true, given: { basket: contract } },
];
