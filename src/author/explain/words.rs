//! The words around a quote's figures, in each language.

/// The words around the figures, in one language.
pub struct Words {
    pub quote: &'static str,
    pub regime: &'static str,
    pub not_used: &'static str,
    pub applies: &'static str,
    pub line: &'static str,
    pub basket: &'static str,
    pub dutiable_value: &'static str,
    pub no_charge: &'static str,
    pub calculation: &'static str,
    pub sums: [(&'static str, &'static str); 10],
    pub limits: &'static str,
    pub of: &'static str,
    pub remaining: &'static str,
    pub unknown: &'static str,
    pub findings: &'static str,
    pub law: &'static str,
    pub disclaimer: &'static str,
    pub statuses: [(&'static str, &'static str); 5],
    pub levels: [(&'static str, &'static str); 3],
    pub because: [(&'static str, &'static str); 2],
}

/// In English.
pub static ENGLISH: Words = Words {
    quote: "Quote",
    regime: "Regime",
    not_used: "Not used",
    applies: "another comes first",
    line: "Item",
    basket: "Whole basket",
    dutiable_value: "dutiable value",
    no_charge: "nothing to pay",
    calculation: "How it is calculated",
    sums: [
        ("items", "Goods"),
        ("shipping", "Freight"),
        ("insurance", "Insurance"),
        ("discounts", "Discounts"),
        ("dutiableValue", "Dutiable value"),
        ("duties", "Duties"),
        ("taxes", "Taxes"),
        ("fees", "Fees"),
        ("dutiesAndTaxes", "Duties, taxes and fees"),
        ("total", "Total"),
    ],
    limits: "Limits",
    of: "of",
    remaining: "remaining",
    unknown: "not known",
    findings: "To know",
    law: "Law",
    disclaimer: "An estimate, not legal advice: customs decides.",
    statuses: [
        ("ready", "exact, as far as the law is known"),
        ("estimated", "an estimate"),
        ("needsInput", "something is missing"),
        ("blocked", "this order cannot come in like this"),
        ("unsupported", "no rules for this destination"),
    ],
    levels: [("block", "Stop"), ("warn", "Check"), ("info", "Note")],
    because: [("channel", "not for this channel"), ("not-in-force", "not in force")],
};

/// In Simplified Chinese.
pub static CHINESE: Words = Words {
    quote: "报价",
    regime: "适用制度",
    not_used: "未适用",
    applies: "另有优先适用的制度",
    line: "商品",
    basket: "整个订单",
    dutiable_value: "完税价格",
    no_charge: "无需缴纳",
    calculation: "计算过程",
    sums: [
        ("items", "商品"),
        ("shipping", "运费"),
        ("insurance", "保险费"),
        ("discounts", "优惠"),
        ("dutiableValue", "完税价格"),
        ("duties", "关税"),
        ("taxes", "税款"),
        ("fees", "费用"),
        ("dutiesAndTaxes", "税费合计"),
        ("total", "总计"),
    ],
    limits: "限额",
    of: "，限额",
    remaining: "剩余",
    unknown: "未知",
    findings: "须知",
    law: "依据",
    disclaimer: "仅为估算，不构成法律意见，以海关核定为准。",
    statuses: [
        ("ready", "按已知法规计算的准确结果"),
        ("estimated", "估算结果"),
        ("needsInput", "缺少信息"),
        ("blocked", "该订单不能按此方式进境"),
        ("unsupported", "没有该目的地的规则"),
    ],
    levels: [("block", "不可"), ("warn", "注意"), ("info", "提示")],
    because: [("channel", "不适用于该渠道"), ("not-in-force", "未生效")],
};

/// A word by its key; the key itself where there is none.
pub fn word<'a>(list: &[(&str, &'a str)], key: &'a str) -> &'a str {
    list.iter().find(|(other, _)| *other == key).map_or(key, |(_, word)| word)
}
