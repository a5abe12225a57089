summaries.rating_count >= :min_ratings
    AND (:year_from IS NULL OR movies.release_year >= :year_from)
    AND (:year_to IS NULL OR movies.release_year <= :year_to)
    AND (:genre_key IS NULL OR EXISTS (
        SELECT 1 FROM movie_genres WHERE genre_key = :genre_key AND movie_id = movies.id
    ))
