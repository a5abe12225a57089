-- The movies most like each movie, computed from all ratings in the background. One generation of
-- lists is shown while the next is stored. Neither movie refers to its row: a list of a removed
-- movie is never asked for, a removed neighbour never shown, and both are gone with the next
-- generation.
CREATE TABLE movie_neighbours (
    generation INTEGER NOT NULL,
    movie_id   INTEGER NOT NULL,
    neighbours TEXT    NOT NULL, -- a JSON array of [movie, similarity in ten-thousandths]
    PRIMARY KEY (generation, movie_id)
) STRICT;

-- One row: the generation that is shown, how it came to be, and who computes the next.
CREATE TABLE neighbour_runs (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    generation      INTEGER NOT NULL DEFAULT 0,
    finished_at     INTEGER,
    took_millis     INTEGER NOT NULL DEFAULT 0,
    rating_count    INTEGER NOT NULL DEFAULT 0, -- catalogue_totals when it began
    rating_sum      INTEGER NOT NULL DEFAULT 0,
    last_generation INTEGER NOT NULL DEFAULT 0, -- the last number given out
    claimed_until   INTEGER
) STRICT;
INSERT INTO neighbour_runs (id) VALUES (1);
