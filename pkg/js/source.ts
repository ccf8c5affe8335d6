import { PreclearError } from "./error.js";

/** How the package's files are read. */
export interface Source {
  bytes(url: URL): Promise<Uint8Array<ArrayBuffer>>;
  module(url: URL): Promise<WebAssembly.Module>;
}

async function get(url: URL): Promise<Response> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new PreclearError("package.unreachable");
  return response;
}

/** Compiles bytes that somebody may have replaced by a page that says that there is no such file. */
export async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  if (bytes[0] !== 0 || bytes[1] !== 0x61) throw new PreclearError("package.changed");
  try {
    return await WebAssembly.compile(bytes);
  } catch {
    throw new PreclearError("engine.unavailable");
  }
}

async function body(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new PreclearError("package.unreachable");
  }
}

/** Over the network, from the shop's own pages. */
export const network: Source = {
  bytes: async (url) => body(await get(url)),
  async module(url) {
    const response = await get(url);
    // A server that does not know the type is no reason to fail; streaming insists on it.
    const known = response.headers.get("content-type")?.startsWith("application/wasm");
    if (!known || !WebAssembly.compileStreaming) return compile(await body(response));
    try {
      return await WebAssembly.compileStreaming(response);
    } catch {
      throw new PreclearError("engine.unavailable");
    }
  },
};
