//! Vouchers and points used to pay: they pay all that there is to pay, and no more.

use super::prepare::{Prepared, Unshared};
use crate::finding::Finding;
use crate::money;
use crate::quote::{Amounts, Item};

/// The finding about the first voucher that pays more than is left to pay: of its line, when it belongs to one, and of the whole.
pub fn overpaid(amounts: &Amounts, items: &[Item], prepared: &Prepared<'_>, decimals: u32) -> Option<Finding> {
    for (number, payment) in prepared.payments.iter().enumerate() {
        let most = left(amounts, items, prepared, number, None);
        let of_line = if payment.line.is_some() { left(amounts, items, prepared, number, payment.line) } else { most };
        let most = most.zip(of_line).map(|(most, of_line)| most.min(of_line));
        if most.is_none_or(|most| payment.amount > most) {
            return Some(most.map_or(Unshared::TooLarge, |most| Unshared::Discount(payment.discount, most)).finding(decimals));
        }
    }
    None
}

/// What is left to pay, of a line or of all, before a voucher.
fn left(amounts: &Amounts, items: &[Item], prepared: &Prepared<'_>, before: usize, line: Option<usize>) -> Option<rust_decimal::Decimal> {
    let mut left = match line {
        Some(line) => {
            let (line, item) = (prepared.lines.get(line)?, items.get(line)?);
            let goods = money::add(line.price, item.duties_and_taxes?)?;
            money::add(goods, money::add(line.share.freight, line.share.insurance)?)?
        }
        None => amounts.total,
    };
    for (number, payment) in prepared.payments.iter().enumerate() {
        if line.is_none() && number >= before {
            left = money::add(left, payment.amount)?;
        } else if line.is_some() && number < before && payment.line == line {
            left = money::subtract(left, payment.amount)?;
        }
    }
    Some(left)
}
