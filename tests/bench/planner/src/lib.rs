//! The shipped module has no door for a bench, and gets none. This one links the same core, is built with the same
//! options, and is asked what the shell asks: to read what the page function returned, and to plan.

use my_apps_sign_in::form::{Doubt, Refusal, Snapshot, Submit, Vocabulary, explain, plan};
use my_apps_sign_in::json;
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::*;

/// Finds room for everything.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Teaches the words of `extension/words.txt`, as the shell does before it judges a form.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn teach(words: String) {
    Vocabulary::teach(words);
}

/// Reads a snapshot and plans, and does nothing else, so that its time is the product's. Says how many fields there are.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn judge(snapshot: &str) -> i32 {
    let Some(snapshot) = json::read::<Snapshot>(snapshot) else { return -1 };
    plan(&snapshot, None).map_or(0, |plan| i32::try_from(plan.fields.len()).unwrap_or(i32::MAX))
}

/// What would be filled, as JSON, and why.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
pub fn details(snapshot: &str) -> Option<String> {
    let snapshot = json::read::<Snapshot>(snapshot)?;
    let mut details = match plan(&snapshot, None) {
        Ok(plan) => {
            let button = match plan.submit {
                Submit::Button { index, .. } => Some(index),
                Submit::Request | Submit::Enter => None,
            };
            let fields: Vec<Value> = plan.fields.iter().map(|field| json!({"at": field.index, "field": field.value.as_str()})).collect();
            json!({"fields": fields, "button": button, "doubt": plan.doubt.map(doubt)})
        }
        Err(why) => json!({"fields": [], "button": null, "refusal": refusal(why)}),
    };
    let groups: Vec<Value> = explain(&snapshot).iter().map(group).collect();
    if let Some(details) = details.as_object_mut() {
        details.insert("groups".to_owned(), groups.into());
    }
    Some(details.to_string())
}

fn group(group: &my_apps_sign_in::form::Explanation) -> Value {
    // The library is built without the names of its types, so a clue is told by its place in the list.
    let clues: Vec<Value> = group.clues.iter().map(|weighed| json!([weighed.clue as u8, weighed.times, weighed.weight()])).collect();
    json!({"scenario": group.scenario as u8, "score": group.score, "clues": clues, "user": group.user, "password": group.password})
}

fn doubt(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::SeveralForms => "several forms",
        Doubt::Covered => "covered",
        Doubt::Weak => "weak",
        Doubt::Purpose => "purpose",
    }
}

fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Document => "document",
        Refusal::NoForm => "no form",
        Refusal::Hidden => "hidden",
        Refusal::SignUp => "sign-up",
        Refusal::ChangePassword => "change password",
        Refusal::Reset => "reset",
        Refusal::OneTimeCode => "one-time code",
        Refusal::ChooseAccount => "choose an account",
    }
}
