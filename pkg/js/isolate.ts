import { version } from "preclear:built";
import { PreclearError } from "./error.js";
import { once } from "./files.js";
import { get } from "./source.js";
import type { Question, Said } from "./worker.js";

/** After this long without a word the worker is taken for dead: browsers do not tell of every death. */
const PATIENCE = 10_000;
/** Deeper than a basket or an order may be. */
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
export function plain(value: unknown, known = new Map<unknown, unknown>(), depth = DEEP): unknown {
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

/** A question as it is asked again of another worker. */
export interface Asking extends Omit<Question, "files"> {
  /** The paths of the files that it needs. */
  needs: readonly string[];
  /** Whether every worker after this one has to be told as well, under a name of its own. */
  keep?: string;
}

/** One worker. It answers in the order in which it is asked. */
class Line {
  readonly #worker: Worker;
  #waiting: { answer(value: unknown): void; fail(error: Error): void }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;
  #ended: Error | undefined;
  readonly #handed = new Set<string>();

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

  ask({ name, given }: Asking, files: [string, Uint8Array<ArrayBuffer>][]): Promise<unknown> {
    return new Promise((answer, fail) => {
      if (this.#ended) return fail(this.#ended);
      const question: Question = { name, given, files: files.filter(([path]) => !this.#handed.has(path)) };
      this.#worker.postMessage(question);
      for (const [path] of question.files) this.#handed.add(path);
      this.#waiting.push({ answer, fail });
      if (this.#waiting.length === 1) this.#wait();
    });
  }

  /** A file that was refused is to be handed over anew. */
  forget(path: string): void {
    this.#handed.delete(path);
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

/** Asks a worker. */
export interface Isolated {
  ask(asking: Asking): Promise<unknown>;
  close(): void;
}

/**
 * A worker that can reach nothing, and is handed the files that a question needs; `read` reads one. When it dies, another one takes over and is asked
 * what was not answered, once: a question that two workers did not answer is `engine.stopped`.
 */
export async function isolate(url: URL, read: (path: string) => Promise<Uint8Array<ArrayBuffer>>): Promise<Isolated> {
  // Without its policy it would be a worker like any other.
  const policies = (await get(url)).headers.get("content-security-policy") ?? "";
  if (!policies.split(",").some(seals)) throw new PreclearError("worker.not-isolated");

  const reading = new Map<string, Promise<void>>();
  const held = new Map<string, Uint8Array<ArrayBuffer>>();
  const kept = new Map<string, Asking>();
  let closed = false;

  const files = ({ needs }: Asking) => needs.flatMap((path): [string, Uint8Array<ArrayBuffer>][] => (held.has(path) ? [[path, held.get(path)!]] : []));

  function begin(): Line {
    const line = new Line(url);
    for (const asking of kept.values()) line.ask(asking, files(asking)).catch(() => undefined);
    return line;
  }

  let line = begin();

  async function ask(asking: Asking, again = true): Promise<unknown> {
    await Promise.all(asking.needs.map((path) => once(reading, path, async () => void held.set(path, await read(path)))));
    if (closed) throw new PreclearError("engine.unavailable");
    if (line.ended) line = begin();
    try {
      const answer = await line.ask(asking, files(asking));
      if (asking.keep !== undefined) kept.set(asking.keep, asking);
      return answer;
    } catch (error) {
      if (!(error instanceof Died)) {
        // One of its files may be another than was built; the next question reads them anew.
        if ((error as PreclearError).code === "package.changed") {
          for (const path of asking.needs) reading.delete(path), line.forget(path);
        }
        throw error;
      }
      if (again) return ask(asking, false);
      throw new PreclearError("engine.stopped");
    }
  }

  return {
    ask,
    close() {
      closed = true;
      line.end(new PreclearError("engine.unavailable"));
    },
  };
}
