//! Microsoft Entra ID, by the shapes and errors of its public documents: where everything is, who is signed in, which apps
//! come in which pages, what a refusal is called, and the companion portal that keeps the passwords.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::{NOON, PORTAL, REDIRECT, World, account_document, answer, apps_document, discovery_document, signed_out, through_storage};
use my_apps_sign_in::catalogue::{Catalogue, CredentialState, Mode};
use my_apps_sign_in::effect::{Effect, Purpose};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::memory::{Memory, PendingNotice, Settings, Standing};
use my_apps_sign_in::policy::Policy;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::discovery::Discovery;
use my_apps_sign_in::provider::entra::{self, Cloud, Page, Registration, error};
use my_apps_sign_in::provider::oauth::{self, AuthorizeError, Prompt, Proof};
use my_apps_sign_in::provider::protocol::Protocol;
use my_apps_sign_in::provider::{Answer, Exchange, PortalError, Request};
use my_apps_sign_in::secret::Secret;
use my_apps_sign_in::sign_in::{SignIn, SignInProblem};
use my_apps_sign_in::{json, setup};

const TENANT: &str = "aaaabbbb-0000-4ccc-8ddd-eeee2222ffff";
const CLIENT: &str = "00001111-aaaa-4222-8bbb-3333cccc4444";

fn portal(url: &str) -> PortalUrl {
    PortalUrl::new(url).unwrap()
}

fn registration() -> Registration {
    Registration { client_id: CLIENT.into(), ..Registration::default() }
}

fn configuration(login: &str) -> Exchange {
    answer(200, &format!(r#"{{"issuer": "{login}{TENANT}/v2.0", "authorization_endpoint": "https://evil.test/"}}"#))
}

fn description(url: &str, registration: &Registration) -> Discovery {
    let portal = portal(url);
    let cloud = Cloud::of(&portal).unwrap();
    entra::describe(cloud, &portal, registration, configuration(cloud.login)).unwrap()
}

#[test]
fn each_cloud_has_its_own_sign_in_graph_and_launcher() {
    for (url, login, graph, launch) in [
        ("https://myapps.microsoft.com", "login.microsoftonline.com", "graph.microsoft.com", "launcher.myapps.microsoft.com/api/signin"),
        ("https://myapplications.microsoft.com", "login.microsoftonline.com", "graph.microsoft.com", "launcher.myapps.microsoft.com/api/signin"),
        ("https://myapps.microsoft.us", "login.microsoftonline.us", "graph.microsoft.us", "myapps.microsoft.us/signin"),
        ("https://myapplications.azure.cn", "login.partner.microsoftonline.cn", "microsoftgraph.chinacloudapi.cn", "myapps.windowsazure.cn/signin"),
    ] {
        let found = description(url, &registration());
        assert_eq!(found.api_url, format!("https://{graph}/"));
        // Whatever the document says of other hosts.
        assert_eq!(found.authorization_endpoint, format!("https://{login}/organizations/oauth2/v2.0/authorize?response_mode=query"));
        assert_eq!(found.token_endpoint, format!("https://{login}/organizations/oauth2/v2.0/token"));
        assert_eq!(found.launch("app-1").unwrap(), format!("https://{launch}/app-1?tenantId={TENANT}"));
        assert_eq!(found.issuer(), url);
    }
}

#[test]
fn the_directory_is_in_the_address_or_in_the_policy() {
    let check = |url: &str, tenant: Option<&str>, directory: &str, home: &str| {
        let registration = Registration { tenant: tenant.unwrap_or_default().to_owned(), ..registration() };
        let url = portal(url);
        let request = Protocol::of(&url).discovery_request(&url, &registration);
        assert_eq!(request.url, format!("https://login.microsoftonline.com/{directory}/v2.0/.well-known/openid-configuration"));
        assert_eq!(description(url.as_str(), &registration).home(), home);
    };
    let by_id = format!("https://myapps.microsoft.com/?tenantId={TENANT}");
    check("https://myapps.microsoft.com/", None, "organizations", "https://myapps.microsoft.com");
    check("https://myapps.microsoft.com/", Some("contoso.com"), "contoso.com", "https://myapps.microsoft.com");
    check("https://myapps.microsoft.com/contoso.com", None, "contoso.com", "https://myapps.microsoft.com/contoso.com");
    check("https://myapps.microsoft.com/contoso.com", Some("other.com"), "contoso.com", "https://myapps.microsoft.com/contoso.com");
    check(&by_id, None, TENANT, &by_id);
    check(&by_id.replace("tenantId", "tenantid"), None, TENANT, &by_id);
    check("https://myapps.microsoft.com/?tenantId=../evil", None, "organizations", "https://myapps.microsoft.com");
    // At other portals this is nothing special.
    assert_eq!(portal("https://portal.test/?tenantId=contoso.com").as_str(), "https://portal.test");
}

#[test]
fn a_directory_that_does_not_exist_is_no_portal() {
    let url = PortalUrl::default();
    let cloud = Cloud::of(&url).unwrap();
    let read = |exchange| entra::describe(cloud, &url, &registration(), exchange).map(|_| ());
    assert_eq!(read(answer(400, r#"{"error": "invalid_tenant"}"#)), Err(PortalError::NotAPortal));
    assert_eq!(read(answer(200, r#"{"issuer": "https://login.evil.test/x/v2.0"}"#)), Err(PortalError::NotAPortal));
    assert_eq!(read(answer(200, "<html>")), Err(PortalError::NotAPortal));
    assert_eq!(read(answer(503, "")), Err(PortalError::Failed(503)));
    let any = answer(200, r#"{"issuer": "https://login.microsoftonline.com/{tenantid}/v2.0"}"#);
    let any = entra::describe(cloud, &url, &registration(), any).unwrap();
    assert_eq!(any.launch("a").unwrap(), "https://launcher.myapps.microsoft.com/api/signin/a");
}

fn proof() -> Proof {
    Proof { verifier: "verifier".into(), challenge: "challenge".into(), state: "state-1".into() }
}

#[test]
fn the_sign_in_says_who_is_meant() {
    let found = description("https://myapps.microsoft.com/contoso.com", &Registration { domain_hint: "contoso.com".into(), ..registration() });
    let url = |prompt, username: &str| {
        let account = json::read(&account_document("anna").replace("anna@contoso.example", username)).unwrap();
        let url = oauth::authorize_url(&found, REDIRECT, &proof(), prompt, (!username.is_empty()).then_some(&account));
        url::Url::parse(&url).unwrap().query_pairs().map(|(name, value)| format!("{name}={value}")).collect::<Vec<String>>()
    };
    let common = ["response_mode=query", "domain_hint=contoso.com", "response_type=code", &format!("client_id={CLIENT}"), &format!("redirect_uri={REDIRECT}"),
        "scope=openid profile User.ReadBasic.All", "state=state-1", "code_challenge=challenge", "code_challenge_method=S256"].map(str::to_owned);
    let with = |more: &[&str]| [&common[..], &more.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>()].concat();
    assert_eq!(url(Prompt::Interactive, ""), with(&["prompt=select_account"]));
    assert_eq!(url(Prompt::Interactive, "anna@contoso.com"), with(&["login_hint=anna@contoso.com"]));
    assert_eq!(url(Prompt::Silent, "anna@contoso.com"), with(&["login_hint=anna@contoso.com", "prompt=none"]));
    // A guest signs in under another name than the directory's.
    assert_eq!(url(Prompt::Interactive, "anna_fabrikam.com#EXT#@contoso.com"), with(&["prompt=select_account"]));
}

#[test]
fn refusals_become_sentences_and_never_a_code() {
    let found = description("https://myapps.microsoft.com", &registration());
    let read = |query: &str| oauth::read_redirect(&format!("{REDIRECT}?{query}"), REDIRECT, &found, &proof()).map(|code| code.reveal().to_owned());
    assert_eq!(read("code=c&state=state-1&session_state=s"), Ok("c".into()));
    assert_eq!(read("code=c&state=state-1&iss=https%3A%2F%2Flogin.microsoftonline.com%2Ft%2Fv2.0"), Ok("c".into()));
    for (query, error) in [
        ("code=c&state=state-2", AuthorizeError::Forged),
        ("code=c&state=state-1&iss=https%3A%2F%2Fevil.test", AuthorizeError::Forged),
        ("code=c&state=state-1&iss=nothing", AuthorizeError::Forged),
        ("error=login_required&error_description=AADSTS50058%3A+x&state=state-1", AuthorizeError::LoginRequired),
        ("error=interaction_required&error_description=AADSTS50076%3A+x&state=state-1", AuthorizeError::LoginRequired),
        ("error=access_denied&state=state-1", AuthorizeError::Cancelled),
        ("error=access_denied&error_description=AADSTS65004%3A+x&state=state-1", AuthorizeError::Entra(65004)),
        ("error=consent_required&error_description=AADSTS65001%3A+x&state=state-1", AuthorizeError::Entra(65001)),
        ("error=server_error&state=state-1", AuthorizeError::Refused),
    ] {
        assert_eq!(read(query), Err(error), "{query}");
        assert_eq!(AuthorizeError::read(&json::parse(&error.write()).unwrap()), Some(error));
    }
    for (code, sentence) in [
        (65001, "entraConsent"),
        (90094, "entraConsent"),
        (50105, "entraNotAssigned"),
        (53000, "entraBlocked"),
        (53003, "entraBlocked"),
        (700_016, "entraRegistration"),
        (9_002_327, "entraRegistration"),
        (50020, "entraAccount"),
        (1, "entraRefused"),
    ] {
        assert_eq!(error::sentence(code), sentence, "{code}");
    }
    for (text, code) in [("AADSTS65001: x", Some(65001)), ("x AADSTS7: y", None), ("AADSTS", None), ("AADSTSx: y", None), ("AADSTS99999999999: x", None), ("ä", None)] {
        assert_eq!(error::code(text), code, "{text}");
    }
    let wrong = r#"{"error": "invalid_request", "error_description": "AADSTS9002326: Cross-origin token redemption", "error_codes": [9002326]}"#;
    assert_eq!(oauth::refusal(&answer(400, wrong)), Some(AuthorizeError::Entra(9_002_326)));
    assert_eq!(oauth::refusal(&answer(401, "<html>")), Some(AuthorizeError::Refused));
    assert_eq!(oauth::refusal(&answer(429, wrong)), None);
}

/// One page of apps, read; `next` is appended as Graph would.
fn page(entries: &str, next: &str) -> Result<Page, PortalError> {
    let next = if next.is_empty() { String::new() } else { format!(r#", "@odata.nextLink": "{next}""#) };
    Page::read(&description("https://myapps.microsoft.com", &registration()), answer(200, &format!(r#"{{"value": [{entries}]{next}}}"#)))
}

#[test]
fn a_page_is_read_as_a_portal_would_have_written_it() {
    let entries = r##"
        {"appId": "a-1", "displayName": "Wiki", "description": "Everything", "preferredSingleSignOnMode": "saml", "tags": [], "accountEnabled": true},
        {"appId": "a-2", "displayName": "Bank", "preferredSingleSignOnMode": "password", "loginUrl": "https://bank.test/login", "homepage": "https://bank.test/"},
        {"appId": "a-3", "displayName": "Shop", "preferredSingleSignOnMode": "password", "homepage": "https://shop.test/"},
        {"appId": "a-4", "displayName": "Old", "preferredSingleSignOnMode": null},
        {"appId": "a-5", "displayName": "Secret", "tags": ["x", "HideApp"]},
        {"appId": "a-6", "displayName": "Off", "accountEnabled": false},
        {"id": "only-an-id"},
        {"resourceId": "r-1", "resourceDisplayName": "Named only"},
        7"##;
    let found = page(entries, "").unwrap();
    let catalogue = Catalogue::read(&format!(r#"{{"apps": {}}}"#, json::list(found.apps))).unwrap();
    let told: Vec<String> = catalogue.apps.iter().map(|app| format!("{} {} {:?} {:?} {}", app.id, app.name, app.mode, app.credential, app.launch_url)).collect();
    let launcher = "https://launcher.myapps.microsoft.com/api/signin";
    assert_eq!(
        told,
        [
            format!("a-1 Wiki Saml Elsewhere {launcher}/a-1?tenantId={TENANT}"),
            "a-2 Bank Password Elsewhere https://bank.test/login".into(),
            "a-3 Shop Password Elsewhere https://shop.test/".into(),
            format!("a-4 Old Linked Elsewhere {launcher}/a-4?tenantId={TENANT}"),
            "r-1 Named only Linked Elsewhere https://myapps.microsoft.com".into(),
        ]
    );
    assert!(catalogue.host_patterns().is_empty(), "nothing is offered that cannot be done");
}

#[test]
fn the_token_goes_to_graph_alone() {
    assert_eq!(page("", "https://graph.microsoft.com/beta/me/x?$skiptoken=1").unwrap().next.unwrap(), "https://graph.microsoft.com/beta/me/x?$skiptoken=1");
    for next in ["https://evil.test/", "https://graph.microsoft.com.evil.test/", "http://graph.microsoft.com/", "https://graph.microsoft.com@evil.test/"] {
        assert_eq!(page("", next).map(|_| ()), Err(PortalError::Malformed), "{next}");
    }
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

const FIRST: &str = "https://graph.microsoft.com/beta/me/appRoleAssignedResources?$count=true&$top=999&$select=appId,displayName,description,homepage,loginUrl,preferredSingleSignOnMode,tags,accountEnabled";
const NEXT: &str = "https://graph.microsoft.com/beta/me/appRoleAssignedResources?$skiptoken=2";
const NAMES: &str = "https://graph.microsoft.com/v1.0/me/appRoleAssignments?$top=999";

fn apps_page(ids: &[&str], next: Option<&str>) -> Exchange {
    let entries = ids.iter().map(|id| format!(r#"{{"appId": "{id}", "displayName": "{id} at work", "preferredSingleSignOnMode": "saml"}}"#));
    let next = next.map(|next| format!(r#", "@odata.nextLink": "{next}""#)).unwrap_or_default();
    answer(200, &format!(r#"{{"value": {}{next}}}"#, json::list(entries)))
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
    assert_eq!(names(&world), ["one", "two", "three"]);
    assert_eq!(through_storage(&world.state.memory).catalogue.apps.len(), 3);
    // A quarter of an hour later it is asked for again, by a popup through the worker.
    assert!(urls(&world.send(Event::ListRequested)).is_empty());
    let mut popup = World::popup(world.state.memory.clone());
    assert!(!popup.tell("popup https://news.test/").contains("ask"));
    popup.now += 15 * 60_000;
    assert!(popup.tell("popup https://news.test/").contains("ask worker to list"));
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
        reply(&mut world, "ask apps", answer(200, r#"{"value": [{"resourceId": "r-1", "resourceDisplayName": "Wiki"}, {"resourceId": "r-1", "resourceDisplayName": "Wiki"}]}"#));
        assert_eq!(names(&world), ["r-1"]);
    }
}

#[test]
fn every_bad_page_leaves_the_list_that_is_known() {
    for exchange in [answer(500, "{}"), answer(200, "<html>"), answer(200, r#"{"value": 7}"#), answer(200, r#"{"value": [], "@odata.nextLink": "https://evil.test/"}"#)] {
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
    assert_eq!(popup.said(), "vaultSignIn [SignIn]");
    // The button's sign-in is at the companion, as long as Microsoft's holds.
    let mut worker = World::worker(world.state.memory.clone());
    assert_eq!(urls(&worker.send(Event::SignInRequested)), ["https://portal.test/.well-known/my-apps"]);
}

#[test]
fn a_policy_fixes_and_offers_and_what_cannot_be_read_is_said() {
    let read = |text: &str| json::read::<Policy>(text).unwrap();
    let load = |text: &str| {
        let mut values = my_apps_sign_in::storage::save(&signed_out());
        values.add("policy", text.to_owned());
        my_apps_sign_in::storage::load(&values)
    };
    assert_eq!(read("{}"), Policy::default());
    let memory = load(r#"{"portalUrl": "https://myapps.microsoft.com/contoso.com", "clientId": "x"}"#);
    assert_eq!(memory.settings.portal.as_str(), "https://myapps.microsoft.com/contoso.com");
    let menu = my_apps_sign_in::menu::Menu::of(&memory, NOON);
    assert!(!menu.enabled);
    assert_eq!(menu.title.key, "menuPortalFixed");
    let memory = load(r#"{"portals": ["https://one.test", "https://two.test/"]}"#);
    let menu = my_apps_sign_in::menu::Menu::of(&memory, NOON);
    let offered: Vec<&str> = menu.portals.iter().map(PortalUrl::as_str).collect();
    assert_eq!((menu.enabled, offered), (true, vec!["https://myapps.microsoft.com", "https://one.test", PORTAL, "https://two.test"]));
    let policy = read(
        r#"{"portalUrl": "http://portal.test", "portals": ["x"], "clientId": 7, "tenant": "a/b", "domainHint": [], "vaultUrl": "x", "automaticSubmit": "yes", "recentCount": -1}"#,
    );
    assert_eq!(policy.ignored, ["portalUrl", "portals", "clientId", "domainHint", "vaultUrl", "automaticSubmit", "recentCount", "tenant"]);
    let settings = Settings { client_id: "mine".into(), ..Settings::default() };
    let policy = read(&format!(r#"{{"clientId": "{CLIENT}", "vaultUrl": "{PORTAL}", "automaticSubmit": false, "tenant": "/"}}"#));
    let memory = Memory { settings, policy, ..Memory::default() };
    let said: Vec<&str> = setup::decided(&memory).iter().map(|text| text.key).collect();
    assert_eq!(said, ["policyClient", "policyClientInstead", "policyVault", "policySubmitOff", "policyIgnored"]);
    assert_eq!(memory.registration().client_id, CLIENT);
}

#[test]
fn a_portal_that_the_policy_fixes_stays() {
    let policy = Policy { portal: Some(portal(PORTAL)), ..Policy::default() };
    let mut memory = Memory { policy, ..Memory::default() };
    memory.policy.clone().apply(&mut memory.settings);
    let mut world = World::options(memory);
    world.tell("type-portal other.test");
    assert_eq!(world.state.memory.settings.portal.as_str(), PORTAL);
    assert!(world.open.iter().all(|(_, purpose, _)| !matches!(purpose, Purpose::ChoosePortal(_))));
}
