//! A whole map of internal addresses, from a file or pasted: what is refused, with which words, and that nothing is replaced then.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{SAM, Server, import_map};
use my_apps_portal::link_map::{self, LinkMap, Pair};
use serde_json::{Value, json};

/// A portal with a map of one entry, and the version of that.
async fn start() -> (Server, String) {
    let server = Server::start().await;
    let pair = Pair { internal: "http://intranet/hr/".to_owned(), external: "https://hr.contoso.com/".to_owned() };
    link_map::save(server.database(), &LinkMap { links: vec![pair], probe: None }, None, 0).await.unwrap();
    let version = kept(&server).await.version();
    (server, version)
}

async fn kept(server: &Server) -> LinkMap {
    link_map::find(server.database()).await.unwrap().map
}

/// How many lines the audit trail has.
async fn trail(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM outcomes").fetch_one(server.database()).await.unwrap()
}

/// As Windows writes text that nobody told otherwise.
fn utf16(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[tokio::test]
async fn a_whole_map_is_imported_or_nothing_of_it() {
    let (server, version) = start().await;
    let mut sam = server.signed_in(SAM).await;
    let loops = r#"{"links": [{"internal": "http://a/", "external": "https://a.example/"}, {"internal": "b", "external": "c"},
        {"internal": "http://d/", "external": "http://d/"}]}"#;
    for (text, words) in [
        ("{", "is not a map of internal addresses: EOF"),
        ("[]", "is not a map of internal addresses"),
        ("internal,external\r\n", "is not a map of internal addresses"),
        (r#"{"links": [], "colour": "red"}"#, "unknown field"),
        (loops, "2 entries of 3 would not be followed."),
        (loops, "Entry 2, b: the internal address must begin with http:// or https://."),
        (r#"{"links": [], "probe": "nowhere"}"#, "Nothing was replaced. The probe was refused"),
    ] {
        for (pasted, file) in [(text, None), ("pasted before", Some(text.as_bytes()))] {
            let (status, _, page) = import_map(&mut sam, &version, pasted, file).await;
            assert!(status == 400 && page.contains(words), "{words}: {page}");
            let subject = if file.is_some() { "The file is not a map" } else { "The text is not a map" };
            assert_eq!(page.contains(subject), page.contains("is not a map"), "{page}");
            let written = text.replace('"', "&#34;");
            assert!(page.contains(&format!("{written}</textarea>")), "what was sent stays, to be put right: {page}");
            assert!(page.contains(&version) && page.matches("role=\"alert\"").count() == 1 && page.matches("autofocus").count() == 1);
        }
    }
    assert_eq!(kept(&server).await.version(), version);
    assert_eq!(trail(&server).await, 0);
}

#[tokio::test]
async fn a_file_that_can_not_be_read_as_a_map_is_named_as_what_it_is() {
    let (server, version) = start().await;
    let mut sam = server.signed_in(SAM).await;
    let map = r#"{"links": []}"#;
    let large = [map.as_bytes(), &vec![b' '; 2 << 20]].concat();
    for (pasted, file, words) in [
        ("", None, "Choose a file or paste a map first."),
        (" \r\n", None, "Choose a file or paste a map first."),
        (&String::from_utf8(large.clone()).unwrap(), None, "The text is too large: a map is not larger than 2 MB."),
        (map, Some(Vec::new()), "The file is empty."),
        (map, Some(b"\xef\xbb\xbf \n".to_vec()), "The file is empty."),
        (map, Some(large), "The file is too large: a map is not larger than 2 MB."),
        (map, Some(vec![b' '; 20 << 20]), "The file is too large: a map is not larger than 2 MB."),
        (map, Some(utf16(map)), "The file is not text in UTF-8. Save the map as JSON in that encoding, and choose it again."),
        (map, Some(b"PK\x03\x04\xff\x00".to_vec()), "The file is not text in UTF-8."),
        (map, Some(b"{\"links\": [{\"internal\": \"http://\xe4/\"}]}".to_vec()), "The file is not text in UTF-8."),
    ] {
        let (status, to, page) = import_map(&mut sam, &version, pasted, file.as_deref()).await;
        assert_eq!((status, to.as_str()), (400, ""), "{words}");
        assert!(page.contains(&format!("Nothing was replaced. {words}")) && page.contains(&version), "{words}: {page}");
        let field = if file.is_some() { "\"file-hint wrong\"" } else { "\"hint wrong\"" };
        assert!(page.contains(&format!("aria-describedby={field} aria-invalid=\"true\" autofocus")), "{page}");
        assert_eq!(page.matches("autofocus").count(), 1);
        assert_eq!(page.contains("{&#34;links&#34;: []}</textarea>"), file.is_some(), "what was pasted beside it stays: {page}");
    }
    let (status, _, page) = import_map(&mut sam, &version, "", Some(&vec![b' '; 33 << 20])).await;
    assert!(status == 413 && page.contains("Nothing was replaced") && page.contains("not larger than 2 MB"), "{page}");
    assert_eq!(kept(&server).await.version(), version);
    assert_eq!(trail(&server).await, 0);
}

#[tokio::test]
async fn what_is_no_form_with_a_file_is_not_read() {
    let (server, version) = start().await;
    let mut sam = server.signed_in(SAM).await;
    let form_token = sam.form_token("/").await;
    let fields = [("form_token", form_token.as_str()), ("seen", &version), ("map", r#"{"links": [], "probe": "https://a.example/"}"#)];
    assert_eq!(sam.post("/addresses/import", &fields).await.status(), 400);
    let cookie = sam.cookie_header();
    for (kind, body) in [
        ("multipart/form-data", "--x--\r\n"),
        ("multipart/form-data; boundary=x", ""),
        ("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{\"links\": []}"),
        ("multipart/mixed; boundary=x", "--x--\r\n"),
        ("", "--x--\r\n"),
    ] {
        let request = common::client().post(format!("{}/addresses/import", server.address)).header("Content-Type", kind);
        let request = request.header("Sec-Fetch-Site", "same-origin").header("Cookie", &cookie).body(body);
        assert_eq!(request.send().await.unwrap().status(), 400, "{kind} {body}");
    }
    assert_eq!(kept(&server).await.version(), version);
}

#[tokio::test]
async fn as_many_entries_as_browsers_take_come_from_a_file() {
    let (server, version) = start().await;
    let mut sam = server.signed_in(SAM).await;
    let many: Vec<Value> =
        (0..5000).map(|n| json!({"internal": format!("http://s{n}/"), "external": format!("https://s{n}.contoso.com/")})).collect();
    let text = json!({"links": many, "probe": "https://inside.example/"}).to_string();
    // Windows' editor writes a mark before the text; and a file that was chosen counts, whatever else stands there.
    let file = format!("\u{feff}{text}");
    let (status, to, _) = import_map(&mut sam, &version, "{", Some(file.as_bytes())).await;
    assert_eq!((status, to.as_str()), (303, "/addresses?done=replaced"));
    assert_eq!(trail(&server).await, 1);
    assert_eq!(kept(&server).await.links.len(), 5000);
}
