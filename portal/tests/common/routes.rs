//! The routes the router really has, so that a table of routes can be held against them.

use std::{collections::BTreeSet, sync::Arc};

use my_apps_portal::http::router;

use super::{Server, client, header};

/// Every method and path of the router, such as `GET /apps/{id}/password`, without `HEAD`.
///
/// axum lists paths in its debug output only, and methods only in the `Allow` of a request with another method.
pub(crate) async fn all(server: &Server) -> BTreeSet<String> {
    let printed = format!("{:?}", router(Arc::clone(&server.portal)));
    let paths: BTreeSet<&str> = printed
        .split('"')
        .filter(|text| text.starts_with('/') && !text.contains("__private"))
        // The API's root is where its "no such address" hangs.
        .filter(|path| path.trim_end_matches('/') != "/api/v1")
        .collect();
    assert!(paths.contains("/api/v1/me"), "axum prints paths otherwise");
    let mut routes = BTreeSet::new();
    for path in paths {
        let concrete = path.replace("{id}", "crm").replace("{name}", "portal.css");
        let answer = client()
            .request("QUERY".parse().unwrap(), format!("{}{concrete}", server.address))
            .header("Sec-Fetch-Site", "same-origin")
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 405, "{path}");
        let allowed = header(&answer, "allow");
        let methods = allowed.split(',').filter(|method| *method != "HEAD");
        routes.extend(methods.map(|method| format!("{method} {path}")));
    }
    routes
}

/// Whether a concrete path, with or without a query, is one of a route's pattern.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(part, concrete)| *part == concrete || part.starts_with('{'))
}
