// Bundles the npm package: dist/ is all that a shop copies.
import { build } from "esbuild";
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

/** Packs and their labels, as `preclear rules build` left them. */
function packs() {
  const { packs } = json(join(here, "packs/manifest.json"));
  const out = join(dist, "packs");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const files = {};
  for (const entry of Object.values(packs).flatMap((pack) => [pack, ...Object.values(pack.texts)])) {
    copyFileSync(join(here, "packs", entry.file), join(out, entry.file));
    if (sha256(join(out, entry.file)) !== entry.sha256) throw new Error(`pkg/packs/${entry.file} is not what the manifest says`);
    files[`packs/${entry.file}`] = entry.sha256;
  }
  const known = Object.entries(packs).map(([id, { destination, texts }]) => [id, { destination, locales: Object.keys(texts) }]);
  return { files, packs: Object.fromEntries(known) };
}

/** The texts of each language, with the widget's under a key of their own. */
function locales() {
  const out = join(dist, "locales");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const names = readdirSync(join(here, "locales")).filter((name) => name.endsWith(".json")).sort();
  const files = {};
  for (const name of names) {
    const texts = json(join(here, "locales", name));
    const ofWidget = join(root, "www/widget/locales", name);
    if (existsSync(ofWidget)) texts.widget = json(ofWidget);
    writeFileSync(join(out, name), `${JSON.stringify(texts)}\n`);
    files[`locales/${name}`] = sha256(join(out, name));
  }
  return { files, locales: names.map((name) => basename(name, ".json")) };
}

/** The hashes of what was compiled. */
function modules() {
  const names = readdirSync(join(dist, "wasm")).filter((name) => name.endsWith(".wasm"));
  return Object.fromEntries(names.sort().map((name) => [`wasm/${name}`, sha256(join(dist, "wasm", name))]));
}

/** What the façade knows of the files beside it. */
function built() {
  const [ofPacks, ofLocales] = [packs(), locales()];
  const beside = (path) => `() => new URL(${JSON.stringify(`./${path}`)}, import.meta.url)`;
  const files = Object.entries({ ...modules(), ...ofPacks.files, ...ofLocales.files });
  return [
    `export const version = ${JSON.stringify(json(join(here, "package.json")).version)};`,
    `export const worker = ${beside("worker.js")};`,
    `export const files = {${files.map(([path, hash]) => `${JSON.stringify(path)}: { sha256: "${hash}", url: ${beside(path)} }`).join(",\n")}};`,
    `export const packs = ${JSON.stringify(ofPacks.packs)};`,
    `export const locales = ${JSON.stringify(ofLocales.locales)};`,
  ].join("\n");
}

/**
 * The glue as a function, so that each call has an instance of its own: as a module it could be started once only. Without finalizers, since
 * the façade keeps one engine for each instance, and one that stopped must not be called again.
 */
async function glue() {
  const contents = `${read(join(dist, "wasm/preclear.js"))}\nexport { __wbg_get_imports as imports, __wbg_finalize_init as start };`;
  const bundled = await build({
    stdin: { contents: 'export { Engine, sha256, imports, start } from "glue"', resolveDir: dist },
    bundle: true,
    write: false,
    format: "esm",
    define: { FinalizationRegistry: "undefined" },
    plugins: [virtual("glue", contents)],
  });
  const text = bundled.outputFiles[0].text;
  const exports = /^export \{([^}]*)\};\s*$/m.exec(text);
  if (!exports || /\bimport\b/.test(text)) throw new Error("the glue has another form than this build knows");
  const names = exports[1].split(",").map((name) => name.trim().split(" as "));
  const fields = names.map(([name, as = name]) => `${as}: ${name}`);
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

/** The widget takes the façades from beside it, so that the glue is there once. */
const facade = {
  name: "facade",
  setup(build) {
    const beside = { path: "./preclear.js", external: true };
    build.onResolve({ filter: /^preclear$/ }, () => beside);
    build.onResolve({ filter: /^preclear\/isolated$/ }, () => ({ path: "./isolated.js", external: true }));
    build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => (dirname(resolve(resolveDir, path)) === join(here, "js") ? beside : undefined));
  },
};

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
    if (existsSync(widget)) copyFileSync(join(made, "www/widget/element.d.ts"), join(out, "widget.d.ts"));
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

const common = { bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8", logLevel: "warning", legalComments: "none" };
const plugins = [virtual("preclear:built", built()), virtual("preclear:glue", await glue())];
const bundle = (entry, out, more) => build({ ...common, ...more, plugins, entryPoints: [join(here, "js", entry)], outfile: join(dist, out) });
await Promise.all([
  bundle("index.ts", "preclear.js", { platform: "browser" }),
  bundle("node.ts", "node.js", { platform: "node" }),
  bundle("isolated.ts", "isolated.js", { platform: "browser" }),
  // No module, since it imports nothing; the addresses of files, which it leaves out, are none there.
  bundle("worker.ts", "worker.js", { platform: "browser", format: "iife", logOverride: { "empty-import-meta": "silent" } }),
]);
declarations();
if (existsSync(widget)) {
  const options = { entryPoints: [widget], outfile: join(dist, "widget.js"), platform: "browser", loader: { ".css": "text" } };
  await build({ ...common, ...options, plugins: [facade] });
}
