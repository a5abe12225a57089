use reelmark_application::ports::MovieNamesRecord;
use rusqlite::Result;

use crate::row::Cells;

/// The columns of `m` that [`next_movie_names`] reads.
macro_rules! movie_names_columns {
    () => {
        "m.id, m.title, m.release_year, m.imdb_id, m.tmdb_id, m.movielens_id"
    };
}
pub(super) use movie_names_columns;

pub(super) fn next_movie_names(cells: &mut Cells<'_, '_>) -> Result<MovieNamesRecord> {
    Ok(MovieNamesRecord {
        id: cells.take()?,
        title: cells.take()?,
        release_year: cells.take()?,
        imdb_id: cells.take()?,
        tmdb_id: cells.take()?,
        movielens_id: cells.take()?,
    })
}
