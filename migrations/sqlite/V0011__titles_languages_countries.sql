-- What else a movie is called, and where it comes from. The search keys of other titles than the two
-- that have columns of their own stand one on a line.
ALTER TABLE movies ADD COLUMN alternative_titles TEXT NOT NULL DEFAULT '[]'; -- a JSON array of titles
ALTER TABLE movies ADD COLUMN other_keys TEXT NOT NULL DEFAULT '';
ALTER TABLE movies ADD COLUMN original_language TEXT;
ALTER TABLE movies ADD COLUMN countries TEXT NOT NULL DEFAULT '[]'; -- a JSON array of codes
CREATE INDEX movies_by_language ON movies (original_language);
CREATE INDEX movies_by_runtime ON movies (runtime_minutes);

CREATE TABLE movie_countries (
    country  TEXT    NOT NULL,
    movie_id INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (country, movie_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX movie_countries_by_movie ON movie_countries (movie_id);

-- What movies of files are matched by: what the spellings of a title have in common.
CREATE TABLE movie_title_keys (
    title_key TEXT    NOT NULL,
    movie_id  INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (title_key, movie_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX movie_title_keys_by_movie ON movie_title_keys (movie_id);

-- What searches found movies by before there were movie_words.
DROP TABLE movie_trigrams;
