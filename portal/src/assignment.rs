//! Who may use which app, decided for many at once. What is wanted is gathered beside the database, where it keeps nobody
//! waiting; then one statement takes away and one gives what is different, however many people and apps there are.

use sqlx::{QueryBuilder, Sqlite, SqliteConnection};

use crate::database::StoreError;

/// So many rows come with one statement.
const AT_ONCE: usize = 1000;

/// One app, and exactly the people who may use it.
pub type Wanted<'a> = (&'a str, Vec<i64>);

/// Gathers what is wanted, in tables that only this connection sees.
pub async fn gather(connection: &mut SqliteConnection, wanted: &[Wanted<'_>]) -> Result<(), StoreError> {
    for statement in [
        "DROP TABLE IF EXISTS wanted_apps",
        "DROP TABLE IF EXISTS wanted_assignments",
        "CREATE TEMPORARY TABLE wanted_apps (app_id TEXT PRIMARY KEY)",
        "CREATE TEMPORARY TABLE wanted_assignments (account_id INTEGER NOT NULL, app_id TEXT NOT NULL, PRIMARY KEY (account_id, app_id))",
    ] {
        sqlx::query(statement).execute(&mut *connection).await?;
    }
    for (app_id, _) in wanted {
        sqlx::query("INSERT INTO wanted_apps (app_id) VALUES ($1)").bind(app_id).execute(&mut *connection).await?;
    }
    let pairs: Vec<(i64, &str)> = wanted.iter().flat_map(|(app_id, people)| people.iter().map(|person| (*person, *app_id))).collect();
    for some in pairs.chunks(AT_ONCE) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO wanted_assignments (account_id, app_id) ");
        query.push_values(some, |mut row, (account_id, app_id)| {
            row.push_bind(account_id).push_bind(*app_id);
        });
        // The same person may be named twice.
        query.push(" ON CONFLICT (account_id, app_id) DO NOTHING").build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// Lets exactly the people gathered use the apps gathered; other apps stay as they are, and somebody who was removed meanwhile
/// is passed over. Stored credentials stay, for when somebody gets an app back.
pub async fn apply(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM assignments
         WHERE app_id IN (SELECT app_id FROM wanted_apps)
           AND NOT EXISTS (SELECT 1 FROM wanted_assignments AS wanted
                           WHERE wanted.account_id = assignments.account_id AND wanted.app_id = assignments.app_id)",
        "INSERT INTO assignments (account_id, app_id)
         SELECT wanted.account_id, wanted.app_id
         FROM wanted_assignments AS wanted JOIN accounts ON accounts.id = wanted.account_id
         WHERE NOT EXISTS (SELECT 1 FROM assignments AS given
                           WHERE given.account_id = wanted.account_id AND given.app_id = wanted.app_id)",
    ] {
        sqlx::query(statement).execute(&mut *connection).await?;
    }
    Ok(())
}
