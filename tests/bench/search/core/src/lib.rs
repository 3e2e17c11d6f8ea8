//! What the examples beside it have in common: a catalogue as the bench has it, as an index.

use my_apps_sign_in::search::{Index, Searched};
use serde_json::Value;

/// The index of `[{name, keywords?, description?, launch_url?}]`.
pub fn index(apps: &[Value]) -> Index {
    let mut index = Index::default();
    for app in apps {
        let text = |field: &str| app.get(field).and_then(Value::as_str).unwrap_or_default();
        let keywords: Vec<&str> = app.get("keywords").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        index.add(&Searched {
            name: text("name"),
            alias: "",
            keywords: &keywords,
            address: text("launch_url"),
            description: text("description"),
        });
    }
    index.sort();
    index
}
