//! Where memory is kept, under which keys, and how what is found there becomes memory one can trust.
//!
//! Every value is a JSON text, so that reading, damage and versions can all be tried natively. `storage.local` survives the
//! browser; `storage.session` lives in memory only and holds the token. A value that cannot be read counts as absent; what a
//! newer version wrote is set aside under `newer_version` and never overwritten.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::Millis;
use crate::catalogue::Catalogue;
use crate::json;
use crate::memory::{CatalogueTag, KnownAccount, Memory, PendingNotice, SCHEMA, Session, Settings};
use crate::provider::discovery::Discovery;
use crate::recent::Recent;
use crate::secret::Secret;

/// The two storage areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Area {
    /// Survives the browser.
    Local,
    /// Ends with the browser.
    Session,
}

impl Area {
    /// The browser's name for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Area::Local => "local",
            Area::Session => "session",
        }
    }
}

/// The large key: the list of apps, as the portal sent it.
pub const CATALOGUE: &str = "catalogue";

/// Small keys, read before every event.
pub const KEYS: [(Area, &str); 10] = [
    (Area::Local, "settings"),
    (Area::Local, "account"),
    (Area::Local, "catalogue_tag"),
    (Area::Local, "recent"),
    (Area::Session, "session"),
    (Area::Session, "sign_in"),
    (Area::Session, "launches"),
    (Area::Session, "filled"),
    (Area::Session, "notice"),
    (Area::Session, "epoch"),
];

/// The values of the small keys that exist.
pub type Values = BTreeMap<&'static str, String>;

#[derive(Serialize, Deserialize)]
struct StoredRecent {
    account: String,
    apps: Recent,
}

#[derive(Serialize, Deserialize)]
struct StoredSession {
    access_token: String,
    expires_at: Millis,
    discovery: Discovery,
}

#[derive(Deserialize)]
struct Version {
    schema: u32,
}

/// Whether a newer version of the extension wrote these.
pub fn is_from_newer_version(values: &Values) -> bool {
    read::<Version>(values, "settings").is_some_and(|version| version.schema > SCHEMA)
}

/// Puts the pieces together and leaves out what does not belong together: another portal's account, another account's apps,
/// and everything a newer version wrote. The list of apps is still to be loaded if [`Memory::catalogue_tag`] names one.
pub fn load(values: &Values) -> Memory {
    if is_from_newer_version(values) {
        return Memory { notice: Some(PendingNotice::NewerVersion), ..Memory::default() };
    }
    let settings: Settings = read(values, "settings").unwrap_or_default();
    let account = read(values, "account").filter(|known: &KnownAccount| known.portal == settings.portal);
    let id = account.as_ref().map(|known| known.account.id.as_str());
    let catalogue_tag = read(values, "catalogue_tag").filter(|tag: &CatalogueTag| id == Some(&tag.account)).unwrap_or_default();
    let recent = read(values, "recent").filter(|recent: &StoredRecent| id == Some(&recent.account)).map(|recent| recent.apps);
    let session = read(values, "session")
        .filter(|session: &StoredSession| account.is_some() && session.discovery.issuer() == settings.portal.as_str())
        .map(|stored| Session { access_token: Secret::new(stored.access_token), expires_at: stored.expires_at, discovery: stored.discovery });
    Memory {
        catalogue: Rc::default(),
        catalogue_tag,
        fresh_catalogue: None,
        recent: recent.unwrap_or_default(),
        session,
        sign_in: read(values, "sign_in").unwrap_or_default(),
        launches: read(values, "launches").unwrap_or_default(),
        filled: read(values, "filled").unwrap_or_default(),
        notice: read(values, "notice"),
        epoch: read(values, "epoch").unwrap_or_default(),
        settings,
        account,
    }
}

/// Gives memory the list of apps that its tag names; a list that cannot be read counts as absent and is asked for again.
pub fn attach_catalogue(memory: &mut Memory, catalogue: Option<Rc<Catalogue>>) {
    match catalogue {
        Some(catalogue) => memory.catalogue = catalogue,
        None => memory.catalogue_tag = CatalogueTag::default(),
    }
}

/// The values of the small keys; a key that is missing is to be removed.
pub fn save(memory: &Memory) -> Values {
    let mut values = Values::new();
    let account = memory.account.as_ref();
    write(&mut values, "settings", Some(&memory.settings).filter(|settings| **settings != Settings::default()));
    write(&mut values, "account", account);
    write(&mut values, "catalogue_tag", Some(&memory.catalogue_tag).filter(|tag| !tag.stamp.is_empty()));
    let recent = account.map(|known| StoredRecent { account: known.account.id.clone(), apps: memory.recent.clone() });
    write(&mut values, "recent", recent.filter(|recent| !recent.apps.ids().is_empty()).as_ref());
    let session = memory.session.as_ref().map(|session| StoredSession {
        access_token: session.access_token.reveal().to_owned(),
        expires_at: session.expires_at,
        discovery: session.discovery.clone(),
    });
    write(&mut values, "session", session.as_ref());
    write(&mut values, "sign_in", Some(&memory.sign_in).filter(|sign_in| !matches!(sign_in, crate::sign_in::SignIn::Idle)));
    write(&mut values, "launches", Some(&memory.launches).filter(|launches| **launches != Default::default()));
    write(&mut values, "filled", Some(&memory.filled).filter(|filled| **filled != Default::default()));
    write(&mut values, "notice", memory.notice.as_ref());
    write(&mut values, "epoch", Some(&memory.epoch).filter(|epoch| **epoch != 0));
    values
}

fn read<T: DeserializeOwned>(values: &Values, key: &str) -> Option<T> {
    json::read(values.get(key)?)
}

fn write<T: Serialize>(values: &mut Values, key: &'static str, value: Option<&T>) {
    if let Some(value) = value {
        values.insert(key, json::write(value));
    }
}
