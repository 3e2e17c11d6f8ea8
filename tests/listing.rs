//! A person at Microsoft, told to one context: signed in, the list page by page and once, the companion portal that keeps the
//! passwords, and signed out.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that can not go on fails")]

mod common;

use common::microsoft::{CLIENT, configuration, portal, registration};
use common::{NOON, PORTAL, REDIRECT, World, account_document, answer, apps_document, discovery_document, signed_in, through_storage};
use my_apps_sign_in::catalogue::{CredentialState, Mode};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json;
use my_apps_sign_in::memory::{Memory, PendingNotice, Standing};
use my_apps_sign_in::policy::Policy;
use my_apps_sign_in::provider::oauth::{AuthorizeError, Prompt, Proof};
use my_apps_sign_in::provider::{Answer, Exchange, NetworkError, PortalError, Request};
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::sign_in::{SignIn, SignInProblem};

fn proof() -> Proof {
    Proof { verifier: "verifier".into(), challenge: "challenge".into(), state: "state-1".into() }
}

/// Nobody is signed in, and Microsoft knows us.
fn at_microsoft(vault: Option<&str>) -> Memory {
    let policy = Policy { registration: registration(), vault: vault.map(portal), ..Policy::default() };
    Memory { policy, ..Memory::default() }
}

/// The oldest open request of the world, answered.
#[track_caller]
fn reply(world: &mut World, wanted: &str, exchange: Exchange) -> Vec<Effect> {
    let (words, purpose, epoch) = world.open.remove(0);
    assert!(words.starts_with(wanted), "{words} instead of {wanted}");
    world.send(Event::Answered { purpose, epoch, exchange })
}

fn requests(effects: &[Effect]) -> Vec<&Request> {
    effects.iter().filter_map(|effect| if let Effect::Ask { request, .. } = effect { Some(request) } else { None }).collect()
}

fn urls(effects: &[Effect]) -> Vec<&str> {
    requests(effects).iter().map(|request| request.url.as_str()).collect()
}

/// Signs in at Microsoft; what follows from the last step.
fn sign_in(world: &mut World) -> Vec<Effect> {
    world.send(Event::SignInRequested);
    reply(world, "ask discovery", configuration("https://login.microsoftonline.com/"));
    through_window(world, "");
    reply(world, "ask token", answer(200, r#"{"token_type": "Bearer", "access_token": "graph-token", "expires_in": 3599, "scope": "x"}"#));
    reply(world, "ask account", answer(200, r#"{"id": "o-1", "displayName": null, "userPrincipalName": "anna@contoso.example"}"#))
}

fn through_window(world: &mut World, issuer: &str) {
    let epoch = world.state.memory.epoch;
    world.send(Event::ProofDrawn { epoch, proof: proof() });
    world.send(Event::Authorized { epoch, redirect: Ok(Secret::new(format!("{REDIRECT}?code=c&state=state-1{issuer}"))) });
}

const FIRST: &str = "https://graph.microsoft.com/beta/me/appRoleAssignedResources?$count=true&$top=999&$select=appId,displayName,description,homepage,loginUrl,preferredSingleSignOnMode,tags,accountEnabled,info";
const NEXT: &str = "https://graph.microsoft.com/beta/me/appRoleAssignedResources?$skiptoken=2";
const NAMES: &str = "https://graph.microsoft.com/v1.0/me/appRoleAssignments?$top=999";

fn apps_page(ids: &[&str], next: Option<&str>) -> Exchange {
    let entries =
        ids.iter().map(|id| format!(r#"{{"appId": "{id}", "displayName": "{id} at work", "preferredSingleSignOnMode": "saml"}}"#));
    let next = next.map(|next| format!(r#", "@odata.nextLink": "{next}""#)).unwrap_or_default();
    answer(200, &format!(r#"{{"value": {}{next}}}"#, json::list(entries)))
}

/// The address of an app's logo, of the length they have.
fn logo(app: &str) -> String {
    format!("https://aadcdn.msftauthimages.net/{}/appbranding/{app}/1033/bannerlogo?ts=637003628120591303", "t".repeat(100))
}

fn page_with_logos(ids: &[String], next: Option<&str>) -> Exchange {
    let entries = ids.iter().map(|id| format!(r#"{{"appId": "{id}", "displayName": "{id}", "info": {{"logoUrl": "{}"}}}}"#, logo(id)));
    let next = next.map(|next| format!(r#", "@odata.nextLink": "{next}""#)).unwrap_or_default();
    answer(200, &format!(r#"{{"value": {}{next}}}"#, json::list(entries)))
}

/// What is kept to be drawn, by the apps' ids.
fn icons(world: &World) -> std::collections::BTreeMap<String, String> {
    serde_json::from_str(world.state.memory.fresh_icons.as_ref().unwrap()).unwrap()
}

fn throttled(seconds: &str) -> Exchange {
    Ok(Answer { status: 429, etag: None, retry_after: Some(seconds.into()), body: Secret::default() })
}

fn names(world: &World) -> Vec<&str> {
    world.state.memory.catalogue.apps.iter().map(|app| app.id.as_str()).collect()
}

#[test]
fn without_a_registration_nothing_is_asked() {
    let mut world = World::worker(Memory::default());
    assert!(world.send(Event::SignInRequested).is_empty());
}

#[test]
fn signed_in_the_list_comes_page_by_page_and_once() {
    let mut world = World::worker(at_microsoft(None));
    let effects = sign_in(&mut world);
    assert_eq!(urls(&effects), [FIRST]);
    assert_eq!(requests(&effects)[0].header, Some(("ConsistencyLevel", "eventual".into())));
    let Standing::SignedIn(known, session) = world.state.memory.standing(NOON) else { panic!("signed in") };
    assert_eq!((known.account.name.as_str(), session.expires_at), ("anna@contoso.example", NOON + 3_599_000));
    // Whoever asks meanwhile gets the same list.
    assert!(urls(&world.send(Event::ListRequested)).is_empty());
    assert_eq!(urls(&reply(&mut world, "ask apps", apps_page(&["one", "two"], Some(NEXT)))), [NEXT]);
    assert!(names(&world).is_empty(), "half a list is none");
    assert!(urls(&reply(&mut world, "ask apps", apps_page(&["three"], None))).is_empty());
    assert!(urls(&world.send(Event::IconsRequested)).is_empty(), "there is no such route at Microsoft");
    assert_eq!(names(&world), ["one", "two", "three"]);
    assert_eq!(through_storage(&world.state.memory).catalogue.apps.len(), 3);
    // A quarter of an hour later it is asked for again, by a popup through the worker.
    assert!(urls(&world.send(Event::ListRequested)).is_empty());
    let mut popup = World::popup(world.state.memory.clone());
    assert!(!popup.tell("popup https://news.test/").contains("ask"));
    popup.now += 15 * 60_000;
    assert!(popup.tell("popup https://news.test/").contains("ask worker for list"));
}

#[test]
fn logos_are_kept_with_the_whole_list() {
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    reply(&mut world, "ask apps", page_with_logos(&["one".into()], Some(NEXT)));
    assert_eq!(world.state.memory.fresh_icons, None, "half a list is none");
    reply(&mut world, "ask apps", apps_page(&["two"], Some(NEXT)));
    reply(&mut world, "ask apps", page_with_logos(&["three".into()], None));
    let all = |apps: &[&str]| apps.iter().map(|app| ((*app).to_owned(), logo(app))).collect();
    assert_eq!(icons(&world), all(&["one", "three"]));
    // The next list has none: nothing of the one before is drawn.
    world.now += 16 * 60_000;
    world.send(Event::ListRequested);
    reply(&mut world, "ask apps", page_with_logos(&["one".into()], Some(NEXT)));
    reply(&mut world, "ask apps", answer(403, "{}"));
    reply(&mut world, "ask apps", answer(200, r#"{"value": [{"resourceId": "one", "resourceDisplayName": "Wiki"}]}"#));
    assert_eq!(icons(&world), all(&[]));
}

#[test]
fn of_logos_as_many_are_kept_as_there_is_room_for() {
    let ids: Vec<String> = (0..10_000).map(|number| format!("11111111-2222-4333-8444-{number:012}")).collect();
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    for (number, page) in ids.chunks(999).enumerate() {
        reply(&mut world, "ask apps", page_with_logos(page, (number < 10).then_some(NEXT)));
    }
    assert_eq!(names(&world).len(), 10_000);
    let icons = icons(&world);
    assert!((4000..5000).contains(&icons.len()), "{}", icons.len());
    assert!(icons.contains_key(&ids[0]) && !icons.contains_key(&ids[9999]), "the last ones have their letters");
    assert!(world.state.memory.fresh_icons.as_ref().unwrap().len() < 1100 * 1024);
}

#[test]
fn asked_for_patience_the_worker_waits_and_goes_on_where_it_was() {
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    reply(&mut world, "ask apps", apps_page(&["one"], Some(NEXT)));
    let effects = reply(&mut world, "ask apps", throttled("3"));
    assert!(matches!(effects.as_slice(), [Effect::WaitToList(3000)]), "{effects:?}");
    assert!(urls(&world.send(Event::ListRequested)).is_empty(), "not before the time has come");
    world.now += 3000;
    assert_eq!(urls(&world.send(Event::ListRequested)), [NEXT]);
    reply(&mut world, "ask apps", apps_page(&["two"], None));
    assert_eq!(names(&world), ["one", "two"]);
    // A wait that the worker would not survive ends it, and says so.
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    assert!(reply(&mut world, "ask apps", throttled("100")).is_empty());
    assert!(matches!(world.state.memory.notice, Some(PendingNotice::PortalProblem { error: PortalError::TooManyRequests, .. })));
}

#[test]
fn where_the_apps_are_not_to_be_had_their_names_are() {
    for status in [403, 404, 400] {
        let mut world = World::worker(at_microsoft(None));
        sign_in(&mut world);
        assert_eq!(urls(&reply(&mut world, "ask apps", answer(status, "{}"))), [NAMES], "{status}");
        reply(
            &mut world,
            "ask apps",
            answer(
                200,
                r#"{"value": [{"resourceId": "r-1", "resourceDisplayName": "Wiki"}, {"resourceId": "r-1", "resourceDisplayName": "Wiki"}]}"#,
            ),
        );
        assert_eq!(names(&world), ["r-1"]);
    }
}

#[test]
fn every_bad_page_leaves_the_list_that_is_known() {
    for exchange in [
        answer(500, "{}"),
        answer(200, "<html>"),
        answer(200, r#"{"value": 7}"#),
        answer(200, r#"{"value": [], "@odata.nextLink": "https://evil.test/"}"#),
    ] {
        let mut world = World::worker(at_microsoft(None));
        sign_in(&mut world);
        reply(&mut world, "ask apps", apps_page(&["one"], None));
        world.now += 16 * 60_000;
        world.send(Event::ListRequested);
        reply(&mut world, "ask apps", exchange);
        assert_eq!(names(&world), ["one"]);
        assert!(matches!(world.state.memory.notice, Some(PendingNotice::PortalProblem { .. })));
        world.send(Event::ListRequested);
        reply(&mut world, "ask apps", apps_page(&["two"], None));
        assert_eq!((names(&world), world.state.memory.notice.clone()), (vec!["two"], None), "and what was wrong is not said again");
    }
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    reply(&mut world, "ask apps", answer(401, "{}"));
    assert!(matches!(world.state.memory.standing(world.now), Standing::Expired(_)));
}

#[test]
fn a_list_without_an_end_has_one() {
    let mut world = World::worker(at_microsoft(None));
    sign_in(&mut world);
    assert_eq!(urls(&reply(&mut world, "ask apps", apps_page(&["one"], Some(NEXT)))), [NEXT]);
    assert!(urls(&reply(&mut world, "ask apps", apps_page(&[], Some(NEXT)))).is_empty());
    assert_eq!(names(&world), ["one"]);
}

#[test]
fn signing_out_ends_it_at_microsoft_and_at_the_companion() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    sign_in_at_companion(&mut world, "anna");
    let mut popup = World::popup(world.state.memory.clone());
    let told = popup.tell("popup https://news.test/ > press SignOut");
    assert!(told.contains("open https://login.microsoftonline.com/organizations/oauth2/v2.0/logout, end session"), "{told}");
    let memory = &popup.state.memory;
    assert!(memory.vault.is_none() && memory.session.is_none() && memory.catalogue.apps.is_empty());
    assert_eq!(memory.policy.vault, Some(portal(PORTAL)), "the company's decisions stay");
    assert_eq!(common::discovery_of(PORTAL).sign_out_page(), None);
}

#[test]
fn a_list_on_its_way_is_nobody_elses() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    sign_in_at_companion(&mut world, "anna");
    let effects = reply(&mut world, "ask apps", apps_page(&["of-anna"], None));
    assert_eq!(urls(&effects), ["https://portal.test/api/v1/apps"], "the last part is on its way");
    // She signs out, and somebody signs in at a portal of our own protocol while the worker is still alive.
    let mut popup = World::popup(world.state.memory.clone());
    popup.tell("popup https://news.test/ > press SignOut");
    let epoch = popup.state.memory.epoch;
    world.open.clear();
    world.state.memory = Memory { epoch, ..signed_in("ben") };
    world.tell("alarm");
    reply(&mut world, "ask apps", answer(200, &apps_document("ben")));
    assert!(!names(&world).contains(&"of-anna") && !names(&world).is_empty(), "{:?}", names(&world));
}

/// The companion's sign-in, which has been started.
fn sign_in_at_companion(world: &mut World, person: &str) -> Vec<Effect> {
    reply(world, "ask discovery", answer(200, &discovery_document(PORTAL)));
    through_window(world, "&iss=https%3A%2F%2Fportal.test");
    reply(world, "ask token", answer(200, r#"{"token_type": "Bearer", "access_token": "vault-token", "expires_in": 28800}"#));
    reply(world, "ask account", answer(200, &account_document(person)))
}

#[test]
fn the_companion_knows_the_passwords() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    let effects = sign_in(&mut world);
    assert_eq!(urls(&effects), ["https://portal.test/.well-known/my-apps"], "the list waits for what it says");
    assert_eq!(urls(&sign_in_at_companion(&mut world, "anna")), [FIRST]);
    let effects = reply(&mut world, "ask apps", apps_page(&["crm", "other"], None));
    assert_eq!(urls(&effects), ["https://portal.test/api/v1/apps"]);
    assert_eq!(requests(&effects)[0].bearer.as_ref().unwrap().reveal(), "vault-token");
    reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
    let catalogue = &world.state.memory.catalogue;
    assert_eq!(names(&world), ["crm", "other"], "its own apps are not listed");
    let crm = catalogue.app("crm").unwrap();
    assert_eq!((crm.name.as_str(), crm.mode, crm.credential), ("crm at work", Mode::Password, CredentialState::Stored));
    assert_eq!(crm.launch_url, "https://crm.test/login");
    assert!(catalogue.app("other").unwrap().sign_on_rules.is_empty());

    let mut popup = World::popup(through(&world));
    let told = popup.tell("popup https://crm.test/login > see d1 https://crm.test/login login");
    assert!(told.contains("ask credential crm"), "{told}");
    let session = popup.state.memory.keeper().unwrap();
    assert_eq!(session.access_token.reveal(), "vault-token");
    // Its token is refused: it is asked again silently, and Microsoft's stays.
    let told = popup.tell("credential 401");
    assert!(told.contains("ask discovery"), "{told}");
    assert!(popup.state.memory.vault.is_none() && popup.state.memory.session.is_some());
    assert!(matches!(&popup.state.memory.sign_in, SignIn::Discovering(Prompt::Silent, at) if at.as_str() == PORTAL));
}

fn through(world: &World) -> Memory {
    let values = my_apps_sign_in::storage::save(&world.state.memory);
    let mut values = values;
    values.add("policy", format!(r#"{{"clientId": "{CLIENT}", "vaultUrl": "{PORTAL}"}}"#));
    let mut memory = my_apps_sign_in::storage::load(&values);
    my_apps_sign_in::storage::attach_catalogue(&mut memory, Some(std::rc::Rc::clone(&world.state.memory.catalogue)));
    assert!(memory.vault.is_some());
    memory
}

#[test]
fn the_companion_of_somebody_else_is_left_alone() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    let effects = sign_in_at_companion(&mut world, "ben");
    assert_eq!(urls(&effects), [FIRST], "the apps come all the same");
    assert!(world.state.memory.vault.is_none());
    assert!(matches!(world.state.memory.sign_in, SignIn::Failed(SignInProblem::Authorize(AuthorizeError::OtherPerson))));
}

#[test]
fn a_companion_that_failed_is_named_and_offered_again() {
    let said = |world: &World| {
        let mut popup = World::popup(world.state.memory.clone());
        popup.tell("popup https://news.test/");
        popup.said_in_full()
    };
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    let down = World::worker(world.state.memory.clone());
    sign_in_at_companion(&mut world, "ben");
    assert_eq!(said(&world), "vaultOtherPerson [SignIn]");
    let mut world = down;
    world.send(Event::SignInRequested);
    reply(&mut world, "ask discovery", Err(NetworkError::Unreachable));
    assert_eq!(said(&world), format!("portalUnreachable {PORTAL} [SignIn]"), "not Microsoft's");
}

#[test]
fn without_its_session_the_companion_is_offered() {
    let mut world = World::worker(at_microsoft(Some(PORTAL)));
    sign_in(&mut world);
    sign_in_at_companion(&mut world, "anna");
    reply(&mut world, "ask apps", apps_page(&["crm"], None));
    reply(&mut world, "ask apps", answer(200, &apps_document("anna")));
    world.state.memory.vault = None;
    let mut popup = World::popup(world.state.memory.clone());
    popup.tell("popup https://news.test/");
    assert_eq!(popup.said(), "vaultOffer [SignIn]");
    popup.tell("press Back > popup https://crm.test/login > see d1 https://crm.test/login login");
    assert_eq!(popup.said(), "vaultOffer [SignIn]");
    // The button's sign-in is at the companion, as long as Microsoft's holds.
    let mut worker = World::worker(world.state.memory.clone());
    assert_eq!(urls(&worker.send(Event::SignInRequested)), ["https://portal.test/.well-known/my-apps"]);
}
