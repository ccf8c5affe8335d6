import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { PreclearError } from "./error.js";
import { load } from "./load.js";
import { compile, network } from "./source.js";
import type { Source } from "./source.js";
import type { LoadOptions, Preclear } from "./api.js";

export { PreclearError } from "./error.js";
export type * from "./api.js";
export type * from "./types.js";

async function bytes(url: URL, sha256?: string): Promise<Uint8Array<ArrayBuffer>> {
  const read = await readFile(url).catch(() => {
    throw new PreclearError("package.unreachable");
  });
  if (sha256 !== undefined && createHash("sha256").update(read).digest("hex") !== sha256) throw new PreclearError("package.changed");
  return new Uint8Array(read);
}

/** From files; over the network only where `base` says so. */
const source: Source = {
  bytes: (url, sha256) => (url.protocol === "file:" ? bytes(url, sha256) : network.bytes(url, sha256)),
  module: async (url, sha256) => compile(await source.bytes(url, sha256)),
};

/** Loads the engine, and the packs and languages that are asked for. Importing this module does nothing. */
export function loadPreclear(options?: LoadOptions): Promise<Preclear> {
  return load(source, options);
}
