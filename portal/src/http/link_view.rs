//! Which part of the map of internal addresses a page shows: what is searched for, and where in it. It goes along from page to
//! page, so that whoever changes one entry comes back to where they were.

use my_apps_sign_in::links::Refusal;

use crate::{
    link_map::{LinkMap, Pair},
    oauth::parameters::Parameters,
};

/// Entries on one page.
const PAGE: usize = 50;

/// Where the list is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct View {
    /// Words that an entry must hold.
    pub(crate) wanted: String,
    /// Whether only entries are meant that would not be followed.
    pub(crate) only_unusable: bool,
    /// The page, from 1.
    pub(crate) page: usize,
}

/// What of the map fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The entries of this page, in the order of their internal addresses, with what is wrong about them.
    pub(crate) entries: Vec<(Pair, Option<Refusal>)>,
    /// How many entries fit, on all pages.
    pub(crate) fitting: usize,
    /// How many entries of the whole map would not be followed.
    pub(crate) unusable: usize,
    /// This page, from 1, and how many there are.
    pub(crate) page: usize,
    pub(crate) pages: usize,
}

impl View {
    pub(crate) fn of(parameters: &Parameters) -> Self {
        Self {
            wanted: parameters.get("q").unwrap_or_default().trim().to_owned(),
            only_unusable: parameters.get("only") == Some("unusable"),
            page: parameters.get("page").and_then(|page| page.parse().ok()).unwrap_or(1),
        }
    }

    /// As parameters, for addresses and hidden fields.
    pub(crate) fn parts(&self) -> Vec<(&'static str, String)> {
        let page = if self.page > 1 { self.page.to_string() } else { String::new() };
        let only = if self.only_unusable { "unusable" } else { "" };
        let parts = [("q", self.wanted.clone()), ("only", only.to_owned()), ("page", page)];
        parts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The address of a page that shows it, or leads back to it, with something more.
    pub(crate) fn address(&self, path: &str, more: &[(&str, &str)]) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(more).extend_pairs(self.parts()).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same on another page.
    pub(crate) fn turned(&self, page: usize) -> Self {
        Self { page, ..self.clone() }
    }

    /// Looks into the map. A page after the last one is the last one.
    pub(crate) fn of_map(&self, map: LinkMap) -> Part {
        let verdicts = map.verdicts();
        let unusable = verdicts.iter().flatten().count();
        let words: Vec<String> = self.wanted.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let holds = |pair: &Pair| {
            let text = format!("{} {}", pair.internal, pair.external).to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let mut fitting: Vec<(Pair, Option<Refusal>)> = map.links.into_iter().zip(verdicts).collect();
        fitting.retain(|(pair, refusal)| holds(pair) && (refusal.is_some() || !self.only_unusable));
        fitting.sort_by(|(one, _), (other, _)| one.internal.cmp(&other.internal));
        let pages = fitting.len().div_ceil(PAGE).max(1);
        let page = self.page.clamp(1, pages);
        let count = fitting.len();
        Part { entries: fitting.into_iter().skip((page - 1) * PAGE).take(PAGE).collect(), fitting: count, unusable, page, pages }
    }
}
