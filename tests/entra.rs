//! Microsoft Entra ID, by the shapes and errors of its public documents: where everything is, how a sign-in asks, what a refusal
//! is called, and how a page of apps is read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that can not go on fails")]

mod common;

use common::microsoft::{CLIENT, TENANT, configuration, portal, registration};
use common::{REDIRECT, account_document, answer};
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::json;
use my_apps_sign_in::portal_url::PortalUrl;
use my_apps_sign_in::provider::PortalError;
use my_apps_sign_in::provider::discovery::Discovery;
use my_apps_sign_in::provider::entra::{self, Cloud, Page, Registration, error};
use my_apps_sign_in::provider::oauth::{self, AuthorizeError, Prompt, Proof};
use my_apps_sign_in::provider::protocol::Protocol;

fn description(url: &str, registration: &Registration) -> Discovery {
    let portal = portal(url);
    let cloud = Cloud::of(&portal).unwrap();
    entra::describe(cloud, &portal, registration, configuration(cloud.login)).unwrap()
}

#[test]
fn each_cloud_has_its_own_sign_in_graph_and_launcher() {
    for (url, login, graph, launch) in [
        ("https://myapps.microsoft.com", "login.microsoftonline.com", "graph.microsoft.com", "launcher.myapps.microsoft.com/api/signin"),
        (
            "https://myapplications.microsoft.com",
            "login.microsoftonline.com",
            "graph.microsoft.com",
            "launcher.myapps.microsoft.com/api/signin",
        ),
        ("https://myapps.microsoft.us", "login.microsoftonline.us", "graph.microsoft.us", "myapps.microsoft.us/signin"),
        (
            "https://myapplications.azure.cn",
            "login.partner.microsoftonline.cn",
            "microsoftgraph.chinacloudapi.cn",
            "myapps.windowsazure.cn/signin",
        ),
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
    check("https://myapps.microsoft.com/?tenantId=..", None, "organizations", "https://myapps.microsoft.com");
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
    let found =
        description("https://myapps.microsoft.com/contoso.com", &Registration { domain_hint: "contoso.com".into(), ..registration() });
    let url = |prompt, username: &str| {
        let account = json::read(&account_document("anna").replace("anna@contoso.example", username)).unwrap();
        let url = oauth::authorize_url(&found, REDIRECT, &proof(), prompt, (!username.is_empty()).then_some(&account));
        url::Url::parse(&url).unwrap().query_pairs().map(|(name, value)| format!("{name}={value}")).collect::<Vec<String>>()
    };
    let common = [
        "response_mode=query",
        "domain_hint=contoso.com",
        "response_type=code",
        &format!("client_id={CLIENT}"),
        &format!("redirect_uri={REDIRECT}"),
        "scope=openid profile User.ReadBasic.All",
        "state=state-1",
        "code_challenge=challenge",
        "code_challenge_method=S256",
    ]
    .map(str::to_owned);
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
    let read =
        |query: &str| oauth::read_redirect(&format!("{REDIRECT}?{query}"), REDIRECT, &found, &proof()).map(|code| code.reveal().to_owned());
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
        (50020, "entraRefused"),
        (1, "entraRefused"),
    ] {
        assert_eq!(error::sentence(code), sentence, "{code}");
    }
    for (text, code) in [
        ("AADSTS65001: x", Some(65001)),
        ("x AADSTS7: y", None),
        ("AADSTS", None),
        ("AADSTSx: y", None),
        ("AADSTS99999999999: x", None),
        ("ä", None),
    ] {
        assert_eq!(error::code(text), code, "{text}");
    }
    let wrong =
        r#"{"error": "invalid_request", "error_description": "AADSTS9002326: Cross-origin token redemption", "error_codes": [9002326]}"#;
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
        {"appId": "b-1", "displayName": "No scheme", "preferredSingleSignOnMode": "password", "loginUrl": "shop.test", "homepage": "https://shop.test/"},
        {"appId": "b-2", "displayName": "Odd", "preferredSingleSignOnMode": "password", "loginUrl": "javascript:alert(1)", "homepage": "urn:a b"},
        {"appId": "a-4", "displayName": "Old", "preferredSingleSignOnMode": null},
        {"appId": "a-5", "displayName": "Secret", "tags": ["x", "HideApp"]},
        {"appId": "a-6", "displayName": "Off", "accountEnabled": false},
        {"id": "only-an-id"},
        {"resourceId": "r-1", "resourceDisplayName": "Named only"},
        7"##;
    let found = page(entries, "").unwrap();
    let catalogue = Catalogue::read(&format!(r#"{{"apps": {}}}"#, json::list(found.apps))).unwrap();
    let told: Vec<String> = catalogue
        .apps
        .iter()
        .map(|app| format!("{} {} {:?} {:?} {}", app.id, app.name, app.mode, app.credential, app.launch_url))
        .collect();
    let launcher = "https://launcher.myapps.microsoft.com/api/signin";
    assert_eq!(
        told,
        [
            format!("a-1 Wiki Saml Elsewhere {launcher}/a-1?tenantId={TENANT}"),
            "a-2 Bank Password Elsewhere https://bank.test/login".into(),
            "a-3 Shop Password Elsewhere https://shop.test/".into(),
            "b-1 No scheme Password Elsewhere https://shop.test/".into(),
            format!("b-2 Odd Password Elsewhere {launcher}/b-2?tenantId={TENANT}"),
            format!("a-4 Old Linked Elsewhere {launcher}/a-4?tenantId={TENANT}"),
            "r-1 Named only Linked Elsewhere https://myapps.microsoft.com".into(),
        ]
    );
    assert!(catalogue.host_patterns().is_empty(), "nothing is offered that cannot be done");
}

/// What of a logo's address is kept, at the portal of one cloud; `url` as JSON.
fn logo(portal: &str, url: &str) -> Option<String> {
    let entry = format!(r#"{{"value": [{{"appId": "a-1", "displayName": "Wiki", "info": {{"logoUrl": {url}, "marketingUrl": null}}}}]}}"#);
    let mut page = Page::read(&description(portal, &registration()), answer(200, &entry)).unwrap();
    assert_eq!(page.apps.len(), 1, "the app is there, whatever its logo: {url}");
    page.logos.pop().map(|(app, url)| {
        assert_eq!(app, "a-1");
        url
    })
}

#[test]
fn what_is_no_logo_at_a_host_of_microsofts_counts_as_absent() {
    let long = format!("https://aadcdn.msftauthimages.net/{}", "a".repeat(512));
    for url in [
        "http://aadcdn.msftauthimages.net/logo",
        "https://evil.test/logo",
        "https://evil.test/https://aadcdn.msftauthimages.net/logo",
        "https://aadcdn.msftauthimages.net.evil.test/logo",
        "https://evil-aadcdn.msftauthimages.net/logo",
        "https://evil.aadcdn.msftauthimages.net/logo",
        "https://msftauthimages.net/logo",
        "https://aadcdn.msftauthimages.net@evil.test/logo",
        "https://aadcdn.msftauthimages.net\\@evil.test/logo",
        "https://user:word@aadcdn.msftauthimages.net/logo",
        "https://aadcdn.msftauthimages.net:8443/logo",
        "https://aadcdn.msftauthimages.net",
        "https://aadcdn.msftauthimages.net?logo",
        "https://AADCDN.msftauthimages.net/logo",
        "//aadcdn.msftauthimages.net/logo",
        " https://aadcdn.msftauthimages.net/logo",
        "https://aadcdn.msftauthimages.net/a logo",
        "https://aadcdn.msftauthimages.net/lo\ngo",
        "https://aadcdn.msftauthimages.net/lögo",
        // Hosts of other clouds, and of Graph itself.
        "https://aadcdn.msftauthimages.us/logo",
        "https://aadcdn.msftauthimages.cn/logo",
        "https://graph.microsoft.com/logo",
        "javascript:alert(1)",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,iVBORw0KGgo=",
        "",
        &long,
    ] {
        assert_eq!(logo("https://myapps.microsoft.com", &json::quoted(url)), None, "{url}");
    }
    for url in ["null", "7", "{}", "[]"] {
        assert_eq!(logo("https://myapps.microsoft.com", url), None, "{url}");
    }
    for entry in [
        r#"{"appId": "a-1", "displayName": "Wiki"}"#,
        r#"{"appId": "a-1", "displayName": "Wiki", "info": null}"#,
        r#"{"appId": "a-1", "displayName": "Wiki", "info": "https://aadcdn.msftauthimages.net/logo"}"#,
        r#"{"appId": "a-1", "displayName": "Wiki", "tags": ["HideApp"], "info": {"logoUrl": "https://aadcdn.msftauthimages.net/logo"}}"#,
    ] {
        assert!(page(entry, "").unwrap().logos.is_empty(), "{entry}");
    }
}

#[test]
fn each_cloud_has_its_own_hosts_of_logos() {
    for (portal, hosts) in [
        ("https://myapps.microsoft.com", ["aadcdn.msftauthimages.net", "aadcdn.msauthimages.net", "secure.aadcdn.microsoftonline-p.com"]),
        ("https://myapps.microsoft.us", ["aadcdn.msftauthimages.us", "aadcdn.msauthimages.us", "secure.aadcdn.microsoftonline-p.com"]),
        (
            "https://myapps.windowsazure.cn",
            ["aadcdn.msftauthimages.cn", "aadcdn.msauthimages.cn", "secure.aadcdn.partner.microsoftonline-p.cn"],
        ),
    ] {
        for host in hosts {
            let url = format!(
                "https://{host}/dbd5a2dd-uymyxxfhpwrbckvwvlxle8radh6v/appbranding/y2tibtckspdiuxwdfhw/1033/bannerlogo?ts=637003628120591303"
            );
            assert_eq!(logo(portal, &json::quoted(&url)), Some(url), "{portal}");
        }
    }
}

#[test]
fn the_token_goes_to_graph_alone() {
    assert_eq!(
        page("", "https://graph.microsoft.com/beta/me/x?$skiptoken=1").unwrap().next.unwrap(),
        "https://graph.microsoft.com/beta/me/x?$skiptoken=1"
    );
    for next in [
        "https://evil.test/",
        "https://graph.microsoft.com.evil.test/",
        "http://graph.microsoft.com/",
        "https://graph.microsoft.com@evil.test/",
    ] {
        assert_eq!(page("", next).map(|_| ()), Err(PortalError::Malformed), "{next}");
    }
}
