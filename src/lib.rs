//! Secure sign-in for a company's app portal: the core of the browser extension.
//!
//! Everything that decides is here, pure and native: [`update`] takes the state and an event and returns the state and what
//! is to be done. The crate in `shell/`, compiled for Wasm only, turns the browser's callbacks into events and effects into
//! the browser's calls. ARCHITECTURE.md draws the map and names the test that holds each invariant.

pub mod address;
pub mod button;
pub mod catalogue;
pub mod decimal;
pub mod desk;
pub mod diagnostics;
pub mod distinct;
pub mod effect;
pub mod event;
pub mod favourites;
pub mod fill;
pub mod fill_log;
pub mod find;
pub mod finding;
pub mod form;
pub mod frecency;
pub mod glimpse;
pub mod host_access;
pub mod icons;
pub mod json;
pub mod launch;
pub mod letter;
pub mod links;
pub mod listing;
pub mod memory;
pub mod menu;
pub mod names;
pub mod notice;
pub mod omnibox;
pub mod opening;
pub mod options;
pub mod outside;
pub(crate) mod plain_text;
pub mod policy;
pub mod popup;
pub mod portal_choice;
pub mod portal_url;
pub mod provider;
pub mod query;
pub mod recent;
pub mod refresh;
pub mod row;
pub mod search;
pub mod secret;
pub mod sent;
pub(crate) mod session;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod sign_on;
pub mod sign_out;
pub mod sites;
pub mod state;
pub mod storage;
pub mod teach;
pub mod text;
pub(crate) mod turn;
pub mod update;
pub mod worker;

/// Milliseconds since 1970, as the browser's clock tells them. Always given from outside.
pub type Millis = u64;

/// Whether what was to last until that moment lasts still. It never lasts for longer than `longest`: a moment that is further away
/// means that the clock was set back since.
pub(crate) fn lasts(until: Millis, longest: Millis, now: Millis) -> bool {
    now < until && until <= now.saturating_add(longest)
}
