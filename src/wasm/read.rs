//! From a JavaScript value to the contract's tree.
//!
//! Own properties only, whatever `Object.prototype` was made to hold: `Object.entries` never sees an inherited one. A general deserializer
//! reads inherited properties, and its error messages carry the float formatting of the standard library, a fifth of the download.

use crate::wire::node::{BYTES_OF_NODE, DEEPEST, MOST_NODES, Node, Refusal};
use alloc::borrow::Cow;
use alloc::vec::Vec;
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

/// The tree of a value, in which no text has more than so many bytes. What no field of the contract takes becomes [`Node::Number`] or
/// [`Node::Refused`].
pub fn read(value: &JsValue, longest: usize) -> Node {
    node(value, DEEPEST, &mut Room { nodes: MOST_NODES, longest })
}

/// What may still be read.
struct Room {
    nodes: usize,
    longest: usize,
}

fn node(value: &JsValue, depth: u8, left: &mut Room) -> Node {
    let Some((rest, inner)) = left.nodes.checked_sub(1).zip(depth.checked_sub(1)) else {
        return Node::Refused(Refusal::TooLarge);
    };
    left.nodes = rest;
    if value.is_null() || value.is_undefined() {
        return Node::Null;
    }
    if let Some(truth) = value.as_bool() {
        return Node::Truth(truth);
    }
    if value.is_string() {
        return text(value, left).map_or(Node::Refused(Refusal::TooLarge), |text| Node::Text(Cow::Owned(text)));
    }
    if let Some(list) = value.dyn_ref::<Array>() {
        return Node::List(list.iter().map(|entry| node(&entry, inner, left)).collect());
    }
    // By its type and not by `instanceof`, which knows neither an object without a prototype nor one of another frame.
    if value.is_object() { fields(value.unchecked_ref(), inner, left) } else { Node::Number }
}

fn fields(object: &Object, depth: u8, left: &mut Room) -> Node {
    let mut fields: Vec<(Cow<'static, str>, Node)> = Vec::new();
    for entry in Object::entries(object).iter() {
        let pair = Array::from(&entry);
        let value = pair.get(1);
        // A field that is undefined is a field that is not there.
        if !value.is_undefined() {
            fields.push((Cow::Owned(text(&pair.get(0), left).unwrap_or_default()), node(&value, depth, left)));
        }
    }
    Node::Object(fields)
}

/// A text that is not too long to be one of the contract's.
fn text(value: &JsValue, left: &mut Room) -> Option<alloc::string::String> {
    let text: &js_sys::JsString = value.unchecked_ref();
    let length = usize::try_from(text.length()).ok().filter(|length| *length <= left.longest)?;
    left.nodes = left.nodes.checked_sub(length / BYTES_OF_NODE)?;
    value.as_string()
}
