//! What the popup shows before its module is there: the first rows of the menu, in a small key of their own. Starting the module
//! and reading ten thousand apps takes longer than painting them, which `extension/popup/first.js` does.
//!
//! It is derived from the state after every event, so it is never older than what is remembered. It only shows: whatever the
//! person does is done by the module, with the whole list.

use crate::Millis;
#[cfg(doc)]
use crate::catalogue::Catalogue;
use crate::json::{self, Object};
use crate::memory::{Memory, Standing};
use crate::popup::at_top;
use crate::row::Row;
use crate::sign_in::SignIn;
use crate::sites;
use crate::state::State;

/// As many rows as are seen at once, and a few more.
const ROWS: usize = 12;

/// The menu as it begins, as JSON:
///
/// `{until, pages, heading, name, username, count, sections: [{title, rows: [{id, name, initial, shade, description, remark, favourite}]}]}`
///
/// It holds until that moment, and on pages whose host and path begin with none of these [`Catalogue::sign_on_pages`]: there,
/// something else than the menu may be due. `count` is how many rows the whole menu has; `title` and `remark` are keys of sentences.
/// None while there is something to say or to offer above the list.
pub fn write(state: &State, now: Millis) -> Option<String> {
    let memory = &state.memory;
    let until = holds_until(memory, now)?;
    if memory.catalogue.apps.is_empty() || sites::offer(state).is_some() {
        return None;
    }
    let known = memory.account.as_ref()?;
    let mut sections = Vec::new();
    let mut section = |title, rows: &[Row]| {
        let rows = rows.iter().map(|row| write_row(row, memory.favourites.contains(&row.id)));
        sections.push(Object::default().text("title", title).json("rows", &json::list(rows)).done());
    };
    let mut count = memory.catalogue.apps.len();
    for (title, rows) in at_top(memory) {
        count += rows.len();
        if !rows.is_empty() {
            section(title, &rows);
        }
    }
    let rows: Vec<Row> = memory.catalogue.apps.iter().take(ROWS).map(Row::of).collect();
    section("allApps", &rows);
    let document = Object::default()
        .moment("until", until)
        .json("pages", &json::texts(&memory.catalogue.sign_on_pages()))
        .text("heading", &known.product_name)
        .text("name", &known.account.name)
        .text("username", &known.account.username)
        .number("count", i64::try_from(count).unwrap_or_default())
        .json("sections", &json::list(sections));
    Some(document.done())
}

/// Until when the person needs not sign in, there or at the portal that keeps the passwords.
fn holds_until(memory: &Memory, now: Millis) -> Option<Millis> {
    let Standing::SignedIn(_, session) = memory.standing(now) else { return None };
    let is_quiet = memory.notice.is_none() && matches!(memory.sign_in, SignIn::Idle) && memory.draft.is_none();
    if !is_quiet || memory.missing_vault(now).is_some() {
        return None;
    }
    Some(memory.vault.as_ref().map_or(session.expires_at, |vault| vault.expires_at.min(session.expires_at)))
}

fn write_row(row: &Row, is_favourite: bool) -> String {
    Object::default()
        .text("id", &row.id)
        .text("name", &row.name)
        .text("initial", row.initial())
        .number("shade", row.shade().into())
        .text("description", &row.description)
        .optional_text("remark", row.remark.as_ref().map(|remark| remark.key))
        .flag("favourite", is_favourite)
        .done()
}
