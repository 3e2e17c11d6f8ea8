//! One browser for each app, at sample apps of its own.
#![allow(dead_code, reason = "every test file uses another part")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use my_apps_samples::router;
use reqwest::{Client, Response, redirect::Policy};
use serde_json::Value;

pub(crate) struct Samples {
    address: String,
}

/// One app in one browser.
pub(crate) struct App<'a> {
    samples: &'a Samples,
    host: &'static str,
    pub(crate) cookies: Vec<(String, String)>,
}

impl Samples {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router()).await.unwrap() });
        Self { address }
    }

    pub(crate) fn app(&self, host: &'static str) -> App<'_> {
        App { samples: self, host, cookies: Vec::new() }
    }
}

impl App<'_> {
    pub(crate) async fn send(&mut self, method: &str, path: &str, form: &[(&str, &str)], json: Option<Value>) -> Response {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        let mut request = client.request(method.parse().unwrap(), format!("{}{path}", self.samples.address));
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request = request.header("Host", format!("{}.localhost:8081", self.host)).header("Cookie", cookies.join("; "));
        if !form.is_empty() {
            request = request.form(form);
        }
        if let Some(json) = json {
            request = request.json(&json);
        }
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }

    pub(crate) async fn page(&mut self, path: &str) -> String {
        self.send("GET", path, &[], None).await.text().await.unwrap()
    }

    pub(crate) async fn get(&mut self, path: &str) -> (u16, String) {
        told(&self.send("GET", path, &[], None).await)
    }

    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        told(&self.send("POST", path, form, None).await)
    }

    pub(crate) async fn attempts(&mut self) -> (u64, u64) {
        let counts: Value = serde_json::from_str(&self.page("/attempts").await).unwrap();
        (counts["attempts"].as_u64().unwrap(), counts["succeeded"].as_u64().unwrap())
    }

    /// Whoever is signed in sees their name, may sign out, and is not asked again.
    pub(crate) async fn expect_signed_in(&mut self, username: &str) {
        let home = self.page("/").await;
        let words = if self.host == "cairo" { "مسجل الدخول باسم" } else { "Signed in as" };
        assert!(home.contains(&format!("<span id=\"signed-in\">{words} {username}</span>")), "{}", self.host);
        assert_eq!(self.send("GET", "/login", &[], None).await.status(), 303);
        assert_eq!(self.send("GET", "/logout", &[], None).await.status(), 303);
        assert_eq!(self.send("GET", "/", &[], None).await.status(), 303, "signed out");
    }
}

/// Status, and where to.
fn told(answer: &Response) -> (u16, String) {
    let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
    (answer.status().as_u16(), location.unwrap_or_default())
}
