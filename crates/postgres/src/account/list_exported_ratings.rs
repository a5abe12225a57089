use reelmark_application::ports::{ExportedRatingRecord, ListRatings};
use tokio_postgres::Row;

use super::row::{movie_names, movie_names_columns};
use crate::error::Result;
use crate::rating::row::{rating, rating_columns, start};
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = concat!(
    "SELECT ",
    movie_names_columns!(),
    ", ",
    rating_columns!(),
    "
    FROM ratings AS rating
    JOIN movies ON movies.id = rating.movie_id
    WHERE rating.user_id = $1
        AND (rating.updated_at, rating.movie_id) < ($2, $3)
    ORDER BY rating.updated_at DESC, rating.movie_id DESC
    LIMIT $4"
);

pub(super) async fn run(
    store: &PostgresStore,
    list: ListRatings,
) -> Result<Vec<ExportedRatingRecord>> {
    let session = store.session().await?;
    let (time, id) = start(&list);
    let rows = session.query(LIST, &[&list.of, &time, &id, &limited(list.limit)]).await?;
    rows.iter().map(exported).collect()
}

pub(super) fn exported(row: &Row) -> Result<ExportedRatingRecord> {
    Ok(ExportedRatingRecord { rating: rating(row)?, movie: movie_names(row)? })
}
