summaries.rating_count >= :min_ratings
    AND summaries.trend >= :min_trend
    AND (:year_from IS NULL OR movies.release_year >= :year_from)
    AND (:year_to IS NULL OR movies.release_year <= :year_to)
    AND (:runtime_from IS NULL OR movies.runtime_minutes >= :runtime_from)
    AND (:runtime_to IS NULL OR movies.runtime_minutes <= :runtime_to)
    AND (:language IS NULL OR movies.original_language = :language)
    AND (:country IS NULL OR EXISTS (
        SELECT 1 FROM movie_countries WHERE country = :country AND movie_id = movies.id
    ))
    AND (:genre_keys IS NULL OR NOT EXISTS (
        SELECT 1 FROM json_each(:genre_keys) AS genre
        WHERE NOT EXISTS (
            SELECT 1 FROM movie_genres WHERE genre_key = genre.value AND movie_id = movies.id
        )
    ))
    AND (:rater IS NULL OR :has_rated = EXISTS (
        SELECT 1 FROM ratings WHERE user_id = :rater AND movie_id = movies.id
    ))
