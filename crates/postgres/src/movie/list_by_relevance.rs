use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition};
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use super::filter::{FilterValues, select};
use super::list_movies::misplaced;
use super::row::{details, details_columns};
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// What sorts the matches. A title key has the search key at the start of a word when it has it
/// behind a blank, once one is put before the first word too.
const RANK: &str = "
        movies.id,
        CASE
            WHEN $5 IN (movies.title_key, movies.original_title_key) THEN 0
            WHEN starts_with(movies.title_key, $5)
                OR starts_with(movies.original_title_key, $5) THEN 1
            WHEN strpos(' ' || movies.title_key, ' ' || $5) > 0
                OR strpos(' ' || movies.original_title_key, ' ' || $5) > 0 THEN 2
            WHEN strpos(movies.title_key, $5) > 0
                OR strpos(movies.original_title_key, $5) > 0 THEN 3
            ELSE 4
        END::bigint AS tier,
        cardinality($6) - coalesce(shared.trigrams, 0) AS missing_trigrams,
        -summaries.rating_count AS minus_ratings,
        char_length(movies.title_key)::bigint AS length";

/// The details are fetched for the movies of one page alone.
const PAGE_HEAD: &str = concat!(
    "
    SELECT ranked.tier, ranked.missing_trigrams, ranked.minus_ratings, ranked.length, ",
    details_columns!(),
    "
    FROM ("
);

const PAGE_TAIL: &str = "
    ) AS ranked
    JOIN movies ON movies.id = ranked.id
    JOIN rating_summaries AS summaries ON summaries.movie_id = ranked.id
    WHERE (ranked.tier, ranked.missing_trigrams, ranked.minus_ratings, ranked.length, ranked.id)
        > ($8, $9, $10, $11, $12)
    ORDER BY
        ranked.tier, ranked.missing_trigrams, ranked.minus_ratings, ranked.length, ranked.id
    LIMIT $13";

/// Comes before all places.
const TOP: [i64; 5] = [i64::MIN; 5];

pub(super) async fn run(
    store: &PostgresStore,
    filter: &MovieFilter,
) -> Result<Vec<ListedMovieRecord>> {
    let after = match &filter.after {
        _ if filter.search.is_none() => return Err(misplaced(filter)),
        None => &TOP,
        Some(MoviePosition::Relevance(after)) => after,
        Some(_) => return Err(misplaced(filter)),
    };
    let limit = limited(filter.limit);
    let values = FilterValues::of(filter);
    let mut parameters = values.parameters();
    let numbers = after.iter().chain([&limit]);
    parameters.extend(numbers.map(|number| (number as &(dyn ToSql + Sync), Type::INT8)));
    let sql = [PAGE_HEAD, &select(RANK, filter, ""), PAGE_TAIL].concat();
    let session = store.session().await?;
    let rows = session.query_planned_anew(&sql, &parameters).await?;
    rows.iter().map(listed).collect()
}

fn listed(row: &Row) -> Result<ListedMovieRecord> {
    let details = details(row)?;
    let position = [
        row.try_get("tier")?,
        row.try_get("missing_trigrams")?,
        row.try_get("minus_ratings")?,
        row.try_get("length")?,
        details.movie.id,
    ];
    Ok(ListedMovieRecord { details, position: MoviePosition::Relevance(position) })
}
