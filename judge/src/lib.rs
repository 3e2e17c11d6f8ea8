//! The judgement of forms as a module of its own: what a page shows in, what may be written into it out. No secret and no
//! state ever gets here, and a popup that looks at no page does not load it.

#![cfg(target_arch = "wasm32")]

use my_apps_sign_in::form::{Descriptor, Examination, Judgement, Snapshot, Vocabulary};
use my_apps_sign_in::json;
use wasm_bindgen::prelude::*;

/// Finds room for everything.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Teaches the words of `extension/words.txt`. Without them no form is judged: a wrong judgement would be worse than none.
#[wasm_bindgen]
pub fn teach(words: String) {
    Vocabulary::teach(words);
}

/// Judges what the page function saw. `description` is what an administrator said about the app's form, as JSON, or empty.
/// Gives a [`Judgement`] as JSON; nothing if what was seen is no snapshot.
#[wasm_bindgen]
pub fn judge(snapshot: &str, description: &str) -> Option<String> {
    let snapshot = json::read::<Snapshot>(snapshot)?;
    let description = json::read::<Descriptor>(description);
    Some(Judgement::of(&snapshot, description.as_ref()).write())
}

/// Examines what the page function saw, for somebody who describes it. Gives an [`Examination`] as JSON; nothing if what was
/// seen is no snapshot.
#[wasm_bindgen]
pub fn examine(snapshot: &str) -> Option<String> {
    json::read::<Snapshot>(snapshot).map(|snapshot| Examination::of(&snapshot).write())
}
