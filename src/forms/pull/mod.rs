//! The payment data that customs pulls from a platform (announcement 165 of 2018, interface of announcement 179): built, put into the text
//! that is signed, and checked. Signing is the enterprise's: its key is not here.
//!
//! The announcement's annex was not seen: the lengths, and which fields must be there, are those of public implementations of the interface, so
//! that no rule of the pull has the grade of law.

mod check;
mod raw;
mod write;

use super::reader::unmarked;

pub use check::{Field, Pulled, check, read};
pub use write::{Built, Goods, Paid, Pull, build, sign_string, target};

/// What a message of payment data is called: the field that it is sent in.
pub const NAME: &str = "payExInfoStr";
/// The fields of the whole, in their order.
const WHOLE: [&str; 6] = ["sessionID", HEAD, LISTS, "serviceTime", "certNo", "signValue"];
/// The field that holds the payment.
const HEAD: &str = "payExchangeInfoHead";
/// The field that holds the orders.
const LISTS: &str = "payExchangeInfoLists";
/// The fields of the payment, in their order: name, most characters, whether it must be there.
const OF_HEAD: [(&str, usize, bool); 12] = [
    ("guid", 36, true),
    ("initalRequest", LONGEST_RAW, true),
    ("initalResponse", LONGEST_RAW, true),
    ("ebpCode", 18, true),
    ("payCode", 18, true),
    ("payTransactionId", 60, true),
    ("totalAmount", 25, true),
    ("currency", 4, true),
    ("verDept", 1, true),
    ("payType", 1, false),
    ("tradingTime", 14, true),
    ("note", 1000, false),
];
/// How many digits an amount may have, and how many of them after the point.
const DIGITS: usize = 19;
const FRACTION: usize = 5;
/// The most characters of what platform and payment company told each other. What is longer is told, and not looked into.
const LONGEST_RAW: usize = 8000;

/// Whether a message is payment data, and no XML: its first character says so.
#[must_use]
pub fn is(message: &[u8]) -> bool {
    unmarked(message).iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}
