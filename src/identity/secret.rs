//! Text that is wiped when it is no longer used.

use alloc::boxed::Box;
use zeroize::Zeroize;

/// The most characters that are kept; what is longer is no number and no name.
pub const LONGEST: usize = 64;

/// A number or a name of a person. Has no `Debug`, no `Display`, no `Clone`; its characters are wiped when it is dropped.
///
/// They lie behind a pointer: what is moved leaves a copy behind, and that would not be wiped.
pub struct Secret {
    characters: Box<[char; LONGEST]>,
    length: usize,
    /// Whether there was more than fits.
    overflowed: bool,
}

impl Default for Secret {
    fn default() -> Self {
        Self { characters: Box::new(['\0'; LONGEST]), length: 0, overflowed: false }
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.characters.zeroize();
        self.length.zeroize();
    }
}

impl Secret {
    /// Reads characters, at most 64.
    pub fn new(characters: impl Iterator<Item = char>) -> Self {
        let mut secret = Self::default();
        for character in characters {
            secret.push(character);
        }
        secret
    }

    /// Adds a character, so that a boundary need not hold the whole text in a buffer of its own.
    pub fn push(&mut self, character: char) {
        match self.characters.get_mut(self.length) {
            Some(place) => {
                *place = character;
                self.length = self.length.saturating_add(1);
            }
            None => self.overflowed = true,
        }
    }

    /// The characters as they came.
    #[must_use]
    pub fn characters(&self) -> &[char] {
        self.characters.get(..self.length).unwrap_or_default()
    }

    /// The number without its separators, in capitals.
    #[must_use]
    pub fn compact(&self) -> Compact {
        let mut compact = Compact { bytes: Box::new([0; LONGEST]), length: 0 };
        for character in self.characters() {
            let byte = match *character {
                ' ' | '-' | '.' | '/' | '\u{3000}' | '\u{2010}'..='\u{2015}' => continue,
                // The full-width forms that Chinese and Japanese keyboards give.
                '\u{ff01}'..='\u{ff5e}' => u8::try_from(u32::from(*character).saturating_sub(0xfee0)).unwrap_or(OTHER),
                'Ñ' | 'ñ' => b'~',
                '~' => OTHER,
                other => u8::try_from(u32::from(other)).ok().filter(u8::is_ascii).unwrap_or(OTHER),
            };
            compact.push(byte.to_ascii_uppercase());
        }
        if self.overflowed {
            // Too long for every kind, and shown to be so.
            compact.length = LONGEST;
        }
        compact
    }
}

/// What stands for a character that no number holds.
const OTHER: u8 = 0xff;

/// A number without separators, in capitals; Ñ is `~`. Wiped when it is dropped.
pub struct Compact {
    bytes: Box<[u8; LONGEST]>,
    length: usize,
}

impl Drop for Compact {
    fn drop(&mut self) {
        self.bytes.zeroize();
        self.length.zeroize();
    }
}

impl Compact {
    fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length = self.length.saturating_add(1);
        }
    }

    /// The characters.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Whether nothing but separators was given.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }
}
