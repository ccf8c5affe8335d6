import { readFile } from "node:fs/promises";
import { PreclearError } from "./error.js";
import { load, open } from "./load.js";
import { network } from "./source.js";
import type { Source } from "./source.js";
import type { LoadOptions, OpenTexts, Preclear } from "./api.js";

export { PreclearError } from "./error.js";
export type * from "./api.js";
export type * from "./types.js";

async function bytes(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(url));
  } catch {
    throw new PreclearError("package.unreachable");
  }
}

/** From files; over the network only where `base` says so. */
const source: Source = {
  bytes: (url) => (url.protocol === "file:" ? bytes(url) : network.bytes(url)),
};

/** Loads the engine, and the packs and languages that are asked for. Importing this module does nothing. */
export function loadPreclear(options?: LoadOptions): Promise<Preclear> {
  return load(source, options);
}

/** The languages at once, and the engine when it is asked for: for a quote that was computed elsewhere. Nothing is loaded yet. */
export function openTexts(options?: Pick<LoadOptions, "base">): OpenTexts {
  return open(source, options);
}
