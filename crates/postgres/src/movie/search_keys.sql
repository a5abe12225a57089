-- LIMIT keeps the planner from reading the whole tables for some hundred of their rows.
CROSS JOIN LATERAL (
    SELECT movies.title_key, movies.original_title_key, summaries.rating_count
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.id = candidate.movie_id
    LIMIT 1
) AS keys
