-- Times are microseconds since 1970, UTC. Ids are never given out twice (AUTOINCREMENT).
--
-- A list enters its index at a pair such as (title_key, id). SQLite can do so only when both are
-- plain columns, which neither an expression nor an INTEGER PRIMARY KEY is, hence id_key,
-- release_year_key, and the tables WITHOUT ROWID.

CREATE TABLE users (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    username      TEXT NOT NULL,
    username_key  TEXT NOT NULL,
    email         TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    role          TEXT NOT NULL CHECK (role IN ('member', 'curator', 'admin')),
    display_name  TEXT,
    bio           TEXT,
    visibility    TEXT NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'private')),
    version       INTEGER NOT NULL DEFAULT 1,
    created_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_username_key ON users (username_key);
CREATE UNIQUE INDEX users_email ON users (email);

CREATE TABLE movies (
    id                 INTEGER PRIMARY KEY AUTOINCREMENT,
    title              TEXT NOT NULL,
    title_key          TEXT NOT NULL,
    original_title     TEXT,
    original_title_key TEXT NOT NULL,
    release_year       INTEGER,
    runtime_minutes    INTEGER,
    directors          TEXT NOT NULL, -- a JSON array of names
    synopsis           TEXT,
    imdb_id            TEXT,
    tmdb_id            INTEGER,
    movielens_id       INTEGER,
    version            INTEGER NOT NULL DEFAULT 1,
    added_by           INTEGER REFERENCES users (id) ON DELETE SET NULL,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    id_key             INTEGER NOT NULL GENERATED ALWAYS AS (id) VIRTUAL,
    release_year_key   INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(release_year, 0)) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX movies_imdb_id ON movies (imdb_id);
CREATE UNIQUE INDEX movies_tmdb_id ON movies (tmdb_id);
CREATE UNIQUE INDEX movies_movielens_id ON movies (movielens_id);
CREATE INDEX movies_by_title ON movies (title_key, id_key, original_title_key);
CREATE INDEX movies_by_release_year ON movies (release_year_key, id_key);
CREATE INDEX movies_by_added ON movies (created_at, id_key);
CREATE INDEX movies_by_adder ON movies (added_by);

CREATE TABLE movie_genres (
    movie_id  INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    genre_key TEXT NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (movie_id, position)
) STRICT;
CREATE UNIQUE INDEX movie_genres_by_key ON movie_genres (genre_key, movie_id);

CREATE TABLE movie_trigrams (
    trigram  TEXT NOT NULL,
    movie_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (trigram, movie_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX movie_trigrams_by_movie ON movie_trigrams (movie_id);

-- previous_score is what the last write replaced. It lets one upsert tell, race-free, which score
-- it replaced.
CREATE TABLE ratings (
    user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    movie_id       INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    score          INTEGER NOT NULL CHECK (score BETWEEN 1 AND 10),
    previous_score INTEGER CHECK (previous_score BETWEEN 1 AND 10),
    review         TEXT,
    version        INTEGER NOT NULL DEFAULT 1,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    PRIMARY KEY (user_id, movie_id)
) STRICT;
CREATE INDEX ratings_by_movie ON ratings (movie_id, updated_at, user_id);
CREATE INDEX ratings_by_user ON ratings (user_id, updated_at, movie_id);

-- Count, sum and weighted score follow from the ten buckets. The weight 50 is the domain's
-- PRIOR_WEIGHT.
CREATE TABLE rating_summaries (
    movie_id       INTEGER PRIMARY KEY REFERENCES movies (id) ON DELETE CASCADE,
    h1             INTEGER NOT NULL DEFAULT 0 CHECK (h1 >= 0),
    h2             INTEGER NOT NULL DEFAULT 0 CHECK (h2 >= 0),
    h3             INTEGER NOT NULL DEFAULT 0 CHECK (h3 >= 0),
    h4             INTEGER NOT NULL DEFAULT 0 CHECK (h4 >= 0),
    h5             INTEGER NOT NULL DEFAULT 0 CHECK (h5 >= 0),
    h6             INTEGER NOT NULL DEFAULT 0 CHECK (h6 >= 0),
    h7             INTEGER NOT NULL DEFAULT 0 CHECK (h7 >= 0),
    h8             INTEGER NOT NULL DEFAULT 0 CHECK (h8 >= 0),
    h9             INTEGER NOT NULL DEFAULT 0 CHECK (h9 >= 0),
    h10            INTEGER NOT NULL DEFAULT 0 CHECK (h10 >= 0),
    catalogue_mean REAL CHECK (catalogue_mean BETWEEN 1 AND 10),
    version        INTEGER NOT NULL DEFAULT 0,
    computed_at    INTEGER NOT NULL,
    rating_count   INTEGER NOT NULL
        GENERATED ALWAYS AS (h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10) STORED,
    weighted_score REAL NOT NULL GENERATED ALWAYS AS (
        CASE WHEN catalogue_mean IS NULL OR h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10 = 0
            THEN 0.0
            ELSE (h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10
                    + 50.0 * catalogue_mean)
                / (h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10 + 50.0)
        END) STORED
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_summaries_by_weighted_score ON rating_summaries (weighted_score, movie_id);
CREATE INDEX rating_summaries_by_count ON rating_summaries (rating_count, movie_id);

-- One row: the sums over all ratings that have been counted in.
CREATE TABLE catalogue_totals (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    rating_count INTEGER NOT NULL CHECK (rating_count >= 0),
    rating_sum   INTEGER NOT NULL CHECK (rating_sum >= 0)
) STRICT;
INSERT INTO catalogue_totals (id, rating_count, rating_sum) VALUES (1, 0, 0);

CREATE TABLE outbox_messages (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    payload       TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    claimed_until INTEGER
) STRICT;

CREATE TABLE dead_letters (
    id         INTEGER PRIMARY KEY, -- the message's id
    kind       TEXT NOT NULL,
    payload    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    buried_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE processed_messages (
    message_id   INTEGER PRIMARY KEY,
    processed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX processed_messages_by_time ON processed_messages (processed_at);

