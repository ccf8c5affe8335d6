//! The payment data that customs pulls, as a platform has it.

use super::{Kind, MOST_ENTRIES, Shape, about, optional, required};
use crate::basket::MOST_LINES;

const fn text(longest: usize) -> Kind {
    Kind::Text(1, longest)
}

/// The most characters of what platform and payment company told each other.
pub const LONGEST_RAW: usize = 8000;

/// A payment as customs asks about it.
pub static PULL: Shape = Shape {
    name: about!("PaymentData"),
    doc: about!(
        "A payment as China's customs asks about it, by announcements 165 and 179 of 2018. Everything is as it was when it was paid."
    ),
    fields: &[
        required("session", text(60), about!("The `sessionID` that customs sent; used once.")),
        required("serviceTime", text(20), about!("The `serviceTime` of the answer, in milliseconds.")),
        optional(
            "guid",
            text(36),
            about!("An identifier, letters in capitals. Drawn when left out; a message that is signed has the one that was signed."),
        ),
        required("platformCode", text(18), about!("The platform's registration number with customs.")),
        required("payment", Kind::Object(&PAYMENT), about!("The payment.")),
        required("request", text(LONGEST_RAW), about!("What the payment company was asked, as it was sent.")),
        required("response", text(LONGEST_RAW), about!("What it answered, as it came.")),
        required("orders", Kind::List(&Kind::Object(&ORDER), 1, MOST_ENTRIES), about!("The orders that the payment was for.")),
        optional("note", text(1000), about!("A remark.")),
    ],
};

static PAYMENT: Shape = Shape {
    name: about!("PaymentMade"),
    doc: about!("A payment that was made."),
    fields: &[
        required("code", text(18), about!("The payment company's registration number with customs.")),
        required("transactionId", text(60), about!("Its number for the payment.")),
        required("total", Kind::PositiveDecimal, about!("How much was paid, in renminbi.")),
        required("time", text(14), about!("When, in China: YYYYMMDDhhmmss.")),
        required("verifier", text(1), about!("Who verified it: 1 UnionPay, 2 NetsUnion, 3 others.")),
        optional("method", text(1), about!("How it was paid: 1 in an app, 2 at a computer, 3 by a scanned code, 4 otherwise.")),
    ],
};

static ORDER: Shape = Shape {
    name: about!("PaidOrder"),
    doc: about!("An order of a payment."),
    fields: &[
        required("orderNo", text(60), about!("The platform's number for the order.")),
        required("items", Kind::List(&Kind::Object(&ITEM), 1, MOST_LINES), about!("Its goods.")),
        required("receiver", Kind::Object(&RECEIVER), about!("Who received the money.")),
    ],
};

static ITEM: Shape = Shape {
    name: about!("PaidItem"),
    doc: about!("Goods of an order."),
    fields: &[
        required("name", text(250), about!("The name under which they were sold.")),
        required("url", text(500), about!("The address of their page, http or https.")),
    ],
};

static RECEIVER: Shape = Shape {
    name: about!("Receiver"),
    doc: about!("Who received the money."),
    fields: &[
        required("account", text(100), about!("The account.")),
        optional("code", text(100), about!("The receiver's code, if there is one.")),
        required("name", text(100), about!("The receiver's name.")),
    ],
};
