UPDATE movies
SET title = $1,
    title_key = $2,
    original_title = $3,
    original_title_key = $4,
    release_year = $5,
    runtime_minutes = $6,
    directors = $7,
    synopsis = $8,
    imdb_id = $9,
    tmdb_id = $10,
    movielens_id = $11,
    search_version = $12,
    alternative_titles = $13,
    other_keys = $14,
    original_language = $15,
    countries = $16,
    updated_at = $17,
    version = version + 1
WHERE id = $18 AND version = $19
RETURNING id, version, added_by, created_at, updated_at
