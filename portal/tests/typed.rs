//! What an administrator typed is not lost when their session has ended before they press the button, and nobody else can have
//! typed it for them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, Browser, Part, SAM, Server, location};
use my_apps_portal::link_map::{self, LinkMap, Pair};
use reqwest::Response;

const MAP: &str = "{\"links\": [\n  {\"internal\": \"http://intranet/\", \"external\": \"https://a.example/?a=1&b=ü+%20\"}\n]}";
const UNSAVED: &str = "Nothing is saved yet, because you have signed in again since you opened this page.";

/// Its path, what is typed into it, and how it shows that.
type Form = (&'static str, Vec<(&'static str, &'static str)>, Vec<String>);

fn forms() -> [Form; 3] {
    let shown = |text: &str| text.replace('&', "&#38;").replace('"', "&#34;").replace('<', "&#60;").replace('>', "&#62;");
    let value = |name: &str, value: &str| format!("name=\"{name}\" type=\"text\" inputmode=\"url\" value=\"{}\"", shown(value));
    let seen = ("seen_internal", "http://a/");
    [
        (
            "/addresses/entry",
            vec![
                ("internal", "http://\"a\"&<b>/"),
                ("external", "https://ü.example/?a=b+c%20d"),
                seen,
                ("seen_external", "https://a.example/"),
                ("q", "hr"),
            ],
            vec![
                value("internal", "http://\"a\"&<b>/"),
                value("external", "https://ü.example/?a=b+c%20d"),
                "name=\"seen_internal\" value=\"http://a/\"".to_owned(),
                "name=\"q\" value=\"hr\"".to_owned(),
            ],
        ),
        (
            "/addresses/probe",
            vec![("probe", "https://inside.example/"), ("seen", "https://before.example/")],
            vec![value("probe", "https://inside.example/"), "name=\"seen\" value=\"https://before.example/\"".to_owned()],
        ),
        (
            "/addresses/import",
            vec![("map", MAP), ("seen", "the version")],
            vec![format!(">\n{}</textarea>", shown(MAP)), "name=\"seen\" value=\"the version\"".to_owned()],
        ),
    ]
}

async fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)], site: &str) -> Response {
    let headers = [("Sec-Fetch-Site", site)];
    if path != "/addresses/import" {
        return browser.post_from(path, fields, &headers).await;
    }
    let parts: Vec<Part<'_>> = fields.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
    browser.upload(path, &[parts.as_slice(), &[("file", Some(""), b"")]].concat(), &headers).await
}

/// The text that a sign-in page carries.
fn carried(page: &str) -> Option<String> {
    let value = page.split("name=\"typed\" value=\"").nth(1)?.split('"').next()?;
    Some(value.replace("&#38;", "&").replace("&#39;", "'"))
}

async fn sign_in(browser: &mut Browser, (username, password): (&str, &str), typed: &str) -> Response {
    browser.post("/sign-in", &[("username", username), ("password", password), ("typed", typed)]).await
}

async fn map_of(server: &Server) -> LinkMap {
    link_map::find(server.database()).await.unwrap().map
}

#[tokio::test]
async fn what_was_typed_stands_in_its_form_again_and_is_saved_by_a_person_only() {
    let server = Server::start().await;
    for (path, fields, shown) in forms() {
        let mut browser = server.signed_in(SAM).await;
        let form_token = browser.form_token("/").await;
        let before = [&[("form_token", form_token.as_str())], fields.as_slice()].concat();
        server.sql("DELETE FROM sessions").await;
        let page = send(&mut browser, path, &before, "same-origin").await.text().await.unwrap();
        assert!(page.contains("What you typed is kept: sign in"), "{path}: {page}");
        let typed = carried(&page).unwrap();
        assert!(typed.starts_with(path) && !typed.contains("form_token"), "{typed}");

        let page = sign_in(&mut browser, (SAM.0, "wrong"), &typed).await.text().await.unwrap();
        assert_eq!(carried(&page).as_ref(), Some(&typed), "a wrong password loses nothing");
        let answer = sign_in(&mut browser, SAM, &typed).await;
        assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()));
        let page = answer.text().await.unwrap();
        for part in &shown {
            assert!(page.contains(part), "{path} lacks {part}: {page}");
        }
        assert!(page.contains(UNSAVED) && page.contains(&format!("action=\"{path}\"")));
        assert_eq!((page.matches("role=\"alert\"").count(), page.matches("autofocus").count()), (1, 1), "{page}");
        let token = page.split("name=\"form_token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(token, browser.form_token("/").await, "the form is one of the new session");

        // Whoever has signed in anew in another tab meanwhile is shown the same.
        let answer = send(&mut browser, path, &before, "same-origin").await;
        assert_eq!(answer.status(), 403);
        let page = answer.text().await.unwrap();
        assert!(page.contains(UNSAVED) && shown.iter().all(|part| page.contains(part)), "{path}: {page}");
        assert_eq!(map_of(&server).await, LinkMap::default(), "nothing was saved by all this");
    }
    let mut browser = server.browser();
    let answer = sign_in(&mut browser, SAM, "/addresses/entry?internal=http%3A%2F%2Fa%2F&external=https%3A%2F%2Fa.example%2F").await;
    assert_eq!(answer.status(), 200);
    let form_token = browser.form_token("/").await;
    let form = [("form_token", form_token.as_str()), ("internal", "http://a/"), ("external", "https://a.example/")];
    assert_eq!(browser.post("/addresses/entry", &form).await.status(), 303);
    let pair = Pair { internal: "http://a/".to_owned(), external: "https://a.example/".to_owned() };
    assert_eq!(map_of(&server).await.links, [pair], "the second press saves it");
}

#[tokio::test]
async fn who_must_change_their_password_meanwhile_loses_nothing_either() {
    let server = Server::start().await;
    let mut browser = server.signed_in(SAM).await;
    server.done(&["user", "password", SAM.0, "--password-stdin", "--must-change-password"], "given for once\n");
    let (path, fields, shown) = &forms()[2];
    let page = send(&mut browser, path, fields, "same-origin").await.text().await.unwrap();
    let page = sign_in(&mut browser, (SAM.0, "given for once"), &carried(&page).unwrap()).await.text().await.unwrap();
    assert!(page.contains("action=\"/account/password\""), "{page}");
    let typed = carried(&page).unwrap();
    let form_token = browser.form_token("/account/password").await;
    let form = [("form_token", form_token.as_str()), ("current", "given for once"), ("new", "Sam's own"), ("again", "Sam's own")];
    let answer = browser.post("/account/password", &[form.as_slice(), &[("typed", typed.as_str())]].concat()).await;
    let page = answer.text().await.unwrap();
    assert!(page.contains(UNSAVED) && shown.iter().all(|part| page.contains(part)), "{page}");
}

#[tokio::test]
async fn nobody_else_types_for_an_administrator() {
    let server = Server::start().await;
    let nobody = "There is no page at this address.";
    for (path, fields, _) in forms() {
        for site in ["cross-site", "same-site", "none"] {
            let answer = send(&mut server.browser(), path, &fields, site).await;
            assert_eq!(answer.status(), 403, "{path} {site}");
            assert_eq!(carried(&answer.text().await.unwrap()), None, "{path} {site}");
        }
        let page = send(&mut server.browser(), path, &fields, "same-origin").await.text().await.unwrap();
        let typed = carried(&page).unwrap();
        let query: String = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect();
        for address in [format!("/sign-in?typed={query}"), format!("/account/password?typed={query}")] {
            assert!(!server.signed_in(SAM).await.page(&address).await.contains("name=\"typed\""), "an address carries nothing typed");
            assert!(!server.browser().page(&address).await.contains("name=\"typed\""));
        }
        let page = sign_in(&mut server.browser(), ALEX, &typed).await.text().await.unwrap();
        assert!(page.contains(nobody), "whoever is no administrator finds nothing");
        let form = [("username", SAM.0), ("password", SAM.1), ("typed", typed.as_str())];
        let answer = server.browser().post_from("/sign-in", &form, &[("Sec-Fetch-Site", "cross-site")]).await;
        assert!(answer.text().await.unwrap().contains("Request refused"));
    }
    let long = format!("/addresses/entry?internal={}", "x".repeat(1 << 20));
    for typed in ["", "/", "/sign-out?", "/addresses/entry/remove?seen_internal=a", "https://evil.example/?", "//evil.example/?a", &long] {
        assert_eq!(location(&sign_in(&mut server.browser(), SAM, typed).await), "/", "{typed}");
    }
}

#[tokio::test]
async fn a_long_map_is_carried_and_one_that_is_too_long_is_told() {
    let server = Server::start().await;
    let entry = |number| format!("{{\"internal\": \"http://s{number}/\", \"external\": \"https://s{number}.contoso.example/\"}}");
    // As many entries as browsers follow, as a file.
    let map = format!("{{\"links\": [{}]}}", (0..5000).map(entry).collect::<Vec<_>>().join(",\n"));
    let parts: [Part<'_>; 3] = [("seen", None, b"x"), ("file", Some("map.json"), map.as_bytes()), ("map", None, b"pasted before")];
    let mut browser = server.browser();
    let page = browser.upload("/addresses/import", &parts, &[("Sec-Fetch-Site", "same-origin")]).await.text().await.unwrap();
    let page = sign_in(&mut browser, SAM, &carried(&page).unwrap()).await.text().await.unwrap();
    assert!(page.contains(&format!(">\n{}</textarea>", map.replace('"', "&#34;"))), "all of it is there");

    for long in ["x".repeat(2 << 20), "\"".repeat(1 << 20)] {
        let parts: [Part<'_>; 2] = [("seen", None, b"x"), ("map", None, long.as_bytes())];
        let mut browser = server.browser();
        let page = browser.upload("/addresses/import", &parts, &[("Sec-Fetch-Site", "same-origin")]).await.text().await.unwrap();
        assert!(page.contains("What you typed is too long to be kept here") && carried(&page).is_none());
        assert!(page.contains("name=\"next\" value=\"/addresses/import\""));
    }
    let not_a_form = server.browser().upload("/addresses/entry", &[("internal", None, b"x")], &[("Sec-Fetch-Site", "same-origin")]).await;
    assert_eq!(location(&not_a_form), "/sign-in");
}
