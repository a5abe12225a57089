use reelmark_application::ports::{AddedMovieRecord, ListAddedMovies};
use rusqlite::{Connection, Row, params};

use super::row::{movie_names_columns, next_movie_names};
use crate::error::Result;
use crate::row::Cells;

const LIST: &str = concat!(
    "SELECT ",
    movie_names_columns!(),
    ", m.created_at FROM movies AS m WHERE m.added_by = ?1 AND m.id > ?2 ORDER BY m.id LIMIT ?3"
);

pub(super) fn run(connection: &Connection, list: ListAddedMovies) -> Result<Vec<AddedMovieRecord>> {
    let mut statement = connection.prepare_cached(LIST)?;
    let parameters = params![list.added_by, list.after.unwrap_or(0), list.limit];
    let movies = statement.query_map(parameters, added)?;
    Ok(movies.collect::<rusqlite::Result<_>>()?)
}

fn added(row: &Row<'_>) -> rusqlite::Result<AddedMovieRecord> {
    let mut cells = Cells::of(row);
    Ok(AddedMovieRecord { movie: next_movie_names(&mut cells)?, created_at: cells.time()? })
}
