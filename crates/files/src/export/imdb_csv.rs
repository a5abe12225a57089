//! The columns of the list that IMDb hands out; those that nobody here knows stay empty.

use reelmark_application::account::ExportedRating;
use reelmark_application::ports::Cause;
use reelmark_domain::ReleaseYear;

use super::csv_sink::text;

pub(super) const HEADING: [&str; 14] = [
    "Const",
    "Your Rating",
    "Date Rated",
    "Title",
    "Original Title",
    "URL",
    "Title Type",
    "IMDb Rating",
    "Runtime (mins)",
    "Year",
    "Genres",
    "Num Votes",
    "Release Date",
    "Directors",
];

pub(super) fn cells(row: &ExportedRating) -> Result<[String; 14], Cause> {
    let (rating, movie) = (&row.rating, &row.movie);
    let id = movie.external_ids.imdb.as_ref();
    let url = id.map(|id| format!("https://www.imdb.com/title/{id}/"));
    let mut cells: [String; 14] = Default::default();
    cells[0] = text(id);
    cells[1] = rating.score().get().to_string();
    cells[2] = rating.updated_at().date().to_string();
    cells[3] = movie.title.to_string();
    cells[5] = text(url);
    cells[6] = "Movie".into();
    cells[9] = text(movie.release_year.map(ReleaseYear::get));
    Ok(cells)
}
