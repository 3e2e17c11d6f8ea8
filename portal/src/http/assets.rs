//! The pages' own style sheet, script and icon, compiled in.

use std::sync::LazyLock;

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Response},
};

use super::{Shared, headers, page};
use crate::token::derive;

const FILES: [(&str, &str, &str); 3] = [
    ("portal.css", "text/css; charset=utf-8", include_str!("../../assets/portal.css")),
    ("portal.js", "text/javascript; charset=utf-8", include_str!("../../assets/portal.js")),
    ("icon.svg", "image/svg+xml", include_str!("../../assets/icon.svg")),
];

/// Changes with the files, so that browsers can keep each version for good.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let contents: String = FILES.iter().map(|(_, _, contents)| *contents).collect();
    derive("assets", &contents).chars().take(12).collect()
});

/// One of them; any other name is an unknown address like every other.
pub(crate) async fn serve(State(portal): Shared, name: Result<Path<String>, PathRejection>) -> Response {
    match FILES.iter().find(|(file, _, _)| name.as_ref().is_ok_and(|name| **name == *file)) {
        Some((_, kind, contents)) => {
            let headers = [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, *contents).into_response()
        }
        None => headers::with_page_headers(&portal, page::not_found(&portal)),
    }
}
