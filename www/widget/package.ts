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

export const there: { details?: Details; orderer?: Orderer } = {};

const once = (loading: Map<string, Promise<unknown>>) => (key: string, load: () => Promise<unknown>): Promise<unknown> => {
  let found = loading.get(key);
  if (!found) {
    found = load();
    loading.set(key, found);
    found.catch(() => loading.delete(key));
  }
  return found;
};

const ofPage = once(new Map());
export const loadDetails = () => ofPage("details", async () => (there.details = come(await import("./details.js"))));
export const loadOrderer = () => ofPage("orderer", async () => (there.orderer = come(await import("./orderer.js"))));

/** Texts and their engine: those in the page, or those in a worker. */
export class Side {
  texts: OpenTexts | undefined;
  preclear: Preclear | undefined;
  open: () => Promise<{ openTexts(): OpenTexts }>;
  readonly #once = once(new Map());
  /** What was loaded whole: languages with the texts for the details, and packs' labels. */
  readonly #whole = new Set<string>();

  constructor(open: () => Promise<{ openTexts(): OpenTexts }>) {
    this.open = open;
  }

  loadTexts(): Promise<unknown> {
    return this.#once("texts", async () => (this.texts = (await this.open()).openTexts()));
  }

  loadEngine(texts: OpenTexts): Promise<unknown> {
    return this.#once("engine", async () => (this.preclear = await texts.loadEngine()));
  }

  has(key: string): boolean {
    return this.#whole.has(key);
  }

  /** Loads a language's other part, or a pack's labels, and remembers that. */
  async take(key: string, load: () => Promise<unknown>): Promise<void> {
    await load();
    this.#whole.add(key);
  }
}

export const inPage = new Side(() => import("preclear"));
export const inWorker = new Side(() => import("./isolated.js"));
