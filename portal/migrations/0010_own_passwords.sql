-- People change their own passwords. Who was given one for the first sign-in changes it before anything else.

ALTER TABLE accounts ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;

-- Whether the browser keeps the session when it is closed: one that takes its place does the same.
ALTER TABLE sessions ADD COLUMN stays INTEGER NOT NULL DEFAULT 0;
