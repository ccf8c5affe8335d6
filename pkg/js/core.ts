import glue from "preclear:glue";
import { version } from "preclear:built";
import { PreclearError } from "./error.js";
import type { PackInfo } from "./api.js";
import type { Basket, Quote } from "./types.js";

/** The engine, which outlives a stop of its instance. */
export interface Core {
  addPack(bytes: Uint8Array): PackInfo;
  quote(basket: Basket): Quote;
  sha256(bytes: Uint8Array): string;
}

export async function start(module: WebAssembly.Module): Promise<Core> {
  const packs: Uint8Array[] = [];

  function begin(fresh: ReturnType<typeof glue>, instance: WebAssembly.Instance) {
    fresh.start(instance, module);
    const engine = new fresh.Engine();
    for (const bytes of packs) engine.addPack(bytes);
    return { engine, sha256: fresh.sha256 };
  }

  let running: ReturnType<typeof begin> | undefined;
  try {
    const fresh = glue();
    running = begin(fresh, await WebAssembly.instantiate(module, fresh.imports()));
    // A module of another release would be asked in the wrong way.
    if (fresh.Engine.version() !== version) throw new PreclearError("package.changed");
  } catch (error) {
    throw error instanceof PreclearError ? error : new PreclearError("engine.unavailable");
  }

  /** Asks the engine. What it throws that is no code of its own, it threw in the middle of something: that instance is not asked again. */
  function ask<T>(question: (engine: NonNullable<typeof running>) => T): T {
    if (!running) running = again();
    try {
      return question(running);
    } catch (error) {
      if (typeof error === "object" && error !== null && !(error instanceof Error) && Object.hasOwn(error, "code")) {
        throw new PreclearError((error as { code: string }).code);
      }
      running = undefined;
      throw new PreclearError("engine.stopped");
    }
  }

  function again() {
    try {
      const fresh = glue();
      return begin(fresh, new WebAssembly.Instance(module, fresh.imports()));
    } catch {
      throw new PreclearError("engine.unavailable");
    }
  }

  return {
    addPack(bytes) {
      const info = ask(({ engine }) => engine.addPack(bytes));
      packs.push(bytes);
      return info;
    },
    quote: (basket) => ask(({ engine }) => engine.quote(basket)),
    sha256: (bytes) => ask(({ sha256 }) => sha256(bytes)),
  };
}
