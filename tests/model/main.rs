//! The whole extension against a person, a portal and pages that do anything in any order: a worker that dies, a popup that
//! closes, answers that come late or never, two people, two portals. `browser.rs` checks after every event what must always
//! hold. `PROPTEST_CASES=100000 cargo test --release --test model` runs it for longer.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod browser;
#[path = "../common/mod.rs"]
mod common;
mod invariants;

use browser::{Browser, Counts, Who, proof_of};
use common::{REDIRECT, answer, credential_document};
use my_apps_sign_in::Millis;
use my_apps_sign_in::effect::Purpose;
use my_apps_sign_in::event::{Event, Move};
use my_apps_sign_in::form::{Outcome, Report};
use my_apps_sign_in::opening::Opening;
use my_apps_sign_in::popup::Button;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::storage::{self, Values};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

const APPS: [&str; 6] = ["crm", "wiki", "mail", "team", "hr", "nobody"];
const PAUSES: [Millis; 6] = [1, 250, 8_000, 30_000, 60_000, 8 * 60 * 60 * 1000];

#[derive(Debug, Clone)]
enum Command {
    OpenPopup(usize),
    ClosePopup,
    KillWorker,
    RestartBrowser,
    Navigate(usize, usize, usize),
    Arrive(usize),
    Deliver(usize, u8),
    DeliverEverything,
    Press(usize, usize),
    /// Back to the menu, and the same once more, before whatever was begun has ended.
    BeginAgain(usize),
    Select(usize),
    Type(String),
    Move,
    Enter,
    EnterAddress(usize),
    AskToSignIn,
    ChangePerson,
    ChoosePortal(usize),
    Alarm,
    Started,
    MemoryChanged(bool),
    Access(bool),
    Pass(usize),
    RefuseStorage(u8),
    /// Something nobody asked for, from an earlier or a later time.
    Unasked(u8, usize, u32),
}

fn command() -> impl Strategy<Value = Command> {
    let place = 0_usize..3;
    prop_oneof![
        4 => place.clone().prop_map(Command::OpenPopup),
        1 => Just(Command::ClosePopup),
        1 => Just(Command::KillWorker),
        1 => Just(Command::RestartBrowser),
        3 => (place.clone(), 0..browser::PAGES.len(), 0..browser::FORMS.len()).prop_map(|(tab, page, form)| Command::Navigate(tab, page, form)),
        3 => (0_usize..6).prop_map(Command::Arrive),
        18 => (any::<usize>(), any::<u8>()).prop_map(|(which, how)| Command::Deliver(which, how)),
        5 => Just(Command::DeliverEverything),
        4 => (0_usize..12, 0..APPS.len()).prop_map(|(button, app)| Command::Press(button, app)),
        2 => (0..2_usize).prop_map(Command::BeginAgain),
        4 => (0..APPS.len()).prop_map(Command::Select),
        1 => "[a-z ]{0,3}".prop_map(Command::Type),
        1 => Just(Command::Move),
        1 => Just(Command::Enter),
        1 => (0..APPS.len()).prop_map(Command::EnterAddress),
        2 => Just(Command::AskToSignIn),
        1 => Just(Command::ChangePerson),
        1 => (0..browser::PORTALS.len()).prop_map(Command::ChoosePortal),
        1 => Just(Command::Alarm),
        1 => Just(Command::Started),
        1 => any::<bool>().prop_map(Command::MemoryChanged),
        1 => any::<bool>().prop_map(Command::Access),
        2 => (0..PAUSES.len()).prop_map(Command::Pass),
        1 => (1_u8..3).prop_map(Command::RefuseStorage),
        1 => (any::<u8>(), place, any::<u32>()).prop_map(|(what, tab, epoch)| Command::Unasked(what, tab, epoch)),
    ]
}

impl Browser {
    fn run(&mut self, command: Command) {
        match command {
            Command::OpenPopup(place) => self.open_popup(place),
            Command::ClosePopup => self.close_popup(),
            Command::KillWorker => self.kill_worker(),
            Command::RestartBrowser => {
                self.close_popup();
                self.kill_worker();
                let mut kept = Values::default();
                for (area, key) in storage::KEYS {
                    if let Some(text) = self.stored.get(key).filter(|_| area == storage::Area::Local) {
                        kept.add(key, text.to_owned());
                    }
                }
                self.stored = kept;
                self.launched.clear();
                self.send(Who::Worker, Event::Started);
            }
            Command::Navigate(place, page, form) => self.navigate(place, browser::PAGES[page], browser::FORMS[form]),
            Command::Arrive(place) => self.send(Who::Worker, Event::Arrived { tab: self.tab(place) }),
            Command::Deliver(which, how) => self.deliver(which, how),
            Command::DeliverEverything => {
                for _ in 0..40 {
                    self.deliver(0, 255);
                }
            }
            Command::Press(button, app) => self.send(Who::Popup, Event::Pressed(button_of(button, APPS[app]))),
            Command::BeginAgain(app) => {
                for button in [Button::Back, Button::FillAgain(APPS[app].to_owned())] {
                    self.send(Who::Popup, Event::Pressed(button));
                }
            }
            Command::Select(app) => self.send(Who::Popup, Event::AppSelected(APPS[app].to_owned(), Opening::Tab)),
            Command::Type(text) => self.send(Who::Popup, Event::Typed(text)),
            Command::Move => self.send(Who::Popup, Event::Moved(Move::Down)),
            Command::Enter => self.send(Who::Popup, Event::Entered),
            Command::EnterAddress(app) => self.send(Who::Worker, Event::AddressEntered(APPS[app].to_owned(), Opening::Tab)),
            Command::AskToSignIn => self.send(Who::Worker, Event::SignInRequested),
            Command::ChangePerson => self.person = 1 - self.person,
            Command::ChoosePortal(portal) => self.send(Who::Worker, Event::PortalChosen(PortalUrl::new(browser::PORTALS[portal]).unwrap())),
            Command::Alarm => self.send(Who::Worker, Event::AlarmRang),
            Command::Started => self.send(Who::Worker, Event::Started),
            Command::MemoryChanged(popup) => self.send(if popup { Who::Popup } else { Who::Worker }, Event::MemoryChanged),
            Command::Access(given) => {
                self.granted = if given { vec!["https://*/*".to_owned()] } else { Vec::new() };
                self.send(Who::Worker, Event::HostAccessChanged);
            }
            Command::RefuseStorage(times) => self.refusals = times,
            Command::Pass(pause) => self.now += PAUSES[pause],
            Command::Unasked(what, place, epoch) => {
                let tab = self.tab(place).id;
                let shown = self.tabs[usize::try_from(tab).unwrap()].clone();
                let event = match what % 6 {
                    0 => Event::Probed { tab, number: epoch % 4, sight: Ok(self.look(tab, &shown, "")) },
                    1 => Event::Written { tab, number: epoch % 4, result: Ok(Report { outcome: Outcome::Submitted, reason: None }) },
                    2 => Event::Waited { tab, number: epoch % 4 },
                    3 => Event::ProofDrawn { epoch, proof: proof_of(1) },
                    4 => Event::Authorized {
                        epoch,
                        redirect: Ok(Secret::new(format!("{REDIRECT}?code=code-of-ben&state=state-1&iss=https%3A%2F%2Fportal.test"))),
                    },
                    _ => Event::Answered {
                        purpose: Purpose::Credential { tab, app: "crm".into() },
                        epoch,
                        exchange: answer(200, &credential_document("nobody", "crm")),
                    },
                };
                self.send(if what.is_multiple_of(2) { Who::Popup } else { Who::Worker }, event);
            }
        }
    }
}

fn button_of(number: usize, app: &str) -> Button {
    match number {
        0 | 1 => Button::SignIn,
        2 | 3 => Button::SignOut,
        4 => Button::CancelSignIn,
        5 => Button::DeclineAutomatic,
        6 => Button::FillAgain(app.to_owned()),
        7 => Button::FillAnyway(app.to_owned()),
        8 => Button::Refresh,
        9 => Button::Back,
        10 => Button::TurnOnAutomatic,
        _ => Button::OpenPortal,
    }
}

#[test]
fn whatever_happens_in_whatever_order() {
    let counts = std::cell::RefCell::new(Counts::default());
    let mut runner = TestRunner::new(Config { cases: Config::default().cases.max(400), max_shrink_iters: 20_000, ..Config::default() });
    let commands = prop::collection::vec(command(), 1..80);
    let result = runner.run(&(any::<bool>(), commands), |(signed_in, commands)| {
        let mut browser = Browser::new(signed_in);
        commands.into_iter().for_each(|command| browser.run(command));
        browser.check_outside();
        let mut counts = counts.borrow_mut();
        counts.sign_ins += browser.counts.sign_ins;
        counts.writes += browser.counts.writes;
        counts.launch_writes += browser.counts.launch_writes;
        counts.described += browser.counts.described;
        counts.late += browser.counts.late;
        counts.replies += browser.counts.replies;
        counts.sign_outs += browser.counts.sign_outs;
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    // The stories must be about something.
    let counts = counts.into_inner();
    let all = [counts.sign_ins, counts.writes, counts.launch_writes, counts.described, counts.late, counts.sign_outs, counts.replies];
    assert!(
        all.iter().all(|&count| count >= 20),
        "sign-ins, writes, after launches, of described fields, late answers, sign-outs, forms that came back: {all:?}"
    );
}
