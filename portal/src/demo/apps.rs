//! The apps of the demonstration, which the sample apps are the other side of.

use super::people::EVERYONE;
use crate::{
    address::SignOnRule,
    app::{App, Field, FieldKind, Form, Mode, Step},
};

/// An app, wherever the sample apps are.
pub(super) struct DemoApp {
    pub(super) id: &'static str,
    name: &'static str,
    description: &'static str,
    keywords: &'static [&'static str],
    mode: Mode,
    /// The page with the form, if it is not the app's own `/login`: host name and path.
    signs_on_at: Option<(&'static str, &'static str)>,
    /// For a form that has more than user name and password.
    form: Option<fn() -> Form>,
    pub(super) people: &'static [&'static str],
}

const fn app(id: &'static str, name: &'static str, description: &'static str, keywords: &'static [&'static str], mode: Mode) -> DemoApp {
    DemoApp { id, name, description, keywords, mode, signs_on_at: None, form: None, people: EVERYONE }
}

pub(super) const APPS: [DemoApp; 13] = [
    app("crm", "Contoso CRM", "Customers, leads and orders", &["sales", "customers"], Mode::Password),
    app("people", "Contoso People", "Colleagues, teams and time off", &["hr", "directory", "holidays"], Mode::Password),
    app("expenses", "Contoso Expenses", "Receipts and travel costs", &["money", "refund"], Mode::Password),
    DemoApp {
        people: &["sam@contoso.example"],
        ..app("payroll", "Contoso Payroll", "Salaries and payslips", &["salary", "wages"], Mode::Password)
    },
    app("inventory", "Contoso Inventory", "What is in stock, and where", &["warehouse", "goods"], Mode::Password),
    DemoApp {
        form: Some(benefits_form),
        ..app("benefits", "Contoso Benefits", "Health, pension and bicycle", &["insurance", "retirement"], Mode::Password)
    },
    app("orders", "Contoso Orders", "What was bought, and when it arrives", &["purchases", "deliveries"], Mode::Password),
    app("cairo", "Contoso Cairo", "The office in Cairo", &["egypt", "arabic", "القاهرة"], Mode::Password),
    DemoApp {
        form: Some(suppliers_form),
        people: &["sam@contoso.example"],
        ..app("suppliers", "Contoso Suppliers", "Offers, prices and contracts", &["purchasing", "vendors"], Mode::Password)
    },
    DemoApp {
        signs_on_at: Some(("accounts", "/authorize")),
        ..app("projects", "Contoso Projects", "Plans, tasks and deadlines", &["planning", "milestones"], Mode::Password)
    },
    app("wiki", "Contoso Wiki", "How things are done here", &["handbook", "documentation"], Mode::Linked),
    app("travel", "Contoso Travel", "Trains, flights and hotels", &["booking", "trips"], Mode::Saml),
    app("helpdesk", "Contoso Help Desk", "Questions and repairs", &["support", "it", "tickets"], Mode::Oidc),
];

/// As an administrator describes a field: what finds it best, and what still would after the page was reworked.
fn field(field_id: &str, label: &str, kind: FieldKind, locators: [&str; 2]) -> Field {
    Field { field_id: field_id.to_owned(), label: label.to_owned(), kind, locators: locators.map(str::to_owned).to_vec() }
}

fn step(fields: Vec<Field>, submit: [&str; 2]) -> Step {
    Step { fields, submit: submit.map(str::to_owned).to_vec() }
}

/// Three fields on one page.
fn benefits_form() -> Form {
    let fields = vec![
        field("company", "Company ID", FieldKind::Text, ["#company-id", "form.member input[name=companyId]"]),
        field("username", "User name", FieldKind::Text, ["#member-name", "form.member input[autocomplete=username]"]),
        field("password", "Password", FieldKind::Password, ["#member-password", "form.member input[type=password]"]),
    ];
    Form { steps: vec![step(fields, ["#log-in", "form.member button[type=submit]"])], frame_origin: None }
}

/// The same on two.
fn suppliers_form() -> Form {
    let company = field("company", "Company ID", FieldKind::Text, ["#company", "input[name=company]"]);
    let person = vec![
        field("username", "User name", FieldKind::Text, ["#user", "input[name=user]"]),
        field("password", "Password", FieldKind::Password, ["#password", "input[type=password]"]),
    ];
    let steps = vec![step(vec![company], ["#next", "main button"]), step(person, ["#sign-in", "main button"])];
    Form { steps, frame_origin: None }
}

impl DemoApp {
    /// As the portal keeps it. `sample_apps` is the sample apps' address with `{name}` for a host name.
    pub(super) fn app(&self, sample_apps: &str) -> App {
        let page = |host: &str, path: &str| [sample_apps.replace("{name}", host).trim_end_matches('/'), path].concat();
        let is_password = self.mode == Mode::Password;
        let (host, path) = self.signs_on_at.unwrap_or((self.id, "/login"));
        let url = page(host, path);
        let rule = SignOnRule { allow_http: url.starts_with("http:"), url, allow_ip: false };
        App {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            description: self.description.to_owned(),
            keywords: self.keywords.iter().copied().map(str::to_owned).collect(),
            mode: self.mode,
            launch_url: page(self.id, if is_password { "/login" } else { "/" }),
            sign_on_rules: if is_password { vec![rule] } else { Vec::new() },
            form: self.form.map(|form| form()),
        }
    }
}
