//! Teaching a form: what is proposed, what can be decided, what is kept between pages, and what the portal is given.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that can not go on fails")]

mod anything;
#[path = "../common/mod.rs"]
mod common;
mod ending;

use common::{World, examined, lesson_page, signed_in, signed_out, through_storage, traces};
use my_apps_sign_in::effect::Effect;
use my_apps_sign_in::event::Event;
use my_apps_sign_in::form::{SubmitTarget, ValueType, Vocabulary};
use my_apps_sign_in::json;
use my_apps_sign_in::memory::Memory;
use my_apps_sign_in::popup::{self, Button};
use my_apps_sign_in::state::Screen;
use my_apps_sign_in::teach::{self, Act, Change, Decision, Draft, Part, View};

const CRM: &str = "https://crm.test/login";

fn taught_words() {
    Vocabulary::teach(include_str!("../../extension/words.txt").to_owned());
}

/// Anna, who administrates.
fn administrator() -> Memory {
    taught_words();
    let mut memory = signed_in("anna");
    memory.account.as_mut().unwrap().account.administrator = true;
    memory
}

/// The apps, with a description of the first one's form.
fn described_crm() -> String {
    common::apps_document("anna").replacen(
        r#""sign_on_rules""#,
        r##""form": {"steps": [{"fields": [{"field_id": "member", "label": "Member number", "type": "text", "locators": ["#old"]},
            {"field_id": "password", "label": "Password", "type": "password", "locators": ["#pass"]}], "submit": ["#go"]}]},
            "sign_on_rules""##,
        1,
    )
}

/// A popup in which a form is being taught: opened over a page, then told the rest of a story.
fn lesson(memory: Memory, story: &str) -> World {
    let mut world = World::teaching(memory);
    world.tell(story);
    world
}

fn view(world: &World) -> View {
    let Screen::Teaching(teaching) = &world.state.screen else { panic!("a page to teach on") };
    teach::view(&world.state, teaching)
}

/// What was taught so far, as it outlives the page.
fn draft(memory: &Memory) -> Option<Draft> {
    memory.draft.as_deref().and_then(json::read)
}

/// The parts of the rows, in their order.
fn parts(world: &World) -> String {
    let letter = |part| match part {
        Part::Unused => '-',
        Part::UserName => 'u',
        Part::Password => 'p',
        Part::Extra => 'x',
        Part::Submit => 's',
    };
    view(world).rows.iter().map(|row| letter(row.part)).collect()
}

/// The form as the portal would be given it, in short: `step/step`, a step being `field=selector+…>button`.
fn form(world: &World) -> String {
    let Some(draft) = draft(&world.state.memory) else { return "none".to_owned() };
    let steps = draft.form.steps.iter().map(|step| {
        let fields = step.fields.iter().map(|field| format!("{}={}", field.field_id, field.locators.join(","))).collect::<Vec<_>>();
        format!("{}>{}", fields.join("+"), step.submit.join(","))
    });
    steps.collect::<Vec<_>>().join("/")
}

#[track_caller]
fn check(story: &str, expected_parts: &str, expected_form: &str) -> World {
    let world = lesson(administrator(), story);
    assert_eq!((parts(&world).as_str(), form(&world).as_str()), (expected_parts, expected_form), "{story}");
    world
}

/// A popup, told a story.
fn popup(memory: Memory, story: &str) -> World {
    let mut world = World::popup(memory);
    world.tell(story);
    world
}

#[test]
fn only_administrators_teach() {
    taught_words();
    for (memory, teaches, pressed) in [(signed_in("anna"), false, "-"), (administrator(), true, "show teaching")] {
        let mut world = popup(memory, "popup https://elsewhere.test/");
        let Screen::Popup(shown) = &world.state.screen else { panic!("a popup") };
        assert_eq!(popup::view(&world.state, shown, world.now).account.contains(&Button::Teach), teaches);
        assert_eq!(world.tell("press Teach"), pressed);
    }
    // Where no form was found, it is offered there; but only to them.
    let story = "popup https://crm.test/login > see d1 https://crm.test/login sign-up";
    assert_eq!(popup(administrator(), story).said(), "formSignUp [Teach]");
    assert_eq!(popup(signed_in("anna"), story).said(), "formSignUp");
    // In a private window there is nothing to press.
    assert_eq!(popup(administrator(), "popup-private https://crm.test/login").tell("press Teach"), "-");
    // Whoever gets to the page otherwise is sent back.
    let opened = "teach https://crm.test/login";
    for (memory, story) in [(signed_in("anna"), opened), (signed_out(), opened), (administrator(), "teach-private https://crm.test/login")]
    {
        let mut world = World::teaching(memory);
        assert_eq!(world.tell(story), "show popup");
        for act in ["try", "save", "restart"] {
            assert_eq!(world.tell(&format!("act {act}")), "-");
        }
        assert!(world.state.memory.draft.is_none());
    }
    let mut world = lesson(administrator(), opened);
    world.state.memory.account.as_mut().unwrap().account.administrator = false;
    assert_eq!(world.tell("changed"), "show popup", "not any more");
}

#[test]
fn a_form_that_is_taught_goes_on_where_the_icon_is_clicked() {
    let memory = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login")).state.memory;
    for page in [CRM, "https://elsewhere.test/"] {
        let world = World::popup(through_storage(&memory)).tell(&format!("popup {page}"));
        assert_eq!(world, "show teaching, ask apps", "{page}: nothing is looked at to be filled");
    }
    assert_eq!(World::popup(through_storage(&memory)).tell(&format!("popup-private {CRM}")), "-");
}

#[test]
fn controls_get_the_parts_they_seem_to_have() {
    for (page, parts, form) in [
        ("login", "ups", "username=#control-0+password=#control-1>#control-2"),
        ("user", "us", "username=#control-0>#control-1"),
        ("password", "ps", "password=#control-0>#control-1"),
        ("sign-up", "up--", "username=#control-0+password=#control-1>"),
        ("nothing", "", ">"),
        ("hidden", "", ">"),
    ] {
        check(&format!("teach {CRM} > study d1 {CRM} {page}"), parts, form);
    }
}

#[test]
fn parts_are_changed_and_each_is_there_once() {
    let begin = format!("teach {CRM} > study d1 {CRM} several");
    for (story, parts, form) in [
        ("decide p0 unused", "-ps---", "password=#control-1>#control-2"),
        ("decide p3 username", "-psu--", "password=#control-1+username=#control-3>#control-2"),
        ("decide p5 submit", "up---s", "username=#control-0+password=#control-1>#control-5"),
        ("decide p3 extra", "upsx--", "username=#control-0+password=#control-1+user-name=#control-3>#control-2"),
        ("decide p3 extra > decide n3 Company ID", "upsx--", "username=#control-0+password=#control-1+company-id=#control-3>#control-2"),
        ("decide p3 extra > decide n3 Über", "upsx--", "username=#control-0+password=#control-1+ber=#control-3>#control-2"),
        ("decide p3 extra > decide n3 الشركة", "upsx--", "username=#control-0+password=#control-1+field=#control-3>#control-2"),
        // Nobody's password becomes another field's value.
        ("decide p3 extra > decide n3 Password", "upsx--", "username=#control-0+password=#control-1+password-2=#control-3>#control-2"),
        ("decide p4 extra > decide n4 PIN", "ups-x-", "username=#control-0+password=#control-1+pin=#control-4>#control-2"),
        // What does not fit, or is not there, changes nothing.
        ("decide p0 password", "ups---", "username=#control-0+password=#control-1>#control-2"),
        ("decide p1 username", "ups---", "username=#control-0+password=#control-1>#control-2"),
        ("decide p0 submit", "ups---", "username=#control-0+password=#control-1>#control-2"),
        ("decide p2 username", "ups---", "username=#control-0+password=#control-1>#control-2"),
        ("decide p99 username > decide n99 x", "ups---", "username=#control-0+password=#control-1>#control-2"),
    ] {
        check(&format!("{begin} > {story}"), parts, form);
    }
    let world =
        check(&format!("{begin} > decide p4 extra"), "ups-x-", "username=#control-0+password=#control-1+password-2=#control-4>#control-2");
    let draft = draft(&world.state.memory).unwrap();
    let kinds: Vec<ValueType> = draft.form.steps[0].fields.iter().map(|field| field.r#type).collect();
    assert_eq!(kinds, [ValueType::Text, ValueType::Password, ValueType::Password], "a masked field stays secret");
    for nonsense in [
        ("", ""),
        ("p", "username"),
        ("p0", "all"),
        ("px", "username"),
        ("o", "x"),
        ("o", "-1"),
        ("z", ""),
        ("search", "1"),
        ("name", "1"),
        ("apps", "x"),
    ] {
        assert_eq!(Change::read(nonsense.0, nonsense.1.to_owned()), None, "{nonsense:?}");
    }
}

#[test]
fn a_form_of_two_pages_is_taught_one_after_the_other() {
    let mut world = check(&format!("teach {CRM} > study d1 {CRM} user"), "us", "username=#control-0>#control-1");
    assert!(!traces(&world.state.memory).contains("E-mail address"));
    // The popup closed, the person went on to the next page, and clicked the icon: nothing is filled there.
    let memory = through_storage(&world.state.memory);
    world = World::teaching(memory);
    assert_eq!(world.tell(&format!("teach {CRM}")), "study 1");
    world.tell(&format!("study d2 {CRM} password"));
    assert_eq!(form(&world), "username=#control-0>#control-1/password=#control-0>#control-1");
    let shown = view(&world);
    assert_eq!((shown.step, shown.steps, shown.app.as_str()), (1, 3, "crm"));
    // Back on the first page, which is known by its fields.
    let mut first = lesson_page(CRM, "user");
    first.located = vec![Some(0), Some(1), None, None];
    let mut world = World::teaching(through_storage(&world.state.memory));
    world.tell(&format!("teach {CRM}"));
    world.send(Event::Seen { tab: 1, seen: Ok(examined("d3", &first)) });
    assert_eq!(view(&world).step, 0);
    assert_eq!(form(&world), "username=#control-0>#control-1/password=#control-0>#control-1");
    // The same page as another step, because the person says so.
    assert_eq!(world.tell("decide o 2"), "study 1");
    world.tell(&format!("study d3 {CRM} user"));
    assert_eq!(form(&world), "username=#control-0>#control-1/password=#control-0>#control-1/username=#control-0>#control-1");
    // And all over again.
    assert_eq!(world.tell("act restart"), "study 1");
    world.tell(&format!("study d3 {CRM} user"));
    assert_eq!(form(&world), "username=#control-0>#control-1");
    world.tell("act stop");
    assert!(world.state.memory.draft.is_none());
}

#[test]
fn a_second_step_in_the_same_document_gets_what_the_first_has_not() {
    let mut world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} user > decide o 1"));
    let mut revealed = lesson_page(CRM, "login");
    revealed.located = vec![Some(0), Some(2)];
    world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &revealed)) });
    assert_eq!((parts(&world).as_str(), form(&world).as_str()), ("-ps", "username=#control-0>#control-1/password=#control-1>#control-2"));
}

#[test]
fn what_is_described_already_keeps_its_names() {
    let mut memory = administrator();
    memory.catalogue = std::rc::Rc::new(my_apps_sign_in::catalogue::Catalogue::read(&described_crm()).unwrap());
    let mut world = lesson(memory, &format!("teach {CRM}"));
    let mut known = lesson_page(CRM, "login");
    known.located = vec![Some(0), None, Some(2)];
    world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &known)) });
    assert_eq!(parts(&world), "x-s", "a field that was not found is for the person to show");
    assert_eq!(view(&world).rows[0].name, "Member number");
    world.tell("decide p1 password");
    assert_eq!(form(&world), "member=#control-0+password=#control-1>#control-2", "people's stored values are under the old id");
    for name in ["Card number", ""] {
        world.tell(&format!("decide n0 {name}"));
        assert_eq!(form(&world), "member=#control-0+password=#control-1>#control-2", "and stay there, called {name:?}");
    }
}

#[test]
fn what_is_called_otherwise_is_another_value() {
    // Nothing is left of such names in an id.
    for (name, second) in [("支店", "field-2"), ("会社", "field")] {
        let first = format!("teach {CRM} > study d1 {CRM} user > decide p0 extra > decide n0 会社 > decide o 1");
        let world = lesson(administrator(), &format!("{first} > study d2 {CRM} user > decide p0 extra > decide n0 {name}"));
        assert_eq!(form(&world), format!("field=#control-0>#control-1/{second}=#control-0>#control-1"), "{name}");
    }
    // What people have stored stays that field's, whatever comes before it.
    let mut memory = administrator();
    memory.catalogue = std::rc::Rc::new(my_apps_sign_in::catalogue::Catalogue::read(&described_crm()).unwrap());
    let mut world = lesson(memory, &format!("teach {CRM}"));
    let mut known = lesson_page(CRM, "several");
    known.located = vec![Some(3), Some(1), Some(2)];
    world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &known)) });
    world.tell("decide p0 extra > decide n0 Member");
    assert_eq!(form(&world), "member-2=#control-0+password=#control-1+member=#control-3>#control-2");
}

#[test]
fn the_app_is_that_of_the_page_or_is_chosen() {
    for (page, app, apps) in [
        (CRM, "crm", "crm wiki mail team bank"),
        ("https://mail.test/sign-in", "", "crm wiki mail team bank"),
        ("https://elsewhere.test/", "", "crm wiki mail team bank"),
    ] {
        let world = lesson(administrator(), &format!("teach {page} > study d1 {page} login"));
        let shown = view(&world);
        let ids: Vec<&str> = shown.apps.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!((shown.app.as_str(), ids.join(" ").as_str()), (app, apps), "{page}: no app without a password");
    }
    let page = "https://elsewhere.test/";
    let mut world = lesson(administrator(), &format!("teach {page} > study d1 {page} login"));
    assert_eq!(world.tell("act save"), "-");
    assert_eq!(world.said_while_teaching(), "teachNoApp");
    world.tell("find wik > decide a wiki");
    let shown = view(&world);
    assert_eq!((shown.app.as_str(), shown.hint.unwrap().key), ("wiki", "teachElsewhere"));
    // A page of another app is another form.
    let mut world = World::teaching(through_storage(&world.state.memory));
    world.tell(&format!("teach {CRM}"));
    assert_eq!(draft(&world.state.memory).unwrap().app, "crm");
    assert_eq!(form(&world), "");
}

#[test]
fn an_app_that_is_chosen_brings_its_form_and_leaves_the_one_of_another() {
    let mut memory = administrator();
    memory.catalogue = std::rc::Rc::new(my_apps_sign_in::catalogue::Catalogue::read(&described_crm()).unwrap());
    let page = "https://elsewhere.test/";
    let mut world = lesson(memory, &format!("teach {page} > study d1 {page} login > decide p0 extra"));
    let own = form(&world);
    assert_eq!(world.tell("decide a wiki > decide a team"), "- > -");
    assert_eq!(form(&world), own, "what was chosen on this page stays, for an app of which nothing is known");
    assert_eq!(world.tell("decide a crm"), "study 1", "and makes room for what is known");
    assert_eq!(form(&world), "member=#old+password=#pass>#go");
    assert_eq!(world.tell("decide a wiki"), "study 1");
    assert_eq!(form(&world), "", "which is no other app's");
    world.tell(&format!("study d1 {page} login"));
    assert_eq!(form(&world), "username=#control-0+password=#control-1>#control-2");
}

#[test]
fn what_was_begun_on_a_page_of_nobody_goes_on_with_what_the_app_has() {
    let mut memory = administrator();
    memory.catalogue = std::rc::Rc::new(my_apps_sign_in::catalogue::Catalogue::read(&described_crm()).unwrap());
    let page = "https://elsewhere.test/";
    let world = lesson(memory, &format!("teach {page} > study d1 {page} nothing"));
    let mut memory = through_storage(&world.state.memory);
    memory.catalogue = std::rc::Rc::clone(&world.state.memory.catalogue);
    let world = lesson(memory, &format!("teach {CRM}"));
    let draft = draft(&world.state.memory).unwrap();
    assert_eq!((draft.app.as_str(), draft.form.steps[0].fields[0].field_id.as_str()), ("crm", "member"));
}

#[test]
fn a_form_in_a_frame_is_looked_for_there_once() {
    let page = || {
        let mut page = lesson_page(CRM, "nothing");
        page.frame_origin = "https://frame.test".to_owned();
        page
    };
    let looks_at = |effects: &[Effect]| match effects {
        [Effect::Look { frame, .. }] => frame.clone(),
        other => format!("{other:?}"),
    };
    let mut world = lesson(administrator(), &format!("teach {CRM}"));
    assert_eq!(looks_at(&world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &page())) })), "https://frame.test");
    let mut framed = lesson_page("https://frame.test/sign-in", "login");
    framed.top = false;
    let (framed, offers) = examined("d2", &framed);
    let framed = my_apps_sign_in::event::Sight { above: Some(CRM.to_owned()), ..framed };
    assert!(world.send(Event::Seen { tab: 1, seen: Ok((framed, offers)) }).is_empty());
    assert_eq!((parts(&world).as_str(), view(&world).hint), ("ups", None), "the page around it is the app's");
    assert_eq!(draft(&world.state.memory).unwrap().form.frame_origin, "https://frame.test");
    let effects = world.send(Event::Taught(Decision::Act(Act::Try)));
    let [Effect::Write { document, command, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(document == "d2" && command.place.framed);
    // Without access to it the page answers alone, and that is all.
    let mut world = lesson(administrator(), &format!("teach {CRM}"));
    world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &page())) });
    assert!(world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &page())) }).is_empty());
    assert_eq!(draft(&world.state.memory).unwrap().form.frame_origin, "");
    // A page with fields of its own is not left for its frames.
    let mut world = lesson(administrator(), &format!("teach {CRM}"));
    let mut with_fields = lesson_page(CRM, "login");
    with_fields.frame_origin = "https://frame.test".to_owned();
    assert!(world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &with_fields)) }).is_empty());
    assert_eq!(parts(&world), "ups");
}

#[test]
fn made_up_values_are_tried_and_nothing_is_sent() {
    let mut world = lesson(administrator(), &format!("teach {CRM} > study d1 {CRM} login"));
    let effects = world.send(Event::Taught(Decision::Act(Act::Try)));
    let [Effect::Write { tab: 1, document, command, credential, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((document.as_str(), &command.submit), ("d1", &SubmitTarget::None));
    assert!(command.place.origins.is_empty(), "wherever it would be sent, it is not");
    let values: Vec<&str> = command.fields.iter().map(|field| credential.field(&field.field).unwrap().reveal()).collect();
    assert_eq!(values, ["test", "test"]);
    assert_eq!(command.fields.iter().map(|field| field.secret).collect::<Vec<_>>(), [false, true]);
    assert_eq!(world.tell("written filled"), "-", "the portal hears of no fill");
    assert_eq!(world.said_while_teaching(), "teachTried");
    for outcome in ["changed", "hidden", "not-kept", "moved", "gone", "no-access"] {
        world.tell(&format!("act try > written {outcome}"));
        assert_eq!(world.said_while_teaching(), "teachNotTried", "{outcome}");
    }
    world.tell("decide p0 unused > decide p1 unused");
    assert_eq!(world.tell("act try"), "-");
    assert_eq!(world.said_while_teaching(), "teachNothing");
}

#[test]
fn short_fields_and_numbers_get_values_that_fit() {
    let mut seen = lesson_page(CRM, "login");
    seen.controls[0].r#type = "number".to_owned();
    seen.controls[1].max_length = Some(2);
    let mut world = lesson(administrator(), &format!("teach {CRM}"));
    world.send(Event::Seen { tab: 1, seen: Ok(examined("d1", &seen)) });
    world.tell("decide p0 username");
    let effects = world.send(Event::Taught(Decision::Act(Act::Try)));
    let [Effect::Write { command, credential, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    let values: Vec<&str> = command.fields.iter().map(|field| credential.field(&field.field).unwrap().reveal()).collect();
    assert_eq!(values, ["1234", "te"]);
}
