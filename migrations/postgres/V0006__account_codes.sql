-- Codes that people get by mail, kept as SHA-256 in hexadecimal digits. One user has one code for
-- one purpose: the latest.
CREATE TABLE account_codes (
    code_hash  text        COLLATE "C" PRIMARY KEY,
    user_id    bigint      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose    text        NOT NULL COLLATE "C" CHECK (purpose IN ('activation', 'password_reset')),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX account_codes_by_user ON account_codes (user_id, purpose);
