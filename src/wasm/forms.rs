//! Declarations, for JavaScript. What this module frees it wipes: see its allocator.

use super::{read, to_js};
use crate::codes::Country;
use crate::forms::table::Forms;
use crate::forms::{receipt, validate};
use crate::identity::Checker;
use crate::wire::node::{LONGEST_BYTES, LONGEST_RAW_BYTES, Node};
use crate::wire::{basket, forms as wire, order, pull};
use alloc::string::String;
use alloc::vec::Vec;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Makes, checks and explains the messages of one destination's customs.
#[wasm_bindgen]
pub struct Declarations {
    forms: Forms,
    checker: Checker,
}

#[wasm_bindgen]
impl Declarations {
    /// From the destination's forms, and the regions that its residents' numbers are measured by.
    ///
    /// # Errors
    ///
    /// An object with the error's `code` when the bytes are not forms that this module can use.
    #[wasm_bindgen(constructor)]
    pub fn new(country: &str, forms: &[u8], regions: &[u8]) -> Result<Self, JsValue> {
        let refused = || to_js(&Node::Object(alloc::vec![("code".into(), Node::text("pack.malformed"))]));
        let forms = Forms::decode(forms).ok_or_else(refused)?;
        let mut checker = Checker::new();
        if let Some(country) = Country::parse(country)
            && !checker.add_regions(country, regions)
        {
            return Err(refused());
        }
        Ok(Self { forms, checker })
    }

    /// The basket in an order, for the quote that `declare` needs; null when it is none: what stands in a wrong place goes nowhere else.
    #[wasm_bindgen(js_name = basketOf)]
    #[must_use]
    pub fn basket_of(order: JsValue) -> JsValue {
        let (basket, _) = order::split(read::read(&order, LONGEST_BYTES));
        if basket::read(&basket).is_ok() { to_js(&basket) } else { JsValue::NULL }
    }

    /// A form of an order and its quote: the message and what is wrong with it.
    #[wasm_bindgen]
    #[must_use]
    pub fn declare(&self, order: JsValue, form: &str, quote: JsValue, time: &str, guid: &str, entry: &str) -> JsValue {
        let (basket, rest) = order::split(read::read(&order, LONGEST_BYTES));
        let quote = read::read(&quote, LONGEST_BYTES);
        let declared = order::message(&self.forms, &self.checker, form, (&basket, &rest), &quote, (time, [guid, entry]));
        to_js(&match &declared {
            Ok(declared) => order::answer(declared),
            Err(refused) => order::refuse(refused),
        })
    }

    /// The payment data that customs pulls: the text to sign and, with the certificate's number and the signature, the message.
    /// There are none of those two before it is signed.
    #[wasm_bindgen]
    #[must_use]
    pub fn pull(&self, payment: JsValue, drawn: &str, certificate: Option<String>, signature: Option<String>) -> JsValue {
        let payment = read::read(&payment, LONGEST_RAW_BYTES);
        let signed = pull::signed(certificate.as_deref(), signature.as_deref());
        to_js(&pull::answer(&pull::message(&self.forms, &payment, drawn, signed)))
    }

    /// What is wrong with some messages, each the bytes of one.
    #[wasm_bindgen]
    #[must_use]
    pub fn validate(&self, messages: &Array) -> JsValue {
        let messages: Vec<Vec<u8>> = messages.iter().map(|message| bytes(&message)).collect();
        let messages: Vec<&[u8]> = messages.iter().map(|message| message.as_slice()).collect();
        to_js(&wire::report(&validate(&self.forms, &self.checker, &messages)))
    }

    /// What a receipt says, in a language.
    #[wasm_bindgen(js_name = explainReceipt)]
    #[must_use]
    pub fn explain_receipt(&self, message: JsValue, locale: &str) -> JsValue {
        to_js(&wire::receipt(&receipt::explain(&self.forms, &bytes(&message)), locale))
    }

    /// The module's version.
    #[wasm_bindgen]
    #[must_use]
    pub fn version() -> JsValue {
        JsValue::from_str(env!("CARGO_PKG_VERSION"))
    }
}

/// The bytes of a message; none for what is no array of bytes.
fn bytes(message: &JsValue) -> Vec<u8> {
    message.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default()
}
