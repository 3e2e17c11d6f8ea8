//! Pictures for most apps of the demonstration, drawn by `scripts/icons.mjs`; some have none, as everywhere.

macro_rules! pictures {
    ($($app:literal),+) => { [$(($app, include_bytes!(concat!("../../assets/apps/", $app, ".png")).as_slice())),+] };
}

const PICTURES: [(&str, &[u8]); 9] = pictures!["crm", "people", "expenses", "payroll", "inventory", "orders", "wiki", "travel", "helpdesk"];

/// The picture of an app.
pub(super) fn of(app: &str) -> Option<&'static [u8]> {
    PICTURES.into_iter().find(|(id, _)| *id == app).map(|(_, picture)| picture)
}
