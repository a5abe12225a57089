-- Files of ratings that people bring along, and what became of each row. The file itself is kept
-- apart, and only until it was read. No row refers to a movie: what is told about a row outlives it.
CREATE TABLE personal_imports (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    status          TEXT    NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'done', 'failed', 'undone')),
    dry_run         INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
    file_name       TEXT    NOT NULL,
    format          TEXT,
    created_at      INTEGER NOT NULL,
    claimed_at      INTEGER, -- names the claim of whoever works on it
    renewed_at      INTEGER, -- when they last stored something
    finished_at     INTEGER,
    problem_code    TEXT,
    problem_message TEXT,
    imported        INTEGER NOT NULL DEFAULT 0,
    unchanged       INTEGER NOT NULL DEFAULT 0,
    ambiguous       INTEGER NOT NULL DEFAULT 0,
    unmatched       INTEGER NOT NULL DEFAULT 0,
    invalid         INTEGER NOT NULL DEFAULT 0,
    skipped         INTEGER NOT NULL DEFAULT 0,
    reverted        INTEGER NOT NULL DEFAULT 0,
    kept            INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX personal_imports_by_owner ON personal_imports (owner_id, id);
CREATE INDEX personal_imports_by_age ON personal_imports (created_at);

CREATE TABLE personal_import_files (
    import_id INTEGER PRIMARY KEY REFERENCES personal_imports (id) ON DELETE CASCADE,
    content   BLOB NOT NULL
) STRICT;

-- Rows with written_at stored a rating: with that review at that time, in place of what is in the
-- columns previous_*, which are empty where there was none.
CREATE TABLE personal_import_rows (
    import_id           INTEGER NOT NULL REFERENCES personal_imports (id) ON DELETE CASCADE,
    number              INTEGER NOT NULL,
    place               TEXT    NOT NULL,
    outcome             TEXT    NOT NULL CHECK (outcome IN
        ('imported', 'unchanged', 'ambiguous', 'unmatched', 'invalid', 'skipped')),
    title               TEXT,
    release_year        INTEGER,
    score               INTEGER,
    movie_id            INTEGER,
    confidence          TEXT,
    candidates          TEXT, -- a JSON array of movies
    reason              TEXT,
    written_review      TEXT,
    written_at          INTEGER,
    previous_score      INTEGER,
    previous_review     TEXT,
    previous_created_at INTEGER,
    previous_updated_at INTEGER,
    is_taken_back       INTEGER NOT NULL DEFAULT 0 CHECK (is_taken_back IN (0, 1)),
    PRIMARY KEY (import_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX personal_import_rows_by_outcome ON personal_import_rows (import_id, outcome, number);
