-- Keys that texts are compared by use the collation "C": byte order, as in SQLite.

CREATE TABLE users (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    username      text        NOT NULL,
    username_key  text        NOT NULL COLLATE "C",
    email         text        NOT NULL COLLATE "C",
    password_hash text        NOT NULL,
    role          text        NOT NULL CHECK (role IN ('member', 'curator', 'admin')),
    display_name  text,
    bio           text,
    visibility    text        NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'private')),
    version       bigint      NOT NULL DEFAULT 1,
    created_at    timestamptz NOT NULL
);
CREATE UNIQUE INDEX users_username_key ON users (username_key);
CREATE UNIQUE INDEX users_email ON users (email);

CREATE TABLE movies (
    id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title              text        NOT NULL,
    title_key          text        NOT NULL COLLATE "C",
    original_title     text,
    original_title_key text        NOT NULL COLLATE "C",
    release_year       integer,
    runtime_minutes    integer,
    directors          text        NOT NULL, -- a JSON array of names
    synopsis           text,
    imdb_id            text        COLLATE "C",
    tmdb_id            bigint,
    movielens_id       bigint,
    version            bigint      NOT NULL DEFAULT 1,
    added_by           bigint      REFERENCES users (id) ON DELETE SET NULL,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL
);
CREATE UNIQUE INDEX movies_imdb_id ON movies (imdb_id);
CREATE UNIQUE INDEX movies_tmdb_id ON movies (tmdb_id);
CREATE UNIQUE INDEX movies_movielens_id ON movies (movielens_id);
CREATE INDEX movies_by_title ON movies (title_key, id);
CREATE INDEX movies_by_release_year ON movies ((coalesce(release_year, 0)), id);
CREATE INDEX movies_by_added ON movies (created_at, id);
CREATE INDEX movies_by_adder ON movies (added_by);

CREATE TABLE movie_genres (
    movie_id  bigint   NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    position  smallint NOT NULL,
    genre_key text     NOT NULL COLLATE "C",
    name      text     NOT NULL,
    PRIMARY KEY (movie_id, position)
);
CREATE UNIQUE INDEX movie_genres_by_key ON movie_genres (genre_key, movie_id);

CREATE TABLE movie_trigrams (
    trigram  text   NOT NULL COLLATE "C",
    movie_id bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (trigram, movie_id)
);
CREATE INDEX movie_trigrams_by_movie ON movie_trigrams (movie_id);

-- previous_score is what the last write replaced. It lets one upsert tell, race-free, which score
-- it replaced.
CREATE TABLE ratings (
    user_id        bigint      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    movie_id       bigint      NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    score          smallint    NOT NULL CHECK (score BETWEEN 1 AND 10),
    previous_score smallint    CHECK (previous_score BETWEEN 1 AND 10),
    review         text,
    version        bigint      NOT NULL DEFAULT 1,
    created_at     timestamptz NOT NULL,
    updated_at     timestamptz NOT NULL,
    PRIMARY KEY (user_id, movie_id)
);
CREATE INDEX ratings_by_movie ON ratings (movie_id, updated_at, user_id);
CREATE INDEX ratings_by_user ON ratings (user_id, updated_at, movie_id);

-- Count, sum and weighted score follow from the ten buckets. The weight 50 is the domain's
-- PRIOR_WEIGHT.
CREATE TABLE rating_summaries (
    movie_id       bigint      PRIMARY KEY REFERENCES movies (id) ON DELETE CASCADE,
    h1             bigint      NOT NULL DEFAULT 0 CHECK (h1 >= 0),
    h2             bigint      NOT NULL DEFAULT 0 CHECK (h2 >= 0),
    h3             bigint      NOT NULL DEFAULT 0 CHECK (h3 >= 0),
    h4             bigint      NOT NULL DEFAULT 0 CHECK (h4 >= 0),
    h5             bigint      NOT NULL DEFAULT 0 CHECK (h5 >= 0),
    h6             bigint      NOT NULL DEFAULT 0 CHECK (h6 >= 0),
    h7             bigint      NOT NULL DEFAULT 0 CHECK (h7 >= 0),
    h8             bigint      NOT NULL DEFAULT 0 CHECK (h8 >= 0),
    h9             bigint      NOT NULL DEFAULT 0 CHECK (h9 >= 0),
    h10            bigint      NOT NULL DEFAULT 0 CHECK (h10 >= 0),
    catalogue_mean double precision CHECK (catalogue_mean BETWEEN 1 AND 10),
    version        bigint      NOT NULL DEFAULT 0,
    computed_at    timestamptz NOT NULL,
    rating_count   bigint      NOT NULL
        GENERATED ALWAYS AS (h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10) STORED,
    weighted_score double precision NOT NULL GENERATED ALWAYS AS (
        CASE WHEN catalogue_mean IS NULL OR h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10 = 0
            THEN 0.0
            ELSE (h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10
                    + 50.0 * catalogue_mean)
                / (h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10 + 50.0)
        END) STORED
);
CREATE INDEX rating_summaries_by_weighted_score ON rating_summaries (weighted_score, movie_id);
CREATE INDEX rating_summaries_by_count ON rating_summaries (rating_count, movie_id);

-- One row: the sums over all ratings that have been counted in.
CREATE TABLE catalogue_totals (
    id           smallint PRIMARY KEY CHECK (id = 1),
    rating_count bigint   NOT NULL CHECK (rating_count >= 0),
    rating_sum   bigint   NOT NULL CHECK (rating_sum >= 0)
);
INSERT INTO catalogue_totals (id, rating_count, rating_sum) VALUES (1, 0, 0);

CREATE TABLE outbox_messages (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text        NOT NULL,
    payload       text        NOT NULL,
    created_at    timestamptz NOT NULL,
    claimed_until timestamptz
);

CREATE TABLE dead_letters (
    id         bigint      PRIMARY KEY, -- the message's id
    kind       text        NOT NULL,
    payload    text        NOT NULL,
    created_at timestamptz NOT NULL,
    reason     text        NOT NULL,
    buried_at  timestamptz NOT NULL
);

CREATE TABLE processed_messages (
    message_id   bigint      PRIMARY KEY,
    processed_at timestamptz NOT NULL
);
CREATE INDEX processed_messages_by_time ON processed_messages (processed_at);
