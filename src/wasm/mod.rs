//! The JavaScript boundary: converts and names, and holds no rule.
//!
//! Two modules are built from it: the engine, and with the feature `forms` the declarations, which a shop loads when it first declares.

#[cfg(not(feature = "forms"))]
mod engine;
#[cfg(feature = "forms")]
mod forms;
mod read;

#[cfg(not(feature = "forms"))]
pub use engine::{Engine, sha256};
#[cfg(feature = "forms")]
pub use forms::Declarations;

use crate::wire::answer::emit;
use crate::wire::node::Node;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::JsValue;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn to_js(node: &Node) -> JsValue {
    emit(node, &Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}
