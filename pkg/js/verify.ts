const isTree = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/**
 * Where `given` is not `expected`, as JSON pointers. They are made of `expected`'s keys only, so that no text of `given` is told; what `given`
 * has too much is told by the place of the object that has it.
 */
export function differences(expected: unknown, given: unknown, path = ""): { path: string }[] {
  if (!isTree(expected) || !isTree(given) || Array.isArray(expected) !== Array.isArray(given)) {
    return expected === given ? [] : [{ path }];
  }
  const keys = Object.keys(expected);
  const found = Object.keys(given).some((key) => !Object.hasOwn(expected, key)) ? [{ path }] : [];
  for (const key of keys) {
    const place = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    found.push(...(Object.hasOwn(given, key) ? differences(expected[key], given[key], place) : [{ path: place }]));
  }
  return found;
}
