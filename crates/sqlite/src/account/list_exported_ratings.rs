use reelmark_application::ports::{ExportedRatingRecord, ListRatings};
use rusqlite::{Connection, Row, params};

use super::row::{movie_names_columns, next_movie_names};
use crate::error::Result;
use crate::rating::row::{next_rating, start};
use crate::row::Cells;

const LIST: &str = concat!(
    "SELECT r.user_id, r.movie_id, r.score, r.review, r.version, r.created_at, r.updated_at, ",
    movie_names_columns!(),
    "
    FROM ratings AS r
    JOIN movies AS m ON m.id = r.movie_id
    WHERE r.user_id = ?1 AND (r.updated_at, r.movie_id) < (?2, ?3)
    ORDER BY r.updated_at DESC, r.movie_id DESC
    LIMIT ?4"
);

pub(super) fn run(connection: &Connection, list: ListRatings) -> Result<Vec<ExportedRatingRecord>> {
    let start = start(list.after);
    let mut statement = connection.prepare_cached(LIST)?;
    let parameters = params![list.of, start.updated_at_micros, start.id, list.limit];
    let ratings = statement.query_map(parameters, exported)?;
    Ok(ratings.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn exported(row: &Row<'_>) -> rusqlite::Result<ExportedRatingRecord> {
    let mut cells = Cells::of(row);
    Ok(ExportedRatingRecord {
        rating: next_rating(&mut cells)?,
        movie: next_movie_names(&mut cells)?,
    })
}
