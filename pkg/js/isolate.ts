import { version } from "preclear:built";
import { PreclearError } from "./error.js";
import { get } from "./source.js";
import type { PackInfo } from "./api.js";
import type { Elsewhere } from "./load.js";
import type { Basket, Quote } from "./types.js";
import type { Ask, Said } from "./worker.js";

/** After this long without a word the worker is taken for dead: browsers do not tell of every death. */
const PATIENCE = 10_000;
/** Deeper than a basket may be. */
const DEEP = 20;

/** The worker is gone, and with it what it was asked; another one may answer. */
class Died extends Error {}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): { createScriptURL(address: string): string };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

/** An address for pages on which no plain text becomes a script. */
function vouched(url: URL): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes) return url.href;
  policy ??= trustedTypes.createPolicy("preclear", { createScriptURL: (address) => address });
  return policy.createScriptURL(url.href);
}

/** Whether a policy lets scripts run and nothing else happen. */
function seals(policy: string): boolean {
  const directives = policy.split(";").map((directive) => directive.trim().toLowerCase().split(/\s+/));
  const names = directives.map(([name]) => name).filter((name) => name !== "");
  return directives.some((words) => words.join(" ") === "default-src 'none'") && names.every((name) => name === "default-src" || name === "script-src");
}

/** What a worker can be sent of a value, with what the engine reads in it: own fields, and of a proxy those of what it stands for. */
function plain(value: unknown, known = new Map<unknown, unknown>(), depth = DEEP): unknown {
  if (typeof value !== "object" || value === null) {
    return ["string", "boolean", "undefined", "object"].includes(typeof value) ? value : NaN;
  }
  if (known.has(value) || depth === 0) return known.get(value);
  const copy: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : Object.create(null);
  known.set(value, copy);
  const entries = Array.isArray(value) ? Array.from(value).entries() : Object.entries(value);
  for (const [key, entry] of entries) Object.defineProperty(copy, key, { value: plain(entry, known, depth - 1), enumerable: true });
  return copy;
}

/** One worker. It answers in the order in which it is asked. */
class Line {
  readonly #worker: Worker;
  #waiting: { answer(value: unknown): void; fail(error: Error): void }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;
  #ended: Error | undefined;

  constructor(url: URL) {
    try {
      this.#worker = new Worker(vouched(url), { name: "preclear" });
    } catch {
      throw new PreclearError("engine.unavailable");
    }
    this.#worker.onmessage = ({ data }: MessageEvent<Said>) => this.#hear(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.end(this.#ready ? new Died() : new PreclearError("package.unreachable"));
    };
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  ask(ask: Ask): Promise<unknown> {
    return new Promise((answer, fail) => {
      if (this.#ended) return fail(this.#ended);
      this.#worker.postMessage(ask);
      this.#waiting.push({ answer, fail });
      if (this.#waiting.length === 1) this.#wait();
    });
  }

  end(error: Error): void {
    if (this.#ended) return;
    this.#ended = error;
    clearTimeout(this.#timer);
    this.#worker.terminate();
    this.#waiting.forEach(({ fail }) => fail(error));
  }

  #hear(said: Said): void {
    if (this.#ended) return;
    if ("version" in said) {
      this.#ready = true;
      // A file of another release would be asked in the wrong way.
      if (said.version !== version) return this.end(new PreclearError("package.changed"));
    } else if ("code" in said) {
      this.#waiting.shift()?.fail(new PreclearError(said.code));
    } else {
      this.#waiting.shift()?.answer(said.value);
    }
    this.#wait();
  }

  /** Until its file is there, it is the network that takes its time. */
  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#ready && this.#waiting.length > 0) this.#timer = setTimeout(() => this.end(new Died()), PATIENCE);
  }
}

/**
 * The engine in a worker. When the worker dies, another one takes over and is asked what was not answered, once: a question that two workers did
 * not answer is `engine.stopped`.
 */
export async function isolate(engine: Uint8Array<ArrayBuffer>, url: URL): Promise<Elsewhere & { close(): void }> {
  // Without its policy it would be a worker like any other.
  const policies = (await get(url)).headers.get("content-security-policy") ?? "";
  if (!policies.split(",").some(seals)) throw new PreclearError("worker.not-isolated");

  const packs: Uint8Array<ArrayBuffer>[] = [];
  let closed = false;

  function begin(): { line: Line; started: Promise<unknown> } {
    const line = new Line(url);
    const started = line.ask(["start", engine]);
    started.catch((error: Error) => line.end(error));
    for (const pack of packs) line.ask(["addPack", pack]).catch(() => undefined);
    return { line, started };
  }

  let { line, started } = begin();
  await started.catch((error: Error) => {
    throw error instanceof Died ? new PreclearError("engine.stopped") : error;
  });

  async function ask(question: Ask, again = true): Promise<unknown> {
    if (closed) throw new PreclearError("engine.unavailable");
    if (line.ended) ({ line } = begin());
    try {
      return await line.ask(question);
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      if (again) return ask(question, false);
      throw new PreclearError("engine.stopped");
    }
  }

  return {
    async addPack(bytes) {
      const pack = bytes as Uint8Array<ArrayBuffer>;
      const info = (await ask(["addPack", pack])) as PackInfo;
      packs.push(pack);
      return info;
    },
    async quote(basket) {
      let question: Ask;
      try {
        question = ["quote", plain(basket) as Basket];
      } catch {
        throw new PreclearError("engine.stopped");
      }
      return (await ask(question)) as Quote;
    },
    sha256: async (bytes) => (await ask(["sha256", bytes as Uint8Array<ArrayBuffer>])) as string,
    close() {
      closed = true;
      line.end(new PreclearError("engine.unavailable"));
    },
  };
}
