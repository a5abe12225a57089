use reelmark_application::ports::{SearchTerms, SuggestionRecord};
use reelmark_domain::{SUGGEST_BOUNDS, TypedTitle};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::search::Probes;
use crate::error::Result;
use crate::row::{Cells, limited};
use crate::store::PostgresStore;

/// $1 to $3 are what to look up: the kind as a number, from, and to. $4 to $6 are the bounds: movies
/// of a word, similar words, movies of a similar word. Each LATERAL enters an index at one place
/// and stops at its bound.
const FIND: &str = "
    WITH probe AS MATERIALIZED (
        SELECT kind, low, high
        FROM unnest($1::integer[], $2::text[], $3::text[]) AS probe (kind, low, high)
    ), token (word, most) AS MATERIALIZED (
        SELECT low, $4::bigint FROM probe WHERE kind <= 2
        UNION ALL
        SELECT longer.word, $6::bigint
        FROM probe
        CROSS JOIN LATERAL (
            SELECT word FROM search_words
            WHERE word > probe.low COLLATE \"C\" AND word < probe.high COLLATE \"C\"
            ORDER BY word
            LIMIT $5
        ) AS longer
        WHERE probe.kind = 3
        UNION ALL
        SELECT around.word, $6::bigint
        FROM probe
        CROSS JOIN LATERAL (
            SELECT word FROM word_endings
            WHERE ending >= probe.low COLLATE \"C\" AND ending < probe.high COLLATE \"C\"
            ORDER BY ending, word
            LIMIT $5
        ) AS around
        WHERE probe.kind = 4
    )
    SELECT movies.id, movies.title, movies.original_title, movies.release_year,
        summaries.rating_count, summaries.weighted_score,
        movies.title_key, movies.original_title_key, movies.other_keys
    FROM movies
    JOIN rating_summaries AS summaries ON summaries.movie_id = movies.id
    WHERE movies.id = ANY (ARRAY(
        SELECT DISTINCT movie.movie_id
        FROM token
        CROSS JOIN LATERAL (
            SELECT movie_id FROM movie_words
            WHERE word = token.word COLLATE \"C\"
            ORDER BY popularity DESC, movie_id DESC
            LIMIT token.most
        ) AS movie
    ))";

/// Where a suggestion stands among others.
type Place = (bool, i64, usize, i64);

pub(super) async fn run(
    store: &PostgresStore,
    terms: &SearchTerms,
    limit: usize,
) -> Result<Vec<SuggestionRecord>> {
    let typed = TypedTitle::of(&terms.key);
    let probes = Probes::of(typed.probes());
    let bounds =
        [SUGGEST_BOUNDS.of_word, SUGGEST_BOUNDS.similar_words, SUGGEST_BOUNDS.of_similar_word];
    let bounds = bounds.map(limited);
    let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&probes.kinds, &probes.lows, &probes.highs];
    parameters.extend(bounds.iter().map(|bound| bound as &(dyn ToSql + Sync)));
    let rows = store.session().await?.query(FIND, &parameters).await?;
    let found = rows.iter().filter_map(|row| suggestion(row, &typed).transpose());
    let mut found = found.collect::<Result<Vec<_>>>()?;
    found.sort_unstable_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, found)| found).take(limit).collect())
}

fn suggestion(row: &Row, typed: &TypedTitle) -> Result<Option<(Place, SuggestionRecord)>> {
    let mut cells = Cells::of(row);
    let found = SuggestionRecord {
        id: cells.take()?,
        title: cells.take()?,
        original_title: cells.take()?,
        release_year: cells.take()?,
        rating_count: cells.take()?,
        weighted_score: cells.take()?,
    };
    let (title_key, original_title_key): (&str, &str) = (cells.take()?, cells.take()?);
    let others: &str = cells.take()?;
    let place = typed.place([title_key, original_title_key].into_iter().chain(others.lines()));
    let length = title_key.chars().count();
    Ok(place.map(|is_part| ((is_part, -found.rating_count, length, found.id), found)))
}
