// The contract's types, generated from the engine's tables: change src/wire/shape, not this file.

/** A plain decimal as text: never a number, which could not hold it exactly. */
export type Decimal = string;

/** A day, YYYY-MM-DD. */
export type CivilDate = string;

/** What a shop asks about before payment. It holds no personal data, and fields that are not listed are refused. */
export interface Basket {
  /** Where the goods are sent from. */
  shipFrom?: ShipFrom;
  /** Where the goods are sent to; the country chooses the rules. */
  shipTo: ShipTo;
  /** How the goods come in, one of the pack's channels; the pack's default when left out. */
  channel?: string;
  /** The day whose law is asked about. */
  asOf: CivilDate;
  /** The currency of every amount that names no other. */
  currencyCode: string;
  /** Whether each item's amount includes the charges, its own and its part of the basket's; false when left out. */
  taxIncluded?: boolean;
  /** Who pays duties and taxes. DDU, the old word, is read as DAP. */
  incoterm?: Incoterm;
  /** The lines; ids are unique. */
  items: BasketItem[];
  /** Freight for the whole basket. */
  shipping?: Money;
  /** Insurance for the whole basket. */
  insurance?: Money;
  /** What was taken off. */
  discounts?: Discount[];
  /** The exchange rates to use; one for each pair of currencies. */
  exchangeRates?: ExchangeRate[];
  /** What is known of the buyer: verdicts, never a name or a number. */
  buyer?: Buyer;
  /** Facts about the order that a pack asks for, in the form of an item's attributes. */
  attributes?: Record<string, boolean | string>;
}

/** Where goods are sent from. */
export interface ShipFrom {
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
}

/** Where goods are sent to. */
export interface ShipTo {
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** The subdivision, in the destination's own codes: ON or CA-ON by ISO 3166-2, where a pack asks for it. */
  administrativeAreaCode?: string;
  /** The postal code. */
  postalCode?: string;
}

/** Who pays duties and taxes. */
export type Incoterm = "DDP" | "DAP" | "DDU";

/** One article in a basket. */
export interface BasketItem {
  /** The shop's name for the line; unique in the basket. */
  id: string;
  /** The shop's stock number. */
  sku?: string;
  /** The article's name. */
  name?: string;
  /** The commodity code, 6 to 10 digits; dots and spaces do not count. */
  hsCode?: string;
  /** The personal-article code, 2 to 10 digits, where a parcel regime classifies by it. */
  articleCode?: string;
  /** Where the article was made. */
  countryOfOrigin?: string;
  /** How many of the article. */
  quantity: Decimal;
  /** The price of one: before tax, or with the charges where the basket says `taxIncluded`. */
  amount: Decimal;
  /** The currency of `amount`, when it is not the basket's. */
  currencyCode?: string;
  /** Measurements of one article, each type once. */
  measurements?: Measurement[];
  /** Facts that a pack asks for, by name: true, false, or a text of at most 100 characters holding a decimal or a code. */
  attributes?: Record<string, boolean | string>;
  /** Rates by charge, from a ruling or a broker, used instead of the pack's. They replace a rate, not what the law makes it depend on. */
  rates?: Record<string, Decimal>;
}

/** A measurement of one article. netWeight and grossWeight are in g or kg, volume is in ml or l, pieces are in piece. */
export interface Measurement {
  /** What was measured. */
  type: MeasurementType;
  /** How much. */
  value: Decimal;
  /** The unit; it must suit the type. */
  unit: MeasurementUnit;
}

/** What a measurement measures. */
export type MeasurementType = "netWeight" | "grossWeight" | "volume" | "pieces";

/** A unit of measurement. */
export type MeasurementUnit = "g" | "kg" | "ml" | "l" | "piece";

/** An amount in a currency. */
export interface Money {
  /** How much. */
  amount: Decimal;
  /** Of what, when it is not the basket's currency. */
  currencyCode?: string;
}

/** A price reduction, or a voucher or points used to pay. Which of them lowers the dutiable value is the pack's to say. */
export interface Discount {
  /** How much was taken off, as a positive number. */
  amount: Decimal;
  /** Of what, when it is not the basket's currency. */
  currencyCode?: string;
  /** price: lowers the price for anyone. payment: used to pay. */
  kind: DiscountKind;
  /** The line it belongs to; the whole basket when left out. */
  itemId?: string;
}

/** What a discount does. */
export type DiscountKind = "price" | "payment";

/** How much of one currency another buys. */
export interface ExchangeRate {
  /** One unit of this … */
  from: string;
  /** … is `rate` units of this. */
  to: string;
  /** The rate. */
  rate: Decimal;
  /** The day the rate is of. */
  asOf: CivilDate;
}

/** What is known of the buyer. */
export interface Buyer {
  /** The verdict on the buyer's identity; absent when left out. */
  identity?: IdentityVerdict;
  /** Whether the payer is the buyer. */
  payerIsBuyer?: boolean;
  /** What the buyer has used of the year's limit, in the basket's currency. */
  usedThisYear?: Decimal;
}

/** A verdict on the buyer's identity. */
export type IdentityVerdict = "valid" | "invalid" | "absent";

/** The answer to a basket. Amounts are in `currencyCode`, with its minor unit's decimals. */
export interface Quote {
  /** How far the question could be answered. */
  status: Status;
  /** The destination; null when the basket could not be read. */
  destination: string | null;
  /** The channel used; null when there is no pack or the basket could not be read. */
  channel: string | null;
  /** The regime that applies; null when none does. */
  regime: string | null;
  /** The day whose law was asked about; null when the basket could not be read. */
  asOf: CivilDate | null;
  /** The pack's currency; null when there is no pack. */
  currencyCode: string | null;
  /** The sums; null when the status is blocked, needsInput or unsupported. */
  amounts: Amounts | null;
  /** The lines, in the basket's order. */
  items: QuoteItem[];
  /** Charges on the whole basket. */
  charges: Charge[];
  /** The limits the basket counts against. */
  limits: Limit[];
  /** The regimes that were tried and not used. */
  alternatives: Alternative[];
  /** What there is to tell. */
  findings: Finding[];
  /** Each step that was computed, in order. */
  trace: TraceStep[];
  /** The law that the findings and the trace cite: by instrument, or by instrument, a dot and a place in it. */
  citations: Record<string, Citation>;
  /** The rules that were used; null when there is no pack. */
  rules: Rules | null;
  /** The engine's version. */
  engine: string;
  /** SHA-256 over the canonical basket, the pack's hash and everything above: the same wherever it was computed. */
  digest: string;
}

/** ready: exact, as far as the law is known. estimated: a figure rests on a weak source, an old exchange rate or a range. needsInput: a fact is missing. blocked: something may not be imported, or a limit is exceeded. unsupported: there is no pack for the destination. */
export type Status = "ready" | "estimated" | "needsInput" | "blocked" | "unsupported";

/** The sums of a quote. */
export interface Amounts {
  /** Goods, before discounts. */
  items: Decimal;
  /** Freight. */
  shipping: Decimal;
  /** Insurance. */
  insurance: Decimal;
  /** Discounts of both kinds, zero or negative. */
  discounts: Decimal;
  /** What the charges are computed on. */
  dutiableValue: Decimal;
  /** Charges of kind duty. */
  duties: Decimal;
  /** Charges of kind tax. */
  taxes: Decimal;
  /** Charges of kind fee. */
  fees: Decimal;
  /** Duties, taxes and fees together. */
  dutiesAndTaxes: Decimal;
  /** What the shopper pays in all. */
  total: Decimal;
}

/** A line's part of the answer. */
export interface QuoteItem {
  /** The line's id. */
  id: string;
  /** Its dutiable value; null when it could not be computed. */
  dutiableValue: Decimal | null;
  /** Its charges. */
  charges: Charge[];
  /** Their sum; null when some could not be computed. */
  dutiesAndTaxes: Decimal | null;
}

/** Money to pay. */
export interface Charge {
  /** Which charge: vat, duty, consumption-tax, article-tax, gst, sales-tax, or a fee that the pack defines. */
  id: string;
  /** Its kind. */
  kind: ChargeKind;
  /** The rate it was computed with, as a fraction; null when it has none. */
  rate: Decimal | null;
  /** How much. */
  amount: Decimal;
  /** The steps of the trace that it rests on. */
  steps: string[];
}

/** The kind of a charge. */
export type ChargeKind = "duty" | "tax" | "fee";

/** A limit, and how far the basket goes towards it. */
export interface Limit {
  /** Which limit. */
  id: string;
  /** The limit. */
  limit: Decimal;
  /** What was used before; null when it is not known or does not count. */
  used: Decimal | null;
  /** What this basket uses. */
  thisBasket: Decimal;
  /** What then remains, never below zero; null when it is not known. */
  remaining: Decimal | null;
  /** The year, for a limit by year; null otherwise. */
  period: string | null;
}

/** A regime that was tried and not used. */
export interface Alternative {
  /** Which regime. */
  regime: string;
  /** Whether its conditions hold, though another came first. */
  applies: boolean;
  /** What keeps it from applying: ids of conditions, `channel` or `not-in-force`. */
  because: string[];
}

/** One thing to tell somebody. */
export interface Finding {
  /** What it is about; a code never changes its meaning, and codes may be added. */
  code: FindingCode;
  /** How much it matters. */
  level: Level;
  /** Where in the basket, as a JSON pointer; empty for the whole basket. */
  target: string;
  /** Names and values for the message; never a text that came with the basket. */
  params: Record<string, string>;
  /** The law it rests on: names in the quote's `citations`. */
  citations: string[];
  /** What can be done. */
  remedies: Remedy[];
}

/** block: paying should wait until this is mended. warn: somebody should look, the sale may go on. info: worth knowing. */
export type Level = "block" | "warn" | "info";

/** One step as it was computed. */
export interface TraceStep {
  /** The line's id, or `basket`, or `group:` and the group's number; a slash and the step's id. */
  step: string;
  /** The formula that ran. */
  formula: string;
  /** The values that it used, by name. */
  values: Record<string, string>;
  /** The result. */
  result: string;
  /** The law it rests on: names in the quote's `citations`. */
  citations: string[];
}

/** A law, announcement or notice, and a place in it. */
export interface Citation {
  /** Its number, as issued. */
  number: string | null;
  /** Who issued it. */
  issuer: string;
  /** When it was issued. */
  date: CivilDate | null;
  /** Its title in the original. */
  title: string | null;
  /** Its title in English. */
  titleEn: string;
  /** Where the text is. */
  url: string | null;
  /** How well it is known. */
  grade: Grade;
  /** The place in it; null for the whole. */
  place: string | null;
}

/** A: seen in an official text or its reprint. B: seen in one good source. C: seen in a weak source, or not at all. */
export type Grade = "A" | "B" | "C";

/** The rules that were used. */
export interface Rules {
  /** The pack's id. */
  pack: string;
  /** The pack's version. */
  version: string;
  /** SHA-256 of the pack's bytes, in hexadecimal digits. */
  sha256: string;
}

/** What an order has besides its basket, in the same object. It holds personal data, and is for declaring only. */
export interface OrderPart {
  /** The platform's number for the order. */
  orderNo: string;
  /** The platform, as registered with customs. */
  platform: Party;
  /** The merchant, as registered with customs. */
  merchant: Party;
  /** Who buys. */
  buyer: OrderBuyer;
  /** Who receives. */
  consignee: Consignee;
  /** The payment, once there is one. */
  payment?: Payment;
  /** Who transmits; the platform when left out. */
  transfer?: Transfer;
  /** The carrier and the waybill, once they are known. */
  logistics?: Logistics;
  /** Who declares the list. */
  agent?: Party;
  /** What the import list needs besides, under customs' own names. */
  list?: ListPart;
  /** A remark. */
  note?: string;
  /** What customs needs of each item, in the basket's order. */
  items: OrderItem[];
}

/** An enterprise. */
export interface Party {
  /** Its registration number with customs, or its unified social credit code. */
  code: string;
  /** Its registered name. */
  name: string;
}

/** Who buys, and is taxed. */
export interface OrderBuyer {
  /** The buyer's account with the platform. */
  registrationNo: string;
  /** The buyer's real name. */
  name: string;
  /** 1: resident identity card. */
  idType: string;
  /** The number of that document. */
  idNumber: string;
  /** A telephone. */
  telephone: string;
}

/** Who receives; exactly as the waybill will say. */
export interface Consignee {
  /** The name. */
  name: string;
  /** A telephone. */
  telephone: string;
  /** The address. */
  address: string;
  /** The district, six digits. */
  districtCode?: string;
}

/** A payment. */
export interface Payment {
  /** The payment company's registration number with customs. */
  code: string;
  /** Its registered name. */
  name: string;
  /** Its number for the payment. */
  transactionId: string;
}

/** Who transmits messages. */
export interface Transfer {
  /** Its registration number. */
  code: string;
  /** Its registered name. */
  name: string;
  /** Its number with the data exchange platform. */
  dxpId?: string;
}

/** The carrier and the waybill. */
export interface Logistics {
  /** The carrier's registration number with customs. */
  code: string;
  /** Its registered name. */
  name: string;
  /** The waybill's number. */
  no?: string;
}

/** Fields of the import list. */
export interface ListPart {
  /** Who guarantees the tax. */
  assureCode?: string;
  /** The enterprise's own number for the list. */
  copNo?: string;
  /** The bonded account. */
  emsNo?: string;
  /** The customs office of declaration. */
  customsCode?: string;
  /** The customs office of the port. */
  portCode?: string;
  /** The day of import. */
  ieDate?: string;
  /** The enterprise in the zone. */
  areaCode?: string;
  /** Its registered name. */
  areaName?: string;
  /** The mode of transport. */
  trafMode?: string;
  /** The vehicle. */
  trafNo?: string;
  /** Its voyage. */
  voyageNo?: string;
  /** The transport document. */
  billNo?: string;
  /** The supervised place. */
  loctNo?: string;
  /** A permit. */
  licenseNo?: string;
  /** The kind of package. */
  wrapType?: string;
  /** The mode of trade; by the channel when left out. */
  tradeMode?: string;
  /** Gross weight in kilograms; from the measurements when left out. */
  grossWeight?: Decimal;
  /** Net weight in kilograms; from the measurements when left out. */
  netWeight?: Decimal;
}

/** What customs needs of an item. */
export interface OrderItem {
  /** It. */
  customs: ItemCustoms;
}

/** An item as customs takes it. Units are customs' codes of three digits; quantities are those of the whole line. */
export interface ItemCustoms {
  /** The unit of `quantity`. */
  unit: string;
  /** Name, brand, specification, model, composition, content and grade, as classification needs. */
  model: string;
  /** The bar code. */
  barCode?: string;
  /** The statutory unit. */
  unit1?: string;
  /** The quantity in it. */
  quantity1?: Decimal;
  /** The second statutory unit. */
  unit2?: string;
  /** The quantity in it. */
  quantity2?: Decimal;
  /** The record number in the bonded account. */
  recordNo?: string;
  /** A remark. */
  note?: string;
}

/** A payment as China's customs asks about it, by announcements 165 and 179 of 2018. Everything is as it was when it was paid. */
export interface PaymentData {
  /** The `sessionID` that customs sent; used once. */
  session: string;
  /** The `serviceTime` of the answer, in milliseconds. */
  serviceTime: string;
  /** An identifier, letters in capitals. Drawn when left out; a message that is signed has the one that was signed. */
  guid?: string;
  /** The platform's registration number with customs. */
  platformCode: string;
  /** The payment. */
  payment: PaymentMade;
  /** What the payment company was asked, as it was sent. */
  request: string;
  /** What it answered, as it came. */
  response: string;
  /** The orders that the payment was for. */
  orders: PaidOrder[];
  /** A remark. */
  note?: string;
}

/** A payment that was made. */
export interface PaymentMade {
  /** The payment company's registration number with customs. */
  code: string;
  /** Its number for the payment. */
  transactionId: string;
  /** How much was paid, in renminbi. */
  total: Decimal;
  /** When, in China: YYYYMMDDhhmmss. */
  time: string;
  /** Who verified it: 1 UnionPay, 2 NetsUnion, 3 others. */
  verifier: string;
  /** How it was paid: 1 in an app, 2 at a computer, 3 by a scanned code, 4 otherwise. */
  method?: string;
}

/** An order of a payment. */
export interface PaidOrder {
  /** The platform's number for the order. */
  orderNo: string;
  /** Its goods. */
  items: PaidItem[];
  /** Who received the money. */
  receiver: Receiver;
}

/** Goods of an order. */
export interface PaidItem {
  /** The name under which they were sold. */
  name: string;
  /** The address of their page, http or https. */
  url: string;
}

/** Who received the money. */
export interface Receiver {
  /** The account. */
  account: string;
  /** The receiver's code, if there is one. */
  code?: string;
  /** The receiver's name. */
  name: string;
}

/** The code of a finding; codes may be added. */
export type FindingCode =
  | "input.malformed"
  | "input.hs-missing"
  | "input.hs-unknown"
  | "input.origin-missing"
  | "input.measure-missing"
  | "input.attribute-missing"
  | "input.attribute-unknown"
  | "input.exchange-rate-missing"
  | "input.exchange-rate-old"
  | "input.amount-invalid"
  | "input.no-tax-exclusive-price"
  | "input.too-large"
  | "limit.single"
  | "limit.annual"
  | "limit.single-article"
  | "limit.unverified"
  | "goods.prohibited"
  | "goods.restricted"
  | "goods.permit"
  | "goods.quantity"
  | "goods.notice"
  | "goods.no-price"
  | "goods.not-listed"
  | "goods.unverified"
  | "identity.missing"
  | "identity.invalid"
  | "identity.payer-mismatch"
  | "identity.unsupported"
  | "rules.unknown"
  | "rules.grade-c"
  | "rules.not-in-force"
  | "rules.stale"
  | "rules.rate-supplied"
  | "rules.attribute-supplied"
  | "rules.waived"
  | "rules.names-unread"
  | "rules.origin-rate"
  | "rules.reduced-rate"
  | "rules.arithmetic"
  | "engine.partial"
  | "destination.unsupported"
  | "form.malformed"
  | "form.unknown-message"
  | "form.namespace"
  | "form.unknown-element"
  | "form.misplaced"
  | "form.missing"
  | "form.too-many"
  | "form.length"
  | "form.number"
  | "form.attribute"
  | "form.fixed"
  | "form.value"
  | "form.date"
  | "form.guid"
  | "form.identity"
  | "form.sum"
  | "form.pair"
  | "form.sequence"
  | "form.duplicate"
  | "form.mismatch"
  | "form.code"
  | "form.limit"
  | "form.unsupported"
  | (`${string}.${string}` & {});

/** What can be done about a finding; remedies may be added. */
export type Remedy =
  | "give-identity"
  | "correct-identity"
  | "pay-yourself"
  | "remove-item"
  | "choose-other-channel"
  | "choose-other-date"
  | "check-with-customs"
  | "supply-rate"
  | "supply-hs-code"
  | "supply-origin"
  | "supply-measure"
  | "supply-attribute"
  | "supply-exchange-rate"
  | "correct-input"
  | "state-price-before-tax"
  | "get-permit"
  | "consult-list"
  | (string & {});
