//! What must hold in the browser of the model, whatever happened.

use my_apps_sign_in::address::Address;
use my_apps_sign_in::effect::{Effect, Job, Purpose};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::launch::LAUNCH_LIFETIME;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::outside::Outside;
use my_apps_sign_in::provider::{Body, Request};
use my_apps_sign_in::query;
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::sent::{PasswordStatus, SENT_LIFETIME, Sent};
use my_apps_sign_in::state::{Screen, State};
use my_apps_sign_in::storage;

use crate::browser::{Browser, Who};
use crate::common::{question, state};

impl Browser {
    /// Nothing of two people or two portals is ever together, and nothing outlives a sign-out.
    pub(crate) fn check_memory(&self, state: &State) {
        let memory = &state.memory;
        let text = storage::save(memory).values().cloned().collect::<String>();
        assert!(!text.contains("password-") && !text.contains("user-"), "a credential is remembered");
        let found = if let Screen::Popup(popup) = &state.screen { popup.finding.found.as_ref() } else { None };
        match &memory.account {
            Some(known) => {
                let person = known.account.name.trim_start_matches("name-of-");
                assert_eq!(known.portal, memory.settings.portal);
                if let Some(session) = &memory.session {
                    assert_eq!(session.access_token.reveal(), format!("token-of-{person}-at-{}", memory.settings.portal.as_str()));
                    assert_eq!(session.discovery.issuer(), memory.settings.portal.as_str());
                }
                assert!(memory.catalogue.apps.iter().all(|app| app.name.ends_with(person)), "the apps are of somebody else");
                assert!(found.is_none_or(|found| found.rows.iter().all(|row| row.name.ends_with(person))), "somebody else's were found");
            }
            None => {
                assert!(found.is_none() && memory.session.is_none() && memory.catalogue.apps.is_empty(), "something is left");
                assert!(memory.recent.ids().is_empty() && memory.favourites.ids().is_empty() && memory.fill_log.is_empty());
                assert!(memory.sign_in.is_under_way() || !text.contains("token-of-"), "a token is left in {text}");
                assert!(!text.contains("document-") && !text.contains("\"crm\""), "something of the person is left in {text}");
            }
        }
    }

    /// An answer to an earlier sign-in, or from before a sign-out, changes nothing.
    pub(crate) fn check_late(&mut self, event: &Event, before: &Memory, after: &Memory, effects: &[Effect]) {
        if let Event::Answered {
            purpose:
                Purpose::Apps
                | Purpose::Icons
                | Purpose::Account
                | Purpose::Token
                | Purpose::SignInDiscovery
                | Purpose::ChoosePortal(_)
                | Purpose::Credential { .. },
            epoch,
            ..
        }
        | Event::ProofDrawn { epoch, .. }
        | Event::Authorized { epoch, .. } = event
            && *epoch != before.epoch
        {
            self.counts.late += 1;
            // What another context changed meanwhile is noticed with whatever comes next.
            let is_free = |effect: &Effect| match effect {
                Effect::ShowAvailable { title: None, .. } | Effect::Find { .. } | Effect::ShowOutside { .. } => true,
                Effect::AskWorker(job) => matches!(job, Job::Outside | Job::Links),
                Effect::Suggest(apps) => apps.is_empty(),
                _ => false,
            };
            assert!(effects.iter().all(is_free), "a late answer led to {effects:?}");
            // What the next popup shows first is derived anew, whatever comes, and ends with the sign-in.
            let saved = |memory: &Memory| storage::save(&Memory { glimpse: None, ..memory.clone() });
            assert_eq!(saved(before), saved(after), "a late answer was remembered");
        }
    }

    /// Whatever was stopped in the middle: once somebody looks, and everything goes well, the browser shows what belongs to it.
    pub(crate) fn check_outside(&mut self) {
        self.refusals = 0;
        // Perhaps that there is no access any more. It is seen when the alarm rings, if not before.
        if self.missed {
            self.send(Who::Worker, Event::AlarmRang);
        }
        self.close_popup();
        self.open_popup(0);
        (0..200).for_each(|_| self.deliver(0, 255));
        let mut memory = storage::load(&self.stored);
        if !memory.catalogue_tag.stamp.is_empty() {
            storage::attach_catalogue(&mut memory, self.list.clone());
        }
        let state = State { granted: HostAccess::new(self.granted.clone()), ..state(Screen::Worker, memory) };
        assert_eq!(self.outside, Some(Outside::of(&state, self.now)), "something else is shown");
    }

    /// What answers an earlier fill of a tab, or nothing that was asked, leads to nothing in a later one.
    pub(crate) fn check_question(&mut self, who: Who, event: &Event, before: &Memory, after: &Memory, effects: &[Effect]) {
        if let Event::Probed { tab, number, .. } | Event::Waited { tab, number } | Event::Written { tab, number, .. } = event
            && self.questions.get(&(who, *tab)) != Some(number)
        {
            assert!(!effects.iter().any(|effect| question(effect).is_some()), "{event:?} is taken for the answer to another fill");
            assert_eq!((&before.sent, &before.filled), (&after.sent, &after.filled), "{event:?} is remembered of another fill");
        }
        self.questions.extend(effects.iter().filter_map(question).map(|(tab, number)| ((who, tab), number)));
    }

    pub(crate) fn check_effect(&mut self, who: Who, event: &Event, effect: &Effect, after: &State) {
        match effect {
            Effect::Ask { purpose, request, .. } => {
                if let Some(token) = token(request) {
                    let (_, portal) = token.split_once("-at-").unwrap();
                    assert!(request.url.starts_with(&format!("{portal}/api/v1/")), "a token goes to {}", request.url);
                }
                if let Purpose::Credential { tab, app } = purpose {
                    let Event::Probed { tab: probed, number, sight: Ok(sight) } = event else {
                        panic!("{app} is asked for after {event:?}")
                    };
                    assert_eq!(tab, probed);
                    assert_eq!(self.questions.get(&(who, *tab)), Some(number), "what an earlier fill saw is taken for what this one sees");
                    let plan = sight.page.plan.as_ref().unwrap();
                    assert!(plan.doubt.is_none() || self.told.iter().any(|(told, _)| told == tab), "nobody was asked about the form");
                    let is_told = self.told.contains(&(*tab, plan.action_origin.clone()));
                    assert!(plan.action_origin != "https://evil.test" || is_told, "nobody was told where the form leads");
                    self.check_place(after, app, &sight.page.href);
                }
            }
            Effect::Probe { tab, .. } => {
                if who != Who::Worker || !matches!(event, Event::Arrived { .. }) {
                    return;
                }
                let is_promised = self.launched.get(tab).is_some_and(|one| self.now < one.since + LAUNCH_LIFETIME && !one.used);
                let is_answered = self.sent.get(tab).is_some_and(|(_, at)| self.now < at + SENT_LIFETIME);
                assert!(is_promised || is_answered, "nobody launched it, and nothing was sent there");
            }
            Effect::Write { tab, document, command, credential, .. } => {
                let password = credential.field("password").map(Secret::reveal).unwrap();
                let mut parts = password.split('-').skip(1);
                let (person, app) = (parts.next().unwrap(), parts.next().unwrap());
                let (seen_tab, href) = &self.seen[document];
                assert_eq!((seen_tab, href), (tab, &command.place.href), "another document than the one that was looked at");
                assert_eq!(after.memory.account.as_ref().unwrap().account.name, format!("name-of-{person}"));
                self.check_place(after, app, href);
                self.counts.writes += 1;
                self.counts.described +=
                    usize::from(command.fields.iter().any(|field| matches!(field.field.as_str(), "company-id" | "branch")));
                // A form that shows again is the person's to decide about; the next step of the same sign-in is not.
                let sent = after.memory.sent.last_in(*tab, self.now).filter(|sent| sent.app == app && sent.status != PasswordStatus::Told);
                let is_again = |sent: &Sent| {
                    let secrets = command.fields.iter().filter(|field| field.secret);
                    command.fields.iter().all(|field| sent.has(&field.field)) || secrets.into_iter().any(|field| sent.has(&field.field))
                };
                if sent.is_some_and(is_again) {
                    assert!(self.insisted.contains(tab), "{app} is filled again by itself");
                }
                let final_step = command.fields.iter().any(|field| field.secret);
                match &after.screen {
                    Screen::Popup(popup) => assert_eq!(popup.tab.as_ref().unwrap().id, *tab, "nobody clicked there"),
                    Screen::Worker | Screen::Options(_) | Screen::Diagnostics(_) | Screen::Teaching(_) => {
                        let launched = self.launched.get_mut(tab).unwrap();
                        assert_eq!(launched.app, app);
                        assert!(!launched.used || !final_step, "one launch, one password");
                        launched.used |= final_step;
                        self.counts.launch_writes += 1;
                    }
                }
            }
            _ => {}
        }
    }

    fn check_place(&self, state: &State, app: &str, href: &str) {
        let address = Address::parse(href).unwrap();
        let app = state.memory.catalogue.app(app).unwrap();
        assert!(app.sign_on_rules.iter().any(|rule| rule.matches(&address)), "{} at {href}", app.id);
    }
}

/// The access token that a request shows, in its header or its body.
pub(crate) fn token(request: &Request) -> Option<String> {
    match (&request.bearer, &request.body) {
        (Some(token), _) => Some(token.reveal().to_owned()),
        (None, Body::Form(form)) => query::value(form.reveal(), "access_token"),
        _ => None,
    }
}
