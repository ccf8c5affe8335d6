//! Preclear answers, before a shopper pays, what customs will charge for a basket and what customs will stop, each with its reason in law.
//!
//! The law is data: a [`pack::Pack`] holds one destination's rules, compiled from `rules/<cc>/`. The [`engine::Engine`] knows no
//! country, rate or threshold; it reads a [`basket::Basket`] against a pack and answers with a [`quote::Quote`].
//!
//! | module | holds |
//! |---|---|
//! | [`money`], [`date`], [`codes`] | values that are right once they exist |
//! | [`basket`], [`quote`], [`finding`] | the question, the answer, and what there is to tell |
//! | [`formula`], [`pack`] | the law as it runs |
//! | [`names`] | recognising goods by their name |
//! | [`engine`] | the pipeline |
//! | [`wire`] | the JSON contract; the only place that knows serde |
//! | `forms` | declarations: messages to customs read, checked, built and explained (feature `forms`) |
//! | `wasm` | the JavaScript boundaries (features `wasm` and `wasm-identity`) |
//! | `author` | reading, checking and compiling rule sources (feature `author`, native only) |

extern crate alloc;

#[cfg(all(feature = "author", not(target_arch = "wasm32")))]
pub mod author;
pub mod basket;
pub mod codes;
pub mod date;
mod digits;
pub mod engine;
pub mod finding;
#[cfg(feature = "forms")]
pub mod forms;
pub mod formula;
pub mod identity;
pub mod money;
#[cfg(feature = "whole")]
pub mod names;
pub mod pack;
pub mod quote;
#[cfg(feature = "bindgen")]
pub mod wasm;
pub mod wire;
