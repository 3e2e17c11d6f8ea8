//! Apps that ask on one page and take one post: they differ in their forms and in what these call their fields.

use std::collections::HashMap;

use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{accounts::COMPANY, page, session, site::Site, state::Samples};

/// A form that is posted once.
struct Form {
    title: &'static str,
    username: &'static str,
    password: &'static str,
    /// A third field, and the one value of it that is right.
    beside: Option<(&'static str, &'static str)>,
}

const fn form(title: &'static str, username: &'static str, password: &'static str) -> Form {
    Form { title, username, password, beside: None }
}

/// The app's form, which stands in `templates/forms`.
fn form_of(site: Site) -> Option<Form> {
    Some(match site {
        Site::Crm | Site::Accounts => form("Sign in", "username", "password"),
        Site::Payroll => form("Log on", "txtUser", "txtPass"),
        Site::Inventory => form("Warehouse", "user_login", "user_pass"),
        Site::Orders => form("Sign in", "buyer", "password"),
        Site::Cairo => form("تسجيل الدخول", "f1", "f2"),
        Site::Benefits => Form { beside: Some(("companyId", COMPANY)), ..form("Log in", "memberName", "memberPassword") },
        _ => return None,
    })
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    site: Site,
    title: &'static str,
    refused: bool,
    username: &'a str,
}

/// The page with the app's form.
pub(crate) async fn show(site: Site) -> Response {
    match form_of(site) {
        Some(form) => page::render(StatusCode::OK, &SignInPage { site, title: form.title, refused: false, username: "" }),
        None => page::not_found(site).await,
    }
}

/// Takes what was posted: a right password enters the app and goes on to `next`.
pub(crate) async fn submit(site: Site, samples: &Samples, body: &[u8], next: impl FnOnce(&str) -> String) -> Response {
    let Some(form) = form_of(site) else { return page::not_found(site).await };
    let typed: HashMap<String, String> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    let (Some(username), Some(password)) = (typed.get(form.username), typed.get(form.password)) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let fits = form.beside.is_none_or(|(name, right)| typed.get(name).is_some_and(|typed| typed.trim() == right));
    let entered = if fits {
        session::try_password(samples, site, username, password)
    } else {
        samples.count(site, false);
        None
    };
    match entered {
        Some(secret) => {
            let lifetime = if typed.contains_key("remember") { "; Max-Age=2592000" } else { "" };
            session::enter(session::cookie(&secret, lifetime), &next(username.trim()))
        }
        None => page::render(StatusCode::FORBIDDEN, &SignInPage { site, title: form.title, refused: true, username }),
    }
}
