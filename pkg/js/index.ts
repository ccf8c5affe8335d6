import { load } from "./load.js";
import { network } from "./source.js";
import type { LoadOptions, Preclear } from "./api.js";

export { PreclearError } from "./error.js";
export type * from "./api.js";
export type * from "./types.js";

/** Loads the engine, and the packs and languages that are asked for. Importing this module does nothing. */
export function loadPreclear(options?: LoadOptions): Promise<Preclear> {
  return load(network, options);
}
