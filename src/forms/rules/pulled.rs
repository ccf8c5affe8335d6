//! Rules between payment data and the documents about the orders that it paid for.

use super::together::Index;
use crate::finding::Code;
use crate::forms::found::{Found, Param};
use crate::forms::pull::{Field, Pulled};
use crate::forms::table::Forms;
use crate::forms::tree::Item;
use crate::money;
use rust_decimal::Decimal;

/// Checks payment data against the orders and the payments that came with it.
pub fn check(forms: &Forms, found: &mut Found, pulled: &Pulled<'_>, orders: &Index<'_, '_>, payments: &Index<'_, '_>) {
    found.document = pulled.document;
    let head = pulled.head();
    // Of a payment for several orders, each order's own payment tells a part.
    let single = pulled.orders().nth(1).is_none();
    let platform = head.field("ebpCode");
    let Some(platform) = platform.text() else { return };
    let mut sum = Some(Decimal::ZERO);
    for entry in pulled.orders() {
        let number = entry.field("orderNo");
        let Some(key) = number.text().map(|number| (number, platform)) else { continue };
        for (index, name) in [(orders, "order"), (payments, "payment")] {
            let document = index.get(&key);
            if document.is_none() && !index.is_empty() {
                number.tell(forms, found, Code::FormMismatch, "R24", &[("document", Param::word("pull")), ("absent", Param::word(name))]);
            }
            if let Some(document) = document {
                agree(forms, found, &head, (document.head, name), single);
            }
        }
        let paid = orders.get(&key).and_then(|order| order.head.decimal("acturalPaid"));
        sum = sum.zip(paid).and_then(|(sum, paid)| money::add(sum, paid));
    }
    // P11: only when every order is there.
    let total = head.field("totalAmount");
    if sum.zip(total.number()).is_some_and(|(sum, total)| !orders.is_empty() && sum != total) {
        total.tell(forms, found, Code::FormSum, "P11", &[]);
    }
}

/// P15: what an order or a payment says of the payment is what is pulled. What an order leaves out it does not contradict.
fn agree(forms: &Forms, found: &mut Found, head: &Field<'_, '_>, (document, name): (Item<'_>, &str), single: bool) {
    for field in ["payCode", "payTransactionId"].into_iter().take(if single { 2 } else { 1 }) {
        let own = head.field(field);
        if own.text().zip(document.text(field)).is_some_and(|(own, theirs)| own != theirs) {
            let params = [("document", Param::word(name)), ("field", Param::word(field))];
            own.tell(forms, found, Code::FormMismatch, "P15", &params);
        }
    }
    let total = head.field("totalAmount");
    if single && total.number().zip(document.decimal("amountPaid")).is_some_and(|(own, theirs)| own != theirs) {
        total.tell(forms, found, Code::FormMismatch, "P15", &[("document", Param::word(name)), ("field", Param::word("amountPaid"))]);
    }
}
