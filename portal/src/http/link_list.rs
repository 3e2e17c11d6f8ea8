//! The map of internal addresses for administrators: as a page, and as a file to take away. Everyone else finds no such page.

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    Shared,
    link_view::View,
    page::{Failed, Frame, render},
    posted::Asked,
    visitor::Administrator,
};
use crate::{
    clock,
    link_map::{self, Kept, Pair},
};

#[derive(Template)]
#[template(path = "addresses.html")]
struct ListPage {
    frame: Frame,
    notice: Option<Notice>,
    entries: Vec<ShownEntry>,
    wanted: String,
    only_unusable: bool,
    is_filtered: bool,
    /// Of all entries.
    total: usize,
    fitting: usize,
    unusable: usize,
    probe: Option<String>,
    changed: Option<String>,
    add: String,
    show_unusable: String,
    page: usize,
    pages: usize,
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
    last: Option<String>,
}

/// What has just been done.
enum Notice {
    Saved(Pair),
    Removed,
    Probe,
    Replaced,
}

struct ShownEntry {
    pair: Pair,
    change: String,
    /// Why it is not followed.
    reason: Option<String>,
}

pub(crate) async fn show(State(portal): Shared, Administrator(session): Administrator, Asked(query): Asked) -> Result<Response, Failed> {
    let kept = link_map::find(&portal.database).await?;
    let changed = changed(&kept);
    let map = kept.map;
    let entry = || map.links.iter().find(|pair| Some(pair.internal.as_str()) == query.get("entry")).cloned();
    // The address can be opened at any time: an entry is named if it is there.
    let notice = match query.get("done") {
        Some("saved") => entry().map(Notice::Saved),
        Some("removed") => Some(Notice::Removed),
        Some("probe") => Some(Notice::Probe),
        Some("replaced") => Some(Notice::Replaced),
        _ => None,
    };
    let (total, probe, asked) = (map.links.len(), map.probe.clone(), View::of(&query));
    let part = asked.of_map(map);
    let view = asked.turned(part.page);
    let turn = |is_there: bool, page: usize| is_there.then(|| view.turned(page).address("/addresses", &[]));
    let unusable = View { only_unusable: true, ..View::default() };
    let page = ListPage {
        frame: Frame::new(&portal, Some(session)),
        notice,
        first: turn(part.page > 2, 1),
        previous: turn(part.page > 1, part.page - 1),
        next: turn(part.page < part.pages, part.page + 1),
        last: turn(part.page + 1 < part.pages, part.pages),
        add: view.address("/addresses/entry", &[]),
        show_unusable: unusable.address("/addresses", &[]),
        entries: part.entries.into_iter().map(|(pair, refusal)| ShownEntry::of(pair, refusal.map(link_map::reason), &view)).collect(),
        is_filtered: !view.wanted.is_empty() || view.only_unusable,
        wanted: view.wanted,
        only_unusable: view.only_unusable,
        total,
        fitting: part.fitting,
        unusable: part.unusable,
        probe,
        changed,
        page: part.page,
        pages: part.pages,
    };
    Ok(render(StatusCode::OK, &page))
}

/// The map as it can be imported again.
pub(crate) async fn file(State(portal): Shared, Administrator(_): Administrator) -> Result<Response, Failed> {
    let map = link_map::find(&portal.database).await?.map;
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, "attachment; filename=\"internal-addresses.json\"")];
    Ok((headers, serde_json::to_string_pretty(&map).map_err(|_| Failed)?).into_response())
}

/// When the map was changed last, and by whom.
fn changed(kept: &Kept) -> Option<String> {
    let time = clock::utc(kept.changed_at?).replace('T', " ").replace('Z', "");
    let removed = || kept.account_id.map(|id| format!("Person {id} (removed)"));
    let who = kept.person.clone().or_else(removed).map_or_else(|| "on the command line".to_owned(), |who| format!("by {who}"));
    Some(format!("{time} UTC {who}"))
}

impl ShownEntry {
    fn of(pair: Pair, reason: Option<String>, view: &View) -> Self {
        let change = view.address("/addresses/entry", &[("seen_internal", &pair.internal), ("seen_external", &pair.external)]);
        Self { pair, change, reason }
    }
}
