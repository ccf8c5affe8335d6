/** An engine in a worker, for an element that asks as if it were in the page. */

import type { BasketToday, OpenTexts, Preclear, Quote } from "preclear";
import { openTexts as open } from "preclear/isolated";

/** Answers that are kept, of the last questions. */
const KEPT = 100;

/** What a question says, for telling it from another: also what JSON leaves out. */
function written(value: unknown, known: unknown[] = []): string {
  if (typeof value !== "object" || value === null) {
    return typeof value === "string" ? JSON.stringify(value) : `${typeof value} ${String(value)}`;
  }
  const met = known.indexOf(value);
  if (met >= 0) {
    return `again ${met}`;
  }
  known.push(value);
  const parts = Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}:${written(entry, known)}`);
  return `${Array.isArray(value) ? "list" : "object"}{${parts.join()}}`;
}

/** A question that cannot be read is one like another. */
function key(basket: BasketToday): string {
  try {
    return `${new Date().toDateString()} ${written(basket)}`;
  } catch {
    return "";
  }
}

/** The languages; the engine's `quote` throws a promise while its answer is on the way, and gives it when it is asked again. */
export function openTexts(): OpenTexts {
  const texts = open();
  return Object.defineProperties({} as OpenTexts, {
    ...Object.getOwnPropertyDescriptors(texts),
    loadEngine: {
      async value() {
        const isolated = await texts.loadEngine();
        const answers = new Map<string, { quote: Quote } | { failed: unknown } | Promise<void>>();
        const methods: Pick<Preclear, "quote" | "loadPack" | "loadWhole"> = {
          quote(basket) {
            const question = key(basket);
            const found = answers.get(question);
            if (found instanceof Promise || !found) {
              throw found ?? ask(question, basket);
            }
            if ("failed" in found) {
              answers.delete(question);
              throw found.failed;
            }
            return found.quote;
          },
          // With other rules or another engine, another answer.
          loadPack: (id) => isolated.loadPack(id).finally(() => answers.clear()),
          loadWhole: () => isolated.loadWhole().finally(() => answers.clear()),
        };
        function ask(question: string, basket: BasketToday): Promise<void> {
          const keep = (answer: { quote: Quote } | { failed: unknown }) => {
            if (answers.get(question) === asked) {
              answers.set(question, answer);
            }
          };
          const asked: Promise<void> = isolated.quote(basket).then(
            (quote) => keep({ quote }),
            (failed: unknown) => keep({ failed }),
          );
          answers.set(question, asked);
          const [oldest] = answers.keys();
          if (answers.size > KEPT && oldest !== undefined) {
            answers.delete(oldest);
          }
          return asked;
        }
        return Object.defineProperties({} as Preclear, { ...Object.getOwnPropertyDescriptors(isolated), ...Object.getOwnPropertyDescriptors(methods) });
      },
    },
  });
}
