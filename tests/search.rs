//! What was typed → which apps, in which order.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that can not go on fails")]

use my_apps_sign_in::catalogue::{App, Catalogue};
use my_apps_sign_in::search::search;
use proptest::prelude::*;
use serde_json::json;

/// `name; keywords; description` for each app.
fn apps(lines: &[&str]) -> Vec<App> {
    let entries = lines.iter().enumerate().map(|(number, line)| {
        let mut parts = line.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let keywords: Vec<&str> = parts.next().unwrap_or_default().split_whitespace().collect();
        json!({"id": format!("app-{number}"), "name": name, "keywords": keywords, "description": parts.next(), "mode": "linked", "launch_url": "https://a.test/"})
    });
    Catalogue::read(&json!({"apps": entries.collect::<Vec<_>>()}).to_string()).unwrap().apps
}

/// The names that are found, best first.
#[track_caller]
fn check(query: &str, lines: &[&str], expected: &[&str]) {
    let apps = apps(lines);
    let found: Vec<&str> = search(&apps, query).into_iter().map(|index| apps[index].name.as_str()).collect();
    assert_eq!(found, expected, "{query}");
}

#[test]
fn what_does_not_fit_is_not_shown() {
    check("x", &["Contoso CRM", "Wiki"], &[]);
    check("crmx", &["Contoso CRM"], &[]);
    check("mrc", &["CRM"], &[]);
    check("contoso wiki", &["Contoso CRM", "Fabrikam Wiki"], &[]);
    check("a", &[], &[]);
}

#[test]
fn nothing_typed_shows_everything_in_the_portals_order() {
    for query in ["", " ", "\t "] {
        check(query, &["Wiki", "CRM", "Áwiki"], &["Wiki", "CRM", "Áwiki"]);
    }
}

#[test]
fn the_ranks_follow_one_another() {
    const ALL: [&str; 7] =
        ["sxaxlxexs", "Zebra; ; for sales people", "Yak; sales", "Wholesales", "Sunny Alps Lifts", "Contoso Sales", "Salesforce"];
    check("sal", &ALL, &["Salesforce", "Contoso Sales", "Sunny Alps Lifts", "Wholesales", "Yak", "Zebra", "sxaxlxexs"]);
}

#[test]
fn equals_keep_the_portals_order() {
    check("c", &["Crow", "Cat", "Cow"], &["Crow", "Cat", "Cow"]);
    check("crm", &["My CRM", "CRM two", "Your CRM", "CRM one"], &["CRM two", "CRM one", "My CRM", "Your CRM"]);
}

#[test]
fn words_may_be_typed_in_any_order_and_begun_only() {
    check("crm cont", &["Contoso CRM", "Continental", "Contoso Wiki"], &["Contoso CRM"]);
    check("  contoso   crm ", &["Contoso CRM"], &["Contoso CRM"]);
    check("office", &["Microsoft-Office/365"], &["Microsoft-Office/365"]);
}

#[test]
fn one_letter_asks_for_no_initials() {
    check("vs", &["Visual Studio", "Very Small"], &["Visual Studio", "Very Small"]);
    check("s", &["Visual Studio", "Sun"], &["Sun", "Visual Studio"]);
}

#[test]
fn case_and_diacritics_do_not_count() {
    check("MULLER", &["Müller & Söhne"], &["Müller & Söhne"]);
    check("müller", &["Muller"], &["Muller"]);
    check("u\u{308}ber", &["Über"], &["Über"]);
    check("zurich", &["Zu\u{308}rich"], &["Zu\u{308}rich"]);
    check("lodz", &["Łódź"], &["Łódź"]);
    check("istanbul", &["İSTANBUL", "ıstanbul"], &["İSTANBUL", "ıstanbul"]);
    check("ΑΘΗΝΑ", &["αθηνα"], &["αθηνα"]);
    check("日本", &["株式会社 日本", "日本語"], &["日本語", "株式会社 日本"]);
}

proptest! {
    #[test]
    fn whatever_is_typed_each_app_is_found_at_most_once(query in any::<String>(), names in prop::collection::vec("[A-Za-zäß ]{1,12}", 0..20)) {
        let lines: Vec<&str> = names.iter().map(String::as_str).collect();
        let apps = apps(&lines);
        let mut found = search(&apps, &query);
        prop_assert!(found.iter().all(|&index| index < apps.len()));
        found.sort_unstable();
        found.dedup();
        prop_assert_eq!(found.len(), search(&apps, &query).len());
    }

    #[test]
    fn an_app_is_found_by_every_beginning_of_its_name(name in "[A-Za-zäéø]{1,8}( [A-Za-zäéø]{1,8}){0,2}", letters in 1_usize..20) {
        let query: String = name.chars().take(letters).collect();
        prop_assert_eq!(search(&apps(&["Zz", &name]), &query).contains(&1), true);
    }
}
