use reelmark_application::ports::TasteRecord;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LATEST: &str = "
    SELECT movie_id, score
    FROM ratings
    WHERE user_id = $1
    ORDER BY updated_at DESC, movie_id DESC
    LIMIT $2";

pub(super) async fn run(store: &PostgresStore, user_id: i64, latest: usize) -> Result<TasteRecord> {
    let session = store.session().await?;
    let rows = session.query(LATEST, &[&user_id, &limited(latest)]).await?;
    let ratings = rows.iter().map(|row| Ok((row.try_get("movie_id")?, row.try_get("score")?)));
    Ok(TasteRecord { user_id, ratings: ratings.collect::<Result<_>>()? })
}
