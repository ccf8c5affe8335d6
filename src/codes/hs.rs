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

    /// A place as a code of ten digits, two for each letter or digit: a country, `CA`, or a subdivision by ISO 3166-2, `CA-ON`. So that
    /// tables can be looked up by place as by code; no place is the beginning of another.
    #[must_use]
    pub fn of_place(country: &str, area: &str) -> Option<Self> {
        let mut digits = [b'0'; 10];
        let mut places = digits.iter_mut();
        for byte in country.bytes().chain(area.bytes()) {
            let number = match byte {
                b'0'..=b'9' => byte.wrapping_sub(b'0').wrapping_add(1),
                b'A'..=b'Z' => byte.wrapping_sub(b'A').wrapping_add(11),
                _ => return None,
            };
            *places.next()? = number.wrapping_div(10).wrapping_add(b'0');
            *places.next()? = (number % 10).wrapping_add(b'0');
        }
        Some(Self { digits, length: 10 })
    }

    /// The place that [`DigitCode::of_place`] made these digits from.
    #[cfg(feature = "author")]
    #[must_use]
    pub fn place_text(digits: &str) -> alloc::string::String {
        let mut text = alloc::string::String::new();
        for pair in digits.as_bytes().chunks_exact(2) {
            let number = core::str::from_utf8(pair).ok().and_then(|pair| pair.parse::<u8>().ok()).unwrap_or(0);
            let byte = match number {
                0 => continue,
                1..=10 => number.saturating_add(b'0').saturating_sub(1),
                _ => number.saturating_add(b'A').saturating_sub(11),
            };
            if text.len() == 2 {
                text.push('-');
            }
            text.push(char::from(byte));
        }
        text
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
