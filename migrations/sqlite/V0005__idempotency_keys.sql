-- Answers to requests that carried an Idempotency-Key, so that a retry gets the same one. A row
-- without a status belongs to a request that is still under way, at least until held_until.
CREATE TABLE idempotency_keys (
    scope       TEXT NOT NULL,
    key_hash    TEXT NOT NULL,
    user_id     INTEGER REFERENCES users (id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL,
    held_until  INTEGER NOT NULL,
    kept_until  INTEGER NOT NULL,
    status      INTEGER,
    headers     TEXT, -- a JSON array of pairs
    body        BLOB,
    PRIMARY KEY (scope, key_hash)
) STRICT;
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (kept_until);
CREATE INDEX idempotency_keys_by_user ON idempotency_keys (user_id);
