-- Counts how often assignments were changed. Whoever has compared them with what is wanted, which takes its time where there
-- are many, knows by it whether the comparison still holds once nobody else may write.

CREATE TABLE assignment_changes (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL
);
INSERT INTO assignment_changes (id, number) VALUES (1, 0);
