//! The popup's first frame: the rows that the whole list will show, or nothing.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod common;

use std::rc::Rc;

use common::{NOON, World, expired, signed_in, signed_out};
use my_apps_sign_in::address::Address;
use my_apps_sign_in::catalogue::Catalogue;
use my_apps_sign_in::glimpse;
use my_apps_sign_in::json::{self, Value};
use my_apps_sign_in::memory::{Memory, PendingNotice};
use my_apps_sign_in::popup::{Body, Popup, Row, View, view};
use my_apps_sign_in::provider::oauth::AuthorizeError;
use my_apps_sign_in::sign_in::{SignIn, SignInProblem};
use my_apps_sign_in::state::Screen;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Everything the person was offered is decided, as it is after the first day.
fn settled(mut memory: Memory) -> Memory {
    memory.settings.declined_hosts = memory.catalogue.host_patterns();
    memory
}

/// What the next popup shows first.
fn first_frame(memory: Memory) -> Option<Value> {
    let text = glimpse::write(&World::worker(memory).state, NOON)?;
    Some(json::parse(&text).unwrap())
}

/// What it shows when the module is there, over a page that is nobody's.
fn whole(memory: Memory) -> View {
    let mut world = World::popup(memory);
    world.state.screen = Screen::Popup(Popup::new(None));
    let Screen::Popup(popup) = &world.state.screen else { unreachable!("it was set") };
    view(&world.state, popup, NOON)
}

/// The sections of the whole menu, in the words of the first frame.
fn sections(view: View) -> Vec<(String, Vec<String>)> {
    let Body::Menu(menu) = view.body else { return Vec::new() };
    assert!(menu.offer.is_none() && view.notice.is_none(), "nothing stands above the list");
    menu.sections.into_iter().map(|section| (section.title.key.to_owned(), section.rows.iter().map(in_words).collect())).collect()
}

fn in_words(row: &Row) -> String {
    let remark = row.remark.as_ref().map_or("", |remark| remark.key);
    format!("{} {} {} {} {} {remark} {}", row.id, row.name, row.initial(), row.shade(), row.description, row.is_favourite)
}

fn written(sections: &Value) -> Vec<(String, Vec<String>)> {
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_text).unwrap_or_default().to_owned();
    let row = |row: &Value| {
        let Some(Value::Number(Some(shade))) = row.get("shade") else { panic!("no shade") };
        let favourite = matches!(row.get("favourite"), Some(Value::Flag(true)));
        let [id, name, initial, description, remark] = ["id", "name", "initial", "description", "remark"].map(|part| text(row, part));
        format!("{id} {name} {initial} {shade} {description} {remark} {favourite}")
    };
    let rows = |section: &Value| section.get("rows").and_then(Value::as_list).unwrap().iter().map(row).collect();
    sections.as_list().unwrap().iter().map(|section| (text(section, "title"), rows(section))).collect()
}

#[test]
fn there_is_none_where_something_else_than_the_menu_is_due() {
    let good = || settled(signed_in("anna"));
    assert!(first_frame(good()).is_some(), "the others are refused for their own reason");
    assert_eq!(first_frame(settled(expired("anna"))), None);
    assert_eq!(first_frame(signed_out()), None);
    assert_eq!(first_frame(signed_in("anna")), None, "an offer stands above the list");
    assert_eq!(first_frame(Memory { catalogue: Rc::default(), ..good() }), None, "there is no list");
    assert_eq!(first_frame(Memory { notice: Some(PendingNotice::NotStored), ..good() }), None, "there is something to say");
    assert_eq!(first_frame(Memory { draft: Some("{}".into()), ..good() }), None, "a form is being taught");
    let failed = SignIn::Failed(SignInProblem::Authorize(AuthorizeError::Cancelled));
    assert_eq!(first_frame(Memory { sign_in: failed, ..good() }), None, "there is a failure to say");
}

#[test]
fn it_ends_with_the_sign_in_and_keeps_off_the_apps_own_pages() {
    let memory = settled(signed_in("anna"));
    let expires_at = memory.session.as_ref().unwrap().expires_at;
    let frame = first_frame(memory).unwrap();
    let Some(Value::Number(Some(until))) = frame.get("until") else { panic!("no end") };
    assert_eq!(*until, i64::try_from(expires_at).unwrap());
    let kept: Vec<&str> = frame.get("pages").and_then(Value::as_list).unwrap().iter().filter_map(Value::as_text).collect();
    assert!(kept.contains(&"crm.test/login"), "{kept:?}");
}

/// What the popup's script compares a page with, by letters alone: whatever the core has a word for on a host of the person's apps
/// is among it, so that no menu is shown first there.
#[test]
fn a_page_that_there_is_something_to_say_about_gets_no_menu_first() {
    let rules = |rules: &[&str]| {
        let rules: Vec<String> = rules.iter().map(|url| format!(r#"{{"url": "{url}"}}"#)).collect();
        let app = r#""id": "app", "name": "App", "mode": "password", "launch_url": "https://a.test/""#;
        Catalogue::read(&format!(r#"{{"apps": [{{{app}, "sign_on_rules": [{}]}}]}}"#, rules.join(","))).unwrap()
    };
    let is_ours = |catalogue: &Catalogue, page: &str| {
        let address = Address::parse(page).unwrap();
        let place = [&address.origin.host, address.path.as_str()].concat();
        catalogue.sign_on_pages().iter().any(|page| place.starts_with(page))
    };
    for (rule, page, kind, is_first) in [
        ("https://a.test/login", "https://a.test/login", "SignOn", false),
        ("https://a.test/login", "https://a.test/login/two?step=2", "SignOn", false),
        ("https://a.test/login/", "https://a.test/login/", "SignOn", false),
        ("https://a.test/login/", "https://a.test/login", "OtherPath", false),
        ("https://a.test/login", "https://a.test/login-help", "OtherPath", false),
        ("https://a.test/login", "https://a.test:8443/login", "OtherOrigin", false),
        ("https://a.test/", "https://a.test/anything", "SignOn", false),
        ("https://a.test/", "https://a.test:8443/", "OtherOrigin", false),
        ("https://a.test/login", "https://a.test/", "Elsewhere", true),
        ("https://a.test/login", "https://a.test/desk", "Elsewhere", true),
        ("https://a.test/login", "https://b.test/login", "Elsewhere", true),
    ] {
        let catalogue = rules(&[rule]);
        let judged = format!("{:?}", catalogue.judge(&Address::parse(page).unwrap()));
        assert!(judged.starts_with(kind), "{page} under {rule} is {judged}");
        assert_eq!(!is_ours(&catalogue, page), is_first, "{page} under {rule}");
    }
    let catalogue = rules(&["https://a.test/"]);
    assert!(!is_ours(&catalogue, "https://a.test.evil.test/"), "nobody looks there");
}

proptest! {
    /// No row moves or changes when the whole list takes its place.
    #[test]
    fn it_is_the_beginning_of_the_menu(
        apps in 1_usize..60,
        used in prop::collection::vec(0_usize..60, 0..5),
        favourites in prop::collection::vec(0_usize..60, 0..3),
    ) {
        let app = |number: usize| {
            let mode = if number.is_multiple_of(3) { "password" } else { "linked" };
            format!(r#"{{"id": "app-{number}", "name": "An App {number}", "description": "Number {number}", "mode": "{mode}", "launch_url": "https://a.test/"}}"#)
        };
        let list: Vec<String> = (0..apps).map(app).collect();
        let catalogue = Rc::new(Catalogue::read(&format!(r#"{{"apps": [{}]}}"#, list.join(","))).unwrap());
        let mut memory = Memory { catalogue, ..signed_in("anna") };
        for number in used.iter().filter(|number| **number < apps) {
            memory.recent.used(&format!("app-{number}"));
        }
        for number in favourites.iter().filter(|number| **number < apps) {
            memory.favourites.toggle(&format!("app-{number}"));
        }
        let frame = first_frame(memory.clone()).unwrap();
        let whole = whole(memory);
        let text = |name: &str| frame.get(name).and_then(Value::as_text).unwrap_or_default().to_owned();
        let person = whole.person.clone().unwrap();
        prop_assert_eq!((text("heading"), text("name"), text("username")), (whole.heading.clone().unwrap_or_default(), person.name, person.username));
        let (first, whole) = (written(frame.get("sections").unwrap()), sections(whole));
        prop_assert_eq!(first.len(), whole.len());
        let mut count = 0;
        for ((title, rows), (whole_title, whole_rows)) in first.iter().zip(&whole) {
            prop_assert_eq!(title, whole_title);
            prop_assert_eq!(&rows[..], &whole_rows[..rows.len()]);
            count += rows.len();
        }
        prop_assert!(count >= apps.min(12), "as many as are seen at once");
    }
}

/// Whatever a name begins with, the letter for it is one that a person sees as one, and the same as the browser would say.
#[test]
fn the_letter_that_stands_for_an_app_is_a_whole_one() {
    let row = |name: &str| Row {
        id: String::new(),
        name: name.to_owned(),
        marks: Vec::new(),
        description: String::new(),
        remark: None,
        is_favourite: false,
    };
    assert_eq!(row("").initial(), "?");
    assert_eq!(row("Contoso CRM").initial(), "C");
    assert_eq!(row("CRM ").initial(), "?");
    #[rustfmt::skip]
    let letters = [
        "C", "É", "E\u{301}", "1\u{20e3}", "❤\u{fe0f}", "👍🏽", "👩‍👩‍👧", "🏳️‍🌈", "🇳🇱", "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "ש\u{5c1}\u{5b8}", "م\u{64f}", "か\u{3099}", "ガ", "한", "\u{1112}\u{1161}\u{11ab}", "语", "कि", "क्रो", "क्षि", "ฉั", "ก", "த்", "কি", "తె",
    ];
    for letter in letters {
        for rest in ["", "a", "🇩🇪", "👍", "क", "ก", "م", "語"] {
            let name = format!("{letter}{rest}");
            assert_eq!(row(&name).initial(), name.graphemes(true).next().unwrap(), "{name}");
        }
    }
}
