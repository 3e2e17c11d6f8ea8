//! Any page → what would be written into it. Half of the inputs are documents as a page's function returns them, read
//! like those; the other half are spelled out of few choices, so that most of them are forms.

#![no_main]

use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use my_apps_sign_in::form::{
    Concept, Control, Descriptor, DescriptorField, DescriptorStep, Form, Heading, Snapshot, ValueType, Vocabulary,
};
use my_apps_sign_in::json;

#[path = "../../tests/common/plan_invariants.rs"]
mod plan_invariants;

const TAGS: [&str; 8] = ["input", "input", "input", "button", "a", "select", "textarea", "div"];
const TYPES: [&str; 10] = ["text", "password", "email", "submit", "image", "checkbox", "search", "tel", "button", "reset"];
const AUTOCOMPLETE: [&str; 6] = ["", "username", "current-password", "new-password", "one-time-code", "off"];

fuzz_target!(|data: &[u8]| {
    let Some((&kind, rest)) = data.split_first() else { return };
    if kind == b'{' {
        // The fixtures of the tests are seeds as they are.
        let Ok(text) = std::str::from_utf8(data) else { return };
        let Some(snapshot) = json::read::<Snapshot>(text) else { return };
        plan_invariants::check(&snapshot, None);
        return;
    }
    let mut source = Unstructured::new(rest);
    let Ok(snapshot) = snapshot(&mut source) else { return };
    let descriptor = if kind & 1 == 1 { descriptor(&mut source).ok() } else { None };
    plan_invariants::check(&snapshot, descriptor.as_ref());
});

/// Words that mean something, of any language, one or two of them, or anything at all.
fn text(source: &mut Unstructured) -> Result<String> {
    match source.int_in_range(0..=9)? {
        0..=3 => Ok(String::new()),
        4 => Ok(source.arbitrary::<&str>()?.chars().take(40).collect()),
        5..=7 => word(source),
        _ => Ok(format!("{} {}", word(source)?, word(source)?)),
    }
}

fn word(source: &mut Unstructured) -> Result<String> {
    let concept = *source.choose(&Concept::ALL)?;
    let place = usize::from(source.arbitrary::<u8>()?);
    let words = || Vocabulary::get().words().filter(|(meaning, _)| *meaning == concept);
    Ok(words().nth(place).or_else(|| words().next()).map(|(_, word)| word.to_owned()).unwrap_or_default())
}

fn control(source: &mut Unstructured) -> Result<Control> {
    let flags = source.arbitrary::<u8>()?;
    Ok(Control {
        index: source.arbitrary::<u8>()?.into(),
        tag: (*source.choose(&TAGS)?).to_owned(),
        r#type: (*source.choose(&TYPES)?).to_owned(),
        fingerprint: source.arbitrary::<u8>()?.to_string(),
        autocomplete: (*source.choose(&AUTOCOMPLETE)?).to_owned(),
        name: text(source)?,
        label: text(source)?,
        text: text(source)?,
        form: if flags & 1 == 0 { Some(source.int_in_range(0..=3)?) } else { None },
        r#box: source.int_in_range(-1..=6)?,
        visible: flags & 2 == 0,
        disabled: flags & 0b1100 == 0b1100,
        covered: flags & 0b11_0000 == 0b11_0000,
        read_only: flags & 0b100_0000 != 0,
        filled: flags & 0b1000_0000 != 0,
        width: if flags & 4 == 0 { 120 } else { source.arbitrary()? },
        height: if flags & 4 == 0 { 24 } else { source.arbitrary()? },
        href: if flags & 8 == 0 { "page".to_owned() } else { String::new() },
        ..Control::default()
    })
}

fn snapshot(source: &mut Unstructured) -> Result<Snapshot> {
    let mut snapshot =
        Snapshot { top: source.int_in_range(0..=15)? > 0, sandboxed: source.int_in_range(0..=15)? == 15, ..Snapshot::default() };
    for _ in 0..source.int_in_range(0..=3)? {
        snapshot.forms.push(Form { words: text(source)?, text: text(source)?, ..Form::default() });
    }
    for _ in 0..source.int_in_range(0..=6)? {
        snapshot.boxes.push(source.int_in_range(-1..=7)?);
    }
    for _ in 0..source.int_in_range(0..=2)? {
        snapshot.headings.push(Heading {
            text: text(source)?,
            level: 1,
            r#box: source.int_in_range(-1..=6)?,
            at: source.int_in_range(0..=20)?,
        });
    }
    snapshot.title = text(source)?;
    for _ in 0..source.int_in_range(0..=9)? {
        snapshot.located.push(if source.arbitrary()? { Some(source.int_in_range(0..=30)?) } else { None });
    }
    while snapshot.controls.len() < 40 && !source.is_empty() {
        snapshot.controls.push(control(source)?);
        if source.int_in_range(0..=9)? == 9 {
            break;
        }
    }
    Ok(snapshot)
}

fn descriptor(source: &mut Unstructured) -> Result<Descriptor> {
    let mut descriptor = Descriptor::default();
    for _ in 0..source.int_in_range(1..=2)? {
        let mut step = DescriptorStep::default();
        for _ in 0..source.int_in_range(1..=3)? {
            step.fields.push(DescriptorField {
                field_id: (*source.choose(&["username", "password", "company", ""])?).to_owned(),
                label: text(source)?,
                r#type: if source.arbitrary()? { ValueType::Password } else { ValueType::Text },
                locators: vec!["#field".to_owned()],
            });
        }
        if source.arbitrary()? {
            step.submit.push("#send".to_owned());
        }
        descriptor.steps.push(step);
    }
    Ok(descriptor)
}
