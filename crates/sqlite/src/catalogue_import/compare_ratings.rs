use reelmark_application::ports::{ImportRating, StoredRatings};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::row::Micros;

/// When the stored rating was given; no row when the movie is gone.
const COMPARE: &str = "
    SELECT ratings.updated_at
    FROM movies
    LEFT JOIN import_raters ON import_raters.set_id = ?1 AND import_raters.rater = ?2
    LEFT JOIN ratings
        ON ratings.user_id = import_raters.user_id AND ratings.movie_id = movies.id
    WHERE movies.id = ?3";

pub(super) fn run(
    connection: &Connection,
    set: i64,
    ratings: &[ImportRating],
) -> Result<StoredRatings> {
    let mut compared = StoredRatings::default();
    let mut statement = connection.prepare_cached(COMPARE)?;
    for ImportRating { rater, movie_id, at, .. } in ratings {
        let parameters = params![set, rater, movie_id];
        let found = statement.query_one(parameters, |row| row.get::<_, Option<Micros>>(0));
        match found.optional()? {
            None => {}
            Some(None) => compared.added += 1,
            Some(Some(Micros(given))) if *at > given => compared.changed += 1,
            Some(Some(_)) => compared.unchanged += 1,
        }
    }
    Ok(compared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn a_rating_is_found_by_indexes() {
        assert_eq!(EmptyStore::new().scans(COMPARE), Vec::<String>::new());
    }
}
