//! What an order has besides its basket.

use super::{Field, Kind, Shape, about, optional, required};
use crate::basket::MOST_LINES;

const fn text(longest: usize) -> Kind {
    Kind::Text(1, longest)
}

const fn party(name: &'static str, doc: &'static str, fields: &'static [Field]) -> Shape {
    Shape { name, doc, fields }
}

/// What an order has besides its basket: with both, it can be declared. The only part of the contract that holds personal data.
pub static ORDER: Shape = Shape {
    name: about!("OrderPart"),
    doc: about!("What an order has besides its basket, in the same object. It holds personal data, and is for declaring only."),
    fields: &[
        required("orderNo", text(60), about!("The platform's number for the order.")),
        required("platform", Kind::Object(&PARTY), about!("The platform, as registered with customs.")),
        required("merchant", Kind::Object(&PARTY), about!("The merchant, as registered with customs.")),
        required("buyer", Kind::Object(&BUYER), about!("Who buys.")),
        required("consignee", Kind::Object(&CONSIGNEE), about!("Who receives.")),
        optional("payment", Kind::Object(&PAYMENT), about!("The payment, once there is one.")),
        optional("transfer", Kind::Object(&TRANSFER), about!("Who transmits; the platform when left out.")),
        optional("logistics", Kind::Object(&LOGISTICS), about!("The carrier and the waybill, once they are known.")),
        optional("agent", Kind::Object(&PARTY), about!("Who declares the list.")),
        optional("list", Kind::Object(&LIST), about!("What the import list needs besides, under customs' own names.")),
        optional("note", text(500), about!("A remark.")),
        required(
            "items",
            Kind::List(&Kind::Object(&ITEM), 1, MOST_LINES),
            about!("What customs needs of each item, in the basket's order."),
        ),
    ],
};

static PARTY: Shape = party(
    about!("Party"),
    about!("An enterprise."),
    &[
        required("code", text(18), about!("Its registration number with customs, or its unified social credit code.")),
        required("name", text(100), about!("Its registered name.")),
    ],
);

static BUYER: Shape = party(
    about!("OrderBuyer"),
    about!("Who buys, and is taxed."),
    &[
        required("registrationNo", text(60), about!("The buyer's account with the platform.")),
        required("name", text(60), about!("The buyer's real name.")),
        required("idType", text(1), about!("1: resident identity card.")),
        required("idNumber", text(60), about!("The number of that document.")),
        required("telephone", text(30), about!("A telephone.")),
    ],
);

static CONSIGNEE: Shape = party(
    about!("Consignee"),
    about!("Who receives; exactly as the waybill will say."),
    &[
        required("name", text(100), about!("The name.")),
        required("telephone", text(50), about!("A telephone.")),
        required("address", text(200), about!("The address.")),
        optional("districtCode", text(6), about!("The district, six digits.")),
    ],
);

static PAYMENT: Shape = party(
    about!("Payment"),
    about!("A payment."),
    &[
        required("code", text(18), about!("The payment company's registration number with customs.")),
        required("name", text(100), about!("Its registered name.")),
        required("transactionId", text(60), about!("Its number for the payment.")),
    ],
);

static TRANSFER: Shape = party(
    about!("Transfer"),
    about!("Who transmits messages."),
    &[
        required("code", text(18), about!("Its registration number.")),
        required("name", text(100), about!("Its registered name.")),
        optional("dxpId", text(30), about!("Its number with the data exchange platform.")),
    ],
);

static LOGISTICS: Shape = party(
    about!("Logistics"),
    about!("The carrier and the waybill."),
    &[
        required("code", text(18), about!("The carrier's registration number with customs.")),
        required("name", text(100), about!("Its registered name.")),
        optional("no", text(60), about!("The waybill's number.")),
    ],
);

static LIST: Shape = party(
    about!("ListPart"),
    about!("Fields of the import list."),
    &[
        optional("assureCode", text(30), about!("Who guarantees the tax.")),
        optional("copNo", text(20), about!("The enterprise's own number for the list.")),
        optional("emsNo", text(30), about!("The bonded account.")),
        optional("customsCode", text(4), about!("The customs office of declaration.")),
        optional("portCode", text(4), about!("The customs office of the port.")),
        optional("ieDate", text(8), about!("The day of import.")),
        optional("areaCode", text(18), about!("The enterprise in the zone.")),
        optional("areaName", text(100), about!("Its registered name.")),
        optional("trafMode", text(1), about!("The mode of transport.")),
        optional("trafNo", text(100), about!("The vehicle.")),
        optional("voyageNo", text(32), about!("Its voyage.")),
        optional("billNo", text(37), about!("The transport document.")),
        optional("loctNo", text(10), about!("The supervised place.")),
        optional("licenseNo", text(19), about!("A permit.")),
        optional("wrapType", text(1), about!("The kind of package.")),
        optional("tradeMode", text(4), about!("The mode of trade; by the channel when left out.")),
        optional("grossWeight", Kind::PositiveDecimal, about!("Gross weight in kilograms; from the measurements when left out.")),
        optional("netWeight", Kind::PositiveDecimal, about!("Net weight in kilograms; from the measurements when left out.")),
    ],
);

static ITEM: Shape =
    party(about!("OrderItem"), about!("What customs needs of an item."), &[required("customs", Kind::Object(&CUSTOMS), about!("It."))]);

static CUSTOMS: Shape = party(
    about!("ItemCustoms"),
    about!("An item as customs takes it. Units are customs' codes of three digits; quantities are those of the whole line."),
    &[
        required("unit", text(3), about!("The unit of `quantity`.")),
        required("model", text(510), about!("Name, brand, specification, model, composition, content and grade, as classification needs.")),
        optional("barCode", text(50), about!("The bar code.")),
        optional("unit1", text(3), about!("The statutory unit.")),
        optional("quantity1", Kind::PositiveDecimal, about!("The quantity in it.")),
        optional("unit2", text(3), about!("The second statutory unit.")),
        optional("quantity2", Kind::PositiveDecimal, about!("The quantity in it.")),
        optional("recordNo", text(30), about!("The record number in the bonded account.")),
        optional("note", text(500), about!("A remark.")),
    ],
);
