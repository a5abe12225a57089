-- A report is asked for at once and made in the background. Its result stays with it until it is
-- pruned, and is what is read from then on. Both ends of its period are midnights.
CREATE TABLE reports (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id     INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL CHECK (kind IN ('movie', 'user', 'catalogue')),
    subject      TEXT, -- a movie's id or a username
    period_from  INTEGER,
    period_to    INTEGER,
    status       TEXT NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'done', 'failed')),
    requested_at INTEGER NOT NULL,
    started_at   INTEGER,
    finished_at  INTEGER,
    failure      TEXT,
    result       TEXT -- JSON
) STRICT;
CREATE INDEX reports_by_owner ON reports (owner_id, id);
CREATE INDEX reports_by_age ON reports (requested_at);
CREATE INDEX reports_unfinished ON reports (owner_id) WHERE status IN ('queued', 'running');
