//! `name=value&name=value`, as OAuth writes it into addresses and bodies: the URL standard's
//! `application/x-www-form-urlencoded`. Of our own because the tables of a library were 2 KB of the module.

/// Pairs while they are written.
#[derive(Default)]
pub struct Query(String);

impl Query {
    /// Adds a pair.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Query {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        encode(&mut self.0, name);
        self.0.push('=');
        encode(&mut self.0, value);
        self
    }

    /// The pairs as one text.
    pub fn done(self) -> String {
        self.0
    }
}

/// The value of the first pair with this name; none if it is no text.
pub fn value(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split(['&']).filter(|pair| !pair.is_empty()).map(|pair| pair.split_once(['=']).unwrap_or((pair, "")));
    let (_, value) = pairs.find(|(key, _)| decode(key).as_deref() == Some(name))?;
    decode(value)
}

fn encode(text: &mut String, part: &str) {
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => text.push(char::from(byte)),
            b' ' => text.push('+'),
            _ => {
                text.push('%');
                for digit in [byte >> 4, byte & 15] {
                    text.extend(char::from_digit(digit.into(), 16).map(|digit| digit.to_ascii_uppercase()));
                }
            }
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let byte = match (first, after) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (hexadecimal(*high), hexadecimal(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high << 4 | low
                }
                _ => b'%',
            },
            _ => *first,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

fn hexadecimal(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
