//! Checks of the numbers that name a person: what they hold to be right, what is wrong with the others, and that nothing of them comes back.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a test may fail loudly, and says what it compared"
)]
#![cfg(feature = "author")]

use preclear::author::{Faults, regions};
use preclear::codes::Country;
use preclear::date::Date;
use preclear::identity::{Checker, KINDS, Reason, Secret, kind, regions::RegionTable};
use preclear::wire::{identity, json};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

static CHECKER: LazyLock<Checker> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/cn/regions.csv");
    let faults = Faults::default();
    let bytes = regions::compile("regions.csv", &fs::read_to_string(path).unwrap(), &faults).unwrap();
    let mut checker = Checker::new();
    assert!(checker.add_regions(Country::parse("CN").unwrap(), &bytes));
    checker
});

/// What is wrong with a number; none when it is right.
fn reason(country: &str, id: &str, number: &str) -> Option<Reason> {
    let country = Country::parse(country).unwrap();
    let kind = kind(country, id).unwrap_or_else(|| panic!("{id} is no kind"));
    CHECKER.check(country, kind, &Secret::new(number.chars()), Date::parse("2026-11-23")).reason
}

/// A resident's number with the check digit that GB 11643 gives it: weights 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2 modulo 11.
fn resident(head: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = head.bytes().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    format!("{head}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

#[test]
fn published_numbers_are_right() {
    // From the standards' own examples and python-stdnum's documentation.
    for (country, id, number) in [
        ("CN", "resident-id", "360426199101010071"),
        ("CN", "resident-id", "11010519491231002X"),
        ("CN", "resident-id", "11010519491231002x"),
        ("CN", "resident-id", "１１０１０５１９４９１２３１００２Ｘ"),
        ("CN", "resident-id", " 110105 19491231 002X "),
        ("CN", "social-credit-code", "91110000600037341L"),
        ("CN", "mobile-number", "+86 138-0013-8000"),
        ("CN", "hong-kong-macao-permit", "H12345678"),
        ("CN", "taiwan-permit", "12345678"),
        ("KR", "pccc", "P123456789012"),
        ("BR", "cpf", "390.533.447-05"),
        ("BR", "cnpj", "16.727.230/0001-97"),
        ("BR", "cnpj", "12.ABC.345/01DE-35"),
        ("TR", "tckn", "17291716060"),
        ("TW", "national-id", "A123456789"),
        ("IN", "aadhaar", "234123412346"),
        ("IN", "pan", "ACUPA7085R"),
        ("ID", "nik", "3171011708450001"),
        ("IL", "teudat-zehut", "039337423"),
        ("IL", "teudat-zehut", "39337423"),
        ("CL", "rut", "76086428-5"),
        ("MX", "curp", "BOXW310820HNERXN09"),
        ("MX", "rfc", "GODE561231GR8"),
        ("NZ", "gtin", "73513537"),
        ("IE", "ioss", "IM3720224520"),
        ("DE", "eori", "DE1234567"),
        ("GB", "eori", "GB123456789000"),
    ] {
        assert_eq!(reason(country, id, number), None, "{country} {id}");
    }
}

#[test]
fn each_fault_has_its_reason() {
    for (country, id, number, expected) in [
        ("CN", "resident-id", "", Reason::Absent),
        ("CN", "resident-id", " - ", Reason::Absent),
        ("CN", "resident-id", "36042619910101007", Reason::Length),
        ("CN", "resident-id", "3604261991010100711", Reason::Length),
        ("CN", "resident-id", "36042619910101007A", Reason::Characters),
        ("CN", "resident-id", "360426199101010072", Reason::CheckDigit),
        ("CN", "resident-id", "360426910101007", Reason::OldForm),
        ("CN", "resident-id", "3604**********0071", Reason::Masked),
        ("CN", "resident-id", &resident("36042619910229007"), Reason::Date),
        ("CN", "resident-id", &resident("36042620261124007"), Reason::Date),
        ("CN", "resident-id", &resident("99042619910101007"), Reason::OtherKind),
        ("CN", "resident-id", &resident("16042619910101007"), Reason::Region),
        ("CN", "resident-id", &resident("81000019910101007"), Reason::OtherKind),
        ("CN", "residence-permit", "360426199101010071", Reason::OtherKind),
        ("CN", "permanent-resident-id", "360426199101010071", Reason::OtherKind),
        ("CN", "permanent-resident-id", "USA110013309910", Reason::Date),
        ("CN", "social-credit-code", "91110000600037341M", Reason::CheckDigit),
        ("CN", "social-credit-code", "91110000600037341O", Reason::Characters),
        ("CN", "mobile-number", "1380013800", Reason::Length),
        ("CN", "mobile-number", "12800138000", Reason::Characters),
        ("CN", "mobile-number", "138****8000", Reason::Masked),
        ("KR", "pccc", "P12345678901", Reason::Length),
        ("KR", "pccc", "Q123456789012", Reason::Characters),
        ("BR", "cpf", "111.111.111-11", Reason::NeverIssued),
        ("BR", "cpf", "390.533.447-06", Reason::CheckDigit),
        ("TR", "tckn", "07291716060", Reason::NeverIssued),
        ("TW", "national-id", "A123456788", Reason::CheckDigit),
        ("TW", "national-id", "A323456789", Reason::Characters),
        ("IN", "aadhaar", "134123412346", Reason::NeverIssued),
        ("IN", "aadhaar", "222222222222", Reason::NeverIssued),
        ("IN", "pan", "ACUXA7085R", Reason::Characters),
        ("IL", "teudat-zehut", "000000000", Reason::NeverIssued),
        ("CL", "rut", "76086428-K", Reason::CheckDigit),
        ("MX", "rfc", "GODE561331GR8", Reason::Date),
        ("ID", "nik", "3171013208450001", Reason::Date),
        ("IE", "ioss", "IM9990224520", Reason::Region),
        ("GB", "eori", "DE123456789000", Reason::Region),
        ("NZ", "gtin", "73513536", Reason::CheckDigit),
        ("NZ", "passport", "E123", Reason::Length),
    ] {
        assert_eq!(reason(country, id, number), Some(expected), "{country} {id} {number}");
    }
    // A birth day that is today has come.
    assert_eq!(reason("CN", "resident-id", &resident("36042620261123007")), None);
}

#[test]
fn a_region_is_measured_by_the_year_of_birth() {
    // Chongwen district of Beijing was struck off in 2010.
    assert_eq!(reason("CN", "resident-id", &resident("11010319850101001")), None);
    assert_eq!(reason("CN", "resident-id", &resident("11010320100101001")), None);
    assert_eq!(reason("CN", "resident-id", &resident("11010320120101001")), Some(Reason::RegionOfYear));
    // A code that never was, and one after the end of the table, which cannot be held against it.
    assert_eq!(reason("CN", "resident-id", &resident("11019919850101001")), Some(Reason::RegionOfYear));
    assert_eq!(reason("CN", "resident-id", &resident("11019920240101001")), None);
}

#[test]
fn names_are_real_names() {
    for name in ["王小明", "欧阳娜娜", "买买提·吐尔逊", "阿卜杜拉・买买提", "Maria del Carmen O'Neill-Smith", "Jr. Smith", "Łukasz Żak"]
    {
        assert_eq!(reason("CN", "person-name", name), None, "{name}");
    }
    for (name, expected) in [
        ("王", Reason::Length),
        ("用户_8231", Reason::Masked),
        ("王*", Reason::Masked),
        ("王小明2", Reason::Masked),
        ("·王小明", Reason::Characters),
        ("王··明", Reason::Characters),
        ("王 小明", Reason::Characters),
        ("王小ming", Reason::Characters),
        ("小明😀", Reason::Characters),
    ] {
        assert_eq!(reason("CN", "person-name", name), Some(expected), "{name}");
    }
}

#[test]
fn python_stdnum_agrees() {
    let Some(path) = std::env::var_os("PRECLEAR_NUMBERS") else {
        println!("report: numbers: python-stdnum is not here, so nothing was compared with it");
        return;
    };
    let text = fs::read_to_string(path).unwrap();
    let (mut compared, mut wrong) = (0, Vec::new());
    for row in text.lines().skip(1) {
        let [country, id, number, valid] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        compared += 1;
        let found = reason(country, id, number);
        if found.is_none() != (valid == "true") {
            wrong.push(format!("{country} {id} {number}: expected {valid}, found {found:?}"));
        }
    }
    println!("report: numbers: {compared} compared with python-stdnum");
    assert!(compared > 1000 && wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #[test]
    fn nothing_of_a_number_comes_back(canary in "[a-zA-Z0-9王小明·*]{6,70}", which in 0..KINDS.len()) {
        let kind = &KINDS[which];
        let country = kind.countries[0];
        let country = if country.is_empty() { "NZ" } else { country };
        let answer = json::line(&identity::check(&CHECKER, country, Some(kind.id), &Secret::new(canary.chars()), Date::parse("2026-11-23")));
        prop_assert!(!answer.contains(&canary));
        // An unknown country or type is text of the sender's too.
        let answer = json::line(&identity::check(&CHECKER, &canary, Some(&canary), &Secret::new("1".chars()), None));
        prop_assert!(answer.contains("unsupported") && !answer.contains(&canary));
    }

    #[test]
    fn any_bytes_are_a_table_or_none(mut bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = RegionTable::decode(&bytes);
        bytes.splice(0..0, *b"PCRG\x01\x7d");
        let _ = RegionTable::decode(&bytes);
    }
}

#[test]
fn faults_of_the_table_have_their_places() {
    let faults = Faults::default();
    let text = "code,last\n110101,\n11010,\n110101,2009\n110103,x\n";
    assert_eq!(regions::compile("cn/regions.csv", text, &faults), None);
    let found: Vec<String> = faults.into_list().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "cn/regions.csv:3:1: `code` must be six digits",
            "cn/regions.csv:4:1: rows must be sorted by code, each once",
            "cn/regions.csv:5:8: `last` must be a year from 1900 to 2154, or empty",
        ]
    );
}
