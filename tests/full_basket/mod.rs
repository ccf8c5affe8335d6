//! A basket with every field of the contract.

use serde_json::{Value, json as value};

/// A basket with every field of the contract.
pub fn full() -> Value {
    value!({
        "shipFrom": { "countryCode": "JP" },
        "shipTo": { "countryCode": "CN", "administrativeAreaCode": "33", "postalCode": "310000" },
        "channel": "bonded",
        "asOf": "2026-11-23",
        "currencyCode": "CNY",
        "taxIncluded": true,
        "incoterm": "DDU",
        "items": [
            {
                "id": "1", "sku": "SER-50", "name": "Face serum 50 ml", "hsCode": "3304.99 0039", "articleCode": "09010390",
                "countryOfOrigin": "KR", "quantity": "2", "amount": "199.00", "currencyCode": "USD",
                "measurements": [{ "type": "netWeight", "value": "50", "unit": "g" }, { "type": "volume", "value": "50", "unit": "ml" }],
                "attributes": { "alcoholByVolume": "0.13", "used": false },
                "rates": { "duty": "0.010", "consumptionTax": "0.15", "vat": "0.13" }
            },
            { "id": "2", "quantity": "1", "amount": "5" }
        ],
        "shipping": { "amount": "20.00", "currencyCode": "EUR" },
        "insurance": { "amount": "0", "currencyCode": "JPY" },
        "discounts": [{ "amount": "30.00", "currencyCode": "USD", "kind": "price", "itemId": "1" }, { "amount": "1", "kind": "payment" }],
        "exchangeRates": [{ "from": "JPY", "to": "CNY", "rate": "0.0478", "asOf": "2026-11-20" }],
        "buyer": { "identity": "valid", "payerIsBuyer": true, "usedThisYear": "8000.00" },
        "attributes": { "deliveriesThisHalfYear": "2", "registered": true }
    })
}
