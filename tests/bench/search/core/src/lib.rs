//! The shipped module has no door for a bench, and gets none. This one links the same core, is built with the same options,
//! and is asked what the popup asks: to prepare a list, to search it, and to mark what was found.

use my_apps_sign_in::search::{Highlighter, Index, Searched};
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

/// Finds room for everything.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

struct App {
    name: String,
    keywords: Vec<String>,
    description: String,
    address: String,
}

/// A list of apps and its index.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub struct Bench {
    apps: Vec<App>,
    index: Index,
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
impl Bench {
    /// Reads `[{name, keywords?, description?, launch_url?}]`.
    #[cfg_attr(target_arch = "wasm32", wasm_bindgen(constructor))]
    pub fn new(catalogue: &str) -> Bench {
        let entries: Vec<Value> = serde_json::from_str(catalogue).unwrap_or_default();
        let text = |entry: &Value, field: &str| entry.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        let app = |entry: &Value| {
            let keywords = entry.get("keywords").and_then(Value::as_array);
            let keywords = keywords.map(|words| words.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect());
            App {
                name: text(entry, "name"),
                keywords: keywords.unwrap_or_default(),
                description: text(entry, "description"),
                address: text(entry, "launch_url"),
            }
        };
        Bench { apps: entries.iter().map(app).collect(), index: Index::default() }
    }

    /// Makes the index, as the popup does at the first letter.
    pub fn prepare(&mut self) {
        self.index = Index::new(self.apps.iter().map(|app| Searched {
            name: &app.name,
            alias: "",
            keywords: &app.keywords,
            address: &app.address,
            description: &app.description,
        }));
    }

    /// A keystroke: the places of the best apps, whose names are marked as the popup's rows are.
    pub fn search(&self, typed: &str, most: usize) -> Vec<u32> {
        let found = self.index.search(typed, &[], most).apps;
        let highlighter = Highlighter::new(typed);
        let names = found.iter().filter_map(|place| self.apps.get(*place));
        let marked: usize = names.map(|app| highlighter.marks(&app.name).len()).sum();
        // What is not used, a compiler leaves out.
        let places = found.iter().filter_map(|place| u32::try_from(*place).ok());
        if marked == usize::MAX { Vec::new() } else { places.collect() }
    }

    /// How many are found.
    pub fn count(&self, typed: &str) -> usize {
        self.index.search(typed, &[], 0).count
    }
}
