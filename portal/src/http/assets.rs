//! The pages' own style sheet, script and icon, compiled in.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

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

pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(file, _, _)| *file == name) {
        Some((_, kind, contents)) => {
            let headers = [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
            (headers, *contents).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
