// The file of an isolated engine's worker. It holds no address: what it needs, it is handed.

import { version } from "preclear:built";
import { start, type Core } from "./core.js";
import { PreclearError } from "./error.js";
import { compile } from "./source.js";
import type { Basket } from "./types.js";

/** A question and what it is about. */
export type Ask = ["start" | "addPack" | "sha256", Uint8Array<ArrayBuffer>] | ["quote", Basket];
/** What a worker says: first of which version it is, then an answer to each question in their order. */
export type Said = { version: string } | { value: unknown } | { code: string };

let core: Core | undefined;

async function answer([ask, given]: Ask): Promise<Said> {
  try {
    if (ask === "start") {
      core = await start(await compile(given));
      return { value: null };
    }
    if (!core) throw new PreclearError("engine.unavailable");
    if (ask === "quote") return { value: core.quote(given) };
    return { value: core[ask](given) };
  } catch (error) {
    return { code: error instanceof PreclearError ? error.code : "engine.stopped" };
  }
}

const say = (said: Said) => self.postMessage(said);
let before = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<Ask>) => {
  before = before.then(async () => say(await answer(data)));
};
say({ version });
