/** The page's engines: one for all elements, and one in a worker for those that are `isolated`. */

import type { BasketToday, Library, LoadOptions, Quote } from "preclear";

export interface Engine extends Library {
  quote(basket: BasketToday): Quote | Promise<Quote>;
}

const OPTIONS: LoadOptions = { locales: [] };
const loading = new Map<boolean, Promise<Engine>>();
const loaded = new Map<boolean, Engine>();

const load = async (isolated: boolean): Promise<Engine> =>
  isolated ? (await import("preclear/isolated")).loadPreclear(OPTIONS) : (await import("preclear")).loadPreclear(OPTIONS);

export const loadedEngine = (isolated: boolean): Engine | undefined => loaded.get(isolated);

/** Loads an engine once. A load that failed can be tried again. */
export function loadEngine(isolated: boolean): Promise<Engine> {
  let found = loading.get(isolated);
  if (!found) {
    found = load(isolated);
    loading.set(isolated, found);
    found.then(
      (engine) => loaded.set(isolated, engine),
      () => loading.delete(isolated),
    );
  }
  return found;
}
