//! Which text can be a portal's address, and what a person may type for it.

#![allow(clippy::unwrap_used, reason = "a test that can not go on fails")]

use my_apps_sign_in::json;
use my_apps_sign_in::portal_url::{DEFAULT_PORTAL, PortalUrl, PortalUrlError};
use proptest::prelude::*;
use url::Url;

/// What a person types goes through the browser's parser, and only then to the core.
#[track_caller]
fn check(typed: &str, expected: Result<&str, PortalUrlError>) {
    let printed = Url::parse(&PortalUrl::complete(typed)).map(String::from).unwrap_or_default();
    let found = PortalUrl::new(&printed);
    assert_eq!(found.as_ref().map(PortalUrl::as_str).map_err(|error| *error), expected, "{typed}");
}

#[test]
fn what_is_no_secure_web_address_is_refused() {
    for typed in [
        "",
        "   ",
        "my portal",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://portal.test/",
        "chrome://settings",
        "about:blank",
        "ws://portal.test/",
        "https://",
        "https:///",
        "://portal.test",
        "https://portal.test:99999/",
        "https://portal.test./",
        "https://*.test/",
        "https://[::1]/",
        "https://me@portal.test/",
        "https://me:secret@portal.test/",
        "https://portal.test:443@evil.test/",
        "portal.test@evil.test",
        "https://portal..test/",
        "mailto:me@portal.test",
        "https://%00.test/",
    ] {
        check(typed, Err(PortalUrlError::NotUrl));
    }
    for typed in [
        "http://portal.test",
        "http://portal.test:8080/",
        "http://localhost.evil.test",
        "http://10.0.0.5/",
        "http://127.0.0.2/",
        "http://mylocalhost/",
    ] {
        check(typed, Err(PortalUrlError::NotHttps));
    }
}

#[test]
fn what_people_type_becomes_the_one_spelling() {
    for typed in [
        "portal.test",
        " portal.test ",
        "PORTAL.test",
        "https://portal.test",
        "https://portal.test/",
        "https://portal.test:443",
        "HTTPS://Portal.Test/",
        "https://portal.test//",
        "https:portal.test",
        "https:/portal.test",
        "HTTPS:\\\\portal.test",
        "https://portal.test/?utm=1",
        "https://portal.test/#top",
    ] {
        check(typed, Ok("https://portal.test"));
    }
    check("https://portal.test/contoso/", Ok("https://portal.test/contoso"));
    check("portal.test:8443/a", Ok("https://portal.test:8443/a"));
    check("http://localhost:8080", Ok("http://localhost:8080"));
    check("http://portal.localhost:8080/", Ok("http://portal.localhost:8080"));
    for typed in ["localhost:8080", "portal.localhost", "127.0.0.1:8080/a"] {
        check(typed, Ok(&["http://", typed].concat()));
    }
    check("https://localhost:8080", Ok("https://localhost:8080"));
    check("localhost.test", Ok("https://localhost.test"));
    check("http://127.0.0.1:8080/", Ok("http://127.0.0.1:8080"));
    check("bücher.test", Ok("https://xn--bcher-kva.test"));
    check("intranet", Ok("https://intranet"));
}

#[test]
fn the_description_is_at_its_well_known_place() {
    let place = |url: &str| PortalUrl::new(url).unwrap().discovery_url();
    assert_eq!(place("https://portal.test/"), "https://portal.test/.well-known/my-apps");
    assert_eq!(place("https://portal.test/contoso"), "https://portal.test/contoso/.well-known/my-apps");
}

#[test]
fn microsofts_portals_are_known_by_their_whole_host() {
    let is_entra = |url: &str| PortalUrl::new(url).unwrap().is_entra();
    for url in [
        DEFAULT_PORTAL,
        "https://myapplications.microsoft.com/",
        "https://myapplications.microsoft.us",
        "https://myapplications.azure.cn",
        "https://myapps.microsoft.com/contoso.example",
    ] {
        assert!(is_entra(url), "{url}");
    }
    for url in [
        "https://myapps.microsoft.com.evil.test",
        "https://evilmyapps.microsoft.com",
        "https://microsoft.com",
        "https://portal.test/myapps.microsoft.com",
    ] {
        assert!(!is_entra(url), "{url}");
    }
    assert_eq!(PortalUrl::default().as_str(), DEFAULT_PORTAL);
}

#[test]
fn what_was_stored_is_checked_again() {
    assert!(json::read::<PortalUrl>("\"http://portal.test\"").is_none());
    assert!(json::read::<PortalUrl>("\"javascript:alert(1)\"").is_none());
    assert!(json::read::<PortalUrl>("7").is_none());
    assert_eq!(json::read::<PortalUrl>("\"https://portal.test\"").unwrap().as_str(), "https://portal.test");
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_panic_and_what_is_kept_is_stable(typed in any::<String>()) {
        let completed = PortalUrl::complete(&typed);
        for text in [typed, completed] {
            if let Ok(portal) = PortalUrl::new(&text) {
                prop_assert_eq!(&PortalUrl::new(portal.as_str()).unwrap(), &portal);
                prop_assert!(!portal.as_str().ends_with('/'));
            }
        }
    }

    #[test]
    fn what_is_kept_points_where_the_browser_says(typed in "(https?://)?[a-z.]{1,12}(:[0-9]{1,5})?(/[a-z./]{0,8})?") {
        let Ok(printed) = Url::parse(&PortalUrl::complete(&typed)) else { return Ok(()) };
        let Ok(portal) = PortalUrl::new(printed.as_str()) else { return Ok(()) };
        let kept = Url::parse(portal.as_str()).unwrap();
        prop_assert_eq!((kept.scheme(), kept.host_str(), kept.port_or_known_default()), (printed.scheme(), printed.host_str(), printed.port_or_known_default()));
        prop_assert!(kept.scheme() == "https" || printed.host_str().is_some_and(|host| host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1"));
    }
}
