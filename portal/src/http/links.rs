//! The map of internal addresses: read by everybody's extension, written by administrators.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};

use super::{
    Shared,
    api::tagged,
    bearer::Bearer,
    problem::{JsonBody, Kind, Problem},
};
use crate::{
    clock::now,
    link_change::Change,
    link_map::{self, LinkMap},
};

/// As many entries as browsers take, with addresses of the length that people write.
pub(crate) const LARGEST: usize = 2 * 1024 * 1024;

/// What a body must look like, for one that does not.
const SHAPE: &str = "The body must be a map: \"links\", each with \"internal\" and \"external\", and perhaps a \"probe\".";

pub(crate) async fn show(State(portal): Shared, _: Bearer, headers: HeaderMap) -> Result<Response, Problem> {
    let document = link_map::load(&portal.database).await?;
    let document = document.unwrap_or_else(|| "{\"links\":[],\"probe\":null}".to_owned());
    tagged(&headers, &[], document.into_bytes())
}

/// What stands in a tag. A proxy that compresses may have weakened ours, as [`tagged`] knows, too.
fn plain_tag(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"')
}

pub(crate) async fn put(
    State(portal): Shared,
    Bearer(caller): Bearer,
    headers: HeaderMap,
    JsonBody(body): JsonBody<serde_json::Value>,
) -> Result<StatusCode, Problem> {
    if !caller.administrator {
        return Err(Problem::new(Kind::NotAdministrator, "Only administrators say which internal address leads where."));
    }
    let map: LinkMap = serde_json::from_value(body).map_err(|_| Problem::new(Kind::InvalidRequest, SHAPE))?;
    let map = map.as_browsers_write();
    map.check().map_err(|error| Problem::new(Kind::InvalidRequest, error.to_string()))?;
    let seen = headers.get(header::IF_MATCH).map(|seen| seen.to_str().unwrap_or_default());
    let Some(seen) = seen.filter(|seen| *seen != "*").map(|seen| plain_tag(seen).to_owned()) else {
        link_map::save(&portal.database, &map, Some(caller.account.id), now()).await?;
        return Ok(StatusCode::NO_CONTENT);
    };
    let change = Change::Whole { seen, map };
    let changed = link_map::change(&portal.database, &change, caller.account.id, now()).await?;
    changed.map_err(|_| Problem::new(Kind::ChangedMeanwhile, "Somebody else has changed the map meanwhile. Read it again first."))?;
    Ok(StatusCode::NO_CONTENT)
}
