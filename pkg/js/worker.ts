// The file of an isolated engine's worker. It holds no address: the files that it needs are handed to it with the questions.

import { version } from "preclear:built";
import glue from "preclear:glue";
import { start, type Core } from "./core.js";
import { PreclearError } from "./error.js";
import { files } from "./files.js";
import { open } from "./load.js";
import type { Preclear } from "./api.js";
import type { Source } from "./source.js";

/** A question, and the files that it needs and that this worker was not handed yet. */
export interface Question {
  /** A method of the engine's; `sha256` for a page whose platform has no hash. */
  name: "sha256" | "start" | "loadPack" | "loadWhole" | "quote" | "verify" | "checkIdentity" | "loadIdentity" | "declare" | "validate" | "explainReceipt";
  given: unknown[];
  files: [string, Uint8Array<ArrayBuffer>][];
}
/** What a worker says: first of which version it is, then an answer to each question in their order. */
export type Said = { version: string } | { value: unknown } | { code: string };

/** Files are told apart by their paths; this is where none is. */
const NOWHERE = "https://preclear.invalid/";

const handed = new Map<string, Uint8Array<ArrayBuffer>>();
const source: Source = {
  async bytes({ pathname }) {
    const found = handed.get(pathname.slice(1));
    if (!found) throw new PreclearError("package.unreachable");
    return found;
  },
};
const opened = open(source, { base: NOWHERE });
let loading: Promise<Preclear> | undefined;
let hashing: Promise<Core> | undefined;

/** The engine; a load that failed is tried again with the next question. */
function engine(): Promise<Preclear> {
  if (!loading) {
    loading = opened.loadEngine();
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

async function run({ name, given }: Question): Promise<unknown> {
  if (name === "sha256") {
    const there = files(source, NOWHERE, () => Promise.reject(new PreclearError("engine.unavailable")));
    hashing ??= there.module("wasm/preclear_bg.wasm").then((module) => start(module, glue));
    return (await hashing).sha256(given[0] as Uint8Array);
  }
  const preclear = await engine();
  if (name === "start") return null;
  return (preclear[name] as (...given: unknown[]) => unknown)(...given);
}

async function answer(question: Question): Promise<Said> {
  for (const [path, bytes] of question.files) handed.set(path, bytes);
  try {
    return { value: await run(question) };
  } catch (error) {
    return { code: error instanceof PreclearError ? error.code : "engine.stopped" };
  }
}

const say = (said: Said) => self.postMessage(said);
let before = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<Question>) => {
  before = before.then(async () => say(await answer(data)));
};
say({ version });
