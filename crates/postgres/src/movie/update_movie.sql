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
    updated_at = $13,
    version = version + 1
WHERE id = $14 AND version = $15
RETURNING id, version, added_by, created_at, updated_at
