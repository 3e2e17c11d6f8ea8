//! Signing in to the sample apps, each in its own way, and out of them.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;

use crate::{
    difficult, expenses, one_page,
    openid::{self, AfterSignOut},
    page, people, session,
    site::{Neighbours, Site},
    state::Samples,
    suppliers,
};

pub(crate) async fn show(site: Site, neighbours: Neighbours, State(samples): State<Arc<Samples>>, cookies: CookieJar) -> Response {
    if session::person(site, &samples, &cookies).is_some() {
        return Redirect::to("/").into_response();
    }
    match site {
        Site::People => people::show(site),
        Site::Expenses => expenses::show(site),
        Site::Suppliers => suppliers::show(site),
        Site::Projects => openid::begin(&neighbours),
        Site::Signup | Site::Newsletter => difficult::show(site),
        // Its form belongs to an app's request.
        Site::Accounts => page::not_found(site).await,
        _ => one_page::show(site).await,
    }
}

pub(crate) async fn submit(site: Site, State(samples): State<Arc<Samples>>, body: Bytes) -> Response {
    match site {
        Site::People => people::submit(&body),
        Site::Expenses => expenses::submit(site, &samples, &body),
        Site::Suppliers => suppliers::submit(site, &body),
        Site::Signup | Site::Newsletter => difficult::submitted(site, &samples),
        Site::Accounts => page::not_found(site).await,
        _ => one_page::submit(site, &samples, &body, |_| "/".to_owned()).await,
    }
}

pub(crate) async fn sign_out(
    site: Site,
    neighbours: Neighbours,
    State(samples): State<Arc<Samples>>,
    cookies: CookieJar,
    Query(after): Query<AfterSignOut>,
) -> Response {
    let next = match site {
        Site::Projects => openid::sign_out_at_accounts(&neighbours),
        Site::Accounts => openid::after_sign_out(&neighbours, &after).unwrap_or_else(|| "/".to_owned()),
        _ => "/login".to_owned(),
    };
    session::leave(&samples, &cookies, &next)
}
