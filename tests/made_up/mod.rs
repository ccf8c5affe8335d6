//! The rules of a made-up destination, which use every part of a pack, and a basket for it.

use preclear::codes::Country;
use preclear::date::{Date, Interval};
use preclear::finding::{Code, Level};
use preclear::formula::{Expression, Fact, Fold, Name, Operator, Value};
use preclear::money::{Currency, RoundingMode};
use preclear::pack::{
    AttributeKind, Channel, Check, Citation, Condition, DatedValue, Grade, Instrument, KeyKind, LimitRule, Notice, Pack, Parameter, Per,
    Regime, Rounding, Row, Step, Table, ValueKind,
};
use preclear::quote::ChargeKind;
use rust_decimal::Decimal;

fn name(fact: Fact) -> Box<Expression> {
    Box::new(Expression::Name(Name::Fact(fact)))
}

fn notice(code: Code) -> Notice {
    Notice {
        code,
        level: Level::Warn,
        target: String::new(),
        params: vec![("limit".into(), Name::Parameter(0))],
        remedies: vec!["check-with-customs"],
        citations: vec![1],
        estimated: false,
    }
}

/// The rules.
pub fn pack() -> Pack {
    let open = Interval::default();
    let from = Interval { from: Date::new(2020, 1, 1), to: None };
    let step = |id: &str, formula, charge, rate| Step {
        id: id.into(),
        charge,
        rate,
        supplied: None,
        per: Per::Line,
        group: None,
        round: charge.map(|_| Rounding { to: None, mode: RoundingMode::HalfUp }),
        money: true,
        text: "as written".into(),
        formula,
        citations: vec![0],
    };
    let price = Expression::Binary(Operator::Add, name(Fact::Price), name(Fact::Freight));
    let rate = Expression::If(
        Box::new(Expression::Has(Name::SuppliedRate(0))),
        Box::new(Expression::Name(Name::SuppliedRate(0))),
        Box::new(Expression::Name(Name::Cell(0, 0))),
    );
    let tax = Expression::Binary(Operator::Multiply, name(Fact::Value), Box::new(Expression::Name(Name::Step(1))));
    let over = Expression::Not(Box::new(Expression::Binary(
        Operator::LessOrEqual,
        Box::new(Expression::Fold(Fold::Sum, name(Fact::Price), "sum(price)".into())),
        Box::new(Expression::Name(Name::Parameter(0))),
    )));
    let check = Check {
        id: "meat".into(),
        per: Per::Line,
        channels: vec![0],
        terms: None,
        hs: vec!["02".into()],
        origins: vec![Country::parse("NZ").unwrap()],
        interval: from,
        when: Some(over.clone()),
        notice: notice(Code::GoodsRestricted),
    };
    let row = |cell: &str| Row { interval: open, cells: vec![Some(Value::Number(cell.parse().unwrap())), None], citations: vec![1] };
    Pack {
        id: "zz".into(),
        destinations: vec![Country::parse("NZ").unwrap()],
        currency: Currency::parse("NZD").unwrap(),
        version: "1".into(),
        exchange_rate_max_age: Some(31),
        payment_discount: 1,
        apportion_citations: vec![0],
        default_channel: 0,
        channels: vec![Channel { id: "post".into(), code: Some("1".into()), regimes: vec![0] }],
        instruments: vec![Instrument {
            id: "act".into(),
            number: None,
            issuer: "Parliament".into(),
            date: Date::new(2018, 10, 1),
            title: Some("Act".into()),
            title_en: "Act".into(),
            url: None,
            grade: Grade::A,
        }],
        citations: vec![Citation { instrument: 0, place: String::new() }, Citation { instrument: 0, place: "s-1".into() }],
        parameters: vec![
            Parameter {
                id: "limit".into(),
                money: true,
                currency: None,
                values: vec![DatedValue { interval: from, value: Decimal::from(1000), citations: vec![1] }],
            },
            Parameter {
                id: "voucher".into(),
                money: false,
                currency: None,
                values: vec![DatedValue { interval: open, value: Decimal::ZERO, citations: vec![0] }],
            },
        ],
        attributes: vec![AttributeKind { id: "used".into(), kind: ValueKind::Truth, of_basket: false }],
        supplied_rates: vec!["tax".into()],
        tables: vec![
            Table::new(
                "goods".into(),
                KeyKind::HsCode,
                vec![("tax".into(), ValueKind::Number), ("kind".into(), ValueKind::Code)],
                &[("02".into(), row("0.15")), ("3304".into(), row("0.10")), ("330499".into(), row("0.15"))],
            )
            .unwrap(),
        ],
        regimes: vec![Regime {
            id: "post".into(),
            interval: from,
            citations: vec![0],
            conditions: vec![Condition {
                id: "limit".into(),
                formula: Expression::Not(Box::new(over)),
                notice: Notice { level: Level::Block, ..notice(Code::LimitSingle) },
            }],
            limits: vec![LimitRule {
                id: "limit".into(),
                limit: 0,
                used: Some(Name::Fact(Fact::BuyerUsedThisYear)),
                amount: Name::Fact(Fact::BasketValue),
                by_year: true,
            }],
            steps: vec![
                step("value", price, None, None),
                step("rate.tax", rate, None, None),
                step("tax", tax, Some(ChargeKind::Tax), Some(1)),
            ],
            checks: vec![check.clone()],
        }],
        checks: vec![check],
        vague_codes: vec!["99".into()],
        terms: None,
    }
}

/// A basket.
pub const BASKET: &str = r#"{ "shipTo": { "countryCode": "NZ" }, "asOf": "2026-11-23", "currencyCode": "NZD",
    "items": [{ "id": "1", "hsCode": "330499", "countryOfOrigin": "NZ", "quantity": "2", "amount": "10", "attributes": { "used": true } },
              { "id": "2", "hsCode": "0203.29", "countryOfOrigin": "NZ", "quantity": "1", "amount": "7", "rates": { "tax": "0.2" } }],
    "shipping": { "amount": "3" }, "buyer": { "usedThisYear": "5" } }"#;
