//! What counts as an address. `fixtures/urls.tsv` is the hostile corpus; the `url` crate, which follows the browsers' own
//! standard, is the oracle: whatever we accept it must read in the same way and print back letter by letter.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

use my_apps_sign_in::address::{Address, AddressError, Scheme};
use proptest::prelude::*;
use url::Url;

#[track_caller]
fn check(text: &str, expected: Result<(&str, u16, &str), AddressError>) {
    let found = Address::parse(text);
    let found =
        found.as_ref().map(|address| (address.origin.host.as_str(), address.origin.port, address.path.as_str())).map_err(|error| *error);
    assert_eq!(found, expected, "{text}");
}

/// The same scheme, host, effective port and path, and the same text before the query.
fn agrees_with_oracle(text: &str, address: &Address) -> bool {
    let Ok(url) = Url::parse(text) else {
        // The oracle knows which punycode means something; here a host is only ever compared, letter by letter.
        return address.origin.host.split('.').any(|label| label.starts_with("xn--"));
    };
    let end = text.find(['?', '#']);
    url.scheme() == address.origin.scheme.as_str()
        && url.host_str() == Some(address.origin.host.as_str())
        && url.port_or_known_default() == Some(address.origin.port)
        && url.path() == address.path
        && url.username().is_empty()
        && url.password().is_none()
        && address.has_suffix == end.is_some()
        && address.without_suffix() == text[..end.unwrap_or(text.len())]
        && url.as_str().starts_with(&address.without_suffix())
        && (address.has_suffix || url.as_str() == text)
}

fn unescape(field: &str) -> String {
    let mut text = String::new();
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next().unwrap() {
                't' => text.push('\t'),
                'u' => {
                    let digits: String = letters.by_ref().take(4).collect();
                    text.push(char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap());
                }
                other => text.push(other),
            },
            (other, false) => text.push(other),
        }
    }
    text
}

#[test]
fn other_spellings_and_other_schemes_are_refused() {
    check("https://crm.test@evil.test/", Err(AddressError::UserInfo));
    check("https://crm.test:443@evil.test/", Err(AddressError::UserInfo));
    check("https://CRM.test/", Err(AddressError::Host));
    check("https://crm.test./", Err(AddressError::Host));
    check("https://crm.test:443/", Err(AddressError::Port));
    check("http://crm.test:80/", Err(AddressError::Port));
    check("https://crm.test/a/../b", Err(AddressError::Path));
    check("https://crm.test", Err(AddressError::Path));
    check("javascript:alert(1)", Err(AddressError::Scheme));
    check("", Err(AddressError::Scheme));
    check(&format!("https://{}.test/", "a".repeat(64)), Err(AddressError::Host));
    check(&format!("https://{}test/", "a.".repeat(125)), Err(AddressError::Host));
}

#[test]
fn canonical_addresses_are_taken_apart() {
    check("https://crm.test/", Ok(("crm.test", 443, "/")));
    check("http://crm.test/", Ok(("crm.test", 80, "/")));
    check("https://crm.test:8443/a/b?c#d", Ok(("crm.test", 8443, "/a/b")));
    check("https://crm.test/a//b/", Ok(("crm.test", 443, "/a//b/")));
    check(&format!("https://{}.test/", "a".repeat(63)), Ok((&format!("{}.test", "a".repeat(63)), 443, "/")));
    check(&format!("https://{}aaa/", "a.".repeat(125)), Ok((&format!("{}aaa", "a.".repeat(125)), 443, "/")));
}

#[test]
fn the_hostile_corpus_gets_its_verdicts() {
    let corpus = include_str!("fixtures/urls.tsv");
    let mut lines = 0;
    let mut wrong = Vec::new();
    for line in corpus.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [text, verdict, why] = fields[..] else { panic!("three fields in {line:?}") };
        let text = unescape(text);
        let oracle = Url::parse(&text).map(String::from).ok();
        let found = Address::parse(&text);
        let name = found.as_ref().map_or_else(|error| format!("{error:?}"), |_| "accepted".to_owned());
        let reason = match (&found, &oracle) {
            (Ok(address), _) if agrees_with_oracle(&text, address) => "itself",
            (Err(_), None) => "broken",
            (Err(_), Some(printed)) if *printed == text => "policy",
            (Err(_), Some(_)) => "spelling",
            (Ok(_), _) => "misread",
        };
        if (name.as_str(), reason) != (verdict, why) {
            wrong.push(format!("{line}: found {name} {reason}"));
        }
        lines += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(lines >= 150, "only {lines} lines");
}

#[test]
fn http_stays_on_this_computer() {
    let secure = |text: &str| Address::parse(text).unwrap().origin.is_secure();
    for text in
        ["http://crm.test/", "http://localhost.evil.test/", "http://notlocalhost/", "http://127.0.0.2/", "http://0.0.0.0/", "http://local/"]
    {
        assert!(!secure(text), "{text}");
    }
    for text in ["https://crm.test/", "http://localhost/", "http://portal.localhost:8080/", "http://a.b.localhost/", "http://127.0.0.1:9/"]
    {
        assert!(secure(text), "{text}");
    }
}

#[test]
fn a_number_at_the_end_makes_an_ip_address() {
    let is_ip = |text: &str| Address::parse(text).unwrap().origin.is_ip();
    assert!(is_ip("https://10.0.0.5/"));
    assert!(!is_ip("https://10.0.0.5.test/"));
    assert!(!is_ip("https://crm5.test/"));
}

#[test]
fn origins_are_printed_as_browsers_print_them() {
    let origin = |text: &str| Address::parse(text).unwrap().origin;
    assert_eq!(origin("https://crm.test/login").text(), "https://crm.test");
    assert_eq!(origin("https://crm.test:8443/login").text(), "https://crm.test:8443");
    assert_eq!(origin("http://crm.test:443/login").text(), "http://crm.test:443");
    assert_eq!(origin("https://crm.test:8443/login").match_pattern(), "https://crm.test/*");
    assert_eq!(origin("http://crm.test/").scheme, Scheme::Http);
}

/// Texts that are nearly addresses: every part is drawn from what parsers disagree about.
fn nearly() -> impl Strategy<Value = String> {
    let scheme = prop::sample::select(vec!["https://", "http://", "https:", "HTTPS://", "https:\\\\", "https:///", "ftp://", ""]);
    let piece = prop::sample::select(vec![
        "crm",
        "test",
        "evil",
        ".",
        ".",
        ".",
        "..",
        "@",
        ":",
        ":443",
        ":8443",
        ":0",
        ":080",
        "%2e",
        "%40",
        "xn--",
        "xn--a",
        "-",
        "_",
        "1",
        "0x7f",
        "127.0.0.1",
        "256",
        "[::1]",
        "A",
        "\t",
        "\u{3002}",
        "\u{ad}",
        "ß",
        "а",
        "*",
        " ",
        "\\",
    ]);
    let host = prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat());
    let segment = prop::sample::select(vec![
        "", "/", "/", "/", "login", ".", "..", "%2e", "%2E%2e", "%2f", "%5c", "\\", "%", "%zz", "~", "'", "|", "^", "{", "}", "\"", "`",
        "<", " ", "\t", "é", "?", "#", "a=b", "@", ":", ";", "[", "]",
    ]);
    let path = prop::collection::vec(segment, 0..8).prop_map(|segments| segments.concat());
    (scheme, host, path).prop_map(|(scheme, host, path)| format!("{scheme}{host}{path}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = Address::parse(&text);
        let _ = Address::parse(&format!("https://{text}"));
        let _ = Address::parse(&format!("https://crm.test/{text}"));
    }

    #[test]
    fn what_is_accepted_the_oracle_reads_in_the_same_way(text in nearly()) {
        if let Ok(address) = Address::parse(&text) {
            prop_assert!(agrees_with_oracle(&text, &address), "{text:?} became {address:?}, the oracle says {:?}", Url::parse(&text));
        }
    }

    #[test]
    fn any_printable_rest_is_read_as_the_oracle_reads_it(rest in "[ -~]{0,40}") {
        for text in [format!("https://{rest}"), format!("https://crm.test/{rest}"), format!("https://crm.test:{rest}/"), format!("https://crm.{rest}/")] {
            if let Ok(address) = Address::parse(&text) {
                prop_assert!(agrees_with_oracle(&text, &address), "{text:?} became {address:?}");
            }
        }
    }

    #[test]
    fn what_browsers_print_for_ordinary_addresses_is_accepted(
        labels in prop::collection::vec("[A-Za-z][A-Za-z0-9-]{0,10}[A-Za-z]", 1..5), port in prop::option::of(1_u16..), path in "(/[A-Za-z0-9 ._~é%-]{0,8}){0,4}", query in prop::option::of("[a-z=&/?]{0,12}"),
    ) {
        let host = labels.join(".");
        // Two hyphens in the third and fourth place belong to punycode.
        prop_assume!(labels.iter().all(|label| label.get(2..4) != Some("--")));
        let typed = format!("https://{host}{}{path}{}", port.map(|port| format!(":{port}")).unwrap_or_default(), query.map(|query| format!("?{query}")).unwrap_or_default());
        let printed = String::from(Url::parse(&typed).unwrap());
        let address = Address::parse(&printed);
        prop_assert!(address.as_ref().is_ok_and(|address| agrees_with_oracle(&printed, address)), "{typed:?} is printed {printed:?}, read as {address:?}");
    }
}
