use reelmark_application::messages::MovieChangedV1;
use reelmark_application::ports::{MovieRecord, UpdateMovie};
use reelmark_domain::popularity_class;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::facts::{self, Lists, written};
use crate::error::{Failure, Result};
use crate::outbox::append;
use crate::session::Transaction;
use crate::store::PostgresStore;

const UPDATE: &str = include_str!("update_movie.sql");

const RATINGS: &str =
    "SELECT rating_count FROM rating_summaries WHERE movie_id = $1 FOR NO KEY UPDATE";

const EXISTS: &str = "SELECT EXISTS (SELECT FROM movies WHERE id = $1) AS found";

pub(super) async fn run(store: &PostgresStore, movie: UpdateMovie) -> Result<Option<MovieRecord>> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let Some(updated) = update(&transaction, &movie).await? else {
        return missing_or_stale(&transaction, movie.id).await;
    };
    let popularity = popularity(&transaction, movie.id).await?;
    facts::erase_index(&transaction, movie.id).await?;
    facts::write_index(&transaction, movie.id, &movie.facts, &movie.index, popularity).await?;
    let changed = MovieChangedV1 { movie: movie.id };
    append(&transaction, MovieChangedV1::KIND, &changed, movie.at).await?;
    transaction.commit().await?;
    written(&updated, movie.facts).map(Some)
}

async fn update(transaction: &Transaction<'_>, movie: &UpdateMovie) -> Result<Option<Row>> {
    let lists = Lists::of(&movie.facts, &movie.index)?;
    let mut parameters = facts::parameters(&movie.facts, &movie.index, &lists);
    parameters.extend([&movie.at as &(dyn ToSql + Sync), &movie.id, &movie.expected_version]);
    transaction.query_opt(UPDATE, &parameters).await
}

/// Locks the summary, so that the words are stored where the popularity at the commit belongs.
async fn popularity(transaction: &Transaction<'_>, id: i64) -> Result<i16> {
    let summary = transaction.query_opt(RATINGS, &[&id]).await?;
    let ratings = summary.map_or(Ok(0), |row| row.try_get("rating_count"))?;
    Ok(popularity_class(ratings))
}

async fn missing_or_stale<T>(transaction: &Transaction<'_>, id: i64) -> Result<Option<T>> {
    let exists = transaction.query_one(EXISTS, &[&id]).await?;
    if exists.try_get("found")? {
        return Err(Failure::Stale);
    }
    Ok(None)
}
