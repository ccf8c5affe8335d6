//! The engine, to JavaScript.

use super::{read, to_js};
use crate::engine::{Engine as Core, LoadedPack};
use crate::wire::answer::answer;
use crate::wire::digest::hex;
use crate::wire::node::{LONGEST_BYTES, Node};
use alloc::string::String;
use alloc::vec::Vec;
use sha2::{Digest as _, Sha256};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Answers baskets from the packs it was given. Built once, asked many times.
#[wasm_bindgen]
#[derive(Default)]
pub struct Engine {
    core: Core,
}

#[wasm_bindgen]
impl Engine {
    /// An engine without packs.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a pack from its bytes and tells which it is.
    ///
    /// # Errors
    ///
    /// An object with the error's `code` when the bytes are not a pack that this engine can use.
    #[wasm_bindgen(js_name = addPack, unchecked_return_type = "PackInfo")]
    pub fn add_pack(&mut self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        match self.core.add_pack(bytes) {
            Ok(loaded) => Ok(to_js(&pack_info(loaded))),
            Err(error) => Err(to_js(&Node::Object(alloc::vec![("code".into(), Node::text(error.code()))]))),
        }
    }

    /// The packs that were added.
    #[wasm_bindgen(unchecked_return_type = "PackInfo[]")]
    #[must_use]
    pub fn packs(&self) -> JsValue {
        to_js(&Node::List(self.core.packs().iter().map(pack_info).collect()))
    }

    /// The quote for a basket. A basket that cannot be read gets a quote that says why.
    #[wasm_bindgen(unchecked_return_type = "Quote")]
    #[must_use]
    pub fn quote(&self, #[wasm_bindgen(unchecked_param_type = "Basket")] basket: JsValue) -> JsValue {
        to_js(&answer(&self.core, &read::read(&basket, LONGEST_BYTES)))
    }

    /// The engine's version.
    #[wasm_bindgen]
    #[must_use]
    pub fn version() -> JsValue {
        JsValue::from_str(env!("CARGO_PKG_VERSION"))
    }
}

/// The SHA-256 of these bytes in hexadecimal digits. The browser's own is there on secure origins only.
#[wasm_bindgen]
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn pack_info(loaded: &LoadedPack) -> Node {
    let fields: Vec<_> = alloc::vec![
        ("id".into(), Node::text(loaded.pack.id.clone())),
        (
            "destinations".into(),
            Node::List(loaded.pack.destinations.iter().map(|country| Node::text(String::from(country.code()))).collect()),
        ),
        ("version".into(), Node::text(loaded.pack.version.clone())),
        ("sha256".into(), Node::text(hex(&loaded.sha256))),
    ];
    Node::Object(fields)
}
