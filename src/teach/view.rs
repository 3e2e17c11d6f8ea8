//! What the popup shows while a form is taught.

use super::Teaching;
use super::lesson::{MOST_STEPS, Part};
use crate::address::Address;
use crate::catalogue::{App, Mode};
use crate::form::Kind;
use crate::state::State;
use crate::text::Text;

/// More apps than this are not listed: searching is quicker.
pub(crate) const MOST_APPS: usize = 50;

/// Whether it has a form that can be taught.
pub(crate) fn is_taught(app: &App) -> bool {
    app.mode == Mode::Password
}

/// The page in front of the person, and what its controls are for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Apps to choose from, the chosen one first: id and name.
    pub apps: Vec<(String, String)>,
    /// The chosen app's id; empty if none is.
    pub app: String,
    /// The step that the page is, from 0.
    pub step: usize,
    /// How many steps it can be.
    pub steps: usize,
    /// What there is to say about the page.
    pub hint: Option<Text>,
    /// The document that the rows are of.
    pub document: String,
    /// The controls.
    pub rows: Vec<Row>,
    /// What there is to say about the last attempt.
    pub said: Option<Text>,
}

/// A control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What the page says about it.
    pub label: String,
    /// What kind of control it is, which is the name of its template.
    pub kind: &'static str,
    /// What it is for.
    pub part: Part,
    /// What people call what it takes.
    pub name: String,
}

/// What is shown now.
pub fn view(state: &State, teaching: &Teaching) -> View {
    let Teaching { draft, lesson, .. } = teaching;
    let catalogue = &state.memory.catalogue;
    let chosen = catalogue.app(&draft.app);
    let mut apps = Vec::new();
    let mut list = |id: &str, name: &str| apps.push((id.to_owned(), name.to_owned()));
    if let Some(app) = chosen {
        list(&app.id, &app.name);
    }
    if let Some(found) = &teaching.finding.found {
        found.rows.iter().filter(|row| row.id != draft.app).for_each(|row| list(&row.id, &row.name));
    } else {
        let others = catalogue.apps.iter().filter(|app| is_taught(app) && app.id != draft.app);
        others.take(MOST_APPS).for_each(|app| list(&app.id, &app.name));
    }
    let mut rows = Vec::new();
    for entry in &lesson.entries {
        rows.push(Row {
            label: entry.offer.label.clone(),
            kind: match entry.offer.kind {
                Kind::Password => "teach-password",
                Kind::Text | Kind::Select => "teach-text",
                _ => "teach-button",
            },
            part: entry.part,
            name: entry.name.clone(),
        });
    }
    // A frame is filled where the page around it is one of the app's.
    let (document, href) = lesson.sight.as_ref().map_or(("", ""), |sight| (&sight.document, sight.address()));
    let page = Address::parse(href).ok();
    let is_of = |app: &App| page.as_ref().is_some_and(|page| app.sign_on_rules.iter().any(|rule| rule.matches(page)));
    let hint = match chosen {
        _ if document.is_empty() => Some(Text::plain("teachLooking")),
        _ if rows.is_empty() => Some(Text::plain("teachEmpty")),
        Some(app) if !is_of(app) => Some(Text::with("teachElsewhere", &app.name)),
        _ => None,
    };
    View {
        apps,
        app: draft.app.clone(),
        step: lesson.step,
        steps: (draft.form.steps.len() + 1).min(MOST_STEPS),
        hint,
        document: document.to_owned(),
        rows,
        said: teaching.said.clone(),
    }
}
