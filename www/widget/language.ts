/** The language asked for: the element's, that of the nearest `lang` outwards through the roots that it is in, or the browser's. */
export function languageOf(element: Element): string | null {
  let tag = element.getAttribute("locale");
  let node: Element | null = element;
  while (!tag && node) {
    tag = node.closest("[lang]")?.getAttribute("lang") ?? null;
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : null;
  }
  return tag || navigator.language || null;
}
