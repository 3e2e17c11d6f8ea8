//! The parameters of an OAuth request, of which none may come twice (RFC 6749, 3.1).

use std::collections::BTreeMap;

use zeroize::Zeroizing;

/// Parsed parameters. Values may be secrets: there is no `Debug`.
pub struct Parameters {
    values: BTreeMap<String, Zeroizing<String>>,
    repeated: Vec<String>,
}

impl Parameters {
    /// Parses a query or a form body.
    pub fn parse(text: &[u8]) -> Self {
        let mut parameters = Self { values: BTreeMap::new(), repeated: Vec::new() };
        for (name, value) in url::form_urlencoded::parse(text) {
            let name = name.into_owned();
            if parameters.values.insert(name.clone(), Zeroizing::new(value.into_owned())).is_some() {
                parameters.repeated.push(name);
            }
        }
        parameters
    }

    /// A value that came once and is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let value = self.values.get(name).filter(|value| !value.is_empty())?;
        if self.is_repeated(name) { None } else { Some(value) }
    }

    /// Whether a parameter came more than once.
    pub fn is_repeated(&self, name: &str) -> bool {
        self.repeated.iter().any(|repeated| repeated == name)
    }

    /// Whether any did.
    pub fn any_repeated(&self) -> bool {
        !self.repeated.is_empty()
    }
}
