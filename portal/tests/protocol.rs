//! What the protocol promises to any origin: discovery, readable answers, no cookies; and the health check.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, Server, client, header};
use serde_json::{Value, json};

#[tokio::test]
async fn any_origin_may_call_and_read_but_not_with_cookies() {
    let server = Server::start().await;
    for (path, method) in [
        ("/.well-known/my-apps", "GET"),
        ("/oauth/token", "POST"),
        ("/oauth/revoke", "POST"),
        ("/api/v1/me", "GET"),
        ("/api/v1/apps", "GET"),
        ("/api/v1/apps/crm/credential", "POST"),
        ("/api/v1/apps/crm/outcome", "POST"),
        ("/api/v1/session", "DELETE"),
    ] {
        let preflight = client()
            .request(reqwest::Method::OPTIONS, format!("{}{path}", server.address))
            .header("Origin", "moz-extension://0c1d2e3f")
            .header("Access-Control-Request-Method", method)
            .header("Access-Control-Request-Headers", "authorization,content-type,if-match,if-none-match");
        let answer = preflight.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(header(&answer, "access-control-allow-origin"), "*");
        assert_eq!(header(&answer, "access-control-allow-headers"), "authorization,content-type,if-match,if-none-match");
        assert!(header(&answer, "access-control-allow-methods").contains(method), "{path}");
        assert_eq!(header(&answer, "access-control-allow-credentials"), "");
        let call = client().request(method.parse().unwrap(), format!("{}{path}", server.address));
        let answer = call.header("Origin", "https://evil.example").send().await.unwrap();
        assert_eq!(header(&answer, "access-control-allow-origin"), "*");
        assert_eq!(header(&answer, "access-control-expose-headers"), "date,etag,retry-after,www-authenticate");
        assert!(!answer.status().is_redirection());
    }
    for path in ["/", "/sign-in", "/oauth/authorize", "/apps/crm/password"] {
        let answer = server.signed_in(ALEX).await.get(path).await;
        assert_eq!(header(&answer, "access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn that_there_is_no_portal_below_a_page_can_be_read_by_anyone() {
    let server = Server::start().await;
    for (path, may_be_read) in [
        ("/apps/.well-known/my-apps", true),
        ("/apps/crm/password/.well-known/my-apps", true),
        ("/sign-in/.well-known/my-apps", true),
        ("/.well-known/other", true),
        ("/api/v2/me", true),
        ("/oauth/none", true),
        ("/apps", false),
        ("/apps/none", false),
        ("/well-known/my-apps", false),
    ] {
        let answer = client().get(format!("{}{path}", server.address)).header("Origin", "https://evil.example").send().await.unwrap();
        let (allowed, kind) = (header(&answer, "access-control-allow-origin"), header(&answer, "content-type"));
        assert_eq!((answer.status().as_u16(), allowed.as_str()), (404, if may_be_read { "*" } else { "" }), "{path}");
        assert_eq!(kind == "application/problem+json", may_be_read, "{path}: {kind}");
    }
}

#[tokio::test]
async fn discovery_names_everything() {
    let server = Server::start().await;
    let answer = client().get(format!("{}/.well-known/my-apps", server.address)).send().await.unwrap();
    let url = &server.public_url;
    let expected = json!({
        "my_apps": 1,
        "issuer": url,
        "product_name": "My Apps",
        "minimum_extension_version": "0.1.0",
        "api_url": format!("{url}/api/v1/"),
        "authorization_endpoint": format!("{url}/oauth/authorize"),
        "token_endpoint": format!("{url}/oauth/token"),
        "revocation_endpoint": format!("{url}/oauth/revoke"),
        "client_id": "my-apps-extension",
        "scope": "apps",
        "links": {
            "home": format!("{url}/"),
            "app_password": format!("{url}/apps/{{id}}/password"),
            "reset_password": format!("{url}/account/password"),
            "register_for_reset": null,
            "add_app": null,
            "groups": null,
        },
    });
    assert_eq!(answer.json::<Value>().await.unwrap(), expected);
}

#[tokio::test]
async fn health_is_the_databases() {
    let server = Server::start().await;
    let ask = || client().get(format!("{}/health", server.address)).send();
    let answer = ask().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({"status": "ok"}));
    server.database().close().await;
    assert_eq!(ask().await.unwrap().status(), 500);
}
