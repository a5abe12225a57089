use reelmark_application::ports::{GENRES, GenreRecord};
use rusqlite::Connection;

use crate::error::Result;
use crate::row::Cells;

/// Counts in the index, without a look at the rows.
const LIST: &str = "
    SELECT
        (SELECT name FROM movie_genres
            WHERE genre_key = counted.genre_key
            ORDER BY movie_id
            LIMIT 1),
        counted.movies
    FROM (
        SELECT genre_key, count(*) AS movies
        FROM movie_genres
        GROUP BY genre_key
        ORDER BY movies DESC, genre_key
        LIMIT ?1
    ) AS counted
    ORDER BY counted.genre_key";

pub(super) fn run(connection: &Connection) -> Result<Vec<GenreRecord>> {
    let mut statement = connection.prepare_cached(LIST)?;
    let genres = statement.query_map([GENRES], |row| {
        let mut cells = Cells::of(row);
        Ok(GenreRecord { name: cells.take()?, movie_count: cells.take()? })
    })?;
    Ok(genres.collect::<rusqlite::Result<_>>()?)
}
