//! What follows from an event, in a few words, so that a story and its effects fit in a line.

use my_apps_sign_in::effect::{Effect, Job, Purpose};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::form::Refusal;
use my_apps_sign_in::opening::Opening;
use my_apps_sign_in::outside::Outside;
use my_apps_sign_in::provider::Body;
use my_apps_sign_in::provider::oauth::Prompt;

/// What the worker hears when a job is asked of it.
pub(crate) const fn heard(job: Job) -> Event {
    match job {
        Job::SignIn => Event::SignInRequested,
        Job::Cancel => Event::SignInCancelled,
        Job::List => Event::ListRequested,
        Job::Icons => Event::IconsRequested,
        Job::Links => Event::LinksDue,
        Job::Outside => Event::OutsideDue,
    }
}

/// Why nothing is filled.
pub(crate) const fn refusal_words(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Document => "document",
        Refusal::NoForm => "no form",
        Refusal::Hidden => "hidden",
        Refusal::SignUp => "sign-up",
        Refusal::ChangePassword => "change password",
        Refusal::Reset => "reset",
        Refusal::OneTimeCode => "one-time code",
        Refusal::ChooseAccount => "choose an account",
    }
}

/// What the browser shows outside of our pages, part by part.
pub(crate) fn outside_words(outside: &Outside) -> [String; 4] {
    [
        format!("menu {}", if outside.menu.enabled { "on" } else { "off" }),
        format!("lights {}", outside.lights.len()),
        format!("arrivals {}", outside.arrivals.len()),
        if outside.alarm.is_some() { "alarm" } else { "no alarm" }.to_owned(),
    ]
}

/// What a fill asks the browser for: in which tab, and the number.
pub(crate) fn question(effect: &Effect) -> Option<(i32, u32)> {
    match effect {
        Effect::Probe { tab, number, .. }
        | Effect::Wait { tab, number, .. }
        | Effect::Write { tab, number, .. }
        | Effect::Submit { tab, number, .. } => Some((*tab, *number)),
        _ => None,
    }
}

/// An effect in a few words.
pub(crate) fn words(effect: &Effect) -> String {
    match effect {
        Effect::Find { typed, most, .. } => format!("find {typed:?} {most}"),
        Effect::Select(app, Opening::Tab) => format!("select {app}"),
        Effect::Select(app, opening) => format!("select {app} {opening:?}"),
        Effect::Suggest(rows) => format!("suggest {}", rows.iter().map(|row| row.id.as_str()).collect::<Vec<&str>>().join(" ")),
        Effect::Ask { purpose, request, .. } => match purpose {
            Purpose::SignInDiscovery => "ask discovery".into(),
            Purpose::ChoosePortal(portal) => format!("ask portal {}", portal.as_str()),
            Purpose::Token => "ask token".into(),
            Purpose::Account => "ask account".into(),
            Purpose::Apps => "ask apps".into(),
            Purpose::Icons => "ask icons".into(),
            Purpose::Credential { .. } => format!("ask credential {}", app_in(&request.url)),
            Purpose::EndSession(_) => "end session".into(),
            Purpose::SaveForm => format!("ask form {}", app_in(&request.url)),
            Purpose::Report => {
                let Body::Json(body) = &request.body else { panic!("a report is JSON") };
                let mut words = body.split('"').skip(3).step_by(4);
                let outcome = words.next().unwrap_or_default();
                let reason = words.next().filter(|_| !body.contains(r#""reason":null"#)).map(|reason| format!(" {reason}"));
                format!("report {outcome} {}{}", app_in(&request.url), reason.unwrap_or_default())
            }
        },
        Effect::DrawProof { .. } => "draw proof".into(),
        Effect::Authorize { prompt: Prompt::Interactive, .. } => "authorize".into(),
        Effect::Authorize { prompt: Prompt::Silent, .. } => "authorize silently".into(),
        Effect::AskWorker(Job::SignIn) => "ask worker".into(),
        Effect::AskWorker(job) => format!("ask worker for {}", job.as_str()),
        Effect::KeepLinks { .. } => "keep links".into(),
        Effect::CloseSignInWindow => "close window".into(),
        Effect::WaitToList(milliseconds) => format!("wait {milliseconds} to list"),
        Effect::Probe { tab, frame, .. } if frame.is_empty() => format!("look {tab}"),
        Effect::Probe { tab, frame, .. } => format!("look {tab} in {frame}"),
        Effect::Look { tab, .. } => format!("study {tab}"),
        Effect::Write { tab, document, command, .. } => {
            let fields: Vec<&str> = command.fields.iter().map(|field| field.field.as_str()).collect();
            format!("write {tab} {document} {}", fields.join("+"))
        }
        Effect::Submit { tab, document, .. } => format!("press {tab} {document}"),
        Effect::Wait { .. } => "wait".into(),
        Effect::CloseSoon(_) => "close".into(),
        Effect::Launch { app, opening: Opening::Tab, .. } => format!("launch {app}"),
        Effect::Launch { app, opening, .. } => format!("launch {app} {opening:?}"),
        Effect::OpenTab { url } => format!("open {url}"),
        Effect::OpenOptions => "open options".into(),
        Effect::OpenPage(page) => format!("open {page}"),
        Effect::Show(page) => format!("show {}", page.trim_start_matches("/popup/").split('.').next().unwrap_or_default()),
        Effect::OpenPopup => "open popup".into(),
        Effect::RequestHostAccess { patterns } => format!("request {}", patterns.len()),
        Effect::GiveUpHostAccess { patterns } => format!("give up {}", patterns.len()),
        Effect::AskWhetherPortal { .. } => "ask whether portal".into(),
        Effect::ClearSiteData { origin } => format!("clear {origin}"),
        Effect::OpenShortcuts => "open shortcuts".into(),
        Effect::ClearStorage => "clear storage".into(),
        Effect::ShowOutside { outside, .. } => outside_words(outside).join(", "),
        Effect::ShowAvailable { title: Some(text), .. } => format!("badge {}", text.key),
        Effect::ShowAvailable { title: None, .. } => "no badge".into(),
    }
}

fn app_in(url: &str) -> &str {
    url.split('/').rev().nth(1).unwrap_or_default()
}
