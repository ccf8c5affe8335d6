// Looks through the memory of WebAssembly modules for texts. Imported before any module is started.

/** The memory of every module that was started, so that it can be looked through. */
export const memories = [];
for (const [where, name] of [[WebAssembly, "instantiate"], [WebAssembly, "Instance"]]) {
  const real = where[name];
  const keep = (made) => {
    memories.push((made.instance ?? made).exports.memory);
    return made;
  };
  where[name] = name === "Instance" ? new Proxy(real, { construct: (made, given) => keep(new made(...given)) }) : (...given) => real.apply(where, given).then(keep);
}

const units = (bytes) => (text) => Buffer.from([...text].flatMap((character) => [character.codePointAt(0), ...Array(bytes - 1).fill(0)].map((byte) => byte & 255)));
/** The ways a text can lie in memory. */
export const FORMS = {
  "UTF-8": (text) => Buffer.from(text, "utf8"),
  "UTF-16": (text) => Buffer.from(text, "utf16le"),
  "UTF-32": (text) => Buffer.from([...text].flatMap((character) => [...new Uint8Array(new Uint32Array([character.codePointAt(0)]).buffer)])),
  "digits of 8 bits": (text) => Buffer.from(text.replace(/\D/g, ""), "latin1").map((byte) => byte - 48),
  "digits of 16 bits": (text) => units(2)([...text.replace(/\D/g, "")].map((digit) => String.fromCharCode(Number(digit))).join("")),
  "digits of 32 bits": (text) => units(4)([...text.replace(/\D/g, "")].map((digit) => String.fromCharCode(Number(digit))).join("")),
  "packed decimal": (text) => Buffer.from(text.replace(/\D/g, "").replace(/^(..)*.$/, "$&0"), "hex"),
  "64 bits": (text) => (/^\d{9,}/.test(text) ? Buffer.from(new BigUint64Array([BigInt(/^\d+/.exec(text)[0])]).buffer) : Buffer.alloc(0)),
};

/** Where a text, or eight of its characters in a row, is in any memory. */
export function left(text) {
  const found = [];
  const characters = [...text];
  const windows = characters.slice(7).map((_, index) => characters.slice(index, index + 8).join(""));
  memories.forEach((memory, index) => {
    const bytes = Buffer.from(memory.buffer);
    for (const [form, write] of Object.entries(FORMS)) {
      // Half of a number is a person too; of digits in packed forms only the whole is more than chance.
      const numbered = text.replace(/\D/g, "").length >= 8 ? [text] : [];
      const looked = /^UTF/.test(form) ? [text, text.toUpperCase(), text.toLowerCase(), ...windows] : numbered;
      for (const one of looked) {
        const needle = write(one);
        if (needle.length >= 6 && bytes.includes(needle)) found.push(`${form} in module ${index}`);
      }
    }
  });
  return found;
}
