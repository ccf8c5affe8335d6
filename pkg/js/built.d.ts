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
/** Where the file of the isolated engine's worker lies. */
export declare function worker(): URL;
/** The files that are checked when they are loaded, by path below `dist`: the engine, and each language's first. */
export declare const files: Readonly<Record<string, File>>;
/** The other modules, and each language's other file. */
export declare function later(): Promise<{ readonly default: Readonly<Record<string, File>> }>;
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
