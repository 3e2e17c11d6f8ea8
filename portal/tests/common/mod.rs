//! A portal on a real socket with a database of its own, and a browser reduced to what the tests need.
#![allow(dead_code, reason = "every test file uses another part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

pub(crate) mod callers;
pub(crate) mod program;
pub(crate) mod routes;

use std::{
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use my_apps_portal::{
    address::PublicUrl,
    connections::{self, Patience},
    database::{self, Database},
    demo,
    http::{Portal, router},
    pace::Paces,
    password::Hasher,
    serve::open_vault,
    settings::{DEFAULT_REDIRECT_URIS, Settings},
};
use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use serde_json::Value;

pub(crate) const ALEX: (&str, &str) = ("alex@contoso.example", "portal-demo-1");
pub(crate) const SAM: (&str, &str) = ("sam@contoso.example", "portal-demo-2");
pub(crate) const REDIRECT: &str = DEFAULT_REDIRECT_URIS[0];
/// The pair of RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The demonstration's files, filled in once for all the tests of a program: hashing passwords takes its time.
struct Demonstration {
    folder: tempfile::TempDir,
    hasher: Hasher,
}

static DEMONSTRATION: LazyLock<Demonstration> = LazyLock::new(|| {
    // On a thread of its own, because the test that comes first is inside a runtime already.
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(Demonstration::new())
    })
    .join()
    .unwrap()
});

impl Demonstration {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = database::open(&folder.path().join("portal.db")).await.unwrap();
        let vault = open_vault(&database, &folder.path().join("portal.key"), None).await.unwrap();
        let hasher = Hasher::new().unwrap();
        demo::fill(&database, &vault, &hasher, "http://{name}.localhost:8081").await.unwrap();
        database.close().await; // and with it, the write-ahead log becomes part of the file
        Self { folder, hasher }
    }
}

pub(crate) struct Server {
    pub(crate) address: String,
    pub(crate) public_url: String,
    pub(crate) portal: Arc<Portal>,
    pub(crate) folder: tempfile::TempDir,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demonstration = LazyLock::force(&DEMONSTRATION);
        for name in ["portal.db", "portal.key"] {
            std::fs::copy(demonstration.folder.path().join(name), folder.path().join(name)).unwrap();
        }
        let database = database::open(&folder.path().join("portal.db")).await.unwrap();
        let vault = open_vault(&database, &folder.path().join("portal.key"), None).await.unwrap();
        let hasher = demonstration.hasher.clone();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let public_url = format!("http://portal.localhost:{port}");
        let mut settings = Settings::new(PublicUrl::parse(&public_url).unwrap());
        change(&mut settings);
        let portal = Arc::new(Portal { settings, database, vault, hasher, paces: Paces::new(60) });
        tokio::spawn(connections::serve(listener, router(portal.clone()), Patience::USUAL, std::future::pending()));
        Self { address: format!("http://127.0.0.1:{port}"), public_url, portal, folder }
    }

    pub(crate) fn database(&self) -> &Database {
        &self.portal.database
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) async fn sql(&self, statement: &'static str) {
        sqlx::query(statement).execute(self.database()).await.unwrap();
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::at(&self.address)
    }

    pub(crate) async fn signed_in(&self, (username, password): (&str, &str)) -> Browser {
        let mut browser = self.browser();
        let answer = browser.post("/sign-in", &[("username", username), ("password", password)]).await;
        assert_eq!(answer.status(), 303);
        browser
    }

    /// An access token, got the way the extension gets one.
    pub(crate) async fn token(&self, who: (&str, &str)) -> String {
        let mut browser = self.signed_in(who).await;
        let code = browser.code().await;
        self.redeem(&code).await["access_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn redeem(&self, code: &str) -> Value {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT),
            ("client_id", "my-apps-extension"),
            ("code_verifier", VERIFIER),
        ];
        self.post("/oauth/token", &form).await.json().await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        client().post(format!("{}{path}", self.address)).form(form).send().await.unwrap()
    }

    pub(crate) fn api(&self, method: &str, path: &str, token: &str) -> RequestBuilder {
        let method = method.parse().unwrap();
        client().request(method, format!("{}/api/v1/{path}", self.address)).bearer_auth(token)
    }

    pub(crate) async fn api_status(&self, method: &str, path: &str, token: &str) -> u16 {
        self.api(method, path, token).send().await.unwrap().status().as_u16()
    }
}

pub(crate) fn client() -> Client {
    Client::builder().redirect(Policy::none()).build().unwrap()
}

/// The parameters of a request that is granted, changed as a case says: `("name", "")` removes one.
pub(crate) fn authorization(changes: &[(&str, &str)]) -> String {
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", "my-apps-extension"),
        ("redirect_uri", REDIRECT),
        ("scope", "apps"),
        ("state", "the state & more"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in changes {
        parameters.retain(|(known, _)| known != name);
        if !value.is_empty() {
            parameters.push((name, value));
        }
    }
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

pub(crate) struct Browser {
    client: Client,
    server: String,
    cookies: Vec<(String, String)>,
}

impl Browser {
    pub(crate) fn at(address: &str) -> Self {
        Self { client: client(), server: address.to_owned(), cookies: Vec::new() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Response {
        self.send(self.client.get(format!("{}{path}", self.server))).await
    }

    pub(crate) async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = self.client.get(format!("{}{path}", self.server));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request).await
    }

    /// A form post as the portal's own page makes it: `no-referrer` makes browsers send `Origin: null`.
    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = self.client.post(format!("{}{path}", self.server)).form(form);
        self.send(request.header("Sec-Fetch-Site", "same-origin").header("Origin", "null")).await
    }

    pub(crate) async fn post_from(&mut self, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Response {
        let mut request = self.client.post(format!("{}{path}", self.server)).form(form);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request).await
    }

    /// A form post with a file, as a browser makes it.
    pub(crate) async fn upload(&mut self, path: &str, parts: &[Part<'_>], headers: &[(&str, &str)]) -> Response {
        let mut request = multipart(self.client.post(format!("{}{path}", self.server)), parts);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request).await
    }

    pub(crate) async fn page(&mut self, path: &str) -> String {
        self.get(path).await.text().await.unwrap()
    }

    /// The token a form of the page carries.
    pub(crate) async fn form_token(&mut self, path: &str) -> String {
        let page = self.page(path).await;
        let after = page.split("name=\"form_token\" value=\"").nth(1).expect("a form with a token");
        after.split('"').next().unwrap().to_owned()
    }

    pub(crate) async fn authorize(&mut self, changes: &[(&str, &str)]) -> Response {
        self.get(&format!("/oauth/authorize?{}", authorization(changes))).await
    }

    pub(crate) async fn code(&mut self) -> String {
        let answer = self.authorize(&[]).await;
        parameter(&answer, "code").expect("a code")
    }

    pub(crate) fn cookie_header(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub(crate) fn cookie(&self, name: &str) -> String {
        let found = self.cookies.iter().find(|(known, _)| known == name);
        found.expect("a cookie of this name").1.clone()
    }

    async fn send(&mut self, request: RequestBuilder) -> Response {
        let answer = request.header("Cookie", self.cookie_header()).send().await.unwrap();
        for cookie in answer.headers().get_all("set-cookie") {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        answer
    }
}

/// A field of a form with a file: its name, that of the file if it is one, and what is in it.
pub(crate) type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// Puts the fields into a request as browsers do (RFC 7578).
pub(crate) fn multipart(request: RequestBuilder, parts: &[Part<'_>]) -> RequestBuilder {
    const BOUNDARY: &str = "----the-boundary-of-the-tests";
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map(|file| format!("; filename=\"{file}\"\r\nContent-Type: application/octet-stream")).unwrap_or_default();
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    request.header("Content-Type", format!("multipart/form-data; boundary={BOUNDARY}")).body(body)
}

pub(crate) fn location(answer: &Response) -> String {
    answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// A parameter of the address an answer redirects to.
pub(crate) fn parameter(answer: &Response, name: &str) -> Option<String> {
    let url = url::Url::parse(&location(answer)).ok()?;
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

pub(crate) fn header(answer: &Response, name: &str) -> String {
    answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

/// Imports a map of internal addresses: what stands in the field and, if one was chosen, a file. Gives status, where it leads, and
/// the page.
pub(crate) async fn import_map(browser: &mut Browser, seen: &str, text: &str, file: Option<&[u8]>) -> (u16, String, String) {
    let form_token = browser.form_token("/").await;
    let file = ("file", Some(file.map_or("", |_| "the \u{2192} map.json")), file.unwrap_or_default());
    let parts = [("form_token", None, form_token.as_bytes()), ("seen", None, seen.as_bytes()), file, ("map", None, text.as_bytes())];
    let answer = browser.upload("/addresses/import", &parts, &[("Sec-Fetch-Site", "same-origin")]).await;
    (answer.status().as_u16(), location(&answer), answer.text().await.unwrap())
}
