//! Every sample app really checks passwords, remembers who is signed in, and counts what came.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::Samples;
use my_apps_samples::{
    accounts::{ACCOUNTS, check as is_account},
    site::Site,
};
use serde_json::{Value, json};

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
    assert!(page.contains("/assets/scripts/expenses.js") && !page.contains("<form"), "the form is the script's");
    assert!(app.page("/assets/scripts/expenses.js").await.contains("track"));
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

/// Refusals first, each an attempt; then in.
async fn signs_in(host: &'static str, wrong: &[&[(&str, &str)]], refusal: &str, right: &[(&str, &str)], username: &str) {
    let samples = Samples::start().await;
    let mut app = samples.app(host);
    assert_eq!(app.post("/login", &right[1..]).await.0, 400, "a field is missing");
    assert_eq!(app.attempts().await, (0, 0));
    for form in wrong {
        let answer = app.send("POST", "/login", form, None).await;
        assert_eq!(answer.status(), 403, "{form:?}");
        assert!(answer.text().await.unwrap().contains(refusal), "{form:?}");
        assert!(app.cookies.is_empty());
    }
    let tried = wrong.len() as u64;
    assert_eq!(app.attempts().await, (tried, 0));
    assert_eq!(app.post("/login", right).await, (303, "/".to_owned()));
    assert_eq!(app.attempts().await, (tried + 1, 1));
    app.expect_signed_in(username).await;
}

#[tokio::test]
async fn inventory_shows_its_form_later() {
    let samples = Samples::start().await;
    let mut app = samples.app("inventory");
    let page = app.page("/login").await;
    assert!(page.contains("class=\"loading\"") && !page.contains("<form") && !page.contains("<input"), "the form is the script's");
    let script = app.page("/assets/scripts/inventory.js").await;
    assert!(script.contains("user_pass") && script.contains("setTimeout(show, 2000)"));
    let wrong: [&[_]; 1] = [&[("user_login", "sam"), ("user_pass", "orders-Demo-2!")]];
    signs_in("inventory", &wrong, "data-refused=\"true\"", &[("user_login", "sam"), ("user_pass", "inventory-Demo-2!")], "sam").await;
}

#[tokio::test]
async fn benefits_asks_for_the_company_as_well() {
    let samples = Samples::start().await;
    let page = samples.app("benefits").page("/login").await;
    for id in ["company-id", "member-name", "member-password", "log-in"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    let wrong: [&[_]; 3] = [
        &[("memberName", "sam.rivera"), ("memberPassword", "benefits-Demo-2!")],
        &[("companyId", "47110816"), ("memberName", "sam.rivera"), ("memberPassword", "benefits-Demo-2!")],
        &[("companyId", "47110815"), ("memberName", "sam.rivera"), ("memberPassword", "benefits-Demo-1!")],
    ];
    let right = [("memberName", "sam.rivera"), ("memberPassword", "benefits-Demo-2!"), ("companyId", " 47110815 ")];
    signs_in("benefits", &wrong, "do not belong together", &right, "sam.rivera").await;
}

#[tokio::test]
async fn orders_keeps_its_form_in_a_shadow_root() {
    let samples = Samples::start().await;
    let mut app = samples.app("orders");
    let page = app.page("/login").await;
    assert!(page.contains("<contoso-sign-in></contoso-sign-in>") && !page.contains("<form"));
    let script = app.page("/assets/scripts/orders.js").await;
    assert!(script.contains("attachShadow({ mode: \"open\" })") && script.contains("action=\"/login\""));
    assert_eq!(app.get("/assets/scripts/nothing.js").await.0, 404);
    let wrong: [&[_]; 1] = [&[("buyer", "sam"), ("password", "")]];
    signs_in("orders", &wrong, "<contoso-sign-in refused>", &[("buyer", "sam"), ("password", "orders-Demo-2!")], "sam").await;
}

#[tokio::test]
async fn suppliers_asks_for_the_company_first() {
    let samples = Samples::start().await;
    let mut app = samples.app("suppliers");
    assert!(!app.page("/login").await.contains("type=\"password\""));
    assert_eq!(app.get("/login/person").await, (303, "/login".to_owned()), "not before the company is known");
    let person = [("user", "sam"), ("password", "suppliers-Demo-2!")];
    assert_eq!(app.post("/login/person", &person).await, (303, "/login".to_owned()));
    let wrong = app.send("POST", "/login", &[("company", "47110816")], None).await;
    assert_eq!(wrong.status(), 403);
    assert!(wrong.text().await.unwrap().contains("no such company"));
    assert_eq!(app.attempts().await, (0, 0), "no password came");
    assert_eq!(app.post("/login", &[("company", " 47110815 ")]).await, (303, "/login/person".to_owned()));
    assert_eq!(app.post("/login/person", &[("user", "sam"), ("password", "crm-Demo-2!")]).await.0, 403);
    assert_eq!(app.post("/login/person", &person).await, (303, "/".to_owned()));
    assert_eq!(app.attempts().await, (2, 1));
    app.expect_signed_in("sam").await;
}

#[tokio::test]
async fn cairo_speaks_arabic_only() {
    let samples = Samples::start().await;
    let mut app = samples.app("cairo");
    for path in ["/login", "/forgot", "/search?q=x", "/no-form", "/login-help", "/nothing"] {
        let page = app.page(path).await;
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{path}");
        let (_, body) = page.split_once("<body").unwrap();
        let shown = body.split('<').filter_map(|tag| tag.split_once('>')).map(|(_, text)| text.replace('x', ""));
        for text in shown {
            assert!(!text.contains(|letter: char| letter.is_ascii_alphabetic()), "{path}: {text}");
        }
    }
    let page = app.page("/login").await;
    assert!(page.contains("name=\"f1\"") && !page.contains("autocomplete") && !page.contains("username"), "only the words tell");
    let wrong: [&[_]; 1] = [&[("f1", "alex"), ("f2", "cairo-Demo-2!")]];
    signs_in("cairo", &wrong, "غير صحيحة", &[("f1", "alex"), ("f2", "cairo-Demo-1!")], "alex").await;
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
        let [nothing, one, lost] = match site {
            Site::Cairo => ["لم يرسل شيء إلى هذه الصفحة.", "أرسل إلى هذه الصفحة: 1", "لا توجد صفحة في هذا العنوان"],
            _ => ["Nothing was posted to this page.", "Posted to this page: 1", "no page at this address"],
        };
        assert!(app.page("/login-help").await.contains(&format!("<p id=\"received\">{nothing}</p>")));
        app.post("/login-help", &[("username", "alex"), ("password", "crm-Demo-1!")]).await;
        let page = app.page("/login-help").await;
        assert!(page.contains(&format!("<p id=\"received\">{one}</p>")) && !page.contains("crm-Demo-1!"));
        assert_eq!(app.attempts().await.1, 0);
        assert!(app.page("/nothing").await.contains(lost));
    }
}
