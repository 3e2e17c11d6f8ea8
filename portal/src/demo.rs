//! The demonstration: two people of Contoso (one of them administrates), their apps, and the passwords that the sample apps really check.
//!
//! Filling in is repeatable: apps follow the sample apps' address, while people who are already there keep what they
//! stored since.

mod apps;
mod icons;
mod people;

use zeroize::Zeroizing;

use apps::APPS;
use people::{ADMINISTRATOR, PEOPLE};

use crate::{
    account,
    assignment::Plan,
    catalogue,
    clock::now,
    credential::{self, Fields},
    database::{Database, StoreError},
    icon::{self, Icon},
    import::ImportError,
    password::Hasher,
    serve::StartError,
    vault::Vault,
};

/// Fills in the demonstration. `sample_apps` is the sample apps' address with `{name}` for a host name.
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
        let id = account::add(&mut *transaction, person.username, person.name, &hashed, false, false, now()).await?;
        added.extend(id.map(|id| (id, person)));
    }
    account::ensure_administrator(&mut *transaction, ADMINISTRATOR).await?;
    let mut wanted = Vec::with_capacity(APPS.len());
    for demo in &APPS {
        let app = demo.app(sample_apps);
        app.check().map_err(|error| ImportError::App(app.id.clone(), error))?;
        let icon = icons::of(demo.id).map(Icon::new).transpose().map_err(|error| ImportError::Icon(app.id.clone(), error))?;
        catalogue::put(&mut transaction, &app).await?;
        icon::put(&mut transaction, &app.id, icon.as_ref()).await?;
        let mut people = Vec::new();
        for username in demo.people {
            people.extend(account::id_of(&mut *transaction, username).await?);
        }
        wanted.push((demo.id, people));
    }
    Plan::make(&mut transaction, &wanted).await?.carry_out(&mut transaction, None).await?;
    for (id, person) in added {
        for stored in person.credentials {
            let fields = stored.fields().map(|(name, value)| (name.to_owned(), Zeroizing::new(value.to_owned())));
            credential::store(&mut *transaction, vault, id, stored.app, &Fields(fields.collect()), now()).await?;
        }
    }
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(())
}
