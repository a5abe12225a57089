use reelmark_application::ports::RatingRecord;

use super::row::{rating, rating_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const FIND: &str = concat!(
    "SELECT ",
    rating_columns!(),
    " FROM ratings AS rating WHERE user_id = $1 AND movie_id = $2"
);

pub(super) async fn run(
    store: &PostgresStore,
    user_id: i64,
    movie_id: i64,
) -> Result<Option<RatingRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(FIND, &[&user_id, &movie_id]).await?;
    found.as_ref().map(rating).transpose()
}
