//! Signing in and out on the portal's pages: what is refused, where it leads, and what the browser keeps.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, SAM, Server, header, location};

#[tokio::test]
async fn a_post_from_elsewhere_is_refused() {
    let server = Server::start().await;
    let own = server.public_url.clone();
    let form = [("username", ALEX.0), ("password", ALEX.1)];
    let refused: [&[(&str, &str)]; 8] = [
        &[],
        &[("Origin", "null")],
        &[("Origin", "https://evil.example")],
        &[("Sec-Fetch-Site", "cross-site")],
        &[("Sec-Fetch-Site", "same-site"), ("Origin", &own)],
        &[("Sec-Fetch-Site", "none")],
        &[("Sec-Fetch-Site", "cross-site"), ("Origin", &own)],
        &[("Origin", "http://portal.localhost")],
    ];
    for headers in refused {
        let mut browser = server.browser();
        let answer = browser.post_from("/sign-in", &form, headers).await;
        assert_eq!(answer.status(), 200, "an error status closes the extension's window: {headers:?}");
        assert!(answer.text().await.unwrap().contains("Request refused"));
        assert_eq!(browser.cookie_header(), "");
    }
    let allowed: [&[(&str, &str)]; 3] = [
        &[("Origin", &own)],
        &[("Sec-Fetch-Site", "same-origin"), ("Origin", "null")],
        &[("Sec-Fetch-Site", "same-origin"), ("Origin", &own)],
    ];
    for headers in allowed {
        assert_eq!(server.browser().post_from("/sign-in", &form, headers).await.status(), 303, "{headers:?}");
    }
}

#[tokio::test]
async fn a_wrong_password_is_refused_alike_for_known_and_unknown_people() {
    let server = Server::start().await;
    let mut pages = Vec::new();
    for username in [ALEX.0, "nobody@contoso.example"] {
        let mut browser = server.browser();
        let answer = browser.post("/sign-in", &[("username", username), ("password", "wrong")]).await;
        assert_eq!(answer.status(), 200, "an error status closes the extension's window");
        assert_eq!(browser.cookie_header(), "");
        let page = answer.text().await.unwrap();
        assert!(page.contains("The user name or the password is wrong."));
        assert!(page.contains(&format!("value=\"{username}\"")), "the user name is kept");
        assert!(!page.contains("value=\"wrong\""), "the password is not");
        pages.push(page.replace(username, ""));
    }
    assert_eq!(pages[0], pages[1]);
    for form in [[("username", ""), ("password", "x")], [("username", ALEX.0), ("password", "")]] {
        let page = server.browser().post("/sign-in", &form).await.text().await.unwrap();
        assert!(page.contains("Enter your user name and your password."));
    }
    let long = "x".repeat(1025);
    let mut browser = server.browser();
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", &long)]).await;
    assert!(answer.text().await.unwrap().contains("The user name or the password is wrong."));
    assert_eq!(browser.cookie_header(), "");
}

#[tokio::test]
async fn ten_wrong_passwords_are_followed_by_a_pause() {
    let server = Server::start().await;
    let mut browser = server.browser();
    let wrong = [("username", " Alex@Contoso.Example "), ("password", "wrong")];
    let right = [("username", ALEX.0), ("password", ALEX.1)];
    for _ in 0..10 {
        assert_eq!(browser.post("/sign-in", &wrong).await.status(), 200);
    }
    let answer = browser.post("/sign-in", &right).await;
    assert_eq!(browser.cookie_header(), "", "the right password, too, has to wait");
    let wait: i64 = header(&answer, "retry-after").parse().unwrap();
    assert!((880..=900).contains(&wait));
    assert!(answer.text().await.unwrap().contains("Too many wrong passwords. Try again in 15 minutes."));
    assert_eq!(browser.post("/sign-in", &[("username", SAM.0), ("password", SAM.1)]).await.status(), 303);
    server.sql("UPDATE sign_in_failures SET failed_at = failed_at - 900").await;
    assert_eq!(browser.post("/sign-in", &right).await.status(), 303);
    let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sign_in_failures").fetch_one(server.database()).await.unwrap();
    assert_eq!(left, 0, "a right password clears the count");
}

#[tokio::test]
async fn signing_in_leads_back_and_never_elsewhere() {
    let server = Server::start().await;
    let answer = server.browser().get("/apps/crm/password").await;
    assert_eq!(location(&answer), "/sign-in?next=%2Fapps%2Fcrm%2Fpassword");
    let answer = server.browser().get("/?q=a%26b&more=1").await;
    assert_eq!(location(&answer), "/sign-in?next=%2F%3Fq%3Da%2526b%26more%3D1");
    // What was posted with a session that has ended can't be repeated by opening an address.
    for (path, expected) in [
        ("/sign-out", "/sign-in"),
        ("/account/password", "/sign-in"),
        ("/apps/crm/password", "/sign-in?ended=1&next=%2Fapps%2Fcrm%2Fpassword"),
        ("/apps/crm/password/remove", "/sign-in?ended=1"),
    ] {
        let answer = server.browser().post(path, &[("form_token", "of a session that has ended")]).await;
        assert_eq!((answer.status().as_u16(), location(&answer).as_str()), (303, expected), "{path}");
        let says = server.browser().page(expected).await.contains("so nothing was changed");
        assert_eq!(says, expected.contains("ended"), "{path}");
    }
    for (next, expected) in [
        ("/apps/crm/password", "/apps/crm/password"),
        ("/audit?app=crm&person=alex%40contoso.example", "/audit?app=crm&person=alex%40contoso.example"),
        ("", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
    ] {
        let form = [("username", ALEX.0), ("password", ALEX.1), ("next", next)];
        let answer = server.browser().post("/sign-in", &form).await;
        assert_eq!(location(&answer), expected, "{next}");
        let mut signed_in = server.signed_in(ALEX).await;
        let next = url::form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>();
        let answer = signed_in.get(&format!("/sign-in?next={next}")).await;
        assert_eq!(location(&answer), expected, "{next}");
    }
}

#[tokio::test]
async fn the_session_cookie_is_out_of_reach() {
    let server = Server::start().await;
    let mut browser = server.browser();
    let answer = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1)]).await;
    let cookie = header(&answer, "set-cookie");
    assert!(cookie.starts_with("my_apps_session="));
    assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/"));
    assert!(!cookie.contains("Secure") && !cookie.contains("Max-Age") && !cookie.contains("Domain"));
    let stay = browser.post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1), ("stay", "1")]).await;
    assert!(header(&stay, "set-cookie").contains("; Max-Age=604800"));
    let https = my_apps_portal::address::PublicUrl::parse("https://apps.contoso.example").unwrap();
    let server = Server::start_with(|settings| settings.public_url = https).await;
    let answer = server.browser().post("/sign-in", &[("username", ALEX.0), ("password", ALEX.1)]).await;
    let cookie = header(&answer, "set-cookie");
    assert!(cookie.starts_with("__Host-my_apps_session=") && cookie.contains("; Secure"));
    assert_eq!(header(&answer, "strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn signing_out_ends_the_session_and_its_tokens() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let token = server.redeem(&browser.code().await).await["access_token"].as_str().unwrap().to_owned();
    let kept = browser.cookie_header();
    let form_token = browser.form_token("/").await;
    let answer = browser.post("/sign-out", &[("form_token", &form_token)]).await;
    assert_eq!(location(&answer), "/sign-in?signed-out=1");
    assert!(!browser.cookie_header().contains("session"));
    assert_eq!(server.api_status("GET", "me", &token).await, 401);
    let request = common::client().get(format!("{}/", server.address)).header("Cookie", kept);
    assert_eq!(request.send().await.unwrap().status(), 303, "the old cookie is worth nothing");
}

#[tokio::test]
async fn a_session_survives_a_restart() {
    let server = Server::start().await;
    let mut browser = server.signed_in(ALEX).await;
    let database = my_apps_portal::database::open(&server.file("portal.db")).await.unwrap();
    let secret = browser.cookie("my_apps_session");
    let found = my_apps_portal::session::find(&database, &secret, my_apps_portal::clock::now()).await.unwrap();
    assert_eq!(found.unwrap().account.username, ALEX.0);
    assert_eq!(browser.get("/").await.status(), 200);
}
