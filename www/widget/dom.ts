/** Building elements from text, never from markup; and changing a tree into another in place, so that focus and scrolling stay. */

export type Child = Node | string | false | null | undefined | Child[];
type Attributes = Record<string, string | boolean | number | null | undefined>;

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "path", "rect"]);

/** An element; attributes that are false or missing are left out, and `true` is an empty one. */
export function h(name: string, attributes: Attributes = {}, ...children: Child[]): Element {
  const element = DRAWN.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(attribute, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) {
      append(element, child);
    } else if (child) {
      element.append(child);
    }
  }
}

const keyOf = (node: Node) => (node instanceof Element ? node.getAttribute("data-key") : null);

/** Makes the children of `target` like `wanted`, keeping every element that is still there. Siblings of one kind that come and go need a `data-key`. */
export function morph(target: Element, wanted: Node[]): void {
  const keys = new Set(wanted.map(keyOf));
  const there = new Map<string, Element>();
  for (const node of [...target.childNodes]) {
    const key = keyOf(node);
    if (key !== null && !keys.has(key)) {
      node.remove();
    } else if (key !== null) {
      there.set(key, node as Element);
    }
  }
  let place = target.firstChild;
  for (const node of wanted) {
    const key = keyOf(node);
    const match = key !== null ? there.get(key) : place && keyOf(place) === null ? place : null;
    if (!match || match.nodeName !== node.nodeName) {
      target.insertBefore(node, place);
      continue;
    }
    if (match === place) {
      place = place.nextSibling;
    } else {
      target.insertBefore(match, place);
    }
    patch(match, node);
  }
  while (place) {
    const next: ChildNode | null = place.nextSibling;
    place.remove();
    place = next;
  }
}

function patch(node: Node, wanted: Node): void {
  if (!(node instanceof Element) || !(wanted instanceof Element)) {
    if (node.nodeValue !== wanted.nodeValue) {
      node.nodeValue = wanted.nodeValue;
    }
    return;
  }
  for (const name of node.getAttributeNames()) {
    if (!wanted.hasAttribute(name)) {
      node.removeAttribute(name);
    }
  }
  for (const name of wanted.getAttributeNames()) {
    const value = wanted.getAttribute(name) ?? "";
    if (node.getAttribute(name) !== value) {
      node.setAttribute(name, value);
    }
  }
  morph(node, [...wanted.childNodes]);
}
