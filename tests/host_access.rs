//! What was granted covers: tables of one-line cases.

use my_apps_sign_in::host_access::HostAccess;

#[test]
fn a_host_is_covered_by_itself_or_by_all() {
    for (granted, wanted, covered) in [
        ("", "https://crm.example/*", false),
        ("https://crm.example/*", "https://crm.example/*", true),
        ("http://crm.example/*", "https://crm.example/*", false),
        ("https://crm.example/*", "https://crm.example.evil/*", false),
        ("https://*/*", "https://crm.example/*", true),
        ("https://*/*", "http://crm.example/*", false),
        ("http://*/*", "http://crm.example/*", true),
        ("http://*/*", "https://crm.example/*", false),
        ("*://*/*", "http://crm.example/*", true),
        ("<all_urls>", "https://crm.example/*", true),
        ("https://z.example/* https://a.example/* https://m.example/*", "https://a.example/*", true),
        ("https://z.example/* https://a.example/* https://m.example/*", "https://b.example/*", false),
    ] {
        let access = HostAccess::new(granted.split_whitespace().map(str::to_owned).collect());
        assert_eq!(access.covers(wanted), covered, "“{granted}” for {wanted}");
    }
}
