// What build.mjs knows when it bundles.

/**
 * A file of the package, and where it lies when no `base` says otherwise. Of its SHA-256 the first 128 bits: nobody finds another file with them,
 * and they are half as much to download.
 */
export interface File {
  readonly sha256: string;
  /** Written out for each file, so that bundlers see which files to take along. */
  url(): URL;
}

export declare const version: string;
/** Where the engine's module lies. */
export declare function wasm(): URL;
/** Where the whole engine lies: with prices that include tax, and goods recognised by name. */
export declare function whole(): URL;
/** Where the module of the declarations lies. */
export declare function forms(): URL;
/** Where the module of the identity checks lies. */
export declare function identity(): URL;
/** The files that are checked when they are loaded, by path below `dist`: those of the languages. */
export declare const files: Readonly<Record<string, File>>;
/** A pack that was built. */
export interface Pack {
  readonly destinations: readonly string[];
  readonly locales: readonly string[];
  /** Whether it has forms of messages to customs. */
  readonly forms?: true;
  /** Its files, by path below `dist`: a module of its own, since a page asks for one pack of many. */
  files(): Promise<{ readonly default: Readonly<Record<string, File>> }>;
}
/** The packs that were built, by id. */
export declare const packs: Readonly<Record<string, Pack>>;
/** The languages that were built. */
export declare const locales: readonly string[];
