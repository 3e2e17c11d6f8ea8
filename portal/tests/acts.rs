//! What is done at the command line stands in the audit trail: by whom, to whom, and nothing where nothing was changed.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::process::Command;

use common::{ALEX, SAM, Server};
use my_apps_portal::{
    act::{Act, NOBODY},
    audit::{Filter, Line, read},
};
use serde_json::{Value, json};

/// Every line, the oldest first: whom it is about, the app and the outcome.
async fn trail(server: &Server) -> Vec<(i64, String, &'static str)> {
    let lines = lines(server).await;
    assert!(lines.iter().all(|line| line.operator.as_deref() == Some("unknown") && line.host.is_empty() && line.recorded_at > 0));
    lines.into_iter().map(|line| (line.account_id, line.app_id, line.outcome.as_str())).collect()
}

async fn lines(server: &Server) -> Vec<Line> {
    let mut lines = read(server.database(), &Filter::default(), None, 100).await.unwrap();
    lines.reverse();
    lines
}

fn apps(name: &str, people: &[&str]) -> Value {
    json!([{"id": "new", "name": name, "mode": "linked", "launch_url": "https://new.example/", "assigned_to": people}])
}

#[tokio::test]
async fn every_change_is_a_line() {
    let server = Server::start().await;
    let file = |name: &str, text: &Value| std::fs::write(server.file(name), text.to_string()).unwrap();
    let map = json!({"links": [{"internal": "http://intranet/", "external": "https://intranet.example/"}]});
    file("added.json", &apps("New", &[ALEX.0, SAM.0]));
    file("changed.json", &apps("Newer", &[SAM.0]));
    file("map.json", &map);
    let mut expected = 0;
    for (arguments, input, written) in [
        (&["user", "list"][..], "", &[][..]),
        (&["user", "add", "kim", "--name", "Kim", "--password-stdin"], "a-password\n", &[(3, "", "person-added")]),
        (
            &["user", "add", "lee", "--name", "Lee", "--password-stdin", "--administrator"],
            "a-password\n",
            &[(4, "", "person-added"), (4, "", "administrator-added")],
        ),
        (&["user", "password", "kim", "--password-stdin"], "another-one\n", &[(3, "", "portal-password-changed")]),
        (&["user", "administrator", "kim", "on"], "", &[(3, "", "administrator-added")]),
        (&["user", "administrator", "kim", "on"], "", &[]),
        (&["user", "administrator", "kim", "off"], "", &[(3, "", "administrator-removed")]),
        (&["user", "remove", "kim"], "", &[(3, "", "person-removed")]),
        (&["app", "import", "added.json"], "", &[(NOBODY, "new", "app-added"), (1, "new", "app-assigned"), (2, "new", "app-assigned")]),
        (&["app", "import", "added.json"], "", &[]),
        (&["app", "import", "changed.json"], "", &[(NOBODY, "new", "app-changed"), (1, "new", "app-unassigned")]),
        (&["app", "remove", "new"], "", &[(NOBODY, "new", "app-removed")]),
        (&["addresses", "import", "map.json"], "", &[(NOBODY, "", "links-changed")]),
        (&["addresses", "import", "map.json"], "", &[]),
        (&["backup", "--to", "copy.db"], "", &[]),
    ] {
        server.done(arguments, input);
        let told = trail(&server).await;
        let told: Vec<_> = told[expected..].iter().map(|(account, app, outcome)| (*account, app.as_str(), *outcome)).collect();
        assert_eq!(told, written, "{arguments:?}");
        expected += written.len();
    }
}

#[tokio::test]
async fn what_was_refused_is_no_line() {
    let server = Server::start().await;
    std::fs::write(server.file("apps.json"), apps("New", &["nobody"]).to_string()).unwrap();
    for (arguments, input, sentence) in [
        (&["user", "add", ALEX.0, "--name", "Alex", "--password-stdin"][..], "a-password\n", "There is already a person"),
        (&["user", "password", "nobody", "--password-stdin"], "a-password\n", "There is no person"),
        (&["user", "administrator", SAM.0, "off"], "", "is the only administrator"),
        (&["user", "remove", SAM.0], "", "is the only administrator"),
        (&["app", "import", "apps.json"], "", "there is no such person"),
        (&["app", "remove", "nothing"], "", "There is no app"),
    ] {
        server.refuses(arguments, input, sentence);
    }
    assert_eq!(trail(&server).await, []);
}

/// What nobody could look up afterwards is not done.
#[tokio::test]
async fn without_a_line_nothing_is_changed() {
    let server = Server::start().await;
    std::fs::write(server.file("apps.json"), apps("New", &[ALEX.0]).to_string()).unwrap();
    server.sql("ALTER TABLE outcomes RENAME TO lost").await;
    let commands: [(&[&str], &str); 6] = [
        (&["user", "add", "kim", "--name", "Kim", "--password-stdin"], "a-password\n"),
        (&["user", "password", ALEX.0, "--password-stdin"], "a-password\n"),
        (&["user", "administrator", ALEX.0, "on"], ""),
        (&["user", "remove", ALEX.0], ""),
        (&["app", "import", "apps.json"], ""),
        (&["app", "remove", "crm"], ""),
    ];
    for (arguments, input) in commands {
        server.refuses(arguments, input, "the database did not answer");
    }
    let sql = "SELECT (SELECT COUNT(*) FROM accounts), (SELECT SUM(administrator) FROM accounts), (SELECT COUNT(*) FROM apps WHERE id IN ('crm', 'new'))";
    let counted: (i64, i64, i64) = sqlx::query_as(sql).fetch_one(server.database()).await.unwrap();
    assert_eq!(counted, (2, 1, 1));
    assert_eq!(server.browser().post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1)]).await.status(), 303);
}

#[tokio::test]
async fn administrators_read_who_it_was() {
    let server = Server::start().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_my-apps-portal"));
    command.args(["user", "administrator", ALEX.0, "on"]).current_dir(server.folder.path()).env_clear();
    assert!(command.env("SUDO_USER", "kim").env("USER", "root").status().unwrap().success());
    server.done(&["app", "remove", "wiki"], "");
    let mut sam = server.signed_in(SAM).await;
    let page = sam.page("/audit").await;
    for words in ["Alex Wilber", "At the command line, by kim", "Administrator added", "The portal", "At the command line</span>"] {
        assert!(page.contains(words), "{words}");
    }
    let file = sam.page("/audit.csv?outcome=administrator-added").await;
    assert!(file.trim_end().ends_with("\"administrator-added\",\"\",\"\",\"\",\"kim\""), "{file}");
    let file = sam.page("/audit.csv?outcome=app-removed").await;
    assert!(file.contains("Z\",\"\",\"\",\"\",\"wiki\",\"\",\"app-removed\""), "about nobody: {file}");
}

#[test]
fn an_operator_is_a_name_and_no_text() {
    for (names, expected) in [
        (&[][..], "unknown"),
        (&[""], "unknown"),
        (&["<b>"], "unknown"),
        (&["a\nb"], "unknown"),
        (&["", "root"], "root"),
        (&["kim", "root"], "kim"),
        (&["CONTOSO\\kim.akers"], "CONTOSO\\kim.akers"),
        (&["Kim Åkers"], "Kim Åkers"),
    ] {
        let act = Act::by(names.iter().map(|name| (*name).to_owned()), 0);
        assert_eq!(act.operator(), expected, "{names:?}");
    }
    assert_eq!(Act::by(["x".repeat(65)], 0).operator(), "unknown");
}
