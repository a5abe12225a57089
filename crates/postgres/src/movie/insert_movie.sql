WITH movie AS (
    INSERT INTO movies (
        title, title_key, original_title, original_title_key, release_year, runtime_minutes,
        directors, synopsis, imdb_id, tmdb_id, movielens_id, search_version,
        alternative_titles, other_keys, original_language, countries, added_by, created_at, updated_at
    )
    VALUES (
        $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $18
    )
    RETURNING id, version, added_by, created_at, updated_at
), summary AS (
    INSERT INTO rating_summaries (movie_id, computed_at)
    SELECT id, created_at FROM movie
)
SELECT id, version, added_by, created_at, updated_at FROM movie
