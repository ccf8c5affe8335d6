/** Whether the shop may take the payment, as far as customs is concerned. */

import type { Finding, Quote } from "preclear";
import type { Fault, Policy, Verdict } from "./public.js";
import { unknowable } from "./state.js";

/** A quote, where it stands in what was asked, and how its findings are said. */
export interface Answer {
  quote: Quote;
  place: string;
  say: (finding: Finding) => string;
}

/** A finding that asks for a fact, when that is all that is wrong. */
const asks = (quote: Quote, finding: Finding) => quote.status === "needsInput" && !finding.code.startsWith("identity.");

/**
 * `failed` says that nothing can be calculated or told, and how; without an answer and without failure the element is waiting, which blocks nothing.
 * `more` is what the shopper has yet to confirm.
 */
export function verdict(answers: Answer[], failed: string | null, policy: Policy, more: Fault[] = []): Verdict {
  const { needsInput = "block", unsupported = "allow", unavailable = "allow" } = policy;
  const errors: Fault[] = [];
  for (const { quote, place, say } of answers) {
    for (const finding of quote.findings) {
      const blocks =
        finding.code === "destination.unsupported" || (finding.code.startsWith("rules.") && unknowable(quote))
          ? unsupported === "block"
          : finding.level === "block" && !(needsInput === "warn" && asks(quote, finding));
      if (blocks) {
        errors.push({ message: say(finding), target: place + finding.target });
      }
    }
  }
  if (failed !== null && unavailable === "block") {
    errors.push({ message: failed, target: "" });
  }
  errors.push(...more);
  return { behavior: errors.length > 0 ? "block" : "allow", errors };
}
