use reelmark_application::ports::InsertMovie;

use super::insert_movies::insert_all;
use crate::error::Result;
use crate::store::PostgresStore;

const EXISTS: &str = "SELECT EXISTS (SELECT FROM movies) AS found";

/// How many movies one statement stores: each has to end in time.
const AT_ONCE: usize = 250;

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
    for some in movies.chunks(AT_ONCE) {
        insert_all(&transaction, &some.iter().collect::<Vec<_>>()).await?;
    }
    transaction.commit().await?;
    Ok(movies.len())
}
