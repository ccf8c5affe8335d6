// wasm-bindgen's glue of the declarations, wrapped by build.mjs.

import type { Declared, Order, Pulled, Receipt, Validation } from "./api.js";
import type { Basket, PaymentData, Quote } from "./types.js";

export interface Declarations {
  declare(order: Order, form: string, quote: Pick<Quote, "channel" | "amounts">, time: string, guid: string, entry: string): Declared;
  pull(payment: PaymentData, drawn: string, certificate?: string, signature?: string): Pulled;
  validate(messages: Uint8Array[]): Validation;
  explainReceipt(message: Uint8Array, locale: string): Receipt;
}

export interface Glue {
  imports(): WebAssembly.Imports;
  start(instance: WebAssembly.Instance, module: WebAssembly.Module): void;
  Declarations: {
    new (country: string, forms: Uint8Array, regions: Uint8Array): Declarations;
    basketOf(order: Order): Basket | null;
    version(): string;
  };
}

/** Glue for one instance; each call has state of its own. */
export default function glue(): Glue;
