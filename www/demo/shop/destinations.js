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
  { ...express("CA", "CAD", "120.00"), areas: PROVINCES },
  express("FR", "EUR", "120.00"),
  express("DE", "EUR", "120.00"),
  express("IS", "CNY", "150.00"),
  express("GB", "GBP", "120.00"),
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
