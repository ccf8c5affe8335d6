//! Faults of `pack.toml`.

use super::Fault;

/// Faults of `pack.toml`.
pub const FAULTS: &[Fault] = &[
    Fault {
        file: "pack.toml",
        from: r#"destination = "NZ""#,
        to: r#"destination = "ZQ"
destinaton = 1"#,
        said: &["zz/pack.toml:2:16: not a country of ISO 3166", "zz/pack.toml:3:1: unknown key `destinaton`, did you mean `destination`?"],
    },
    Fault {
        file: "pack.toml",
        from: r#"id = "zz"
"#,
        to: r#"id = "zy"
"#,
        said: &["zz/pack.toml:1:7: `id` must be the folder's name, `zz`"],
    },
    Fault {
        file: "pack.toml",
        from: r#"currency = "NZD""#,
        to: r#"currency = "NZZ""#,
        said: &["zz/pack.toml:3:13: not a currency of ISO 4217", "zz/pack.toml:50:9: unknown type `NZD/ml`"],
    },
    Fault {
        file: "pack.toml",
        from: r#"version = "2026.01.01"
"#,
        to: "",
        said: &["zz/pack.toml:1:1: `version` is missing"],
    },
    Fault {
        file: "pack.toml",
        from: r#"default-channel = "post""#,
        to: r#"default-channel = "pots""#,
        said: &["zz/pack.toml:6:20: unknown default-channel `pots`, did you mean `post`?"],
    },
    Fault {
        file: "pack.toml",
        from: "exchange-rate-max-age = 31",
        to: r#"exchange-rate-max-age = "31""#,
        said: &["zz/pack.toml:7:25: `exchange-rate-max-age` must be a whole number"],
    },
    Fault {
        file: "pack.toml",
        from: r#"by = "price""#,
        to: r#"by = "weight""#,
        said: &["zz/pack.toml:10:7: unknown by `weight`, expected one of `price`"],
    },
    Fault { file: "pack.toml", from: "payment = \"voucher\"\n", to: "", said: &["zz/pack.toml:13:1: `payment` is missing"] },
    Fault {
        file: "pack.toml",
        from: r#"payment = "voucher""#,
        to: r#"payment = "vouchers""#,
        said: &["zz/pack.toml:15:12: no parameter `vouchers`, did you mean `voucher`?"],
    },
    Fault {
        file: "pack.toml",
        from: r#"payment = "voucher""#,
        to: r#"payment = "single-limit""#,
        said: &["zz/pack.toml:15:12: `single-limit` must be a rate from 0 to 1"],
    },
    Fault {
        file: "parameters.toml",
        from: r#"to = 2027-01-01, value = "0""#,
        to: r#"to = 2027-01-01, value = "1.01""#,
        said: &["zz/pack.toml:15:12: `voucher` must be a rate from 0 to 1"],
    },
    Fault {
        file: "pack.toml",
        from: r#"regimes = ["zz.full"]"#,
        to: r#"regimes = ["zz.ful"]"#,
        said: &["zz/pack.toml:24:13: unknown regime `zz.ful`, did you mean `zz.full`?"],
    },
    Fault {
        file: "pack.toml",
        from: r#"locales = ["en", "zh-CN"]"#,
        to: r#"locales = ["zh-CN"]"#,
        said: &[
            "zz/pack.toml:5:13: the labels in `en` are missing: they stand in for those in every other language",
            "zz/texts.en.toml:1:1: nothing reads this file",
        ],
    },
    Fault {
        file: "pack.toml",
        from: r#"locales = ["en", "zh-CN"]"#,
        to: r#"locales = ["en", "fr"]"#,
        said: &["zz/pack.toml:5:19: there is no file `texts.fr.toml`", "zz/texts.zh-CN.toml:1:1: nothing reads this file"],
    },
    Fault {
        file: "pack.toml",
        from: r#"id = "used"
type = "truth""#,
        to: r#"id = "Used"
type = "yes""#,
        said: &[
            "zz/pack.toml:27:7: `Used` is not lower-case words joined by hyphens and dots",
            "zz/pack.toml:28:9: unknown type `yes`, expected `truth`, `code`, `rate`, `number` or a unit",
        ],
    },
    Fault {
        file: "pack.toml",
        from: r#"values = ["general", "reduced"]
"#,
        to: "",
        said: &["zz/pack.toml:39:1: `values` is missing: list every code"],
    },
    Fault {
        file: "pack.toml",
        from: r#"file = "goods.csv""#,
        to: r#"file = "wares.csv""#,
        said: &["zz/goods.csv:1:1: nothing reads this file", "zz/pack.toml:36:9: there is no file `wares.csv`"],
    },
    Fault { file: "pack.toml", from: r#"type = "NZD/ml""#, to: r#"type = "EUR/ml""#, said: &["zz/pack.toml:50:9: unknown type `EUR/ml`"] },
];
