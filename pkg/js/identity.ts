import glue from "preclear:identity";
import { version } from "preclear:built";
import type { IdentityQuestion, IdentityAnswer } from "./api.js";
import type { PreclearError } from "./error.js";
import type { instance } from "./instance.js";

/** The identity checks, which outlive a stop of their instance. */
export interface Checker {
  addRegions(countryCode: string, bytes: Uint8Array): void;
  check(question: IdentityQuestion): IdentityAnswer;
}

/** Only the number is wiped. One that was put in another's place must not get into the module's memory at all. */
const like = (form: RegExp, text: unknown) => (typeof text === "string" && form.test(text) ? text : undefined);

/** What the façade has already; this file is one of its own, which loads when a number is first checked. */
export interface Shared {
  instance: typeof instance;
  PreclearError: typeof PreclearError;
}

export async function startChecker(module: WebAssembly.Module, { instance, PreclearError }: Shared): Promise<Checker> {
  const regions = new Map<string, Uint8Array>();
  const ask = await instance(module, glue, ({ Identity }) => {
    if (Identity.version() !== version) throw new PreclearError("package.changed");
    const checker = new Identity();
    for (const [country, bytes] of regions) checker.addRegions(country, bytes);
    return checker;
  });
  return {
    addRegions(countryCode, bytes) {
      if (!ask((checker) => checker.addRegions(countryCode, bytes))) throw new PreclearError("package.changed");
      regions.set(countryCode, bytes);
    },
    check({ countryCode, type, number, asOf }) {
      const country = like(/^[A-Z]{2}$/, countryCode) ?? "";
      const kind = type === undefined ? undefined : (like(/^[a-z]+(-[a-z]+)*$/, type)?.slice(0, 40) ?? "");
      return ask((checker) => checker.check(country, kind, typeof number === "string" ? number : "", like(/^\d{4}-\d\d-\d\d$/, asOf)));
    },
  };
}
