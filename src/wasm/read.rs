//! From a JavaScript value to the contract's tree.
//!
//! Own properties only, whatever `Object.prototype` was made to hold: `Object.entries` never sees an inherited one. A general deserializer
//! reads inherited properties, and its error messages carry the float formatting of the standard library, a fifth of the download.

use crate::wire::node::{DEEPEST, LONGEST_BYTES, MOST_NODES, Node, Refusal};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

/// The tree of a value. What no field of the contract takes becomes [`Node::Number`] or [`Node::Refused`].
pub fn read(value: &JsValue) -> Node {
    node(value, DEEPEST, &mut { MOST_NODES })
}

fn node(value: &JsValue, depth: u8, left: &mut usize) -> Node {
    let Some((rest, inner)) = left.checked_sub(1).zip(depth.checked_sub(1)) else {
        return Node::Refused(Refusal::TooLarge);
    };
    *left = rest;
    if value.is_null() || value.is_undefined() {
        return Node::Null;
    }
    if let Some(truth) = value.as_bool() {
        return Node::Truth(truth);
    }
    if value.is_string() {
        return text(value).map_or(Node::Refused(Refusal::TooLarge), |text| Node::Text(Cow::Owned(text)));
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Node::List(list.iter().map(|entry| node(&entry, inner, left)).collect());
    }
    // By its type and not by `instanceof`, which knows neither an object without a prototype nor one of another frame.
    if value.is_object() { fields(value.unchecked_ref(), inner, left) } else { Node::Number }
}

fn fields(object: &Object, depth: u8, left: &mut usize) -> Node {
    let mut fields: Vec<(Cow<'static, str>, Node)> = Vec::new();
    for entry in Object::entries(object).iter() {
        let pair = Array::from(&entry);
        let value = pair.get(1);
        // A field that is undefined is a field that is not there.
        if !value.is_undefined() {
            fields.push((Cow::Owned(text(&pair.get(0)).unwrap_or_default()), node(&value, depth, left)));
        }
    }
    Node::Object(fields)
}

/// A text that is not too long to be one of the contract's.
fn text(value: &JsValue) -> Option<alloc::string::String> {
    let text: &js_sys::JsString = value.unchecked_ref();
    usize::try_from(text.length()).ok().filter(|length| *length <= LONGEST_BYTES).and_then(|_| value.as_string())
}
