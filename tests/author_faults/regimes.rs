//! Faults of regimes and steps.

use super::Fault;

/// Faults of regimes and steps.
pub const FAULTS: &[Fault] = &[
    Fault {
        file: "regimes/post.toml",
        from: "basket.value <= single-limit",
        to: "basket.value <= tax.general",
        said: &["zz/regimes/post.toml:11:25: cannot compare money with a plain number"],
    },
    Fault {
        file: "regimes/post.toml",
        from: "basket.value <= single-limit",
        to: "value <= single-limt",
        said: &[
            "zz/regimes/post.toml:11:12: `value` belongs to a line; over the basket use `sum(value)`",
            "zz/regimes/post.toml:11:21: unknown name `single-limt`, did you mean `single-limit`?",
        ],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"code = "limit.single"
level = "block""#,
        to: r#"code = "limit.singel"
level = "blocks""#,
        said: &[
            "zz/regimes/post.toml:12:9: unknown finding code `limit.singel`, did you mean `limit.single`?",
            "zz/regimes/post.toml:13:10: unknown level `blocks`, did you mean `block`?",
        ],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"remedies = ["choose-other-channel"]"#,
        to: r#"remedies = ["chose-other-channel"]
param = 1"#,
        said: &[
            "zz/regimes/post.toml:15:14: unknown remedy `chose-other-channel`, did you mean `choose-other-channel`?",
            "zz/regimes/post.toml:16:1: unknown key `param`, did you mean `params`?",
        ],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"params = ["single-limit", "basket.value"]"#,
        to: r#"params = ["price", "rates.tax", "tax"]"#,
        said: &[
            "zz/regimes/post.toml:14:12: `price` belongs to a line",
            "zz/regimes/post.toml:14:21: `rates.tax` can only be asked for with `has` in a formula",
            "zz/regimes/post.toml:14:34: unknown name `tax`",
        ],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"period = "year""#,
        to: r#"period = "month""#,
        said: &["zz/regimes/post.toml:23:11: unknown period `month`, expected one of `year`, `order`"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"amount = "basket.value""#,
        to: r#"amount = "basket.articles""#,
        said: &["zz/regimes/post.toml:22:11: expected money, found a plain number"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"limit = "annual-limit""#,
        to: r#"limit = "basket.value""#,
        said: &["zz/regimes/post.toml:20:9: `limit` must be a parameter"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"formula = "price + freight""#,
        to: r#"formula = "value + quantity""#,
        said: &["zz/regimes/post.toml:6:12: `value` is not known here: it is a result of the regime"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"formula = "price + freight""#,
        to: r#"formula = "price / value""#,
        said: &["zz/regimes/post.toml:6:20: `value` is not known here: it is a result of the regime"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"include = "tax""#,
        to: r#"include = "taxes""#,
        said: &[
            "zz/regimes/post.toml:32:12: there is no file `steps/taxes.toml`",
            "zz/regimes/post.toml:39:16: unknown name `tax`",
            "zz/regimes/post.toml:48:13: unknown name `tax`",
        ],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"charge = "fee""#,
        to: r#"charge = "fees""#,
        said: &["zz/regimes/post.toml:36:11: unknown charge `fees`, did you mean `fee`?"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"per = "basket"
round = true
"#,
        to: r#"per = "basket"
"#,
        said: &["zz/regimes/post.toml:34:1: `round = true` is missing: a charge is paid in whole minor units"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"when = "sum(tax) < single-limit / 100""#,
        to: r#"when = "tax < single-limit""#,
        said: &["zz/regimes/post.toml:48:9: `tax` belongs to a line; over the basket use `sum(tax)`"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"cite = ["zz.act.s-8"]

[[check]]"#,
        to: "cite = []\n\n[[check]]",
        said: &["zz/regimes/post.toml:43:8: the formula holds a number: `cite` must say which law it is from"],
    },
    Fault {
        file: "regimes/post.toml",
        from: "  then max(sum(tax), 5",
        to: "  then max(sum(tax), 5 + quantty",
        said: &["zz/regimes/post.toml:39:26: unknown name `quantty`, did you mean `quantity`?"],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"formula = 'if goods.tax = "general" then"#,
        to: r#"formula = "if goods.tax = \"genral\" then"#,
        said: &[r#"zz/steps/tax.toml:4:72: invalid basic string, expected `"`"#],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"goods.tax = "general" then tax.general else tax.reduced"#,
        to: r#"goods.tax = "generl" then tax.general else luxury.floor"#,
        said: &[
            "zz/steps/tax.toml:4:12: one branch is a plain number and the other money per ml",
            "zz/steps/tax.toml:4:25: `generl` is never one of `general`, `reduced`",
        ],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#""(value + duty) * rate.tax""#,
        to: r#""(value + duty) * (rate.tax""#,
        said: &["zz/steps/tax.toml:12:38: expected `)`"],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#""(value + duty) * rate.tax""#,
        to: r#""""
  (value + duti)
  * rate.tex""""#,
        said: &[
            "zz/steps/tax.toml:13:12: unknown name `duti`, did you mean `duty`?",
            "zz/steps/tax.toml:14:5: unknown name `rate.tex`, did you mean `rate.tax`?",
        ],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"rate = "rate.tax""#,
        to: r#"rate = "rates.tax""#,
        said: &["zz/steps/tax.toml:11:9: no earlier step `rates.tax`"],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"supplied = "tax""#,
        to: r#"supplied = "txa""#,
        said: &["zz/steps/tax.toml:3:13: no step is a charge `txa`, did you mean `tax`?"],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"id = "rate.tax""#,
        to: r#"id = "tax.general""#,
        said: &[
            "zz/steps/tax.toml:2:7: the name `tax.general` is taken",
            "zz/steps/tax.toml:11:9: no earlier step `rate.tax`",
            "zz/steps/tax.toml:12:29: unknown name `rate.tax`, did you mean `rates.tax`?",
            "zz/texts.en.toml:21:1: no label for the step `tax.general`",
            "zz/texts.en.toml:25:1: there is no step `rate.tax`",
            "zz/texts.zh-CN.toml:21:1: no label for the step `tax.general`",
            "zz/texts.zh-CN.toml:25:1: there is no step `rate.tax`",
        ],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"[[step]]
id = "tax""#,
        to: r#"[[step]]
include = "tax"

[[step]]
id = "tax""#,
        said: &["zz/steps/tax.toml:9:12: `tax` includes itself"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"formula = "0 * value""#,
        to: r#"formula = "0 * value"
charge = "duty""#,
        said: &["zz/regimes/post.toml:25:1: `round = true` is missing: a charge is paid in whole minor units"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"formula = "0 * value""#,
        to: r#"formula = "0 * quantity"
round = true"#,
        said: &[
            "zz/regimes/post.toml:28:9: what is rounded to the minor unit must be money, and this is a plain number",
            "zz/steps/tax.toml:12:19: cannot add money to a plain number",
        ],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"level = "block""#,
        to: r#"level = "warn""#,
        said: &["zz/regimes/post.toml:13:9: a condition that fails leaves no regime: its level is `block`, not `warn`"],
    },
    Fault {
        file: "regimes/post.toml",
        from: r#"id = "zz.post""#,
        to: r#"id = "zz.full""#,
        said: &[
            "zz/pack.toml:20:13: unknown regime `zz.post`, expected one of `zz.full`",
            "zz/regimes/post.toml:1:7: there is a regime `zz.full` already",
            "zz/texts.en.toml:2:1: there is no regime `zz.post`",
            "zz/texts.zh-CN.toml:2:1: there is no regime `zz.post`",
        ],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"supplied = "tax"
formula = 'if goods.tax = "general" then tax.general else tax.reduced'"#,
        to: r#"supplied = "tax"
formula = "price""#,
        said: &[
            "zz/regimes/post.toml:39:8: cannot compare money times money with money",
            "zz/regimes/post.toml:48:18: cannot compare money times money with money",
            "zz/steps/tax.toml:3:12: a supplied rate replaces a plain number, and this is money",
            "zz/steps/tax.toml:12:12: a charge must be money, and this is money times money",
        ],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"id = "tax"
charge = "tax""#,
        to: r#"id = "tax""#,
        said: &["zz/steps/tax.toml:3:13: no step is a charge `tax`", "zz/steps/tax.toml:10:8: only a charge shows a rate"],
    },
    Fault {
        file: "steps/tax.toml",
        from: r#"formula = 'if goods.tax = "general" then tax.general else tax.reduced'"#,
        to: r#"formula = "if goods.tax = \"general\" or goods.vta then tax.general else tax.reduced"
unused = 1"#,
        said: &[
            "zz/steps/tax.toml:4:42: unknown name `goods.vta`, did you mean `goods.tax`?",
            "zz/steps/tax.toml:5:1: unknown key `unused`",
        ],
    },
];
