use reelmark_application::ports::{ListRatings, UserRatingRecord};
use rusqlite::{Connection, Row, params};

use super::row::{next_rating, start};
use crate::error::Result;
use crate::row::Cells;

const LIST: &str = "
    SELECT r.user_id, r.movie_id, r.score, r.review, r.version, r.created_at, r.updated_at,
        m.title, m.release_year
    FROM ratings AS r
    JOIN movies AS m ON m.id = r.movie_id
    WHERE r.user_id = ?1 AND (r.updated_at, r.movie_id) < (?2, ?3)
    ORDER BY r.updated_at DESC, r.movie_id DESC
    LIMIT ?4";

pub(super) fn run(connection: &Connection, list: ListRatings) -> Result<Vec<UserRatingRecord>> {
    let start = start(list.after);
    let mut statement = connection.prepare_cached(LIST)?;
    let parameters = params![list.of, start.updated_at_micros, start.id, list.limit];
    let ratings = statement.query_map(parameters, user_rating)?;
    Ok(ratings.collect::<rusqlite::Result<_>>()?)
}

fn user_rating(row: &Row<'_>) -> rusqlite::Result<UserRatingRecord> {
    let mut cells = Cells::of(row);
    Ok(UserRatingRecord {
        rating: next_rating(&mut cells)?,
        title: cells.take()?,
        release_year: cells.take()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{EmptyStore, follows_index};

    #[test]
    fn a_page_enters_the_index_where_it_starts() {
        let plan = EmptyStore::new().plan(LIST);
        let entry = "ratings_by_user (user_id=? AND (updated_at,movie_id)<(?,?))";
        assert!(follows_index(&plan, entry), "{plan:#?}");
    }
}
