//! A text as a tree: RFC 8259, strictly, but for halves of letters.

use super::value::Value;

/// Values inside of values deeper than this are refused, as `serde_json` does: the stack ends somewhere.
const DEEPEST: u32 = 126;

/// Reads a document without asking for a shape.
pub fn parse(text: &str) -> Option<Value> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(DEEPEST)?;
    parser.skip_space();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: u32) -> Option<Value> {
        self.skip_space();
        if self.take(b'"') {
            return self.string().map(Value::Text);
        }
        if self.take(b'[') {
            let mut items = Vec::new();
            while self.goes_on(b']', items.is_empty())? {
                items.push(self.value(depth.checked_sub(1)?)?);
            }
            return Some(Value::List(items));
        }
        if self.take(b'{') {
            let mut entries = Vec::new();
            while self.goes_on(b'}', entries.is_empty())? {
                self.skip_space();
                let name = if self.take(b'"') { self.string()? } else { return None };
                self.skip_space();
                if !self.take(b':') {
                    return None;
                }
                entries.push((name, self.value(depth.checked_sub(1)?)?));
            }
            return Some(Value::Object(entries));
        }
        let rest = self.text.get(self.at..)?;
        for (word, value) in [("null", Value::Null), ("true", Value::Flag(true)), ("false", Value::Flag(false))] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Some(value);
            }
        }
        self.number()
    }

    /// Whether another item follows, after the comma that must stand before all but the first.
    fn goes_on(&mut self, end: u8, first: bool) -> Option<bool> {
        self.skip_space();
        if self.take(end) {
            return Some(false);
        }
        (first || self.take(b',')).then_some(true)
    }

    /// The rest of a text, after its opening quote.
    fn string(&mut self) -> Option<String> {
        let mut string = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let end = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
            string.push_str(rest.get(..end)?);
            self.at += end;
            if self.take(b'"') {
                return Some(string);
            }
            if !self.take(b'\\') {
                return None;
            }
            string.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                // Beyond the basic plane a letter is written as two units of UTF-16. One of them alone, as programs leave it that
                // cut a text, costs that letter and not the document.
                let after = self.at;
                let low = if matches!(unit, 0xd800..=0xdbff) && self.take(b'\\') && self.take(b'u') { self.unit() } else { None };
                let Some(low) = low.and_then(|low| low.checked_sub(0xdc00)).filter(|low| *low < 0x400) else {
                    self.at = after;
                    return Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
                };
                return char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + low);
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit << 4 | char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<Value> {
        let negative = self.take(b'-');
        let start = self.at;
        let leads_with_zero = self.peek() == Some(b'0');
        let number = self.digits()?;
        if leads_with_zero && self.at > start + 1 {
            return None;
        }
        // Minus zero is a number only where numbers have fractions.
        let mut whole = !(negative && number == 0);
        if self.take(b'.') {
            whole = false;
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            whole = false;
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Some(Value::Number(whole.then_some(if negative { -number } else { number })))
    }

    /// At least one digit.
    fn digits(&mut self) -> Option<i64> {
        let start = self.at;
        let mut number = 0_i64;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            number = number.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        (self.at > start).then_some(number)
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let taken = self.peek() == Some(byte);
        self.at += usize::from(taken);
        taken
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
