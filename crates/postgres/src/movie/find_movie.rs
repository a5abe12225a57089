use std::collections::HashMap;
use std::slice;

use reelmark_application::ports::{MovieDetailsRecord, MovieRecord};

use super::row::{self, details_columns, movie_columns};
use crate::batches::Batched;
use crate::error::Result;
use crate::store::PostgresStore;

const RECORD: &str = concat!("SELECT ", movie_columns!(), " FROM movies WHERE movies.id = $1");

const DETAILS: &str = concat!(
    "SELECT ",
    details_columns!(),
    " FROM movies JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id \
      WHERE movies.id = ANY($1)"
);

pub(super) async fn record(store: &PostgresStore, id: i64) -> Result<Option<MovieRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(RECORD, &[&id]).await?;
    found.as_ref().map(row::movie).transpose()
}

/// Looks movies up in PostgreSQL by their ids, with their rating summaries.
pub(super) struct FindMovies {
    store: PostgresStore,
}

impl FindMovies {
    pub(super) fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl Batched for FindMovies {
    type Call = i64;
    type Key = i64;
    type Outcome = Option<MovieDetailsRecord>;

    fn key(id: &i64) -> i64 {
        *id
    }

    async fn run(&self, ids: &[i64]) -> Result<Vec<Option<MovieDetailsRecord>>> {
        let session = self.store.session_for_batch().await?;
        let rows = session.query(DETAILS, &[&ids]).await?;
        let found = rows.iter().map(|row| row::details(row).map(|found| (found.movie.id, found)));
        let found: HashMap<_, _> = found.collect::<Result<_>>()?;
        Ok(ids.iter().map(|id| found.get(id).cloned()).collect())
    }

    async fn run_alone(&self, id: &i64) -> Result<Option<MovieDetailsRecord>> {
        Ok(self.run(slice::from_ref(id)).await?.pop().flatten())
    }
}
