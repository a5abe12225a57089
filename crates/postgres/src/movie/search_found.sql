-- $1 to $4 are what to look up: for which word of the search, the kind as a number, from, and to.
-- $5 to $9 are the bounds: movies of a word, similar words, movies of a similar word, enough, and
-- candidates. Each LATERAL enters an index at one place and stops at its bound.
WITH probe AS MATERIALIZED (
    SELECT probe.part, probe.kind, probe.low, probe.high
    FROM unnest($1::integer[], $2::integer[], $3::text[], $4::text[])
        AS probe (part, kind, low, high)
), direct AS MATERIALIZED (
    SELECT probe.part, probe.kind, movie.movie_id, movie.popularity
    FROM probe
    CROSS JOIN LATERAL (
        SELECT movie_id, popularity FROM movie_words
        WHERE word = probe.low COLLATE "C"
        ORDER BY popularity DESC, movie_id DESC
        LIMIT $5
    ) AS movie
    WHERE probe.kind IN (0, 1)
    UNION ALL
    SELECT longer.part, longer.kind, movie.movie_id, movie.popularity
    FROM (
        SELECT part, kind, low AS word FROM probe WHERE kind = 2
        UNION ALL
        SELECT probe.part, probe.kind, going_on.word
        FROM probe
        CROSS JOIN LATERAL (
            SELECT word FROM search_words
            WHERE word > probe.low COLLATE "C" AND word < probe.high COLLATE "C"
            ORDER BY word
            LIMIT $6
        ) AS going_on
        WHERE probe.kind = 3
    ) AS longer
    CROSS JOIN LATERAL (
        SELECT movie_id, popularity FROM movie_words
        WHERE word = longer.word
        ORDER BY popularity DESC, movie_id DESC
        LIMIT $7
    ) AS movie
), scarce AS MATERIALIZED (
    SELECT probe.part, probe.kind, probe.low, probe.high
    FROM probe
    LEFT JOIN (SELECT part, count(*) AS movies FROM direct GROUP BY part) AS met
        ON met.part = probe.part
    WHERE probe.kind >= 4 AND coalesce(met.movies, 0) < $8
), similar_word AS MATERIALIZED (
    SELECT scarce.part, scarce.kind, inside.word
    FROM scarce
    CROSS JOIN LATERAL (
        SELECT word FROM word_endings
        WHERE ending >= scarce.low COLLATE "C" AND ending < scarce.high COLLATE "C"
        ORDER BY ending, word
        LIMIT $6
    ) AS inside
    WHERE scarce.kind = 4
    UNION ALL
    SELECT part, kind, low FROM scarce WHERE kind = 5
    UNION ALL
    SELECT scarce.part, scarce.kind, mistyped.word
    FROM scarce
    CROSS JOIN LATERAL (
        SELECT word FROM word_typos
        WHERE shortened = scarce.low COLLATE "C"
        ORDER BY word
        LIMIT $6
    ) AS mistyped
    WHERE scarce.kind = 6
), found AS (
    SELECT part, kind, movie_id, popularity FROM direct
    UNION ALL
    SELECT similar_word.part, similar_word.kind, movie.movie_id, movie.popularity
    FROM (SELECT part, word, min(kind) AS kind FROM similar_word GROUP BY part, word) AS similar_word
    CROSS JOIN LATERAL (
        SELECT movie_id, popularity FROM movie_words
        WHERE word = similar_word.word
        ORDER BY popularity DESC, movie_id DESC
        LIMIT $7
    ) AS movie
)
