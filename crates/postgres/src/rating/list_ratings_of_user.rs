use reelmark_application::ports::{ListRatings, UserRatingRecord};
use tokio_postgres::Row;

use super::row::{rating, rating_columns, start};
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = concat!(
    "SELECT movies.title, movies.release_year, ",
    rating_columns!(),
    "
    FROM ratings AS rating
    JOIN movies ON movies.id = rating.movie_id
    WHERE rating.user_id = $1
        AND (rating.updated_at, rating.movie_id) < ($2, $3)
    ORDER BY rating.updated_at DESC, rating.movie_id DESC
    LIMIT $4"
);

pub(super) async fn run(store: &PostgresStore, list: ListRatings) -> Result<Vec<UserRatingRecord>> {
    let session = store.session().await?;
    let (time, id) = start(&list);
    let rows = session.query(LIST, &[&list.of, &time, &id, &limited(list.limit)]).await?;
    rows.iter().map(listed).collect()
}

fn listed(row: &Row) -> Result<UserRatingRecord> {
    Ok(UserRatingRecord {
        rating: rating(row)?,
        title: row.try_get("title")?,
        release_year: row.try_get("release_year")?,
    })
}
