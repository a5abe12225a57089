use reelmark_application::ports::{CANDIDATES_OF_KEY, CandidateQuery, MovieCandidateRecord};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::row::list;
use crate::error::Result;
use crate::row::{Cells, limited};
use crate::store::PostgresStore;

/// Each LATERAL enters the index of the keys at one place.
const LIST: &str = "
    WITH found AS (
        SELECT movie.id
        FROM (
            SELECT DISTINCT title_key, year
            FROM unnest($1::text[], $2::integer[]) AS wanted (title_key, year)
        ) AS wanted
        CROSS JOIN LATERAL (
            SELECT movies.id
            FROM movie_title_keys AS keys
            JOIN movies ON movies.id = keys.movie_id
            WHERE keys.title_key = wanted.title_key
                AND movies.release_year BETWEEN wanted.year - 1 AND wanted.year + 1
            ORDER BY keys.movie_id
            LIMIT $6
        ) AS movie
        UNION
        SELECT id FROM movies WHERE imdb_id = ANY ($3)
        UNION
        SELECT id FROM movies WHERE tmdb_id = ANY ($4)
        UNION
        SELECT id FROM movies WHERE movielens_id = ANY ($5)
    )
    SELECT movies.id, movies.title, movies.original_title, movies.alternative_titles,
        movies.release_year, movies.imdb_id, movies.tmdb_id, movies.movielens_id
    FROM movies
    WHERE movies.id = ANY (ARRAY(SELECT id FROM found))
    ORDER BY movies.id";

pub(super) async fn run(
    store: &PostgresStore,
    wanted: Vec<CandidateQuery>,
) -> Result<Vec<MovieCandidateRecord>> {
    let (mut keys, mut years) = (Vec::new(), Vec::new());
    for query in &wanted {
        let Some(year) = query.year else { continue };
        // PostgreSQL takes no text with NUL in it, and no key has one.
        let possible = query.title_keys.iter().filter(|key| !key.contains('\0'));
        keys.extend(possible.map(String::as_str));
        years.resize(keys.len(), year.clamp(-9_999, 9_999));
    }
    let imdb: Vec<&String> = wanted.iter().filter_map(|query| query.imdb.as_ref()).collect();
    let tmdb: Vec<i64> = wanted.iter().filter_map(|query| query.tmdb).collect();
    let movielens: Vec<i64> = wanted.iter().filter_map(|query| query.movielens).collect();
    let limit = limited(CANDIDATES_OF_KEY);
    let parameters: [&(dyn ToSql + Sync); 6] = [&keys, &years, &imdb, &tmdb, &movielens, &limit];
    let rows = store.session().await?.query(LIST, &parameters).await?;
    rows.iter().map(candidate).collect()
}

fn candidate(row: &Row) -> Result<MovieCandidateRecord> {
    let mut cells = Cells::of(row);
    let id = cells.take()?;
    let mut titles = vec![cells.take()?];
    titles.extend(cells.take::<Option<String>>()?);
    titles.extend(list("movies.alternative_titles", cells.take()?, id)?);
    Ok(MovieCandidateRecord {
        id,
        titles,
        release_year: cells.take()?,
        imdb_id: cells.take()?,
        tmdb_id: cells.take()?,
        movielens_id: cells.take()?,
    })
}
