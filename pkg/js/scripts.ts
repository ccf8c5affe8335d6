import { PreclearError } from "./error.js";
import { load, open, own } from "./load.js";
import type { LoadOptions, OpenTexts, Preclear } from "./api.js";
import type { Source } from "./source.js";

export { PreclearError } from "./error.js";
export type * from "./api.js";
export type * from "./types.js";

/** Browsers remember a script that did not come: the next time it has another address. */
const attempts = new Map<string, number>();

/** For a page that may run scripts and fetch nothing: every file is a script too, that exports its bytes in base64. */
const source: Source = {
  async bytes({ href }) {
    const attempt = attempts.get(href) ?? 0;
    try {
      const { default: text } = (await import(`${href}.js${attempt === 0 ? "" : `?${attempt}`}`)) as { default: string };
      return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    } catch {
      attempts.set(href, attempt + 1);
      throw new PreclearError("package.unreachable");
    }
  },
};

/** The scripts lie in a folder of their own, beside this one or below the base. */
function where({ base }: Pick<LoadOptions, "base">): { base: URL } {
  const here = base === undefined ? import.meta.url : new URL(String(base).replace(/\/?$/, "/"), globalThis.location.href);
  return { base: new URL("scripts/", here) };
}

/** Loads the engine, and the packs and languages that are asked for. Importing this module does nothing. */
export function loadPreclear(options: LoadOptions = {}): Promise<Preclear> {
  const asked = own(options);
  return load(source, { ...asked, ...where(asked) });
}

/** The languages at once, and the engine when it is asked for. Nothing is loaded yet. */
export function openTexts(options: Pick<LoadOptions, "base"> = {}): OpenTexts {
  return open(source, where(own(options)));
}
