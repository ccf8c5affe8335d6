//! Faults of instruments, parameters and tables.

use super::Fault;

/// Faults of instruments, parameters and tables.
pub const FAULTS: &[Fault] = &[
    Fault {
        file: "instruments.toml",
        from: r#"grade = "B"
"#,
        to: "",
        said: &["zz/instruments.toml:12:1: `grade` is missing"],
    },
    Fault {
        file: "instruments.toml",
        from: r#"grade = "B""#,
        to: r#"grade = "D""#,
        said: &["zz/instruments.toml:16:10: unknown grade `D`, expected one of `A`, `B`, `C`"],
    },
    Fault {
        file: "instruments.toml",
        from: r#"id = "zz.practice""#,
        to: r#"id = "zz.practise""#,
        said: &[
            "zz/goods.csv:4:31: no instrument for the citation `zz.practice`, did you mean `zz.practise`?",
            "zz/instruments.toml:13:7: nothing cites `zz.practise`",
            "zz/pack.toml:11:10: no instrument for the citation `zz.practice`, did you mean `zz.practise`?",
            "zz/parameters.toml:36:52: no instrument for the citation `zz.practice`, did you mean `zz.practise`?",
        ],
    },
    Fault {
        file: "instruments.toml",
        from: r#"[[instrument]]
id = "zz.practice""#,
        to: r#"[[instrument]]
id = "zz.old"
issuer = "x"
title-en = "x"
grade = "C"
read = "x"

[[instrument]]
id = "zz.practice""#,
        said: &["zz/instruments.toml:13:7: nothing cites `zz.old`"],
    },
    Fault {
        file: "instruments.toml",
        from: "2018-10-01",
        to: "2018-02-30",
        said: &["zz/instruments.toml:5:8: invalid date, expected day between 01 and 28"],
    },
    Fault {
        file: "instruments.toml",
        from: "2018-10-01",
        to: "2018-10-01T10:00:00",
        said: &["zz/instruments.toml:5:8: `date` must be a date, as 2026-01-31"],
    },
    Fault {
        file: "parameters.toml",
        from: "{ from = 2019-01-01, to = 2027-01-01,",
        to: "{ from = 2018-12-31, to = 2027-01-01,",
        said: &["zz/parameters.toml:6:3: overlaps the value before it"],
    },
    Fault {
        file: "parameters.toml",
        from: "{ from = 2019-01-01, to = 2027-01-01,",
        to: "{ from = 2019-01-02, to = 2027-01-01,",
        said: &["zz/parameters.toml:6:3: leaves a gap after the value before it; say `gap = true` if the law does"],
    },
    Fault {
        file: "parameters.toml",
        from: "{ from = 2019-01-01, to = 2027-01-01,",
        to: "{ from = 2019-01-01, to = 2019-01-01,",
        said: &["zz/parameters.toml:6:29: `to` is the first day no longer in force, and must be after `from`"],
    },
    Fault {
        file: "parameters.toml",
        from: "gap = true\n",
        to: "",
        said: &["zz/parameters.toml:14:3: leaves a gap after the value before it; say `gap = true` if the law does"],
    },
    Fault {
        file: "parameters.toml",
        from: r#"id = "tax.reduced""#,
        to: r#"id = "tax.general""#,
        said: &[
            "zz/parameters.toml:24:7: the name `tax.general` is taken",
            "zz/steps/tax.toml:4:59: unknown name `tax.reduced`",
            "zz/texts.en.toml:33:1: there is no parameter `tax.reduced`",
            "zz/texts.zh-CN.toml:33:1: there is no parameter `tax.reduced`",
        ],
    },
    Fault {
        file: "parameters.toml",
        from: r#"unit = "NZD/ml""#,
        to: r#"unit = "NZD/floz""#,
        said: &["zz/parameters.toml:30:9: unknown unit `NZD/floz`"],
    },
    Fault {
        file: "parameters.toml",
        from: r#"value = "10", cite = ["zz.act.s-4"]"#,
        to: r#"value = 10, site = ["zz.act.s-4"]"#,
        said: &[
            "zz/parameters.toml:31:11: `cite` is missing: say which law this rests on",
            "zz/parameters.toml:31:21: `value` must be a text",
            "zz/parameters.toml:31:25: unknown key `site`, did you mean `cite`?",
        ],
    },
    Fault {
        file: "parameters.toml",
        from: r#"value = "10", cite = ["zz.act.s-4"]"#,
        to: r#"value = "-10", cite = ["zz.acts.s-4"]"#,
        said: &[
            "zz/parameters.toml:31:22: not a plain decimal number",
            "zz/parameters.toml:31:37: no instrument for the citation `zz.acts.s-4`, did you mean `zz.act`?",
        ],
    },
    Fault {
        file: "parameters.toml",
        from: r#"[[parameter]]
id = "single-limit""#,
        to: r#"[[parameter]
id = "single-limit""#,
        said: &["zz/parameters.toml:1:13: unclosed array table, expected `]`"],
    },
    Fault {
        file: "goods.csv",
        from: "02,,,reduced,0.05,,zz.act.s-5,meat\n",
        to: "02,,,redused,5%,,zz.acts,meat\n",
        said: &[
            "zz/goods.csv:2:6: `redused` is no value of `tax`, did you mean `reduced`?",
            "zz/goods.csv:2:14: `5%` is no value of `duty`",
            "zz/goods.csv:2:18: no instrument for the citation `zz.acts`, did you mean `zz.act`?",
        ],
    },
    Fault {
        file: "goods.csv",
        from: "02,,,reduced,0.05,,zz.act.s-5,meat\n",
        to: "021,2020-02-30,,reduced,0.05,,,meat\n",
        said: &["zz/goods.csv:2:1: a code has 2 or 4 to 10 digits"],
    },
    Fault {
        file: "goods.csv",
        from: "02,,,reduced,0.05,,zz.act.s-5,meat\n",
        to: "02,2020-02-30,,reduced,0.05,,,meat\n",
        said: &["zz/goods.csv:2:4: not a date, as 2026-01-31", "zz/goods.csv:2:30: `cite` is missing: say which law this rests on"],
    },
    Fault {
        file: "goods.csv",
        from: "02,,,reduced,0.05,,zz.act.s-5,meat\n",
        to: "02,,,reduced\n",
        said: &["zz/goods.csv:2:1: 4 fields where the header has 8"],
    },
    Fault {
        file: "goods.csv",
        from: "02,,,reduced,0.05,,zz.act.s-5,meat\n",
        to: "3305,,,reduced,0.05,,zz.act.s-5,meat\n",
        said: &["zz/goods.csv:3:1: `3304` is out of order: rows are sorted by code, then date"],
    },
    Fault {
        file: "goods.csv",
        from: "3304,,2020-01-01,",
        to: "3304,,2020-01-02,",
        said: &["zz/goods.csv:4:1: `3304` has a row for these dates already"],
    },
    Fault {
        file: "goods.csv",
        from: "code,from,to,tax,duty,floor,cite,name",
        to: "code,from,to,duty,tax,floor,cite,name",
        said: &["zz/goods.csv:1:1: the header must be `code,from,to,tax,duty,floor,cite,name`"],
    },
];
