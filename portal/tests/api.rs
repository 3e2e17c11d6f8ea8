//! The API: who may call it, what it says about apps and credentials, and how it refuses.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, SAM, Server, client, header};
use my_apps_portal::icon::{self, Icon};
use serde_json::{Value, json};

async fn problem(answer: reqwest::Response) -> (u16, String) {
    let status = answer.status().as_u16();
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
    assert_eq!(header(&answer, "access-control-allow-origin"), "*");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["status"], status);
    assert!(body["title"].is_string() && body["detail"].as_str().unwrap().ends_with('.'));
    (status, body["type"].as_str().unwrap().trim_start_matches("/problems/").to_owned())
}

#[tokio::test]
async fn without_a_valid_token_everything_is_401() {
    let server = Server::start().await;
    let cookies = server.signed_in(ALEX).await.cookie_header();
    for (method, path) in [
        ("GET", "me"),
        ("GET", "apps"),
        ("POST", "apps/crm/credential"),
        ("POST", "apps/nothing/credential"),
        ("POST", "apps/crm/outcome"),
        ("DELETE", "session"),
    ] {
        for authorization in ["", "Bearer", "Bearer ", "Bearer unknown", "Basic YTpi", "Bearer a b"] {
            let request = client().request(method.parse().unwrap(), format!("{}/api/v1/{path}", server.address));
            let answer = request.header("Authorization", authorization).header("Cookie", &cookies).send().await.unwrap();
            assert_eq!(header(&answer, "www-authenticate"), "Bearer error=\"invalid_token\"");
            assert_eq!(problem(answer).await, (401, "invalid-token".to_owned()), "{method} {path} {authorization}");
        }
    }
}

/// What a browser sends to another origin without asking first whether it may.
#[tokio::test]
async fn a_credential_is_also_given_for_a_token_in_the_body() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let right = format!("access_token={token}");
    for (route, kind, body, status) in [
        ("credential", FORM, "access_token=unknown".to_owned(), 401),
        ("credential", FORM, format!("{right}&{right}"), 401),
        ("credential", FORM, format!("{right}&x={}", "x".repeat(8192)), 401),
        ("credential", "text/plain", right.clone(), 401),
        ("outcome", FORM, right.clone(), 401),
        ("credential", FORM, right.clone(), 200),
    ] {
        let request = client().post(format!("{}/api/v1/apps/crm/{route}", server.address));
        let answer = request.header("Content-Type", kind).body(body).send().await.unwrap();
        assert_eq!(answer.status(), status, "{route} {kind}");
        assert_eq!(header(&answer, "access-control-allow-origin"), "*", "{route} {kind}");
    }
    let both = server.api("POST", "apps/crm/credential", "unknown").form(&[("access_token", &token)]);
    assert_eq!(both.send().await.unwrap().status(), 401, "a header counts before it");
}

#[tokio::test]
async fn a_cookie_does_not_even_end_a_session() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let request = client().delete(format!("{}/api/v1/session", server.address)).header("Cookie", browser.cookie_header());
    assert_eq!(request.send().await.unwrap().status(), 401);
    assert_eq!(browser.get("/").await.status(), 200);
}

#[tokio::test]
async fn refusals_are_problem_documents() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    for (method, path, status, kind) in [
        ("POST", "apps/payroll/credential", 403, "not-assigned"),
        ("POST", "apps/nothing/credential", 404, "no-such-app"),
        ("POST", "apps/%ff/credential", 404, "no-such-app"),
        ("POST", "apps/..%2fcrm/credential", 404, "no-such-app"),
        ("POST", "apps/expenses/credential", 404, "no-credential"),
        ("POST", "apps/wiki/credential", 409, "no-password-app"),
        ("POST", "apps/travel/credential", 409, "no-password-app"),
        ("GET", "apps/crm/credential", 405, "invalid-request"),
        ("PUT", "me", 405, "invalid-request"),
        ("GET", "session", 405, "invalid-request"),
        ("GET", "nothing", 404, "invalid-request"),
        ("GET", "", 404, "invalid-request"),
        ("POST", "apps/crm/outcome", 415, "invalid-request"),
    ] {
        let answer = server.api(method, path, &token).send().await.unwrap();
        assert_eq!(problem(answer).await, (status, kind.to_owned()), "{method} {path}");
    }
}

#[tokio::test]
async fn an_outcome_is_written_in_closed_words() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let right = json!({"outcome": "refused", "reason": "form-changed", "host": "crm.localhost"});
    for (body, status) in [
        (json!({"outcome": "lost", "reason": null, "host": "crm.localhost"}), 400),
        (json!({"outcome": "refused", "reason": "I did not like it", "host": "crm.localhost"}), 400),
        (json!({"outcome": "submitted", "reason": null, "host": "a secret of mine"}), 400),
        (json!({"outcome": "submitted", "reason": null, "host": ""}), 400),
        (json!({"outcome": "submitted", "reason": null}), 400),
        (json!({"outcome": "submitted", "reason": null, "host": "x".repeat(254)}), 400),
        (json!([]), 400),
        (json!({"outcome": "submitted", "reason": null, "host": "crm.localhost"}), 204),
        (json!({"outcome": "filled", "host": "127.0.0.1"}), 204),
        (right, 204),
    ] {
        let answer = server.api("POST", "apps/crm/outcome", &token).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), status, "{body}");
    }
    let unknown = json!({"outcome": "filled", "reason": null, "host": "crm.localhost"});
    let answer = server.api("POST", "apps/nothing/outcome", &token).json(&unknown).send().await.unwrap();
    assert_eq!(problem(answer).await, (404, "no-such-app".to_owned()));
    for (body, status) in [("{", 400), ("{\"outcome\":", 400)] {
        let request = server.api("POST", "apps/crm/outcome", &token).header("Content-Type", "application/json").body(body);
        assert_eq!(problem(request.send().await.unwrap()).await.0, status);
    }
    let huge = vec![b' '; 3 << 20];
    let request = server.api("POST", "apps/crm/outcome", &token).header("Content-Type", "application/json").body(huge);
    assert_eq!(problem(request.send().await.unwrap()).await, (413, "invalid-request".to_owned()));
    let trail: Vec<(i64, String, String, Option<String>, String)> =
        sqlx::query_as("SELECT account_id, app_id, outcome, reason, host FROM outcomes ORDER BY id")
            .fetch_all(server.database())
            .await
            .unwrap();
    let line = |outcome: &str, reason: Option<&str>, host: &str| {
        (1, "crm".to_owned(), outcome.to_owned(), reason.map(str::to_owned), host.to_owned())
    };
    let expected = [
        line("submitted", None, "crm.localhost"),
        line("filled", None, "127.0.0.1"),
        line("refused", Some("form-changed"), "crm.localhost"),
    ];
    assert_eq!(trail, expected);
}

#[tokio::test]
async fn a_fill_is_believed_only_where_there_can_have_been_one() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    for (outcome, app, expected) in [
        ("submitted", "crm", None),
        ("submitted", "payroll", Some("not-assigned")),
        ("filled", "payroll", Some("not-assigned")),
        ("refused", "payroll", None),
        ("refused", "nothing", Some("no-such-app")),
    ] {
        let body = json!({"outcome": outcome, "host": "crm.localhost"});
        let answer = server.api("POST", &format!("apps/{app}/outcome"), &token).json(&body).send().await.unwrap();
        match expected {
            None => assert_eq!(answer.status(), 204, "{outcome} {app}"),
            Some(kind) => assert_eq!(problem(answer).await.1, kind, "{outcome} {app}"),
        }
    }
    for own in ["password-given-out", "password-stored", "password-removed", "form-taught", "form-restored", "links-changed"] {
        let body = json!({"outcome": own, "host": "crm.localhost"});
        let answer = server.api("POST", "apps/crm/outcome", &token).json(&body).send().await.unwrap();
        assert_eq!(problem(answer).await, (400, "invalid-request".to_owned()), "{own}");
    }
}

#[tokio::test]
async fn me_and_the_apps_of_a_person() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let me: Value = server.api("GET", "me", &token).send().await.unwrap().json().await.unwrap();
    assert_eq!(me, json!({"id": "1", "name": "Alex Wilber", "username": "alex@contoso.example", "administrator": false}));
    let apps: Value = server.api("GET", "apps", &token).send().await.unwrap().json().await.unwrap();
    let apps = apps["apps"].as_array().unwrap();
    let ids: Vec<_> = apps.iter().map(|app| app["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "benefits",
            "cairo",
            "crm",
            "expenses",
            "helpdesk",
            "inventory",
            "orders",
            "payroll",
            "people",
            "projects",
            "suppliers",
            "travel",
            "wiki"
        ]
    );
    let app = |id: &str| &apps[ids.iter().position(|known| *known == id).unwrap()];
    let crm = json!({
        "id": "crm",
        "name": "Contoso CRM",
        "description": "Customers, leads and orders",
        "keywords": ["sales", "customers"],
        "mode": "password",
        "assigned": true,
        "credential": "stored",
        "launch_url": "http://crm.localhost:8081/login",
        "sign_on_rules": [{"url": "http://crm.localhost:8081/login", "allow_http": true}],
        "form": null,
        "icon": app("crm")["icon"],
    });
    assert_eq!(app("crm"), &crm);
    assert_eq!(app("expenses")["credential"], "missing");
    let payroll = json!({
        "id": "payroll",
        "name": "Contoso Payroll",
        "assigned": false,
        "sign_on_rules": [{"url": "http://payroll.localhost:8081/login", "allow_http": true}],
    });
    assert_eq!(app("payroll"), &payroll, "of an app that is not assigned, only what explains why it is not filled");
    assert_eq!(app("travel")["mode"], "saml");
    assert_eq!(app("travel").get("credential"), None);
    assert_eq!(app("projects")["launch_url"], "http://projects.localhost:8081/login");
    let elsewhere = json!([{"url": "http://accounts.localhost:8081/authorize", "allow_http": true}]);
    assert_eq!(app("projects")["sign_on_rules"], elsewhere, "the password belongs to the site that asks for it");
    let fields = app("benefits")["form"]["steps"][0]["fields"].as_array().unwrap();
    let kinds: Vec<_> = fields.iter().map(|field| (field["field_id"].as_str().unwrap(), field["type"].as_str().unwrap())).collect();
    assert_eq!(kinds, [("company", "text"), ("username", "text"), ("password", "password")]);
}

#[tokio::test]
async fn a_credential_is_fetched_and_never_cached() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let answer = server.api("POST", "apps/crm/credential", &token).send().await.unwrap();
    assert_eq!(header(&answer, "cache-control"), "no-store");
    assert_eq!(header(&answer, "content-type"), "application/json");
    let expected = json!({"fields": {"username": "alex", "password": "crm-Demo-1!"}});
    assert_eq!(answer.json::<Value>().await.unwrap(), expected);
    let answer = server.api("POST", "apps/benefits/credential", &token).send().await.unwrap();
    let expected = json!({"fields": {"company": "47110815", "username": "alex.wilber", "password": "benefits-Demo-1!"}});
    assert_eq!(answer.json::<Value>().await.unwrap(), expected, "as many fields as its form has");
    let sam = server.token(SAM).await;
    let answer = server.api("POST", "apps/crm/credential", &sam).send().await.unwrap();
    assert_eq!(answer.json::<Value>().await.unwrap()["fields"]["username"], "sam", "each person has their own");
    assert_eq!(server.api_status("POST", "apps/payroll/credential", &sam).await, 200);
}

#[tokio::test]
async fn icons_are_those_of_the_apps_that_may_be_used_and_another_one_changes_the_list() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let icons: Value = server.api("GET", "icons", &token).send().await.unwrap().json().await.unwrap();
    let icons = icons["icons"].as_object().unwrap();
    let ids: Vec<_> = icons.keys().map(String::as_str).collect();
    assert_eq!(ids, ["crm", "expenses", "helpdesk", "inventory", "orders", "people", "travel", "wiki"], "payroll is not Alex's");
    assert!(icons.values().all(|icon| icon.as_str().unwrap().starts_with("data:image/png;base64,iVBOR")));
    let list = async || server.api("GET", "apps", &token).send().await.unwrap();
    let tag = header(&list().await, "etag");
    let apps: Value = list().await.json().await.unwrap();
    let with_icons: Vec<_> =
        apps["apps"].as_array().unwrap().iter().filter(|app| !app["icon"].is_null()).map(|app| app["id"].as_str().unwrap()).collect();
    assert_eq!(with_icons, ids);
    let mut connection = server.portal.database.acquire().await.unwrap();
    let other = Icon::new(b"GIF89a").unwrap();
    icon::put(&mut connection, "crm", Some(&other)).await.unwrap();
    assert_ne!(header(&list().await, "etag"), tag);
    // There is room for so many of the largest; the others keep their letters.
    let large = Icon::new(&[b"GIF89a".as_slice(), &vec![0; icon::LARGEST - 6]].concat()).unwrap();
    for id in ["benefits", "cairo", "crm", "expenses", "helpdesk", "inventory", "orders", "people", "projects", "travel", "wiki"] {
        icon::put(&mut connection, id, Some(&large)).await.unwrap();
    }
    let body = server.api("GET", "icons", &token).send().await.unwrap().text().await.unwrap();
    assert!(body.len() <= 1024 * 1024, "{}", body.len());
    let apps: Value = list().await.json().await.unwrap();
    let pictured = apps["apps"].as_array().unwrap().iter().filter(|app| !app["icon"].is_null());
    let pictured: Vec<_> = pictured.map(|app| app["id"].as_str().unwrap()).collect();
    let letters = i64::try_from(4 * icon::LARGEST / 3 + 100).unwrap();
    for (most, many) in [(0, 0), (letters - 200, 0), (letters, 1), (2 * letters, 2), (100 * letters, pictured.len())] {
        let icons = icon::list(server.database(), 1, most).await.unwrap();
        let mut ids: Vec<_> = icons.iter().map(|(id, _)| id.as_str()).collect();
        ids.sort_by_key(|id| pictured.iter().position(|pictured| pictured == id));
        assert_eq!(ids, pictured[..many], "the first ones, {most} letters");
    }
}

#[tokio::test]
async fn the_etag_changes_when_a_credential_is_stored() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let ask = |tag: String| server.api("GET", "apps", &token).header("If-None-Match", tag).send();
    let first = server.api("GET", "apps", &token).send().await.unwrap();
    let tag = header(&first, "etag");
    assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong validator");
    assert_eq!(header(&first, "cache-control"), "private, no-cache");
    for known in [tag.clone(), format!("\"other\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
        let answer = ask(known).await.unwrap();
        assert_eq!(answer.status(), 304);
        assert_eq!(header(&answer, "etag"), tag);
        assert_eq!(header(&answer, "cache-control"), "private, no-cache");
        assert_eq!(answer.text().await.unwrap(), "");
    }
    assert_eq!(ask("\"other\"".to_owned()).await.unwrap().status(), 200);
    let sam = server.token(SAM).await;
    let of_sam = server.api("GET", "apps", &sam).header("If-None-Match", &tag).send().await.unwrap();
    assert_eq!(of_sam.status(), 200, "a tag is one person's");
    let mut browser = server.signed_in(ALEX).await;
    let form_token = browser.form_token("/apps/expenses/password").await;
    let form = [("form_token", form_token.as_str()), ("field.username", "alex"), ("field.password", "expenses-Demo-1!")];
    assert_eq!(browser.post("/apps/expenses/password", &form).await.status(), 303);
    let changed = ask(tag.clone()).await.unwrap();
    assert_eq!(changed.status(), 200);
    assert_ne!(header(&changed, "etag"), tag);
    let fields: Value = server.api("POST", "apps/expenses/credential", &token).send().await.unwrap().json().await.unwrap();
    assert_eq!(fields["fields"]["password"], "expenses-Demo-1!");
}
