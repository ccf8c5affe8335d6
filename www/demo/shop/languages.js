// The languages of the shop: those of the element.

/** What each language calls itself. */
export const LANGUAGES = {
  en: "English",
  "zh-CN": "简体中文",
  "zh-Hant": "繁體中文",
  ja: "日本語",
  ko: "한국어",
  fr: "Français",
  de: "Deutsch",
  es: "Español",
  ar: "العربية",
};

const DEFAULT = "en";
const RIGHT_TO_LEFT = ["ar"];

export const directionOf = (locale) => (RIGHT_TO_LEFT.includes(locale) ? "rtl" : "ltr");

/** Keeps a text to itself where the language runs from right to left, so that it is not torn apart by what is around it. */
export const isolate = (text, locale) => (directionOf(locale) === "rtl" ? `\u2068${text}\u2069` : String(text));

/** The same for figures, which run from left to right among any letters; the marks that Intl adds would turn the sign of a currency like CN¥. */
export const figures = (text, locale) => (directionOf(locale) === "rtl" ? `\u2066${text.replace(/[\u200e\u200f]/g, "")}\u2069` : text);

/** How amounts are written: with the bare sign where nobody takes it for another currency's. The digits are the commodity codes' everywhere. */
export const currencyForm = (locale, currency) => ({
  style: "currency",
  numberingSystem: "latn",
  currencyDisplay: currency === "CNY" && ["en", "zh-CN"].includes(locale) ? "narrowSymbol" : "symbol",
});

/** The language that suits a tag: one of the same language and script. */
export function suiting(tag) {
  const full = (text) => {
    const { language, script } = new Intl.Locale(text).maximize();
    return `${language}-${script}`;
  };
  try {
    return Object.keys(LANGUAGES).find((locale) => full(locale) === full(tag)) ?? DEFAULT;
  } catch {
    return DEFAULT;
  }
}
