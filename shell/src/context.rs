//! One of our contexts at work: event in, memory read, `update`, memory written, screen painted, effects done.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::wait::{self, Work};
use super::{chrome, effects, lock, storage};
use my_apps_sign_in::Millis;
use my_apps_sign_in::effect::{Effect, Purpose};
use my_apps_sign_in::event::Event;
use my_apps_sign_in::finding::List;
use my_apps_sign_in::host_access::HostAccess;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::state::{Environment, Screen, State};

/// So many milliseconds a browser is left alone that refused its storage.
const REFUSED_PAUSE: u32 = 250;

/// Paints the screen from the state; does nothing in the worker.
pub(crate) type Painter = Box<dyn Fn(&State, Millis)>;

/// What a context does about events: what its part of the core makes of them.
pub(crate) type Update = fn(State, Millis, Event) -> (State, Vec<Effect>);

/// The context this module was loaded into.
pub(crate) struct Context {
    state: RefCell<Option<State>>,
    update: Update,
    painter: Painter,
    /// What `extension/browser.js` does for us.
    pub(crate) browser: JsValue,
    stored: storage::Stored,
    sign_in: RefCell<Option<lock::Held>>,
    painting: Cell<bool>,
    is_popup: bool,
    /// The list of apps that the finder has.
    pub(crate) prepared: RefCell<Option<List>>,
    /// What takes suggestions for the address bar.
    pub(crate) suggest: RefCell<JsValue>,
    /// Whether this popup waits for the end of somebody else's sign-in.
    watching: Cell<bool>,
}

/// The browser's clock.
pub(crate) fn now() -> Millis {
    // Whole milliseconds since 1970 fit: the clock cannot be negative, and 2^53 is far away.
    js_sys::Date::now() as Millis
}

impl Context {
    /// A context that has not seen an event yet.
    pub(crate) fn new(screen: Screen, browser: JsValue, update: Update, painter: Painter) -> Rc<Context> {
        let environment =
            Environment { redirect_uri: chrome::call_text("chrome.identity.getRedirectURL", []), version: env!("CARGO_PKG_VERSION") };
        let is_popup = matches!(screen, Screen::Popup(_));
        let state = State {
            environment,
            memory: Memory::default(),
            granted: HostAccess::default(),
            omnibox: Default::default(),
            showing: String::new(),
            shows: 0,
            questions: 0,
            screen,
            fills: Vec::new(),
            listing: None,
        };
        Rc::new(Context {
            state: RefCell::new(Some(state)),
            update,
            painter,
            browser,
            stored: storage::Stored::default(),
            sign_in: RefCell::default(),
            painting: Cell::new(false),
            is_popup,
            prepared: RefCell::default(),
            suggest: RefCell::new(JsValue::UNDEFINED),
            watching: Cell::new(false),
        })
    }

    /// Handles an event, without waiting for it.
    pub(crate) fn send(self: &Rc<Self>, event: Event) {
        if event.is_of_the_screen() {
            let effects = self.turn(event);
            self.follow_up(effects);
        } else {
            let context = Rc::clone(self);
            wait::start(Box::pin(async move { context.handle(event).await }));
        }
    }

    /// Handles an event: alone, as far as memory is concerned.
    pub(crate) fn handle(self: &Rc<Self>, event: Event) -> Work {
        let context = Rc::clone(self);
        Box::pin(async move {
            let effects = Rc::new(RefCell::default());
            let (worker, slot) = (Rc::clone(&context), Rc::clone(&effects));
            let turn = async move {
                let effects = worker.turn_in_memory(event).await;
                slot.replace(effects);
            };
            lock::with(lock::MEMORY, Box::pin(turn)).await;
            let effects = effects.take();
            context.follow_up(effects);
        })
    }

    async fn turn_in_memory(self: &Rc<Self>, event: Event) -> Vec<Effect> {
        let is_last_word = matches!(event, Event::NotStored);
        let loaded = self.stored.load().await;
        // Once more: most of what happened nobody says again.
        let loaded = if loaded.is_none() { self.load_later().await } else { loaded };
        let Some((memory, granted)) = loaded else {
            chrome::log_error("My Apps: the browser refused its storage.");
            return self.turn(Event::NotRead);
        };
        if let Some(state) = self.state.borrow_mut().as_mut() {
            state.memory = memory;
            state.granted = granted;
        }
        let effects = self.turn(event);
        self.hold_sign_in(&effects);
        let mut writing = Vec::new();
        if let Some(state) = self.state.borrow_mut().as_mut() {
            writing = self.stored.store(&state.memory);
            state.memory.fresh_catalogue = None;
            state.memory.fresh_icons = None;
        }
        if !storage::written(writing).await && !is_last_word {
            self.send(Event::NotStored);
        }
        effects
    }

    async fn load_later(&self) -> Option<(Memory, HostAccess)> {
        effects::quietly(effects::pause(REFUSED_PAUSE).await);
        self.stored.load().await
    }

    fn turn(&self, event: Event) -> Vec<Effect> {
        let Some(state) = self.state.take() else { return Vec::new() };
        let (state, effects) = (self.update)(state, now(), event);
        self.state.replace(Some(state));
        effects
    }

    fn follow_up(self: &Rc<Self>, effects: Vec<Effect>) {
        self.let_go_of_sign_in();
        self.watch_sign_in();
        self.paint();
        for effect in effects {
            effects::perform(self, effect);
        }
    }

    fn paint(&self) {
        // Painting may raise events (a focus change, for instance) that paint again.
        if self.painting.replace(true) {
            return;
        }
        if let Some(state) = self.state.borrow().as_ref() {
            (self.painter)(state, now());
        }
        self.painting.set(false);
    }

    /// Lets the other contexts see for how long this one drives a sign-in. Asked for before they can read that there is one.
    fn hold_sign_in(&self, effects: &[Effect]) {
        if effects.iter().any(|effect| matches!(effect, Effect::Ask { purpose: Purpose::SignInDiscovery, .. })) {
            self.sign_in.replace(Some(lock::Held::acquire(lock::SIGN_IN)));
        }
    }

    fn let_go_of_sign_in(&self) {
        if !self.is_signing_in() {
            self.sign_in.replace(None);
        }
    }

    /// An open popup must not wait for a worker that died: it hears when nobody drives the sign-in any more.
    fn watch_sign_in(self: &Rc<Self>) {
        let is_driver = self.sign_in.borrow().is_some();
        if is_driver || !self.is_popup || !self.is_signing_in() || self.watching.replace(true) {
            return;
        }
        let context = Rc::clone(self);
        wait::start(Box::pin(async move {
            lock::with(lock::SIGN_IN, Box::pin(async {})).await;
            // After Cancel, the next sign-in may have been in the queue behind us.
            let is_driven = lock::is_held(lock::SIGN_IN).await;
            context.watching.set(false);
            if is_driven {
                context.watch_sign_in();
            } else {
                context.handle(Event::SignInLetGo).await;
            }
        }));
    }

    fn is_signing_in(&self) -> bool {
        self.state.borrow().as_ref().is_some_and(|state| state.memory.sign_in.is_under_way())
    }
}
