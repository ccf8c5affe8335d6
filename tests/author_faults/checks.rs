//! Faults of restrictions, identity checks and labels.

use super::Fault;

/// Faults of restrictions, identity checks and labels.
pub const FAULTS: &[Fault] = &[
    Fault {
        file: "restrictions.toml",
        from: r#"when = "quantity > 1""#,
        to: r#"when = "quantity > duty""#,
        said: &["zz/restrictions.toml:7:20: unknown name `duty`"],
    },
    Fault {
        file: "restrictions.toml",
        from: r#"when = "quantity > 1""#,
        to: r#"when = "value > 1""#,
        said: &["zz/restrictions.toml:7:9: `value` is not known here: it is a result of the regime"],
    },
    Fault {
        file: "restrictions.toml",
        from: r#"when = "quantity > 1""#,
        to: r#"when = "quantity""#,
        said: &["zz/restrictions.toml:7:9: expected a truth value, found a plain number"],
    },
    Fault {
        file: "restrictions.toml",
        from: r#"hs = ["02", "1601"]
origins = ["JP"]"#,
        to: r#"hs = ["02", "02.03", "0203"]
origins = ["JX"]"#,
        said: &[
            "zz/restrictions.toml:4:14: `02.03` is not 2 to 10 digits of an HS code",
            "zz/restrictions.toml:4:23: `0203` and `02` are about the same goods",
            "zz/restrictions.toml:5:13: `JX` is not a country of ISO 3166",
        ],
    },
    Fault {
        file: "restrictions.toml",
        from: r#"channels = ["post"]"#,
        to: r#"channels = ["mail"]
per = "basket""#,
        said: &[
            "zz/restrictions.toml:3:14: unknown channel `mail`, expected one of `post`, `freight`",
            "zz/restrictions.toml:8:9: `quantity` belongs to a line; over the basket use `sum(quantity)`",
        ],
    },
    Fault {
        file: "identity.toml",
        from: r#""absent""#,
        to: r#""abscent""#,
        said: &["zz/identity.toml:4:24: `abscent` is never one of `valid`, `invalid`, `absent`"],
    },
    Fault {
        file: "identity.toml",
        from: r#"per = "basket"
"#,
        to: "",
        said: &["zz/identity.toml:1:1: `per` is missing"],
    },
    Fault {
        file: "identity.toml",
        from: r#"id = "zz.identity""#,
        to: r#"id = "zz.meat""#,
        said: &[
            "zz/identity.toml:2:7: there is a check `zz.meat` already",
            "zz/texts.en.toml:19:1: there is no check `zz.identity`",
            "zz/texts.zh-CN.toml:19:1: there is no check `zz.identity`",
        ],
    },
    Fault {
        file: "identity.toml",
        from: r#"target = "/buyer"#,
        to: r#"target = "buyer"#,
        said: &["zz/identity.toml:7:11: `target` is a JSON pointer, as `/buyer/identity`"],
    },
    Fault {
        file: "texts.en.toml",
        from: r#"tax = "Tax""#,
        to: r#"taxes = "Tax""#,
        said: &[
            "zz/texts.en.toml:21:1: no label for the step `tax`",
            "zz/texts.en.toml:26:1: there is no step `taxes`, did you mean `tax`?",
        ],
    },
    Fault {
        file: "texts.en.toml",
        from: r#""attribute.used" = "Used""#,
        to: r#""attribute.alcohol" = """#,
        said: &[
            "zz/texts.en.toml:37:1: no label for the field `attribute.used`",
            "zz/texts.en.toml:38:24: the label of `attribute.alcohol` is empty",
            "zz/texts.zh-CN.toml:37:1: no label for the field `attribute.alcohol`",
        ],
    },
    Fault {
        file: "texts.en.toml",
        from: r#"[regime]
"zz.post" = "By post""#,
        to: r#"[regimes]
[regime]
zz.post = "By post""#,
        said: &[
            "zz/texts.en.toml:1:2: unknown key `regimes`, did you mean `regime`?",
            "zz/texts.en.toml:2:1: no label for the regime `zz.post`",
            "zz/texts.en.toml:3:1: `zz` must be a text",
        ],
    },
];
