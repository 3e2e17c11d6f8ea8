//! The administrators' pages for the map of internal addresses: who may, what is refused, and what two of them do at once.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, Browser, Part, SAM, Server, header, import_map, location};
use my_apps_portal::{
    act::Act,
    link_map::{self, LinkMap, Pair},
};
use serde_json::{Value, json};

const HR: (&str, &str) = ("http://intranet/hr/", "https://hr.contoso.com/");
const POSTS: [&str; 4] = ["/addresses/entry", "/addresses/entry/remove", "/addresses/probe", "/addresses/import"];

async fn keep(server: &Server, pairs: &[(&str, &str)]) {
    let pairs = pairs.iter().map(|(internal, external)| Pair { internal: (*internal).to_owned(), external: (*external).to_owned() });
    let map = LinkMap { links: pairs.collect(), probe: None };
    link_map::save(server.database(), &map, None, 0).await.unwrap();
}

async fn kept(server: &Server) -> LinkMap {
    link_map::find(server.database()).await.unwrap().map
}

async fn trail(server: &Server) -> Vec<(i64, String, String, String)> {
    sqlx::query_as("SELECT account_id, app_id, outcome, host FROM outcomes ORDER BY id").fetch_all(server.database()).await.unwrap()
}

/// Posts a form with its token, and gives status, where it leads, and the page.
async fn post(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> (u16, String, String) {
    let form_token = browser.form_token("/").await;
    let answer = browser.post(path, &[&[("form_token", form_token.as_str())], fields].concat()).await;
    (answer.status().as_u16(), location(&answer), answer.text().await.unwrap())
}

fn entry<'a>((internal, external): (&'a str, &'a str), seen: Option<(&'a str, &'a str)>) -> Vec<(&'a str, &'a str)> {
    let seen = seen.map(|(internal, external)| [("seen_internal", internal), ("seen_external", external)]);
    [("internal", internal), ("external", external)].into_iter().chain(seen.into_iter().flatten()).collect()
}

#[tokio::test]
async fn for_everyone_else_there_are_no_such_pages() {
    let server = Server::start().await;
    keep(&server, &[HR]).await;
    let mut alex = server.signed_in(ALEX).await;
    let nothing = alex.page("/nothing").await;
    for path in ["/addresses", "/addresses?q=hr", "/addresses.json", "/addresses/entry", "/addresses/probe", "/addresses/import"] {
        let answer = alex.get(path).await;
        assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (404, nothing.clone()), "{path}");
        let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        assert_eq!(location(&server.browser().get(path).await), format!("/sign-in?next={next}"), "the session may have ended");
    }
    for path in POSTS {
        assert_eq!(alex.post(path, &entry(HR, Some(HR))).await.status(), 404, "{path}");
        let answer = server.browser().post(path, &entry(HR, Some(HR))).await;
        let is_asked = location(&answer).starts_with("/sign-in") || answer.text().await.unwrap().contains("action=\"/sign-in\"");
        assert!(is_asked, "{path}");
    }
    assert!(!alex.page("/").await.contains("/addresses"));
    let mut sam = server.signed_in(SAM).await;
    assert!(sam.page("/").await.contains("href=\"/addresses\""));
    server.sql("UPDATE accounts SET administrator = 0").await;
    assert_eq!(sam.get("/addresses").await.status(), 404, "at once");
    assert_eq!(kept(&server).await.links.len(), 1);
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let server = Server::start().await;
    keep(&server, &[HR]).await;
    let before = kept(&server).await;
    let version = before.version();
    let of_alex = server.signed_in(ALEX).await.form_token("/").await;
    let mut sam = server.signed_in(SAM).await;
    let form_token = sam.form_token("/").await;
    let mut fields = entry(("http://a/", "https://a.example/"), Some(HR));
    fields.extend([("probe", "https://inside.example/"), ("seen", &version), ("map", r#"{"links": []}"#)]);
    for path in POSTS {
        let mut send = async |form: &[(&str, &str)], site: &str| {
            let headers = [("Sec-Fetch-Site", site)];
            if path != "/addresses/import" {
                return sam.post_from(path, form, &headers).await.status();
            }
            let parts: Vec<Part<'_>> = form.iter().map(|(name, value)| (*name, None, value.as_bytes())).collect();
            let file = ("file", Some("map.json"), br#"{"links": []}"#.as_slice());
            sam.upload(path, &[parts.as_slice(), &[file]].concat(), &headers).await.status()
        };
        for token in ["", "wrong", of_alex.as_str()] {
            assert_eq!(send(&[&[("form_token", token)], fields.as_slice()].concat(), "same-origin").await, 403, "{path} {token}");
        }
        let form = [&[("form_token", form_token.as_str())], fields.as_slice()].concat();
        for site in ["cross-site", "same-site", "none"] {
            assert_eq!(send(&form, site).await, 403, "{path} {site}");
        }
        let twice = [&[("form_token", form_token.as_str())], form.as_slice()].concat();
        assert_eq!(send(&twice, "same-origin").await, 403, "{path}: which of both?");
    }
    assert_eq!(kept(&server).await, before);
    assert!(trail(&server).await.is_empty());
}

#[tokio::test]
async fn bad_input_stays_in_its_fields_with_one_sentence_at_the_right_one() {
    let server = Server::start().await;
    keep(&server, &[HR]).await;
    let mut sam = server.signed_in(SAM).await;
    let long = |place: &str| format!("{place}{}", "a".repeat(200));
    for (typed, field, words) in [
        (("intranet", "https://a.example/"), "internal", "the internal address must begin with http:// or https://"),
        (("<b>\"", "https://a.example/"), "internal", "the internal address must begin with http"),
        (("HTTP://INTRANET/?x", "https://a.example/"), "internal", "the internal address must be written like http://intranet/hr/"),
        ((&long("http://a/"), "https://a.example/"), "internal", "the internal address is too long: it may have 200 letters at most"),
        (("http://a/", &long("https://a.example/")), "external", "the external address is too long"),
        (("http://a/", "nowhere"), "external", "the external address must begin with https://"),
        (("http://a/", "https://kim@a.example/"), "external", "the external address must be written like https://hr.contoso.com/"),
        (("http://a/", "http://a.example/"), "external", "must begin with https://"),
        (("http://*.com/", "https://a.example/"), "internal", "a wildcard stands for"),
        (("http://a/", "https://*.a.example/"), "external", "a wildcard stands for"),
        (("https://a.example/", "https://a.example/"), "external", "both addresses are the same"),
        (HR, "internal", "stands in the map already"),
        (("https://hr.contoso.com/", "https://a.example/"), "internal", "http://intranet/hr/ leads to an address of this entry"),
        (("", "https://a.example/"), "internal", "the internal address must begin with http"),
    ] {
        let (status, _, page) = post(&mut sam, "/addresses/entry", &entry(typed, None)).await;
        assert_eq!(status, 400, "{typed:?}");
        assert_eq!(page.matches("role=\"alert\"").count(), 1, "{page}");
        let sentence = page.split(&format!("id=\"{field}-wrong\">")).nth(1).unwrap_or_else(|| panic!("{typed:?}: {page}"));
        let sentence = sentence.split('<').next().unwrap();
        assert!(sentence.starts_with("Not saved: ") && sentence.contains(words) && sentence.ends_with('.'), "{sentence}");
        for value in [typed.0, typed.1] {
            let written = value.replace('<', "&#60;").replace('>', "&#62;").replace('"', "&#34;");
            assert!(page.contains(&format!("value=\"{written}\"")), "{value}: {page}");
        }
        assert!(!page.contains("<b>"));
    }
    let (status, _, page) = post(&mut sam, "/addresses/probe", &[("seen", ""), ("probe", "http://inside.example/")]).await;
    assert!(
        status == 400
            && page.contains("value=\"http://inside.example/\"")
            && page.contains("Not saved: it must be an address that begins with https://"),
        "{page}"
    );
    assert_eq!(kept(&server).await.links.len(), 1);
    assert!(trail(&server).await.is_empty());
}

#[tokio::test]
async fn what_is_only_a_matter_of_writing_is_kept_as_browsers_write_it() {
    let server = Server::start().await;
    let mut sam = server.signed_in(SAM).await;
    for (typed, written) in [
        (("  HTTP://INTRANET/Big/  ", "HTTPS://Big.Contoso.Com"), ("http://intranet/Big/", "https://big.contoso.com/")),
        (("http://*.Corp.Contoso/*", "https://*.Apps.contoso.com"), ("http://*.corp.contoso/*", "https://*.apps.contoso.com/")),
        (("http://hr:80/a b/../c", "https://hr.contoso.com:443/ü"), ("http://hr/c", "https://hr.contoso.com/%C3%BC")),
    ] {
        keep(&server, &[]).await;
        let (status, to, _) = post(&mut sam, "/addresses/entry", &entry(typed, None)).await;
        assert!(status == 303 && sam.page(&to).await.contains("<strong>Saved.</strong>"), "{typed:?}");
        assert_eq!(post(&mut sam, "/addresses/probe", &[("seen", ""), ("probe", " HTTPS://Inside.Example")]).await.0, 303);
        let pair = Pair { internal: written.0.to_owned(), external: written.1.to_owned() };
        let expected = LinkMap { links: vec![pair], probe: Some("https://inside.example/".to_owned()) };
        assert_eq!(kept(&server).await, expected);
        assert_eq!(kept(&server).await.as_browsers_write(), expected, "it stays as it is");

        let sent = json!({"links": [{"internal": typed.0, "external": typed.1}], "probe": " HTTPS://Inside.Example"});
        keep(&server, &[]).await;
        let version = kept(&server).await.version();
        assert_eq!(import_map(&mut sam, &version, &sent.to_string(), None).await.0, 303);
        assert_eq!(kept(&server).await, expected);
        keep(&server, &[]).await;
        let token = server.token(SAM).await;
        assert_eq!(server.api("PUT", "links", &token).json(&sent).send().await.unwrap().status(), 204);
        assert_eq!(kept(&server).await, expected);
        keep(&server, &[]).await;
        std::fs::write(server.file("map.json"), sent.to_string()).unwrap();
        link_map::import(server.database(), &Act::by([], 0), &server.file("map.json")).await.unwrap();
        assert_eq!(kept(&server).await, expected);
    }
}

#[tokio::test]
async fn entries_are_added_changed_and_removed_and_the_trail_says_so() {
    let server = Server::start().await;
    let mut sam = server.signed_in(SAM).await;
    assert!(sam.page("/addresses").await.contains("There is no entry yet"));
    let (status, to, _) = post(&mut sam, "/addresses/entry", &entry((" http://intranet/hr/ ", HR.1), None)).await;
    assert_eq!((status, to.as_str()), (303, "/addresses?done=saved&entry=http%3A%2F%2Fintranet%2Fhr%2F"));
    let page = sam.page(&to).await;
    assert!(page.contains("<strong>Saved.</strong>") && page.contains(HR.1) && page.contains("UTC by Sam Rivera"), "{page}");
    assert!(!sam.page("/addresses?done=saved&entry=http://other/").await.contains("Saved."), "a notice does not lie");

    let people = ("http://intranet/people/", "https://people.contoso.com/");
    let fields = [entry(people, Some(HR)), vec![("q", "hr & co"), ("page", "3")]].concat();
    let (_, to, _) = post(&mut sam, "/addresses/entry", &fields).await;
    assert!(to.ends_with("&q=hr+%26+co&page=3"), "back to where one was: {to}");
    assert_eq!(post(&mut sam, "/addresses/entry", &entry(people, Some(people))).await.0, 303, "the same once more is no change");
    let inside = [("seen", ""), ("probe", " https://inside.corp.contoso/ ")];
    assert_eq!(post(&mut sam, "/addresses/probe", &inside).await.1, "/addresses?done=probe");
    assert!(sam.page("/addresses").await.contains("https://inside.corp.contoso/</span> answers"));
    let answer = sam.get("/addresses.json").await;
    assert_eq!(header(&answer, "content-disposition"), "attachment; filename=\"internal-addresses.json\"");
    let file: Value = answer.json().await.unwrap();
    let expected = json!({"links": [{"internal": people.0, "external": people.1}], "probe": "https://inside.corp.contoso/"});
    assert_eq!(file, expected);
    let token = server.token(ALEX).await;
    let of_api: Value = server.api("GET", "links", &token).send().await.unwrap().json().await.unwrap();
    assert_eq!(of_api, expected, "what extensions get");

    let (_, to, _) = post(&mut sam, "/addresses/entry/remove", &entry(people, Some(people))).await;
    assert_eq!(to, "/addresses?done=removed");
    assert!(sam.page(&to).await.contains("Removed."));
    let (_, to, _) = post(&mut sam, "/addresses/probe", &[("seen", "https://inside.corp.contoso/"), ("probe", "")]).await;
    assert_eq!(to, "/addresses?done=probe");
    assert_eq!(kept(&server).await, LinkMap::default());
    let line = |host: &str| (2, String::new(), "links-changed".to_owned(), host.to_owned());
    assert_eq!(trail(&server).await, [line("intranet"), line("intranet"), line(""), line("intranet"), line("")]);
}

#[tokio::test]
async fn of_an_entry_with_another_internal_address_the_trail_says_what_it_was() {
    let server = Server::start().await;
    keep(&server, &[HR]).await;
    let mut sam = server.signed_in(SAM).await;
    let people = ("http://people/", HR.1);
    let lines = async |sam: &mut Browser| {
        let (page, file) = (sam.page("/audit").await, sam.page("/audit.csv").await);
        let cells = page.split("<td>").map(|cell| cell.split("</td>").next().unwrap());
        let hosts: Vec<String> = cells.skip(6).step_by(6).map(str::to_owned).collect();
        let ends = file.lines().skip(1).map(|line| line.split("\"links-changed\",\"\",").nth(1).unwrap().to_owned());
        (hosts, ends.collect::<Vec<String>>())
    };
    assert_eq!(post(&mut sam, "/addresses/entry", &entry((HR.0, "https://other.contoso.com/"), Some(HR))).await.0, 303);
    assert_eq!(lines(&mut sam).await, (vec!["intranet".to_owned()], vec!["\"intranet\",\"\",\"\"".to_owned()]));
    assert_eq!(post(&mut sam, "/addresses/entry", &entry(people, Some((HR.0, "https://other.contoso.com/")))).await.0, 303);
    let (hosts, ends) = lines(&mut sam).await;
    assert_eq!(hosts[0], "intranet <span class=\"unseen\">became</span><span aria-hidden=\"true\">→</span> people");
    assert_eq!((ends[0].as_str(), hosts[1].as_str(), ends.len()), ("\"people\",\"intranet\",\"\"", "intranet", 2));
    // Nobody else gets a word into that column.
    let token = server.token(ALEX).await;
    let report = json!({"outcome": "submitted", "host": "crm.localhost", "former_host": "<b>"});
    assert_eq!(server.api("POST", "apps/crm/outcome", &token).json(&report).send().await.unwrap().status(), 204);
    let former: Option<String> =
        sqlx::query_scalar("SELECT former_host FROM outcomes ORDER BY id DESC LIMIT 1").fetch_one(server.database()).await.unwrap();
    assert_eq!(former, None);
}

#[tokio::test]
async fn the_later_of_two_does_not_undo_what_the_other_did() {
    let server = Server::start().await;
    keep(&server, &[HR]).await;
    let mut sam = server.signed_in(SAM).await;
    let theirs = (HR.0, "https://theirs.contoso.com/");
    let (mine, crm) = ((HR.0, "https://mine.contoso.com/"), ("http://crm/", "https://crm.contoso.com/"));
    keep(&server, &[theirs]).await;
    let (status, _, page) = post(&mut sam, "/addresses/entry", &entry(mine, Some(HR))).await;
    assert_eq!(status, 409);
    assert!(page.contains("changed this entry meanwhile") && page.contains("value=\"https://mine.contoso.com/\""), "{page}");
    assert!(page.contains("name=\"seen_external\" value=\"https://theirs.contoso.com/\""), "another press replaces theirs: {page}");
    let (status, _, page) = post(&mut sam, "/addresses/entry/remove", &entry(HR, Some(HR))).await;
    assert!(status == 409 && page.contains("so it was not removed") && page.contains(theirs.1), "{page}");
    assert_eq!(post(&mut sam, "/addresses/entry", &entry(crm, None)).await.0, 303, "what does not meet theirs is simply done");
    let links = kept(&server).await.links;
    assert_eq!((links[0].external.as_str(), links[1].external.as_str()), (theirs.1, crm.1));

    keep(&server, &[crm]).await;
    let (status, _, page) = post(&mut sam, "/addresses/entry", &entry(mine, Some(theirs))).await;
    assert!(status == 409 && page.contains("removed this entry") && !page.contains("name=\"seen_internal\""), "{page}");
    let (status, _, page) = post(&mut sam, "/addresses/entry/remove", &entry(theirs, Some(theirs))).await;
    assert!(status == 409 && page.contains("removed this entry"), "{page}");

    let inside = [("seen", "https://old.example/"), ("probe", "https://inside.example/")];
    let (status, _, page) = post(&mut sam, "/addresses/probe", &inside).await;
    assert!(status == 409 && page.contains("value=\"https://inside.example/\"") && page.contains("there is none now"), "{page}");

    let version = kept(&server).await.version();
    keep(&server, &[theirs]).await;
    let text = r#"{"links": []}"#;
    let (status, _, page) = import_map(&mut sam, &version, "", Some(text.as_bytes())).await;
    assert!(
        status == 409 && page.contains("Nothing was replaced. Somebody else has changed the map") && page.contains("{&#34;links&#34;: []}"),
        "{page}"
    );
    assert_eq!(kept(&server).await.links[0].external, theirs.1);
    let version = kept(&server).await.version();
    assert!(page.contains(&version), "another press replaces it");
    assert_eq!(import_map(&mut sam, &version, text, None).await.1, "/addresses?done=replaced");
    assert_eq!(kept(&server).await, LinkMap::default());
}

#[tokio::test]
async fn a_program_that_says_what_it_read_undoes_nothing_else() {
    let server = Server::start().await;
    let sam = server.token(SAM).await;
    let tag = async || header(&server.api("GET", "links", &sam).send().await.unwrap(), "etag");
    let put = async |tag: &str| {
        let request = server.api("PUT", "links", &sam).header("If-Match", tag).json(&json!({"links": []}));
        request.send().await.unwrap().status().as_u16()
    };
    let empty = tag().await;
    assert_eq!(put(&empty).await, 204, "the tag of no map at all");
    keep(&server, &[HR]).await;
    let weak = |tag: &str| format!("W/{tag}");
    for stale in [empty.as_str(), &weak(&empty), "\"\"", "", "nonsense"] {
        assert_eq!(put(stale).await, 412, "{stale}");
    }
    assert_eq!(kept(&server).await.links.len(), 1);
    assert_eq!(put(&tag().await).await, 204);
    keep(&server, &[HR]).await;
    assert_eq!(put(&weak(&tag().await)).await, 204, "a proxy that compresses weakens it");
    keep(&server, &[HR]).await;
    assert_eq!(put("*").await, 204, "whatever is there");
    assert_eq!(kept(&server).await, LinkMap::default());
}

#[tokio::test]
async fn five_thousand_entries_are_searched_and_turned_like_fifty() {
    let server = Server::start().await;
    let many: Vec<(String, String)> =
        (0..5000).map(|n| (format!("http://site-{n:04}/"), format!("https://Out-{}.contoso.com/", n % 7).to_lowercase())).collect();
    let pairs: Vec<(&str, &str)> = many.iter().rev().map(|(internal, external)| (internal.as_str(), external.as_str())).collect();
    keep(&server, &pairs).await;
    let mut sam = server.signed_in(SAM).await;
    let shown = async |sam: &mut Browser, path: &str| {
        let page = sam.page(path).await;
        let entries = page.split("<li>\n").skip(1).map(|entry| entry.split("<span class=\"address\">").nth(1).unwrap());
        let entries: Vec<String> = entries.map(|entry| entry.split('<').next().unwrap().to_owned()).collect();
        (entries, page)
    };
    let (first, page) = shown(&mut sam, "/addresses").await;
    assert!(first.len() == 50 && first[0] == "http://site-0000/" && page.contains("5000 entries, page 1 of 100"), "{first:?}");
    assert!(page.len() < 60_000, "{} bytes", page.len());
    let (last, page) = shown(&mut sam, "/addresses?page=100").await;
    assert!(last[49] == "http://site-4999/" && !page.contains("rel=\"next\"") && page.contains("href=\"/addresses?page=99\""), "{page}");
    for odd in ["0", "-1", "x", "", "1&page=2"] {
        assert_eq!(shown(&mut sam, &format!("/addresses?page={odd}")).await.0, first, "{odd}");
    }
    assert_eq!(shown(&mut sam, "/addresses?page=18446744073709551615").await.0, last);
    let (found, page) = shown(&mut sam, "/addresses?q=SITE-00+out-3").await;
    assert_eq!(found[..2], ["http://site-0003/", "http://site-0010/"]);
    assert!(page.contains("14 entries of 5000") && page.contains("value=\"SITE-00 out-3\"") && page.contains("q=SITE-00+out-3"), "{page}");
    assert!(shown(&mut sam, "/addresses?q=nothing").await.1.contains("No entry matches."));
    assert!(!sam.page("/addresses?q=%22%3E%3Cscript%3E").await.contains("\"><script>"));
}

#[tokio::test]
async fn what_is_not_followed_is_shown_with_the_reason() {
    let server = Server::start().await;
    keep(&server, &[("HTTP://Old", "https://a.example/"), ("http://a/", "http://a.example/"), HR]).await;
    let mut sam = server.signed_in(SAM).await;
    let page = sam.page("/addresses").await;
    assert!(page.contains("2 entries are not followed") && page.matches("Not followed").count() == 2, "{page}");
    assert!(page.contains("</span> the external address must begin with https://."), "{page}");
    let page = sam.page("/addresses?only=unusable").await;
    assert!(page.matches("Not followed").count() == 2 && !page.contains(HR.1) && page.contains("2 entries of 3"), "{page}");
    let page = sam.page("/addresses/entry?seen_internal=HTTP://Old&seen_external=https://a.example/").await;
    assert!(page.contains("id=\"internal-wrong\">Not followed: the internal address must be written like"), "{page}");
    assert_eq!(sam.get("/addresses/entry?seen_internal=x&seen_external=y").await.status(), 404);
    let page = sam.page("/addresses/entry?seen_internal=HTTP://Old&seen_external=https://old.example/").await;
    assert!(page.contains("value=\"https://a.example/\""), "an old list leads to what the entry is now");
}
