//! The kinds of number, by country.

use super::secret::{Compact, Secret};
use super::{Aspect, Context, Reason, china, names, numbers};

/// A kind of number or name.
pub struct Kind {
    /// Its id in the contract.
    pub id: &'static str,
    /// The countries that have it; an empty code for one that belongs to none.
    pub countries: &'static [&'static str],
    /// What its check looks at.
    pub checked: &'static [Aspect],
    pub(super) check: Check,
}

/// Checks a number, given as it came and without its separators.
pub(super) type Check = fn(&Secret, &Compact, Context<'_>) -> Result<(), Reason>;

const FORM: &[Aspect] = &[Aspect::Form];
const DIGIT: &[Aspect] = &[Aspect::Form, Aspect::CheckDigit];
const DATED: &[Aspect] = &[Aspect::Form, Aspect::Date];
const DATED_DIGIT: &[Aspect] = &[Aspect::Form, Aspect::Date, Aspect::CheckDigit];
const RESIDENT: &[Aspect] = &[Aspect::Form, Aspect::Region, Aspect::Date, Aspect::CheckDigit];

const fn kind(id: &'static str, countries: &'static [&'static str], checked: &'static [Aspect], check: Check) -> Kind {
    Kind { id, countries, checked, check }
}

const MEMBER_STATES: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL",
    "PT", "RO", "SE", "SI", "SK",
];

/// Every kind, by country; a country's usual one first.
pub static KINDS: &[Kind] = &[
    kind("resident-id", &["CN"], RESIDENT, china::resident_id),
    kind("permanent-resident-id", &["CN"], DATED_DIGIT, china::permanent_resident_id),
    kind("residence-permit", &["CN"], RESIDENT, china::residence_permit),
    kind("hong-kong-macao-permit", &["CN"], FORM, china::hong_kong_macao_permit),
    kind("taiwan-permit", &["CN"], FORM, china::taiwan_permit),
    kind("social-credit-code", &["CN"], DIGIT, china::social_credit_code),
    kind("mobile-number", &["CN"], FORM, china::mobile_number),
    kind("person-name", &["CN"], FORM, names::person_name),
    kind("pccc", &["KR"], FORM, numbers::pccc),
    kind("national-id", &["TW"], DIGIT, numbers::national_id),
    kind("cpf", &["BR"], DIGIT, numbers::cpf),
    kind("cnpj", &["BR"], DIGIT, numbers::cnpj),
    kind("tckn", &["TR"], DIGIT, numbers::tckn),
    kind("aadhaar", &["IN"], DIGIT, numbers::aadhaar),
    kind("pan", &["IN"], FORM, numbers::pan),
    kind("teudat-zehut", &["IL"], DIGIT, numbers::teudat_zehut),
    kind("rut", &["CL"], DIGIT, numbers::rut),
    kind("rfc", &["MX"], DATED, numbers::rfc),
    kind("curp", &["MX"], DATED_DIGIT, numbers::curp),
    kind("nik", &["ID"], DATED, numbers::nik),
    kind("ioss", MEMBER_STATES, FORM, numbers::ioss),
    kind("eori", MEMBER_STATES, FORM, numbers::eori),
    kind("eori", &["GB"], FORM, numbers::eori_gb),
    kind("passport", &[""], FORM, numbers::passport),
    kind("gtin", &[""], DIGIT, numbers::gtin),
];
