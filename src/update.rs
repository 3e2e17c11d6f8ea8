//! The one place where everything comes together: `State × Event → State × Effects`.
//!
//! Total and deterministic: no clock (the time comes with the event), no randomness, no input or output. An event that does
//! not fit the state changes nothing. What the browser shows outside our pages (menu, icon, registrations) is derived here
//! from the state before and after, so that no handler has to remember to keep it up to date.

use std::rc::Rc;

use crate::Millis;
use crate::address::Address;
use crate::distinct::distinct;
use crate::catalogue::{App, Catalogue, Mode, Page};
use crate::effect::{Effect, Purpose};
use crate::event::{Event, Tab};
use crate::fill::{self, End, Starter};
use crate::memory::{PendingNotice, Standing};
use crate::menu::Menu;
use crate::options::Choice;
use crate::popup::{self, Button, Dialog, Notice, Popup, Tone};
use crate::portal_url::PortalUrl;
use crate::provider::oauth::Prompt;
use crate::provider::{Exchange, PortalError, api, discovery};
use crate::sign_in::{self, Progress, SignIn};
use crate::sign_on::SignOnRule;
use crate::state::{Screen, State};
use crate::text::Text;

/// Handles one event at one moment.
pub fn update(mut state: State, now: Millis, event: Event) -> (State, Vec<Effect>) {
    let everything = matches!(event, Event::Started | Event::HostAccessChanged | Event::AlarmRang | Event::PortalChosen(_));
    let before = (!everything).then(|| Outside::of(&state, now));
    let mut effects = handle(&mut state, now, event);
    let after = Outside::of(&state, now);
    effects.extend(after.changes_since(before.as_ref()));
    (state, effects)
}

fn handle(state: &mut State, now: Millis, event: Event) -> Vec<Effect> {
    match event {
        Event::Started | Event::HostAccessChanged => Vec::new(),
        // Somebody may have signed in meanwhile.
        Event::MemoryChanged => consider_page(state, now),
        Event::SignInRequested => start_sign_in(state, Prompt::Interactive),
        Event::PortalChosen(portal) => choose_portal(state, now, portal),
        Event::OtherPortalChosen => vec![Effect::OpenOptions],
        Event::Arrived { tab } => arrived(state, now, &tab),
        Event::AlarmRang => refresh(state, now),
        Event::PopupOpened { tab, sign_in_alive } => popup_opened(state, now, tab, sign_in_alive),
        Event::OptionsOpened => Vec::new(),
        Event::Typed(query) => {
            give_up_waiting(state);
            if let Some(popup) = state.popup() {
                popup.typed(query);
            }
            Vec::new()
        }
        Event::Moved(step) => {
            if let Screen::Popup(popup) = &state.screen {
                let count = popup::row_count(state, popup);
                if let Some(popup) = state.popup() {
                    popup.moved(step, count);
                }
            }
            Vec::new()
        }
        Event::ScrolledToEnd => {
            if let Some(popup) = state.popup() {
                popup.rows += popup::ROWS;
            }
            Vec::new()
        }
        Event::AppSelected(id) => app_selected(state, now, &id),
        Event::Pressed(button) => pressed(state, now, button),
        Event::PortalTyped { typed, canonical } => portal_typed(state, now, &typed, canonical.as_deref()),
        Event::Answered { purpose, epoch, exchange } => answered(state, now, purpose, epoch, exchange),
        Event::ProofDrawn { epoch, proof } if epoch == state.memory.epoch => {
            let step = sign_in::proof_drawn(&mut state.memory, &state.environment, proof);
            signing_in(state, now, step)
        }
        Event::Authorized { epoch, redirect } if epoch == state.memory.epoch => {
            let step = sign_in::authorized(&mut state.memory, &state.environment, redirect);
            signing_in(state, now, step)
        }
        Event::ProofDrawn { .. } | Event::Authorized { .. } => Vec::new(),
        Event::Probed { tab, sight } => {
            let step = fill::probed(state, now, tab, sight);
            filling(state, now, tab, step)
        }
        Event::Written { tab, result } => {
            let step = fill::written(state, now, tab, result);
            filling(state, now, tab, step)
        }
        Event::Waited { tab } => fill::waited(state, tab),
        Event::Launched { app, tab } => {
            // Somebody may have signed out while the tab was opened.
            if matches!(state.memory.standing(now), Standing::SignedIn(..)) && state.memory.catalogue.app(&app).is_some() {
                state.memory.launches.promise(tab, &app, now);
            }
            Vec::new()
        }
    }
}

// ---- signing in and out -------------------------------------------------------------------------------------------------

fn start_sign_in(state: &mut State, prompt: Prompt) -> Vec<Effect> {
    // Microsoft's portals do not speak the portal protocol.
    if state.memory.settings.portal.is_entra() {
        return Vec::new();
    }
    sign_in::start(&mut state.memory, prompt)
}

/// Follows up a step of the sign-in.
fn signing_in(state: &mut State, now: Millis, (progress, mut effects): (Progress, Vec<Effect>)) -> Vec<Effect> {
    match progress {
        Progress::Waiting => {}
        Progress::SignedIn => {
            effects.extend(refresh(state, now));
            if state.popup().is_none() {
                effects.push(Effect::OpenPopup);
            }
            effects.extend(consider_page(state, now));
        }
        // The worker was asked by a popup that is gone; the sentence waits in the memory for the next one.
        Progress::Ended => {
            if state.popup().is_none() {
                effects.push(Effect::OpenPopup);
            }
        }
    }
    effects
}

fn sign_out(state: &mut State, now: Millis) -> Vec<Effect> {
    let goodbye = match state.memory.standing(now) {
        Standing::SignedIn(known, session) => {
            Some((known.portal.clone(), api::end_session_request(&session.discovery, &session.access_token)))
        }
        Standing::Expired(known) => {
            // Without a token the portal cannot be told to end its own session.
            let portal = known.portal.clone();
            state.memory.forget_account();
            state.memory.notice = Some(PendingNotice::SignedOutHereOnly { portal });
            None
        }
        Standing::SignedOut => None,
    };
    let mut effects = Vec::new();
    if let Some((portal, request)) = goodbye {
        state.memory.forget_account();
        effects.push(Effect::Ask { purpose: Purpose::EndSession(portal), epoch: state.memory.epoch, request });
    }
    state.fills.clear();
    if let Some(popup) = state.popup() {
        *popup = Popup::new(popup.tab.take());
    }
    effects
}

/// The token is of no use any more: the person stays known, and is asked for again.
fn expire(state: &mut State) -> Vec<Effect> {
    state.memory.session = None;
    state.memory.launches = Default::default();
    state.fills.retain(crate::fill::Fill::is_writing);
    match state.popup() {
        Some(popup) if !popup.renewed => {
            popup.renewed = true;
            popup.considered = false;
            start_sign_in(state, Prompt::Silent)
        }
        _ => Vec::new(),
    }
}

// ---- the portal ---------------------------------------------------------------------------------------------------------

/// A portal was chosen, in the menu or on the options page: ask it first whether it is one.
fn choose_portal(state: &mut State, now: Millis, portal: PortalUrl) -> Vec<Effect> {
    if !matches!(state.memory.standing(now), Standing::SignedOut) {
        set_choice(state, Choice::SignedIn);
        return Vec::new();
    }
    state.memory.notice = None;
    if portal == state.memory.settings.portal || portal.is_entra() {
        keep_portal(state, portal);
        return Vec::new();
    }
    // Only the last choice counts: answers to earlier ones, and to a sign-in at the portal before, will be dropped.
    sign_in::cancel(&mut state.memory);
    set_choice(state, Choice::Checking(portal.clone()));
    let request = discovery::request(&portal);
    vec![Effect::Ask { purpose: Purpose::ChoosePortal(portal), epoch: state.memory.epoch, request }]
}

fn portal_typed(state: &mut State, now: Millis, typed: &str, canonical: Option<&str>) -> Vec<Effect> {
    let portal = canonical.filter(|_| !typed.trim().is_empty()).ok_or(crate::portal_url::PortalUrlError::NotUrl).and_then(PortalUrl::new);
    match portal {
        Ok(portal) => choose_portal(state, now, portal),
        Err(error) => {
            set_choice(state, Choice::NotUrl(error));
            Vec::new()
        }
    }
}

fn portal_answered(state: &mut State, now: Millis, portal: PortalUrl, exchange: Exchange) -> Vec<Effect> {
    // Only the last choice counts, and only while nobody has signed in.
    let awaited = state.options().is_none_or(|options| options.is_checking(&portal));
    if !awaited {
        return Vec::new();
    }
    if !matches!(state.memory.standing(now), Standing::SignedOut) {
        stop_checking(state, &portal);
        return Vec::new();
    }
    match discovery::read(&portal, state.environment.version, exchange) {
        Ok(_) => {
            keep_portal(state, portal);
            Vec::new()
        }
        Err(error) => {
            set_choice(state, Choice::Problem(portal.clone(), error));
            if state.options().is_some() {
                return Vec::new();
            }
            // The browser has moved the radio already: paint the menu anew, and say why.
            state.memory.notice = Some(PendingNotice::PortalProblem { portal, error });
            vec![Effect::PaintMenu(Menu::of(&state.memory, now)), Effect::OpenPopup]
        }
    }
}

fn keep_portal(state: &mut State, portal: PortalUrl) {
    if portal != state.memory.settings.portal {
        state.memory.change_portal(portal);
    }
    state.memory.sign_in = SignIn::Idle;
    set_choice(state, Choice::Saved);
}

fn stop_checking(state: &mut State, portal: &PortalUrl) {
    if let Some(options) = state.options().filter(|options| options.is_checking(portal)) {
        options.choice = Choice::None;
    }
}

fn set_choice(state: &mut State, choice: Choice) {
    if let Some(options) = state.options() {
        options.choice = choice;
    }
}

/// Asks for changes of the list of apps.
fn refresh(state: &mut State, now: Millis) -> Vec<Effect> {
    let Standing::SignedIn(_, session) = state.memory.standing(now) else { return Vec::new() };
    let request = api::apps_request(&session.discovery, &session.access_token, state.memory.catalogue_tag.etag.as_deref());
    vec![Effect::Ask { purpose: Purpose::Apps, epoch: state.memory.epoch, request }]
}

fn answered(state: &mut State, now: Millis, purpose: Purpose, epoch: u32, exchange: Exchange) -> Vec<Effect> {
    if let Purpose::EndSession(portal) = purpose {
        let ended = exchange.is_ok_and(|answer| matches!(answer.status, 200..=299 | 401));
        if !ended && matches!(state.memory.standing(now), Standing::SignedOut) && state.memory.settings.portal == portal {
            state.memory.notice = Some(PendingNotice::SignedOutHereOnly { portal });
        }
        return Vec::new();
    }
    if epoch != state.memory.epoch {
        match purpose {
            Purpose::Credential { tab, .. } => fill::give_up(state, tab),
            // Another context chose or signed in meanwhile; the page shows what holds now.
            Purpose::ChoosePortal(portal) => stop_checking(state, &portal),
            _ => {}
        }
        return Vec::new();
    }
    match purpose {
        Purpose::SignInDiscovery => {
            let step = sign_in::discovered(&mut state.memory, &state.environment, exchange);
            signing_in(state, now, step)
        }
        Purpose::Token => {
            let step = sign_in::redeemed(&mut state.memory, now, exchange);
            signing_in(state, now, step)
        }
        Purpose::Account => {
            let step = sign_in::greeted(&mut state.memory, exchange);
            signing_in(state, now, step)
        }
        Purpose::ChoosePortal(portal) => portal_answered(state, now, portal, exchange),
        Purpose::Apps => apps_arrived(state, now, exchange),
        Purpose::Credential { tab, app } => {
            let step = fill::fetched(state, tab, &app, exchange);
            filling(state, now, tab, step)
        }
        Purpose::Report | Purpose::EndSession(_) => Vec::new(),
    }
}

fn apps_arrived(state: &mut State, now: Millis, exchange: Exchange) -> Vec<Effect> {
    let apps = match api::read_apps(exchange) {
        Ok(apps) => apps,
        Err(PortalError::SignedOut) => return expire(state),
        Err(error) => return apps_missing(state, error),
    };
    let api::Apps::New { etag, body } = apps else { return Vec::new() };
    let Ok(catalogue) = Catalogue::read(&body) else { return apps_missing(state, PortalError::Malformed) };
    state.memory.set_catalogue(Rc::new(catalogue), etag, body, now);
    consider_page(state, now)
}

/// The list could not be had; the old one stays.
fn apps_missing(state: &mut State, error: PortalError) -> Vec<Effect> {
    let text = Text::of_portal_error(error, state.memory.settings.portal.as_str());
    if let Some(popup) = state.popup().filter(|popup| popup.notice.is_none()) {
        popup.notice = Some(Notice { tone: Tone::Warning, text, button: Some(Button::Refresh) });
    }
    Vec::new()
}

// ---- the popup ----------------------------------------------------------------------------------------------------------

fn popup_opened(state: &mut State, now: Millis, tab: Option<Tab>, sign_in_alive: bool) -> Vec<Effect> {
    state.screen = Screen::Popup(Popup::new(tab));
    if state.popup().is_some_and(|popup| popup.tab.as_ref().is_some_and(|tab| tab.private)) {
        return Vec::new();
    }
    // A sign-in whose worker died: the portal may have done its part, so ask silently.
    let orphaned = state.memory.sign_in.is_under_way() && !sign_in_alive;
    if orphaned {
        sign_in::cancel(&mut state.memory);
    }
    match state.memory.standing(now) {
        Standing::SignedIn(..) => {
            let mut effects = consider_page(state, now);
            effects.extend(refresh(state, now));
            effects
        }
        Standing::Expired(_) if !state.memory.sign_in.is_under_way() => expire(state),
        Standing::SignedOut if orphaned => start_sign_in(state, Prompt::Silent),
        Standing::Expired(_) | Standing::SignedOut => Vec::new(),
    }
}

/// What is this page to us? Asked once for each popup, when it opens or as soon as somebody is signed in.
fn consider_page(state: &mut State, now: Millis) -> Vec<Effect> {
    if !matches!(state.memory.standing(now), Standing::SignedIn(..)) || state.memory.catalogue_tag.stamp.is_empty() {
        return Vec::new();
    }
    let catalogue = Rc::clone(&state.memory.catalogue);
    let launched = state.popup().and_then(|popup| popup.tab.as_ref()).map(|tab| tab.id);
    let launched = launched.and_then(|tab| state.memory.launches.app_in(tab, now)).map(str::to_owned);
    let Some(popup) = state.popup().filter(|popup| !popup.considered) else { return Vec::new() };
    popup.considered = true;
    let Some(Tab { id: tab, url: Some(url), private: false }) = popup.tab.clone() else { return Vec::new() };
    let Ok(address) = Address::parse(&url) else { return Vec::new() };
    let page = catalogue.judge(&address);
    let Page::SignOn(apps) = page else {
        popup.notice = notice_about(page);
        return Vec::new();
    };
    let ids: Vec<String> = apps.iter().filter_map(|&index| catalogue.apps.get(index)).map(|app| app.id.clone()).collect();
    let meant = launched.filter(|app| ids.contains(app)).or_else(|| if ids.len() == 1 { ids.first().cloned() } else { None });
    match meant {
        Some(app) => start_click_fill(state, now, tab, &app, false),
        None => {
            popup.dialog = Dialog::Choice(ids);
            Vec::new()
        }
    }
}

fn start_click_fill(state: &mut State, now: Millis, tab: i32, app: &str, again: bool) -> Vec<Effect> {
    let user_name_sent = state.memory.launches.is_user_name_sent(tab, now);
    fill::start(state, now, tab, app, Starter::Click, again, user_name_sent)
}

fn notice_about(page: Page) -> Option<Notice> {
    let text = match page {
        Page::NotAssigned { name } => Text::with("appNotAssigned", name),
        Page::LookAlike { name, real, host } => Text { key: "lookAlike", values: vec![name, real, host] },
        Page::OtherOrigin { name, real } => Text::with_two("otherOrigin", name, real),
        Page::OtherPath { name, real } => Text::with_two("otherPath", name, real),
        Page::SignOn(_) | Page::Elsewhere => return None,
    };
    Some(Notice { tone: Tone::Warning, text, button: None })
}

fn give_up_waiting(state: &mut State) {
    state.fills.retain(|fill| !fill.is_in_doubt());
}

fn app_selected(state: &mut State, now: Millis, id: &str) -> Vec<Effect> {
    let catalogue = Rc::clone(&state.memory.catalogue);
    let Some(app) = catalogue.app(id) else { return Vec::new() };
    if !matches!(state.memory.standing(now), Standing::SignedIn(..)) {
        return Vec::new();
    }
    let choosing = state.popup().is_some_and(|popup| matches!(&popup.dialog, Dialog::Choice(ids) if ids.iter().any(|other| other == id)));
    if choosing {
        let tab = state.popup().and_then(|popup| popup.tab.as_ref()).map(|tab| tab.id);
        if let Some(popup) = state.popup() {
            popup.dialog = Dialog::Menu;
        }
        return tab.map_or_else(Vec::new, |tab| start_click_fill(state, now, tab, id, true));
    }
    state.memory.recent.used(id);
    vec![open_app(app)]
}

fn open_app(app: &App) -> Effect {
    if app.mode == Mode::Password {
        Effect::Launch { app: app.id.clone(), url: app.launch_url.clone() }
    } else {
        Effect::OpenTab { url: app.launch_url.clone() }
    }
}

fn pressed(state: &mut State, now: Millis, button: Button) -> Vec<Effect> {
    match button {
        Button::SignIn => {
            if let Some(popup) = state.popup() {
                *popup = Popup::new(popup.tab.take());
            }
            vec![Effect::AskWorkerToSignIn]
        }
        Button::CancelSignIn => {
            sign_in::cancel(&mut state.memory);
            Vec::new()
        }
        Button::SignOut => sign_out(state, now),
        Button::ChangePortal => vec![Effect::OpenOptions],
        Button::OpenPortal => {
            let portal = state.memory.settings.portal.as_str().to_owned();
            let home = state.memory.session.as_ref().map(|session| session.discovery.home().to_owned());
            vec![Effect::OpenTab { url: home.unwrap_or(portal) }]
        }
        Button::TurnOnAutomatic => vec![Effect::RequestHostAccess { patterns: state.missing_hosts() }],
        Button::DeclineAutomatic => {
            state.memory.settings.declined_hosts = state.memory.catalogue.host_patterns();
            Vec::new()
        }
        Button::EnterPassword(app) => match &state.memory.session {
            Some(session) => vec![Effect::OpenTab { url: session.discovery.app_password(&app) }],
            None => Vec::new(),
        },
        Button::FillAgain(app) | Button::FillAnyway(app) => {
            let Some(popup) = state.popup() else { return Vec::new() };
            popup.notice = None;
            let Some(tab) = popup.tab.as_ref().map(|tab| tab.id) else { return Vec::new() };
            start_click_fill(state, now, tab, &app, true)
        }
        Button::OpenAddress(url) => vec![Effect::OpenTab { url }],
        Button::Refresh => {
            if let Some(popup) = state.popup() {
                popup.notice = None;
            }
            refresh(state, now)
        }
        Button::Back => {
            if let Some(popup) = state.popup() {
                popup.dialog = Dialog::Menu;
                if let Some(tab) = popup.tab.as_ref().map(|tab| tab.id) {
                    fill::give_up(state, tab);
                }
            }
            Vec::new()
        }
    }
}

// ---- filling ------------------------------------------------------------------------------------------------------------

/// A page of a host with granted access was reached: say that a password is available, and keep a launch's promise.
fn arrived(state: &mut State, now: Millis, tab: &Tab) -> Vec<Effect> {
    if tab.private || !matches!(state.memory.standing(now), Standing::SignedIn(..)) {
        return Vec::new();
    }
    let catalogue = Rc::clone(&state.memory.catalogue);
    let Some(Page::SignOn(apps)) = tab.url.as_deref().and_then(|url| Address::parse(url).ok()).map(|page| catalogue.judge(&page)) else {
        // The launched tab went somewhere else: the promise was for the first page.
        state.memory.launches.cancel(tab.id);
        return Vec::new();
    };
    let apps: Vec<&App> = apps.iter().filter_map(|&index| catalogue.apps.get(index)).collect();
    let launched = state.memory.launches.app_in(tab.id, now).and_then(|id| apps.iter().find(|app| app.id == id));
    if launched.is_none() {
        // A sign-on page of another app is somewhere else, too.
        state.memory.launches.cancel(tab.id);
    }
    let mut effects = Vec::new();
    if let Some(app) = apps.iter().find(|app| app.credential == crate::catalogue::CredentialState::Stored) {
        let title = if apps.len() == 1 { Text::with("passwordAvailable", &app.name) } else { Text::plain("passwordsAvailable") };
        effects.push(Effect::ShowAvailable { tab: tab.id, title: Some(title) });
    }
    if let Some(app) = launched {
        let user_name_sent = state.memory.launches.is_user_name_sent(tab.id, now);
        effects.extend(fill::start(state, now, tab.id, &app.id, Starter::Launch, false, user_name_sent));
    }
    effects
}

/// Follows up a step of a fill.
fn filling(state: &mut State, now: Millis, tab: i32, (progress, mut effects): (fill::Progress, Vec<Effect>)) -> Vec<Effect> {
    let fill::Progress::Ended(app, end) = progress else {
        mention_doubt(state, tab);
        return effects;
    };
    if end == End::Expired {
        effects.extend(expire(state));
        return effects;
    }
    let name = state.memory.catalogue.app(&app).map(|app| app.name.clone()).unwrap_or_default();
    let Some(popup) = state.popup() else { return effects };
    match end {
        End::Submitted => {
            popup.dialog = Dialog::Done(Text::with("submitted", name));
            effects.push(Effect::CloseSoon);
        }
        End::Filled => popup.notice = Some(Notice { tone: Tone::Success, text: Text::with("filledOnly", name), button: None }),
        End::Refused(text, button) => popup.notice = Some(Notice { tone: Tone::Warning, text, button }),
        End::Expired => {}
    }
    let _ = now;
    effects
}

/// While a form is looked for in vain, the menu shows, and one line says what is being waited for.
fn mention_doubt(state: &mut State, tab: i32) {
    let Some(app) = state.fills.iter().find(|fill| fill.tab == tab && fill.is_in_doubt()).map(|fill| fill.app.clone()) else { return };
    let name = state.memory.catalogue.app(&app).map(|app| app.name.clone()).unwrap_or_default();
    if let Some(popup) = state.popup().filter(|popup| popup.notice.is_none()) {
        popup.notice = Some(Notice { tone: Tone::Information, text: Text::with("formMissing", name), button: None });
    }
}

// ---- what the browser shows for us ----------------------------------------------------------------------------------------

/// What the browser shows or does for us outside our own pages; a function of the state.
#[derive(PartialEq, Eq)]
struct Outside {
    menu: Menu,
    lights: Vec<SignOnRule>,
    arrivals: Vec<String>,
    alarm: Option<Millis>,
}

impl Outside {
    fn of(state: &State, now: Millis) -> Outside {
        let memory = &state.memory;
        let signed_in = matches!(memory.standing(now), Standing::SignedIn(..));
        let (mut lights, mut arrivals) = (Vec::new(), Vec::new());
        for app in memory.catalogue.apps.iter().filter(|_| signed_in) {
            for rule in &app.sign_on_rules {
                if app.credential == crate::catalogue::CredentialState::Stored {
                    lights.push(rule.clone());
                }
                if state.is_granted(&rule.origin().match_pattern()) {
                    arrivals.extend(rule.match_patterns());
                }
            }
        }
        // The menu and the icon change by themselves when the token ends.
        let alarm = memory.session.as_ref().filter(|_| signed_in).map(|session| session.expires_at);
        Outside { menu: Menu::of(memory, now), lights, arrivals: distinct(arrivals), alarm }
    }

    fn changes_since(self, before: Option<&Outside>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if before.is_none_or(|before| before.menu != self.menu) {
            effects.push(Effect::PaintMenu(self.menu));
        }
        if before.is_none_or(|before| before.lights != self.lights) {
            effects.push(Effect::LightIcons(self.lights));
        }
        if before.is_none_or(|before| before.arrivals != self.arrivals) {
            effects.push(Effect::RegisterArrivals(self.arrivals));
        }
        if before.is_none_or(|before| before.alarm != self.alarm) {
            effects.push(Effect::SetAlarm(self.alarm));
        }
        effects
    }
}
