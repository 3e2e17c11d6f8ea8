//! What is remembered, and what forgetting means. Where it is kept is the business of [`crate::storage`].
//!
//! No credential of an app is ever part of it.

use std::rc::Rc;

use crate::Millis;
use crate::catalogue::{Catalogue, Reading};
use crate::decimal::decimal;
use crate::effect::Purpose;
use crate::favourites::Favourites;
use crate::fill_log::FillLog;
use crate::frecency::Frecency;
use crate::json::{self, Fields, Object, Read, Value};
use crate::lasts;
use crate::launch::Launches;
use crate::names::Names;
use crate::policy::{Fixed, Policy};
use crate::portal_url::{DEFAULT_PORTAL, PortalUrl};
use crate::provider::api::Account;
use crate::provider::discovery::Discovery;
use crate::provider::entra::Registration;
use crate::provider::protocol::Protocol;
use crate::provider::{Answer, Exchange, MOST_PATIENCE, PortalError};
use crate::recent::{Recent, put_first};
use crate::secret::Secret;
use crate::sent::Recently;
use crate::sign_in::SignIn;

pub use crate::settings::{SCHEMA, Settings};

/// How many documents are remembered as filled; the oldest are forgotten.
const FILLED_DOCUMENTS: usize = 50;

/// Who is or was signed in. Key `account`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownAccount {
    /// The portal that knows this person.
    pub portal: PortalUrl,
    /// What the portal calls itself.
    pub product_name: String,
    /// The person.
    pub account: Account,
}

/// The access to the portal. Key `session` of `storage.session`.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The token.
    pub access_token: Secret,
    /// When it ends.
    pub expires_at: Millis,
    /// Where the portal's calls are.
    pub discovery: Discovery,
    /// Until when the portal asked to be left alone.
    pub not_before: Millis,
    /// Until when a list of apps need not be asked for again, where asking is dear.
    pub fresh_until: Millis,
}

impl Session {
    /// Whether the portal wants to be left alone.
    pub fn is_patient(&self, now: Millis) -> bool {
        lasts(self.not_before, MOST_PATIENCE * 1000, now)
    }

    /// Leaves it alone for as long as it asks for.
    pub fn be_patient(&mut self, now: Millis, exchange: &Exchange) {
        if let Ok(Some(seconds)) = exchange.as_ref().map(Answer::patience) {
            self.not_before = now.saturating_add(seconds * 1000);
        }
    }
}

/// Documents that hold our fill already, newest first. Key `filled` of `storage.session`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled(Vec<String>);

impl Filled {
    /// Remembers a document.
    pub fn add(&mut self, document: &str) {
        put_first(&mut self.0, document, FILLED_DOCUMENTS);
    }

    /// Nothing was left in the document.
    pub fn forget(&mut self, document: &str) {
        self.0.retain(|other| other != document);
    }

    /// Whether the document was filled.
    pub fn contains(&self, document: &str) -> bool {
        self.0.iter().any(|other| other == document)
    }
}

/// What was decided where nobody could see it, for the next popup to say. Key `notice` of `storage.session`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PendingNotice {
    /// A portal was chosen from the icon's menu and could not be used.
    PortalProblem {
        /// The one that was chosen.
        portal: PortalUrl,
        /// What was wrong.
        error: PortalError,
    },
    /// Everything was set up by a newer version.
    NewerVersion,
    /// The browser's storage took no more.
    NotStored,
    /// The browser's storage could not be read. Never written: it holds until something is read again.
    NotRead,
    /// An app's form was taught; the app's name.
    FormSaved(String),
    /// Signed out here, but the portal could not be told.
    SignedOutHereOnly {
        /// The portal.
        portal: PortalUrl,
    },
}

/// Everything that is remembered.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// What the person set, and the company fixed.
    pub settings: Settings,
    /// What the company decided; read with the rest, never written.
    pub policy: Policy,
    /// What the person had set of what the administrators fixed since.
    pub chosen: Fixed,
    /// Who is or was signed in.
    pub account: Option<KnownAccount>,
    /// Their apps.
    pub catalogue: Rc<Catalogue>,
    /// Which list that is.
    pub catalogue_tag: CatalogueTag,
    /// The document behind `catalogue`, if it has just arrived and is not stored yet.
    pub fresh_catalogue: Option<String>,
    /// The apps' icons, if they have just arrived and are not stored yet. Nobody but the popup's page reads them.
    pub fresh_icons: Option<String>,
    /// Apps kept at the top.
    pub favourites: Favourites,
    /// The person's own names for apps, which the list of apps is read with.
    pub names: Names,
    /// Apps used last.
    pub recent: Recent,
    /// What became of the last fills.
    pub fill_log: FillLog,
    /// How much each app is used.
    pub frecency: Frecency,
    /// Access to the portal.
    pub session: Option<Session>,
    /// Access to the companion portal that keeps the passwords, where the portal itself gives none.
    pub vault: Option<Session>,
    /// A sign-in under way, or how the last one failed.
    pub sign_in: SignIn,
    /// Launches waiting for their page.
    pub launches: Launches,
    /// Documents filled already.
    pub filled: Filled,
    /// Passwords sent a moment ago.
    pub sent: Recently,
    /// The form that an administrator is teaching, as JSON; see [`crate::teach::Draft`].
    pub draft: Option<String>,
    /// To be said by the next popup.
    pub notice: Option<PendingNotice>,
    /// What the browser shows for us, as [`crate::outside::key`]; empty if that is not known.
    pub shown: String,
    /// What the next popup shows first; see [`crate::glimpse`].
    pub glimpse: Option<String>,
    /// Counts sign-ins, sign-outs and changes of portal: an answer from an earlier epoch is dropped.
    pub epoch: u32,
}

/// Which list of apps is in hand. Key `catalogue_tag`; the list itself, as the portal sent it, is the key `catalogue`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogueTag {
    /// Whose list; the account's id.
    pub account: String,
    /// Changes with every list, so that a reader knows without loading it; empty when there is no list.
    pub stamp: String,
    /// To ask the portal for changes only.
    pub etag: Option<String>,
    /// When the portal said last that this is the list, to within [`CONFIRMED_FOR`](crate::refresh::CONFIRMED_FOR).
    pub confirmed: Millis,
}

impl Memory {
    /// Where the person stands.
    pub fn standing(&self, now: Millis) -> Standing<'_> {
        match (&self.account, &self.session) {
            (Some(known), Some(session)) if now < session.expires_at => Standing::SignedIn(known, session),
            (Some(known), _) => Standing::Expired(known),
            (None, _) => Standing::SignedOut,
        }
    }

    /// Whether somebody is signed in who may teach forms.
    pub fn is_administrator(&self, now: Millis) -> bool {
        matches!(self.standing(now), Standing::SignedIn(known, _) if known.account.administrator)
    }

    /// A new list arrived, as the document `body`.
    pub fn set_catalogue(&mut self, catalogue: Rc<Catalogue>, etag: Option<String>, body: String, now: Millis) {
        let Some(known) = &self.account else { return };
        self.catalogue = catalogue;
        self.catalogue_tag = CatalogueTag { account: known.account.id.clone(), stamp: decimal(now), etag, confirmed: now };
        self.fresh_catalogue = Some(body);
    }

    /// Leaves the portal alone that was asked, for as long as it wants to be.
    pub fn be_patient(&mut self, now: Millis, exchange: &Exchange, purpose: &Purpose) {
        let session = match purpose {
            Purpose::Credential { .. } | Purpose::Report => self.password_session_mut(),
            Purpose::Apps | Purpose::Icons | Purpose::SaveForm => &mut self.session,
            // In a sign-in there is no session with that portal yet.
            _ => return,
        };
        if let Some(session) = session {
            session.be_patient(now, exchange);
        }
    }

    fn keeps_passwords(&self) -> bool {
        Protocol::of(&self.settings.portal).keeps_passwords()
    }

    /// Access to the portal that keeps the passwords: the one in use, or its companion.
    pub fn password_session(&self) -> Option<&Session> {
        if self.keeps_passwords() { self.session.as_ref() } else { self.vault.as_ref() }
    }

    fn password_session_mut(&mut self) -> &mut Option<Session> {
        if self.keeps_passwords() { &mut self.session } else { &mut self.vault }
    }

    /// Its token is of no use any more.
    pub fn end_password_session(&mut self) {
        *self.password_session_mut() = None;
    }

    /// The companion portal, if there is one and nobody is signed in there.
    pub fn missing_vault(&self, now: Millis) -> Option<&PortalUrl> {
        let is_open = self.vault.as_ref().is_some_and(|vault| now < vault.expires_at);
        self.policy.vault.as_ref().filter(|_| !is_open && !self.keeps_passwords())
    }

    /// The companion portal, if the person is signed in at their own and not there.
    pub fn companion(&self, now: Millis) -> Option<&PortalUrl> {
        self.missing_vault(now).filter(|_| matches!(self.standing(now), Standing::SignedIn(..)))
    }

    /// How the portal's list of apps is read here.
    pub fn reading(&self) -> Reading {
        Reading { intranet: self.policy.http_hosts.clone(), names: self.names.clone() }
    }

    /// Our registration at the company's directory: the administrators' word, or the person's.
    pub fn registration(&self) -> Registration {
        let mut registration = self.policy.registration.clone();
        if registration.client_id.is_empty() {
            registration.client_id.clone_from(&self.settings.client_id);
        }
        registration
    }

    /// Whether a sign-in can be tried: Microsoft's portals have to know us first.
    pub fn can_sign_in(&self) -> bool {
        self.keeps_passwords() || !self.registration().client_id.is_empty()
    }

    /// The person used an app.
    pub fn used(&mut self, app: &str, now: Millis) {
        // Who wants none shown wants none kept.
        if self.settings.recents > 0 {
            self.recent.used(app);
        }
        self.frecency.launched(app, now);
    }

    /// Forgets everything that came from the portal; settings stay, and what the browser still shows. Answers still under way will be dropped.
    pub fn forget_account(&mut self) {
        *self = Memory {
            settings: std::mem::take(&mut self.settings),
            policy: std::mem::take(&mut self.policy),
            chosen: std::mem::take(&mut self.chosen),
            shown: std::mem::take(&mut self.shown),
            epoch: self.epoch.wrapping_add(1),
            ..Memory::default()
        };
        self.settings.declined_hosts.clear();
    }

    /// Makes `portal` the one in use and keeps the one before it in the list.
    pub fn change_portal(&mut self, portal: PortalUrl) {
        self.forget_account();
        let before = std::mem::replace(&mut self.settings.portal, portal);
        let older = std::mem::take(&mut self.settings.used_portals);
        let used_portals = &mut self.settings.used_portals;
        for portal in [self.settings.portal.clone(), before].into_iter().chain(older) {
            // The default has its own place in every list.
            if portal.as_str() != DEFAULT_PORTAL && !used_portals.contains(&portal) {
                used_portals.push(portal);
            }
        }
        used_portals.truncate(8);
    }
}

/// The three states of sign-in (docs: signed out, signed in, expired).
#[derive(Debug, Clone, Copy)]
pub enum Standing<'a> {
    /// Nothing known.
    SignedOut,
    /// The token is good.
    SignedIn(&'a KnownAccount, &'a Session),
    /// The person is known, the token is gone.
    Expired(&'a KnownAccount),
}

// ---- as JSON, for the storage ---------------------------------------------------------------------------------------------

impl Read for KnownAccount {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("portal", &mut self.portal);
        fields.required("product_name", &mut self.product_name);
        fields.required("account", &mut self.account);
        fields.are_read()
    }
}

impl KnownAccount {
    /// As JSON.
    pub fn write(&self) -> String {
        Object::default()
            .text("portal", self.portal.as_str())
            .text("product_name", &self.product_name)
            .json("account", &self.account.write())
            .done()
    }
}

impl Read for Filled {
    fn read(&mut self, value: &Value) -> bool {
        self.0.read(value)
    }
}

impl Filled {
    /// As JSON.
    pub fn write(&self) -> String {
        json::texts(&self.0)
    }
}

impl PendingNotice {
    /// Reads what [`PendingNotice::write`] wrote.
    pub fn read(value: &Value) -> Option<PendingNotice> {
        let (name, content) = value.as_choice()?;
        let portal = || content.get("portal").and_then(Value::read);
        match name {
            "NewerVersion" => Some(PendingNotice::NewerVersion),
            "NotStored" => Some(PendingNotice::NotStored),
            "FormSaved" => content.as_text().map(|name| PendingNotice::FormSaved(name.to_owned())),
            "SignedOutHereOnly" => portal().map(|portal| PendingNotice::SignedOutHereOnly { portal }),
            "PortalProblem" => {
                let error = content.get("error").and_then(PortalError::read)?;
                portal().map(|portal| PendingNotice::PortalProblem { portal, error })
            }
            _ => None,
        }
    }

    /// As JSON.
    pub fn write(&self) -> String {
        match self {
            PendingNotice::NewerVersion => json::quoted("NewerVersion"),
            PendingNotice::NotStored | PendingNotice::NotRead => json::quoted("NotStored"),
            PendingNotice::FormSaved(name) => json::tagged("FormSaved", &json::quoted(name)),
            PendingNotice::SignedOutHereOnly { portal } => {
                json::tagged("SignedOutHereOnly", &Object::default().text("portal", portal.as_str()).done())
            }
            PendingNotice::PortalProblem { portal, error } => {
                json::tagged("PortalProblem", &Object::default().text("portal", portal.as_str()).json("error", &error.write()).done())
            }
        }
    }
}

impl Read for CatalogueTag {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("account", &mut self.account);
        fields.required("stamp", &mut self.stamp);
        fields.if_any("etag", &mut self.etag);
        fields.if_any("confirmed", &mut self.confirmed);
        fields.are_read()
    }
}

impl CatalogueTag {
    /// As JSON.
    pub fn write(&self) -> String {
        Object::default()
            .text("account", &self.account)
            .text("stamp", &self.stamp)
            .optional_text("etag", self.etag.as_deref())
            .moment("confirmed", self.confirmed)
            .done()
    }
}
