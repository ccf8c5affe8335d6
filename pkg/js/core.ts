import { version } from "preclear:built";
import type engineGlue from "preclear:glue";
import { PreclearError } from "./error.js";
import { instance } from "./instance.js";
import type { PackInfo } from "./api.js";
import type { Basket, Quote } from "./types.js";

/** The engine, which outlives a stop of its instance. */
export interface Core {
  addPack(bytes: Uint8Array): PackInfo;
  quote(basket: Basket): Quote;
  sha256(bytes: Uint8Array): string;
}

export async function start(module: WebAssembly.Module, glue: typeof engineGlue): Promise<Core> {
  const packs: Uint8Array[] = [];
  const ask = await instance(module, glue, ({ Engine, sha256 }) => {
    // A module of another release would be asked in the wrong way.
    if (Engine.version() !== version) throw new PreclearError("package.changed");
    const engine = new Engine();
    for (const bytes of packs) engine.addPack(bytes);
    return { engine, sha256 };
  });
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
