use futures_util::future::try_join_all;
use reelmark_application::ports::InsertMovie;

use super::insert_movie::insert;
use crate::error::Result;
use crate::store::PostgresStore;

const EXISTS: &str = "SELECT EXISTS (SELECT FROM movies) AS found";

/// How many movies are sent to the server before the first answer is waited for. Each statement has
/// a deadline that begins when it is sent, so not all of them can be.
const AT_ONCE: usize = 50;

/// Keeps out all other writers, and readers not at all.
const LOCK: &str = "LOCK TABLE movies IN SHARE ROW EXCLUSIVE MODE";

/// Looks twice, so that a start on a store with movies, which is nearly every start, doesn't make
/// their writers wait for the lock.
pub(super) async fn run(store: &PostgresStore, movies: Vec<InsertMovie>) -> Result<usize> {
    let mut session = store.session().await?;
    if session.query_one(EXISTS, &[]).await?.try_get("found")? {
        return Ok(0);
    }
    let transaction = session.begin().await?;
    transaction.query(LOCK, &[]).await?;
    if transaction.query_one(EXISTS, &[]).await?.try_get("found")? {
        return Ok(0);
    }
    let count = movies.len();
    for some in movies.chunks(AT_ONCE) {
        try_join_all(some.iter().map(|movie| insert(&transaction, movie.clone()))).await?;
    }
    transaction.commit().await?;
    Ok(count)
}
