-- Which internal address is reached from outside at which external one: one document, for everybody.

CREATE TABLE link_map (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    document   TEXT    NOT NULL, -- JSON, as the API shows it
    changed_at INTEGER NOT NULL,
    account_id INTEGER           -- outlives the account, like the audit trail; none if it came from the command line
);
