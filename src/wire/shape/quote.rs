//! The response. Native only: it describes what is written, for the schema and the types.

use super::{Choice, Kind, Shape, required};

const TEXT: Kind = Kind::AnyText;
const TEXTS: Kind = Kind::Entries(&TEXT);
const MONEY: Kind = Kind::SignedDecimal;

/// The answer to a basket.
pub static QUOTE: Shape = Shape {
    name: "Quote",
    doc: "The answer to a basket. Amounts are in `currencyCode`, with its minor unit's decimals.",
    fields: &[
        required("status", Kind::OneOf(&STATUS), "How far the question could be answered."),
        required("destination", Kind::Nullable(&Kind::Country), "The destination; null when the basket could not be read."),
        required("channel", Kind::Nullable(&TEXT), "The channel used; null when there is no pack or the basket could not be read."),
        required("regime", Kind::Nullable(&TEXT), "The regime that applies; null when none does."),
        required("asOf", Kind::Nullable(&Kind::Date), "The day whose law was asked about; null when the basket could not be read."),
        required("currencyCode", Kind::Nullable(&Kind::Currency), "The pack's currency; null when there is no pack."),
        required(
            "amounts",
            Kind::Nullable(&Kind::Object(&AMOUNTS)),
            "The sums; null when the status is blocked, needsInput or unsupported.",
        ),
        required("items", Kind::Entries(&Kind::Object(&ITEM)), "The lines, in the basket's order."),
        required("charges", Kind::Entries(&Kind::Object(&CHARGE)), "Charges on the whole basket."),
        required("limits", Kind::Entries(&Kind::Object(&LIMIT)), "The limits the basket counts against."),
        required("alternatives", Kind::Entries(&Kind::Object(&ALTERNATIVE)), "The regimes that were tried and not used."),
        required("findings", Kind::Entries(&Kind::Object(&FINDING)), "What there is to tell."),
        required("trace", Kind::Entries(&Kind::Object(&TRACE_STEP)), "Each step that was computed, in order."),
        required(
            "citations",
            Kind::Named(&Kind::Object(&CITATION)),
            "The law that the findings and the trace cite: by instrument, or by instrument, a dot and a place in it.",
        ),
        required("rules", Kind::Nullable(&Kind::Object(&RULES)), "The rules that were used; null when there is no pack."),
        required("engine", TEXT, "The engine's version."),
        required(
            "digest",
            TEXT,
            "SHA-256 over the canonical basket, the pack's hash and everything above: the same wherever it was computed.",
        ),
    ],
};

static AMOUNTS: Shape = Shape {
    name: "Amounts",
    doc: "The sums of a quote.",
    fields: &[
        required("items", MONEY, "Goods, before discounts."),
        required("shipping", MONEY, "Freight."),
        required("insurance", MONEY, "Insurance."),
        required("discounts", MONEY, "Discounts of both kinds, zero or negative."),
        required("dutiableValue", MONEY, "What the charges are computed on."),
        required("duties", MONEY, "Charges of kind duty."),
        required("taxes", MONEY, "Charges of kind tax."),
        required("fees", MONEY, "Charges of kind fee."),
        required("dutiesAndTaxes", MONEY, "Duties, taxes and fees together."),
        required("total", MONEY, "What the shopper pays in all."),
    ],
};

static ITEM: Shape = Shape {
    name: "QuoteItem",
    doc: "A line's part of the answer.",
    fields: &[
        required("id", TEXT, "The line's id."),
        required("dutiableValue", Kind::Nullable(&MONEY), "Its dutiable value; null when it could not be computed."),
        required("charges", Kind::Entries(&Kind::Object(&CHARGE)), "Its charges."),
        required("dutiesAndTaxes", Kind::Nullable(&MONEY), "Their sum; null when some could not be computed."),
    ],
};

static CHARGE: Shape = Shape {
    name: "Charge",
    doc: "Money to pay.",
    fields: &[
        required("id", TEXT, "Which charge: vat, duty, consumption-tax, article-tax, gst, sales-tax, or a fee that the pack defines."),
        required("kind", Kind::OneOf(&CHARGE_KIND), "Its kind."),
        required("rate", Kind::Nullable(&MONEY), "The rate it was computed with, as a fraction; null when it has none."),
        required("amount", MONEY, "How much."),
        required("steps", TEXTS, "The steps of the trace that it rests on."),
    ],
};

static LIMIT: Shape = Shape {
    name: "Limit",
    doc: "A limit, and how far the basket goes towards it.",
    fields: &[
        required("id", TEXT, "Which limit."),
        required("limit", MONEY, "The limit."),
        required("used", Kind::Nullable(&MONEY), "What was used before; null when it is not known or does not count."),
        required("thisBasket", MONEY, "What this basket uses."),
        required("remaining", Kind::Nullable(&MONEY), "What then remains, never below zero; null when it is not known."),
        required("period", Kind::Nullable(&TEXT), "The year, for a limit by year; null otherwise."),
    ],
};

static ALTERNATIVE: Shape = Shape {
    name: "Alternative",
    doc: "A regime that was tried and not used.",
    fields: &[
        required("regime", TEXT, "Which regime."),
        required("applies", Kind::Truth, "Whether its conditions hold, though another came first."),
        required("because", TEXTS, "What keeps it from applying: ids of conditions, `channel` or `not-in-force`."),
    ],
};

static FINDING: Shape = Shape {
    name: "Finding",
    doc: "One thing to tell somebody.",
    fields: &[
        required("code", Kind::FindingCode, "What it is about; a code never changes its meaning, and codes may be added."),
        required("level", Kind::OneOf(&LEVEL), "How much it matters."),
        required("target", TEXT, "Where in the basket, as a JSON pointer; empty for the whole basket."),
        required("params", Kind::Named(&TEXT), "Names and values for the message; never a text that came with the basket."),
        required("citations", TEXTS, "The law it rests on: names in the quote's `citations`."),
        required("remedies", Kind::Entries(&Kind::Remedy), "What can be done."),
    ],
};

static TRACE_STEP: Shape = Shape {
    name: "TraceStep",
    doc: "One step as it was computed.",
    fields: &[
        required("step", TEXT, "The line's id, or `basket`, or `group:` and the group's number; a slash and the step's id."),
        required("formula", TEXT, "The formula that ran."),
        required("values", Kind::Named(&TEXT), "The values that it used, by name."),
        required("result", TEXT, "The result."),
        required("citations", TEXTS, "The law it rests on: names in the quote's `citations`."),
    ],
};

static CITATION: Shape = Shape {
    name: "Citation",
    doc: "A law, announcement or notice, and a place in it.",
    fields: &[
        required("number", Kind::Nullable(&TEXT), "Its number, as issued."),
        required("issuer", TEXT, "Who issued it."),
        required("date", Kind::Nullable(&Kind::Date), "When it was issued."),
        required("title", Kind::Nullable(&TEXT), "Its title in the original."),
        required("titleEn", TEXT, "Its title in English."),
        required("url", Kind::Nullable(&TEXT), "Where the text is."),
        required("grade", Kind::OneOf(&GRADE), "How well it is known."),
        required("place", Kind::Nullable(&TEXT), "The place in it; null for the whole."),
    ],
};

static RULES: Shape = Shape {
    name: "Rules",
    doc: "The rules that were used.",
    fields: &[
        required("pack", TEXT, "The pack's id."),
        required("version", TEXT, "The pack's version."),
        required("sha256", TEXT, "SHA-256 of the pack's bytes, in hexadecimal digits."),
    ],
};

static STATUS: Choice = Choice {
    name: "Status",
    doc: "ready: exact, as far as the law is known. estimated: a figure rests on a weak source, an old exchange rate or a range. needsInput: a \
          fact is missing. blocked: something may not be imported, or a limit is exceeded. unsupported: there is no pack for the destination.",
    names: &["ready", "estimated", "needsInput", "blocked", "unsupported"],
};

static LEVEL: Choice = Choice {
    name: "Level",
    doc: "block: paying should wait until this is mended. warn: somebody should look, the sale may go on. info: worth knowing.",
    names: &["block", "warn", "info"],
};

static CHARGE_KIND: Choice = Choice { name: "ChargeKind", doc: "The kind of a charge.", names: &["duty", "tax", "fee"] };

static GRADE: Choice = Choice {
    name: "Grade",
    doc: "A: seen in an official text or its reprint. B: seen in one good source. C: seen in a weak source, or not at all.",
    names: &["A", "B", "C"],
};
