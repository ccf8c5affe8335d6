/** What the shopper agreed to earlier, and what became of it. */

import type { BasketToday, Quote } from "preclear";

/** Another amount for the same goods, since the rules or the day are others. */
export interface Change {
  before: string;
  now: string;
}

/** Whether the amount is another for the same goods. Other goods have another amount anyway, and nobody has to be told. */
export function changed(agreed: Quote | null, quote: Quote): Change | null {
  if (!agreed?.amounts || !quote.amounts || agreed.currencyCode !== quote.currencyCode) {
    return null;
  }
  const goods = ({ destination, channel, items, amounts }: Quote) =>
    JSON.stringify([destination, channel, items.map(({ id }) => id), amounts?.items, amounts?.shipping, amounts?.insurance, amounts?.discounts]);
  const rules = ({ rules, asOf, engine }: Quote) => JSON.stringify([rules?.sha256, asOf, engine]);
  const [before, now] = [agreed.amounts.dutiesAndTaxes, quote.amounts.dutiesAndTaxes];
  return before !== now && goods(agreed) === goods(quote) && rules(agreed) !== rules(quote) ? { before, now } : null;
}

/** Whether a quote can be this basket's, as far as it can be told without computing it. */
export function answers(quote: Quote, basket: BasketToday): boolean {
  const ids = Array.isArray(basket.items) ? basket.items.map((item) => item?.id) : [];
  const same = (asked: unknown, answered: string | null) => asked === undefined || asked === answered;
  return (
    same(basket.shipTo?.countryCode, quote.destination) &&
    same(basket.channel, quote.channel) &&
    same(basket.asOf, quote.asOf) &&
    (quote.items.length === 0 || JSON.stringify(quote.items.map(({ id }) => id)) === JSON.stringify(ids))
  );
}
