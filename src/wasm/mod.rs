//! The JavaScript boundaries: they convert and name, and hold no rule. Each feature is a module of its own for the browser to load.

#[cfg(feature = "wasm")]
mod engine;
#[cfg(feature = "wasm-identity")]
mod identity;
#[cfg(feature = "wasm")]
mod read;

#[cfg(feature = "wasm")]
pub use engine::{Engine, sha256};
#[cfg(feature = "wasm-identity")]
pub use identity::Identity;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
