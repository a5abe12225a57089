-- A report is asked for at once and made in the background. Its result stays with it until it is
-- pruned, and is what is read from then on.
CREATE TABLE reports (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id     bigint      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind         text        NOT NULL CHECK (kind IN ('movie', 'user', 'catalogue')),
    subject      text, -- a movie's id or a username
    period_from  date,
    period_to    date,
    status       text        NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'done', 'failed')),
    requested_at timestamptz NOT NULL,
    started_at   timestamptz,
    finished_at  timestamptz,
    failure      text,
    result       text -- JSON
);
CREATE INDEX reports_by_owner ON reports (owner_id, id);
CREATE INDEX reports_by_age ON reports (requested_at);
CREATE INDEX reports_unfinished ON reports (owner_id) WHERE status IN ('queued', 'running');
