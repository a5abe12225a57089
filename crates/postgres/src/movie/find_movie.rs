use reelmark_application::ports::{MovieDetailsRecord, MovieRecord};

use super::row::{self, details_columns, movie_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const RECORD: &str = concat!("SELECT ", movie_columns!(), " FROM movies WHERE movies.id = $1");

const DETAILS: &str = concat!(
    "SELECT ",
    details_columns!(),
    " FROM movies JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id \
      WHERE movies.id = $1"
);

pub(super) async fn record(store: &PostgresStore, id: i64) -> Result<Option<MovieRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(RECORD, &[&id]).await?;
    found.as_ref().map(row::movie).transpose()
}

pub(super) async fn details(store: &PostgresStore, id: i64) -> Result<Option<MovieDetailsRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(DETAILS, &[&id]).await?;
    found.as_ref().map(row::details).transpose()
}
