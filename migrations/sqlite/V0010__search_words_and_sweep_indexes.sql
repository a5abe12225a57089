-- What titles are found by: their words, the beginnings of these, and the titles as a whole. A word
-- that many movies have is read from its most popular movie on, so popularity is a number that
-- seldom changes: the class of the number of ratings.
CREATE TABLE movie_words (
    word       TEXT    NOT NULL,
    popularity INTEGER NOT NULL,
    movie_id   INTEGER NOT NULL REFERENCES movies (id) ON DELETE CASCADE,
    PRIMARY KEY (word, popularity, movie_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX movie_words_by_movie ON movie_words (movie_id);

-- All words that titles have or had, and what leads to them from a part or a typo.
CREATE TABLE search_words (
    word TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE TABLE word_endings (
    ending TEXT NOT NULL,
    word   TEXT NOT NULL,
    PRIMARY KEY (ending, word)
) STRICT, WITHOUT ROWID;
CREATE TABLE word_typos (
    shortened TEXT NOT NULL,
    word      TEXT NOT NULL,
    PRIMARY KEY (shortened, word)
) STRICT, WITHOUT ROWID;

-- How a movie's words were taken from its titles. Movies of an older version, or of a release that
-- knew no words, are taken up when the schema is brought up to date. They are found without
-- movie_trigrams from now on.
ALTER TABLE movies ADD COLUMN search_version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX movies_by_search_version ON movies (search_version);

-- What has run out is found without looking at what has not.
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX sessions_by_use ON sessions (last_used_at);
CREATE INDEX account_codes_by_end ON account_codes (expires_at);

-- What a user's histogram is counted from, without a look at each of the ratings themselves. The
-- index has the score beside its key; it changes together with the key.
DROP INDEX ratings_by_user;
CREATE INDEX ratings_by_user ON ratings (user_id, updated_at, movie_id, score);
