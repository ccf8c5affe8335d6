/** Tells the page what became another, each once: by the attribute `state` and by events. */

import type { Quote } from "preclear";
import { sum } from "./parcels.js";
import type { PreclearEvents, State, Verdict } from "./public.js";

export function emit<Name extends keyof PreclearEvents>(host: HTMLElement, name: Name, detail: PreclearEvents[Name]): void {
  host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}

export class News {
  /** That of the quotes which were told last. */
  digest: string | null = null;
  readonly #host: HTMLElement;
  #state: State | null = null;
  #behavior: Verdict["behavior"] | null = null;
  #findings = new Set<string>();

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** `several` says that the quotes are of parcels, whose places the findings then have. */
  tell(state: State, behavior: Verdict["behavior"], quotes: Quote[], several: boolean): void {
    const host = this.#host;
    const changed = state !== this.#state || behavior !== this.#behavior;
    if (state !== this.#state) {
      host.setAttribute("state", state);
    }
    this.#state = state;
    this.#behavior = behavior;
    const whole = quotes.length > 0 ? sum(quotes) : null;
    const digest = whole?.digest ?? null;
    if (whole && digest !== this.digest) {
      emit(host, "preclear-quote", whole);
    }
    this.digest = digest;
    const told = this.#findings;
    this.#findings = new Set();
    quotes.forEach((quote, index) => {
      for (const { code, level, target: inBasket } of quote.findings) {
        const target = several ? `/${index}${inBasket}` : inBasket;
        const key = `${code} ${level} ${target}`;
        if (!told.has(key) && !this.#findings.has(key)) {
          emit(host, "preclear-finding", { code, level, target, remedy: null });
        }
        this.#findings.add(key);
      }
    });
    if (changed) {
      emit(host, "preclear-status", { state, behavior });
    }
  }
}
