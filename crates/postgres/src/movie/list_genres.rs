use reelmark_application::ports::{GENRES, GenreRecord};

use crate::error::Result;
use crate::row::{Cells, limited};
use crate::store::PostgresStore;

/// Counts in the index, without a look at the rows.
const LIST: &str = "
    SELECT spelled.name, counted.movies
    FROM (
        SELECT genre_key, count(*) AS movies
        FROM movie_genres
        GROUP BY genre_key
        ORDER BY movies DESC, genre_key
        LIMIT $1
    ) AS counted
    CROSS JOIN LATERAL (
        SELECT name FROM movie_genres
        WHERE genre_key = counted.genre_key
        ORDER BY movie_id
        LIMIT 1
    ) AS spelled
    ORDER BY counted.genre_key";

pub(super) async fn run(store: &PostgresStore) -> Result<Vec<GenreRecord>> {
    let rows = store.session().await?.query(LIST, &[&limited(GENRES)]).await?;
    let genres = rows.iter().map(|row| {
        let mut cells = Cells::of(row);
        Ok(GenreRecord { name: cells.take()?, movie_count: cells.take()? })
    });
    genres.collect()
}
