//! Addresses inside the company's network and where each is reached from outside: a map that the portal keeps, or the policy.
//! The browser leads from the one to the other by rules of its own; of a page that is opened, not a byte is seen here.
//!
//! What is decided, step by step: what an entry means and whether it may count ([`Link`]), which of all entries hold together
//! ([`Map`]), which of those are in force now ([`status`]), and what the browser is told ([`rule`]).

mod document;
mod keeper;
mod link;
mod map;
mod network;
mod report;
pub mod rule;
pub mod status;

pub use document::{Off, Tag, account, answered, due, is_due};
pub use keeper::Keeper;
pub use link::{LONGEST_PATH, Link, Refusal};
pub(crate) use map::is_proof;
pub use map::{Entry, MOST_LINKS, MOST_PATTERNS, Map, POLICY, Source};
pub use network::Network;
pub use report::{report, rules};
