import { PreclearError } from "./error.js";

/** How the package's files are read; one whose SHA-256 is given only as it was built. */
export interface Source {
  bytes(url: URL, sha256?: string): Promise<Uint8Array<ArrayBuffer>>;
  module(url: URL, sha256: string): Promise<WebAssembly.Module>;
}

export async function compile(bytes: Uint8Array<ArrayBuffer>): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes);
  } catch {
    throw new PreclearError("engine.unavailable");
  }
}

const base64 = (hexadecimal: string) => btoa(hexadecimal.replace(/../g, (byte) => String.fromCharCode(parseInt(byte, 16))));

/** A response that is there, and that the browser found to have the hash. */
export async function get(url: URL, sha256?: string): Promise<Response> {
  const response = await fetch(url, sha256 === undefined ? {} : { integrity: `sha256-${base64(sha256)}` }).catch(() => undefined);
  if (response?.ok) return response;
  // The browser does not say why it refused. A file that is there was refused for its hash.
  const changed = !response && sha256 !== undefined && (await fetch(url).then(({ ok }) => ok, () => false));
  throw new PreclearError(changed ? "package.changed" : "package.unreachable");
}

/** Over the network, from the shop's own pages. */
export const network: Source = {
  async bytes(url, sha256) {
    const response = await get(url, sha256);
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch {
      throw new PreclearError("package.unreachable");
    }
  },
  // Not while it streams: all of it is there when its hash is known.
  module: async (url, sha256) => compile(await network.bytes(url, sha256)),
};
