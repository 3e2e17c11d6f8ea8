//! Where a password may be filled: which rules of a portal are used, which pages they hold for, and who is dressed up as whom.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic, reason = "a test that can not go on fails")]

use my_apps_sign_in::address::Address;
use my_apps_sign_in::sign_on::{SignOnRule, SignOnRuleError, looks_alike};
use proptest::prelude::*;

fn rule(url: &str) -> SignOnRule {
    SignOnRule::new(url, true, true, &[]).unwrap()
}

/// Whether the rule holds for the page; a page that is no canonical address is no sign-on page.
#[track_caller]
fn check(rule_url: &str, page: &str, expected: bool) {
    let found = Address::parse(page).is_ok_and(|address| rule(rule_url).matches(&address));
    assert_eq!(found, expected, "{rule_url} on {page}");
}

#[track_caller]
fn refused(url: &str, expected: SignOnRuleError) {
    assert_eq!(SignOnRule::new(url, false, false, &[]), Err(expected), "{url}");
}

#[test]
fn rules_that_are_ambiguous_or_too_wide_are_not_used() {
    use SignOnRuleError::{Address, EncodedSlash, Http, Ip, SingleLabel, Suffix};
    // A5: nothing wider than one host.
    for url in [
        "https://*.github.io/",
        "https://*.com/",
        "https://*/",
        "*",
        "*://*/*",
        "https://*",
        "<all_urls>",
        "https://.contoso.test/",
        "https://crm.*/",
        "https://c*m.test/",
        "https://(crm|wiki).test/",
        "https://crm.test:*/",
        "https:///",
        "https://[::1]/",
        "",
    ] {
        refused(url, Address);
    }
    refused("https://com/", SingleLabel);
    refused("https://intranet/login", SingleLabel);
    // A2: nobody's name before the host.
    refused("https://crm.test@evil.test/", Address);
    refused("https://crm.test:443@evil.test/", Address);
    // A6, A7: not in the clear, not by number, unless the administrator says so.
    refused("http://crm.test/login", Http);
    refused("http://localhost/login", Http);
    refused("https://10.0.0.5/login", Ip);
    refused("https://2130706433/", Address);
    refused("https://0x7f.1/", Address);
    refused("https://[::ffff:7f00:1]/", Address);
    // A8: nothing that servers and browsers read differently.
    refused("https://crm.test/a%2flogin", EncodedSlash);
    refused("https://crm.test/a%2Flogin", EncodedSlash);
    refused("https://crm.test/a%5Clogin", EncodedSlash);
    refused("https://crm.test/a/../login", Address);
    refused("https://crm.test/a/%2e%2e/login", Address);
    refused("https://crm.test/login?tenant=a", Suffix);
    refused("https://crm.test/login#form", Suffix);
    refused("https://crm.test/?", Suffix);
    // A9, A11: only the spelling that a browser prints.
    for url in [
        "https://CRM.test/",
        "https://crm.test./",
        "https://crm.test:443/",
        "https://crm.test",
        "https:crm.test/",
        "https://сrm.test/",
        "https://crm\u{ad}.test/",
        "https://crm.test/lögin",
    ] {
        refused(url, Address);
    }
    // A12: nothing that is no web page.
    for url in [
        "file:///login",
        "data:text/html,x",
        "javascript:alert(1)",
        "chrome-extension://abc/x.html",
        "about:blank",
        "blob:https://crm.test/1",
        "view-source:https://crm.test/",
    ] {
        refused(url, Address);
    }
}

#[test]
fn what_an_administrator_marks_is_used() {
    assert!(SignOnRule::new("http://crm.test/login", true, false, &[]).is_ok());
    assert!(SignOnRule::new("https://10.0.0.5/login", false, true, &[]).is_ok());
    assert!(SignOnRule::new("http://localhost:8080/login", true, false, &[]).is_ok());
    assert!(SignOnRule::new("http://127.0.0.1:8080/login", true, false, &[]).is_ok(), "this computer needs no mark for its number");
    assert_eq!(SignOnRule::new("http://10.0.0.5/login", true, false, &[]), Err(SignOnRuleError::Ip), "one mark is not the other");
    assert_eq!(SignOnRule::new("http://10.0.0.5/login", false, true, &[]), Err(SignOnRuleError::Http), "one mark is not the other");
}

#[test]
fn a_host_that_the_company_vouches_for_needs_no_mark_and_may_be_one_word() {
    let intranet = ["intranet".to_owned(), "hr.corp.test".to_owned()];
    for (url, expected) in [
        ("http://intranet/login", Ok(())),
        ("https://intranet/login", Ok(())),
        ("http://hr.corp.test:8080/login", Ok(())),
        ("http://it.corp.test/login", Err(SignOnRuleError::Http)),
        ("http://x.hr.corp.test/login", Err(SignOnRuleError::Http)),
        ("https://intra/login", Err(SignOnRuleError::SingleLabel)),
        ("http://intranet/login?x", Err(SignOnRuleError::Suffix)),
    ] {
        assert_eq!(SignOnRule::new(url, false, false, &intranet).map(|_| ()), expected, "{url}");
    }
    let numbers = ["10.0.0.5".to_owned()];
    assert_eq!(SignOnRule::new("http://10.0.0.5/login", false, false, &numbers), Err(SignOnRuleError::Ip), "one mark is not the other");
}

#[test]
fn another_host_scheme_or_port_is_another_place() {
    // A1–A4
    check("https://crm.test/login", "https://crm.test.evil.test/login", false);
    check("https://crm.test/login", "https://evil.test/crm.test/login", false);
    check("https://crm.test/login", "https://crm.test@evil.test/login", false);
    check("https://crm.test/login", "https://crm.test:443@evil.test/login", false);
    check("https://crm.test/login", "https://evilcrm.test/login", false);
    check("https://crm.test/login", "https://my.crm.test/login", false);
    check("https://crm.test/login", "https://test/login", false);
    check("https://contoso.sharepoint.com/", "https://other.sharepoint.com/", false);
    check("https://a.tenant.test/", "https://b.tenant.test/", false);
    // A6, A7
    check("https://crm.test/login", "http://crm.test/login", false);
    check("http://crm.test/login", "https://crm.test/login", false);
    check("https://crm.test/login", "https://crm.test:8443/login", false);
    check("https://crm.test:8443/login", "https://crm.test/login", false);
    check("http://10.0.0.5:8080/", "http://10.0.0.5:9090/", false);
    check("http://crm.test:443/", "https://crm.test/", false);
    // A9–A11
    check("https://app.test/", "https://xn--pp-6kc.test/", false);
    check("https://crm.test/login", "https://crm.test./login", false);
    check("https://127.0.0.1/", "https://2130706433/", false);
    check("https://127.0.0.1/", "https://0x7f.1/", false);
    check("https://example.com/", "https://xn--example-.com/", false);
    // A12
    check("https://crm.test/login", "view-source:https://crm.test/login", false);
    check("https://crm.test/login", "blob:https://crm.test/login", false);
    check("https://crm.test/login", "about:srcdoc", false);
}

#[test]
fn a_path_holds_by_whole_segments() {
    // A8
    const RULE: &str = "https://app.test/tenant-a/login";
    for page in [
        "/tenant-ab/login",
        "/x/tenant-a/login",
        "/a/..%2ftenant-a/login",
        "//tenant-a/login",
        "/TENANT-A/login",
        "/tenant-a/LOGIN",
        "/tenant-a/login-help",
        "/tenant-a/loginx",
        "/tenant-a/log",
        "/tenant-a",
        "/tenant-a/",
        "/tenant-a%2flogin",
        "/tenant-a/%6cogin",
        "/tenant-a/login;x=1",
        "/tenant-a/login%00",
        "/tenant-a//login",
        "/",
        "/?/tenant-a/login",
        "/#/tenant-a/login",
    ] {
        check(RULE, &format!("https://app.test{page}"), false);
    }
    for page in [
        "/tenant-a/login",
        "/tenant-a/login/",
        "/tenant-a/login/step-2",
        "/tenant-a/login?next=/",
        "/tenant-a/login#x",
        "/tenant-a/login/?a",
    ] {
        check(RULE, &format!("https://app.test{page}"), true);
    }
    check("https://app.test/", "https://app.test/anything/below", true);
    check("https://app.test/login/", "https://app.test/login/x", true);
    check("https://app.test/login/", "https://app.test/login", false);
}

#[test]
fn the_same_letters_are_told_from_the_same_path() {
    let shares = |rule_url: &str, page: &str| rule(rule_url).shares_prefix_only(&Address::parse(page).unwrap());
    assert!(shares("https://crm.test/login", "https://crm.test/login-help"));
    assert!(shares("https://crm.test/login/", "https://crm.test/login"));
    assert!(!shares("https://crm.test/login", "https://crm.test/login/help"));
    assert!(!shares("https://crm.test/login", "https://crm.test:8443/login-help"));
    assert!(!shares("https://crm.test/login", "https://evil.test/login-help"));
    assert!(!shares("https://crm.test/", "https://crm.test/help"));
    assert!(!shares("https://crm.test/login", "https://crm.test/home"));
}

#[test]
fn hosts_that_are_dressed_up_are_recognised() {
    for (host, real) in [
        ("crm.contoso.test.evil.test", "crm.contoso.test"),
        ("crm.contoso.test-login.evil", "crm.contoso.test"),
        ("crm-contoso-test.evil.test", "crm.contoso.test"),
        ("crm-contoso.test", "crm.contoso.test"),
        ("evilcontoso.test", "contoso.test"),
        ("my-contoso.test", "contoso.test"),
        ("login-box.test", "box.test"),
        ("c0ntoso.test", "contoso.test"),
        ("contos0.test", "contoso.test"),
        ("pay1oad.test", "payload.test"),
        ("crrn.contoso.test", "crm.contoso.test"),
        ("vvorkday.test", "workday.test"),
        ("clocs.test", "docs.test"),
        ("xn--contso-vxa.test", "contoso.test"),
        ("xn--crm-8cd.contoso.test", "crm.contoso.test"),
        ("my-app-test.evil.test", "my-app.test"),
    ] {
        assert!(looks_alike(host, real), "{host} for {real}");
    }
}

#[test]
fn neighbours_and_strangers_are_left_alone() {
    for (host, real) in [
        ("crm.contoso.test", "crm.contoso.test"),
        ("crm1.contoso.test", "crm2.contoso.test"),
        ("mycrm.contoso.test", "crm.contoso.test"),
        ("www.contoso.test", "contoso.test"),
        ("login.contoso.test", "contoso.test"),
        ("contoso.test", "crm.contoso.test"),
        ("wiki.contoso.test", "crm.contoso.test"),
        ("dropbox.test", "box.test"),
        ("fabrikam.test", "contoso.test"),
        ("contoso.example", "contoso.test"),
        ("xn--bcher-kva.example", "contoso.test"),
        // bücher and lédger are nobody's disguise here.
        ("xn--bcher-kva.test", "contoso.test"),
        ("xn--ldger-bsa.test", "benefits.test"),
        ("localhost", "contoso.test"),
        // A name of one word in a company's network.
        ("intranet.contoso.test", "intranet"),
        ("wiki.fabrikam.test", "wiki"),
        ("hr.portal", "hr-portal"),
        ("hr-portal.contoso.test", "hr-portal"),
    ] {
        assert!(!looks_alike(host, real), "{host} for {real}");
    }
}

/// A browser's reading of a match pattern: scheme, host, and a path with stars.
fn pattern_matches(pattern: &str, page: &str) -> bool {
    fn stars(pattern: &[u8], text: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => (0..=text.len()).any(|skipped| stars(rest, &text[skipped..])),
            Some((letter, rest)) => text.first() == Some(letter) && stars(rest, &text[1..]),
        }
    }
    let page = url::Url::parse(page).unwrap();
    let (scheme, rest) = pattern.split_once("://").unwrap();
    let (host, path) = rest.split_once('/').unwrap();
    let query = page.query().map(|query| format!("?{query}")).unwrap_or_default();
    scheme == page.scheme()
        && Some(host) == page.host_str()
        && stars(format!("/{path}").as_bytes(), format!("{}{query}", page.path()).as_bytes())
}

#[test]
fn patterns_are_written_without_ports() {
    assert_eq!(
        rule("https://crm.test:8443/login").match_patterns(),
        ["https://crm.test/login", "https://crm.test/login?*", "https://crm.test/login/*"]
    );
    assert_eq!(rule("http://localhost/").match_patterns(), ["http://localhost/*"]);
    assert_eq!(rule("https://crm.test/a/").match_patterns(), ["https://crm.test/a/*"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// The rule decides; the pattern may only be coarser about the port, which patterns cannot carry.
    #[test]
    fn patterns_match_what_the_rule_matches_and_no_other_origin(
        host in "(crm|wiki|evilcrm)\\.(test|contoso\\.test)", path in "(/(login|a|b-c)){0,2}/?",
        other in "(crm|wiki|evilcrm)\\.(test|contoso\\.test)", page in "(/(login|a|b-c|login-help)){0,3}/?", secure in any::<bool>(), suffix in "(\\?x=1)?",
    ) {
        let path = if path.is_empty() { "/".to_owned() } else { path };
        let page = if page.is_empty() { "/".to_owned() } else { page };
        let rule = rule(&format!("https://{host}{path}"));
        let page = format!("{}://{other}{page}{suffix}", if secure { "https" } else { "http" });
        let address = Address::parse(&page).unwrap();
        let by_pattern = rule.match_patterns().iter().any(|pattern| pattern_matches(pattern, &page));
        prop_assert_eq!(by_pattern, rule.matches(&address), "{:?} on {}", rule, page);
        if by_pattern {
            prop_assert_eq!(rule.origin(), &address.origin);
        }
    }

    #[test]
    fn a_rule_holds_for_its_own_address_and_for_nothing_it_does_not_begin(path in "(/[a-z.~%25-]{1,6}){0,3}", page in "(/[a-zA-Z.~%25-]{1,6}){0,4}") {
        let Ok(rule) = SignOnRule::new(&format!("https://crm.test{path}/"), false, false, &[]) else { return Ok(()) };
        let Ok(address) = Address::parse(&format!("https://crm.test{page}/")) else { return Ok(()) };
        let own = Address::parse(&format!("https://crm.test{path}/")).unwrap();
        prop_assert!(rule.matches(&own));
        let naive: Vec<&str> = page.split('/').collect();
        let wanted: Vec<&str> = path.split('/').collect();
        prop_assert_eq!(rule.matches(&address), naive.starts_with(&wanted), "{} on {}", path, page);
    }
}
