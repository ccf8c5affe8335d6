/** The package's other files, loaded once for all elements of a page. A load that failed can be tried again. */

import type { OpenTexts, Preclear } from "preclear";

type Details = typeof import("./details.js");
type Orderer = typeof import("./orderer.js");

export function sheet(text: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

/** The style sheets of the parts that came. */
export const sheets: CSSStyleSheet[] = [];

function come<Part extends { styles: string }>(part: Part): Part {
  sheets.push(sheet(part.styles));
  return part;
}

export const there: { texts?: OpenTexts; preclear?: Preclear; details?: Details; orderer?: Orderer } = {};

const loading = new Map<string, Promise<unknown>>();

function once(key: string, load: () => Promise<unknown>): Promise<unknown> {
  let found = loading.get(key);
  if (!found) {
    found = load();
    loading.set(key, found);
    found.catch(() => loading.delete(key));
  }
  return found;
}

export const loadTexts = () => once("texts", async () => (there.texts ??= (await import("preclear")).openTexts()));
export const loadEngine = (texts: OpenTexts) => once("engine", async () => (there.preclear = await texts.loadEngine()));
export const loadDetails = () => once("details", async () => (there.details = come(await import("./details.js"))));
export const loadOrderer = () => once("orderer", async () => (there.orderer = come(await import("./orderer.js"))));

/** What was loaded whole: languages with the texts for the details, and packs' labels. */
const whole = new Set<string>();

export const isThere = (key: string) => whole.has(key);

/** Loads a language's other part, or a pack's labels, and remembers that. */
export async function take(key: string, load: () => Promise<unknown>): Promise<void> {
  await load();
  whole.add(key);
}
