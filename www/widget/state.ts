/** What the element shows, told from the quote and from how far the element is. Pure: the whole table is here. */

import type { Finding, Quote } from "preclear";
import type { State } from "./element.js";

/** How far the element is with what it was given. */
export type Phase = "idle" | "loading" | "done" | "failed";

type Row = [State, (finding: Finding) => boolean];

const code = (...codes: string[]) => (finding: Finding) => codes.includes(finding.code);
const stops = (finding: Finding) => finding.level === "block";

/** What stops an order, the plainest first: an article that may not come in stays out whatever the order is worth. */
const STOPPED: Row[] = [
  ["prohibited", (finding) => finding.code.startsWith("goods.")],
  ["over-single", code("limit.single", "limit.single-article")],
  ["over-annual", code("limit.annual")],
];

/** What is shown beside the amount: first what stops paying, then what somebody should look at. */
const BESIDE: Row[] = [
  ["missing-id", (finding) => stops(finding) && finding.code === "identity.missing"],
  ["id-invalid", (finding) => stops(finding) && finding.code === "identity.invalid"],
  ["payer-mismatch", code("identity.payer-mismatch")],
  ["restricted", (finding) => finding.level === "warn" && code("goods.restricted", "goods.permit", "goods.quantity")(finding)],
];

const first = (rows: Row[], findings: Finding[]) => rows.find(([, applies]) => findings.some(applies))?.[0];

export function stateOf(phase: Phase, quote: Quote | null, delivered = true): State {
  if (phase === "failed") {
    return "engine-unavailable";
  }
  if (phase !== "done" || !quote) {
    return phase === "loading" ? "loading" : "idle";
  }
  switch (quote.status) {
    case "unsupported":
      return "unsupported";
    case "blocked":
      return first(STOPPED, quote.findings.filter(stops)) ?? "blocked";
    case "needsInput":
      return "needs-input";
    case "ready":
    case "estimated":
      return first(BESIDE, quote.findings) ?? (!delivered ? "not-included" : quote.status);
    default:
      return "engine-unavailable";
  }
}
