//! Reading, checking and compiling rule sources, and the command line. Native only, and the only part of the crate that touches files.

pub mod changes;
pub mod cli;
pub mod compile;
pub mod contract;
pub mod coverage;
pub mod document;
pub mod encode;
pub mod explain;
pub mod fault;
pub mod fingerprints;
pub mod forms;
pub mod formula;
pub mod hs6;
pub mod import;
pub mod lint;
pub mod listing;
pub mod proposals;
pub mod regions;
pub mod section;
pub mod sources;
pub mod texts;

pub use compile::{Compiled, compile};
pub use encode::{encode, encode_terms};
pub use fault::{Fault, Faults};

use sources::Sources;
use std::vec::Vec;

/// Compiles every destination of a folder of rules.
///
/// # Errors
///
/// Every [`Fault`], in the order of their places.
pub fn compile_all(sources: &Sources) -> Result<Vec<Compiled>, Vec<Fault>> {
    let faults = Faults::default();
    let compiled: Vec<Compiled> = sources.destinations().iter().filter_map(|id| compile(sources, id, &faults)).collect();
    if faults.count() == 0 { Ok(compiled) } else { Err(faults.into_list()) }
}
