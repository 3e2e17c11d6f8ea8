-- The trail is read newest first, often of one app or one person.

CREATE INDEX outcomes_by_app ON outcomes (app_id, id);
CREATE INDEX outcomes_by_account ON outcomes (account_id, id);
