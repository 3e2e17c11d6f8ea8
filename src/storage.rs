//! Where memory is kept, under which keys, and how what is found there becomes memory one can trust.
//!
//! Every value is a JSON text, so that reading, damage and versions can all be tried natively. `storage.local` survives the
//! browser; `storage.session` lives in memory only and holds the token. A value that cannot be read counts as absent; what a
//! newer version wrote is set aside under `newer_version` and never overwritten.

use std::rc::Rc;

use crate::catalogue::Catalogue;
use crate::decimal::decimal;
use crate::json::{self, Fields, Object, Read, Value};
use crate::launch::Launches;
use crate::memory::{CatalogueTag, Filled, KnownAccount, Memory, PendingNotice, SCHEMA, Session, Settings};
use crate::recent::Recent;
use crate::secret::Secret;
use crate::sent::Recently;
use crate::sign_in::SignIn;

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

/// The key of [`crate::glimpse`], whose value is understood only where it is shown.
const GLIMPSE: &str = "glimpse";

/// Small keys, read before every event.
pub const KEYS: [(Area, &str); 12] = [
    (Area::Local, "settings"),
    (Area::Local, "account"),
    (Area::Local, "catalogue_tag"),
    (Area::Local, "recent"),
    (Area::Local, GLIMPSE),
    (Area::Session, "session"),
    (Area::Session, "sign_in"),
    (Area::Session, "launches"),
    (Area::Session, "filled"),
    (Area::Session, "sent"),
    (Area::Session, "notice"),
    (Area::Session, "epoch"),
];

/// The values of the small keys that exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values(Vec<(&'static str, String)>);

impl Values {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str())
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(_, value)| value)
    }

    /// Gives a key its value; it has none before.
    pub fn add(&mut self, key: &'static str, value: String) {
        self.0.push((key, value));
    }
}

#[derive(Default)]
struct StoredRecent {
    account: String,
    apps: Recent,
}

impl Read for StoredRecent {
    fn read(value: &Value) -> Option<StoredRecent> {
        let mut fields = Fields::of(value);
        let recent = StoredRecent { account: fields.text("account"), apps: fields.required("apps") };
        fields.done(recent)
    }
}

impl Read for Session {
    fn read(value: &Value) -> Option<Session> {
        let mut fields = Fields::of(value);
        let session = Session {
            access_token: Secret::new(fields.text("access_token")),
            expires_at: fields.number("expires_at"),
            discovery: fields.required("discovery"),
            not_before: fields.number_or("not_before", 0),
        };
        fields.done(session)
    }
}

/// Whether a newer version of the extension wrote these.
pub fn is_from_newer_version(values: &Values) -> bool {
    values.get("settings").and_then(json::parse).as_ref().is_some_and(is_newer)
}

fn is_newer(settings: &Value) -> bool {
    matches!(settings.get("schema"), Some(Value::Number(Some(schema))) if *schema > i64::from(SCHEMA))
}

/// Puts the pieces together and leaves out what does not belong together: another portal's account, another account's apps,
/// and everything a newer version wrote. The list of apps is still to be loaded if [`Memory::catalogue_tag`] names one.
pub fn load(values: &Values) -> Memory {
    let glimpse = values.get(GLIMPSE).map(str::to_owned);
    let values =
        values.0.iter().filter(|(key, _)| *key != GLIMPSE).filter_map(|(key, value)| Some(((*key).to_owned(), json::parse(value)?)));
    let values = &Value::Object(values.collect());
    if values.get("settings").is_some_and(is_newer) {
        return Memory { notice: Some(PendingNotice::NewerVersion), ..Memory::default() };
    }
    let settings: Settings = read(values, "settings").unwrap_or_default();
    let account = read(values, "account").filter(|known: &KnownAccount| known.portal == settings.portal);
    let id = account.as_ref().map(|known| known.account.id.as_str());
    let catalogue_tag = read(values, "catalogue_tag").filter(|tag: &CatalogueTag| id == Some(&tag.account)).unwrap_or_default();
    let recent = read(values, "recent").filter(|recent: &StoredRecent| id == Some(&recent.account)).map(|recent| recent.apps);
    let session =
        read(values, "session").filter(|session: &Session| account.is_some() && session.discovery.issuer() == settings.portal.as_str());
    Memory {
        catalogue: Rc::default(),
        glimpse: glimpse.filter(|_| !catalogue_tag.stamp.is_empty()),
        catalogue_tag,
        fresh_catalogue: None,
        recent: recent.unwrap_or_default(),
        session,
        sign_in: read(values, "sign_in").filter(|sign_in: &SignIn| sign_in.is_at(&settings.portal)).unwrap_or_default(),
        launches: read(values, "launches").filter(|_| account.is_some()).unwrap_or_default(),
        filled: read(values, "filled").unwrap_or_default(),
        sent: read(values, "sent").filter(|_| account.is_some()).unwrap_or_default(),
        notice: read(values, "notice"),
        epoch: Fields::of(values).number("epoch"),
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
    let mut values = Values::default();
    let mut keep = |key, worth_it: bool, value: &dyn Fn() -> String| {
        if worth_it {
            values.add(key, value());
        }
    };
    keep("settings", memory.settings != Settings::default(), &|| memory.settings.write());
    if let Some(known) = &memory.account {
        keep("account", true, &|| known.write());
        let recent = || Object::default().text("account", &known.account.id).json("apps", &memory.recent.write()).done();
        keep("recent", !memory.recent.ids().is_empty(), &recent);
    }
    keep("catalogue_tag", !memory.catalogue_tag.stamp.is_empty(), &|| memory.catalogue_tag.write());
    if let Some(session) = &memory.session {
        let session = || {
            Object::default()
                .text("access_token", session.access_token.reveal())
                .moment("expires_at", session.expires_at)
                .json("discovery", &session.discovery.write())
                .moment("not_before", session.not_before)
                .done()
        };
        keep("session", true, &session);
    }
    keep("sign_in", !matches!(memory.sign_in, SignIn::Idle), &|| memory.sign_in.write());
    keep("launches", memory.launches != Launches::default(), &|| memory.launches.write());
    keep("filled", memory.filled != Filled::default(), &|| memory.filled.write());
    keep("sent", memory.sent != Recently::default(), &|| memory.sent.write());
    if let Some(notice) = &memory.notice {
        keep("notice", true, &|| notice.write());
    }
    keep("epoch", memory.epoch != 0, &|| decimal(memory.epoch.into()));
    if let Some(glimpse) = &memory.glimpse {
        values.add(GLIMPSE, glimpse.clone());
    }
    values
}

fn read<T: Read>(values: &Value, key: &str) -> Option<T> {
    T::read(values.get(key)?)
}
