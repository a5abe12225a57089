use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition};
use rusqlite::Connection;

use super::{filter, find_movie, search};
use crate::error::Result;

/// Behind nothing.
const BEFORE_ALL: [i64; 5] = [i64::MIN; 5];

/// The details are looked up for the movies of one page alone.
pub(super) fn run(connection: &Connection, filter: &MovieFilter) -> Result<Vec<ListedMovieRecord>> {
    let after = match (&filter.after, &filter.search) {
        (None, _) => &BEFORE_ALL,
        (Some(MoviePosition::Relevance(place)), _) => place,
        (Some(other), _) => return Err(filter::misplaced(other)),
    };
    let Some(terms) = &filter.search else {
        return Err(filter::misplaced(&MoviePosition::Relevance(*after)));
    };
    let places = search::matches(connection, terms, filter)?;
    let mut page = Vec::new();
    for place in places.into_iter().filter(|place| place > after).take(filter.limit) {
        if let Some(details) = find_movie::details(connection, place[4])? {
            page.push(ListedMovieRecord { details, position: MoviePosition::Relevance(place) });
        }
    }
    Ok(page)
}
