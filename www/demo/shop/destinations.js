// Where the shop sends to, in which currency it charges there, how it sends, and what it asks for the way. General trade is not for shoppers.

const express = (code, currency, shipping, more = {}) => ({ code, currency, channels: [{ shipFrom: "JP", shipping, ...more }] });

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
  express("CA", "CAD", "120.00"),
  express("FR", "EUR", "120.00"),
  express("DE", "EUR", "120.00"),
  express("IS", "CNY", "150.00"),
  express("GB", "GBP", "120.00"),
];

export const destinationOf = (code) => DESTINATIONS.find((destination) => destination.code === code) ?? DESTINATIONS[0];

/** The currency in which a choice is charged. */
export const currencyOf = ({ destination }) => destinationOf(destination).currency;

/** The channel chosen, or the destination's first when the choice is not one of its own. */
export function channelOf({ destination, channel }) {
  const { channels } = destinationOf(destination);
  return channels.find(({ id }) => id === channel) ?? channels[0];
}
