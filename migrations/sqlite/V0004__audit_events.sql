-- Who did what to which account. User ids refer to nothing, because events outlive accounts; names
-- and addresses are erased with the account.
CREATE TABLE audit_events (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    at              INTEGER NOT NULL,
    kind            TEXT NOT NULL,
    actor_user_id   INTEGER,
    subject_user_id INTEGER,
    subject_name    TEXT,
    address         TEXT,
    detail          TEXT, -- a JSON object of texts
    id_key          INTEGER NOT NULL GENERATED ALWAYS AS (id) VIRTUAL
) STRICT;
CREATE INDEX audit_events_by_time ON audit_events (at, id_key);
CREATE INDEX audit_events_by_subject ON audit_events (subject_user_id, at, id_key);
CREATE INDEX audit_events_by_actor ON audit_events (actor_user_id);
