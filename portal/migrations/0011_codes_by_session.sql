-- A session takes its codes with it. Without an index, each of them is looked for in the whole table.

CREATE INDEX authorization_codes_by_session ON authorization_codes (session_id);
