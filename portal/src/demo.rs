//! The demonstration: two people of Contoso (one of them administrates), their apps, and the passwords that the sample apps really check.
//!
//! Filling in is repeatable: apps follow the sample apps' address, while people who are already there keep what they
//! stored since.

use std::collections::BTreeMap;

use zeroize::Zeroizing;

use crate::{
    account,
    address::SignOnRule,
    app::{App, Mode},
    catalogue,
    clock::now,
    credential::{self, Fields},
    database::{Database, StoreError},
    import::ImportError,
    password::Hasher,
    serve::StartError,
    vault::Vault,
};

struct Person {
    username: &'static str,
    name: &'static str,
    password: &'static str,
    /// App, user name there, password there.
    credentials: &'static [(&'static str, &'static str, &'static str)],
}

/// Who reads the audit trail, unless somebody else already does.
const ADMINISTRATOR: &str = "sam@contoso.example";

const PEOPLE: [Person; 2] = [
    Person {
        username: "alex@contoso.example",
        name: "Alex Wilber",
        password: "portal-demo-1",
        // None for expenses: storing one is a part of the demonstration.
        credentials: &[("crm", "alex", "crm-Demo-1!"), ("people", "alex.wilber", "people-Demo-1!")],
    },
    Person {
        username: "sam@contoso.example",
        name: "Sam Rivera",
        password: "portal-demo-2",
        credentials: &[
            ("crm", "sam", "crm-Demo-2!"),
            ("people", "sam.rivera", "people-Demo-2!"),
            ("expenses", "sam", "expenses-Demo-2!"),
            ("payroll", "sam", "payroll-Demo-2!"),
        ],
    },
];

struct DemoApp {
    id: &'static str,
    name: &'static str,
    description: &'static str,
    keywords: &'static [&'static str],
    mode: Mode,
    people: &'static [&'static str],
}

const EVERYONE: &[&str] = &["alex@contoso.example", "sam@contoso.example"];

const APPS: [DemoApp; 7] = [
    DemoApp {
        id: "crm",
        name: "Contoso CRM",
        description: "Customers, leads and orders",
        keywords: &["sales", "customers"],
        mode: Mode::Password,
        people: EVERYONE,
    },
    DemoApp {
        id: "people",
        name: "Contoso People",
        description: "Colleagues, teams and time off",
        keywords: &["hr", "directory", "holidays"],
        mode: Mode::Password,
        people: EVERYONE,
    },
    DemoApp {
        id: "expenses",
        name: "Contoso Expenses",
        description: "Receipts and travel costs",
        keywords: &["money", "refund"],
        mode: Mode::Password,
        people: EVERYONE,
    },
    DemoApp {
        id: "payroll",
        name: "Contoso Payroll",
        description: "Salaries and payslips",
        keywords: &["salary", "wages"],
        mode: Mode::Password,
        people: &["sam@contoso.example"],
    },
    DemoApp {
        id: "wiki",
        name: "Contoso Wiki",
        description: "How things are done here",
        keywords: &["handbook", "documentation"],
        mode: Mode::Linked,
        people: EVERYONE,
    },
    DemoApp {
        id: "travel",
        name: "Contoso Travel",
        description: "Trains, flights and hotels",
        keywords: &["booking", "trips"],
        mode: Mode::Saml,
        people: EVERYONE,
    },
    DemoApp {
        id: "helpdesk",
        name: "Contoso Help Desk",
        description: "Questions and repairs",
        keywords: &["support", "it", "tickets"],
        mode: Mode::Oidc,
        people: EVERYONE,
    },
];

/// Fills in the demonstration. `sample_apps` is the sample apps' address with `{name}` for the app's id.
pub async fn fill(database: &Database, vault: &Vault, hasher: &Hasher, sample_apps: &str) -> Result<(), StartError> {
    let mut newcomers = Vec::new();
    for person in &PEOPLE {
        if account::id_of(database, person.username).await?.is_none() {
            newcomers.push((person, hasher.hash(Zeroizing::new(person.password.to_owned())).await?));
        }
    }
    let mut transaction = database.begin().await.map_err(StoreError::from)?;
    let mut added = Vec::new();
    for (person, hashed) in newcomers {
        let id = account::add(&mut *transaction, person.username, person.name, &hashed, false, now()).await?;
        added.extend(id.map(|id| (id, person)));
    }
    account::ensure_administrator(&mut *transaction, ADMINISTRATOR).await?;
    for demo in &APPS {
        let app = demo.app(sample_apps);
        app.check().map_err(|error| ImportError::App(app.id.clone(), error))?;
        catalogue::put(&mut transaction, &app).await?;
        let mut people = Vec::new();
        for username in demo.people {
            people.extend(account::id_of(&mut *transaction, username).await?);
        }
        catalogue::assign(&mut transaction, demo.id, &people).await?;
    }
    for (id, person) in added {
        for (app_id, username, password) in person.credentials {
            let fields = [("username", username), ("password", password)];
            let fields = fields.map(|(name, value)| (name.to_owned(), Zeroizing::new((*value).to_owned())));
            let fields = Fields(BTreeMap::from(fields));
            credential::store(&mut *transaction, vault, id, app_id, &fields, now()).await?;
        }
    }
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(())
}

impl DemoApp {
    fn app(&self, sample_apps: &str) -> App {
        let home = format!("{}/", sample_apps.replace("{name}", self.id).trim_end_matches('/'));
        let sign_in = format!("{home}login");
        let is_password = self.mode == Mode::Password;
        let rule = SignOnRule { allow_http: sign_in.starts_with("http:"), url: sign_in.clone(), allow_ip: false };
        App {
            id: self.id.to_owned(),
            name: self.name.to_owned(),
            description: self.description.to_owned(),
            keywords: self.keywords.iter().copied().map(str::to_owned).collect(),
            mode: self.mode,
            launch_url: if is_password { sign_in } else { home },
            sign_on_rules: if is_password { vec![rule] } else { Vec::new() },
            form: None,
        }
    }
}
