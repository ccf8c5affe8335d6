import { worker } from "preclear:built";
import { assemble, compared, ENGINE, engineFile, type Place } from "./load.js";
import { network } from "./source.js";
import { isolate } from "./isolate.js";
import type { BasketToday, IsolatedPreclear, LoadOptions } from "./api.js";
import type { Quote } from "./types.js";

export { PreclearError } from "./error.js";
export type * from "./api.js";
export type * from "./types.js";

/**
 * Loads the engine into a worker of its own, and the packs and languages that are asked for. The page reads the files: the worker can reach
 * nothing, which the header of its file sees to. Importing this module does nothing.
 */
export async function loadPreclear(options?: LoadOptions): Promise<IsolatedPreclear> {
  const begin = async (place: Place) => {
    const file = engineFile();
    return isolate(await network.bytes(place(ENGINE, file.url), file.sha256), place("worker.js", worker));
  };
  const { engine, library, dated, answered } = await assemble(network, begin, options);
  const quote = async (basket: BasketToday) => answered(await engine.quote(dated(basket)));
  return Object.assign(library, {
    quote,
    verify: async (basket: BasketToday, given: Quote) => compared(await quote(basket), given),
    close: engine.close,
  });
}
