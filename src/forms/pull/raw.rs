//! What platform and payment company told each other, as it stands in payment data: XML, JSON or a form, by the company's own interface.

/// Whether a text is more than a word: an answer has fields.
pub fn has_fields(raw: &str) -> bool {
    raw.contains(['<', '{', '='])
}

/// The value of the first field that has one of these names, in whichever of the three it is written.
pub fn field<'a>(raw: &'a str, names: &[&str]) -> Option<&'a str> {
    names.iter().find_map(|name| raw.match_indices(name).find_map(|(place, _)| value(raw, place, name)))
}

/// The value after a name, if what stands there is a field of that name and not part of another word.
fn value<'a>(raw: &'a str, place: usize, name: &str) -> Option<&'a str> {
    let (before, after) = (raw.get(..place)?, raw.get(place.checked_add(name.len())?..)?);
    let text = match before.chars().next_back() {
        Some('<') => {
            let inner = after.strip_prefix('>')?.split_once("</")?.0.trim();
            inner.strip_prefix("<![CDATA[").and_then(|inner| inner.strip_suffix("]]>")).unwrap_or(inner)
        }
        Some('"') => {
            let inner = after.strip_prefix('"')?.trim_start().strip_prefix(':')?.trim_start();
            match inner.strip_prefix('"') {
                Some(text) => text.split('"').next()?,
                None => inner.split([',', '}', ']']).next()?.trim(),
            }
        }
        None | Some('&' | '?') => after.strip_prefix('=')?.split('&').next()?,
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{field, has_fields};

    #[test]
    fn a_field_is_found_in_each_way_of_writing_and_no_part_of_a_word_is_one() {
        for raw in [
            "<xml><mch_id>x</mch_id><total_fee>10010</total_fee></xml>",
            "<xml><total_fee><![CDATA[10010]]></total_fee></xml>",
            "{\"mch_id\": \"x\", \"total_fee\" : 10010}",
            "{\"total_fee\":\"10010\",\"a\":1}",
            "mch_id=x&total_fee=10010&sign=y",
            "https://pay.example/gateway?total_fee=10010",
        ] {
            assert_eq!(field(raw, &["total_fee"]), Some("10010"), "{raw}");
        }
        for raw in
            ["", "total_fee", "<sub_total_fee>1</sub_total_fee>", "sub_total_fee=1", "{\"total_fee\":\"\"}", "<total_fee>", "\"total_fee"]
        {
            assert_eq!(field(raw, &["total_fee"]), None, "{raw}");
        }
        assert_eq!(field("{\"b\":1}", &["a", "b"]), Some("1"));
        assert!(!has_fields("ok") && has_fields("{\"code\":\"SUCCESS\"}"));
    }
}
