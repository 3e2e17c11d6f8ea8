//! Stories: steps between `>`, each a few words; what follows from each is told back in a few words.
//! `popup https://crm.test/login > see d1 https://crm.test/login login > secret > written submitted`

use my_apps_sign_in::Millis;
use my_apps_sign_in::desk;
use my_apps_sign_in::diagnostics::Diagnostics;
use my_apps_sign_in::effect::{Effect, Job, Purpose};
use my_apps_sign_in::event::{Event, InjectionError, Move, Sight, Tab};
use my_apps_sign_in::form::{Outcome, Report};
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::json::Named;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::opening::Opening;
use my_apps_sign_in::options::Options;
use my_apps_sign_in::outside::{self, Outside};
use my_apps_sign_in::popup::{self, Button, Dialog, Popup};
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::discovery::Link;
use my_apps_sign_in::provider::oauth::{AuthorizeError, Proof};
use my_apps_sign_in::provider::{Answer, Exchange, NetworkError};
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::state::{Screen, State};
use my_apps_sign_in::teach::{Act, Change, Decision};
use my_apps_sign_in::update::update;
use my_apps_sign_in::worker;

use super::{
    NOON, PORTAL, REDIRECT, Search, account_document, answer, apps_document, credential_document, discovery_document, examined, heard,
    lesson_page, outside_words, question, sight, state, words,
};

/// Tells the story to a context; what follows from each step.
#[track_caller]
pub(crate) fn check(mut world: World, story: &str, effects: &str) -> World {
    assert_eq!(world.tell(story), effects, "{story}");
    world
}

/// One context, its clock, and the requests that were not answered yet.
pub(crate) struct World {
    pub(crate) state: State,
    pub(crate) now: Millis,
    /// Who answers for the portal.
    pub(crate) person: &'static str,
    /// Unanswered requests: in words, what for, and since which epoch.
    pub(crate) open: Vec<(String, Purpose, u32)>,
    /// What the judge was last told of the app's form.
    pub(crate) description: String,
    /// What fills asked the browser for, in their order: in which tab, and the number.
    questions: Vec<(i32, u32)>,
    /// What the list was given to.
    search: Search,
    /// What the browser shows outside of our pages.
    pub(crate) outside: Outside,
    /// Whether this is one of the pages that are opened now and then.
    is_desk: bool,
}

impl World {
    pub(crate) fn new(screen: Screen, memory: Memory) -> World {
        let mut state = state(screen, memory);
        state.memory.shown = outside::key(&state.memory, NOON);
        World {
            outside: Outside::of(&state, NOON),
            state,
            now: NOON,
            person: "anna",
            open: Vec::new(),
            description: String::new(),
            questions: Vec::new(),
            search: Search::default(),
            is_desk: false,
        }
    }

    pub(crate) fn worker(memory: Memory) -> World {
        World::new(Screen::Worker, memory)
    }

    pub(crate) fn popup(memory: Memory) -> World {
        World::new(Screen::Popup(Popup::new(None)), memory)
    }

    /// The page where a form is taught, before it has opened.
    pub(crate) fn teaching(memory: Memory) -> World {
        World { is_desk: true, ..World::new(Screen::Teaching(Box::default()), memory) }
    }

    pub(crate) fn options(memory: Memory) -> World {
        World { is_desk: true, ..World::new(Screen::Options(Options::default()), memory) }
    }

    pub(crate) fn diagnostics(memory: Memory) -> World {
        World { is_desk: true, ..World::new(Screen::Diagnostics(Diagnostics::default()), memory) }
    }

    /// Tells a whole story; what follows from each step, between `>`.
    pub(crate) fn tell(&mut self, story: &str) -> String {
        story.split(" > ").map(|step| self.step(step)).collect::<Vec<String>>().join(" > ")
    }

    /// Handles one event, and says what is to be done but for finding, which is done.
    pub(crate) fn send(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = self.send_without_finder(event);
        effects.retain(|effect| !matches!(effect, Effect::AskWorker(Job::Links))); // `tests/links_kept.rs` looks at it
        // The worker is there, and does what it is asked for.
        if let Some(at) = effects.iter().position(|effect| matches!(effect, Effect::AskWorker(Job::Outside))) {
            effects.remove(at);
            self.state.showing.clear();
            effects.extend(self.send(heard(Job::Outside)));
        }
        if effects.iter().any(|effect| matches!(effect, Effect::ShowOutside { .. })) {
            effects.retain(|effect| !matches!(effect, Effect::Suggest(apps) if apps.is_empty())); // `tests/omnibox.rs` looks at it
        }
        if let Some(at) = effects.iter().position(|effect| matches!(effect, Effect::Find { .. }))
            && let Effect::Find { list, typed, most, number } = effects.remove(at)
        {
            let answer = self.search.find(list, &typed, most);
            effects.extend(self.send(Event::Found { number, answer }));
        }
        // The worker asks itself for the list, and begins at once.
        let begins = |effect: &Effect| matches!(self.state.screen, Screen::Worker) && matches!(effect, Effect::AskWorker(Job::List));
        if let Some(at) = effects.iter().position(begins) {
            effects.remove(at);
            effects.extend(self.send(heard(Job::List)));
        }
        effects
    }

    /// Who hears of it. A story goes on where the memory is shared: what is asked of the worker in a popup, for instance.
    fn context(&self, event: &Event) -> fn(State, Millis, Event) -> (State, Vec<Effect>) {
        match event {
            Event::Started | Event::PolicyChanged | Event::LanguageChanged | Event::HostAccessChanged => worker::update,
            Event::OutsideDue | Event::OutsideShown(_) => worker::update,
            _ if self.is_desk => desk::update,
            Event::SignInRequested | Event::ListRequested | Event::IconsRequested => worker::update,
            Event::LinksDue | Event::CameOnline | Event::AlarmRang | Event::Arrived { .. } => worker::update,
            Event::Answered { purpose: Purpose::ChoosePortal(_) | Purpose::Icons, .. } | Event::PortalChosen(_) => worker::update,
            Event::Answered { purpose: Purpose::Apps, .. } if self.state.listing.is_some() => worker::update,
            Event::Answered { purpose: Purpose::SignInDiscovery | Purpose::Account, .. } | Event::Authorized { .. }
                if matches!(self.state.screen, Screen::Worker) =>
            {
                worker::update
            }
            Event::OtherPortalChosen | Event::AddressTyped(_) | Event::AddressEntered(..) => worker::update,
            _ => update,
        }
    }

    /// Handles one event, and says what is to be done.
    pub(crate) fn send_without_finder(&mut self, event: Event) -> Vec<Effect> {
        let (state, effects) = self.context(&event)(self.state.clone(), self.now, event);
        self.state = state;
        // It is written down.
        self.state.memory.fresh_catalogue = None;
        for effect in &effects {
            if let Effect::Ask { purpose, epoch, .. } = effect {
                self.open.push((words(effect), purpose.clone(), *epoch));
            }
            if let Effect::Probe { description, .. } = effect {
                self.description.clone_from(description);
            }
            self.questions.extend(question(effect));
        }
        effects
    }

    /// The number of what was asked last for a tab.
    pub(crate) fn question(&self, tab: i32) -> u32 {
        self.questions.iter().rfind(|(of, _)| *of == tab).map_or(0, |(_, number)| *number)
    }

    /// What the popup says: the notice, or what takes the place of the menu.
    pub(crate) fn said(&self) -> String {
        let Screen::Popup(popup) = &self.state.screen else { return String::new() };
        let view = popup::view(&self.state, popup, self.now);
        match (&popup.dialog, view.notice) {
            (Dialog::Done(text, _), _) => format!("done {}", text.key),
            (Dialog::Choice(ids), _) => format!("choice {}", ids.join(" ")),
            (Dialog::Menu, Some(notice)) => {
                let button = notice.button.map(|button| format!(" [{}]", format!("{button:?}").replace('"', ""))).unwrap_or_default();
                format!("{}{button}", notice.text.key)
            }
            (Dialog::Menu, None) => String::new(),
        }
    }

    /// The same with what is put into the sentence.
    pub(crate) fn said_in_full(&self) -> String {
        let Screen::Popup(popup) = &self.state.screen else { return String::new() };
        let values = popup::view(&self.state, popup, self.now).notice.map(|notice| notice.text.values.join(" "));
        let said = self.said();
        let (key, rest) = said.split_once(' ').unwrap_or((&said, ""));
        [key, &values.unwrap_or_default(), rest].join(" ").replace("  ", " ").trim().to_owned()
    }

    /// The notice, whatever else the popup shows.
    pub(crate) fn said_while_teaching(&self) -> &'static str {
        let Screen::Teaching(teaching) = &self.state.screen else { return "" };
        teaching.said.as_ref().map_or("", |said| said.key)
    }

    fn step(&mut self, step: &str) -> String {
        let mut words_of_step = step.split_whitespace();
        let (verb, tab) = split_tab(words_of_step.next().unwrap_or_default());
        let rest: Vec<&str> = words_of_step.collect();
        let first = rest.first().copied().unwrap_or_default();
        if verb == "after" {
            self.now += first.parse::<Millis>().unwrap();
            return "-".to_owned();
        }
        if verb == "person" {
            self.person = if first == "ben" { "ben" } else { "anna" };
            return "-".to_owned();
        }
        let event = self.event(verb, tab, &rest, first);
        let effects = self.send(event);
        let told: Vec<String> = effects.iter().flat_map(|effect| self.words(effect)).collect();
        if told.is_empty() { "-".to_owned() } else { told.join(", ") }
    }

    /// An effect in a few words; of what the browser shows outside of our pages, what is another than before, and all of it where that
    /// is not known.
    fn words(&mut self, effect: &Effect) -> Vec<String> {
        let Effect::ShowOutside { outside: shown, .. } = effect else { return vec![words(effect)] };
        let before = std::mem::replace(&mut self.outside, (**shown).clone());
        let all = self.state.memory.shown.is_empty();
        self.state.memory.shown.clone_from(&self.state.showing);
        let parts = outside_words(&before).into_iter().zip(outside_words(shown));
        parts.filter(|(before, after)| all || before != after).map(|(_, after)| after).collect()
    }

    fn event(&mut self, verb: &str, tab: i32, rest: &[&str], first: &str) -> Event {
        let place = |private| Tab { id: tab, url: (!first.is_empty()).then(|| first.to_owned()), private };
        let epoch = self.state.memory.epoch;
        let number = self.question(tab);
        match verb {
            "popup" => Event::PopupOpened { tab: Some(place(false)), is_back: false },
            "popup-back" => Event::PopupOpened { tab: Some(place(false)), is_back: true },
            "popup-private" => Event::PopupOpened { tab: Some(place(true)), is_back: false },
            "see" => Event::Probed { tab, number, sight: Ok(sight(first, rest[1], rest[2], &self.description)) },
            "see-late" => Event::Probed { tab, number: number - 1, sight: Ok(sight(first, rest[1], rest[2], &self.description)) },
            "see-framed" => {
                let sight = sight(first, rest[2], rest[3], &self.description);
                Event::Probed { tab, number, sight: Ok(Sight { above: Some(rest[1].to_owned()), ..sight }) }
            }
            "no-access" => Event::Probed { tab, number, sight: Err(InjectionError::NoAccess) },
            "gone" => Event::Probed { tab, number, sight: Err(InjectionError::Gone) },
            "study" => Event::Seen { tab, seen: Ok(examined(first, &lesson_page(rest[1], rest[2]))) },
            "study-fails" => Event::Seen { tab, seen: Err(InjectionError::NoAccess) },
            "teach" => Event::TeachingOpened { tab: Some(place(false)) },
            "teach-private" => Event::TeachingOpened { tab: Some(place(true)) },
            "decide" => Event::Taught(Decision::Change(Change::read(first, rest[1..].join(" ")).unwrap())),
            "find" => Event::Taught(Decision::Search(rest.join(" "))),
            "act" => Event::Taught(Decision::Act(Act::named(first).unwrap())),
            "written" => Event::Written { tab, number, result: report(first) },
            "written-late" => Event::Written { tab, number: number - 1, result: report(first) },
            "waited" => Event::Waited { tab, number },
            "waited-late" => Event::Waited { tab, number: number - 1 },
            "launched" => Event::Launched { app: first.to_owned(), tab },
            "arrive" => Event::Arrived { tab: place(false) },
            "arrive-private" => Event::Arrived { tab: place(true) },
            "select" => Event::AppSelected(first.to_owned(), Opening::Tab),
            "select-behind" => Event::AppSelected(first.to_owned(), Opening::Background),
            "select-window" => Event::AppSelected(first.to_owned(), Opening::Window),
            "favourite" => Event::FavouriteToggled(first.to_owned()),
            "address" => Event::AddressTyped(rest.join(" ")),
            "enter-address" => Event::AddressEntered(rest.join(" "), Opening::Here),
            "type" => Event::Typed(rest.join(" ")),
            "enter" => Event::Entered,
            "down" => Event::Moved(Move::Down),
            "press" => Event::Pressed(button(first, rest.get(1).copied().unwrap_or_default())),
            "started" => Event::Started,
            "alarm" => Event::AlarmRang,
            "changed" => Event::MemoryChanged,
            "let-go" => Event::SignInLetGo,
            "not-stored" => Event::NotStored,
            "not-read" => Event::NotRead,
            "access" => {
                self.state.granted = HostAccess::new(rest.iter().map(|pattern| (*pattern).to_owned()).collect());
                Event::HostAccessChanged
            }
            "ask-sign-in" => Event::SignInRequested,
            "ask-icons" => Event::IconsRequested,
            "choose" => Event::PortalChosen(PortalUrl::new(first).unwrap()),
            "other" => Event::OtherPortalChosen,
            "options" => Event::OptionsOpened { shortcut: String::new(), links: String::new() },
            "type-portal" => Event::PortalTyped {
                typed: rest.join(" "),
                canonical: url::Url::parse(&PortalUrl::complete(&rest.join(" "))).ok().map(String::from),
            },
            "proof" => Event::ProofDrawn { epoch, proof: proof() },
            "redirect" => Event::Authorized { epoch, redirect: redirect(first) },
            "discovery" | "portal" | "token" | "account" | "apps" | "icons" | "credential" | "report" | "end" | "form" => {
                self.answered(verb, first)
            }
            other => panic!("nothing is called {other}"),
        }
    }

    /// Answers the oldest open request of that kind, as it was asked.
    fn answered(&mut self, verb: &str, how: &str) -> Event {
        let index = self.open.iter().position(|(words, ..)| words.trim_start_matches("ask ").starts_with(verb));
        let Some(index) = index else { panic!("nothing was asked for {verb}: {:?}", self.open) };
        let (words, purpose, epoch) = self.open.remove(index);
        let exchange = self.exchange(verb, how, &words);
        Event::Answered { purpose, epoch, exchange }
    }

    fn exchange(&self, verb: &str, how: &str, asked: &str) -> Exchange {
        let status: Option<u16> = how.parse().ok();
        match (how, status) {
            ("unreachable", _) => return Err(NetworkError::Unreachable),
            ("not-for-us", _) => return Err(NetworkError::NotForUs),
            ("timeout", _) => return Err(NetworkError::Timeout),
            ("unreadable", _) => return Err(NetworkError::Unreadable),
            ("garbage", _) => return answer(200, "<html>"),
            ("half", _) => {
                let whole = self.document(verb, asked);
                return answer(200, whole.get(..whole.len() / 2).unwrap_or_default());
            }
            ("no-credential", _) => return answer(404, r#"{"type": "/problems/no-credential"}"#),
            ("password-only", _) => return answer(200, r#"{"fields": {"password": "secret"}}"#),
            ("no-such-app", _) => return answer(404, r#"{"type": "/problems/no-such-app"}"#),
            (_, Some(status)) => return answer(status, "{}"),
            _ => {}
        }
        if let Some((status, seconds)) = how.split_once("-after-") {
            let answer =
                Answer { status: status.parse().unwrap(), etag: None, retry_after: Some(seconds.into()), body: Secret::new(String::new()) };
            return Ok(answer);
        }
        answer(if verb == "end" { 204 } else { 200 }, &self.document(verb, asked))
    }

    /// What the portal answers on a good day.
    fn document(&self, verb: &str, asked: &str) -> String {
        let subject = asked.rsplit(' ').next().unwrap_or_default();
        match verb {
            "discovery" => discovery_document(PORTAL),
            "portal" => discovery_document(subject),
            "token" => format!(r#"{{"access_token": "token-of-{}", "token_type": "Bearer", "expires_in": 28800}}"#, self.person),
            "account" => account_document(self.person),
            "apps" => apps_document(self.person),
            "credential" => credential_document(self.person, subject),
            _ => String::new(),
        }
    }
}

fn split_tab(verb: &str) -> (&str, i32) {
    verb.split_once('@').map_or((verb, 1), |(verb, tab)| (verb, tab.parse().unwrap()))
}

/// The random half of every sign-in in a story.
pub(crate) fn proof() -> Proof {
    Proof { verifier: "verifier".into(), challenge: "challenge".into(), state: "state-1".into() }
}

fn redirect(how: &str) -> Result<Secret, AuthorizeError> {
    let query = match how {
        "cancelled" => return Err(AuthorizeError::Cancelled),
        "login-required" => return Err(AuthorizeError::LoginRequired),
        "ok" => "code=code-1&state=state-1&iss=https%3A%2F%2Fportal.test",
        "forged-state" => "code=code-1&state=state-2&iss=https%3A%2F%2Fportal.test",
        "wrong-issuer" => "code=code-1&state=state-1&iss=https%3A%2F%2Fevil.test",
        "denied" => "error=access_denied&state=state-1&iss=https%3A%2F%2Fportal.test",
        "unknown-client" => "error=unauthorized_client&state=state-1&iss=https%3A%2F%2Fportal.test",
        other => panic!("no redirect is called {other}"),
    };
    Ok(Secret::new(format!("{REDIRECT}?{query}")))
}

fn report(how: &str) -> Result<Report, InjectionError> {
    let outcome = match how {
        "gone" => return Err(InjectionError::Gone),
        "no-access" => return Err(InjectionError::NoAccess),
        "submitted" => Outcome::Submitted,
        "waiting" => Outcome::Waiting,
        "filled" => Outcome::Filled,
        "cleared" => Outcome::Cleared,
        "moved" => Outcome::Moved,
        "refused" => Outcome::Refused,
        "changed" => Outcome::Changed,
        "hidden" => Outcome::Hidden,
        "too-long" => Outcome::TooLong,
        "no-option" => Outcome::NoOption,
        "not-kept" => Outcome::NotKept,
        "failed" => Outcome::Failed,
        other => panic!("no outcome is called {other}"),
    };
    Ok(Report { outcome, reason: None })
}

fn button(name: &str, value: &str) -> Button {
    let value = value.to_owned();
    match name {
        "SignIn" => Button::SignIn,
        "CancelSignIn" => Button::CancelSignIn,
        "SignOut" => Button::SignOut,
        "ChangePortal" => Button::ChangePortal,
        "OpenPortal" => Button::OpenPortal,
        "SearchPortal" => Button::SearchPortal,
        "AddApp" => Button::Open(Link::AddApp),
        "ResetPassword" => Button::Open(Link::ResetPassword),
        "Settings" => Button::Settings,
        "Help" => Button::Help,
        "TurnOnAutomatic" => Button::TurnOnAutomatic,
        "DeclineAutomatic" => Button::DeclineAutomatic,
        "EnterPassword" => Button::EnterPassword(value),
        "FillAgain" => Button::FillAgain(value),
        "FillAnyway" => Button::FillAnyway(value),
        "OpenAddress" => Button::OpenAddress(value),
        "Refresh" => Button::Refresh,
        "Back" => Button::Back,
        "Teach" => Button::Teach,
        other => panic!("no button is called {other}"),
    }
}
