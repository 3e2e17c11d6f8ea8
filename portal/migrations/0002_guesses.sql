-- Guesses are counted for each person and for each place they come from. People type passwords into the wrong field, so
-- of the user name only the hash is kept. What was counted before is forgotten.

DROP TABLE sign_in_failures;
CREATE TABLE sign_in_failures (
    person    BLOB    NOT NULL, -- SHA-256 of the user name that was typed
    origin    TEXT    NOT NULL, -- an address, or a hash that stands for one browser
    known     INTEGER NOT NULL, -- whether the person had signed in from there before: then it counts for nobody else
    failed_at INTEGER NOT NULL
);
CREATE INDEX sign_in_failures_by_person ON sign_in_failures (person, failed_at);
CREATE INDEX sign_in_failures_by_origin ON sign_in_failures (origin, failed_at);

-- In which browsers a person has signed in. A browser keeps one secret for all who use it.
CREATE TABLE known_browsers (
    token_hash BLOB    NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash, account_id)
);
