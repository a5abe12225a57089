use reelmark_application::ports::{InsertMovie, MovieRecord};
use reelmark_domain::popularity_class;
use tokio_postgres::types::ToSql;

use super::facts::{self, Lists, written};
use crate::error::Result;
use crate::session::Transaction;
use crate::store::PostgresStore;

const INSERT: &str = include_str!("insert_movie.sql");

pub(super) async fn run(store: &PostgresStore, movie: InsertMovie) -> Result<MovieRecord> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let stored = insert(&transaction, movie).await?;
    transaction.commit().await?;
    Ok(stored)
}

/// Stores a movie, its empty summary and what it is found by.
async fn insert(transaction: &Transaction<'_>, movie: InsertMovie) -> Result<MovieRecord> {
    let InsertMovie { facts, index, added_by, at } = movie;
    let lists = Lists::of(&facts, &index)?;
    let mut parameters = facts::parameters(&facts, &index, &lists);
    parameters.extend([&added_by as &(dyn ToSql + Sync), &at]);
    let row = transaction.query_one(INSERT, &parameters).await?;
    let unrated = popularity_class(0);
    facts::write_index(transaction, row.try_get("id")?, &facts, &index, unrated).await?;
    written(&row, facts)
}
