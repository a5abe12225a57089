ORDER BY
        min(kind) > 0,
        bit_count(bit_or(1 << part)::bit(32)) DESC,
        min(kind),
        max(popularity) DESC,
        movie_id DESC
    LIMIT $9
