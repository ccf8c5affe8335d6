//! A person's name as customs takes it: the real one, not a nickname and not a masked one.

use super::secret::{Compact, Secret};
use super::{Context, Reason};

/// The most characters of a name in a declaration.
const LONGEST_NAME: usize = 60;

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

/// The dot inside the names of many minorities and foreigners, in the forms that keyboards give.
fn is_middle_dot(character: char) -> bool {
    matches!(character, '·' | '•' | '‧' | '・' | '．')
}

/// Han characters with dots between them, or Latin letters with spaces, hyphens, dots and apostrophes between them.
pub fn person_name(secret: &Secret, _: &Compact, _: Context<'_>) -> Result<(), Reason> {
    let name = secret.characters();
    let (Some(first), Some(last)) = (name.first(), name.last()) else { return Err(Reason::Absent) };
    if name.contains(&'*')
        || name.contains(&'＊')
        || name.contains(&'_')
        || name.iter().any(|character| character.is_numeric() && *character != '〇')
    {
        return Err(Reason::Masked);
    }
    let han = name.iter().any(|character| is_han(*character));
    let letter = |character: char| if han { is_han(character) } else { character.is_alphabetic() && !is_han(character) };
    let joint = |character: char| if han { is_middle_dot(character) } else { matches!(character, ' ' | '-' | '.' | '\'' | '’' | ',') };
    let doubled = name.windows(2).any(|pair| matches!(pair, [one, other] if han && joint(*one) && joint(*other)));
    let ends = letter(*first) && (letter(*last) || (!han && *last == '.'));
    if doubled || !ends || !name.iter().all(|character| letter(*character) || joint(*character)) {
        return Err(Reason::Characters);
    }
    if (2..=LONGEST_NAME).contains(&name.len()) { Ok(()) } else { Err(Reason::Length) }
}
