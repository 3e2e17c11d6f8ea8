//! Whatever a page holds and whatever is decided about it.

use my_apps_sign_in::form::{Control, Descriptor, DescriptorField, DescriptorStep, Kind, Snapshot, ValueType};
use my_apps_sign_in::json;
use my_apps_sign_in::teach::{Draft, Lesson, Part};
use proptest::prelude::*;

use crate::common::{examined, snapshot};
use crate::{CRM, taught_words};

/// A form that says the same after it was written and read.
fn described() -> impl Strategy<Value = Descriptor> {
    let text = "[ -~é\u{1}\"\\\\]{0,12}";
    let field = (text, text, any::<bool>(), prop::collection::vec(text, 0..3)).prop_map(|(field_id, label, secret, locators)| {
        DescriptorField { field_id, label, r#type: if secret { ValueType::Password } else { ValueType::Text }, locators }
    });
    let step = (prop::collection::vec(field, 0..4), prop::collection::vec(text, 0..3))
        .prop_map(|(fields, submit)| DescriptorStep { fields, submit });
    (prop::collection::vec(step, 0..4), "(https://[a-z]{1,3})?").prop_map(|(steps, frame_origin)| Descriptor { steps, frame_origin })
}

fn control() -> impl Strategy<Value = Control> {
    let kinds = prop::sample::select(vec![
        ("input", "text"),
        ("input", "password"),
        ("select", ""),
        ("button", "submit"),
        ("a", ""),
        ("input", "checkbox"),
    ]);
    (kinds, "[a-z ]{0,8}", any::<bool>(), prop::collection::vec("#[a-z]{1,4}", 0..3)).prop_map(
        |((tag, kind), label, visible, selectors)| Control {
            tag: tag.to_owned(),
            r#type: kind.to_owned(),
            label,
            visible,
            selectors,
            width: 100,
            height: 20,
            ..Control::default()
        },
    )
}

proptest! {
    #[test]
    fn a_draft_is_read_as_it_was_written(account in "[a-z0-9]{0,4}", app in "[a-z]{0,4}", form in described()) {
        let draft = Draft { account, app, form };
        let read = draft.clone();
        prop_assert_eq!(json::read::<Draft>(&draft.write()), Some(read));
    }

    /// Whatever the page and whatever is decided: a password field's value goes into password fields only, no field is there
    /// twice, and all of it can be found again.
    #[test]
    fn whatever_is_decided_describes_a_form_that_can_be_filled(
        controls in prop::collection::vec(control(), 0..12),
        form in described(),
        located in prop::collection::vec(prop::option::of(0_u32..14), 0..12),
        decisions in prop::collection::vec((0_usize..14, 0_usize..5, "[A-Za-z ]{0,8}"), 0..12),
        again in any::<bool>(),
    ) {
        taught_words();
        let (sight, examination) = examined("d1", &Snapshot { controls, located, ..snapshot(CRM, "nothing") });
        let mut lesson = Lesson::new(again);
        lesson.read(sight, json::read(&examination).unwrap(), &form);
        let parts = [Part::Unused, Part::UserName, Part::Password, Part::Extra, Part::Submit];
        for (place, part, name) in decisions {
            lesson.choose(place, parts[part]);
            lesson.rename(place, name);
        }
        let step = lesson.described(&form);
        let mut ids: Vec<&str> = step.fields.iter().map(|field| field.field_id.as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        for field in &step.fields {
            prop_assert!(!field.locators.is_empty());
            let mut described = lesson.entries.iter().filter(|entry| entry.offer.selectors == field.locators);
            let kind = if field.r#type == ValueType::Password { Kind::Password } else { Kind::Text };
            prop_assert!(described.any(|entry| (entry.offer.kind == Kind::Password) == (kind == Kind::Password)), "{:?}", field);
            prop_assert!(field.field_id != "password" || kind == Kind::Password, "{:?}", field);
        }
    }
}
