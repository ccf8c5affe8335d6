import { version } from "preclear:built";
import glue from "preclear:forms";
import type { PreclearError as Failure } from "./error.js";
import type { DeclareOptions, Declared, Order, Pulled, Receipt, Signature, Validation } from "./api.js";
import type { Basket, PaymentData, Quote } from "./types.js";

/** Declarations, once they are loaded. */
export interface Declaring {
  declare(order: Order, options: DeclareOptions, quote: (basket: Basket) => Quote): Declared;
  pull(payment: PaymentData, signed?: Signature): Pulled;
  validate(messages: string[]): Validation;
  explainReceipt(message: string, locale: string): Receipt;
}

/** What this file, which loads later, has from the façade, so that there is one of each. */
interface Parts {
  PreclearError: typeof Failure;
}

/** An identifier as customs writes one. Not `randomUUID`, which is there on secure origins only. */
function guid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What was put in another's place must not get into the module's memory at all. */
const like = (form: RegExp, text: unknown) => (typeof text === "string" && form.test(text) ? text : "");

/** The second it is in China. */
const now = () => new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\D/g, "").slice(0, 14);

export async function startDeclaring(module: WebAssembly.Module, country: string, forms: Uint8Array, regions: Uint8Array, { PreclearError }: Parts): Promise<Declaring> {
  async function begin() {
    try {
      const fresh = glue();
      fresh.start(await WebAssembly.instantiate(module, fresh.imports()), module);
      if (fresh.Declarations.version() !== version) throw new PreclearError("package.changed");
      return { made: new fresh.Declarations(country, forms, regions), basketOf: fresh.Declarations.basketOf };
    } catch (error) {
      throw error instanceof PreclearError ? error : new PreclearError("engine.unavailable");
    }
  }

  const { made, basketOf } = await begin();

  /** What an instance throws, it threw in the middle of something; it may have been told a person's data, and is let go with what it said. */
  function ask<T>(question: () => T): T {
    try {
      return question();
    } catch (error) {
      throw error instanceof PreclearError ? error : new PreclearError("engine.stopped");
    }
  }

  /** A message as bytes, which are wiped once they were looked at. */
  function withBytes<T>(messages: string[], look: (bytes: Uint8Array[]) => T): T {
    const bytes = messages.map((message) => new TextEncoder().encode(String(message)));
    try {
      return ask(() => look(bytes));
    } finally {
      for (const each of bytes) each.fill(0);
    }
  }

  return {
    declare(order, { form, time = now(), guids = [guid(), guid()] }, quote) {
      const basket = ask(() => basketOf(order));
      const { channel, amounts } = basket === null ? { channel: null, amounts: null } : quote(basket);
      const [message, entry] = guids.map((guid) => like(/^[\w-]{36}$/, guid));
      return ask(() => made.declare(order, like(/^[A-Z]{1,6}\d{0,3}$/, form), { channel, amounts }, like(/^\d{14}$/, time), message ?? "", entry ?? ""));
    },
    pull(payment, signed) {
      const text = /^[\w+/=-]{1,4000}$/;
      return ask(() => made.pull(payment, guid(), ...(signed ? [like(text, signed.certificate), like(text, signed.signature)] : [])));
    },
    validate: (messages) => withBytes(messages, (bytes) => made.validate(bytes)),
    explainReceipt: (message, locale) => withBytes([message], ([bytes]) => made.explainReceipt(bytes!, like(/^[A-Za-z-]{2,10}$/, locale))),
  };
}
