//! The JavaScript boundaries: they convert and name, and hold no rule. Each is a module of its own for the browser to load: the engine (`wasm`,
//! with `whole` the whole one), the identity checks (`wasm-identity`), and the declarations (`wasm` with `forms`).

#[cfg(all(feature = "wasm", not(feature = "forms")))]
mod engine;
#[cfg(all(feature = "wasm", feature = "forms"))]
mod forms;
#[cfg(feature = "wasm-identity")]
mod identity;
#[cfg(feature = "wasm")]
mod read;

#[cfg(all(feature = "wasm", not(feature = "forms")))]
pub use engine::{Engine, sha256};
#[cfg(all(feature = "wasm", feature = "forms"))]
pub use forms::Declarations;
#[cfg(feature = "wasm-identity")]
pub use identity::Identity;

#[cfg(all(target_arch = "wasm32", feature = "forms"))]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<talc::wasm::WasmDynamicTalc> =
    zeroizing_alloc::ZeroAlloc(talc::wasm::new_wasm_dynamic_allocator());

#[cfg(all(target_arch = "wasm32", not(feature = "forms")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

#[cfg(feature = "wasm")]
fn to_js(node: &crate::wire::node::Node) -> wasm_bindgen::prelude::JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    crate::wire::answer::emit(node, &serializer).unwrap_or(wasm_bindgen::prelude::JsValue::NULL)
}
