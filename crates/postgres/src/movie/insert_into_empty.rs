use reelmark_application::ports::InsertMovie;

use super::insert_movie::insert;
use crate::error::Result;
use crate::store::PostgresStore;

const EXISTS: &str = "SELECT EXISTS (SELECT FROM movies) AS found";

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
    for movie in movies {
        insert(&transaction, movie).await?;
    }
    transaction.commit().await?;
    Ok(count)
}
