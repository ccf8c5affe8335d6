import { PreclearError } from "./error.js";

/** How the package's files are read. */
export interface Source {
  bytes(url: URL): Promise<Uint8Array<ArrayBuffer>>;
}

export async function get(url: URL): Promise<Response> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new PreclearError("package.unreachable");
  return response;
}

/** Over the network, from the shop's own pages. */
export const network: Source = {
  async bytes(url) {
    // A bundler may have written a small file into its address, which a page's policy need not allow to be fetched.
    if (url.protocol === "data:") return Uint8Array.from(atob(url.pathname.replace(/.*,/, "")), (letter) => letter.charCodeAt(0));
    const response = await get(url);
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch {
      throw new PreclearError("package.unreachable");
    }
  },
};
