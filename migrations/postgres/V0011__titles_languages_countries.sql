-- What else a movie is called, and where it comes from. The search keys of other titles than the two
-- that have columns of their own stand one on a line.
ALTER TABLE movies
    ADD COLUMN alternative_titles text NOT NULL DEFAULT '[]', -- a JSON array of titles
    ADD COLUMN other_keys         text NOT NULL DEFAULT '' COLLATE "C",
    ADD COLUMN original_language  text COLLATE "C",
    ADD COLUMN countries          text NOT NULL DEFAULT '[]'; -- a JSON array of codes
CREATE INDEX movies_by_language ON movies (original_language, id);
CREATE INDEX movies_by_runtime ON movies (runtime_minutes, id);

CREATE TABLE movie_countries (
    country  text   NOT NULL COLLATE "C",
    movie_id bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (country, movie_id)
);
CREATE INDEX movie_countries_by_movie ON movie_countries (movie_id);

-- What movies of files are matched by: what the spellings of a title have in common.
CREATE TABLE movie_title_keys (
    title_key text   NOT NULL COLLATE "C",
    movie_id  bigint NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (title_key, movie_id)
);
CREATE INDEX movie_title_keys_by_movie ON movie_title_keys (movie_id);

-- What searches found movies by before there were movie_words.
DROP TABLE movie_trigrams;
