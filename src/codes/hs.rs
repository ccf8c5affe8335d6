//! Commodity codes and other codes made of digits.

/// The number of the last heading of each chapter of the Harmonized System, in its editions of 2017 and 2022 together. Chapter 77 is kept free.
#[rustfmt::skip]
const LAST_HEADINGS: [u8; 97] = [
    6, 10, 9, 10, 11, 4, 14, 14, 10, 8, 9, 14, 2, 4, 22, 5, 4, 6, 5, 9, 6, 9, 9, 4, 30,
    21, 16, 53, 42, 6, 5, 15, 7, 7, 7, 6, 7, 27, 26, 17, 15, 6, 4, 21, 4, 2, 7, 23, 11, 7,
    13, 12, 11, 8, 16, 9, 5, 11, 11, 6, 17, 17, 10, 6, 7, 3, 4, 15, 14, 20, 18, 29, 26, 19, 8,
    16, 0, 6, 7, 7, 13, 15, 11, 87, 49, 9, 16, 7, 8, 33, 14, 9, 7, 6, 8, 20, 6,
];

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

    /// Whether there may be such a commodity code: its chapter has a heading of its number, or had one. What stands after the heading is each
    /// country's own, or changes with the editions; chapters 98 and 99 are each country's own.
    ///
    /// ```
    /// use preclear::codes::DigitCode;
    /// let exists = |code| DigitCode::parse(code, 6, 10).unwrap().may_exist();
    /// assert!(exists("330499") && exists("98010010"));
    /// assert!(!exists("330899") && !exists("770100") && !exists("000000") && !exists("330000"));
    /// ```
    #[must_use]
    pub fn may_exist(&self) -> bool {
        let [a, b, c, d, ..] = self.digits.map(|digit| digit.wrapping_sub(b'0'));
        let number = |tens: u8, ones: u8| tens.wrapping_mul(10).wrapping_add(ones);
        let (chapter, heading) = (number(a, b), number(c, d));
        let last = usize::from(chapter).checked_sub(1).and_then(|chapter| LAST_HEADINGS.get(chapter));
        chapter > 97 || (heading > 0 && last.is_some_and(|last| heading <= *last))
    }

    /// Whether the code begins with these digits.
    #[must_use]
    pub fn starts_with(&self, prefix: &str) -> bool {
        self.as_str().starts_with(prefix)
    }
}
