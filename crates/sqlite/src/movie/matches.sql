-- The movies that match the search terms; none when there are no terms.
WITH shared AS MATERIALIZED (
    SELECT movie_trigrams.movie_id, count(*) AS trigrams
    FROM json_each(:trigrams) AS searched
    CROSS JOIN movie_trigrams ON movie_trigrams.trigram = searched.value
    GROUP BY movie_trigrams.movie_id
),
matches AS (
    SELECT movie_id FROM shared WHERE trigrams >= :min_shared
    UNION
    -- This index has all that the condition looks at, so the wide table needn't be read.
    SELECT id_key FROM movies INDEXED BY movies_by_title
    WHERE instr(title_key, :search_key) > 0 OR instr(original_title_key, :search_key) > 0
)
