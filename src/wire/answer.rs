//! From a request to its response: what every boundary calls.

use super::node::Node;
use super::{basket, digest, quote};
use crate::engine::{Engine, unanswered};
use crate::finding::Finding;
use crate::quote::Status;
use alloc::vec::Vec;
use serde::{Serialize as _, Serializer};

/// The response to a request. One that is no basket gets a response too, which says why.
#[must_use]
pub fn answer(engine: &Engine, request: &Node) -> Node {
    let asked = match basket::read(request) {
        Ok(asked) => asked,
        Err(faults) => return refuse(faults),
    };
    let (quote, used) = engine.quote(&asked);
    let canonical = basket::write(&asked);
    let sha256 = used.pack.map(|loaded| digest::hex(&loaded.sha256));
    quote::write(
        &quote,
        &quote::Context {
            destination: Some(used.destination),
            as_of: Some(used.as_of),
            pack: used.pack.map(|loaded| &loaded.pack).zip(sha256.as_deref()),
            basket: Some(&canonical),
        },
    )
}

/// The response to a request that is no basket.
#[must_use]
pub fn refuse(faults: Vec<Finding>) -> Node {
    quote::write(&unanswered(Status::NeedsInput, faults), &quote::Context::default())
}

/// Hands a node to a serializer, so that a boundary need not know serde.
///
/// # Errors
///
/// What the serializer gives.
pub fn emit<S: Serializer>(node: &Node, serializer: S) -> Result<S::Ok, S::Error> {
    node.serialize(serializer)
}
