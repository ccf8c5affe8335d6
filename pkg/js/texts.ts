import * as built from "preclear:built";
import { PreclearError } from "./error.js";
import { describe, explain } from "./explain.js";
import { once, type Files } from "./files.js";
import type { Labels, Messages, Texts } from "./api.js";

/** The language of a pack's labels where it has none in the language asked for, and of the texts where no language suits. */
const FALLBACK = "en";

/** The language that a pack's labels are in for somebody who asked for this one. */
const spoken = (id: string, locale: string) => [locale, FALLBACK].find((each) => built.packs[id]?.locales.includes(each));

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
      const known = labels.get(`${id}.${locale}`) ?? {};
      labels.set(`${id}.${locale}`, known);
      for (const [kind, found] of Object.entries(read)) known[kind] = { ...known[kind], ...found };
    });

  const labelsIn = async (id: string, locale: string) => {
    const found = spoken(id, locale);
    if (found === undefined) return;
    const file = `${id}.${found}`;
    await Promise.all([labelFile(id, found, file), whole.has(locale) && labelFile(id, found, `${file}.more`)]);
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

  const labelsOf = (packId: string | undefined, locale: string): Labels => {
    const found = packId === undefined ? undefined : spoken(packId, locale);
    return labels.get(`${packId}.${found}`) ?? {};
  };

  /** The labels to speak with. Those in the reader's own language can stand for whole sentences. */
  const spokenLabels = (packId: string | undefined, locale: string): Labels => {
    const found = labelsOf(packId, locale);
    return packId !== undefined && spoken(packId, locale) === locale ? { ...found, sentence: found["check"] ?? {} } : found;
  };

  return {
    get locales() {
      return [...ready];
    },
    packFor: (countryCode) => Object.keys(built.packs).find((id) => built.packs[id]?.destinations.includes(countryCode)) ?? null,
    localeFor: (tag) => suits(tag, built.locales),
    loadLocale,
    loadLabels,
    explain(given, { locale }) {
      const known = inLocale(locale);
      if (!known["statuses"]) throw new PreclearError("locale.not-loaded");
      return explain(given, known, spokenLabels(given.rules?.pack, locale));
    },
    describe: (given, finding, { locale }) => describe(given, finding, inLocale(locale), spokenLabels(given.rules?.pack, locale)),
    messages: inLocale,
    labels(packId, locale) {
      inLocale(locale);
      return labelsOf(packId, locale);
    },
  };
}

/** The language among these that suits a tag best: the same one, or one of the same language and script; null for what is no tag. */
function suits(tag: string, locales: readonly string[]): string | null {
  const full = (text: string) => {
    const { language, script } = new Intl.Locale(text).maximize();
    // Cantonese has a tag of its own, and is written in Chinese.
    return `${language === "yue" ? "zh" : language}-${script}`;
  };
  try {
    // Shops write `zh_TW` as well.
    const asked = tag.replaceAll("_", "-");
    const wanted = full(asked);
    return (
      locales.find((locale) => locale.toLowerCase() === asked.toLowerCase()) ??
      locales.find((locale) => full(locale) === wanted) ??
      locales.find((locale) => full(locale).split("-")[0] === wanted.split("-")[0]) ??
      FALLBACK
    );
  } catch {
    return null;
  }
}
