-- Several workers may count a rating's removal before its addition, so a count can be negative for
-- a while. What is derived from the counts, and whatever is read, takes such a count for zero.
ALTER TABLE rating_summaries
    DROP CONSTRAINT rating_summaries_h1_check,
    DROP CONSTRAINT rating_summaries_h2_check,
    DROP CONSTRAINT rating_summaries_h3_check,
    DROP CONSTRAINT rating_summaries_h4_check,
    DROP CONSTRAINT rating_summaries_h5_check,
    DROP CONSTRAINT rating_summaries_h6_check,
    DROP CONSTRAINT rating_summaries_h7_check,
    DROP CONSTRAINT rating_summaries_h8_check,
    DROP CONSTRAINT rating_summaries_h9_check,
    DROP CONSTRAINT rating_summaries_h10_check,
    DROP COLUMN rating_count,
    DROP COLUMN weighted_score;
ALTER TABLE rating_summaries
    ADD COLUMN rating_count bigint NOT NULL GENERATED ALWAYS AS (
        greatest(h1, 0) + greatest(h2, 0) + greatest(h3, 0) + greatest(h4, 0) + greatest(h5, 0)
            + greatest(h6, 0) + greatest(h7, 0) + greatest(h8, 0) + greatest(h9, 0) + greatest(h10, 0)
    ) STORED,
    ADD COLUMN weighted_score double precision NOT NULL GENERATED ALWAYS AS (
        CASE WHEN catalogue_mean IS NULL
            OR greatest(h1, 0) + greatest(h2, 0) + greatest(h3, 0) + greatest(h4, 0) + greatest(h5, 0)
                + greatest(h6, 0) + greatest(h7, 0) + greatest(h8, 0) + greatest(h9, 0) + greatest(h10, 0) = 0
            THEN 0.0
            ELSE (greatest(h1, 0) + 2*greatest(h2, 0) + 3*greatest(h3, 0) + 4*greatest(h4, 0) + 5*greatest(h5, 0)
                    + 6*greatest(h6, 0) + 7*greatest(h7, 0) + 8*greatest(h8, 0) + 9*greatest(h9, 0) + 10*greatest(h10, 0)
                    + 50.0 * catalogue_mean)
                / (greatest(h1, 0) + greatest(h2, 0) + greatest(h3, 0) + greatest(h4, 0) + greatest(h5, 0)
                    + greatest(h6, 0) + greatest(h7, 0) + greatest(h8, 0) + greatest(h9, 0) + greatest(h10, 0) + 50.0)
        END) STORED;
CREATE INDEX rating_summaries_by_weighted_score ON rating_summaries (weighted_score, movie_id);
CREATE INDEX rating_summaries_by_count ON rating_summaries (rating_count, movie_id);

ALTER TABLE catalogue_totals
    DROP CONSTRAINT catalogue_totals_rating_count_check,
    DROP CONSTRAINT catalogue_totals_rating_sum_check;
