//! Work on many things by as many threads as there are cores.

use std::thread;
use std::vec::Vec;

/// What a function makes of each, in their order.
pub fn in_order<T: Sync, R: Send>(things: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = things.len().div_ceil(cores).max(1);
    let make = &make;
    thread::scope(|scope| {
        let parts: Vec<_> = things.chunks(share).map(|part| scope.spawn(move || part.iter().map(make).collect::<Vec<_>>())).collect();
        // A thread that came to a stop would leave a gap in the order: none does, since the library does not panic.
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}
