// The file of an isolated engine's worker. It holds no address: the files that it needs are handed to it with the questions.

import { version } from "preclear:built";
import glue from "preclear:glue";
import { start, type Core } from "./core.js";
import { PreclearError } from "./error.js";
import { compile, type Files } from "./files.js";
import { openFiles } from "./load.js";
import type { Preclear } from "./api.js";

/** A question, and the files that it needs and that this worker was not handed yet. */
export interface Question {
  /** A method of the engine's; `sha256` for a page whose platform has no hash. */
  name: "sha256" | "start" | "loadPack" | "loadWhole" | "quote" | "verify" | "checkIdentity" | "loadIdentity" | "declare" | "pull" | "validate" | "explainReceipt";
  given: unknown[];
  files: [string, Uint8Array<ArrayBuffer>][];
}
/** What a worker says: first of which version it is, then an answer to each question in their order. */
export type Said = { version: string } | { value: unknown } | { code: string };

/** Checked by whoever handed them over. */
const handed = new Map<string, Uint8Array<ArrayBuffer>>();

async function checked(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = handed.get(path);
  if (!found) throw new PreclearError("package.unreachable");
  return found;
}

const there: Files = {
  checked,
  module: async (path) => compile(await checked(path)),
  json: async (path) => JSON.parse(new TextDecoder().decode(await checked(path))) as unknown,
  has: async (path) => handed.has(path),
  place: (_, beside) => beside(),
};
const opened = openFiles(() => there);
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
