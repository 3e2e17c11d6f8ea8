//! Reading the audit trail: newest first, a stretch at a time, by key. Counting pages would show lines twice or not at
//! all while new ones come in, and would have to walk over all it leaves out.

use sqlx::{QueryBuilder, Sqlite};

use crate::{
    database::{Database, StoreError},
    outcome::{Outcome, Reason},
};

/// Which lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one app, by its id.
    pub app: Option<String>,
    /// Of one person, by their canonical user name, or by their number: who was removed has nothing else.
    pub person: Option<String>,
    /// With one outcome.
    pub outcome: Option<Outcome>,
    /// For one reason.
    pub reason: Option<Reason>,
}

/// A line with the names its ids have today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Grows with every line.
    pub id: i64,
    /// Seconds since 1970.
    pub recorded_at: i64,
    /// The person's id, which is never reused; 0 in a line about nobody.
    pub account_id: i64,
    /// Their user name and name; none of a person who is no longer there.
    pub person: Option<(String, String)>,
    /// The app's id.
    pub app_id: String,
    /// Its name; none of an app that is no longer there.
    pub app_name: Option<String>,
    /// What became of the fill.
    pub outcome: Outcome,
    /// Why.
    pub reason: Option<Reason>,
    /// The host of the page, or of the internal address that was changed.
    pub host: String,
    /// The host that this address had before.
    pub former_host: Option<String>,
    /// Who did it at the command line; none where it was the person.
    pub operator: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    recorded_at: i64,
    account_id: i64,
    username: Option<String>,
    person_name: Option<String>,
    app_id: String,
    app_name: Option<String>,
    outcome: String,
    reason: Option<String>,
    host: String,
    former_host: Option<String>,
    operator: Option<String>,
}

/// At most so many of the newest lines that fit, of those before a line.
pub async fn read(database: &Database, filter: &Filter, before: Option<i64>, most: i64) -> Result<Vec<Line>, StoreError> {
    let rows: Vec<Row> = query(filter, before, most).build_query_as().fetch_all(database).await?;
    rows.into_iter().map(Row::read).collect()
}

/// What [`read`] asks the database.
pub fn query(filter: &Filter, before: Option<i64>, most: i64) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::<Sqlite>::new(
        "SELECT outcomes.id, recorded_at, outcomes.account_id, accounts.username, accounts.name AS person_name,
                outcomes.app_id, apps.name AS app_name, outcome, reason, host, former_host, operator
         FROM outcomes LEFT JOIN accounts ON accounts.id = outcomes.account_id LEFT JOIN apps ON apps.id = outcomes.app_id
         WHERE outcomes.id < ",
    );
    query.push_bind(before.unwrap_or(i64::MAX));
    // The filter that few lines fit is looked up, and what it finds is held against the others: the database knows no better than
    // we which that is. An index is not used for a column that is a part of an expression.
    let rarest = filter.rarest();
    let column =
        |part: Part, column: &str| if rarest == Some(part) { format!(" AND {column} = ") } else { format!(" AND {column} || '' = ") };
    if let Some(person) = &filter.person {
        query.push(column(Part::Person, "outcomes.account_id"));
        query.push("COALESCE((SELECT id FROM accounts WHERE username = ").push_bind(person.clone()).push("), ");
        query.push_bind(person.parse::<i64>().ok()).push(")");
    }
    if let Some(reason) = filter.reason {
        query.push(column(Part::Reason, "reason")).push_bind(reason.as_str());
    }
    if let Some(outcome) = filter.outcome {
        query.push(column(Part::Outcome, "outcome")).push_bind(outcome.as_str());
    }
    if let Some(app) = &filter.app {
        query.push(column(Part::App, "outcomes.app_id")).push_bind(app.clone());
    }
    query.push(" ORDER BY outcomes.id DESC LIMIT ").push_bind(most);
    query
}

/// A part of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Person,
    Reason,
    Outcome,
    App,
}

impl Filter {
    /// The part that the fewest lines fit, as far as one can say beforehand: a person is one of many, a reason is an exception, and
    /// most outcomes are those of each sign-in.
    fn rarest(&self) -> Option<Part> {
        let is_daily = matches!(self.outcome, Some(Outcome::Submitted | Outcome::Filled | Outcome::PasswordGivenOut));
        let parts = [
            (self.person.is_some(), Part::Person),
            (self.reason.is_some(), Part::Reason),
            (self.outcome.is_some() && !is_daily, Part::Outcome),
            (self.app.is_some(), Part::App),
            (self.outcome.is_some(), Part::Outcome),
        ];
        parts.into_iter().find_map(|(is_wanted, part)| is_wanted.then_some(part))
    }
}

impl Row {
    fn read(self) -> Result<Line, StoreError> {
        let reason = |word: String| Reason::from_name(&word).ok_or(StoreError::Unreadable("reason of an outcome"));
        Ok(Line {
            id: self.id,
            recorded_at: self.recorded_at,
            account_id: self.account_id,
            person: self.username.zip(self.person_name),
            app_id: self.app_id,
            app_name: self.app_name,
            outcome: Outcome::from_name(&self.outcome).ok_or(StoreError::Unreadable("outcome"))?,
            reason: self.reason.map(reason).transpose()?,
            host: self.host,
            former_host: self.former_host,
            operator: self.operator,
        })
    }
}
