/** What the element shows, told from the answers and from how far the element is. Pure: the whole table is here. */

import type { Finding, Quote } from "preclear";
import type { State } from "./public.js";

/** How far the element is with what it was given. */
export type Phase = "idle" | "loading" | "done" | "failed";

/** What else bears on the state. */
export interface Circumstances {
  /** Whether the shop collects the charges. */
  delivered?: boolean;
  /** Whether the shop takes them on itself. */
  included?: boolean;
  /** Whether the amount is another than the shopper agreed to. */
  changed?: boolean;
  offline?: boolean;
}

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

/** Which of several parcels' states is the whole's, the gravest first. */
const GRAVEST: State[] = [
  "engine-unavailable",
  "prohibited",
  "over-single",
  "over-annual",
  "blocked",
  "needs-input",
  "rules-changed",
  "missing-id",
  "id-invalid",
  "payer-mismatch",
  "unsupported",
  "restricted",
];

/** Whether nothing is wanting but a rule or a rate that is not known: nothing that a shopper could mend. */
export const unknowable = ({ status, findings }: Quote) =>
  status === "needsInput" && findings.every((finding) => !stops(finding) || finding.code.startsWith("rules.") || finding.code.startsWith("identity."));

/** Whether customs wants an identity that is not there or is not right. */
export const wantsIdentity = ({ findings }: Quote) => findings.some(code("identity.missing", "identity.invalid"));

const first = (rows: Row[], findings: Finding[]) => rows.find(([, applies]) => findings.some(applies))?.[0];

export function stateOf(phase: Phase, quotes: Quote[], circumstances: Circumstances = {}): State {
  if (phase !== "done" || quotes.length === 0) {
    return phase === "failed" ? "engine-unavailable" : phase === "loading" ? "loading" : "idle";
  }
  const states = quotes.map((quote) => ofOne(quote, circumstances));
  return quotes.length === 1 ? (states[0] ?? "idle") : (GRAVEST.find((state) => states.includes(state)) ?? "mixed-channel");
}

function ofOne(quote: Quote, { delivered = true, included = false, changed = false, offline = false }: Circumstances): State {
  switch (quote.status) {
    case "unsupported":
      return "unsupported";
    case "blocked":
      return first(STOPPED, quote.findings.filter(stops)) ?? "blocked";
    case "needsInput":
      return unknowable(quote) ? "unsupported" : "needs-input";
    case "ready":
    case "estimated": {
      const beside = changed ? "rules-changed" : first(BESIDE, quote.findings);
      const amount = !delivered ? "not-included" : included ? "included" : quote.status;
      return beside ?? (amount === "ready" && offline ? "offline" : amount);
    }
    default:
      return "engine-unavailable";
  }
}
