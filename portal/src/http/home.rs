//! The home page: a person's apps as tiles, with a search that also works without scripts.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};

use super::{
    Shared,
    install::{self, Offer},
    page::{Failed, Frame, render},
    posted::Asked,
    visitor::Visitor,
};
use crate::{
    app::Mode,
    catalogue::{self, Entry},
};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    frame: Frame,
    tiles: Vec<Tile>,
    wanted: String,
    /// How many apps there are before searching.
    total: usize,
    /// Where to get the extension that fills passwords.
    offer: Option<Offer>,
    add_app: Option<String>,
    /// Whether to link to what only administrators see.
    administrates: bool,
}

struct Tile {
    name: String,
    initial: String,
    /// One of the style sheet's colours, the same one for an app every time.
    hue: usize,
    description: String,
    /// What the search looks at, in lower case.
    words: String,
    launch_url: String,
    password_url: Option<String>,
    stored: bool,
}

pub(crate) async fn show(
    State(portal): Shared,
    Visitor(session): Visitor,
    headers: HeaderMap,
    Asked(query): Asked,
) -> Result<Response, Failed> {
    let entries = catalogue::list(&portal.database, session.account.id).await?;
    let tiles: Vec<Tile> = entries.into_iter().filter(|entry| entry.assigned).map(Tile::of).collect();
    let total = tiles.len();
    let is_useful = tiles.iter().any(|tile| tile.password_url.is_some());
    let offer = install::offer(&portal.settings.stores, &headers).filter(|_| is_useful);
    let wanted = query.get("q").unwrap_or_default().to_owned();
    let needle = wanted.trim().to_lowercase();
    let tiles = tiles.into_iter().filter(|tile| needle.split_whitespace().all(|word| tile.words.contains(word))).collect();
    let page = HomePage {
        administrates: session.administrator,
        frame: Frame::new(&portal, Some(session)),
        tiles,
        wanted,
        total,
        offer,
        add_app: portal.settings.links.add_app.clone(),
    };
    Ok(render(StatusCode::OK, &page))
}

impl Tile {
    fn of(entry: Entry) -> Self {
        let app = entry.app;
        // Names often begin with the organization's; the last word tells apps apart better.
        let word = app.name.split_whitespace().next_back().unwrap_or_default();
        Self {
            initial: word.chars().next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default(),
            hue: app.id.bytes().map(usize::from).sum::<usize>() % 8,
            words: [app.name.as_str(), &app.description, &app.keywords.join(" ")].join(" ").to_lowercase(),
            password_url: (app.mode == Mode::Password).then(|| format!("/apps/{}/password", app.id)),
            stored: entry.stored,
            name: app.name,
            description: app.description,
            launch_url: app.launch_url,
        }
    }
}
