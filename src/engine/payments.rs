//! Vouchers and points used to pay: they pay all that there is to pay, and no more.

use super::prepare::{Prepared, Unshared, sum};
use crate::finding::Finding;
use crate::money;
use crate::quote::{Amounts, Item};
use alloc::vec::Vec;
use rust_decimal::Decimal;

/// The finding about the first voucher that pays more than is left to pay: of its line, when it belongs to one, and of the whole.
pub fn overpaid(amounts: &Amounts, items: &[Item], prepared: &Prepared<'_>, decimals: u32) -> Option<Finding> {
    check(amounts, items, prepared).err().map(|unshared| unshared.finding(decimals))
}

fn check(amounts: &Amounts, items: &[Item], prepared: &Prepared<'_>) -> Result<(), Unshared> {
    if prepared.payments.is_empty() {
        return Ok(());
    }
    let payments = prepared.payments.iter().map(|payment| payment.amount);
    let mut whole = sum(payments.chain([amounts.total])).ok_or(Unshared::TooLarge)?;
    let of_line = prepared.lines.iter().zip(items).map(|(line, item)| {
        let charges = item.duties_and_taxes.unwrap_or_default();
        sum([line.price, line.freight, line.insurance, charges])
    });
    let mut of_line = of_line.collect::<Option<Vec<Decimal>>>().ok_or(Unshared::TooLarge)?;
    for payment in &prepared.payments {
        let left = payment.line.and_then(|line| of_line.get_mut(line));
        let most = left.as_ref().map_or(whole, |left| whole.min(**left));
        if payment.amount > most {
            return Err(Unshared::Discount(payment.discount, most));
        }
        for left in [Some(&mut whole), left].into_iter().flatten() {
            *left = money::subtract(*left, payment.amount).ok_or(Unshared::TooLarge)?;
        }
    }
    Ok(())
}
