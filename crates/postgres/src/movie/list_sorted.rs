use reelmark_application::ports::{
    ListedMovieRecord, MovieFilter, MoviePosition, MovieSort, SearchTerms,
};
use time::OffsetDateTime;
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use super::filter::Selection;
use super::list_movies::misplaced;
use super::row::{details_columns, next_details};
use super::search;
use crate::error::Result;
use crate::row::{Cells, limited, micros, time_at};
use crate::session::Session;
use crate::store::PostgresStore;

/// A list in the order of `$key` and `$id`, both from the table of the index that gives this order.
macro_rules! order {
    ($key:literal, $id:literal, $behind:literal, $direction:literal) => {
        Order {
            columns: concat!(details_columns!(), ", ", $key),
            behind: [$key, $id, $behind],
            sorted: concat!(
                "\n    ORDER BY ",
                $key,
                " ",
                $direction,
                ", ",
                $id,
                " ",
                $direction,
                "\n    LIMIT "
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

/// It starts behind a key and an id on every page, so that the index is entered at the right place.
struct Order {
    columns: &'static str,
    behind: [&'static str; 3],
    sorted: &'static str,
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
    let found = match &filter.search {
        None => None,
        Some(terms) => Some(found(&session, terms, filter).await?),
    };
    let mut these = found.as_ref().map_or_else(|| Selection::of(filter), Selection::of_found);
    these.behind(start.order.behind, (&*start.key, start.kind), &start.id);
    let rest = [start.order.sorted, &these.bind(&limit, Type::INT8)].concat();
    let sql = these.sql(start.order.columns, &rest);
    let rows = session.query_planned_anew(&sql, these.parameters()).await?;
    rows.iter().map(|row| listed(row, filter.sort)).collect()
}

/// The movies that match the search and pass the other filters.
async fn found(session: &Session, terms: &SearchTerms, filter: &MovieFilter) -> Result<Vec<i64>> {
    let found = search::matches(session, terms, filter).await?;
    Ok(found.into_iter().map(|[.., id]| id).collect())
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
