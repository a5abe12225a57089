ALTER TABLE users
    ADD COLUMN status text NOT NULL DEFAULT 'active'
        CHECK (status IN ('pending', 'active', 'disabled'));

-- A session that was ended is a row that was deleted.
CREATE TABLE sessions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id      bigint      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device       text        NOT NULL,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, last_used_at);

-- Tokens are kept as SHA-256 in hexadecimal digits. A spent token without a successor was replaced
-- before anybody used it.
CREATE TABLE refresh_tokens (
    token_hash     text        COLLATE "C" PRIMARY KEY,
    session_id     bigint      NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at     timestamptz NOT NULL,
    spent_at       timestamptz,
    successor_hash text        COLLATE "C"
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
