import { load, open } from "./load.js";
import { network } from "./source.js";
import type { LoadOptions, OpenTexts, Preclear } from "./api.js";

export { PreclearError } from "./error.js";
export type * from "./api.js";
export type * from "./types.js";

/** Loads the engine, and the packs and languages that are asked for. Importing this module does nothing. */
export function loadPreclear(options?: LoadOptions): Promise<Preclear> {
  return load(network, options);
}

/** The languages at once, and the engine when it is asked for: for a quote that was computed elsewhere. Nothing is loaded yet. */
export function openTexts(options?: Pick<LoadOptions, "base">): OpenTexts {
  return open(network, options);
}
