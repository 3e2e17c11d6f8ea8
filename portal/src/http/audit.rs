//! The audit trail for administrators: as a page, and as a table to take away. Everyone else finds no such page.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    Shared,
    page::{Failed, Frame, render},
    posted::Asked,
    visitor::Administrator,
};
use crate::{
    account::canonical_username,
    act::{NOBODY, UNKNOWN},
    audit::{self, Filter, Line},
    catalogue, clock, csv,
    oauth::parameters::Parameters,
    outcome::{Outcome, Reason},
};

/// Lines on one page.
const PAGE: usize = 50;
/// Lines in one file, which is made in memory; the id of its last line leads to the next file.
const FILE: i64 = 10_000;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    frame: Frame,
    lines: Vec<ShownLine>,
    person: String,
    apps: Vec<Choice>,
    outcomes: Vec<Choice>,
    reasons: Vec<Choice>,
    is_filtered: bool,
    /// Whether newer lines were left out.
    is_older: bool,
    newest: String,
    older: Option<String>,
    file: String,
}

/// One of a list to choose from.
struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct ShownLine {
    time: String,
    day: String,
    hour: String,
    person: String,
    username: String,
    app: String,
    app_id: String,
    outcome: Outcome,
    reason: &'static str,
    host: String,
    former_host: Option<String>,
    /// Who it was, if it was not the person.
    by: Option<String>,
}

pub(crate) async fn show(State(portal): Shared, Administrator(session): Administrator, Asked(query): Asked) -> Result<Response, Failed> {
    let filter = filter(&query);
    let before = before(&query);
    let most = i64::try_from(PAGE + 1).map_err(|_| Failed)?;
    let mut lines = audit::read(&portal.database, &filter, before, most).await?;
    let is_more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let last = lines.last().map(|line| line.id).filter(|_| is_more);
    let entries = catalogue::list(&portal.database, session.account.id).await?;
    let apps = entries.into_iter().map(|entry| Choice {
        chosen: filter.app.as_ref() == Some(&entry.app.id),
        value: entry.app.id,
        label: entry.app.name,
    });
    let mut apps: Vec<Choice> = apps.collect();
    // The trail outlives apps: whoever came to the lines of one that was removed goes on with them.
    if let Some(removed) = filter.app.as_ref().filter(|id| !apps.iter().any(|choice| choice.value == **id)) {
        apps.push(Choice { value: removed.clone(), label: format!("{removed} (no such app)"), chosen: true });
    }
    let page = AuditPage {
        frame: Frame::new(&portal, Some(session)),
        lines: lines.into_iter().map(ShownLine::of).collect(),
        apps,
        outcomes: choices(&Outcome::ALL, filter.outcome, Outcome::as_str, Outcome::label),
        reasons: choices(&Reason::ALL, filter.reason, Reason::as_str, Reason::label),
        is_filtered: filter != Filter::default(),
        is_older: before.is_some(),
        newest: address("/audit", &filter, None),
        older: last.map(|last| address("/audit", &filter, Some(last))),
        file: address("/audit.csv", &filter, None),
        person: filter.person.unwrap_or_default(),
    };
    Ok(render(StatusCode::OK, &page))
}

pub(crate) async fn file(State(portal): Shared, Administrator(_): Administrator, Asked(query): Asked) -> Result<Response, Failed> {
    let lines = audit::read(&portal.database, &filter(&query), before(&query), FILE).await?;
    let mut text = csv::line(&[
        "id",
        "time",
        "person_id",
        "user_name",
        "name",
        "app_id",
        "app",
        "outcome",
        "reason",
        "host",
        "former_host",
        "operator",
    ]);
    for line in lines {
        let (username, name) = line.person.unwrap_or_default();
        text.push_str(&csv::line(&[
            &line.id.to_string(),
            &clock::utc(line.recorded_at),
            &if line.account_id == NOBODY { String::new() } else { line.account_id.to_string() },
            &username,
            &name,
            &line.app_id,
            &line.app_name.unwrap_or_default(),
            line.outcome.as_str(),
            line.reason.map(Reason::as_str).unwrap_or_default(),
            &line.host,
            &line.former_host.unwrap_or_default(),
            &line.operator.unwrap_or_default(),
        ]));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\""),
    ];
    Ok((headers, text).into_response())
}

/// What the address asks for; a word that is none of ours asks for nothing.
fn filter(query: &Parameters) -> Filter {
    Filter {
        app: query.get("app").map(str::to_owned),
        person: query.get("person").map(canonical_username).filter(|username| !username.is_empty()),
        outcome: query.get("outcome").and_then(Outcome::from_name),
        reason: query.get("reason").and_then(Reason::from_name),
    }
}

fn before(query: &Parameters) -> Option<i64> {
    query.get("before")?.parse().ok()
}

fn address(path: &str, filter: &Filter, before: Option<i64>) -> String {
    let before = before.map(|id| id.to_string());
    let parts = [
        ("app", filter.app.as_deref()),
        ("person", filter.person.as_deref()),
        ("outcome", filter.outcome.map(Outcome::as_str)),
        ("reason", filter.reason.map(Reason::as_str)),
        ("before", before.as_deref()),
    ];
    let parts = parts.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parts).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn choices<T: Copy + PartialEq>(
    all: &[T],
    chosen: Option<T>,
    word: impl Fn(T) -> &'static str,
    label: impl Fn(T) -> &'static str,
) -> Vec<Choice> {
    let choice = |value: &T| Choice { value: word(*value).to_owned(), label: label(*value).to_owned(), chosen: chosen == Some(*value) };
    all.iter().map(choice).collect()
}

fn by(operator: String) -> String {
    let place = "At the command line";
    if operator == UNKNOWN { place.to_owned() } else { format!("{place}, by {operator}") }
}

impl ShownLine {
    fn of(line: Line) -> Self {
        let (username, person) = line.person.unwrap_or_else(|| {
            let person = if line.account_id == NOBODY { "The portal".to_owned() } else { format!("Person {} (removed)", line.account_id) };
            (String::new(), person)
        });
        let time = clock::utc(line.recorded_at);
        let (day, hour) = time.split_once('T').unwrap_or_default();
        Self {
            day: day.to_owned(),
            hour: hour.trim_end_matches('Z').to_owned(),
            time,
            person,
            username,
            app: line.app_name.unwrap_or_else(|| line.app_id.clone()),
            app_id: line.app_id,
            outcome: line.outcome,
            reason: line.reason.map(Reason::label).unwrap_or_default(),
            host: line.host,
            former_host: line.former_host,
            by: line.operator.map(by),
        }
    }
}
