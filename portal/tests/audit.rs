//! The audit trail: who may read it, what a filter lets through, and that neither page nor file can be turned on its reader.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, Browser, SAM, Server, header, location};
use my_apps_portal::{
    audit::{Filter, query, read},
    clock::utc,
    csv,
    outcome::{Outcome, Reason, Report, record, sweep},
};
use serde_json::json;

/// Reports one outcome, as of a person and an app; times grow by a second.
async fn report(server: &Server, account: i64, app: &str, outcome: Outcome, reason: Option<Reason>) {
    let host = format!("{app}.localhost");
    let report = Report { outcome, reason, host, former_host: None };
    let lines: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM outcomes").fetch_one(server.database()).await.unwrap();
    record(server.database(), account, app, &report, 1_795_360_000 + lines).await.unwrap();
}

async fn some(server: &Server) {
    report(server, 1, "crm", Outcome::Submitted, None).await;
    report(server, 1, "expenses", Outcome::Refused, Some(Reason::NoCredential)).await;
    report(server, 2, "crm", Outcome::Filled, Some(Reason::NoSubmit)).await;
    report(server, 2, "payroll", Outcome::Refused, Some(Reason::FormChanged)).await;
}

/// Everything of an answer that a person could tell it by.
async fn told(browser: &mut Browser, path: &str) -> (u16, Vec<(String, String)>, String) {
    let answer = browser.get(path).await;
    let status = answer.status().as_u16();
    let headers = answer.headers().iter().filter(|(name, _)| *name != "date");
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    let headers = headers.collect();
    (status, headers, answer.text().await.unwrap())
}

#[tokio::test]
async fn for_everyone_else_there_is_no_such_page() {
    let server = Server::start().await;
    some(&server).await;
    let paths = ["/audit", "/audit?app=crm", "/audit?before=2", "/audit.csv", "/audit.csv?person=sam"];
    let mut alex = server.signed_in(ALEX).await;
    let expected = told(&mut alex, "/nothing").await;
    assert_eq!(expected.0, 404);
    for path in paths {
        assert_eq!(told(&mut alex, path).await, expected, "{path}");
        // Nobody may be an administrator whose session has ended.
        let answer = server.browser().get(path).await;
        let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        assert_eq!((answer.status().as_u16(), location(&answer)), (303, format!("/sign-in?next={next}")));
    }
    assert!(!server.signed_in(ALEX).await.page("/").await.contains("/audit"));
    let mut sam = server.signed_in(SAM).await;
    assert!(sam.page("/").await.contains("href=\"/audit\""));
    assert_eq!(sam.get("/audit").await.status(), 200);
    server.sql("UPDATE accounts SET administrator = 0").await;
    assert_eq!(sam.get("/audit").await.status(), 404, "at once, and not only after the next sign-in");
    assert!(!sam.page("/").await.contains("/audit"));
}

#[tokio::test]
async fn an_administrators_token_does_not_open_it() {
    let server = Server::start().await;
    let token = server.token(SAM).await;
    for path in ["/audit", "/audit.csv", "/api/v1/audit"] {
        let request = common::client().get(format!("{}{path}", server.address)).bearer_auth(&token);
        assert_ne!(request.send().await.unwrap().status(), 200, "{path}");
    }
}

/// The hosts of the lines, in the order shown.
fn hosts(page: &str) -> Vec<String> {
    let cells = page.split("<td>").filter_map(|cell| cell.split("</td>").next());
    cells.filter(|cell| cell.ends_with(".localhost")).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_filter_lets_through_what_fits_and_shows_itself() {
    let server = Server::start().await;
    some(&server).await;
    let mut sam = server.signed_in(SAM).await;
    let (crm, expenses, payroll) = ("crm.localhost", "expenses.localhost", "payroll.localhost");
    for (query, expected) in [
        ("", &[payroll, crm, expenses, crm][..]),
        ("app=crm", &[crm, crm]),
        ("person=alex%40contoso.example", &[expenses, crm]),
        ("person=+ALEX%40contoso.example+", &[expenses, crm]),
        ("outcome=refused", &[payroll, expenses]),
        ("reason=form-changed", &[payroll]),
        ("app=crm&person=sam%40contoso.example&outcome=filled&reason=no-submit", &[crm]),
        ("app=crm&outcome=refused", &[]),
        ("app=nothing", &[]),
        ("person=nobody", &[]),
        ("person=2", &[payroll, crm]),
        ("person=99999999999999999999", &[]),
        ("app=&person=&outcome=&reason=", &[payroll, crm, expenses, crm]),
        // What is none of the words, or comes twice, asks for nothing.
        ("outcome=lost&reason=whim&before=x", &[payroll, crm, expenses, crm]),
        ("app=crm&app=payroll", &[payroll, crm, expenses, crm]),
        ("app=crm'+OR+1=1--", &[]),
        ("person=%25", &[]),
    ] {
        let page = sam.page(&format!("/audit?{query}")).await;
        assert_eq!(hosts(&page), expected, "{query}");
        let file = sam.page(&format!("/audit.csv?{query}")).await;
        assert_eq!(file.lines().count(), 1 + expected.len(), "{query}");
    }
    let page = sam.page("/audit?app=crm&person=sam%40contoso.example&outcome=filled&reason=no-submit").await;
    for shown in [
        "<option value=\"crm\" selected>",
        "value=\"sam@contoso.example\"",
        "<option value=\"filled\" selected>",
        "<option value=\"no-submit\" selected>",
        "/audit.csv?app=crm&#38;person=sam%40contoso.example&#38;outcome=filled&#38;reason=no-submit",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    let page = sam.page("/audit?app=nothing").await;
    assert!(
        page.contains("No line fits these filters.") && page.contains("<option value=\"nothing\" selected>nothing (no such app)</option>")
    );
}

#[tokio::test]
async fn every_word_of_the_protocol_is_shown_and_can_be_chosen() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    for outcome in Outcome::ALL {
        assert_eq!(json!(outcome), outcome.as_str());
    }
    for reason in Reason::ALL {
        assert_eq!(json!(reason), reason.as_str());
        let body = json!({"outcome": "refused", "reason": reason.as_str(), "host": "crm.localhost"});
        let request = server.api("POST", "apps/crm/outcome", &token).json(&body);
        assert_eq!(request.send().await.unwrap().status(), 204);
    }
    let page = server.signed_in(SAM).await.page("/audit").await;
    assert_eq!(hosts(&page).len(), Reason::ALL.len());
    for reason in Reason::ALL {
        assert!(page.contains(&format!("<option value=\"{}\">", reason.as_str())));
        assert!(page.contains(&format!("<td>{}</td>", reason.label())));
    }
    assert!(page.contains("Alex Wilber") && page.contains("Contoso CRM"));
}

#[tokio::test]
async fn pages_go_by_key_while_new_lines_come_in() {
    let server = Server::start().await;
    for _ in 0..120 {
        report(&server, 1, "crm", Outcome::Submitted, None).await;
    }
    report(&server, 2, "payroll", Outcome::Submitted, None).await;
    let mut sam = server.signed_in(SAM).await;
    let (mut path, mut seen, mut pages) = ("/audit?app=crm".to_owned(), 0, 0);
    loop {
        let page = sam.page(&path).await;
        assert_eq!(page.contains(">Newest<"), pages > 0);
        seen += hosts(&page).len();
        pages += 1;
        // Between one page and the next, more is reported: nothing is seen twice, nothing is left out.
        report(&server, 1, "crm", Outcome::Submitted, None).await;
        let Some(older) = page.split("rel=\"next\" href=\"").nth(1) else {
            break;
        };
        path = older.split('"').next().unwrap().replace("&#38;", "&");
        assert!(path.starts_with("/audit?app=crm&before="), "the filter goes along");
    }
    assert_eq!((pages, seen), (3, 120));
    assert!(sam.page("/audit?before=1").await.contains("There are no older lines."));
    assert!(sam.page("/audit?before=-9223372036854775808").await.contains("There are no older lines."));
    let first = read(server.database(), &Filter::default(), Some(3), 10).await.unwrap();
    assert_eq!(first.iter().map(|line| line.id).collect::<Vec<_>>(), [2, 1]);
}

#[tokio::test]
async fn what_the_vault_does_is_written_by_the_portal_itself() {
    let server = Server::start().await;
    let token = server.token(ALEX).await;
    let mut alex = server.signed_in(ALEX).await;
    let path = "/apps/expenses/password";
    let form_token = alex.form_token(path).await;
    let stored = [("form_token", form_token.as_str()), ("field.username", "alex"), ("field.password", "expenses-Demo-1!")];
    let removed = [("form_token", form_token.as_str())];
    for (app, status) in [("expenses", 404), ("payroll", 403), ("wiki", 409), ("nothing", 404)] {
        assert_eq!(server.api_status("POST", &format!("apps/{app}/credential"), &token).await, status);
    }
    assert_eq!(alex.post(path, &[stored[0], stored[1]]).await.status(), 400);
    assert_eq!(alex.post(&format!("{path}/remove"), &removed).await.status(), 303);
    let lines = || async { read(server.database(), &Filter::default(), None, 100).await.unwrap() };
    assert_eq!(lines().await, [], "nothing was given out, stored or removed");

    assert_eq!(alex.post(path, &stored).await.status(), 303);
    assert_eq!(server.api_status("POST", "apps/expenses/credential", &token).await, 200);
    assert_eq!(alex.post(path, &stored).await.status(), 303);
    assert_eq!(alex.post(&format!("{path}/remove"), &removed).await.status(), 303);
    let told: Vec<_> = lines().await.into_iter().rev().map(|line| (line.account_id, line.app_id, line.outcome.as_str())).collect();
    let line = |outcome| (1, "expenses".to_owned(), outcome);
    assert_eq!(told, ["password-stored", "password-given-out", "password-stored", "password-removed"].map(line));
    let mut sam = server.signed_in(SAM).await;
    let page = sam.page("/audit?outcome=password-given-out").await;
    assert!(page.contains(">Password given out</span>") && !page.contains(">Password stored</span>"));
    assert!(page.contains("<option value=\"password-given-out\" selected>"));
    assert!(!sam.page("/audit.csv").await.contains("expenses-Demo-1!"));

    // A password of which the trail could say nothing is not given out, and none is stored or removed.
    assert_eq!(alex.post(path, &stored).await.status(), 303);
    server.sql("ALTER TABLE outcomes RENAME TO lost").await;
    let answer = server.api("POST", "apps/expenses/credential", &token).send().await.unwrap();
    assert_eq!(answer.status(), 500);
    assert!(!answer.text().await.unwrap().contains("expenses-Demo-1!"));
    assert_eq!(alex.post(&format!("{path}/remove"), &removed).await.status(), 500);
    let other = [stored[0], ("field.username", "other"), stored[2]];
    assert_eq!(alex.post(path, &other).await.status(), 500);
    assert!(alex.page(path).await.contains("value=\"alex\""), "what was there before is still there");
}

#[tokio::test]
async fn lines_that_are_too_old_are_removed_and_no_others() {
    let server = Server::start().await;
    some(&server).await;
    // More than are removed at once.
    server
        .sql(
            "WITH RECURSIVE many (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 10001)
             INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, host) SELECT 1000 + n, 1, 'crm', 'filled', 'old.localhost' FROM many",
        )
        .await;
    let left = || async {
        let left: Vec<i64> =
            sqlx::query_scalar("SELECT recorded_at - 1795360000 FROM outcomes ORDER BY id").fetch_all(server.database()).await.unwrap();
        left
    };
    assert_eq!(sweep(server.database(), 1_795_360_002).await.unwrap(), 10_003);
    assert_eq!(left().await, [2, 3]);
    assert_eq!(sweep(server.database(), 1_795_360_002).await.unwrap(), 0);
}

#[test]
fn no_cell_is_a_formula() {
    for (cell, expected) in [
        ("=1+1", "\"'=1+1\"\r\n"),
        ("+1", "\"'+1\"\r\n"),
        ("-1", "\"'-1\"\r\n"),
        ("@SUM(A1)", "\"'@SUM(A1)\"\r\n"),
        ("\t=1", "\"'\t=1\"\r\n"),
        ("\r=1", "\"'\r=1\"\r\n"),
        ("  =1", "\"'  =1\"\r\n"),
        ("＝1", "\"'＝1\"\r\n"),
        ("|calc", "\"'|calc\"\r\n"),
        ("=HYPERLINK(\"https://evil.example\")", "\"'=HYPERLINK(\"\"https://evil.example\"\")\"\r\n"),
        ("a\",=1+1,\"b", "\"a\"\",=1+1,\"\"b\"\r\n"),
        ("", "\"\"\r\n"),
        ("Alex, Wilber", "\"Alex, Wilber\"\r\n"),
        ("2026-11-22T16:30:05Z", "\"2026-11-22T16:30:05Z\"\r\n"),
        ("alex@contoso.example", "\"alex@contoso.example\"\r\n"),
    ] {
        assert_eq!(csv::line(&[cell]), expected, "{cell}");
    }
    assert_eq!(csv::line(&["a", "b"]), "\"a\",\"b\"\r\n");
}

#[tokio::test]
async fn the_file_is_a_table_of_what_the_page_shows() {
    let server = Server::start().await;
    some(&server).await;
    server.sql("UPDATE accounts SET name = '=cmd|'' /C calc''!A0' WHERE id = 1").await;
    server.sql("UPDATE apps SET name = '@evil \"quoted\"' WHERE id = 'expenses'").await;
    server.sql("DELETE FROM apps WHERE id = 'payroll'").await;
    let mut sam = server.signed_in(SAM).await;
    let answer = sam.get("/audit.csv").await;
    assert!(header(&answer, "content-type").starts_with("text/csv; charset=utf-8"));
    assert_eq!(header(&answer, "content-disposition"), "attachment; filename=\"audit.csv\"");
    assert_eq!(header(&answer, "cache-control"), "no-store");
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
    let lines = [
        "\"id\",\"time\",\"person_id\",\"user_name\",\"name\",\"app_id\",\"app\",\"outcome\",\"reason\",\"host\",\"former_host\",\"operator\"",
        "\"4\",\"2026-11-22T15:06:43Z\",\"2\",\"sam@contoso.example\",\"Sam Rivera\",\"payroll\",\"\",\"refused\",\"form-changed\",\"payroll.localhost\",\"\",\"\"",
        "\"3\",\"2026-11-22T15:06:42Z\",\"2\",\"sam@contoso.example\",\"Sam Rivera\",\"crm\",\"Contoso CRM\",\"filled\",\"no-submit\",\"crm.localhost\",\"\",\"\"",
        "\"2\",\"2026-11-22T15:06:41Z\",\"1\",\"alex@contoso.example\",\"'=cmd|' /C calc'!A0\",\"expenses\",\"'@evil \"\"quoted\"\"\",\"refused\",\"no-credential\",\"expenses.localhost\",\"\",\"\"",
        "\"1\",\"2026-11-22T15:06:40Z\",\"1\",\"alex@contoso.example\",\"'=cmd|' /C calc'!A0\",\"crm\",\"Contoso CRM\",\"submitted\",\"\",\"crm.localhost\",\"\",\"\"",
        "",
    ];
    assert_eq!(answer.text().await.unwrap(), lines.join("\r\n"));
}

#[tokio::test]
async fn the_trail_outlives_people_and_apps_and_shows_names_as_text() {
    let server = Server::start().await;
    some(&server).await;
    server.sql("UPDATE apps SET name = '<img src=x onerror=alert(1)>' WHERE id = 'crm'").await;
    server.sql("DELETE FROM apps WHERE id = 'payroll'").await;
    server.sql("DELETE FROM accounts WHERE id = 1").await;
    let mut sam = server.signed_in(SAM).await;
    let page = sam.page("/audit").await;
    assert_eq!(hosts(&page).len(), 4);
    assert!(page.contains("Person 1 (removed)") && page.contains("<td>payroll</td>"));
    assert_eq!(
        hosts(&sam.page("/audit?person=1").await),
        ["expenses.localhost", "crm.localhost"],
        "by the number, which is all that is left"
    );
    assert!(!page.contains("<img src=x"));
    let page = sam.page("/audit?person=%22%3E%3Cscript%3E&app=%22%3E%3Cscript%3E&before=%22%3E%3Cscript%3E").await;
    assert!(!page.contains("<script>"));
}

#[tokio::test]
async fn the_demonstration_has_one_administrator_and_leaves_others_alone() {
    let server = Server::start().await;
    let administrators = || async {
        let names: Vec<String> =
            sqlx::query_scalar("SELECT username FROM accounts WHERE administrator <> 0").fetch_all(server.database()).await.unwrap();
        names
    };
    assert_eq!(administrators().await, [SAM.0]);
    server.sql("UPDATE accounts SET administrator = 1 - administrator").await;
    let (vault, hasher) = (&server.portal.vault, &server.portal.hasher);
    my_apps_portal::demo::fill(server.database(), vault, hasher, "http://{name}.localhost:8081").await.unwrap();
    assert_eq!(administrators().await, [ALEX.0]);
    let wrong = server.browser().get("/audit").await;
    assert_eq!(location(&wrong), "/sign-in?next=%2Faudit");
}

#[test]
fn times_are_those_of_the_calendar() {
    for (seconds, expected) in [
        (0, "1970-01-01T00:00:00Z"),
        (-1, "1969-12-31T23:59:59Z"),
        (951_782_399, "2000-02-28T23:59:59Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (951_868_800, "2000-03-01T00:00:00Z"),
        (1_709_210_096, "2024-02-29T12:34:56Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (253_402_300_799, "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(utc(seconds), expected);
    }
}

/// How the database goes about it, step by step.
async fn plan(server: &Server, filter: &Filter) -> String {
    let asked = query(filter, None, 51).into_string();
    let rows: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {asked}"))).fetch_all(server.database()).await.unwrap();
    rows.into_iter().map(|(_, _, _, step)| step).collect::<Vec<_>>().join("; ")
}

#[tokio::test]
async fn nothing_walks_over_the_whole_trail_for_a_few_lines() {
    let server = Server::start().await;
    let (person, app) = (Some("alex".to_owned()), Some("crm".to_owned()));
    let (rare, daily, reason) = (Some(Outcome::FormTaught), Some(Outcome::Submitted), Some(Reason::NoForm));
    let none = Filter::default();
    for (filter, expected) in [
        (Filter { outcome: rare, ..none.clone() }, "outcomes_by_outcome (outcome=? AND id<?)"),
        (Filter { outcome: daily, ..none.clone() }, "outcomes_by_outcome (outcome=? AND id<?)"),
        (Filter { reason, ..none.clone() }, "outcomes_by_reason (reason=? AND id<?)"),
        (Filter { app: app.clone(), ..none.clone() }, "outcomes_by_app (app_id=? AND id<?)"),
        (Filter { person: person.clone(), ..none.clone() }, "outcomes_by_account (account_id=? AND id<?)"),
        // Of several, the one that the fewest lines fit.
        (Filter { app: app.clone(), outcome: rare, ..none.clone() }, "outcomes_by_outcome (outcome=? AND id<?)"),
        (Filter { app: app.clone(), outcome: daily, ..none.clone() }, "outcomes_by_app (app_id=? AND id<?)"),
        (Filter { app: app.clone(), outcome: rare, reason, ..none.clone() }, "outcomes_by_reason (reason=? AND id<?)"),
        (Filter { app, person, outcome: rare, reason }, "outcomes_by_account (account_id=? AND id<?)"),
    ] {
        let plan = plan(&server, &filter).await;
        assert!(plan.starts_with(&format!("SEARCH outcomes USING INDEX {expected}")), "{filter:?}: {plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{filter:?}: {plan}");
    }
    let all = plan(&server, &none).await;
    assert!(all.starts_with("SEARCH outcomes USING INTEGER PRIMARY KEY"), "{all}");
}
