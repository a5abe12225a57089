, ranked AS (
    SELECT
        CASE
            WHEN :search_key IN (movies.title_key, movies.original_title_key) THEN 0
            WHEN instr(movies.title_key, :search_key) = 1
                OR instr(movies.original_title_key, :search_key) = 1 THEN 1
            WHEN instr(movies.title_key, ' ' || :search_key) > 0
                OR instr(movies.original_title_key, ' ' || :search_key) > 0 THEN 2
            WHEN instr(movies.title_key, :search_key) > 0
                OR instr(movies.original_title_key, :search_key) > 0 THEN 3
            ELSE 4
        END AS tier,
        json_array_length(:trigrams) - coalesce(shared.trigrams, 0) AS missing,
        -summaries.rating_count AS minus_count,
        length(movies.title_key) AS length,
        movies.id AS id
    FROM matches
    CROSS JOIN movies ON movies.id = matches.movie_id
    CROSS JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    LEFT JOIN shared ON shared.movie_id = movies.id
    WHERE 
