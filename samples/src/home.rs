//! The apps' first pages: what a signed-in person sees, and the pages of apps that need no sign-in.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{page, sign_in::SESSION, site::Site, state::Samples};

#[derive(Template)]
#[template(path = "signed_in.html")]
struct SignedIn {
    site: Site,
    username: String,
    heading: &'static str,
    lines: &'static [(&'static str, &'static str)],
}

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    site: Site,
    heading: &'static str,
    lead: &'static str,
    lines: &'static [(&'static str, &'static str)],
}

pub(crate) async fn show(site: Site, State(samples): State<Arc<Samples>>, cookies: CookieJar) -> Response {
    let signed_in = cookies.get(SESSION).and_then(|cookie| samples.signed_in(site, cookie.value()));
    let (heading, lead, lines) = contents(site);
    match signed_in {
        Some(username) => page::render(StatusCode::OK, &SignedIn { site, username, heading, lines }),
        None if matches!(site, Site::Wiki | Site::Travel | Site::Helpdesk) => {
            page::render(StatusCode::OK, &Landing { site, heading, lead, lines })
        }
        None => Redirect::to("/login").into_response(),
    }
}

type Contents = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

fn contents(site: Site) -> Contents {
    match site {
        Site::Crm => (
            "Open orders",
            "",
            &[("Fabrikam", "120 desks, due Friday"), ("Northwind", "Renewal of 40 licences"), ("Adatum", "Waiting for an offer")],
        ),
        Site::People => {
            ("Your team", "", &[("Nadia", "On holiday until Monday"), ("Ben", "Joined on the first"), ("Yuki", "In the Kyoto office")])
        }
        Site::Expenses => (
            "Your receipts",
            "",
            &[("Train to Lyon", "64.00, approved"), ("Dinner with Adatum", "81.50, waiting"), ("Taxi", "17.20, paid")],
        ),
        Site::Payroll => {
            ("Payslips", "", &[("October", "Paid on the 28th"), ("September", "Paid on the 27th"), ("August", "Paid on the 28th")])
        }
        Site::Wiki => (
            "How things are done here",
            "A handbook everyone can read: no sign-in needed.",
            &[
                ("New colleagues", "The first week, day by day"),
                ("Meeting rooms", "Booking, and what to do when two of you did"),
                ("Security", "Whom to call, at any hour"),
            ],
        ),
        Site::Travel => (
            "Trains, flights and hotels",
            "This is the launch page. In a real company, single sign-on (SAML) would begin here; this sample ends here.",
            &[],
        ),
        Site::Helpdesk => (
            "Questions and repairs",
            "This is the launch page. In a real company, single sign-on (OpenID Connect) would begin here; this sample ends here.",
            &[],
        ),
        Site::Signup | Site::Newsletter => ("Welcome", "", &[]),
    }
}

/// What the search page is opened with.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    q: Option<String>,
}

pub(crate) async fn search(site: Site, Query(wanted): Query<Wanted>) -> Response {
    let wanted = wanted.q.unwrap_or_default();
    let lines = contents(site).2;
    let found = lines.iter().filter(|(title, _)| title.to_lowercase().contains(&wanted.to_lowercase())).count();
    let found = if wanted.is_empty() { 0 } else { found };
    page::message(site, "Search", &format!("{found} results for “{wanted}”. Sign in to see them."))
}

pub(crate) async fn forgot(site: Site) -> Response {
    page::message(site, "Forgot your password?", "Ask the help desk for a new one.")
}
