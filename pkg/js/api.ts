import type { Basket, Finding, Quote } from "./types.js";

/** A basket for the façade: without `asOf`, today is asked about. */
export type BasketToday = Omit<Basket, "asOf"> & Partial<Pick<Basket, "asOf">>;

/** What to load, and from where. */
export interface LoadOptions {
  /** Ids of the packs to load at once; others load when they are asked for. */
  packs?: string[];
  /** The languages to load at once; every one that was built when left out. */
  locales?: string[];
  /** Where the files of `dist` are; beside this module when left out. */
  base?: string | URL;
}

/** A pack that has been loaded. */
export interface PackInfo {
  /** Its id. */
  id: string;
  /** The country it is for. */
  destination: string;
  /** Its version. */
  version: string;
  /** SHA-256 of its bytes, in hexadecimal digits. */
  sha256: string;
}

/** A line of an explanation. */
export interface ExplainedLine {
  /** The line, indented by spaces; empty between parts. */
  text: string;
  /** The law it rests on: names in the quote's `citations`. */
  citations: string[];
}

/** A finding in words. */
export interface DescribedFinding {
  /** What there is to tell. */
  message: string;
  /** What can be done about it, in the order of the finding's remedies. */
  remedies: string[];
}

/** The answer to `verify`. */
export interface Verification {
  /** Whether the quote is what the engine says now. */
  same: boolean;
  /** Where it is not, as JSON pointers into the quote. */
  differences: { path: string }[];
}

/**
 * One text, or several of which the first is used whose places can all be filled. A place is `{name}` or `{name:form}`: `name` is one of the
 * finding's `params`, or its number among those that are not `check` or `condition`, beginning with 1.
 */
export type Message = string | string[];

/** The texts of one language. */
export interface Messages {
  /** By finding code. */
  findings: Record<string, Message>;
  /** By remedy. */
  remedies: Record<string, string>;
  /** Every other word, by group and key. */
  [group: string]: Record<string, Message>;
}

/** The names of a pack's regimes, steps and so on in one language: by kind, then by id. */
export type Labels = Record<string, Record<string, string>>;

/** What to say it in. */
export interface InLocale {
  /** A language that has been loaded. */
  locale: string;
}

/** Packs, languages and texts: the same wherever the engine runs. */
export interface Library {
  /** The engine's version. */
  readonly version: string;
  /** The packs that have been loaded. */
  readonly packs: PackInfo[];
  /** The languages that have been loaded. */
  readonly locales: string[];
  /** The id of the pack for a destination, loaded or not; null when none was built. */
  packFor(countryCode: string): string | null;
  /** The language that was built which suits a language tag best, such as `zh-CN` for `zh-Hans`; null when none does. */
  localeFor(tag: string): string | null;
  /** Loads a pack once, checks it against the hash it was built with, and loads its labels in the loaded languages. */
  loadPack(id: string): Promise<PackInfo>;
  /** Loads a language once, with the labels of the loaded packs. */
  loadLocale(locale: string): Promise<void>;
  /** The quote for people, line by line. */
  explain(quote: Quote, options: InLocale): ExplainedLine[];
  /** One of the quote's findings in words. */
  describe(quote: Quote, finding: Finding, options: InLocale): DescribedFinding;
  /** The texts of a language. */
  messages(locale: string): Messages;
  /** A pack's labels in a language. */
  labels(packId: string, locale: string): Labels;
}

/** The engine with its packs and languages. */
export interface Preclear extends Library {
  /** The answer to a basket. A basket that cannot be read gets a quote that says why. */
  quote(basket: BasketToday): Quote;
  /** Computes the quote for the basket again and compares. */
  verify(basket: BasketToday, quote: Quote): Verification;
}

/** The same with the engine in a worker that can reach nothing: its answers come later, in the order of the questions. */
export interface IsolatedPreclear extends Library {
  /** The answer to a basket. A basket that cannot be read gets a quote that says why. */
  quote(basket: BasketToday): Promise<Quote>;
  /** Computes the quote for the basket again and compares. */
  verify(basket: BasketToday, quote: Quote): Promise<Verification>;
  /** Ends the worker. What is asked afterwards is `engine.unavailable`. */
  close(): void;
}
