use reelmark_application::ports::{ListRatings, MovieRatingRecord};
use tokio_postgres::Row;

use super::row::{rating, rating_columns, start};
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = concat!(
    "SELECT users.username, users.display_name, ",
    rating_columns!(),
    "
    FROM ratings AS rating
    JOIN users ON users.id = rating.user_id
    WHERE rating.movie_id = $1
        AND rating.imported = false
        AND users.visibility = 'public'
        AND (rating.updated_at, rating.user_id) < ($2, $3)
    ORDER BY rating.updated_at DESC, rating.user_id DESC
    LIMIT $4"
);

pub(super) async fn run(
    store: &PostgresStore,
    list: ListRatings,
) -> Result<Vec<MovieRatingRecord>> {
    let session = store.session().await?;
    let (time, id) = start(&list);
    let rows = session.query(LIST, &[&list.of, &time, &id, &limited(list.limit)]).await?;
    rows.iter().map(listed).collect()
}

fn listed(row: &Row) -> Result<MovieRatingRecord> {
    Ok(MovieRatingRecord {
        rating: rating(row)?,
        username: row.try_get("username")?,
        display_name: row.try_get("display_name")?,
    })
}

const COUNT: &str = "
    SELECT count(*) AS count
    FROM ratings
    JOIN users ON users.id = ratings.user_id
    WHERE ratings.movie_id = $1
        AND ratings.imported = false
        AND users.visibility = 'public'";

/// How many there are on all pages.
pub(super) async fn count(store: &PostgresStore, movie_id: i64) -> Result<u64> {
    let session = store.session().await?;
    let row = session.query_one(COUNT, &[&movie_id]).await?;
    Ok(row.try_get::<_, i64>("count")?.unsigned_abs())
}
