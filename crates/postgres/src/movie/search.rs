//! The movies that match search terms.
//!
//! One statement looks up the movies that may match and bounds them, as the port says; how well
//! each of them does is then told by the domain. So the statement's cost depends on the bounds, not
//! on how many titles have a word in common.

use reelmark_application::ports::{MovieFilter, SearchTerms};
use reelmark_domain::{Probe, TitleSearch};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use crate::error::Result;
use crate::row::{Cells, limited};
use crate::session::Session;

/// The candidates that a page of an unfiltered search needs.
const CANDIDATES: &str = concat!(
    include_str!("search_found.sql"),
    "
SELECT movies.id, movies.title_key, movies.original_title_key, movies.other_keys,
    summaries.rating_count
FROM movies
JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
WHERE movies.id = ANY (ARRAY(
    SELECT movie_id FROM found
    GROUP BY movie_id
    ",
    include_str!("search_order.sql"),
    "))"
);

/// The candidates among the movies that pass the other filters.
const FILTERED_CANDIDATES: &str = concat!(
    include_str!("search_found.sql"),
    "
SELECT movies.id, movies.title_key, movies.original_title_key, movies.other_keys,
    summaries.rating_count
FROM movies
JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
WHERE movies.id = ANY (ARRAY(
    SELECT found.movie_id FROM found
    CROSS JOIN LATERAL (
        SELECT FROM movies
        JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
        WHERE movies.id = found.movie_id
            AND ($10::text IS NULL OR EXISTS (
                SELECT FROM movie_genres WHERE genre_key = $10 AND movie_id = found.movie_id
            ))
            AND ($11::integer IS NULL OR movies.release_year >= $11)
            AND ($12::integer IS NULL OR movies.release_year <= $12)
            AND summaries.rating_count >= $13
        LIMIT 1
    ) AS passing
    GROUP BY found.movie_id
    ",
    include_str!("search_order.sql"),
    "))"
);

/// What the probes are, column by column.
struct Probes {
    words: Vec<i32>,
    kinds: Vec<i32>,
    lows: Vec<String>,
    highs: Vec<String>,
}

/// The places of all movies that match and pass the other filters, best match first.
pub(super) async fn matches(
    session: &Session,
    terms: &SearchTerms,
    filter: &MovieFilter,
) -> Result<Vec<[i64; 5]>> {
    let search = TitleSearch::of(&terms.key);
    let probes = Probes::of(search.probes());
    let bounds = search.bounds();
    let bounds = [
        bounds.of_word,
        bounds.similar_words,
        bounds.of_similar_word,
        bounds.enough,
        bounds.candidates,
    ]
    .map(limited);
    let mut parameters: Vec<&(dyn ToSql + Sync)> =
        vec![&probes.words, &probes.kinds, &probes.lows, &probes.highs];
    parameters.extend(bounds.iter().map(|bound| bound as &(dyn ToSql + Sync)));
    let sql = if filter.is_narrowed() {
        let others: [&(dyn ToSql + Sync); 4] =
            [&filter.genre_key, &filter.year_from, &filter.year_to, &filter.min_ratings];
        parameters.extend(others);
        FILTERED_CANDIDATES
    } else {
        CANDIDATES
    };
    let candidates = session.query(sql, &parameters).await?;
    let places = candidates.iter().filter_map(|row| place(row, &search).transpose());
    let mut places = places.collect::<Result<Vec<_>>>()?;
    places.sort_unstable();
    Ok(places)
}

fn place(row: &Row, search: &TitleSearch) -> Result<Option<[i64; 5]>> {
    let mut cells = Cells::of(row);
    let id = cells.take()?;
    let keys: [&str; 2] = [cells.take()?, cells.take()?];
    let others: &str = cells.take()?;
    let Some(found) = search.matches(&keys, others.lines()) else {
        return Ok(None);
    };
    let (ratings, length): (i64, _) = (cells.take()?, limited(keys[0].chars().count()));
    Ok(Some([found.tier, found.missing, -ratings, length, id]))
}

impl Probes {
    fn of(probes: Vec<Probe>) -> Self {
        let number = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            words: probes.iter().map(|probe| number(probe.word)).collect(),
            kinds: probes.iter().map(|probe| probe.kind as i32).collect(),
            highs: probes.iter().map(|probe| probe.high.clone()).collect(),
            lows: probes.into_iter().map(|probe| probe.low).collect(),
        }
    }
}
