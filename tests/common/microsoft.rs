//! A company at Microsoft, as plain values.

use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::Exchange;
use my_apps_sign_in::provider::entra::Registration;

use super::answer;

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
