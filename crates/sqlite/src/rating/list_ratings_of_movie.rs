use reelmark_application::ports::{ListRatings, MovieRatingRecord};
use rusqlite::{Connection, Row, params};

use super::row::{next_rating, start};
use crate::error::Result;
use crate::row::Cells;

const LIST: &str = "
    SELECT r.user_id, r.movie_id, r.score, r.review, r.version, r.created_at, r.updated_at,
        u.username, u.display_name
    FROM ratings AS r
    JOIN users AS u ON u.id = r.user_id AND u.visibility = 'public'
    WHERE r.movie_id = ?1 AND r.imported = 0 AND (r.updated_at, r.user_id) < (?2, ?3)
    ORDER BY r.updated_at DESC, r.user_id DESC
    LIMIT ?4";

const COUNT: &str = "
    SELECT count(*)
    FROM ratings AS r
    JOIN users AS u ON u.id = r.user_id AND u.visibility = 'public'
    WHERE r.movie_id = ?1 AND r.imported = 0";

pub(super) fn run(connection: &Connection, list: ListRatings) -> Result<Vec<MovieRatingRecord>> {
    let start = start(list.after);
    let mut statement = connection.prepare_cached(LIST)?;
    let parameters = params![list.of, start.updated_at_micros, start.id, list.limit];
    let ratings = statement.query_map(parameters, movie_rating)?;
    Ok(ratings.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn count(connection: &Connection, movie_id: i64) -> Result<u64> {
    let mut statement = connection.prepare_cached(COUNT)?;
    Ok(statement.query_row([movie_id], |row| row.get(0))?)
}

fn movie_rating(row: &Row<'_>) -> rusqlite::Result<MovieRatingRecord> {
    let mut cells = Cells::of(row);
    Ok(MovieRatingRecord {
        rating: next_rating(&mut cells)?,
        username: cells.take()?,
        display_name: cells.take()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{EmptyStore, follows_index};

    #[test]
    fn a_page_enters_the_index_where_it_starts() {
        let plan = EmptyStore::new().plan(LIST);
        let entry = "ratings_by_movie (movie_id=? AND imported=? AND (updated_at,user_id)<(?,?))";
        assert!(follows_index(&plan, entry), "{plan:#?}");
    }
}
