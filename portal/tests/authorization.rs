//! Who may do what: every route, asked by everyone who could ask it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{
    ALEX, REDIRECT, SAM, Server, VERIFIER, authorization,
    callers::{CALLERS, Caller, Carried},
    client, location, multipart, routes,
};
use my_apps_portal::link_map;
use reqwest::Client;
use serde_json::json;

/// CRM and Expenses are Alex's and Sam's, Payroll is Sam's only, and Kim, an administrator, has no app at all.
///
/// A cell is the status, or `ask` when the answer leads to the sign-in page, or is that page and carries what was typed. `own` and `other` is whose form token a
/// form carries. Pages know people by cookie only and the API by token only, so that neither can be used for the other.
/// What an address, a code or a token in the body opens, it opens for everyone: the bottom rows.
const TABLE: &str = "
                                        nobody|cookie of            ended|token of      sam, with   |expired revoked ended
                                              |alex   sam    kim    alex |alex  sam  kim alex's token|token   token   session
GET    /api/v1/me                         401 |401    401    401    401  |200   200  200 200         |401     401     401
GET    /api/v1/apps                       401 |401    401    401    401  |200   200  200 200         |401     401     401
GET    /api/v1/icons                      401 |401    401    401    401  |200   200  200 200         |401     401     401
POST   /api/v1/apps/crm/credential        401 |401    401    401    401  |200   200  403 200         |401     401     401
POST   /api/v1/apps/people/credential     401 |401    401    401    401  |200   200  403 200         |401     401     401
POST   /api/v1/apps/payroll/credential    401 |401    401    401    401  |403   200  403 403         |401     401     401
POST   /api/v1/apps/wiki/credential       401 |401    401    401    401  |409   409  403 409         |401     401     401
POST   /api/v1/apps/nothing/credential    401 |401    401    401    401  |404   404  404 404         |401     401     401
POST   /api/v1/apps/crm/outcome           401 |401    401    401    401  |204   204  403 204         |401     401     401
POST   /api/v1/apps/payroll/outcome       401 |401    401    401    401  |403   204  403 403         |401     401     401
POST   /api/v1/apps/nothing/outcome       401 |401    401    401    401  |404   404  404 404         |401     401     401
PUT    /api/v1/apps/crm/form              401 |401    401    401    401  |403   403  200 403         |401     401     401
PUT    /api/v1/apps/payroll/form          401 |401    401    401    401  |403   403  200 403         |401     401     401
PUT    /api/v1/apps/wiki/form             401 |401    401    401    401  |403   403  409 403         |401     401     401
PUT    /api/v1/apps/nothing/form          401 |401    401    401    401  |403   403  404 403         |401     401     401
GET    /api/v1/links                      401 |401    401    401    401  |200   200  200 200         |401     401     401
PUT    /api/v1/links                      401 |401    401    401    401  |403   403  204 403         |401     401     401
DELETE /api/v1/session                    401 |401    401    401    401  |204   204  204 204         |401     401     401

GET    /                                  ask |200    200    200    ask  |ask   ask  ask 200         |ask     ask     ask
GET    /apps/crm/password                 ask |200    200    403    ask  |ask   ask  ask 200         |ask     ask     ask
GET    /apps/payroll/password             ask |403    200    403    ask  |ask   ask  ask 200         |ask     ask     ask
GET    /apps/wiki/password                ask |404    404    403    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /apps/nothing/password             ask |404    404    404    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /apps/expenses/password own        ask |303    303    403    ask  |ask   ask  ask 303         |ask     ask     ask
POST   /apps/expenses/password other      ask |403    403    403    ask  |ask   ask  ask 403         |ask     ask     ask
POST   /apps/payroll/password own         ask |403    303    403    ask  |ask   ask  ask 303         |ask     ask     ask
POST   /apps/nothing/password own         ask |404    404    404    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /apps/expenses/password/remove own ask |303    303    403    ask  |ask   ask  ask 303         |ask     ask     ask
POST   /apps/people/password/remove other ask |403    403    403    ask  |ask   ask  ask 403         |ask     ask     ask
POST   /apps/payroll/password/remove own  ask |403    303    403    ask  |ask   ask  ask 303         |ask     ask     ask
GET    /account/password                  ask |200    200    200    ask  |ask   ask  ask 200         |ask     ask     ask
POST   /account/password own              ask |200    200    200    ask  |ask   ask  ask 200         |ask     ask     ask
POST   /account/password other            ask |200    200    200    ask  |ask   ask  ask 200         |ask     ask     ask
POST   /sign-out own                      ask |303    303    303    ask  |ask   ask  ask 303         |ask     ask     ask
POST   /sign-out other                    ask |403    403    403    ask  |ask   ask  ask 403         |ask     ask     ask
GET    /forms                             ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /apps/crm/form                     ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /apps/wiki/form                    ask |404    404    404    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /apps/crm/form/restore own         ask |404    404    303    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /apps/crm/form/restore other       ask |404    404    403    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /apps/nothing/form/restore own     ask |404    404    404    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /addresses                         ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /addresses.json                    ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /addresses/entry                   ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/entry own               ask |404    404    303    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/entry other             ask |404    404    403    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/entry/remove own        ask |404    404    303    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/entry/remove other      ask |404    404    403    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /addresses/probe                   ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/probe own               ask |404    404    303    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/probe other             ask |404    404    403    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /addresses/import                  ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/import own              ask |404    404    303    ask  |ask   ask  ask 404         |ask     ask     ask
POST   /addresses/import other            ask |404    404    403    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /audit                             ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /audit.csv                         ask |404    404    200    ask  |ask   ask  ask 404         |ask     ask     ask
GET    /sign-in                           200 |303    303    303    200  |200   200  200 303         |200     200     200
GET    /oauth/authorize?REQUEST           200 |303    303    303    200  |200   200  200 303         |200     200     200

POST   /sign-in                           303 |303    303    303    303  |303   303  303 303         |303     303     303
POST   /oauth/token                       200 |200    200    200    200  |200   200  200 200         |200     200     200
POST   /oauth/revoke                      200 |200    200    200    200  |200   200  200 200         |200     200     200
GET    /.well-known/my-apps               200 |200    200    200    200  |200   200  200 200         |200     200     200
GET    /assets/portal.css                 200 |200    200    200    200  |200   200  200 200         |200     200     200
GET    /health                            200 |200    200    200    200  |200   200  200 200         |200     200     200
";

struct Row {
    method: &'static str,
    path: &'static str,
    /// Whose form token is sent, of a form that carries one.
    form: Option<&'static str>,
    expected: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| line.contains(" /"));
    lines
        .map(|line| {
            let mut words = line.split(['|', ' ']).filter(|word| !word.is_empty());
            let (method, path) = (words.next().unwrap(), words.next().unwrap());
            let mut expected: Vec<_> = words.collect();
            let form = Some(expected[0]).filter(|word| ["own", "other"].contains(word));
            if form.is_some() {
                expected.remove(0);
            }
            assert_eq!(expected.len(), CALLERS.len(), "{line}");
            Row { method, path, form, expected }
        })
        .collect()
}

/// Asks as one caller would, with a body that has nothing wrong in it.
async fn ask(server: &Server, client: &Client, row: &Row, caller: &Carried, other_form: &str) -> String {
    let path = row.path.replace("REQUEST", &authorization(&[]));
    let request = client.request(row.method.parse().unwrap(), format!("{}{path}", server.address));
    let request = caller.on(request.header("Sec-Fetch-Site", "same-origin"));
    let form_token = if row.form == Some("other") { other_form } else { &caller.form_token };
    let request = match (row.method, path.as_str()) {
        ("POST", "/oauth/token") => {
            let code = server.code_of(&server.session(ALEX.0).await.1).await;
            let form = [("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", REDIRECT)];
            request.form(&[form.as_slice(), &[("client_id", "my-apps-extension"), ("code_verifier", VERIFIER)]].concat())
        }
        ("POST", "/oauth/revoke") => request.form(&[("client_id", "my-apps-extension"), ("token", "unknown")]),
        ("POST", "/sign-in") => request.form(&[("username", ALEX.0), ("password", ALEX.1)]),
        ("POST", path) if path.ends_with("/outcome") => {
            request.json(&json!({"outcome": "submitted", "reason": null, "host": "crm.localhost"}))
        }
        ("PUT", "/api/v1/links") => request.json(&json!({"links": [{"internal": "http://intranet/", "external": "https://a.example/"}]})),
        ("PUT", _) => request.json(&json!({"steps": [{"fields": [
            {"field_id": "username", "label": "User name", "type": "text", "locators": ["#user"]}], "submit": []}]})),
        // Nothing is typed: a password that was changed would not fit the next row.
        ("POST", "/account/password") => request.form(&[("form_token", form_token)]),
        ("POST", path) if path.ends_with("/restore") => request.form(&[("form_token", form_token), ("version", "1")]),
        // Adds the entry that the next row removes.
        ("POST", path) if path.starts_with("/addresses/entry") => {
            let which = if path.ends_with("/remove") { ["seen_internal", "seen_external"] } else { ["internal", "external"] };
            request.form(&[("form_token", form_token), (which[0], "http://people/"), (which[1], "https://people.example/")])
        }
        ("POST", "/addresses/probe") => request.form(&[("form_token", form_token), ("probe", "https://inside.example/")]),
        ("POST", "/addresses/import") => {
            let seen = link_map::find(server.database()).await.unwrap().map.version();
            let map = ("file", Some("map.json"), br#"{"links": []}"#.as_slice());
            multipart(request, &[("form_token", None, form_token.as_bytes()), ("seen", None, seen.as_bytes()), map])
        }
        ("POST", path) if !path.starts_with("/api/") => {
            let fields = [("field.username", "someone"), ("field.password", "something")];
            request.form(&[&[("form_token", form_token)], fields.as_slice()].concat())
        }
        _ => request,
    };
    let answer = request.send().await.unwrap();
    let to = location(&answer);
    // Signing out leads to the sign-in page as well, and says so.
    let is_asked = to == "/sign-in" || to.starts_with("/sign-in?next=") || to.starts_with("/sign-in?ended=1");
    let status = answer.status().as_u16().to_string();
    if is_asked || answer.text().await.unwrap().contains("name=\"typed\"") { "ask".to_owned() } else { status }
}

type Credentials = Vec<(i64, String, Vec<u8>)>;

async fn credentials(server: &Server) -> Credentials {
    sqlx::query_as("SELECT account_id, app_id, sealed FROM credentials ORDER BY account_id, app_id")
        .fetch_all(server.database())
        .await
        .unwrap()
}

#[tokio::test]
async fn every_route_answers_everyone_as_the_table_says() {
    let server = Server::start().await;
    server.add_administrator().await;
    let other_form = server.session(SAM.0).await.1.form_token;
    let client = client();
    let mut wrong = Vec::new();
    let mut before = credentials(&server).await;
    for row in rows() {
        for (caller, expected) in CALLERS.into_iter().zip(&row.expected) {
            let carried = server.caller(caller).await;
            let answered = ask(&server, &client, &row, &carried, &other_form).await;
            let (method, path) = (row.method, row.path);
            if answered != **expected {
                wrong.push(format!("{method} {path} {:?} by {caller:?}: {answered}, not {expected}", row.form));
            }
            // Only a form that was accepted has changed what is stored, and only of the one whose cookie it came with.
            let after = credentials(&server).await;
            let who = match caller {
                Caller::Cookie(username) if username == ALEX.0 => Some(1),
                Caller::Cookie(username) if username == SAM.0 => Some(2),
                Caller::SamWithAlexsToken => Some(2),
                _ => None,
            };
            let who = who.filter(|_| answered == "303" && path.contains("/password"));
            let of_others = |all: &Credentials| -> Credentials {
                let others = all.iter().filter(|row| Some(row.0) != who);
                others.cloned().collect()
            };
            assert_eq!(of_others(&before), of_others(&after), "{method} {path} by {caller:?}");
            before = after;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn the_table_names_every_route() {
    let server = Server::start().await;
    let rows = rows();
    for route in routes::all(&server).await {
        let (method, pattern) = route.split_once(' ').unwrap();
        let named = rows.iter().any(|row| row.method == method && routes::fits(pattern, row.path));
        assert!(named, "the table has no row for {route}");
    }
}

#[tokio::test]
async fn a_token_ends_its_own_session_and_no_other() {
    let server = Server::start().await;
    let both = server.caller(Caller::SamWithAlexsToken).await;
    let elsewhere = server.caller(Caller::Token(ALEX.0)).await;
    let request = client().delete(format!("{}/api/v1/session", server.address));
    assert_eq!(both.on(request).send().await.unwrap().status(), 204);
    assert_eq!(server.api_status("GET", "me", both.token.as_deref().unwrap()).await, 401);
    assert_eq!(server.api_status("GET", "me", elsewhere.token.as_deref().unwrap()).await, 200);
    let home = client().get(format!("{}/", server.address));
    let answer = both.on(home).send().await.unwrap();
    assert_eq!(answer.status(), 200, "the cookie that came along is Sam's and stays");
}

#[tokio::test]
async fn a_cookie_is_no_token_and_a_token_no_cookie() {
    let server = Server::start().await;
    let (cookie, session) = server.session(ALEX.0).await;
    let token = server.token_of(&session).await;
    let code = server.code_of(&session).await;
    for bearer in [&cookie, &code, &session.form_token] {
        assert_eq!(server.api_status("GET", "me", bearer).await, 401);
    }
    for secret in [&token, &code, &session.form_token] {
        let swapped = Carried { cookie: Some(secret.clone()), ..Carried::default() };
        let answer = swapped.on(client().get(format!("{}/", server.address))).send().await.unwrap();
        assert_eq!(location(&answer), "/sign-in?next=%2F");
    }
    for spent in [&cookie, &token, &session.form_token] {
        assert_eq!(server.redeem(spent).await["error"], "invalid_grant");
    }
    let in_address = client().get(format!("{}/api/v1/me?access_token={token}", server.address));
    assert_eq!(in_address.send().await.unwrap().status(), 401, "a token in an address is none");
}
