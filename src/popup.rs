//! The popup: what it holds, and what it shows as plain data in the words of the screen.

use crate::Millis;
use crate::decimal::decimal;
use crate::event::{Move, Tab};
use crate::finding::{self, Finding};
use crate::memory::{Memory, PendingNotice, Standing};
use crate::notice;
use crate::provider::discovery::Link;
use crate::provider::oauth::Prompt;
use crate::sign_in::SignIn;
use crate::sites;
use crate::state::{Screen, State};
use crate::text::Text;

pub use crate::button::Button;
pub use crate::notice::{Notice, Tone};
pub use crate::row::Row;

/// How many rows are painted at first, and how many more whenever the end of the list comes near.
pub const ROWS: usize = 30;

/// What only this popup knows.
#[derive(Debug, Clone, Default)]
pub struct Popup {
    /// The tab it opened over.
    pub tab: Option<Tab>,
    /// What was typed, and found.
    pub finding: Box<Finding>,
    /// The row the arrow keys are on, counted over all sections.
    pub selected: usize,
    /// How many rows may be painted.
    pub rows: usize,
    /// What there is to say about the page or the last attempt.
    pub notice: Option<Notice>,
    /// Whether the list of apps could not be asked for again: then it says how old it is.
    pub is_stale: bool,
    /// What takes the place of the menu.
    pub dialog: Dialog,
    /// What was done, for people who do not see it.
    pub said: Option<Text>,
    /// Whether the page is still to be considered.
    pub consideration: Consideration,
    /// Whether a silent renewal was tried already.
    pub renewed: bool,
    /// Whether a portal has yet to say that it heard of the sign-out.
    pub is_leaving: bool,
}

/// Whether the page under a popup is to be considered, as soon as somebody is signed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Consideration {
    /// It is.
    #[default]
    Due,
    /// It was; again only with another token, because the one at hand may have ended in the middle.
    Done,
    /// Nobody clicked on the icon over the page: the popup was another page of ours in between.
    Unasked,
}

/// What takes the place of the menu.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Dialog {
    /// Nothing does.
    #[default]
    Menu,
    /// Which of these apps? By id.
    Choice(Vec<String>),
    /// Filled and sent, since then; the popup closes soon.
    Done(Text, Millis),
}

/// What the popup shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What the portal calls itself, or our own name.
    pub heading: Option<String>,
    /// Who is signed in.
    pub person: Option<Person>,
    /// The portal in use.
    pub portal: String,
    /// What the menu of the account offers.
    pub account: Vec<Button>,
    /// At the top.
    pub notice: Option<Notice>,
    /// Below it.
    pub body: Body,
}

/// Who is or was signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Sign-in name.
    pub username: String,
}

/// The main part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Nobody is signed in, or not any more.
    Welcome {
        /// The headline.
        title: Text,
        /// A sentence below it.
        detail: Option<Text>,
        /// The portal in use.
        portal: String,
        /// What the large button does.
        primary: Button,
        /// The quieter ones below.
        others: Vec<Button>,
    },
    /// Something takes time.
    Busy {
        /// What.
        text: Text,
        /// How to stop it.
        cancel: Option<Button>,
    },
    /// It worked; the popup is about to close.
    Done(Text),
    /// Which app is meant?
    Choice {
        /// The question.
        title: Text,
        /// The apps.
        rows: Vec<Row>,
        /// The row the arrow keys are on.
        selected: usize,
    },
    /// Search, recents, all apps.
    Menu(Menu),
    /// Only the notice.
    Nothing,
}

/// The menu of apps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// What was typed.
    pub query: String,
    /// What the rows were found for; empty if they are all.
    pub answered: String,
    /// The offer to turn automatic sign-in on, for so many apps.
    pub offer: Option<usize>,
    /// Favourites, recents, then all; or what was found.
    pub sections: Vec<Section>,
    /// The row the arrow keys are on; none while the rows are not what was typed for.
    pub selected: Option<usize>,
    /// Said instead of rows.
    pub empty: Option<Text>,
    /// Where else to look, if nothing was found.
    pub elsewhere: Option<Button>,
    /// Said to people who do not see the list: how many were found.
    pub count: usize,
    /// Whether rows are left that were not painted.
    pub more: bool,
    /// Said to people who do not see the list: what was done.
    pub said: Option<Text>,
}

/// A part of the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its headline.
    pub title: Text,
    /// Its apps.
    pub rows: Vec<Row>,
}

impl Popup {
    /// A popup that has just opened.
    pub fn new(tab: Option<Tab>) -> Popup {
        Popup { tab, rows: ROWS, ..Popup::default() }
    }

    /// The text in the search box changed.
    pub fn typed(&mut self, query: String) {
        self.finding.typed(query);
        self.selected = 0;
        self.rows = ROWS;
    }

    /// The app that Enter was pressed for before it was found.
    pub(crate) fn meant(&mut self) -> Option<String> {
        let found = self.finding.found.as_ref().filter(|_| !self.finding.is_waiting() && self.finding.entered)?;
        let meant = found.rows.get(self.selected.min(found.rows.len().saturating_sub(1))).map(|row| row.id.clone());
        self.finding.entered = false;
        meant
    }

    /// The menu shows, from its first row.
    pub fn back_to_menu(&mut self) {
        self.dialog = Dialog::Menu;
        self.selected = 0;
    }

    /// Arrow keys; `count` is how many rows there are. They stop at both ends.
    pub fn moved(&mut self, step: Move, count: usize) {
        let last = count.saturating_sub(1);
        self.selected = match step {
            Move::Down => (self.selected + 1).min(last),
            Move::Up => self.selected.saturating_sub(1),
            Move::First => 0,
            Move::Last => last,
        };
        if self.selected >= self.rows {
            self.rows = self.selected + ROWS;
        }
    }
}

/// What the popup shows now.
pub fn view(state: &State, popup: &Popup, now: Millis) -> View {
    let memory = &state.memory;
    let known = memory.account.as_ref();
    let frame = |body: Body| View {
        heading: known.map(|known| known.product_name.clone()).filter(|name| !name.is_empty()),
        person: known.map(|known| Person { name: known.account.name.clone(), username: known.account.username.clone() }),
        portal: memory.settings.portal.as_str().to_owned(),
        account: account_menu(memory, now),
        notice: popup.notice.clone().or_else(|| notice::remembered(&state.memory, now).filter(|_| !popup.is_leaving)),
        body,
    };
    if popup.tab.as_ref().is_some_and(|tab| tab.private) {
        let notice = Notice { tone: Tone::Information, text: Text::plain("privateWindow"), button: None };
        return View { heading: None, person: None, portal: String::new(), account: Vec::new(), notice: Some(notice), body: Body::Nothing };
    }
    if let Dialog::Done(text, _) = &popup.dialog {
        return View { notice: None, ..frame(Body::Done(text.clone())) };
    }
    match (memory.standing(now), &memory.sign_in) {
        (_, sign_in) if sign_in.prompt() == Some(Prompt::Interactive) => {
            frame(Body::Busy { text: Text::plain("signInUnderWay"), cancel: Some(Button::CancelSignIn) })
        }
        // Nobody knows who is signed in.
        (Standing::SignedOut, _) if memory.notice == Some(PendingNotice::NotRead) => frame(Body::Nothing),
        (Standing::SignedOut, _) => frame(signed_out(state)),
        (Standing::Expired(_), SignIn::Idle | SignIn::Failed(_)) => frame(expired(state)),
        (Standing::Expired(_), _) => frame(Body::Busy { text: Text::plain("signInRenewing"), cancel: None }),
        (Standing::SignedIn(..), _) => frame(signed_in(state, popup)),
    }
}

/// What the menu of the account offers: what the portal names, and what is always there.
fn account_menu(memory: &Memory, now: Millis) -> Vec<Button> {
    let mut menu = Vec::new();
    if memory.account.is_some() {
        menu.push(Button::OpenPortal);
    }
    if let Standing::SignedIn(_, session) = memory.standing(now) {
        for (link, _) in Link::ALL {
            if session.discovery.link(link).is_some() {
                menu.push(Button::Open(link));
            }
        }
        if memory.is_administrator(now) {
            menu.push(Button::Teach);
        }
    }
    menu.extend([Button::Settings, Button::Help]);
    if memory.account.is_some() {
        menu.push(Button::SignOut);
    }
    menu
}

fn signed_out(state: &State) -> Body {
    let portal = &state.memory.settings.portal;
    let welcome = |title, detail: Option<&'static str>, primary, others| Body::Welcome {
        title: Text::plain(title),
        detail: detail.map(Text::plain),
        portal: portal.as_str().to_owned(),
        primary,
        others,
    };
    if !state.memory.can_sign_in() {
        return welcome("choosePortal", Some("portalNeedsEntra"), Button::ChangePortal, Vec::new());
    }
    welcome("signInToGetStarted", None, Button::SignIn, vec![Button::ChangePortal])
}

fn expired(state: &State) -> Body {
    Body::Welcome {
        title: Text::plain("signInAgain"),
        detail: Some(Text::plain("sessionExpired")),
        portal: state.memory.settings.portal.as_str().to_owned(),
        primary: Button::SignIn,
        others: vec![Button::SignOut],
    }
}

fn signed_in(state: &State, popup: &Popup) -> Body {
    let here = popup.tab.as_ref().and_then(|tab| state.fills.iter().find(|fill| fill.tab == tab.id && fill.is_in_the_way()));
    if let Some(fill) = here {
        return Body::Busy { text: Text::with("signingInTo", &state.memory.catalogue.name_of(&fill.app)), cancel: Some(Button::Back) };
    }
    if let Dialog::Choice(ids) = &popup.dialog {
        let rows = rows(&state.memory, ids);
        return Body::Choice { title: Text::plain("whichApp"), selected: popup.selected.min(rows.len().saturating_sub(1)), rows };
    }
    Body::Menu(menu(state, popup))
}

/// The rows of the apps with these ids.
fn rows(memory: &Memory, ids: &[String]) -> Vec<Row> {
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(memory.catalogue.app(id).map(Row::of));
    }
    rows
}

fn menu(state: &State, popup: &Popup) -> Menu {
    let catalogue = &state.memory.catalogue;
    let favourites = &state.memory.favourites;
    let finding = &popup.finding;
    let mut sections = Vec::new();
    let mut section = |title, rows: Vec<Row>| {
        if !rows.is_empty() {
            sections.push(Section { title, rows });
        }
    };
    let (mut answered, mut count) = (String::new(), 0);
    if let Some(found) = &finding.found {
        section(Text::plain("searchResults"), found.rows.iter().take(popup.rows).cloned().collect());
        answered.clone_from(&found.typed);
        count = found.count;
    } else {
        for (title, rows) in at_top(&state.memory) {
            count += rows.len();
            section(Text::plain(title), rows);
        }
        let title = match popup.is_stale {
            true => Text::with("allAppsAsOf_moment", &decimal(state.memory.catalogue_tag.confirmed)),
            false => Text::plain("allApps"),
        };
        let room = popup.rows.saturating_sub(count);
        count += catalogue.apps.len();
        section(title, catalogue.apps.iter().take(room).map(Row::of).collect());
    }
    for row in sections.iter_mut().flat_map(|section| &mut section.rows) {
        row.is_favourite = favourites.contains(&row.id);
    }
    let empty = match (answered.is_empty(), state.memory.catalogue_tag.stamp.is_empty()) {
        _ if count > 0 => None,
        (false, _) if !catalogue.apps.is_empty() => Some(Text::with("nothingFound", &finding::shortened(&answered))),
        // Where it is said why the list can't be had, nobody fetches it.
        (_, true) => (popup.notice.is_none() && state.memory.notice.is_none()).then(|| Text::plain("appsLoading")),
        (_, false) => Some(Text::plain("noApps")),
    };
    Menu {
        query: finding.typed.clone(),
        // One thing at a time: what there is to say about the page comes first.
        offer: if finding.is_empty() && popup.notice.is_none() { sites::offer(state) } else { None },
        sections,
        selected: (!finding.is_waiting()).then(|| popup.selected.min(count.saturating_sub(1))),
        empty,
        more: count > popup.rows,
        elsewhere: (count == 0 && !answered.is_empty()).then_some(Button::SearchPortal),
        answered,
        count,
        said: popup.said.clone(),
    }
}

/// What stands above the list of all apps: favourites, and what was used last.
pub(crate) fn at_top(memory: &Memory) -> [(&'static str, Vec<Row>); 2] {
    let mut recents = rows(memory, memory.recent.ids());
    // Once in the first rows is enough.
    recents.retain(|row| !memory.favourites.contains(&row.id));
    recents.truncate(memory.settings.recents as usize);
    [("favourites", rows(memory, memory.favourites.ids())), ("recentlyUsed", recents)]
}

/// Keeps an app at the top, or no longer. The row that the arrow keys are on moves with the rows above it.
pub fn toggle_favourite(state: &mut State, id: &str) {
    let Some(app) = state.memory.catalogue.app(id) else { return };
    let name = app.name.clone();
    let before = row_count(state);
    let was_kept = state.memory.favourites.contains(id);
    state.memory.favourites.toggle(id);
    let key = match state.memory.favourites.contains(id) {
        // There is no room for more.
        is_kept if is_kept == was_kept => return,
        true => "favouriteAdded",
        false => "favouriteRemoved",
    };
    let after = row_count(state);
    if let Some(popup) = state.popup() {
        popup.selected = (popup.selected + after).saturating_sub(before);
        popup.said = Some(Text::with(key, &name));
    }
}

/// How many rows the menu has, as the arrow keys see them.
pub fn row_count(state: &State) -> usize {
    let Screen::Popup(popup) = &state.screen else { return 0 };
    match signed_in(state, popup) {
        Body::Menu(menu) => menu.count,
        Body::Choice { rows, .. } => rows.len(),
        _ => 0,
    }
}
