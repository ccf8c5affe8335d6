// Bundles the npm package: dist/ is all that a shop copies.
import { build, transform, transformSync } from "esbuild";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const dist = join(here, "dist");
const widget = join(root, "www/widget/element.ts");
const read = (path) => readFileSync(path, "utf8");
const json = (path) => JSON.parse(read(path));
const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Kinds of labels that name how something was calculated and why: for the details and explanations. */
const LATER_LABELS = ["step", "parameter", "condition", "regime", "field"];

/** A file beside the module that names it, so that bundlers take it along. */
const beside = (path) => `() => new URL(${JSON.stringify(`./${path}`)}, import.meta.url)`;

/** Files by path below `dist`, as `built.d.ts` has them; their places are told from `folder`. */
const listed = (files, folder = "") =>
  `{${Object.entries(files).map(([path, hash]) => `${JSON.stringify(path)}: { sha256: "${hash.slice(0, 32)}", url: ${beside(path.slice(folder.length))} }`).join(",\n")}}`;

/** A module that lists files which load later. */
function writeIndex(path, files, folder) {
  const { code } = transformSync(`export default ${listed(files, folder)};\n`, { minify: true, format: "esm" });
  writeFileSync(join(dist, path), code);
}

/**
 * Packs as `preclear rules build` left them, and their labels in two files: what an element shows at first, and the rest. What files a pack has is a
 * module beside them.
 */
function packs() {
  const { packs } = json(join(here, "packs/manifest.json"));
  const out = join(dist, "packs");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const files = {};
  for (const entry of Object.values(packs).flatMap((pack) => [pack, ...Object.values(pack.texts), ...[pack.regions, pack.terms, pack.forms].filter(Boolean)])) {
    copyFileSync(join(here, "packs", entry.file), join(out, entry.file));
    if (sha256(join(out, entry.file)) !== entry.sha256) throw new Error(`pkg/packs/${entry.file} is not what the manifest says`);
    files[`packs/${entry.file}`] = entry.sha256;
  }
  const labelled = Object.values(packs).flatMap(({ texts, checksOfGoods }) => Object.values(texts).map(({ file }) => ({ file, checksOfGoods })));
  for (const { file, checksOfGoods } of labelled) {
    const kinds = Object.entries(json(join(here, "packs", file)));
    for (const [name, later] of [[file, false], [file.replace(/json$/, "more.json"), true]]) {
      const isLater = (kind, id) => LATER_LABELS.includes(kind) || (kind === "check" && checksOfGoods.includes(id));
      const labels = kinds.map(([kind, all]) => [kind, Object.entries(all).filter(([id]) => isLater(kind, id) === later)]);
      const kept = labels.filter(([, found]) => found.length > 0).map(([kind, found]) => [kind, Object.fromEntries(found)]);
      writeFileSync(join(out, name), `${JSON.stringify(Object.fromEntries(kept))}\n`);
      files[`packs/${name}`] = sha256(join(out, name));
    }
  }
  return Object.entries(packs).map(([id, { destinations, texts, forms }]) => {
    const own = Object.entries(files).filter(([path]) => path.startsWith(`packs/${id}.`));
    writeIndex(`packs/${id}.js`, Object.fromEntries(own), "packs/");
    return [id, { destinations, locales: Object.keys(texts), ...(forms && { forms: true }) }];
  });
}

/** What no checkout shows at first: texts for explanations and for the details; and what most baskets have no finding about. */
const LATER_FINDINGS = /^(input|goods|rules|engine|form)\./;
const FIRST_REMEDIES = /^(give|correct|pay|choose)-/;
const LATER = ["statuses", "levels", "sums", "charges", "measures", "expected", "given", "reasons", "identity", "explain"];

/**
 * The texts of each language in two files, with the widget's under a key of their own: what the element shows at first, which is what
 * `widget.js` names, and the rest.
 */
function locales() {
  const out = join(dist, "locales");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const names = readdirSync(join(here, "locales")).filter((name) => name.endsWith(".json")).sort();
  const shown = existsSync(join(dist, "widget.js")) ? read(join(dist, "widget.js")) : "";
  const atFirst = (group, key) =>
    group === "widget" ? shown.includes(`"${key.replace(/\..*/, "")}"`) : group === "explain" ? key === "disclaimer" : !LATER.includes(group) && !(group === "findings" && LATER_FINDINGS.test(key)) && !(group === "remedies" && !FIRST_REMEDIES.test(key));
  const files = {};
  for (const name of names) {
    const texts = json(join(here, "locales", name));
    const ofWidget = join(root, "www/widget/locales", name);
    if (existsSync(ofWidget)) texts.widget = json(ofWidget);
    for (const [file, first] of [[name, true], [name.replace(/json$/, "more.json"), false]]) {
      const groups = Object.entries(texts).map(([group, said]) => [group, Object.entries(said).filter(([key]) => atFirst(group, key) === first)]);
      const kept = groups.filter(([, said]) => said.length > 0).map(([group, said]) => [group, Object.fromEntries(said)]);
      writeFileSync(join(out, file), `${JSON.stringify(Object.fromEntries(kept))}\n`);
      files[`locales/${file}`] = sha256(join(out, file));
    }
  }
  return { files, locales: names.map((name) => basename(name, ".json")) };
}

/** The modules that were compiled. */
function compiled() {
  const paths = readdirSync(join(dist, "wasm")).filter((name) => name.endsWith(".wasm")).sort().map((name) => `wasm/${name}`);
  return Object.fromEntries(paths.map((path) => [path, sha256(join(dist, path))]));
}

/** What the façade knows of the files beside it; the isolated engine's worker, which is handed them, knows of none. */
function built(ofPacks, ofLocales, addresses) {
  const entries = Object.entries({ ...compiled(), ...ofLocales.files });
  const isLater = ([path]) => (path.startsWith("wasm/") ? path !== "wasm/preclear_bg.wasm" : path.endsWith(".more.json"));
  const atFirst = Object.fromEntries(entries.filter((entry) => !isLater(entry)));
  writeIndex("later.js", Object.fromEntries(entries.filter(isLater)), "");
  return [
    `export const version = ${JSON.stringify(json(join(here, "package.json")).version)};`,
    `export const worker = ${addresses ? beside("worker.js") : "null"};`,
    `export const files = ${addresses ? listed(atFirst) : "{}"};`,
    `export const later = ${addresses ? `() => import("./later.js")` : "null"};`,
    `export const packs = {${ofPacks.map(([id, facts]) => `${JSON.stringify(id)}: { ...${JSON.stringify(facts)}${addresses ? `, files: () => import("./packs/${id}.js")` : ""} }`).join(",\n")}};`,
    `export const locales = ${JSON.stringify(ofLocales.locales)};`,
  ].join("\n");
}

/**
 * A module's glue as a function, so that each call has an instance of its own: as a module it could be started once only. Without finalizers,
 * since the façade keeps what it asks for each instance, and one that stopped must not be called again.
 */
async function glue(file, names) {
  const contents = `${read(join(dist, `wasm/${file}.js`))}\nexport { __wbg_get_imports as imports, __wbg_finalize_init as start };`;
  const bundled = await build({
    stdin: { contents: `export { ${[...names, "imports", "start"].join(", ")} } from "glue"`, resolveDir: dist },
    bundle: true,
    write: false,
    format: "esm",
    define: { FinalizationRegistry: "undefined" },
    plugins: [virtual("glue", contents)],
  });
  const text = bundled.outputFiles[0].text;
  const exports = /^export \{([^}]*)\};\s*$/m.exec(text);
  if (!exports || /\bimport\b/.test(text)) throw new Error("the glue has another form than this build knows");
  const fields = exports[1].split(",").map((name) => name.trim().split(" as ")).map(([name, as = name]) => `${as}: ${name}`);
  return `export default () => {\n${text.slice(0, exports.index)}\nreturn { ${fields.join(", ")} };\n};`;
}

/** A module whose text is made here. */
function virtual(name, contents) {
  return {
    name,
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace: "virtual", sideEffects: false }));
      build.onLoad({ filter: new RegExp(`^${name}$`), namespace: "virtual" }, () => ({ contents, resolveDir: dist }));
    },
  };
}

/** The widget takes the façade from beside it, so that the glue is there once, and likewise its own parts that load later. */
const facade = {
  name: "facade",
  setup(build) {
    const module = { path: "./preclear.js", external: true };
    build.onResolve({ filter: /^preclear$/ }, () => module);
    build.onResolve({ filter: /^preclear\/isolated$/ }, () => ({ path: "./isolated.js", external: true }));
    build.onResolve({ filter: /^\./ }, ({ path, resolveDir, kind, importer }) => {
      if (kind === "dynamic-import") return { path: `./widget-${basename(path)}`, external: true };
      if (/\/scripts\.ts$/.test(importer) && /^\.\/(element|package)\.js$/.test(path)) return { path: "./widget.js", external: true };
      if (path.endsWith("/js/scripts.js")) return { path: "./scripts.js", external: true };
      return dirname(resolve(resolveDir, path)) === join(here, "js") ? module : undefined;
    });
  },
};

/** Style sheets as texts, without what only readers need. */
const styles = {
  name: "styles",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(read(path), { loader: "css", minify: true, target: "es2022", charset: "utf8" });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

/** Every file as a script, for pages that may fetch nothing. */
function scripts() {
  const out = join(dist, "scripts");
  rmSync(out, { recursive: true, force: true });
  for (const folder of ["wasm", "packs", "locales"]) {
    mkdirSync(join(out, folder), { recursive: true });
    const names = readdirSync(join(dist, folder)).filter((name) => !/\.(js|ts)$/.test(name));
    for (const name of names) writeFileSync(join(out, folder, `${name}.js`), `export default "${readFileSync(join(dist, folder, name)).toString("base64")}";\n`);
  }
}

/** The declarations, beside those of the contract. */
function declarations() {
  const out = join(dist, "types");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const made = mkdtempSync(join(dist, "declarations-"));
  try {
    const tsc = join(root, "node_modules/.bin/tsc");
    const options = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--rootDir", root, "--outDir", made];
    // Writes them whether or not all types agree: that is for `tsc --noEmit` to say.
    spawnSync(tsc, ["--project", here, ...options]);
    for (const name of ["api", "error", "index", "isolated"]) copyFileSync(join(made, `pkg/js/${name}.d.ts`), join(out, `${name}.d.ts`));
    copyFileSync(join(here, "js/types.d.ts"), join(out, "types.d.ts"));
    if (existsSync(widget)) {
      copyFileSync(join(made, "www/widget/element.d.ts"), join(out, "widget.d.ts"));
      copyFileSync(join(made, "www/widget/public.d.ts"), join(out, "public.d.ts"));
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const common = { bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", logLevel: "warning", legalComments: "none" };

if (existsSync(widget)) {
  // Each by itself: what both need is small, and a shop copies few files.
  const later = ["details", "orderer", "isolated", "scripts"].map((name) => [`widget-${name}`, `export * from "./${name}.ts"`]);
  // What the element takes its files from is for `widget-scripts.js` to change.
  const parts = [["widget", 'export * from "./element.ts"; export { inPage } from "./package.ts"'], ...later];
  await Promise.all(
    parts.map(([name, contents]) =>
      build({ ...common, stdin: { contents, resolveDir: dirname(widget) }, outfile: join(dist, `${name}.js`), platform: "browser", plugins: [facade, styles] }),
    ),
  );
}
/** The façade's part that loads later, for each of its sides. */
const later = {
  name: "later",
  setup(build) {
    build.onResolve({ filter: /^\.\/(identity|whole|forms|later|packs\/[a-z]+)\.js$/ }, ({ path, kind }) => (kind === "dynamic-import" ? { path, external: true } : undefined));
  },
};

const [ofPacks, ofLocales] = [packs(), locales()];
const glues = [
  virtual("preclear:glue", await glue("preclear", ["Engine", "sha256"])),
  virtual("preclear:whole", await glue("whole", ["Engine", "sha256"])),
  virtual("preclear:forms", await glue("forms", ["Declarations"])),
  virtual("preclear:identity", await glue("identity", ["Identity"])),
];
const plugins = [later, virtual("preclear:built", built(ofPacks, ofLocales, true)), ...glues];
const bundle = (entry, out, more) => build({ ...common, plugins, ...more, entryPoints: [join(here, `js/${entry}.ts`)], outfile: join(dist, `${out}.js`) });
await Promise.all([
  bundle("index", "preclear", { platform: "browser" }),
  bundle("node", "node", { platform: "node" }),
  bundle("isolated", "isolated", { platform: "browser" }),
  bundle("scripts", "scripts", { platform: "browser" }),
  ...["identity", "whole", "forms"].map((name) => bundle(name, name, { platform: "neutral" })),
  // Whole, since it can load nothing, and no module, since it imports nothing.
  bundle("worker", "worker", {
    platform: "browser",
    format: "iife",
    plugins: [virtual("preclear:built", built(ofPacks, ofLocales, false)), ...glues],
    logOverride: { "empty-import-meta": "silent" },
  }),
]);
scripts();
declarations();
