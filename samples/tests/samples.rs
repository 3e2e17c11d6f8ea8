//! Every sample app really checks passwords, remembers who is signed in, and counts what came.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use my_apps_samples::{
    accounts::{ACCOUNTS, check as is_account},
    router,
    site::Site,
};
use reqwest::{Client, Response, redirect::Policy};
use serde_json::{Value, json};

struct Samples {
    address: String,
}

/// One app in one browser.
struct App<'a> {
    samples: &'a Samples,
    host: &'static str,
    cookies: Vec<(String, String)>,
}

impl Samples {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router()).await.unwrap() });
        Self { address }
    }

    fn app(&self, host: &'static str) -> App<'_> {
        App { samples: self, host, cookies: Vec::new() }
    }
}

impl App<'_> {
    async fn send(&mut self, method: &str, path: &str, form: &[(&str, &str)], json: Option<Value>) -> Response {
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

    async fn page(&mut self, path: &str) -> String {
        self.send("GET", path, &[], None).await.text().await.unwrap()
    }

    async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> (u16, String) {
        let answer = self.send("POST", path, form, None).await;
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), location.unwrap_or_default())
    }

    async fn attempts(&mut self) -> (u64, u64) {
        let counts: Value = serde_json::from_str(&self.page("/attempts").await).unwrap();
        (counts["attempts"].as_u64().unwrap(), counts["succeeded"].as_u64().unwrap())
    }

    /// Whoever is signed in sees their name, may sign out, and is not asked again.
    async fn expect_signed_in(&mut self, username: &str) {
        let home = self.page("/").await;
        assert!(home.contains(&format!("<span id=\"signed-in\">Signed in as {username}</span>")), "{}", self.host);
        assert_eq!(self.send("GET", "/login", &[], None).await.status(), 303);
        assert_eq!(self.send("GET", "/logout", &[], None).await.status(), 303);
        assert_eq!(self.send("GET", "/", &[], None).await.status(), 303, "signed out");
    }
}

#[test]
fn an_account_is_one_apps() {
    for (site, username, password) in ACCOUNTS {
        for other in Site::ALL {
            assert_eq!(is_account(other, username, password), site == other);
        }
        assert!(!is_account(site, username, "") && !is_account(site, "", password) && !is_account(site, "nobody", password));
    }
}

#[track_caller]
fn host(text: &str, expected: Option<Site>) {
    assert_eq!(Site::of_host(text), expected, "{text}");
}

#[test]
fn an_app_is_found_by_its_whole_host_name() {
    host("", None);
    host("localhost:8081", None);
    host("127.0.0.1:8081", None);
    host("nothing.localhost:8081", None);
    host("a.crm.localhost:8081", None);
    host("crm.localhost.evil.example", None);
    host("crm.localhost:8081", Some(Site::Crm));
    host("crm.localhost", Some(Site::Crm));
}

#[tokio::test]
async fn crm_is_a_plain_form() {
    let samples = Samples::start().await;
    let mut app = samples.app("crm");
    assert_eq!(app.send("GET", "/", &[], None).await.status(), 303);
    let page = app.page("/login").await;
    assert!(page.contains("role=\"search\"") && page.contains("Remember me") && page.contains("Forgot password?"));
    let wrong = app.send("POST", "/login", &[("username", "alex"), ("password", "people-Demo-1!")], None).await;
    assert_eq!(wrong.status(), 403);
    let page = wrong.text().await.unwrap();
    assert!(page.contains("The user name or the password is wrong.") && page.contains("value=\"alex\""));
    assert_eq!(app.attempts().await, (1, 0));
    assert_eq!(app.post("/login", &[("username", "alex"), ("password", "crm-Demo-1!")]).await, (303, "/".to_owned()));
    assert_eq!(app.attempts().await, (2, 1));
    app.expect_signed_in("alex").await;
    assert!(app.page("/search?q=%3Cscript%3E").await.contains("0 results for “&#60;script&#62;”"));
}

#[tokio::test]
async fn people_asks_on_two_pages() {
    let samples = Samples::start().await;
    let mut app = samples.app("people");
    assert!(!app.page("/login").await.contains("type=\"password\""));
    assert_eq!(app.post("/login/password", &[("password", "people-Demo-1!")]).await, (303, "/login".to_owned()));
    assert_eq!(app.post("/login", &[("identifier", "alex.wilber; x=1")]).await, (303, "/login".to_owned()));
    assert_eq!(app.post("/login", &[("identifier", "alex.wilber")]).await, (303, "/login/password".to_owned()));
    assert_eq!(app.attempts().await, (0, 0), "a user name is no attempt");
    let page = app.page("/login/password").await;
    assert!(page.contains("alex.wilber") && page.contains("type=\"password\""));
    assert_eq!(app.post("/login/password", &[("password", "wrong")]).await.0, 403);
    assert_eq!(app.post("/login/password", &[("password", "people-Demo-1!")]).await, (303, "/".to_owned()));
    assert_eq!(app.attempts().await, (2, 1));
    app.expect_signed_in("alex.wilber").await;
}

#[tokio::test]
async fn expenses_takes_json_from_its_script() {
    let samples = Samples::start().await;
    let mut app = samples.app("expenses");
    let page = app.page("/login").await;
    assert!(page.contains("expenses.js") && !page.contains("<form"), "the form is the script's");
    assert!(app.page("/assets/expenses.js").await.contains("track"));
    assert_eq!(app.post("/login", &[("username", "alex"), ("password", "expenses-Demo-1!")]).await.0, 400);
    let wrong = json!({"username": "alex", "password": "wrong"});
    assert_eq!(app.send("POST", "/login", &[], Some(wrong)).await.status(), 403);
    let right = json!({"username": "alex", "password": "expenses-Demo-1!"});
    let answer = app.send("POST", "/login", &[], Some(right)).await;
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({"name": "alex"}));
    assert_eq!(app.attempts().await, (2, 1));
    app.expect_signed_in("alex").await;
}

#[tokio::test]
async fn payroll_is_an_old_form() {
    let samples = Samples::start().await;
    let mut app = samples.app("payroll");
    let page = app.page("/login").await;
    assert!(page.contains("<table") && page.contains("value=\"Log on\"") && !page.contains("<label"));
    assert_eq!(app.post("/login", &[("txtUser", "sam"), ("txtPass", "crm-Demo-2!")]).await.0, 403);
    assert_eq!(app.post("/login", &[("txtUser", "sam"), ("txtPass", "payroll-Demo-2!")]).await, (303, "/".to_owned()));
    assert_eq!(app.attempts().await, (2, 1));
    app.expect_signed_in("sam").await;
}

#[tokio::test]
async fn a_session_is_one_apps() {
    let samples = Samples::start().await;
    let mut crm = samples.app("crm");
    crm.post("/login", &[("username", "alex"), ("password", "crm-Demo-1!")]).await;
    let mut payroll = samples.app("payroll");
    payroll.cookies = crm.cookies.clone();
    assert_eq!(payroll.send("GET", "/", &[], None).await.status(), 303);
}

#[tokio::test]
async fn apps_without_sign_in_show_a_page() {
    let samples = Samples::start().await;
    for (host, sentence) in
        [("wiki", "no sign-in needed"), ("travel", "(SAML) would begin here"), ("helpdesk", "(OpenID Connect) would begin here")]
    {
        let mut app = samples.app(host);
        let page = app.page("/").await;
        assert!(page.contains(sentence) && !page.contains("<form"), "{host}");
        assert_eq!(app.send("GET", "/login", &[], None).await.status(), 404);
        assert_eq!(app.send("POST", "/login", &[("username", "alex")], None).await.status(), 404);
    }
    let unknown = samples.app("nothing").send("GET", "/login", &[], None).await;
    assert_eq!(unknown.status(), 404);
    assert!(unknown.text().await.unwrap().contains("No such sample app"));
}

#[tokio::test]
async fn difficult_pages_count_what_should_not_come() {
    let samples = Samples::start().await;
    for (host, passwords) in [("signup", 2), ("newsletter", 0)] {
        let mut app = samples.app(host);
        assert_eq!(app.page("/login").await.matches("type=\"password\"").count(), passwords);
        assert_eq!(app.post("/login", &[("email", "a@b.example")]).await.0, 200);
        assert_eq!(app.attempts().await, (1, 0));
    }
    for site in Site::ALL {
        let mut app = samples.app(site.host_label());
        assert!(!app.page("/no-form").await.contains("<form"));
        assert!(app.page("/login-help").await.contains("<p id=\"received\">Nothing was posted to this page.</p>"));
        app.post("/login-help", &[("username", "alex"), ("password", "crm-Demo-1!")]).await;
        let page = app.page("/login-help").await;
        assert!(page.contains("<p id=\"received\">Posted to this page: 1</p>") && !page.contains("crm-Demo-1!"));
        assert_eq!(app.attempts().await.1, 0);
        assert!(app.page("/nothing").await.contains("no page at this address"));
    }
}
