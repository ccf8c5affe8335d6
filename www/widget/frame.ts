/** The element's own tree and its style sheets: where what is seen, what the orderer is asked and what is read out have their places. */

import { Announcer } from "./announcer.js";
import { morph } from "./dom.js";
import { directionOf } from "./language.js";
import layout from "./layout.css";
import look from "./look.css";
import { sheet, sheets } from "./package.js";
import type { Appearance, State } from "./public.js";
import { alarm, announcement, lower, upper, waiting, type View } from "./view.js";
import type { Words } from "./words.js";

/** What is read out waits until nothing has changed for so long. */
const SETTLED = 800;
const WAITING = 1000;

/** The layout, and the look that a page can leave out. */
let own: CSSStyleSheet[] | undefined;

function box(name: string): HTMLElement {
  const made = document.createElement("div");
  made.className = name;
  return made;
}

export class Frame {
  /** All that is seen. */
  readonly base = box("base");
  readonly #asking = box("asking");
  readonly #view = box("view");
  readonly #upper = box("upper");
  readonly #lower = box("lower");
  readonly #slot = document.createElement("slot");
  readonly #variables = sheet(":host{}");
  readonly #announcer = new Announcer("status");
  readonly #alarm = new Announcer("alert");
  readonly #root: ShadowRoot;
  #theme: Appearance["theme"];

  constructor(host: HTMLElement) {
    this.#root = host.attachShadow({ mode: "open" });
    this.base.setAttribute("part", "base");
    this.base.tabIndex = -1;
    this.#view.append(this.#upper, this.#asking, this.#lower);
    this.base.append(this.#view, this.#slot);
    this.#root.append(this.base, this.#announcer.region, this.#alarm.region);
    this.dress({});
  }

  /** Looks as the shop wants it. */
  dress({ theme = "auto", variables = {} }: Appearance): void {
    this.#theme = theme;
    this.base.setAttribute("data-theme", theme);
    const host = this.#variables.cssRules[0];
    if (host instanceof CSSStyleRule) {
      for (const name of [...host.style]) {
        host.style.removeProperty(name);
      }
      for (const [name, value] of Object.entries(variables)) {
        host.style.setProperty(`--preclear-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, String(value));
      }
    }
    this.#adopt();
  }

  /** Takes the style sheets of the parts that have come since. */
  #adopt(): void {
    own ??= [sheet(layout), sheet(look)];
    this.#root.adoptedStyleSheets = [...own.slice(0, this.#theme === "none" ? 1 : 2), ...sheets, this.#variables];
  }

  /**
   * Draws what is seen, or where `yields` leaves the place to what the page has put between the tags; `ask` draws what the orderer is asked. Returns
   * the state that is shown by it.
   */
  draw(seen: View, words: Words | null, yields: boolean, ask: (asking: HTMLElement) => void): State {
    let { state } = seen;
    const fallback = yields && [...this.#root.host.childNodes].some((node) => node instanceof Element || node.nodeValue?.trim());
    const focused = this.#root.activeElement;
    this.#slot.hidden = !fallback;
    this.#view.hidden = fallback;
    this.base.setAttribute("aria-busy", String(state === "loading"));
    try {
      morph(this.#upper, fallback ? [] : words ? upper(seen) : state === "loading" ? waiting() : []);
      morph(this.#lower, fallback || !words ? [] : lower(seen));
    } catch {
      // A quote from elsewhere that is none.
      state = "engine-unavailable";
      this.#slot.hidden = false;
      morph(this.#upper, []);
      morph(this.#lower, []);
    }
    ask(this.#asking);
    if (!sheets.every((part) => this.#root.adoptedStyleSheets.includes(part))) {
      this.#adopt();
    }
    if (focused && !this.#root.activeElement) {
      this.base.focus({ preventScroll: true });
    }
    if (words) {
      this.#view.lang = words.locale;
      this.#view.dir = directionOf(words.locale);
      const stop = words.say("stop");
      this.#announcer.say(fallback ? [] : announcement({ ...seen, state }), state === "loading" ? WAITING : SETTLED, stop);
      this.#alarm.say(fallback ? [] : alarm(seen), SETTLED, stop);
    }
    return state;
  }
}
