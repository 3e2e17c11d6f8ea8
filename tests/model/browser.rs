//! A browser with our extension in it, a person, two portals and some pages; and what must always hold.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use my_apps_sign_in::Millis;
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::effect::{Effect, Purpose};
use my_apps_sign_in::event::{Event, InjectionError, Sight, Tab};
use my_apps_sign_in::form::{Outcome, Report};
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::outside::Outside;
use my_apps_sign_in::popup::{Button, Popup};
use my_apps_sign_in::provider::oauth::{AuthorizeError, Proof};
use my_apps_sign_in::provider::{Body, Exchange, NetworkError, Request};
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::state::{Screen, State};
use my_apps_sign_in::storage::{self, Values};

use crate::common::{
    NOON, REDIRECT, Search, account_document, answer, credential_document, described_apps_document, discovery_document, heard, sight,
    signed_out, state, update_of,
};
use crate::invariants::token;

pub(crate) const PORTALS: [&str; 2] = ["https://portal.test", "https://other.test"];
const PEOPLE: [&str; 2] = ["anna", "ben"];
pub(crate) const PAGES: [&str; 7] = [
    "https://crm.test/login",
    "https://crm.test/login",
    "https://wiki.test/login",
    "https://mail.test/sign-in",
    "https://crm.test/home",
    "https://crm.test.evil.test/login",
    "https://payroll.test/login",
];
pub(crate) const FORMS: [&str; 12] = [
    "login",
    "company",
    "user",
    "login",
    "password",
    "branch",
    "branch-password",
    "nothing",
    "several",
    "foreign",
    "sandboxed",
    "prerendering",
];
/// How the form of the first app is described.
const STEPS: &str = "company-id branch+password user-name+password branch";

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Worker,
    Popup,
}

/// What a tab shows.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) document: String,
    pub(crate) url: String,
    pub(crate) form: &'static str,
}

/// What was launched in a tab, and whether the password was written for it.
pub(crate) struct Launched {
    pub(crate) app: String,
    pub(crate) since: Millis,
    pub(crate) used: bool,
}

#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) sign_ins: usize,
    pub(crate) writes: usize,
    pub(crate) launch_writes: usize,
    pub(crate) described: usize,
    pub(crate) late: usize,
    pub(crate) replies: usize,
    pub(crate) sign_outs: usize,
}

pub(crate) struct Browser {
    pub(crate) stored: Values,
    pub(crate) list: Option<Rc<Catalogue>>,
    pub(crate) worker: State,
    pub(crate) popup: Option<State>,
    pub(crate) granted: Vec<String>,
    pub(crate) now: Millis,
    pub(crate) tabs: Vec<Shown>,
    pub(crate) documents: u32,
    /// Whom the portals know by their cookie.
    pub(crate) person: usize,
    pub(crate) under_way: Vec<(Who, Effect)>,
    /// How often something was written of which the open popup has still to hear; the browser tells it of what it wrote itself, too.
    pub(crate) untold: usize,
    /// What the browser shows outside of our pages.
    pub(crate) outside: Option<Outside>,
    /// Every document that was looked at: its tab and address.
    pub(crate) seen: BTreeMap<String, (i32, String)>,
    pub(crate) launched: BTreeMap<i32, Launched>,
    /// What a fill of each context asked for last in a tab.
    pub(crate) questions: BTreeMap<(Who, i32), u32>,
    /// The document that a password was written into last, and when it was sent from there.
    pub(crate) sent: BTreeMap<i32, (String, Millis)>,
    /// Tabs in which the person asked for a fill by a button or a choice.
    pub(crate) insisted: BTreeSet<i32>,
    /// Tabs in which the person said yes to a question about the form, and the origin that was named in it.
    pub(crate) told: BTreeSet<(i32, String)>,
    /// How often the browser will refuse to have its storage read.
    pub(crate) refusals: u8,
    /// Whether the worker missed something by it.
    pub(crate) missed: bool,
    pub(crate) search: Search,
    pub(crate) counts: Counts,
}

impl Browser {
    pub(crate) fn new(signed_in: bool) -> Browser {
        let mut browser = Browser {
            stored: Values::default(),
            list: None,
            worker: state(Screen::Worker, signed_out()),
            popup: None,
            granted: Vec::new(),
            now: NOON,
            tabs: Vec::new(),
            documents: 0,
            person: 0,
            under_way: Vec::new(),
            untold: 0,
            outside: None,
            seen: BTreeMap::new(),
            launched: BTreeMap::new(),
            questions: BTreeMap::new(),
            sent: BTreeMap::new(),
            insisted: BTreeSet::new(),
            told: BTreeSet::new(),
            refusals: 0,
            missed: false,
            search: Search::default(),
            counts: Counts::default(),
        };
        (0..3).for_each(|tab| browser.open_tab(PAGES[tab * 2], if tab == 0 { "company" } else { "login" }));
        browser.stored = storage::save(&signed_out());
        if signed_in {
            browser.send(Who::Worker, Event::SignInRequested);
            (0..40).for_each(|_| browser.deliver(0, 255));
        }
        browser
    }

    pub(crate) fn open_tab(&mut self, url: &str, form: &'static str) {
        self.documents += 1;
        self.tabs.push(Shown { document: format!("document-{}", self.documents), url: url.to_owned(), form });
    }

    pub(crate) fn navigate(&mut self, place: usize, url: &str, form: &'static str) {
        self.open_tab(url, form);
        let place = place % (self.tabs.len() - 1);
        self.tabs.swap_remove(place);
    }

    pub(crate) fn tab(&self, place: usize) -> Tab {
        let place = place % self.tabs.len();
        Tab { id: i32::try_from(place).unwrap(), url: Some(self.tabs[place].url.clone()), private: false }
    }

    pub(crate) fn close_popup(&mut self) {
        self.popup = None;
        self.untold = 0;
        self.under_way.retain(|(who, _)| *who != Who::Popup);
    }

    pub(crate) fn kill_worker(&mut self) {
        self.worker = state(Screen::Worker, signed_out());
        self.under_way.retain(|(who, _)| *who != Who::Worker);
    }

    /// Reads memory, handles the event, checks what must hold, and writes memory: as the shell does.
    pub(crate) fn send(&mut self, who: Who, event: Event) {
        let Some(mut state) = (if who == Who::Worker { Some(self.worker.clone()) } else { self.popup.clone() }) else { return };
        if !event.is_of_the_screen() && self.refusals > 0 {
            self.refusals -= 1;
            return self.refuse(who, state);
        }
        if !event.is_of_the_screen() {
            state.memory = storage::load(&self.stored);
            if !state.memory.catalogue_tag.stamp.is_empty() {
                storage::attach_catalogue(&mut state.memory, self.list.clone());
            }
        }
        state.granted = HostAccess::new(self.granted.clone());
        if let (Event::Pressed(Button::FillAnyway(_)), Screen::Popup(popup)) = (&event, &state.screen)
            && let (Some(notice), Some(tab)) = (&popup.notice, &popup.tab)
        {
            self.told.insert((tab.id, notice.text.values.get(1).cloned().unwrap_or_default()));
        }
        let before = state.memory.clone();
        let update = update_of(&state.screen);
        let (mut after, effects) = update(state, self.now, event.clone());

        self.check_late(&event, &before, &after.memory, &effects);
        // Only now is it known that something was sent.
        if let Event::Written { tab, .. } = &event
            && after.memory.sent != before.sent
            && let Some(sent) = after.memory.sent.last_in(*tab, self.now).filter(|sent| sent.has_secret())
        {
            self.sent.insert(*tab, (sent.document.clone(), self.now));
        }
        if matches!(event, Event::Probed { .. }) && effects.iter().any(|effect| report_of(effect).as_deref() == Some("wrong-password")) {
            self.counts.replies += 1;
        }
        if let (Event::Pressed(Button::FillAgain(_) | Button::FillAnyway(_)) | Event::AppSelected(..), Screen::Popup(popup)) =
            (&event, &after.screen)
        {
            self.insisted.extend(popup.tab.as_ref().map(|tab| tab.id));
        }
        self.check_question(who, &event, &before, &after.memory, &effects);
        for effect in &effects {
            self.check_effect(who, &event, effect, &after);
        }
        if matches!(event, Event::Pressed(Button::SignOut)) {
            self.counts.sign_outs += 1;
            assert!(after.memory.account.is_none() && after.fills.is_empty());
        }
        self.counts.sign_ins += usize::from(before.session.is_none() && after.memory.session.is_some());

        if !event.is_of_the_screen() {
            if after.memory.fresh_catalogue.take().is_some() {
                self.list = Some(Rc::clone(&after.memory.catalogue));
            } else if after.memory.catalogue_tag.stamp.is_empty() {
                self.list = None;
            }
            let before = std::mem::replace(&mut self.stored, storage::save(&after.memory));
            self.untold += usize::from(before != self.stored && (who == Who::Popup || self.popup.is_some()));
        }
        self.check_memory(&after);
        match who {
            Who::Worker => self.worker = after,
            Who::Popup => self.popup = Some(after),
        }
        self.under_way.extend(effects.into_iter().map(|effect| (who, effect)));
    }

    /// What happened is lost; nothing is done, and nothing written.
    fn refuse(&mut self, who: Who, state: State) {
        let (after, effects) = update_of(&state.screen)(state, self.now, Event::NotRead);
        // Where no fill keeps the finder waiting any more, it is given the list.
        let is_free = |effect: &Effect| matches!(effect, Effect::Find { .. });
        assert!(effects.iter().all(is_free), "something is done without a memory: {effects:?}");
        assert!(after.fills.is_empty(), "a fill waits for what is lost");
        match who {
            Who::Worker => {
                self.worker = after;
                self.missed = true;
            }
            Who::Popup => self.popup = Some(after),
        }
        self.under_way.extend(effects.into_iter().map(|effect| (who, effect)));
    }

    pub(crate) fn open_popup(&mut self, place: usize) {
        self.close_popup();
        self.popup = Some(state(Screen::Popup(Popup::new(None)), Memory::default()));
        self.send(Who::Popup, Event::PopupOpened { tab: Some(self.tab(place)), is_back: false });
        if !self.is_signing_in() && self.popup.as_ref().is_some_and(|popup| popup.memory.sign_in.is_under_way()) {
            self.send(Who::Popup, Event::SignInLetGo);
        }
    }

    /// Whether any context drives a sign-in.
    fn is_signing_in(&self) -> bool {
        self.under_way.iter().any(|(_, effect)| {
            matches!(
                effect,
                Effect::DrawProof { .. }
                    | Effect::Authorize { .. }
                    | Effect::Ask { purpose: Purpose::SignInDiscovery | Purpose::Token | Purpose::Account, .. }
            )
        })
    }

    pub(crate) fn look(&mut self, tab: i32, shown: &Shown, description: &str) -> Sight {
        self.seen.insert(shown.document.clone(), (tab, shown.url.clone()));
        sight(&shown.document, &shown.url, shown.form, description)
    }

    /// Does one of the things under way and reports back; `how` above 60 is good news.
    pub(crate) fn deliver(&mut self, which: usize, how: u8) {
        let first = usize::from(self.untold > 0);
        if self.under_way.len() + first == 0 {
            return;
        }
        let which = which % (self.under_way.len() + first);
        if which < first {
            self.untold -= 1;
            return self.send(Who::Popup, Event::MemoryChanged);
        }
        let mut which = which - first;
        let is_outside = |(_, effect): &(Who, Effect)| matches!(effect, Effect::ShowOutside { .. });
        if is_outside(&self.under_way[which]) {
            // One after the other, in order.
            which = self.under_way.iter().position(is_outside).unwrap();
        }
        let (who, effect) = self.under_way.remove(which);
        let good = how > 60;
        let event = match effect {
            Effect::Ask { purpose, epoch, request } => Event::Answered { exchange: self.answer(&request, good, how), purpose, epoch },
            Effect::DrawProof { epoch } => Event::ProofDrawn { epoch, proof: proof_of(epoch) },
            Effect::Authorize { epoch, url, .. } => Event::Authorized { epoch, redirect: self.authorize(&url, good, how) },
            Effect::AskWorker(job) => return self.send(Who::Worker, heard(job)),
            Effect::ShowOutside { number, outside } => {
                self.outside = Some(*outside);
                Event::OutsideShown(number)
            }
            Effect::Probe { tab, number, description, .. } => {
                let shown = self.tabs[usize::try_from(tab).unwrap()].clone();
                let sight = match how {
                    0..20 => Err(InjectionError::NoAccess),
                    20..40 => Err(InjectionError::Gone),
                    _ => Ok(self.look(tab, &shown, &description)),
                };
                Event::Probed { tab, number, sight }
            }
            Effect::Write { tab, number, document, .. } | Effect::Submit { tab, number, document, .. } => {
                let outcome = [Outcome::Waiting, Outcome::Filled, Outcome::Changed, Outcome::Moved][usize::from(how) % 4];
                let here = self.tabs[usize::try_from(tab).unwrap()].document == document;
                let report = Report { outcome: if good { Outcome::Submitted } else { outcome }, reason: None };
                Event::Written { tab, number, result: if here { Ok(report) } else { Err(InjectionError::Gone) } }
            }
            Effect::Wait { tab, number, milliseconds } => {
                self.now += Millis::from(milliseconds);
                Event::Waited { tab, number }
            }
            Effect::Launch { app, url, .. } => {
                let page = if url.ends_with("/login") { url } else { PAGES[3].to_owned() };
                self.open_tab(&page, FORMS[usize::from(how) % 3]);
                let tab = i32::try_from(self.tabs.len() - 1).unwrap();
                self.launched.insert(tab, Launched { app: app.clone(), since: self.now, used: false });
                self.send(who, Event::Launched { app, tab });
                return self.send(Who::Worker, Event::Arrived { tab: self.tab(self.tabs.len() - 1) });
            }
            Effect::Find { list, typed, most, number } => {
                Event::Found { number, answer: if good { self.search.find(list, &typed, most) } else { String::new() } }
            }
            Effect::Select(app, opening) => Event::AppSelected(app, opening),
            Effect::CloseSoon(_) => return self.close_popup(),
            _ => return,
        };
        self.send(who, event);
    }

    /// The portal's answer, by the token or the code it is shown.
    fn answer(&self, request: &Request, good: bool, how: u8) -> Exchange {
        if !good {
            return match how % 5 {
                0 => answer(401, "{}"),
                1 => answer(500, "{}"),
                2 => Err(NetworkError::Unreachable),
                3 => answer(404, r#"{"type": "/problems/no-credential"}"#),
                _ => answer(200, "<html>"),
            };
        }
        let portal = PORTALS.iter().find(|portal| request.url.starts_with(**portal)).unwrap();
        let token = token(request).unwrap_or_default();
        let person = PEOPLE.iter().find(|person| token.starts_with(&format!("token-of-{person}-"))).copied().unwrap_or("nobody");
        let path = request.url.trim_start_matches(portal);
        answer(
            200,
            &match (path, &request.body) {
                ("/.well-known/my-apps", _) => discovery_document(portal),
                ("/oauth/token", Body::Form(form)) => {
                    let person = PEOPLE.iter().find(|person| form.reveal().contains(&format!("code-of-{person}"))).unwrap();
                    format!(r#"{{"access_token": "token-of-{person}-at-{portal}", "token_type": "Bearer", "expires_in": 3600}}"#)
                }
                ("/api/v1/me", _) => account_document(person),
                ("/api/v1/apps", _) => described_apps_document(person, "crm", STEPS),
                _ => credential_document(person, path.split('/').nth(4).unwrap_or_default()),
            },
        )
    }

    fn authorize(&self, url: &str, good: bool, how: u8) -> Result<Secret, AuthorizeError> {
        if how % 7 == 3 && !good {
            return Err(AuthorizeError::Cancelled);
        }
        let asked = url::Url::parse(url).unwrap();
        let state = asked.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned();
        let portal = asked.origin().ascii_serialization();
        let (state, issuer) = if good {
            (state, portal)
        } else if how.is_multiple_of(2) {
            ("forged".to_owned(), portal)
        } else {
            (state, "https://evil.test".to_owned())
        };
        Ok(Secret::new(format!("{REDIRECT}?code=code-of-{}&state={state}&iss={issuer}", PEOPLE[self.person])))
    }
}

/// What the portal's audit trail is told: the reason, or what became of it where there is none.
fn report_of(effect: &Effect) -> Option<String> {
    let Effect::Ask { purpose: Purpose::Report, request, .. } = effect else { return None };
    let Body::Json(body) = &request.body else { return None };
    let words: Vec<&str> = body.split('"').collect();
    Some(words[if body.contains(r#""reason":null"#) { 3 } else { 7 }].to_owned())
}

pub(crate) fn proof_of(epoch: u32) -> Proof {
    Proof { verifier: format!("verifier-{epoch}"), challenge: format!("challenge-{epoch}"), state: format!("state-{epoch}") }
}
