//! What must hold for every plan, whatever the page says about itself. The property tests and the fuzz target both ask
//! it, so that neither can forget a line of it.

#![allow(clippy::expect_used, reason = "a promise that is not kept fails")]

use my_apps_sign_in::form::{Descriptor, FieldId, Kind, Snapshot, Submit, explain, plan, roles};

/// Plans a page and fails if the plan could do harm. Says whether something would be filled.
///
/// # Panics
/// If an invariant does not hold.
#[track_caller]
pub(crate) fn check(snapshot: &Snapshot, descriptor: Option<&Descriptor>) -> bool {
    let planned = plan(snapshot, descriptor);
    let checked = snapshot.clone().checked();
    assert_eq!(roles(&checked).len(), checked.controls.len(), "every control has a role");
    let count = checked.controls.len();
    let there = |place: Option<u32>| place.is_none_or(|place| (place as usize) < count);
    for group in explain(snapshot) {
        assert!(group.members.iter().all(|&place| there(Some(place))), "a group holds controls of the page");
        assert!([group.user, group.password, group.button].into_iter().all(there), "what is chosen is there");
    }
    let Ok(plan) = planned else { return false };

    let named = descriptor.is_some_and(|descriptor| !descriptor.frame_origin.is_empty() && descriptor.frame_origin == snapshot.origin);
    assert!((snapshot.top || named) && !snapshot.sandboxed && !snapshot.prerendering, "no other document is filled");
    assert!(!plan.fields.is_empty(), "a plan writes something");
    let mut places = Vec::new();
    let mut forms = Vec::new();
    for field in &plan.fields {
        let control = checked.control(field.index).expect("a field of the page");
        assert_eq!(control.fingerprint, field.fingerprint, "the field that was judged");
        assert!(control.visible && !control.disabled, "only what a person sees and can use");
        assert!(matches!(control.kind(), Kind::Text | Kind::Password | Kind::Select), "only what takes a value");
        let password = field.value.as_str() == FieldId::PASSWORD;
        assert!(field.secret || !password, "the password is a secret");
        if field.secret {
            assert_eq!(control.kind(), Kind::Password, "a secret goes where the browser masks it");
        }
        if descriptor.is_none() {
            assert!(password || field.value.as_str() == FieldId::USER_NAME, "judgement knows two fields");
            // A list of names shows the chosen one, as a text does.
            assert!(if password { control.kind() == Kind::Password } else { matches!(control.kind(), Kind::Text | Kind::Select) });
        }
        assert!(!places.contains(&field.index), "no field is written twice");
        places.push(field.index);
        forms.push(control.form);
    }
    forms.dedup();
    assert_eq!(forms.len(), 1, "one form");
    let secrets = plan.fields.iter().skip_while(|field| !field.secret);
    assert!(secrets.clone().all(|field| field.secret), "the secrets come last");
    if descriptor.is_none() {
        assert!(secrets.count() <= 1, "one password");
        assert!(plan.fields.iter().all(|field| matches!(field.value.as_str(), "username" | "password")) && !plan.form_changed);
    }
    if let Submit::Button { index, fingerprint } = &plan.submit {
        let control = checked.control(*index).expect("a button of the page");
        assert_eq!(&control.fingerprint, fingerprint, "the button that was judged");
        if descriptor.is_none() {
            assert!(matches!(control.kind(), Kind::Button | Kind::Link) && control.r#type != "reset", "something that sends");
            assert!(!places.contains(index), "a field is no button");
        }
    }
    true
}
