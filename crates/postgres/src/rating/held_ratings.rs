use std::collections::{BTreeMap, HashMap};

use reelmark_application::messages::{Channel, RatingChangedV2};
use reelmark_application::ports::HeldRating;
use time::OffsetDateTime;
use tokio_postgres::types::ToSql;

use crate::error::{Failure, Result};
use crate::session::Transaction;

const KIND: &str = RatingChangedV2::KIND;
const CHANNEL: &str = Channel::DatedRatings.name();

const FIND: &str = "
    SELECT movie_id, score, review, created_at, updated_at, version
    FROM ratings
    WHERE user_id = $1 AND movie_id = ANY($2)";

/// Stores each rating in place of the version that was seen, 0 for none, and leaves it alone when
/// it has another one by now. Rows are locked in the order of their keys, as other batches do it.
const WRITE: &str = "
    WITH rating AS (
        INSERT INTO ratings (user_id, movie_id, score, review, version, created_at, updated_at)
        SELECT $1::bigint, movie_id, score, review, seen + 1, created_at, updated_at
        FROM unnest(
            $2::bigint[], $3::smallint[], $4::text[], $5::bigint[], $6::timestamptz[],
            $7::timestamptz[]
        ) AS asked (movie_id, score, review, seen, created_at, updated_at)
        ORDER BY movie_id
        ON CONFLICT (user_id, movie_id) DO UPDATE SET
            previous_score = ratings.score,
            score = excluded.score,
            review = excluded.review,
            version = excluded.version,
            created_at = excluded.created_at,
            updated_at = excluded.updated_at
        WHERE ratings.version = excluded.version - 1
        RETURNING user_id, movie_id, score, previous_score, version, created_at
    ), message AS (
        INSERT INTO outbox_messages (kind, payload, created_at, channel)
        SELECT
            $8::text,
            json_build_object(
                'movie', movie_id, 'user', user_id, 'old', previous_score, 'new', score,
                'given_at_micros', (extract(epoch FROM created_at) * 1000000)::bigint
            ),
            $9::timestamptz,
            $10::text
        FROM rating
        WHERE previous_score IS DISTINCT FROM score
    )
    SELECT (previous_score IS NULL) = (version = 1) AS is_as_seen FROM rating";

const REMOVE: &str = "
    WITH removed AS (
        DELETE FROM ratings
        USING unnest($2::bigint[], $3::bigint[]) AS asked (movie_id, seen)
        WHERE user_id = $1 AND ratings.movie_id = asked.movie_id AND version = seen
        RETURNING user_id, ratings.movie_id, score, created_at
    ), message AS (
        INSERT INTO outbox_messages (kind, payload, created_at, channel)
        SELECT
            $4::text,
            json_build_object(
                'movie', movie_id, 'user', user_id, 'old', score, 'new', NULL,
                'given_at_micros', (extract(epoch FROM created_at) * 1000000)::bigint
            ),
            $5::timestamptz,
            $6::text
        FROM removed
    )
    SELECT movie_id FROM removed";

/// What a user said about some movies, as seen at one moment and changed since in here alone.
pub(crate) struct HeldRatings {
    user_id: i64,
    seen: HashMap<i64, (i64, HeldRating)>,
    /// What is to be instead.
    changed: BTreeMap<i64, Option<HeldRating>>,
}

impl HeldRatings {
    /// Reads them.
    pub(crate) async fn find(
        transaction: &Transaction<'_>,
        user_id: i64,
        movies: &[i64],
    ) -> Result<Self> {
        let mut seen = HashMap::new();
        for row in transaction.query(FIND, &[&user_id, &movies]).await? {
            let rating = HeldRating {
                score: row.try_get("score")?,
                review: row.try_get("review")?,
                created_at: row.try_get("created_at")?,
                updated_at: row.try_get("updated_at")?,
            };
            seen.insert(row.try_get("movie_id")?, (row.try_get("version")?, rating));
        }
        Ok(Self { user_id, seen, changed: BTreeMap::new() })
    }

    /// The rating of a movie as it is to be.
    pub(crate) fn of(&self, movie_id: i64) -> Option<&HeldRating> {
        match self.changed.get(&movie_id) {
            Some(changed) => changed.as_ref(),
            None => self.seen.get(&movie_id).map(|(_, rating)| rating),
        }
    }

    /// Decides what the rating of a movie is to be; nothing removes it.
    pub(crate) fn change(&mut self, movie_id: i64, rating: Option<HeldRating>) {
        self.changed.insert(movie_id, rating);
    }

    /// Stores what was decided, with the messages about it.
    ///
    /// # Errors
    /// [`Failure::Overtaken`] when somebody else changed one of the ratings meanwhile: the
    /// transaction must begin anew.
    pub(crate) async fn store(
        mut self,
        transaction: &Transaction<'_>,
        at: OffsetDateTime,
    ) -> Result<()> {
        let changed = std::mem::take(&mut self.changed);
        let (mut written, mut removed) = (vec![], vec![]);
        for (movie_id, rating) in changed {
            match (rating, self.version(movie_id)) {
                (Some(rating), seen) => written.push((movie_id, rating, seen)),
                (None, 0) => {}
                (None, seen) => removed.push((movie_id, seen)),
            }
        }
        self.write(transaction, written, at).await?;
        self.remove(transaction, removed, at).await
    }

    fn version(&self, movie_id: i64) -> i64 {
        self.seen.get(&movie_id).map_or(0, |(version, _)| *version)
    }

    async fn write(
        &self,
        transaction: &Transaction<'_>,
        written: Vec<(i64, HeldRating, i64)>,
        at: OffsetDateTime,
    ) -> Result<()> {
        if written.is_empty() {
            return Ok(());
        }
        let movies: Vec<i64> = written.iter().map(|(movie_id, ..)| *movie_id).collect();
        let seen: Vec<i64> = written.iter().map(|(.., seen)| *seen).collect();
        let ratings = || written.iter().map(|(_, rating, _)| rating);
        let scores: Vec<i16> = ratings().map(|rating| rating.score).collect();
        let reviews: Vec<Option<&str>> = ratings().map(|rating| rating.review.as_deref()).collect();
        let created: Vec<_> = ratings().map(|rating| rating.created_at).collect();
        let updated: Vec<_> = ratings().map(|rating| rating.updated_at).collect();
        let message: [&(dyn ToSql + Sync); 3] = [&KIND, &at, &CHANNEL];
        let rating: [&(dyn ToSql + Sync); 7] =
            [&self.user_id, &movies, &scores, &reviews, &seen, &created, &updated];
        let stored = transaction.query(WRITE, &[&rating[..], &message].concat()).await?;
        for row in &stored {
            if !row.try_get::<_, bool>("is_as_seen")? {
                return Err(Failure::Overtaken);
            }
        }
        if stored.len() == written.len() { Ok(()) } else { Err(Failure::Overtaken) }
    }

    async fn remove(
        &self,
        transaction: &Transaction<'_>,
        removed: Vec<(i64, i64)>,
        at: OffsetDateTime,
    ) -> Result<()> {
        if removed.is_empty() {
            return Ok(());
        }
        let (movies, seen): (Vec<i64>, Vec<i64>) = removed.into_iter().unzip();
        let parameters: [&(dyn ToSql + Sync); 6] =
            [&self.user_id, &movies, &seen, &KIND, &at, &CHANNEL];
        let gone = transaction.query(REMOVE, &parameters).await?;
        if gone.len() == movies.len() { Ok(()) } else { Err(Failure::Overtaken) }
    }
}
