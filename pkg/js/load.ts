import * as built from "preclear:built";
import { start, type Core } from "./core.js";
import { startDeclaring, type Declaring } from "./declarations.js";
import { PreclearError } from "./error.js";
import { describe, explain } from "./explain.js";
import { differences } from "./verify.js";
import type { Source } from "./source.js";
import type { BasketToday, Labels, LoadOptions, Messages, PackInfo, Preclear } from "./api.js";
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

export async function load(source: Source, options: LoadOptions = {}): Promise<Preclear> {
  const { packs = [], locales = built.locales, base } = own(options);
  // A base may be relative: to the page or worker, or in Node to this file, so that a path is one.
  const folder = base === undefined ? undefined : new URL(String(base).replace(/\/?$/, "/"), globalThis.location?.href ?? import.meta.url);
  const place = (path: string, beside: () => URL) => (folder ? new URL(path, folder) : beside());
  if (typeof WebAssembly !== "object") throw new PreclearError("engine.unavailable");

  const core: Promise<Core> = source.module(place("wasm/preclear_bg.wasm", built.wasm)).then(start);
  const loadingPacks = new Map<string, Promise<PackInfo>>();
  const loadingLocales = new Map<string, Promise<void>>();
  const loadingLabels = new Map<string, Promise<void>>();
  const loadingForms = new Map<string, Promise<Declaring>>();
  const infos: PackInfo[] = [];
  const messages = new Map<string, Messages>();
  const labels = new Map<string, Labels>();

  /** A file that is what was built. */
  async function checked(path: string): Promise<Uint8Array> {
    const file = built.files[path];
    if (!file) throw new PreclearError("package.unreachable");
    const [bytes, engine] = await Promise.all([source.bytes(place(path, file.url)), core]);
    if (engine.sha256(bytes) !== file.sha256) throw new PreclearError("package.changed");
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
      const info = engine.addPack(bytes);
      infos.push(info);
      return info;
    });

  /** What is said of messages to customs, which only those load who declare. */
  const withWords = async (locale: string) => {
    const found = messages.get(locale);
    if (found) Object.assign(found.findings, await json(`locales/forms.${locale}.json`));
  };

  const loadLocale = (locale: string) =>
    once(loadingLocales, locale, async () => {
      if (!built.locales.includes(locale)) throw new PreclearError("locale.unknown");
      const wanted = [...loadingPacks.keys()].map((id) => loadLabels(id, locale));
      const [read] = await Promise.all([json(`locales/${locale}.json`), ...wanted]);
      messages.set(locale, read as Messages);
      if (loadingForms.size > 0) await withWords(locale);
    });

  const [engine] = await Promise.all([core, ...locales.map(loadLocale), ...packs.map(loadPack)]);

  function texts(locale: string): Messages {
    const found = messages.get(locale);
    if (!found) throw new PreclearError("locale.not-loaded");
    return found;
  }

  const packFor = (countryCode: string) =>
    Object.keys(built.packs).find((id) => built.packs[id]?.destination === countryCode) ?? null;

  function quote(basket: BasketToday): Quote {
    const answer = engine.quote(dated(basket));
    const missing = answer.status === "unsupported" && answer.destination !== null && packFor(answer.destination);
    if (missing) throw new PreclearError("pack.not-loaded");
    return answer;
  }

  // What came to a stop is not asked again: the next question loads it anew.
  const declaring = <T>(id: string | null, question: (declaring: Declaring) => T): Promise<T> =>
    once(loadingForms, id ?? "", async () => {
      const pack = id === null ? undefined : built.packs[id];
      if (!pack?.forms) throw new PreclearError("forms.unknown");
      const files = Promise.all([checked(`packs/${id}.forms`), checked(`packs/${id}.regions`)]);
      const [module, [forms, regions]] = await Promise.all([source.module(place("forms/preclear_bg.wasm", built.formsWasm)), files]);
      await Promise.all([...messages.keys()].map(withWords));
      return startDeclaring(module, pack.destination, forms, regions);
    })
      .then(question)
      .catch((error: unknown) => {
        if (error instanceof PreclearError && error.code === "engine.stopped") loadingForms.delete(id ?? "");
        throw error;
      });
  const withForms = () => Object.keys(built.packs).find((id) => built.packs[id]?.forms) ?? null;

  const labelsOf = (packId: string | undefined, locale: string): Labels => labels.get(`${packId}.${locale}`) ?? {};

  return {
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
    quote,
    verify(basket, given) {
      const found = differences(quote(basket), given);
      return { same: found.length === 0, differences: found };
    },
    explain: (given, { locale }) => explain(given, texts(locale), labelsOf(given.rules?.pack, locale)),
    describe: (given, finding, { locale }) => describe(given, finding, texts(locale), labelsOf(given.rules?.pack, locale)),
    async declare(order, options) {
      const id = packFor(String(order?.shipTo?.countryCode));
      if (id !== null && built.packs[id]?.forms) await loadPack(id);
      return declaring(id, (forms) => forms.declare(order, own(options), (basket) => quote(basket)));
    },
    validate: (messages) => declaring(withForms(), (forms) => forms.validate([messages].flat())),
    explainReceipt: (message, { locale }) => declaring(withForms(), (forms) => forms.explainReceipt(message, locale)),
    messages: texts,
    labels(packId, locale) {
      texts(locale);
      return labelsOf(packId, locale);
    },
  };
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
