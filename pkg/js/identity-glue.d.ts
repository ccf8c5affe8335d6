// wasm-bindgen's glue for the identity checks, wrapped by build.mjs.

import type { IdentityAnswer } from "./api.js";
import type { Glue as Any } from "./instance.js";

export interface Identity {
  addRegions(countryCode: string, bytes: Uint8Array): boolean;
  check(countryCode: string, kind: string | undefined, number: string, asOf: string | undefined): IdentityAnswer;
}

export interface Glue extends Any {
  Identity: { new (): Identity; version(): string };
}

/** Glue for one instance; each call has state of its own. */
export default function glue(): Glue;
