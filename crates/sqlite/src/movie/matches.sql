-- The movies that match the search terms, each with the number of trigrams that it shares with
-- them. Nothing matches when there are no terms.
WITH shared AS MATERIALIZED (
    SELECT movie_trigrams.movie_id, count(*) AS trigrams
    FROM json_each(:trigrams) AS searched
    CROSS JOIN movie_trigrams ON movie_trigrams.trigram = searched.value
    GROUP BY movie_trigrams.movie_id
),
matches AS (
    SELECT movie_id FROM shared WHERE trigrams >= :min_shared
    UNION
    SELECT id FROM movies
    WHERE instr(title_key, :search_key) > 0 OR instr(original_title_key, :search_key) > 0
)
