//! Faults of names of goods, on rules that have some.

use super::Fault;

/// The names, which the made-up rules do not have.
pub const TERMS: &str = r#"vague-codes = ["00", "99"]
variants = ["鸡雞鶏"]

[after]
en = ["glass"]

[before]
en = ["mock"]

[other-goods]
en = ["toy"]

[[check]]
id = "zz.wine.name"
channels = ["post"]
hs = ["2204"]
code = "goods.unverified"
level = "warn"
remedies = ["supply-hs-code"]
cite = ["zz.act.s-9"]
[check.terms]
en = ["wine", "Crémant"]
[check.always]
en = ["rice wine"]
[check.exceptions]
en = ["wine gums"]
"#;

/// Faults of names of goods.
pub const FAULTS: &[Fault] = &[
    Fault { file: "terms.toml", from: r#""99"]"#, to: r#""9x"]"#, said: &["zz/terms.toml:1:23: `9x` is not 2 to 10 digits of an HS code"] },
    Fault {
        file: "terms.toml",
        from: r#"["鸡雞鶏"]"#,
        to: r#"["鸡雞鶏", "", "鴨鸡", "羊羊"]"#,
        said: &[
            "zz/terms.toml:2:21: the text is empty",
            "zz/terms.toml:2:25: `鸡` is there twice",
            "zz/terms.toml:2:31: `羊` is there twice",
        ],
    },
    Fault {
        file: "terms.toml",
        from: r#"[after]
en = ["glass"]"#,
        to: r#"[after]
en = ["glass", "GLASS", "…"]
de = "Glas""#,
        said: &[
            "zz/terms.toml:5:17: `glass` is there twice",
            "zz/terms.toml:5:26: a term needs a letter or a digit",
            "zz/terms.toml:6:6: `de` must be a list of texts",
        ],
    },
    Fault {
        file: "terms.toml",
        from: r#"[before]"#,
        to: r#"[befor]"#,
        said: &["zz/terms.toml:7:2: unknown key `befor`, did you mean `before`?"],
    },
    Fault {
        file: "terms.toml",
        from: r#"level = "warn""#,
        to: r#"level = "block""#,
        said: &["zz/terms.toml:18:9: a name alone blocks nothing: `level` is `warn` or `info`"],
    },
    Fault {
        file: "terms.toml",
        from: r#"[check.terms]
en = ["wine", "Crémant"]
[check.always]
en = ["rice wine"]
[check.exceptions]
en = ["wine gums"]"#,
        to: "",
        said: &["zz/terms.toml:13:1: `terms` is missing"],
    },
    Fault {
        file: "terms.toml",
        from: r#""wine gums""#,
        to: r#""wine", "beer gums", "CREMANT brut""#,
        said: &["zz/terms.toml:26:8: `wine` is a term of this check", "zz/terms.toml:26:16: `beer gums` holds no term of this check"],
    },
    Fault {
        file: "terms.toml",
        from: r#"id = "zz.wine.name"
channels = ["post"]"#,
        to: r#"id = "zz.meat"
per = "line"
channels = ["mail"]"#,
        said: &[
            "zz/terms.toml:14:7: there is a check `zz.meat` already",
            "zz/terms.toml:15:1: unknown key `per`",
            "zz/terms.toml:16:14: unknown channel `mail`, expected one of `post`, `freight`",
            "zz/texts.en.toml:20:1: there is no check `zz.wine.name`",
            "zz/texts.zh-CN.toml:20:1: there is no check `zz.wine.name`",
        ],
    },
];
