//! The accounts of the sample apps. They are public: the portal's demonstration data holds the same ones.

use subtle::ConstantTimeEq;

use crate::site::Site;

/// App, user name, password.
pub const ACCOUNTS: [(Site, &str, &str); 20] = [
    (Site::Crm, "alex", "crm-Demo-1!"),
    (Site::Crm, "sam", "crm-Demo-2!"),
    (Site::People, "alex.wilber", "people-Demo-1!"),
    (Site::People, "sam.rivera", "people-Demo-2!"),
    (Site::Expenses, "alex", "expenses-Demo-1!"),
    (Site::Expenses, "sam", "expenses-Demo-2!"),
    (Site::Payroll, "alex", "payroll-Demo-1!"),
    (Site::Payroll, "sam", "payroll-Demo-2!"),
    (Site::Inventory, "alex", "inventory-Demo-1!"),
    (Site::Inventory, "sam", "inventory-Demo-2!"),
    (Site::Benefits, "alex.wilber", "benefits-Demo-1!"),
    (Site::Benefits, "sam.rivera", "benefits-Demo-2!"),
    (Site::Orders, "alex", "orders-Demo-1!"),
    (Site::Orders, "sam", "orders-Demo-2!"),
    (Site::Cairo, "alex", "cairo-Demo-1!"),
    (Site::Cairo, "sam", "cairo-Demo-2!"),
    (Site::Suppliers, "alex", "suppliers-Demo-1!"),
    (Site::Suppliers, "sam", "suppliers-Demo-2!"),
    (Site::Accounts, "alex@contoso.example", "accounts-Demo-1!"),
    (Site::Accounts, "sam@contoso.example", "accounts-Demo-2!"),
];

/// The company id that the benefits app asks for as well, and the suppliers app before anything else.
pub const COMPANY: &str = "47110815";

/// Whether the app has this account with this password.
pub fn check(site: Site, username: &str, password: &str) -> bool {
    ACCOUNTS.iter().any(|(of, known, right)| *of == site && *known == username && bool::from(right.as_bytes().ct_eq(password.as_bytes())))
}
