-- Lines of the audit trail are removed when they are old.

CREATE INDEX outcomes_by_time ON outcomes (recorded_at);
