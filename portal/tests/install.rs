//! Offering the extension: to which browsers, from which store, and until when.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{ALEX, Browser, SAM, Server};
use my_apps_portal::settings::Stores;

const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";
const EDGE: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0";
const FIREFOX: &str = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:153.0) Gecko/20100101 Firefox/153.0";

async fn server(stores: Stores) -> Server {
    Server::start_with(|settings| settings.stores = stores).await
}

fn all() -> Stores {
    Stores {
        chrome: Some("https://chrome.example/?a=1&b=2".to_owned()),
        edge: Some("https://edge.example/".to_owned()),
        firefox: Some("https://firefox.example/".to_owned()),
    }
}

/// The button of the offer: its address and its words.
async fn offered(browser: &mut Browser, agent: &str) -> Option<(String, String)> {
    let answer = browser.get_with("/", &[("User-Agent", agent)]).await;
    assert_eq!(answer.status(), 200);
    let page = answer.text().await.unwrap();
    let button = page.split("id=\"install\"").nth(1)?;
    let address = button.split("href=\"").nth(1)?.split('"').next()?;
    let words = button.split('>').nth(1)?.split('<').next()?;
    Some((address.to_owned(), words.to_owned()))
}

#[tokio::test]
async fn nothing_is_offered_to_browsers_it_is_not_made_for() {
    let server = server(all()).await;
    let mut alex = server.signed_in(ALEX).await;
    for agent in [
        "",
        "curl/8.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/150.0 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (iPad; CPU OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/153.0 Mobile/15E148 Safari/605.1.15",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36 EdgA/150.0.0.0",
        "Mozilla/5.0 (Android 15; Tablet; rv:153.0) Gecko/153.0 Firefox/153.0",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 OPR/130.0.0.0",
        "Mozilla/5.0 (Windows NT 10.0; rv:115.0) Gecko/20100101 Firefox/115.0 Seamonkey/2.53.20",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/150.0.0.0 Safari/537.36",
    ] {
        assert_eq!(offered(&mut alex, agent).await, None, "{agent}");
    }
}

#[tokio::test]
async fn nothing_is_offered_without_a_store_for_this_browser() {
    let none = server(Stores::default()).await;
    let mut alex = none.signed_in(ALEX).await;
    for agent in [CHROME, EDGE, FIREFOX] {
        assert_eq!(offered(&mut alex, agent).await, None, "{agent}");
    }
    let chrome_only = server(Stores { chrome: all().chrome, ..Stores::default() }).await;
    let mut alex = chrome_only.signed_in(ALEX).await;
    for agent in [EDGE, FIREFOX] {
        assert_eq!(offered(&mut alex, agent).await, None, "{agent}");
    }
    assert!(offered(&mut alex, CHROME).await.is_some());
}

#[tokio::test]
async fn each_browser_is_led_to_its_own_store_until_the_extension_has_signed_in() {
    let server = server(all()).await;
    let mut alex = server.signed_in(ALEX).await;
    for (agent, address, words) in [
        (CHROME, "https://chrome.example/?a=1&#38;b=2", "Get it for Chrome"),
        (EDGE, "https://edge.example/", "Get it for Edge"),
        (FIREFOX, "https://firefox.example/", "Get it for Firefox"),
    ] {
        let expected = Some((address.to_owned(), words.to_owned()));
        assert_eq!(offered(&mut alex, agent).await, expected, "{agent}");
    }
    alex.code().await;
    assert_eq!(offered(&mut alex, CHROME).await, None);
    // It is the browser that has the extension, and not the person: whoever signs in there next is not asked either.
    alex.post("/sign-in", &[("username", SAM.0), ("password", SAM.1)]).await;
    assert_eq!(offered(&mut alex, CHROME).await, None);
    let mut elsewhere = server.signed_in(ALEX).await;
    assert!(offered(&mut elsewhere, CHROME).await.is_some());
    // Nothing to fill, nothing to offer.
    server.sql("DELETE FROM assignments WHERE app_id IN (SELECT id FROM apps WHERE mode = 'password')").await;
    assert_eq!(offered(&mut elsewhere, CHROME).await, None);
}
