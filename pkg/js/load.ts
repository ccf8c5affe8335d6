import * as built from "preclear:built";
import { start, type Core } from "./core.js";
import { PreclearError } from "./error.js";
import { describe, explain } from "./explain.js";
import { differences } from "./verify.js";
import type { Source } from "./source.js";
import type { BasketToday, Labels, Library, LoadOptions, Messages, PackInfo, Preclear, Verification } from "./api.js";
import type { Basket, Quote } from "./types.js";

/** A copy of own fields only: an option must not come from `Object.prototype`. */
const own = <T extends object>(value: T): T => Object.assign(Object.create(null), value) as T;

/** Today where the shopper is. */
function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Runs a load once; one that failed can be tried again. */
function once<T>(running: Map<string, Promise<T>>, key: string, run: () => Promise<T>): Promise<T> {
  let found = running.get(key);
  if (!found) {
    found = run();
    running.set(key, found);
    found.catch(() => running.delete(key));
  }
  return found;
}

function dated(basket: BasketToday): Basket {
  const isObject = typeof basket === "object" && basket !== null && !Array.isArray(basket);
  if (!isObject || (Object.hasOwn(basket, "asOf") && basket.asOf !== undefined)) return basket as Basket;
  const copy = own(basket);
  copy.asOf = today();
  return copy as Basket;
}

/** The engine somewhere else: its answers come later. */
export type Elsewhere = { [Name in keyof Core]: (...given: Parameters<Core[Name]>) => Promise<ReturnType<Core[Name]>> };

/** Where a file of the package is: below the base, or where it says itself. */
export type Place = (path: string, beside: () => URL) => URL;

/** What is the same wherever the engine runs. */
export interface Loaded<Engine> {
  engine: Engine;
  library: Library;
  /** The basket to ask the engine about. */
  dated(basket: BasketToday): Basket;
  /** What the engine answered, if the pack for the destination was there to answer. */
  answered(quote: Quote): Quote;
}

export async function load(source: Source, options?: LoadOptions): Promise<Preclear> {
  const begin = async (place: Place) => {
    const file = engineFile();
    return start(await source.module(place(ENGINE, file.url), file.sha256));
  };
  const { engine, library, dated, answered } = await assemble<Core>(source, begin, options);
  const quote = (basket: BasketToday) => answered(engine.quote(dated(basket)));
  return Object.assign(library, { quote, verify: (basket: BasketToday, given: Quote) => compared(quote(basket), given) });
}

export function compared(expected: Quote, given: Quote): Verification {
  const found = differences(expected, given);
  return { same: found.length === 0, differences: found };
}

/** The engine's module, below `dist`. */
export const ENGINE = "wasm/preclear_bg.wasm";

export function engineFile(): built.File {
  const file = built.files[ENGINE];
  if (!file) throw new PreclearError("package.unreachable");
  return file;
}

/** Starts an engine and loads what it and its explanations need. */
export async function assemble<Engine extends Core | Elsewhere>(
  source: Source,
  begin: (place: Place) => Promise<Engine>,
  options: LoadOptions = {},
): Promise<Loaded<Engine>> {
  const { packs = [], locales = built.locales, base } = own(options);
  // A base may be relative: to the page or worker, or in Node to this file, so that a path is one.
  const folder = base === undefined ? undefined : new URL(String(base).replace(/\/?$/, "/"), globalThis.location?.href ?? import.meta.url);
  const place: Place = (path, beside) => (folder ? new URL(path, folder) : beside());
  if (typeof WebAssembly !== "object") throw new PreclearError("engine.unavailable");

  const core = begin(place);
  const loadingPacks = new Map<string, Promise<PackInfo>>();
  const loadingLocales = new Map<string, Promise<void>>();
  const loadingLabels = new Map<string, Promise<void>>();
  const infos: PackInfo[] = [];
  const messages = new Map<string, Messages>();
  const labels = new Map<string, Labels>();

  /** A file that is what was built. */
  async function checked(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const file = built.files[path];
    if (!file) throw new PreclearError("package.unreachable");
    const [bytes, engine] = await Promise.all([source.bytes(place(path, file.url)), core]);
    if ((await engine.sha256(bytes)) !== file.sha256) throw new PreclearError("package.changed");
    return bytes;
  }

  const json = async (path: string) => JSON.parse(new TextDecoder().decode(await checked(path))) as unknown;

  const loadLabels = (id: string, locale: string) =>
    once(loadingLabels, `${id}.${locale}`, async () => {
      if (!built.packs[id]?.locales.includes(locale)) return;
      labels.set(`${id}.${locale}`, (await json(`packs/${id}.${locale}.json`)) as Labels);
    });

  // A pack and a language that load at the same time: whichever came second sees the first, and brings the labels.
  const loadPack = (id: string) =>
    once(loadingPacks, id, async () => {
      if (!Object.hasOwn(built.packs, id)) throw new PreclearError("pack.unknown");
      const wanted = [...loadingLocales.keys()].map((locale) => loadLabels(id, locale));
      const [bytes, engine] = await Promise.all([checked(`packs/${id}.pack`), core, ...wanted]);
      const info = await engine.addPack(bytes);
      infos.push(info);
      return info;
    });

  const loadLocale = (locale: string) =>
    once(loadingLocales, locale, async () => {
      if (!built.locales.includes(locale)) throw new PreclearError("locale.unknown");
      const wanted = [...loadingPacks.keys()].map((id) => loadLabels(id, locale));
      const [read] = await Promise.all([json(`locales/${locale}.json`), ...wanted]);
      messages.set(locale, read as Messages);
    });

  const [engine] = await Promise.all([core, ...locales.map(loadLocale), ...packs.map(loadPack)]);

  function texts(locale: string): Messages {
    const found = messages.get(locale);
    if (!found) throw new PreclearError("locale.not-loaded");
    return found;
  }

  const packFor = (countryCode: string) =>
    Object.keys(built.packs).find((id) => built.packs[id]?.destination === countryCode) ?? null;

  function answered(quote: Quote): Quote {
    const missing = quote.status === "unsupported" && quote.destination !== null && packFor(quote.destination);
    if (missing) throw new PreclearError("pack.not-loaded");
    return quote;
  }

  const labelsOf = (packId: string | undefined, locale: string): Labels => labels.get(`${packId}.${locale}`) ?? {};

  const library: Library = {
    version: built.version,
    get packs() {
      return infos.map((info) => ({ ...info }));
    },
    get locales() {
      return [...messages.keys()];
    },
    packFor,
    localeFor: (tag) => suits(tag, built.locales),
    loadPack,
    loadLocale,
    explain: (given, { locale }) => explain(given, texts(locale), labelsOf(given.rules?.pack, locale)),
    describe: (given, finding, { locale }) => describe(given, finding, texts(locale), labelsOf(given.rules?.pack, locale)),
    messages: texts,
    labels(packId, locale) {
      texts(locale);
      return labelsOf(packId, locale);
    },
  };
  return { engine, library, dated, answered };
}

/** The language among these that suits a tag best: the same one, or one of the same language and script. */
function suits(tag: string, locales: readonly string[]): string | null {
  const full = (text: string) => {
    const { language, script } = new Intl.Locale(text).maximize();
    return `${language}-${script}`;
  };
  try {
    const wanted = full(tag);
    return (
      locales.find((locale) => locale.toLowerCase() === tag.toLowerCase()) ??
      locales.find((locale) => full(locale) === wanted) ??
      locales.find((locale) => full(locale).split("-")[0] === wanted.split("-")[0]) ??
      null
    );
  } catch {
    return null;
  }
}
