/** Tells a screen reader what changed, when nothing has changed for a moment. The region is there from the start: one that comes with its text is not read. */
export class Announcer {
  readonly region: HTMLElement;
  #told: string[] = [];
  #timer = 0;

  constructor(role: "status" | "alert") {
    this.region = document.createElement("div");
    this.region.setAttribute("role", role);
    this.region.className = "unseen";
  }

  say(parts: string[], delay: number, end: string): void {
    clearTimeout(this.#timer);
    if (parts.join() === this.#told.join()) {
      return;
    }
    this.#timer = window.setTimeout(() => {
      if (!this.region.isConnected) {
        return;
      }
      const news = parts.filter((part) => !this.#told.includes(part));
      this.#told = parts;
      this.region.textContent = (news.length > 0 ? news : parts.slice(0, 1)).join(end);
    }, delay);
  }
}
