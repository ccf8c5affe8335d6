//! Commodity codes and other codes made of digits.

/// A code of 2 to 10 digits, read by prefix: an HS code, or a destination's article code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DigitCode {
    digits: [u8; 10],
    length: u8,
}

impl DigitCode {
    /// Reads a code of `shortest` to `longest` digits (at most 10); dots and spaces between digits do not count.
    ///
    /// ```
    /// use preclear::codes::DigitCode;
    /// assert_eq!(DigitCode::parse("3304.99 00", 6, 10).unwrap().as_str(), "33049900");
    /// assert!(DigitCode::parse("33049", 6, 10).is_none());
    /// ```
    #[must_use]
    pub fn parse(text: &str, shortest: usize, longest: usize) -> Option<Self> {
        let mut digits = [b'0'; 10];
        let mut length = 0usize;
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => {
                    *digits.get_mut(length)? = byte;
                    length = length.checked_add(1)?;
                }
                b'.' | b' ' => {}
                _ => return None,
            }
        }
        ((shortest..=longest).contains(&length) && text.len() <= 32).then_some(Self { digits, length: u8::try_from(length).ok()? })
    }

    /// The digits, nothing else.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.digits.get(..usize::from(self.length)).and_then(|digits| core::str::from_utf8(digits).ok()).unwrap_or_default()
    }

    /// Whether the code begins with these digits.
    #[must_use]
    pub fn starts_with(&self, prefix: &str) -> bool {
        self.as_str().starts_with(prefix)
    }
}
