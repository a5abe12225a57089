use reelmark_application::ports::{ListRatings, RatingRecord};
use time::OffsetDateTime;
use tokio_postgres::Row;

use crate::error::Result;
use crate::row::time_at;

/// The columns that [`rating`] reads, from `rating`.
macro_rules! rating_columns {
    () => {
        "rating.user_id, rating.movie_id, rating.score, rating.review, rating.version,
            rating.created_at, rating.updated_at"
    };
}
pub(crate) use rating_columns;

pub(crate) fn rating(row: &Row) -> Result<RatingRecord> {
    Ok(RatingRecord {
        user_id: row.try_get("user_id")?,
        movie_id: row.try_get("movie_id")?,
        score: row.try_get("score")?,
        review: row.try_get("review")?,
        version: row.try_get("version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

/// The time and the id behind which a list starts. Without a place to start from they are greater
/// than those of any rating, so that one statement serves all pages.
pub(crate) fn start(list: &ListRatings) -> (OffsetDateTime, i64) {
    let after = list.after.map(|place| (place.updated_at_micros, place.id));
    let (micros, id) = after.unwrap_or((i64::MAX, i64::MAX));
    (time_at(micros), id)
}
