//! What Letterboxd reads at letterboxd.com/import.

use reelmark_application::account::ExportedRating;
use reelmark_application::ports::Cause;
use reelmark_domain::{ReleaseYear, TmdbId};

use super::csv_sink::text;

pub(super) const HEADING: [&str; 7] =
    ["imdbID", "tmdbID", "Title", "Year", "Rating10", "WatchedDate", "Review"];

pub(super) fn cells(row: &ExportedRating) -> Result<[String; 7], Cause> {
    let (rating, movie) = (&row.rating, &row.movie);
    Ok([
        text(movie.external_ids.imdb.as_ref()),
        text(movie.external_ids.tmdb.map(TmdbId::get)),
        movie.title.to_string(),
        text(movie.release_year.map(ReleaseYear::get)),
        rating.score().get().to_string(),
        rating.updated_at().date().to_string(),
        text(rating.review()),
    ])
}
