-- Answers to requests that carried an Idempotency-Key, so that a retry gets the same one. A row
-- without a status belongs to a request that is still under way, at least until held_until.
CREATE TABLE idempotency_keys (
    scope       text        NOT NULL COLLATE "C",
    key_hash    text        NOT NULL COLLATE "C",
    user_id     bigint      REFERENCES users (id) ON DELETE CASCADE,
    fingerprint text        NOT NULL COLLATE "C",
    held_until  timestamptz NOT NULL,
    kept_until  timestamptz NOT NULL,
    status      smallint,
    headers     text, -- a JSON array of pairs
    body        bytea,
    PRIMARY KEY (scope, key_hash)
);
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (kept_until);
CREATE INDEX idempotency_keys_by_user ON idempotency_keys (user_id);
