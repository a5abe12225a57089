-- Files of ratings that people bring along, and what became of each row. The file itself is kept
-- apart, and only until it was read. No row refers to a movie: what is told about a row outlives it.
CREATE TABLE personal_imports (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id        bigint      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    status          text        NOT NULL DEFAULT 'queued'
        CHECK (status IN ('queued', 'running', 'done', 'failed', 'undone')),
    dry_run         boolean     NOT NULL,
    file_name       text        NOT NULL,
    format          text,
    created_at      timestamptz NOT NULL,
    claimed_at      timestamptz, -- names the claim of whoever works on it
    renewed_at      timestamptz, -- when they last stored something
    finished_at     timestamptz,
    problem_code    text,
    problem_message text,
    imported        bigint      NOT NULL DEFAULT 0,
    unchanged       bigint      NOT NULL DEFAULT 0,
    ambiguous       bigint      NOT NULL DEFAULT 0,
    unmatched       bigint      NOT NULL DEFAULT 0,
    invalid         bigint      NOT NULL DEFAULT 0,
    skipped         bigint      NOT NULL DEFAULT 0,
    reverted        bigint      NOT NULL DEFAULT 0,
    kept            bigint      NOT NULL DEFAULT 0
);
CREATE INDEX personal_imports_by_owner ON personal_imports (owner_id, id);
CREATE INDEX personal_imports_by_age ON personal_imports (created_at);

CREATE TABLE personal_import_files (
    import_id bigint PRIMARY KEY REFERENCES personal_imports (id) ON DELETE CASCADE,
    content   bytea  NOT NULL
);

-- Rows with written_at stored a rating: with that review at that time, in place of what is in the
-- columns previous_*, which are empty where there was none.
CREATE TABLE personal_import_rows (
    import_id           bigint   NOT NULL REFERENCES personal_imports (id) ON DELETE CASCADE,
    number              bigint   NOT NULL,
    place               text     NOT NULL,
    outcome             text     NOT NULL CHECK (outcome IN
        ('imported', 'unchanged', 'ambiguous', 'unmatched', 'invalid', 'skipped')),
    title               text,
    release_year        integer,
    score               smallint,
    movie_id            bigint,
    confidence          text,
    candidates          text, -- a JSON array of movies
    reason              text,
    written_review      text,
    written_at          timestamptz,
    previous_score      smallint,
    previous_review     text,
    previous_created_at timestamptz,
    previous_updated_at timestamptz,
    is_taken_back       boolean  NOT NULL DEFAULT false,
    PRIMARY KEY (import_id, number)
);
CREATE INDEX personal_import_rows_by_outcome ON personal_import_rows (import_id, outcome, number);
