//! A name in its plainest form, so that ways of writing that mean the same are the same.

use alloc::string::String;

/// Letters without their marks, from U+00C0 to U+017F; a space where there is no letter.
const UNMARKED: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// What the half-width forms from U+FF66 stand for: how far each is behind U+30A1.
const WIDE_KATAKANA: [u8; 56] = [
    0x51, 0x00, 0x02, 0x04, 0x06, 0x08, 0x42, 0x44, 0x46, 0x22, 0x5b, 0x01, 0x03, 0x05, 0x07, 0x09, 0x0a, 0x0c, 0x0e, 0x10, 0x12, 0x14,
    0x16, 0x18, 0x1a, 0x1c, 0x1e, 0x20, 0x23, 0x25, 0x27, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x31, 0x34, 0x37, 0x3a, 0x3d, 0x3e, 0x3f,
    0x40, 0x41, 0x43, 0x45, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4e, 0x52,
];

/// The end of a word.
const GAP: u32 = 0x20;
/// Nothing: an apostrophe, or a character without width.
const NOTHING: u32 = 0;

/// A character's code once it is plain, [`GAP`] or [`NOTHING`].
fn plain_code(code: u32) -> u32 {
    let from = |table: &[u8], first: u32| table.get(code.wrapping_sub(first) as usize).copied().map_or(GAP, u32::from);
    match code {
        0x30..=0x39 | 0x61..=0x7a => code,
        0x41..=0x5a => code | 0x20,
        0x27 | 0xad | 0x300..=0x36f | 0x200b..=0x200f | 0x2018 | 0x2019 | 0x202a..=0x202e | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff => {
            NOTHING
        }
        0..=0xbf => GAP,
        0xc0..=0x17f => from(UNMARKED, 0xc0),
        0xff01..=0xff5e => plain_code(code.wrapping_sub(0xfee0)),
        0xff66..=0xff9d => from(&WIDE_KATAKANA, 0xff66).wrapping_add(0x30a1),
        // Punctuation, symbols and pictures; the marks that voice half-width katakana are dealt with before.
        0x2000..=0x2bff | 0x3000..=0x3004 | 0x3008..=0x303f | 0x30fb | 0xfe10..=0xfe6f | 0xff5f..=0xff9f | 0x1f000.. => GAP,
        _ => code,
    }
}

/// The text in small letters without marks, in full-width katakana and half-width everything else; what is neither letter nor digit is
/// one space between words. A character of `variants`, which are in order, becomes the one it is paired with.
#[must_use]
pub fn plain(text: &str, variants: &[(char, char)]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut gap = false;
    let mut add = |code: u32| match char::from_u32(code) {
        _ if code == GAP => gap = true,
        Some(character) if code != NOTHING => {
            if core::mem::take(&mut gap) && !plain.is_empty() {
                plain.push(' ');
            }
            let place = variants.binary_search_by_key(&character, |(from, _)| *from);
            plain.push(place.ok().and_then(|place| variants.get(place)).map_or(character, |(_, to)| *to));
        }
        _ => {}
    };
    // Held back by one, since a mark may follow that voices it: the letter is then one or two further on.
    let mut held = NOTHING;
    for code in text.chars().map(u32::from) {
        if matches!(code, 0xff9e | 0xff9f) {
            if matches!(held, 0x30ab..=0x30c8 | 0x30cf..=0x30db) {
                held = held.wrapping_add(code.wrapping_sub(0xff9d));
            }
        } else if plain_code(code) != NOTHING {
            add(held);
            held = plain_code(code);
        }
    }
    add(held);
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn ways_of_writing_are_one() {
        for (text, expected) in [
            ("BEEF  Jerky — 50 g", "beef jerky 50 g"),
            ("Ｂｅｅｆ　Ｊｅｒｋｙ（５０ｇ）", "beef jerky 50g"),
            ("Jambon Sérrano, FÊTE; Œuf", "jambon serrano fete ouf"),
            ("Łódź Ž ÿ ſ ž", "lodz z y s z"),
            ("bird’s nest, bird's nest", "birds nest birds nest"),
            ("be\u{200b}ef, be\u{ad}ef", "beef beef"),
            ("ﾋﾞｰﾌｼﾞｬｰｷｰ ﾊﾟﾝ ﾊﾑ･ｿｰｾｰｼﾞ", "ビーフジャーキー パン ハム ソーセージ"),
            ("「牛肉干」。📦肉", "牛肉干 肉"),
            ("ﾞﾅﾞ ﾞ", "ナ"),
            ("…", ""),
        ] {
            assert_eq!(plain(text, &[]), expected, "{text}");
        }
        assert_eq!(plain("雞肉 鶏肉 鸡肉", &[('雞', '鸡'), ('鶏', '鸡')]), "鸡肉 鸡肉 鸡肉");
    }

    #[test]
    fn capitals_are_their_small_letters() {
        for code in 0xc0..0x180u32 {
            let capital = char::from_u32(code).unwrap_or_default();
            let small: alloc::string::String = capital.to_lowercase().collect();
            assert_eq!(plain(&small, &[]).chars().next(), plain(capital.encode_utf8(&mut [0; 4]), &[]).chars().next(), "{capital}");
        }
    }
}
