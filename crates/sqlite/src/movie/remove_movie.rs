use reelmark_application::messages::{MovieChangedV1, RatingChangedV1};
use rusqlite::Connection;
use time::OffsetDateTime;

use crate::error::Result;
use crate::outbox::append;

const RATINGS: &str = "SELECT user_id, score FROM ratings WHERE movie_id = ?1 ORDER BY user_id";

/// Takes genres, words, ratings and summary with it: they refer to the movie.
const REMOVE: &str = "DELETE FROM movies WHERE id = ?1";

pub(super) fn run(connection: &Connection, id: i64, at: OffsetDateTime) -> Result<bool> {
    tell_of_ratings(connection, id, at)?;
    if connection.prepare_cached(REMOVE)?.execute([id])? == 0 {
        return Ok(false);
    }
    let changed = MovieChangedV1 { movie: id };
    append(connection, MovieChangedV1::KIND, &changed, at)?;
    Ok(true)
}

fn tell_of_ratings(connection: &Connection, id: i64, at: OffsetDateTime) -> Result<()> {
    let mut statement = connection.prepare_cached(RATINGS)?;
    let mut ratings = statement.query([id])?;
    while let Some(rating) = ratings.next()? {
        let changed =
            RatingChangedV1 { movie: id, user: rating.get(0)?, old: rating.get(1)?, new: None };
        append(connection, RatingChangedV1::KIND, &changed, at)?;
    }
    Ok(())
}
