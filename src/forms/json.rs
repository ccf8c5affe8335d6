//! JSON with what a parser usually throws away: the order of fields, and how a number is written.

use alloc::string::String;
use alloc::vec::Vec;
use zeroize::Zeroizing;

/// How deep values may nest.
const DEEPEST: u8 = 8;
/// How many bytes are read.
pub const MOST_BYTES: usize = 1024 * 1024;

/// A value with its place.
pub enum Json<'a> {
    /// An object: its fields in their order.
    Object(usize, Vec<(Zeroizing<String>, Json<'a>)>),
    /// A list.
    List(usize, Vec<Json<'a>>),
    /// A text.
    Text(usize, Zeroizing<String>),
    /// A number as it is written.
    Number(usize, &'a str),
    /// `true`, `false` or `null`.
    Word(usize),
}

impl Json<'_> {
    /// Where it begins, in bytes.
    #[must_use]
    pub const fn offset(&self) -> usize {
        match self {
            Self::Object(offset, _) | Self::List(offset, _) | Self::Text(offset, _) | Self::Number(offset, _) | Self::Word(offset) => {
                *offset
            }
        }
    }

    /// The fields of an object.
    #[must_use]
    pub fn fields(&self) -> &[(Zeroizing<String>, Self)] {
        if let Self::Object(_, fields) = self { fields } else { &[] }
    }

    /// The field of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.fields().iter().find(|(other, _)| **other == *name).map(|(_, value)| value)
    }

    /// The entries of a list.
    #[must_use]
    pub fn entries(&self) -> &[Self] {
        if let Self::List(_, entries) = self { entries } else { &[] }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(_, text) = self { Some(text) } else { None }
    }

    /// The number as it is written.
    #[must_use]
    pub const fn number(&self) -> Option<&str> {
        if let Self::Number(_, number) = self { Some(number) } else { None }
    }
}

/// Reads one value; the error is the place where it is not JSON.
pub fn read(bytes: &[u8]) -> Result<Json<'_>, usize> {
    if bytes.len() > MOST_BYTES {
        return Err(MOST_BYTES);
    }
    let text = core::str::from_utf8(bytes).map_err(|error| error.valid_up_to())?;
    let mut reader = Reader { text, place: 0 };
    let value = reader.value(DEEPEST)?;
    reader.space();
    if reader.peek().is_none() { Ok(value) } else { Err(reader.place) }
}

struct Reader<'a> {
    text: &'a str,
    place: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.place..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn take(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.place = self.place.saturating_add(character.len_utf8());
        Some(character)
    }

    fn space(&mut self) {
        while self.peek().is_some_and(super::tree::is_space) {
            self.take();
        }
    }

    fn expect(&mut self, expected: char) -> Result<(), usize> {
        self.space();
        let place = self.place;
        if self.take() == Some(expected) { Ok(()) } else { Err(place) }
    }

    /// Whether another entry follows the one before, or the end.
    fn more(&mut self, end: char) -> Result<bool, usize> {
        self.space();
        let place = self.place;
        match self.take() {
            Some(',') => Ok(true),
            Some(other) if other == end => Ok(false),
            _ => Err(place),
        }
    }

    fn value(&mut self, depth: u8) -> Result<Json<'a>, usize> {
        self.space();
        let place = self.place;
        let depth = depth.checked_sub(1).ok_or(place)?;
        match self.peek() {
            Some('{') => {
                self.take();
                let mut fields = Vec::new();
                self.space();
                let mut more = if self.peek() == Some('}') { self.more('}')? } else { true };
                while more {
                    self.space();
                    let name = self.string()?;
                    self.expect(':')?;
                    let value = self.value(depth)?;
                    if fields.iter().any(|(other, _): &(Zeroizing<String>, Json<'_>)| *other == name) || fields.len() >= 64 {
                        return Err(place);
                    }
                    fields.push((name, value));
                    more = self.more('}')?;
                }
                Ok(Json::Object(place, fields))
            }
            Some('[') => {
                self.take();
                let mut entries = Vec::new();
                self.space();
                let mut more = if self.peek() == Some(']') { self.more(']')? } else { true };
                while more {
                    entries.push(self.value(depth)?);
                    more = self.more(']')?;
                }
                Ok(Json::List(place, entries))
            }
            Some('"') => Ok(Json::Text(place, self.string()?)),
            Some('-' | '0'..='9') => {
                while self.peek().is_some_and(|character| character.is_ascii_digit() || matches!(character, '-' | '+' | '.' | 'e' | 'E')) {
                    self.take();
                }
                Ok(Json::Number(place, self.text.get(place..self.place).unwrap_or_default()))
            }
            _ => {
                let word = ["true", "false", "null"].into_iter().find(|word| self.rest().starts_with(word)).ok_or(place)?;
                self.place = self.place.saturating_add(word.len());
                Ok(Json::Word(place))
            }
        }
    }

    fn string(&mut self) -> Result<Zeroizing<String>, usize> {
        let place = self.place;
        self.expect('"')?;
        // As long as up to the next mark at least: one that grew would leave copies behind.
        let mut text = Zeroizing::new(String::with_capacity(self.closing()));
        loop {
            match self.take().ok_or(place)? {
                '"' => return Ok(text),
                '\\' => text.push(self.escape().ok_or(place)?),
                control if control < ' ' => return Err(place),
                other => text.push(other),
            }
        }
    }

    /// How many bytes there are up to the mark that closes a text.
    fn closing(&self) -> usize {
        let mut escaped = false;
        let closes = |byte: u8| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        };
        self.rest().bytes().position(closes).unwrap_or(0)
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.take()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            same @ ('"' | '\\' | '/') => same,
            'u' => {
                let first = self.unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    return char::from_u32(first);
                }
                let second = (self.take()? == '\\' && self.take()? == 'u').then(|| self.unit())??;
                char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?]).next()?.ok()?
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0u32;
        for _ in 0..4 {
            unit = unit.checked_mul(16)?.checked_add(self.take()?.to_digit(16)?)?;
        }
        Some(unit)
    }
}
