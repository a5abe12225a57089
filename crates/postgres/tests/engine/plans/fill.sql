-- A million ratings and what belongs to them. References are not checked, because they are right by
-- construction, and indexes of the ratings are built when all are there.
SET session_replication_role = replica;
SET synchronous_commit = off;

INSERT INTO users (username, username_key, email, password_hash, role, visibility, created_at)
SELECT 'user' || n, 'user' || n, 'user' || n || '@example.org', 'hash', 'member',
    CASE n % 10 WHEN 0 THEN 'private' ELSE 'public' END, '2026-01-01'
FROM generate_series(1, 20000) AS n;

INSERT INTO movies (
    title, title_key, original_title_key, release_year, runtime_minutes, original_language, directors,
    search_version, created_at, updated_at
)
SELECT title, title, '', 1930 + n % 90, 60 + n % 120, CASE WHEN n % 3 > 0 THEN 'en' ELSE 'l' || n % 40 END, '[]', 2 * (n > 3000)::integer, '2026-01-01'::timestamptz + n * '1 s'::interval, '2026-01-01'
FROM generate_series(1, 30000) AS n
CROSS JOIN LATERAL (SELECT 'the ' || substr(md5(n::text), 1, 6) || ' of ' || substr(md5(n::text), 7, 3)) AS made (title);

INSERT INTO movie_genres (movie_id, position, genre_key, name)
SELECT n, 1, 'genre' || n % 20, 'Genre' || n % 20 FROM generate_series(1, 30000) AS n;

INSERT INTO movie_countries (country, movie_id) SELECT 'C' || n % 50, n FROM generate_series(1, 30000) AS n;

INSERT INTO rating_summaries (movie_id, h7, h8, catalogue_mean, trend, computed_at)
SELECT n, 10000 / n, n % 50, 7.5, n % 1000, '2026-01-01' FROM generate_series(1, 30000) AS n;

DROP INDEX ratings_by_movie;
DROP INDEX ratings_by_user;
ALTER TABLE ratings DROP CONSTRAINT ratings_pkey;
-- Most users have 46 ratings; the first has 8,000, and the first movie has been rated by all.
INSERT INTO ratings (user_id, movie_id, score, review, created_at, updated_at)
SELECT user_id, movie_id, 1 + (user_id + movie_id) % 10, CASE WHEN movie_id % 100 = 0 THEN 'Fine.' END,
    at, at
FROM (
    SELECT n AS user_id, 1 + (n * 7 + k * 211) % 9999 AS movie_id FROM generate_series(2, 20000) AS n, generate_series(1, 48) AS k
    UNION SELECT n, 10000 FROM generate_series(2, 20000) AS n
    UNION SELECT 1, n FROM generate_series(1, 8000) AS n
) AS rated
CROSS JOIN LATERAL (SELECT '2026-01-01'::timestamptz + (user_id * 17 + movie_id * 31) % 9000000 * '1 s'::interval) AS time (at);
ALTER TABLE ratings ADD PRIMARY KEY (user_id, movie_id);
CREATE INDEX ratings_by_movie ON ratings (movie_id, imported, updated_at, user_id);
CREATE INDEX ratings_by_user ON ratings (user_id, updated_at, movie_id) INCLUDE (score);

INSERT INTO sessions (user_id, device, created_at, last_used_at, expires_at)
SELECT 1 + n % 20000, 'device', at, at, at + '30 d'::interval
FROM generate_series(1, 30000) AS n CROSS JOIN LATERAL (SELECT '2026-01-01'::timestamptz + n * '1 min'::interval) AS time (at);
INSERT INTO refresh_tokens (token_hash, session_id, created_at)
SELECT 'hash' || n, n, '2026-01-01' FROM generate_series(1, 30000) AS n;
INSERT INTO account_codes (code_hash, user_id, purpose, created_at, expires_at)
SELECT 'hash' || n, n, 'activation', '2026-01-01', '2026-01-02'::timestamptz + n * '1 min'::interval
FROM generate_series(1, 20000) AS n;
INSERT INTO idempotency_keys (scope, key_hash, user_id, fingerprint, held_until, kept_until)
SELECT 'scope', 'hash' || n, 1 + n % 20000, 'f', '2026-01-01', '2026-01-01'::timestamptz + n * '1 min'::interval
FROM generate_series(1, 30000) AS n;
INSERT INTO processed_messages (message_id, processed_at)
SELECT n, '2026-01-01'::timestamptz + n * '1 s'::interval FROM generate_series(1, 50000) AS n;
INSERT INTO outbox_messages (kind, payload, created_at, channel)
SELECT 'rating_changed.v1', '{}', '2026-01-01', 'ratings' FROM generate_series(1, 30000) AS n;
INSERT INTO audit_events (at, kind, subject_user_id)
SELECT '2026-01-01'::timestamptz + n * '1 min'::interval, 'logged_in', 1 + n % 20000 FROM generate_series(1, 30000) AS n;
INSERT INTO reports (owner_id, kind, requested_at, status)
SELECT 1 + n % 20000, 'catalogue', '2026-01-01'::timestamptz + n * '1 min'::interval, 'done' FROM generate_series(1, 20000) AS n;
