//! Forms that administrators teach: who may, what is refused, and that every version can be used again.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, SAM, Server, header, location};
use my_apps_portal::{act::Act, app::Form, demo, import::import};
use serde_json::{Value, json};

fn field(id: &str, kind: &str, locators: &[&str]) -> Value {
    json!({"field_id": id, "label": format!("The {id}"), "type": kind, "locators": locators})
}

fn step(fields: &[Value]) -> Value {
    json!({"fields": fields, "submit": ["#go"]})
}

fn form(steps: &[Value]) -> Value {
    json!({ "steps": steps })
}

/// User name and password in one step; the user name is found by `locator`.
fn usual(locator: &str) -> Value {
    form(&[step(&[field("username", "text", &[locator]), field("password", "password", &["#pass"])])])
}

/// Puts a form and gives status and body.
async fn put(server: &Server, token: &str, app: &str, form: &Value) -> (u16, Value) {
    let answer = server.api("PUT", &format!("apps/{app}/form"), token).json(form).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

/// What the API says about an app, and the tag of the list.
async fn app(server: &Server, token: &str, id: &str) -> (Value, String) {
    let answer = server.api("GET", "apps", token).send().await.unwrap();
    let tag = header(&answer, "etag");
    let list: Value = answer.json().await.unwrap();
    let app = list["apps"].as_array().unwrap().iter().find(|app| app["id"] == id).unwrap().clone();
    (app["form"].clone(), tag)
}

async fn trail(server: &Server) -> Vec<(i64, String, String)> {
    sqlx::query_as("SELECT account_id, app_id, outcome FROM outcomes ORDER BY id").fetch_all(server.database()).await.unwrap()
}

#[tokio::test]
async fn what_is_no_form_is_refused_with_a_sentence_and_changes_nothing() {
    let server = Server::start().await;
    let token = server.token(SAM).await;
    let text = |length: usize| "x".repeat(length);
    let with = |key: &str, value: Value| {
        let mut field = field("pin", "text", &["#pin"]);
        field[key] = value;
        form(&[step(&[field])])
    };
    let named = |ids: &[&str]| form(&[step(&ids.iter().map(|id| field(id, "text", &[])).collect::<Vec<Value>>())]);
    let mut framed = usual("#user");
    let mut frame = |origin: &str| {
        framed["frame_origin"] = json!(origin);
        framed.clone()
    };
    let many: Vec<String> = (0..21).map(|number| format!("f{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let locators: Vec<String> = vec!["#a".to_owned(); 11];
    for (body, words) in [
        (json!(null), "must be a form"),
        (json!([]), "must be a form"),
        (json!({}), "must be a form"),
        (json!({"steps": {}}), "must be a form"),
        (json!({"steps": [{"fields": [{"field_id": "a"}]}]}), "must be a form"),
        (json!({"steps": [], "value": "secret"}), "must be a form"),
        (with("type", json!("number")), "must be a form"),
        (with("value", json!("hunter2")), "must be a form"),
        (form(&[]), "1 to 10 steps"),
        (form(&[step(&[])]), "1 to 20 fields"),
        (form(&vec![step(&[field("a", "text", &[])]); 11]), "1 to 10 steps"),
        (named(&many), "1 to 20 fields"),
        (named(&["a b"]), "field_id"),
        (named(&[""]), "field_id"),
        (named(&[&text(65)]), "field_id"),
        (named(&["a", "a"]), "twice"),
        (named(&["password"]), "the field “password” must have the type password"),
        (form(&[step(&[field("a", "text", &[])]), step(&[field("a", "password", &[])])]), "two types"),
        (with("label", json!(text(201))), "labels"),
        (with("label", json!("a\nb")), "labels"),
        (with("locators", json!([""])), "locators"),
        (with("locators", json!([text(501)])), "locators"),
        (with("locators", json!(["a\u{0}b"])), "locators"),
        (with("locators", json!(locators)), "at most 10"),
        (json!({"steps": [{"fields": [field("a", "text", &[])], "submit": [""]}]}), "submit"),
        (frame(""), "frame_origin"),
        (frame("javascript:alert(1)"), "frame_origin"),
        (frame("https://a.example/path"), "frame_origin"),
        (frame("https://a.example/"), "frame_origin"),
        (frame("https://u@a.example"), "frame_origin"),
        (frame("https://A.example"), "frame_origin"),
    ] {
        let (status, problem) = put(&server, &token, "crm", &body).await;
        let detail = problem["detail"].as_str().unwrap();
        assert!(status == 400 && problem["type"] == "/problems/invalid-request" && detail.contains(words), "{body}: {problem}");
        assert!(detail.ends_with('.') && !detail.contains("hunter2"), "{detail}");
    }
    assert_eq!(app(&server, &token, "crm").await.0, Value::Null);
    assert!(trail(&server).await.is_empty());
    assert_eq!(put(&server, &token, "crm", &frame("https://a.example")).await.0, 200);
    assert_eq!(app(&server, &token, "crm").await.0["frame_origin"], "https://a.example");
}

#[tokio::test]
async fn every_version_is_kept_and_can_be_used_again() {
    let server = Server::start().await;
    let (alex, sam) = (server.token(ALEX).await, server.token(SAM).await);
    let (first, tag) = app(&server, &alex, "benefits").await;
    assert_eq!(put(&server, &sam, "benefits", &usual("#one")).await, (200, json!({"version": 2})));
    let (second, changed) = app(&server, &alex, "benefits").await;
    assert_eq!(second, usual("#one"));
    assert_ne!(tag, changed, "everybody's list is another one");
    assert_eq!(put(&server, &sam, "benefits", &usual("#one")).await, (200, json!({"version": 2})), "the same once more is none");
    assert_eq!(put(&server, &sam, "benefits", &usual("#two")).await, (200, json!({"version": 3})));

    let mut browser = server.signed_in(SAM).await;
    assert!(browser.page("/").await.contains("href=\"/forms\""));
    let list = browser.page("/forms").await;
    assert!(list.contains("href=\"/apps/benefits/form\"") && list.contains("Described, version 3 of 2"), "{list}");
    assert!(list.contains("/apps/crm/form") && list.contains("Found by the extension itself") && !list.contains("/apps/wiki/form"));
    let page = browser.page("/apps/benefits/form").await;
    for words in ["Sam Rivera", "Set up with the app", "“The username” is found in another way", "No field “Company ID” any more"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert_eq!(page.matches("In use").count(), 1);
    assert_eq!(page.matches("Use this version again").count(), 2);

    let form_token = browser.form_token("/apps/benefits/form").await;
    for version in ["0", "4", "-1", "x", ""] {
        let posted = [("form_token", form_token.as_str()), ("version", version)];
        assert_eq!(browser.post("/apps/benefits/form/restore", &posted).await.status(), 404, "{version}");
    }
    let answer = browser.post("/apps/benefits/form/restore", &[("form_token", &form_token), ("version", "1")]).await;
    assert_eq!(location(&answer), "/apps/benefits/form?done=restored");
    assert!(browser.page(&location(&answer)).await.contains("Done."));
    assert_eq!(app(&server, &alex, "benefits").await.0, first, "the old one, as it was");
    let versions: Vec<i64> = sqlx::query_scalar("SELECT number FROM form_versions WHERE app_id = 'benefits' ORDER BY number")
        .fetch_all(server.database())
        .await
        .unwrap();
    assert_eq!(versions, [1, 2, 3, 4], "and nothing was taken away");

    let line = |outcome: &str| (2, "benefits".to_owned(), outcome.to_owned());
    assert_eq!(trail(&server).await, [line("form-taught"), line("form-taught"), line("form-restored")]);
    let audit = browser.page("/audit").await;
    assert!(audit.contains("Form taught") && audit.contains("Earlier form restored"));
    for word in ["form-taught", "form-restored"] {
        let report = json!({"outcome": word, "reason": null, "host": "crm.localhost"});
        let answer = server.api("POST", "apps/crm/outcome", &alex).json(&report).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{word} is the portal's own word");
    }
}

#[tokio::test]
async fn an_app_can_go_back_to_no_description() {
    let server = Server::start().await;
    let sam = server.token(SAM).await;
    put(&server, &sam, "crm", &usual("#one")).await;
    let mut browser = server.signed_in(SAM).await;
    let form_token = browser.form_token("/apps/crm/form").await;
    browser.post("/apps/crm/form/restore", &[("form_token", &form_token), ("version", "1")]).await;
    assert_eq!(app(&server, &sam, "crm").await.0, Value::Null);
    assert!(browser.page("/apps/crm/form").await.contains("Description removed"));
}

#[tokio::test]
async fn who_is_no_administrator_any_more_teaches_nothing() {
    let server = Server::start().await;
    let sam = server.token(SAM).await;
    let me = async |token: &str| -> Value { server.api("GET", "me", token).send().await.unwrap().json().await.unwrap() };
    assert_eq!(me(&sam).await["administrator"], true);
    assert_eq!(me(&server.token(ALEX).await).await["administrator"], false);
    server.sql("UPDATE accounts SET administrator = 0").await;
    let (status, problem) = put(&server, &sam, "crm", &usual("#one")).await;
    assert_eq!((status, &problem["type"]), (403, &json!("/problems/not-administrator")));
    assert_eq!(me(&sam).await["administrator"], false);
}

#[tokio::test]
async fn setting_up_the_apps_again_does_not_undo_what_was_taught() {
    let server = Server::start().await;
    let sam = server.token(SAM).await;
    put(&server, &sam, "benefits", &usual("#one")).await;
    let portal = &server.portal;
    demo::fill(&portal.database, &portal.vault, &portal.hasher, "http://{name}.localhost:8082").await.unwrap();
    assert_eq!(app(&server, &sam, "benefits").await.0, usual("#one"));
    let file = server.file("apps.json");
    let apps = |mode: &str, more: &str| {
        let url = "https://benefits.contoso.example/login";
        format!(
            r#"[{{"id": "benefits", "name": "B", "mode": "{mode}", "launch_url": "{url}", "assigned_to": ["sam@contoso.example"]{more}}}]"#
        )
    };
    let rule = r#", "sign_on_rules": [{"url": "https://benefits.contoso.example/login"}]"#;
    std::fs::write(&file, apps("password", rule)).unwrap();
    import(server.database(), &Act::by([], 0), &file).await.unwrap();
    assert_eq!(app(&server, &sam, "benefits").await.0, usual("#one"));
    std::fs::write(&file, apps("linked", "")).unwrap();
    import(server.database(), &Act::by([], 0), &file).await.unwrap();
    assert_eq!(app(&server, &sam, "benefits").await.0, Value::Null, "only password apps have a form");
}

#[tokio::test]
async fn two_who_teach_at_once_make_two_versions() {
    let server = Server::start().await;
    let sam = server.token(SAM).await;
    let forms: Vec<Value> = (0..8).map(|number| usual(&format!("#user-{number}"))).collect();
    let all = forms.iter().map(|form| server.api("PUT", "apps/crm/form", &sam).json(form).send());
    let all: Vec<_> = all.map(tokio::spawn).collect();
    let mut versions = Vec::new();
    for answer in all {
        let answer: Value = answer.await.unwrap().unwrap().json().await.unwrap();
        versions.push(answer["version"].as_i64().unwrap());
    }
    versions.sort_unstable();
    assert_eq!(versions, (2..10).collect::<Vec<i64>>());
}

#[test]
fn what_changed_is_said_in_words() {
    let read = |form: Value| -> Form { serde_json::from_value(form).unwrap() };
    let base = usual("#user");
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut form = base.clone();
        change(&mut form);
        Form::changes(Some(&read(base.clone())), Some(&read(form)))
    };
    let fields = |form: &mut Value| form["steps"][0]["fields"].as_array_mut().unwrap().clone();
    assert_eq!(Form::changes(None, Some(&read(base.clone()))), ["First description: 1 step, The username, The password"]);
    assert_eq!(Form::changes(Some(&read(base.clone())), None).len(), 1);
    assert_eq!(changed(&|form| form["steps"][0]["submit"] = json!([])), ["The button is found in another way"]);
    assert_eq!(changed(&|form| form["frame_origin"] = json!("https://a.example")), ["In another frame"]);
    assert_eq!(changed(&|form| form["steps"][0]["fields"][0]["label"] = json!("")), ["“username” was described anew"]);
    assert_eq!(
        changed(&|form| {
            let mut fields = fields(form);
            fields.reverse();
            form["steps"][0]["fields"] = json!(fields);
        }),
        ["The order"]
    );
    assert_eq!(
        changed(&|form| {
            let fields = fields(form);
            form["steps"] = json!([step(&fields[..1]), step(&fields[1..]), step(&[field("pin", "password", &[])])]);
        }),
        ["3 steps instead of 1 step", "New field “The pin”"]
    );
}
