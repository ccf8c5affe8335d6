import * as built from "preclear:built";
import glue from "preclear:glue";
import { start, type Core } from "./core.js";
import { PreclearError } from "./error.js";
import { files, later, once, type Files } from "./files.js";
import { instance } from "./instance.js";
import { texts } from "./texts.js";
import { differences } from "./verify.js";
import type { Declaring } from "./forms.js";
import type { Checker } from "./identity.js";
import type { Source } from "./source.js";
import type { BasketToday, IsolatedPreclear, LoadOptions, OpenTexts, PackInfo, Preclear, Signature } from "./api.js";
import type { Basket, PaymentData, Quote } from "./types.js";

/** A copy of own fields only: an option must not come from `Object.prototype`. */
export const own = <T extends object>(value: T): T => Object.assign(Object.create(null), value) as T;

/** Today where the shopper is. */
function today(): string {
  const now = new Date();
  const two = (number: number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function dated<T extends { asOf?: string | undefined }>(given: T): T & { asOf: string } {
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
  if (!isObject || (Object.hasOwn(given, "asOf") && given.asOf !== undefined)) return given as T & { asOf: string };
  const copy = own(given);
  copy.asOf = today();
  return copy as T & { asOf: string };
}

/** Opens the package: nothing is loaded before it is asked for. */
export function open(source: Source, options: Pick<LoadOptions, "base"> = {}): OpenTexts {
  return openFiles((engineHash) => files(source, own(options).base, engineHash));
}

export function openFiles(make: (engineHash: (bytes: Uint8Array) => Promise<string>) => Files): OpenTexts {
  const loadingCore = new Map<string, Promise<Core>>();
  const core = () =>
    once(loadingCore, "", async () => {
      if (typeof WebAssembly !== "object") throw new PreclearError("engine.unavailable");
      return start(await there.module("wasm/preclear_bg.wasm"), glue);
    });
  const there = make(async (bytes) => (await core()).sha256(bytes));
  const words = texts(there);
  const infos: PackInfo[] = [];
  /** The bytes of the packs, for an engine that comes later. */
  const held = new Map<string, Uint8Array>();
  const loadingForms = new Map<string, Promise<Declaring>>();
  let wholeEngine: Core | null = null;
  const loadingPacks = new Map<string, Promise<PackInfo>>();
  const loadingCheckers = new Map<string, Promise<Checker>>();
  const loadingRegions = new Map<string, Promise<void>>();

  const loadPack = (id: string) =>
    once(loadingPacks, id, async () => {
      if (!Object.hasOwn(built.packs, id)) throw new PreclearError("pack.unknown");
      const [bytes, engine] = await Promise.all([there.checked(`packs/${id}.pack`), core(), words.loadLabels(id)]);
      const info = engine.addPack(bytes);
      infos.push(info);
      held.set(id, bytes);
      if (wholeEngine) await supply(wholeEngine, id);
      return info;
    });

  /** Gives the whole engine a pack, and the terms by which its goods are recognised. */
  async function supply(engine: Core, id: string): Promise<void> {
    const [bytes, terms] = [held.get(id), `packs/${id}.terms`];
    if (!bytes) return;
    const found = (await there.has(terms)) ? await there.checked(terms) : null;
    engine.addPack(bytes);
    if (found) engine.addPack(found);
  }

  const loadWhole = () =>
    once(loadingCore, "whole", async () => {
      const [module, { default: wholeGlue }] = await Promise.all([
        there.module("wasm/whole_bg.wasm"),
        later(import("./whole.js")),
      ]);
      const engine = await start(module, wholeGlue);
      // Packs that come meanwhile are seen by the second look, and from then on by `loadPack`.
      const given = new Set<string>();
      for (let left = [...held.keys()]; left.length > 0; left = [...held.keys()].filter((id) => !given.has(id))) {
        await Promise.all(left.map((id) => supply(engine, id)));
        for (const id of left) given.add(id);
      }
      wholeEngine = engine;
      return engine;
    });

  const checker = () =>
    once(loadingCheckers, "", async () => {
      if (typeof WebAssembly !== "object") throw new PreclearError("engine.unavailable");
      const [module, { startChecker }] = await Promise.all([
        there.module("wasm/identity_bg.wasm"),
        later(import("./identity.js")),
      ]);
      return startChecker(module, { instance, PreclearError });
    });

  const regions = (countryCode: string) =>
    once(loadingRegions, countryCode, async () => {
      const file = `packs/${words.packFor(countryCode)}.regions`;
      if (!(await there.has(file))) return;
      const [bytes, ready] = await Promise.all([there.checked(file), checker()]);
      ready.addRegions(countryCode, bytes);
    });

  // What came to a stop is not asked again: the next question loads it anew.
  const declaring = <T>(id: string | null, question: (declaring: Declaring) => T): Promise<T> =>
    once(loadingForms, id ?? "", async () => {
      const pack = id === null ? undefined : built.packs[id];
      if (!pack?.forms) throw new PreclearError("forms.unknown");
      const [module, part, forms, regions] = await Promise.all([
        there.module("wasm/forms_bg.wasm"),
        later(import("./forms.js")),
        there.checked(`packs/${id}.forms`),
        there.checked(`packs/${id}.regions`),
      ]);
      return part.startDeclaring(module, pack.destinations[0] ?? "", forms, regions, { PreclearError });
    })
      .then(question)
      .catch((error: unknown) => {
        if (error instanceof PreclearError && error.code === "engine.stopped") loadingForms.delete(id ?? "");
        throw error;
      });
  /** The pack whose forms are asked when no destination is named. */
  const withForms = () => Object.keys(built.packs).find((id) => built.packs[id]?.forms) ?? null;

  function preclear(engine: Core): Preclear {
    function quote(basket: BasketToday): Quote {
      const answer = (wholeEngine ?? engine).quote(dated(basket) as Basket);
      const missing = answer.status === "unsupported" && answer.destination !== null && words.packFor(answer.destination);
      if (missing) throw new PreclearError("pack.not-loaded");
      return answer;
    }
    const methods = {
      version: built.version,
      loadPack,
      loadWhole: async () => {
        await loadWhole();
      },
      quote,
      verify(basket: BasketToday, given: Quote) {
        const found = differences(quote(basket), given);
        return { same: found.length === 0, differences: found };
      },
      async declare(order: Parameters<Preclear["declare"]>[0], options: Parameters<Preclear["declare"]>[1]) {
        const id = words.packFor(String(order?.shipTo?.countryCode));
        if (id !== null && built.packs[id]?.forms) await loadPack(id);
        return declaring(id, (forms) => forms.declare(dated(order), own(options), quote));
      },
      pull: (payment: PaymentData, signed?: Signature) => declaring(withForms(), (forms) => forms.pull(payment, signed)),
      validate: (messages: string | string[]) => declaring(withForms(), (forms) => forms.validate([messages].flat())),
      explainReceipt: (message: string, { locale }: { locale: string }) => declaring(withForms(), (forms) => forms.explainReceipt(message, locale)),
      loadIdentity: async (countryCode: string) => {
        await Promise.all([checker(), regions(countryCode)]);
      },
      async checkIdentity(question: Parameters<Preclear["checkIdentity"]>[0]) {
        const asked = own(question);
        const [ready] = await Promise.all([checker(), regions(asked.countryCode)]);
        return ready.check(dated(asked));
      },
    };
    // By descriptor, so that `locales` and `packs` stay what they are at the time.
    return Object.defineProperties({} as Preclear, {
      ...Object.getOwnPropertyDescriptors(words),
      ...Object.getOwnPropertyDescriptors(methods),
      packs: { enumerable: true, get: () => infos.map((info) => ({ ...info })) },
    });
  }

  return Object.defineProperties({} as OpenTexts, {
    ...Object.getOwnPropertyDescriptors(words),
    loadEngine: { enumerable: true, value: async () => preclear(await core()) },
  });
}

export const load = (source: Source, options?: LoadOptions): Promise<Preclear> => loadFrom((where) => open(source, where), options);

/** Loads the engine, and what is asked for with it. */
export async function loadFrom<Engine extends Preclear | IsolatedPreclear>(
  open: (where: Pick<LoadOptions, "base">) => OpenTexts<Engine>,
  options: LoadOptions = {},
): Promise<Engine> {
  const { packs = [], locales = built.locales, whole = false, base } = own(options);
  const opened = open(base === undefined ? {} : { base });
  const starting = opened.loadEngine();
  const [preclear] = await Promise.all([
    starting,
    ...locales.map((locale) => opened.loadLocale(locale)),
    ...packs.map((id) => starting.then((preclear) => preclear.loadPack(id))),
  ]);
  if (whole) await preclear.loadWhole();
  return preclear;
}
