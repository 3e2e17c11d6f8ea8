//! The sites that apps are signed in to at, and where the browser gives access to them.

use crate::distinct::distinct;
use crate::effect::Effect;
use crate::state::State;

/// One site with a sign-on page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The match pattern that access is given by.
    pub pattern: String,
    /// As people read it: the host, and the scheme where it is not the usual one.
    pub name: String,
    /// The apps that sign in there, by name.
    pub apps: Vec<String>,
    /// Whether the browser gives access.
    pub is_on: bool,
    /// Whether access comes from a permission for all sites, which can only be taken back as a whole.
    pub is_everywhere: bool,
}

/// The sites of the person's password apps, by name.
pub fn sites(state: &State) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    let catalogue = &state.memory.catalogue;
    for pattern in catalogue.host_patterns() {
        let is_on = state.granted.covers(&pattern);
        let is_everywhere = is_on && !state.granted.names(&pattern);
        let name = pattern.strip_suffix("/*").unwrap_or(&pattern);
        let name = name.strip_prefix("https://").unwrap_or(name).to_owned();
        sites.push(Site { pattern, name, apps: Vec::new(), is_on, is_everywhere });
    }
    for app in &catalogue.apps {
        for pattern in distinct(app.host_patterns()) {
            let place = sites.binary_search_by(|site| site.pattern.cmp(&pattern));
            if let Some(site) = place.ok().and_then(|place| sites.get_mut(place)) {
                site.apps.push(app.name.clone());
            }
        }
    }
    sites.sort_by(|one, other| one.name.cmp(&other.name));
    sites
}

/// How many password apps sign in by themselves wherever they are signed in to, and how many could.
pub fn automatic(state: &State) -> (usize, usize) {
    let mut counts = (0, 0);
    for app in state.memory.catalogue.password_apps() {
        let patterns = app.host_patterns();
        if !patterns.is_empty() {
            counts.0 += usize::from(patterns.iter().all(|pattern| state.granted.covers(pattern)));
            counts.1 += 1;
        }
    }
    counts
}

/// For how many more of them it can be turned on, unless nobody wants to hear of it.
pub(crate) fn offer(state: &State) -> Option<usize> {
    let missing = state.missing_hosts();
    let declined = missing.iter().all(|pattern| state.memory.settings.declined_hosts.binary_search(pattern).is_ok());
    let (on, all) = automatic(state);
    (!missing.is_empty() && !declined).then(|| all.saturating_sub(on))
}

/// Asks the browser to give access to one site or to take it back.
pub fn switch(pattern: String, on: bool, effects: &mut Vec<Effect>) {
    let patterns = vec![pattern];
    effects.push(if on { Effect::RequestHostAccess { patterns } } else { Effect::GiveUpHostAccess { patterns } });
}

/// Takes back access to all sites; also to those of apps that are not there any more, but not to what is an internal address alone.
pub fn turn_all_off(state: &mut State, effects: &mut Vec<Effect>) {
    let own = state.memory.catalogue.host_patterns();
    let mut patterns = state.granted.patterns().to_vec();
    if let Some(options) = state.options() {
        let is_in = |list: &[String], pattern: &String| list.binary_search(pattern).is_ok();
        patterns.retain(|pattern| is_in(&own, pattern) || !is_in(&options.internal, pattern));
    }
    // The offer in the menu has been answered with this.
    state.memory.settings.declined_hosts = own;
    effects.push(Effect::GiveUpHostAccess { patterns });
}
