/** What a page sees of the element: what it can say to it, and what it is told. */

import type { Quote } from "preclear";

/** What the element shows; its attribute `state`. */
export type State =
  | "idle"
  | "loading"
  | "ready"
  | "included"
  | "estimated"
  | "not-included"
  | "needs-input"
  | "missing-id"
  | "id-invalid"
  | "payer-mismatch"
  | "over-single"
  | "over-annual"
  | "restricted"
  | "prohibited"
  | "blocked"
  | "mixed-channel"
  | "unsupported"
  | "rules-changed"
  | "engine-unavailable"
  | "offline";

/** What the shop decides where the law does not. */
export interface Policy {
  /** A fact is missing, so that the amount is not known. `block` when left out. */
  needsInput?: "block" | "warn";
  /** There are no rules for the destination. `allow` when left out. */
  unsupported?: "allow" | "block";
  /** Nothing can be calculated: no WebAssembly, a damaged file, no network. `allow` when left out. */
  unavailable?: "allow" | "block";
  /** The shop does not collect the charges: `acknowledge` has the shopper confirm that they come on delivery. `allow` when left out. */
  notIncluded?: "allow" | "acknowledge";
  /** Who bears what the shop collects: it is `added` to what the shopper pays, or `included` in the price. `added` when left out. */
  dutiesAndTaxes?: "added" | "included";
  /** Who asks for the orderer's identity where customs needs it. `page` when left out. */
  identity?: "page" | "element";
  /** Who asks what the orderer has used of the year's limit. `page` when left out. */
  usedThisYear?: "page" | "element";
  /** What customs would send the `order` back for: a reason not to take the payment, or only said. `block` when left out. */
  declaration?: "block" | "warn";
  /** Where an orderer can look up what customs has counted; shown beside the year's limit. */
  quotaQuery?: string;
  /** The other ways that the shop offers for the same order: channels of the pack, which the details compare. */
  channels?: string[];
}

/** How the element looks. */
export interface Appearance {
  /** `auto` follows the page's colour scheme, `none` leaves colours and borders to the page. `auto` when left out. */
  theme?: "auto" | "light" | "dark" | "none";
  /** The public custom properties by their names without `--preclear-`, in camelCase: `{ accent: "#0a5", radius: "8px" }`. */
  variables?: Record<string, string>;
}

/** One reason not to take the payment. */
export interface Fault {
  /** In the element's language. */
  message: string;
  /** A JSON pointer into the basket, or into the list of `baskets`; empty for all of it. */
  target: string;
}

/** Whether the shop may take the payment. */
export interface Verdict {
  behavior: "allow" | "block";
  errors: Fault[];
}

/** The details of the element's events. None holds a text of the basket, a name or a number. */
export interface PreclearEvents {
  /** There is another quote; of several parcels, their sums, and their digests with spaces between them. */
  "preclear-quote": { status: Quote["status"]; currencyCode: string | null; dutiesAndTaxes: string | null; total: string | null; digest: string };
  /** The element shows another state, or another verdict. */
  "preclear-status": { state: State; behavior: Verdict["behavior"] };
  /** There is another finding, or the shopper chose a remedy for one: the element changes no basket. */
  "preclear-finding": { code: string; level: string; target: string; remedy: string | null };
  /** The shopper opened or closed how it is calculated, or the record of an item. */
  "preclear-detail": { open: boolean; detail: "details" | "record"; target: string };
  /** The orderer's identity, as the element asked for it: the verdict that the basket gets, and the kind of document. */
  "preclear-identity": { identity: "absent" | "valid" | "invalid"; type: string | null };
}

declare global {
  interface HTMLElementEventMap {
    "preclear-quote": CustomEvent<PreclearEvents["preclear-quote"]>;
    "preclear-status": CustomEvent<PreclearEvents["preclear-status"]>;
    "preclear-finding": CustomEvent<PreclearEvents["preclear-finding"]>;
    "preclear-detail": CustomEvent<PreclearEvents["preclear-detail"]>;
    "preclear-identity": CustomEvent<PreclearEvents["preclear-identity"]>;
  }
}
