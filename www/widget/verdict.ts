/** Whether the shop may take the payment, as far as customs is concerned. */

import type { Finding, Quote } from "preclear";
import type { Fault, Policy, Verdict } from "./element.js";

export const POLICY: Required<Policy> = { needsInput: "block", unsupported: "allow", unavailable: "allow" };

/** A finding that asks for a fact, when that is all that is wrong. */
const asks = (quote: Quote, finding: Finding) => quote.status === "needsInput" && !finding.code.startsWith("identity.");

/** `failed` says that nothing can be calculated; without a quote and without failure the element is waiting, which blocks nothing. */
export function verdict(
  quote: Quote | null,
  failed: boolean,
  policy: Policy,
  words: { finding: (finding: Finding) => string; unavailable: string },
): Verdict {
  const set = { ...POLICY, ...policy };
  const errors: Fault[] = [];
  if (quote) {
    for (const finding of quote.findings) {
      const blocks =
        finding.code === "destination.unsupported"
          ? set.unsupported === "block"
          : finding.level === "block" && !(set.needsInput === "warn" && asks(quote, finding));
      if (blocks) {
        errors.push({ message: words.finding(finding), target: finding.target });
      }
    }
  } else if (failed && set.unavailable === "block") {
    errors.push({ message: words.unavailable, target: "" });
  }
  return { behavior: errors.length > 0 ? "block" : "allow", errors };
}
