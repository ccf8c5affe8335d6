import * as built from "preclear:built";
import { PreclearError } from "./error.js";
import { files, once } from "./files.js";
import { isolate, plain, type Asking, type Isolated } from "./isolate.js";
import { loadFrom, own } from "./load.js";
import { network } from "./source.js";
import { texts } from "./texts.js";
import type { IsolatedPreclear, LoadOptions, OpenTexts, PackInfo, Preclear } from "./api.js";

export { PreclearError } from "./error.js";
export type * from "./api.js";
export type * from "./types.js";

const ENGINE = "wasm/preclear_bg.wasm";

/**
 * Loads the engine into a worker of its own, and the packs and languages that are asked for. The page reads the files: the worker can reach
 * nothing, which the header of its file sees to. Importing this module does nothing.
 */
export function loadPreclear(options?: LoadOptions): Promise<IsolatedPreclear> {
  return loadFrom(openTexts, options);
}

/** The languages at once, and the engine when it is asked for: for a quote that was computed elsewhere. Nothing is loaded yet. */
export function openTexts(options: Pick<LoadOptions, "base"> = {}): OpenTexts<IsolatedPreclear> {
  const { base } = own(options);
  const starting = new Map<string, Promise<Isolated>>();
  const worker = () =>
    once(starting, "", async () => {
      if (typeof WebAssembly !== "object" || typeof Worker !== "function") throw new PreclearError("engine.unavailable");
      return isolate(there.place("worker.js", built.worker), there.checked);
    });
  const there = files(network, base, async (bytes) => (await (await worker()).ask({ name: "sha256", given: [bytes], needs: [ENGINE] })) as string);
  const words = texts(there);
  /** Those of a pack's files that were built. */
  const ofPack = async (id: string | null | undefined, ...endings: string[]) => {
    const paths = endings.map((ending) => `packs/${id}.${ending}`);
    const found = await Promise.all(paths.map((path) => there.has(path)));
    return paths.filter((_, index) => found[index]);
  };
  const infos: PackInfo[] = [];
  const loadingPacks = new Map<string, Promise<PackInfo>>();
  let isWhole = false;

  function preclear({ ask: put, close }: Isolated): IsolatedPreclear {
    async function ask<Name extends Exclude<Asking["name"], "sha256" | "start">>(
      name: Name,
      given: Parameters<Preclear[Name]>,
      needs: Promise<string[]> | string[] = [],
      keep?: string,
    ): Promise<Awaited<ReturnType<Preclear[Name]>>> {
      let copy: unknown[];
      try {
        copy = given.map((value) => plain(value));
      } catch {
        // A value that stops whoever reads it.
        throw new PreclearError("engine.stopped");
      }
      const asking: Asking = { name, given: copy, needs: [ENGINE, ...(await needs)] };
      return (await put(keep === undefined ? asking : { ...asking, keep })) as Awaited<ReturnType<Preclear[Name]>>;
    }

    const loadPack = (id: string) =>
      once(loadingPacks, id, async () => {
        const needs = ofPack(id, "pack", ...(isWhole ? ["terms"] : []));
        const [info] = await Promise.all([ask("loadPack", [id], needs, `pack ${id}`), words.loadLabels(id)]);
        infos.push(info);
        return info;
      });

    const checks = async (countryCode: string) => ["wasm/identity_bg.wasm", ...(await ofPack(words.packFor(countryCode), "regions"))];
    const terms = async (ids: string[]) => ["wasm/whole_bg.wasm", ...(await Promise.all(ids.map((id) => ofPack(id, "terms")))).flat()];
    const forms = async (id: string | null | undefined) => ["wasm/forms_bg.wasm", ...(await ofPack(id, "forms", "regions"))];
    const hasForms = (id: string) => built.packs[id]?.forms === true;
    const withForms = () => forms(Object.keys(built.packs).find(hasForms));

    const methods: Omit<IsolatedPreclear, keyof typeof words | "packs"> = {
      version: built.version,
      loadPack,
      loadWhole() {
        isWhole = true;
        return ask("loadWhole", [], terms([...loadingPacks.keys()]), "whole");
      },
      quote: (basket) => ask("quote", [basket]),
      verify: (basket, quote) => ask("verify", [basket, quote]),
      loadIdentity: (countryCode) => ask("loadIdentity", [countryCode], checks(countryCode)),
      checkIdentity: async (question) => ask("checkIdentity", [question], checks(question.countryCode)),
      async declare(order, options) {
        const id = words.packFor(String(order?.shipTo?.countryCode));
        if (id !== null && hasForms(id)) await loadPack(id);
        return ask("declare", [order, options], forms(id));
      },
      pull: (...given) => ask("pull", given, withForms()),
      validate: (messages) => ask("validate", [messages], withForms()),
      explainReceipt: (message, options) => ask("explainReceipt", [message, options], withForms()),
      close,
    };
    // By descriptor, so that `locales` and `packs` stay what they are at the time.
    return Object.defineProperties({} as IsolatedPreclear, {
      ...Object.getOwnPropertyDescriptors(words),
      ...Object.getOwnPropertyDescriptors(methods),
      packs: { enumerable: true, get: () => infos.map((info) => ({ ...info })) },
    });
  }

  return Object.defineProperties({} as OpenTexts<IsolatedPreclear>, {
    ...Object.getOwnPropertyDescriptors(words),
    loadEngine: {
      enumerable: true,
      async value() {
        const isolated = await worker();
        await isolated.ask({ name: "start", given: [], needs: [ENGINE] });
        return preclear(isolated);
      },
    },
  });
}
