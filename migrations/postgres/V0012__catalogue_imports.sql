-- Sets of files that movies and ratings come from. A set whose ratings are being read, or were when
-- the import was killed, says how many rows are stored, of which state of its files, and what came
-- of them.
CREATE TABLE import_sets (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text   NOT NULL COLLATE "C",
    fingerprint text   COLLATE "C",
    items       bigint NOT NULL DEFAULT 0,
    added       bigint NOT NULL DEFAULT 0,
    changed     bigint NOT NULL DEFAULT 0,
    unchanged   bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX import_sets_by_name ON import_sets (name);

-- Which movie a number of a set means.
CREATE TABLE import_movies (
    set_id   bigint NOT NULL REFERENCES import_sets (id) ON DELETE CASCADE,
    number   bigint NOT NULL,
    movie_id bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (set_id, number)
);
CREATE UNIQUE INDEX import_movies_by_movie ON import_movies (movie_id, set_id);

-- Which account stands for a rater of a set. Nobody can sign in with such an account: its name and
-- its address are none that anybody can have or write.
CREATE TABLE import_raters (
    set_id  bigint NOT NULL REFERENCES import_sets (id) ON DELETE CASCADE,
    rater   bigint NOT NULL,
    user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (set_id, rater)
);
CREATE UNIQUE INDEX import_raters_by_user ON import_raters (user_id);

-- Ratings by such accounts are counted and never listed. There may be a hundred thousand of one
-- movie, so a list of the others has to begin behind them.
ALTER TABLE ratings ADD COLUMN imported boolean NOT NULL DEFAULT false;
DROP INDEX ratings_by_movie;
CREATE INDEX ratings_by_movie ON ratings (movie_id, imported, updated_at, user_id);
