//! Guessing: what slows it down, whom that must not hold up, and when it is over.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, Browser, REDIRECT, SAM, Server, VERIFIER, client, header};
use my_apps_portal::{
    clock::now,
    database::sweep,
    pace::Pace,
    throttle::{ONE_ADDRESS, ONE_PERSON, ONE_PERSON_ONE_ORIGIN, Origin, admit},
};

async fn guess(server: &Server, username: &str, address: &str) -> Option<i64> {
    let origin = Origin::Address(address.to_owned());
    admit(server.database(), username, &origin, now()).await.unwrap()
}

/// What the sign-in page says, and how long it says to wait.
async fn sign_in(browser: &mut Browser, (username, password): (&str, &str)) -> (u16, i64, String) {
    let form = [("username", username), ("password", password)];
    let answer = browser.post("/sign-in", &form).await;
    let wait = header(&answer, "retry-after").parse().unwrap_or_default();
    (answer.status().as_u16(), wait, answer.text().await.unwrap())
}

#[track_caller]
fn must_wait((status, wait, page): (u16, i64, String), about: i64) {
    assert_eq!(status, 200, "an error status closes the extension's window");
    assert!((about - 20..=about).contains(&wait), "{wait}");
    let sentence = format!("Too many wrong passwords. Try again in {} minutes.", about / 60);
    assert!(page.contains(&sentence), "{page}");
}

async fn later(server: &Server, seconds: i64) {
    sqlx::query("UPDATE sign_in_failures SET failed_at = failed_at - $1").bind(seconds).execute(server.database()).await.unwrap();
}

async fn noted(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM sign_in_failures").fetch_one(server.database()).await.unwrap()
}

#[tokio::test]
async fn guesses_from_many_addresses_are_followed_by_a_pause() {
    let server = Server::start().await;
    let mut known = server.signed_in(ALEX).await;
    let form_token = known.form_token("/").await;
    known.post("/sign-out", &[("form_token", &form_token)]).await;
    for number in 0..ONE_PERSON.most {
        assert_eq!(guess(&server, ALEX.0, &format!("198.51.100.{number}")).await, None);
    }
    assert!(guess(&server, ALEX.0, "203.0.113.1").await.is_some());
    must_wait(sign_in(&mut server.browser(), ALEX).await, ONE_PERSON.window);
    assert_eq!(sign_in(&mut server.browser(), SAM).await.0, 303, "others are not held up");
    // The person themselves, in a browser of theirs, is never kept out by others' guesses.
    assert_eq!(sign_in(&mut known, (ALEX.0, "a slip")).await.1, 0);
    assert_eq!(sign_in(&mut known, ALEX).await.0, 303);
    // What was refused was not counted: the pause ends although somebody knocked all the time.
    later(&server, ONE_PERSON.window / 2).await;
    for _ in 0..5 {
        assert!(guess(&server, ALEX.0, "203.0.113.1").await.is_some());
    }
    later(&server, ONE_PERSON.window / 2).await;
    assert_eq!(sign_in(&mut server.browser(), ALEX).await.0, 303);
}

#[tokio::test]
async fn one_password_tried_on_many_people_is_followed_by_a_pause() {
    let server = Server::start().await;
    let mut known = server.signed_in(SAM).await;
    for number in 0..ONE_ADDRESS.most {
        assert_eq!(guess(&server, &format!("person{number}"), "127.0.0.1").await, None);
    }
    must_wait(sign_in(&mut server.browser(), SAM).await, ONE_ADDRESS.window);
    must_wait(sign_in(&mut server.browser(), ("nobody", "x")).await, ONE_ADDRESS.window);
    assert_eq!(guess(&server, SAM.0, "203.0.113.1").await, None, "elsewhere it goes on");
    assert_eq!(sign_in(&mut known, SAM).await.0, 303, "and in a known browser");
    later(&server, ONE_ADDRESS.window).await;
    assert_eq!(sign_in(&mut server.browser(), SAM).await.0, 303);
}

#[tokio::test]
async fn a_clock_that_was_put_back_prolongs_no_pause() {
    let server = Server::start().await;
    for _ in 0..ONE_PERSON_ONE_ORIGIN.most {
        assert_eq!(guess(&server, ALEX.0, "127.0.0.1").await, None);
    }
    later(&server, -10 * 365 * 86400).await;
    assert_eq!(sign_in(&mut server.browser(), ALEX).await.0, 303);
}

#[tokio::test]
async fn a_right_password_takes_back_ones_own_wrong_ones_only() {
    let server = Server::start().await;
    for number in 0..ONE_ADDRESS.most - 2 {
        guess(&server, &format!("person{number}"), "127.0.0.1").await;
    }
    for _ in 0..3 {
        let mut browser = server.browser();
        assert_eq!(sign_in(&mut browser, (ALEX.0, "wrong")).await.1, 0);
        assert_eq!(sign_in(&mut browser, ALEX).await.0, 303);
    }
    assert_eq!(noted(&server).await, ONE_ADDRESS.most - 2, "an account of one's own does not hide guessing at others'");
}

#[tokio::test]
async fn a_known_browser_has_tries_of_its_own_for_its_own_people_only() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    for _ in 0..ONE_PERSON_ONE_ORIGIN.most {
        assert_eq!(sign_in(&mut browser, (ALEX.0, "wrong")).await.1, 0);
    }
    must_wait(sign_in(&mut browser, ALEX).await, ONE_PERSON_ONE_ORIGIN.window);
    assert_eq!(sign_in(&mut server.browser(), ALEX).await.0, 303, "these tries count for no one else");
    // For Sam, who never signed in there, it is any browser at this address.
    for _ in 0..ONE_PERSON_ONE_ORIGIN.most {
        assert_eq!(guess(&server, SAM.0, "127.0.0.1").await, None);
    }
    must_wait(sign_in(&mut browser, SAM).await, ONE_PERSON_ONE_ORIGIN.window);
    // Once Sam did, it is known for both.
    later(&server, ONE_PERSON_ONE_ORIGIN.window).await;
    assert_eq!(sign_in(&mut browser, SAM).await.0, 303);
    for number in 0..ONE_PERSON.most {
        guess(&server, ALEX.0, &format!("198.51.100.{number}")).await;
        guess(&server, SAM.0, &format!("198.51.100.{number}")).await;
    }
    assert_eq!(sign_in(&mut browser, ALEX).await.0, 303);
    assert_eq!(sign_in(&mut browser, SAM).await.0, 303);
}

#[tokio::test]
async fn the_secret_of_a_known_browser_opens_nothing_and_changes_with_every_sign_in() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let first = browser.cookie("my_apps_known");
    let home = client().get(format!("{}/", server.address));
    let with_it = home.header("Cookie", format!("my_apps_known={first}; my_apps_session={first}"));
    assert_eq!(with_it.send().await.unwrap().status(), 303);
    assert_eq!(server.api_status("GET", "me", &first).await, 401);
    sign_in(&mut browser, ALEX).await;
    assert_ne!(browser.cookie("my_apps_known"), first);
    for number in 0..ONE_PERSON.most {
        guess(&server, ALEX.0, &format!("198.51.100.{number}")).await;
    }
    let old = client().post(format!("{}/sign-in", server.address)).header("Sec-Fetch-Site", "same-origin");
    let old = old.header("Cookie", format!("my_apps_known={first}")).form(&[("username", ALEX.0), ("password", ALEX.1)]);
    assert_eq!(old.send().await.unwrap().status(), 200, "the old secret is forgotten");
    let hashes: Vec<Vec<u8>> = sqlx::query_scalar("SELECT token_hash FROM known_browsers").fetch_all(server.database()).await.unwrap();
    assert_eq!(hashes.len(), 1, "one row for one person in one browser");
    assert_eq!(hashes[0].len(), 32);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guesses_made_at_the_same_moment_all_count() {
    let server = Server::start().await;
    let guesses: Vec<_> = (0..40)
        .map(|_| {
            let database = server.database().clone();
            tokio::spawn(async move {
                let origin = Origin::Address("203.0.113.1".to_owned());
                admit(&database, ALEX.0, &origin, now()).await.unwrap()
            })
        })
        .collect();
    let mut admitted = 0;
    for guess in guesses {
        admitted += i64::from(guess.await.unwrap().is_none());
    }
    assert_eq!(admitted, ONE_PERSON_ONE_ORIGIN.most);
}

/// As whose a wrong password is counted that comes with these headers.
async fn counted_for(server: &Server, forwarded: &[&str]) -> String {
    server.sql("DELETE FROM sign_in_failures").await;
    let headers = forwarded.iter().map(|value| ("X-Forwarded-For", *value));
    let headers: Vec<_> = headers.chain([("Sec-Fetch-Site", "same-origin")]).collect();
    let form = [("username", "nobody"), ("password", "wrong")];
    server.browser().post_from("/sign-in", &form, &headers).await;
    sqlx::query_scalar("SELECT origin FROM sign_in_failures").fetch_one(server.database()).await.unwrap()
}

#[tokio::test]
async fn an_address_is_believed_from_the_proxy_only() {
    let direct = Server::start().await;
    assert_eq!(counted_for(&direct, &["198.51.100.7"]).await, "127.0.0.1", "anyone can write this header");
    let proxied = Server::start_with(|settings| settings.behind_proxy = true).await;
    for (forwarded, expected) in [
        (&[][..], "127.0.0.1"),
        (&["nonsense"], "127.0.0.1"),
        (&["198.51.100.7,"], "127.0.0.1"),
        (&["198.51.100.7"], "198.51.100.7"),
        (&["198.51.100.7, 203.0.113.1"], "203.0.113.1"),
        (&["198.51.100.7", "203.0.113.1"], "203.0.113.1"),
        (&["::ffff:198.51.100.7"], "198.51.100.7"),
        (&["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        (&["[2001:db8:1:2:3:4:5:6]"], "2001:db8:1:2::/64"),
        // Azure's Application Gateway adds the port.
        (&["198.51.100.7:50123"], "198.51.100.7"),
        (&["203.0.113.1:443, 198.51.100.7:50123"], "198.51.100.7"),
        (&["[2001:db8:1:2:3:4:5:6]:50123"], "2001:db8:1:2::/64"),
        (&["[::ffff:198.51.100.7]:50123"], "198.51.100.7"),
        (&["198.51.100.7:500000"], "127.0.0.1"),
        (&["[198.51.100.7]"], "127.0.0.1"),
        (&["[2001:db8::1"], "127.0.0.1"),
        (&["198.51.100.7:"], "127.0.0.1"),
        (&["unknown:50123"], "127.0.0.1"),
    ] {
        assert_eq!(counted_for(&proxied, forwarded).await, expected, "{forwarded:?}");
    }
}

#[tokio::test]
async fn what_was_typed_as_a_user_name_is_not_kept() {
    let server = Server::start().await;
    sign_in(&mut server.browser(), ("a-password-in-the-wrong-field", "x")).await;
    assert_eq!(noted(&server).await, 1);
    for file in ["portal.db", "portal.db-wal"] {
        let bytes = std::fs::read(server.file(file)).unwrap();
        let typed = b"a-password-in-the-wrong-field";
        assert!(!bytes.windows(typed.len()).any(|window| window == typed), "{file}");
    }
}

#[tokio::test]
async fn old_rows_are_removed() {
    let server = Server::start().await;
    server.signed_in(ALEX).await;
    guess(&server, ALEX.0, "203.0.113.1").await;
    let count = || async {
        let known: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM known_browsers").fetch_one(server.database()).await.unwrap();
        (noted(&server).await, known)
    };
    sweep(server.database(), now()).await.unwrap();
    assert_eq!(count().await, (1, 1), "what still counts stays");
    sweep(server.database(), now() + ONE_PERSON.window).await.unwrap();
    assert_eq!(count().await, (0, 1));
    sweep(server.database(), now() + 366 * 86400).await.unwrap();
    assert_eq!(count().await, (0, 0));
}

#[test]
fn a_pace_is_kept_for_each_key_and_forgets() {
    let pace = Pace::new(3, 60);
    for _ in 0..3 {
        assert_eq!(pace.admit("a", 1000), None);
    }
    assert_eq!(pace.admit("a", 1000), Some(60));
    assert_eq!(pace.admit("a", 1059), Some(1), "waiting does not make it longer");
    assert_eq!(pace.admit("b", 1059), None);
    pace.forgive("a");
    assert_eq!(pace.admit("a", 1059), None);
    assert_eq!(pace.admit("a", 1060), None);
    pace.forgive("nobody");
    for number in 0..1000 {
        pace.admit(&number.to_string(), 1200);
    }
    assert_eq!(pace.remembered(), 1000, "what is over is forgotten");
    pace.admit("c", 1260);
    assert_eq!(pace.remembered(), 1);
    for _ in 0..2 {
        pace.admit("c", 1260);
    }
    assert_eq!(pace.admit("c", 1260), Some(60));
    assert_eq!(pace.admit("c", -5), None, "a clock that was put back does not prolong a pause");
}

/// A refusal of 429, as the protocol describes it.
async fn too_many(answer: reqwest::Response, longest: i64) {
    assert_eq!(answer.status(), 429);
    let wait: i64 = header(&answer, "retry-after").parse().unwrap();
    assert!((1..=longest).contains(&wait), "{wait}");
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
    assert_eq!(header(&answer, "access-control-allow-origin"), "*");
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let body: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(body["type"], "/problems/too-many-requests");
    assert_eq!(body["status"], 429);
    assert!(body["detail"].as_str().unwrap().contains("Try again in "));
}

#[tokio::test]
async fn the_token_endpoint_refuses_only_so_often() {
    let server = Server::start().await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", "unknown"),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", VERIFIER),
    ];
    let mut alex = server.signed_in(ALEX).await;
    for _ in 0..50 {
        assert_eq!(server.post("/oauth/token", &form).await.status(), 400);
        let granted = server.redeem(&alex.code().await).await;
        assert_eq!(granted["token_type"], "Bearer", "what is granted does not count");
    }
    for _ in 0..50 {
        assert_eq!(server.post("/oauth/token", &form).await.status(), 400);
    }
    too_many(server.post("/oauth/token", &form).await, 300).await;
    // Others at this address have real codes; and one that comes again still takes its token back.
    let code = alex.code().await;
    let granted = server.redeem(&code).await;
    let token = granted["access_token"].as_str().unwrap();
    assert_eq!(server.api_status("GET", "me", token).await, 200);
    assert_eq!(server.redeem(&code).await["error"], "invalid_grant");
    assert_eq!(server.api_status("GET", "me", token).await, 401);
    too_many(server.post("/oauth/token", &form).await, 300).await;
}

#[tokio::test]
async fn outcomes_are_kept_only_so_fast() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let report = |token: &str| {
        let body = serde_json::json!({"outcome": "refused", "reason": "no-form", "host": "crm.localhost"});
        server.api("POST", "apps/crm/outcome", token).json(&body).send()
    };
    for _ in 0..180 {
        assert_eq!(report(&token).await.unwrap().status(), 204);
    }
    too_many(report(&token).await.unwrap(), 60).await;
    assert_eq!(server.api_status("POST", "apps/crm/credential", &token).await, 200, "the rest goes on");
    let elsewhere = server.token(ALEX).await;
    assert_eq!(report(&elsewhere).await.unwrap().status(), 204);
}

#[tokio::test]
async fn passwords_are_stored_and_removed_only_so_fast() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let form_token = alex.form_token("/").await;
    let token = [("form_token", form_token.as_str())];
    let form = [token.as_slice(), &[("field.username", "a name"), ("field.password", "x")]].concat();
    for _ in 0..90 {
        assert_eq!(alex.post("/apps/crm/password", &form).await.status(), 303);
        assert_eq!(alex.post("/apps/crm/password/remove", &token).await.status(), 303);
    }
    let answer = alex.post("/apps/people/password", &form).await;
    let wait: i64 = header(&answer, "retry-after").parse().unwrap();
    assert!(answer.status() == 429 && (1..=60).contains(&wait), "{wait}");
    let page = answer.text().await.unwrap();
    assert!(page.contains("Nothing was saved. Very many passwords were changed within a minute. Try again in a minute."), "{page}");
    assert!(page.contains("value=\"a name\""), "what was typed stays");
    let answer = alex.post("/apps/people/password/remove", &token).await;
    assert!(answer.status() == 429 && answer.text().await.unwrap().contains("<h1>Nothing was removed</h1>"));
    let lines: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM outcomes").fetch_one(server.database()).await.unwrap();
    assert_eq!(lines, 180);
    let mut elsewhere = server.signed_in(ALEX).await;
    let form_token = elsewhere.form_token("/").await;
    assert_eq!(elsewhere.post("/apps/people/password/remove", &[("form_token", &form_token)]).await.status(), 303);
}

#[tokio::test]
async fn passwords_are_given_out_only_so_fast() {
    let server = Server::start().await;
    let mut alex = server.signed_in(ALEX).await;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let granted = server.redeem(&alex.code().await).await;
        tokens.push(granted["access_token"].as_str().unwrap().to_owned());
    }
    for _ in 0..60 {
        assert_eq!(server.api_status("POST", "apps/crm/credential", &tokens[0]).await, 200);
    }
    for token in &tokens {
        let request = server.api("POST", "apps/people/credential", token);
        too_many(request.send().await.unwrap(), 60).await;
        assert_eq!(server.api_status("GET", "apps", token).await, 200, "the rest goes on");
    }
    let elsewhere = server.token(ALEX).await;
    assert_eq!(server.api_status("POST", "apps/crm/credential", &elsewhere).await, 200);
}
