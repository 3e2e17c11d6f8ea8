//! The server's face: routes, and what they share.

mod account_password;
mod api;
mod app_form;
mod app_password;
mod app_view;
mod assets;
mod audit;
mod authorize;
mod bearer;
mod client_address;
mod cookies;
mod discovery;
mod headers;
mod home;
mod install;
mod link_entry;
mod link_import;
mod link_list;
mod link_probe;
mod link_view;
mod links;
mod onward;
mod page;
mod password_check;
mod password_fields;
mod posted;
mod problem;
mod same_origin;
mod sign_in;
mod token;
mod trace;
mod typed;
mod uploaded;
mod visitor;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state, map_response, map_response_with_state},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post, put},
};
use tower_http::timeout::TimeoutLayer;

use crate::{
    database::{self, Database},
    pace::Paces,
    password::Hasher,
    settings::Settings,
    vault::Vault,
};

/// Everything a request may need.
#[derive(Debug)]
pub struct Portal {
    /// What the operator decided.
    pub settings: Settings,
    /// The database.
    pub database: Database,
    /// Seals credentials.
    pub vault: Vault,
    /// Hashes people's passwords.
    pub hasher: Hasher,
    /// How often some things may be done.
    pub paces: Paces,
}

pub(crate) type Shared = State<Arc<Portal>>;

/// The portal as a service. It wants to be served with connection information (the client's address).
pub fn router(portal: Arc<Portal>) -> Router {
    Router::new()
        .merge(pages(&portal))
        .merge(oauth())
        .nest("/api/v1", api())
        .merge(for_programs(Router::new().route("/health", get(health))))
        .fallback(not_found)
        .layer(map_response(headers::no_sniffing))
        .layer(from_fn(trace::requests))
        .with_state(portal)
}

/// No answer takes longer than this, the request's body included.
fn in_time() -> TimeoutLayer {
    TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(30))
}

/// What is called by programs: whatever they are refused, they can read why.
fn for_programs(routes: Router<Arc<Portal>>) -> Router<Arc<Portal>> {
    routes.method_not_allowed_fallback(problem::wrong_method).layer(in_time()).layer(map_response(problem::in_words))
}

fn pages(portal: &Arc<Portal>) -> Router<Arc<Portal>> {
    let in_window = Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::submit))
        .route(account_password::PATH, get(account_password::show).post(account_password::change))
        .layer(DefaultBodyLimit::max(typed::LARGEST_FORM))
        .route("/oauth/authorize", get(authorize::authorize));
    let keeps_typed = |route: MethodRouter<Arc<Portal>>| route.route_layer(from_fn_with_state(portal.clone(), typed::keep));
    let import = keeps_typed(get(link_import::show).post(link_import::save)).layer(DefaultBodyLimit::max(link_import::LARGEST));
    let others = Router::new()
        .route("/", get(home::show))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/apps/{id}/password", get(app_password::show).post(app_password::store))
        .route("/apps/{id}/password/remove", post(app_password::remove))
        .route("/apps/{id}/form", get(app_form::show))
        .route("/apps/{id}/form/restore", post(app_form::restore))
        .route("/forms", get(app_form::list))
        .route("/addresses", get(link_list::show))
        .route("/addresses.json", get(link_list::file))
        .route(typed::ENTRY, keeps_typed(get(link_entry::show).post(link_entry::save)))
        .route("/addresses/entry/remove", post(link_entry::remove))
        .route(typed::PROBE, keeps_typed(get(link_probe::show).post(link_probe::save)))
        .route(typed::IMPORT, import)
        .route("/audit", get(audit::show))
        .route("/audit.csv", get(audit::file));
    let guarded = |routes: Router<Arc<Portal>>| {
        routes
            .method_not_allowed_fallback(page::wrong_method)
            .route_layer(in_time())
            .route_layer(map_response_with_state(portal.clone(), page::in_words))
            .route_layer(from_fn_with_state(portal.clone(), same_origin::require))
            .route_layer(from_fn_with_state(portal.clone(), headers::page))
    };
    let assets = Router::new().route("/assets/{name}", get(assets::serve)).method_not_allowed_fallback(page::wrong_method);
    guarded(in_window).route_layer(map_response(page::in_sign_in_window)).merge(guarded(others)).merge(assets)
}

/// Called by the extension: from any origin, without cookies.
fn oauth() -> Router<Arc<Portal>> {
    let get_route = for_programs(Router::new().route("/.well-known/my-apps", get(discovery::show)))
        .layer(headers::any_origin([axum::http::Method::GET]));
    let post_routes = Router::new().route("/oauth/token", post(token::token)).route("/oauth/revoke", post(token::revoke));
    let post_routes =
        for_programs(post_routes).layer(map_response(headers::no_store)).layer(headers::any_origin([axum::http::Method::POST]));
    get_route.merge(post_routes)
}

fn api() -> Router<Arc<Portal>> {
    use axum::http::Method;
    let routes = Router::new()
        .route("/me", get(api::me))
        .route("/apps", get(api::apps))
        .route("/icons", get(api::icons))
        .route("/apps/{id}/credential", post(api::credential).layer(DefaultBodyLimit::max(bearer::LARGEST_FORM)))
        .route("/apps/{id}/outcome", post(api::outcome))
        .route("/apps/{id}/form", put(app_form::put).layer(DefaultBodyLimit::max(app_form::LARGEST)))
        .route("/links", get(links::show).put(links::put).layer(DefaultBodyLimit::max(links::LARGEST)))
        .route("/session", axum::routing::delete(api::end_session))
        .fallback(problem::no_such_route);
    for_programs(routes).layer(map_response(headers::no_store)).layer(headers::any_origin([
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::DELETE,
    ]))
}

async fn health(State(portal): Shared) -> Response {
    if database::answers(&portal.database).await {
        axum::Json(serde_json::json!({ "status": "ok" })).into_response()
    } else {
        problem::Problem::internal().into_response()
    }
}

async fn not_found(State(portal): Shared, request: Request) -> Response {
    let path = request.uri().path();
    // Who takes the address of a page for the portal's has the extension look for the discovery document below that page: it is
    // told that there is none, and not kept from reading the answer, which would look like a portal that can't be reached.
    if path.contains("/.well-known/") || ["/api/", "/oauth/"].iter().any(|prefix| path.starts_with(prefix)) {
        headers::readable_anywhere(problem::no_such_route().await.into_response())
    } else {
        headers::with_page_headers(&portal, page::not_found(&portal).into_response())
    }
}
