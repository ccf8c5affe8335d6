// Where the shop sends to, how, and what it asks for the way. General trade is not for shoppers.

export const DESTINATIONS = [
  {
    code: "CN",
    channels: [
      { id: "bonded", shipFrom: "CN", shipping: "20.00", identity: true },
      { id: "direct", shipFrom: "JP", shipping: "45.00", identity: true },
      { id: "parcel", shipFrom: "JP", shipping: "60.00", identity: false },
    ],
  },
  { code: "DE", channels: [{ shipFrom: "JP", shipping: "120.00", identity: false }] },
  { code: "SG", channels: [{ shipFrom: "JP", shipping: "80.00", identity: false }] },
  { code: "IS", channels: [{ shipFrom: "JP", shipping: "150.00", identity: false }] },
];

export const destinationOf = (code) => DESTINATIONS.find((destination) => destination.code === code) ?? DESTINATIONS[0];

/** The channel chosen, or the destination's first when the choice is not one of its own. */
export function channelOf({ destination, channel }) {
  const { channels } = destinationOf(destination);
  return channels.find(({ id }) => id === channel) ?? channels[0];
}
