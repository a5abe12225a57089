-- How much a movie was rated of late: a sum of weights that grow with the time of the rating, so
-- that its order needs no refreshing. Ratings from before this migration don't count.
ALTER TABLE rating_summaries ADD COLUMN trend double precision NOT NULL DEFAULT 0;
CREATE INDEX rating_summaries_by_trend ON rating_summaries (trend, movie_id);
