-- The trail is read by outcome and by reason, too, and what is looked for is rare: without these, all of it would be walked over.
-- Most lines have no reason, and cost nothing here.

CREATE INDEX outcomes_by_outcome ON outcomes (outcome, id);
CREATE INDEX outcomes_by_reason ON outcomes (reason, id) WHERE reason IS NOT NULL;
