//! What was granted covers: tables of one-line cases.

use my_apps_sign_in::host_access::HostAccess;

#[test]
fn a_host_is_covered_by_itself_or_with_others() {
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
        // What "always allow on this site" gives, a company's own build, and a person in the browser's settings.
        ("*://crm.example/*", "https://crm.example/*", true),
        ("*://crm.example/*", "http://crm.example/*", true),
        ("*://crm.example/*", "https://a.crm.example/*", false),
        ("https://*.corp.example/*", "https://crm.corp.example/*", true),
        ("https://*.corp.example/*", "https://a.crm.corp.example/*", true),
        ("https://*.corp.example/*", "https://corp.example/*", true),
        ("https://*.corp.example/*", "https://evilcorp.example/*", false),
        ("https://*.corp.example/*", "https://corp.example.evil/*", false),
        ("https://*.corp.example/*", "http://crm.corp.example/*", false),
        ("*://*.corp.example/*", "http://crm.corp.example/*", true),
        ("https://*.example:8443/*", "https://crm.example/*", false),
        ("ftp://*/*", "https://crm.example/*", false),
        ("*", "https://crm.example/*", false),
        ("https://z.example/* https://a.example/* https://m.example/*", "https://a.example/*", true),
        ("https://z.example/* https://a.example/* https://m.example/*", "https://b.example/*", false),
    ] {
        let access = HostAccess::new(granted.split_whitespace().map(str::to_owned).collect());
        assert_eq!(access.covers(wanted), covered, "“{granted}” for {wanted}");
    }
}
