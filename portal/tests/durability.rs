//! What the portal has confirmed is still there after it was killed, whatever it was doing, and it starts again as always.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use common::{ALEX, Browser, REDIRECT, VERIFIER, client, header, location, program::Running};
use serde_json::{Value, json};

/// No round begins after this.
const LONG_ENOUGH: Duration = Duration::from_secs(6);
const MOST_ROUNDS: u32 = 8;

/// What one person has in their browser.
struct Person {
    cookie: String,
    form_token: String,
    token: String,
}

async fn sign_in(address: &str) -> Person {
    let mut browser = Browser::at(address);
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1)]).await;
    assert_eq!(answer.status(), 303);
    let form_token = browser.form_token("/").await;
    let code = browser.code().await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("client_id", "my-apps-extension"),
        ("code_verifier", VERIFIER),
    ];
    let answer: Value = browser.post("/oauth/token", &form).await.json().await.unwrap();
    let token = answer["access_token"].as_str().unwrap().to_owned();
    Person { cookie: browser.cookie_header(), form_token, token }
}

/// Saves one password after the other until the portal is gone; the number of the last that was confirmed.
async fn save(address: &str, person: &Person, app: &str, first: u32) -> u32 {
    let client = client();
    let mut confirmed = first - 1;
    for number in first.. {
        let password = format!("password {number}");
        let form = [("form_token", person.form_token.as_str()), ("field.username", "alex"), ("field.password", &password)];
        let request = client.post(format!("{address}/apps/{app}/password")).form(&form);
        let request = request.header("Cookie", &person.cookie).header("Sec-Fetch-Site", "same-origin");
        match request.send().await {
            // A fast computer saves more than the portal takes within a minute.
            Ok(answer) if answer.status() == 429 => return confirmed,
            Ok(answer) => {
                assert_eq!(location(&answer), format!("/apps/{app}/password?done=saved"), "{}", answer.status());
                confirmed = number;
            }
            Err(_) => return confirmed,
        }
    }
    confirmed
}

/// Reports one outcome after the other until the portal is gone; the hosts of those that were confirmed.
async fn report(address: &str, person: &Person, name: &str) -> Vec<String> {
    let client = client();
    let mut confirmed = Vec::new();
    loop {
        let host = format!("{name}-{}.localhost", confirmed.len());
        let body = json!({"outcome": "submitted", "reason": null, "host": host});
        let request = client.post(format!("{address}/api/v1/apps/crm/outcome")).bearer_auth(&person.token).json(&body);
        match request.send().await {
            // A fast computer reports more than the portal takes within a minute.
            Ok(answer) if answer.status() == 429 => return confirmed,
            Ok(answer) => {
                assert_eq!(answer.status(), 204, "{}", header(&answer, "content-type"));
                confirmed.push(host);
            }
            Err(_) => return confirmed,
        }
    }
}

/// The number of the password that is stored.
async fn stored(address: &str, person: &Person, app: &str) -> u32 {
    let request = client().post(format!("{address}/api/v1/apps/{app}/credential")).bearer_auth(&person.token);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    let password = answer["fields"]["password"].as_str().unwrap_or_else(|| panic!("{answer}"));
    password.strip_prefix("password ").unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_confirmed_survives_being_killed() {
    let begun = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let mut portal = Running::start(folder.path());
    let person = sign_in(&portal.address).await;
    let mut hosts = BTreeSet::new();
    let mut next = [1, 1];
    let mut rounds = 0;
    while rounds < MOST_ROUNDS && (rounds == 0 || begun.elapsed() < LONG_ENOUGH) {
        rounds += 1;
        let moment = Duration::from_millis(u64::from(20 + getrandom::u32().unwrap() % 400));
        let address = portal.address.clone();
        let kill = async {
            tokio::time::sleep(moment).await;
            portal.kill();
        };
        let (first, second) = (format!("a{rounds}"), format!("b{rounds}"));
        let (expenses, people, some, more, ()) = tokio::join!(
            save(&address, &person, "expenses", next[0]),
            save(&address, &person, "people", next[1]),
            report(&address, &person, &first),
            report(&address, &person, &second),
            kill,
        );
        hosts.extend(some.into_iter().chain(more));

        // It starts as always, and the person is still signed in.
        portal = Running::start(folder.path());
        for (at, app, confirmed) in [(0, "expenses", expenses), (1, "people", people)] {
            if confirmed > 0 {
                let found = stored(&portal.address, &person, app).await;
                // The one that was on its way when the portal was killed may have been written or not.
                assert!([confirmed, confirmed + 1].contains(&found), "{app}: {found}, not {confirmed}, killed after {moment:?}");
            }
            next[at] = confirmed + 1;
        }
        let home = client().get(format!("{}/", portal.address)).header("Cookie", &person.cookie);
        assert_eq!(home.send().await.unwrap().status(), 200);
    }
    let database = my_apps_portal::database::open(&folder.path().join("portal.db")).await.unwrap();
    let kept: Vec<String> = sqlx::query_scalar("SELECT host FROM outcomes").fetch_all(&database).await.unwrap();
    let kept: BTreeSet<_> = kept.into_iter().collect();
    let lost: Vec<_> = hosts.difference(&kept).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(hosts.len() > 10, "something was confirmed: {}", hosts.len());
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&database).await.unwrap();
    assert_eq!(sound, "ok");
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    for complaint in ["ERROR", "WARN", "panicked"] {
        assert!(!log.contains(complaint), "{log}");
    }
    println!("{rounds} times killed, {} outcomes and {next:?} passwords confirmed in {:?}", hosts.len(), begun.elapsed());
}

/// A killed program loses nothing that the system has taken; a computer without power does, unless each write is flushed.
#[tokio::test]
async fn every_write_is_flushed() {
    let folder = tempfile::tempdir().unwrap();
    let database = my_apps_portal::database::open(&folder.path().join("portal.db")).await.unwrap();
    let mut connection = database.acquire().await.unwrap();
    let flushed: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await.unwrap();
    let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await.unwrap();
    assert_eq!((flushed, journal.as_str()), (2, "wal"), "2 is FULL");
}
