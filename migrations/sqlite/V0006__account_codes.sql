-- Codes that people get by mail, kept as SHA-256 in hexadecimal digits. One user has one code for
-- one purpose: the latest.
CREATE TABLE account_codes (
    code_hash  TEXT PRIMARY KEY,
    user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose    TEXT NOT NULL CHECK (purpose IN ('activation', 'password_reset')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX account_codes_by_user ON account_codes (user_id, purpose);
