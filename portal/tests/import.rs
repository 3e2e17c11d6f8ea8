//! Apps from a file, into a portal that runs: exactly what the file says or nothing, and nobody has to wait for it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use std::{fs, process::Command};

use common::{ALEX, SAM, Server};
use my_apps_portal::{assignment::Plan, clock::now};
use serde_json::{Value, json};

fn app(id: &str, people: &[&str]) -> Value {
    json!({"id": id, "name": "An app", "mode": "linked", "launch_url": "https://app.example/", "assigned_to": people})
}

impl Server {
    fn file_with(&self, apps: &Value) {
        fs::write(self.file("apps.json"), apps.to_string()).unwrap();
    }

    async fn rows(&self, statement: &'static str) -> Vec<(i64, i64, String)> {
        sqlx::query_as(statement).fetch_all(self.database()).await.unwrap()
    }

    /// Which row of the table says that which person may use which of the apps of these tests.
    async fn assignments(&self) -> Vec<(i64, i64, String)> {
        self.rows("SELECT rowid, account_id, app_id FROM assignments WHERE app_id LIKE 'app-%' ORDER BY app_id, account_id").await
    }
}

#[tokio::test]
async fn a_typing_mistake_takes_no_app_from_anybody() {
    let server = Server::start().await;
    server.file_with(&json!([app("app-1", &[ALEX.0]), app("app-2", &[SAM.0])]));
    server.done(&["app", "import", "apps.json"], "");
    let before = server.assignments().await;
    assert_eq!(before.len(), 2);
    let second = |change: &dyn Fn(&mut Value)| {
        let mut apps = json!([app("app-1", &[]), app("app-2", &[SAM.0])]);
        change(&mut apps[1]);
        server.file_with(&apps);
    };
    let rename = |from: &'static str, to: &'static str| {
        move |app: &mut Value| {
            let value = app.as_object_mut().unwrap().remove(from).unwrap();
            app[to] = value;
        }
    };
    let refuses = |expected: &str| server.refuses(&["app", "import", "apps.json"], "", expected);
    second(&rename("assigned_to", "asigned_to"));
    refuses("The app “app-2” can't be read: unknown field `asigned_to`, expected one of");
    second(&|app| app["keyword"] = json!([]));
    refuses("“app-2” can't be read: unknown field `keyword`");
    second(&|app| drop(app.as_object_mut().unwrap().remove("assigned_to")));
    refuses("“app-2” can't be read: missing field `assigned_to`");
    second(&rename("id", "ID"));
    refuses("The app number 2 can't be read: unknown field `ID`");
    second(&|app| app["assigned_to"] = json!(SAM.0));
    refuses("“app-2” can't be read: invalid type");
    second(&|app| app["id"] = json!("app-1"));
    refuses("“app-1” stands in the file twice");
    second(&|app| app["assigned_to"] = json!([SAM.0, "sam@contoso.exampel"]));
    refuses("“app-2” is assigned to sam@contoso.exampel, but there is no such person");
    fs::write(server.file("apps.json"), app("app-1", &[]).to_string().replacen('{', r#"[{"assigned_to": ["kim"], "#, 1) + "]").unwrap();
    refuses("“app-1” can't be read: duplicate field `assigned_to`");
    assert_eq!(server.assignments().await, before);
    second(&|_| ());
    server.done(&["app", "import", "apps.json"], "");
    assert_eq!(server.assignments().await, before[1..], "nobody, written out, is nobody");
}

#[tokio::test]
async fn only_what_is_different_is_written() {
    let server = Server::start().await;
    server.file_with(&json!([app("app-1", &[ALEX.0, SAM.0, "ALEX@contoso.example "]), app("app-2", &[SAM.0]), app("app-3", &[SAM.0])]));
    server.done(&["app", "import", "apps.json"], "");
    let before = server.assignments().await;
    let of_the_demonstration = server.rows("SELECT rowid, account_id, app_id FROM assignments WHERE app_id NOT LIKE 'app-%'").await;
    server.file_with(&json!([app("app-1", &[SAM.0, ALEX.0]), app("app-2", &[ALEX.0])]));
    server.done(&["app", "import", "apps.json"], "");
    let after = server.assignments().await;
    let people = |rows: &[(i64, i64, String)]| rows.iter().map(|(_, person, app)| (*person, app.clone())).collect::<Vec<_>>();
    let named = |pairs: &[(i64, &str)]| pairs.iter().map(|(person, app)| (*person, (*app).to_owned())).collect::<Vec<_>>();
    assert_eq!(people(&before), named(&[(1, "app-1"), (2, "app-1"), (2, "app-2"), (2, "app-3")]));
    assert_eq!(people(&after), named(&[(1, "app-1"), (2, "app-1"), (1, "app-2"), (2, "app-3")]));
    assert_eq!(before[..2], after[..2], "what stays is not written again");
    assert_eq!(before[3], after[3], "an app that the file does not name stays as it is");
    let now = server.rows("SELECT rowid, account_id, app_id FROM assignments WHERE app_id NOT LIKE 'app-%'").await;
    assert_eq!(now, of_the_demonstration);
}

/// An import that had looked before it locked, on the same connection, would fail as soon as the portal had written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_portal_that_writes_all_the_time_does_not_make_it_fail() {
    let server = Server::start().await;
    let people: Vec<String> = (0..300).map(|number| format!("person{number}")).collect();
    add(&server, &people).await;
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    let writers: Vec<_> = (0..2)
        .map(|_| {
            let database = server.database().clone();
            tokio::spawn(async move {
                loop {
                    sqlx::query(
                        "INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, host) VALUES ($1, 2, 'crm', 'submitted', 'h')",
                    )
                    .bind(now())
                    .execute(&database)
                    .await
                    .unwrap();
                }
            })
        })
        .collect();
    for round in 0..6 {
        let half = if round % 2 == 0 { &people[..150] } else { &people[150..] };
        server.file_with(&json!((0..10).map(|number| app(&format!("app-{number}"), half)).collect::<Vec<_>>()));
        server.done(&["app", "import", "apps.json"], "");
        assert_eq!(server.assignments().await.len(), 10 * 150);
    }
    for writer in writers {
        assert!(!writer.is_finished(), "and it has never waited in vain");
        writer.abort();
    }
}

/// Whoever signs in waits for as many statements as the file has apps, and for none more if it has more people.
#[tokio::test]
async fn nobody_waits_for_every_person_of_a_big_file() {
    let server = Server::start().await;
    let people: Vec<String> = (0..3000).map(|number| format!("person{number}")).collect();
    add(&server, &people).await;
    let people: Vec<&str> = people.iter().map(String::as_str).collect();
    // The apps are there already: for those that are new, the trail has a line each.
    statements(&server, &[]);
    let few = statements(&server, &people[..2]);
    let many = statements(&server, &people);
    let compared = |statements: &[String]| statements.iter().rposition(|text| text.starts_with("INSERT INTO lacking")).unwrap();
    let (few, many) = (&few[compared(&few) + 1..], &many[compared(&many) + 1..]);
    // For each of the two apps, itself and its icon, with a look at all before and after; then a look whether the comparison holds,
    // what is taken away, what is given, both for the trail and for good, and that it was.
    assert_eq!(few.len(), 2 * 2 + 2 + 6, "{few:?}");
    assert_eq!(few, many);
    assert_eq!(server.assignments().await.len(), 2 * 3000);
}

/// What is gathered and compared keeps nobody waiting, and waits for nobody.
#[tokio::test]
async fn a_plan_needs_no_lock() {
    let server = Server::start().await;
    let mut writing = server.database().begin_with("BEGIN IMMEDIATE").await.unwrap();
    let mut connection = server.database().acquire().await.unwrap();
    sqlx::query("PRAGMA busy_timeout = 0").execute(&mut *connection).await.unwrap();
    let plan = Plan::make(&mut connection, &[("crm", (1..2500).collect())]).await.unwrap();
    sqlx::query("DELETE FROM accounts WHERE id = 1").execute(&mut *writing).await.unwrap();
    writing.commit().await.unwrap();
    plan.carry_out(&mut connection, None).await.unwrap();
    let people = server.rows("SELECT 0, account_id, app_id FROM assignments WHERE app_id = 'crm'").await;
    assert_eq!(people, [(0, 2, "crm".to_owned())], "of all these, one is there");
}

/// The second of two imports at once, or of an import and a removal, finds the plan that it made before out of date.
#[tokio::test]
async fn a_plan_that_somebody_else_was_faster_than_still_holds() {
    let server = Server::start().await;
    let crm = async || {
        let rows = server.rows("SELECT 0, account_id, app_id FROM assignments WHERE app_id = 'crm' ORDER BY account_id").await;
        rows.into_iter().map(|(_, person, _)| person).collect::<Vec<_>>()
    };
    let plan = async |people: Vec<i64>| {
        let mut connection = server.database().acquire().await.unwrap();
        let plan = Plan::make(&mut connection, &[("crm", people)]).await.unwrap();
        (connection, plan)
    };
    assert_eq!(crm().await, [1, 2]);
    let (mut one, first) = plan(vec![1]).await;
    let (mut other, second) = plan(vec![2]).await;
    first.carry_out(&mut one, None).await.unwrap();
    assert_eq!(crm().await, [1]);
    second.carry_out(&mut other, None).await.unwrap();
    assert_eq!(crm().await, [2]);
    let (mut one, first) = plan(vec![1, 2]).await;
    server.done(&["app", "remove", "crm"], "");
    let again = json!([{"id": "crm", "name": "CRM", "mode": "linked", "launch_url": "https://crm.example/", "assigned_to": []}]);
    server.file_with(&again);
    server.done(&["app", "import", "apps.json"], "");
    first.carry_out(&mut one, None).await.unwrap();
    assert_eq!(crm().await, [1, 2]);
}

async fn add(server: &Server, people: &[String]) {
    let mut transaction = server.database().begin().await.unwrap();
    for person in people {
        my_apps_portal::account::add(&mut *transaction, person, "A person", "no password", false, false, now()).await.unwrap();
    }
    transaction.commit().await.unwrap();
}

/// How every statement of an import begins, as the program tells it.
fn statements(server: &Server, people: &[&str]) -> Vec<String> {
    server.file_with(&json!([app("app-1", people), app("app-2", people)]));
    let mut command = Command::new(env!("CARGO_BIN_EXE_my-apps-portal"));
    command.args(["app", "import", "apps.json"]).current_dir(server.folder.path()).env_clear();
    let output = command.env("MY_APPS_PORTAL_LOG", "sqlx::query=debug").output().unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{log}");
    let summaries = log.split("summary=\"").skip(1);
    summaries.map(|rest| rest.split('"').next().unwrap().trim_end_matches(" …").to_owned()).collect()
}
