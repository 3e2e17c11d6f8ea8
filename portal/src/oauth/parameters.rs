//! The parameters of an OAuth request, of which none may come twice (RFC 6749, 3.1).

use std::collections::{BTreeMap, BTreeSet};

use zeroize::Zeroizing;

/// No form of a page has as many fields. Each takes many more bytes here than in a body, which anybody may send.
const MOST: usize = 1000;

/// Parsed parameters. Values may be secrets: there is no `Debug`.
pub struct Parameters {
    values: BTreeMap<String, Zeroizing<String>>,
    repeated: BTreeSet<String>,
}

impl Parameters {
    /// Parses a query or a form body. In one with more parameters than anything of ours sends, none is found.
    pub fn parse(text: &[u8]) -> Self {
        let mut parameters = Self { values: BTreeMap::new(), repeated: BTreeSet::new() };
        if url::form_urlencoded::parse(text).nth(MOST).is_some() {
            return parameters;
        }
        for (name, value) in url::form_urlencoded::parse(text) {
            let name = name.into_owned();
            if parameters.values.insert(name.clone(), Zeroizing::new(value.into_owned())).is_some() {
                parameters.repeated.insert(name);
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
        self.repeated.contains(name)
    }

    /// Whether any did.
    pub fn any_repeated(&self) -> bool {
        !self.repeated.is_empty()
    }
}
