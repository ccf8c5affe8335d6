// wasm-bindgen's glue for the engine, wrapped by build.mjs.

import type { PackInfo } from "./api.js";
import type { Glue as Any } from "./instance.js";
import type { Basket, Quote } from "./types.js";

export interface Engine {
  addPack(bytes: Uint8Array): PackInfo;
  quote(basket: Basket): Quote;
}

export interface Glue extends Any {
  Engine: { new (): Engine; version(): string };
  sha256(bytes: Uint8Array): string;
}

/** Glue for one instance; each call has state of its own. */
export default function glue(): Glue;
