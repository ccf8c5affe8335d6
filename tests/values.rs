//! Dates, decimals, codes and apportionment, against independent oracles and by their laws.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test may fail loudly")]

use preclear::codes::{Country, DigitCode};
use preclear::date::{Date, Interval};
use preclear::engine::apportion;
use preclear::money::{self, Currency, parse_decimal};
use proptest::prelude::*;
use rust_decimal::Decimal;

/// `jiff` knows the calendar; our parser and its must agree on every ten characters that could be a date.
fn agrees_with_jiff(text: &str) {
    let ours = Date::parse(text);
    let theirs = text.parse::<jiff::civil::Date>().ok().filter(|date| date.year() >= 1);
    assert_eq!(ours.map(Date::text), theirs.map(|date| date.to_string()), "{text}");
}

#[test]
fn every_day_of_four_centuries_is_read_written_and_counted() {
    let mut day = jiff::civil::date(1999, 12, 31);
    let start = Date::parse("1999-12-31").unwrap().ordinal();
    for count in 0..146_500 {
        let text = day.to_string();
        let date = Date::parse(&text).unwrap();
        assert_eq!(date.text(), text);
        assert_eq!(date.ordinal() - start, count);
        assert_eq!(Date::from_packed(date.packed()), Some(date));
        day = day.tomorrow().unwrap();
    }
}

#[test]
fn dates_that_do_not_exist_are_refused() {
    for text in [
        "2023-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-04-31",
        "2026-01-00",
        "0000-01-01",
        "2026-1-01",
        "2026-01-1",
        "20260101",
        "2026-01-01 ",
        "２026-01-1",
        "2026-01-01T00:00",
        "",
        "-026-01-01",
        "+026-01-01",
    ] {
        assert_eq!(Date::parse(text), None, "{text}");
    }
    for packed in [0, 1, u32::MAX, 1 << 9, (2023 << 9) | (2 << 5) | 29] {
        assert_eq!(Date::from_packed(packed), None);
    }
}

#[test]
fn intervals_are_half_open() {
    let date = |text| Date::parse(text).unwrap();
    let interval = Interval { from: Some(date("2019-01-01")), to: Some(date("2020-01-01")) };
    assert!(!interval.contains(date("2018-12-31")));
    assert!(interval.contains(date("2019-01-01")));
    assert!(interval.contains(date("2019-12-31")));
    assert!(!interval.contains(date("2020-01-01")));
    let next = Interval { from: Some(date("2020-01-01")), to: None };
    assert!(!interval.overlaps(&next) && !next.overlaps(&interval));
    let earlier = Interval { from: None, to: Some(date("2019-01-02")) };
    assert!(interval.overlaps(&earlier) && earlier.overlaps(&interval));
    assert!(Interval::default().overlaps(&next));
}

#[test]
fn currencies_know_their_minor_unit() {
    // ISO 4217, list one.
    for (code, decimals) in [("CNY", 2), ("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("CLF", 4)] {
        assert_eq!(Currency::parse(code).unwrap().decimals(), decimals);
    }
    for code in ["cny", "RMB", "XXX", "ABC", "", "CNYY", "CN"] {
        assert_eq!(Currency::parse(code), None, "{code}");
    }
}

#[test]
fn countries_are_the_assigned_ones() {
    for code in ["CN", "HK", "MO", "TW", "JP", "XK"] {
        assert_eq!(Country::parse(code).is_some(), code != "XK");
    }
    // Pairs of letters that stand across two codes of the table are not codes.
    for code in ["cn", "UK", "DA", "", "CHN", "中"] {
        assert_eq!(Country::parse(code), None, "{code}");
    }
}

#[test]
fn codes_are_digits_with_dots_and_spaces() {
    assert_eq!(DigitCode::parse("3304.99.00 39", 6, 10).unwrap().as_str(), "3304990039");
    for bad in ["33049", "33049900391", "3304-99", "33049٣", "abcdef", "", "..    .. ......................................330499"] {
        assert_eq!(DigitCode::parse(bad, 6, 10), None, "{bad}");
    }
}

#[test]
fn halves_are_rounded_away_from_zero() {
    for (value, expected) in [("0.005", "0.01"), ("0.0049999999", "0.00"), ("35.308", "35.31"), ("2.675", "2.68"), ("1.125", "1.13")] {
        assert_eq!(money::text(money::round(parse_decimal(value).unwrap(), 2), 2), expected);
    }
}

proptest! {
    #[test]
    fn date_parser_agrees_with_the_oracle(year in 0u16..=9999, month in 0u8..=14, day in 0u8..=33) {
        agrees_with_jiff(&format!("{year:04}-{month:02}-{day:02}"));
    }

    #[test]
    fn decimals_keep_their_digits(whole in 0u64..1_000_000_000_000, fraction in "[0-9]{0,10}") {
        let text = if fraction.is_empty() { whole.to_string() } else { format!("{whole}.{fraction}") };
        let parsed = parse_decimal(&text).unwrap();
        prop_assert_eq!(parsed.to_string(), text);
    }

    #[test]
    fn anything_that_is_not_a_plain_decimal_is_refused(text in "\\PC{0,20}") {
        let plain = text.split_once('.').map_or(
            !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit()),
            |(whole, fraction)| {
                (1..=12).contains(&whole.len()) && (1..=10).contains(&fraction.len())
                    && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
            },
        );
        prop_assert_eq!(parse_decimal(&text).is_some(), plain);
    }

    #[test]
    fn shares_add_up_and_are_near_their_part(total in 0u64..10_000_000, weights in proptest::collection::vec(0u64..1_000_000, 1..40)) {
        let total = Decimal::new(total.try_into().unwrap(), 2);
        let parts: Vec<Decimal> = weights.iter().map(|weight| Decimal::new((*weight).try_into().unwrap(), 2)).collect();
        let shares = apportion(total, &parts, 2).unwrap();
        prop_assert_eq!(shares.iter().sum::<Decimal>(), total);
        let whole: Decimal = parts.iter().sum();
        for (share, part) in shares.iter().zip(&parts) {
            prop_assert!(!share.is_sign_negative() && share.scale() <= 2);
            if !whole.is_zero() {
                prop_assert!((*share - total * part / whole).abs() < Decimal::new(1, 2));
                // What takes from a price never takes more than the price.
                prop_assert!(total > whole || share <= part);
            }
        }
    }

    #[test]
    fn the_largest_remainders_are_rounded_up(total in 1u64..100_000, weights in proptest::collection::vec(1u64..100_000, 2..30)) {
        let parts: Vec<Decimal> = weights.iter().map(|weight| Decimal::from(*weight)).collect();
        let shares = apportion(Decimal::new(total.try_into().unwrap(), 2), &parts, 2).unwrap();
        // By whole numbers: what each part leaves over when it is divided.
        let whole: u64 = weights.iter().sum();
        let up: Vec<(u64, bool)> = weights
            .iter()
            .zip(&shares)
            .map(|(weight, share)| (total * weight % whole, *share * Decimal::ONE_HUNDRED != Decimal::from(total * weight / whole)))
            .collect();
        let least_up = up.iter().filter(|(_, up)| *up).map(|(rest, _)| *rest).min();
        let most_down = up.iter().filter(|(_, up)| !*up).map(|(rest, _)| *rest).max();
        prop_assert!(least_up.is_none_or(|least| most_down.is_none_or(|most| least >= most)), "{up:?}");
    }
}

#[test]
fn every_subheading_has_a_heading_that_exists_and_none_follows_the_last() {
    let codes: Vec<&str> = preclear::author::hs6::all().collect();
    let exists = |code: &str| DigitCode::parse(code, 6, 10).unwrap().may_exist();
    for code in &codes {
        assert!(exists(code), "{code}");
    }
    // The editions since 2017 have one heading more in chapter 81 than that of 2022: 8107, which is not its last.
    for chapter in (1..=97).filter(|chapter| *chapter != 77) {
        let chapter = format!("{chapter:02}");
        let last = codes
            .iter()
            .filter(|code| code.starts_with(&chapter))
            .map(|code| code.get(2..4).unwrap().parse::<u8>().unwrap())
            .max()
            .unwrap();
        assert!(!exists(&format!("{chapter}{:02}00", last + 1)) && !exists(&format!("{chapter}0000")), "{chapter}");
    }
}
