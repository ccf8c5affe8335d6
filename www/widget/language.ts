/** The language asked for: the element's, that of the nearest `lang` outwards through the roots that it is in, or the browser's. */
export function languageOf(element: Element): string | null {
  let tag = known(element.getAttribute("locale"));
  let node: Element | null = element;
  while (!tag && node) {
    tag = known(node.closest("[lang]")?.getAttribute("lang"));
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return tag ?? known(navigator.language);
}

/** A language tag that `Intl` takes; pages also write others, such as `en_GB`. */
function known(tag: string | null | undefined): string | null {
  try {
    return Intl.getCanonicalLocales(tag?.replaceAll("_", "-") || [])[0] ?? null;
  } catch {
    return null;
  }
}

/** Which way the language is written. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return /^(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm)$/.test(new Intl.Locale(locale).maximize().script ?? "") ? "rtl" : "ltr";
}
