import type { Basket, Finding, FindingCode, Level, OrderPart, PaymentData, Quote } from "./types.js";

/** A basket for the façade: without `asOf`, today is asked about. */
export type BasketToday = Omit<Basket, "asOf"> & Partial<Pick<Basket, "asOf">>;

/** What to load, and from where. */
export interface LoadOptions {
  /** Ids of the packs to load at once; others load when they are asked for. */
  packs?: string[];
  /** The languages to load at once; every one that was built when left out. */
  locales?: string[];
  /** Whether to load the whole engine: see `loadWhole`. */
  whole?: boolean;
  /** Where the files of `dist` are; beside this module when left out. */
  base?: string | URL;
}

/** A pack that has been loaded. */
export interface PackInfo {
  /** Its id. */
  id: string;
  /** The countries it is for. */
  destinations: string[];
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

/** A basket and what only the order has. It holds personal data, and is for declaring only. */
export type Order = BasketToday & OrderPart;

/** What to make, and how. */
export interface DeclareOptions {
  /** The form. Those that do not begin with CEB are answered with `form.unsupported`. */
  form: "CEB311" | "CEB621" | "CN22" | "CN23" | "H7" | "ITMATT";
  /** When it is sent, `YYYYMMDDhhmmss` in China; now when left out. */
  time?: string;
  /** Identifiers for the message and the document in it, letters in capitals; drawn from the platform's generator when left out. */
  guids?: [string, string];
}

/** Something that is wrong with a message. Nothing of the message is in it. */
export interface MessageFinding {
  code: FindingCode;
  level: Level;
  /** Which of the messages, from 0. */
  document: string;
  line: string;
  column: string;
  /** The place in customs' names; empty for the whole message. */
  path: string;
  element: string | null;
  /** The id of the rule. */
  rule: string;
  /** The codes of the rejections that this would meet. */
  prevents: string[];
  params: Record<string, string>;
}

/** A message that was made. */
export interface Declared {
  /** The message; null when the order cannot be one. */
  xml: string | null;
  /**
   * What is wrong with it. `target` is the place in the order of the fact that it is about, empty for all of it; faults of the order itself have no
   * place in the message.
   */
  findings: ((MessageFinding & { target: string }) | Finding)[];
}

/** What signed payment data: the enterprise's own key, on its own server. */
export interface Signature {
  /** The certificate's number, as registered with customs. */
  certificate: string;
  /** The signature of `signString`, in base64. */
  signature: string;
}

/** Payment data that was made. */
export interface Pulled {
  /** The text to sign; null when the payment is none. */
  signString: string | null;
  /** What is sent; null before it is signed. */
  message: string | null;
  /** What is wrong with it. `target` is the place in the payment; faults of the payment itself have no place in the message. */
  findings: ((MessageFinding & { target: string }) | Finding)[];
}

/** What is wrong with some messages. */
export interface Validation {
  verdict: "valid" | "invalid";
  documents: { message: string | null; schemaValid: boolean; entries: string }[];
  findings: MessageFinding[];
  /** How many more findings there are. */
  more: string;
}

/** A state or a reason in a receipt. */
export interface ReceiptReason {
  code: string;
  outcome: "good" | "wait" | "mend" | "lost";
  who: "shop" | "buyer" | "payment" | "carrier" | "agent" | "customs" | "nobody";
  text: string;
  mend: string | null;
  /** The rule that finds it beforehand. */
  rule: string | null;
  grade: "A" | "B" | "C";
}

/** A receipt, explained. */
export interface Receipt {
  message: string | null;
  documents: { path: string; failed: boolean; state: ReceiptReason | null; reasons: ReceiptReason[]; unknown: string }[];
  findings: MessageFinding[];
}

/** What to say it in. */
export interface InLocale {
  /** A language that has been loaded. */
  locale: string;
}

/** A number that names a person or an enterprise, to be checked. */
export interface IdentityQuestion {
  /** Whose number it is, ISO 3166-1 alpha-2. */
  countryCode: string;
  /** The kind of number; the country's usual one when left out. */
  type?: string;
  /** The number, or the name. */
  number: string;
  /** The day that dates of birth are measured by; today when left out. */
  asOf?: string;
}

/** A verdict on a number. Nothing of the number is in it. */
export interface IdentityAnswer {
  /** The kind that it was taken for; null when there is no check for it. */
  type: string | null;
  /** `valid` as far as `checked` says, `invalid`, `doubtful` where a table ends, `unsupported` where there is no check. */
  verdict: "valid" | "invalid" | "doubtful" | "unsupported";
  /** What was looked at. */
  checked: ("form" | "check-digit" | "date" | "region")[];
  /** What is wrong, if something is. */
  findings: Finding[];
}

/** Which part of a language: what a checkout shows at first, or every word. */
export interface LocalePart {
  /** `whole` when left out. */
  part?: "checkout" | "whole";
}

/** The texts of the languages. */
export interface Texts {
  /** The languages that have been loaded, in part or whole. */
  readonly locales: string[];
  /** The id of the pack for a destination, loaded or not; null when none was built. */
  packFor(countryCode: string): string | null;
  /** The language that was built which suits a language tag best, such as `zh-Hant` for `zh-HK`; English when none does, null for what is no tag. */
  localeFor(tag: string): string | null;
  /** Loads a language once, with the labels of the packs whose labels were asked for. */
  loadLocale(locale: string, options?: LocalePart): Promise<void>;
  /** Loads a pack's labels in the languages asked for; those asked for later bring them too. */
  loadLabels(packId: string): Promise<void>;
  /** The quote for people, line by line; the language must be there as a whole. */
  explain(quote: Quote, options: InLocale): ExplainedLine[];
  /** One of the quote's findings in words. */
  describe(quote: Quote, finding: Finding, options: InLocale): DescribedFinding;
  /** The texts of a language. */
  messages(locale: string): Messages;
  /** A pack's labels in a language; in English where the pack does not have that language. */
  labels(packId: string, locale: string): Labels;
}

/** The texts, before the engine. */
export interface OpenTexts<Engine = Preclear> extends Texts {
  /** Loads the engine, which shares these texts. */
  loadEngine(): Promise<Engine>;
}

/** The engine with its packs and languages. */
export interface Preclear extends Texts {
  /** The engine's version. */
  readonly version: string;
  /** The packs that have been loaded. */
  readonly packs: PackInfo[];
  /** Loads a pack once, checks it against the hash it was built with, and loads its labels in the loaded languages. */
  loadPack(id: string): Promise<PackInfo>;
  /**
   * Loads the whole engine in place of the first: it also takes prices apart that include tax, and recognises goods by their names. Without it such
   * a basket gets the finding `engine.partial`, and a line whose code says too little `rules.names-unread`.
   */
  loadWhole(): Promise<void>;
  /** The answer to a basket. A basket that cannot be read gets a quote that says why. */
  quote(basket: BasketToday): Quote;
  /** Computes the quote for the basket again and compares. */
  verify(basket: BasketToday, quote: Quote): Verification;
  /**
   * Checks a number on this device, apart from any basket; the checks load when they are first asked for. They keep nothing of the number, and
   * what held it is wiped. A number that is no text counts as absent.
   */
  checkIdentity(question: IdentityQuestion): Promise<IdentityAnswer>;
  /** Makes a form of an order. Loads what it needs the first time. */
  declare(order: Order, options: DeclareOptions): Promise<Declared>;
  /**
   * Makes the payment data that China's customs pulls: first the text to sign, then with the signature the message. It is the platform's to answer
   * with, from its server; what an answer needs is kept as it was when it was paid.
   */
  pull(payment: PaymentData, signed?: Signature): Promise<Pulled>;
  /** Checks messages to customs, payment data among them, each by itself and all together. */
  validate(messages: string | string[]): Promise<Validation>;
  /** Explains a receipt of customs, in English or Chinese. */
  explainReceipt(message: string, options: InLocale): Promise<Receipt>;
  /** Loads the checks for a country's numbers before there is one, so that no request tells when somebody writes theirs. */
  loadIdentity(countryCode: string): Promise<void>;
}

/** The same with the engine in a worker that can reach nothing: its answers come later, in the order of the questions. */
export interface IsolatedPreclear extends Omit<Preclear, "quote" | "verify"> {
  /** The answer to a basket. A basket that cannot be read gets a quote that says why. */
  quote(basket: BasketToday): Promise<Quote>;
  /** Computes the quote for the basket again and compares. */
  verify(basket: BasketToday, quote: Quote): Promise<Verification>;
  /** Ends the worker. What is asked afterwards is `engine.unavailable`. */
  close(): void;
}
