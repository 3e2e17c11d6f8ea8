-- Every form that an administrator taught an app, so that each can be used again; the newest is also the app's own.
-- Number 1 is what the app was set up with, by nobody in particular; null stands for no description.

CREATE TABLE form_versions (
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    saved_at   INTEGER,
    account_id INTEGER, -- outlives the account, like the audit trail
    form       TEXT,
    PRIMARY KEY (app_id, number)
);
