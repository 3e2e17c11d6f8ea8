//! A person changes their own portal password: what is refused, what ends, what goes on, and who must do it first.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, Browser, SAM, Server, authorization, client, header, location, parameter, routes};
use my_apps_portal::{
    audit::{Filter, read},
    throttle::ONE_PERSON_ONE_ORIGIN,
};
use reqwest::Response;

const PAGE: &str = "/account/password";
const NEW: &str = "a new password of Alex's";

/// Posts the three passwords and whatever else the form carries.
async fn change(browser: &mut Browser, [current, new, again]: [&str; 3], more: &[(&str, &str)]) -> Response {
    let form_token = browser.form_token(PAGE).await;
    let form = [("form_token", form_token.as_str()), ("current", current), ("new", new), ("again", again)];
    browser.post(PAGE, &[form.as_slice(), more].concat()).await
}

impl Server {
    async fn lets_in(&self, (username, password): (&str, &str)) -> bool {
        self.browser().post("/sign-in", &[("username", username), ("password", password)]).await.status() == 303
    }

    /// Person, outcome and reason of every line of the trail, the oldest first.
    async fn trail(&self) -> Vec<(i64, String, &'static str, Option<&'static str>)> {
        let lines = read(self.database(), &Filter::default(), None, 100).await.unwrap().into_iter().rev();
        lines.map(|line| (line.account_id, line.app_id, line.outcome.as_str(), line.reason.map(|reason| reason.as_str()))).collect()
    }

    async fn guesses(&self) -> i64 {
        sqlx::query_scalar("SELECT COUNT(*) FROM sign_in_failures").fetch_one(self.database()).await.unwrap()
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_at_its_field_and_changes_nothing() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let long = "x".repeat(1025);
    for (typed, field, sentence, is_a_guess) in [
        (["", NEW, NEW], "current", "enter your current password.", false),
        ([ALEX.1, "", ""], "new", "the new password must have 8 to 1024 characters.", false),
        ([ALEX.1, "short", "short"], "new", "the new password must have 8 to 1024 characters.", false),
        ([ALEX.1, &long, &long], "new", "the new password must have 8 to 1024 characters.", false),
        ([ALEX.1, ALEX.1, ALEX.1], "new", "the new password is the one that you have. Choose another one.", false),
        ([ALEX.1, NEW, "another"], "again", "the two new passwords are not the same. Type all three once more, the new one twice.", false),
        ([ALEX.1, NEW, ""], "again", "the two new passwords are not the same. Type all three once more, the new one twice.", false),
        (["wrong", NEW, NEW], "current", "this is not your current password.", true),
        ([SAM.1, NEW, NEW], "current", "this is not your current password.", true),
    ] {
        let before = server.guesses().await;
        let answer = change(&mut alex, typed, &[]).await;
        assert_eq!(answer.status(), 200, "an error status closes the extension's window");
        let page = answer.text().await.unwrap();
        assert!(page.contains(&format!("id=\"wrong\">Not changed: {sentence}</p>")), "{typed:?}: {page}");
        let input = page.split(&format!("<input id=\"{field}\"")).nth(1).unwrap().split('>').next().unwrap();
        assert!(input.contains("wrong\"") && input.contains("aria-invalid=\"true\" autofocus"), "{input}");
        assert_eq!((page.matches("role=\"alert\"").count(), page.matches("autofocus").count()), (1, 1), "{page}");
        assert!(!page.contains(NEW) && !page.contains(ALEX.1), "no password is shown");
        assert_eq!(server.guesses().await - before, i64::from(is_a_guess), "{typed:?}");
    }
    assert!(server.lets_in(ALEX).await);
    assert_eq!(alex.get("/").await.status(), 200);
    let refused = (1, String::new(), "portal-password-refused", Some("wrong-password"));
    assert_eq!(server.trail().await, [refused.clone(), refused], "what was only typed wrongly is no refusal");
}

#[tokio::test]
async fn guessing_the_current_password_is_followed_by_the_same_pause_as_at_the_sign_in() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    for _ in 0..ONE_PERSON_ONE_ORIGIN.most / 2 {
        assert_eq!(header(&change(&mut alex, ["wrong", NEW, NEW], &[]).await, "retry-after"), "");
        alex.post("/sign-in", &[("username", ALEX.0), ("password", "wrong")]).await;
    }
    let answer = change(&mut alex, [ALEX.1, NEW, NEW], &[]).await;
    let wait: i64 = header(&answer, "retry-after").parse().unwrap();
    assert!((880..=900).contains(&wait), "{wait}");
    assert!(answer.text().await.unwrap().contains("Too many wrong passwords. Try again in 15 minutes."));
    let answer = alex.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1)]).await;
    assert_eq!(answer.status(), 200, "they are counted together");
    assert_eq!(server.trail().await.len(), 5, "what must wait is not judged, and not written down");
    server.sql("UPDATE sign_in_failures SET failed_at = failed_at - 900").await;
    assert_eq!(change(&mut alex, [ALEX.1, NEW, NEW], &[]).await.status(), 303);
    assert_eq!(server.guesses().await, 0);
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let own = alex.form_token(PAGE).await;
    let of_sam = server.signed_in(SAM).await.form_token(PAGE).await;
    let passwords = [("current", ALEX.1), ("new", NEW), ("again", NEW)];
    for (token, site) in [("", "same-origin"), ("wrong", "same-origin"), (of_sam.as_str(), "same-origin"), (own.as_str(), "cross-site")] {
        let form = [&[("form_token", token)], passwords.as_slice()].concat();
        let answer = alex.post_from(PAGE, &form, &[("Sec-Fetch-Site", site)]).await;
        assert!(answer.text().await.unwrap().contains("Request refused"), "{token} {site}");
    }
    let answer = server.browser().post(PAGE, &[&[("form_token", own.as_str())], passwords.as_slice()].concat()).await;
    assert_eq!(location(&answer), "/sign-in");
    assert!(server.lets_in(ALEX).await);
    assert_eq!((server.trail().await, server.guesses().await), (Vec::new(), 0));
}

#[tokio::test]
async fn a_change_ends_everything_else_and_the_browser_stays_signed_in() {
    let server = Server::start().await;
    let (elsewhere, sam) = (server.token(ALEX).await, server.token(SAM).await);
    let mut other = server.signed_in(ALEX).await;
    let mut alex = server.browser();
    alex.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1), ("stay", "1")]).await;
    let token = server.redeem(&alex.code().await).await["access_token"].as_str().unwrap().to_owned();
    let before = alex.cookie("my_apps_session");

    let answer = change(&mut alex, [ALEX.1, NEW, NEW], &[]).await;
    assert_eq!(answer.status(), 303);
    let cookies: Vec<_> = answer.headers().get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect();
    assert!(cookies[0].starts_with("my_apps_session=") && cookies[0].contains("; Max-Age=604800"), "it stays as it did: {cookies:?}");
    let done = location(&answer);
    let page = alex.page(&done).await;
    assert!(page.contains("<strong>Changed.</strong>") && page.contains("ask you to sign in again"), "{page}");
    assert!(!alex.page(PAGE).await.contains("Changed.") && !alex.page(&format!("{PAGE}?done=1")).await.contains("Changed."));

    for token in [&token, &elsewhere] {
        assert_eq!(server.api_status("GET", "me", token).await, 401);
    }
    assert_eq!(server.api_status("GET", "me", &sam).await, 200);
    assert_eq!(location(&other.get("/").await), "/sign-in?next=%2F");
    let old = client().get(format!("{}/", server.address)).header("Cookie", format!("my_apps_session={before}"));
    assert_eq!(old.send().await.unwrap().status(), 303, "the secret from before is worth nothing");
    assert!(!server.lets_in(ALEX).await && server.lets_in((ALEX.0, NEW)).await);
    assert!(!server.signed_in((ALEX.0, NEW)).await.page(&done).await.contains("Changed."), "a notice does not lie");
    // The extension in this browser renews its token without a window, and what was stored is still there.
    let code = parameter(&alex.authorize(&[("prompt", "none")]).await, "code").unwrap();
    let token = server.redeem(&code).await["access_token"].as_str().unwrap().to_owned();
    assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 200);
    // The browser is known, as it was before.
    server.sql("DELETE FROM sign_in_failures").await;
    for _ in 0..ONE_PERSON_ONE_ORIGIN.most {
        server.browser().post("/sign-in", &[("username", ALEX.0), ("password", "wrong")]).await;
    }
    assert_eq!(alex.post("/sign-in", &[("username", ALEX.0), ("password", NEW)]).await.status(), 303);
    assert_eq!(server.trail().await[0], (1, String::new(), "portal-password-changed", None));
    let trail = server.signed_in(SAM).await.page("/audit?outcome=portal-password-changed").await;
    assert!(trail.contains(">Portal password changed</span>") && !trail.contains(NEW));
}

/// Their browser shows the answer to the second press, and has thrown away the cookies of the first one.
#[tokio::test]
async fn who_presses_twice_is_not_told_that_nothing_was_changed() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let form_token = alex.form_token(PAGE).await;
    let form = [("form_token", form_token.as_str()), ("current", ALEX.1), ("new", NEW), ("again", NEW)];
    let mut twice = [server.browser(), server.browser()];
    let cookie = alex.cookie_header();
    let headers = [("Sec-Fetch-Site", "same-origin"), ("Cookie", cookie.as_str())];
    let [first, second] = &mut twice;
    let answers = tokio::join!(first.post_from(PAGE, &form, &headers), second.post_from(PAGE, &form, &headers));
    for (answer, browser) in [(answers.0, first), (answers.1, second)] {
        let done = location(&answer);
        assert!(browser.page(&done).await.contains("<strong>Changed.</strong>"), "{done}: {}", answer.text().await.unwrap());
    }
    assert_eq!(server.trail().await, [(1, String::new(), "portal-password-changed", None)]);
    assert!(server.lets_in((ALEX.0, NEW)).await);
}

#[tokio::test]
async fn a_change_of_which_the_trail_could_say_nothing_is_not_made() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let form_token = alex.form_token(PAGE).await;
    server.sql("ALTER TABLE outcomes RENAME TO lost").await;
    let form = [("form_token", form_token.as_str()), ("current", ALEX.1), ("new", NEW), ("again", NEW)];
    assert!(alex.post(PAGE, &form).await.text().await.unwrap().contains("The portal could not answer."));
    assert!(server.lets_in(ALEX).await);
    assert_eq!(alex.get("/").await.status(), 200);
}

#[tokio::test]
async fn the_page_is_found_where_people_look() {
    let server = Server::start().await;
    assert!(server.signed_in(ALEX).await.page("/").await.contains("href=\"/account/password\""));
    let links = async |server: &Server| {
        let answer = client().get(format!("{}/.well-known/my-apps", server.address)).send().await.unwrap();
        answer.json::<serde_json::Value>().await.unwrap()["links"]["reset_password"].clone()
    };
    assert_eq!(links(&server).await, format!("{}/account/password", server.public_url));
    assert!(!server.browser().page("/sign-in").await.contains("Forgot your password?"), "it is of no use to whoever forgot it");
    let own = "https://passwords.contoso.example/";
    let server = Server::start_with(|settings| settings.links.reset_password = Some(own.to_owned())).await;
    assert_eq!(links(&server).await, own);
    assert!(server.signed_in(ALEX).await.page(PAGE).await.contains(&format!("href=\"{own}\"")));
}

#[tokio::test]
async fn who_was_given_a_password_changes_it_before_anything_else() {
    let server = Server::start().await;
    let add = ["user", "add", "kim", "--name", "Kim Akers", "--password-stdin", "--administrator", "--must-change-password"];
    server.done(&add, "given for once\n");
    let mut kim = server.browser();
    let form = [("username", "kim"), ("password", "given for once"), ("next", "/audit?app=crm")];
    let answer = kim.post("/sign-in", &form).await;
    let page = answer.text().await.unwrap();
    assert!(page.contains("given to you for the first sign-in") && page.contains("name=\"next\" value=\"/audit?app=crm\""), "{page}");
    // There is no way round it.
    let others = ["/sign-in", "/sign-out", PAGE];
    for route in routes::all(&server).await {
        let (method, pattern) = route.split_once(' ').unwrap();
        let is_page = !["/api/", "/oauth/", "/.well-known/", "/assets/", "/health"].iter().any(|start| pattern.starts_with(start));
        if !is_page || others.contains(&pattern) {
            continue;
        }
        let path = pattern.replace("{id}", "crm");
        let answer = if method == "GET" { kim.get(&path).await } else { kim.post(&path, &[("internal", "http://a/")]).await };
        let to = location(&answer);
        let is_led = to.starts_with(PAGE) || to == "/sign-in" || answer.text().await.unwrap().contains("action=\"/account/password\"");
        assert!(is_led, "{route}");
    }
    assert_eq!(location(&kim.get("/sign-in?next=%2Fforms").await), "/forms");
    assert_eq!(location(&kim.get("/forms").await), "/account/password?next=%2Fforms");
    assert_eq!(parameter(&kim.authorize(&[("prompt", "none")]).await, "error").unwrap(), "login_required");
    let wrong = change(&mut kim, ["given for once", "short", "short"], &[("next", "/audit?app=crm")]).await.text().await.unwrap();
    assert!(wrong.contains("name=\"next\" value=\"/audit?app=crm\""), "where to go is not lost");
    let answer = change(&mut kim, ["given for once", "Kim's own", "Kim's own"], &[("next", "/audit?app=crm")]).await;
    assert_eq!(location(&answer), "/audit?app=crm");
    assert_eq!(kim.get("/audit?app=crm").await.status(), 200);
    let again = server.browser().post("/sign-in", &[("username", "kim"), ("password", "Kim's own")]).await;
    assert_eq!(location(&again), "/", "it is asked once");

    server.done(&["user", "password", "kim", "--password-stdin", "--must-change-password"], "given once more\n");
    let mut kim = server.browser();
    kim.post("/sign-in", &[("username", "kim"), ("password", "given once more")]).await;
    let form_token = kim.form_token(PAGE).await;
    assert_eq!(location(&kim.post("/sign-out", &[("form_token", &form_token)]).await), "/sign-in?signed-out=1", "nobody is kept");
}

#[tokio::test]
async fn in_the_extensions_window_it_is_changed_first_as_well() {
    let server = Server::start().await;
    let give = |password: &str| {
        server.done(&["user", "password", ALEX.0, "--password-stdin", "--must-change-password"], &format!("{password}\n"));
    };
    give("given for once");
    let mut alex = server.browser();
    let request = authorization(&[]);
    let form = [("username", ALEX.0), ("password", "given for once"), ("request", request.as_str())];
    let answer = alex.post("/sign-in", &form).await;
    assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()));
    for page in [answer.text().await.unwrap(), alex.authorize(&[]).await.text().await.unwrap()] {
        assert!(page.contains("given to you for the first sign-in") && page.contains("name=\"request\""), "{page}");
        assert!(page.contains("error=access_denied"), "the page has a way to cancel");
    }
    let more = [("request", request.as_str())];
    let wrong = change(&mut alex, ["wrong", NEW, NEW], &more).await;
    assert_eq!(wrong.status(), 200, "an error status closes the window");
    assert!(wrong.text().await.unwrap().contains("name=\"request\""));
    let evil = authorization(&[("redirect_uri", "https://evil.example/")]);
    let answer = change(&mut alex, ["given for once", NEW, NEW], &[("request", &evil)]).await;
    assert_eq!((answer.status().as_u16(), location(&answer)), (200, String::new()), "a request is read again");
    let answer = change(&mut alex, ["given for once", NEW, NEW], &more).await;
    let tokens = server.redeem(&parameter(&answer, "code").unwrap()).await;
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(server.api_status("GET", "me", tokens["access_token"].as_str().unwrap()).await, 200);
}
