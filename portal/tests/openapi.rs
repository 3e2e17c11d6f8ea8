//! docs/portal-api.yaml and the portal say the same: every route and every status of it is asked for and fits its schema,
//! and no route is missing from it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::collections::BTreeSet;

use common::{ALEX, REDIRECT, SAM, Server, VERIFIER, authorization, client, header, routes};
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

fn document() -> Value {
    serde_saphyr::from_str(include_str!("../../docs/portal-api.yaml")).unwrap()
}

const METHODS: [&str; 4] = ["get", "post", "put", "delete"];

/// Follows a reference within the document.
fn followed<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(pointer) => document.pointer(pointer.trim_start_matches('#')).unwrap_or_else(|| panic!("{pointer}")),
        None => value,
    }
}

/// A schema of the document, with everything it may refer to.
fn check(document: &Value, schema: &Value, value: &Value, what: &str) {
    let mut whole = json!({"components": document["components"]});
    whole["allOf"] = json!([schema]);
    let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&whole).unwrap();
    let errors: Vec<_> = validator.iter_errors(value).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:?} in {value}");
}

/// What has been asked for so far, held against the document.
struct Contract {
    document: Value,
    seen: BTreeSet<String>,
}

impl Contract {
    /// Sends a request and checks that the document describes the answer.
    async fn ask(&mut self, method: &str, path: &str, status: u16, request: RequestBuilder) {
        let paths = self.document["paths"].as_object().unwrap();
        let pattern = paths.keys().find(|pattern| routes::fits(pattern, path));
        let pattern = pattern.unwrap_or_else(|| panic!("{path} is not described")).clone();
        let answer = request.send().await.unwrap();
        let what = format!("{method} {pattern} {}", answer.status().as_u16());
        assert_eq!(answer.status().as_u16(), status, "{what}");
        // A method that a path does not have is described with the one it has.
        let operations = &self.document["paths"][&pattern];
        let described = METHODS.map(|name| &operations[name]);
        let operation = match &operations[method.to_lowercase()] {
            Value::Null => *described.iter().find(|operation| operation.is_object()).unwrap(),
            operation => operation,
        };
        let response = &operation["responses"][status.to_string()];
        assert!(response.is_object(), "{what} is not described");
        let response = followed(&self.document, response).clone();
        self.holds(&what, &response, answer).await;
        self.seen.insert(format!("{} {status}", operation["operationId"].as_str().unwrap()));
    }

    async fn holds(&self, what: &str, response: &Value, answer: Response) {
        for (name, described) in response["headers"].as_object().into_iter().flatten() {
            let described = followed(&self.document, described);
            let value = header(&answer, name);
            assert!(!value.is_empty() || described["required"] != true, "{what} lacks {name}");
            check(&self.document, &described["schema"], &json!(value), &format!("{what} {name}"));
        }
        let kind = header(&answer, "content-type");
        let body = answer.bytes().await.unwrap();
        let Some(content) = response["content"].as_object() else {
            assert!(body.is_empty(), "{what} has a body that is not described");
            return;
        };
        let kind = kind.split(';').next().unwrap_or_default();
        let described = content.get(kind).unwrap_or_else(|| panic!("{what} is {kind:?}"));
        let value = if kind.ends_with("json") { serde_json::from_slice(&body).unwrap() } else { json!(String::from_utf8_lossy(&body)) };
        check(&self.document, &described["schema"], &value, what);
        if kind == "application/problem+json" {
            assert!(what.ends_with(&format!(" {}", value["status"])), "{what} {value}");
        }
    }
}

fn redemption(code: &str) -> [(&str, &str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", VERIFIER),
    ]
}

async fn fresh_token(server: &Server, username: &str) -> String {
    server.token_of(&server.session(username).await.1).await
}

async fn until_too_many(request: impl Fn() -> RequestBuilder) {
    for _ in 0..200 {
        if request().send().await.unwrap().status() == 429 {
            return;
        }
    }
    panic!("200 times were not too many");
}

#[tokio::test]
async fn every_described_answer_is_given_and_fits() {
    let server = Server::start_with(|settings| {
        settings.links.groups = Some("https://groups.contoso.example/".to_owned());
    })
    .await;
    server
        .sql(
            r##"UPDATE apps SET form = '{"steps": [{"fields": [{"field_id": "username", "label": "User name", "type": "text",
             "locators": ["#user"]}], "submit": ["#next"]}]}' WHERE id = 'people'"##,
        )
        .await;
    let mut contract = Contract { document: document(), seen: BTreeSet::new() };
    let to = |method: &str, path: &str| client().request(method.parse().unwrap(), format!("{}{path}", server.address));

    contract.ask("GET", "/.well-known/my-apps", 200, to("GET", "/.well-known/my-apps")).await;

    let cookie = server.signed_in(ALEX).await.cookie_header();
    let authorize = format!("/oauth/authorize?{}", authorization(&[]));
    contract.ask("GET", &authorize, 200, to("GET", &authorize)).await;
    contract.ask("GET", &authorize, 303, to("GET", &authorize).header("Cookie", &cookie)).await;
    contract.ask("GET", "/oauth/authorize", 200, to("GET", "/oauth/authorize")).await;

    let code = server.signed_in(ALEX).await.code().await;
    let redeem = || to("POST", "/oauth/token").form(&redemption(&code));
    contract.ask("POST", "/oauth/token", 200, redeem()).await;
    contract.ask("POST", "/oauth/token", 405, to("GET", "/oauth/token")).await;
    for error in ["grant_type", "client_id", "code"] {
        let form = redemption("unknown").map(|(name, value)| (name, if name == error { "x" } else { value }));
        contract.ask("POST", "/oauth/token", 400, to("POST", "/oauth/token").form(&form)).await;
    }
    let made_up = || to("POST", "/oauth/token").form(&redemption("unknown"));
    until_too_many(made_up).await;
    contract.ask("POST", "/oauth/token", 429, made_up()).await;

    let revoke = [("token", "unknown"), ("client_id", "my-apps-extension")];
    contract.ask("POST", "/oauth/revoke", 200, to("POST", "/oauth/revoke").form(&revoke)).await;
    contract.ask("POST", "/oauth/revoke", 400, to("POST", "/oauth/revoke")).await;

    for token in [fresh_token(&server, ALEX.0).await, fresh_token(&server, SAM.0).await] {
        let api = |method: &str, path: &str| to(method, path).bearer_auth(&token);
        contract.ask("GET", "/api/v1/me", 200, api("GET", "/api/v1/me")).await;
        let apps = api("GET", "/api/v1/apps");
        let tag = header(&apps.try_clone().unwrap().send().await.unwrap(), "etag");
        contract.ask("GET", "/api/v1/apps", 200, apps.try_clone().unwrap()).await;
        contract.ask("GET", "/api/v1/apps", 304, apps.header("If-None-Match", tag)).await;
        let icons = api("GET", "/api/v1/icons");
        let tag = header(&icons.try_clone().unwrap().send().await.unwrap(), "etag");
        contract.ask("GET", "/api/v1/icons", 200, icons.try_clone().unwrap()).await;
        contract.ask("GET", "/api/v1/icons", 304, icons.header("If-None-Match", tag)).await;
        contract.ask("GET", "/api/v1/me", 405, api("PUT", "/api/v1/me")).await;
    }

    let token = fresh_token(&server, ALEX.0).await;
    let api = |method: &str, path: &str| to(method, path).bearer_auth(&token);
    let right = json!({"outcome": "refused", "reason": "form-changed", "host": "crm.localhost"});
    let path = "/api/v1/apps/crm/credential";
    contract.ask("POST", path, 200, to("POST", path).form(&[("access_token", &token)])).await;
    for (app, status) in [("crm", 200), ("payroll", 403), ("nothing", 404), ("expenses", 404), ("wiki", 409)] {
        let path = format!("/api/v1/apps/{app}/credential");
        contract.ask("POST", &path, status, api("POST", &path)).await;
    }
    let report = |app: &str| api("POST", &format!("/api/v1/apps/{app}/outcome"));
    let huge = || report("crm").header("Content-Type", "application/json").body(vec![b' '; 3 << 20]);
    for (status, request) in [
        (204, report("crm").json(&right)),
        (400, report("crm").json(&json!({}))),
        (403, report("payroll").json(&json!({"outcome": "filled", "host": "payroll.localhost"}))),
        (404, report("nothing").json(&right)),
        (413, huge()),
        (415, report("crm").body("x")),
    ] {
        contract.ask("POST", "/api/v1/apps/crm/outcome", status, request).await;
    }
    for (method, path) in [
        ("GET", "/api/v1/me"),
        ("GET", "/api/v1/apps"),
        ("GET", "/api/v1/icons"),
        ("POST", "/api/v1/apps/crm/credential"),
        ("POST", "/api/v1/apps/crm/outcome"),
        ("DELETE", "/api/v1/session"),
        ("GET", "/api/v1/links"),
        ("PUT", "/api/v1/links"),
    ] {
        contract.ask(method, path, 401, to(method, path)).await;
    }
    teaching(&server, &mut contract).await;
    mapping(&server, &mut contract).await;
    let path = "/api/v1/apps/crm/credential";
    until_too_many(|| api("POST", path)).await;
    contract.ask("POST", path, 429, api("POST", path)).await;
    until_too_many(|| report("crm").json(&right)).await;
    contract.ask("POST", "/api/v1/apps/crm/outcome", 429, report("crm").json(&right)).await;
    let other = fresh_token(&server, ALEX.0).await;
    server.sql("UPDATE credentials SET sealed = X'00'").await;
    contract.ask("POST", path, 500, to("POST", path).bearer_auth(other)).await;
    contract.ask("DELETE", "/api/v1/session", 204, api("DELETE", "/api/v1/session")).await;

    for (_, operations) in contract.document["paths"].as_object().unwrap() {
        for operation in METHODS.map(|name| &operations[name]) {
            for status in operation["responses"].as_object().into_iter().flatten().map(|(status, _)| status) {
                let described = format!("{} {status}", operation["operationId"].as_str().unwrap());
                assert!(contract.seen.contains(&described), "nothing asks for {described}");
            }
        }
    }
}

/// Every answer to a form that somebody teaches.
async fn teaching(server: &Server, contract: &mut Contract) {
    let form = |origin: Option<&str>| {
        let fields = json!([{"field_id": "pin", "label": "PIN", "type": "password", "locators": ["#pin"]}]);
        let mut form = json!({"steps": [{"fields": fields, "submit": ["#go"]}]});
        if let Some(origin) = origin {
            form["frame_origin"] = json!(origin);
        }
        form
    };
    let (sam, alex) = (fresh_token(server, SAM.0).await, fresh_token(server, ALEX.0).await);
    let path = |app: &str| format!("/api/v1/apps/{app}/form");
    let put = |app: &str| client().put(format!("{}{}", server.address, path(app)));
    for (app, status, request) in [
        ("crm", 200, put("crm").bearer_auth(&sam).json(&form(Some("https://frame.contoso.example")))),
        ("crm", 200, put("crm").bearer_auth(&sam).json(&form(None))),
        ("crm", 400, put("crm").bearer_auth(&sam).json(&json!({"steps": []}))),
        ("crm", 401, put("crm").json(&form(None))),
        ("crm", 403, put("crm").bearer_auth(&alex).json(&form(None))),
        ("nothing", 404, put("nothing").bearer_auth(&sam).json(&form(None))),
        ("wiki", 409, put("wiki").bearer_auth(&sam).json(&form(None))),
        ("crm", 413, put("crm").bearer_auth(&sam).header("Content-Type", "application/json").body(vec![b' '; (64 << 10) + 1])),
        ("crm", 415, put("crm").bearer_auth(&sam).body("x")),
    ] {
        contract.ask("PUT", &path(app), status, request).await;
    }
}

/// Every answer about the map of internal addresses.
async fn mapping(server: &Server, contract: &mut Contract) {
    let (sam, alex) = (fresh_token(server, SAM.0).await, fresh_token(server, ALEX.0).await);
    let path = "/api/v1/links";
    let to = |method: &str| client().request(method.parse().unwrap(), format!("{}{path}", server.address));
    contract.ask("GET", path, 200, to("GET").bearer_auth(&alex)).await;
    let map = json!({"links": [{"internal": "http://intranet/hr/", "external": "https://hr.contoso.example/"}],
        "probe": "https://inside.contoso.example/"});
    for (status, request) in [
        (204, to("PUT").bearer_auth(&sam).json(&map)),
        (400, to("PUT").bearer_auth(&sam).json(&json!({"links": [{}]}))),
        (403, to("PUT").bearer_auth(&alex).json(&map)),
        (412, to("PUT").bearer_auth(&sam).header("If-Match", "\"another\"").json(&map)),
        (413, to("PUT").bearer_auth(&sam).header("Content-Type", "application/json").body(vec![b' '; (2 << 20) + 1])),
        (415, to("PUT").bearer_auth(&sam).body("x")),
    ] {
        contract.ask("PUT", path, status, request).await;
    }
    let get = to("GET").bearer_auth(&alex);
    let tag = header(&get.try_clone().unwrap().send().await.unwrap(), "etag");
    contract.ask("GET", path, 200, get.try_clone().unwrap()).await;
    contract.ask("GET", path, 304, get.header("If-None-Match", tag)).await;
}

#[tokio::test]
async fn every_route_that_is_no_page_is_described() {
    let server = Server::start().await;
    let document = document();
    let mut described = BTreeSet::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let methods = operations.as_object().unwrap().keys().filter(|name| *name != "parameters");
        described.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let protocol = ["/api/", "/oauth/", "/.well-known/"];
    let routes: BTreeSet<String> = routes::all(&server)
        .await
        .into_iter()
        .filter(|route| protocol.iter().any(|prefix| route.contains(&format!(" {prefix}"))))
        .collect();
    assert_eq!(routes, described);
}

#[test]
fn the_document_has_the_words_of_the_portal_and_refers_to_nothing_that_is_missing() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    let schemas = &document["components"]["schemas"];
    let reasons: Vec<_> = my_apps_portal::outcome::Reason::ALL.iter().map(|reason| json!(reason)).collect();
    assert_eq!(schemas["Outcome"]["properties"]["reason"]["enum"], json!([vec![Value::Null], reasons].concat()));
    let outcomes: Vec<_> = my_apps_portal::outcome::Outcome::REPORTED.iter().map(|outcome| json!(outcome)).collect();
    assert_eq!(schemas["Outcome"]["properties"]["outcome"]["enum"], json!(outcomes));
    // The prose lists the same problems.
    let prose = include_str!("../../docs/portal-api.md");
    for kind in schemas["Problem"]["properties"]["type"]["enum"].as_array().unwrap() {
        let name = kind.as_str().unwrap().trim_start_matches("/problems/");
        assert!(prose.contains(&format!("`{name}`")), "{name}");
    }
    let text = include_str!("../../docs/portal-api.yaml");
    for pointer in text.split("$ref: \"#").skip(1) {
        let pointer = pointer.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn a_wrong_answer_would_be_noticed() {
    let document = document();
    let schemas = &document["components"]["schemas"];
    for (schema, value) in [
        ("Person", json!({"id": 1, "name": "A", "username": "a"})),
        ("Person", json!({"id": "1", "name": "A", "username": "a", "password_hash": "x"})),
        ("Token", json!({"access_token": "x", "token_type": "Bearer", "expires_in": 0, "scope": "apps"})),
        ("Token", json!({"access_token": "x", "token_type": "Bearer", "expires_in": 1, "scope": "apps", "refresh_token": "x"})),
        ("App", json!({"id": "a/b", "name": "A", "assigned": false, "sign_on_rules": [{"url": "https://a.example/"}]})),
        ("App", json!({"id": "a", "name": "A", "assigned": false, "sign_on_rules": [{"url": "https://u@a.example/"}]})),
        (
            "App",
            json!({"id": "a", "name": "A", "assigned": false, "sign_on_rules": [{"url": "https://a.example/"}], "credential": "stored"}),
        ),
        ("Credential", json!({"fields": {"password": 1}})),
        ("Problem", json!({"type": "/problems/other", "title": "A", "status": 400, "detail": "A."})),
        ("Problem", json!({"type": "/problems/internal", "title": "A", "status": 500, "detail": "no full stop"})),
    ] {
        let caught = std::panic::catch_unwind(|| check(&document, &schemas[schema], &value, schema));
        assert!(caught.is_err(), "{schema} {value}");
    }
}
