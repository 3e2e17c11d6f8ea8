//! The two people of the demonstration, and the passwords that the sample apps really check.

/// Somebody who works at Contoso.
pub(super) struct Person {
    pub(super) username: &'static str,
    pub(super) name: &'static str,
    pub(super) password: &'static str,
    pub(super) credentials: &'static [Credential],
}

/// What they sign in to an app with.
pub(super) struct Credential {
    pub(super) app: &'static str,
    username: &'static str,
    password: &'static str,
    /// For the apps that ask for it.
    company: Option<&'static str>,
}

impl Credential {
    /// Names and values of its fields.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let company = self.company.map(|company| ("company", company));
        [("username", self.username), ("password", self.password)].into_iter().chain(company)
    }
}

const fn account(app: &'static str, username: &'static str, password: &'static str) -> Credential {
    Credential { app, username, password, company: None }
}

/// Who reads the audit trail, unless somebody else already does.
pub(super) const ADMINISTRATOR: &str = "sam@contoso.example";

pub(super) const EVERYONE: &[&str] = &["alex@contoso.example", "sam@contoso.example"];

pub(super) const PEOPLE: [Person; 2] = [
    Person {
        username: "alex@contoso.example",
        name: "Alex Wilber",
        password: "portal-demo-1",
        // None for expenses: storing one is a part of the demonstration.
        credentials: &[
            account("crm", "alex", "crm-Demo-1!"),
            account("people", "alex.wilber", "people-Demo-1!"),
            account("inventory", "alex", "inventory-Demo-1!"),
            Credential { company: Some("47110815"), ..account("benefits", "alex.wilber", "benefits-Demo-1!") },
            account("orders", "alex", "orders-Demo-1!"),
            account("cairo", "alex", "cairo-Demo-1!"),
            account("projects", "alex@contoso.example", "accounts-Demo-1!"),
        ],
    },
    Person {
        username: "sam@contoso.example",
        name: "Sam Rivera",
        password: "portal-demo-2",
        credentials: &[
            account("crm", "sam", "crm-Demo-2!"),
            account("people", "sam.rivera", "people-Demo-2!"),
            account("expenses", "sam", "expenses-Demo-2!"),
            account("payroll", "sam", "payroll-Demo-2!"),
            account("inventory", "sam", "inventory-Demo-2!"),
            Credential { company: Some("47110815"), ..account("benefits", "sam.rivera", "benefits-Demo-2!") },
            account("orders", "sam", "orders-Demo-2!"),
            account("cairo", "sam", "cairo-Demo-2!"),
            Credential { company: Some("47110815"), ..account("suppliers", "sam", "suppliers-Demo-2!") },
            account("projects", "sam@contoso.example", "accounts-Demo-2!"),
        ],
    },
];
