//! One line: the price that comes to a target together with its charges, everything else as it is. Amounts are in minor units.
//!
//! Price and charges rise with the price in straight pieces with steps of rounding, one piece for each way in which the comparisons in the
//! formulas come out. Each piece that is met is solved by itself, held to its way; its price counts when the comparisons come out that way
//! at that price by themselves. So a jump at a threshold costs no search, and a fall at one shows both prices.

use super::trial::{Fit, Trial};
use crate::engine::scope::Path;
use alloc::vec::Vec;

/// How many prices are tried in one piece.
const TRIES: usize = 12;
/// How many pieces are tried.
const PIECES: usize = 6;

/// Moves a line to its price; to the nearest one that was met when there is none.
pub fn solve(trial: &mut Trial<'_>, line: usize, target: i64, before: Fit) -> Fit {
    let present = trial.price(line).unwrap_or_default();
    // When only what the line shares has changed, the price is still in the piece it was in.
    if matches!(before, Fit::Exact | Fit::None)
        && let Some(fit) = pieces(trial, line, target, &[present])
    {
        return fit;
    }
    // No charge is negative: the price is between nothing and the target.
    let most = target.max(0);
    pieces(trial, line, target, &[most, 0]).unwrap_or(Fit::None)
}

/// Solves the pieces of these prices and those met on the way. Nothing when no piece holds its own price.
fn pieces(trial: &mut Trial<'_>, line: usize, target: i64, starts: &[i64]) -> Option<Fit> {
    let (mut met, mut unknown): (Vec<Path>, _) = (Vec::new(), None);
    let (mut nearest, mut exact, mut several) = (None, None, false);
    for start in starts {
        match trial.at(line, *start, None) {
            Some(point) if !met.contains(&point.path) => met.push(point.path),
            Some(_) => {}
            None => unknown = unknown.or(Some(*start)),
        }
    }
    let mut tried = 0;
    while let Some(path) = met.get(tried).copied().filter(|_| tried < PIECES) {
        tried = tried.saturating_add(1);
        let Some(price) = piece(trial, line, target, *starts.first()?, path) else { continue };
        match trial.at(line, price, None) {
            Some(point) if point.path == path => {
                nearest = Some(price);
                if point.total == target {
                    several |= exact.is_some_and(|other| other != price);
                    exact = exact.or(nearest);
                }
            }
            Some(point) if !met.contains(&point.path) => met.push(point.path),
            Some(_) => {}
            None => unknown = unknown.or(Some(price)),
        }
    }
    // Where the charges are not known, that is where what is lacking can be told.
    let price = exact.or(unknown).or(nearest)?;
    let _ = trial.at(line, price, None);
    Some(match (exact, unknown) {
        (Some(_), _) if several => Fit::Several,
        (Some(_), _) => Fit::Exact,
        (None, Some(_)) => Fit::Unknown,
        (None, None) => Fit::None,
    })
}

/// The price in a piece that comes to the target, or nearest to it from below.
fn piece(trial: &mut Trial<'_>, line: usize, target: i64, start: i64, path: Path) -> Option<i64> {
    let (mut below, mut above, mut last) = (-1, i64::MAX, (0, 0));
    let mut price = start;
    for _ in 0..TRIES {
        let total = trial.at(line, price, Some(path))?.total;
        if total == target {
            return Some(price);
        }
        if total < target {
            below = price;
        } else {
            above = price;
        }
        if above.checked_sub(below)? <= 1 {
            break;
        }
        // Where the line through the last two points, or through nothing and the last, meets the target.
        let (run, rise) = (price.checked_sub(last.0)?, total.checked_sub(last.1)?);
        let rest = target.checked_sub(total)?;
        let way = rest.checked_mul(run).and_then(|way| way.checked_div(rise)).unwrap_or(rest);
        last = (price, total);
        let next = price.checked_add(way)?;
        price = match (next > below, next < above) {
            (true, true) => next,
            (false, _) if above == i64::MAX => below.checked_add(1)?,
            (_, false) if below < 0 => above.checked_sub(1)?,
            _ => half(below, above)?,
        };
    }
    (below >= 0).then_some(below)
}

/// The middle of two amounts.
pub fn half(low: i64, high: i64) -> Option<i64> {
    low.checked_add(high)?.checked_div(2)
}

/// Where a target is passed: the totals next below and above it, and the price of the one below.
#[derive(Clone, Copy, Debug, Default)]
pub struct Edges {
    pub price: i64,
    pub below: Option<i64>,
    pub above: Option<i64>,
}

/// Halves the prices until a target is passed from one to the next. `at` gives a price's total: the inner `None` says that it is beyond anything
/// allowed.
pub fn between(target: i64, at: &mut dyn FnMut(i64) -> Option<Option<i64>>) -> Option<Edges> {
    let mut edges = Edges { price: 0, below: at(0)?, above: None };
    if edges.below.is_none_or(|total| total > target) {
        return Some(Edges { above: edges.below, below: None, ..edges });
    }
    let mut high = target.max(0).checked_add(1)?;
    while high.checked_sub(edges.price)? > 1 {
        let middle = half(edges.price, high)?;
        let total = at(middle)?;
        if total.is_some_and(|total| total <= target) {
            (edges.price, edges.below) = (middle, total);
        } else {
            (high, edges.above) = (middle, total);
        }
    }
    Some(edges)
}
