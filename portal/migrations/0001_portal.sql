-- Times are seconds since 1970. What is secret is hashed (tokens, codes, sessions, passwords) or sealed (credentials).

CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- never reused: it is bound into every sealed credential
    username      TEXT    NOT NULL UNIQUE,           -- in lower case
    name          TEXT    NOT NULL,
    password_hash TEXT    NOT NULL,
    administrator INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL
);

CREATE TABLE apps (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    description   TEXT NOT NULL,
    keywords      TEXT NOT NULL, -- a JSON array of strings
    mode          TEXT NOT NULL, -- password, saml, oidc or linked
    launch_url    TEXT NOT NULL,
    sign_on_rules TEXT NOT NULL, -- a JSON array, as the API shows it
    form          TEXT           -- JSON, as the API shows it
);

CREATE TABLE assignments (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, app_id)
);

CREATE TABLE credentials (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    app_id     TEXT    NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    nonce      BLOB    NOT NULL,
    sealed     BLOB    NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, app_id)
);

-- One row, sealed with the vault's key: a wrong key is told at start and not at the first fill.
CREATE TABLE key_check (
    id     INTEGER PRIMARY KEY,
    nonce  BLOB NOT NULL,
    sealed BLOB NOT NULL
);

CREATE TABLE sessions (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    token_hash BLOB    NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);

CREATE TABLE authorization_codes (
    code_hash      BLOB    PRIMARY KEY,
    session_id     INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    client_id      TEXT    NOT NULL,
    redirect_uri   TEXT    NOT NULL,
    code_challenge TEXT    NOT NULL,
    expires_at     INTEGER NOT NULL,
    used_at        INTEGER
);

CREATE TABLE access_tokens (
    token_hash BLOB    PRIMARY KEY,
    code_hash  BLOB    NOT NULL, -- a second use of the code revokes the token
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
);
CREATE INDEX access_tokens_by_code ON access_tokens (code_hash);
CREATE INDEX access_tokens_by_session ON access_tokens (session_id);

CREATE TABLE sign_in_failures (
    username  TEXT    NOT NULL,
    address   TEXT    NOT NULL,
    failed_at INTEGER NOT NULL
);
CREATE INDEX sign_in_failures_by_person ON sign_in_failures (username, address, failed_at);

-- The audit trail outlives accounts and apps, so it refers to neither by key.
CREATE TABLE outcomes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    recorded_at INTEGER NOT NULL,
    account_id  INTEGER NOT NULL,
    app_id      TEXT    NOT NULL,
    outcome     TEXT    NOT NULL,
    reason      TEXT,
    host        TEXT    NOT NULL
);
