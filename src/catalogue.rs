//! The apps a portal lists for one person: read tolerantly, so that a malformed app costs that app and not the list.

use crate::address::Address;
use crate::distinct::distinct;
use crate::form::Descriptor;
use crate::json::{self, Fields, Named, Read, Value};
use crate::names::Names;
use crate::plain_text::plain_text;
use crate::sign_on::{SignOnRule, looks_alike};

/// Apps beyond this many are not read; they would not fit into the browser's storage.
pub const MOST_APPS: usize = 50_000;
/// Names and descriptions are cut after this many characters: no list shows more, and a portal may send anything.
const LONGEST_NAME: usize = 120;
const LONGEST_DESCRIPTION: usize = 400;

/// How an app is signed in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The extension fills a stored password.
    Password,
    /// Federated with SAML: opening the launch URL is enough.
    Saml,
    /// Federated with OpenID Connect: opening the launch URL is enough.
    Oidc,
    /// A plain link.
    #[default]
    Linked,
}

/// Whether the portal keeps a password for an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CredentialState {
    /// There is one.
    Stored,
    /// The person has not entered one yet.
    #[default]
    Missing,
    /// It gives none to anybody; the person types it.
    Elsewhere,
}

/// An app the person may use.
#[derive(Debug, Clone)]
pub struct App {
    /// The portal's name for it: `A–Z a–z 0–9 . _ -`, at most 64.
    pub id: String,
    /// As the person knows it.
    pub name: String,
    /// What the portal calls it, where the person gave it another name; else empty.
    pub portal_name: String,
    /// One sentence, possibly empty.
    pub description: String,
    /// Other words people may search for.
    pub keywords: Vec<String>,
    /// How it is signed in to.
    pub mode: Mode,
    /// Whether a password is stored; only meaningful for password apps.
    pub credential: CredentialState,
    /// What a launch opens.
    pub launch_url: String,
    /// Where its password may be filled; empty unless it is a password app.
    pub sign_on_rules: Vec<SignOnRule>,
    /// How an administrator described its form.
    pub form: Option<Descriptor>,
}

impl App {
    /// The origin of the frame that its form is in; empty if it is in the page itself.
    pub fn frame_origin(&self) -> &str {
        self.form.as_ref().map(|form| form.frame_origin.as_str()).unwrap_or_default()
    }

    /// The match patterns of the hosts that its password may be filled on.
    pub fn host_patterns(&self) -> Vec<String> {
        let mut patterns: Vec<String> = self.sign_on_rules.iter().map(|rule| rule.origin().match_pattern()).collect();
        patterns.extend(self.frame_pattern());
        patterns
    }

    /// The host pattern of the frame with the form: it can't be reached through the click on the page around it.
    pub fn frame_pattern(&self) -> Option<String> {
        Some(Address::parse(&[self.frame_origin(), "/"].concat()).ok()?.origin.match_pattern())
    }
}

/// An app that exists but is not assigned to this person.
#[derive(Debug, Clone)]
pub struct UnassignedApp {
    /// As people know it.
    pub name: String,
    /// Its sign-on pages.
    pub sign_on_rules: Vec<SignOnRule>,
}

/// All apps of one person at one portal.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// In the order of the portal.
    pub apps: Vec<App>,
    /// Known, not allowed.
    pub unassigned: Vec<UnassignedApp>,
    /// How many entries could not be read.
    pub malformed: usize,
}

/// What decides how a portal's list is read in this browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The hosts that the company vouches for: [`Policy::http_hosts`](crate::policy::Policy::http_hosts).
    pub intranet: Vec<String>,
    /// The person's own names for apps.
    pub names: Names,
}

/// The document was no list of apps at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACatalogue;

/// What the extension knows about the page in front of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// Sign-on page of these apps, by id; never empty.
    SignOn(Vec<String>),
    /// Sign-on page of an app that is not assigned to the person.
    NotAssigned {
        /// The app.
        name: String,
    },
    /// Dressed up as an app's host.
    LookAlike {
        /// The app it resembles.
        name: String,
        /// The host that app really has.
        real: String,
        /// The host in the address bar.
        host: String,
    },
    /// On the app's host, but with another scheme or port.
    OtherOrigin {
        /// The app.
        name: String,
        /// The origin that app really has.
        real: String,
    },
    /// On the app's origin, at a path that only begins with the same letters.
    OtherPath {
        /// The app.
        name: String,
        /// The path its sign-on page really has.
        real: String,
    },
    /// Any other page.
    Elsewhere,
}

/// An app as the portal writes it.
#[derive(Default)]
struct Entry {
    id: String,
    name: String,
    description: Option<String>,
    keywords: Option<Vec<String>>,
    mode: Option<Mode>,
    assigned: bool,
    credential: Option<CredentialState>,
    launch_url: Option<String>,
    sign_on_rules: Option<Vec<Rule>>,
    form: Option<Descriptor>,
}

#[derive(Default)]
struct Rule {
    url: String,
    allow_http: bool,
    allow_ip: bool,
}

impl Named for Mode {
    const NAMES: &'static [(&'static str, Self)] =
        &[("password", Mode::Password), ("saml", Mode::Saml), ("oidc", Mode::Oidc), ("linked", Mode::Linked)];
}

impl Named for CredentialState {
    const NAMES: &'static [(&'static str, Self)] =
        &[("stored", CredentialState::Stored), ("missing", CredentialState::Missing), ("elsewhere", CredentialState::Elsewhere)];
}

impl Read for Entry {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("id", &mut self.id);
        fields.required("name", &mut self.name);
        fields.if_any("description", &mut self.description);
        fields.if_any("keywords", &mut self.keywords);
        fields.if_any("mode", &mut self.mode);
        self.assigned = true;
        fields.if_any("assigned", &mut self.assigned);
        fields.if_any("credential", &mut self.credential);
        fields.if_any("launch_url", &mut self.launch_url);
        fields.if_any("sign_on_rules", &mut self.sign_on_rules);
        fields.if_any("form", &mut self.form);
        fields.are_read()
    }
}

impl Read for Rule {
    fn read(&mut self, value: &Value) -> bool {
        let mut fields = Fields::of(value);
        fields.required("url", &mut self.url);
        fields.if_any("allow_http", &mut self.allow_http);
        fields.if_any("allow_ip", &mut self.allow_ip);
        fields.are_read()
    }
}

impl Catalogue {
    /// Reads the portal's answer, as it is without a company's policy and a person's own names.
    ///
    /// # Errors
    /// Only if the document as a whole is no list of apps; single bad entries are counted in [`Catalogue::malformed`].
    pub fn read(body: &str) -> Result<Catalogue, NotACatalogue> {
        Catalogue::read_as(body, &Reading::default())
    }

    /// Reads the portal's answer.
    ///
    /// # Errors
    /// As [`Catalogue::read`].
    pub fn read_as(body: &str, reading: &Reading) -> Result<Catalogue, NotACatalogue> {
        let mut catalogue = Catalogue::of(&json::parse(body).ok_or(NotACatalogue)?, &reading.intranet)?;
        for (id, own) in reading.names.entries() {
            let own = plain_text(own, LONGEST_NAME);
            // Of several the first counts, which is the newest.
            let is_meant = |app: &&mut App| app.id == id && app.portal_name.is_empty() && app.name != own;
            if let Some(app) = catalogue.apps.iter_mut().find(is_meant).filter(|_| !own.is_empty()) {
                app.portal_name = std::mem::replace(&mut app.name, own);
            }
        }
        Ok(catalogue)
    }

    fn of(document: &Value, intranet: &[String]) -> Result<Catalogue, NotACatalogue> {
        let entries = document.get("apps").and_then(Value::as_list).ok_or(NotACatalogue)?;
        let entries = || entries.iter().take(MOST_APPS);
        // Where each id stands among all, so that a repeated one is noticed without a search through the apps.
        let ids = distinct(entries().filter_map(|entry| entry.get("id")?.as_text().map(str::to_owned)).collect());
        let mut free = vec![true; ids.len()];
        let mut catalogue = Catalogue::default();
        for entry in entries() {
            let entry = entry.read().filter(|entry: &Entry| is_identifier(&entry.id));
            let place = entry.as_ref().and_then(|entry| ids.binary_search(&entry.id).ok()).and_then(|place| free.get_mut(place));
            let first = place.is_some_and(std::mem::take);
            match entry {
                Some(entry) if first => catalogue.add(entry, intranet),
                _ => catalogue.malformed += 1,
            }
        }
        if let Some(vault) = document.get("vault") {
            catalogue.take_passwords(Catalogue::of(vault, intranet)?);
        }
        Ok(catalogue)
    }

    /// Apps whose passwords another portal keeps are filled by its rules; nothing else of it counts.
    fn take_passwords(&mut self, vault: Catalogue) {
        let ids = distinct(vault.apps.iter().map(|app| app.id.clone()).collect());
        let place = |app: &App| ids.binary_search(&app.id).unwrap_or(usize::MAX);
        let mut places = vec![usize::MAX; ids.len()];
        for (at, app) in self.apps.iter().enumerate() {
            places.get_mut(place(app)).into_iter().for_each(|place| *place = at);
        }
        for kept in vault.apps {
            let app = places.get(place(&kept)).and_then(|&at| self.apps.get_mut(at));
            if let Some(app) = app.filter(|_| kept.mode == Mode::Password) {
                app.mode = kept.mode;
                app.credential = kept.credential;
                app.launch_url = kept.launch_url;
                app.sign_on_rules = kept.sign_on_rules;
                app.form = kept.form;
            }
        }
    }

    fn add(&mut self, entry: Entry, intranet: &[String]) {
        let name = plain_text(&entry.name, LONGEST_NAME);
        // A rule that cannot be trusted is left out; the app stays, and can still be opened.
        let mut sign_on_rules = Vec::new();
        for rule in entry.sign_on_rules.unwrap_or_default() {
            if let Ok(rule) = SignOnRule::new(&rule.url, rule.allow_http, rule.allow_ip, intranet) {
                sign_on_rules.push(rule);
            }
        }
        if !entry.assigned && !name.is_empty() {
            self.unassigned.push(UnassignedApp { name, sign_on_rules });
            return;
        }
        let (Some(mode), Some(launch_url), false) = (entry.mode, entry.launch_url.filter(|url| is_launchable(url)), name.is_empty()) else {
            self.malformed += 1;
            return;
        };
        self.apps.push(App {
            id: entry.id,
            name,
            portal_name: String::new(),
            description: plain_text(&entry.description.unwrap_or_default(), LONGEST_DESCRIPTION),
            keywords: entry.keywords.unwrap_or_default().iter().take(20).map(|word| plain_text(word, LONGEST_NAME)).collect(),
            mode,
            credential: entry.credential.unwrap_or_default(),
            launch_url,
            sign_on_rules: if mode == Mode::Password { sign_on_rules } else { Vec::new() },
            form: entry.form,
        });
    }

    /// The app with this id.
    pub fn app(&self, id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.id == id)
    }

    /// The name of the app with this id; empty if there is none any more.
    pub fn name_of(&self, id: &str) -> String {
        self.app(id).map(|app| app.name.clone()).unwrap_or_default()
    }

    /// The apps whose sign-on page is at this address.
    pub fn at(&self, address: &Address) -> Vec<&App> {
        self.apps.iter().filter(|app| app.sign_on_rules.iter().any(|rule| rule.matches(address))).collect()
    }

    /// What the page at this address is.
    pub fn judge(&self, address: &Address) -> PageKind {
        let own = self.at(address);
        if !own.is_empty() {
            return PageKind::SignOn(own.into_iter().map(|app| app.id.clone()).collect());
        }
        let unassigned = self.unassigned.iter().find(|app| app.sign_on_rules.iter().any(|rule| rule.matches(address)));
        if let Some(app) = unassigned {
            return PageKind::NotAssigned { name: app.name.clone() };
        }
        if let Some((app, rule)) = self.rule(&|rule| rule.shares_prefix_only(address)) {
            return PageKind::OtherPath { name: app.name.clone(), real: rule.path().to_owned() };
        }
        let host = &address.origin.host;
        // On a host that belongs to an app, another app's resemblance says nothing.
        if self.rule(&|rule| rule.origin().host == *host).is_some() {
            let on_origin = self.rule(&|rule| rule.origin() == &address.origin).is_some();
            return match self.rule(&|rule| rule.origin().host == *host && rule.path() == address.path) {
                Some((app, rule)) if !on_origin => PageKind::OtherOrigin { name: app.name.clone(), real: rule.origin().text() },
                _ => PageKind::Elsewhere,
            };
        }
        match self.rule(&|rule| looks_alike(host, &rule.origin().host)) {
            Some((app, rule)) => PageKind::LookAlike { name: app.name.clone(), real: rule.origin().host.clone(), host: host.clone() },
            None => PageKind::Elsewhere,
        }
    }

    /// The first rule of an app that is wanted, with its app.
    fn rule(&self, wanted: &dyn Fn(&SignOnRule) -> bool) -> Option<(&App, &SignOnRule)> {
        for app in &self.apps {
            for rule in &app.sign_on_rules {
                if wanted(rule) {
                    return Some((app, rule));
                }
            }
        }
        None
    }

    /// The match patterns of all hosts whose sign-on pages could be filled, each once, in a stable order.
    pub fn host_patterns(&self) -> Vec<String> {
        let mut patterns = Vec::new();
        for app in &self.apps {
            patterns.extend(app.host_patterns());
        }
        distinct(patterns)
    }

    /// With what the host and path of every sign-on page begin, as `host/path`, each once, in a stable order. A few other pages begin
    /// with it as well: all those that [`Catalogue::judge`] has a word for because they resemble a sign-on page of the same host.
    pub fn sign_on_pages(&self) -> Vec<String> {
        let mut pages = Vec::new();
        for rule in self.apps.iter().flat_map(|app| &app.sign_on_rules) {
            let path = rule.path().trim_end_matches(['/']);
            pages.push([rule.origin().host.as_str(), if path.is_empty() { "/" } else { path }].concat());
        }
        distinct(pages)
    }

    /// Apps whose password can be filled, which is what host access is asked for.
    pub fn password_apps(&self) -> impl Iterator<Item = &App> {
        self.apps.iter().filter(|app| app.mode == Mode::Password)
    }
}

fn is_identifier(id: &str) -> bool {
    // A path of `.` or `..` is another path.
    (1..=64).contains(&id.len())
        && !matches!(id, "." | "..")
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// What a tab may be opened with: never a script, a file or a page of the browser. `http` is allowed: it is only a link,
/// and whether anything is filled there is the sign-on rule's business.
pub(crate) fn is_launchable(url: &str) -> bool {
    url.len() <= 2048 && (url.starts_with("https://") || url.starts_with("http://")) && url.bytes().all(|byte| byte.is_ascii_graphic())
}
