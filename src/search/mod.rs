//! What was typed → the apps that are meant, best first; and which letters of a name to mark.
//!
//! An [`Index`] is made once for a list of apps and asked at every keystroke. [`matching`] says how well a name fits; `index`
//! what is compared at all, and in which order it is told. It knows no clock: how often and how lately an app was used is a
//! number given from outside ([`crate::frecency`]). In the extension it is a module of its own, behind a [`Finder`], and what
//! is said to it and answered stands in [`crate::finding`].

mod beginnings;
mod best;
mod columns;
mod elsewhere;
mod finder;
mod fold;
mod grapheme;
mod highlight;
mod index;
mod keyboard;
mod matching;
mod query;
mod set;

pub use finder::Finder;
pub(crate) use grapheme::first;
pub use highlight::{Highlighter, Marks};
pub use index::{Found, Index};

/// What is known of an app, and may be searched for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Searched<'a> {
    /// The name that is shown.
    pub name: &'a str,
    /// Another name that is as good: the portal's, where the person gave it one of their own.
    pub alias: &'a str,
    /// Other words for it.
    pub keywords: &'a [&'a str],
    /// The address it is launched with; its host is searched.
    pub address: &'a str,
    /// What it is.
    pub description: &'a str,
}
