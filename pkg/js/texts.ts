import * as built from "preclear:built";
import { PreclearError } from "./error.js";
import { describe, explain } from "./explain.js";
import { once, type Files } from "./files.js";
import type { Labels, Messages, Texts } from "./api.js";

/** The languages, which load and speak without the engine. */
export function texts({ json }: Files): Texts {
  const loadingParts = new Map<string, Promise<void>>();
  const loadingLabels = new Map<string, Promise<void>>();
  const wanted = new Map<string, Promise<void>>();
  const asked = new Set<string>();
  /** Those asked for with every word. */
  const whole = new Set<string>();
  const ready = new Set<string>();
  const messages = new Map<string, Messages>();
  const labels = new Map<string, Labels>();

  const labelFile = (id: string, locale: string, file: string) =>
    once(loadingLabels, file, async () => {
      const read = (await json(`packs/${file}.json`)) as Labels;
      labels.set(`${id}.${locale}`, { ...labels.get(`${id}.${locale}`), ...read });
    });

  const labelsIn = async (id: string, locale: string) => {
    if (!built.packs[id]?.locales.includes(locale)) return;
    const file = `${id}.${locale}`;
    await Promise.all([labelFile(id, locale, file), whole.has(locale) && labelFile(id, locale, `${file}.more`)]);
  };

  // A pack and a language that load at the same time: whichever came second sees the first, and brings the labels.
  const loadLabels = (id: string) =>
    once(wanted, id, async () => {
      if (!Object.hasOwn(built.packs, id)) throw new PreclearError("pack.unknown");
      await Promise.all([...asked].map((locale) => labelsIn(id, locale)));
    });

  const part = (file: string, locale: string) =>
    once(loadingParts, file, async () => {
      const read = (await json(`locales/${file}.json`)) as Messages;
      const known: Messages = messages.get(locale) ?? { findings: {}, remedies: {} };
      messages.set(locale, known);
      for (const [group, found] of Object.entries(read)) known[group] = { ...known[group], ...found };
    });

  async function loadLocale(locale: string, { part: which = "whole" }: { part?: "checkout" | "whole" } = {}): Promise<void> {
    if (!built.locales.includes(locale)) throw new PreclearError("locale.unknown");
    asked.add(locale);
    if (which === "whole") whole.add(locale);
    await Promise.all([
      part(locale, locale),
      which === "whole" && part(`${locale}.more`, locale),
      ...[...wanted.keys()].map((id) => labelsIn(id, locale)),
    ]);
    ready.add(locale);
  }

  function inLocale(locale: string): Messages {
    const found = messages.get(locale);
    if (!found || !ready.has(locale)) throw new PreclearError("locale.not-loaded");
    return found;
  }

  const labelsOf = (packId: string | undefined, locale: string): Labels => labels.get(`${packId}.${locale}`) ?? {};

  return {
    get locales() {
      return [...ready];
    },
    packFor: (countryCode) => Object.keys(built.packs).find((id) => built.packs[id]?.destination === countryCode) ?? null,
    localeFor: (tag) => suits(tag, built.locales),
    loadLocale,
    loadLabels,
    explain(given, { locale }) {
      const known = inLocale(locale);
      if (!known["statuses"]) throw new PreclearError("locale.not-loaded");
      return explain(given, known, labelsOf(given.rules?.pack, locale));
    },
    describe: (given, finding, { locale }) => describe(given, finding, inLocale(locale), labelsOf(given.rules?.pack, locale)),
    messages: inLocale,
    labels(packId, locale) {
      inLocale(locale);
      return labelsOf(packId, locale);
    },
  };
}

/** The language among these that suits a tag best: the same one, or one of the same language and script. */
function suits(tag: string, locales: readonly string[]): string | null {
  const full = (text: string) => {
    const { language, script } = new Intl.Locale(text).maximize();
    return `${language}-${script}`;
  };
  try {
    const wanted = full(tag);
    return (
      locales.find((locale) => locale.toLowerCase() === tag.toLowerCase()) ??
      locales.find((locale) => full(locale) === wanted) ??
      locales.find((locale) => full(locale).split("-")[0] === wanted.split("-")[0]) ??
      null
    );
  } catch {
    return null;
  }
}
