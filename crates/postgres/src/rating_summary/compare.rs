use reelmark_application::ports::{ComparedSummaries, SummaryDrift};
use tokio_postgres::Row;

use crate::error::Result;
use crate::row::limited;
use crate::session::Transaction;
use crate::store::PostgresStore;

/// One statement, so that each movie's summary and ratings are those of one moment. Columns: the
/// movie, ten buckets stored, ten counted.
macro_rules! compare {
    ($movies:literal) => {
        concat!(
            "
    SELECT movie.id,
        coalesce(h1, 0), coalesce(h2, 0), coalesce(h3, 0), coalesce(h4, 0), coalesce(h5, 0),
        coalesce(h6, 0), coalesce(h7, 0), coalesce(h8, 0), coalesce(h9, 0), coalesce(h10, 0),
        c1, c2, c3, c4, c5, c6, c7, c8, c9, c10
    FROM (",
            $movies,
            ") AS movie
    LEFT JOIN rating_summaries AS summary ON summary.movie_id = movie.id
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE score = 1) AS c1, count(*) FILTER (WHERE score = 2) AS c2,
            count(*) FILTER (WHERE score = 3) AS c3, count(*) FILTER (WHERE score = 4) AS c4,
            count(*) FILTER (WHERE score = 5) AS c5, count(*) FILTER (WHERE score = 6) AS c6,
            count(*) FILTER (WHERE score = 7) AS c7, count(*) FILTER (WHERE score = 8) AS c8,
            count(*) FILTER (WHERE score = 9) AS c9, count(*) FILTER (WHERE score = 10) AS c10
        FROM ratings
        WHERE ratings.movie_id = movie.id
    ) AS counted
    ORDER BY movie.id"
        )
    };
}

const COMPARE_NEXT: &str = compare!("SELECT id FROM movies WHERE id > $1 ORDER BY id LIMIT $2");

const COMPARE_ONE: &str = compare!("SELECT id FROM movies WHERE id = $1");

pub(super) async fn run(
    store: &PostgresStore,
    after: i64,
    limit: usize,
) -> Result<ComparedSummaries> {
    let session = store.session().await?;
    let rows = session.query(COMPARE_NEXT, &[&after, &limited(limit)]).await?;
    let all = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(ComparedSummaries {
        compared: all.len(),
        last: all.last().map(|found| found.movie_id),
        drifts: all.into_iter().filter(|found| found.stored != found.counted).collect(),
    })
}

/// A movie's summary and ratings; nothing for a movie that is gone.
pub(super) async fn one(
    transaction: &Transaction<'_>,
    movie_id: i64,
) -> Result<Option<SummaryDrift>> {
    let rows = transaction.query(COMPARE_ONE, &[&movie_id]).await?;
    rows.first().map(read).transpose()
}

fn read(row: &Row) -> Result<SummaryDrift> {
    Ok(SummaryDrift {
        movie_id: row.try_get(0)?,
        stored: buckets(row, 1)?,
        counted: buckets(row, 11)?,
    })
}

fn buckets(row: &Row, first: usize) -> Result<[i64; 10]> {
    let mut buckets = [0; 10];
    for (index, bucket) in buckets.iter_mut().enumerate() {
        *bucket = row.try_get(first + index)?;
    }
    Ok(buckets)
}
