//! The address bar: `app` and a few letters suggest apps, and Enter opens one. The worker's own way to ask the search.

use crate::Millis;
use crate::catalogue::App;
use crate::decimal::decimal;
use crate::effect::Effect;
use crate::finding::{Finding, portal_page};
use crate::memory::Standing;
use crate::opening::Opening;
use crate::provider::oauth::Prompt;
use crate::row::Row;
use crate::session::start_sign_in;
use crate::state::State;

/// So many suggestions fit below an address bar.
pub(crate) const MOST: usize = 6;

/// What is typed after the keyword, and where what is entered will be opened.
#[derive(Debug, Clone, Default)]
pub struct Omnibox {
    /// What is typed and found.
    pub finding: Finding,
    /// Where.
    opening: Opening,
    /// What was entered, and where to open it, while a token is renewed for it.
    pub(crate) waiting: Option<(String, Opening)>,
}

/// Somebody typed; without somebody signed in there is nothing to suggest.
pub fn typed(state: &mut State, now: Millis, typed: String, effects: &mut Vec<Effect>) {
    let signed_in = matches!(state.memory.standing(now), Standing::SignedIn(..));
    let finding = &mut state.omnibox.finding;
    finding.typed(if signed_in { typed } else { String::new() });
    if finding.is_empty() {
        effects.push(Effect::Suggest(Vec::new()));
    }
}

/// Enter: the app that a suggestion put into the address bar, or else the best that is found.
pub fn entered(state: &mut State, now: Millis, typed: String, opening: Opening, effects: &mut Vec<Effect>) {
    let is_under_way = state.memory.sign_in.is_under_way();
    match state.memory.standing(now) {
        Standing::SignedIn(..) => {}
        // Nobody who is known has to hear of a token. A sign-in of another context's may need the person.
        Standing::Expired(_) if state.memory.can_sign_in() && (!is_under_way || state.omnibox.waiting.is_some()) => {
            // By then the person may look at another tab, which is not to be left for it.
            let opening = if opening == Opening::Here { Opening::Tab } else { opening };
            state.omnibox.waiting = Some((typed, opening));
            if !is_under_way {
                start_sign_in(state, now, Prompt::Silent, effects);
            }
            return;
        }
        // The popup says what to do.
        _ => return effects.push(Effect::OpenPopup),
    }
    let apps = &state.memory.catalogue.apps;
    let named = apps.iter().find(|app| typed.starts_with(&app.name) && label(apps, &app.id, &app.name) == typed).map(|app| app.id.clone());
    if let Some(app) = named {
        return effects.push(Effect::Select(app, opening));
    }
    let omnibox = &mut state.omnibox;
    omnibox.opening = opening;
    omnibox.finding.typed(typed);
    omnibox.finding.entered = true;
    if !omnibox.finding.is_waiting() {
        effects.push(meant(state));
    }
}

/// Opens what waited for a token, as soon as there is one. Where there is none, the popup is opened anyway.
pub fn go_on(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    if state.memory.sign_in.is_under_way() {
        return;
    }
    if let Some((typed, opening)) = state.omnibox.waiting.take()
        && matches!(state.memory.standing(now), Standing::SignedIn(..))
    {
        entered(state, now, typed, opening, effects);
    }
}

/// The search answered.
pub fn found(state: &mut State, number: u32, answer: &str, effects: &mut Vec<Effect>) {
    let omnibox = &mut state.omnibox;
    omnibox.finding.found(number, answer);
    if omnibox.finding.is_waiting() {
        return;
    }
    if omnibox.finding.entered {
        effects.push(meant(state));
    } else if let Some(found) = &omnibox.finding.found {
        let apps = &state.memory.catalogue.apps;
        let row = |row: &Row| Row { name: label(apps, &row.id, &row.name), ..row.clone() };
        effects.push(Effect::Suggest(found.rows.iter().take(MOST).map(row).collect()));
    }
}

/// What stands in the address bar for an app: its name, and a number if others before it in the list have the same one.
fn label(apps: &[App], id: &str, name: &str) -> String {
    let before = apps.iter().take_while(|app| app.id != id).filter(|app| app.name == name).count() as u64;
    if before == 0 { name.to_owned() } else { [name, " (", &decimal(before + 1), ")"].concat() }
}

/// The best that was found; without any, the portal's own search.
fn meant(state: &mut State) -> Effect {
    let omnibox = &mut state.omnibox;
    omnibox.finding.entered = false;
    match omnibox.finding.found.as_ref().and_then(|found| found.rows.first()) {
        Some(first) => Effect::Select(first.id.clone(), omnibox.opening),
        None => Effect::OpenTab { url: portal_page(&state.memory, &omnibox.finding.typed) },
    }
}

/// A suggestion as Chromium's address bar takes it, which is XML: what was typed is marked, and no name can be more than a name.
pub fn marked(row: &Row) -> String {
    let mut xml = String::new();
    for (text, is_marked) in row.pieces() {
        let text = plain(text);
        if is_marked { xml.extend(["<match>", &text, "</match>"]) } else { xml.push_str(&text) }
    }
    xml
}

/// A text as it takes it.
pub fn plain(text: &str) -> String {
    let mut xml = String::new();
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            _ => xml.push(letter),
        }
    }
    xml
}
