use reelmark_application::ports::{ExportedRatingRecord, ListRatingsByMovie};

use super::list_exported_ratings::exported;
use super::row::movie_names_columns;
use crate::error::Result;
use crate::rating::row::rating_columns;
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
    WHERE rating.user_id = $1 AND rating.movie_id > $2
    ORDER BY rating.movie_id
    LIMIT $3"
);

pub(super) async fn run(
    store: &PostgresStore,
    list: ListRatingsByMovie,
) -> Result<Vec<ExportedRatingRecord>> {
    let session = store.session().await?;
    let after = list.after.unwrap_or(0);
    let rows = session.query(LIST, &[&list.user_id, &after, &limited(list.limit)]).await?;
    rows.iter().map(exported).collect()
}
