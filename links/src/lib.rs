//! Internal addresses that lead to external ones, as a module of its own: the worker wakes for many things, and needs it for few.

#![cfg(target_arch = "wasm32")]

use my_apps_sign_in::json;
use my_apps_sign_in::links;
use wasm_bindgen::prelude::*;

/// Finds room for everything.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// See [`links::Keeper`]; lists come and go as JSON.
#[wasm_bindgen]
pub struct Keeper(links::Keeper);

#[wasm_bindgen]
impl Keeper {
    /// See [`links::Keeper::new`]; `now` is the browser's clock.
    #[wasm_bindgen(constructor)]
    pub fn new(account: String, granted: &str, now: f64) -> Keeper {
        // Whole milliseconds since 1970 fit.
        Keeper(links::Keeper::new(account, json::read(granted).unwrap_or_default(), now as u64))
    }

    /// See [`links::Keeper::found`].
    pub fn found(&mut self, key: &str, text: String) {
        self.0.found(key, text);
    }

    /// See [`links::Keeper::came_online`].
    pub fn came_online(&mut self) {
        self.0.came_online();
    }

    /// See [`links::Keeper::question`].
    pub fn question(&mut self) -> Option<String> {
        self.0.question()
    }

    /// See [`links::Keeper::answered`].
    pub fn answered(&mut self, status: u16, etag: Option<String>, body: String) {
        self.0.answered(status, etag, body);
    }

    /// See [`links::Keeper::kept`].
    pub fn kept(&self) -> String {
        self.0.kept()
    }

    /// See [`links::Keeper::addresses`].
    pub fn addresses(&mut self) -> String {
        self.0.addresses()
    }

    /// See [`links::Keeper::learned`].
    pub fn learned(&mut self, answers: &str) {
        let answers: Vec<bool> = json::read(answers).unwrap_or_default();
        self.0.learned(&answers);
    }

    /// See [`links::Keeper::network`].
    pub fn network(&self) -> String {
        self.0.network()
    }

    /// See [`links::Keeper::rules`].
    pub fn rules(&self) -> String {
        self.0.rules()
    }

    /// See [`links::Keeper::report`].
    pub fn report(&self, unusable: &str) -> String {
        let unusable: Vec<u32> = json::read(unusable).unwrap_or_default();
        self.0.report(&unusable)
    }
}
