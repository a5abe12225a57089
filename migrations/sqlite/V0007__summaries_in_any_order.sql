-- Several workers may count a rating's removal before its addition, so a count can be negative for
-- a while. What is derived from the counts, and whatever is read, takes such a count for zero.
--
-- SQLite can't drop a constraint, so the tables are made anew.
CREATE TABLE new_rating_summaries (
    movie_id       INTEGER PRIMARY KEY REFERENCES movies (id) ON DELETE CASCADE,
    h1             INTEGER NOT NULL DEFAULT 0,
    h2             INTEGER NOT NULL DEFAULT 0,
    h3             INTEGER NOT NULL DEFAULT 0,
    h4             INTEGER NOT NULL DEFAULT 0,
    h5             INTEGER NOT NULL DEFAULT 0,
    h6             INTEGER NOT NULL DEFAULT 0,
    h7             INTEGER NOT NULL DEFAULT 0,
    h8             INTEGER NOT NULL DEFAULT 0,
    h9             INTEGER NOT NULL DEFAULT 0,
    h10            INTEGER NOT NULL DEFAULT 0,
    catalogue_mean REAL CHECK (catalogue_mean BETWEEN 1 AND 10),
    version        INTEGER NOT NULL DEFAULT 0,
    computed_at    INTEGER NOT NULL,
    rating_count   INTEGER NOT NULL GENERATED ALWAYS AS (
        max(h1, 0) + max(h2, 0) + max(h3, 0) + max(h4, 0) + max(h5, 0)
            + max(h6, 0) + max(h7, 0) + max(h8, 0) + max(h9, 0) + max(h10, 0)
    ) STORED,
    weighted_score REAL NOT NULL GENERATED ALWAYS AS (
        CASE WHEN catalogue_mean IS NULL
            OR max(h1, 0) + max(h2, 0) + max(h3, 0) + max(h4, 0) + max(h5, 0)
                + max(h6, 0) + max(h7, 0) + max(h8, 0) + max(h9, 0) + max(h10, 0) = 0
            THEN 0.0
            ELSE (max(h1, 0) + 2*max(h2, 0) + 3*max(h3, 0) + 4*max(h4, 0) + 5*max(h5, 0)
                    + 6*max(h6, 0) + 7*max(h7, 0) + 8*max(h8, 0) + 9*max(h9, 0) + 10*max(h10, 0)
                    + 50.0 * catalogue_mean)
                / (max(h1, 0) + max(h2, 0) + max(h3, 0) + max(h4, 0) + max(h5, 0)
                    + max(h6, 0) + max(h7, 0) + max(h8, 0) + max(h9, 0) + max(h10, 0) + 50.0)
        END) STORED
) STRICT, WITHOUT ROWID;
INSERT INTO new_rating_summaries (
    movie_id, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, catalogue_mean, version, computed_at
)
SELECT movie_id, h1, h2, h3, h4, h5, h6, h7, h8, h9, h10, catalogue_mean, version, computed_at
FROM rating_summaries;
DROP TABLE rating_summaries;
ALTER TABLE new_rating_summaries RENAME TO rating_summaries;
CREATE INDEX rating_summaries_by_weighted_score ON rating_summaries (weighted_score, movie_id);
CREATE INDEX rating_summaries_by_count ON rating_summaries (rating_count, movie_id);

CREATE TABLE new_catalogue_totals (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    rating_count INTEGER NOT NULL,
    rating_sum   INTEGER NOT NULL
) STRICT;
INSERT INTO new_catalogue_totals (id, rating_count, rating_sum)
SELECT id, rating_count, rating_sum FROM catalogue_totals;
DROP TABLE catalogue_totals;
ALTER TABLE new_catalogue_totals RENAME TO catalogue_totals;
