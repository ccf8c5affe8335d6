// Takes the texts of panics out of a module: in a browser nobody reads them, and a panic is a trap either way.
//
// What begins a panic traps at once. What writes text for people (core::fmt) is then left to tables of functions alone, which keep it in the module;
// it traps as well, unless something else still calls it. Run on what wasm-bindgen wrote, while functions have names.

import binaryen from "binaryen";
import { readFileSync, writeFileSync } from "node:fs";

const PANICS = /rust_begin_unwind|^<?(core|std)(\[\w+\])?::(panicking|panic)\b|panicking::|::panic::PanicPayload|rust_end_short_backtrace|_fail(ed)?(_rt)?$|_fail(ed)?::/;
const WRITES = /^<?core(\[\w+\])?::fmt::| as core(\[\w+\])?::fmt::/;

const [, , path] = process.argv;
const module = binaryen.readBinary(readFileSync(path));
const FEATURES = ["BulkMemory", "BulkMemoryOpt", "CallIndirectOverlong", "Multivalue", "MutableGlobals", "NontrappingFPToInt", "ReferenceTypes", "SignExt"];
module.setFeatures(FEATURES.reduce((all, feature) => all | binaryen.Features[feature], 0));

const names = [];
for (let index = 0; index < module.getNumFunctions(); index += 1) {
  const { name, module: imported } = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
  if (imported === "") names.push(name);
}

/** For each function, those that call it by name. */
function callers() {
  const found = new Map();
  let caller = "";
  for (const line of module.emitText().split("\n")) {
    const [, begun] = /^ \(func (\$(?:"[^"]*"|\S+))/.exec(line) ?? [];
    if (begun) caller = begun;
    for (const [, called] of line.matchAll(/\((?:return_)?call (\$(?:"[^"]*"|[^\s)]+))/g)) found.set(called, (found.get(called) ?? new Set()).add(caller));
  }
  return found;
}

const trap = (chosen) => chosen.forEach((name) => (binaryen.Function(module.getFunction(name)).body = module.unreachable()));
/** A name as the text has it. */
const written = (name) => (/^[\w!#$%&'*+\-./:<=>?@\\^`|~]+$/.test(name) ? `$${name}` : `$"${name}"`);

const panics = names.filter((name) => PANICS.test(name));
trap(panics);
const writers = names.filter((name) => WRITES.test(name) && !PANICS.test(name));
const own = new Set(writers.map(written));
const calling = callers();
const others = writers.flatMap((name) => [...(calling.get(written(name)) ?? [])].filter((caller) => !own.has(caller)));
if (others.length === 0) trap(writers);
if (panics.length === 0 || !module.validate()) throw new Error(`${path}: no panic was found, or the module is not valid`);
writeFileSync(path, module.emitBinary());
console.log(`${panics.length} functions of panics trap, and ${others.length === 0 ? writers.length : 0} that write text`);
if (others.length > 0) console.log(`text is written by ${[...new Set(others)].join(", ")}`);
