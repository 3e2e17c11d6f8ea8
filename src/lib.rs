//! Secure sign-in for a company's app portal: the core of the browser extension.
//!
//! Everything that decides is here, pure and native: [`update`] takes the state and an event and returns the state and what
//! is to be done. The crate in `shell/`, compiled for Wasm only, turns the browser's callbacks into events and effects into
//! the browser's calls. ARCHITECTURE.md draws the map and names the test that holds each invariant.

// In reading order: what an address is; what a portal offers; who is signed in; how a page is filled; what is shown.
pub mod json;
pub mod distinct;
pub mod letter;
pub mod find;
pub mod query;
pub mod address;
pub mod decimal;
pub mod sign_on;
pub mod portal_url;
pub mod secret;
pub mod provider;
pub mod catalogue;
pub mod search;
pub mod recent;
pub mod launch;
pub mod memory;
pub mod storage;
pub mod sign_in;
pub mod form;
pub mod fill;
pub mod text;
pub mod menu;
pub mod popup;
pub mod options;
pub mod state;
pub mod event;
pub mod effect;
pub mod update;

/// Milliseconds since 1970, as the browser's clock tells them. Always given from outside.
pub type Millis = u64;
