//! The request.

use super::{Choice, Kind, MOST_ENTRIES, Shape, about, optional, required};
use crate::basket::{LONGEST_TEXT, MOST_LINES};

/// A text that may be empty.
const TEXT: Kind = Kind::Text(0, LONGEST_TEXT);
/// A text that names something.
const ID: Kind = Kind::Text(1, LONGEST_TEXT);

/// What a shop asks about.
pub static BASKET: Shape = Shape {
    name: about!("Basket"),
    doc: about!("What a shop asks about before payment. It holds no personal data, and fields that are not listed are refused."),
    fields: &[
        optional("shipFrom", Kind::Object(&SHIP_FROM), about!("Where the goods are sent from.")),
        required("shipTo", Kind::Object(&SHIP_TO), about!("Where the goods are sent to; the country chooses the rules.")),
        optional("channel", ID, about!("How the goods come in, one of the pack's channels; the pack's default when left out.")),
        required("asOf", Kind::Date, about!("The day whose law is asked about.")),
        required("currencyCode", Kind::Currency, about!("The currency of every amount that names no other.")),
        optional(
            "taxIncluded",
            Kind::Truth,
            about!("Whether each item's amount includes the charges, its own and its part of the basket's; false when left out."),
        ),
        optional("incoterm", Kind::OneOf(&INCOTERMS), about!("Who pays duties and taxes. DDU, the old word, is read as DAP.")),
        required("items", Kind::List(&Kind::Object(&ITEM), 1, MOST_LINES), about!("The lines; ids are unique.")),
        optional("shipping", Kind::Object(&MONEY), about!("Freight for the whole basket.")),
        optional("insurance", Kind::Object(&MONEY), about!("Insurance for the whole basket.")),
        optional("discounts", Kind::List(&Kind::Object(&DISCOUNT), 0, MOST_ENTRIES), about!("What was taken off.")),
        optional(
            "exchangeRates",
            Kind::List(&Kind::Object(&EXCHANGE_RATE), 0, MOST_ENTRIES),
            about!("The exchange rates to use; one for each pair of currencies."),
        ),
        optional("buyer", Kind::Object(&BUYER), about!("What is known of the buyer: verdicts, never a name or a number.")),
        optional(
            "attributes",
            Kind::Map(&Kind::Attribute, &[]),
            about!("Facts about the order that a pack asks for, in the form of an item's attributes."),
        ),
    ],
};

static SHIP_FROM: Shape = Shape {
    name: about!("ShipFrom"),
    doc: about!("Where goods are sent from."),
    fields: &[required("countryCode", Kind::Country, about!("ISO 3166-1 alpha-2."))],
};

static SHIP_TO: Shape = Shape {
    name: about!("ShipTo"),
    doc: about!("Where goods are sent to."),
    fields: &[
        required("countryCode", Kind::Country, about!("ISO 3166-1 alpha-2.")),
        optional(
            "administrativeAreaCode",
            TEXT,
            about!("The subdivision, in the destination's own codes: ON or CA-ON by ISO 3166-2, where a pack asks for it."),
        ),
        optional("postalCode", TEXT, about!("The postal code.")),
    ],
};

static ITEM: Shape = Shape {
    name: about!("BasketItem"),
    doc: about!("One article in a basket."),
    fields: &[
        required("id", ID, about!("The shop's name for the line; unique in the basket.")),
        optional("sku", TEXT, about!("The shop's stock number.")),
        optional("name", TEXT, about!("The article's name.")),
        optional("hsCode", Kind::Digits(6, 10), about!("The commodity code, 6 to 10 digits; dots and spaces do not count.")),
        optional(
            "articleCode",
            Kind::Digits(2, 10),
            about!("The personal-article code, 2 to 10 digits, where a parcel regime classifies by it."),
        ),
        optional("countryOfOrigin", Kind::Country, about!("Where the article was made.")),
        required("quantity", Kind::PositiveDecimal, about!("How many of the article.")),
        required("amount", Kind::Decimal, about!("The price of one: before tax, or with the charges where the basket says `taxIncluded`.")),
        optional("currencyCode", Kind::Currency, about!("The currency of `amount`, when it is not the basket's.")),
        optional(
            "measurements",
            Kind::List(&Kind::Object(&MEASUREMENT), 0, MOST_ENTRIES),
            about!("Measurements of one article, each type once."),
        ),
        optional(
            "attributes",
            Kind::Map(&Kind::Attribute, &[]),
            about!("Facts that a pack asks for, by name: true, false, or a text of at most 100 characters holding a decimal or a code."),
        ),
        optional(
            "rates",
            Kind::Map(&Kind::Decimal, &["duty", "consumptionTax", "vat", "articleTax", "gst", "salesTax"]),
            about!(
                "Rates by charge, from a ruling or a broker, used instead of the pack's. They replace a rate, not what the law makes it depend on."
            ),
        ),
    ],
};

static MEASUREMENT: Shape = Shape {
    name: about!("Measurement"),
    doc: about!("A measurement of one article. netWeight and grossWeight are in g or kg, volume is in ml or l, pieces are in piece."),
    fields: &[
        required("type", Kind::OneOf(&MEASURES), about!("What was measured.")),
        required("value", Kind::PositiveDecimal, about!("How much.")),
        required("unit", Kind::OneOf(&UNITS), about!("The unit; it must suit the type.")),
    ],
};

static MONEY: Shape = Shape {
    name: about!("Money"),
    doc: about!("An amount in a currency."),
    fields: &[
        required("amount", Kind::Decimal, about!("How much.")),
        optional("currencyCode", Kind::Currency, about!("Of what, when it is not the basket's currency.")),
    ],
};

static DISCOUNT: Shape = Shape {
    name: about!("Discount"),
    doc: about!("A price reduction, or a voucher or points used to pay. Which of them lowers the dutiable value is the pack's to say."),
    fields: &[
        required("amount", Kind::Decimal, about!("How much was taken off, as a positive number.")),
        optional("currencyCode", Kind::Currency, about!("Of what, when it is not the basket's currency.")),
        required("kind", Kind::OneOf(&DISCOUNT_KINDS), about!("price: lowers the price for anyone. payment: used to pay.")),
        optional("itemId", ID, about!("The line it belongs to; the whole basket when left out.")),
    ],
};

static EXCHANGE_RATE: Shape = Shape {
    name: about!("ExchangeRate"),
    doc: about!("How much of one currency another buys."),
    fields: &[
        required("from", Kind::Currency, about!("One unit of this …")),
        required("to", Kind::Currency, about!("… is `rate` units of this.")),
        required("rate", Kind::PositiveDecimal, about!("The rate.")),
        required("asOf", Kind::Date, about!("The day the rate is of.")),
    ],
};

static BUYER: Shape = Shape {
    name: about!("Buyer"),
    doc: about!("What is known of the buyer."),
    fields: &[
        optional("identity", Kind::OneOf(&IDENTITIES), about!("The verdict on the buyer's identity; absent when left out.")),
        optional("payerIsBuyer", Kind::Truth, about!("Whether the payer is the buyer.")),
        optional("usedThisYear", Kind::Decimal, about!("What the buyer has used of the year's limit, in the basket's currency.")),
    ],
};

static INCOTERMS: Choice = Choice { name: about!("Incoterm"), doc: about!("Who pays duties and taxes."), names: &["DDP", "DAP", "DDU"] };

static MEASURES: Choice = Choice {
    name: about!("MeasurementType"),
    doc: about!("What a measurement measures."),
    names: &["netWeight", "grossWeight", "volume", "pieces"],
};

static UNITS: Choice =
    Choice { name: about!("MeasurementUnit"), doc: about!("A unit of measurement."), names: &["g", "kg", "ml", "l", "piece"] };

static DISCOUNT_KINDS: Choice = Choice { name: about!("DiscountKind"), doc: about!("What a discount does."), names: &["price", "payment"] };

static IDENTITIES: Choice =
    Choice { name: about!("IdentityVerdict"), doc: about!("A verdict on the buyer's identity."), names: &["valid", "invalid", "absent"] };
