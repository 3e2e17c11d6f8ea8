//! What was typed → which apps, in which order, and which letters are marked.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test that can not go on fails")]

use my_apps_sign_in::search::{Highlighter, Index, Searched};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// `name; keywords; description; address; alias` for each app.
fn index(lines: &[&str]) -> Index {
    let lines: Vec<Vec<&str>> = lines.iter().map(|line| line.split(';').map(str::trim).collect()).collect();
    let keywords: Vec<Vec<&str>> =
        lines.iter().map(|line| line.get(1).map(|words| words.split_whitespace().collect()).unwrap_or_default()).collect();
    index_of(lines.iter().zip(&keywords).map(|(line, keywords)| {
        let part = |at: usize| line.get(at).copied().unwrap_or_default();
        Searched { name: part(0), keywords, description: part(2), address: part(3), alias: part(4) }
    }))
}

fn index_of<'a>(apps: impl Iterator<Item = Searched<'a>>) -> Index {
    let mut index = Index::default();
    apps.for_each(|app| index.add(&app));
    index.sort();
    index
}

/// The names that are found, best first.
#[track_caller]
fn check(query: &str, lines: &[&str], expected: &[&str]) {
    let found = index(lines).search(query, &[], usize::MAX);
    let found: Vec<&str> = found.apps.iter().map(|place| lines[*place].split(';').next().unwrap()).collect();
    assert_eq!(found, expected, "{query}");
}

/// The name with what is marked in brackets.
#[track_caller]
fn check_marks(query: &str, name: &str, expected: &str) {
    let mut shown = String::new();
    let mut from = 0;
    for (start, end) in Highlighter::new(query).marks(name) {
        shown += &format!("{}[{}]", &name[from..start], &name[start..end]);
        from = end;
    }
    assert_eq!(shown + &name[from..], expected, "{query}");
}

#[test]
fn what_does_not_fit_is_not_shown() {
    check("x", &["Contoso CRM", "Wiki"], &[]);
    check("mrc", &["CRM"], &[]);
    check("cm", &["CRX"], &[]);
    check("crmxy", &["Contoso CRM"], &[]);
    check("contoso wiki", &["Contoso CRM", "Fabrikam Wiki"], &[]);
    check("a", &[], &[]);
    check("!?", &["Aha!", "Wiki"], &[]);
    check("zxqvbn", &["Salesforce", "Zendesk"], &[]);
}

#[test]
fn every_app_of_a_long_list_is_found_wherever_it_stands() {
    let names: Vec<String> = ["Ledger", "Calendar", "Wiki"]
        .iter()
        .flat_map(|name| (b'a'..=b'z').map(move |letter| format!("{name} {}", char::from(letter))))
        .collect();
    let index = index_of(names.iter().map(|name| Searched { name, ..Searched::default() }));
    for (place, name) in names.iter().enumerate() {
        assert_eq!(index.search(name, &[], 1).apps, [place], "{name}");
    }
}

#[test]
fn nothing_typed_shows_everything_in_the_portals_order() {
    for query in ["", " ", "\t "] {
        check(query, &["Wiki", "CRM", "Áwiki"], &["Wiki", "CRM", "Áwiki"]);
    }
}

#[test]
fn the_ranks_follow_one_another() {
    check(
        "sal",
        &["sxaxlxexs", "Zebra; ; for sales people", "Yak; sales", "Wholesales", "Sunny Alps Lifts", "Contoso Sales", "Salesforce"],
        &["Salesforce", "Contoso Sales", "Sunny Alps Lifts", "Wholesales", "Zebra", "Yak", "sxaxlxexs"],
    );
    check("jira", &["Jira Align", "Jirafe", "My Jira", "Jira"], &["Jira", "Jira Align", "Jirafe", "My Jira"]);
    check("word", &["WordPress", "Microsoft Word"], &["Microsoft Word", "WordPress"]);
    check("post", &["Österreichische Post", "Postman"], &["Postman", "Österreichische Post"]);
    check("crm", &["Cloud Route Map", "Zoho Desk; crm", "Contoso CRM"], &["Contoso CRM", "Zoho Desk", "Cloud Route Map"]);
}

#[test]
fn equals_keep_the_portals_order_but_what_is_used_comes_first() {
    check("c", &["Crow", "Coat", "Calm"], &["Crow", "Coat", "Calm"]);
    let index = index(&["Crow", "Coat", "Calm", "Old Cow"]);
    assert_eq!(index.search("c", &[0, 0, 7, 900], 9).apps, [2, 0, 1, 3]);
    assert_eq!(index.search("c", &[0, 0, 7, 900], 2).apps, [2, 0]);
    assert_eq!(index.search("c", &[], 2).count, 4);
    assert_eq!(index.search("crow", &[0, u32::MAX, u32::MAX], 1).apps, [0]);
}

#[test]
fn words_may_be_typed_in_any_order_and_begun_only() {
    check("crm cont", &["Contoso CRM", "Continental", "Contoso Wiki"], &["Contoso CRM"]);
    check("  contoso   crm ", &["Contoso CRM"], &["Contoso CRM"]);
    check("office", &["Microsoft-Office/365"], &["Microsoft-Office/365"]);
    check("maps google", &["Google Meet", "Google Maps"], &["Google Maps"]);
    check("google navi", &["Google Meet", "Google Maps; navigation"], &["Google Maps"]);
}

#[test]
fn spaces_and_signs_do_not_count() {
    check("googlemaps", &["Google Meet", "Google Maps"], &["Google Maps"]);
    check("share point", &["SharePoint"], &["SharePoint"]);
    check("monday.com", &["monday.com"], &["monday.com"]);
    check("c#", &["C# Playground", "Calm"], &["C# Playground"]);
    check("c++", &["C# Playground", "C++ Reference"], &["C++ Reference"]);
    check("health and safety", &["Health & Safety"], &["Health & Safety"]);
    check("health & safety", &["Health and Safety"], &["Health and Safety"]);
    check("at&t", &["AT&T Business"], &["AT&T Business"]);
    check("att", &["AT&T Business"], &["AT&T Business"]);
    check("moodys", &["Moody’s Analytics"], &["Moody’s Analytics"]);
}

#[test]
fn pieces_begin_words_and_parts_of_words() {
    check("gm", &["Gmail", "Google Maps"], &["Google Maps", "Gmail"]);
    check("sp", &["Asp", "SharePoint"], &["SharePoint", "Asp"]);
    check("gmaps", &["Google Maps"], &["Google Maps"]);
    check("vscode", &["Visual Studio Code"], &["Visual Studio Code"]);
    check("d365f", &["Dynamics 365 Sales", "Dynamics 365 Finance"], &["Dynamics 365 Finance"]);
    check("drpbx", &["Dropbox"], &["Dropbox"]);
}

#[test]
fn mistakes_are_forgiven_none_in_two_letters_one_in_some_two_in_many() {
    for typed in ["salesforcce", "salesfrce", "salexforce", "saelsforce", "xalesforce", "alesforce", "salesfroec", "saelsfroce"] {
        check(typed, &["Slack", "Salesforce", "Zendesk"], &["Salesforce"]);
    }
    check("slcak", &["Slack", "Salesforce"], &["Slack"]);
    check("gogle mpas", &["Google Meet", "Google Maps"], &["Google Maps"]);
    check("mpas google", &["Google Maps"], &["Google Maps"]);
    check("sx", &["Sumo", "SAP"], &[]);
    check("slxyk", &["Slack"], &[]);
    check("sxlexfxrce", &["Salesforce"], &[]);
}

#[test]
fn keywords_host_description_and_the_own_name_are_searched() {
    const APP: &str = "Zebra; stripes; It counts everything; https://www.savanna.example/login; Horse";
    for typed in ["zeb", "stri", "counts", "savanna", "exam", "horse", "zebra horse", "horse stripes"] {
        check(typed, &["Wiki", APP], &["Zebra"]);
    }
    check("www", &[APP], &[]);
    check("login", &[APP], &[]);
    check("ripes", &[APP], &[]);
}

#[test]
fn case_diacritics_width_and_spelling_do_not_count() {
    for (typed, name) in [
        ("MULLER", "Müller & Söhne"),
        ("müller", "Muller"),
        ("mueller", "Müller"),
        ("u\u{308}ber", "Über"),
        ("zurich", "Zu\u{308}rich"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("STRAẞE", "Strasse"),
        ("smorrebrod", "Smørrebrød"),
        ("maersk", "Mærsk"),
        ("oeuvres", "Œuvres"),
        ("istanbul", "İSTANBUL"),
        ("ISTANBUL", "ıstanbul"),
        ("ｇｍａｉｌ", "Gmail"),
        ("sap", "ＳＡＰ購買"),
        ("ΑΘΗΝΑ", "Αθήνα"),
        ("ύλης", "Υλησ"),
        ("учет", "Учёт"),
        ("йога", "и\u{306}ога"),
        ("さいぼうず", "サイボウズ"),
        ("カタログ", "ｶﾀﾛｸﾞ"),
        ("データ", "ﾃﾞｰﾀ"),
        ("日本", "日本語"),
        ("구그", "구글 지도"),
        ("국", "구글 지도"),
        ("ㄱㄱㅈㄷ", "구글 지도"),
        ("שלום", "שָׁלוֹם"),
        ("שלומ", "שלום"),
        ("متابعة", "مُتابَعة"),
        ("ادارة", "إدارة"),
        ("छुट्टी", "छुट्टी आवेदन"),
        ("ลางาน", "ระบบลางาน"),
    ] {
        check(typed, &["Zendesk", name], &[name]);
    }
}

#[test]
fn another_keyboard_is_recognised_when_nothing_else_is_found() {
    for (typed, name) in
        [("ыдфсл", "Slack"), ("jngecr", "Отпуск"), ("αππ", "App"), ("σλαψκ", "Slack"), (",kua", "תלוש"), ("ghbdtn vbh", "Привет мир")]
    {
        check(typed, &["Zendesk", name], &[name]);
    }
    check("ошкф", &["ошкф", "Jira"], &["ошкф"]);
}

#[test]
fn what_was_meant_is_marked() {
    check_marks("goo", "Google Maps", "[Goo]gle Maps");
    check_marks("gm", "Google Maps", "[G]oogle [M]aps");
    check_marks("maps google", "Google Maps", "[Google] [Maps]");
    check_marks("googlemaps", "Google Maps", "[Google] [Maps]");
    check_marks("point", "SharePoint", "Share[Point]");
    check_marks("slcak", "Slack", "[Sl]a[ck]");
    check_marks("and", "Q & A", "Q [&] A");
    check_marks("strasse", "Straße", "[Straße]");
    check_marks("zur", "Zu\u{308}rich", "[Zu\u{308}r]ich");
    check_marks("한", "한국", "[한]국");
    check_marks("mail", "Box", "Box");
    check_marks("", "Box", "Box");
    check_marks("b", "👩‍👩‍👧 Box 🇳🇱", "👩‍👩‍👧 [B]ox 🇳🇱");
}

/// Names as people give them, and what nobody would.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-zäéøß]{1,9}( [A-Za-zäéø0-9]{1,9}){0,3}",
        "[а-яА-Я]{2,8}( [а-я]{2,8})?",
        "[ぁ-んァ-ヶ一-龠가-힣]{1,8}",
        any::<String>(),
    ]
}

proptest! {
    #[test]
    fn whatever_is_typed_each_app_is_found_at_most_once_and_always_the_same(query in name(), names in prop::collection::vec(name(), 0..150), most in 0_usize..40) {
        let index = index_of(names.iter().map(|name| Searched { name, description: name, ..Searched::default() }));
        let found = index.search(&query, &[], usize::MAX);
        prop_assert!(found.apps.iter().all(|&place| place < names.len()));
        prop_assert_eq!(found.apps.len(), found.count);
        let mut places = found.apps.clone();
        places.sort_unstable();
        places.dedup();
        prop_assert_eq!(places.len(), found.count);
        let few = index.search(&query, &[], most);
        prop_assert_eq!(few.apps.as_slice(), &found.apps[..most.min(found.count)]);
        prop_assert_eq!(few.count, found.count);
    }

    #[test]
    fn an_app_is_found_by_every_beginning_of_its_name(name in "[A-Za-zäéø]{1,8}( [A-Za-zäéø]{1,8}){0,2}", letters in 1_usize..20) {
        let query: String = name.chars().take(letters).collect();
        prop_assert_eq!(index(&["Zz", &name]).search(&query, &[], 9).apps.contains(&1), true);
    }

    #[test]
    fn a_name_finds_itself_first(name in "[A-Za-zа-я]{1,8}( [A-Za-z0-9]{1,8}){0,3}", others in prop::collection::vec("[a-z]{1,6}( [a-z]{1,6})?", 0..20)) {
        let names: Vec<&str> = others.iter().map(String::as_str).chain([name.as_str()]).collect();
        let first = index(&names).search(&name, &[], 1).apps[0];
        prop_assert!(first == others.len() || names[first].replace(' ', "").eq_ignore_ascii_case(&name.replace(' ', "")), "{}", names[first]);
    }

    #[test]
    fn one_mistake_in_a_long_name_still_finds_it(name in "[a-z]{6,12}( [a-z]{3,8})?", place in 0_usize..20, letter in proptest::char::range('a', 'z'), kind in 0..4) {
        let mut letters: Vec<char> = name.chars().collect();
        let place = place % (letters.len() - 1);
        match kind {
            0 => letters.insert(place, letter),
            1 => { letters.remove(place); }
            2 => letters[place] = letter,
            _ => letters.swap(place, place + 1),
        }
        let typed: String = letters.iter().collect();
        prop_assert!(index(&["Zz", &name]).search(&typed, &[], 9).apps.contains(&1), "{typed}");
    }

    #[test]
    fn marks_lie_inside_of_the_name_apart_from_one_another_and_part_no_letter(name in name(), query in name()) {
        let mut cuts: Vec<usize> = name.grapheme_indices(true).map(|(place, _)| place).collect();
        cuts.push(name.len());
        for query in [query, name.chars().take(3).collect(), name.chars().rev().take(2).collect()] {
            let mut from = None;
            for (start, end) in Highlighter::new(&query).marks(&name) {
                prop_assert!(from.is_none_or(|from| from < start) && start < end);
                prop_assert!(cuts.contains(&start) && cuts.contains(&end), "{start} {end}");
                from = Some(end);
            }
        }
    }

    #[test]
    fn letters_with_signs_are_never_parted(letters in prop::collection::vec(prop_oneof![
        Just("a"), Just("e\u{301}"), Just("क्षि"), Just("ক্ষ"), Just("นำ้"), Just("👩‍👩‍👧"), Just("🇳🇱"), Just("👍🏽"), Just("\u{1100}\u{1161}\u{11a8}"), Just("한"),
        Just("שָׁ"), Just("مُ"), Just("か\u{3099}"), Just("❤\u{fe0f}"), Just("ញ្ញុំ"), Just("မြန်"), Just(" "), Just("த்"), Just("1\u{20e3}"),
    ], 1..12), at in 0_usize..12) {
        let name = letters.concat();
        let mut cuts: Vec<usize> = name.grapheme_indices(true).map(|(place, _)| place).collect();
        cuts.push(name.len());
        for (start, end) in Highlighter::new(letters[at % letters.len()]).marks(&name) {
            prop_assert!(cuts.contains(&start) && cuts.contains(&end), "{name} {start} {end}");
        }
    }
}
