use reelmark_application::ports::{ListedMovieRecord, MovieFilter, MoviePosition, MovieSort};
use time::OffsetDateTime;
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use super::filter::{FilterValues, select};
use super::list_movies::misplaced;
use super::row::{details_columns, next_details};
use crate::error::Result;
use crate::row::{Cells, limited, micros, time_at};
use crate::store::PostgresStore;

/// The part of a list in the order of `$key` and `$id`, both from the table of the index that gives
/// this order. It starts behind `$6` and `$7` on every page, so that the index is entered at the
/// right place.
macro_rules! order {
    ($key:literal, $id:literal, $behind:literal, $direction:literal) => {
        Order {
            columns: concat!(details_columns!(), ", ", $key),
            page: concat!(
                concat!("\n        AND (", $key, ", ", $id, ") ", $behind, " ($6, $7)"),
                concat!("\n    ORDER BY ", $key, " ", $direction, ", ", $id, " ", $direction),
                "\n    LIMIT $8"
            ),
        }
    };
}

const BY_TITLE: Order = order!("movies.title_key", "movies.id", ">", "ASC");
const BY_RELEASE_YEAR: Order = order!("coalesce(movies.release_year, 0)", "movies.id", "<", "DESC");
const BY_WEIGHTED_SCORE: Order =
    order!("summaries.weighted_score", "summaries.movie_id", "<", "DESC");
const BY_RATING_COUNT: Order = order!("summaries.rating_count", "summaries.movie_id", "<", "DESC");
const BY_TREND: Order = order!("summaries.trend", "summaries.movie_id", "<", "DESC");
const BY_ADDED: Order = order!("movies.created_at", "movies.id", "<", "DESC");

struct Order {
    columns: &'static str,
    page: &'static str,
}

/// Behind what a list starts.
struct Start {
    order: Order,
    key: Box<dyn ToSql + Send + Sync>,
    kind: Type,
    id: i64,
}

pub(super) async fn run(
    store: &PostgresStore,
    filter: &MovieFilter,
) -> Result<Vec<ListedMovieRecord>> {
    let start = start(filter)?;
    let limit = limited(filter.limit);
    let session = store.session().await?;
    let values = FilterValues::of(&session, filter).await?;
    let mut parameters = values.parameters();
    parameters.extend([
        (&*start.key as &(dyn ToSql + Sync), start.kind),
        (&start.id, Type::INT8),
        (&limit, Type::INT8),
    ]);
    let sql = select(start.order.columns, filter, start.order.page);
    let rows = session.query_planned_anew(&sql, &parameters).await?;
    rows.iter().map(|row| listed(row, filter.sort)).collect()
}

/// The first page starts behind a place that comes before all movies.
fn start(filter: &MovieFilter) -> Result<Start> {
    match (filter.sort, &filter.after) {
        (MovieSort::Title, None) => Ok(behind_title("", 0)),
        (MovieSort::Title, Some(MoviePosition::Title(key, id))) => Ok(behind_title(key, *id)),
        (MovieSort::Title, Some(_)) => Err(misplaced(filter)),
        (_, None) => behind_number(filter, f64::INFINITY, i64::MAX),
        (_, Some(MoviePosition::Number(number, id))) => behind_number(filter, *number, *id),
        (_, Some(_)) => Err(misplaced(filter)),
    }
}

/// PostgreSQL takes no text with NUL in it, and no key has one.
fn behind_title(key: &str, id: i64) -> Start {
    let key = key.replace('\0', "");
    Start { order: BY_TITLE, key: Box::new(key), kind: Type::TEXT, id }
}

/// Numbers that the key's type doesn't have become its nearest.
fn behind_number(filter: &MovieFilter, number: f64, id: i64) -> Result<Start> {
    let (order, key, kind): (_, Box<dyn ToSql + Send + Sync>, _) = match filter.sort {
        MovieSort::ReleaseYear => (BY_RELEASE_YEAR, Box::new(number as i32), Type::INT4),
        MovieSort::WeightedScore => (BY_WEIGHTED_SCORE, Box::new(number), Type::FLOAT8),
        MovieSort::Trend => (BY_TREND, Box::new(number), Type::FLOAT8),
        MovieSort::RatingCount => (BY_RATING_COUNT, Box::new(number as i64), Type::INT8),
        MovieSort::Added => {
            let time = time_at(number as i64);
            (BY_ADDED, Box::new(time), Type::TIMESTAMPTZ)
        }
        MovieSort::Title | MovieSort::Relevance => return Err(misplaced(filter)),
    };
    Ok(Start { order, key, kind, id })
}

fn listed(row: &Row, sort: MovieSort) -> Result<ListedMovieRecord> {
    let mut cells = Cells::of(row);
    let details = next_details(&mut cells)?;
    let position = position(&mut cells, sort, details.movie.id)?;
    Ok(ListedMovieRecord { details, position })
}

fn position(cells: &mut Cells<'_>, sort: MovieSort, id: i64) -> Result<MoviePosition> {
    let number = match sort {
        MovieSort::Title => return Ok(MoviePosition::Title(cells.take()?, id)),
        MovieSort::ReleaseYear => cells.take::<i32>()?.into(),
        MovieSort::WeightedScore | MovieSort::Trend | MovieSort::Relevance => cells.take()?,
        MovieSort::RatingCount => cells.take::<i64>()? as f64,
        MovieSort::Added => micros(cells.take::<OffsetDateTime>()?) as f64,
    };
    Ok(MoviePosition::Number(number, id))
}
