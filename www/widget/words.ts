/** The texts around a quote's figures, in one language. */

import type { BasketToday, Finding, Quote, Texts } from "preclear";
import { Format, isolate, type CurrencyDisplay } from "./format.js";

/** What is taken from an item of the basket, if the basket is here. */
export interface Item {
  name?: string | undefined;
  quantity?: string | undefined;
}

/** The items of a basket, as far as they can be read. */
export function itemsOf(basket: BasketToday | undefined): (index: number) => Item {
  const items: unknown = basket?.items;
  const text = (value: unknown) => (typeof value === "string" ? value.trim() : undefined);
  return (index) => {
    const given = Array.isArray(items) ? (items[index] as { name?: unknown; quantity?: unknown } | undefined) : undefined;
    return { name: text(given?.name), quantity: text(given?.quantity) };
  };
}

type Values = Record<string, string | number>;

export class Words {
  readonly format: Format;
  /** What the basket says of an item, if the basket is here. */
  readonly item: (index: number) => Item;
  readonly #texts: Texts;
  readonly #locale: string;
  readonly #pack: string | undefined;

  /** `tag` is the page's language, for numbers and dates; `locale` the language of the texts that suits it. */
  constructor(texts: Texts, locale: string, tag: string, quote: Quote | null, item: (index: number) => Item) {
    this.#texts = texts;
    this.#locale = locale;
    this.item = item;
    this.#pack = quote?.rules?.pack;
    const same = new Intl.Locale(tag).language === new Intl.Locale(locale).language;
    const display = (this.common("forms", "currency") ?? "narrowSymbol") as CurrencyDisplay;
    this.format = new Format(same ? tag : locale, quote?.currencyCode ?? null, display);
  }

  get locale(): string {
    return this.#locale;
  }

  /** A text of the widget. */
  say(key: string, values: Values = {}): string {
    return this.#fill(this.#text("widget", key), values);
  }

  /** A text that depends on a number. */
  count(key: string, count: number): string {
    const form = `${key}.${this.format.plural(count)}`;
    const text = this.#text("widget", form);
    return this.#fill(text === form ? this.#text("widget", `${key}.other`) : text, { count: this.format.number(String(count)) });
  }

  /** A text that the engine's own explanations use too; nothing when there is none. */
  common(group: string, key: string, values: Values = {}): string | undefined {
    const text = this.#text(group, key);
    return text === key ? undefined : this.#fill(text, values);
  }

  /** A pack's label: the first of these kinds that has one for the id, or nothing. */
  label(id: string, ...kinds: string[]): string | undefined {
    if (!this.#pack) {
      return undefined;
    }
    const labels = this.#texts.labels(this.#pack, this.#locale);
    return kinds.map((kind) => labels[kind]?.[id]).find((label) => label !== undefined);
  }

  /** An article by its place in the basket: its name if the basket is here, else its number. */
  article(index: number): string {
    return this.item(index).name || this.say("item", { number: this.format.number(String(index + 1)) });
  }

  /** The article that a finding is about. */
  about(target: string): number | null {
    const place = /^\/items\/(\d+)(\/|$)/.exec(target)?.[1];
    return place === undefined ? null : Number(place);
  }

  describe(quote: Quote, finding: Finding): { message: string; remedies: string[] } {
    return this.#texts.describe(quote, finding, { locale: this.#locale });
  }

  /** A finding as one sentence, with the article it is about. */
  sentence(quote: Quote, finding: Finding): string {
    const { message } = this.describe(quote, finding);
    const index = this.about(finding.target);
    return index === null ? message : this.say("named", { item: this.article(index), message });
  }

  #text(group: string, key: string): string {
    const text = this.#texts.messages(this.#locale)[group]?.[key];
    return typeof text === "string" ? text : key;
  }

  #fill(text: string, values: Values): string {
    return text.replace(/\{(\w+)(?::\w+)?\}/g, (place, name: string) => isolate(String(values[name] ?? place), this.#locale));
  }
}
