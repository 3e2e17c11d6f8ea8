//! The map of internal addresses and the external ones that stand for them: one document, kept whole and checked as the
//! extension reads it, so that nothing is kept that would not count there.

use std::path::{Path, PathBuf};

use my_apps_sign_in::links::{LONGEST_PATH, MOST_LINKS, MOST_PATTERNS, Map, Refusal};
use serde::{Deserialize, Serialize};
use sqlx::{SqliteConnection, SqliteExecutor};

use crate::{
    act::{Act, NOBODY},
    address::as_browsers_write,
    database::{Database, StoreError},
    link_change::{Change, Hosts, NotChanged},
    outcome::{self, Outcome, Report},
    text::without_mark,
    token,
};

/// The map as the API shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkMap {
    /// The entries, in the order in which they were written.
    pub links: Vec<Pair>,
    /// An address that answers inside the company's network only.
    #[serde(default)]
    pub probe: Option<String>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// What people type and find in links; it stands for everything below it.
    pub internal: String,
    /// Where it is reached from outside.
    pub external: String,
}

/// Why a map is not kept. `Display` is a sentence without what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkMapError {
    /// One of its entries would not count.
    #[error("Entry {0} was refused: {reason}.", reason = reason(*.1))]
    Entry(usize, Refusal),
    /// The probe proves nothing.
    #[error("The probe was refused: it must be an address that begins with https://, written as browsers write it.")]
    Probe,
}

/// Why a file was not imported. Nothing of it was, then.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It can't be read.
    #[error("The file {0} can't be read: {1}.")]
    File(PathBuf, std::io::Error),
    /// It is no map.
    #[error("The file {0} is not a map of internal addresses: {1}.")]
    Format(PathBuf, serde_json::Error),
    /// It would not count.
    #[error("The map was not imported. {0}")]
    Map(#[from] LinkMapError),
    /// The database failed.
    #[error("The map was not imported: {0}.")]
    Store(#[from] StoreError),
}

/// Why the extension would not follow an entry: the end of a sentence.
pub fn reason(refusal: Refusal) -> String {
    match refusal {
        Refusal::Internal => unread("internal", "http://intranet/hr/"),
        Refusal::InternalScheme => "the internal address must begin with http:// or https://".to_owned(),
        Refusal::InternalTooLong => too_long("internal"),
        Refusal::External => unread("external", "https://hr.contoso.com/"),
        Refusal::ExternalTooLong => too_long("external"),
        Refusal::NotHttps => "the external address must begin with https://".to_owned(),
        Refusal::Wildcard => {
            "a wildcard stands for the names below a host of two labels or more, and in the external address only if the internal one has it"
                .to_owned()
        }
        Refusal::Same => "both addresses are the same".to_owned(),
        Refusal::Loop => "the external address is an internal one, too, so that nobody would arrive".to_owned(),
        Refusal::Repeated => "the internal address stands in the map already".to_owned(),
        Refusal::TooMany => format!("browsers take {MOST_LINKS} entries and no more"),
        Refusal::TooManyPatterns => format!("browsers take {MOST_PATTERNS} entries with a wildcard or another path, and no more"),
        _ => "the extension would not follow it".to_owned(),
    }
}

fn unread(which: &str, example: &str) -> String {
    format!(
        "the {which} address must be written like {example}: a name or an IPv4 address, perhaps with a port and a path, but without \
         a user name, “?”, “#” and “|”, and with “*” only for all names below a host"
    )
}

fn too_long(which: &str) -> String {
    format!("the path of the {which} address is too long: it may have {LONGEST_PATH} letters at most")
}

impl Pair {
    /// The same entry, with both addresses as browsers write them.
    #[must_use]
    pub fn as_browsers_write(&self) -> Self {
        Self { internal: as_browsers_write(&self.internal), external: as_browsers_write(&self.external) }
    }
}

impl LinkMap {
    /// The same map, with every address as browsers write it: what somebody typed or a program sent is kept like this.
    #[must_use]
    pub fn as_browsers_write(&self) -> Self {
        Self { links: self.links.iter().map(Pair::as_browsers_write).collect(), probe: self.probe.as_deref().map(as_browsers_write) }
    }

    /// As it is kept, and as the API gives it.
    ///
    /// # Errors
    /// None that is known: it is made of texts.
    pub fn document(&self) -> Result<String, StoreError> {
        serde_json::to_string(self).map_err(|_| StoreError::Unreadable("map of internal addresses"))
    }

    /// What tells this map from every other one: its tag in the API.
    pub fn version(&self) -> String {
        token::tag(self.document().unwrap_or_default().as_bytes())
    }

    fn read(&self) -> Map {
        Map::read(None, Some(&self.document().unwrap_or_default()))
    }

    /// What the extension makes of each entry: it would follow it, or why it would not.
    pub fn verdicts(&self) -> Vec<Option<Refusal>> {
        self.read().entries.iter().map(|entry| entry.link.as_ref().err().copied()).collect()
    }

    /// Whether the extension would follow all of it.
    ///
    /// # Errors
    /// The first entry that it would not, counted from 1.
    pub fn check(&self) -> Result<(), LinkMapError> {
        let map = self.read();
        if self.probe.is_some() && map.probes.is_empty() {
            return Err(LinkMapError::Probe);
        }
        let refused = map.entries.iter().zip(1..).find_map(|(entry, number)| Some((number, entry.link.as_ref().err().copied()?)));
        refused.map_or(Ok(()), |(number, refusal)| Err(LinkMapError::Entry(number, refusal)))
    }
}

/// The map as it is kept, and who left it so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The map; an empty one if nobody ever made one.
    pub map: LinkMap,
    /// When it became what it is.
    pub changed_at: Option<i64>,
    /// By whom; none from the command line.
    pub account_id: Option<i64>,
    /// Their name; none of a person who is no longer there.
    pub person: Option<String>,
}

type Row = (String, i64, Option<i64>, Option<String>);

/// The map for those who look after it.
pub async fn find(executor: impl SqliteExecutor<'_>) -> Result<Kept, StoreError> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT document, changed_at, link_map.account_id, accounts.name
         FROM link_map LEFT JOIN accounts ON accounts.id = link_map.account_id",
    )
    .fetch_optional(executor)
    .await?;
    let Some((document, changed_at, account_id, person)) = row else { return Ok(Kept::default()) };
    let map = serde_json::from_str(&document).map_err(|_| StoreError::Unreadable("map of internal addresses"))?;
    Ok(Kept { map, changed_at: Some(changed_at), account_id, person })
}

/// The map as it was kept, as JSON; none if nobody ever made one.
pub async fn load(executor: impl SqliteExecutor<'_>) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT document FROM link_map").fetch_optional(executor).await?)
}

/// Puts a map in the place of the one before, and writes into the audit trail who did.
pub async fn save(database: &Database, map: &LinkMap, account_id: Option<i64>, now: i64) -> Result<(), StoreError> {
    let mut transaction = database.begin().await?;
    write(&mut transaction, map, account_id, Hosts::default(), now).await?;
    transaction.commit().await?;
    Ok(())
}

/// Changes what is kept in one step, so that nobody changes it between the look and the change. What changes nothing leaves no
/// trace in the audit trail.
pub async fn change(database: &Database, change: &Change, account_id: i64, now: i64) -> Result<Result<(), NotChanged>, StoreError> {
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
    let before = find(&mut *transaction).await?.map;
    let map = match change.apply(&before) {
        Ok(map) => map,
        Err(refused) => return Ok(Err(refused)),
    };
    if map != before {
        write(&mut transaction, &map, Some(account_id), change.hosts(), now).await?;
        transaction.commit().await?;
    }
    Ok(Ok(()))
}

async fn write(
    connection: &mut SqliteConnection,
    map: &LinkMap,
    account_id: Option<i64>,
    hosts: Hosts,
    now: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT OR REPLACE INTO link_map (id, document, changed_at, account_id) VALUES (1, $1, $2, $3)")
        .bind(map.document()?)
        .bind(now)
        .bind(account_id)
        .execute(&mut *connection)
        .await?;
    if let Some(account_id) = account_id {
        let report = Report { outcome: Outcome::LinksChanged, reason: None, host: hosts.now, former_host: hosts.before };
        outcome::record(connection, account_id, "", &report, now).await?;
    }
    Ok(())
}

async fn replace(database: &Database, act: &Act, map: &LinkMap) -> Result<(), StoreError> {
    let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
    if find(&mut *transaction).await?.map != *map {
        act.record(&mut *transaction, NOBODY, "", Outcome::LinksChanged).await?;
    }
    write(&mut transaction, map, None, Hosts::default(), act.at()).await?;
    Ok(transaction.commit().await?)
}

/// Puts the map of a file in the place of the one before.
pub async fn import(database: &Database, act: &Act, file: &Path) -> Result<(), ImportError> {
    let text = std::fs::read_to_string(file).map_err(|error| ImportError::File(file.to_owned(), error))?;
    let map: LinkMap = serde_json::from_str(without_mark(&text)).map_err(|error| ImportError::Format(file.to_owned(), error))?;
    let map = map.as_browsers_write();
    map.check()?;
    Ok(replace(database, act, &map).await?)
}
