//! All movies of the instance.

use reelmark_application::ports::Cause;
use reelmark_domain::{Movie, MovieLensId, ReleaseYear, Runtime, TmdbId};

use super::csv_sink::text;

pub(super) const HEADING: [&str; 14] = [
    "id",
    "imdb_id",
    "tmdb_id",
    "movielens_id",
    "title",
    "original_title",
    "alternative_titles",
    "year",
    "runtime_minutes",
    "original_language",
    "countries",
    "genres",
    "directors",
    "synopsis",
];

pub(super) fn cells(movie: &Movie) -> Result<[String; 14], Cause> {
    let (facts, ids) = (movie.facts(), &movie.facts().external_ids);
    Ok([
        movie.id().to_string(),
        text(ids.imdb.as_ref()),
        text(ids.tmdb.map(TmdbId::get)),
        text(ids.movielens.map(MovieLensId::get)),
        facts.title.to_string(),
        text(facts.original_title.as_ref()),
        listed(facts.alternative_titles.as_slice()),
        text(facts.release_year.map(ReleaseYear::get)),
        text(facts.runtime.map(Runtime::minutes)),
        text(facts.original_language),
        listed(facts.countries.as_slice()),
        listed(facts.genres.as_slice()),
        listed(facts.directors.as_slice()),
        text(facts.synopsis.as_ref()),
    ])
}

fn listed<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}
