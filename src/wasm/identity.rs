//! The identity checks, to JavaScript. A number comes in character by character and does not go out.

use crate::codes::Country;
use crate::date::Date;
use crate::identity::{Checker, Secret};
use crate::wire::identity::check;
use crate::wire::node::Node;
use alloc::string::String;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A text that stays where it is: only its code units come over, one at a time.
    #[wasm_bindgen(js_name = String)]
    pub type Text;

    #[wasm_bindgen(method, getter)]
    fn length(this: &Text) -> u32;

    #[wasm_bindgen(method, js_name = charCodeAt)]
    fn char_code_at(this: &Text, index: u32) -> u16;
}

/// Checks numbers that name a person or an enterprise.
#[wasm_bindgen]
#[derive(Default)]
pub struct Identity {
    checker: Checker,
}

#[wasm_bindgen]
impl Identity {
    /// A checker without tables of regions.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a country's table of regions and tells whether the bytes are one.
    #[wasm_bindgen(js_name = addRegions)]
    pub fn add_regions(&mut self, country_code: &str, bytes: &[u8]) -> bool {
        Country::parse(country_code).is_some_and(|country| self.checker.add_regions(country, bytes))
    }

    /// The verdict on a number: of the country's usual kind when `kind` is none, measured by a day when `as_of` is one.
    ///
    /// Only `number` is wiped: the caller sees to it that the others are what they are called.
    #[must_use]
    pub fn check(&self, country_code: &str, kind: Option<String>, number: &Text, as_of: Option<String>) -> JsValue {
        let mut secret = Secret::default();
        // Never more than shows that it is too long.
        let units = (0..number.length()).take(MOST_UNITS).map(|index| number.char_code_at(index));
        for character in char::decode_utf16(units) {
            secret.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        to_js(&check(&self.checker, country_code, kind.as_deref(), &secret, as_of.as_deref().and_then(Date::parse)))
    }

    /// The package's version.
    #[must_use]
    pub fn version() -> String {
        env!("CARGO_PKG_VERSION").into()
    }
}

/// More than a secret keeps, in the longest characters.
const MOST_UNITS: usize = 256;

/// A verdict holds texts, lists and objects.
fn to_js(node: &Node) -> JsValue {
    match node {
        Node::Text(text) => JsValue::from_str(text),
        Node::Truth(truth) => JsValue::from_bool(*truth),
        Node::List(list) => list.iter().map(to_js).collect::<Array>().into(),
        Node::Object(fields) => {
            let object = Object::new();
            for (name, value) in fields {
                // A new object takes any field.
                let _ = Reflect::set(&object, &JsValue::from_str(name), &to_js(value));
            }
            object.into()
        }
        _ => JsValue::NULL,
    }
}
