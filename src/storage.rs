//! Where memory is kept, under which keys, and how what is found there becomes memory one can trust.
//!
//! Every value is a JSON text, so that reading, damage and versions can all be tried natively. `storage.local` survives the
//! browser; `storage.session` lives in memory only and holds the token. A value that cannot be read counts as absent; what a
//! newer version wrote is set aside under `newer_version` and never overwritten.

use std::rc::Rc;

use crate::catalogue::Catalogue;
use crate::decimal::decimal;
use crate::frecency::Frecency;
use crate::json::{self, Fields, Object, Read, Value};
use crate::launch::Launches;
use crate::memory::{CatalogueTag, Filled, Memory, PendingNotice, SCHEMA, Session, Settings};
use crate::policy::Fixed;
use crate::portal_url::PortalUrl;
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

/// Under this name the company's policy comes with the small keys, as one JSON text; it is in no area of ours.
pub const POLICY: &str = "policy";

/// The large key: the list of apps, as the portal sent it.
pub const CATALOGUE: &str = "catalogue";

/// Another one: their icons, as [`crate::icons`] keeps them.
pub const ICONS: &str = "icons";

/// The key of [`crate::glimpse`], whose value is understood only where it is shown. It ends with the browser, as what it shows does.
const GLIMPSE: &str = "glimpse";

/// The key of a form that is being taught; only whose it is is understood here.
const DRAFT: &str = "draft";

/// Small keys, read before every event.
pub const KEYS: [(Area, &str); 19] = [
    (Area::Local, "settings"),
    (Area::Local, "account"),
    (Area::Local, "catalogue_tag"),
    (Area::Local, "favourites"),
    (Area::Local, "names"),
    (Area::Local, "recent"),
    (Area::Local, "fill_log"),
    (Area::Local, "frecency"),
    (Area::Session, "session"),
    (Area::Session, "vault"),
    (Area::Session, "sign_in"),
    (Area::Session, "launches"),
    (Area::Session, "filled"),
    (Area::Session, "sent"),
    (Area::Session, GLIMPSE),
    (Area::Session, DRAFT),
    (Area::Session, "notice"),
    (Area::Session, "epoch"),
    (Area::Session, "shown"),
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

/// What is one account's.
#[derive(Default)]
struct Owned<T> {
    account: String,
    apps: T,
}

impl<T: Read> Read for Owned<T> {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("account", &mut self.account);
        fields.required("apps", &mut self.apps);
        fields.are_read()
    }
}

impl Read for Session {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("access_token", &mut self.access_token);
        fields.required("expires_at", &mut self.expires_at);
        fields.required("discovery", &mut self.discovery);
        fields.if_any("not_before", &mut self.not_before);
        fields.if_any("fresh_until", &mut self.fresh_until);
        fields.are_read()
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
    let draft = values.get(DRAFT).map(str::to_owned);
    let values =
        values.0.iter().filter(|(key, _)| *key != GLIMPSE).filter_map(|(key, value)| Some(((*key).to_owned(), json::parse(value)?)));
    let values = &Value::Object(values.collect());
    let mut memory = Memory::default();
    if values.get("settings").is_some_and(is_newer) {
        memory.notice = Some(PendingNotice::NewerVersion);
        return memory;
    }
    read(values, "settings", &mut memory.settings);
    read(values, POLICY, &mut memory.policy);
    memory.chosen = memory.policy.fixed.replace(&mut memory.settings);
    let is_known =
        |sign_in: &SignIn| sign_in.is_at(&memory.settings.portal) || memory.policy.vault.as_ref().is_some_and(|vault| sign_in.is_at(vault));
    memory.sign_in = values.get("sign_in").and_then(SignIn::read).filter(is_known).unwrap_or_default();
    read(values, "filled", &mut memory.filled);
    memory.notice = values.get("notice").and_then(PendingNotice::read);
    read(values, "epoch", &mut memory.epoch);
    read(values, "shown", &mut memory.shown);
    read(values, "account", &mut memory.account);
    memory.account.take_if(|known| known.portal != memory.settings.portal);
    let Some(known) = &memory.account else { return memory };
    let id = known.account.id.as_str();
    read(values, "catalogue_tag", &mut memory.catalogue_tag);
    if memory.catalogue_tag.account != id {
        memory.catalogue_tag = CatalogueTag::default();
    }
    read_own(values, "favourites", id, &mut memory.favourites);
    read_own(values, "names", id, &mut memory.names);
    read_own(values, "recent", id, &mut memory.recent);
    read_own(values, "fill_log", id, &mut memory.fill_log);
    memory.fill_log.retain(&memory.policy);
    read_own(values, "frecency", id, &mut memory.frecency);
    // The browser may have refused to store who it is now, and taken the token all the same.
    let owner = |key| values.get(key).and_then(|document| document.get("account")).and_then(Value::as_text);
    read(values, "session", &mut memory.session);
    let portal = memory.settings.portal.as_str();
    memory.session.take_if(|session| owner("session") != Some(id) || session.discovery.issuer() != portal);
    read(values, "vault", &mut memory.vault);
    let vault = memory.policy.vault.as_ref().map(PortalUrl::as_str);
    memory.vault.take_if(|session| owner("vault") != Some(id) || Some(session.discovery.issuer()) != vault);
    read(values, "launches", &mut memory.launches);
    read(values, "sent", &mut memory.sent);
    memory.draft = draft.filter(|_| owner(DRAFT) == Some(id));
    memory
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
    let settings = memory.settings.write(&memory.chosen);
    // Its schema tells an older version what all the others are, too.
    let is_marked = memory.account.is_some() || settings != Settings::default().write(&Fixed::default());
    keep("settings", is_marked, &|| settings.clone());
    if let Some(known) = &memory.account {
        keep("account", true, &|| known.write());
        let own = |apps: String| Object::default().text("account", &known.account.id).json("apps", &apps).done();
        keep("favourites", !memory.favourites.ids().is_empty(), &|| own(memory.favourites.write()));
        keep("names", !memory.names.is_empty(), &|| own(memory.names.write()));
        keep("recent", !memory.recent.ids().is_empty(), &|| own(memory.recent.write()));
        keep("fill_log", !memory.fill_log.is_empty(), &|| own(memory.fill_log.write()));
        keep("frecency", memory.frecency != Frecency::default(), &|| own(memory.frecency.write()));
        for (key, session) in [("session", &memory.session), ("vault", &memory.vault)] {
            if let Some(session) = session {
                keep(key, true, &|| write_session(session, &known.account.id));
            }
        }
    }
    keep("catalogue_tag", !memory.catalogue_tag.stamp.is_empty(), &|| memory.catalogue_tag.write());
    keep("sign_in", !matches!(memory.sign_in, SignIn::Idle), &|| memory.sign_in.write());
    keep("launches", memory.launches != Launches::default(), &|| memory.launches.write());
    keep("filled", memory.filled != Filled::default(), &|| memory.filled.write());
    keep("sent", memory.sent != Recently::default(), &|| memory.sent.write());
    if let Some(draft) = &memory.draft {
        keep(DRAFT, true, &|| draft.clone());
    }
    if let Some(notice) = &memory.notice {
        keep("notice", true, &|| notice.write());
    }
    keep("epoch", memory.epoch != 0, &|| decimal(memory.epoch.into()));
    keep("shown", !memory.shown.is_empty(), &|| json::quoted(&memory.shown));
    if let Some(glimpse) = &memory.glimpse {
        values.add(GLIMPSE, glimpse.clone());
    }
    values
}

fn write_session(session: &Session, account: &str) -> String {
    Object::default()
        .text("account", account)
        .text("access_token", session.access_token.reveal())
        .moment("expires_at", session.expires_at)
        .json("discovery", &session.discovery.write())
        .moment("not_before", session.not_before)
        .moment("fresh_until", session.fresh_until)
        .done()
}

/// Reads what belongs to this account, and nobody else's.
fn read_own<T: Read + Default>(values: &Value, key: &str, account: &str, place: &mut T) {
    let mut own = Owned::default();
    read(values, key, &mut own);
    if own.account == account {
        *place = own.apps;
    }
}

/// What cannot be read counts as absent.
fn read<T: Read + Default>(values: &Value, key: &str, place: &mut T) {
    if values.get(key).is_some_and(|value| !place.read(value)) {
        *place = T::default();
    }
}
