use reelmark_application::ports::{ExportedRatingRecord, ListRatingsByMovie};
use rusqlite::{Connection, params};

use super::list_exported_ratings::exported;
use super::row::movie_names_columns;
use crate::error::Result;

const LIST: &str = concat!(
    "SELECT r.user_id, r.movie_id, r.score, r.review, r.version, r.created_at, r.updated_at, ",
    movie_names_columns!(),
    "
    FROM ratings AS r
    JOIN movies AS m ON m.id = r.movie_id
    WHERE r.user_id = ?1 AND r.movie_id > ?2
    ORDER BY r.movie_id
    LIMIT ?3"
);

pub(super) fn run(
    connection: &Connection,
    list: ListRatingsByMovie,
) -> Result<Vec<ExportedRatingRecord>> {
    let mut statement = connection.prepare_cached(LIST)?;
    let parameters = params![list.user_id, list.after.unwrap_or(0), list.limit];
    let ratings = statement.query_map(parameters, exported)?;
    Ok(ratings.collect::<rusqlite::Result<_>>()?)
}
