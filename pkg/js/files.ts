import * as built from "preclear:built";
import { PreclearError } from "./error.js";
import type { Source } from "./source.js";

/** The package's files. */
export interface Files {
  /** One of the modules. */
  module(path: string, beside: () => URL): Promise<WebAssembly.Module>;
  /** A file that is what was built. */
  checked(path: string): Promise<Uint8Array>;
  /** Whether there is such a file. */
  has(path: string): Promise<boolean>;
  /** A checked file that holds JSON. */
  json(path: string): Promise<unknown>;
}

/** `engineHash` is asked where the platform has no hash of its own: a page that was not served securely. */
export function files(source: Source, base: string | URL | undefined, engineHash: (bytes: Uint8Array) => Promise<string>): Files {
  // A base may be relative: to the page or worker, or in Node to this file, so that a path is one.
  const folder = base === undefined ? undefined : new URL(String(base).replace(/\/?$/, "/"), globalThis.location?.href ?? import.meta.url);
  const place = (path: string, beside: () => URL) => (folder ? new URL(path, folder) : beside());

  const known = new Map(Object.entries(built.files));
  const indexes = new Map<string, Promise<void>>();

  async function find(path: string) {
    const id = /^packs\/([^.]+)/.exec(path)?.[1];
    if (id !== undefined && Object.hasOwn(built.packs, id)) {
      await once(indexes, id, async () => {
        const { default: found } = await later(built.packs[id]!.files());
        for (const [path, file] of Object.entries(found)) known.set(path, file);
      });
    }
    return known.get(path);
  }

  async function checked(path: string): Promise<Uint8Array> {
    const file = await find(path);
    if (!file) throw new PreclearError("package.unreachable");
    const bytes = await source.bytes(place(path, file.url));
    const { subtle } = globalThis.crypto ?? {};
    const hash = subtle ? hex(await subtle.digest("SHA-256", bytes)) : await engineHash(bytes);
    if (!hash.startsWith(file.sha256)) throw new PreclearError("package.changed");
    return bytes;
  }

  return {
    module: (path, beside) => source.module(place(path, beside)),
    checked,
    has: async (path) => (await find(path)) !== undefined,
    json: async (path) => JSON.parse(new TextDecoder().decode(await checked(path))) as unknown,
  };
}

const hex = (bytes: ArrayBuffer) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A part of the package that loads later. */
export const later = <Part>(part: Promise<Part>) => part.catch(() => Promise.reject(new PreclearError("package.unreachable")));

/** Runs a load once; one that failed can be tried again. */
export function once<T>(running: Map<string, Promise<T>>, key: string, run: () => Promise<T>): Promise<T> {
  let found = running.get(key);
  if (!found) {
    found = run();
    running.set(key, found);
    found.catch(() => running.delete(key));
  }
  return found;
}
