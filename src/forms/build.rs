//! From an order and its quote to the messages that a shop sends, or can foresee.
//!
//! CEB311 is the shop's own. CEB621 is foreseen: what only the carrier and the declarant know may be missing, and then findings say so; it is
//! kept (`appStatus` 1) rather than declared, because it is not signed, and the declarant signs what is sent.

use super::found::{Finding, Param};
use super::table::Forms;
use super::validate;
use super::write::{Group, write};
use crate::basket::{Basket, DiscountKind, Incoterm, Measure};
use crate::engine::apportion;
use crate::finding::{Code, Level};
use crate::formula::Unit;
use crate::identity::Checker;
use crate::money;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use rust_decimal::Decimal;
use zeroize::Zeroizing;

/// The forms that are made, by their short names.
pub const FORMS: [&str; 2] = ["CEB311", "CEB621"];
/// Forms that there are and that are not made, each with what no source that was read says of it. Their fields are known by name only.
pub const UNSUPPORTED: [(&str, &str); 4] = [
    ("CN22", "required-fields lengths message-structure"),
    ("CN23", "required-fields lengths message-structure"),
    ("H7", "lengths code-lists message-structure"),
    ("ITMATT", "element-names lengths message-structure"),
];
/// How many identifiers a message needs.
pub const GUIDS: usize = 2;
/// The renminbi and China, among the codes of customs.
const RENMINBI: &str = "142";
const CHINA: &str = "142";
/// How many decimals an amount may have, and how many money has.
const FRACTION: u32 = 5;
const MINOR: u32 = 2;

/// Texts by the path of their field in the order.
#[derive(Default)]
pub struct Texts<'a>(pub Vec<(&'static str, &'a str)>);

impl<'a> Texts<'a> {
    fn get(&self, path: &str) -> Option<&'a str> {
        self.0.iter().find(|(other, _)| *other == path).map(|(_, text)| *text)
    }
}

/// An order: its basket, its quote, and what only the order has.
pub struct Order<'a> {
    /// The basket.
    pub basket: &'a Basket,
    /// The channel that the quote is for.
    pub channel: &'a str,
    /// Duties and taxes of the quote; none when it has no amounts.
    pub tax: Option<Decimal>,
    /// Everything to pay by the quote.
    pub total: Option<Decimal>,
    /// What only the order has.
    pub texts: Texts<'a>,
    /// The same of each item.
    pub items: Vec<Texts<'a>>,
    /// When it is sent: `YYYYMMDDhhmmss`.
    pub time: &'a str,
    /// Identifiers for the message and the document in it.
    pub guids: [&'a str; GUIDS],
}

/// A message that was made.
#[derive(Debug)]
pub struct Declared {
    /// The message; none when the order cannot be one.
    pub xml: Option<Zeroizing<String>>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// The sums of an order.
struct Sums {
    prices: Vec<Decimal>,
    goods: Decimal,
    freight: Decimal,
    insurance: Decimal,
    discount: Decimal,
    tax: Option<Decimal>,
}

fn amount(value: Decimal) -> String {
    money::text(money::round(value, FRACTION), 0)
}

/// Makes a form of [`FORMS`].
#[must_use]
pub fn declare(forms: &Forms, checker: &Checker, form: &str, order: &Order<'_>) -> Declared {
    if !FORMS.contains(&form) {
        let mut finding = refusal(Code::FormUnsupported, "", "form");
        if let Some((_, missing)) = UNSUPPORTED.iter().find(|(other, _)| *other == form) {
            finding.params = alloc::vec![("reason", Param::word("no-source")), ("missing", Param::word(missing))];
        }
        return Declared { xml: None, findings: alloc::vec![finding] };
    }
    let sums = match sums(order) {
        Ok(sums) => sums,
        Err(finding) => return Declared { xml: None, findings: alloc::vec![*finding] },
    };
    let written = match form {
        "CEB311" => write(forms, "CEB311Message", order.guids[0], &order_message(forms, order, &sums)),
        "CEB621" => write(forms, "CEB621Message", order.guids[0], &list_message(forms, order, &sums)),
        _ => None,
    };
    let Some(xml) = written else {
        return Declared { xml: None, findings: alloc::vec![refusal(Code::FormUnsupported, "", "form")] };
    };
    let mut findings = validate(forms, checker, &[xml.as_bytes()]).findings;
    for finding in &mut findings {
        // Who declares signs.
        if &*finding.rule == "S10" {
            finding.level = Level::Warn;
            finding.params.push(("who", Param::word("agent")));
        }
    }
    if let Some((total, paid)) = order.total.zip(paid(&sums))
        && order.basket.incoterm != Some(Incoterm::Dap)
        && total != paid
    {
        findings.push(Finding { level: Level::Warn, ..refusal(Code::FormSum, "acturalPaid", "quote") });
    }
    Declared { xml: Some(xml), findings }
}

/// A finding about the order, which has no line.
fn refusal(code: Code, element: &str, reason: &str) -> Finding {
    Finding {
        code,
        level: Level::Block,
        document: 0,
        offset: 0,
        line: 0,
        column: 0,
        path: String::new(),
        element: Some(Arc::from(element)).filter(|element: &Arc<str>| !element.is_empty()),
        rule: Arc::from(""),
        prevents: Arc::from(""),
        params: alloc::vec![("reason", Param::word(reason))],
    }
}

/// The sums, which are the quote's own: price reductions lower the lines, payments with vouchers do not.
fn sums(order: &Order<'_>) -> Result<Sums, Box<Finding>> {
    let basket = order.basket;
    if basket.tax_included {
        // What such a price is without its tax, the quote's own steps say; nothing here takes it apart anew.
        return Err(Box::new(refusal(Code::FormUnsupported, "price", "tax-included")));
    }
    let own = |money: &crate::basket::Money| money.currency.code() == "CNY";
    let moneys = basket.lines.iter().map(|line| &line.amount).chain(&basket.shipping).chain(&basket.insurance);
    if !moneys.chain(basket.discounts.iter().map(|discount| &discount.amount)).all(own) {
        return Err(Box::new(refusal(Code::FormFixed, "currency", "currency")));
    }
    let too_large = || Box::new(refusal(Code::FormNumber, "goodsValue", "range"));
    (|| {
        let mut prices = Vec::with_capacity(basket.lines.len());
        for line in &basket.lines {
            prices.push(money::round(money::multiply(line.amount.amount, line.quantity)?, MINOR));
        }
        let mut discount = Decimal::ZERO;
        for reduction in &basket.discounts {
            let shares = match (reduction.kind, reduction.line) {
                (DiscountKind::Payment, _) => {
                    discount = money::add(discount, reduction.amount.amount)?;
                    continue;
                }
                (DiscountKind::Price, None) => apportion(reduction.amount.amount, &prices, MINOR)?,
                (DiscountKind::Price, Some(line)) => {
                    (0..prices.len()).map(|number| if number == line { reduction.amount.amount } else { Decimal::ZERO }).collect()
                }
            };
            for (price, share) in prices.iter_mut().zip(shares) {
                *price = money::subtract(*price, share)?;
            }
        }
        let mut goods = Decimal::ZERO;
        for price in &prices {
            goods = money::add(goods, *price)?;
        }
        let amount = |money: Option<crate::basket::Money>| money::round(money.map_or(Decimal::ZERO, |money| money.amount), MINOR);
        let tax = if basket.incoterm == Some(Incoterm::Dap) { Some(Decimal::ZERO) } else { order.tax };
        Some(Sums { prices, goods, freight: amount(basket.shipping), insurance: amount(basket.insurance), discount, tax })
    })()
    .ok_or_else(too_large)
}

/// What is paid: goods, freight, insurance and tax, less what a voucher pays.
fn paid(sums: &Sums) -> Option<Decimal> {
    let whole = money::add(money::add(sums.goods, sums.freight)?, sums.insurance)?;
    money::subtract(money::add(whole, sums.tax?)?, sums.discount)
}

/// Elements with the path of the text in the order that they hold: in both messages' heads, in each one's, in their lines, and in the list's.
const HEAD: [(&str, &str); 11] = [
    ("orderNo", "orderNo"),
    ("ebpCode", "platform.code"),
    ("ebpName", "platform.name"),
    ("ebcCode", "merchant.code"),
    ("ebcName", "merchant.name"),
    ("buyerName", "buyer.name"),
    ("buyerTelephone", "buyer.telephone"),
    ("buyerIdType", "buyer.idType"),
    ("buyerIdNumber", "buyer.idNumber"),
    ("consigneeAddress", "consignee.address"),
    ("note", "note"),
];
const ORDER_HEAD: [(&str, &str); 7] = [
    ("buyerRegNo", "buyer.registrationNo"),
    ("payCode", "payment.code"),
    ("payName", "payment.name"),
    ("payTransactionId", "payment.transactionId"),
    ("consignee", "consignee.name"),
    ("consigneeTelephone", "consignee.telephone"),
    ("consigneeDistrict", "consignee.districtCode"),
];
const LIST_HEAD: [(&str, &str); 5] = [
    ("logisticsNo", "logistics.no"),
    ("logisticsCode", "logistics.code"),
    ("logisticsName", "logistics.name"),
    ("agentCode", "agent.code"),
    ("agentName", "agent.name"),
];
const LINE: [(&str, &str); 4] = [("gmodel", "model"), ("barCode", "barCode"), ("unit", "unit"), ("note", "note")];
const LIST_LINE: [(&str, &str); 5] =
    [("itemRecordNo", "recordNo"), ("qty1", "quantity1"), ("unit1", "unit1"), ("qty2", "quantity2"), ("unit2", "unit2")];
/// Elements that are made of the basket, with its field that they come from.
const OF_BASKET: [(&str, &str); 7] = [
    ("goodsValue", "items"),
    ("freight", "shipping"),
    ("insuredFee", "insurance"),
    ("discount", "discounts"),
    ("country", "shipFrom"),
    ("currency", "currencyCode"),
    ("price", "taxIncluded"),
];
const OF_ITEM: [(&str, &str); 8] = [
    ("itemNo", "sku"),
    ("itemName", "name"),
    ("gname", "name"),
    ("gcode", "hsCode"),
    ("qty", "quantity"),
    ("price", "amount"),
    ("totalPrice", "amount"),
    ("country", "countryOfOrigin"),
];
const TRANSFER: [(&str, &str); 3] = [("copCode", "transfer.code"), ("copName", "transfer.name"), ("dxpId", "transfer.dxpId")];

/// Where in the order the fact stands that a finding in its message is about, as a JSON pointer; empty for the whole order, of which other
/// elements are made.
#[must_use]
pub fn target(finding: &Finding) -> String {
    let Some(element) = finding.element.as_deref() else { return String::new() };
    let place = |tables: &[&[(&str, &'static str)]]| {
        let mut all = tables.iter().flat_map(|table| table.iter());
        all.find(|(name, _)| *name == element).map(|(_, path)| *path)
    };
    // The number of the line, from 1.
    let line = finding.path.split('/').find_map(|part| {
        let inner = part.strip_prefix("OrderList[").or_else(|| part.strip_prefix("InventoryList["))?;
        inner.strip_suffix(']')?.parse::<usize>().ok()?.checked_sub(1)
    });
    let mut target = String::new();
    let Some(line) = line else {
        if let Some(path) = place(&[&HEAD, &ORDER_HEAD, &LIST_HEAD, &OF_BASKET, &TRANSFER]) {
            target.push('/');
            target.extend(path.chars().map(|character| if character == '.' { '/' } else { character }));
        } else if LIST_FIELDS.contains(&element) || WEIGHTS.contains(&element) {
            target.push_str("/list/");
            target.push_str(element);
        }
        return target;
    };
    target.push_str("/items/");
    crate::digits::push_number(&mut target, line);
    if let Some(field) = place(&[&OF_ITEM]) {
        target.push('/');
        target.push_str(field);
    } else if let Some(field) = place(&[&LINE, &LIST_LINE]) {
        target.push_str("/customs/");
        target.push_str(field);
    }
    target
}

fn put_all(group: &mut Group, texts: &Texts<'_>, names: &[(&'static str, &str)]) {
    for (name, path) in names {
        group.put(name, texts.get(path));
    }
}

fn head(order: &Order<'_>, status: &'static str) -> Group {
    let mut head = Group::default();
    head.put("guid", Some(order.guids[1]));
    head.put("appType", Some("1"));
    head.put("appTime", Some(order.time));
    head.put("appStatus", Some(status));
    put_all(&mut head, &order.texts, &HEAD);
    head.put("currency", Some(RENMINBI));
    head
}

/// What follows the documents of a message: who sends it. Without a word of the order, that is the platform.
fn transfer(order: &Order<'_>) -> Group {
    let mut transfer = Group::default();
    let texts = &order.texts;
    transfer.put("copCode", texts.get("transfer.code").or_else(|| texts.get("platform.code")));
    transfer.put("copName", texts.get("transfer.name").or_else(|| texts.get("platform.name")));
    transfer.put("dxpMode", Some("DXP"));
    // This one may be empty, and may not be left out.
    transfer.fields.push(("dxpId", Zeroizing::new(String::from(texts.get("transfer.dxpId").unwrap_or_default()))));
    transfer
}

fn message(name: &'static str, head_name: &'static str, head: Group, lines: Vec<(&'static str, Group)>, transfer: Group) -> Group {
    let mut document = Group { fields: Vec::new(), groups: alloc::vec![(head_name, head)] };
    document.groups.extend(lines);
    Group { fields: Vec::new(), groups: alloc::vec![(name, document), ("BaseTransfer", transfer)] }
}

/// What the lines of both messages have.
fn line(forms: &Forms, order: &Order<'_>, sums: &Sums, number: usize) -> Option<Group> {
    let (line, total, texts) = (order.basket.lines.get(number)?, *sums.prices.get(number)?, order.items.get(number)?);
    let mut group = Group::default();
    let mut position = String::new();
    crate::digits::push_number(&mut position, number.saturating_add(1));
    group.put("gnum", Some(&position));
    group.put("itemNo", line.sku.as_deref());
    group.put("itemName", line.name.as_deref());
    put_all(&mut group, texts, &LINE);
    group.put("qty", Some(&amount(line.quantity)));
    group.put("price", money::divide(total, line.quantity).map(amount).as_deref());
    group.put("totalPrice", Some(&amount(total)));
    group.put("currency", Some(RENMINBI));
    let countries = forms.code_table("country");
    let country = line.origin.and_then(|origin| countries.and_then(|table| table.from_standard(origin.code())).cloned());
    group.put("country", country.as_deref());
    Some(group)
}

fn order_message(forms: &Forms, order: &Order<'_>, sums: &Sums) -> Group {
    let mut head = head(order, "2");
    head.put("orderType", Some("I"));
    head.put("goodsValue", Some(&amount(sums.goods)));
    head.put("freight", money::add(sums.freight, sums.insurance).map(amount).as_deref());
    head.put("discount", Some(&amount(sums.discount)));
    head.put("taxTotal", sums.tax.map(amount).as_deref());
    head.put("acturalPaid", paid(sums).map(amount).as_deref());
    put_all(&mut head, &order.texts, &ORDER_HEAD);
    let lines = (0..order.basket.lines.len()).filter_map(|number| line(forms, order, sums, number));
    message("Order", "OrderHead", head, lines.map(|line| ("OrderList", line)).collect(), transfer(order))
}

/// Fields of a list that the order gives under the names that customs has for them.
pub const LIST_FIELDS: [&str; 16] = [
    "assureCode",
    "copNo",
    "emsNo",
    "customsCode",
    "portCode",
    "ieDate",
    "areaCode",
    "areaName",
    "trafMode",
    "trafNo",
    "voyageNo",
    "billNo",
    "loctNo",
    "licenseNo",
    "wrapType",
    "tradeMode",
];

/// Weights that the order may state in place of the sum of what its items weigh.
pub const WEIGHTS: [&str; 2] = ["grossWeight", "netWeight"];

fn list_message(forms: &Forms, order: &Order<'_>, sums: &Sums) -> Group {
    let texts = &order.texts;
    let mut head = head(order, "1");
    put_all(&mut head, texts, &LIST_HEAD);
    let bonded = match order.channel {
        "bonded" => Some(true),
        "direct" => Some(false),
        _ => None,
    };
    for name in LIST_FIELDS {
        head.put(name, texts.get(name));
    }
    if texts.get("tradeMode").is_none() {
        head.put("tradeMode", bonded.map(|bonded| if bonded { "1210" } else { "9610" }));
    }
    head.put("ieFlag", Some("I"));
    head.put("declTime", order.time.get(..8));
    let from = order.basket.ship_from.and_then(|from| forms.code_table("country")?.from_standard(from.code()).cloned());
    head.put("country", if bonded == Some(true) { Some(CHINA) } else { from.as_deref() });
    head.put("freight", Some(&amount(sums.freight)));
    head.put("insuredFee", Some(&amount(sums.insurance)));
    head.put("packNo", Some("1"));
    for (name, path, measure) in [("grossWeight", "grossWeight", Measure::GrossWeight), ("netWeight", "netWeight", Measure::NetWeight)] {
        let weighed = weight(order.basket, measure).map(amount);
        head.put(name, texts.get(path).or(weighed.as_deref()));
    }
    let lines = (0..order.basket.lines.len()).filter_map(|number| {
        let mut group = line(forms, order, sums, number)?;
        let (line, texts) = (order.basket.lines.get(number)?, order.items.get(number)?);
        group.put("gcode", line.hs_code.as_ref().map(|code| code.as_str()));
        group.put("gname", line.name.as_deref());
        put_all(&mut group, texts, &LIST_LINE);
        Some(("InventoryList", group))
    });
    message("Inventory", "InventoryHead", head, lines.collect(), transfer(order))
}

/// What all articles weigh in kilograms, if every line says.
fn weight(basket: &Basket, measure: Measure) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for line in &basket.lines {
        let measured = line.measurements.iter().find(|measured| measured.measure == measure)?;
        let one = if measured.unit == Unit::Gram { money::multiply(measured.value, Decimal::new(1, 3))? } else { measured.value };
        sum = money::add(sum, money::multiply(one, line.quantity)?)?;
    }
    Some(sum)
}
