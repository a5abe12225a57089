use reelmark_application::messages::MovieChangedV1;
use reelmark_application::ports::{MergeIds, MovieChunk};
use time::OffsetDateTime;

use crate::error::{Failure, Result};
use crate::movie::insert_movies::insert_all;
use crate::outbox::append;
use crate::session::{Transaction, again_after_deadlock};
use crate::store::PostgresStore;

const PUT_NUMBERS: &str = "
    INSERT INTO import_movies (set_id, number, movie_id)
    SELECT $1, number, movie_id
    FROM unnest($2::bigint[], $3::bigint[]) AS numbered (number, movie_id)
    ORDER BY number
    ON CONFLICT DO NOTHING
    RETURNING number";

const MERGE_IDS: &str = "
    UPDATE movies
    SET imdb_id = coalesce(imdb_id, $2), tmdb_id = coalesce(tmdb_id, $3),
        movielens_id = coalesce(movielens_id, $4),
        version = version + 1, updated_at = $5
    WHERE id = $1
    RETURNING id";

pub(super) async fn run(store: &PostgresStore, chunk: &MovieChunk) -> Result<()> {
    again_after_deadlock(|| once(store, chunk)).await
}

async fn once(store: &PostgresStore, chunk: &MovieChunk) -> Result<()> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let movies: Vec<_> = chunk.movies.iter().map(|import| &import.movie).collect();
    let added = insert_all(&transaction, &movies).await?;
    put_numbers(&transaction, chunk, &added).await?;
    for ids in &chunk.ids {
        merge_ids(&transaction, ids, chunk.at).await?;
    }
    if let Some(last) = added.last() {
        tell(&transaction, *last, chunk.at).await?;
    }
    transaction.commit().await
}

async fn put_numbers(
    transaction: &Transaction<'_>,
    chunk: &MovieChunk,
    added: &[i64],
) -> Result<()> {
    let new = chunk.movies.iter().zip(added);
    let new = new.filter_map(|(import, id)| Some((import.number?, *id)));
    let (numbers, movies): (Vec<i64>, Vec<i64>) = new.chain(chunk.numbers.clone()).unzip();
    if numbers.is_empty() {
        return Ok(());
    }
    match transaction.query(PUT_NUMBERS, &[&chunk.set, &numbers, &movies]).await {
        Ok(put) if put.len() == numbers.len() => Ok(()),
        Ok(_) => Err(Failure::Stale),
        Err(failure) if failure.is_missing_reference() => Err(Failure::Stale),
        Err(failure) => Err(failure),
    }
}

async fn merge_ids(
    transaction: &Transaction<'_>,
    ids: &MergeIds,
    at: OffsetDateTime,
) -> Result<()> {
    let MergeIds { movie_id, imdb_id, tmdb_id, movielens_id } = ids;
    let merged =
        transaction.query_opt(MERGE_IDS, &[movie_id, imdb_id, tmdb_id, movielens_id, &at]).await?;
    merged.ok_or(Failure::Stale)?;
    tell(transaction, *movie_id, at).await
}

async fn tell(transaction: &Transaction<'_>, movie: i64, at: OffsetDateTime) -> Result<()> {
    append(transaction, MovieChangedV1::KIND, &MovieChangedV1 { movie }, at).await
}
