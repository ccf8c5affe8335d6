//! The JSON contract: what shops send and what they get back. The only place that knows serde.
//!
//! One generic tree, [`node::Node`], crosses every boundary: JavaScript values and JSON text both become it, and both are made from it. The
//! contract itself is a set of tables ([`shape`]); reading, the JSON Schema and the TypeScript types all follow the same tables, so that they
//! cannot drift apart.
//!
//! A fault says what was expected and where, never what was given: an identity number pasted into the wrong field must not come back.

pub mod answer;
pub mod basket;
pub mod check;
pub mod digest;
#[cfg(feature = "forms")]
pub mod forms;
pub mod identity;
#[cfg(all(feature = "author", not(target_arch = "wasm32")))]
pub mod json;
mod near;
pub mod node;
#[cfg(feature = "forms")]
pub mod order;
#[cfg(feature = "forms")]
pub mod pull;
pub mod quote;
pub mod shape;
