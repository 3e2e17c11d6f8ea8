//! What is typed to find an app, and what is found. The search itself is [`crate::search`], in the extension a module of its
//! own, which is asked by [`Effect::Find`] and answers with [`Event::Found`](crate::event::Event::Found). Until it has
//! answered, what was there before stays on the screen, and no row is selected.

use std::rc::Rc;

use crate::Millis;
use crate::catalogue::{App, Catalogue};
use crate::decimal::decimal;
use crate::effect::Effect;
use crate::frecency::Frecency;
use crate::json;
use crate::memory::Memory;
use crate::opening::Opening;
use crate::popup::Dialog;
use crate::query::Query;
use crate::row::Row;
use crate::state::{Screen, State};

/// What is typed on one page, and what was found for it.
#[derive(Debug, Clone, Default)]
pub struct Finding {
    /// What was typed.
    pub typed: String,
    /// What was found last; none while everything shows.
    pub found: Option<Found>,
    /// Whether the first of what will be found is to be opened: Enter was quicker than the answer.
    pub entered: bool,
    /// The list that was asked about last.
    list: Option<Rc<Catalogue>>,
    /// How many it was asked for; none if it was not asked yet for what was typed.
    asked: usize,
    /// Which question is the last one. An answer to another may be about another list.
    number: u32,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// For what.
    pub typed: String,
    /// The best apps.
    pub rows: Vec<Row>,
    /// How many there are.
    pub count: usize,
}

/// A list of apps, as the finder is given it. It stands in every question, because what is asked after a letter can overtake
/// what is asked about a new list, whose memory is written first. Two are equal if they are of the same apps.
#[derive(Clone)]
pub struct List {
    catalogue: Rc<Catalogue>,
    frecency: Frecency,
    now: Millis,
    is_wanted: fn(&App) -> bool,
}

impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("List")
    }
}

impl PartialEq for List {
    fn eq(&self, other: &List) -> bool {
        Rc::ptr_eq(&self.catalogue, &other.catalogue)
    }
}

impl List {
    /// A line for each app: how much it was used, its name, what the portal calls it if that is another one, its address,
    /// description and keywords, with tabs between them. No text of an app has one. What is not to be found has an empty line,
    /// so that every app keeps its place.
    pub fn write(&self) -> String {
        let mut list = String::new();
        for app in &self.catalogue.apps {
            if (self.is_wanted)(app) {
                list.push_str(&decimal(self.frecency.score(&app.id, self.now).into()));
                let texts = [&app.name, &app.portal_name, &app.launch_url, &app.description];
                for text in texts.into_iter().chain(&app.keywords) {
                    list.push('\t');
                    list.push_str(text);
                }
            }
            list.push('\n');
        }
        list
    }
}

impl Finding {
    /// Somebody typed.
    pub fn typed(&mut self, typed: String) {
        if self.typed != typed {
            self.asked = 0;
            self.number = self.number.wrapping_add(1);
        }
        self.typed = typed;
        self.entered = false;
        if self.is_empty() {
            self.found = None;
        }
    }

    /// Whether everything shows.
    pub fn is_empty(&self) -> bool {
        self.typed.trim().is_empty()
    }

    /// Whether what shows is not what was typed for.
    pub fn is_waiting(&self) -> bool {
        !self.is_empty() && self.found.as_ref().is_none_or(|found| found.typed != self.typed)
    }

    /// The finder answered: how many there are, and for each that was asked for its place in the list and what to mark. What is
    /// no answer means that there is no finder, and changes nothing.
    pub fn found(&mut self, number: u32, answer: &str) {
        let (Some(numbers), Some(list)) = (json::read::<Vec<u32>>(answer), &self.list) else { return };
        if number != self.number || self.is_empty() {
            return;
        }
        let mut numbers = numbers.into_iter().map(|number| number as usize);
        let count = numbers.next().unwrap_or_default();
        let mut rows = Vec::new();
        while let (Some(place), Some(marked)) = (numbers.next(), numbers.next()) {
            let mut marks = Vec::new();
            for _ in 0..marked {
                marks.extend(numbers.next().zip(numbers.next()));
            }
            rows.extend(list.apps.get(place).map(|app| Row { marks, ..Row::of(app) }));
        }
        self.found = Some(Found { typed: self.typed.clone(), rows, count });
    }

    /// What was found in another list is of no use any more; it may even be somebody else's.
    fn forget_other(&mut self, catalogue: &Rc<Catalogue>) {
        if self.list.take_if(|list| !Rc::ptr_eq(list, catalogue)).is_some() {
            self.found = None;
        }
    }

    fn ask(&mut self, most: usize, list: &dyn Fn() -> List) -> Option<Effect> {
        if self.list.is_some() && (self.is_empty() || most <= self.asked) {
            return None;
        }
        let list = list();
        self.list = Some(Rc::clone(&list.catalogue));
        self.asked = most;
        self.number = self.number.wrapping_add(1);
        Some(Effect::Find { list, typed: self.typed.clone(), most, number: self.number })
    }
}

/// Asks for what was typed, if it was not asked for yet. The finder is given the list before anything is typed, but not while
/// a page is being filled, nor where the popup closes after that without having shown the menu.
pub(crate) fn ask(state: &mut State, now: Millis, effects: &mut Vec<Effect>) {
    let memory = &state.memory;
    let is_filling = !state.fills.is_empty() || matches!(&state.screen, Screen::Popup(popup) if popup.dialog != Dialog::Menu);
    let (finding, most, is_wanted): (_, _, fn(&App) -> bool) = match &mut state.screen {
        Screen::Popup(popup) => (&mut *popup.finding, popup.rows, |_| true),
        Screen::Teaching(teaching) => (&mut teaching.finding, crate::teach::MOST_APPS, crate::teach::is_taught),
        // Not before somebody types there.
        Screen::Worker if !state.omnibox.finding.is_empty() => (&mut state.omnibox.finding, crate::omnibox::MOST, |_| true),
        _ => return,
    };
    finding.forget_other(&memory.catalogue);
    // Where there is no list, nothing can be found.
    if memory.catalogue_tag.stamp.is_empty() || (finding.is_empty() && is_filling) {
        return;
    }
    let list = || List { catalogue: Rc::clone(&memory.catalogue), frecency: memory.frecency.clone(), now, is_wanted };
    effects.extend(finding.ask(most, &list));
}

/// The finder answered.
pub(crate) fn answered(state: &mut State, number: u32, answer: &str, effects: &mut Vec<Effect>) {
    match &mut state.screen {
        Screen::Popup(popup) => {
            popup.finding.found(number, answer);
            effects.extend(popup.meant().map(|app| Effect::Select(app, Opening::Tab)));
        }
        Screen::Teaching(teaching) => teaching.finding.found(number, answer),
        Screen::Worker => crate::omnibox::found(state, number, answer, effects),
        Screen::Options(_) | Screen::Diagnostics(_) => {}
    }
}

/// Enter was pressed while no row was selected.
pub(crate) fn entered(state: &mut State) {
    if let Some(popup) = state.popup() {
        popup.finding.entered = popup.finding.is_waiting();
    }
}

/// So many letters of what was typed say what is meant, where a person may have pasted a whole page.
const MOST_SAID: usize = 60;

/// What was typed, as it is said.
pub(crate) fn shortened(typed: &str) -> String {
    let typed = typed.trim();
    match typed.char_indices().nth(MOST_SAID) {
        Some((end, _)) => [typed.get(..end).unwrap_or_default(), "…"].concat(),
        None => typed.to_owned(),
    }
}

/// The portal's page with all apps, or with those that its own search finds for what was typed.
pub(crate) fn portal_page(memory: &Memory, typed: &str) -> String {
    let home = memory.session.as_ref().map_or(memory.settings.portal.as_str(), |session| session.discovery.home());
    if typed.is_empty() {
        return home.to_owned();
    }
    let and = if home.contains('?') { "&" } else { "?" };
    [home, and, &Query::default().with("q", typed).done()].concat()
}
