use reelmark_application::ports::MovieDetailsRecord;
use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition};
use std::collections::HashMap;

use super::list_movies::misplaced;
use super::row::{details, details_columns};
use super::search;
use crate::error::Result;
use crate::session::Session;
use crate::store::PostgresStore;

/// The details are fetched for the movies of one page alone.
const DETAILS: &str = concat!(
    "
    SELECT ",
    details_columns!(),
    "
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.id = ANY ($1)"
);

/// Comes before all places.
const TOP: [i64; 5] = [i64::MIN; 5];

pub(super) async fn run(
    store: &PostgresStore,
    filter: &MovieFilter,
) -> Result<Vec<ListedMovieRecord>> {
    let terms = filter.search.as_ref().ok_or_else(|| misplaced(filter))?;
    let after = match &filter.after {
        None => &TOP,
        Some(MoviePosition::Relevance(after)) => after,
        Some(_) => return Err(misplaced(filter)),
    };
    let session = store.session().await?;
    let places = search::matches(&session, terms, filter).await?;
    let page = places.into_iter().filter(|place| place > after).take(filter.limit).collect();
    listed(&session, page).await
}

/// A movie that was removed since it was found is left out.
async fn listed(session: &Session, page: Vec<[i64; 5]>) -> Result<Vec<ListedMovieRecord>> {
    let ids: Vec<i64> = page.iter().map(|[.., id]| *id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = session.query(DETAILS, &[&ids]).await?;
    let movies = rows.iter().map(|row| details(row).map(|found| (found.movie.id, found)));
    let mut movies = movies.collect::<Result<HashMap<i64, MovieDetailsRecord>>>()?;
    let listed = page.into_iter().filter_map(|place| {
        let details = movies.remove(&place[4])?;
        Some(ListedMovieRecord { details, position: MoviePosition::Relevance(place) })
    });
    Ok(listed.collect())
}
