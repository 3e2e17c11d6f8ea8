//! Offering the extension to a browser from which it has not signed in yet.
//!
//! No page can see the extension: nothing of it is web-accessible. But its sign-in goes through the portal, with this
//! browser's cookies, and leaves one behind; that is what is looked at here.

use axum::http::{HeaderMap, header};

use super::cookies;
use crate::settings::Stores;

/// A store and the browser it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offer {
    /// As people call it.
    pub(crate) browser: &'static str,
    /// The extension's page in its store.
    pub(crate) address: String,
}

/// What to offer; nothing when the extension has been here, when the browser is none of the three it is made for (Chrome,
/// Edge and Firefox on a computer), or when the operator named no store for it.
pub(crate) fn offer(stores: &Stores, headers: &HeaderMap) -> Option<Offer> {
    if cookies::extension_seen(headers) {
        return None;
    }
    let agent = headers.get(header::USER_AGENT)?.to_str().ok()?;
    let (browser, address) = match browser(agent)? {
        Browser::Chrome => ("Chrome", &stores.chrome),
        Browser::Edge => ("Edge", &stores.edge),
        Browser::Firefox => ("Firefox", &stores.firefox),
    };
    Some(Offer { browser, address: address.clone()? })
}

#[derive(Debug, Clone, Copy)]
enum Browser {
    Chrome,
    Edge,
    Firefox,
}

/// Words of browsers that call themselves Chrome or Firefox, too, but can't have the extension: other makers', and all on
/// telephones.
const OTHERS: [&str; 12] =
    ["Mobile", "Android", "iPhone", "iPad", "Tablet", "OPR/", "Vivaldi/", "YaBrowser/", "Seamonkey/", "Electron/", "bot", "Bot"];

fn browser(agent: &str) -> Option<Browser> {
    if OTHERS.iter().any(|word| agent.contains(word)) {
        return None;
    }
    // Edge calls itself Chrome as well, so it comes first.
    let known = [("Edg/", Browser::Edge), ("Firefox/", Browser::Firefox), ("Chrome/", Browser::Chrome)];
    known.into_iter().find_map(|(word, browser)| agent.contains(word).then_some(browser))
}
