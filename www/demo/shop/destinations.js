// Where the shop sends to, in which currency it charges there, how it sends, and what it asks for the way. General trade is not for shoppers.

const express = (code, currency, shipping, more = {}) => ({ code, currency, channels: [{ shipFrom: "JP", shipping, ...more }] });

/** The provinces and territories of Canada, each with a tax of its own. */
const PROVINCES = {
  AB: "Alberta",
  BC: "British Columbia",
  MB: "Manitoba",
  NB: "New Brunswick",
  NL: "Newfoundland and Labrador",
  NS: "Nova Scotia",
  NT: "Northwest Territories",
  NU: "Nunavut",
  ON: "Ontario",
  PE: "Prince Edward Island",
  QC: "Québec",
  SK: "Saskatchewan",
  YT: "Yukon",
};

export const DESTINATIONS = [
  {
    code: "CN",
    currency: "CNY",
    channels: [
      { id: "bonded", shipFrom: "CN", shipping: "20.00", orderer: "named" },
      { id: "direct", shipFrom: "JP", shipping: "45.00", orderer: "named" },
      { id: "parcel", shipFrom: "JP", shipping: "60.00" },
    ],
  },
  express("AU", "AUD", "90.00"),
  express("BR", "BRL", "150.00", { orderer: "buyer" }),
  { ...express("CA", "CAD", "120.00"), areas: PROVINCES },
  express("CH", "CHF", "120.00"),
  express("CL", "CLP", "150.00", { orderer: "buyer" }),
  ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"].map(
    (code) => express(code, "EUR", "120.00"),
  ),
  express("GB", "GBP", "120.00"),
  express("HK", "HKD", "60.00"),
  express("ID", "IDR", "80.00", { orderer: "buyer" }),
  express("IL", "ILS", "120.00", { orderer: "buyer" }),
  express("IN", "INR", "100.00", { orderer: "buyer" }),
  // Without rules, as a country can be.
  express("IS", "CNY", "150.00"),
  express("JP", "JPY", "60.00", { shipFrom: "CN" }),
  express("KR", "KRW", "60.00", { orderer: "buyer" }),
  express("MO", "MOP", "60.00"),
  express("MX", "MXN", "150.00", { orderer: "buyer" }),
  express("MY", "MYR", "80.00"),
  express("NO", "NOK", "120.00"),
  express("NZ", "NZD", "90.00"),
  express("PH", "PHP", "80.00"),
  express("SG", "SGD", "80.00"),
  express("TH", "THB", "80.00"),
  express("TW", "TWD", "60.00", { orderer: "buyer" }),
  express("US", "USD", "120.00"),
  express("VN", "VND", "80.00"),
];

export const destinationOf = (code) => DESTINATIONS.find((destination) => destination.code === code) ?? DESTINATIONS[0];

/** The part of the country chosen, where it matters; the first when none was chosen. */
export const areaOf = ({ destination, area }) => {
  const codes = Object.keys(destinationOf(destination).areas ?? {});
  return codes.includes(area) ? area : (codes[0] ?? null);
};

/** The currency in which a choice is charged. */
export const currencyOf = ({ destination }) => destinationOf(destination).currency;

/** The channel chosen, or the destination's first when the choice is not one of its own. */
export function channelOf({ destination, channel }) {
  const { channels } = destinationOf(destination);
  return channels.find(({ id }) => id === channel) ?? channels[0];
}
