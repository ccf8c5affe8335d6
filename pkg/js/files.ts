import * as built from "preclear:built";
import { PreclearError } from "./error.js";
import type { Source } from "./source.js";

/** The package's files. */
export interface Files {
  /** Where a file is that says where it is beside this one. */
  place(path: string, beside: () => URL): URL;
  /** One of the modules, before any of it runs. */
  module(path: string): Promise<WebAssembly.Module>;
  /** A file that is what was built. */
  checked(path: string): Promise<Uint8Array<ArrayBuffer>>;
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
    const id = /^packs\/([^.]+)/.exec(path)?.[1] ?? "";
    const isOfPack = Object.hasOwn(built.packs, id);
    if (!known.has(path) && (isOfPack || id === "")) {
      await once(indexes, id, async () => {
        const { default: found } = await later(isOfPack ? built.packs[id]!.files() : built.later());
        for (const [path, file] of Object.entries(found)) known.set(path, file);
      });
    }
    return known.get(path);
  }

  async function checked(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const file = await find(path);
    if (!file) throw new PreclearError("package.unreachable");
    const bytes = await source.bytes(place(path, file.url));
    const { subtle } = globalThis.crypto ?? {};
    // A module cannot vouch for itself. Without a hash of the platform's own, it is told from another release only.
    const hash = subtle ? hex(await subtle.digest("SHA-256", bytes)) : path.endsWith(".wasm") ? file.sha256 : await engineHash(bytes);
    if (!hash.startsWith(file.sha256)) throw new PreclearError("package.changed");
    return bytes;
  }

  return {
    place,
    module: async (path) => compile(await checked(path)),
    checked,
    has: async (path) => (await find(path)) !== undefined,
    json: async (path) => JSON.parse(new TextDecoder().decode(await checked(path))) as unknown,
  };
}

/** Compiles bytes that may be a page which says that there is no such file. */
export async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  if (bytes[0] !== 0 || bytes[1] !== 0x61) throw new PreclearError("package.changed");
  try {
    return await WebAssembly.compile(bytes);
  } catch {
    throw new PreclearError("engine.unavailable");
  }
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
