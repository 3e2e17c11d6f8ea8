//! Sample applications: small web sites that really check a user name and a password, each in another way.
//!
//! All are served by one listener and told apart by host name: `http://crm.localhost:8081` and so on. They keep
//! sessions and counts in memory and nothing else; passwords are compared and forgotten.
//!
//! | host | what it is |
//! |---|---|
//! | `crm` | a plain form, with a search form above it, "Remember me" and "Forgot password?" |
//! | `people` | the user name on one page, the password on the next |
//! | `expenses` | a form that a script controls the way React does, submitted by `fetch` |
//! | `payroll` | an old table layout without labels |
//! | `inventory` | a form that a script brings two seconds after the page |
//! | `benefits` | a company id beside user name and password |
//! | `orders` | a form inside an open shadow root |
//! | `cairo` | every page in Arabic, from right to left; the fields' names say nothing |
//! | `suppliers` | the company id on one page, user name and password on the next |
//! | `projects` | no form of its own: it sends the browser to `accounts` and gets it back with a code |
//! | `accounts` | the site that signs people in to `projects`, and remembers them |
//! | `wiki` | a linked app without sign-in |
//! | `travel`, `helpdesk` | launch pages, where single sign-on would begin |
//! | `signup` | a difficult page: a sign-up form at `/login` |
//! | `newsletter` | a difficult page: only a newsletter form at `/login` |
//!
//! Every app also answers `/attempts` (counts as JSON), `/no-form` (a page without a form) and `/login-help` (a page
//! beside `/login`, whose form counts what is posted to it): pages on which no password belongs.

pub mod accounts;
pub mod code;
pub mod site;
pub mod state;

mod contents;
mod difficult;
mod expenses;
mod home;
mod one_page;
mod openid;
mod page;
mod people;
mod session;
mod sign_in;
mod suppliers;
mod words;

use std::sync::Arc;

use axum::{Router, routing::get};
use state::Samples;

/// All sample apps, with nobody signed in and all counts at zero.
pub fn router() -> Router {
    Router::new()
        .route("/", get(home::show))
        .route("/search", get(home::search))
        .route("/forgot", get(home::forgot))
        .route("/login", get(sign_in::show).post(sign_in::submit))
        .route("/login/password", get(people::show_password).post(people::submit_password))
        .route("/login/person", get(suppliers::show_person).post(suppliers::submit_person))
        .route("/authorize", get(openid::authorize).post(openid::submit))
        .route("/callback", get(openid::callback))
        .route("/logout", get(sign_in::sign_out))
        .route("/attempts", get(difficult::attempts))
        .route("/no-form", get(difficult::no_form))
        .route("/login-help", get(difficult::login_help).post(difficult::receive))
        .route("/assets/samples.css", get(page::style))
        .route("/assets/scripts/{name}", get(page::script))
        .fallback(page::not_found)
        .with_state(Arc::new(Samples::default()))
}
