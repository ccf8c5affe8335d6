import { Words, type Values } from "./words.js";
import type { DescribedFinding, ExplainedLine, Labels, Messages } from "./api.js";
import type { Charge, Citation, Finding, Quote } from "./types.js";

/** The finding in words. */
export function describe(quote: Quote, finding: Finding, messages: Messages, labels: Labels): DescribedFinding {
  const words = new Words(messages, labels, quote.currencyCode);
  return {
    message: words.say("findings", finding.code, finding.params),
    remedies: finding.remedies.map((remedy) => words.say("remedies", remedy)),
  };
}

/** The quote for people: what is charged and why, what is limited, what there is to know, and the law. The command line prints the same lines. */
export function explain(quote: Quote, messages: Messages, labels: Labels): ExplainedLine[] {
  const words = new Words(messages, labels, quote.currencyCode);
  const lines: ExplainedLine[] = [];
  const say = (depth: number, key: string, values?: Values, citations: string[] = []) =>
    line(depth, words.say("explain", key, values), citations);
  const line = (depth: number, text: string, citations: string[] = []) => {
    lines.push({ text: "  ".repeat(depth) + text, citations: [...citations] });
  };
  const gap = () => line(0, "");

  const law = (depth: number, ids: string[]) => {
    // Two pages on one law have its name.
    const names = [...new Set(ids.map((id) => short(quote.citations[id], id, words)))];
    if (ids.length > 0) say(depth, "law", { laws: words.join("semicolon", names) }, ids);
  };

  const charges = (list: Charge[]) => {
    for (const { id, rate, amount, steps } of list) {
      const rests = quote.trace.filter(({ step }) => steps.includes(step)).flatMap(({ citations }) => citations);
      say(1, "charge", { charge: id, rate, amount }, [...new Set(rests)]);
    }
  };

  const where = [quote.destination, quote.channel && words.say("explain", "channel", { channel: quote.channel }), quote.asOf];
  say(0, "quote", { place: words.join("comma", where.filter((part) => part !== null)) || null, status: quote.status });
  if (quote.regime !== null) say(0, "regime", { regime: quote.regime });
  for (const { regime, applies, because } of quote.alternatives) {
    const ids = because.length > 0 ? because : [applies ? "later" : "unknown"];
    const reasons = ids.map((id) => (words.has("reasons", id) ? words.say("reasons", id) : words.say("reasons", "unmet", { condition: id })));
    say(1, "alternative", { regime, reasons: words.join("semicolon", reasons) });
  }

  if (quote.items.length > 0 || quote.charges.length > 0) gap();
  for (const item of quote.items) {
    say(0, "item", { id: item.id, value: item.dutiableValue });
    charges(item.charges);
    if (item.dutiesAndTaxes !== null && item.charges.length === 0) say(1, "nothing");
  }
  if (quote.charges.length > 0) {
    say(0, "basket");
    charges(quote.charges);
  }

  if (quote.amounts) {
    gap();
    for (const [sum, amount] of Object.entries(quote.amounts)) say(0, "sum", { sum, amount });
  }

  if (quote.limits.length > 0) {
    gap();
    say(0, "limits");
    for (const { id, limit, used, thisBasket, remaining, period } of quote.limits) {
      say(1, "limit", { limit: id, most: limit, used, thisBasket, remaining, period });
    }
  }

  if (quote.findings.length > 0) {
    gap();
    say(0, "findings");
    for (const { code, level, target, params, citations, remedies } of quote.findings) {
      const message = words.say("findings", code, params);
      const item = quote.items[Number(/^\/items\/(\d+)/.exec(target)?.[1] ?? -1)]?.id;
      say(1, "finding", { level, item, message, code: target ? `${code} ${target}` : code }, citations);
      for (const remedy of remedies) say(2, "remedy", { remedy });
      law(2, citations);
    }
  }

  if (quote.trace.length > 0) {
    gap();
    say(0, "calculation");
    // Line by line: the engine computes each step for all of them before the next.
    const parts = quote.trace.map((step) => ({ ...step, cut: step.step.lastIndexOf("/") }));
    for (const owner of new Set(parts.map(({ step, cut }) => step.slice(0, Math.max(cut, 0))))) {
      const known = quote.items.some(({ id }) => id === owner);
      if (known) say(1, "item", { id: owner });
      else say(1, "basket");
      for (const { step, cut, formula, values, result, citations } of parts) {
        if (step.slice(0, Math.max(cut, 0)) !== owner) continue;
        say(2, "step", { step: step.slice(cut + 1), result }, citations);
        line(3, formula);
        const written = Object.entries(values).map(([name, value]) => words.say("explain", "value", { name, value }));
        if (written.length > 0) line(3, words.join("semicolon", written));
        law(3, citations);
      }
    }
  }

  const cited = Object.entries(quote.citations);
  if (cited.length > 0) {
    gap();
    say(0, "laws");
    for (const [id, citation] of cited) {
      const { number, date, url, grade } = citation;
      const parts = [title(citation, words), number, date, place(citation, words), url].filter((part) => part !== null);
      const known = words.join("comma", [id, words.say("explain", "grade", { grade })]);
      line(1, `${words.join("comma", parts)} [${known}]`, [id]);
    }
  }

  gap();
  say(0, "disclaimer");
  return lines;
}

/** A law by its number, or by its title when it has none or none is known. */
function short(citation: Citation | undefined, id: string, words: Words): string {
  if (!citation) return id;
  const parts = [citation.number ?? title(citation, words), place(citation, words)];
  return words.join("comma", parts.filter((part) => part !== null));
}

/** The title in the original where that is the reader's language. */
function title(citation: Citation, words: Words): string {
  return (words.say("forms", "title") === "title" ? citation.title : null) ?? citation.titleEn;
}

/** The place in a law: `art-10` is its article 10. */
function place({ place }: Citation, words: Words): string | null {
  const [kind = "", number] = place?.split(/-(.*)/s) ?? [];
  return number !== undefined && words.has("places", kind) ? words.say("places", kind, { number }) : place;
}
