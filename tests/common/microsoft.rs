//! A company at Microsoft, as plain values.

use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::json;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::policy::Policy;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::entra::Registration;
use my_apps_sign_in::provider::{Answer, Exchange, Request};
use my_apps_sign_in::secret::Secret;

use super::story::proof;
use super::{REDIRECT, World, answer};

/// The directory of every story at Microsoft.
pub(crate) const TENANT: &str = "aaaabbbb-0000-4ccc-8ddd-eeee2222ffff";
/// Our registration there.
pub(crate) const CLIENT: &str = "00001111-aaaa-4222-8bbb-3333cccc4444";

/// As somebody typed it.
pub(crate) fn portal(url: &str) -> PortalUrl {
    PortalUrl::new(url).unwrap().with_tenant_of(url)
}

/// What the company registered.
pub(crate) fn registration() -> Registration {
    Registration { client_id: CLIENT.into(), ..Registration::default() }
}

/// What a directory says of itself.
pub(crate) fn configuration(login: &str) -> Exchange {
    answer(200, &format!(r#"{{"issuer": "{login}{TENANT}/v2.0", "authorization_endpoint": "https://evil.test/"}}"#))
}

/// Nobody is signed in, and Microsoft knows us.
pub(crate) fn at_microsoft(vault: Option<&str>) -> Memory {
    let policy = Policy { registration: registration(), vault: vault.map(portal), ..Policy::default() };
    Memory { policy, ..Memory::default() }
}

/// The oldest open request of the world, answered.
#[track_caller]
pub(crate) fn reply(world: &mut World, wanted: &str, exchange: Exchange) -> Vec<Effect> {
    let (words, purpose, epoch) = world.open.remove(0);
    assert!(words.starts_with(wanted), "{words} instead of {wanted}");
    world.send(Event::Answered { purpose, epoch, exchange })
}

/// What is asked.
pub(crate) fn requests(effects: &[Effect]) -> Vec<&Request> {
    effects.iter().filter_map(|effect| if let Effect::Ask { request, .. } = effect { Some(request) } else { None }).collect()
}

/// Where.
pub(crate) fn urls(effects: &[Effect]) -> Vec<&str> {
    requests(effects).iter().map(|request| request.url.as_str()).collect()
}

/// Signs in at Microsoft; what follows from the last step.
pub(crate) fn sign_in(world: &mut World) -> Vec<Effect> {
    world.send(Event::SignInRequested);
    go_on_to_sign_in(world)
}

/// The rest of a sign-in that has begun.
pub(crate) fn go_on_to_sign_in(world: &mut World) -> Vec<Effect> {
    reply(world, "ask discovery", configuration("https://login.microsoftonline.com/"));
    through_window(world, "");
    reply(world, "ask token", answer(200, r#"{"token_type": "Bearer", "access_token": "graph-token", "expires_in": 3599, "scope": "x"}"#));
    reply(world, "ask account", answer(200, r#"{"id": "o-1", "displayName": null, "userPrincipalName": "anna@contoso.example"}"#))
}

/// The window of a sign-in brings a code.
pub(crate) fn through_window(world: &mut World, issuer: &str) {
    let epoch = world.state.memory.epoch;
    world.send(Event::ProofDrawn { epoch, proof: proof() });
    world.send(Event::Authorized { epoch, redirect: Ok(Secret::new(format!("{REDIRECT}?code=c&state=state-1{issuer}"))) });
}

/// Where the first page of the apps is.
pub(crate) const FIRST: &str = "https://graph.microsoft.com/beta/me/appRoleAssignedResources?$count=true&$top=999&$select=appId,displayName,description,homepage,loginUrl,preferredSingleSignOnMode,tags,accountEnabled,info";

/// A page of apps, and where the next one is.
pub(crate) fn apps_page(ids: &[&str], next: Option<&str>) -> Exchange {
    let entries =
        ids.iter().map(|id| format!(r#"{{"appId": "{id}", "displayName": "{id} at work", "preferredSingleSignOnMode": "saml"}}"#));
    let next = next.map(|next| format!(r#", "@odata.nextLink": "{next}""#)).unwrap_or_default();
    answer(200, &format!(r#"{{"value": {}{next}}}"#, json::list(entries)))
}

/// An answer that asks for patience.
pub(crate) fn throttled(seconds: &str) -> Exchange {
    Ok(Answer { status: 429, etag: None, retry_after: Some(seconds.into()), body: Secret::default() })
}

/// The ids of the apps that are listed.
pub(crate) fn names(world: &World) -> Vec<&str> {
    world.state.memory.catalogue.apps.iter().map(|app| app.id.as_str()).collect()
}
