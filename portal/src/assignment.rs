//! Who may use which app, decided for many at once. What is wanted is gathered and compared beside the database, where it keeps
//! nobody waiting; what is left to do while nobody else may write are the differences.

use sqlx::{Connection, QueryBuilder, Sqlite, SqliteConnection, SqliteExecutor};

use crate::{act::Act, database::StoreError, outcome::Outcome};

/// So many rows come with one statement.
const AT_ONCE: usize = 1000;

/// One app, and exactly the people who may use it.
pub type Wanted<'a> = (&'a str, Vec<i64>);

/// What is wanted, and how it differs from what was there when it was compared: in tables that only this connection sees.
#[derive(Debug)]
pub struct Plan {
    compared_at: i64,
}

impl Plan {
    /// Gathers what is wanted and compares it. It needs no lock, so many rows take nobody's time but its own.
    pub async fn make(connection: &mut SqliteConnection, wanted: &[Wanted<'_>]) -> Result<Self, StoreError> {
        gather(connection, wanted).await?;
        // In a transaction, the number and the rows are of the same moment.
        let mut moment = connection.begin().await?;
        let compared_at = compare(&mut moment).await?;
        moment.commit().await?;
        Ok(Self { compared_at })
    }

    /// Lets exactly the people named use the apps named, in a transaction beside which nobody writes. Other apps stay as they are,
    /// and somebody who was removed meanwhile is passed over. Stored credentials stay, for when somebody gets an app back. Whoever
    /// gets or loses one is a line in the audit trail, unless it is nobody's act.
    pub async fn carry_out(self, connection: &mut SqliteConnection, act: Option<&Act>) -> Result<(), StoreError> {
        if changes(&mut *connection).await? != self.compared_at {
            compare(connection).await?;
        }
        if let Some(act) = act {
            record(connection, act).await?;
        }
        run(
            connection,
            &[
                "DELETE FROM assignments WHERE (account_id, app_id) IN (SELECT account_id, app_id FROM surplus)",
                "INSERT INTO assignments (account_id, app_id)
                 SELECT lacking.account_id, lacking.app_id FROM lacking JOIN accounts ON accounts.id = lacking.account_id",
            ],
        )
        .await?;
        count_change(connection).await
    }
}

async fn record(connection: &mut SqliteConnection, act: &Act) -> Result<(), StoreError> {
    // Who was removed meanwhile has no app to lose or to get.
    let taken = "INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, host, operator)
                 SELECT $1, surplus.account_id, surplus.app_id, $2, '', $3 FROM surplus JOIN accounts ON accounts.id = surplus.account_id";
    let assigned = "INSERT INTO outcomes (recorded_at, account_id, app_id, outcome, host, operator)
                    SELECT $1, lacking.account_id, lacking.app_id, $2, '', $3 FROM lacking JOIN accounts ON accounts.id = lacking.account_id";
    for (statement, outcome) in [(taken, Outcome::AppUnassigned), (assigned, Outcome::AppAssigned)] {
        sqlx::query(statement).bind(act.at()).bind(outcome.as_str()).bind(act.operator()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// To be told by whoever else changes what people may use, in the same transaction. For a person who is removed it need not be:
/// there is nothing left that could be wanted for them.
pub async fn count_change(executor: impl SqliteExecutor<'_>) -> Result<(), StoreError> {
    sqlx::query("UPDATE assignment_changes SET number = number + 1").execute(executor).await?;
    Ok(())
}

async fn changes(executor: impl SqliteExecutor<'_>) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT number FROM assignment_changes").fetch_one(executor).await?)
}

async fn gather(connection: &mut SqliteConnection, wanted: &[Wanted<'_>]) -> Result<(), StoreError> {
    run(
        connection,
        &[
            "DROP TABLE IF EXISTS wanted_apps",
            "DROP TABLE IF EXISTS wanted",
            "DROP TABLE IF EXISTS surplus",
            "DROP TABLE IF EXISTS lacking",
            "CREATE TEMPORARY TABLE wanted_apps (app_id TEXT PRIMARY KEY)",
            "CREATE TEMPORARY TABLE wanted (account_id INTEGER NOT NULL, app_id TEXT NOT NULL, PRIMARY KEY (account_id, app_id))",
            "CREATE TEMPORARY TABLE surplus (account_id INTEGER NOT NULL, app_id TEXT NOT NULL)",
            "CREATE TEMPORARY TABLE lacking (account_id INTEGER NOT NULL, app_id TEXT NOT NULL)",
        ],
    )
    .await?;
    for (app_id, _) in wanted {
        sqlx::query("INSERT INTO wanted_apps (app_id) VALUES ($1)").bind(app_id).execute(&mut *connection).await?;
    }
    let pairs: Vec<(i64, &str)> = wanted.iter().flat_map(|(app_id, people)| people.iter().map(|person| (*person, *app_id))).collect();
    for some in pairs.chunks(AT_ONCE) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO wanted (account_id, app_id) ");
        query.push_values(some, |mut row, (account_id, app_id)| {
            row.push_bind(account_id).push_bind(*app_id);
        });
        // The same person may be named twice.
        query.push(" ON CONFLICT (account_id, app_id) DO NOTHING").build().execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes down the differences, and gives the number of the change up to which they hold.
async fn compare(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let number = changes(&mut *connection).await?;
    run(
        connection,
        &[
            "DELETE FROM surplus",
            "DELETE FROM lacking",
            "INSERT INTO surplus (account_id, app_id)
             SELECT account_id, app_id FROM assignments
             WHERE app_id IN (SELECT app_id FROM wanted_apps)
               AND NOT EXISTS (SELECT 1 FROM wanted
                               WHERE wanted.account_id = assignments.account_id AND wanted.app_id = assignments.app_id)",
            "INSERT INTO lacking (account_id, app_id)
             SELECT account_id, app_id FROM wanted
             WHERE NOT EXISTS (SELECT 1 FROM assignments
                               WHERE assignments.account_id = wanted.account_id AND assignments.app_id = wanted.app_id)",
        ],
    )
    .await?;
    Ok(number)
}

async fn run(connection: &mut SqliteConnection, statements: &[&'static str]) -> Result<(), StoreError> {
    for statement in statements {
        sqlx::query(*statement).execute(&mut *connection).await?;
    }
    Ok(())
}
